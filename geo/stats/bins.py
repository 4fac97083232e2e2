"""Bins of the incidents that are not drawn individually: counts by province, grid cell, years and type."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from geo.model import Kind
from geo.stats.periods import year_span
from geo.stats.rows import GROUPS, MEASURES, measures

#: Side of a grid cell, in degrees of longitude and latitude; row 0 starts at 90° S, column 0 at 180° W.
CELL_DEGREES = 0.5
#: Most bins that a page can filter, together with its marks, within one animation frame. Cells are enlarged until
#: there are no more bins than this,
MOST_ROWS = 400_000
#: but no further than this: larger cells remove few bins, because most differ in years and types, and a province would
#: become a single square.
MOST_DEGREES = 2.0
#: Precisions that the map draws alike and its filters do not distinguish are counted as one.
_PRECISION = {
    "site": "city", "city": "city", "district": "district", "province": "province", "country": "country",
    "region": "unknown", "unknown": "unknown",
}  # fmt: skip
#: A point of unstated precision is drawn like a district.
_UNSTATED = "district"
#: Only incidents of these precisions get a grid cell. Those known to a province or less get none, even if their file
#: gives a point.
_IN_CELLS = ("city", "district")
#: Columns that define a bin. ``first`` and ``last`` are years, 0 for none; ``row`` and ``column`` are -1 outside the
#: grid; ``point`` is whether the records have a point.
KEYS = (
    "country_code", "admin1_code", "row", "column", "first", "last", "event_type", "cross_border", "geo_precision",
    "point",
)  # fmt: skip
#: Columns that are summed. ``low_known`` and ``best_known`` count the incidents with that figure of deaths.
SUMS = (
    "incidents",
    "reports",
    "fatalities_low",
    "fatalities_best",
    "fatalities_high",
    "fatalities_open",
    "fatalities_unknown",
    "low_known",
    "best_known",
)
_WORDS = ("country_code", "admin1_code", "event_type", "geo_precision")


def bin_incidents(located: GeoDataFrame) -> pd.DataFrame:
    """Bin incidents by all columns that a map filters by.

    Parameters
    ----------
    located : GeoDataFrame, shape (n,)
        Records as ``geo.geocode`` returns them, EPSG:4326; strongholds and statistics are ignored.

    Returns
    -------
    DataFrame
        Columns `KEYS` and `SUMS`, one row per combination that occurs, sorted: equal for equal incidents in any order.
    """
    incidents = located[(located["kind"] == Kind.INCIDENT).to_numpy(bool)]
    span = year_span(incidents)
    # If the last date is before the first, the record still touches the year of the first.
    first = span["first"].to_numpy(np.int64, na_value=0)
    precision = incidents["geo_precision"].map(_PRECISION).fillna(_UNSTATED)
    x, y = (axis.to_numpy(float) for axis in (incidents.geometry.x, incidents.geometry.y))
    point = np.isfinite(x) & np.isfinite(y)
    gridded = point & precision.isin(_IN_CELLS).to_numpy(bool)
    counted = measures(incidents)
    once = counted["incidents"].to_numpy(np.int64)

    def known(side: str) -> NDArray[np.int64]:
        return np.where(incidents[f"fatalities_{side}"].notna().to_numpy(bool), once, 0)

    table = pd.DataFrame(
        {
            "country_code": incidents["country_code"].astype("string").array,
            "admin1_code": incidents["admin1_code"].astype("string").array,
            "row": _steps(y + 90, gridded),
            "column": _steps(x + 180, gridded),
            "first": first,
            "last": np.maximum(first, span["last"].to_numpy(np.int64, na_value=0)),
            "event_type": incidents["event_type"].astype("string").array,
            "cross_border": incidents["cross_border"].to_numpy(bool),
            "geo_precision": precision.astype("string").array,
            "point": point,
            **{name: counted[name].to_numpy(np.int64) for name in SUMS if name in MEASURES},
            **{f"{side}_known": known(side) for side in ("low", "best")},
        }
    )
    return add_bins([table])


def add_bins(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Sum several tables of bins; their order does not matter."""
    table = pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]
    table = table.groupby(list(KEYS), dropna=False, sort=True)[list(SUMS)].sum().reset_index()
    return table[table["reports"] != 0].reset_index(drop=True).astype(dict.fromkeys(_WORDS, "string"))


def subtract_bins(whole: pd.DataFrame, part: pd.DataFrame) -> pd.DataFrame:
    """Subtract the bins of some incidents from those of all; the result equals the bins of the others."""
    return add_bins([whole, part.assign(**{name: -part[name] for name in SUMS})])


def coarsen(table: pd.DataFrame, most: int = MOST_ROWS) -> tuple[pd.DataFrame, float]:
    """Merge cells, four into one, until a page can hold the bins; return them and the side of a cell in degrees.

    Parameters
    ----------
    table : DataFrame
        From `bin_incidents`.
    most : int, default `MOST_ROWS`
        Most rows wanted. Bins that differ in more than their cell are never merged, so there may be more.
    """
    degrees = CELL_DEGREES
    while len(table) > most and degrees < MOST_DEGREES:
        # Rows outside the grid keep -1: -1 // 2 is -1.
        table = add_bins([table.assign(row=table["row"] // 2, column=table["column"] // 2)])
        degrees *= 2
    return table, degrees


def rows_of_bins(bins: pd.DataFrame) -> pd.DataFrame:
    """Return one weighted row per bin, to be counted with those of ``geo.stats.rows.rows_of_records``.

    Parameters
    ----------
    bins : DataFrame, shape (n,)
        From `bin_incidents`.

    Returns
    -------
    DataFrame, shape (n, k)
        As ``geo.stats.rows.rows_of_records``. Bins hold incidents only; their ``group`` is null.
    """
    names = [name for name in GROUPS if name in bins.columns]
    absent = {name: 0 for name in MEASURES if name not in SUMS}
    rows = bins[[*names, "first", "last", *(name for name in SUMS if name in MEASURES)]].assign(**absent)
    group = pd.array([None], dtype="string").take(np.zeros(len(rows), dtype=int))
    return rows.assign(group=group)


def _steps(degrees: Any, gridded: Any) -> Any:
    """Return the row or column number of each coordinate, -1 for incidents without a cell."""
    return np.floor(np.where(gridded, degrees, -CELL_DEGREES) / CELL_DEGREES).astype(np.int64)
