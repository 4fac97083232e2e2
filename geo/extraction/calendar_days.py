"""Arithmetic of days, months and years for the dates of a text."""

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Self


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, both ends included; None is an open end. ``precision`` is that of ``geo.model``."""

    first: date | None
    last: date | None
    precision: str = "range"

    @classmethod
    def day(cls, year: int, month: int, day: int) -> Self | None:
        """Return a day, or None if the calendar lacks it."""
        try:
            found = date(year, month, day)
        except ValueError:
            return None
        return cls(found, found, "day")

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the period of one day."""
        return cls(day, day, "day")

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        """Return a month."""
        return cls(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month")

    @classmethod
    def year(cls, year: int) -> Self:
        """Return a year."""
        return cls(date(year, 1, 1), date(year, 12, 31), "year")

    def until(self, other: "Period") -> "Period":
        """Return the period from the start of this one to the end of another."""
        return Period(self.first, other.last, "range")

    def moved(self, days: int) -> "Period":
        """Return the same period some days later, or as it is at the ends of the calendar."""
        try:
            shift = timedelta(days=days)
            return replace(self, first=self.first and self.first + shift, last=self.last and self.last + shift)
        except OverflowError:
            return self

    def meets(self, other: "Period") -> bool:
        """Tell whether the two have a day in common."""
        first, last = self.first or date.min, self.last or date.max
        return first <= (other.last or date.max) and (other.first or date.min) <= last


def weekday_before(day: date, weekday: int, *, strictly: bool) -> date:
    """Return the last such day of the week up to a day, which itself counts unless ``strictly``."""
    back = (day.weekday() - weekday) % 7
    return day - timedelta(days=back or (7 if strictly else 0))


def months_before(day: date, months: int) -> date:
    """Return the first day of the month that lies some months before a day's month."""
    total = max(day.year * 12 + day.month - 1 - months, 12)
    return date(total // 12, total % 12 + 1, 1)


def latest_year(month: int, day: int, until: date) -> int:
    """Return the year in which a day of the year last fell, up to a day; 29 February in the last leap year."""
    year = until.year
    while year > until.year - 8:
        try:
            if date(year, month, day) <= until:
                return year
        except ValueError:
            pass
        year -= 1
    return until.year
