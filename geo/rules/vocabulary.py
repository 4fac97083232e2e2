"""Types, required properties, allowed words, unique ids, and properties of one kind of record only."""

from typing import Any

import numpy as np
import pandas as pd

from geo.columns import is_true
from geo.model import ALLOWED, DTYPES, Kind
from geo.readers.frame import UNREADABLE, typed
from geo.rules.faults import Faults

_REQUIRED = ("id", "kind", "title", "date_precision", "geo_precision")
_TYPE_RULES = {
    "string": "must be text (valid Unicode) or null",
    "Int64": "must be a whole number or null",
    "Float64": "must be a finite number or null",
    "bool": "must be true or false",
    "object": "must be a list",
}
#: Properties that only one kind of record has, and whether every record of that kind must have them.
_OF_KIND = {
    "role": (Kind.STRONGHOLD, True),
    "tier": (Kind.STRONGHOLD, True),
    "value": (Kind.STATISTIC, False),
    "measure": (Kind.STATISTIC, True),
    "unit": (Kind.STATISTIC, False),
}


def coerce_types(frame: pd.DataFrame, faults: Faults) -> pd.DataFrame:
    """Return the records with every column in its type, and report the values of another type, which become null.

    Parameters
    ----------
    frame : DataFrame, shape (n,)
    faults : Faults

    Returns
    -------
    DataFrame, shape (n,)
        The columns of ``geo.model.COLUMNS`` in their dtypes, index 0 to n - 1.
    """
    columns = {}
    for name, dtype in DTYPES.items():
        if name not in frame.columns:
            columns[name] = _nulls(dtype, len(frame))
            continue
        values = frame[name].reset_index(drop=True)
        if _has_type(values, dtype):
            columns[name] = values
            continue
        plain = [None if value is pd.NA else value for value in values.tolist()]
        valid = _is_valid(plain, dtype)
        columns[name] = _column(plain, valid, dtype)
        for row in np.flatnonzero(~valid).tolist():
            faults.add_invalid(row, name, plain[row], _TYPE_RULES[dtype])
    for row, unreadable in enumerate(frame.get(UNREADABLE, [])):
        if isinstance(unreadable, tuple):
            field, value, rule = unreadable
            faults.add_invalid(row, field, value, f"must be {rule}")
    return pd.DataFrame(columns)


def check_words(records: pd.DataFrame, faults: Faults) -> None:
    """Report missing and repeated ids, missing properties, and words that are not in the schema."""
    for name in _REQUIRED:
        faults.add(is_true(records[name].fillna("") == ""), name, records[name], "is required")
    ids = records["id"]
    repeated = is_true(ids.duplicated()) & is_true(ids.fillna("") != "")

    def rules(rows: Any) -> list[str]:
        first = ids.drop_duplicates().reset_index().set_index("id")["index"]
        return [f"is the id of row {first[text] + 1} too; ids are unique" for text in ids.iloc[rows]]

    faults.add(repeated, "id", ids, rules)
    for name, words in ALLOWED.items():
        allowed = [str(word) for word in words]
        wrong = is_true(records[name].fillna("") != "") & ~is_true(records[name].isin(allowed))
        faults.add(wrong, name, records[name], f"must be one of {', '.join(allowed)}")


def check_kinds(records: pd.DataFrame, faults: Faults) -> None:
    """Report properties that belong to another kind of record, and those that the record's kind lacks."""
    kind = records["kind"]
    known = is_true(kind.isin([str(word) for word in Kind]))
    for name, (owner, needed) in _OF_KIND.items():
        given = is_true(records[name].notna())
        faults.add(
            known & given & is_true(kind != owner), name, records[name], f"belongs to records of kind {owner} only"
        )
        if needed:
            faults.add(is_true(kind == owner) & ~given, name, records[name], f"is required for records of kind {owner}")
    # A total that its source gives only in words ("hundreds") has no value; the description must then give the words.
    silent = is_true(records["value"].isna()) & is_true(records["description"].fillna("").str.strip() == "")
    rule = "may be null for a statistic only where description gives the source's words, such as hundreds"
    faults.add(is_true(kind == Kind.STATISTIC) & silent, "value", records["value"], rule)
    missing = is_true(kind == Kind.INCIDENT) & is_true(records["status"].isna())
    faults.add(missing, "status", records["status"], "is required for records of kind incident")


def _has_type(values: pd.Series, dtype: str) -> bool:
    """Return whether a column has its type as it is; columns of lists must hold nothing else."""
    if dtype == "object":
        return set(map(type, values)) <= {list}
    return str(values.dtype) == dtype


def _is_valid(values: list[Any], dtype: str) -> Any:
    """Return which values a column of that type can hold, shape (n,)."""
    if dtype == "object":
        return np.array([isinstance(value, list) for value in values], dtype=bool)
    return np.array([str(getattr(typed([value], dtype), "dtype", "object")) == dtype for value in values], dtype=bool)


def _column(values: list[Any], valid: Any, dtype: str) -> pd.Series:
    """Return values as a column of a type, with null, or an empty list, in place of those that are not valid."""
    if dtype == "object":
        return pd.Series([value if fits else [] for value, fits in zip(values, valid, strict=True)], dtype=object)
    return pd.Series(typed([value if fits else None for value, fits in zip(values, valid, strict=True)], dtype))


def _nulls(dtype: str, n: int) -> pd.Series:
    if dtype == "object":
        return pd.Series([[]] * n, dtype=object)
    return pd.Series(typed([None] * n, dtype))
