"""How well the event types of ACLED, UCDP GED and GTD fit each other, from the table ``data/merge/event_types.csv``.

Each type has a profile: how far it covers each manner of violence (0-1). Two types fit as far as they cover one manner
in common: UCDP's "State-based conflict" covers fights and shelling, GTD's "Armed Assault" fights and attacks on
civilians.
"""

import csv
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from geo.gazetteer.normalize import fold
from geo.resources import data_path

#: From which fit on two types are of one kind, partly, or hardly so; below they are contrary.
FITS, PARTLY, HARDLY = 0.75, 0.45, 0.15


@cache
def _profiles() -> tuple[dict[str, int], Any, tuple[str, ...]]:
    """Return the number of each type by its folded name, the profiles, and the names."""
    with data_path("merge", "event_types.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    manners = [name for name in rows[0] if name not in ("vocabulary", "term")]
    numbers = {fold(row["term"]): number for number, row in enumerate(rows)}
    return numbers, np.array([[float(row[name]) for name in manners] for row in rows]), tuple(r["term"] for r in rows)


@cache
def fit_table() -> Any:
    """Return the fit of every type with every other, shape (m + 1, m + 1); NaN in the last row and column, for -1."""
    _, profiles, _ = _profiles()
    fit = np.full((len(profiles) + 1, len(profiles) + 1), np.nan)
    fit[:-1, :-1] = np.minimum(profiles[:, None, :], profiles[None, :, :]).max(axis=2)
    return fit


def type_name(code: int) -> str:
    """Return the name of a type by its number."""
    return _profiles()[2][code] if code >= 0 else "unknown"


def type_codes(sub_types: pd.Series, types: pd.Series) -> Any:
    """Return the number of each record's type: that of its sub-type, else of its type; -1 if neither is known.

    Parameters
    ----------
    sub_types, types : Series of text, shape (n,)

    Returns
    -------
    array of int32, shape (n,)
    """
    sub, general = _numbers(sub_types), _numbers(types)
    return np.where(sub >= 0, sub, general).astype(np.int32)


def _numbers(values: pd.Series) -> Any:
    known = _profiles()[0]
    codes, found = pd.factorize(values, use_na_sentinel=True)
    return np.array([*(known.get(fold(str(word)), -1) for word in found), -1], dtype=np.int32)[codes]
