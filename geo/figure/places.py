"""Incidents -> the marks of a map: one a place, none on top of another, none more exact than its source."""

import math
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
import pandas as pd
import shapely

from geo.figure.projection import Frame

#: Half the frame of a province-precision mark, and the radius of a cluster of two, in symbol radii.
SQUARE = 1.55
CLUSTER = 1.55
#: The largest cluster, in symbol radii.
LARGEST = 4.2


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
        Stands for a whole area and lies inside it: needs no line to its home.
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
        """Return what it covers (west, south, east, north) at so many metres a point."""
        r = self.radius * scale * 1.05
        return self.x - r, self.y - r, self.x + r, self.y + r


def radius_of(n: int, look: str, symbol: float) -> float:
    """Return a mark's radius in points: the area of a cluster grows with its count."""
    if look == "country":
        return symbol * 1.5
    if look == "province":
        return symbol * SQUARE * min(1 + 0.13 * (len(str(n)) - 1), 1.6)
    return symbol if n == 1 else symbol * min(CLUSTER * math.sqrt(n / 2), LARGEST)


def make_marks(
    points: pd.DataFrame, frame: Frame, event_types: list[str], symbol: float, metres_per_point: float
) -> list[Mark]:
    """Gather incidents into marks that do not overlap their like.

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
        The largest first.
    """
    if points.empty:
        return []
    xy = shapely.get_coordinates(frame.project(shapely.points(points["lon"], points["lat"])))
    rows = points.assign(x=xy[:, 0], y=xy[:, 1]).fillna({"admin1_code": ""})
    west, south, east, north = frame.bounds
    rows = rows[rows["x"].between(west, east) & rows["y"].between(south, north)]
    rank = {word: i for i, word in enumerate([*event_types, ""])}
    marks = []
    for key, group in rows.groupby(["look", "admin1_code", "x", "y"], sort=True):
        look, area, x, y = cast("tuple[str, str, float, float]", key)
        counts = group["event_type"].value_counts().to_dict()
        parts = tuple((str(word), counts[word]) for word in sorted(counts, key=lambda word: rank[str(word)]))
        radius = radius_of(len(group), look, symbol)
        marks.append(Mark(x, y, (x, y), look, parts, area, radius, bool(group["cross_border"].any())))
    return _merge(marks, rank, symbol, metres_per_point)


def _merge(marks: list[Mark], rank: dict[str, int], symbol: float, scale: float) -> list[Mark]:
    """Unite marks of one precision and province that would overlap; the middle of their incidents stands for them."""
    marks = sorted(marks, key=lambda mark: (-mark.n, mark.x, mark.y))
    while True:
        pair = next(
            (
                (i, j)
                for i, a in enumerate(marks)
                for j, b in enumerate(marks[i + 1 :], i + 1)
                if (a.look, a.area) == (b.look, b.area) and _gap(a, b, scale) < 0
            ),
            None,
        )
        if pair is None:
            return marks
        b, a = marks.pop(pair[1]), marks.pop(pair[0])
        n = a.n + b.n
        counts = dict(a.counts)
        for word, count in b.counts:
            counts[word] = counts.get(word, 0) + count
        x, y = (a.x * a.n + b.x * b.n) / n, (a.y * a.n + b.y * b.n) / n
        parts = tuple(sorted(counts.items(), key=lambda part: rank[part[0]]))
        union = Mark(x, y, (x, y), a.look, parts, a.area, radius_of(n, a.look, symbol), a.abroad or b.abroad)
        marks = sorted([*marks, union], key=lambda mark: (-mark.n, mark.x, mark.y))


def _gap(a: Mark, b: Mark, scale: float) -> float:
    """Return the free distance between two marks in points, negative where they overlap."""
    return math.hypot(a.x - b.x, a.y - b.y) / scale - a.radius - b.radius


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
    # What is exact has the first claim to its spot; a province's mark can stand anywhere in the province.
    settled: list[Mark] = []
    order = {"exact": 0, "district": 1, "province": 2, "country": 3}
    for mark in sorted(marks, key=lambda m: (order[m.look], -m.n, m.x, m.y)):
        free = _inside if mark.look in ("province", "country") else _nearby
        settled.append(free(mark, settled, areas.get(mark.area), scale))
    return settled


def _nearby(mark: Mark, settled: list[Mark], area: shapely.Geometry | None, scale: float) -> Mark:
    """Return the mark moved by no more than three of its radii."""
    del area  # a dot may cross a border by a hair: the line to its place says where it belongs
    for step in np.arange(0, 3.01, 0.25):
        for angle in np.arange(0, 2 * math.pi, math.pi / 8) if step else [0.0]:
            reach = step * mark.radius * scale
            moved = replace(mark, x=mark.home[0] + reach * math.cos(angle), y=mark.home[1] + reach * math.sin(angle))
            if all(_gap(moved, other, scale) >= 0 for other in settled):
                return moved
    return mark


def _inside(mark: Mark, settled: list[Mark], area: shapely.Geometry | None, scale: float) -> Mark:
    """Return the mark at the free spot inside its area that is nearest to where it was."""
    if area is None:
        return _nearby(mark, settled, area, scale)
    if all(_gap(mark, other, scale) >= 0.6 for other in settled):
        return replace(mark, settled=True)
    reach = mark.radius * scale
    west, south, east, north = area.bounds
    grid = np.meshgrid(np.arange(west, east, reach / 2), np.arange(south, north, reach / 2))
    x, y = (axis.ravel() for axis in grid)
    distance = np.hypot(x - mark.x, y - mark.y)
    for margin in (reach, 0.0):
        room = area.buffer(-margin)
        for i in np.argsort(distance, kind="stable")[:4000]:
            moved = replace(mark, x=float(x[i]), y=float(y[i]), settled=True)
            if all(_gap(moved, other, scale) >= 0.6 for other in settled) and shapely.contains_xy(room, x[i], y[i]):
                return moved
    return _nearby(mark, settled, area, scale)
