"""Types, required properties, allowed words, unique ids; and what belongs to one kind of record only."""

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


def fitting(frame: pd.DataFrame, faults: Faults) -> pd.DataFrame:
    """Report values of a wrong type, and return the records with null in their place.

    Parameters
    ----------
    frame : DataFrame, shape (n,)
    faults : Faults

    Returns
    -------
    DataFrame, shape (n,)
        The columns of ``geo.model.COLUMNS`` in their dtypes, index 0 to n - 1.
    """
    out = {}
    for name, dtype in DTYPES.items():
        if name not in frame.columns:
            out[name] = _nulls(dtype, len(frame))
            continue
        values = frame[name].reset_index(drop=True)
        if str(values.dtype) == dtype != "object" or (dtype == "object" and set(map(type, values)) <= {list}):
            out[name] = values
            continue
        plain = [None if value is pd.NA else value for value in values.tolist()]
        if dtype == "object":
            right = np.array([isinstance(value, list) for value in plain], dtype=bool)
            out[name] = pd.Series(
                [value if fits else [] for value, fits in zip(plain, right, strict=True)], dtype=object
            )
        else:
            right = _right(plain, dtype)
            kept = [value if fits else None for value, fits in zip(plain, right, strict=True)]
            out[name] = pd.Series(typed(kept, dtype))
        for row in np.flatnonzero(~right).tolist():
            faults.add_unfit(row, name, plain[row], _TYPE_RULES[dtype])
    if UNREADABLE in frame.columns:
        for row, item in enumerate(frame[UNREADABLE]):
            if isinstance(item, tuple):
                field, value, rule = item
                faults.add_unfit(row, field, value, f"must be {rule}")
    return pd.DataFrame(out)


def check_words(records: pd.DataFrame, faults: Faults) -> None:
    """Report missing and repeated ids, missing properties, and words that are not in the schema."""
    for name in _REQUIRED:
        faults.add(is_true(records[name].fillna("") == ""), name, records[name], "is required")
    ids = records["id"]
    again = is_true(ids.duplicated()) & is_true(ids.fillna("") != "")

    def rules(rows: Any) -> list[str]:
        first = ids.drop_duplicates().reset_index().set_index("id")["index"]
        return [f"is the id of row {first[text] + 1} too; ids are unique" for text in ids.iloc[rows]]

    faults.add(again, "id", ids, rules)
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
    # A total that its source gives in words only ("hundreds") has no value; the words must then be in the description.
    silent = is_true(records["value"].isna()) & is_true(records["description"].fillna("").str.strip() == "")
    rule = "may be null for a statistic only where description gives the source's words, such as hundreds"
    faults.add(is_true(kind == Kind.STATISTIC) & silent, "value", records["value"], rule)
    missing = is_true(kind == Kind.INCIDENT) & is_true(records["status"].isna())
    faults.add(missing, "status", records["status"], "is required for records of kind incident")


def _right(values: list[Any], dtype: str) -> Any:
    return np.array([str(getattr(typed([value], dtype), "dtype", "object")) == dtype for value in values], dtype=bool)


def _nulls(dtype: str, n: int) -> pd.Series:
    if dtype == "object":
        return pd.Series([[]] * n, dtype=object)
    return pd.Series(typed([None] * n, dtype))
