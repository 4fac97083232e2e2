"""ACLED's type and sub-type of an event, from its triggers and its parties."""

from geo.extraction.lexicon import EventKind, event_kinds
from geo.extraction.parties import Party
from geo.extraction.triggers import Trigger

_CIVILIANS = ("Violence against civilians", "Attack")
_CLASH = ("Battles", "Armed clash")
_ARMED = ("security", "militant")


def kind_of(triggers: list[Trigger]) -> tuple[EventKind, Trigger]:
    """Return the kind of event that the triggers of one event tell of, and the trigger that does."""
    kinds = event_kinds()
    best = max(triggers, key=lambda trigger: (kinds[trigger.event].specific, -trigger.first))
    return kinds[best.event], best


def type_of(
    kind: EventKind, trigger: Trigger, agents: list[Party], patients: list[Party], *, takes_place: bool
) -> tuple[str | None, str | None]:
    """Return event type and sub-type, None where the text does not tell; a place that is captured is no arrest."""
    if kind.family in ("attack", "effect"):
        return _by_victim(patients)
    if kind.name == "operation" and patients and all(party.side == "civilian" for party in patients):
        return _CIVILIANS
    if kind.name == "arrest" and trigger.word == "capture" and takes_place:
        security = bool(agents) and agents[0].side == "security"
        return "Battles", "Government regains territory" if security else "Non-state actor overtakes territory"
    if kind.name == "overtake" and agents and agents[0].side == "security":
        return "Battles", "Government regains territory"
    return kind.event_type, kind.sub_event_type


def _by_victim(patients: list[Party]) -> tuple[str | None, str | None]:
    sides = {party.side for party in patients}
    if sides & set(_ARMED):
        return _CLASH
    return _CIVILIANS if "civilian" in sides else (None, None)
