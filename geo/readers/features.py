"""Read GeoJSON features as a table; entries that are not valid features are kept as damaged rows."""

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

#: Maximum length of the text kept of a damaged entry.
_SHOWN = 1000


def read_features(path: Path) -> Table:
    """Open a FeatureCollection; values keep their JSON types.

    GDAL would drop entries that are not features, and coerce each column to one type.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Table
        With ``lonlat``; entries that are not features, or whose geometry is not a point, are in ``damaged``.

    Raises
    ------
    DataError
        If the file is not a FeatureCollection.
    CRSError
        If it states an unknown coordinate reference system.
    """
    document = parse_json(read_bytes(path), path)
    rows: dict[int, dict[str, Any]] = {}
    points: list[tuple[float, float]] = []
    damaged: list[tuple[int, str, str]] = []
    for number, feature in enumerate(features_of(path, document), 1):
        reason, point = _check_feature(feature)
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


def _check_feature(feature: Any) -> tuple[str, tuple[float, float]]:
    """Return what is wrong with an entry, "" for nothing, and its point, NaN for none."""
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
    """Reproject points to WGS 84 from the CRS in a ``crs`` member (GeoJSON 2008); return them and a note."""
    try:
        crs = pyproj.CRS.from_user_input(stated["properties"]["name"])
    except (pyproj.exceptions.CRSError, KeyError, TypeError) as error:
        raise CRSError(f"{path}: crs = {_text(stated)[:120]}: is not known; reproject the file to {CRS}") from error
    transformer = pyproj.Transformer.from_crs(crs, CRS, always_xy=True)
    return np.column_stack(transformer.transform(*lonlat.T)), f"reprojected from {crs.name} to WGS 84"
