"""Read every sentence of an article: tokens, numbers, people, triggers, actors, dates, places."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from geo.extraction.actors import ActorMention, Table, find_actors
from geo.extraction.article import Article
from geo.extraction.assertion import assertion_of
from geo.extraction.date_rules import Clock
from geo.extraction.dates import DateMention, find_dates
from geo.extraction.groups import find_groups
from geo.extraction.lexicon import word_set
from geo.extraction.mentions import Reading
from geo.extraction.numbers import find_numbers
from geo.extraction.places import find_places
from geo.extraction.roles import roles_of
from geo.extraction.scope import countries_in
from geo.extraction.tokens import Sentence, Text, Token, sentence_spans, tokenize
from geo.extraction.triggers import Trigger, find_triggers

if TYPE_CHECKING:
    from datetime import date

#: Longest sentence that is read, in tokens; what is longer is a table or no prose.
LONGEST = 400


def sentences(article: Article) -> Iterator[Sentence]:
    """Yield the sentences of an article in order."""
    number = 0
    for paragraph in article.paragraphs:
        for start, end in sentence_spans(article.text, paragraph.start, paragraph.end):
            tokens = tokenize(article.text, start, end)
            if tokens and len(tokens) <= LONGEST:
                yield Sentence(paragraph.n, number, start, end, tokens, _is_heading(article, start, end, tokens))
                number += 1


def _is_heading(article: Article, start: int, end: int, tokens: list[Token]) -> bool:
    alone = any(p.start == start and p.end == end for p in article.paragraphs[:3])
    return alone and tokens[-1].text not in (".", "!", "?", '"', "”") and len(tokens) < 25


def read_sentence(
    article: Article, sentence: Sentence, scope: tuple[str, ...], actors: Table, clock: Clock, text: Text
) -> Reading:
    """Return all that one sentence says; ``clock`` is moved on to its dates."""
    tokens = sentence.tokens
    dates = find_dates(article.text, sentence.start, sentence.end, sentence.number, clock)
    dated = _tokens_of(tokens, dates)
    numbers = [number for number in find_numbers(tokens) if not dated & set(range(number.first, number.last))]
    groups = find_groups(tokens, numbers, dated)
    named = find_actors(tokens, actors, shouted=text.shouted)
    triggers = [
        trigger
        for trigger in find_triggers(tokens, groups, text.shouted)
        if trigger.word != "join" or _meets(trigger, named)
    ]
    roles = [roles_of(trigger, tokens, groups, triggers) for trigger in triggers]
    barred = dated | {place for mention in named for place in range(mention.first, mention.last)}
    barred |= _titled(tokens, barred)
    day = _day_of(dates, clock)
    own = countries_in(article.text[sentence.start : sentence.end], {}, shouted=text.shouted)
    scope = scope + tuple(code for code in own if code not in scope)
    places = find_places(tokens, article.text, scope, day, barred, shouted=text.shouted)
    assertions = _assertions(tokens, triggers)
    return Reading(sentence, numbers, groups, triggers, assertions, roles, named, dates, places)


def _meets(trigger: Trigger, named: list[ActorMention]) -> bool:
    """Tell whether a verb has a named group as its object: "joined the IS-K"."""
    return any(trigger.last <= mention.first <= trigger.last + 2 for mention in named)


def _assertions(tokens: list[Token], triggers: list[Trigger]) -> list[str]:
    found: list[str] = []
    for number, trigger in enumerate(triggers):
        word = assertion_of(trigger, tokens)
        before = triggers[number - 1] if number else None
        if before is not None and before.voice == "noun" and trigger.first - before.last <= 1 and word == "asserted":
            word = found[-1]  # "no bomb exploded"
        found.append(word)
    return found


def _tokens_of(tokens: list[Token], dates: list[DateMention]) -> set[int]:
    return {
        place
        for place, token in enumerate(tokens)
        for mention in dates
        if token.start < mention.end and mention.start < token.end
    }


def _titled(tokens: list[Token], barred: set[int]) -> set[int]:
    """Return the tokens of names of people, who bear a title: General Kandahari."""
    found: set[int] = set()
    for place, token in enumerate(tokens):
        if token.lower.rstrip(".") not in word_set("title") or place in barred:
            continue
        if not token.is_capital:
            continue
        name: list[int] = []
        for after in range(place + 1, min(place + 5, len(tokens))):
            capital = tokens[after].is_capital and tokens[after].lower not in word_set("stop")
            if not capital and tokens[after].text != ".":
                break
            name.append(after)
        end = name[-1] + 1 if name else 0
        if not (end < len(tokens) and tokens[end].lower in word_set("place type")):  # Imam Sahib district
            found.update(name)
    return found


def _day_of(dates: list[DateMention], clock: Clock) -> str | None:
    """Return the day of the provinces to answer with: that of the sentence's date, else of the last one."""
    days: list[date | None] = [mention.period.last or mention.period.first for mention in dates]
    day = next((found for found in days if found), None) or clock.anchor or clock.published
    return day.isoformat() if day else None
