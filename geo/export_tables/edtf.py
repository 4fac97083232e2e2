"""Dates as EDTF, the extended date/time format of ISO 8601-2."""

from typing import Any

import numpy as np
import pandas as pd

from geo.columns import is_true
from geo.model import DateKind, DatePrecision
from geo.rules.date_kinds import date_kinds


def edtf(records: pd.DataFrame) -> pd.Series:
    """Return the date of each record as EDTF text.

    ``2021-08-26``, ``2021-08`` and ``2021`` for a day, month or year; ``[2021-08-15..2021-11-09]`` for one day between
    two, ``2021-08-15/2021-11-09`` for a time that lasted, ``2021-08-15/..`` where no end is reported, and
    ``../2023-02-28`` where only the end is known.

    Parameters
    ----------
    records : DataFrame, shape (n,)

    Returns
    -------
    Series of text, shape (n,)
        Null for undated records; same index.
    """
    start, end = (records[name].astype("string") for name in ("date_start", "date_end"))
    kinds, precision = date_kinds(records), records["date_precision"]
    length = precision.map({DatePrecision.MONTH: 7, DatePrecision.YEAR: 4}).fillna(10).to_numpy(int)
    forms: list[tuple[str, Any]] = [
        (DateKind.WITHIN, "[" + start + ".." + end + "]"),
        (DateKind.THROUGHOUT, start + "/" + end),
        (DateKind.SINCE, start + "/.."),
        (DateKind.BY, "../" + end),
    ]
    single = [text[:size] if isinstance(text, str) else pd.NA for text, size in zip(start, length, strict=True)]
    out = pd.Series(pd.array(single, dtype="string"), index=records.index)
    # A whole month or year is written as such, whatever may have happened within it.
    whole = is_true(precision.isin([str(DatePrecision.DAY), str(DatePrecision.MONTH), str(DatePrecision.YEAR)]))
    for kind, text in forms:
        bounded = kind in (DateKind.WITHIN, DateKind.THROUGHOUT)
        out = out.mask(is_true(kinds == kind) & ~(np.asarray(whole) & bounded), text)
    return out
