"""Vintages: the sets of provinces that were in force one after another."""

from bisect import bisect_left
from typing import Any

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from geo.columns import map_distinct
from geo.days import as_day
from geo.errors import DataError, UsageError


def vintage_ends(provinces: GeoDataFrame) -> list[str]:
    """Return the last day (ISO) of every vintage but today's, in order."""
    return sorted(set(provinces["valid_to"].dropna()))


def vintage_numbers(dates: pd.Series, ends: list[str]) -> NDArray[np.int64]:
    """Return the number of the vintage in force on each date, from 0; -1 where there is no date.

    Parameters
    ----------
    dates : Series of date or ISO text, shape (n,)
        A month or year means its last day.
    ends : list of str
        As `vintage_ends` returns it.

    Raises
    ------
    DataError
        If a date is not a date; every such value is named.
    """
    numbers: NDArray[np.int64] = map_distinct(dates, lambda values: _numbers(values, ends))
    return numbers


def _numbers(values: list[Any], ends: list[str]) -> NDArray[np.int64]:
    faults, numbers = [], []
    for value in values:
        try:
            numbers.append(-1 if pd.isna(value) else bisect_left(ends, as_day(value)))
        except UsageError as error:
            faults.append(str(error))
    if faults:
        raise DataError("; ".join(faults))
    return np.array(numbers, dtype="int64")
