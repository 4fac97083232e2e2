"""Deaths and wounded as sources give them: shared, unknown, or at odds with their own bounds.

No event is set aside for its figure. What is mended or left empty is said in the note of the record, with the value of
the source, and counted.
"""

import re
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from geo.columns import as_text
from geo.importing.draft import Draft, counts, quoted

#: Codes for an unknown number.
UNKNOWN = (-9, -99, -999, -9999)
#: May be one thousand and more, or one and a fraction.
_OPEN = re.compile(r"\d{1,3}\.\d{3}")
#: A range of people, with both bounds or with one.
_RANGE = re.compile(
    r"(?P<first>\d{1,6})\s*(?:-|–|—|to)\s*(?P<last>\d{1,6})"
    r"|(?P<word>>=|>|<=|<|at least|more than|over|up to|at most|less than|fewer than|under)\s*(?P<one>\d{1,6})"
    r"|(?P<plus>\d{1,6})\s*\+"
)

_BELOW = ("<", "less than", "fewer than", "under", "<=", "up to", "at most")


def read_figure(draft: Draft, *names: str, shared: bool = True, without: Any = None) -> Any:
    """Read a count of people, as float of shape (n,): whole and not negative, or NaN.

    A fraction is a share of a total (GTD divides one among the events of an attack). Fractions are rounded so that
    their running total, in the order of the file, is right: no sum of rows that follow one another is off by one.

    Parameters
    ----------
    draft : Draft
    *names : str
        The first of these columns that exists is read.
    shared : bool, default True
        Whether the source shares totals. Otherwise ``1.183`` is left empty, as it may be 1183.
    without : array of bool, shape (n,), optional
        Rows whose value is a range, which `read_ranges` reads: NaN here.
    """
    values = draft.numbers(*names, whole=True, fractions=True, without=without)
    column, text = draft.name(*names), as_text(draft.raw(*names))
    unknown = np.isin(values, UNKNOWN)
    draft.notices[f"values of {column} are codes for unknown, such as -9 and -99; left empty"] += int(unknown.sum())
    values[unknown] = np.nan
    negative = np.flatnonzero(values < 0)
    _leave(draft, negative, text, f"values of {column} are negative; left empty", f"{column} {{}} is negative")
    values[negative] = np.nan
    parts = np.flatnonzero(values != np.floor(values))
    parts = parts[~np.isnan(values[parts])]
    if not shared and len(parts):
        is_open = np.array([_OPEN.fullmatch(value) is not None for value in text.iloc[parts].fillna("")], dtype=bool)
        _leave(
            draft, parts[is_open], text, f"values of {column} may have a point for thousands or for a fraction; left "
            "empty, write 1183 or 1.18", f"{column} {{}} may be thousands or a fraction",
        )  # fmt: skip
        values[parts[is_open]] = np.nan
        parts = parts[~is_open]
    if len(parts):
        # Half up, so that halves alternate: 0.5, 0.5 are 1 and 0.
        totals = np.floor(np.cumsum(values[parts]) + 0.5)
        whole = np.diff(totals, prepend=0.0)
        draft.remark(
            parts,
            [f"{column} {quoted(value)} rounded to {n:.0f}" for value, n in zip(text.iloc[parts], whole, strict=True)],
        )
        draft.notices[
            f"values of {column} are fractions (a total shared among events); rounded so that their sum stays"
        ] += len(parts)
        values[parts] = whole
    return values


def read_ranges(draft: Draft, *names: str) -> tuple[Any, Any]:
    """Read counts that are given as a range, as floats of shape (n,): the lower and upper bound, else NaN.

    ``3-5`` and ``3 to 5`` have both bounds; ``20+``, ``>=20`` and ``at least 20`` the lower; ``<=20`` and ``up to 20``
    the upper; ``more than 20`` begins at 21. None of them says a best estimate.

    Parameters
    ----------
    draft : Draft
    *names : str
        The first of these columns that exists is read.
    """
    text = as_text(draft.raw(*names)).fillna("")
    codes, found = pd.factorize(text)
    bounds = np.array([_range(value) for value in found], dtype=float).reshape(len(found), 2)[codes]
    ranges = int((~np.isnan(bounds)).any(axis=1).sum())
    draft.notices[f"values of {draft.name(*names)} are ranges (3-5, 20+); read as bounds, without a best figure"] += (
        ranges
    )
    return bounds[:, 0], bounds[:, 1]


def _range(value: str) -> tuple[float, float]:
    found = _RANGE.fullmatch(" ".join(value.split()).lower())
    if found is None:
        return np.nan, np.nan
    if found["last"] is not None:
        first, last = int(found["first"]), int(found["last"])
        return (first, last) if first <= last else (np.nan, np.nan)
    word, number = found["word"] or "", int(found["one"] or found["plus"])
    if word in _BELOW:
        return np.nan, max(number - (word not in ("<=", "up to", "at most")), 0)
    return number + (word in (">", "more than", "over")), np.nan


def put_figures(draft: Draft, what: str, low: Any = None, best: Any = None, high: Any = None) -> None:
    """Set the bounds and best estimate of a figure; bounds that are at odds with it or each other are widened.

    The best estimate stands, so that the sum of best estimates is the source's own. The lower bound becomes the least
    and the upper bound the greatest of the three.

    Parameters
    ----------
    draft : Draft
    what : str
        ``fatalities`` or ``injuries``.
    low, best, high : array of float, shape (n,), optional
        As `read_figure` returns them.
    """
    given = {"low": low, "best": best, "high": high}
    given = {end: values for end, values in given.items() if values is not None}
    if len(given) > 1:
        rows = _at_odds(*given.values())
        source = [", ".join(f"{end} {values[row]:.0f}" for end, values in given.items()) for row in rows]
        every = np.stack([values[rows] for values in given.values()])
        widest = {"low": np.fmin.reduce(every), "high": np.fmax.reduce(every)}
        for end in given.keys() & widest.keys():
            given[end][rows] = np.where(np.isnan(given[end][rows]), np.nan, widest[end])
        draft.remark(rows, [f"{what} at odds ({words}): bounds widened to hold all" for words in source])
        draft.notices[f"rows with {what} at odds (low, best, high); best kept, bounds widened to hold all"] += len(rows)
    draft.columns |= {f"{what}_{end}": counts(values) for end, values in given.items()}


def _at_odds(*ascending: Any) -> Any:
    """Return the rows at which arrays, each of shape (n,), are not in ascending order; NaN is in any order."""
    pairs = combinations(ascending, 2)
    return np.flatnonzero(np.any([lower > upper for lower, upper in pairs], axis=0))


def _leave(draft: Draft, rows: Any, text: pd.Series, notice: str, remark: str) -> None:
    draft.notices[notice] += len(rows)
    draft.remark(rows, [remark.format(quoted(value)) for value in text.iloc[rows]])
