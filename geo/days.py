"""Calendar days as ISO text, and the names of the open ends of time."""

import calendar
import re
from datetime import date

from geo.errors import UsageError

#: First and last year that a date can have (``datetime.date``).
FIRST_YEAR, LAST_YEAR = 1, 9999
#: Stands for the open end of a period that has not ended: every ISO day sorts at or before it.
LAST_DAY = "9999-12-31"
_WHEN = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def as_day(on: date | str | int) -> str:
    """Return the day meant by a date, ISO text, month or year as ISO text; a period means its last day.

    Raises
    ------
    UsageError
        If ``on`` is no date between the years 1 and 9999.
    """
    text = on.isoformat()[:10] if isinstance(on, date) else str(on).strip()
    parts = _WHEN.fullmatch(text)
    try:
        if parts is None:
            raise ValueError
        year, month = int(parts[1]), int(parts[2] or 12)
        return date(year, month, int(parts[3] or calendar.monthrange(year, month)[1])).isoformat()
    except (ValueError, calendar.IllegalMonthError):
        raise UsageError(f"date {on!r} is not a day, month or year such as 2018-05-31, 2018-05 or 2018") from None
