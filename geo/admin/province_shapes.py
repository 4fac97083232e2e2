"""Outlines of provinces as GeoJSON gives them: read, and checked one by one and against each other."""

import json
from itertools import chain
from typing import Any

import numpy as np
import shapely

from geo.admin.distance import DEGREE_M, longitude_scale

#: Overlaps up to this mean width, in metres, are faults of drawing; wider ones mean something.
SLIVER_M = 1_000
#: An overlap of this share of the smaller unit is no sliver, however narrow.
SLIVER_SHARE = 0.1
#: Overlaps of less than the square of this, in degrees, are errors of rounding.
_GRID = 1e-5
_KINDS = ("Polygon", "MultiPolygon")
#: An edge that spans all longitudes lies at a pole; one that spans more than half of them crosses the 180th meridian.
_JUMP = (180.0, 359.9)


def read_shape(member: Any) -> tuple[shapely.Geometry | None, list[str]]:
    """Return the geometry of a feature, None if it cannot be read, and the rules that it breaks.

    Parameters
    ----------
    member : object
        The member ``geometry`` as ``json.load`` returns it.
    """
    kind = member.get("type") if isinstance(member, dict) else None
    if not isinstance(member, dict) or not isinstance(kind, str):
        return None, [f"geometry cannot be read: {brief(member)} is not a GeoJSON geometry"]
    if kind not in _KINDS:
        return None, [f"geometry is {brief(kind, quoted=False)}: must be a Polygon or MultiPolygon that is not empty"]
    coordinates = member.get("coordinates")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if (odd := _odd_position(polygons)) is not None:
        return None, [f"geometry cannot be read: {odd}"]
    try:
        geometry = shapely.geometry.shape(member)
    except Exception as error:
        return None, [f"geometry cannot be read: {' '.join(str(error).split())[:200]}"]
    return geometry, _rules(geometry)


def brief(value: Any, *, quoted: bool = True) -> str:
    """Return a value of any type for a message, shortened."""
    text = repr(value) if quoted else str(value)
    return text if len(text) <= 80 else f"{text[:60]}…"


def _odd_position(polygons: Any) -> str | None:
    """Return what in the coordinates of polygons is not a position; None if all are."""
    if not isinstance(polygons, list) or not all(isinstance(rings, list) for rings in polygons):
        return f"coordinates = {brief(polygons)}: must be lists of rings"
    for ring in chain.from_iterable(polygons):
        if not isinstance(ring, list):
            return f"a ring is {brief(ring)}: must be a list of positions"
        if odd := next((position for position in ring if type(position) is not list or len(position) < 2), None):
            return f"a position is {brief(odd)}: must be a list of longitude and latitude"
        # A text or boolean would be taken for a number. Most rings have no type but these.
        if not set(map(type, chain.from_iterable(ring))) <= {int, float}:
            odd = next(number for number in chain.from_iterable(ring) if type(number) not in (int, float))
            return f"a coordinate is {json.dumps(odd)[:80]}: must be a number"
    return None


def _rules(geometry: shapely.Geometry) -> list[str]:
    """Return the rules that a geometry breaks."""
    if geometry.is_empty:
        return [f"geometry is an empty {geometry.geom_type}: must be a Polygon or MultiPolygon that is not empty"]
    if not np.isfinite(shapely.get_coordinates(geometry)).all():
        return ["geometry has a coordinate that is not a finite number: must be lon/lat in degrees"]
    west, south, east, north = geometry.bounds
    if not (west >= -180 and east <= 180 and south >= -90 and north <= 90):
        return [f"geometry reaches to {west:g} {south:g} {east:g} {north:g}: must be lon/lat in degrees"]
    if east - west > _JUMP[0] and any(_jumps(ring) for ring in shapely.get_rings(geometry)):
        return ["geometry jumps across the 180th meridian: cut it there into parts, as geo provinces add does"]
    return [] if geometry.is_valid else [f"geometry is not valid: {shapely.is_valid_reason(geometry)}"]


def _jumps(ring: shapely.Geometry) -> bool:
    steps = np.abs(np.diff(shapely.get_coordinates(ring)[:, 0]))
    return bool(((steps > _JUMP[0]) & (steps < _JUMP[1])).any())


def overlaps(polygons: Any) -> list[tuple[int, int, float, float, float]]:
    """Return the pairs of polygons that overlap: positions, area in km², share of the smaller, mean width in metres.

    Parameters
    ----------
    polygons : array of Polygon or MultiPolygon, shape (n,)
        Valid, in degrees.
    """
    one, other = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    pairs = sorted({(int(a), int(b)) for a, b in zip(one, other, strict=True) if a < b})
    areas = shapely.area(polygons)
    found = []
    for a, b in pairs:
        shared = polygonal(shapely.intersection(polygons[a], polygons[b]))
        if shared.area <= _GRID**2:
            continue
        scale = float(longitude_scale(np.array((shared.bounds[1] + shared.bounds[3]) / 2)))
        flat = shapely.transform(shared, lambda lonlat, s=scale: lonlat * [s * DEGREE_M, DEGREE_M])
        width = 2 * flat.area / flat.length
        found.append((a, b, flat.area / 1e6, shared.area / min(areas[a], areas[b]), width))
    return found


def overlap_faults(labels: list[str], found: list[tuple[int, int, float, float, float]]) -> list[str]:
    """Return a fault for each overlap that is more than a sliver of drawing."""
    return [
        f"{labels[one]} and {labels[other]} overlap by {km2:,.0f} km², {share:.0%} of the smaller one: "
        "a place there would have two provinces"
        for one, other, km2, share, width in found
        if share > SLIVER_SHARE or width > SLIVER_M
    ]


def polygonal(geometry: Any) -> Any:
    """Return a valid geometry of polygons only; rings that cross themselves keep the area they enclose."""
    if geometry.is_valid and geometry.geom_type in _KINDS:
        return geometry
    valid = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
    return shapely.union_all([part for part in shapely.get_parts(valid) if part.geom_type.endswith("Polygon")])
