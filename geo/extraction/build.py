"""An event as a candidate: the values of its fields, each with its words."""

from typing import TYPE_CHECKING

from geo.extraction import confidence
from geo.extraction.article import Article
from geo.extraction.attribution import STATUS, Saying, sayings
from geo.extraction.candidates import Candidate, Evidence, Rival
from geo.extraction.event_types import kind_of, type_of
from geo.extraction.join import Event
from geo.extraction.join_tolls import joined
from geo.extraction.mentions import Mention
from geo.extraction.parties import Party, parties_of
from geo.extraction.place_lookup import PRECISIONS
from geo.extraction.places import MOVING, TYPED, PlaceMention
from geo.extraction.tolls import Toll, parts_of
from geo.model import DateKind, GeoPrecision, Kind

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
    _status(found, said, agents)
    start, end = mention_of[id(trigger)].reading.sentence.span(trigger.first, trigger.last - 1)
    words = Evidence(start, end, f"{trigger.voice} trigger: {trigger.event}")
    found.values["kind"] = str(Kind.INCIDENT)
    found.evidence["kind"] = words
    event_type, sub = type_of(kind, agents, patients)
    _set(found, "event_type", event_type, words, 0.85)
    _set(found, "sub_event_type", sub, words, 0.8)
    if event_type is None:
        found.blank["event_type"] = "the text does not say how, or upon whom"
    _set(found, "clarity", "series" if trigger.plural else "event", words, 0.8)
    _place(found, place, own)
    _date(found, event)
    _party(found, "actor1", agents)
    _party(found, "actor2", patients)
    for effect, column in _FIGURES.items():
        result, rivals = joined([parts_of(m, effect) for m in event.mentions])
        _figures(found, column, result, rivals)
    _title(found, words)
    found.confidence["record"] = confidence.of_record(found.confidence, anchored=not trigger.is_effect)
    return found


def _set(found: Candidate, name: str, value: object, words: Evidence, sure: float) -> None:
    if value is not None:
        found.values[name] = value
        found.evidence[name] = words
        found.confidence[name] = sure


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
    _set(found, name, "; ".join(party.name for party in named), Evidence(first.start, first.end, first.rule), 0.8)


def _status(found: Candidate, said: list[Saying], agents: list[Party]) -> None:
    said = sorted(
        said, key=lambda saying: ("denied", "claimed", "accused", "suspected", "attributed").index(saying.meaning)
    )
    if not said:
        return
    best = said[0]
    words = Evidence(best.start, best.end, f"word of speech: {best.meaning}")
    _set(found, "status", str(STATUS[best.meaning]), words, 0.8)
    for saying in said:
        if saying.speaker is None or saying.speaker_span is None:
            continue
        column = {"claimed": "claimed_by", "denied": "denied_by"}.get(saying.meaning)
        if column and column not in found.values:
            _set(found, column, saying.speaker, Evidence(*saying.speaker_span, "name before a word of speech"), 0.8)
    if "claimed_by" in found.values and not any(party.rule.startswith("name") for party in agents):
        found.values["actor1"] = found.values["claimed_by"]
        found.evidence["actor1"] = found.evidence["claimed_by"]
        found.confidence["actor1"] = 0.7
    accused = next(
        (
            saying
            for saying in said
            if saying.meaning in ("accused", "suspected") and saying.target and saying.target_span
        ),
        None,
    )
    if accused and accused.target_span and not agents and "actor1" not in found.values:
        _set(found, "actor1", accused.target, Evidence(*accused.target_span, "name after a word of accusation"), 0.6)


def _places(event: Event, context: dict[str, list[PlaceMention]]) -> list[tuple[PlaceMention, bool]]:
    """Return the places of an event, the surest; several if a list names several provinces."""
    for least in (TYPED, MOVING):
        for mention in event.mentions:
            places = [place for place in mention.places if place.standing >= least]
            best = _nearest(mention, places)
            if best is None:
                continue
            if best.listed:
                listed = [place for place in places if place.listed and place.answer.level == best.answer.level]
                if len({place.answer.code for place in listed}) > 1:
                    return [(place, True) for place in listed]
            if best.answer.level in ("country", "region"):
                finer = _finer(event, best)
                return [(finer or best, finer is None)]
            return [(best, True)]
    for source in ("heading", "dateline"):
        for place in context.get(source, ()):
            return [(place, False)]
    return []


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


def _place(found: Candidate, place: PlaceMention | None, own: bool) -> None:
    if place is None:
        found.values["geo_precision"] = str(GeoPrecision.UNKNOWN)
        found.blank["place"] = "no place that the gazetteer has stands with the event"
        return
    answer = place.answer
    words = Evidence(*place.span, _rule(place, own))
    sure = confidence.of_place(place.standing, answer.match, same_sentence=own)
    _set(found, "place", place.text, words, sure)
    _set(found, "country_code", answer.country, words, min(1.0, sure + 0.04))
    _set(found, "admin1_code", answer.code, words, sure)
    _set(found, "admin1_name", answer.name, words, sure)
    _set(found, "admin2_name", answer.district if answer.level == "admin2" else None, words, sure)
    precision = PRECISIONS.get(answer.level or "", "unknown")
    _set(found, "geo_precision", precision, words, sure)
    found.point = answer.point
    if answer.code is None:
        reason = "names places in several provinces" if answer.candidates else "denotes no single province"
        found.blank["admin1_code"] = f"{place.text!r} {reason}"


def _rule(place: PlaceMention, own: bool) -> str:
    where = "in the sentence of the event" if own else "elsewhere in the text"
    return f"gazetteer: {place.answer.match}, {where}"


def _date(found: Candidate, event: Event) -> None:
    chosen: DateMention | None = None
    for mention in event.mentions:
        if mention.dates:
            trigger = mention.main()
            offset = mention.reading.offset_of(trigger.first)
            chosen = min(mention.dates, key=lambda date: (date.loose and date.kind == "by", abs(date.start - offset)))
            break
    if chosen is None:
        found.values["date_precision"] = "unknown"
        found.blank["date_start"] = "the text gives no date with the event"
        return
    words = Evidence(chosen.start, chosen.end, f"date: {chosen.rule}")
    sure = confidence.of_date(explicit=not chosen.inferred, same_sentence=True)
    period = chosen.period
    _set(found, "date_start", period.first and period.first.isoformat(), words, sure)
    _set(found, "date_end", period.last and period.last.isoformat(), words, sure)
    _set(found, "date_precision", period.precision, words, sure)
    kind = chosen.kind
    if kind == DateKind.THROUGHOUT and found.values.get("clarity") == "event":
        kind = "within"
    _set(found, "date_kind", kind, words, sure)
    if chosen.inferred:
        found.values["date_inferred"] = True
        found.evidence["date_inferred"] = words


def _figures(found: Candidate, column: str, result: Toll, rivals: list[Toll]) -> None:
    if not result.parts:
        return
    start, end = min(part.start for part in result.parts), max(part.end for part in result.parts)
    words = Evidence(
        start, end, "people of the effect" if len(result.parts) == 1 else "sum of the people of the effect"
    )
    for bound in ("low", "best", "high"):
        value = getattr(result, bound)
        _set(found, f"{column}_{bound}", value, words, 0.85)
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
