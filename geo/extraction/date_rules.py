"""Resolve the parts of a date that a pattern found to bounds; no day comes out that the text does not hold."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from geo.extraction.calendar_days import Period, latest_year, months_before, weekday_before
from geo.extraction.lexicon import number_words, words_of

_LENGTHS = {"day": 1, "week": 7, "month": 30, "year": 365}


@dataclass(slots=True)
class Clock:
    """What the dates of a text count from: its day of publication, and the last full date that it named."""

    published: date | None = None
    anchor: date | None = None
    anchored_at: int = -100

    def year_of(self, month: int, day: int, sentence: int) -> tuple[int, bool] | None:
        """Return the year of a date without one, or None if nothing tells it."""
        near = self.anchor is not None and sentence - self.anchored_at <= 4
        if self.published is None or (near and self.anchor and self.anchor.year < self.published.year - 1):
            return (self.anchor.year, True) if self.anchor else None
        return latest_year(month, day, self.published), True


Answer = tuple[Period, str, bool, bool] | None


def _month_number(text: str) -> int:
    return int(words_of("dates", "word", "value", "month")[text.rstrip(".").lower()])


def _full_year(text: str | None) -> int | None:
    if not text:
        return None
    year = int(text.lstrip("'"))
    return year if year > 99 else year + (1900 if year > 40 else 2000)


def _day(groups: dict[str, str], _match: object, sentence: int, clock: Clock) -> Answer:
    month, day = _month_number(groups["month"]), int(groups["day"])
    return _days(month, day, day, _full_year(groups.get("year")), sentence, clock)


def _days_of_month(groups: dict[str, str], _match: object, sentence: int, clock: Clock) -> Answer:
    first, last = int(groups["day"]), int(groups["other"])
    if first >= last:
        return None
    return _days(_month_number(groups["month"]), first, last, _full_year(groups.get("year")), sentence, clock)


def _days(month: int, first: int, last: int, year: int | None, sentence: int, clock: Clock) -> Answer:
    known = (year, False) if year else clock.year_of(month, first, sentence)
    if known is None:
        return None
    start, end = Period.day(known[0], month, first), Period.day(known[0], month, last)
    if start is None or end is None:
        return None
    return (start, "at", known[1], False) if first == last else (start.until(end), "within", known[1], False)


def _month_and_year(groups: dict[str, str], *_: object) -> Answer:
    return Period.month(int(groups["year"]), _month_number(groups["month"])), "at", False, False


def _figures(groups: dict[str, str], match: re.Match[str], *_: object) -> Answer:
    year = int(groups["year"])
    if groups.get("m"):
        found = Period.day(year, int(groups["m"]), int(groups["day"]))
        return (found, "at", False, False) if found else None
    one, two = int(groups["one"]), int(groups["two"])
    # GTD begins its summaries with month/day/year; points part day.month.year; else a number above 12 tells.
    leads = match.start() == 0 or not match.string[: match.start()].strip()
    if groups["sign"] == "." or one > 12:
        found = Period.day(year, two, one)
    elif two > 12 or one == two or leads:
        found = Period.day(year, one, two)
    else:
        months = sorted((one, two))
        return Period(Period.month(year, months[0]).first, Period.month(year, months[1]).last), "within", True, False
    return (found, "at", False, False) if found else None


def _years(groups: dict[str, str], *_: object) -> Answer:
    first = int(groups["year"])
    last = int(groups["other"]) if len(groups["other"]) == 4 else first // 100 * 100 + int(groups["other"])
    return (Period.year(first).until(Period.year(last)), "throughout", False, False) if last > first else None


def _decade(groups: dict[str, str], *_: object) -> Answer:
    first = int(groups["year"])
    return Period.year(first).until(Period.year(first + 9)), "throughout", False, False


def _year(groups: dict[str, str], *_: object) -> Answer:
    return Period.year(int(groups["year"])), "at", False, False


def _month(groups: dict[str, str], match: re.Match[str], sentence: int, clock: Clock) -> Answer:
    month = _month_number(groups["month"])
    capital = match["month"][0].isupper()
    known = clock.year_of(month, 1, sentence)
    if known is None or (not capital and month in (3, 5)):
        return None
    year = known[0] - (
        groups["which"].lower() == "last" and clock.published is not None and month == clock.published.month
    )
    return Period.month(year, month), "at", True, False


@lru_cache
def _events() -> dict[str, date]:
    return {word: date.fromisoformat(day) for word, day in words_of("dates", "word", "value", "event").items()}


def _event(groups: dict[str, str], *_: object) -> Answer:
    return Period.of(_events()[groups["event"].lower()]), "since", True, True


def _count(text: str) -> int | None:
    text = text.lower()
    if text in ("few", "several", "two-and-a-half"):
        return None
    return (
        2
        if text == "couple of"
        else 1
        if text in ("a", "an")
        else int(text)
        if text.isdigit()
        else number_words()[text]
    )


def _since_event(groups: dict[str, str], *_: object) -> Answer:
    day, count = _events()[groups["event"].lower()], _count(groups["number"])
    if count is None:
        return Period(day, None), "since", True, True
    return Period(day, _shift(day, count * _LENGTHS[groups["unit"].lower()])), "throughout", True, True


def _after_event(groups: dict[str, str], *_: object) -> Answer:
    day, count = _events()[groups["event"].lower()], _count(groups["number"])
    if count is None or groups["unit"].lower() != "day":
        return None
    return Period.of(_shift(day, count)), "at", True, True


def _shift(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day


def _ago(groups: dict[str, str], _match: object, _sentence: int, clock: Clock) -> Answer:
    count, unit = _count(groups["number"]), groups["unit"].lower()
    if count is None or clock.published is None:
        return None
    return _back(clock.published, count, unit)


def _back(day: date, count: int, unit: str) -> Answer:
    if unit == "day":
        return Period.of(_shift(day, -count)), "at", True, True
    if unit == "week":
        middle = _shift(day, -7 * count)
        return Period(_shift(middle, -3), _shift(middle, 3)), "within", True, True
    if unit == "month":
        start = months_before(day, count)
        return Period.month(start.year, start.month), "at", True, True
    return Period.year(max(day.year - count, 1)), "at", True, True


def _later(groups: dict[str, str], _match: object, sentence: int, clock: Clock) -> Answer:
    count, unit = _count(groups["number"]), groups["unit"].lower()
    if count is None or clock.anchor is None or sentence - clock.anchored_at > 1 or unit in ("month", "year"):
        return None
    sign = 1 if groups["way"].lower() in ("later", "after") else -1
    days = sign * count * _LENGTHS[unit]
    if unit == "day":
        return Period.of(_shift(clock.anchor, days)), "at", True, True
    ends = sorted((clock.anchor, _shift(clock.anchor, days)))
    return Period(ends[0], ends[1]), "within", True, True


def _last_stretch(groups: dict[str, str], _match: object, _sentence: int, clock: Clock) -> Answer:
    count, unit = _count(groups["number"]), groups["unit"].lower()
    if count is None or clock.published is None:
        return None
    first = _shift(clock.published, -count * _LENGTHS[unit])
    return Period(first, clock.published), "throughout", True, True


def _first_stretch(groups: dict[str, str], match: re.Match[str], *_: object) -> Answer:
    count, unit = _count(groups["number"]), groups["unit"].lower()
    rest = match.string[match.end() : match.end() + 40].lower()
    if count is None or not re.match(r"\s*(?:the\s+)?taliban(?:'s|’s)?\s+(?:rule|takeover|government)", rest):
        return None
    day = _events()["taliban takeover"]
    last = months_before(day, -count).replace(day=day.day) if unit == "month" else _shift(day, count * _LENGTHS[unit])
    return Period(day, last), "throughout", True, True


def _recent(_groups: object, _match: object, _sentence: int, clock: Clock) -> Answer:
    return (Period(None, clock.published), "by", True, True) if clock.published else None


def _last(groups: dict[str, str], _match: object, _sentence: int, clock: Clock) -> Answer:
    day, unit, which = clock.published, groups["unit"].lower(), groups["which"].lower()
    if day is None or unit == "day":
        return None
    back = 1 if which in ("last", "previous") else 0
    if unit == "week":
        monday = _shift(day, -day.weekday() - 7 * back)
        return Period(monday, _shift(monday, 6) if back else day), "within", True, True
    if unit == "month":
        start = months_before(day, back)
        return Period.month(start.year, start.month), "at", True, True
    return Period.year(day.year - back), "at", True, True


def _next_day(groups: dict[str, str], _match: object, sentence: int, clock: Clock) -> Answer:
    if clock.anchor is None or sentence - clock.anchored_at > 2:
        return None
    days = {"next": 1, "following": 1, "same": 0}.get(groups["way"].lower(), -1)
    return Period.of(_shift(clock.anchor, days)), "at", True, True


def _named_day(groups: dict[str, str], _match: object, _sentence: int, clock: Clock) -> Answer:
    if clock.published is None:
        return None
    which = groups["which"].lower()
    back = 2 if which.startswith("day before") else 1 if which in ("yesterday", "last night", "last evening") else 0
    return Period.of(_shift(clock.published, -back)), "at", True, True


def _weekday(groups: dict[str, str], _match: object, _sentence: int, clock: Clock) -> Answer:
    if clock.published is None:
        return None
    number = int(words_of("dates", "word", "value", "weekday")[groups["weekday"].lower()])
    strictly = (groups["which"] or "").lower() == "last"
    return Period.of(weekday_before(clock.published, number, strictly=strictly)), "at", True, True


#: Rules by the names of `geo.extraction.date_patterns.patterns`.
RULES: dict[str, Callable[..., Answer]] = {
    "days of a month": _days_of_month, "day and month": _day, "month and year": _month_and_year,
    "day in figures": _figures, "years": _years, "decade": _decade, "since an event": _since_event,
    "after an event": _after_event, "event": _event, "time ago": _ago, "time later": _later,
    "last stretch": _last_stretch, "first stretch": _first_stretch, "recent": _recent, "last": _last,
    "next day": _next_day, "named day": _named_day, "weekday": _weekday, "month": _month, "year": _year,
}  # fmt: skip
