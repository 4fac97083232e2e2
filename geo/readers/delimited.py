"""Read delimited text (csv, tsv) as columns of text."""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv

from geo.errors import DataError
from geo.readers.blocks import BLOCK_ROWS, Block, Table, unique_names
from geo.readers.encoding import detect_encoding
from geo.readers.prefetch import prefetch

_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
#: Maximum row length in bytes; keeps a file without line ends from being read into memory whole.
MAX_ROW = 1 << 24
#: The header row must fit in this many characters at the start of the file.
_HEADER_CHARS = 1 << 16


def read_delimited(path: Path) -> Table:
    """Open a delimited text file; its encoding and separator are detected.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Table
        Columns of text. Rows with too many or too few cells are in ``damaged``.

    Raises
    ------
    DataError
        If the file is empty, is not text, or has a row longer than ``MAX_ROW``.
    """
    encoding = detect_encoding(path)
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        start = file.read(_HEADER_CHARS)
    if not start.strip():
        raise DataError(f"{path}: is empty; expected a table with a row of column names")
    separator = _separator(start)
    try:
        names = unique_names(next(csv.reader(io.StringIO(start.lstrip("\r\n")), delimiter=separator)))
    except csv.Error as error:
        raise DataError(f"{path}: no header row: {error}") from error
    notes = [f"{_SEPARATORS[separator]}-separated text, {encoding.upper()}"]
    if encoding == "cp1252":
        notes.append("not UTF-8, so read as Windows-1252; if letters look wrong, save the file as UTF-8 first")
    return Table(names, prefetch(_blocks(path, encoding, separator, names)), notes)


def _blocks(path: Path, encoding: str, separator: str, names: list[str]) -> Iterator[Block]:
    damaged: list[tuple[int, str, str]] = []
    try:
        yield from _group_batches(_open(path, encoding, separator, names, damaged), names, damaged)
    except (pa.ArrowException, UnicodeError) as error:
        if "block" in str(error):
            message = f"{path}: has a row longer than {MAX_ROW >> 20} MB; is a quote or a line end missing?"
            raise DataError(message) from error
        raise DataError(f"{path}: is not a table: {' '.join(str(error).split())[:200]}") from error


def _open(
    path: Path, encoding: str, separator: str, names: list[str], damaged: list[tuple[int, str, str]]
) -> pa.csv.CSVStreamingReader:
    """Open a file as a stream of batches; rows with a wrong number of cells are appended to ``damaged`` instead."""

    def skip(row: pa.csv.InvalidRow) -> str:
        reason = f"has {row.actual_columns} cells where there are {row.expected_columns} columns"
        damaged.append((row.number - 1, row.text, reason))
        return "skip"

    return pa.csv.open_csv(
        path,
        pa.csv.ReadOptions(
            use_threads=False, block_size=MAX_ROW, column_names=names, skip_rows_after_names=1, encoding=encoding
        ),
        pa.csv.ParseOptions(delimiter=separator, newlines_in_values=True, invalid_row_handler=skip),
        pa.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=False),
    )


def _group_batches(
    reader: Iterable[pa.RecordBatch], names: list[str], damaged: list[tuple[int, str, str]]
) -> Iterator[Block]:
    """Yield blocks of about ``BLOCK_ROWS`` rows, taking from ``damaged`` the entries that fall between them."""
    batches: list[pa.RecordBatch] = []
    rows_before = 0
    for batch in reader:
        batches.append(batch)
        del batch  # a second reference would keep it in memory while the block is processed
        if sum(map(len, batches)) >= BLOCK_ROWS:
            block = _block(batches, damaged, rows_before)
            rows_before += len(block.frame) + len(block.damaged)
            batches, damaged[:] = [], damaged[len(block.damaged) :]
            yield block
            del block
    yield _block(batches or [_no_rows(names)], damaged, rows_before, last=True)


def _block(
    batches: list[pa.RecordBatch], damaged: list[tuple[int, str, str]], rows_before: int, *, last: bool = False
) -> Block:
    """Join batches into a block; rows are numbered from ``rows_before`` + 1, skipping the numbers of damaged rows."""
    count = sum(map(len, batches))
    gaps = [row for row, _, _ in damaged]
    rows = np.setdiff1d(np.arange(rows_before + 1, rows_before + count + len(gaps) + 1), gaps)[:count]
    in_block = [entry for entry in damaged if last or not count or entry[0] < rows[-1]]
    mapper = {pa.large_string(): pd.StringDtype("pyarrow")}
    frame = pa.Table.from_batches(batches).to_pandas(types_mapper=mapper.get)
    frame.index = pd.Index(rows)
    return Block(frame, in_block)


def _no_rows(names: list[str]) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([pa.array([], pa.large_string()) for _ in names], names=names)


def _separator(start: str) -> str:
    """Return the separator that is most frequent outside quotes in the first line."""
    line = start.lstrip("\r\n").splitlines()[0]
    outside = "".join(part for number, part in enumerate(line.split('"')) if number % 2 == 0)
    return max(_SEPARATORS, key=outside.count)
