"""Whole numbers that are codes or ids, in the spellings that spreadsheets and data frames give them."""

import re
from typing import Any

import numpy as np
import pandas as pd

from geo.columns import as_text, is_true

#: "3.0", as data frames write a column of whole numbers that has gaps; not "3,000", which is three thousand.
_TRAILING = r"^([-+]?\d+)(?:\.0*|,0{1,2})$"
_IS_SCIENTIFIC = r"^[-+]?\d(?:[.,]\d+)?[eE]\+?\d"
_SCIENTIFIC = re.compile(r"[-+]?(\d)(?:[.,](\d+))?[eE]\+?(\d{1,2})")
#: Above this a float of 32 bits does not represent every whole number.
_FLOAT32 = 2**24


def whole_text(values: pd.Series) -> pd.Series:
    """Return a column of text with whole numbers in their shortest spelling: "3.0" and "3.00E+0" as "3".

    Parameters
    ----------
    values : Series of text, shape (n,)

    Returns
    -------
    Series of text, shape (n,)
        Other text, and numbers that are not whole, as they are.
    """
    words = values.str.replace(_TRAILING, r"\1", regex=True)
    scientific = is_true(words.str.contains(_IS_SCIENTIFIC, regex=True))
    return words.where(~scientific, words[scientific].map(_spelled_out)) if scientific.any() else words


def lost_digits(values: pd.Series) -> Any:
    """Return which numbers were rounded by the program that wrote them, so that ids made of them are not unique.

    Parameters
    ----------
    values : Series, shape (n,)
        Text such as 2.01701E+11, of which six digits are left, or floats of 32 bits.
    """
    if values.dtype in (np.float32, np.float16):
        return np.abs(values.to_numpy()) > _FLOAT32
    if pd.api.types.is_numeric_dtype(values.dtype):
        return np.zeros(len(values), dtype=bool)
    words = as_text(values)
    lost = is_true(words.str.contains(_IS_SCIENTIFIC, regex=True))
    lost[lost] = [_spelled_out(word) == word for word in words[lost]]
    return lost


def _spelled_out(word: str) -> str:
    """Return a number in scientific notation with all its digits, or as it is if some are missing."""
    found = _SCIENTIFIC.fullmatch(word)
    if found is None:
        return word
    digits, exponent = (found[2] or "").rstrip("0"), int(found[3])
    # 2.017E+03 has all its digits, and 1E+02 may be a rounded 104.
    if len(found[2] or "") < exponent or len(digits) > exponent:
        return word
    return found[1] + digits.ljust(exponent, "0")
