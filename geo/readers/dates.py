"""Parse dates in the formats that people write into first day, last day and precision; ambiguous dates are errors."""

import calendar
import datetime as dt
import math
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from geo.columns import RowErrors, distinct, is_missing
from geo.errors import UsageError
from geo.model import DatePrecision
from geo.readers.date_order import NUMERIC, TIME
from geo.readers.edtf import Bounds, is_edtf, read_edtf

#: Declarable orders of numeric dates; a strptime format can be declared instead.
ORDERS = ("dmy", "mdy", "ymd")
#: Number of each month by its name, in small letters.
MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_WRITTEN = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})" + TIME,
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        r"(?P<year>\d{4})[-/](?P<month>\d{1,2})",
        _YEAR,
        rf"(?:[a-z]+,? )?{_DAY}[ -](?:of )?{_MONTH},?[ -]{_YEAR}" + TIME,
        rf"(?:[a-z]+,? )?{_MONTH} {_DAY},? {_YEAR}" + TIME,
        rf"{_DAY}[ -]{_MONTH}[ -](?P<short>\d{{2}})" + TIME,
        rf"{_MONTH}[ -]{_YEAR}",
    )
]
_ISO = r"[12]\d{3}-\d{2}-\d{2}(?:[T ][\d:.]+Z?)?"
_BETWEEN = re.compile(r"\s+to\s+|\s+[-–]\s+|(?<=\d{4})–(?=\d{4})|(?<=\d-\d\d)/(?=\d{4})", re.IGNORECASE)
#: Day 0 of Excel's serial dates (valid from 1 March 1900), and the serials, of 1954 to 2119, that are read as dates.
_EXCEL_EPOCH = dt.date(1899, 12, 30)
_EXCEL = range(20_000, 80_000)
_YEARS = range(1000, 3000)
_NAMED_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_UNDATED = Bounds(None, None, str(DatePrecision.UNKNOWN))


@dataclass(frozen=True)
class Dates:
    """A parsed column of dates.

    Attributes
    ----------
    start, end : array of datetime64[D], shape (n,)
        First and last possible day of each value; NaT for missing values.
    precision : array of str, shape (n,)
        ``geo.model.DatePrecision``.
    problems : RowErrors
        Values that cannot be read. Their dates are the year that they name, or missing.
    notices : dict of str to int
        Notices for the user, each with the number of values that it concerns.
    ambiguous : array of bool, shape (n,)
        Which of the problems are dates whose order is not known; they leave no year.
    kind : array of object, shape (n,)
        ``geo.model.DateKind`` where the value says it, as EDTF does; else None.
    doubtful : array of bool, shape (n,)
        Values that EDTF marks as uncertain or approximate.
    """

    start: Any
    end: Any
    precision: Any
    problems: RowErrors
    notices: dict[str, int]
    ambiguous: Any
    kind: Any
    doubtful: Any


class _AmbiguousError(ValueError):
    """A date that can be read in more than one order."""


def read_dates(values: pd.Series, declared: str | None = None, name: str = "date") -> Dates:
    """Parse a column of dates.

    Parameters
    ----------
    values : Series, shape (n,)
        Text, numbers, dates or a mixture; text may be EDTF (`geo.readers.edtf`).
    declared : str, optional
        Order of numeric dates (``dmy``, ``mdy`` or ``ymd``) or a strptime format such as ``%d.%m.%y``. Unambiguous
        dates need no declaration; ambiguous ones are errors without it.
    name : str, default "date"
        Column name used in messages.

    Returns
    -------
    Dates

    Raises
    ------
    UsageError
        If ``declared`` is neither of these.
    """
    if declared is not None and declared not in ORDERS and "%" not in declared:
        raise UsageError(f"date format {declared!r}: give {', '.join(ORDERS)} or a strptime format such as %d.%m.%Y")
    codes, found = distinct(values)
    start = _iso_days(found)
    end, precision = start.copy(), np.full(len(found), str(DatePrecision.DAY), dtype=object)
    reasons = np.full(len(found), None, dtype=object)
    serials, ambiguous, doubtful = (np.zeros(len(found), dtype=bool) for _ in range(3))
    kinds = np.full(len(found), None, dtype=object)
    for number in np.flatnonzero(np.isnat(start)).tolist():
        value = found[number]
        try:
            read = _read(value, declared)
            start[number], end[number], precision[number], kinds[number], doubtful[number] = read
            serials[number] = isinstance(value, str) and _serial(value) is not None
        except ValueError as error:
            ambiguous[number] = isinstance(error, _AmbiguousError)
            start[number], end[number], precision[number], *_ = _UNDATED if ambiguous[number] else _year_in(value)
            reasons[number] = f"{name} = {str(value)[:60]}: {error}"
    notices = {f"values of {name} read as day numbers of Excel": int(serials[codes].sum())}
    return Dates(
        start[codes],
        end[codes],
        precision[codes],
        RowErrors.of(codes, reasons),
        notices,
        ambiguous[codes],
        kinds[codes],
        doubtful[codes],
    )


def _iso_days(found: list[Any]) -> Any:
    """Parse ISO dates, the most common format, with or without a time of day; NaT for all other values."""
    words = pd.Series([value if isinstance(value, str) else None for value in found], dtype="string")
    iso_days = words.str.slice(0, 10).where(words.str.fullmatch(_ISO))
    return pd.to_datetime(iso_days, format="%Y-%m-%d", errors="coerce").to_numpy().astype("datetime64[D]")


