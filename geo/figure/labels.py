"""Names on a map: none touches another or a mark, and that of an area lies inside it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from geo.figure.marks import Mark
from geo.figure.pen import POINTS_PER_INCH, Pen, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

THIN = "\u200a"
#: Sizes of letters, relative to that asked for: a name that has no room in its area may have it in smaller ones.
SMALLER = (1, 0.86, 0.74)
#: Spots in each direction at which the name of an area is tried.
GRID = 41

Box = tuple[float, float, float, float]


def paint_names(
    axes: "Axes", pen: Pen, names: pd.DataFrame, taken: Sequence[Box], size: float, colours: dict[str, str]
) -> list[Box]:
    """Write the names of areas where there is room inside them; the first in the table have priority.

    Parameters
    ----------
    axes : Axes
        With its final limits.
    pen : Pen
    names : DataFrame, shape (n,)
        ``name``; ``x, y``: position of the named place in metres; ``radius``: of the mark there in points, 0 for none;
        ``area``: polygon that the label has to lie in; None for a place, whose name stands beside its mark.
    taken : sequence of (west, south, east, north)
        Obstacles in metres: marks and other labels.
    size : float
        Points.
    colours : dict
        ``label`` and ``label_halo`` of the theme.

    Returns
    -------
    list of (west, south, east, north)
        ``taken``, and the boxes of the names written.
    """
    scale = pen.metres_per_point(axes)
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    within = shapely.box(west, south, east, north)
    boxes = list(taken)
    for row in names.itertuples():
        word = plain(row.name)
        for letters in (size * share for share in SMALLER):
            wide, high = pen.measure(word, letters) * POINTS_PER_INCH * scale, letters * 1.2 * scale
            box = _inside(row, wide, high, scale, boxes, within)
            if box is not None:
                _write(axes, pen, box, word, letters, colours)
                boxes.append(box)
                break
    return boxes


def paint_towns(
    axes: "Axes", pen: Pen, towns: pd.DataFrame, taken: Sequence[Box], size: float, colours: dict[str, str]
) -> None:
    """Write the names of towns beside their dots, where neither touches anything; the first have priority.

    Parameters
    ----------
    axes, pen, taken, size, colours
        As for `paint_names`; with ``town``.
    towns : DataFrame, shape (n,)
        ``name, x, y`` in metres.
    """
    scale = pen.metres_per_point(axes)
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    boxes, radius = list(taken), size * 0.18 * scale
    for name, x, y in zip(towns["name"], towns["x"].to_numpy(float), towns["y"].to_numpy(float), strict=True):
        word = plain(name)
        dot = _box(x, y, 2 * radius, 2 * radius)
        if _touches(dot, boxes):
            continue
        wide, high = pen.measure(word, size) * POINTS_PER_INCH * scale, size * 1.2 * scale
        side, up = radius * 1.8 + wide / 2, radius * 1.2 + high / 2
        for dx, dy in ((side, 0), (-side, 0), (0, up), (0, -up)):
            box = _box(x + dx, y + dy, wide, high)
            if west < box[0] and box[2] < east and south < box[1] and box[3] < north and not _touches(box, boxes):
                axes.plot(x, y, "o", ms=size * 0.36, color=colours["town"], mew=0, zorder=7.8)
                _write(axes, pen, box, word, size, colours | {"label": colours["town"]})
                boxes += [dot, box]
                break


def _inside(
    row: Any, wide: float, high: float, scale: float, taken: Sequence[Box], within: shapely.Geometry
) -> Box | None:
    """Return a free box for a name in its area: beside the mark there, or as near to it as there is room."""
    up, side = row.radius * scale * 1.1 + high / 2, row.radius * scale * 1.25 + wide / 2
    beside = ((side, 0), (-side, 0), (0, up), (0, -up)) if row.radius else ((0, 0),)
    spots = np.add(beside, (row.x, row.y))
    if row.area is not None:
        west, south, east, north = shapely.bounds(row.area)
        if wide > east - west or high > north - south:
            return None
        x, y = np.meshgrid(np.linspace(west, east, GRID), np.linspace(south, north, GRID))
        around = np.column_stack([x.ravel(), y.ravel()])
        near = np.argsort(np.hypot(around[:, 0] - row.x, around[:, 1] - row.y), kind="stable")
        spots = np.concatenate([spots, around[near]])
    half = np.array([wide / 2, high / 2])
    boxes = np.column_stack([spots - half, spots + half])
    for other in taken:
        w, s, e, n = other
        apart = (boxes[:, 0] >= e) | (boxes[:, 2] <= w) | (boxes[:, 1] >= n) | (boxes[:, 3] <= s)
        boxes = boxes[apart]
    shapes = shapely.box(*boxes.T)
    fits = shapely.contains(within, shapes)
    if row.area is not None:
        shapely.prepare(row.area)
        fits &= shapely.contains(row.area, shapes)
    fits = np.flatnonzero(fits)
    return tuple(boxes[fits[0]].tolist()) if len(fits) else None


def _write(axes: "Axes", pen: Pen, box: Box, word: str, size: float, colours: dict[str, str]) -> None:
    middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    text = axes.text(*middle, word, ha="center", va="center", fontproperties=pen.font(size), parse_math=False)
    _with_halo(axes, pen, text, size, colours)


def _box(x: float, y: float, wide: float, high: float) -> Box:
    return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2


def _touches(box: Box, others: Sequence[Box]) -> bool:
    w, s, e, n = box
    return any(w < east and e > west and s < north and n > south for west, south, east, north in others)


def paint_countries(
    axes: "Axes",
    pen: Pen,
    countries: pd.Series,
    marks: Sequence[Mark],
    names: dict[str, str],
    size: float,
    colours: dict[str, str],
) -> list[Box]:
    """Write each country's name in spaced capitals in the middle of its visible part, where there is room.

    Returns
    -------
    list of (west, south, east, north)
        Boxes of the labels, in metres.
    """
    scale = pen.metres_per_point(axes)
    west, east = axes.get_xlim()
    south, north = axes.get_ylim()
    inner = shapely.box(west, south, east, north).buffer(-2 * size * scale / 2)
    taken = shapely.union_all([shapely.Point(mark.x, mark.y).buffer(mark.radius * scale) for mark in marks])
    stand = []
    for country, area in countries.items():
        word = THIN.join(plain(names.get(str(country), str(country))).upper())
        wide = pen.measure(word, size) * POINTS_PER_INCH * scale
        seen = shapely.difference(shapely.intersection(area, inner), taken)
        spot = _room(seen, wide * 1.05, size * scale)
        if spot is not None:
            text = axes.text(*spot, word, fontproperties=pen.font(size), ha="center", va="center", parse_math=False)
            _with_halo(axes, pen, text, size, colours | {"label": colours["muted"]})
            stand.append(
                (spot[0] - wide / 2, spot[1] - size * scale / 2, spot[0] + wide / 2, spot[1] + size * scale / 2)
            )
    return stand


def _room(area: shapely.Geometry, wide: float, high: float) -> tuple[float, float] | None:
    """Return the centre of the most central box of this size inside an area, or None."""
    if area.is_empty:
        return None
    west, south, east, north = area.bounds
    middle = area.centroid
    x, y = np.meshgrid(np.linspace(west, east, 25), np.linspace(south, north, 25))
    spots = np.column_stack([x.ravel(), y.ravel()])
    near = np.argsort(np.hypot(spots[:, 0] - middle.x, spots[:, 1] - middle.y), kind="stable")
    for x0, y0 in spots[near]:
        if shapely.contains(area, shapely.box(x0 - wide / 2, y0 - high, x0 + wide / 2, y0 + high)):
            return float(x0), float(y0)
    return None


def _with_halo(axes: "Axes", pen: Pen, text: Any, size: float, colours: dict[str, str]) -> None:
    """Draw a stroke behind a text as an artist of its own, so that the text itself stays text in SVG and PDF."""
    from matplotlib import patheffects

    text.set(color=colours["label"], zorder=8)
    x, y = text.get_position()
    axes.text(
        x, y, text.get_text(), ha=text.get_ha(), va=text.get_va(), color=colours["label_halo"],
        fontproperties=pen.font(size), parse_math=False, zorder=7.9,
        path_effects=[patheffects.Stroke(linewidth=size * 0.28, foreground=colours["label_halo"])],
    )  # fmt: skip
