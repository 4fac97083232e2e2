"""Rows of a table that are no rows of data: empty ones, repeated headers, hashtags."""

from typing import Any

import numpy as np
import pandas as pd

from geo.columns import as_text, is_true


def other_rows(frame: pd.DataFrame) -> Any:
    """Return why a row is no row of data, None where it is one, shape (n,).

    Parameters
    ----------
    frame : DataFrame, shape (n, m)
    """
    reasons = np.full(len(frame), None, dtype=object)
    empty, header, tags = np.ones((3, len(frame)), dtype=bool)
    for column in frame.columns:
        if not (empty.any() or header.any() or tags.any()):
            return reasons
        words = as_text(frame[column])
        null = is_true(words.isna())
        empty &= null
        header &= is_true(words == str(column).strip())
        # Humanitarian data sets have a row of hashtags (HXL) below the column names.
        tags &= null | is_true(words.str.startswith("#"))
    reasons[tags], reasons[header], reasons[empty] = _TAGS, _HEADER, _EMPTY
    return reasons


_TAGS, _HEADER, _EMPTY = "is a row of HXL hashtags", "repeats the column names", "is an empty row"


def cleared(frame: pd.DataFrame, rows: Any) -> pd.DataFrame:
    """Return the frame with the text of some rows removed, so that it is neither read nor counted."""
    if not rows.any():
        return frame
    texts = frame.select_dtypes(["string", "object"])
    return frame.assign(**{str(name): texts[name].mask(rows) for name in texts.columns})
