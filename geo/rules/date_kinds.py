"""The kind of a record's date (`geo.model.DateKind`), also where the file does not give it."""

from typing import Any

import numpy as np
import pandas as pd

from geo.columns import is_true
from geo.model import DateKind, DatePrecision, Kind

#: Precisions of a date that is one day, month or year.
_AT = (DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.YEAR)


def date_kinds(records: pd.DataFrame) -> pd.Series:
    """Return the kind of each record's date; where the record does not give it, it follows from the bounds.

    Without bounds the kind is ``unknown``, with only an end ``by``, with only a start ``since``. With both it is ``at``
    if ``date_precision`` is a day, month or year, else ``within`` for an incident, which happened on some day between
    them, and ``throughout`` for a stronghold or a reported total, which hold from start to end.

    Parameters
    ----------
    records : DataFrame, shape (n,)
        With ``date_start, date_end``; without ``kind`` all are incidents, without ``date_precision`` none is a single
        day, month or year, without ``date_kind`` all are inferred.

    Returns
    -------
    Series of text, shape (n,)
        Values of `geo.model.DateKind`, same index.
    """
    kinds = pd.Series(_inferred(records), index=records.index, dtype="string")
    return records["date_kind"].astype("string").fillna(kinds) if "date_kind" in records.columns else kinds


def inferred_kinds(records: pd.DataFrame) -> dict[str, int]:
    """Return how many records have each kind of date that their file does not give, the most frequent first."""
    kinds = date_kinds(records)
    if "date_kind" in records.columns:
        kinds = kinds[is_true(records["date_kind"].isna())]
    return {str(kind): int(count) for kind, count in kinds.value_counts().items()}


def _inferred(records: pd.DataFrame) -> Any:
    start, end = (is_true(records[name].notna()) for name in ("date_start", "date_end"))
    single = is_true(_column(records, "date_precision").isin([str(word) for word in _AT]))
    incident = is_true(_column(records, "kind", str(Kind.INCIDENT)) == Kind.INCIDENT)
    cases = [~start & ~end, ~start, ~end, single, incident]
    kinds = [DateKind.UNKNOWN, DateKind.BY, DateKind.SINCE, DateKind.AT, DateKind.WITHIN]
    return np.select(cases, [str(kind) for kind in kinds], str(DateKind.THROUGHOUT))


def _column(records: pd.DataFrame, name: str, default: str = "") -> pd.Series:
    return records[name] if name in records.columns else pd.Series(default, index=records.index, dtype="string")
