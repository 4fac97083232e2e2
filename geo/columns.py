"""Operations on columns of any type: missing values, text, and functions applied once per distinct value."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, cast

import numpy as np
import pandas as pd

#: Spellings of a missing value, in lower case. Not for names: "NA" is also Namibia, and "None" may be a group.
MISSING = frozenset({"", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "-", "--", "–", "—", ".", "?", "unknown"})


@dataclass(frozen=True)
class RowErrors:
    """Rows of a column that cannot be parsed, and the reasons.

    Attributes
    ----------
    rows : array of int, shape (k,)
        Positions from 0.
    reasons : array of str, shape (k,)
    """

    rows: Any
    reasons: Any

    @classmethod
    def of(cls, codes: Any, reasons: Any) -> "RowErrors":
        """Expand the errors of distinct values to the rows of a column.

        Parameters
        ----------
        codes : array of int, shape (n,)
            Position of each row's value among the distinct values, as `distinct` returns it.
        reasons : array of str or None, shape (m,)
            Why each distinct value cannot be parsed; None if it can.
        """
        wrong = np.array([reason is not None for reason in reasons], dtype=bool)
        rows = np.flatnonzero(wrong[codes])
        return cls(rows, reasons[codes[rows]])


def is_missing(value: Any) -> bool:
    """Return whether a cell of a column of dates or numbers is a missing value."""
    if value is None or value is pd.NA or value is pd.NaT:
        return True
    if isinstance(value, float):
        return math.isnan(value)
    return isinstance(value, str) and value.strip().lower() in MISSING


def is_true(condition: Any) -> Any:
    """Convert a condition to an array of bool; null, the result of comparing nullable columns, is false."""
    if isinstance(condition, pd.Series):
        condition = condition.fillna(False).to_numpy(dtype=bool)
    return np.asarray(condition, dtype=bool)


def distinct(values: pd.Series) -> tuple[Any, list[Any]]:
    """Factorize a column, with null as a distinct value.

    Returns
    -------
    codes : array of int, shape (n,)
        Position of each row's value among the distinct values.
    values : list, length m
        The distinct values in order of appearance; None for null in a text column. Values that cannot be hashed are
        replaced by their text.
    """
    if isinstance(values.dtype, pd.StringDtype):
        codes, words = pd.factorize(values, use_na_sentinel=False)
        return codes, [None if word is pd.NA else word for word in words]
    plain = values.astype(object)
    try:
        codes, found = pd.factorize(plain, use_na_sentinel=False)
    except TypeError:  # lists and other values that cannot be hashed
        codes, found = pd.factorize(plain.map(str), use_na_sentinel=False)
    return codes, list(found)


def map_distinct(values: pd.Series, function: Callable[[list[Any]], Any]) -> Any:
    """Apply a function to the distinct values of a column, and expand the results to all rows.

    Dates, codes and names repeat: a million rows may have a few thousand distinct values.

    Parameters
    ----------
    values : Series, shape (n,)
    function : callable
        Takes the m distinct values as a list, including null as None, NaN or NaT; returns an array of shape (m,).

    Returns
    -------
    array, shape (n,)
        Of the type that ``function`` returns.
    """
    codes, found = distinct(values)
    return function(found).take(codes)


def distinct_rows(columns: Sequence[Any]) -> tuple[Any, Any]:
    """Factorize rows: number the distinct combinations of values of several columns.

    Parameters
    ----------
    columns : sequence of array or Series, each of shape (n,)

    Returns
    -------
    number : array of int, shape (n,)
        Number of the combination of each row, from 0 in order of appearance.
    first : array of int, shape (m,)
        Position of the first row with each number.
    """
    number = np.zeros(len(columns[0]), dtype="int64")
    for column in columns:
        codes, found = pd.factorize(column)
        number = pd.factorize(number * (len(found) + 1) + codes + 1)[0]
    return number, np.unique(number, return_index=True)[1]


def distinct_objects(values: pd.Series) -> tuple[Any, Any]:
    """Factorize a column by object identity, for lists, which are not hashable.

    Imported rows share list objects: a million rows may have a single one.

    Returns
    -------
    objects : array of object, shape (m,)
    codes : array of int, shape (n,)
        Position of each row's object in ``objects``.
    """
    objects = values.to_numpy(dtype=object)
    codes, found = pd.factorize(np.fromiter(map(id, objects), dtype=np.int64, count=len(objects)))
    first = np.zeros(len(found), dtype=np.intp)
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    return objects[first], codes


def as_text(values: pd.Series) -> pd.Series:
    """Convert a column to stripped text, with null for empty text. ``2.0`` becomes ``2``."""
    if not pd.api.types.is_string_dtype(values.dtype) or values.dtype == object:
        values = pd.Series(map_distinct(values, _texts), index=values.index)
    values = values.astype("string").str.strip()
    return values.mask(values == "")


def as_dates(values: pd.Series) -> pd.Series:
    """Convert a column of ISO days to dates of Arrow; the column as it is if some text is no day of the calendar."""
    import pyarrow as pa

    try:
        days: Any = pa.array(values.astype("string")).cast(pa.string()).cast(pa.date32())
    except (pa.ArrowInvalid, TypeError, ValueError):
        return values
    kind = cast("Any", pd.ArrowDtype(pa.date32()))
    dates: pd.Series = pd.Series(days, index=values.index, name=values.name, dtype=kind)
    return dates


def iso_day(value: Any) -> Any:
    """Return a date, or a time at midnight, as ISO text, and any other value as it is."""
    midnight = value.time() == time() if isinstance(value, datetime) else isinstance(value, date)
    return value.isoformat()[:10] if midnight else value


def null_text(index: pd.Index) -> pd.Series:
    """Return a text column of nulls."""
    return pd.Series(pd.array([None], dtype="string").take(np.zeros(len(index), dtype=int)), index=index)


def _texts(values: list[Any]) -> Any:
    null = [value is None or value is pd.NA or value != value for value in values]
    return pd.array(
        [None if is_null else _text(value) for value, is_null in zip(values, null, strict=True)], dtype="string"
    )


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).encode("utf-8", "replace").decode("utf-8")
