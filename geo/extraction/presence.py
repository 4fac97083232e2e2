"""What a text says of a group's presence: strongholds, sanctuaries, recruitment, founding, leadership."""

from dataclasses import replace
from itertools import product

from geo.extraction.actors import ActorMention
from geo.extraction.article import Article
from geo.extraction.attribution import sayings
from geo.extraction.candidates import Candidate, Evidence
from geo.extraction.fields import set_date, set_place, set_status, set_value
from geo.extraction.lexicon import phrases, word_set
from geo.extraction.mentions import Reading
from geo.extraction.places import AT, TYPED, PlaceMention
from geo.extraction.tokens import Token
from geo.model import Kind, Tier

#: Most tokens between a group and the word for its presence.
REACH = 26
#: Most groups and places of one statement.
MOST = 6


def presences(reading: Reading, article: Article, *, learned: bool) -> list[Candidate]:
    """Return the strongholds of a sentence: one for each group, role and place.

    ``learned`` says that the article is a study, whose author is an analyst.
    """
    found: list[Candidate] = []
    seen: set[tuple[str, str, str]] = set()
    for first, last, role in _cues(reading):
        if _is_unreal(reading, first):
            continue
        groups = _groups(reading, first, last)
        places: list[PlaceMention | None] = [*_places(reading)] or [None]
        for group, place in list(product(groups, places))[:MOST]:
            key = (group.actor.name, role, place.text if place else "")
            if key not in seen:
                seen.add(key)
                found.append(_candidate(reading, article, group, (first, last), role, place, learned))
    return found


def _cues(reading: Reading) -> list[tuple[int, int, str]]:
    tokens = reading.sentence.tokens
    found: list[tuple[int, int, str]] = []
    roles: set[str] = set()
    for position in range(len(tokens)):
        for words, role in phrases("presence", "words", "role").get(tokens[position].lower, ()):
            last = position + len(words)
            if tuple(token.lower for token in tokens[position:last]) == words and role not in roles:
                found.append((position, last, role))
                roles.add(role)
                break
    return found


def _is_unreal(reading: Reading, first: int) -> bool:
    before = {token.lower for token in reading.sentence.tokens[max(0, first - 5) : first]}
    return bool(before & {"not", "no", "never", "n't", "if", *word_set("modal")})


def _groups(reading: Reading, first: int, last: int) -> list[ActorMention]:
    """Return the group nearest to a word, with those listed beside it."""
    near = [mention for mention in reading.actors if mention.actor.side == "militant" and _gap(mention, first) <= REACH]
    if not near:
        return []
    tokens = reading.sentence.tokens
    such = [mention for mention in near if mention.first > first and _is_example(tokens[first : mention.first])]
    own = [mention for mention in near if mention.first == last + 1 and tokens[last].lower == "of"]
    if tokens[first].lower in ("recruit", "recruiting", "recruited") and not own:
        # Who recruits is the subject of the sentence, not those who are recruited.
        own = [mention for mention in near if mention.last <= first][:1]
    chosen = [*own, *such] or sorted(near, key=lambda mention: (mention.first > first, _gap(mention, first)))
    best = chosen[0]
    listed = [best]
    for mention in near:
        low, high = sorted((mention, best), key=lambda found: found.first)
        names = {place for other in reading.actors for place in range(other.first, other.last)}
        between = {tokens[place].lower for place in range(low.last, high.first) if place not in names}
        if mention is not best and between <= {",", "and", "the", "(", ")", "“", "”", '"', "as", "such", "fighters"}:
            listed.append(mention)
    distinct: dict[str, ActorMention] = {}
    for mention in sorted(listed, key=lambda found: found.first):
        distinct.setdefault(mention.actor.name, mention)
    return list(distinct.values())


def _is_example(between: list[Token]) -> bool:
    words = [token.lower for token in between]
    return len(words) <= 12 and bool({"such", "including", "like"} & set(words))


def _gap(mention: ActorMention, first: int) -> int:
    return first - mention.last if mention.last <= first else mention.first - first


def _places(reading: Reading) -> list[PlaceMention]:
    """Return the finest places that the sentence names, each once."""
    good = [place for place in reading.places if place.standing == AT] or [
        place for place in reading.places if place.standing >= TYPED
    ]
    fine = [place for place in good if place.answer.code] or good
    names: dict[str, PlaceMention] = {}
    for place in fine:
        names.setdefault(place.text, place)
    return list(names.values())


def _candidate(
    reading: Reading, article: Article, group: ActorMention, cue: tuple[int, int], role: str,
    place: PlaceMention | None, learned: bool,
) -> Candidate:  # fmt: skip
    sentence = reading.sentence
    found = Candidate(article.id, sentence.paragraph, (sentence.start, sentence.end))
    start, end = sentence.span(cue[0], cue[1] - 1)
    words = Evidence(start, end, f"word for presence: {role}")
    said = sayings(reading)
    set_value(found, "kind", str(Kind.STRONGHOLD), words, 0.7)
    set_value(found, "role", role, words, 0.7)
    name = Evidence(*sentence.span(group.first, group.last - 1), "name beside a word for presence")
    set_value(found, "group", group.actor.name, name, 0.8)
    set_status(found, said, [])
    for column in ("actor1", "actor2"):
        found.values.pop(column, None)
        found.evidence.pop(column, None)
        found.confidence.pop(column, None)
    claims = next((saying for saying in said if saying.meaning == "claimed" and saying.speaker), None)
    tier = Tier.CLAIMED if claims else Tier.ASSESSED if learned or _is_assessed(reading) else Tier.REPORTED
    set_value(found, "tier", str(tier), words, 0.6)
    set_place(found, place, own=True)
    dates = sorted(reading.dates, key=lambda date: abs(date.start - start))
    chosen = dates[0] if dates else None
    if chosen is not None and chosen.period.precision == "day" and role != "founding":
        chosen = replace(chosen, kind="at")
    set_date(found, chosen)
    where = f" in {place.text}" if place else ""
    set_value(found, "title", f"{group.actor.name}: {role}{where}", words, 0.7)
    found.confidence["record"] = 0.45 + 0.1 * (place is not None) + 0.05 * bool(dates)
    return found


def _is_assessed(reading: Reading) -> bool:
    words = {token.lower for token in reading.sentence.tokens}
    return bool(words & word_set("analyst"))
