"""Metres between points and province polygons: the one measure that import, geocoding and validation share.

Model of the earth: a sphere with the mean radius of the earth, and around each point the plane that touches it there,
on which a degree of longitude is a degree of latitude times the cosine of the point's latitude. Over some kilometres
the plane differs from the sphere by less than 0.1 %, and the sphere from the WGS 84 ellipsoid by less than 0.6 %: 30 m
in 5 km, less than the outlines themselves are wrong by.

References
----------
H. Moritz, "Geodetic Reference System 1980", Journal of Geodesy 74 (2000), 128-133: mean radius R1 = (2a + b) / 3.
"""

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.admin.own_shapes import own_shape

#: Mean radius of the earth (IUGG), in metres.
EARTH_RADIUS_M = 6_371_008.8
#: Metres in a degree of latitude.
DEGREE_M = EARTH_RADIUS_M * np.pi / 180
#: Latitude from which a degree of longitude shrinks no more, so that none has length 0.
_MAX_LATITUDE = 89.9
#: Pairs of a point and a border segment that are measured in one step; bounds the memory used to some 100 MB.
_PAIRS = 1_000_000  # no-mutate: the size of a step changes no distance

Floats = NDArray[np.float64]
Codes = NDArray[np.int32]
Areas = NDArray[np.object_]


def longitude_scale(lat: Floats) -> Floats:
    """Return the length of a degree of longitude as a share of a degree of latitude."""
    scale: Floats = np.cos(np.radians(np.clip(lat, -_MAX_LATITUDE, _MAX_LATITUDE)))
    return scale


def covering(lon: Floats, lat: Floats, areas: Areas) -> Codes:
    """Return the position of the first polygon that covers each point, border included; -1 where none does.

    Parameters
    ----------
    lon, lat : array of float, shape (n,)
        Degrees; NaN is covered by nothing.
    areas : array of Polygon or MultiPolygon, shape (m,)
        Degrees.

    Returns
    -------
    array of int, shape (n,)
    """
    found = np.full(lon.size, -1, dtype="int32")
    # Sorted from west to east, the points in the box of an area are looked for in a slice: with the areas of a hundred
    # countries, comparing every point with every box would take most of the time. NaN is sorted last, east of all.
    order = np.argsort(lon, kind="stable")
    bounds = shapely.bounds(areas)
    first = np.searchsorted(lon[order], bounds[:, 0], side="left")
    last = np.searchsorted(lon[order], bounds[:, 2], side="right")
    for number, (area, (_, south, _, north)) in enumerate(zip(areas, bounds, strict=True)):
        rows = order[first[number] : last[number]]
        rows = rows[(found[rows] < 0) & (lat[rows] >= south) & (lat[rows] <= north)]
        if rows.size:
            found[rows[shapely.intersects_xy(own_shape(area), lon[rows], lat[rows])]] = number
    return found


