"""Read delimited text (csv, tsv) as columns of text."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv

from geo.errors import DataError, GeoError
from geo.readers.blocks import BLOCK_ROWS, Block, Table
from geo.readers.encoding import Encoding, examine, open_utf8
from geo.readers.header import Layout, read_layout
from geo.readers.prefetch import prefetch

#: Maximum row length in bytes; keeps a file without line ends from being read into memory whole.
MAX_ROW = 1 << 24
_LINE_END = re.compile(r"\r\n|\r|\n")
_TAIL_BYTES = 1 << 10
#: The header row must fit in this many bytes at the start of the file.
_HEADER_BYTES = 1 << 18


def read_delimited(path: Path) -> Table:
    """Open a delimited text file; its encoding and separator are detected.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Table
        Columns of text. Rows with too many or too few cells are in ``damaged``, but empty cells beyond the header are
        left out. Bytes that cannot be decoded are U+FFFD.

    Raises
    ------
    DataError
        If the file is empty, is not text, or has a row longer than ``MAX_ROW``.
    """
    encoding = examine(path)
    with open_utf8(path, encoding) as file:
        start = file.read(_HEADER_BYTES)
        whole = not file.read(1)
    text = start.decode("utf-8-sig", "ignore")
    if not text.strip():
        raise DataError(f"{path}: is empty; expected a table with a row of column names")
    try:
        layout = read_layout(text, whole=whole, usual="," if path.suffix.lower() == ".csv" else "\t")
    except (csv.Error, StopIteration) as error:
        raise DataError(f"{path}: no header row: {error}") from error
    first, *others = layout.notes
    notes = [f"{first}, {encoding.name.upper()}", *encoding.notes, *others]
    return Table(layout.names, prefetch(_blocks(path, encoding, layout)), notes)


@dataclass(frozen=True)
class _Odd:
    """A row whose number of cells is not that of the others; ``cells`` is None if they do not fit the columns."""

    row: int
    text: str
    reason: str
    cells: list[str] | None


def _blocks(path: Path, encoding: Encoding, layout: Layout) -> Iterator[Block]:
    odd: list[_Odd] = []
    tail = _tail(path, encoding)
    try:
        if encoding.clean:
            yield from _group_batches(_open(path, layout, odd), layout, odd, tail)
        else:
            with open_utf8(path, encoding) as file:
                yield from _group_batches(_open(file, layout, odd), layout, odd, tail)
    except (GeoError, MemoryError):
        raise
    except Exception as error:  # Arrow's, those of codecs, and what conversion to pandas raises
        if "block" in str(error):
            message = f"{path}: has a row longer than {MAX_ROW >> 20} MB; is a quote or a line end missing?"
            raise DataError(message) from error
        raise DataError(f"{path}: is not a table: {' '.join(str(error).split())[:200]}") from error


def _open(source: Any, layout: Layout, odd: list[_Odd]) -> pa.csv.CSVStreamingReader:
    """Open a file as a stream of batches; rows with another number of cells are appended to ``odd`` instead."""
    added = 0

    def skip(row: pa.csv.InvalidRow) -> str:
        nonlocal added
        found = _odd_rows(row.number - layout.head + added, row.text, row.actual_columns, layout)
        added += len(found) - 1
        odd.extend(found)
        return "skip"

    return pa.csv.open_csv(
        source,
        pa.csv.ReadOptions(
            use_threads=False, block_size=MAX_ROW, column_names=layout.stored, skip_rows_after_names=layout.head
        ),
        pa.csv.ParseOptions(
            delimiter=layout.separator,
            newlines_in_values=True,
            invalid_row_handler=skip,
            # In a table of one column an empty line is a row.
            ignore_empty_lines=len(layout.stored) > 1,
        ),
        pa.csv.ConvertOptions(column_types=dict.fromkeys(layout.stored, pa.large_string()), strings_can_be_null=False),
    )


def _odd_rows(number: int, text: str, count: int, layout: Layout) -> list[_Odd]:
    """Return a row with another number of cells; several rows if it has them because a quote is not closed."""
    width = len(layout.names)
    one = _Odd(number, text, f"has {count} cells where there are {width} columns", layout.cells_of(text))
    lines = [line for line in _LINE_END.split(text) if line]
    if one.cells is not None or len(lines) < 2:
        return [one]
    # A line with one quote begins or ends a text of several lines; if those between are rows, it is none.
    cells = [None if line.count('"') % 2 else layout.cells_of(line) for line in lines]
    closed = [found for line, found in zip(lines, cells, strict=True) if line.count('"') % 2 == 0]
    if not closed or None in closed:
        return [one]
    reason = f"has not {width} cells; is a quote missing?"
    return [
        _Odd(number + more, line, reason, found) for more, (line, found) in enumerate(zip(lines, cells, strict=True))
    ]


def _group_batches(reader: Iterable[pa.RecordBatch], layout: Layout, odd: list[_Odd], tail: str) -> Iterator[Block]:
    """Yield blocks of about ``BLOCK_ROWS`` rows, taking from ``odd`` the entries that fall between them.

    ``tail`` is the end of the text.
    """
    batches: list[pa.RecordBatch] = []
    rows_before = 0
    for batch in reader:
        batches.append(batch)
        del batch  # a second reference would keep it in memory while the block is processed
        if sum(map(len, batches)) >= BLOCK_ROWS:
            block, used = _block(batches, layout, odd, rows_before)
            rows_before += len(block.frame) + len(block.damaged)
            batches, odd[:] = [], odd[used:]
            yield block
            del block
    block, _ = _block(batches or [_no_rows(layout.stored)], layout, odd, rows_before, last=True)
    yield _without_open_quote(block, layout, tail)


def _block(
    batches: list[pa.RecordBatch], layout: Layout, odd: list[_Odd], rows_before: int, *, last: bool = False
) -> tuple[Block, int]:
    """Join batches into a block; return it and how many entries of ``odd`` are in it.

    Rows are numbered from ``rows_before`` + 1, skipping the numbers of odd rows.
    """
    count = sum(map(len, batches))
    gaps = [one.row for one in odd]
    rows = np.setdiff1d(np.arange(rows_before + 1, rows_before + count + len(gaps) + 1), gaps)[:count]
    in_block = [one for one in odd if last or not count or one.row < rows[-1]]
    damaged = [(one.row, one.text, one.reason) for one in in_block if one.cells is None]
    mapper = {pa.large_string(): pd.StringDtype("pyarrow")}
    frame = pa.Table.from_batches(batches).to_pandas(types_mapper=mapper.get)
    frame.index = pd.Index(rows)
    if len(layout.stored) > len(layout.names):
        frame, wide = _without_surplus(frame, layout)
        damaged = sorted([*damaged, *wide])
    if fitted := {one.row: one.cells for one in in_block if one.cells is not None}:
        more = pd.DataFrame(list(fitted.values()), index=list(fitted), columns=layout.names, dtype="string[pyarrow]")
        frame = pd.concat([frame, more]).sort_index()
    return Block(frame, damaged), len(in_block)


def _without_surplus(frame: pd.DataFrame, layout: Layout) -> tuple[pd.DataFrame, list[tuple[int, str, str]]]:
    """Leave out the cells beyond the header; return the frame, and as damaged the rows where they are not empty."""
    width = len(layout.names)
    filled = (frame.iloc[:, width:] != "").to_numpy(dtype=bool).any(axis=1)
    reason = f"has {len(layout.stored)} cells where there are {width} columns"
    damaged = [(int(row), layout.separator.join(cells), reason) for row, *cells in frame[filled].itertuples(name=None)]
    return frame.iloc[np.flatnonzero(~filled), :width], damaged


def _tail(path: Path, encoding: Encoding) -> str:
    """Return the last letters of a text."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL_BYTES))
        name = encoding.name if encoding.name in ("utf-16-le", "utf-16-be", "cp1252") else "utf-8"
        # The end of a file has no mark; zeros are left over from encodings of several bytes a letter.
        return file.read().decode(name, "replace").replace("\0", "")


def _without_open_quote(block: Block, layout: Layout, tail: str) -> Block:
    """Move the last row of a text to the damaged ones if it ends inside quotes."""
    if len(block.frame) and not tail.rstrip("\r\n" + layout.separator).endswith('"'):
        number, last = int(block.frame.index[-1]), block.frame.iloc[-1].tolist()
        if any(cell.endswith(("\n", "\r")) for cell in last):
            entry = (number, layout.separator.join(last), "has a quote that is not closed")
            return Block(block.frame.iloc[:-1], sorted([*block.damaged, entry]))
    return block


def _no_rows(names: list[str]) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([pa.array([], pa.large_string()) for _ in names], names=names)
