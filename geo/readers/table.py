"""Tables of any supported file type, by the suffix of the file."""

from collections.abc import Callable
from pathlib import Path

from geo.errors import DataError, MissingFileError
from geo.readers.blocks import Table

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".parquet", ".geojson", ".json", ".gpkg")


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
