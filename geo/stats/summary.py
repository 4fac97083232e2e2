"""Count located records by province, year and more, by the rules of docs/design.md.

All counts are made from weighted rows: one row per record, of weight 1, or per bin, whose weight is the number of its
incidents. There is no other counting code.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geo.errors import UsageError
from geo.stats.periods import Years, check_years
from geo.stats.rows import GROUPS, MEASURES, UNDATED, in_period, last_year, one_row_per_year, rows_of_records


@dataclass(frozen=True)
class Summary:
    """Counts of a period.

    Attributes
    ----------
    table : DataFrame
        One row per group that has records, sorted: the ``by`` columns, then `MEASURES` as int64, except for
        ``fatalities_high`` (Int64): null where ``fatalities_open`` is not 0. A null in a ``by`` column means "not
        known".
    totals : dict
        ``incidents, reports, strongholds, statistics, unplaced, undated, before, fatalities {low, best, high},
        fatalities_open, fatalities_unknown`` and ``provinces {code: {incidents, fatalities_best}}``, all int but for
        ``high``, None where an incident has no upper bound. ``undated`` and ``before`` (known only to be not later than
        a date) count incidents of all years, as no period can claim them.
    period : (first, last) or None
        None counts all records, undated ones included.
    by : tuple of str
        Groups of the table.
    level : {"province", "district"}
        What ``admin1_code`` holds.
    """

    table: pd.DataFrame
    totals: dict[str, Any]
    period: Years | None
    by: tuple[str, ...]
    level: str = "province"

    def to_frame(self) -> pd.DataFrame:
        """Return the table with ``attrs`` ``totals``, ``years`` and ``by``, as ``geo.summarise`` returns it."""
        table = self.table.copy()
        table.attrs = {"totals": self.totals, "years": self.period, "by": self.by}
        return table

    @classmethod
    def from_frame(cls, table: "pd.DataFrame | Summary") -> "Summary":
        """Return the summary of a table that ``geo.summarise`` returned.

        Raises
        ------
        UsageError
            If the table does not come from ``geo.summarise``.
        """
        if isinstance(table, Summary):
            return table
        if "totals" not in getattr(table, "attrs", {}):
            raise UsageError(
                "this table does not come from geo.summarise, or has lost its attrs; pass what it returned"
            )
        return cls(table, table.attrs["totals"], table.attrs["years"], tuple(table.attrs["by"]))


def summarise(
    located: pd.DataFrame,
    provinces: pd.DataFrame,
    by: Sequence[str] | str = ("admin1_code", "year"),
    years: Sequence[int] | None = None,
    *,
    distinct: bool = True,
) -> pd.DataFrame:
    """Count records by province and year, or by other groups.

    Incidents are distinct ones: a record that repeats another (``same_as``) or only sums up others (``clarity``
    umbrella) adds nothing but to ``reports``.

    Parameters
    ----------
    located : GeoDataFrame, shape (n,)
        Records as ``geo.geocode`` returns them.
    provinces : GeoDataFrame, shape (m,)
        Provinces of every vintage, indexed by ``admin1_code``; they give the names.
    by : sequence of str, default ("admin1_code", "year")
        Any of ``GROUPS``, in the order wanted.
    years : (first, last), both included, or None
        Period; None counts all records, undated ones included.
    distinct : bool, default True
        False counts every record once.

    Returns
    -------
    DataFrame
        One row per group that has records, sorted; the ``by`` columns (after ``admin1_code`` its name and country),
        then ``MEASURES`` as whole numbers. ``fatalities_high`` is null where an incident has no upper bound
        (``fatalities_open``). A null in a ``by`` column means "not known": unplaced records have a null province,
        undated ones and those known only to be before a date a null year, so that the rows add up. If ``year`` is among
        the groups, a record counts once in each year that it belongs to. ``attrs["totals"]`` holds the totals of the
        same records, ``attrs["years"]`` the period and ``attrs["by"]`` the groups.

    Raises
    ------
    UsageError
        If ``by`` names an unknown group, or ``years`` is not a valid period.
    """
    groups = check_groups(by)
    return count(rows_of_records(located, groups, distinct=distinct), provinces, groups, years).to_frame()


def totals(located: pd.DataFrame, years: Sequence[int] | None = None, *, distinct: bool = True) -> dict[str, Any]:
    """Return the totals of a period: the same numbers as ``window.geoMap.summary()`` in a page.

    Parameters
    ----------
    located : GeoDataFrame, shape (n,)
        Records as ``geo.geocode`` returns them.
    years : (first, last), both included, or None
    distinct : bool, default True
        False counts every record once.

    Returns
    -------
    dict
        As `Summary.totals`.

    Raises
    ------
    UsageError
        If ``years`` is not a valid period.
    """
    period = check_years(years)
    rows = rows_of_records(located, distinct=distinct)
    return _totals(rows, in_period(rows, period))


def count(
    rows: pd.DataFrame,
    provinces: pd.DataFrame,
    by: Sequence[str] | str = ("admin1_code", "year"),
    years: Sequence[int] | None = None,
    level: str = "province",
) -> Summary:
    """Count weighted rows by groups.

    Parameters
    ----------
    rows : DataFrame, shape (n,)
        From `rows_of_records` and ``geo.stats.bins.rows_of_bins``, in any order.
    provinces, by, years
        As for `summarise`.
    level : {"province", "district"}
        What the areas are.

    Raises
    ------
    UsageError
        If ``by`` names an unknown group, or ``years`` is not a valid period.
    """
    groups = check_groups(by)
    period = check_years(years)
    selected = in_period(rows, period)
    expanded = one_row_per_year(selected, period, last_year(rows)) if "year" in groups else selected
    table = expanded.groupby(groups, dropna=False, sort=True)[list(MEASURES)].sum().reset_index()
    table["fatalities_high"] = table["fatalities_high"].astype("Int64").mask(table["fatalities_open"] > 0)
    table = table.astype({group: "Int64" if group == "year" else "string" for group in groups})
    if "admin1_code" in groups:
        names = provinces.drop_duplicates("admin1_code").set_index("admin1_code")
        at = list(table.columns).index("admin1_code") + 1
        for column in ("country_code", "admin1_name"):
            if column not in groups:
                table.insert(at, column, table["admin1_code"].map(names[column].astype("string")).astype("string"))
    return Summary(table, _totals(rows, selected), period, tuple(groups), level)


def check_groups(by: Sequence[str] | str) -> list[str]:
    """Return the groups of a table as a list.

    Raises
    ------
    UsageError
        If a group is unknown or named twice, or none is given.
    """
    groups = [by] if isinstance(by, str) else list(by)
    unknown = [group for group in groups if group not in GROUPS]
    if unknown or not groups or len(set(groups)) < len(groups):
        raise UsageError(
            f"by = {', '.join(map(str, groups)) or 'nothing'}: give one or more of {', '.join(GROUPS)}, each once"
        )
    return groups


def _totals(rows: pd.DataFrame, selected: pd.DataFrame) -> dict[str, Any]:
    """Return the totals of selected rows; undated incidents are counted among all rows."""
    sums = {name: int(value) for name, value in selected[list(MEASURES)].sum().items()}
    no_year = (rows["first"] == UNDATED).to_numpy(bool)
    bounded = (rows["last"] != UNDATED).to_numpy(bool)
    placed = selected["admin1_code"].notna().to_numpy(bool)
    counted = selected[placed & (selected["incidents"] != 0).to_numpy(bool)]
    provinces = counted.groupby("admin1_code", sort=True)[["incidents", "fatalities_best"]].sum()
    return {
        **{name: sums[name] for name in ("incidents", "reports", "strongholds", "statistics")},
        "unplaced": int(selected.loc[~placed, "incidents"].sum()),
        "undated": int(rows.loc[no_year & ~bounded, "incidents"].sum()),
        "before": int(rows.loc[no_year & bounded, "incidents"].sum()),
        "fatalities": {
            "low": sums["fatalities_low"],
            "best": sums["fatalities_best"],
            "high": None if sums["fatalities_open"] else sums["fatalities_high"],
        },
        "fatalities_open": sums["fatalities_open"],
        "fatalities_unknown": sums["fatalities_unknown"],
        "provinces": {
            str(code): {"incidents": int(row.incidents), "fatalities_best": int(row.fatalities_best)}
            for code, row in provinces.iterrows()
        },
    }
