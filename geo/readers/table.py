"""Read a table of any supported file type, selected by file suffix."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from geo.errors import DataError, GeoError, UsageError
from geo.paths import regular_file
from geo.readers.archive import SUFFIXES as ARCHIVES
from geo.readers.archive import Unpacked, split_member
from geo.readers.blocks import Block, Table

_TEXT = (".csv", ".tsv", ".txt")
_JSON = (".geojson", ".json", ".ndjson", ".jsonl", ".geojsonl", ".geojsonseq")
_WORKBOOKS = (".xlsx", ".xlsm")
SUFFIXES = (*_TEXT, *_WORKBOOKS, ".parquet", *_JSON, ".gpkg")
#: Address such as ``https://host/file``, of which ``Path`` keeps one slash. One letter is a drive of Windows.
_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]+):/+(?=.)", re.IGNORECASE)


def read_table(path: str | Path) -> Table:
    """Open a table of events with the reader for its file suffix.

    Parameters
    ----------
    path : str or Path
        ``.csv``, ``.tsv``, ``.txt``, ``.xlsx``, ``.xlsm``, ``.parquet``, ``.geojson``, ``.json``, ``.ndjson``,
        ``.jsonl`` or ``.gpkg``; also one of these in a ``.gz`` or ``.zip`` file. A table of a ``.zip`` file with
        several is named like a file in a folder, ``events.zip/ged.csv``.

    Returns
    -------
    Table

    Raises
    ------
    MissingFileError
        If the file does not exist.
    UsageError
        If the path is an address.
    DataError
        If the file type is not supported, or the file cannot be read as one; iterating over the blocks raises it too.
    """
    path = Path(path)
    member = None
    if not _exists(path):
        _refuse_address(str(path))
        path, member = split_member(path)
    path = regular_file(path, "no such file; give the path of a table of events")
    if path.suffix.lower() in ARCHIVES:
        return _unpacked(Unpacked(path, member, SUFFIXES))
    reader = _reader(path.suffix.lower())
    if reader is None:
        raise DataError(
            f"{path}: {path.suffix or 'no suffix'}: tables are read from {', '.join(SUFFIXES)}; save it as one"
        )
    try:
        return reader(path)
    except OSError as error:
        if isinstance(error, GeoError):
            raise
        raise DataError(f"{path}: cannot be read: {' '.join(str(error).split())[:200]}") from error


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that no file can have
        return True


def _refuse_address(path: str) -> None:
    if _ADDRESS.match(path):
        address = _ADDRESS.sub(r"\1://", path, count=1)
        name = re.split(r"[?#]", address.rstrip("/"))[0].rpartition("/")[2] or "the file"
        raise UsageError(f"{address}: is an address; geo reads files: download it first, then give {name}")


def _unpacked(unpacked: Unpacked) -> Table:
    """Open an unpacked table; its folder is removed after the last block."""
    with _named(unpacked):
        table = read_table(unpacked.path)

    def blocks() -> Iterator[Block]:
        try:
            with _named(unpacked):
                yield from table.blocks
        finally:
            unpacked.close()

    return Table(table.columns, blocks(), [unpacked.note, *table.notes], table.rows)


@contextmanager
def _named(unpacked: Unpacked) -> Iterator[None]:
    """Name the archive in messages, instead of the temporary file."""
    try:
        yield
    except GeoError as error:
        unpacked.close()
        raise type(error)(str(error).replace(str(unpacked.path), unpacked.shown)) from error


def _reader(suffix: str) -> Callable[[Path], Table] | None:
    # Each reader depends on a different library, so it is imported only when needed.
    if suffix in _TEXT:
        from geo.readers.delimited import read_delimited

        return read_delimited
    if suffix in _WORKBOOKS:
        from geo.readers.workbook import read_workbook

        return read_workbook
    if suffix in _JSON:
        from geo.readers.json_table import read_json

        return read_json
    if suffix == ".parquet":
        from geo.readers.parquet_table import read_parquet_table

        return read_parquet_table
    if suffix in SUFFIXES:
        from geo.readers.spatial import read_geopackage

        return read_geopackage
    return None
