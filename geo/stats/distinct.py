"""How often a record counts: once, or not at all where it repeats another record or only sums up others."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.columns import distinct_objects, is_true
from geo.model import Clarity, DateKind, GeoPrecision, Kind
from geo.rules.date_kinds import date_kinds

#: Column of located records that holds how often each counts: 1 or 0.
COUNTS_AS = "counts_as"
#: Kinds of date, the most precise first.
_KINDS = (DateKind.AT, DateKind.WITHIN, DateKind.THROUGHOUT, DateKind.SINCE, DateKind.BY, DateKind.UNKNOWN)
_DATES = ("day", "month", "year", "range", "unknown")


def with_counts(records: Any, repeated: frozenset[str] | None = None) -> Any:
    """Return records with the column `COUNTS_AS`.

    Parameters
    ----------
    records : DataFrame, shape (n,)
    repeated : frozenset of str, optional
        Ids of the records that repeat others, for a part of a data set whose links lead to other parts.
    """
    if repeated is None:
        return records.assign(**{COUNTS_AS: counts_as(records)})
    once = _is_no_umbrella(records) & ~records["id"].isin(repeated).to_numpy(bool)
    return records.assign(**{COUNTS_AS: once.astype(np.int8)})


def counts_as(records: pd.DataFrame) -> NDArray[np.int8]:
    """Return how often each record counts.

    Records that ``same_as`` links to each other, directly or through others, tell of one incident: the most precise of
    them counts, by place, then by date, then whether it gives deaths, then by id. An umbrella
    (`geo.model.Clarity`) does not count, nor does a series whose events are told by several other records.

    Parameters
    ----------
    records : DataFrame, shape (n,)
        ``clarity`` and ``same_as`` may be missing.

    Returns
    -------
    array of int8, shape (n,)
        1 or 0.
    """
    counted = _is_no_umbrella(records).astype(np.int8)
    rows, group, summing = linked_groups(records)
    counted[summing] = 0
    if rows.size:
        # Sorted by group and rank, the first record of each group counts.
        order = np.lexsort((*rank(records.iloc[rows])[::-1], group))
        counted[rows] = 0
        counted[rows[order[np.flatnonzero(np.diff(group[order], prepend=-1))]]] = 1
    return counted


def _is_no_umbrella(records: pd.DataFrame) -> NDArray[np.bool_]:
    return ~_is(records, Clarity.UMBRELLA)


def _is(records: pd.DataFrame, clarity: Clarity) -> NDArray[np.bool_]:
    if "clarity" not in records.columns:
        return np.zeros(len(records), bool)
    return np.asarray(is_true(records["clarity"] == clarity), dtype=bool)


def linked_groups(records: pd.DataFrame) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Return the records that ``same_as`` links, the group of each, and the records that only sum up others.

    A link to a record of another kind, or from or to an umbrella, makes no group: a stronghold may be told in the
    sentence of an incident, and the events that an umbrella sums up are not one event. So it is with a series that is
    linked to several events: if those are not linked to each other but through it, it sums them up and counts as none.

    Returns
    -------
    rows, group : array of int, each of shape (k,)
        Positions of records, and a number of the group of each.
    summing : array of int
        Positions of the series that sum up others.
    """
    none = np.zeros(0, np.intp)
    if "same_as" not in records.columns or not any(len(others) for others in distinct_objects(records["same_as"])[0]):
        return none, none, none
    a, b = _links(records)
    series = _is(records, Clarity.SERIES)
    several = series[a] | series[b]
    events = components(a[~several], b[~several], len(records))
    both = series[a] & series[b]
    told_together = components(a[both], b[both], len(records))
    # Each series with the groups of events that it, or another series linked to it, is linked to.
    mixed = np.flatnonzero(several & ~both)
    whole = told_together[np.where(series[a[mixed]], a[mixed], b[mixed])]
    part = events[np.where(series[a[mixed]], b[mixed], a[mixed])]
    covers = np.unique(np.stack([whole, part]), axis=1)[0]
    summed, number = np.unique(covers, return_counts=True)
    sums = series & np.isin(told_together, summed[number > 1])
    kept = ~sums[a] & ~sums[b]
    group = components(a[kept], b[kept], len(records))
    rows = np.unique(np.concatenate([a[kept], b[kept]]))
    return rows, group[rows], np.flatnonzero(sums)


def _links(records: pd.DataFrame) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the positions of the two records of each link between records of one kind that are no umbrellas."""
    rows = np.flatnonzero(records["same_as"].map(len).to_numpy())
    lists = [records["same_as"].iloc[row] for row in rows]
    others = pd.Index([one for ids in lists for one in ids], dtype=object)
    single = np.flatnonzero(_is_no_umbrella(records))
    known = pd.Index(records["id"].to_numpy(object)[single])
    known, single = known[~known.duplicated()], single[~known.duplicated()]
    a = np.repeat(rows, list(map(len, lists)))
    at = known.get_indexer(others)
    a, b = a[at >= 0], single[at[at >= 0]]
    kinds = pd.factorize(records["kind"])[0]
    alike = (kinds[a] == kinds[b]) & _is_no_umbrella(records)[a]
    return a[alike], b[alike]


def components(a: NDArray[np.intp], b: NDArray[np.intp], n: int) -> NDArray[np.intp]:
    """Return, for each of n things, the least one that pairs of linked things lead to from it, shape (n,)."""
    least = np.arange(n, dtype=np.intp)
    while True:
        before = least.copy()
        lower = np.minimum(least[a], least[b])
        # The thing that stands for each end, and the ends themselves, take the lower of the two.
        np.minimum.at(least, before[a], lower)
        np.minimum.at(least, before[b], lower)
        least = least[least]
        if (least == before).all():
            return least


def groups(links: Iterable[Sequence[Any]]) -> dict[Any, Any]:
    """Return, for each id in pairs of linked ids, the id that stands for its group."""
    parent: dict[Any, Any] = {}

    def root(one: Any) -> Any:
        while parent.setdefault(one, one) != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for first, second in links:
        parent[root(second)] = root(first)
    return {one: root(one) for one in list(parent)}


def rank(records: pd.DataFrame) -> tuple[Any, ...]:
    """Return the keys by which the records of a group are ordered, the most important first; the least one counts."""
    places = {str(word): number for number, word in enumerate(GeoPrecision)}
    kinds = {str(word): number for number, word in enumerate(_KINDS)}
    dates = {word: number for number, word in enumerate(_DATES)}
    figures = records[[f"fatalities_{bound}" for bound in ("low", "best", "high")]].isna().all(axis=1)
    return (
        records["geo_precision"].map(places).fillna(len(places)).to_numpy(),
        date_kinds(records).map(kinds).fillna(len(kinds)).to_numpy(),
        records["date_precision"].map(dates).fillna(len(dates)).to_numpy(),
        (figures & (records["kind"] == Kind.INCIDENT)).to_numpy(),
        records["id"].fillna("").to_numpy(object),
    )
