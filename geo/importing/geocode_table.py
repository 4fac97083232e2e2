"""Geocode a table of place names in batches, from file to file."""

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.columns import distinct_rows
from geo.errors import DataError, UsageError
from geo.gazetteer.resolve import Answers, is_covered, iso_days
from geo.importing.batches import SUFFIXES, batch_writer, read_batches
from geo.model import Match
from geo.write import atomic_path

#: Rows per batch.
BATCH = 100_000
#: Columns that are added to the table, and the separator of ``candidates``.
ADDED = ("admin1_code", "admin1_name", "level", "match", "match_score", "candidates")
JOIN = "|"
_QUESTION = ("place", "country", "within", "date")


@dataclass(slots=True)
class PlaceReport:
    """How many rows of a table were geocoded to a province, and which names were not.

    Attributes
    ----------
    rows, matched, ambiguous, unmatched : int
        ``rows`` is the sum of the others. ``unmatched`` counts unknown names, and names that belong to no
        single province.
    names : list of (name, country, match, count)
        Names without a province, most frequent first; an empty name stands for empty cells.
    notes : list of str
        How the file was read, and which countries the gazetteer does not cover.
    """

    rows: int = 0
    matched: int = 0
    ambiguous: int = 0
    unmatched: int = 0
    names: list[tuple[str, str, str, int]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def geocode_table(
    source: str | Path,
    target: str | Path,
    *,
    country: str | None = None,
    date: str | None = None,
    min_score: float = 0.0,
    progress: Callable[[int, int | None], None] | None = None,
) -> PlaceReport:
    """Add the province of each row's place to a table.

    Parameters
    ----------
    source : path
        Table in any file type that ``geo import`` reads. It has a column ``place`` and may have ``country``, ``date``
        and ``within``.
    target : path
        Table: ``.csv``, ``.tsv``, ``.txt`` (tab) or ``.parquet``. It has all columns of the source, followed by
        `ADDED`.
    country, date : str, optional
        Defaults for rows without a value.
    min_score : float, default 0
        As in `geo.geocode_places`.
    progress : callable, optional
        Called after each batch with the number of rows processed and the total (None if unknown).

    Returns
    -------
    PlaceReport

    Raises
    ------
    MissingFileError
        If the source does not exist.
    UsageError
        If a suffix is not supported, or source and target are the same file.
    DataError
        If the source is no regular file, or the table lacks ``place``, already has one of the added columns, is
        damaged, or has an invalid date.
    OutputError
        If the target cannot be written; an existing target is then unchanged.
    """
    source, target = Path(source), Path(target)
    if target.suffix.lower() not in SUFFIXES:
        raise UsageError(f"{target}: is not a supported file type; use .csv, .tsv, .txt or .parquet")
    if _same_file(source, target):
        raise UsageError(f"{target}: is the source table; choose another name")
    geocoder = _TableGeocoder(source, country, iso_days([date])[0] if date else None, min_score)
    batches, total, geocoder.report.notes = read_batches(source, BATCH)
    with atomic_path(target) as part, ExitStack() as stack:
        write = batch_writer(part, stack)
        for batch in batches:
            write(geocoder.geocode(batch))
            if progress is not None:
                progress(geocoder.report.rows, total)
    return geocoder.finished_report()


class _TableGeocoder:
    """Geocodes a table batch by batch, and counts its matched and unmatched rows.

    Parameters
    ----------
    source : Path
        Path of the table, used in messages.
    country, day : str or None
        Defaults for rows without a value.
    min_score : float
    """

    def __init__(self, source: Path, country: str | None, day: str | None, min_score: float) -> None:
        self.report = PlaceReport()
        self._source, self._country, self._day = source, country, day
        self._answers = Answers(min_score=min_score)
        self._unplaced: Counter[tuple[str, str, str]] = Counter()

    def geocode(self, batch: pd.DataFrame) -> pd.DataFrame:
        """Return a batch with the columns `ADDED`."""
        self._check(batch)
        columns = [batch[name] if name in batch.columns else pd.Series("", index=batch.index) for name in _QUESTION]
        number, first = distinct_rows(columns)
        questions = pd.DataFrame(
            {name: _filled(column.iloc[first]) for name, column in zip(_QUESTION, columns, strict=True)}
        )
        answered = self._ask(questions, first)
        answer = answered[number]
        self._count(questions, answered, answer)
        return batch.assign(**_columns(self._answers, answer))

    def finished_report(self) -> PlaceReport:
        """Return the report; call it after the last batch."""
        self.report.notes += _not_covered(self._unplaced)
        ordered = sorted(self._unplaced.items(), key=lambda item: (-item[1], item[0]))
        self.report.names = [(*key, count) for key, count in ordered]
        return self.report

    def _check(self, batch: pd.DataFrame) -> None:
        if "place" not in batch.columns:
            raise DataError(f"{self._source}: has no column place, only {', '.join(map(str, batch.columns))}")
        if existing := [name for name in ADDED if name in batch.columns]:
            raise DataError(
                f"{self._source}: already has columns that geo adds: {', '.join(existing)}; rename or remove them"
            )

    def _ask(self, questions: pd.DataFrame, first: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the position of the answer to each question; ``first`` is the first row of each in the batch."""
        places, countries, withins, dates = (questions[name].tolist() for name in _QUESTION)
        try:
            days = iso_days(dates)
        except DataError as error:
            raise DataError(f"{self._source}: {_invalid_dates(dates, first + self.report.rows)}") from error
        asked = [
            self._answers.ask(place, country or self._country, within, day or self._day)
            for place, country, within, day in zip(places, countries, withins, days, strict=True)
        ]
        return np.array(asked, dtype="int64")

    def _count(self, questions: pd.DataFrame, answered: NDArray[np.int64], answer: NDArray[np.int64]) -> None:
        """Add a batch to the report, given the answer of each question and of each row."""
        counts = dict(zip(*np.unique(answer, return_counts=True), strict=True))
        for position, place, country in zip(answered, questions["place"], questions["country"], strict=True):
            # Several questions may share one answer, whose rows are counted only once.
            count, row = int(counts.pop(position, 0)), self._answers.rows[position]
            self.report.rows += count
            if row["admin1_code"]:
                self.report.matched += count
            elif count:
                self._unplaced[_as_name(place), _as_text(country) or self._country or "", str(row["match"])] += count
                if row["match"] == Match.AMBIGUOUS:
                    self.report.ambiguous += count
                else:
                    self.report.unmatched += count


def _filled(column: pd.Series) -> Any:
    """Return cells with "" for null."""
    return column.astype(object).where(column.notna(), "").to_numpy(dtype=object)


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _as_name(value: Any) -> str:
    """Return a place as text; "" if it is blank or not text."""
    return value if isinstance(value, str) and value.strip() else ""


def _not_covered(unplaced: "Counter[tuple[str, str, str]]") -> list[str]:
    """Return a note if some rows are in countries that the gazetteer does not cover."""
    uncovered = Counter[str]()
    for (_, country, _), count in unplaced.items():
        if country and not is_covered(country):
            uncovered[country] += count
    if not uncovered:
        return []
    named = ", ".join(f"{country} ({count:,} rows)" for country, count in uncovered.most_common(5))
    more = f" and {len(uncovered) - 5:,} more" if len(uncovered) > 5 else ""
    return [f"no places are known in {named}{more}; give a name or code of ISO 3166-1"]


def _invalid_dates(dates: list[Any], rows: Iterable[int]) -> str:
    """Describe the invalid dates, each with its first row, counted from 1 below the header."""
    errors: dict[str, int] = {}
    for date, row in sorted(zip(dates, rows, strict=True), key=lambda pair: pair[1]):
        try:
            iso_days([date])
        except DataError as error:
            errors.setdefault(str(error), row + 1)
    shown = [f"row {row}: {error}" for error, row in list(errors.items())[:5]]
    return "; ".join([*shown, f"and {len(errors) - 5} more invalid dates"] if len(errors) > 5 else shown)


def _columns(answers: Answers, answer: NDArray[np.int64]) -> dict[str, Any]:
    """Return the columns `ADDED`, given the position of the answer of each row."""
    used, place = np.unique(answer, return_inverse=True)
    rows = [answers.rows[i] for i in used]
    columns: dict[str, Any] = {
        name: pd.array([row[name] for row in rows], dtype="string").take(place)
        for name in ("admin1_code", "admin1_name", "level", "match")
    }
    columns["match_score"] = np.array([row["match_score"] for row in rows])[place]
    columns["candidates"] = pd.array([JOIN.join(row["candidates"]) for row in rows], dtype="string").take(place)
    return columns


def _same_file(source: Path, target: Path) -> bool:
    try:
        return source.resolve() == target.resolve()
    except (OSError, ValueError):  # a name that no file can have: reading or writing it says so
        return False
