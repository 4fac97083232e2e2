"""Work out the layout of delimited text from its start: separator, column names, and cells beyond them."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from geo.readers.blocks import unique_names

_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
_BLANK_LINES = re.compile(r"\A(?:[ \t]*(?:\r\n|\r|\n))+")
_HASHTAG = re.compile(r"\s*#[a-z]\w*", re.IGNORECASE)
HASHTAGS_NOTE = "row of HXL hashtags left out"
#: Rows whose number of cells is compared with the header's.
_SAMPLE = 500


@dataclass(frozen=True)
class Layout:
    """The layout of a delimited text file.

    Attributes
    ----------
    separator : str
    names : list of str
        Unique names of the columns.
    stored : list of str
        Names of the cells of most rows: ``names``, and one for each empty cell that these rows have beyond them.
    head : int
        Rows of the text before the first of the table: the header, and blank ones, a declared separator or hashtags.
    notes : list of str
    """

    separator: str
    names: list[str]
    stored: list[str]
    head: int = 1
    notes: list[str] = field(default_factory=list)

    def cells_of(self, text: str) -> list[str] | None:
        """Return the cells of a row without empty cells beyond the header; None if it has too few or too many."""
        try:
            cells = next(csv.reader(io.StringIO(text, newline=""), delimiter=self.separator), [])
        except csv.Error:
            return None
        width = len(self.names)
        return cells[:width] if len(cells) >= width and not any(cells[width:]) else None


def read_layout(start: str, *, whole: bool, usual: str = ",") -> Layout:
    """Return the layout of a delimited text.

    Parameters
    ----------
    start : str
        The beginning of the text, at least its first line.
    whole : bool
        Whether that is all of it; otherwise its last row may be incomplete.
    usual : str, default ","
        The separator, unless another one is more frequent in the header.

    Raises
    ------
    csv.Error
        If there is no header row.
    """
    first = io.StringIO(_BLANK_LINES.sub("", start), newline=None).readline().rstrip("\n")
    declared = first[4:] if first.lower().startswith("sep=") and first[4:] in _SEPARATORS else ""
    separator = declared or _separator(first, usual)
    rows = enumerate(csv.reader(io.StringIO(start, newline=""), delimiter=separator), 1)
    filled = (row for row in rows if any(cell.strip() for cell in row[1]))
    if declared:
        next(filled)
    head, header = next(filled)
    notes = [f"{_SEPARATORS[separator]}-separated text"]
    sample = _sample((row for _, row in rows), whole)
    if sample and are_hashtags(sample[0]):
        # Blank lines between the two are not expected: this format is written by programs.
        head, sample = head + 1, sample[1:]
        notes.append(HASHTAGS_NOTE)
    names, stored = _columns(header, sample, notes)
    return Layout(separator, names, stored, head, notes)


def are_hashtags(row: Iterable[Any]) -> bool:
    """Return whether a row below the header describes the columns by HXL hashtags."""
    words = [cell for cell in row if cell not in (None, "")]
    return bool(words) and all(isinstance(word, str) and _HASHTAG.match(word) for word in words)


def _sample(reader: Iterator[list[str]], whole: bool) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        rows.extend(row for row in islice(reader, _SAMPLE) if row)
    except csv.Error:
        return rows
    return rows if whole or len(rows) == _SAMPLE else rows[:-1]


def _columns(header: list[str], rows: list[list[str]], notes: list[str]) -> tuple[list[str], list[str]]:
    """Return the names of the columns, and of the cells of most rows."""
    width = len(header)
    usual = Counter(map(len, rows)).most_common(1)[0][0] if rows else width
    named = (
        len(header) if header[-1].strip() else max((n for n, cell in enumerate(header, 1) if cell.strip()), default=0)
    )
    if named <= usual < width:
        notes.append(f"the header ends with {_cells(width - usual)} more than the rows; left out")
        names = unique_names(header[:usual])
        return names, names
    if usual <= width:
        names = unique_names(header)
        return names, names
    odd = [row for row in rows if len(row) == usual]
    if not any(cell for row in odd for cell in row[width:]):
        notes.append(f"rows end with {_cells(usual - width)} more than the header; left out")
        names = unique_names(header)
        return names, unique_names([*names, *[""] * (usual - width)])
    if usual == width + 1 and len(odd) == len(rows) and _are_distinct([row[0] for row in rows]):
        notes.append(
            "rows have one cell more than the header; the first is taken as the name of the row, as R writes it"
        )
        names = unique_names(["row_name", *header])
        return names, names
    names = unique_names(header)
    return names, names


def _are_distinct(words: Sequence[str]) -> bool:
    return len(words) > 1 and "" not in words and len(set(words)) == len(words)


def _cells(count: int) -> str:
    return "one empty cell" if count == 1 else f"{count} empty cells"


def _separator(line: str, usual: str) -> str:
    """Return the separator that is most frequent outside quotes in a line; the usual one of several."""
    outside = "".join(part for number, part in enumerate(line.split('"')) if number % 2 == 0)
    return max([usual, *_SEPARATORS], key=outside.count)
