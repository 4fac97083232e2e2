"""Calendar days as ISO text; the days that stand for an open start or end."""

import calendar
import re
from datetime import date

from geo.errors import UsageError

#: First and last year that a date can have (``datetime.date``).
FIRST_YEAR, LAST_YEAR = 1, 9999
#: Stand for the open start and end of a period: every ISO day sorts between them.
FIRST_DAY, LAST_DAY = "0001-01-01", "9999-12-31"
_WHEN = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def as_day(on: date | str | int) -> str:
    """Return a day as ISO text, from a date or from ISO text for a day, month or year; a period means its last day.

    Raises
    ------
    UsageError
        If ``on`` is not a date between the years 1 and 9999.
    """
    text = on.isoformat()[:10] if isinstance(on, date) else f"{on:04d}" if isinstance(on, int) else str(on).strip()
    parts = _WHEN.fullmatch(text)
    try:
        if parts is None:
            raise ValueError
        year, month = int(parts[1]), int(parts[2] or 12)
        return date(year, month, int(parts[3] or calendar.monthrange(year, month)[1])).isoformat()
    except (ValueError, calendar.IllegalMonthError):
        raise UsageError(f"date {on!r} is not a day, month or year such as 2018-05-31, 2018-05 or 2018") from None
