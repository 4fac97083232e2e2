"""Numbers as people write them -> floats; what is none is named, not dropped."""

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geo.columns import RowErrors, distinct, is_missing

_SPACES = dict.fromkeys(map(ord, " \u00a0\u202f\u2009'’"))
_SIGNS = {ord("−"): "-", ord("–"): "-", ord("٫"): ",", ord("٬"): None, ord("°"): None}
_DECIMAL_COMMA = re.compile(r"[-+]?\d+,\d+")
#: Above this a float no longer tells whole numbers apart.
_EXACT = 2**53
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")


@dataclass(frozen=True)
class Numbers:
    """Numbers of a column.

    Attributes
    ----------
    value : array of float, shape (n,)
        NaN where there is none.
    problems : RowErrors
    told : dict of str to int
        What to tell about the column, and about how many of its values.
    """

    value: Any
    problems: RowErrors
    told: dict[str, int]


def read_numbers(values: pd.Series, name: str, *, whole: bool = False) -> Numbers:
    """Read a column of numbers.

    Parameters
    ----------
    values : Series, shape (n,)
        Text, numbers or a mixture; digits of any script, spaces between thousands, decimal commas.
    name : str
        Name of the column, for messages.
    whole : bool, default False
        Whether the numbers count something: then ``1,234`` is a thousand and more, and fractions are problems.
        Otherwise a single comma is the decimal sign.

    Returns
    -------
    Numbers
    """
    number = _plain(values)
    if number is None:
        number = pd.to_numeric(values, errors="coerce").to_numpy(dtype=float, na_value=np.nan, copy=True)
        # pandas rounds some of the numbers that it reads, "+50E50" for one, to a neighbour of the nearest float.
        cells = values.to_numpy(dtype=object)
        for row in np.flatnonzero(np.isfinite(number)).tolist():
            if isinstance(cells[row], str):
                with suppress(ValueError):
                    number[row] = float(cells[row])
    # What pandas cannot read, or reads as a fraction of people, is looked at value by value.
    with np.errstate(invalid="ignore"):
        odd = np.flatnonzero(
            ~np.isfinite(number) | (whole & ((number != np.floor(number)) | (np.abs(number) > _EXACT)))
        )
    codes, found = distinct(values.iloc[odd])
    commas = np.zeros(len(found), dtype=bool)
    results = np.full(len(found), np.nan)
    reasons = np.full(len(found), None, dtype=object)
    for position, value in enumerate(found):
        if not is_missing(value):
            try:
                results[position], commas[position] = _slowly(str(value), whole)
            except ValueError:
                reasons[position] = f"{name} = {str(value)[:60]}: is not a {'whole ' if whole else ''}number"
    number[odd] = results[codes]
    comma = "thousands" if whole else "decimal"
    told = {f"values of {name} read with a {comma} comma": int(commas[codes].sum())}
    problems = RowErrors.of(codes, reasons)
    return Numbers(number, RowErrors(odd[problems.rows], problems.reasons), told)


def _plain(values: pd.Series) -> Any:
    """Return a column of text in which every cell is a plain number or empty as floats; None for any other column."""
    if not isinstance(values.dtype, pd.StringDtype) or values.dtype.storage != "pyarrow":
        return None
    cells = values.array.__arrow_array__()
    try:
        numbers = pc.cast(pc.if_else(pc.equal(cells, ""), None, cells), pa.float64())
    except pa.ArrowInvalid:
        return None
    # A copy, as those that Arrow cannot read are put in later.
    return np.array(numbers.to_numpy(), dtype=float)


def _slowly(text: str, whole: bool) -> tuple[float, bool]:
    text = text.strip().translate(_SPACES).translate(_SIGNS)
    if whole and _THOUSANDS.fullmatch(text):
        return float(text.replace(",", "")), True
    comma = _DECIMAL_COMMA.fullmatch(text) is not None
    if comma:
        text = text.replace(",", ".")
    value = float(text)  # takes digits of every script
    if not np.isfinite(value) or (whole and (value != np.floor(value) or abs(value) > _EXACT)):
        raise ValueError(text)
    return value, comma and not whole
