"""Tables of any supported file type, block by block and as they are: no value is interpreted here."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from geo.errors import DataError, MissingFileError

#: Rows that are worked on together: enough to work by column, few enough for the memory of a small machine.
BLOCK_ROWS = 150_000
SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".parquet", ".geojson", ".json", ".gpkg")


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


def read_table(path: str | Path) -> Table:
    """Open a table of events, by the suffix of its file.

    Parameters
    ----------
    path : str or Path
        ``.csv``, ``.tsv``, ``.txt``, ``.xlsx``, ``.parquet``, ``.geojson``, ``.json`` or ``.gpkg``.

    Returns
    -------
    Table

    Raises
    ------
    MissingFileError
        If there is no such file.
    DataError
        If its type is not supported, or it holds no table of that type; going through the blocks raises it too.
    """
    path = Path(path)
    if not path.exists():
        raise MissingFileError(f"{path}: no such file; give the path of a table of events")
    if path.is_dir():
        raise DataError(f"{path}: is a folder; name one file in it")
    reader = _reader(path.suffix.lower())
    if reader is None:
        raise DataError(f"{path}: {path.suffix or 'no suffix'}: tables are read from {', '.join(SUFFIXES)}")
    try:
        return reader(path)
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {' '.join(str(error).split())[:200]}") from error


def _reader(suffix: str) -> Callable[[Path], Table] | None:
    # Each reader loads a library of its own, so it is imported when a file of its type comes.
    if suffix in (".csv", ".tsv", ".txt"):
        from geo.readers.delimited import read_delimited

        return read_delimited
    if suffix == ".xlsx":
        from geo.readers.workbook import read_workbook

        return read_workbook
    if suffix in (".geojson", ".json"):
        from geo.readers.features import read_features

        return read_features
    if suffix in SUFFIXES:
        from geo.readers.spatial import read_spatial

        return read_spatial
    return None


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
