"""Geocode a table of place names, of any length, from file to file."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geo.columns import distinct_rows
from geo.errors import DataError, MissingFileError, UsageError
from geo.gazetteer.index import covered_countries
from geo.gazetteer.resolve import Answers, is_covered, iso_days
from geo.model import Match
from geo.readers.encoding import detect_encoding
from geo.write import atomic_path

#: Rows read, answered and written at a time.
BATCH = 100_000
#: Columns that the output has more than the input; ``candidates`` are joined by this sign.
ADDED = ("admin1_code", "admin1_name", "level", "match", "match_score", "candidates")
JOIN = "|"
_QUESTION = ("place", "country", "within", "date")
_SEPARATORS = {".csv": ",", ".tsv": "\t", ".txt": "\t"}


@dataclass(slots=True)
class PlaceReport:
    """What became of the rows of a table.

    Attributes
    ----------
    rows, matched, ambiguous, unmatched : int
        ``rows`` is the sum of the others. ``unmatched`` counts what is not known and what denotes no single province.
    names : list of (name, country, match, count)
        The names that found no single province, the most frequent first; an empty name stands for cells without text.
    notes : list of str
        What the reader should know about how the file was read.
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
    progress: Callable[[int, int | None], None] | None = None,
) -> PlaceReport:
    """Add the province of each row's place to a table.

    Parameters
    ----------
    source, target : path
        Tables: ``.csv``, ``.tsv``, ``.txt`` (tab) or ``.parquet``. The source has a column ``place`` and, if it wants,
        ``country``, ``date`` and ``within``; the target gets all its columns, and `ADDED` after them.
    country, date : str, optional
        For rows that have none of their own.
    progress : callable, optional
        Called after each batch with the rows done so far and the rows in all (None where that is not known).

    Returns
    -------
    PlaceReport

    Raises
    ------
    MissingFileError
        If there is no such file.
    UsageError
        If a suffix is none of these, or both name one file.
    DataError
        If the table lacks ``place``, has a column that would be added, is damaged, or has a date that is none.
    OutputError
        If the target cannot be written; it is written whole or not at all.
    """
    source, target = Path(source), Path(target)
    for path in (source, target):
        if path.suffix.lower() not in (*_SEPARATORS, ".parquet"):
            raise UsageError(f"{path}: cannot tell the format; use .csv, .tsv, .txt or .parquet")
    if not source.is_file():
        raise MissingFileError(f"{source}: is a folder, no file" if source.is_dir() else f"{source}: no such file")
    if source.resolve() == target.resolve():
        raise UsageError(f"{target}: would replace the table that is read; choose another name")
    default = (iso_days([date])[0] if date else None, country)
    report, answers, missing = PlaceReport(), Answers(), Counter[tuple[str, str, str]]()
    batches, total = _batches(source, report)
    with atomic_path(target) as part, ExitStack() as stack:
        write = _writer(part, stack)
        for batch in batches:
            _check(batch, source)
            number, first = _ask(batch, answers, default, report.rows, source)
            write(batch.assign(**_columns(answers, number)))
            _count(report, missing, batch, first, number, answers, default)
            if progress is not None:
                progress(report.rows, total)
    report.notes += _not_covered(missing)
    report.names = [(*key, count) for key, count in sorted(missing.items(), key=lambda item: (-item[1], item[0]))]
    return report


def _not_covered(missing: "Counter[tuple[str, str, str]]") -> list[str]:
    """Return a note where rows ask for countries of which no names are known."""
    strange = Counter[str]()
    for (_, country, _), count in missing.items():
        if country and not is_covered(country):
            strange[country] += count
    if not strange:
        return []
    named = ", ".join(f"{country} ({count:,} rows)" for country, count in strange.most_common(5))
    more = f" and {len(strange) - 5:,} more" if len(strange) > 5 else ""
    return [f"no places are known in {named}{more}; the gazetteer covers {', '.join(covered_countries())}"]


def _batches(source: Path, report: PlaceReport) -> tuple[Iterator[pd.DataFrame], int | None]:
    """Return the table in pieces, with the number of its rows where the file tells it."""
    if source.suffix.lower() == ".parquet":
        try:
            file = pq.ParquetFile(source)
        except (pa.ArrowInvalid, OSError) as error:
            raise DataError(f"{source}: cannot be read as parquet: {error}") from error
        return (batch.to_pandas() for batch in file.iter_batches(BATCH)), file.metadata.num_rows
    encoding = detect_encoding(source)
    if encoding == "cp1252":
        report.notes.append(f"{source}: is not UTF-8; read as Windows-1252")
    separator = _separator(source, encoding)
    if separator != _SEPARATORS[source.suffix.lower()]:
        report.notes.append(f"{source}: read with columns parted by {separator!r}")
    return _text_batches(source, encoding, separator), None


def _separator(source: Path, encoding: str) -> str:
    """Return what parts the columns: what the suffix says, unless only with another sign there is a column place."""
    usual = _SEPARATORS[source.suffix.lower()]
    with source.open(encoding=encoding, errors="replace", newline=None) as file:
        header = file.readline()
    for sign in (usual, ",", ";", "\t", "|"):
        if "place" in (cell.strip().strip('"') for cell in header.lstrip("\ufeff").split(sign)):
            return sign
    return usual


