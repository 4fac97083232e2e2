"""Read GeoPackages as tables, and turn geometries of tables into points."""

from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from geo.model import CRS
from geo.paths import reading
from geo.readers.blocks import Block, Table, blocks_of, unique_names


def read_geopackage(path: Path) -> Table:
    """Open the first layer of points of a GeoPackage, or else its first layer.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Table
        With ``lonlat`` if the layer has geometry; rows whose geometry is not a point are in ``damaged``.

    Raises
    ------
    DataError
        If the file is not a GeoPackage.
    """
    notes: list[str] = []
    with reading(path):
        frame = _read(path, notes)
        shapes = in_wgs84(frame.geometry, notes) if isinstance(frame, gpd.GeoDataFrame) else None
    if not isinstance(frame, gpd.GeoDataFrame):
        frame.index = pd.RangeIndex(1, len(frame) + 1)
        frame.columns = unique_names(frame.columns)
        return Table(list(frame.columns), blocks_of(frame), notes, len(frame))
    attributes = pd.DataFrame(frame.drop(columns=frame.geometry.name))
    attributes.columns = unique_names(attributes.columns)
    attributes.index = pd.RangeIndex(1, len(frame) + 1)
    block = point_block(attributes, shapes)
    return Table(list(attributes.columns), blocks_of(block.frame, block.damaged, block.lonlat), notes, len(frame))


def in_wgs84(geometry: gpd.GeoSeries, notes: list[str]) -> Any:
    """Return geometries in EPSG:4326, as array of shapely geometries; a note says what was done."""
    if geometry.crs is None:
        notes.append("no coordinate reference system stated; taken as WGS 84")
    elif geometry.crs != CRS:
        notes.append(f"reprojected from {geometry.crs.name} to WGS 84")
        geometry = geometry.to_crs(CRS)
    return geometry.to_numpy()


def point_block(frame: pd.DataFrame, shapes: Any) -> Block:
    """Return rows with their points as a block.

    Parameters
    ----------
    frame : DataFrame, shape (n,)
        Indexed by row number.
    shapes : array of shapely geometries or None, shape (n,)
        In EPSG:4326. Rows with a geometry other than a point are damaged; an empty one is a missing point.
    """
    point = (shapely.get_type_id(shapes) == shapely.GeometryType.POINT) & ~shapely.is_empty(shapes)
    other = ~point & ~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)
    damaged = [
        (
            number,
            str(frame.iloc[row].to_dict())[:1000],
            f"geometry is a {shapes[row].geom_type}, not a point",
        )
        for row, number in zip(np.flatnonzero(other), frame.index[other].tolist(), strict=True)
    ]
    located = np.where(point, shapes, None)
    lonlat = np.column_stack([shapely.get_x(located), shapely.get_y(located)])
    return Block(frame[~other], damaged, lonlat[~other])


def _read(path: Path, notes: list[str]) -> pd.DataFrame:
    layers = pyogrio.list_layers(path)
    points = [name for name, shape in layers if shape is not None and "Point" in shape]
    layer = (points or [name for name, _ in layers])[0]
    if others := [name for name, _ in layers if name != layer]:
        notes.append(f"layer {layer}; not read: {', '.join(others)}")
    frame: pd.DataFrame = gpd.read_file(path, layer=layer, use_arrow=True)
    return frame
