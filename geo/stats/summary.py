"""Count located incidents by province, year and more. The rules are those of docs/design.md, word for word."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from geo.days import FIRST_YEAR, LAST_YEAR
from geo.errors import UsageError
from geo.model import Kind

Years = tuple[int, int]

#: What a table may be broken down by. ``year`` is worked out from the date bounds; the others are columns.
GROUPS = ("admin1_code", "country_code", "year", "event_type", "group")
COUNTS = {"incidents": Kind.INCIDENT, "strongholds": Kind.STRONGHOLD, "statistics": Kind.STATISTIC}
MEASURES = (*COUNTS, "fatalities_low", "fatalities_best", "fatalities_high", "fatalities_unknown")


def check_years(years: Sequence[int] | None) -> Years | None:
    """Return a period as two whole years in order, or None for all years.

    Parameters
    ----------
    years : sequence of two int, or None

    Raises
    ------
    UsageError
        If there are not two whole years, or the first comes after the last.
    """
    if years is None:
        return None
    try:
        first, last = (int(year) for year in years)
        whole = [first, last] == list(years)
    except (TypeError, ValueError):
        whole = False
    if not whole:
        raise UsageError(f"years = {years!r}: not a pair of whole years; give (2015, 2024), or None for all years")
    if not FIRST_YEAR <= first <= LAST_YEAR or not FIRST_YEAR <= last <= LAST_YEAR:
        raise UsageError(f"years = {first}:{last}: a year lies between {FIRST_YEAR} and {LAST_YEAR}")
    if first > last:
        raise UsageError(f"years = {first}:{last}: the period ends before it starts; give {last}:{first}")
    return first, last


def year_span(records: pd.DataFrame) -> pd.DataFrame:
    """Return the first and the last year that each record touches.

    Parameters
    ----------
    records : DataFrame, shape (n,)
        Records with ISO dates or nulls in ``date_start`` and ``date_end``.

    Returns
    -------
    DataFrame, shape (n, 2)
        Columns ``first`` and ``last`` (Int64), same index; both null for an undated record. A record with one bound
        only touches the year of that bound.
    """
    start, end = (_year(records[column]) for column in ("date_start", "date_end"))
    return pd.DataFrame({"first": start.fillna(end), "last": end.fillna(start)}, index=records.index)


def select_years(records: pd.DataFrame, years: Sequence[int] | None) -> pd.DataFrame:
    """Return the dated records that touch a period, or all records when there is no period.

    Parameters
    ----------
    records : DataFrame, shape (n,)
    years : (first, last), both included, or None
        None is no filter: undated records stay in.

    Returns
    -------
    DataFrame, shape (m,), m <= n
        Rows in their order, untouched.

    Raises
    ------
    UsageError
        If the period is not one.
    """
    period = check_years(years)
    if period is None:
        return records
    span = year_span(records)
    touched = (span["first"] <= period[1]) & (span["last"] >= period[0])
    return records[touched.fillna(False).to_numpy(bool)]


def summarise(
    located: pd.DataFrame,
    provinces: pd.DataFrame,
    by: Sequence[str] | str = ("admin1_code", "year"),
    years: Sequence[int] | None = None,
) -> pd.DataFrame:
    """Count records in each province and year, or by other groups, losing none.

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

    Returns
    -------
    DataFrame
        One row a group that has records, sorted; the ``by`` columns (after ``admin1_code`` its name and country), then
        ``MEASURES`` as whole numbers. A null in a ``by`` column stands for "not known": unplaced records have a null
        province, undated ones a null year, so that the rows add up. A record of several years counts once in each
        year that it touches when ``year`` is among the groups. ``attrs["totals"]`` holds ``totals`` of the same
        records, ``attrs["years"]`` the period and ``attrs["by"]`` the groups.

    Raises
    ------
    UsageError
        If ``by`` names something else, or the period is not one.
    """
    groups = [by] if isinstance(by, str) else list(by)
    unknown = [group for group in groups if group not in GROUPS]
    if unknown or not groups or len(set(groups)) < len(groups):
        raise UsageError(
            f"by = {', '.join(map(str, groups)) or 'nothing'}: give one or more of {', '.join(GROUPS)}, each once"
        )
    period = check_years(years)
    selected = select_years(located, period)
    wanted = measures(selected)
    for group in groups:
        if group != "year":
            wanted[group] = selected[group].astype("string").array
    if "year" in groups:
        wanted = _one_row_a_year(wanted, year_span(selected), period)
    table = wanted.groupby(groups, dropna=False, sort=True)[list(MEASURES)].sum().reset_index()
    table = table.astype({group: "Int64" if group == "year" else "string" for group in groups})
    if "admin1_code" in groups:
        names = provinces.drop_duplicates("admin1_code").set_index("admin1_code")
        at = list(table.columns).index("admin1_code") + 1
        for column in ("country_code", "admin1_name"):
            if column not in groups:
                table.insert(at, column, table["admin1_code"].map(names[column].astype("string")).astype("string"))
    table.attrs = {"totals": totals(located, period), "years": period, "by": tuple(groups)}
    return table


def totals(located: pd.DataFrame, years: Sequence[int] | None = None) -> dict[str, Any]:
    """Count the records of a period: the same numbers as ``window.geoMap.summary()`` in a page.

    Parameters
    ----------
    located : GeoDataFrame, shape (n,)
        Records as ``geo.geocode`` returns them.
    years : (first, last), both included, or None

    Returns
    -------
    dict
        ``incidents, strongholds, statistics, unplaced, undated, fatalities {low, best, high}, fatalities_unknown`` and
        ``provinces {code: {incidents, fatalities_best}}``, all whole numbers.

    Raises
    ------
    UsageError
        If the period is not one.
    """
    selected = select_years(located, years)
    added = measures(selected)
    count = {name: int(value) for name, value in added.sum().items()}
    incident = (selected["kind"] == Kind.INCIDENT).to_numpy(bool)
    placed = selected["admin1_code"].notna().to_numpy(bool)
    undated = (located["kind"] == Kind.INCIDENT) & year_span(located)["first"].isna()
    here = added[incident & placed]
    provinces = here.groupby(selected.loc[incident & placed, "admin1_code"].to_numpy(object), sort=True)
    return {
        **{name: count[name] for name in COUNTS},
        "unplaced": int((incident & ~placed).sum()),
        "undated": int(undated.sum()),
        "fatalities": {bound: count[f"fatalities_{bound}"] for bound in ("low", "best", "high")},
        "fatalities_unknown": count["fatalities_unknown"],
        "provinces": {
            str(code): {"incidents": int(row.incidents), "fatalities_best": int(row.fatalities_best)}
            for code, row in provinces[["incidents", "fatalities_best"]].sum().iterrows()
        },
    }


def _year(dates: pd.Series) -> pd.Series:
    # Each year is read once, however many records have it.
    codes, words = pd.factorize(dates.astype("string").str.slice(0, 4))
    years = pd.to_numeric(pd.Series(words, dtype="object"), errors="coerce").astype("Int64").array
    return pd.Series(years.take(codes, allow_fill=True), index=dates.index)


def measures(records: pd.DataFrame) -> pd.DataFrame:
    """Return what each record adds to ``MEASURES``, as int64: shape (n, 7), in the same order."""
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


def _one_row_a_year(rows: pd.DataFrame, span: pd.DataFrame, period: Years | None) -> pd.DataFrame:
    """Repeat each row for every year that its record touches inside the period; undated rows keep a null year."""
    first = span["first"].to_numpy(np.int64, na_value=0)
    last = span["last"].to_numpy(np.int64, na_value=0)
    if period is not None:
        first, last = np.maximum(first, period[0]), np.minimum(last, period[1])
    # A record whose dates are the wrong way round is a fault for validate; here it still counts once.
    repeats = np.maximum(last - first + 1, 1)
    out = rows.loc[np.repeat(np.arange(len(rows)), repeats)].reset_index(drop=True)
    step = np.arange(len(out)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    year = np.repeat(first, repeats) + step
    out["year"] = pd.array(year, dtype="Int64")
    out.loc[year == 0, "year"] = pd.NA
    return out
