"""Write records to GeoJSON and GeoParquet files that ``geo.read_incidents`` reads."""

import json
import math
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import pyproj
import shapely

from geo.columns import as_dates, distinct_objects
from geo.errors import UsageError
from geo.importing.own_columns import writable
from geo.model import CRS, DATE_COLUMNS, LIST_COLUMNS
from geo.write import atomic_path

SUFFIXES = (".geojson", ".parquet")
#: Fields of the column that holds the bounds of each geometry, in the order of shapely.
_SIDES = ("xmin", "ymin", "xmax", "ymax")
Write = Callable[[gpd.GeoDataFrame], None]


def check_suffix(target: str | Path) -> None:
    """Raise UsageError unless records can be written to files with this suffix."""
    if Path(target).suffix.lower() not in SUFFIXES:
        raise UsageError(f"{target}: records are written to {' or '.join(SUFFIXES)}")


def write_records(records: gpd.GeoDataFrame, target: str | Path, *, for_gis: bool = False) -> None:
    """Write records to a file; on failure an existing file is unchanged.

    Parameters
    ----------
    records : GeoDataFrame, shape (n,)
        As ``geo.read_incidents`` returns them, in EPSG:4326.
    target : str or Path
        ``.geojson``, which omits null properties, or ``.parquet`` (GeoParquet), which stores lists as JSON text.
    for_gis : bool, default False
        In GeoParquet, have days as dates, and the bounds of each geometry in a column, by which other programs read
        only the rows of an area.

    Raises
    ------
    UsageError
        If the suffix is not supported.
    OutputError
        If the file cannot be written.
    """
    with record_writer(target, for_gis=for_gis) as write:
        write(records)


@contextmanager
def record_writer(target: str | Path, *, for_gis: bool = False) -> Iterator[Write]:
    """Open a file of records for writing block by block; an existing file is replaced only on success.

    Parameters
    ----------
    target, for_gis
        As for `write_records`.

    Yields
    ------
    callable
        Takes records in EPSG:4326, with the same columns in each call; must be called at least once.
    """
    target = Path(target)
    check_suffix(target)
    with atomic_path(target) as part:
        parquet = target.suffix.lower() == ".parquet"
        with _parquet_writer(part, for_gis) if parquet else _geojson_writer(part) as write:
            yield write


@contextmanager
def _geojson_writer(part: Path) -> Iterator[Write]:
    with part.open("w", encoding="utf-8", errors="replace", newline="") as file:
        separator = "\n"

        def write(records: gpd.GeoDataFrame) -> None:
            nonlocal separator
            for feature in features(records):
                file.write(separator + json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
                separator = ",\n"

        file.write('{"type":"FeatureCollection","features":[')
        yield write
        file.write("\n]}\n")


@contextmanager
def _parquet_writer(part: Path, for_gis: bool) -> Iterator[Write]:
    opened: list[pa.parquet.ParquetWriter] = []
    # A table is compressed in a thread while the caller computes the next one.
    compressing: list[Future[None]] = []

    def write(records: gpd.GeoDataFrame) -> None:
        table = _arrow(records, for_gis)
        if not opened:
            opened.append(pa.parquet.ParquetWriter(part, table.schema, compression="zstd"))
        table = table.cast(opened[0].schema)
        if compressing:
            compressing.pop().result()
        compressing.append(thread.submit(opened[0].write_table, table))

    with ThreadPoolExecutor(1) as thread:
        try:
            yield write
            if compressing:
                compressing.pop().result()
        finally:
            thread.shutdown()
            for writer in opened:
                writer.close()


def _arrow(records: gpd.GeoDataFrame, for_gis: bool) -> pa.Table:
    """Convert records to the Arrow table of a GeoParquet file: 1.0, or 1.1 with a column of bounds."""
    geometry = records.geometry.name
    attributes = writable(pd.DataFrame(records.drop(columns=geometry)))
    changed = {name: _json(attributes[name]) for name in LIST_COLUMNS if name in attributes.columns}
    if for_gis:
        changed |= {name: as_dates(attributes[name]) for name in DATE_COLUMNS}
    table = pa.Table.from_pandas(attributes.assign(**changed), preserve_index=False)
    points = records.geometry.to_numpy()
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": ["Point"], "crs": pyproj.CRS(CRS).to_json_dict()}
    meta = {"version": "1.0.0", "primary_column": "geometry", "columns": {"geometry": column}}
    table = table.append_column("geometry", pa.array(shapely.to_wkb(points), pa.binary()))
    if for_gis:
        name = "bbox"
        while name in table.column_names:
            name += "_"
        table = table.append_column(name, _bounds(points))
        column["covering"] = {"bbox": {side: [name, side] for side in _SIDES}}
        meta["version"] = "1.1.0"
    return table.replace_schema_metadata({**(table.schema.metadata or {}), b"geo": json.dumps(meta).encode()})


def _bounds(points: Any) -> pa.Array:
    sides = [pa.array(side) for side in shapely.bounds(points).T]
    return pa.StructArray.from_arrays(sides, list(_SIDES), mask=pa.array(shapely.is_missing(points)))


def features(records: gpd.GeoDataFrame) -> Iterator[dict[str, Any]]:
    """Yield records as GeoJSON features (RFC 7946); null properties are omitted."""
    attributes = pd.DataFrame(records.drop(columns=records.geometry.name))
    names = [str(name) for name in attributes.columns]
    columns = [_plain(attributes[name]) for name in attributes.columns]
    shapes = records.geometry.to_numpy()
    lon, lat = shapely.get_x(shapes), shapely.get_y(shapes)
    placed = ~shapely.is_missing(shapes)
    for row, values in enumerate(zip(*columns, strict=True)):
        yield {
            "type": "Feature",
            "properties": {name: value for name, value in zip(names, values, strict=True) if value is not None},
            "geometry": {"type": "Point", "coordinates": [float(lon[row]), float(lat[row])]} if placed[row] else None,
        }


def _plain(values: pd.Series) -> list[Any]:
    if values.dtype == object:
        return [_json_value(value) for value in values]
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        values = values.dt.strftime("%Y-%m-%dT%H:%M:%S")
    plain = values.to_numpy(dtype=object, copy=True)
    plain[values.isna().to_numpy()] = None
    if pd.api.types.is_float_dtype(values.dtype):
        plain[[value is not None and not math.isfinite(value) for value in plain]] = None
    return plain.tolist()


def _json_value(value: Any) -> Any:
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return value if isinstance(value, str | int | float | bool | list | dict) else str(value)


def _json(values: pd.Series) -> Any:
    """Encode lists as JSON text; each list object is encoded once."""
    lists, codes = distinct_objects(values)
    texts = [json.dumps(value, ensure_ascii=False) for value in lists]
    return pd.array([*texts, None], dtype="string").take(codes)
