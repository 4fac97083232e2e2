"""Table of the rows that an import rejected, with the reason for each."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TextIO

import numpy as np
import pandas as pd

from geo.errors import OutputError
from geo.readers.blocks import Block
from geo.write import atomic_path

#: Two columns before and one after those of the source; the last has the text of rows that do not fit the columns.
_ROW, _REASON, _TEXT = "rejected_row", "rejected_because", "rejected_text"


@contextmanager
def rejected_writer(path: Path) -> Iterator[Callable[[Block, Any], int]]:
    """Open the table of rejected rows; it is created with the first row, and without any an earlier table is removed.

    Parameters
    ----------
    path : Path

    Yields
    ------
    callable
        Takes a block and, for each row of its frame, the reason to reject it or None; returns the number of rows
        written.
    """
    with ExitStack() as stack:
        files: list[TextIO] = []

        def write(block: Block, problem: Any) -> int:
            rows = np.flatnonzero([reason is not None for reason in problem])
            rejected = _table(block, rows, problem[rows])
            if len(rejected):
                first = not files
                if first:
                    part = stack.enter_context(atomic_path(path))
                    files.append(stack.enter_context(part.open("w", encoding="utf-8", errors="replace", newline="")))
                # Line ends of RFC 4180: with others, a carriage return in a cell is not quoted and would end its row.
                rejected.to_csv(files[0], index=False, header=first, lineterminator="\r\n")
            return len(rejected)

        yield write
        if not files:
            _remove_earlier(path)


def _table(block: Block, rows: Any, reasons: Any) -> pd.DataFrame:
    """Return the rejected rows of a block in the order of the source."""
    own = block.frame.iloc[rows]
    names = [name if name not in (_ROW, _REASON, _TEXT) else f"{name}_" for name in map(str, own.columns)]
    table: pd.DataFrame = own.set_axis(names, axis=1).astype(object)
    table.insert(0, _ROW, own.index)
    table.insert(1, _REASON, reasons)
    table[_TEXT] = None
    if block.damaged:
        damaged = pd.DataFrame(block.damaged, columns=[_ROW, _TEXT, _REASON]).reindex(columns=list(table.columns))
        table = pd.concat([table, damaged]) if len(table) else damaged
        table = table.sort_values(_ROW, kind="stable")
    return table


def _remove_earlier(path: Path) -> None:
    """Remove the table of an earlier import; any other file of that name stays."""
    try:
        with path.open(encoding="utf-8") as file:
            earlier = file.read(len(_ROW)) == _ROW
        if earlier:
            path.unlink()
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as error:
        raise OutputError(f"{path}: is in the way of the table of rejected rows: {error}") from error
