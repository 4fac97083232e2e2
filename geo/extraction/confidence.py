"""How sure a candidate and its fields are, 0 to 1."""

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


def of_record(fields: dict[str, float], *, anchored: bool) -> float:
    """Return how sure it is that there was such an event: more where place and date are told, too."""
    base = 0.75 if anchored else 0.6
    return min(0.97, base + 0.08 * ("place" in fields) + 0.08 * ("date_start" in fields or "date_end" in fields))
