"""Parse numbers in the formats that people write; values that are not numbers are errors, not NaN."""

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
#: Largest magnitude up to which a float represents every integer exactly.
_EXACT = 2**53
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
#: Two points or more can only separate thousands.
_POINTS = re.compile(r"[-+]?\d{1,3}(?:\.\d{3}){2,}")


@dataclass(frozen=True)
class Numbers:
    """A parsed column of numbers.

    Attributes
    ----------
    value : array of float, shape (n,)
        NaN for missing and unreadable values.
    problems : RowErrors
    notices : dict of str to int
        Notices for the user, each with the number of values that it concerns.
    """

    value: Any
    problems: RowErrors
    notices: dict[str, int]


def read_numbers(values: pd.Series, name: str, *, whole: bool = False, fractions: bool = False) -> Numbers:
    """Parse a column of numbers.

    Parameters
    ----------
    values : Series, shape (n,)
        Text, numbers or a mixture; digits of any script, spaces between thousands, decimal commas.
    name : str
        Column name used in messages.
    whole : bool, default False
        Whether the numbers are counts: then the comma in ``1,234`` separates thousands, and fractions are errors.
        Otherwise a single comma is the decimal separator.
    fractions : bool, default False
        Whether counts may be fractions, as where a total is shared among events.

    Returns
    -------
    Numbers
    """
    number = _plain(values)
    if number is None:
        number = pd.to_numeric(values, errors="coerce").to_numpy(dtype=float, na_value=np.nan, copy=True)
        # For some numbers, such as "+50E50", pandas returns a float next to the nearest one.
        cells = values.to_numpy(dtype=object)
        for row in np.flatnonzero(np.isfinite(number)).tolist():
            if isinstance(cells[row], str):
                with suppress(ValueError):
                    number[row] = float(cells[row])
    # Values that pandas cannot parse, and counts that are not integers, are parsed one by one.
    with np.errstate(invalid="ignore"):
        odd = np.flatnonzero(
            ~np.isfinite(number)
            | (whole & (((not fractions) & (number != np.floor(number))) | (np.abs(number) > _EXACT)))
        )
    codes, found = distinct(values.iloc[odd])
    commas = np.zeros(len(found), dtype=bool)
    results = np.full(len(found), np.nan)
    reasons = np.full(len(found), None, dtype=object)
    kind = "whole number" if whole and not fractions else "number"
    for position, value in enumerate(found):
        if not is_missing(value):
            try:
                results[position], commas[position] = _parse_number(str(value), whole, fractions)
            except ValueError:
                reasons[position] = f"{name} = {str(value)[:60]}: is not a {kind}"
    number[odd] = results[codes]
    comma = "thousands" if whole else "decimal"
    notices = {f"values of {name} read with a {comma} comma": int(commas[codes].sum())}
    problems = RowErrors.of(codes, reasons)
    return Numbers(number, RowErrors(odd[problems.rows], problems.reasons), notices)


def _plain(values: pd.Series) -> Any:
    """Convert a text column to floats if every cell is a plain number or empty; return None for any other column."""
    if not isinstance(values.dtype, pd.StringDtype) or values.dtype.storage != "pyarrow":
        return None
    cells = values.array.__arrow_array__()
    try:
        numbers = pc.cast(pc.if_else(pc.equal(cells, ""), None, cells), pa.float64())
    except pa.ArrowInvalid:
        return None
    # A copy, because Arrow's buffer is read-only and the caller fills in some values.
    return np.array(numbers.to_numpy(), dtype=float)


def _parse_number(text: str, whole: bool, fractions: bool) -> tuple[float, bool]:
    text = text.strip().translate(_SPACES).translate(_SIGNS)
    if whole and _THOUSANDS.fullmatch(text):
        return float(text.replace(",", "")), True
    if whole and _POINTS.fullmatch(text):
        return float(text.replace(".", "")), False
    comma = _DECIMAL_COMMA.fullmatch(text) is not None
    if comma:
        text = text.replace(",", ".")
    value = float(text)  # accepts the digits of every script
    if not np.isfinite(value) or (whole and (abs(value) > _EXACT or (value != np.floor(value) and not fractions))):
        raise ValueError(text)
    return value, comma and not whole
