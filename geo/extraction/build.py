"""An event as a candidate: the values of its fields, each with its words."""

from typing import TYPE_CHECKING

from geo.extraction import confidence
from geo.extraction.article import Article
from geo.extraction.attribution import sayings
from geo.extraction.candidates import Candidate, Evidence, Rival
from geo.extraction.event_types import kind_of, type_of
from geo.extraction.fields import set_date, set_place, set_status, set_value
from geo.extraction.join import Event
from geo.extraction.join_tolls import joined
from geo.extraction.mentions import Mention
from geo.extraction.parties import CIVILIANS, Party, parties_of
from geo.extraction.places import MOVING, TYPED, PlaceMention
from geo.extraction.tolls import Toll, parts_of
from geo.model import Kind

if TYPE_CHECKING:
    from geo.extraction.dates import DateMention

_FIGURES = {"killed": "fatalities", "injured": "injuries"}


def candidates_of(event: Event, article: Article, context: dict[str, list[PlaceMention]]) -> list[Candidate]:
    """Return the candidates of an event: one, or one for each place of a list in several provinces."""
    places = _places(event, context)
    made = (
        [_candidate(event, article, place, own) for place, own in places]
        if places
        else [_candidate(event, article, None, True)]
    )
    if len(made) > 1:
        for found in made:
            # A total is not shared out among the places of a list.
            for name in [name for name in found.values if name.startswith(("fatalities", "injuries", "deaths"))]:
                del found.values[name], found.evidence[name]
                found.blank[name] = "the figure is of several places together"
                found.confidence.pop(name, None)
            found.values["clarity"] = "series"
    return made


def _candidate(event: Event, article: Article, place: PlaceMention | None, own: bool) -> Candidate:
    first = event.mentions[0]
    sentence = first.reading.sentence
    found = Candidate(article.id, sentence.paragraph, (sentence.start, sentence.end))
    triggers = [m.reading.triggers[n] for m in event.mentions for n in m.triggers]
    mention_of = {id(m.reading.triggers[n]): m for m in event.mentions for n in m.triggers}
    kind, trigger = kind_of(triggers)
    agents, patients = _parties(event)
    readings = {m.reading.sentence.number: m.reading for m in event.mentions}
    said = [saying for reading in (*readings.values(), *event.said) for saying in sayings(reading)]
    set_status(found, said, agents)
    start, end = mention_of[id(trigger)].reading.sentence.span(trigger.first, trigger.last - 1)
    words = Evidence(start, end, f"{trigger.voice} trigger: {trigger.event}")
    found.values["kind"] = str(Kind.INCIDENT)
    found.evidence["kind"] = words
    takes = any(named.first - trigger.last in (0, 1, 2) for m in event.mentions for named in m.reading.places)
    event_type, sub = type_of(kind, trigger, agents, patients, takes_place=takes and trigger.voice == "active")
    if kind.family not in ("protest", "riot", "clash"):
        agents = [party for party in agents if party.name != CIVILIANS]
    set_value(found, "event_type", event_type, words, 0.85)
    set_value(found, "sub_event_type", sub, words, 0.8)
    if event_type is None:
        found.blank["event_type"] = "the text does not say how, or upon whom"
    set_value(found, "clarity", "series" if trigger.plural else "event", words, 0.8)
    set_place(found, place, own)
    _date(found, event)
    _party(found, "actor1", agents)
    _party(found, "actor2", patients)
    for effect, column in _FIGURES.items():
        result, rivals = joined([parts_of(m, effect) for m in event.mentions])
        _figures(found, column, result, rivals)
    _title(found, words)
    found.confidence["record"] = confidence.of_record(event)
    return found


def _parties(event: Event) -> tuple[list[Party], list[Party]]:
    agents: dict[str, Party] = {}
    patients: dict[str, Party] = {}
    for mention in event.mentions:
        acting, suffering = parties_of(mention)
        for party in acting:
            agents.setdefault(party.name, party)
        for party in suffering:
            patients.setdefault(party.name, party)
    return list(agents.values()), [party for name, party in patients.items() if name not in agents]


