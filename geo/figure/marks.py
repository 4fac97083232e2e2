"""Incidents -> marks: one per place and precision, without overlap, never more precise than the source."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, cast

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.figure.projection import Frame

#: Half the frame of a province-precision mark, and the radius of a cluster of two, in symbol radii.
SQUARE = 1.55
CLUSTER = 1.55
#: The largest cluster, in symbol radii.
LARGEST = 4.2
#: With more marks than this, or marks on a larger share of the map than this, the map can no longer be read.
MOST, COVERED = 150, 0.14
#: Steps tried in turn on a crowded map: factor of the distance below which marks merge, factor of their size.
CROWDED = ((1.0, 1.0), (1.3, 0.7), (2.0, 0.55), (3.0, 0.45), (math.inf, 0.4))
#: Clearance in points between a province's or country's mark and others.
CLEARANCE = 0.6


@dataclass(frozen=True)
class Mark:
    """One mark.

    Attributes
    ----------
    x, y : float
        Where it is drawn, in the frame's metres.
    home : (x, y)
        The place itself.
    look : str
        ``exact``, ``district``, ``province`` or ``country``.
    counts : tuple of (event_type, int)
        In the order of the study's event types.
    area : str
        The province, or the country of a badge; a mark never takes in places of another.
    radius : float
        Points: half the width for a square.
    abroad : bool
        Holds cross-border incidents.
    settled : bool
        Stands for a whole area and lies inside it, so that it needs no leader line.
    """

    x: float
    y: float
    home: tuple[float, float]
    look: str
    counts: tuple[tuple[str, int], ...]
    area: str
    radius: float
    abroad: bool
    settled: bool = False

    @property
    def n(self) -> int:
        """Number of incidents."""
        return sum(count for _, count in self.counts)

    def box(self, scale: float) -> tuple[float, float, float, float]:
        """Return its bounds (west, south, east, north) in metres, at ``scale`` metres per point."""
        r = self.radius * scale * 1.05
        return self.x - r, self.y - r, self.x + r, self.y + r


def radius_of(n: int, look: str, symbol: float, shrink: float = 1.0) -> float:
    """Return a mark's radius in points; the area of a cluster is proportional to its count, within limits."""
    if look == "country":
        return symbol * 1.5
    if look == "province":
        return symbol * SQUARE * min(1 + 0.13 * (len(str(n)) - 1), 1.6)
    if n == 1:
        return symbol
    return symbol * max(min(CLUSTER * math.sqrt(n / 2), LARGEST) * shrink, 0.6 + 0.5 * len(f"{n:,}"))


def make_marks(
    points: pd.DataFrame, frame: Frame, event_types: list[str], symbol: float, metres_per_point: float
) -> list[Mark]:
    """Cluster incidents into marks; marks of one precision do not overlap.

    Parameters
    ----------
    points : DataFrame, shape (k,)
        ``Content.points``.
    frame : Frame
        Places outside it are left out.
    event_types : list of str
        The order of the parts of a mark.
    symbol : float
        Radius of a single symbol in points.
    metres_per_point : float
        Scale of the map on paper.

    Returns
    -------
    list of Mark
        The largest first; empty if even one mark per province would hide the map.
    """
    if points.empty:
        return []
    xy = shapely.get_coordinates(frame.project(shapely.points(points["lon"], points["lat"])))
    rows = points.assign(x=xy[:, 0], y=xy[:, 1]).fillna({"admin1_code": ""})
    west, south, east, north = frame.bounds
    rows = rows[rows["x"].between(west, east) & rows["y"].between(south, north)]
    paper = frame.width * frame.height / metres_per_point**2
    for pull, shrink in CROWDED:
        marks = _marks(rows, [*event_types, ""], symbol, metres_per_point, pull, shrink)
        covered = sum(math.pi * mark.radius**2 for mark in marks)
        if len(marks) <= MOST and covered <= COVERED * paper:
            break
    if covered > 2 * COVERED * paper:
        return []  # the areas' colours say more than marks that hide them
    return sorted(marks, key=lambda mark: (-mark.n, mark.x, mark.y))


def _marks(rows: pd.DataFrame, kinds: list[str], symbol: float, scale: float, pull: float, shrink: float) -> list[Mark]:
    """Return marks, merged where closer than ``pull`` times the sum of their radii."""
    # Marks of places in one cell overlap whatever their size: a cell's diagonal is shorter than two radii.
    cell = symbol * scale
    whole = (rows["look"] == "province").to_numpy() | math.isinf(pull)
    cells = rows.assign(
        # A place known to a province stands for the whole of it, wherever its point is: one mark for all of them.
        column=np.where(whole, 0, np.floor(rows["x"] / cell)),
        row=np.where(whole, 0, np.floor(rows["y"] / cell)),
    ).groupby(["look", "admin1_code", "column", "row"], sort=True)
    number = cells.ngroup().to_numpy()
    counts = np.zeros((cells.ngroups, len(kinds)), dtype=np.int64)
    rank = {word: i for i, word in enumerate(kinds)}
    np.add.at(counts, (number, rows["event_type"].map(rank).to_numpy(int)), 1)
    abroad = np.zeros(cells.ngroups, dtype=bool)
    abroad[number[rows["cross_border"].to_numpy(bool)]] = True
    middle = cells[["x", "y"]].mean()
    marks = []
    homes = middle.index.to_frame(index=False).groupby(["look", "admin1_code"], sort=True).indices
    for key, at in homes.items():
        look, area = cast("tuple[str, str]", key)
        size = partial(radius_of, look=look, symbol=symbol, shrink=shrink)
        for place, n, out in _merge(middle.to_numpy()[at], counts[at], abroad[at], size, scale * min(pull, 9)):
            parts = tuple((word, int(count)) for word, count in zip(kinds, n, strict=True) if count)
            marks.append(Mark(*place, place, look, parts, area, size(int(n.sum())), out))
    return marks


