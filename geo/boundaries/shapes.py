"""Bring shapes into geo's form: longitude and latitude in WGS 84, valid polygons from -180 to 180 degrees."""

from typing import Any

import numpy as np
import pyproj
import shapely
from geopandas import GeoDataFrame

from geo.admin.province_shapes import polygonal
from geo.errors import CRSError, DataError, UsageError
from geo.model import CRS

#: Longitudes up to 360 are folded; coordinates beyond are no degrees.
_LIMITS = np.array([-360.0, -90.0, 360.0, 90.0])
#: Rounding errors of a projection reach beyond the limits by less (degrees).
_SLACK = 1e-6


def to_wgs84(frame: GeoDataFrame, crs: str | None) -> tuple[GeoDataFrame, list[str]]:
    """Return the shapes in longitude and latitude.

    Parameters
    ----------
    frame : GeoDataFrame
    crs : str or None
        What the user says of a file that states no reference system.

    Returns
    -------
    frame : GeoDataFrame
        EPSG:4326.
    notes : list of str

    Raises
    ------
    CRSError
        If coordinates are not degrees and nothing says what they are.
    UsageError
        If ``crs`` is not a reference system, or contradicts the file.
    """
    notes = []
    # GeoJSON without a member crs is read as if it stated WGS 84.
    unstated = frame.crs is None or (frame.crs.is_geographic and not _in_degrees(frame))
    if crs is not None:
        given = _crs(crs)
        if not unstated and not frame.crs.equals(given, ignore_axis_order=True):
            raise UsageError(f"--crs {crs}: the file states {frame.crs.to_string()[:80]}; leave the option out")
        frame = frame.set_crs(given, allow_override=True)
    elif frame.crs is None:
        frame = frame.set_crs(CRS)
        notes.append("no coordinate reference system stated; taken as longitude and latitude in WGS 84")
    if not frame.crs.equals(CRS, ignore_axis_order=True):
        notes.append(f"reprojected from {frame.crs.name} to WGS 84")
        frame = frame.to_crs(CRS)
    west, south, east, north = frame.total_bounds
    reach = f"coordinates reach from {west:g} {south:g} to {east:g} {north:g}"
    if not np.isfinite(frame.total_bounds).all():
        raise CRSError(f"{reach}: they are not in the reference system that is stated; state the right one with --crs")
    if not _in_degrees(frame):
        raise CRSError(
            f"{reach}: not degrees of longitude and latitude, and the file does not say in which reference system "
            "they are; state it with --crs, for example --crs EPSG:32630"
        )
    return frame.set_crs(CRS, allow_override=True), notes


def to_polygons(frame: GeoDataFrame, labels: list[str]) -> tuple[np.ndarray[Any, Any], list[str], list[str]]:
    """Return valid polygons in two dimensions.

    Parameters
    ----------
    frame : GeoDataFrame, shape (n,)
        EPSG:4326.
    labels : list of str, length n
        What to call each row in messages.

    Returns
    -------
    polygons : array of Polygon, MultiPolygon or None, shape (n,)
    notes : list of str
        What was repaired.
    faults : list of str
        Rows that have no area.

    Raises
    ------
    DataError
        If no row has an area.
    """
    shapes = frame.geometry.to_numpy()
    empty = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    kinds = [shape.geom_type if not none else "nothing" for shape, none in zip(shapes, empty, strict=True)]
    areal = np.array([not none and _has_area(shape) for shape, none in zip(shapes, empty, strict=True)])
    if not areal.any():
        found = ", ".join(sorted(set(kinds)))
        raise DataError(
            f"the geometry is {found}, not polygons; give the file of outlines, not that of points or lines"
        )
    faults = [
        f"{label}: has no geometry" if kind == "nothing" else f"{label}: its geometry is a {kind}, not a polygon"
        for label, kind, good in zip(labels, kinds, areal, strict=True)
        if not good
    ]
    notes = []
    if shapely.has_z(shapes).any():
        notes.append("heights dropped")
    polygons = shapely.force_2d(np.where(areal, shapes, None))
    for row in np.flatnonzero(areal):
        polygons[row], unwrapped = _unwrapped(polygons[row])
        if unwrapped:
            notes.append(f"{labels[row]}: its outline jumps across the 180th meridian; cut there")
        if not polygons[row].is_valid:
            notes.append(f"{labels[row]}: repaired: {shapely.is_valid_reason(polygons[row])}")
        polygons[row] = polygonal(polygons[row])
        if polygons[row].is_empty:
            faults.append(f"{labels[row]}: its polygon encloses no area")
    bounds = shapely.bounds(polygons[areal])
    if (bounds[:, 2] > 180 + _SLACK).any() or (bounds[:, 0] < -180 - _SLACK).any():
        if not any("180th meridian" in note for note in notes):
            notes.append("longitudes beyond 180 degrees folded to -180 to 180")
        polygons[areal] = [_folded(polygon) for polygon in polygons[areal]]
    return polygons, notes, faults


