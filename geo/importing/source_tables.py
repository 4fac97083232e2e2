"""Open the tables of an import, and find the format of each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from geo.errors import DataError, UsageError
from geo.importing.detect import NAMES, detect_format
from geo.importing.own_table import fields
from geo.readers.blocks import Table
from geo.readers.table import read_table


@dataclass(frozen=True)
class SourceTable:
    """A table to be imported.

    Attributes
    ----------
    path : Path
    name : str
        The name of the file, or its path where another file of the import has the same name.
    table : Table
    format : str
        ``ucdp``, ``acled``, ``gtd`` or ``table``.
    mapping : dict of str to str
        Field by column, as the user gave it; for the format ``table`` only.
    column_of : dict of str to str
        Column used for each field; for the format ``table`` only.
    """

    path: Path
    name: str
    table: Table
    format: str
    mapping: dict[str, str] = field(default_factory=dict)
    column_of: dict[str, str] = field(default_factory=dict)


def as_paths(source: str | Path | Iterable[str | Path]) -> list[Path]:
    """Return one path or several as a list.

    Raises
    ------
    UsageError
        If there is none, or one is given twice.
    """
    paths = [Path(source)] if isinstance(source, str | Path) else [Path(path) for path in source]
    if not paths:
        raise UsageError("no table given; name at least one file")
    resolved = [path.resolve() for path in paths]
    for number, path in enumerate(paths):
        if resolved[number] in resolved[:number]:
            raise UsageError(f"{path}: is given twice")
    return paths


@contextmanager
def name_file(path: Path) -> Iterator[None]:
    """Begin the message of a DataError with the path of a file, unless it does."""
    try:
        yield
    except DataError as error:
        if str(error).startswith(str(path)):
            raise
        raise DataError(f"{path}: {error}") from error


def open_tables(paths: Sequence[Path], wanted: str, mapping: Mapping[str, str]) -> list[SourceTable]:
    """Open tables; several tables share a mapping, and each uses the columns that it has.

    Parameters
    ----------
    paths : sequence of Path
    wanted : str
        Format of all tables, or ``auto`` to detect that of each.
    mapping : mapping of str to str
        Field by column.

    Raises
    ------
    MissingFileError, DataError
        If a file does not exist or is not a table.
    UsageError
        If the format or the mapping is invalid, or no table is one whose columns can be mapped.
    """
    names = [path.name for path in paths]
    tables = [read_table(path) for path in paths]
    formats = []
    for path, table in zip(paths, tables, strict=True):
        with name_file(path):
            formats.append(detect_format(table.columns, wanted, mapped=bool(mapping)))
    if mapping and "table" not in formats:
        raise UsageError(
            f"{paths[0]}: is {NAMES[formats[0]]}, whose columns need no mapping; use --map with --format table"
        )
    known = {name for table, chosen in zip(tables, formats, strict=True) if chosen == "table" for name in table.columns}
    # A column that no table has is left to each, which refuses it.
    mapped = [
        {column: target for column, target in mapping.items() if column in table.columns or column not in known}
        for table in tables
    ]
    return [
        SourceTable(
            path,
            path.name if names.count(path.name) == 1 else str(path),
            table,
            chosen,
            own if chosen == "table" else {},
            fields(table.columns, own) if chosen == "table" else {},
        )
        for path, table, chosen, own in zip(paths, tables, formats, mapped, strict=True)
    ]
