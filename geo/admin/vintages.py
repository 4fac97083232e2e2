"""Vintages: the sets of provinces that were in force one after another."""

from bisect import bisect_left
from typing import Any

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from geo.columns import map_distinct
from geo.days import FIRST_DAY, as_day
from geo.errors import DataError, UsageError

_ISO = r"\d{4}-\d{2}-\d{2}"


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


def dates(texts: pd.Series) -> Any:
    """Return ISO dates as ``datetime64[D]``, shape (n,); NaT for null and for dates that do not exist."""
    return map_distinct(texts, _real_days)


def province_in_force(records: pd.DataFrame, provinces: GeoDataFrame) -> NDArray[np.intp]:
    """Return the position of each record's province in force on any of its days, -1 for none.

    Parameters
    ----------
    records : DataFrame, shape (n,)
        ``admin1_code``, ``date_start`` and ``date_end``, with the index 0 to n - 1.
    provinces : GeoDataFrame, shape (m,)

    Returns
    -------
    array of int, shape (n,)
        Of the provinces that were in force, the last; that of today for a record without dates.
    """
    start, end = dates(records["date_start"]), dates(records["date_end"])
    start, end = np.where(np.isnat(start), end, start), np.where(np.isnat(end), start, end)
    valid_from, valid_to = (
        dates(provinces["valid_from"].astype("string")),
        dates(provinces["valid_to"].astype("string")),
    )
    rows_of = records.groupby("admin1_code", sort=False).indices
    position = np.full(len(records), -1, dtype=np.intp)
    # Later vintages last, so that an undated record gets the province of today.
    begins = np.where(np.isnat(valid_from), np.datetime64(FIRST_DAY), valid_from)
    for row in np.argsort(begins, kind="stable").tolist():
        at = rows_of.get(provinces["admin1_code"].iloc[row])
        if at is not None:
            begun = np.isnat(valid_from[row]) | np.isnat(end[at]) | (end[at] >= valid_from[row])
            lasting = np.isnat(valid_to[row]) | np.isnat(start[at]) | (start[at] <= valid_to[row])
            position[at[begun & lasting]] = row
    return position


def _real_days(texts: list[Any]) -> Any:
    words = pd.Series(texts, dtype="string")
    real = pd.to_datetime(words.where(words.str.fullmatch(_ISO)), format="%Y-%m-%d", errors="coerce")
    return real.to_numpy().astype("datetime64[D]")
