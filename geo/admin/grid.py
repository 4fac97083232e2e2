"""One set of provinces, ready for many points: a grid answers inside provinces, exact geometry near their borders."""

from threading import Lock
from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame
from numpy.typing import ArrayLike, NDArray

#: Cells along each side of the grid; measured fastest for 42 provinces between 512 and 2048.
CELLS = 1024
#: Below so many points the exact tests alone are quicker than building a grid.
GRID_FROM = 20_000
#: Metres in a degree of latitude, on the sphere of the mean earth radius (IUGG: 6371008.8 m).
DEGREE_M = 6_371_008.8 * np.pi / 180
#: Locators kept: a study has some ten sets of provinces, and names are compared with points province by province.
KEPT = 256

_OUTSIDE, _BORDER = -1, -2
Floats = NDArray[np.float64]
Codes = NDArray[np.int32]
_prepared: dict[tuple[Any, ...], "Locator"] = {}
_LOCK = Lock()


def prepared(provinces: GeoDataFrame) -> "Locator":
    """Return the locator of a set of provinces; those used last are kept, for the next batch of points.

    Parameters
    ----------
    provinces : GeoDataFrame
        One set, in force together.
    """
    areas = provinces.geometry.to_numpy()
    # A locator holds its polygons, so that none of another set can come to have their identity.
    key = (tuple(provinces["admin1_code"]), tuple(map(id, areas)))
    with _LOCK:
        found = _prepared.pop(key, None) or Locator(provinces)
        _prepared[key] = found
        if len(_prepared) > KEPT:
            del _prepared[next(iter(_prepared))]
    return found


