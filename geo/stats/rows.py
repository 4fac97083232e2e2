"""Weighted rows, the input of all counting.

A row is a record of weight 1, or a bin whose weight is the number of its incidents. All counting code works on such
rows, so that records and bins are counted by the same rules.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from geo.model import Kind
from geo.stats.periods import Years, year_span

#: Groups of a table. ``year`` is computed from the date bounds; the others are columns.
GROUPS = ("admin1_code", "country_code", "year", "event_type", "group")
COUNTS = {"incidents": Kind.INCIDENT, "strongholds": Kind.STRONGHOLD, "statistics": Kind.STATISTIC}
#: Stands for the year of an undated row.
UNDATED = 0
MEASURES = (*COUNTS, "fatalities_low", "fatalities_best", "fatalities_high", "fatalities_unknown")


def rows_of_records(records: pd.DataFrame, weight: Any = 1, groups: Sequence[str] = GROUPS) -> pd.DataFrame:
    """Return one weighted row per record, in the same order.

    Parameters
    ----------
    records : DataFrame, shape (n,)
        Records as ``geo.geocode`` returns them.
    weight : int or array of int, shape (n,), default 1
        Number of times that each record counts; 0 for a duplicate.
    groups : sequence of str, default `GROUPS`
        Columns to keep besides ``admin1_code``.

    Returns
    -------
    DataFrame, shape (n, k)
        ``admin1_code`` and the groups that are columns (null: not known), ``first`` and ``last`` year (int64, 0:
        undated), `MEASURES` (int64).
    """
    span = year_span(records)
    first, last = (span[side].to_numpy(np.int64, na_value=0) for side in ("first", "last"))
    names = dict.fromkeys(name for name in ("admin1_code", *groups) if name != "year")
    words = {name: records[name].astype("string").array for name in names}
    counted = measures(records)
    return pd.DataFrame({**words, "first": first, "last": last, **{n: counted[n] * weight for n in MEASURES}})


def measures(records: pd.DataFrame) -> pd.DataFrame:
    """Return the contribution of each record to `MEASURES` as int64, shape (n, 7), in the same order."""
    kind = records["kind"].astype("string")
    incident = (kind == Kind.INCIDENT).to_numpy(bool)
    low, best, high = (
        records[f"fatalities_{bound}"].astype("Float64").to_numpy(float, na_value=np.nan)
        for bound in ("low", "best", "high")
    )
    top = np.where(np.isnan(high), np.where(np.isnan(best), low, best), high)
    counts = {name: (kind == value).to_numpy(bool).astype(np.int64) for name, value in COUNTS.items()}
    deaths = {
        f"fatalities_{bound}": np.where(incident & ~np.isnan(figure), figure, 0).astype(np.int64)
        for bound, figure in (("low", low), ("best", best), ("high", top))
    }
    return pd.DataFrame({**counts, **deaths, "fatalities_unknown": (incident & np.isnan(top)).astype(np.int64)})


def in_period(rows: pd.DataFrame, period: Years | None) -> pd.DataFrame:
    """Return the rows that touch a period; all rows for None."""
    if period is None:
        return rows
    first, last = rows["first"].to_numpy(), rows["last"].to_numpy()
    touched: pd.DataFrame = rows[(first != UNDATED) & (first <= period[1]) & (last >= period[0])]
    return touched


def one_row_per_year(rows: pd.DataFrame, period: Years | None) -> pd.DataFrame:
    """Repeat each row for every year of the period that it touches; undated rows get a null year."""
    first, last = rows["first"].to_numpy(), rows["last"].to_numpy()
    if period is not None:
        first, last = np.maximum(first, period[0]), np.minimum(last, period[1])
    # A record whose last date is before its first (a fault that validate reports) still counts once.
    repeats = np.maximum(last - first + 1, 1)
    out = rows.iloc[np.repeat(np.arange(len(rows)), repeats)].reset_index(drop=True)
    step = np.arange(len(out)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    year = np.repeat(first, repeats) + step
    out["year"] = pd.array(year, dtype="Int64")
    out.loc[year == UNDATED, "year"] = pd.NA
    return out
