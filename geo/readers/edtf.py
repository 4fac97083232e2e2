"""Read dates in EDTF, the extended date/time format of ISO 8601-2, with the library edtf."""

import datetime as dt
import re
from typing import Any, NamedTuple

from geo.model import DateKind, DatePrecision

#: Only these characters occur in EDTF without a time of day.
_LETTERS = re.compile(r"[\d\-/.,XYES~%?\[\]{} ]+")
#: What an EDTF text has and an ordinary date has not: open ends, sets, unspecified digits, doubt, intervals, seasons.
_MARKS = re.compile(
    r"\.\.|[\[{X~%?]|^/\d|\d/$|\d{4}-\d\d/\d{4}|\d{4}-\d\d-\d\d/\d{4}|^\d{4}/\d{4}$|^\d{4}-(?:2[1-9]|3\d|4[01])$"
)
_DOUBT = re.compile(r"[~%?]")
_SINGLE = {r"\d{4}": DatePrecision.YEAR, r"\d{4}-\d\d": DatePrecision.MONTH, r"\d{4}-\d\d-\d\d": DatePrecision.DAY}


class Bounds(NamedTuple):
    """First and last possible day as ISO text, null where open; precision; kind of date where the text says it."""

    start: str | None
    end: str | None
    precision: str
    kind: str | None = None
    doubtful: bool = False


def is_edtf(text: str) -> bool:
    """Return whether a text is written as only EDTF writes dates."""
    return _LETTERS.fullmatch(text) is not None and _MARKS.search(text) is not None


def read_edtf(text: str) -> Bounds:
    """Parse an EDTF text.

    An interval ``a/b`` lasted from its start to its end; one of a set, ``[a..b]``, happened on a day between them;
    ``a/..`` began and has no reported end; ``../b`` was over at its end. An empty end of an interval, which is
    unknown, is read like an open one.

    Raises
    ------
    ValueError
        If it is not EDTF.
    """
    doubtful = _DOUBT.search(text) is not None
    interval, members = "/" in text, text[0] in "[{"
    start, end = _interval(text) if interval else _parse(text)
    if start is None and end is None:
        return Bounds(None, None, str(DatePrecision.UNKNOWN))
    if start is None or end is None:
        kind = DateKind.BY if start is None else DateKind.SINCE
        return Bounds(start, end, str(DatePrecision.RANGE), str(kind), doubtful)
    if start > end:
        raise ValueError("is a range that ends before it starts")
    # "2021-08~" and "2021-XX" say no more than the month and the year.
    plain = _DOUBT.sub("", text).replace("-XX", "")
    precision = next((word for form, word in _SINGLE.items() if re.fullmatch(form, plain)), DatePrecision.RANGE)
    if not interval and not members and _bounds_of(precision, start) != end:
        precision = DatePrecision.RANGE  # a season
    if interval or text[0] == "{":
        kind = DateKind.THROUGHOUT
    else:
        kind = DateKind.WITHIN if precision == DatePrecision.RANGE else DateKind.AT
    return Bounds(start, end, str(precision), str(kind), doubtful)


def _interval(text: str) -> tuple[str | None, str | None]:
    halves = [half.strip() for half in text.split("/")]
    if len(halves) != 2:
        raise ValueError("has more than one '/'")
    first, last = (None if half in ("", "..") else _parse(half) for half in halves)
    return first and first[0], last and last[1]


def _parse(text: str) -> tuple[str | None, str | None]:
    """Return the first and last day of an EDTF text without '/'."""
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        parsed = parse_edtf(text)
        return _day(parsed.lower_strict()), _day(parsed.upper_strict())
    except (EDTFParseException, ValueError, OverflowError, AttributeError, TypeError) as error:
        raise ValueError("is not a date in EDTF") from error


def _day(moment: Any) -> str | None:
    if isinstance(moment, float):  # infinity: an open end
        return None
    if not 1000 <= moment.tm_year < 3000:
        raise ValueError("the year is not between 1000 and 3000")
    return dt.date(moment.tm_year, moment.tm_mon, moment.tm_mday).isoformat()


def _bounds_of(precision: DatePrecision, start: str) -> str:
    """Return the last day of the day, month or year that begins on a day."""
    year, month = int(start[:4]), int(start[5:7])
    if precision == DatePrecision.YEAR:
        return f"{year:04}-12-31"
    if precision == DatePrecision.MONTH:
        following = dt.date(year + month // 12, month % 12 + 1, 1)
        return (following - dt.timedelta(days=1)).isoformat()
    return start
