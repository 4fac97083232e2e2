"""GeoJSON of events -> columns of values, every entry of the file accounted for."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyproj
import shapely

from geo.errors import CRSError
from geo.model import CRS
from geo.readers.blocks import Table, blocks_of, unique_names
from geo.readers.geojson import features_of, is_wgs84, parse_json, point_of, read_bytes

#: Characters of a damaged entry that are kept.
_SHOWN = 1000


def read_features(path: Path) -> Table:
    """Open a FeatureCollection; its values stay as JSON has them.

    GDAL would leave out entries that are no features, and make one type of a column's values.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Table
        With ``lonlat``; entries that are no features, or whose geometry is not a point, are ``damaged``.

    Raises
    ------
    DataError
        If the file is not a FeatureCollection.
    CRSError
        If it states a coordinate reference system that is not known.
    """
    document = parse_json(read_bytes(path), path)
    rows: dict[int, dict[str, Any]] = {}
    points: list[tuple[float, float]] = []
    damaged: list[tuple[int, str, str]] = []
    for number, feature in enumerate(features_of(path, document), 1):
        reason, point = _look(feature)
        if reason:
            damaged.append((number, _text(feature), reason))
            continue
        own = feature.get("properties") or {}
        rows[number] = {"id": feature["id"], **own} if "id" in feature and "id" not in own else own
        points.append(point)
    keys = list(dict.fromkeys(key for own in rows.values() for key in own))
    columns = [pd.Series([own.get(key) for own in rows.values()], dtype=object) for key in keys]
    names = unique_names(key.encode("utf-8", "replace").decode() for key in keys)
    frame = pd.DataFrame(dict(zip(names, columns, strict=True)), index=range(len(rows)), dtype=object)
    frame.index = pd.Index(list(rows), dtype="int64")
    lonlat = np.array(points, dtype=float).reshape(-1, 2)
    notes = []
    if not is_wgs84(document):
        lonlat, note = _reprojected(lonlat, document["crs"], path)
        notes.append(note)
    return Table(names, blocks_of(frame, damaged, lonlat), notes)


def _look(feature: Any) -> tuple[str, tuple[float, float]]:
    """Return what is wrong with an entry, or "" and its point (NaN: none)."""
    nowhere = (float("nan"), float("nan"))
    if not isinstance(feature, dict) or not {"properties", "geometry"} & feature.keys():
        return "is not a GeoJSON Feature object", nowhere
    if not isinstance(feature.get("properties"), dict | None):
        return "properties are not an object", nowhere
    shape = feature.get("geometry")
    if shape is None:
        return "", nowhere
    if (point := point_of(shape)) is not None:
        return "", point
    try:
        found = shapely.from_geojson(json.dumps(shape))
    except (shapely.errors.ShapelyError, ValueError, TypeError, RecursionError):
        return "geometry cannot be read", nowhere
    return ("", nowhere) if found.is_empty else (f"geometry is a {found.geom_type}, not a point", nowhere)


def _text(feature: Any) -> str:
    try:
        return json.dumps(feature, ensure_ascii=True)[:_SHOWN]
    except RecursionError:
        return "(nested too deeply to show)"


def _reprojected(lonlat: Any, stated: Any, path: Path) -> tuple[Any, str]:
    """Return points of another reference system, as older programs state it, in WGS 84, and a note that says so."""
    try:
        crs = pyproj.CRS.from_user_input(stated["properties"]["name"])
    except (pyproj.exceptions.CRSError, KeyError, TypeError) as error:
        raise CRSError(f"{path}: crs = {_text(stated)[:120]}: is not known; reproject the file to {CRS}") from error
    turn = pyproj.Transformer.from_crs(crs, CRS, always_xy=True)
    return np.column_stack(turn.transform(*lonlat.T)), f"reprojected from {crs.name} to WGS 84"
