"""Read Parquet tables of any tool, with their points if they have geometry."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pyproj
import shapely

from geo.model import CRS
from geo.paths import reading
from geo.readers.blocks import BLOCK_ROWS, Block, Table, unique_names
from geo.readers.parquet import bounds_columns, check_size
from geo.readers.spatial import in_wgs84, point_block

#: Name that pandas gives to an index without a name.
_INDEX = re.compile(r"__index_level_\d+__")
#: Binary columns of these names hold geometry as WKB where a file does not say so.
_GEOMETRIES = ("geometry", "geom", "wkb_geometry", "the_geom")
_FAULT = "cannot be read as parquet"
#: Nullable types, so that a whole number beside a null does not become a float.
_PANDAS = {
    pa.large_string(): pd.StringDtype("pyarrow"),
    pa.bool_(): pd.BooleanDtype(),
    pa.int8(): pd.Int64Dtype(),
    pa.int16(): pd.Int64Dtype(),
    pa.int32(): pd.Int64Dtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.uint8(): pd.Int64Dtype(),
    pa.uint16(): pd.Int64Dtype(),
    pa.uint32(): pd.Int64Dtype(),
    pa.uint64(): pd.UInt64Dtype(),
}


def read_parquet_table(path: Path) -> Table:
    """Open a Parquet table, with or without geometry.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Table
        Numbers, booleans and times as they are; text, also of dictionaries, as text; dates, lists and structures as
        text. An index of pandas is a column if it has a name. With ``lonlat`` if the file has geometry; rows whose
        geometry is not a point are in ``damaged``.

    Raises
    ------
    DataError
        If the file is not Parquet, or too large.
    """
    notes: list[str] = []
    with reading(path, _FAULT):
        check_size(path)
        schema = pq.read_schema(path)
        rows = pq.read_metadata(path).num_rows
        shapes, geometries = _shapes(path, schema, notes)
        left = {*geometries, *bounds_columns(schema)}
    stored = [name for name in dict.fromkeys(schema.names) if name not in left and not _INDEX.fullmatch(name)]
    names = unique_names(stored)
    return Table(names, _blocks(path, schema, stored, names, shapes), notes, rows)


def _blocks(path: Path, schema: pa.Schema, stored: list[str], names: list[str], shapes: Any) -> Iterator[Block]:
    done = 0
    with reading(path, _FAULT):
        empty = _frame(schema.empty_table().select(stored), names, 0)
        yield Block(empty) if shapes is None else point_block(empty, shapes[:0])
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(BLOCK_ROWS, columns=stored):
                frame = _frame(pa.Table.from_batches([batch]).select(stored), names, done)
                yield Block(frame) if shapes is None else point_block(frame, shapes[done : done + len(frame)])
                done += len(frame)


def _frame(table: pa.Table, names: list[str], done: int) -> pd.DataFrame:
    plain = pa.table([_plain(column) for column in table.columns], names=names)
    frame: pd.DataFrame = plain.to_pandas(types_mapper=_PANDAS.get, ignore_metadata=True)
    frame.index = pd.RangeIndex(done + 1, done + len(table) + 1)
    return frame


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Convert a column to a type that the readers of formats know."""
    kind = column.type
    if isinstance(kind, pa.BaseExtensionType):
        return _plain(pa.chunked_array([chunk.storage for chunk in column.chunks], kind.storage_type))
    if pa.types.is_dictionary(kind):
        return _plain(column.cast(kind.value_type))
    if pa.types.is_decimal(kind):
        return _decimals(column)
    if pa.types.is_timestamp(kind):
        return pc.local_timestamp(column) if kind.tz else column
    if pa.types.is_nested(kind) or _is_binary(kind):
        to_text: Callable[[Any], str] = _binary_text if _is_binary(kind) else _json_text
        return pa.chunked_array(
            [[None if value is None else to_text(value) for value in column.to_pylist()]], pa.large_string()
        )
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_boolean(kind):
        return column
    return column.cast(pa.large_string())


def _decimals(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if column.type.scale > 0:
        return column.cast(pa.float64())
    try:
        return column.cast(pa.int64())
    except pa.ArrowInvalid:  # more digits than 64 bits hold
        return column.cast(pa.large_string())


def _is_binary(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_binary(kind)
        or pa.types.is_large_binary(kind)
        or pa.types.is_fixed_size_binary(kind)
        or pa.types.is_binary_view(kind)
    )


def _binary_text(value: bytes) -> str:
    # Some tools write text without saying that it is.
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.hex()


def _json_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _shapes(path: Path, schema: pa.Schema, notes: list[str]) -> tuple[Any, list[str]]:
    """Return the geometries in EPSG:4326, None if there are none, and the names of the columns with geometry."""
    metadata = schema.metadata or {}
    if b"geo" in metadata:
        stated = json.loads(metadata[b"geo"])
        columns = [name for name in stated.get("columns", {}) if name in schema.names]
        primary = stated.get("primary_column", columns[0] if columns else None)
        if primary not in schema.names:
            raise ValueError(f"the geometry column {primary!r} that its metadata name does not exist")
        return in_wgs84(_geometry(path, primary, stated), notes), [*{primary, *columns}]
    for name in _GEOMETRIES:
        if name in schema.names and _is_binary(schema.field(name).type):
            shapes = shapely.from_wkb(_column(path, name), on_invalid="ignore")
            if not shapely.is_missing(shapes).all():
                notes.append(f"column {name} read as geometry in WGS 84")
                return shapes, [name]
    return None, []


def _geometry(path: Path, primary: str, stated: dict[str, Any]) -> gpd.GeoSeries:
    try:
        return gpd.read_parquet(path, columns=[primary]).geometry
    except Exception:
        # Metadata of versions before 1.0, which other tools wrote, lack what geopandas requires.
        crs = stated.get("columns", {}).get(primary, {}).get("crs", CRS)
        crs = None if crs is None else pyproj.CRS.from_user_input(crs)
        return gpd.GeoSeries(shapely.from_wkb(_column(path, primary)), crs=crs)


def _column(path: Path, name: str) -> Any:
    return np.array(pq.read_table(path, columns=[name])[name].to_pylist(), dtype=object)
