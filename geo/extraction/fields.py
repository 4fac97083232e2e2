"""Set the fields of a candidate, each with its words and how sure it is."""

from geo.extraction import confidence
from geo.extraction.attribution import ORDER, STATUS, Saying
from geo.extraction.candidates import Candidate, Evidence
from geo.extraction.dates import DateMention
from geo.extraction.parties import Party
from geo.extraction.place_lookup import PRECISIONS
from geo.extraction.places import PlaceMention
from geo.model import DateKind, GeoPrecision


def set_value(found: Candidate, name: str, value: object, words: Evidence, sure: float) -> None:
    """Set a field, unless there is no value."""
    if value is not None:
        found.values[name] = value
        found.evidence[name] = words
        found.confidence[name] = sure


def set_status(found: Candidate, said: list[Saying], agents: list[Party]) -> None:
    """Set how the source presents the record, who claims and who denies it."""
    said = sorted(said, key=lambda saying: ORDER.index(saying.meaning))
    if not said:
        return
    best = said[0]
    words = Evidence(best.start, best.end, f"word of speech: {best.meaning}")
    set_value(found, "status", str(STATUS[best.meaning]), words, 0.8)
    for saying in said:
        if saying.speaker is None or saying.speaker_span is None:
            continue
        column = {"claimed": "claimed_by", "denied": "denied_by"}.get(saying.meaning)
        if column and column not in found.values:
            set_value(
                found, column, saying.speaker, Evidence(*saying.speaker_span, "name before a word of speech"), 0.8
            )
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
        set_value(
            found, "actor1", accused.target, Evidence(*accused.target_span, "name after a word of accusation"), 0.6
        )


def set_place(found: Candidate, place: PlaceMention | None, own: bool) -> None:
    """Set the place; ``own`` says that the sentence of the candidate names it."""
    if place is None:
        found.values["geo_precision"] = str(GeoPrecision.UNKNOWN)
        found.blank["place"] = "no place that the gazetteer has stands with it"
        return
    answer = place.answer
    words = Evidence(*place.span, _rule(place, own))
    sure = confidence.of_place(place.standing, answer.match, same_sentence=own)
    set_value(found, "place", place.text, words, sure)
    set_value(found, "country_code", answer.country, words, min(1.0, sure + 0.04))
    set_value(found, "admin1_code", answer.code, words, sure)
    set_value(found, "admin1_name", answer.name, words, sure)
    set_value(found, "admin2_name", answer.district if answer.level == "admin2" else None, words, sure)
    precision = PRECISIONS.get(answer.level or "", "unknown")
    set_value(found, "geo_precision", precision, words, sure)
    found.point = answer.point
    if answer.code is None:
        reason = "names places in several provinces" if answer.candidates else "denotes no single province"
        found.blank["admin1_code"] = f"{place.text!r} {reason}"


def _rule(place: PlaceMention, own: bool) -> str:
    where = "in the sentence of the event" if own else "elsewhere in the text"
    return f"gazetteer: {place.answer.match}, {where}"


def set_date(found: Candidate, chosen: DateMention | None) -> None:
    """Set the dates and what they mean."""
    if chosen is None:
        found.values["date_precision"] = "unknown"
        found.blank["date_start"] = "the text gives no date with it"
        return
    words = Evidence(chosen.start, chosen.end, f"date: {chosen.rule}")
    sure = confidence.of_date(explicit=not chosen.inferred, same_sentence=True)
    period = chosen.period
    set_value(found, "date_start", period.first and period.first.isoformat(), words, sure)
    set_value(found, "date_end", period.last and period.last.isoformat(), words, sure)
    set_value(found, "date_precision", period.precision, words, sure)
    kind = chosen.kind
    if kind == DateKind.THROUGHOUT and found.values.get("clarity") == "event":
        kind = "within"
    set_value(found, "date_kind", kind, words, sure)
    if chosen.inferred:
        found.values["date_inferred"] = True
        found.evidence["date_inferred"] = words
