"""csv, tsv and their relatives -> columns of text."""

import csv
import io
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.csv

from geo.errors import DataError
from geo.readers.encoding import detect_encoding
from geo.readers.table import Table, unique_names

_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
#: Longest row, in bytes; a file without line ends is refused instead of being taken into memory.
MAX_ROW = 1 << 24
#: Separators that may stand in the first rows beside the one that divides them.
_LOOK = 1 << 16


def read_delimited(path: Path) -> Table:
    """Read a delimited text file; encoding and separator are recognised and noted.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Table
        Text columns. Rows with too many or too few cells are in ``damaged``.

    Raises
    ------
    DataError
        If the file is empty, is no text, or has a row longer than ``MAX_ROW``.
    """
    encoding = detect_encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        start = file.read(_LOOK)
    if not start.strip():
        raise DataError(f"{path}: is empty; expected a table with a row of column names")
    separator = _separator(start)
    header = next(csv.reader(io.StringIO(start), delimiter=separator))
    names = unique_names(header)
    damaged: list[tuple[int, str, str]] = []

    def keep_apart(row: pa.csv.InvalidRow) -> str:
        reason = f"has {row.actual_columns} cells where there are {row.expected_columns} columns"
        damaged.append((row.number - 1, row.text, reason))
        return "skip"

    try:
        arrow = pa.csv.read_csv(
            path,
            # Row numbers of damaged rows are known on one thread only.
            pa.csv.ReadOptions(
                use_threads=False, block_size=MAX_ROW, column_names=names, skip_rows_after_names=1, encoding=encoding
            ),
            pa.csv.ParseOptions(delimiter=separator, newlines_in_values=True, invalid_row_handler=keep_apart),
            pa.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
        )
    except pa.ArrowInvalid as error:
        if "block" in str(error):
            raise DataError(
                f"{path}: has a row longer than {MAX_ROW >> 20} MB; is a quote or a line end missing?"
            ) from error
        raise DataError(f"{path}: is not a table: {' '.join(str(error).split())[:200]}") from error
    notes = [f"{_SEPARATORS[separator]}-separated text, {encoding.upper()}"]
    if encoding == "cp1252":
        notes.append("not UTF-8, so read as Windows-1252; if letters look wrong, save the file as UTF-8 first")
    frame = arrow.to_pandas(types_mapper={pa.string(): pd.StringDtype("pyarrow")}.get, self_destruct=True)
    return Table(_numbered(frame, [row for row, _, _ in damaged]), damaged, notes)


def _separator(start: str) -> str:
    line = start.splitlines()[0]
    outside = "".join(part for number, part in enumerate(line.split('"')) if number % 2 == 0)
    return max(_SEPARATORS, key=outside.count)


def _numbered(frame: pd.DataFrame, damaged: list[int]) -> pd.DataFrame:
    rows = pd.RangeIndex(1, len(frame) + len(damaged) + 1)
    frame.index = rows.drop(damaged) if damaged else rows
    return frame
