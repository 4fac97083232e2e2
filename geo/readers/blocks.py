"""Tables as an iterator of blocks of raw rows; values are not interpreted here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from geo.cells import unguard

#: Rows per block: enough for vectorized work to pay off, few enough for a machine with little memory.
BLOCK_ROWS = 150_000


@dataclass
class Block:
    """A block of consecutive rows of a table.

    Attributes
    ----------
    frame : DataFrame, shape (n,)
        Values as stored in the file; the index is the row number in the file, from 1.
    damaged : list of (row, text, reason)
        Rows that are missing from ``frame`` because they do not match its columns.
    lonlat : array of float, shape (n, 2), optional
        Points in EPSG:4326, if the file has geometry; NaN for rows without a point.
    """

    frame: pd.DataFrame
    damaged: list[tuple[int, str, str]] = field(default_factory=list)
    lonlat: Any = None


@dataclass
class Table:
    """An opened table.

    Attributes
    ----------
    columns : list of str
        Unique names.
    blocks : iterator of Block
        Single-pass.
    notes : list of str
        What was detected about the file, such as its encoding.
    rows : int, optional
        Number of rows, where the file states it.
    """

    columns: list[str]
    blocks: Iterator[Block]
    notes: list[str] = field(default_factory=list)
    rows: int | None = None


def unique_names(header: Iterable[Any]) -> list[str]:
    """Return column names stripped, with empty names filled in and duplicates numbered."""
    names: list[str] = []
    taken: set[str] = set()
    for number, cell in enumerate(header, 1):
        stem = unguard(str(cell).strip().lstrip("\ufeff")) if cell is not None else ""
        stem = stem or f"column_{number}"
        name, copy = stem, 2
        while name in taken:
            name, copy = f"{stem}_{copy}", copy + 1
        taken.add(name)
        names.append(name)
    return names


def blocks_of(frame: pd.DataFrame, damaged: Iterable[tuple[int, str, str]] = (), lonlat: Any = None) -> Iterator[Block]:
    """Split a frame and its points into blocks; the damaged rows come in a first block with an empty frame."""
    yield Block(frame.iloc[:0], list(damaged), None if lonlat is None else lonlat[:0])
    for first in range(0, len(frame), BLOCK_ROWS):
        rows = slice(first, first + BLOCK_ROWS)
        yield Block(frame.iloc[rows], lonlat=None if lonlat is None else lonlat[rows])


def frame_of(rows: dict[int, dict[str, Any]]) -> pd.DataFrame:
    """Return a frame of JSON objects, in which a key that an object lacks is null; the index is their row numbers."""
    keys = list(dict.fromkeys(key for own in rows.values() for key in own))
    columns = [pd.Series([own.get(key) for own in rows.values()], dtype=object) for key in keys]
    names = unique_names(key.encode("utf-8", "replace").decode() for key in keys)
    frame = pd.DataFrame(dict(zip(names, columns, strict=True)), index=range(len(rows)), dtype=object)
    frame.index = pd.Index(list(rows), dtype="int64")
    return frame


def concat_blocks(blocks: Iterable[Block]) -> Block:
    """Concatenate blocks into one, for tables whose rows refer to each other."""
    parts = list(blocks)
    points = [part.lonlat for part in parts if part.lonlat is not None]
    return Block(
        pd.concat([part.frame for part in parts]),
        [row for part in parts for row in part.damaged],
        np.concatenate(points) if points else None,
    )
