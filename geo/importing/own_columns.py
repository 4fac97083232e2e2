"""Columns of a file that are not in the schema, made so that every format can hold them."""

import json
import math
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from geo.model import COLUMNS

_INT64 = range(-(2**63), 2**63)


def writable(records: pd.DataFrame) -> pd.DataFrame:
    """Return records whose own columns have one type each; those of the schema are unchanged.

    Parameters
    ----------
    records : DataFrame, shape (n,)

    Returns
    -------
    DataFrame, shape (n,)
        Columns of text, numbers, truth values, dates, or lists of one of these are kept. Numbers that are not finite
        become null. In other columns (values of several types, objects, nested lists, whole numbers beyond 64 bits)
        every value but text becomes JSON text. Lone surrogates become U+FFFD.
    """
    changed = {
        name: new
        for name in records.columns
        if name not in COLUMNS and (new := _writable(records[name])) is not records[name]
    }
    return records.assign(**changed) if changed else records


def _writable(column: pd.Series) -> pd.Series:
    if column.dtype.kind == "f":
        return column.where(np.isfinite(column) | column.isna(), np.nan)
    if column.dtype != object:
        return column
    values = [_clean(value) for value in column]
    kinds = {type(value) for value in values} - {type(None)}
    if kinds <= {str}:
        return _series(values, column, "string")
    if kinds == {bool}:
        return _series(values, column, "boolean")
    if kinds == {int} and all(value in _INT64 for value in values if value is not None):
        return _series(values, column, "Int64")
    if kinds == {float}:
        return _series(values, column, "Float64")
    if kinds == {list} and _is_flat(values):
        return _series(values, column, "object")
    return _series([as_json(value) for value in values], column, "string")


def _series(values: list[Any], like: pd.Series, dtype: Any) -> pd.Series:
    made: pd.Series = pd.Series(values, index=like.index, name=like.name, dtype=dtype)
    return made


def _is_flat(values: Iterable[Any]) -> bool:
    """Return whether all lists have items of one type that is no list or object."""
    try:
        item = pa.array(list(values)).type.value_type
    except (pa.ArrowException, OverflowError):
        return False
    return bool(pa.types.is_integer(item) or pa.types.is_floating(item) or pa.types.is_string(item))


def _clean(value: Any) -> Any:
    """Return a value as JSON has it: no arrays, no numbers that are not finite, no lone surrogates."""
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {_clean(str(name)): _clean(item) for name, item in value.items()}
    return value if isinstance(value, bool | int | float) else str(value)


def as_json(value: Any) -> str | None:
    """Return text as it is, and anything else as JSON text; None for null."""
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)
