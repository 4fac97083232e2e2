"""The rows of a table, block by block and as they are: no value is interpreted here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

#: Rows processed together: enough to work by column, few enough for the memory of a small machine.
BLOCK_ROWS = 150_000


@dataclass
class Block:
    """Some rows of a table.

    Attributes
    ----------
    frame : DataFrame, shape (n,)
        Values as the file has them; the index counts the rows of the file from 1.
    damaged : list of (row, text, reason)
        Rows that are not in ``frame`` because they do not fit its columns.
    lonlat : array of float, shape (n, 2), optional
        Points of a file that has geometry, EPSG:4326; NaN where a row has none.
    """

    frame: pd.DataFrame
    damaged: list[tuple[int, str, str]] = field(default_factory=list)
    lonlat: Any = None


@dataclass
class Table:
    """What a file holds.

    Attributes
    ----------
    columns : list of str
        Unique names.
    blocks : iterator of Block
        To be gone through once.
    notes : list of str
        What was recognised about the file.
    """

    columns: list[str]
    blocks: Iterator[Block]
    notes: list[str] = field(default_factory=list)


def unique_names(header: Iterable[Any]) -> list[str]:
    """Return column names without surrounding space, none empty and none twice."""
    names: list[str] = []
    taken: set[str] = set()
    for number, cell in enumerate(header, 1):
        stem = str(cell).strip().lstrip("\ufeff") if cell is not None else ""
        stem = stem or f"column_{number}"
        name, copy = stem, 2
        while name in taken:
            name, copy = f"{stem}_{copy}", copy + 1
        taken.add(name)
        names.append(name)
    return names


def blocks_of(frame: pd.DataFrame, damaged: Iterable[tuple[int, str, str]] = (), lonlat: Any = None) -> Iterator[Block]:
    """Cut a frame, and its points, into blocks; a first block without rows carries what is damaged."""
    yield Block(frame.iloc[:0], list(damaged), None if lonlat is None else lonlat[:0])
    for first in range(0, len(frame), BLOCK_ROWS):
        rows = slice(first, first + BLOCK_ROWS)
        yield Block(frame.iloc[rows], lonlat=None if lonlat is None else lonlat[rows])


def together(blocks: Iterable[Block]) -> Block:
    """Return blocks as one, for tables whose rows refer to each other."""
    parts = list(blocks)
    points = [part.lonlat for part in parts if part.lonlat is not None]
    return Block(
        pd.concat([part.frame for part in parts]),
        [row for part in parts for row in part.damaged],
        np.concatenate(points) if points else None,
    )