def _party(found: Candidate, name: str, parties: list[Party]) -> None:
    if name in found.values:
        return
    if not parties:
        found.blank[name] = "the sentence names none"
        return
    named = [party for party in parties if party.rule.startswith("name")] or parties[:1]
    if name == "actor2" and not any(party.rule.startswith("name") for party in parties):
        named = parties[:2]
    first = named[0]
    set_value(found, name, "; ".join(party.name for party in named), Evidence(first.start, first.end, first.rule), 0.8)


def _places(event: Event, context: dict[str, list[PlaceMention]]) -> list[tuple[PlaceMention, bool]]:
    """Return the places of an event, the surest; several if a list names several provinces."""
    for least in (TYPED, MOVING):
        for mention in event.mentions:
            places = [place for place in mention.places if place.standing >= least]
            best = _nearest(mention, places)
            if best is None:
                continue
            if best.listed:
                listed = [place for place in places if place.listed and place.answer.code]
                if len({place.answer.code for place in listed}) > 1:
                    return [(place, True) for place in listed]
            if best.answer.level in ("country", "region"):
                finer = _finer(event, best)
                return [(finer or best, finer is None)]
            return [(best, True)]
    return _fallback(event, context)


def _fallback(event: Event, context: dict[str, list[PlaceMention]]) -> list[tuple[PlaceMention, bool]]:
    """Return the place that people are taken from, else that of the heading."""
    if event.families & {"arrest", "abduction"}:
        for mention in event.mentions:
            if mention.places:
                return [(mention.places[0], True)]
    return next(([(context[source][0], False)] for source in ("heading", "text") if context.get(source)), [])


def _finer(event: Event, coarse: PlaceMention) -> PlaceMention | None:
    for mention in event.mentions:
        for place in mention.places:
            if place.standing >= TYPED and place.answer.code and place.answer.country == coarse.answer.country:
                return place
    return None


def _nearest(mention: Mention, places: list[PlaceMention]) -> PlaceMention | None:
    """Return the place that belongs to the main trigger: the best standing, after it before before it, the nearest."""
    trigger = mention.main()

    def rank(place: PlaceMention) -> tuple[int, int, int]:
        coarse = place.answer.level in ("country", "region", None)
        distance = place.first - trigger.last if place.first >= trigger.last else (trigger.first - place.last) * 2
        return (-place.standing + coarse, coarse, distance)

    return min(places, key=rank, default=None)


def _date(found: Candidate, event: Event) -> None:
    chosen: DateMention | None = None
    for mention in event.mentions:
        if mention.dates:
            trigger = mention.main()
            offset = mention.reading.offset_of(trigger.first)
            chosen = min(mention.dates, key=lambda date: (date.loose and date.kind == "by", abs(date.start - offset)))
            break
    if chosen is None and event.said_dates:
        chosen = event.said_dates[0]
    set_date(found, chosen)


def _figures(found: Candidate, column: str, result: Toll, rivals: list[Toll]) -> None:
    if not result.parts:
        return
    start, end = min(part.start for part in result.parts), max(part.end for part in result.parts)
    words = Evidence(
        start, end, "people of the effect" if len(result.parts) == 1 else "sum of the people of the effect"
    )
    for bound in ("low", "best", "high"):
        value = getattr(result, bound)
        set_value(found, f"{column}_{bound}", value, words, 0.85)
        if value is None:
            found.blank[f"{column}_{bound}"] = (
                "the text leaves this bound open" if result.said else "the text has no number"
            )
    for other in rivals:
        part = other.parts[0]
        value = other.best if other.best is not None else other.low if other.low is not None else other.high
        found.rivals.setdefault(f"{column}_best", []).append(
            Rival(value, Evidence(part.start, other.parts[-1].end, "figure of another sentence"))
        )


def _title(found: Candidate, words: Evidence) -> None:
    values = found.values
    what = values.get("sub_event_type") or values.get("event_type") or "Attack"
    where = f" in {values['place']}" if "place" in values else ""
    found.values["title"] = f"{what}{where}"
    found.evidence["title"] = Evidence(words.start, words.end, "made from type and place")
