"""Dates from columns of year, month and day."""

from typing import Any

import numpy as np

from geo.importing.draft import Draft
from geo.readers.dates import MONTHS

_YEARS = (1000, 3000)


def read_calendar(draft: Draft, *columns: tuple[str, ...]) -> tuple[Any, Any]:
    """Return the first and last day that a year, month and day leave, as datetime64[D] of shape (n,).

    An empty, negative or zero month or day is unknown: the date is then the whole year or month. So is a day that the
    month does not have, with a remark. Months may be names.

    Parameters
    ----------
    draft : Draft
    *columns : tuple of str
        Names that the columns of years, months and days go by; none where there is no such column.
    """
    unknown = np.full(len(draft.frame), np.nan)
    year, month, day = (draft.numbers(*names, whole=True, words=MONTHS) if names else unknown for names in columns)
    dated = (year >= _YEARS[0]) & (year < _YEARS[1])
    months, days = np.isin(month, range(1, 13)), np.isin(day, range(1, 32))
    years = np.where(dated, year - 1970, 0).astype("datetime64[Y]")
    first_month = years.astype("datetime64[M]") + np.where(months, month - 1, 0).astype("timedelta64[M]")
    last_month = years.astype("datetime64[M]") + np.where(months, month - 1, 11).astype("timedelta64[M]")
    start = first_month.astype("datetime64[D]") + np.where(days, day - 1, 0).astype("timedelta64[D]")
    unreal = months & days & (start.astype("datetime64[M]") != first_month)
    for names, values, wrong in (
        (columns[0], year, np.isfinite(year) & (year > 0) & ~dated),
        (columns[1], month, (month > 0) & ~months),
        (columns[2], day, ((day > 0) & ~days) | unreal),
    ):
        rows, column = np.flatnonzero(wrong), draft.name(*names) if names else ""
        draft.remark(rows, [f"{column} {values[row]:g} does not exist" for row in rows])
        draft.notices[f"values of {column} do not exist; left out of the date"] += len(rows)
    days &= months & ~unreal
    start = np.where(days, start, first_month.astype("datetime64[D]"))
    end = np.where(days, start, (last_month + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D"))
    start[~dated] = end[~dated] = np.datetime64("NaT", "D")
    return start, end


def put_in_order(draft: Draft, start: Any, end: Any, what: str = "date_start is after date_end") -> tuple[Any, Any]:
    """Exchange bounds that are in the wrong order, with a remark."""
    later = start > end
    rows = np.flatnonzero(later)
    draft.remark(rows, [f"{what} ({start[row]}, {end[row]}), exchanged" for row in rows])
    draft.notices[f"rows where {what}; exchanged"] += len(rows)
    return np.where(later, end, start), np.where(later, start, end)


def fill_dates(start: Any, end: Any, other: tuple[Any, Any]) -> tuple[Any, Any]:
    """Take the other bounds where a row has none."""
    undated = np.isnat(start) & np.isnat(end)
    return np.where(undated, other[0], start), np.where(undated, other[1], end)
