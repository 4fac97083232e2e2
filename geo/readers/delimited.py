"""csv, tsv and their relatives -> columns of text."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv

from geo.errors import DataError
from geo.readers.blocks import BLOCK_ROWS, Block, Table, unique_names
from geo.readers.encoding import detect_encoding
from geo.readers.prefetch import ahead

_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
#: Longest row, in bytes; a file without line ends is refused instead of being taken into memory.
MAX_ROW = 1 << 24
#: Characters from the start of a file in which its row of column names must end.
_LOOK = 1 << 16


def read_delimited(path: Path) -> Table:
    """Open a delimited text file; encoding and separator are recognised and noted.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Table
        Text columns. Rows with too many or too few cells are ``damaged``.

    Raises
    ------
    DataError
        If the file is empty, is no text, or has a row longer than ``MAX_ROW``.
    """
    encoding = detect_encoding(path)
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        start = file.read(_LOOK)
    if not start.strip():
        raise DataError(f"{path}: is empty; expected a table with a row of column names")
    separator = _separator(start)
    try:
        names = unique_names(next(csv.reader(io.StringIO(start.lstrip("\r\n")), delimiter=separator)))
    except csv.Error as error:
        raise DataError(f"{path}: its first row is no row of column names: {error}") from error
    notes = [f"{_SEPARATORS[separator]}-separated text, {encoding.upper()}"]
    if encoding == "cp1252":
        notes.append("not UTF-8, so read as Windows-1252; if letters look wrong, save the file as UTF-8 first")
    return Table(names, ahead(_blocks(path, encoding, separator, names)), notes)


def _blocks(path: Path, encoding: str, separator: str, names: list[str]) -> Iterator[Block]:
    waiting: list[tuple[int, str, str]] = []

    def keep_apart(row: pa.csv.InvalidRow) -> str:
        reason = f"has {row.actual_columns} cells where there are {row.expected_columns} columns"
        waiting.append((row.number - 1, row.text, reason))
        return "skip"

    batches: list[pa.RecordBatch] = []
    done = 0
    try:
        reader = pa.csv.open_csv(
            path,
            pa.csv.ReadOptions(
                use_threads=False, block_size=MAX_ROW, column_names=names, skip_rows_after_names=1, encoding=encoding
            ),
            pa.csv.ParseOptions(delimiter=separator, newlines_in_values=True, invalid_row_handler=keep_apart),
            pa.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=False),
        )
        for batch in reader:
            batches.append(batch)
            del batch
            if sum(map(len, batches)) >= BLOCK_ROWS:
                block = _block(batches, waiting, done)
                done += len(block.frame) + len(block.damaged)
                batches, waiting[:] = [], waiting[len(block.damaged) :]
                yield block
                del block
    except (pa.ArrowException, UnicodeError) as error:
        if "block" in str(error):
            message = f"{path}: has a row longer than {MAX_ROW >> 20} MB; is a quote or a line end missing?"
            raise DataError(message) from error
        raise DataError(f"{path}: is not a table: {' '.join(str(error).split())[:200]}") from error
    yield _block(batches or [_no_rows(names)], waiting, done, last=True)


def _block(
    batches: list[pa.RecordBatch], waiting: list[tuple[int, str, str]], done: int, *, last: bool = False
) -> Block:
    """Return batches as a block, their rows numbered after ``done`` with the waiting damaged rows between them."""
    count = sum(map(len, batches))
    gaps = [row for row, _, _ in waiting]
    rows = np.setdiff1d(np.arange(done + 1, done + count + len(gaps) + 1), gaps)[:count]
    damaged = [entry for entry in waiting if last or not count or entry[0] < rows[-1]]
    mapper = {pa.large_string(): pd.StringDtype("pyarrow")}
    frame = pa.Table.from_batches(batches).to_pandas(types_mapper=mapper.get)
    frame.index = pd.Index(rows)
    return Block(frame, damaged)


def _no_rows(names: list[str]) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([pa.array([], pa.large_string()) for _ in names], names=names)


def _separator(start: str) -> str:
    line = start.lstrip("\r\n").splitlines()[0]
    outside = "".join(part for number, part in enumerate(line.split('"')) if number % 2 == 0)
    return max(_SEPARATORS, key=outside.count)
