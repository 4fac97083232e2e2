"""Read records from GeoJSON (RFC 7946)."""

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geo.admin.crs import member_is_wgs84
from geo.errors import CRSError, DataError, MissingFileError
from geo.model import COLUMNS
from geo.readers.frame import incident_frame

#: A text file is parsed whole, which takes about eight times its size in memory; use GeoParquet for larger files.
MAX_BYTES = 512 * 1024**2
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def read_geojson(path: Path, *, own_columns: bool = True) -> gpd.GeoDataFrame:
    """Read a GeoJSON FeatureCollection of records.

    Parameters
    ----------
    path : Path
    own_columns : bool, default True
        Whether to keep properties that are not in the schema.

    Returns
    -------
    GeoDataFrame, shape (n,)
        As ``geo.readers.read_incidents`` describes. Geometries are 2-D.

    Raises
    ------
    MissingFileError, DataError, CRSError
        If the file does not exist, is not a FeatureCollection, or its coordinates are not WGS 84.
    """
    document = parse_json(read_bytes(path), path)
    features = features_of(path, document)
    if not is_wgs84(document):
        raise CRSError(
            f"{path}: crs = {json.dumps(document['crs'])[:120]}: coordinates must be WGS 84 longitude and latitude "
            "(RFC 7946); reproject the file to EPSG:4326"
        )
    properties: list[dict[str, Any]] = []
    geometry = np.full(len(features), None, dtype=object)
    unreadable: list[tuple[str, object, str] | None] = [None] * len(features)
    where: list[int] = []
    points: list[tuple[float, float]] = []
    for row, feature in enumerate(features):
        if not isinstance(feature, dict):
            properties.append({})
            unreadable[row] = ("feature", feature, "a GeoJSON Feature object")
            continue
        own = feature.get("properties")
        if own is not None and not isinstance(own, dict):
            unreadable[row] = ("properties", own, "an object with the properties of the record")
        own = own if isinstance(own, dict) else {}
        if "id" not in own and "id" in feature:
            own = {"id": feature["id"], **own}
        properties.append(own)
        shape = feature.get("geometry")
        if shape is None:
            continue
        point = point_of(shape)
        if point is not None:
            where.append(row)
            points.append(point)
            continue
        try:
            geometry[row] = shapely.from_geojson(json.dumps(shape))
        except (shapely.errors.ShapelyError, ValueError, TypeError):
            unreadable[row] = ("geometry", shape, "a point [longitude, latitude] in degrees, or null")
    if points:
        geometry[where] = shapely.points(np.array(points, dtype=float))
    names = [
        name for name in dict.fromkeys(name for own in properties for name in own) if own_columns or name in COLUMNS
    ]
    columns = {name: [own.get(name) for own in properties] for name in names}
    return incident_frame(columns, geometry, path=str(path), unreadable=unreadable)


def check_file(path: Path) -> None:
    """Raise MissingFileError or DataError unless the path is a file small enough to read into memory."""
    if not path.exists():
        raise MissingFileError(f"{path}: no such file; give the path of a file of records")
    if path.is_dir():
        raise DataError(f"{path}: is a folder; give the path of a file of records")
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise DataError(
            f"{path}: {size / 1024**2:,.0f} MB is more than the limit of {MAX_BYTES // 1024**2} MB for files of this "
            "type; use GeoParquet: geo import FILE --out FILE.parquet"
        )


def read_bytes(path: Path) -> bytes:
    """Return the content of a file of records."""
    check_file(path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}") from error


def parse_json(data: bytes, path: Path) -> Any:
    """Parse UTF-8 JSON; NaN and Infinity, which JSON does not allow, become floats that ``geo.validate`` reports."""
    if data.startswith(_BOMS):
        raise DataError(f"{path}: begins with a byte-order mark, which GeoJSON forbids; save it as UTF-8 without BOM")
    if not data.strip():
        raise DataError(f"{path}: is empty; expected a GeoJSON FeatureCollection")
    try:
        return json.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from error
    except json.JSONDecodeError as error:
        raise DataError(
            f"{path}: is not GeoJSON: line {error.lineno}, column {error.colno}: {error.msg}; "
            "expected a FeatureCollection (for csv or xlsx use geo import)"
        ) from error
    except RecursionError as error:
        raise DataError(f"{path}: is nested too deeply to be a file of records") from error
    except ValueError as error:  # a number with more digits than Python converts
        raise DataError(f"{path}: is not GeoJSON: {error}") from error


def features_of(path: Path, document: Any) -> list[Any]:
    """Return the features of a FeatureCollection, unchecked."""
    kind = document.get("type") if isinstance(document, dict) else type(document).__name__
    if kind != "FeatureCollection" or not isinstance(document.get("features"), list):
        raise DataError(f"{path}: type = {kind!r}: is not a GeoJSON FeatureCollection with a list of features")
    features: list[Any] = document["features"]
    return features


def is_wgs84(document: dict[str, Any]) -> bool:
    """Return whether a document has no ``crs`` member, as RFC 7946 requires, or one that states WGS 84."""
    return member_is_wgs84(document.get("crs"))


def point_of(shape: Any) -> tuple[float, float] | None:
    """Return the longitude and latitude of a GeoJSON Point; None for anything else."""
    if not isinstance(shape, dict) or shape.get("type") != "Point":
        return None
    position = shape.get("coordinates")
    if not isinstance(position, list) or len(position) < 2:
        return None
    lon, lat = position[:2]
    if type(lon) not in (int, float) or type(lat) not in (int, float):
        return None
    try:
        return float(lon), float(lat)
    except OverflowError:
        return None
