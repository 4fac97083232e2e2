"""Tables of any supported file type, as they are: no value is interpreted here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from geo.errors import DataError, MissingFileError


@dataclass
class Table:
    """What a file holds.

    Attributes
    ----------
    frame : DataFrame, shape (n,)
        Values as the file has them, under unique column names; the index counts the rows of the file from 1.
    damaged : list of (row, text, reason)
        Rows that are not in ``frame`` because they do not fit its columns.
    notes : list of str
        What was recognised about the file.
    lonlat : array of float, shape (n, 2), optional
        Points of a file that has geometry, EPSG:4326; NaN where a row has none.
    """

    frame: pd.DataFrame
    damaged: list[tuple[int, str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    lonlat: Any = None

    @property
    def rows(self) -> int:
        """Number of rows in the file."""
        return len(self.frame) + len(self.damaged)


def read_table(path: str | Path) -> Table:
    """Read a table of events from a file, by its suffix.

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
        If its type is not supported, or it holds no table of that type.
    """
    path = Path(path)
    if not path.exists():
        raise MissingFileError(f"{path}: no such file")
    if path.is_dir():
        raise DataError(f"{path}: is a folder; name one file in it")
    reader = _reader(path.suffix.lower())
    if reader is None:
        raise DataError(f"{path}: {path.suffix or 'no suffix'}: tables are read from {', '.join(SUFFIXES)}")
    try:
        return reader(path)
    except (OSError, MemoryError) as error:
        raise DataError(f"{path}: cannot be read: {' '.join(str(error).split())[:200]}") from error


SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".parquet", ".geojson", ".json", ".gpkg")


def _reader(suffix: str) -> Callable[[Path], Table] | None:
    # Each reader loads a library of its own, so it is imported when a file of its type comes.
    if suffix in (".csv", ".tsv", ".txt"):
        from geo.readers.delimited import read_delimited

        return read_delimited
    if suffix == ".xlsx":
        from geo.readers.workbook import read_workbook

        return read_workbook
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
