"""The intermediate form that a format reader fills: record columns, and the place as stated in the source."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from geo.cells import unguarded
from geo.columns import RowErrors, as_text, is_true, null_text
from geo.readers.dates import Dates, read_dates
from geo.readers.numbers import read_numbers


@dataclass
class Draft:
    """Unfinished records, from the n rows of a table.

    Attributes
    ----------
    frame : DataFrame, shape (n,)
        The columns of the source table.
    names : dict of str to str
        Column names of the table by their lower-case form, which readers use to look columns up.
    columns : dict of str to array, each of shape (n,)
        Columns of ``geo.model.COLUMNS``; ``geo_precision`` is the precision stated by the source.
    lon, lat : array of float, shape (n,)
        Degrees, WGS 84; NaN if missing.
    country, admin1 : Series of text, shape (n,)
        Country and province as written in the table.
    problem : array of str or None, shape (n,)
        Why a row is rejected; None if it is not.
    notices : Counter
        Notices for the user, each with the number of rows that it concerns.
    """

    frame: pd.DataFrame
    names: dict[str, str] = field(init=False)
    columns: dict[str, Any] = field(default_factory=dict)
    lon: Any = None
    lat: Any = None
    country: Any = None
    admin1: Any = None
    problem: Any = field(init=False)
    notices: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.frame = unguarded(self.frame)
        self.names = {name.lower(): name for name in reversed(self.frame.columns)}
        self.problem = np.full(len(self.frame), None, dtype=object)

    def has(self, name: str) -> bool:
        """Return whether the table has a column; case is ignored."""
        return name in self.names

    def raw(self, *names: str) -> pd.Series:
        """Return the first of these columns that exists, or nulls."""
        for name in names:
            if name in self.names:
                return self.frame[self.names[name]]
        return null_text(self.frame.index)

    def text(self, *names: str) -> pd.Series:
        """Return the first of these columns that exists, or nulls, as text."""
        return as_text(self.raw(*names))

    def dates(self, name: str, declared: str | None) -> Dates:
        """Parse a column of dates; rows whose date cannot be parsed are rejected."""
        dates = read_dates(self.raw(name), declared, self.names.get(name, name))
        self.reject(dates.problems)
        self.notices.update(dates.notices)
        return dates

    def numbers(self, *names: str, whole: bool = False) -> Any:
        """Parse a column of numbers, as float of shape (n,); rows whose number cannot be parsed are rejected."""
        name = next((name for name in names if name in self.names), names[0])
        numbers = read_numbers(self.raw(name), self.names.get(name, name), whole=whole)
        self.reject(numbers.problems)
        self.notices.update(numbers.notices)
        return numbers.value

    def reject(self, problems: RowErrors) -> None:
        """Reject rows for the given reasons; a row that is already rejected keeps its first reason."""
        for row, reason in zip(problems.rows.tolist(), problems.reasons, strict=True):
            self.problem[row] = self.problem[row] or reason

    def reject_where(self, where: Any, reason: str) -> None:
        """Reject the rows where a condition of shape (n,) is true; null counts as false."""
        rows = np.flatnonzero(is_true(where))
        self.reject(RowErrors(rows, [reason] * len(rows)))

    def put_points(self) -> None:
        """Read ``longitude`` and ``latitude``, unless they were set from the geometry of the file."""
        if self.lon is None:
            self.lon = self.numbers("longitude", "lon", "long", "x")
            self.lat = self.numbers("latitude", "lat", "y")


def counts(values: Any) -> Any:
    """Convert whole-number floats to ``Int64``, NaN to null."""
    return pd.array(values, dtype="Float64").astype("Int64") if len(values) else pd.array([], dtype="Int64")


def by_word(values: pd.Series, table: dict[str, Any]) -> pd.Series:
    """Map values to the words of a lookup table; null for values that are not in it."""
    return values.map({key: value for key, value in table.items() if value is not None}).astype("string")
