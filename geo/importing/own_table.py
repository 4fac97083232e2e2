"""Read any other table, whose columns are identified by name or by a mapping from the user."""

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

#: Fields that are not properties of a record: each sets several properties, or the point.
_DERIVED = (
    "date", "year", "month", "day", "latitude", "longitude", "country", "province", "district",
    "fatalities", "injuries",
)  # fmt: skip
#: Fields that a column can be mapped to. Not ``sources``: its entries are keys of a separate table of sources.
FIELDS = (*(name for name in COLUMNS if name != "sources"), *_DERIVED)
#: More column names that are recognised as a field without a mapping.
_SYNONYMS = {
    "lat": "latitude", "lon": "longitude", "lng": "longitude", "long": "longitude", "admin1": "province",
    "admin2": "district", "location": "place", "event_date": "date", "deaths": "fatalities", "killed": "fatalities",
    "injured": "injuries", "wounded": "injuries",
}  # fmt: skip
#: A table needs at least one of these fields: without a date or place nothing can be drawn.
_DATE_OR_PLACE = (
    "date", "date_start", "date_end", "year", "latitude", "country", "country_code", "province", "admin1_code",
    "admin1_name", "place",
)  # fmt: skip
_TRUE, _FALSE = {"true", "yes", "y", "1"}, {"false", "no", "n", "0"}


def read_own_table(draft: Draft, date_format: str | None, mapping: Mapping[str, str]) -> None:
    """Fill a draft from a table whose columns are mapped to fields, or named like them.

    Parameters
    ----------
    draft : Draft
    date_format : str, optional
        As ``geo.readers.dates.read_dates`` takes it.
    mapping : mapping of str to str
        Field by column, from ``FIELDS``. Other columns named like a field are used as that field.

    Raises
    ------
    UsageError
        If the mapping has an unknown column or field, or maps two columns to one field.
    DataError
        If the table has no column for a date or a place.
    """
    named = fields(list(draft.frame.columns), mapping)
    if not set(named) & set(_DATE_OR_PLACE) and draft.lon is None:
        raise DataError(
            f"no column for a date or a place among {', '.join(map(str, draft.frame.columns[:30]))}; "
            "map columns to fields with --map COLUMN=FIELD, for example --map Datum=date --map Ort=place"
        )
    # From here on columns are looked up by field.
    draft.names = named
    columns = _text_columns(draft) | _typed_columns(draft)
    kind = columns.get("kind", draft.text("kind")).fillna(str(Kind.INCIDENT))
    stated = columns.get("date_precision", draft.text("date_precision"))
    # A missing bound of an incident is filled from the other one; strongholds and stated ranges may be open-ended.
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


def _text_columns(draft: Draft) -> dict[str, Any]:
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


def _typed_columns(draft: Draft) -> dict[str, Any]:
    named = draft.names
    columns = {name: _flags(draft, name) for name in FLAG_COLUMNS if name in named}
    for name in COUNT_COLUMNS:
        short = name.removesuffix("_best")
        if name in named or short in named:
            columns[name] = counts(draft.numbers(name, short, whole=True))
    if "value" in named:
        columns["value"] = pd.array(draft.numbers("value"), dtype="Float64")
    for name in ("conflicts_with", "same_as"):
        if name in named:
            columns[name] = _ids(draft.text(name))
    return columns


def fields(columns: list[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """Return the column used for each field."""
    named: dict[str, str] = {}
    for column, field in mapping.items():
        if column not in columns:
            raise UsageError(
                f"--map {column}={field}: there is no column {column!r}; there are {', '.join(columns[:40])}"
            )
        if field not in FIELDS:
            raise UsageError(f"--map {column}={field}: there is no field {field!r}; fields are {', '.join(FIELDS)}")
        if field in named:
            raise UsageError(f"--map {column}={field}: column {named[field]!r} is already mapped to {field}")
        named[field] = column
    for column in columns:
        field = _SYNONYMS.get(column.lower(), column.lower())
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
    """Read dates from separate year, month and day columns; a missing value or 0 is unknown."""
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
    """Parse lists of ids, written as JSON or separated by semicolons."""
    lists: list[list[str]] = []
    for value in values.fillna("").tolist():
        try:
            ids = json.loads(value) if value.startswith("[") else value.split(";")
        except (ValueError, RecursionError):
            ids = value.split(";")
        lists.append([word.strip() if isinstance(word, str) else word for word in ids if word not in ("", None)])
    return lists


def _flags(draft: Draft, name: str) -> Any:
    codes, found = distinct(draft.raw(name))
    words = ["" if is_missing(value) else str(value).strip().lower() for value in found]
    known = [word in _TRUE | _FALSE or not word for word in words]
    reasons = [
        None if is_known else f"{name} = {word[:60]}: is not true or false"
        for word, is_known in zip(words, known, strict=True)
    ]
    draft.reject(RowErrors.of(codes, np.array(reasons, dtype=object)))
    return np.array([word in _TRUE for word in words], dtype=bool)[codes]
