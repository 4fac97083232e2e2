"""Spatial index of one set of provinces: a grid answers inside provinces, point in polygon near their borders."""

from threading import Lock
from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame
from numpy.typing import ArrayLike, NDArray

from geo.admin.distance import DEGREE_M, Areas, BorderIndex, Codes, Floats, border_segments, covering, longitude_scale

#: Cells along each side of the grid; measured fastest for 42 provinces between 512 and 2048.
CELLS = 1024  # no-mutate: the fineness of the grid changes no answer
#: Number of points from which building the grid pays.
GRID_FROM = 20_000  # no-mutate: answers are the same with and without the grid
#: Locators kept: a study has some ten sets of provinces in force together.
KEPT = 32

_OUTSIDE, _BORDER = -1, -2
#: How near to a grid line, in cells, a point counts as on it.
_TOLERANCE = 1e-6
_prepared: dict[tuple[Any, ...], "Locator"] = {}
_LOCK = Lock()


def prepared(provinces: GeoDataFrame) -> "Locator":
    """Return the locator of a set of provinces, from a cache of those used last.

    Parameters
    ----------
    provinces : GeoDataFrame
        One set, all in force on one day.
    """
    areas = provinces.geometry.to_numpy()
    # A locator keeps its polygons alive, so that no other polygon can get their id.
    key = (tuple(provinces["admin1_code"]), tuple(map(id, areas)))
    with _LOCK:
        found = _prepared.pop(key, None) or Locator(provinces)
        _prepared[key] = found
        if len(_prepared) > KEPT:
            del _prepared[next(iter(_prepared))]
    return found


class Locator:
    """Spatial index of one set of provinces, for any number of batches of points.

    Parameters
    ----------
    provinces : GeoDataFrame, shape (m,)
        One set, all in force on one day.

    Attributes
    ----------
    codes : list of str, length m
        Province codes in order.
    """

    def __init__(self, provinces: GeoDataFrame) -> None:
        ordered = provinces.sort_values("admin1_code", kind="stable")
        self.codes = ordered["admin1_code"].tolist()
        self._areas = ordered.geometry.to_numpy()
        self._grid: _Grid | None = None
        self._borders: BorderIndex | None = None

    def locate(self, lon: Floats, lat: Floats, max_distance_m: float) -> tuple[Codes, Floats]:
        """Return the province of each point, and how far outside it the point lies.

        Parameters
        ----------
        lon, lat : array of float, shape (n,)
            Degrees, WGS 84.
        max_distance_m : float
            How far outside every province a point may lie and still take the nearest.

        Returns
        -------
        position : array of int, shape (n,)
            Position in ``codes``, the lowest of those that cover the point; -1 for none.
        metres : array of float, shape (n,)
            0 inside; NaN without a province.
        """
        found = np.full(lon.size, _OUTSIDE, dtype="int32")
        metres = np.full(lon.size, np.nan)
        if not len(self._areas):
            return found, metres
        real = (np.abs(lon) <= 180) & (np.abs(lat) <= 90) & ((lon != 0) | (lat != 0))
        if self._grid is None and lon.size >= GRID_FROM:  # no-mutate: answers are the same with the grid
            self._grid = _Grid(self._areas)
        if self._grid is None:
            rows = np.flatnonzero(real)
            found[rows] = covering(lon[rows], lat[rows], self._areas)
            far = rows[found[rows] < 0]
        else:
            cells, near = self._grid.look_up(lon, lat, real, max_distance_m)
            found[:] = cells
            rows = np.flatnonzero(cells == _BORDER)
            found[rows] = covering(lon[rows], lat[rows], self._areas)
            far = np.flatnonzero((found < 0) & near)
        metres[found >= 0] = 0
        if max_distance_m > 0 and far.size:
            self._borders = self._borders or BorderIndex(self._areas)
            found[far], metres[far] = self._borders.nearest(lon[far], lat[far], max_distance_m)
        return found, metres


class _Grid:
    """Grid of cells over all provinces; each is wholly in one province, wholly outside all, or crossed by a border."""

    def __init__(self, areas: Areas) -> None:
        boxes = shapely.bounds(areas)
        self.west, self.south = boxes[:, 0].min(), boxes[:, 1].min()
        # Slightly wider than the provinces, so that their easternmost and northernmost points are in the last cells.
        self.width = (boxes[:, 2].max() - self.west) * (1 + 1e-9) / CELLS
        self.height = (boxes[:, 3].max() - self.south) * (1 + 1e-9) / CELLS
        start, end, _ = border_segments(areas)
        border = self._crossed((start - [self.west, self.south]) / [self.width, self.height],
                               (end - [self.west, self.south]) / [self.width, self.height])  # fmt: skip
        # Neighbouring cells of a row without a border are in one province: one point in polygon test for each run.
        fresh = np.ones_like(border)
        fresh[:, 1:] = border[:, 1:] | border[:, :-1]
        row, column = np.nonzero(fresh & ~border)
        middle = self.west + (column + 0.5) * self.width, self.south + (row + 0.5) * self.height
        runs = covering(*middle, areas)
        self.cells = np.append(runs, _BORDER).astype("int32")[np.cumsum(fresh & ~border).reshape(border.shape) - 1]
        self.cells[border] = _BORDER
        # Cumulative counts of border cells by row and column: four look-ups count those of any rectangle.
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
            reach = metres / DEGREE_M / longitude_scale(lat[rest]) / self.width
            near[rest] = self._borders(column[rest], row[rest], reach, metres / DEGREE_M / self.height)
        return values, near

    def _borders(self, column: Codes, row: Codes, reach_x: Floats, reach_y: float) -> NDArray[np.bool_]:
        """Return whether a border crosses any cell within a reach, in cells, of each cell."""
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
    """Mark the cells of points; a point very near a grid line marks the cells on both sides."""
    for dx in (-_TOLERANCE, _TOLERANCE):
        for dy in (-_TOLERANCE, _TOLERANCE):
            column = np.clip(np.floor(np.asarray(x) + dx), 0, CELLS - 1).astype("int64")
            row = np.clip(np.floor(np.asarray(y) + dy), 0, CELLS - 1).astype("int64")
            border[row, column] = True
