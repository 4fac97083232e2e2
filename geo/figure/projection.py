"""An equal-area projection for the area shown, and the frame round it."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

#: Margin round the content, as a share of the frame's longer side.
PADDING = 0.03


@dataclass(frozen=True)
class Frame:
    """A rectangle on a Lambert azimuthal equal-area map.

    Attributes
    ----------
    lon, lat : float
        Centre of the projection in degrees: there, north is up and shapes are true.
    bounds : (west, south, east, north)
        Metres from the centre.
    """

    lon: float
    lat: float
    bounds: tuple[float, float, float, float]

    @property
    def width(self) -> float:
        """Width in metres."""
        return self.bounds[2] - self.bounds[0]

    @property
    def height(self) -> float:
        """Height in metres."""
        return self.bounds[3] - self.bounds[1]

    @property
    def box(self) -> shapely.Polygon:
        """The rectangle as a polygon in metres."""
        return shapely.box(*self.bounds)

    def project(self, geometries: NDArray[np.object_]) -> NDArray[np.object_]:
        """Project geometries from EPSG:4326 to metres on this map."""
        forward = _transformer(self.lon, self.lat)

        def move(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.column_stack(forward.transform(lonlat[:, 0], lonlat[:, 1]))

        return np.asarray(shapely.transform(geometries, move))

    def unproject(self, geometry: shapely.Geometry) -> shapely.Geometry:
        """Return a geometry of this map, in metres, in EPSG:4326."""
        back = _transformer(self.lon, self.lat)

        def move(xy: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.column_stack(back.transform(xy[:, 0], xy[:, 1], direction="INVERSE"))

        return shapely.transform(geometry, move)

    def grown(self, share: float) -> "Frame":
        """Return the frame with a margin on every side: a share of its longer side."""
        by = share * max(self.width, self.height)
        west, south, east, north = self.bounds
        return replace(self, bounds=(west - by, south - by, east + by, north + by))

    def shaped(self, aspect: float) -> "Frame":
        """Return the smallest frame round this one that is ``aspect`` times as wide as high."""
        west, south, east, north = self.bounds
        wide, high = max(self.width, self.height * aspect), max(self.height, self.width / aspect)
        x, y = (west + east) / 2, (south + north) / 2
        return replace(self, bounds=(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2))

    def north_at(self, x: float, y: float) -> float:
        """Return the direction of north at a point of the frame, in radians clockwise from upward."""
        transformer = _transformer(self.lon, self.lat)
        lon, lat = transformer.transform(x, y, direction="INVERSE")
        x2, y2 = transformer.transform(lon, min(lat + 0.01, 90))
        return float(np.arctan2(x2 - x, y2 - y))

    def convergence(self) -> float:
        """Return the largest angle, in degrees, between north and upward anywhere in the frame."""
        west, south, east, north = self.bounds
        corners = ((west, south), (east, south), (west, north), (east, north))
        return max(abs(float(np.degrees(self.north_at(x, y)))) for x, y in corners)


def fit_frame(geometries: NDArray[np.object_], padding: float = PADDING) -> Frame:
    """Return the frame that holds geometries, on a projection centred on it.

    Parameters
    ----------
    geometries : array of shapely geometries, shape (n,)
        In EPSG:4326, at least one that is not empty; they may lie on both sides of 180 degrees.
    padding : float
        Margin as a share of the longer side.
    """
    lonlat = shapely.get_coordinates(geometries)
    # The mean direction on the circle tells on which side of 180 degrees the middle lies.
    angle = np.radians(lonlat[:, 0])
    middle = np.degrees(np.arctan2(np.sin(angle).mean(), np.cos(angle).mean()))
    around = (lonlat[:, 0] - middle + 180) % 360 - 180
    lon = (middle + (around.min() + around.max()) / 2 + 180) % 360 - 180
    lat = (lonlat[:, 1].min() + lonlat[:, 1].max()) / 2
    centred = Frame(round(float(lon), 2), round(float(lat), 2), (0.0, 0.0, 0.0, 0.0))
    west, south, east, north = shapely.total_bounds(centred.project(geometries)).tolist()
    if max(east - west, north - south) < 20_000:  # a single place still needs surroundings
        west, south, east, north = west - 50_000, south - 50_000, east + 50_000, north + 50_000
    return replace(centred, bounds=(west, south, east, north)).grown(padding)


@lru_cache(maxsize=16)
def _transformer(lon: float, lat: float) -> pyproj.Transformer:
    crs = f"+proj=laea +lon_0={lon} +lat_0={lat} +datum=WGS84 +units=m +no_defs"
    return pyproj.Transformer.from_crs("EPSG:4326", crs, always_xy=True)
