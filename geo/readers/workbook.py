"""Read Excel workbooks."""

import zipfile
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd

from geo.errors import DataError
from geo.paths import reading
from geo.readers.blocks import BLOCK_ROWS, Block, Table, unique_names
from geo.readers.header import HASHTAGS_NOTE, are_hashtags

#: Maximum uncompressed size in bytes and maximum compression ratio; zip bombs are refused before they are opened.
MAX_UNPACKED = 4 << 30
MAX_RATIO = 250
#: Number of rows of a sheet.
MAX_ROWS = 1_048_576
_NO_WORKBOOK = "is not an Excel workbook (.xlsx), or is damaged"


def read_workbook(path: Path) -> Table:
    """Open the first visible sheet of a workbook.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Table
        Cells as openpyxl returns them: text, numbers and dates; for formulas their cached value.

    Raises
    ------
    DataError
        If the file is not a workbook, would decompress to more than the limits above, or is empty.
    """
    _refuse_bombs(path)
    with reading(path, _NO_WORKBOOK):
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
    if not sheets:
        raise DataError(f"{path}: has no sheet with a table")
    sheet = sheets[0]
    filled = _filled(path, sheet)
    header = next(filled, None)
    if header is None:
        raise DataError(f"{path}: sheet {sheet.title!r} is empty; expected a row of column names")
    names = unique_names(header[: max(number for number, cell in enumerate(header, 1) if cell is not None)])
    notes = [f"sheet {sheet.title!r}"]
    first = next(filled, None)
    if first is not None and are_hashtags(first):
        notes.append(HASHTAGS_NOTE)
    if others := [other.title for other in sheets[1:]]:
        notes.append(f"not read: {len(others)} more sheets ({', '.join(others)[:100]})")
    table = filled if first is None or are_hashtags(first) else chain([first], filled)
    return Table(names, _blocks(table, names), notes)


def _filled(path: Path, sheet: Any) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a sheet that are not empty; only now is the sheet parsed."""
    with reading(path, _NO_WORKBOOK):
        # Some programs state 16,384 columns where few are used, and each row would come as wide.
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
            if number > MAX_ROWS:  # openpyxl fills up to the number that a row states, whatever it is
                raise DataError(f"{path}: sheet {sheet.title!r}: has more rows than Excel's {MAX_ROWS:,}")
            if any(cell is not None for cell in row):
                yield row


def _blocks(rows: Iterable[tuple[Any, ...]], names: list[str]) -> Iterator[Block]:
    width = len(names)
    numbered_rows = enumerate(rows, 1)
    yield Block(pd.DataFrame(columns=names, index=pd.Index([], dtype="int64"), dtype=object))
    while numbered := list(islice(numbered_rows, BLOCK_ROWS)):
        damaged = [
            (number, " | ".join("" if cell is None else str(cell) for cell in row), f"has cells beyond {width} columns")
            for number, row in numbered
            if any(cell is not None for cell in row[width:])
        ]
        excluded = {number for number, _, _ in damaged}
        good = {
            number: (*row[:width], *[None] * (width - len(row))) for number, row in numbered if number not in excluded
        }
        columns = list(zip(*good.values(), strict=True)) or [()] * width
        cells = {name: pd.Series(column, dtype=object) for name, column in zip(names, columns, strict=True)}
        yield Block(pd.DataFrame(cells).set_axis(pd.Index(list(good), dtype="int64")), damaged)


def _refuse_bombs(path: Path) -> None:
    if not zipfile.is_zipfile(path):
        raise DataError(f"{path}: is not an Excel workbook (.xlsx); an old .xls must be saved as .xlsx or csv")
    with reading(path, _NO_WORKBOOK), zipfile.ZipFile(path) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(path.stat().st_size, 1 << 20):
        packed = path.stat().st_size
        raise DataError(
            f"{path}: would decompress from {packed >> 20} MB to {unpacked >> 20} MB; refused, save it as csv"
        )
