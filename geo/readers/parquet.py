"""Read records from GeoParquet."""

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geo.columns import iso_day, map_distinct
from geo.errors import CRSError, DataError, MissingFileError
from geo.model import CRS, DATE_COLUMNS, DTYPES, LIST_COLUMNS
from geo.paths import reading, regular_file
from geo.readers.frame import incident_frame

#: Maximum number of rows read into memory, at 1-2 kB each; a file of a kilobyte can decompress to more.
MAX_ROWS = 10_000_000
#: Maximum number of uncompressed bytes read into memory.
MAX_UNPACKED = 8 << 30


def read_parquet(path: Path, *, own_columns: bool = True) -> gpd.GeoDataFrame:
    """Read a GeoParquet file of records.

    Parameters
    ----------
    path : Path
        A file, or a folder of part files that ``geopandas.read_parquet`` reads as one table.
    own_columns : bool, default True
        Whether to keep columns that are not in the schema.

    Returns
    -------
    GeoDataFrame, shape (n,)
        As ``geo.readers.read_incidents`` describes. List columns may be stored as lists or as JSON text.

    Raises
    ------
    MissingFileError, DataError, CRSError
        If the file does not exist, is not GeoParquet, or its coordinates are not WGS 84.
    """
    if not path.exists():
        raise MissingFileError(f"{path}: no such file; give the path of a GeoJSON or GeoParquet file of records")
    with reading(path, "is not a GeoParquet file of records"):
        for file in path.rglob("*.parquet") if path.is_dir() else []:
            regular_file(file)
        check_size(path)
        table = gpd.read_parquet(path, columns=None if own_columns else _known_columns(path))
        return incidents_of(table, str(path))


def check_size(path: Path) -> None:
    """Raise unless a Parquet file or folder is small enough to read into memory; reads only the metadata.

    Raises
    ------
    DataError
        If it has more than `MAX_ROWS` rows or decompresses to more than `MAX_UNPACKED` bytes.
    """
    found = [pq.read_metadata(file) for file in (sorted(path.rglob("*.parquet")) if path.is_dir() else [path])]
    rows = sum(one.num_rows for one in found)
    unpacked = sum(one.row_group(group).total_byte_size for one in found for group in range(one.num_row_groups))
    if rows > MAX_ROWS or unpacked > MAX_UNPACKED:
        raise DataError(
            f"{path}: {rows:,} rows, {unpacked >> 20:,} MB unpacked, are more than fit in memory "
            f"(at most {MAX_ROWS:,} rows and {MAX_UNPACKED >> 20:,} MB); count them with geo summary --engine dask"
        )


def _known_columns(path: Path) -> list[str]:
    """Return the schema columns and the geometry column of a file, or of the first part file in a folder."""
    schema = pq.read_schema(min(path.rglob("*.parquet")) if path.is_dir() else path)
    geometry = json.loads((schema.metadata or {})[b"geo"])["primary_column"]
    return [name for name in schema.names if name in DTYPES or name == geometry]


def bounds_columns(schema: pa.Schema) -> set[str]:
    """Return the columns that only hold the bounds of the geometry (GeoParquet 1.1), for those who read an area."""
    about = json.loads((schema.metadata or {}).get(b"geo", b"{}"))
    coverings = [column.get("covering", {}).get("bbox", {}) for column in about.get("columns", {}).values()]
    return {str(side[0]) for covering in coverings for side in covering.values()}


def incidents_of(table: gpd.GeoDataFrame, path: str) -> gpd.GeoDataFrame:
    """Convert a table as stored in GeoParquet, or part of one, to an incident frame.

    Parameters
    ----------
    table : GeoDataFrame, shape (n,)
    path : str
        Path of the file, used in messages.

    Raises
    ------
    CRSError
        If the coordinates are not WGS 84.
    """
    if table.crs is not None and table.crs.to_epsg() != 4326 and "CRS84" not in table.crs.to_string():
        raise CRSError(f"{path}: crs = {table.crs.to_string()[:120]}: records must be in {CRS}; reproject the file")
    geometry = table.geometry.to_numpy()
    attributes = pd.DataFrame(table.drop(columns=table.geometry.name))
    columns = {name: _column(attributes[name], name) for name in attributes.columns}
    return incident_frame(columns, geometry, path=path)


def _column(values: pd.Series, name: str) -> Any:
    if name in LIST_COLUMNS:
        return shared_lists(values)
    if name not in DTYPES or str(values.dtype) == DTYPES[name]:
        return values.array
    if name in DATE_COLUMNS and not isinstance(values.dtype, pd.StringDtype):
        values = pd.Series(map_distinct(values.astype(object), _iso_days), index=values.index)
    plain = values.to_numpy(dtype=object, copy=True)
    plain[values.isna().to_numpy()] = None
    return plain.tolist()


def _iso_days(values: list[Any]) -> Any:
    return np.array([iso_day(value) for value in values], dtype=object)


def shared_lists(values: pd.Series) -> list[Any]:
    """Return lists, with one shared object per distinct JSON text; text that is not JSON is kept."""
    # Text columns are recognised by dtype; checking every value takes seconds per million.
    text = isinstance(values.dtype, pd.StringDtype)
    if text or set(map(type, values)) <= {str, float, type(None), type(pd.NA)}:
        codes, texts = pd.factorize(values)
        distinct = [_parsed(text) for text in texts]
        return [None if code < 0 else distinct[code] for code in codes]
    return [_plain(value) for value in values]


def _parsed(text: str) -> Any:
    try:
        return json.loads(text) if text.strip() else None
    except (ValueError, RecursionError):
        return text


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value
