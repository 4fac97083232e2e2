"""The table of rows that an import rejects, with the reason for each."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TextIO

import numpy as np
import pandas as pd

from geo.cells import write_csv
from geo.errors import OutputError
from geo.readers.blocks import Block
from geo.write import atomic_path

#: Columns added before and after those of the source; the last has the text of rows that do not match the columns.
_ROW, _FILE, _REASON, _TEXT = "rejected_row", "rejected_file", "rejected_because", "rejected_text"


def rejected_columns(tables: Sequence[Iterable[str]]) -> list[str]:
    """Return the columns of the rejected rows of tables with these columns; the file is named if there are several."""
    own = dict.fromkeys(_own_name(name) for columns in tables for name in columns)
    return [_ROW, *([_FILE] if len(tables) > 1 else []), _REASON, *own, _TEXT]


def rejected_rows(block: Block, problem: Any, columns: Sequence[str], name: str) -> pd.DataFrame:
    """Return the rejected rows of a block in file order.

    Parameters
    ----------
    block : Block
    problem : array of str or None, shape (n,)
        The reason for rejecting each row of the block's frame, or None.
    columns : sequence of str
        As `rejected_columns` returns them.
    name : str
        Name of the file.

    Returns
    -------
    DataFrame
        The number of each row in its file, the file if ``columns`` has it, the reason, and the cells.
    """
    rows = np.flatnonzero([reason is not None for reason in problem])
    own = block.frame.iloc[rows]
    table: pd.DataFrame = own.set_axis([_own_name(str(column)) for column in own.columns], axis=1).astype(object)
    table.insert(0, _ROW, own.index)
    table.insert(1, _REASON, problem[rows])
    table[_TEXT] = None
    if block.damaged:
        damaged = pd.DataFrame(block.damaged, columns=[_ROW, _TEXT, _REASON]).reindex(columns=list(table.columns))
        table = pd.concat([table, damaged]) if len(table) else damaged
        table = table.sort_values(_ROW, kind="stable")
    if _FILE in columns:
        table[_FILE] = name
    return table.reindex(columns=list(columns))


@contextmanager
def rejected_writer(path: Path) -> Iterator[Callable[[pd.DataFrame], None]]:
    """Open the table of rejected rows; it is created with the first row. Without rows, an earlier table is removed.

    Parameters
    ----------
    path : Path

    Yields
    ------
    callable
        Takes rejected rows, with the same columns in each call.
    """
    with ExitStack() as stack:
        files: list[TextIO] = []

        def write(rejected: pd.DataFrame) -> None:
            if len(rejected):
                first = not files
                if first:
                    part = stack.enter_context(atomic_path(path))
                    files.append(stack.enter_context(part.open("w", encoding="utf-8", errors="replace", newline="")))
                write_csv(rejected, files[0], header=first)

        yield write
        if not files:
            _remove_earlier(path)


def _own_name(name: str) -> str:
    # Also "rejected_row_" becomes "rejected_row__": the file of rejected rows may itself be imported, and again.
    return f"{name}_" if name.rstrip("_") in (_ROW, _FILE, _REASON, _TEXT) else name


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