def _has_area(shape: Any) -> bool:
    if shape.geom_type == "GeometryCollection":
        return any(_has_area(part) for part in shapely.get_parts(shape))
    return bool(shape.geom_type in ("Polygon", "MultiPolygon"))


def _in_degrees(frame: GeoDataFrame) -> bool:
    bounds = frame.total_bounds
    return bool((bounds[:2] >= _LIMITS[:2] - _SLACK).all() and (bounds[2:] <= _LIMITS[2:] + _SLACK).all())


def _crs(text: str) -> pyproj.CRS:
    try:
        return pyproj.CRS.from_user_input(text)
    except pyproj.exceptions.CRSError as error:
        raise UsageError(f"--crs {text}: is not a coordinate reference system; give one such as EPSG:32630") from error


def _unwrapped(geometry: Any) -> tuple[Any, bool]:
    """Return a shape without jumps from 180 to -180 degrees in its rings; its longitudes may then exceed 180."""
    west, _, east, _ = geometry.bounds
    if east - west <= 180:
        return geometry, False
    parts, jumps = [], False
    for part in shapely.get_parts(geometry):
        if part.geom_type != "Polygon":
            parts.append(part)
            continue
        rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(part)]
        smooth = [_smooth(ring) for ring in rings]
        # A ring around a pole comes back one turn further; it cannot be drawn in longitude and latitude otherwise.
        if all(ring is points for ring, points in zip(smooth, rings, strict=True)) or any(
            abs(ring[0, 0] - ring[-1, 0]) > 1 for ring in smooth
        ):
            parts.append(part)
            continue
        jumps = True
        middle = smooth[0][:, 0].mean()
        turns = [360 * np.round((middle - ring[:, 0].mean()) / 360) for ring in smooth[1:]]
        holes = [ring + np.array([turn, 0]) for ring, turn in zip(smooth[1:], turns, strict=True)]
        parts.append(shapely.Polygon(smooth[0], holes))
    return (shapely.union_all([polygonal(part) for part in parts]), True) if jumps else (geometry, False)


def _smooth(ring: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return a ring whose longitudes never change by more than 180 degrees; the same object if they never did."""
    steps = np.diff(ring[:, 0])
    # Along a pole an edge may span all longitudes.
    turns = np.where((np.abs(steps) > 180) & (np.abs(steps) < 359.9), -np.sign(steps), 0)
    if not turns.any():
        return ring
    return np.column_stack([ring[:, 0] + 360 * np.concatenate([[0], np.cumsum(turns)]), ring[:, 1]])


def _folded(geometry: Any) -> Any:
    """Return a shape cut at 180 degrees, with what lies beyond it moved to the other side."""
    west, _, east, _ = geometry.bounds
    if west >= -180 and east <= 180:
        return geometry
    pieces = []
    for turn in (-1, 0, 1):
        part = polygonal(shapely.intersection(geometry, shapely.box(360 * turn - 180, -90, 360 * turn + 180, 90)))
        pieces.append(shapely.transform(part, lambda lonlat, shift=360.0 * turn: lonlat - [shift, 0]))
    return shapely.union_all(pieces)
