"""How sure a candidate and its fields are, 0 to 1."""

import math

from geo.extraction.join import Event
from geo.extraction.lexicon import event_kinds
from geo.extraction.places import AT, TYPED
from geo.model import Match


def of_place(standing: int, match: str, *, same_sentence: bool) -> float:
    """Return how sure the place of an event is."""
    sure = {Match.NAME: 0.95, Match.ALIAS: 0.93, Match.FUZZY: 0.75}.get(Match(match), 0.6)
    stands = {AT: 1.0, TYPED: 0.92}.get(standing, 0.75)
    return sure * stands * (1.0 if same_sentence else 0.9)


def of_date(*, explicit: bool, same_sentence: bool) -> float:
    """Return how sure the date of an event is."""
    return (0.95 if explicit else 0.85) * (1.0 if same_sentence else 0.85)


#: Log-odds that annotators record an event of which a text says this, fitted on the texts of MUC-4 `dev`.
RECORD = {
    "": -2.05, "number": 0.62, "civilians": 0.71, "agent": 0.69, "group": 0.27, "outcome": 0.12, "date": 0.48,
    "place": 0.45, "words": 0.22, "nouns only": 0.58, "plural": -0.38, "clash": -1.33, "passive": 0.14,
    "told again": 0.72,
}  # fmt: skip


def of_record(event: Event) -> float:
    """Return how sure it is that a text tells of an event: what share of such events annotators recorded."""
    return 1 / (1 + math.exp(-sum(RECORD[name] * value for name, value in signs(event).items())))


def signs(event: Event) -> dict[str, float]:
    """Return what a text says of an event, by the names of `RECORD`."""
    mentions = event.mentions
    triggers = [mention.reading.triggers[n] for mention in mentions for n in mention.triggers]
    roles = [mention.reading.roles[n] for mention in mentions for n in mention.triggers]
    patients = [group for found in roles for group in found.patients]
    best = max(triggers, key=lambda trigger: event_kinds()[trigger.event].specific)
    actors = [named for mention in mentions for named in mention.reading.actors]
    places = [place for mention in mentions for place in mention.places]
    return {
        "": 1.0,
        "number": any(group.count is not None for group in patients),
        "civilians": any(group.side == "civilian" for group in patients),
        "agent": any(found.agents for found in roles),
        "group": any(named.actor.side == "militant" for named in actors),
        "outcome": any(trigger.is_effect for trigger in triggers),
        "date": any(mention.dates for mention in mentions),
        "place": any(place.standing >= TYPED and place.answer.code for place in places),
        "words": min(len(triggers), 6) / 6,
        "nouns only": all(trigger.voice == "noun" for trigger in triggers),
        "plural": best.plural,
        "clash": event_kinds()[best.event].family == "clash",
        "passive": any(trigger.voice == "passive" for trigger in triggers),
        "told again": min(len(mentions), 4) / 4,
    }
