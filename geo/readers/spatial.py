"""Read Parquet and GeoPackage tables, with their points if they have geometry."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import pyogrio
import pyogrio.errors
import shapely

from geo.errors import DataError, GeoError
from geo.model import CRS
from geo.readers.blocks import Table, blocks_of, unique_names
from geo.readers.parquet import check_size


def read_spatial(path: Path) -> Table:
    """Open a table that may have geometry.

    Parameters
    ----------
    path : Path
        ``.parquet`` or ``.gpkg``.

    Returns
    -------
    Table
        With ``lonlat`` if the file has geometry; rows whose geometry is not a point are in ``damaged``.

    Raises
    ------
    DataError
        If the content of the file does not match its suffix.
    """
    notes: list[str] = []
    try:
        frame = _read(path, notes)
    except GeoError:
        raise
    except (ValueError, TypeError, KeyError, pa.ArrowException, pyogrio.errors.DataSourceError, OSError) as error:
        raise DataError(f"{path}: cannot be read: {' '.join(str(error).split())[:200]}") from error
    frame.index = pd.RangeIndex(1, len(frame) + 1)
    if not isinstance(frame, gpd.GeoDataFrame):
        frame.columns = unique_names(frame.columns)
        return Table(list(frame.columns), blocks_of(frame), notes)
    if frame.crs is None:
        notes.append("no coordinate reference system stated; taken as WGS 84")
    elif frame.crs != CRS:
        notes.append(f"reprojected from {frame.crs.name} to WGS 84")
        frame = frame.to_crs(CRS)
    shapes = frame.geometry.to_numpy()
    attributes = pd.DataFrame(frame.drop(columns=frame.geometry.name))
    attributes.columns = unique_names(attributes.columns)
    point = (shapely.get_type_id(shapes) == shapely.GeometryType.POINT) & ~shapely.is_empty(shapes)
    other = ~point & ~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)
    damaged = [
        (
            int(row) + 1,
            str(attributes.iloc[row].to_dict())[:1000],
            f"geometry is a {shapes[row].geom_type}, not a point",
        )
        for row in np.flatnonzero(other)
    ]
    located = np.where(point, shapes, None)
    lonlat = np.column_stack([shapely.get_x(located), shapely.get_y(located)])
    return Table(list(attributes.columns), blocks_of(attributes[~other], damaged, lonlat[~other]), notes)


def _read(path: Path, notes: list[str]) -> pd.DataFrame:
    frame: pd.DataFrame
    if path.suffix.lower() != ".parquet":
        layers = pyogrio.list_layers(path)
        points = [name for name, shape in layers if shape is not None and "Point" in shape]
        layer = (points or [name for name, _ in layers])[0]
        if others := [name for name, _ in layers if name != layer]:
            notes.append(f"layer {layer}; not read: {', '.join(others)}")
        frame = gpd.read_file(path, layer=layer, use_arrow=True)
        return frame
    check_size(path)
    read = gpd.read_parquet if b"geo" in (pa.parquet.read_schema(path).metadata or {}) else pd.read_parquet
    frame = read(path)
    return frame