def _text_batches(source: Path, encoding: str, separator: str) -> Iterator[pd.DataFrame]:
    try:
        with pd.read_csv(
            source,
            sep=separator,
            dtype=str,
            keep_default_na=False,
            skip_blank_lines=False,
            chunksize=BATCH,
            encoding=encoding,
        ) as reader:
            for batch in reader:
                if not isinstance(batch.index, pd.RangeIndex):
                    raise DataError(f"{source}: has more cells in a row than columns")
                yield batch.fillna("")
    except pd.errors.EmptyDataError as error:
        raise DataError(f"{source}: is empty; it needs a row of column names, one of them place") from error
    except (pd.errors.ParserError, UnicodeDecodeError) as error:
        raise DataError(f"{source}: is damaged: {' '.join(str(error).split())}") from error


def _check(batch: pd.DataFrame, source: Path) -> None:
    if "place" not in batch.columns:
        raise DataError(f"{source}: has no column place, only {', '.join(map(str, batch.columns))}")
    if taken := [name for name in ADDED if name in batch.columns]:
        raise DataError(f"{source}: has columns that would be added: {', '.join(taken)}; rename or remove them")


def _ask(
    batch: pd.DataFrame, answers: Answers, default: tuple[str | None, str | None], done: int, source: Path
) -> tuple[np.ndarray[Any, np.dtype[np.int64]], np.ndarray[Any, np.dtype[np.int64]]]:
    """Return the position of each row's answer, and the first row of each distinct question."""
    columns = [batch[name] if name in batch.columns else pd.Series("", index=batch.index) for name in _QUESTION]
    number, first = distinct_rows(columns)
    places, countries, withins, dates = (column.iloc[first].tolist() for column in columns)
    try:
        days = iso_days(dates)
    except DataError as error:
        raise DataError(f"{source}: {_bad_dates(dates, first + done)}") from error
    asked = [
        answers.ask(place, own or default[1], within, day or default[0])
        for place, own, within, day in zip(places, countries, withins, days, strict=True)
    ]
    return np.array(asked, dtype="int64")[number], first


def _bad_dates(dates: list[Any], rows: Iterable[int]) -> str:
    """Name the dates that are none, each with the first row below the header in which it stands."""
    faults: dict[str, int] = {}
    for date, row in sorted(zip(dates, rows, strict=True), key=lambda pair: pair[1]):
        try:
            iso_days([date])
        except DataError as error:
            faults.setdefault(str(error), row + 1)
    named = [f"row {row}: {fault}" for fault, row in list(faults.items())[:5]]
    return "; ".join([*named, f"and {len(faults) - 5} more such dates"] if len(faults) > 5 else named)


def _columns(answers: Answers, number: np.ndarray[Any, np.dtype[np.int64]]) -> dict[str, Any]:
    """Return the columns of `ADDED` for each row."""
    used, place = np.unique(number, return_inverse=True)
    rows = [answers.rows[i] for i in used]
    columns: dict[str, Any] = {
        name: pd.array([row[name] for row in rows], dtype="string").take(place)
        for name in ("admin1_code", "admin1_name", "level", "match")
    }
    columns["match_score"] = np.array([row["match_score"] for row in rows])[place]
    columns["candidates"] = pd.array([JOIN.join(row["candidates"]) for row in rows], dtype="string").take(place)
    return columns


def _count(
    report: PlaceReport,
    missing: "Counter[tuple[str, str, str]]",
    batch: pd.DataFrame,
    first: np.ndarray[Any, np.dtype[np.int64]],
    number: np.ndarray[Any, np.dtype[np.int64]],
    answers: Answers,
    default: tuple[str | None, str | None],
) -> None:
    """Add a batch to the report."""
    counts = dict(zip(*np.unique(number, return_counts=True), strict=True))
    places = batch["place"].iloc[first]
    countries = batch["country"].iloc[first] if "country" in batch.columns else pd.Series("", index=places.index)
    for position, place, own in zip(number[first], places, countries, strict=True):
        # Questions that differ only in what has no effect share one answer, and its rows are counted once.
        count, answer = int(counts.pop(position, 0)), answers.rows[position]
        report.rows += count
        if answer["admin1_code"]:
            report.matched += count
        elif count:
            name = place if isinstance(place, str) and place.strip() else ""
            missing[name, own if isinstance(own, str) and own else default[1] or "", str(answer["match"])] += count
            if answer["match"] == Match.AMBIGUOUS:
                report.ambiguous += count
            else:
                report.unmatched += count


def _writer(part: Path, stack: ExitStack) -> Callable[[pd.DataFrame], None]:
    """Return a function that appends a batch to the output."""
    if part.suffix.lower() == ".parquet":
        writer: pq.ParquetWriter | None = None

        def write_parquet(batch: pd.DataFrame) -> None:
            nonlocal writer
            table = pa.Table.from_pandas(batch, preserve_index=False, schema=writer.schema if writer else None)
            writer = writer or stack.enter_context(pq.ParquetWriter(part, table.schema))
            writer.write_table(table)

        return write_parquet
    file = stack.enter_context(part.open("w", encoding="utf-8", newline=""))
    separator = _SEPARATORS[part.suffix.lower()]

    def write_text(batch: pd.DataFrame) -> None:
        batch.to_csv(file, index=False, sep=separator, header=file.tell() == 0, lineterminator="\r\n")

    return write_text