def distance_m(lon: Floats, lat: Floats, area: shapely.Geometry) -> Floats:
    """Return the distance of each point from a polygon.

    Parameters
    ----------
    lon, lat : array of float, shape (n,)
        Degrees, WGS 84.
    area : Polygon or MultiPolygon
        Degrees, WGS 84.

    Returns
    -------
    array of float, shape (n,)
        Metres; 0 in the polygon and on its border.
    """
    metres = np.zeros(lon.size)
    outside = np.flatnonzero(~shapely.intersects_xy(own_shape(area), lon, lat))
    start, end, _ = border_segments(np.array([area], dtype=object))
    step = max(_PAIRS // len(start), 1)  # no-mutate: the size of a step changes no distance
    for first in range(0, outside.size, step):
        rows = outside[first : first + step]
        metres[rows] = _to_segments_m(lon[rows, None], lat[rows, None], start, end).min(axis=1)
    return metres


def within_m(lon: Floats, lat: Floats, areas: Areas, metres: float) -> NDArray[np.bool_]:
    """Return whether each point lies in one of the polygons or within a distance of one.

    Parameters
    ----------
    lon, lat : array of float, shape (n,)
        Degrees, WGS 84; NaN is within nothing.
    areas : array of Polygon or MultiPolygon, shape (m,)
        Degrees, WGS 84.
    metres : float

    Returns
    -------
    array of bool, shape (n,)
    """
    within: NDArray[np.bool_] = covering(lon, lat, areas) >= 0
    # A degree in any direction is at least as long as one of longitude, so no point further away in degrees is near.
    reach = metres / DEGREE_M / longitude_scale(lat)
    for area, (west, south, east, north) in zip(areas, shapely.bounds(areas), strict=True):
        in_box = (lon >= west - reach) & (lon <= east + reach) & (lat >= south - reach) & (lat <= north + reach)
        rows = np.flatnonzero(in_box & ~within)
        if rows.size:
            rows = rows[shapely.dwithin(own_shape(area), shapely.points(lon[rows], lat[rows]), reach[rows])]
        if rows.size:
            within[rows] = distance_m(lon[rows], lat[rows], area) <= metres
    return within


class BorderIndex:
    """Spatial index of the border segments of polygons, to find the nearest polygon of each point.

    Parameters
    ----------
    areas : array of Polygon or MultiPolygon, shape (m,)
        Degrees, WGS 84.
    """

    def __init__(self, areas: Areas) -> None:
        self._start, self._end, self._area = border_segments(areas)
        pairs = np.stack([self._start, self._end], axis=1)
        self._tree = shapely.STRtree(shapely.linestrings(pairs))

    def nearest(self, lon: Floats, lat: Floats, metres: float) -> tuple[Codes, Floats]:
        """Return the nearest polygon within a distance of each point, and how far it is.

        Parameters
        ----------
        lon, lat : array of float, shape (n,)
            Points that no polygon covers.
        metres : float

        Returns
        -------
        position : array of int, shape (n,)
            Position of the polygon, the lowest at equal distance; -1 for none.
        distance : array of float, shape (n,)
            Metres, above 0; NaN for none.
        """
        reach = metres / DEGREE_M
        wide = reach / longitude_scale(lat)
        point, segment = self._tree.query(shapely.box(lon - wide, lat - reach, lon + wide, lat + reach))
        away = _to_segments_m(lon[point], lat[point], self._start[segment], self._end[segment])
        # Borders that meet in one corner are equally near, but for rounding errors of less than a micrometre.
        order = np.lexsort((self._area[segment], away.round(6), point))
        order = order[away[order] <= metres]
        hit, first = np.unique(point[order], return_index=True)
        position = np.full(lon.size, -1, dtype="int32")
        distance = np.full(lon.size, np.nan)
        position[hit] = self._area[segment[order[first]]]
        # A point on the border is covered; here the distance is positive, however small.
        distance[hit] = np.maximum(away[order[first]], np.finfo("float64").tiny)
        return position, distance


def border_segments(areas: Areas) -> tuple[Floats, Floats, Codes]:
    """Return the border segments of polygons.

    Returns
    -------
    start, end : array of float, shape (s, 2)
        Longitude and latitude.
    area : array of int, shape (s,)
        Position of the polygon of each segment.
    """
    rings, of = shapely.get_parts(shapely.boundary(areas), return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    return points[:-1][same], points[1:][same], of[ring[1:][same]].astype("int32")


def _to_segments_m(lon: Floats, lat: Floats, start: Floats, end: Floats) -> Floats:
    """Return the metres from points to segments, which broadcast against each other, on each point's plane."""
    scale_x = longitude_scale(lat)
    scale = np.stack([scale_x, np.ones_like(scale_x)], axis=-1) * DEGREE_M
    here = np.stack([lon, lat], axis=-1)
    a, b = (start - here) * scale, (end - here) * scale
    along = b - a
    squared = (along**2).sum(axis=-1)
    share = np.divide(-(a * along).sum(axis=-1), squared, out=np.zeros(squared.shape), where=squared > 0)
    foot = a + np.clip(share, 0, 1)[..., None] * along
    metres: Floats = np.hypot(foot[..., 0], foot[..., 1])
    return metres
