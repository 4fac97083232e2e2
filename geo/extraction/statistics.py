"""Totals that a text reports: "208 attacks in 2023", "around 2,000 fighters", an increase by 51 per cent."""

from geo.extraction.actors import ActorMention
from geo.extraction.article import Article
from geo.extraction.attribution import sayings
from geo.extraction.candidates import Candidate, Evidence
from geo.extraction.fields import set_date, set_place, set_status, set_value
from geo.extraction.lexicon import people, trigger_forms, word_set
from geo.extraction.mentions import Reading
from geo.extraction.numbers import Number
from geo.extraction.places import AT, TYPED
from geo.extraction.tolls import effect_of
from geo.model import Kind

_KILLED = ("people killed", "people injured")
#: Smallest bare number that counts what the number before it counts.
LARGE = 1000
#: Smallest number of people that is a total where no event is told.
LEAST = 5


def is_total(reading: Reading) -> bool:
    """Tell whether the figures of a sentence are totals of many events: "208 attacks …, killing 579 people"."""
    return any(_counted(reading, number)[1] == "attacks" for number in reading.numbers if (number.value or 0) >= LEAST)


def statistics(reading: Reading, article: Article, used: set[int]) -> list[Candidate]:
    """Return the totals of a sentence.

    Parameters
    ----------
    reading : Reading
    article : Article
    used : set of int
        Tokens of numbers that are the toll of an event.
    """
    found = []
    before = _number_of(reading)
    for number in (*_ends(reading), *_shares(reading)):
        if number.first in used or (number.vague and not _is_hundreds(reading, number)):
            continue
        last, unit = _counted(reading, number)
        if not unit and before and (before == "attacks" or (number.value or 0) >= LARGE):
            last, unit = number.last, before  # "from 2 million last year to 3 million"
        before = unit or before
        if unit and (number.vague or _matters(number, unit)):
            found.append(_candidate(reading, article, number, last, unit))
    return found


def _number_of(reading: Reading) -> str:
    """Return what "the number of … has grown" counts."""
    tokens = reading.sentence.tokens
    for place in range(len(tokens) - 2):
        if tokens[place].lower == "number" and tokens[place + 1].lower == "of":
            for token in tokens[place + 2 : place + 7]:
                if token.lower in people():
                    return _unit(token.lower)
    return ""


def _ends(reading: Reading) -> list[Number]:
    """Return the numbers; "grown from 4,000 to 6,000" has two."""
    tokens = reading.sentence.tokens
    found = []
    for number in reading.numbers:
        ends = number.low is not None and number.high is not None and number.low != number.high
        if ends and number.first and tokens[number.first - 1].lower == "from":
            found.append(Number(number.first, number.first + 1, number.low, number.low, number.low))
            found.append(Number(number.last - 1, number.last, number.high, number.high, number.high))
        else:
            found.append(number)
    return found


def _shares(reading: Reading) -> list[Number]:
    tokens = reading.sentence.tokens
    found = []
    for place, token in enumerate(tokens[:-1]):
        following = [other.lower for other in tokens[place + 1 : place + 3]]
        share = following[:1] in (["%"], ["percent"]) or following == ["per", "cent"]
        if share and token.text.replace(".", "", 1).isdigit():
            value = float(token.text)
            found.append(Number(place, place + 1, value, value, value))
    return found


def _is_hundreds(reading: Reading, number: Number) -> bool:
    return reading.sentence.tokens[number.first].lower in ("hundreds", "thousands")


def _matters(number: Number, unit: str) -> bool:
    value = number.value or 0
    return unit in ("attacks", "percent", *_KILLED) or value >= LEAST


def _counted(reading: Reading, number: Number) -> tuple[int, str]:
    """Return the end of the noun that a number counts, and its unit; "" where it counts nothing of interest."""
    tokens = reading.sentence.tokens
    last = number.last
    if last < len(tokens) and tokens[last].lower in ("%", "percent", "per"):
        return last + 1 + (tokens[last].lower == "per"), "percent"
    effect = _effect(reading, number)
    stops = word_set("stop")
    while last < len(tokens) and last - number.last < 7:
        word = tokens[last].lower
        if word == "of" and last == number.last:
            last += 1
            continue
        if (word in stops and word not in ("'s", "-")) or not tokens[last].text[0].isalpha():
            break
        last += 1
        kind = next(
            (form for words, form in trigger_forms().get(word, ()) if len(words) == 1 and form.form == "nouns"), None
        )
        if kind is not None and kind.event not in ("death", "injury"):
            return last, "attacks"
        if word in people() and people()[word][1]:
            following = tokens[last].lower if last < len(tokens) else ""
            if following not in people():
                return last, effect or _unit(word)
    if effect:
        return max(last, number.last), effect
    head = tokens[last - 1].lower if last > number.last else ""
    return (last, head) if head.endswith("s") and head not in word_set("time unit") and len(head) > 3 else (last, "")


def _unit(word: str) -> str:
    side = people()[word][0]
    return "fighters" if side == "militant" or word == "members" else word


def _effect(reading: Reading, number: Number) -> str:
    for trigger, roles in zip(reading.triggers, reading.roles, strict=True):
        effect = effect_of(trigger)
        if effect in ("killed", "injured") and any(group.number is number for group in roles.patients):
            return "people killed" if effect == "killed" else "people injured"
    return ""


def _candidate(reading: Reading, article: Article, number: Number, last: int, unit: str) -> Candidate:
    sentence = reading.sentence
    found = Candidate(article.id, sentence.paragraph, (sentence.start, sentence.end))
    start, end = sentence.span(number.first, max(last, number.last) - 1)
    words = Evidence(start, end, "number and what it counts")
    set_value(found, "kind", str(Kind.STATISTIC), words, 0.7)
    if number.value is not None:
        figure = Evidence(*sentence.span(number.first, number.last - 1), "number as printed")
        set_value(found, "value", float(number.value), figure, 0.85)
    else:
        found.blank["value"] = "the text has words only"
    set_value(found, "unit", unit, words, 0.7)
    measure = " ".join(token.text for token in sentence.tokens[number.last : max(last, number.last)])
    set_value(found, "measure", " ".join(measure.replace("of ", "", 1).split()) or unit, words, 0.6)
    said = sayings(reading)
    actor = _actor(reading, number)
    set_status(found, said, [])
    found.values.pop("actor1", None)
    found.evidence.pop("actor1", None)
    if actor is not None:
        span = sentence.span(actor.first, actor.last - 1)
        set_value(found, "actor1", actor.actor.name, Evidence(*span, "name in the sentence"), 0.6)
    good = [place for place in reading.places if place.standing == AT] or [
        place for place in reading.places if place.standing >= TYPED
    ]
    place = min(good, key=lambda place: abs(place.first - number.last), default=None)
    set_place(found, place, own=True)
    set_date(found, min(reading.dates, key=lambda date: abs(date.start - start), default=None))
    value = f"{number.value:,g} " if number.value is not None else ""
    set_value(found, "title", f"{value}{unit}" + (f" in {place.text}" if place else ""), words, 0.7)
    found.confidence["record"] = 0.55 + 0.1 * bool(place) + 0.1 * bool(reading.dates)
    return found


def _actor(reading: Reading, number: Number) -> ActorMention | None:
    before = [mention for mention in reading.actors if mention.last <= number.first]
    return before[-1] if before else None
