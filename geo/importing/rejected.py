"""Write the table of rows that an import rejects, with the reason for each."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TextIO

import numpy as np
import pandas as pd

from geo.cells import guarded
from geo.errors import OutputError
from geo.readers.blocks import Block
from geo.write import atomic_path

#: Columns added before and after those of the source; the last has the text of rows that do not match the columns.
_ROW, _REASON, _TEXT = "rejected_row", "rejected_because", "rejected_text"


@contextmanager
def rejected_writer(path: Path) -> Iterator[Callable[[Block, Any], int]]:
    """Open the table of rejected rows; it is created with the first row. Without rows, an earlier table is removed.

    Parameters
    ----------
    path : Path

    Yields
    ------
    callable
        Takes a block and, for each row of its frame, the reason for rejecting it or None; returns the number of rows
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
                # With other line ends pandas does not quote a carriage return in a cell, and it would end the row.
                guarded(rejected).to_csv(files[0], index=False, header=first, lineterminator="\r\n")
            return len(rejected)

        yield write
        if not files:
            _remove_earlier(path)


def _table(block: Block, rows: Any, reasons: Any) -> pd.DataFrame:
    """Return the rejected rows of a block in file order."""
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
    """Remove the table of an earlier import; keep any other file of that name."""
    try:
        with path.open(encoding="utf-8") as file:
            earlier = file.read(len(_ROW)) == _ROW
        if earlier:
            path.unlink()
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as error:
        raise OutputError(f"{path}: cannot be replaced by the table of rejected rows: {error}") from error