def spans(start: Any, end: Any) -> Any:
    """Return the finest precision consistent with the bounds, array of str, shape (n,).

    Parameters
    ----------
    start, end : array of datetime64[D], shape (n,)
    """
    result = np.full(len(start), str(DatePrecision.RANGE), dtype=object)
    for unit, precision in (("Y", DatePrecision.YEAR), ("M", DatePrecision.MONTH)):
        period = start.astype(f"datetime64[{unit}]")
        last = (period + np.array(1, f"timedelta64[{unit}]")).astype("datetime64[D]") - np.timedelta64(1, "D")
        whole = (start == period.astype("datetime64[D]")) & (end == last)
        result[whole] = str(precision)
    result[start == end] = str(DatePrecision.DAY)
    result[np.isnat(start) & np.isnat(end)] = str(DatePrecision.UNKNOWN)
    return result


def iso(days: Any) -> Any:
    """Format days as ISO text, null for NaT, as a ``string`` array of shape (n,)."""
    codes, found = pd.factorize(days)
    words = pd.array([*np.datetime_as_string(found, unit="D").tolist(), None], dtype="string")
    return words.take(np.where(codes < 0, len(found), codes))


def _read(value: Any, declared: str | None) -> Bounds:
    if is_missing(value):
        return _UNDATED
    if isinstance(value, np.datetime64):
        value = pd.Timestamp(value)
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return _span(value.year, value.month, value.day)
    if isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool):
        number = float(value)
        value = str(int(number)) if math.isfinite(number) else str(value)
    text = " ".join(str(value).split())
    if declared is not None and "%" in declared:
        try:
            return _declared(text, declared)
        except ValueError:
            pass  # the file may mix formats; unambiguous dates are read without the declaration
    if is_edtf(text):
        return read_edtf(text)
    halves = _BETWEEN.split(text)
    if len(halves) == 2:
        return _range(_one(halves[0], declared), _one(halves[1], declared))
    return _one(text, declared)


def _year_in(value: Any) -> Bounds:
    """Return the bounds of the one year that a value names, if it is in no known format."""
    years = set(_NAMED_YEAR.findall(str(value)))
    return _span(int(years.pop()), None, None) if len(years) == 1 else _UNDATED


def _one(text: str, declared: str | None) -> Bounds:
    serial = _serial(text)
    if serial is not None:
        day = _EXCEL_EPOCH + dt.timedelta(days=serial)
        return _span(day.year, day.month, day.day)
    for pattern in _WRITTEN:
        if (found := pattern.fullmatch(text)) is not None:
            parts = found.groupdict()
            year = int(parts["year"]) if parts.get("year") else _full_year(int(parts["short"]))
            month = parts.get("month")
            number = None if month is None else MONTHS.get(month.lower()) or _whole(month)
            return _span(year, number, _whole(parts.get("day")))
    found = NUMERIC.fullmatch(text)
    if found is None:
        raise ValueError("is not in a known format; declare it with --date-format")
    return _numeric(found, declared)


def _numeric(found: re.Match[str], declared: str | None) -> Bounds:
    first, second = int(found[1]), int(found[2])
    short = len(found[3]) == 2
    if declared == "ymd" and short:
        return _span(_full_year(first), second, int(found[3]))
    year = _full_year(int(found[3])) if short else int(found[3])
    if declared in ("dmy", "mdy"):
        return _span(year, *((second, first) if declared == "dmy" else (first, second)))
    if short:
        raise _AmbiguousError("is ambiguous, has a two-digit year; declare --date-format dmy, mdy or ymd")
    if first == second or first > 12 or second > 12:
        return _span(year, *((second, first) if first > 12 else (first, second)))
    raise _AmbiguousError("is ambiguous, may have the day or the month first; declare --date-format dmy or mdy")


def _declared(text: str, declared: str) -> Bounds:
    day = dt.datetime.strptime(text, declared).date()
    months = any(directive in declared for directive in ("%m", "%b", "%B", "%j", "%x", "%c"))
    days = any(directive in declared for directive in ("%d", "%j", "%x", "%c"))
    return _span(day.year, day.month if months else None, day.day if days else None)


def _span(year: int, month: int | None, day: int | None) -> Bounds:
    """Return bounds and precision; a month or day of 0 is unknown, as in GTD."""
    if year not in _YEARS:
        raise ValueError(f"the year is not between {_YEARS[0]} and {_YEARS[-1]}")
    if not month:
        return Bounds(f"{year:04}-01-01", f"{year:04}-12-31", str(DatePrecision.YEAR))
    if month > 12:
        raise ValueError("is not a real date")
    last = calendar.monthrange(year, month)[1]
    if not day:
        return Bounds(f"{year:04}-{month:02}-01", f"{year:04}-{month:02}-{last:02}", str(DatePrecision.MONTH))
    if day > last:
        raise ValueError("is not a real date")
    iso = f"{year:04}-{month:02}-{day:02}"
    return Bounds(iso, iso, str(DatePrecision.DAY))


def _range(first: Bounds, last: Bounds) -> Bounds:
    if first.start is None or last.end is None or first.start > last.end:
        raise ValueError("is a range that ends before it starts")
    start, end = (np.array([day], dtype="datetime64[D]") for day in (first.start, last.end))
    return Bounds(first.start, last.end, str(spans(start, end)[0]))


def _serial(text: str) -> int | None:
    found = re.fullmatch(r"(\d{5})(?:\.\d+)?", text)
    return int(found[1]) if found and int(found[1]) in _EXCEL else None


def _full_year(short: int) -> int:
    # The POSIX rule: 69-99 are in the 1900s.
    return short + (1900 if short >= 69 else 2000)


def _whole(text: str | None) -> int | None:
    return None if text is None else int(text)
