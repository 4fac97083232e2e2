"""The intermediate form that a format reader fills: record columns, and the place as stated in the source."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from geo.cells import unguarded
from geo.columns import RowErrors, as_text, is_true, null_text
from geo.importing.date_orders import DateOrders
from geo.importing.known_columns import Layout
from geo.importing.other_rows import cleared, other_rows
from geo.readers.dates import Dates, read_dates
from geo.readers.numbers import read_numbers
from geo.readers.whole import lost_digits, whole_text

#: Most characters of a value that a note quotes.
_QUOTED = 60


@dataclass
class Draft:
    """Unfinished records, from the n rows of a table.

    Attributes
    ----------
    frame : DataFrame, shape (n,)
        The columns of the source table. Rows that are no rows of data are set aside, and their text is removed.
    orders : DateOrders, optional
        Order of day and month in the columns of the whole table; by default that of this frame alone.
    number : int, default 1
        Number of the table in an import of several, for ids made of row numbers.
    names : dict of str to str
        Column names of the table by their lower-case form, which readers use to look columns up.
    columns : dict of str to array, each of shape (n,)
        Columns of ``geo.model.COLUMNS``; ``geo_precision`` is the precision stated by the source.
    lon, lat : array of float, shape (n,)
        Degrees, WGS 84; NaN if missing.
    country, admin1 : Series of text, shape (n,)
        Country and province as written in the table.
    problem : array of str or None, shape (n,)
        Why a row is set aside; None if it is not.
    remarks : array of str or None, shape (n,)
        What was mended in a row or could not be read, for the note of its record.
    notices : Counter
        Notices for the user, each with the number of rows that it concerns.
    """

    frame: pd.DataFrame
    orders: DateOrders | None = None
    number: int = 1
    names: dict[str, str] = field(init=False)
    columns: dict[str, Any] = field(default_factory=dict)
    lon: Any = None
    lat: Any = None
    country: Any = None
    admin1: Any = None
    problem: Any = field(init=False)
    remarks: Any = field(init=False)
    notices: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.frame = unguarded(self.frame)
        self.names = {name.lower(): name for name in reversed(self.frame.columns)}
        self.problem = other_rows(self.frame)
        self.frame = cleared(self.frame, ~self.is_open())
        self.remarks = np.full(len(self.frame), None, dtype=object)

    def use(self, layout: Layout) -> None:
        """Look columns up by the names of a format too, and say what its missing columns cost."""
        self.names |= layout.named(self.frame.columns)
        for name, cost in layout.costs.items():
            if name not in self.names:
                self.notices[f"rows without a column {name}: {cost}"] += len(self.frame)

    def has(self, name: str) -> bool:
        """Return whether the table has a column; case is ignored."""
        return name in self.names

    def name(self, *names: str) -> str:
        """Return the table's own name of the first of these columns that exists."""
        return next((self.names[name] for name in names if name in self.names), names[0])

    def raw(self, *names: str) -> pd.Series:
        """Return the first of these columns that exists, or nulls."""
        for name in names:
            if name in self.names:
                return self.frame[self.names[name]]
        return null_text(self.frame.index)

    def text(self, *names: str) -> pd.Series:
        """Return the first of these columns that exists, or nulls, as text."""
        return as_text(self.raw(*names))

    def codes(self, *names: str) -> pd.Series:
        """Return a column of codes as text; whole numbers in any spelling ("3.0", " 3", "3E+00") are "3"."""
        return whole_text(self.text(*names))

    def ids(self, prefix: str, *names: str) -> pd.Series:
        """Return ids of records: a prefix and the id of the row, or its number where it has none of its own.

        A spreadsheet writes long numbers as 2.01701E+11, and many rows then have the same one.
        """
        raw = self.raw(*names)
        lost = lost_digits(raw)
        words = self.codes(*names).mask(lost)
        if lost.any():
            words_lost = f"values of {self.name(*names)} have lost digits (2.01701E+11); ids made from the row number"
            self.notices[words_lost] += int(lost.sum())
        missing = is_true(words.isna()) & ~lost & self.is_open()
        if missing.any() and any(name in self.names for name in names):
            self.notices[f"rows without {self.name(*names)}: ids made from the row number"] += int(missing.sum())
        return prefix + words.fillna(self.row_ids())

    def is_open(self) -> Any:
        """Return which rows are not set aside, shape (n,)."""
        return self.problem == None  # noqa: E711 (by element)

    def row_ids(self) -> pd.Series:
        """Return an id for each row, made from its number in the file."""
        table = f"{self.number}-" if self.number > 1 else ""
        return pd.Series([f"{table}row-{row:06}" for row in self.frame.index], index=self.frame.index, dtype="string")

    def coded(self, name: str, values: pd.Series, table: dict[str, Any], fallback: str) -> pd.Series:
        """Map codes to words; other values get the fallback, which is said, and those that are not null a remark."""
        unknown = ~is_true(values.isin(list(table))) & self.is_open()
        words = by_word(values, table).mask(unknown, fallback)
        if self.has(name) and unknown.any():
            column = self.name(name)
            self.notices[f"rows without a known {column}; read as {fallback}"] += int(unknown.sum())
            odd = np.flatnonzero(unknown & is_true(values.notna()))
            self.remark(odd, [f"{column} {quoted(value)} is not a known code" for value in values.iloc[odd]])
        return words

    def dates(self, name: str, declared: str | None) -> Dates:
        """Parse a column of dates.

        Rows whose day and month cannot be told apart are set aside, to ask for their order. Other values that cannot
        be read leave the year that they name, if any, and a remark.
        """
        column = self.names.get(name, name)
        dates = read_dates(self.raw(name), declared, column)
        if declared is None and dates.ambiguous.any():
            order = (self.orders or DateOrders.of_frame(self.frame)).order(column)
            if order.order is not None:
                self.notices[f"values of {column} {order.why}"] += int(dates.ambiguous.sum())
                dates = read_dates(self.raw(name), order.order, column)
        asked = dates.ambiguous[dates.problems.rows]
        self.reject(RowErrors(dates.problems.rows[asked], dates.problems.reasons[asked]))
        self.leave(
            RowErrors(dates.problems.rows[~asked], dates.problems.reasons[~asked]),
            f"values of {column} are not dates; they leave the year that they name, or none (see --date-format)",
        )
        self.notices.update(dates.notices)
        doubtful = np.flatnonzero(dates.doubtful)
        self.remark(doubtful, [f"{column} {value} is marked as uncertain" for value in self.text(name).iloc[doubtful]])
        self.notices[f"values of {column} are marked as uncertain or approximate; kept, with a note"] += len(doubtful)
        return dates

    def numbers(
        self,
        *names: str,
        whole: bool = False,
        fractions: bool = False,
        words: Mapping[str, int] | None = None,
        without: Any = None,
    ) -> Any:
        """Parse a column of numbers, as float of shape (n,); what is not a number is NaN, with a remark.

        Parameters
        ----------
        *names : str
            The first of these columns that exists is read.
        whole, fractions : bool
            As `geo.readers.numbers.read_numbers` takes them.
        words : mapping of str to int, optional
            Numbers by their words, in small letters.
        without : array of bool, shape (n,), optional
            Rows whose value is read elsewhere: NaN here, without a remark.
        """
        column, values = self.name(*names), self.raw(*names)
        values = values if without is None or not without.any() else values.mask(without)
        if words is not None:
            spelled = self.text(*names).str.lower().map(words)
            values = values.astype(object).mask(spelled.notna(), spelled) if spelled.notna().any() else values
        numbers = read_numbers(values, column, whole=whole, fractions=fractions)
        self.leave(numbers.problems, f"values of {column} are not numbers; left empty")
        self.notices.update(numbers.notices)
        return numbers.value

    def leave(self, problems: RowErrors, notice: str) -> None:
        """Keep rows with a value that cannot be read: a remark has the value, and a notice counts them."""
        self.remark(problems.rows, problems.reasons)
        self.notices[notice] += len(problems.rows)

    def remark(self, rows: Any, texts: Iterable[str]) -> None:
        """Add a text to the remarks of each of these rows."""
        for row, text in zip(np.asarray(rows).tolist(), texts, strict=True):
            earlier = self.remarks[row]
            self.remarks[row] = text if earlier is None else f"{earlier}; {text}"

    def reject(self, problems: RowErrors) -> None:
        """Set rows aside for the given reasons; a row that already is keeps its first reason."""
        for row, reason in zip(problems.rows.tolist(), problems.reasons, strict=True):
            self.problem[row] = self.problem[row] or reason

    def reject_where(self, where: Any, reason: str) -> None:
        """Set aside the rows where a condition of shape (n,) is true; null counts as false."""
        rows = np.flatnonzero(is_true(where))
        self.reject(RowErrors(rows, [reason] * len(rows)))

    def put_points(self) -> None:
        """Read ``longitude`` and ``latitude``, unless they were set from the geometry of the file."""
        if self.lon is None:
            self.lon = self.numbers("longitude", "lon", "long", "lng", "x")
            self.lat = self.numbers("latitude", "lat", "y")


def counts(values: Any) -> Any:
    """Convert whole-number floats to ``Int64``, NaN to null."""
    return pd.array(values, dtype="Float64").astype("Int64") if len(values) else pd.array([], dtype="Int64")


def by_word(values: pd.Series, table: dict[str, Any]) -> pd.Series:
    """Map values to the words of a lookup table; null for values that are not in it."""
    return values.map({key: value for key, value in table.items() if value is not None}).astype("string")


def quoted(value: Any) -> str:
    """Return a value as a note quotes it."""
    return str(value)[:_QUOTED]
