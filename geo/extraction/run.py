"""Read an article and return its candidates, with a report of what was read and what was set aside."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from geo.extraction.actors import Table, shipped_actors
from geo.extraction.article import Article
from geo.extraction.build import candidates_of
from geo.extraction.candidates import Candidate
from geo.extraction.clusters import mentions_of
from geo.extraction.date_rules import Clock
from geo.extraction.dateline import dateline_end, sent_on
from geo.extraction.join import Event, join
from geo.extraction.mentions import Reading
from geo.extraction.place_lookup import WORLD
from geo.extraction.places import TYPED, PlaceMention
from geo.extraction.presence import presences
from geo.extraction.read_sentences import read_sentence, sentences
from geo.extraction.scope import countries_in
from geo.extraction.statistics import is_total, statistics
from geo.extraction.tokens import Text
from geo.extraction.tolls import effect_of

if TYPE_CHECKING:
    from geo.extraction.mentions import Mention

#: Most paragraphs and characters of a description of one event.
SHORT = (4, 1500)


#: Sentences after an event in which a claim or denial is of it.
HEARD = 2


@dataclass(slots=True)
class Report:
    """What was read of an article."""

    article: str
    paragraphs: int = 0
    sentences: int = 0
    used: int = 0
    candidates: int = 0
    set_aside: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """Return the report on one line for each note."""
        aside = ", ".join(f"{count:,} {reason}" for reason, count in sorted(self.set_aside.items())) or "none"
        lines = [
            f"{self.article}: {self.paragraphs:,} paragraphs and {self.sentences:,} sentences read, "
            f"{self.used:,} sentences used, {self.candidates:,} candidates; words for events set aside: {aside}"
        ]
        return "\n".join(lines + [f"{self.article}: {note}" for note in self.notes])


def extract_article(
    article: Article, *, countries: tuple[str, ...] = (), actors: Table | None = None
) -> tuple[list[Candidate], Report]:
    """Return the candidates of an article in the order of its sentences, and the report.

    Parameters
    ----------
    article : Article
    countries : tuple of str
        Codes of the countries to look for places in; those that the text names by default.
    actors : dict, optional
        Table of names (`geo.extraction.actors.actor_table`); the shipped one by default.
    """
    events, readings, report, context = read_events(article, countries=countries, actors=actors)
    candidates = [found for event in events for found in candidates_of(event, article, context)]
    candidates += _others(article, readings, events)
    candidates.sort(key=lambda found: found.sentence[0])
    for number, candidate in enumerate(candidates, 1):
        candidate.values["id"] = f"{article.id}-{number}"
    report.candidates = len(candidates)
    return candidates, report


def read_events(
    article: Article, *, countries: tuple[str, ...] = (), actors: Table | None = None
) -> tuple[list[Event], list[Reading], Report, dict[str, list[PlaceMention]]]:
    """Return the events of an article, its sentences, the report, and the places of its heading.

    Parameters as `extract_article`.
    """
    table = shipped_actors() if actors is None else actors
    text = Text(article.text)
    named = countries_in(article.text, table, shouted=text.shouted)
    scope = tuple(sorted(countries, key=lambda code: named.index(code) if code in named else len(named)))
    if not scope and named:
        scope = (*named, WORLD)
    clock = Clock(date.fromisoformat(article.published) if article.published else None)
    report = Report(article.id, len(article.paragraphs), notes=list(article.notes))
    mentions: list[Mention] = []
    readings: list[Reading] = []
    context: dict[str, list[PlaceMention]] = {}
    behind = dateline_end(article)
    clock.published = clock.published or sent_on(article, behind)
    for sentence in sentences(article):
        reading = read_sentence(article, sentence, scope, table, clock, text)
        if sentence.start < behind:
            reading.dates = [found for found in reading.dates if found.start >= behind]
            reading.places = [place for place in reading.places if place.span[0] >= behind]
        readings.append(reading)
        report.sentences += 1
        report.set_aside.update(word for word in reading.assertions if word != "asserted")
        if sentence.heading:
            context.setdefault("heading", [place for place in reading.places if place.standing >= TYPED - 1])
        found = [] if is_total(reading) and not is_short(article) else mentions_of(reading, short=is_short(article))
        report.used += bool(found)
        mentions += found
    events = join(mentions, short=is_short(article))
    if is_short(article) and len(events) == 1:
        events[0].said_dates = [found for reading in readings for found in reading.dates]
        context["text"] = [place for reading in readings for place in reading.places if place.standing >= TYPED]
    _hear(events, readings)
    return events, readings, report, context


def _others(article: Article, readings: list[Reading], events: list[Event]) -> list[Candidate]:
    """Return the strongholds and totals of an article; the tolls of events are no totals."""
    if is_short(article) and events:
        return []
    learned = any(word in article.text[:6000] for word in ("Abstract", "Keywords"))
    told = {mention.reading.sentence.number for event in events for mention in event.mentions}
    found: list[Candidate] = []
    for reading in readings:
        used: set[int] = set()
        if reading.sentence.number in told:
            used = {
                group.number.first
                for trigger, roles in zip(reading.triggers, reading.roles, strict=True)
                if effect_of(trigger) in ("killed", "injured")
                for group in roles.patients
                if group.number is not None and not group.number.vague
            }
        found += statistics(reading, article, used)
        found += presences(reading, article, learned=learned)
    return found


def is_short(article: Article) -> bool:
    """Tell whether a text is a description of one event."""
    return len(article.paragraphs) <= SHORT[0] and len(article.text) <= SHORT[1]


def _hear(events: list[Event], readings: list[Reading]) -> None:
    """Give each event the sentences behind it that tell of no other event: "The group claimed responsibility."."""
    taken = {mention.reading.sentence.number for event in events for mention in event.mentions}
    for event in events:
        first, last = event.mentions[0].reading.sentence, event.mentions[-1].reading.sentence
        for reading in readings[first.number + 1 : last.number + 1 + HEARD]:
            number, paragraph = reading.sentence.number, reading.sentence.paragraph
            if number > last.number and (number in taken or paragraph - last.paragraph > 1):
                break
            if number not in taken:
                event.said.append(reading)
