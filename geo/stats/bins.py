"""Incidents without a mark of their own: counted by province, cell of a grid, years and type, to be added up again."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame

from geo.model import Kind
from geo.stats.summary import MEASURES, Years, measures, year_span

#: Side of a cell of the grid, in degrees of longitude and latitude; row 0 starts at 90° S, column 0 at 180° W.
CELL_DEGREES = 0.5
#: Rows that a page filters within a frame beside its marks. Where there are more, cells are made larger,
MOST_ROWS = 400_000
#: but not beyond this: years and types part the incidents more than places do, and a province would be one square.
MOST_DEGREES = 2.0
#: Precisions between which neither map nor filters tell a difference share a word: (drawn alike and) filtered alike.
_PRECISION = {
    "site": "city", "city": "city", "district": "district", "province": "province", "country": "country",
    "region": "unknown", "unknown": "unknown",
}  # fmt: skip
#: A point of unstated precision is drawn like a district.
_UNSTATED = "district"
#: Incidents at a place lie in a cell; those known to a province or less have none, wherever a file puts a point.
_IN_CELLS = ("city", "district")
#: What incidents of one row have in common. ``first`` and ``last`` are years, 0 for none; ``row`` and ``column`` are -1
#: outside the grid; ``point`` says whether there is a point on file.
KEYS = (
    "country_code", "admin1_code", "row", "column", "first", "last", "event_type", "cross_border", "geo_precision",
    "point",
)  # fmt: skip
#: What they come to; ``low_known``, ``best_known``: how many have such a figure of deaths.
SUMS = (
    "incidents",
    "fatalities_low",
    "fatalities_best",
    "fatalities_high",
    "fatalities_unknown",
    "low_known",
    "best_known",
)
_WORDS = ("country_code", "admin1_code", "event_type", "geo_precision")


def cells(located: GeoDataFrame) -> pd.DataFrame:
    """Count incidents by everything that a map can still filter them by.

    Parameters
    ----------
    located : GeoDataFrame, shape (n,)
        Records as ``geo.geocode`` returns them, EPSG:4326; strongholds and statistics are left aside.

    Returns
    -------
    DataFrame
        Columns `KEYS` and `SUMS`, one row a combination that occurs, sorted: equal for the same incidents in any order.
    """
    incidents = located[(located["kind"] == Kind.INCIDENT).to_numpy(bool)]
    span = year_span(incidents)
    # Where dates are the wrong way round, a record still touches the year in which it starts.
    first = span["first"].to_numpy(np.int64, na_value=0)
    precision = incidents["geo_precision"].map(_PRECISION).fillna(_UNSTATED)
    x, y = (axis.to_numpy(float) for axis in (incidents.geometry.x, incidents.geometry.y))
    point = np.isfinite(x) & np.isfinite(y)
    gridded = point & precision.isin(_IN_CELLS).to_numpy(bool)
    counted = measures(incidents)
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
            **{f"{side}_known": incidents[f"fatalities_{side}"].notna().to_numpy(np.int64) for side in ("low", "best")},
        }
    )
    return add_cells([table])


def add_cells(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Add up several tables of cells; their order does not matter."""
    table = pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]
    table = table.groupby(list(KEYS), dropna=False, sort=True)[list(SUMS)].sum().reset_index()
    return table[table["incidents"] != 0].reset_index(drop=True).astype(dict.fromkeys(_WORDS, "string"))


def subtract_cells(whole: pd.DataFrame, part: pd.DataFrame) -> pd.DataFrame:
    """Take the cells of some incidents off those of all: what is left is exactly the cells of the others."""
    return add_cells([whole, part.assign(**{name: -part[name] for name in SUMS})])


