"""Periods of whole years, and the years that a record touches."""

from collections.abc import Sequence

import pandas as pd

from geo.days import FIRST_YEAR, LAST_YEAR
from geo.errors import UsageError
from geo.model import DateKind
from geo.rules.date_kinds import date_kinds

Years = tuple[int, int]
#: Last year of a record whose end nobody reports.
OPEN = LAST_YEAR


def check_years(years: Sequence[int] | None) -> Years | None:
    """Return a period as two whole years in order, or None for all years.

    Parameters
    ----------
    years : sequence of two int, or None

    Raises
    ------
    UsageError
        If ``years`` is not a pair of whole years in order.
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
    """Return the first and the last year in which each record is shown.

    Parameters
    ----------
    records : DataFrame, shape (n,)
        Records with ISO dates or nulls in ``date_start`` and ``date_end``; ``date_kind`` is inferred where it is
        missing (`geo.rules.date_kinds`).

    Returns
    -------
    DataFrame, shape (n, 2)
        Columns ``first`` and ``last`` (Int64), same index. Both are null for an undated record. A record known only to
        be not later than a date (``by``) belongs to no year: its ``first`` is null, its ``last`` the year of that date.
        A record whose end nobody reports (``since``) lasts to its ``date_end``, the last day for which a source attests
        it, or without one to `OPEN`.
    """
    start, end = (_year(records[column]) for column in ("date_start", "date_end"))
    kinds = date_kinds(records)
    by = (kinds == DateKind.BY).to_numpy(bool, na_value=False)
    attested = end.mask((kinds == DateKind.SINCE).to_numpy(bool, na_value=False) & start.notna(), end.fillna(OPEN))
    first = start.fillna(end).mask(by & end.notna())
    return pd.DataFrame({"first": first, "last": attested.fillna(start)}, index=records.index)


def newest_day(records: pd.DataFrame) -> str | None:
    """Return the last day of the newest record, as exact as it is known.

    Parameters
    ----------
    records : DataFrame, shape (n,)
        As for `year_span`; ``date_precision`` is used where it is there.

    Returns
    -------
    str or None
        ``2024-03-23``, ``2024-03`` or ``2024``. Where the last day is a bound, or only the last for which a source
        attests a record, its first day counts. None if no record has a day, but for those known only to be before one.
    """
    known = date_kinds(records).isin([DateKind.AT, DateKind.THROUGHOUT]).to_numpy(bool, na_value=False)
    days = records["date_end"].where(known, records["date_start"]).fillna(records["date_start"]).dropna().astype(str)
    if days.empty:
        return None
    newest = days[days == days.max()]
    exact = {"month": 7, "year": 4}
    parts = records["date_precision"][newest.index] if "date_precision" in records else pd.Series("day", newest.index)
    return str(newest.iloc[0])[: max(exact.get(str(part), 10) for part in parts)]


def select_years(records: pd.DataFrame, years: Sequence[int] | None) -> pd.DataFrame:
    """Return the dated records that touch a period; all records for None.

    Parameters
    ----------
    records : DataFrame, shape (n,)
    years : (first, last), both included, or None
        None selects all records, undated ones included.

    Returns
    -------
    DataFrame, shape (m,), m <= n
        The selected rows, in the same order.

    Raises
    ------
    UsageError
        If ``years`` is not a valid period.
    """
    period = check_years(years)
    if period is None:
        return records
    span = year_span(records)
    touched = (span["first"] <= period[1]) & (span["last"] >= period[0])
    return records[touched.fillna(False).to_numpy(bool)]


def _year(dates: pd.Series) -> pd.Series:
    # Parse each distinct year once.
    codes, words = pd.factorize(dates.astype("string").str.slice(0, 4))
    years = pd.to_numeric(pd.Series(words, dtype="object"), errors="coerce").astype("Int64").array
    return pd.Series(years.take(codes, allow_fill=True), index=dates.index)
