"""Weighted rows, the input of all counting.

A row is a record of weight 1, or a bin whose weight is the number of its incidents. All counting code works on such
rows, so that records and bins are counted by the same rules.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from geo.model import Kind
from geo.stats.distinct import COUNTS_AS, counts_as
from geo.stats.periods import OPEN, Years, year_span

#: Groups of a table. ``year`` is computed from the date bounds; the others are columns.
GROUPS = ("admin1_code", "country_code", "year", "event_type", "group")
COUNTS = {"incidents": Kind.INCIDENT, "strongholds": Kind.STRONGHOLD, "statistics": Kind.STATISTIC}
#: Stands for the year of an undated row.
UNDATED = 0
#: ``incidents`` are distinct ones, ``reports`` all records of incidents. ``fatalities_open`` counts the incidents whose
#: deaths have no upper bound, ``fatalities_unknown`` those without any figure.
MEASURES = (
    "incidents",
    "reports",
    "strongholds",
    "statistics",
    "fatalities_low",
    "fatalities_best",
    "fatalities_high",
    "fatalities_open",
    "fatalities_unknown",
)


def rows_of_records(records: pd.DataFrame, groups: Sequence[str] = GROUPS, *, distinct: bool = True) -> pd.DataFrame:
    """Return one weighted row per record, in the same order.

    Parameters
    ----------
    records : DataFrame, shape (n,)
        Records as ``geo.geocode`` returns them.
    groups : sequence of str, default `GROUPS`
        Columns to keep besides ``admin1_code``.
    distinct : bool, default True
        Whether a record that repeats another, or only sums up others, weighs 0 (`geo.stats.distinct`).

    Returns
    -------
    DataFrame, shape (n, k)
        ``admin1_code`` and the groups that are columns (null: not known), ``first`` and ``last`` year (int64, 0:
        null, see `geo.stats.periods.year_span`), `MEASURES` (int64).
    """
    span = year_span(records)
    first, last = (span[side].to_numpy(np.int64, na_value=0) for side in ("first", "last"))
    names = dict.fromkeys(name for name in ("admin1_code", *groups) if name != "year")
    words = {name: records[name].astype("string").array for name in names}
    counted = measures(records, distinct=distinct)
    return pd.DataFrame({**words, "first": first, "last": last, **{n: counted[n] for n in MEASURES}})


def measures(records: pd.DataFrame, *, distinct: bool = True) -> pd.DataFrame:
    """Return the contribution of each record to `MEASURES` as int64, shape (n, 9), in the same order."""
    weight: Any = 1
    if distinct:
        weight = records[COUNTS_AS].to_numpy(np.int64) if COUNTS_AS in records.columns else counts_as(records)
    kind = records["kind"].astype("string")
    incident = (kind == Kind.INCIDENT).to_numpy(bool)
    low, best, high = (
        records[f"fatalities_{bound}"].astype("Float64").to_numpy(float, na_value=np.nan)
        for bound in ("low", "best", "high")
    )
    unknown = np.isnan(low) & np.isnan(best) & np.isnan(high)
    counts = {name: (kind == value).to_numpy(bool) * weight for name, value in COUNTS.items()}
    deaths = {
        f"fatalities_{bound}": np.where(incident & ~np.isnan(figure), figure, 0) * weight
        for bound, figure in (("low", low), ("best", best), ("high", high))
    }
    missing = {"open": incident & np.isnan(high), "unknown": incident & unknown}
    out = {**counts, "reports": incident, **deaths, **{f"fatalities_{n}": rows * weight for n, rows in missing.items()}}
    return pd.DataFrame({name: np.asarray(out[name]).astype(np.int64) for name in MEASURES})


def compact(rows: pd.DataFrame) -> pd.DataFrame:
    """Add up the rows that differ in their measures only: what a part of a data set contributes to every count."""
    keys = [name for name in rows.columns if name not in MEASURES]
    return rows.groupby(keys, dropna=False, sort=True)[list(MEASURES)].sum().reset_index()[list(rows.columns)]


def in_period(rows: pd.DataFrame, period: Years | None) -> pd.DataFrame:
    """Return the rows that belong to a period; all rows for None."""
    if period is None:
        return rows
    first, last = rows["first"].to_numpy(), rows["last"].to_numpy()
    touched: pd.DataFrame = rows[(first != UNDATED) & (first <= period[1]) & (last >= period[0])]
    return touched


def last_year(rows: pd.DataFrame) -> int:
    """Return the last year of dated rows: that of a row with a last year, or else that of the latest first year."""
    dated = rows[(rows["first"] != UNDATED).to_numpy(bool)]
    ends = dated["last"].where(dated["last"] != OPEN, dated["first"])
    return int(ends.max()) if len(ends) else UNDATED


def one_row_per_year(rows: pd.DataFrame, period: Years | None, until: int) -> pd.DataFrame:
    """Repeat each row for every year of the period that it belongs to; rows that belong to no year get a null year.

    Parameters
    ----------
    rows : DataFrame, shape (n,)
    period : (first, last) or None
    until : int
        Last year of a row whose end nobody reports.
    """
    first = rows["first"].to_numpy()
    last = np.where(first == UNDATED, UNDATED, rows["last"].to_numpy())
    last = np.where(last == OPEN, np.maximum(first, until), last)
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
