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
    (`geo.model.Clarity`) does not count.

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
    for rows in linked_rows(records):
        counted[rows] = 0
        counted[rows[int(np.lexsort(rank(records.iloc[rows])[::-1])[0])]] = 1
    return counted


def _is_no_umbrella(records: pd.DataFrame) -> NDArray[np.bool_]:
    if "clarity" not in records.columns:
        return np.ones(len(records), bool)
    return ~np.asarray(is_true(records["clarity"] == Clarity.UMBRELLA), dtype=bool)


def linked_rows(records: pd.DataFrame) -> list[NDArray[np.intp]]:
    """Return the positions of the records of each group that ``same_as`` links, in file order.

    A link to a record of another kind, or from or to an umbrella, makes no group: a stronghold may be told in the
    sentence of an incident, and the events that an umbrella sums up are not one event.
    """
    if "same_as" not in records.columns or not any(len(others) for others in distinct_objects(records["same_as"])[0]):
        return []
    ids, single = records["id"].to_numpy(object), _is_no_umbrella(records)
    kinds = dict(zip(ids[single], records["kind"].to_numpy(object)[single], strict=True))
    rows = np.flatnonzero(records["same_as"].map(len).to_numpy())
    links = [(ids[row], other) for row in rows for other in records["same_as"].iloc[row]]
    group_of = groups((one, other) for one, other in links if one in kinds and kinds[one] == kinds.get(other))
    members: dict[Any, list[int]] = {}
    for row in np.flatnonzero(pd.Series(ids).isin(list(group_of)).to_numpy()):
        members.setdefault(group_of[ids[row]], []).append(int(row))
    return [np.array(group, dtype=np.intp) for group in members.values()]


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
