"""What the reader of an event format hands over: record columns, and the place as the format codes it."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from geo.columns import RowErrors, as_text, is_true, null_text
from geo.readers.dates import Dates, read_dates
from geo.readers.numbers import read_numbers


@dataclass
class Draft:
    """Records in the making, from the n rows of a table.

    Attributes
    ----------
    frame : DataFrame, shape (n,)
        The table's own columns.
    names : dict of str to str
        Own column names by their lower-case spelling, under which the readers look for them.
    columns : dict of str to array, each of shape (n,)
        Values of ``geo.model.COLUMNS``; ``geo_precision`` is what the source supports.
    lon, lat : array of float, shape (n,)
        Degrees, WGS 84; NaN where there is none.
    country, admin1 : Series of text, shape (n,)
        Country and province as the table spells them.
    problem : array of str or None, shape (n,)
        Why a row cannot become a record.
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
        self.names = {name.lower(): name for name in reversed(self.frame.columns)}
        self.problem = np.full(len(self.frame), None, dtype=object)

    def has(self, name: str) -> bool:
        """Return whether the table has a column, in any case."""
        return name in self.names

    def raw(self, *names: str) -> pd.Series:
        """Return the first of the columns that the table has, or nulls."""
        for name in names:
            if name in self.names:
                return self.frame[self.names[name]]
        return null_text(self.frame.index)

    def text(self, *names: str) -> pd.Series:
        """Return the first of the columns that the table has, as text."""
        return as_text(self.raw(*names))

    def dates(self, name: str, declared: str | None) -> Dates:
        """Return a column of dates; those that cannot be read are problems of their rows."""
        dates = read_dates(self.raw(name), declared, self.names.get(name, name))
        self.reject(dates.problems)
        self.notices.update(dates.notices)
        return dates

    def numbers(self, *names: str, whole: bool = False) -> Any:
        """Return a column of numbers, float of shape (n,); those that cannot be read are problems of their rows."""
        name = next((name for name in names if name in self.names), names[0])
        numbers = read_numbers(self.raw(name), self.names.get(name, name), whole=whole)
        self.reject(numbers.problems)
        self.notices.update(numbers.notices)
        return numbers.value

    def reject(self, problems: RowErrors) -> None:
        """Add reasons why rows cannot become records; a row keeps its first."""
        for row, reason in zip(problems.rows.tolist(), problems.reasons, strict=True):
            self.problem[row] = self.problem[row] or reason

    def reject_where(self, where: Any, reason: str) -> None:
        """Add one reason for the rows at which a condition of shape (n,) is true; null is false."""
        rows = np.flatnonzero(is_true(where))
        self.reject(RowErrors(rows, [reason] * len(rows)))

    def put_points(self) -> None:
        """Read ``longitude`` and ``latitude``, unless the file's geometry has given them."""
        if self.lon is None:
            self.lon = self.numbers("longitude", "lon", "long", "x")
            self.lat = self.numbers("latitude", "lat", "y")


def counts(values: Any) -> Any:
    """Return whole floats, NaN for null, as ``Int64``."""
    return pd.array(values, dtype="Float64").astype("Int64") if len(values) else pd.array([], dtype="Int64")


def by_word(values: pd.Series, table: dict[str, Any]) -> pd.Series:
    """Return what a table says about each value; null where it says nothing."""
    return values.map({key: value for key, value in table.items() if value is not None}).astype("string")