def _merge(
    places: NDArray[Any], counts: NDArray[Any], abroad: NDArray[Any], size: Callable[[int], float], scale: float
) -> list[tuple[tuple[float, float], NDArray[Any], bool]]:
    """Merge places whose marks would overlap; the weighted mean of their positions stands for them.

    Parameters
    ----------
    places : ndarray, shape (k, 2)
        Metres.
    counts : ndarray, shape (k, t)
        Incidents of each type.
    abroad : ndarray of bool, shape (k,)
    size : callable
        Number of incidents -> radius of their mark in points.
    scale : float
        Metres for each point.
    """
    order = np.lexsort((places[:, 1], places[:, 0], -counts.sum(axis=1)))
    places, counts, abroad = places[order].astype(float), counts[order], abroad[order]
    alive = np.ones(len(places), dtype=bool)
    radius = np.array([size(int(n)) for n in counts.sum(axis=1)])
    changed = True
    while changed:
        changed = False
        for i in range(len(places)):
            near = alive & (np.hypot(*(places - places[i]).T) < (radius + radius[i]) * scale)
            near[i] = False
            if not alive[i] or not near.any():
                continue
            near[i] = True
            n = counts[near].sum(axis=1)
            places[i] = (places[near] * n[:, None]).sum(axis=0) / n.sum()
            counts[i], abroad[i] = counts[near].sum(axis=0), abroad[near].any()
            radius[i] = size(int(n.sum()))
            alive &= ~near
            alive[i] = changed = True
    return [((float(places[i, 0]), float(places[i, 1])), counts[i], bool(abroad[i])) for i in np.flatnonzero(alive)]


def spread(marks: list[Mark], areas: dict[str, shapely.Geometry], scale: float) -> list[Mark]:
    """Move marks that stand for a whole area to a free spot inside it, and others just clear of each other.

    Parameters
    ----------
    marks : list of Mark
    areas : dict of str to Polygon
        Provinces and countries in the frame's metres, by code.
    scale : float
        Metres for each point on paper.

    Returns
    -------
    list of Mark
        Same marks; ``home`` keeps the place of those that moved.
    """
    # Exact marks are placed first; a province's mark may stand anywhere in the province.
    placed: list[Mark] = []
    order = {"exact": 0, "district": 1, "province": 2, "country": 3}
    for mark in sorted(marks, key=lambda m: (order[m.look], -m.n, m.x, m.y)):
        area = areas.get(mark.area) if mark.look in ("province", "country") else None
        placed.append(_nearby(mark, placed, scale) if area is None else _inside(mark, placed, area, scale))
    return placed


def _nearby(mark: Mark, placed: list[Mark], scale: float) -> Mark:
    """Return the mark moved by no more than three of its radii, or where it was if there is no room."""
    steps, angles = np.meshgrid(np.arange(0.25, 3.01, 0.25), np.arange(0, 2 * math.pi, math.pi / 8), indexing="ij")
    reach = steps.ravel() * mark.radius * scale
    x = np.concatenate([[mark.home[0]], mark.home[0] + reach * np.cos(angles.ravel())])
    y = np.concatenate([[mark.home[1]], mark.home[1] + reach * np.sin(angles.ravel())])
    free = np.flatnonzero(_free(mark, x, y, placed, scale, 0))
    return replace(mark, x=float(x[free[0]]), y=float(y[free[0]])) if len(free) else mark


def _inside(mark: Mark, placed: list[Mark], area: shapely.Geometry, scale: float) -> Mark:
    """Return the mark at the free spot inside its area that is nearest to where it was."""
    if _free(mark, np.array([mark.x]), np.array([mark.y]), placed, scale, CLEARANCE)[0]:
        return replace(mark, settled=True)
    reach = mark.radius * scale
    west, south, east, north = area.bounds
    grid = np.meshgrid(np.arange(west, east, reach / 2), np.arange(south, north, reach / 2))
    x, y = (axis.ravel() for axis in grid)
    near = np.argsort(np.hypot(x - mark.x, y - mark.y), kind="stable")[:4000]
    free = near[_free(mark, x[near], y[near], placed, scale, CLEARANCE)]
    for margin in (reach, 0.0):
        fits = free[shapely.contains_xy(area.buffer(-margin), x[free], y[free])]
        if len(fits):
            return replace(mark, x=float(x[fits[0]]), y=float(y[fits[0]]), settled=True)
    return _nearby(mark, placed, scale)


def _free(
    mark: Mark, x: NDArray[Any], y: NDArray[Any], placed: list[Mark], scale: float, clearance: float
) -> NDArray[np.bool_]:
    """Return at which positions the mark keeps its clearance, in points, from all placed marks; shape (k,)."""
    free = np.ones(len(x), dtype=bool)
    for other in placed:
        free &= np.hypot(x - other.x, y - other.y) / scale - mark.radius - other.radius >= clearance
    return free
