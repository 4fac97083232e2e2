"""The table of rows that an import could not take, with the reason for each."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from geo.errors import OutputError
from geo.readers.table import Table
from geo.write import atomic_path

#: The first columns of such a table; what follows are the columns of the source.
_ROW, _REASON, _TEXT = "rejected_row", "rejected_because", "rejected_text"


def write_rejected(table: Table, problem: Any, path: Path) -> None:
    """Write rejected rows as UTF-8 csv, in the order of the source; without any, remove the table of an earlier import.

    Parameters
    ----------
    table : Table
    problem : array of str or None, shape (n,)
        Why each row of ``table.frame`` was rejected, or None.
    path : Path
        Rows that did not fit the columns of the table stand in it with their whole text in one cell.

    Raises
    ------
    OutputError
        If the file cannot be written or removed.
    """
    rows = np.flatnonzero([reason is not None for reason in problem])
    if not len(rows) and not table.damaged:
        _remove(path)
        return
    own = table.frame.iloc[rows]
    rejected = pd.DataFrame({_ROW: own.index, _REASON: problem[rows]}, index=own.index).join(own, rsuffix="_")
    if table.damaged:
        parts = {name: [row[at] for row in table.damaged] for at, name in ((0, _ROW), (1, _TEXT), (2, _REASON))}
        rejected = pd.concat([rejected, pd.DataFrame(parts)]).sort_values(_ROW, kind="stable")
    with atomic_path(path) as part:
        rejected.to_csv(part, index=False, encoding="utf-8", lineterminator="\n", errors="replace")


def _remove(path: Path) -> None:
    try:
        with path.open(encoding="utf-8") as file:
            earlier = file.read(len(_ROW)) == _ROW
        if earlier:
            path.unlink()
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as error:
        raise OutputError(f"{path}: is in the way of the table of rejected rows: {error}") from error