class Locator:
    """One set of provinces, ready for many batches of points.

    Attributes
    ----------
    codes : list of str, length m
        Province codes in order.
    """

    def __init__(self, provinces: GeoDataFrame) -> None:
        ordered = provinces.sort_values("admin1_code", kind="stable")
        self.codes = ordered["admin1_code"].tolist()
        self._areas = ordered.geometry.to_numpy()
        shapely.prepare(self._areas)
        self._boxes = shapely.bounds(self._areas)
        self._grid: _Grid | None = None
        self._edges: _Edges | None = None

    def locate(self, lon: Floats, lat: Floats, max_distance_m: float) -> tuple[Codes, Floats]:
        """Return each point's province, as a position in ``codes`` (-1: none), and its distance from it in metres."""
        found = np.full(lon.size, _OUTSIDE, dtype="int32")
        metres = np.full(lon.size, np.nan)
        if not len(self._areas):
            return found, metres
        real = (np.abs(lon) <= 180) & (np.abs(lat) <= 90) & ((lon != 0) | (lat != 0))
        if self._grid is None and lon.size >= GRID_FROM:
            self._grid = _Grid(self._areas, self._boxes, self._covering)
        if self._grid is None:
            rows = np.flatnonzero(real)
            found[rows] = self._covering(lon[rows], lat[rows])
            far = rows[found[rows] < 0]
        else:
            cells, near = self._grid.look_up(lon, lat, real, max_distance_m)
            found[:] = cells
            rows = np.flatnonzero(cells == _BORDER)
            found[rows] = self._covering(lon[rows], lat[rows])
            far = np.flatnonzero((found < 0) & near)
        metres[found >= 0] = 0
        if max_distance_m > 0 and far.size:
            self._edges = self._edges or _Edges(self._areas)
            found[far], metres[far] = self._edges.nearest(lon[far], lat[far], max_distance_m)
        return found, metres

    def _covering(self, lon: Floats, lat: Floats) -> Codes:
        """Return the first province, in order of codes, that covers each point."""
        found = np.full(lon.size, _OUTSIDE, dtype="int32")
        for number, (area, (west, south, east, north)) in enumerate(zip(self._areas, self._boxes, strict=True)):
            rows = np.flatnonzero((found < 0) & (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
            found[rows[shapely.intersects_xy(area, lon[rows], lat[rows])]] = number
        return found


class _Grid:
    """Cells over all provinces; each is wholly in one province, wholly outside, or crossed by a border."""

    def __init__(self, areas: NDArray[np.object_], boxes: Floats, covering: Any) -> None:
        self.west, self.south = boxes[:, 0].min(), boxes[:, 1].min()
        # A hair wider than the provinces, so that the last point falls into the last cell.
        self.width = (boxes[:, 2].max() - self.west) * (1 + 1e-9) / CELLS
        self.height = (boxes[:, 3].max() - self.south) * (1 + 1e-9) / CELLS
        start, end, _ = _segments(areas)
        border = self._crossed((start - [self.west, self.south]) / [self.width, self.height],
                               (end - [self.west, self.south]) / [self.width, self.height])  # fmt: skip
        # Cells in a row without a border between them are in the same province: one test for all of a run.
        fresh = np.ones_like(border)
        fresh[:, 1:] = border[:, 1:] | border[:, :-1]
        row, column = np.nonzero(fresh & ~border)
        runs = covering(self.west + (column + 0.5) * self.width, self.south + (row + 0.5) * self.height)
        self.cells = np.append(runs, _BORDER).astype("int32")[np.cumsum(fresh & ~border).reshape(border.shape) - 1]
        self.cells[border] = _BORDER
        # Borders in the cells up to and including each one, by row and column: counts any rectangle by four look-ups.
        self.count = np.zeros((CELLS + 1, CELLS + 1), dtype="int32")
        border.cumsum(axis=0, dtype="int32").cumsum(axis=1, out=self.count[1:, 1:])

    def look_up(
        self, lon: Floats, lat: Floats, real: NDArray[np.bool_], metres: float
    ) -> tuple[Codes, NDArray[np.bool_]]:
        """Return each point's cell value, and whether a border may lie within a distance of it."""
        with np.errstate(invalid="ignore"):
            column = np.where(real, np.floor((lon - self.west) / self.width), -CELLS).clip(-CELLS, 2 * CELLS)
            row = np.where(real, np.floor((lat - self.south) / self.height), -CELLS).clip(-CELLS, 2 * CELLS)
        column, row = column.astype("int64"), row.astype("int64")
        inside = (column >= 0) & (column < CELLS) & (row >= 0) & (row < CELLS)
        values = np.full(lon.size, _OUTSIDE, dtype="int32")
        values[inside] = self.cells.ravel()[row[inside] * CELLS + column[inside]]
        near = np.zeros(lon.size, dtype=bool)
        rest = np.flatnonzero(real & (values < 0)) if metres > 0 else near[:0]
        if len(rest):
            reach = metres / DEGREE_M / np.cos(np.radians(np.clip(lat[rest], -89, 89))) / self.width
            near[rest] = self._borders(column[rest], row[rest], reach, metres / DEGREE_M / self.height)
        return values, near

    def _borders(self, column: Codes, row: Codes, reach_x: Floats, reach_y: float) -> NDArray[np.bool_]:
        """Tell whether any cell within a reach, in cells, of each cell has a border."""
        wide, high = np.ceil(reach_x).astype("int64"), int(np.ceil(reach_y))
        west, east = np.clip(column - wide, 0, CELLS), np.clip(column + wide + 1, 0, CELLS)
        south, north = np.clip(row - high, 0, CELLS), np.clip(row + high + 1, 0, CELLS)
        count = self.count
        found: NDArray[np.bool_] = count[north, east] + count[south, west] > count[north, west] + count[south, east]
        return found

    def _crossed(self, start: Floats, end: Floats) -> NDArray[np.bool_]:
        """Mark the cells that border segments touch; coordinates are in cells.

        A segment enters each cell after its first through a grid line, so its end points and its crossings of grid
        lines, with the cells on both sides of each, are all of them.
        """
        border = np.zeros((CELLS, CELLS), dtype=bool)
        _mark(border, start[:, 0], start[:, 1])
        for axis in (0, 1):
            low = np.minimum(start[:, axis], end[:, axis])
            high = np.maximum(start[:, axis], end[:, axis])
            first, last = np.ceil(low).astype("int64"), np.floor(high).astype("int64")
            count = np.maximum(last - first + 1, 0)
            of = np.repeat(np.arange(len(low)), count)
            line = first[of] + np.arange(of.size) - np.repeat(np.cumsum(count) - count, count)
            span = end[of, axis] - start[of, axis]
            share = np.divide(line - start[of, axis], span, out=np.zeros(of.size), where=span != 0)
            other = start[of, 1 - axis] + share * (end[of, 1 - axis] - start[of, 1 - axis])
            _mark(border, *((line, other) if axis == 0 else (other, line)))
        return border


def _mark(border: NDArray[np.bool_], x: ArrayLike, y: ArrayLike) -> None:
    """Mark the cells of points; a point within a hair of a grid line marks the cells on both sides."""
    hair = 1e-6
    for dx in (-hair, hair):
        for dy in (-hair, hair):
            column = np.clip(np.floor(np.asarray(x) + dx), 0, CELLS - 1).astype("int64")
            row = np.clip(np.floor(np.asarray(y) + dy), 0, CELLS - 1).astype("int64")
            border[row, column] = True


def _segments(areas: NDArray[np.object_]) -> tuple[Floats, Floats, Codes]:
    """Return the start and end of each straight piece of border, and the position of its province."""
    rings, of = shapely.get_parts(shapely.boundary(areas), return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    return points[:-1][same], points[1:][same], of[ring[1:][same]].astype("int32")


class _Edges:
    """The border segments of all provinces, to find the nearest one."""

    def __init__(self, areas: NDArray[np.object_]) -> None:
        self.start, self.end, self.province = _segments(areas)
        pairs = np.stack([self.start, self.end], axis=1)
        self.tree = shapely.STRtree(shapely.linestrings(pairs))

    def nearest(self, lon: Floats, lat: Floats, metres: float) -> tuple[Codes, Floats]:
        """Return the nearest province within a distance of each point, and how far it is.

        Distances are on a plane that touches the sphere at the point, which over some kilometres is exact to 0.1 %.
        """
        shrink = np.cos(np.radians(np.clip(lat, -89.9, 89.9)))
        reach = metres / DEGREE_M
        boxes = shapely.box(lon - reach / shrink, lat - reach, lon + reach / shrink, lat + reach)
        point, edge = self.tree.query(boxes)
        scale = np.stack([shrink[point], np.ones(point.size)], axis=1) * DEGREE_M
        here = np.stack([lon[point], lat[point]], axis=1)
        a, b = (self.start[edge] - here) * scale, (self.end[edge] - here) * scale
        along = b - a
        length = (along**2).sum(axis=1)
        share = np.clip(np.divide(-(a * along).sum(axis=1), length, out=np.zeros(len(a)), where=length > 0), 0, 1)
        distance = np.hypot(*(a + share[:, None] * along).T)
        # Borders that end in one corner are equally near, but for rounding errors of less than a micrometre.
        order = np.lexsort((self.province[edge], distance.round(6), point))
        order = order[distance[order] <= metres]
        hit, first = np.unique(point[order], return_index=True)
        found = np.full(lon.size, _OUTSIDE, dtype="int32")
        far = np.full(lon.size, np.nan)
        found[hit] = self.province[edge[order[first]]]
        # A point on the border is covered; here the distance is positive, however small.
        far[hit] = np.maximum(distance[order[first]], np.finfo("float64").tiny)
        return found, far
