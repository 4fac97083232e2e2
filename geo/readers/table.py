"""Read a table of any supported file type, selected by file suffix."""

from collections.abc import Callable
from pathlib import Path

from geo.errors import DataError
from geo.paths import regular_file
from geo.readers.blocks import Table

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".parquet", ".geojson", ".json", ".gpkg")


def read_table(path: str | Path) -> Table:
    """Open a table of events with the reader for its file suffix.

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
        If the file does not exist.
    DataError
        If the file type is not supported, or the file cannot be read as one; iterating over the blocks raises it too.
    """
    path = regular_file(path, "no such file; give the path of a table of events")
    reader = _reader(path.suffix.lower())
    if reader is None:
        raise DataError(f"{path}: {path.suffix or 'no suffix'}: tables are read from {', '.join(SUFFIXES)}")
    try:
        return reader(path)
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {' '.join(str(error).split())[:200]}") from error


def _reader(suffix: str) -> Callable[[Path], Table] | None:
    # Each reader depends on a different library, so it is imported only when needed.
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
