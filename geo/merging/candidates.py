"""Pairs of records that may be one event: near each other, or as near as is known, and dated so that they can be one.

Found by sorted joins, in steps of bounded size.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from geo.merging.compared import COUNTRY, OPEN_START, Compared

#: Pairs that are compared in one step; bounds the memory used to some 300 MB.
STEP = 1_000_000
#: Most candidates that are looked at for one record; one with more needs the same place, day, type, parties and deaths.
CROWD = 2_000
#: Most days between the first and the last day of a record that is compared.
LONGEST = 366
#: Degrees of the cells by which records near each other in different provinces are found.
CELL = 0.25
#: Records are sorted apart by the length of their dates, so that one of a year does not widen the search of all.
_SPANS = (1, 7, 31, 92, LONGEST)
#: More days than there are between the first and the last date that a record can have.
_DAYS = 1 << 23
_ROW, _CELLS = 1 << 12, 1 << 24
Keep = Callable[[Any, Any], Any]


@dataclass
class Crowds:
    """Counts the records that have more candidates than are looked at, even of the same type, parties and deaths."""

    records: int = 0


def candidates(one: Compared, other: Compared, window: int, crowds: Crowds) -> Iterator[tuple[Any, Any]]:
    """Yield pairs of records of two sources in one country that may be one event, each pair once.

    Parameters
    ----------
    one, other : Compared
        Comparable records of two sources in one country.
    window : int
        Most days between the dates of the two.
    crowds : Crowds

    Yields
    ------
    tuple of array of int, each of shape (k,)
        Positions in ``one`` and ``other``.
    """
    for first, second, keep in _joins(one, other):
        yield from _joined(one, other, first, second, keep, window, crowds)


def _joins(one: Compared, other: Compared) -> Iterator[tuple[Any, Any, Keep | None]]:
    """Yield, for each way of being near, a key for each record of both, -1 for none, and what else a pair must be."""
    yield one.admin1.astype(np.int64), other.admin1.astype(np.int64), None
    coarse, other_coarse = one.level == COUNTRY, other.level == COUNTRY
    if coarse.any():
        yield np.where(coarse, 0, -1), np.zeros(len(other), np.int64), None
    if other_coarse.any():
        yield np.where(coarse, -1, 0), np.where(other_coarse, 0, -1), None
    cells = _cells(other, 0, 0)
    found, inverse = np.unique(cells, return_inverse=True)
    if found.size == 0 or found[-1] < 0:
        return
    # Only cells with records of another province than the one in question hold pairs that the first join has not.
    uniform = np.full(len(found), -2, np.int64)
    uniform[inverse] = other.admin1
    mixed = np.zeros(len(found), bool)
    mixed[inverse[uniform[inverse] != other.admin1]] = True
    uniform[mixed | (uniform < 0)] = -2

    def apart(a: Any, b: Any) -> Any:
        return (one.admin1[a] != other.admin1[b]) | (one.admin1[a] < 0)

    for east in (-1, 0, 1):
        for north in (-1, 0, 1):
            near = _cells(one, east, north)
            at = np.minimum(np.searchsorted(found, near), len(found) - 1)
            wanted = (near >= 0) & (found[at] == near) & (uniform[at] != one.admin1)
            if wanted.any():
                yield np.where(wanted, near, -1), cells, apart


def _cells(of: Compared, east: int, north: int) -> Any:
    """Return the cell so many cells east and north of each record's point; -1 without a point."""
    pointed = np.isfinite(of.lon)
    column = np.floor(np.where(pointed, of.lon, 0) / CELL).astype(np.int64) + int(180 / CELL) + east
    row = np.floor(np.where(pointed, of.lat, 0) / CELL).astype(np.int64) + int(90 / CELL) + north
    return np.where(pointed, column % int(360 / CELL) * _ROW + np.maximum(row, 0), -1)


def _joined(
    one: Compared, other: Compared, first: Any, second: Any, keep: Keep | None, window: int, crowds: Crowds
) -> Iterator[tuple[Any, Any]]:
    """Yield the pairs with one key whose dates are at most so many days apart."""
    crowd = np.zeros(len(one), np.int64)
    ranges = list(_ranges(one, other, first, second, window))
    for _, low, high in ranges:
        crowd += high - low
    alone = crowd <= CROWD
    for order, low, high in ranges:
        yield from _expanded(one, other, order, np.where(alone, low, high), high, keep, window)
    if alone.all():
        return
    # In a crowd a pair can only be told from the others if much agrees; that also bounds the time.
    both = np.concatenate([_detail(one, np.where(alone, -1, first)), _detail(other, second)])
    _, codes = np.unique(both, axis=0, return_inverse=True)
    codes = codes.reshape(-1)
    first = np.where(alone, -1, codes[: len(one)])
    second = np.where(second < 0, -1, codes[len(one) :])
    ranges = list(_ranges(one, other, first, second, 0))
    crowd = sum((high - low for _, low, high in ranges), np.zeros(len(one), np.int64))
    alone = crowd <= CROWD
    crowds.records += int((~alone).sum())
    for order, low, high in ranges:
        yield from _expanded(one, other, order, np.where(alone, low, high), high, keep, 0)


def _detail(of: Compared, key: Any) -> Any:
    deaths = np.where(np.isfinite(of.best), of.best, -1).astype(np.int64)
    parties = np.sort(np.stack([of.party1, of.party2]), axis=0)
    return np.stack([key, of.place, of.event_type, *parties, deaths], axis=1)


def _ranges(one: Compared, other: Compared, first: Any, second: Any, window: int) -> Iterator[tuple[Any, Any, Any]]:
    """Yield, by length of dates, an order of ``other`` and the range of it that holds each record's candidates."""
    length = other.last - other.first + 1
    shortest = 0
    for longest in _SPANS:
        rows = np.flatnonzero((second >= 0) & (length > shortest) & (length <= longest))
        shortest = longest
        if not rows.size:
            continue
        keys = second[rows] * _DAYS + (other.first[rows] - OPEN_START)
        by_key = np.argsort(keys, kind="stable")
        keys, order = keys[by_key], rows[by_key]
        # A range ends within the days of its key.
        earliest = np.maximum(one.first - OPEN_START - window - longest + 1, 0)
        latest = np.minimum(one.last - OPEN_START + window, _DAYS - 1)
        low = np.searchsorted(keys, first * _DAYS + earliest, side="left")
        high = np.searchsorted(keys, first * _DAYS + latest, side="right")
        yield order, np.where(first < 0, high, low), high


def _expanded(
    one: Compared, other: Compared, order: Any, low: Any, high: Any, keep: Keep | None, window: int
) -> Iterator[tuple[Any, Any]]:
    """Yield the pairs of ranges, in steps."""
    sizes = high - low
    rows = np.flatnonzero(sizes)
    ends = np.cumsum(sizes[rows])
    at = 0
    while at < len(rows):
        done = ends[at - 1] if at else 0
        stop = max(int(np.searchsorted(ends, done + STEP, side="right")), at + 1)
        step = rows[at:stop]
        a = np.repeat(step, sizes[step])
        offsets = np.arange(len(a)) - np.repeat(ends[at:stop] - sizes[step] - done, sizes[step])
        b = order[np.repeat(low[step], sizes[step]) + offsets]
        near = other.last[b] >= one.first[a] - window
        if keep is not None:
            near &= keep(a, b)
        if near.any():
            yield a[near], b[near]
        at = stop
