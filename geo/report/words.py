"""Text for the dates, places, figures and sources of a record, with their precision."""

import calendar
import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from geo.model import EXACT, DateKind, DatePrecision, GeoPrecision

#: Key of a source, and the paragraph if given.
Cited = tuple[str, str | None]


def date_words(record: Mapping[str, Any]) -> str:
    """Return the date with what its bounds mean.

    ``26 August 2021``, ``August 2021``, ``2021``, ``some time between 1 May 2021 and 3 May 2022``,
    ``1 May 2021 to 3 May 2022``, ``since 1 May 2021, attested to 3 May 2022, no end reported``,
    ``not later than 2 May 2022``. Dates inferred from context end in ``(inferred)``.
    """
    start, end = _known(record["date_start"]), _known(record["date_end"])
    precision, kind = record["date_precision"], record.get("date_kind")
    if start is None and end is None:
        return "undated"
    if start is None:
        words = f"not later than {_day(end)}"
    elif kind == DateKind.SINCE or end is None:
        words = f"since {_day(start)}{f', attested to {_day(end)}' if end else ''}, no end reported"
    elif kind == DateKind.WITHIN and precision == DatePrecision.RANGE:
        words = f"some time between {_day(start)} and {_day(end)}"
    elif precision == DatePrecision.YEAR and start[:4] == end[:4]:
        words = start[:4]
    elif precision == DatePrecision.MONTH and start[:7] == end[:7]:
        words = f"{calendar.month_name[int(start[5:7])]} {start[:4]}"
    else:
        words = _day(start) if start == end else f"{_day(start)} to {_day(end)}"
    return f"{words} (inferred)" if record["date_inferred"] else words


def _day(iso: str | None) -> str:
    """Return a day in words; other text as it is, such as when a source was published."""
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])-[0-9]{2}", iso or ""):
        return iso or ""
    year, month, day = (iso or "").split("-")
    return f"{int(day)} {calendar.month_name[int(month)]} {year}"


def place_words(record: Mapping[str, Any], countries: Mapping[str, str]) -> str:
    """Return the place, smallest unit first, with the precision unless it is a site or town."""
    country = _known(record["country_code"])
    parts = [record["place"], record["admin2_name"], record["admin1_name"], countries.get(country or "", country)]
    named: list[str] = []
    for part in map(_known, parts):
        if part and not any(part.casefold() == other.casefold() for other in named):
            named.append(part)
    precision = record["geo_precision"]
    if precision == GeoPrecision.UNKNOWN or not named:
        return ", ".join(named) or "place not known"
    return ", ".join(named) if precision in EXACT else f"{', '.join(named)} (known to the {precision})"


def figure_words(low: Any, best: Any, high: Any) -> str:
    """Return a count with its bounds: ``20``, ``at least 54``, ``up to 35``, ``3–9, best 4``; empty if unknown."""
    low, best, high = (None if pd.isna(value) else int(value) for value in (low, best, high))
    if low is not None and high is not None:
        if low == high:
            return f"{low:,}"
        return f"{low:,}–{high:,}" if best in (None, low, high) else f"{low:,}–{high:,}, best {best:,}"
    if high is not None:
        return f"up to {high:,}"
    if low is not None:
        return f"at least {low:,}" if best in (None, low) else f"at least {low:,}, best {best:,}"
    return "" if best is None else f"about {best:,}"


def parties(record: Mapping[str, Any]) -> str:
    """Return the actors of an incident: ``A against B``."""
    first, second = _known(record["actor1"]), _known(record["actor2"])
    if first and second:
        return f"{first} against {second}"
    return first or (f"against {second}" if second else "")


def cited(record: Mapping[str, Any]) -> list[Cited]:
    """Return the sources of a record."""
    return [
        (str(item["source"]), None if item.get("paragraph") is None else str(item["paragraph"]))
        for item in record["sources"]
        if item.get("source")
    ]


def citation(source: Mapping[str, Any]) -> str:
    """Return a row of the table of sources as an entry of a bibliography."""
    author, publisher, published = (_known(source[name]) for name in ("author", "publisher", "published"))
    head = f"{author}: " if author else ""
    tail = ", ".join(filter(None, [publisher, _day(published)]))
    title = _known(source["title"]) or source["source"]
    return f"{head}{title}. {tail or 'Publisher and date not stated'}."


def plain_words(value: Any) -> str:
    """Return a value as text, empty for null."""
    return _known(value) or ""


def _known(value: Any) -> str | None:
    return None if value is None or pd.isna(value) else str(value)
