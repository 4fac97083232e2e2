"""Any other table: its columns are told apart by name, or by what the user maps them to."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from geo.columns import RowErrors, distinct, is_missing, is_true
from geo.errors import DataError, UsageError
from geo.importing.draft import Draft, counts
from geo.model import (
    ALLOWED,
    COLUMNS,
    COUNT_COLUMNS,
    FLAG_COLUMNS,
    TEXT_COLUMNS,
    DatePrecision,
    Kind,
    Status,
)
from geo.readers.dates import Dates, iso, spans

#: Fields that stand for several properties of a record, or for its point.
_SHORT = (
    "date", "year", "month", "day", "latitude", "longitude", "country", "province", "district",
    "fatalities", "injuries",
)  # fmt: skip
#: What a column can serve as. Not ``sources``: its entries are keys of a list of sources, which a table has not.
FIELDS = (*(name for name in COLUMNS if name != "sources"), *_SHORT)
#: Further column names that are taken for a field without being mapped.
_ALSO = {
    "lat": "latitude", "lon": "longitude", "lng": "longitude", "long": "longitude", "admin1": "province",
    "admin2": "district", "location": "place", "event_date": "date", "deaths": "fatalities", "killed": "fatalities",
    "injured": "injuries", "wounded": "injuries",
}  # fmt: skip
#: A table needs one of these, or nothing could be put on a map or a time line.
_NEEDED = (
    "date", "date_start", "date_end", "year", "latitude", "country", "country_code", "province", "admin1_code",
    "admin1_name", "place",
)  # fmt: skip
_TRUE, _FALSE = {"true", "yes", "y", "1"}, {"false", "no", "n", "0"}


def read_own_table(draft: Draft, date_format: str | None, mapping: Mapping[str, str]) -> None:
    """Fill a draft from a table whose columns are mapped to fields, or bear their names.

    Parameters
    ----------
    draft : Draft
    date_format : str, optional
        As ``geo.readers.dates.read_dates`` takes it.
    mapping : mapping of str to str
        Field by column, of ``FIELDS``. Other columns called like a field serve as that field.

    Raises
    ------
    UsageError
        If the mapping names a column or a field that does not exist, or a field twice.
    DataError
        If nothing in the table says when or where anything happened.
    """
    named = fields(list(draft.frame.columns), mapping)
    if not set(named) & set(_NEEDED) and draft.lon is None:
        raise DataError(
            f"no column for a date or a place among {', '.join(map(str, draft.frame.columns[:30]))}; "
            "say which is which with --map COLUMN=FIELD, for example --map Datum=date --map Ort=place"
        )
    # From here on columns are looked up by the field that they serve as.
    draft.names = named
    columns = _texts(draft) | _figures(draft)
    kind = columns.get("kind", draft.text("kind")).fillna(str(Kind.INCIDENT))
    stated = columns.get("date_precision", draft.text("date_precision"))
    # An incident is over when it is over; only what says so, or a stronghold, lasts until further notice.
    closed = is_true(kind == Kind.INCIDENT) & ~is_true(stated == DatePrecision.RANGE)
    start, end = _bounds(draft, date_format, closed)
    precision = pd.Series(spans(start, end), index=draft.frame.index, dtype="string")
    status = columns.get("status", draft.text("status"))
    row_ids = pd.Series([f"row-{row:06}" for row in draft.frame.index], index=draft.frame.index, dtype="string")
    draft.columns |= columns | {
        "id": columns.get("id", row_ids),
        "kind": kind,
        "status": status.mask(is_true(kind == Kind.INCIDENT) & is_true(status.isna()), str(Status.STATED)),
        "date_start": iso(start),
        "date_end": iso(end),
        "date_precision": stated.fillna(precision),
    }
    draft.country = draft.text("country_code", "country")
    draft.admin1 = draft.text("admin1_code", "admin1_name", "province")
    draft.put_points()


def _texts(draft: Draft) -> dict[str, Any]:
    named = draft.names
    columns = {name: draft.text(name) for name in TEXT_COLUMNS if name in named}
    if "district" in named:
        columns["admin2_name"] = draft.text("admin2_name", "district")
    for name, words in ALLOWED.items():
        if name in columns:
            columns[name] = columns[name].str.lower()
            wrong = is_true(columns[name].notna()) & ~is_true(columns[name].isin([str(word) for word in words]))
            draft.reject_where(wrong, f"{name} is not one of {', '.join(words)}")
    return columns


def _figures(draft: Draft) -> dict[str, Any]:
    named = draft.names
    columns = {name: _flags(draft, name) for name in FLAG_COLUMNS if name in named}
    for name in COUNT_COLUMNS:
        what = name.removesuffix("_best")
        if name in named or what in named:
            columns[name] = counts(draft.numbers(name, what, whole=True))
    if "value" in named:
        columns["value"] = pd.array(draft.numbers("value"), dtype="Float64")
    for name in ("conflicts_with", "same_as"):
        if name in named:
            columns[name] = _ids(draft.text(name))
    return columns


def fields(columns: list[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """Return the column that serves as each field."""
    named: dict[str, str] = {}
    for column, field in mapping.items():
        if column not in columns:
            raise UsageError(
                f"--map {column}={field}: there is no column {column!r}; there are {', '.join(columns[:40])}"
            )
        if field not in FIELDS:
            raise UsageError(f"--map {column}={field}: there is no field {field!r}; fields are {', '.join(FIELDS)}")
        if field in named:
            raise UsageError(f"--map {column}={field}: column {named[field]!r} is mapped to {field} already")
        named[field] = column
    for column in columns:
        field = _ALSO.get(column.lower(), column.lower())
        if field in FIELDS and field not in named and column not in mapping:
            named[field] = column
    return named


def _bounds(draft: Draft, date_format: str | None, closed: Any) -> tuple[Any, Any]:
    if draft.has("date_start") or draft.has("date_end"):
        first, last = draft.dates("date_start", date_format), draft.dates("date_end", date_format)
        draft.reject_where(first.start > last.end, "date_start is after date_end")
        start = np.where(closed & np.isnat(first.start), last.start, first.start)
        return start, np.where(closed & np.isnat(last.end), first.end, last.end)
    if draft.has("date"):
        dates = draft.dates("date", date_format)
        return dates.start, dates.end
    dates = _calendar(draft)
    return dates.start, dates.end


def _calendar(draft: Draft) -> Dates:
    """Read dates from columns of their own for year, month and day; what is missing or 0 is not known."""
    parts = [draft.numbers(name, whole=True) for name in ("year", "month", "day")]
    year, month, day = (np.nan_to_num(part).astype(int) for part in parts)
    text = [
        f"{y:04}-{m:02}-{d:02}" if y and m and d else f"{y:04}-{m:02}" if y and m else f"{y:04}" if y else ""
        for y, m, d in zip(year, month, day, strict=True)
    ]
    draft.frame = draft.frame.assign(**{_CALENDAR: text})
    draft.names[_CALENDAR] = _CALENDAR
    dates = draft.dates(_CALENDAR, None)
    draft.frame = draft.frame.drop(columns=_CALENDAR)
    return dates


_CALENDAR = "year, month and day"


def _ids(values: pd.Series) -> list[list[str]]:
    """Return lists of ids, written as JSON or with semicolons between them."""
    lists: list[list[str]] = []
    for value in values.fillna("").tolist():
        try:
            read = json.loads(value) if value.startswith("[") else value.split(";")
        except (ValueError, RecursionError):
            read = value.split(";")
        lists.append([word.strip() if isinstance(word, str) else word for word in read if word not in ("", None)])
    return lists


def _flags(draft: Draft, name: str) -> Any:
    codes, found = distinct(draft.raw(name))
    words = ["" if is_missing(value) else str(value).strip().lower() for value in found]
    known = [word in _TRUE | _FALSE or not word for word in words]
    reasons = [
        None if fine else f"{name} = {word[:60]}: is neither true nor false"
        for word, fine in zip(words, known, strict=True)
    ]
    draft.reject(RowErrors.of(codes, np.array(reasons, dtype=object)))
    return np.array([word in _TRUE for word in words], dtype=bool)[codes]
