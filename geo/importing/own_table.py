"""Read any other table, whose columns are identified by name or by a mapping from the user."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from geo.columns import RowErrors, distinct, is_missing, is_true, null_text
from geo.errors import DataError, UsageError
from geo.importing.date_parts import fill_dates, put_in_order, read_calendar
from geo.importing.draft import Draft, quoted
from geo.importing.figures import put_figures, read_figure, read_ranges
from geo.importing.known_columns import plain_name
from geo.model import (
    ALLOWED,
    COLUMNS,
    FLAG_COLUMNS,
    TEXT_COLUMNS,
    DatePrecision,
    GeoPrecision,
    Kind,
    Status,
)
from geo.readers.dates import iso, spans

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
    "admin2": "district", "location": "place", "event_date": "date", "edtf": "date",
    "deaths": "fatalities", "killed": "fatalities",
    "injured": "injuries", "wounded": "injuries", "iyear": "year", "imonth": "month", "iday": "day",
    "country_txt": "country", "provstate": "province", "adm_1": "province", "adm_2": "district", "city": "place",
    "gtd_id": "id", "state": "province", "perpetrator_group": "actor1", "attack_type": "sub_event_type",
    "nkill": "fatalities", "best": "fatalities", "best_est": "fatalities", "nwound": "injuries",
}  # fmt: skip
#: A table needs at least one of these fields: without a date or place nothing can be drawn.
_DATE_OR_PLACE = (
    "date", "date_start", "date_end", "year", "latitude", "country", "country_code", "province", "admin1_code",
    "admin1_name", "place",
)  # fmt: skip
#: Column names that come before those called like the field.
_FIRST = {"country_txt": "country"}
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
    *bounds, date_kind = _bounds(draft, date_format, closed)
    start, end = put_in_order(draft, *bounds)
    stated = _fitting(draft, stated, start, end)
    precision = pd.Series(spans(start, end), index=draft.frame.index, dtype="string")
    status = columns.get("status", draft.text("status"))
    draft.columns |= columns | {
        "id": draft.ids("", "id"),
        "kind": kind,
        "status": status.mask(is_true(kind == Kind.INCIDENT) & is_true(status.isna()), str(Status.STATED)),
        "date_start": iso(start),
        "date_end": iso(end),
        "date_precision": stated.fillna(precision),
        "date_kind": columns.get("date_kind", draft.text("date_kind")).fillna(date_kind),
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
            lower = columns[name].str.lower()
            wrong = is_true(lower.notna()) & ~is_true(lower.isin([str(word) for word in words]))
            reasons = [f"{name} = {quoted(word)}: is not one of {', '.join(words)}" for word in columns[name][wrong]]
            draft.leave(RowErrors(np.flatnonzero(wrong), reasons), f"values of {name} are not words of geo; left empty")
            columns[name] = lower.mask(wrong)
            if name == "geo_precision":
                # Not empty: points without a word are read as exact.
                columns[name] = columns[name].mask(wrong, str(GeoPrecision.DISTRICT))
    return columns


def _typed_columns(draft: Draft) -> dict[str, Any]:
    named = draft.names
    columns = {name: _flags(draft, name) for name in FLAG_COLUMNS if name in named}
    for what in ("fatalities", "injuries"):
        put_figures(draft, what, **_figures(draft, what))
    if "value" in named:
        columns["value"] = pd.array(draft.numbers("value"), dtype="Float64")
    for name in ("conflicts_with", "same_as"):
        if name in named:
            columns[name] = _ids(draft.text(name))
    return columns


def _figures(draft: Draft, what: str) -> dict[str, Any]:
    """Return the columns of a figure that there are; a best estimate that is a range gives the bounds."""
    given = {end: (f"{what}_{end}", what)[: 1 + (end == "best")] for end in ("low", "best", "high")}
    named = {end: names for end, names in given.items() if any(name in draft.names for name in names)}
    if "best" not in named:
        return {end: read_figure(draft, *names, shared=False) for end, names in named.items()}
    ranges = dict(zip(("low", "high"), read_ranges(draft, *named["best"]), strict=True))
    ranged = ~(np.isnan(ranges["low"]) & np.isnan(ranges["high"]))
    figures = {
        end: read_figure(draft, *names, shared=False, without=ranged if end == "best" else None)
        for end, names in named.items()
    }
    for end, bound in ranges.items():
        if end in figures:
            figures[end] = np.where(np.isnan(figures[end]), bound, figures[end])
        elif ranged.any():
            figures[end] = bound
    return {end: figures[end] for end in given if end in figures}


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
    # A column called like the field comes first, and `country_txt` before a `country` of numbers.
    for spelled in (_FIRST, {field: field for field in FIELDS}, _SYNONYMS):
        for column in columns:
            known = spelled.get(column.lower()) or spelled.get(plain_name(column))
            if known is not None and known not in named and column not in mapping:
                named[known] = column
    return named


def _bounds(draft: Draft, date_format: str | None, closed: Any) -> tuple[Any, Any, pd.Series]:
    """Return the first and last days, and the kinds of date that the values themselves say, else null."""
    kind = null_text(draft.frame.index)
    if draft.has("date_start") or draft.has("date_end"):
        first, last = draft.dates("date_start", date_format), draft.dates("date_end", date_format)
        start = np.where(closed & np.isnat(first.start), last.start, first.start)
        end = np.where(closed & np.isnat(last.end), first.end, last.end)
    else:
        dates = draft.dates("date", date_format)
        start, end = dates.start, dates.end
        kind = pd.Series(dates.kind, index=draft.frame.index, dtype="string")
    if draft.has("year"):
        start, end = fill_dates(start, end, read_calendar(draft, ("year",), ("month",), ("day",)))
    return start, end, kind


def _fitting(draft: Draft, stated: pd.Series, start: Any, end: Any) -> pd.Series:
    """Return the stated precisions of dates, null for those that the bounds contradict."""
    wide = is_true(stated == DatePrecision.RANGE) & ((start < end) | (np.isnat(start) != np.isnat(end)))
    wrong = is_true(stated.notna()) & ~is_true(stated == spans(start, end)) & ~wide
    rows = np.flatnonzero(wrong)
    draft.remark(rows, [f"date_precision {word} is not that of the dates" for word in stated.iloc[rows]])
    draft.notices["rows whose date_precision is not that of their dates; taken from the dates"] += len(rows)
    return stated.mask(wrong)


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
        None if is_known else f"{name} = {quoted(word)}: is not true or false"
        for word, is_known in zip(words, known, strict=True)
    ]
    wrong = RowErrors.of(codes, np.array(reasons, dtype=object))
    draft.leave(wrong, f"values of {name} are not true or false; read as false")
    return np.array([word in _TRUE for word in words], dtype=bool)[codes]
