"""Read the sources of a merge: files of records, or tables of ACLED, UCDP GED, GTD or one's own, which are imported."""

from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import pyarrow.parquet as pq

from geo.errors import DataError, UsageError
from geo.importing.run import import_table
from geo.model import Kind
from geo.paths import is_folder, regular_file
from geo.readers import read_incidents
from geo.readers.geojson import read_geojson

#: Columns that only files of records have together.
_OWN = frozenset({"kind", "date_precision", "geo_precision"})


def source_names(paths: Sequence[Path]) -> list[str]:
    """Return a name for each source: that of its file, without what it has in common with others' endings.

    Raises
    ------
    UsageError
        If there are fewer than two.
    """
    if len(paths) < 2:
        raise UsageError(f"{len(paths)} files: give two files of records or more")
    names: list[str] = []
    for path in paths:
        name = stem = path.name.partition(".")[0] or path.name
        while name in names:
            name = f"{stem}-{sum(known.partition('-')[0] == stem for known in names) + 1}"
        names.append(name)
    return names


def read_source(path: Path, provinces: gpd.GeoDataFrame | None = None) -> tuple[gpd.GeoDataFrame, list[str]]:
    """Return the records of a file, and what there is to say of them.

    Parameters
    ----------
    path : Path
        A file of records (``.geojson``, ``.parquet``, or what ``geo export`` wrote), or a table that ``geo import``
        reads, which is imported.
    provinces : GeoDataFrame, optional
        As for ``geo.import_table``.

    Raises
    ------
    MissingFileError, DataError
        If the file does not exist, is no table, or no row of it is a record.
    """
    if _holds_records(path):
        return read_incidents(path), []
    imported = import_table(path, provinces=provinces)
    if not imported.report.kept:
        raise DataError(f"{path}: none of its rows is a record; geo import {path} --out NAME.geojson says why")
    said = [f"{path.name}: {imported.report.kept:,} of {imported.report.read:,} rows imported"]
    if imported.report.rejected:
        said.append(f"{path.name}: {imported.report.rejected:,} rows left out; geo import {path} lists them")
    return imported.records, said


def _holds_records(path: Path) -> bool:
    suffix = path.suffix.lower()
    if is_folder(path):
        return True
    regular_file(path)
    if suffix == ".parquet":
        try:
            return {*pq.read_schema(path).names} >= _OWN
        except (OSError, ValueError) as error:
            raise DataError(f"{path}: is not Parquet: {' '.join(str(error).split())[:120]}") from error
    if suffix in (".geojson", ".json"):
        try:
            found = read_geojson(path)
        except DataError:
            return False  # import reads lists of records and answers of APIs, or says what is wrong
        return bool(found["kind"].isin([str(kind) for kind in Kind]).any())
    if suffix == ".csv":
        with path.open("rb") as file:
            head = file.readline(1 << 16).decode("utf-8", "replace")
        return {cell.strip('"\ufeff \r\n') for cell in head.split(",")} >= _OWN
    return suffix == ".gpkg" and _is_exported(path)


def _is_exported(path: Path) -> bool:
    try:
        return bool({*read_incidents(path).columns} >= _OWN)
    except DataError:
        return False