def fit_cells(table: pd.DataFrame, most: int = MOST_ROWS) -> tuple[pd.DataFrame, float]:
    """Unite cells, four to one, until a page can carry them; return them and their side in degrees.

    Parameters
    ----------
    table : DataFrame
        From `cells`.
    most : int, default `MOST_ROWS`
        How many rows may stay. What differs in more than its cell is never united, so that there may be more.
    """
    degrees = CELL_DEGREES
    while len(table) > most and degrees < MOST_DEGREES:
        # -1, outside the grid, stays -1.
        table = add_cells([table.assign(row=table["row"] // 2, column=table["column"] // 2)])
        degrees *= 2
    return table, degrees


def add_to_summary(table: pd.DataFrame, rest: pd.DataFrame, provinces: pd.DataFrame) -> pd.DataFrame:
    """Add cells to a table by province and year, as if their incidents had been among the records that it counts.

    Parameters
    ----------
    table : DataFrame
        From ``geo.summarise`` by ``("admin1_code", "year")``, for any period.
    rest : DataFrame
        From `cells`, of other incidents.
    provinces : DataFrame
        Provinces of every vintage, for names.

    Returns
    -------
    DataFrame
        With ``attrs`` of all records together.
    """
    period = table.attrs["years"]
    shown = _touching(rest, period)
    rows = _by_year(shown, period)
    names = provinces.drop_duplicates("admin1_code").set_index("admin1_code")
    for column in ("country_code", "admin1_name"):
        rows[column] = rows["admin1_code"].map(names[column].astype("string")).astype("string")
    keys = [column for column in table.columns if column not in MEASURES]
    both = pd.concat([table, rows.reindex(columns=table.columns, fill_value=0)], ignore_index=True)
    both = both.astype(table.dtypes.to_dict()).groupby(keys, dropna=False, sort=False)[list(MEASURES)].sum()
    both = both.reset_index()[list(table.columns)].sort_values(["admin1_code", "year"], ignore_index=True)
    both = both.astype(table.dtypes.to_dict())
    both.attrs = table.attrs | {"totals": _add(table.attrs["totals"], _totals(rest, shown))}
    return both


def _steps(degrees: Any, gridded: Any) -> Any:
    """Return the number of each coordinate's row or column, -1 for what has no cell."""
    return np.floor(np.where(gridded, degrees, -CELL_DEGREES) / CELL_DEGREES).astype(np.int64)


def _touching(rest: pd.DataFrame, period: Years | None) -> pd.DataFrame:
    if period is None:
        return rest
    return rest[(rest["first"] > 0) & (rest["first"] <= period[1]) & (rest["last"] >= period[0])]


def _by_year(shown: pd.DataFrame, period: Years | None) -> pd.DataFrame:
    """Repeat each row for every year of the period that its incidents touch; 0, undated, becomes null."""
    first, last = shown["first"].to_numpy(), shown["last"].to_numpy()
    if period is not None:
        first, last = np.maximum(first, period[0]), np.minimum(last, period[1])
    repeats = last - first + 1
    rows = shown.loc[shown.index.repeat(repeats)].reset_index(drop=True)
    year = np.repeat(first, repeats) + np.arange(len(rows)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    return rows.assign(year=pd.Series(year, dtype="Int64").where(year != 0))


def _totals(rest: pd.DataFrame, shown: pd.DataFrame) -> dict[str, Any]:
    """Return what the incidents add to ``geo.stats.summary.totals``."""
    placed = shown[shown["admin1_code"].notna()]
    here = placed.groupby("admin1_code", sort=True)[["incidents", "fatalities_best"]].sum().to_dict("index")
    return {
        "incidents": int(shown["incidents"].sum()),
        "unplaced": int(shown.loc[shown["admin1_code"].isna(), "incidents"].sum()),
        "undated": int(rest.loc[rest["first"] == 0, "incidents"].sum()),
        "fatalities": {bound: int(shown[f"fatalities_{bound}"].sum()) for bound in ("low", "best", "high")},
        "fatalities_unknown": int(shown["fatalities_unknown"].sum()),
        "provinces": {str(code): {str(name): int(n) for name, n in row.items()} for code, row in here.items()},
    }


def _add(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Add nested dictionaries of numbers key by key; provinces come in the order of their codes."""
    names = list(one) + sorted(name for name in other if name not in one)
    out: dict[str, Any] = {}
    for name in names:
        a, b = one.get(name, 0), other.get(name, 0)
        out[name] = _add(a or {}, b or {}) if isinstance(a or b, dict) else a + b
    return dict(sorted(out.items())) if all(isinstance(value, dict) for value in out.values()) else out
