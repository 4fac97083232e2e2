"""Pairs of records that may tell of the same event, for a reader to decide."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from geo.gazetteer.normalize import fold

#: Least score of a pair that is shown.
LEAST = 0.5
#: Days between the outer bounds of two records that are still evidence of one date.
_NEAR_DAYS = 31

Record = dict[str, Any]


@dataclass(frozen=True)
class Pair:
    """Two records that may tell of the same event.

    Attributes
    ----------
    a, b : str
        Ids; ``a`` is a candidate.
    score : float
        0-1, the sum of what agrees.
    reasons : tuple of str
        What agrees.
    """

    a: str
    b: str
    score: float
    reasons: tuple[str, ...]


def likely_pairs(candidates: Iterable[Record], records: Iterable[Record]) -> list[Pair]:
    """Return the pairs of a candidate and another candidate, or a record, that may tell of the same event.

    Both must be of one kind and neither place nor date may contradict the other. Then counts what agrees: the province
    (or the country, where neither is known closer), the place, the dates, the type, a party, the dead.

    Parameters
    ----------
    candidates, records : iterable of dict
        Properties of records with ``id``.

    Returns
    -------
    list of Pair
        In the order of the candidates, the likeliest first.
    """
    listed = list(candidates)
    pool: dict[tuple[str, str], list[tuple[int, Record]]] = defaultdict(list)
    for position, other in enumerate([*listed, *records]):
        pool[str(other.get("kind")), str(other.get("country_code"))].append((position, other))
    found: list[Pair] = []
    for position, one in enumerate(listed):
        near = pool[str(one.get("kind")), str(one.get("country_code"))]
        pairs = [_compare(one, other) for at, other in near if at > position and other["id"] != one["id"]]
        found += sorted((pair for pair in pairs if pair.score >= LEAST), key=lambda pair: (-pair.score, pair.b))
    return found


def _compare(one: Record, other: Record) -> Pair:
    evidence = [*_where(one, other), *_when(one, other), *_what(one, other)]
    contradicts = any(weight < 0 for weight, _ in evidence)
    score = 0.0 if contradicts else min(1.0, round(sum(weight for weight, _ in evidence), 2))
    return Pair(one["id"], other["id"], score, tuple(reason for _, reason in evidence))


def _where(one: Record, other: Record) -> Iterator[tuple[float, str]]:
    if one.get("admin1_code") and other.get("admin1_code"):
        if one["admin1_code"] != other["admin1_code"]:
            yield -1.0, "other province"
            return
        yield 0.3, "same province"
    elif not one.get("admin1_code") and not other.get("admin1_code") and one.get("country_code"):
        yield 0.1, "same country"
    if _same_words(one, other, "place"):
        yield 0.15, "same place"


def _when(one: Record, other: Record) -> Iterator[tuple[float, str]]:
    bounds = [_bounds(record) for record in (one, other)]
    if bounds[0][0] > bounds[1][1] or bounds[1][0] > bounds[0][1]:
        yield -1.0, "other time"
        return
    if "0" in (bounds[0][0], bounds[1][0]) or "9" in (bounds[0][1], bounds[1][1]):
        return
    if bounds[0] == bounds[1]:
        yield (0.35 if bounds[0][0] == bounds[0][1] else 0.25), "same date"
    elif _days(max(bounds[0][1], bounds[1][1])) - _days(min(bounds[0][0], bounds[1][0])) <= _NEAR_DAYS:
        yield 0.2, "dates within a month"
    else:
        yield 0.05, "dates overlap"


def _what(one: Record, other: Record) -> Iterator[tuple[float, str]]:
    if one.get("event_type") and one.get("event_type") == other.get("event_type"):
        yield 0.1, "same type"
    if _parties(one) & _parties(other):
        yield 0.1, "same party"
    for field, reason in (("fatalities_best", "same number of dead"), ("injuries_best", "same number of injured")):
        if one.get(field) and one.get(field) == other.get(field):
            yield 0.1, reason
    for field in ("measure", "role"):
        if _same_words(one, other, field):
            yield 0.1, f"same {field}"
    if one.get("value") is not None and one.get("value") == other.get("value"):
        yield 0.2, "same value"


def _bounds(record: Record) -> tuple[str, str]:
    """Return first and last day as text that sorts, with "0" and "9" for sides that are open."""
    return str(record.get("date_start") or "0"), str(record.get("date_end") or "9")


def _days(day: str) -> int:
    """Return about the number of a day; a month is close enough here."""
    parts = [int(part) for part in day.split("-") if part.isdigit()]
    year, month, of_month = (*parts, 1, 1)[:3]
    return year * 365 + month * 30 + of_month


def _same_words(one: Record, other: Record, field: str) -> bool:
    return bool(one.get(field)) and bool(other.get(field)) and fold(str(one[field])) == fold(str(other[field]))


def _parties(record: Record) -> set[str]:
    named = ";".join(str(record.get(field) or "") for field in ("actor1", "actor2", "group"))
    return {fold(part) for part in named.split(";")} - {""}
