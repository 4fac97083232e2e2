"""Tables of GeoJSON features; entries that are not valid features are kept as damaged rows."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyproj
import shapely

from geo.errors import CRSError
from geo.model import CRS
from geo.readers.blocks import Table, blocks_of, frame_of
from geo.readers.geojson import is_wgs84, point_of

#: Maximum length of the text kept of a damaged entry.
_SHOWN = 1000


def features_table(path: Path, features: list[Any], document: dict[str, Any]) -> Table:
    """Return features as a table; values keep their JSON types.

    GDAL would drop entries that are not features, and coerce each column to one type.

    Parameters
    ----------
    path : Path
        Used in messages.
    features : list
        Members of a FeatureCollection, unchecked.
    document : dict
        The collection, which may state a coordinate reference system.

    Returns
    -------
    Table
        With ``lonlat``; entries that are not features, or whose geometry is not a point, are in ``damaged``.

    Raises
    ------
    CRSError
        If the document states an unknown coordinate reference system.
    """
    rows: dict[int, dict[str, Any]] = {}
    points: list[tuple[float, float]] = []
    damaged: list[tuple[int, str, str]] = []
    for number, feature in enumerate(features, 1):
        reason, point = _check_feature(feature)
        if reason:
            damaged.append((number, json_text(feature), reason))
            continue
        own = feature.get("properties") or {}
        rows[number] = {"id": feature["id"], **own} if "id" in feature and "id" not in own else own
        points.append(point)
    frame = frame_of(rows)
    lonlat = np.array(points, dtype=float).reshape(-1, 2)
    notes = []
    if not is_wgs84(document):
        lonlat, note = _reprojected(lonlat, document["crs"], path)
        notes.append(note)
    return Table(list(frame.columns), blocks_of(frame, damaged, lonlat), notes, rows=len(features))


def json_text(entry: Any) -> str:
    """Return the text kept of a damaged entry."""
    try:
        return json.dumps(entry, ensure_ascii=True)[:_SHOWN]
    except RecursionError:
        return "(nested too deeply to show)"


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


def _reprojected(lonlat: Any, stated: Any, path: Path) -> tuple[Any, str]:
    """Reproject points to WGS 84 from the CRS in a ``crs`` member (GeoJSON 2008); return them and a note."""
    try:
        crs = pyproj.CRS.from_user_input(stated["properties"]["name"])
    except (pyproj.exceptions.CRSError, KeyError, TypeError) as error:
        raise CRSError(f"{path}: crs = {json_text(stated)[:120]}: is not known; reproject the file to {CRS}") from error
    transformer = pyproj.Transformer.from_crs(crs, CRS, always_xy=True)
    return np.column_stack(transformer.transform(*lonlat.T)), f"reprojected from {crs.name} to WGS 84"
