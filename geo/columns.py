"""Cells of a column, whatever they came as: missing values, text, and distinct values."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

#: How tables spell "no value", in lower case. Not for names: "NA" is also Namibia, and "None" may be a group.
MISSING = frozenset({"", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "-", "--", "–", "—", ".", "?", "unknown"})


@dataclass(frozen=True)
class RowErrors:
    """Why some rows of a column cannot be read.

    Attributes
    ----------
    rows : array of int, shape (k,)
        Positions of the rows, from 0.
    reasons : array of str, shape (k,)
    """

    rows: Any
    reasons: Any

    @classmethod
    def of(cls, codes: Any, reasons: Any) -> "RowErrors":
        """Return the problems of a column whose distinct values have the reasons, or None."""
        wrong = np.array([reason is not None for reason in reasons], dtype=bool)
        rows = np.flatnonzero(wrong[codes])
        return cls(rows, reasons[codes[rows]])


def is_missing(value: Any) -> bool:
    """Return whether a cell of a column of dates or numbers says that there is no value."""
    if value is None or value is pd.NA or value is pd.NaT:
        return True
    if isinstance(value, float):
        return math.isnan(value)
    return isinstance(value, str) and value.strip().lower() in MISSING


def is_true(condition: Any) -> Any:
    """Return a condition as a plain array of bool in which null, the answer of nullable columns, is false."""
    if isinstance(condition, pd.Series):
        condition = condition.fillna(False).to_numpy(dtype=bool)
    return np.asarray(condition, dtype=bool)


def distinct(values: pd.Series) -> tuple[Any, list[Any]]:
    """Return the codes of a column's values, shape (n,), and the values, so that each is worked on once."""
    if isinstance(values.dtype, pd.StringDtype):
        codes, words = pd.factorize(values, use_na_sentinel=False)
        return codes, [None if word is pd.NA else word for word in words]
    plain = values.astype(object)
    try:
        codes, found = pd.factorize(plain, use_na_sentinel=False)
    except TypeError:  # lists and other values that cannot be told apart by hash
        codes, found = pd.factorize(plain.map(str), use_na_sentinel=False)
    return codes, list(found)


def distinct_objects(values: pd.Series) -> tuple[Any, Any]:
    """Return the distinct objects of a column, and which of them each row has, shape (n,).

    For lists, which cannot be told apart by hash: imported rows share one.
    """
    objects = values.to_numpy(dtype=object)
    codes, found = pd.factorize(np.fromiter(map(id, objects), dtype=np.int64, count=len(objects)))
    first = np.zeros(len(found), dtype=np.intp)
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    return objects[first], codes


def as_text(values: pd.Series) -> pd.Series:
    """Return a column as text without surrounding space, null where nothing is left; whole floats lose their ``.0``."""
    if not pd.api.types.is_string_dtype(values.dtype) or values.dtype == object:
        codes, found = distinct(values)
        words = [None if value is None or value is pd.NA or value != value else _spelled(value) for value in found]
        values = pd.Series(pd.array(words, dtype="string").take(codes), index=values.index)
    values = values.astype("string").str.strip()
    return values.mask(values == "")


def null_text(index: pd.Index) -> pd.Series:
    """Return a text column of nulls."""
    return pd.Series(pd.array([None], dtype="string").take(np.zeros(len(index), dtype=int)), index=index)


def _spelled(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).encode("utf-8", "replace").decode("utf-8")
