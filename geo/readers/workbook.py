"""Excel workbooks -> columns of cells."""

import zipfile
from pathlib import Path
from typing import Any

import pandas as pd

from geo.errors import DataError
from geo.readers.table import Table, unique_names

#: Bytes a workbook may unpack to, and how many times its size; a zip bomb is refused before it is opened.
MAX_UNPACKED = 4 << 30
MAX_RATIO = 250


def read_workbook(path: Path) -> Table:
    """Read the first sheet of a workbook that holds a table.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Table
        Cells as openpyxl gives them: text, numbers, dates; formulas as their last value.

    Raises
    ------
    DataError
        If the file is no workbook, unpacks to more than is sensible, or is empty.
    """
    import openpyxl
    from tqdm import tqdm

    _refuse_bombs(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (KeyError, ValueError, TypeError, SyntaxError, zipfile.BadZipFile) as error:
        raise DataError(f"{path}: is not an Excel workbook (.xlsx): {str(error)[:120]}") from error
    try:
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
        if not sheets:
            raise DataError(f"{path}: has no sheet with a table")
        sheet = sheets[0]
        rows = sheet.iter_rows(values_only=True)
        header = next((row for row in rows if any(cell is not None for cell in row)), None)
        if header is None:
            raise DataError(f"{path}: sheet {sheet.title!r} is empty; expected a row of column names")
        width = max(number for number, cell in enumerate(header, 1) if cell is not None)
        names = unique_names(header[:width])
        good: list[tuple[Any, ...]] = []
        numbers: list[int] = []
        damaged: list[tuple[int, str, str]] = []
        progress = tqdm(rows, desc="read rows", unit=" rows", total=sheet.max_row, delay=1, leave=False)
        number = 0
        for row in progress:
            if all(cell is None for cell in row):
                continue
            number += 1
            if any(cell is not None for cell in row[width:]):
                text = " | ".join("" if cell is None else str(cell) for cell in row)
                damaged.append((number, text, f"has cells beyond the {width} columns"))
                continue
            good.append((*row[:width], *[None] * (width - len(row))))
            numbers.append(number)
    finally:
        book.close()
    notes = [f"sheet {sheet.title!r}"]
    if others := [other.title for other in sheets[1:]]:
        notes.append(f"not read: {len(others)} further sheets ({', '.join(others)[:100]})")
    columns = list(zip(*good, strict=True)) or [()] * width
    frame = pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in zip(names, columns, strict=True)})
    frame.index = pd.Index(numbers, dtype="int64")
    return Table(frame, damaged, notes)


def _refuse_bombs(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise DataError(
            f"{path}: is not an Excel workbook (.xlsx); an old .xls must be saved as .xlsx or csv"
        ) from error
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(path.stat().st_size, 1 << 20):
        raise DataError(
            f"{path}: would unpack from {path.stat().st_size >> 20} MB to {unpacked >> 20} MB; refused, save it as csv"
        )
