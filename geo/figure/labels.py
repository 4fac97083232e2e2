"""Labels that overlap neither each other nor a mark, placed by textalloc."""

import contextlib
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from geo.figure.marks import Mark
from geo.figure.pen import POINTS_PER_INCH, Pen, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Distance from a place to its label, smallest and largest, and margin round labels, as shares of the map's width.
NEAR, FAR, MARGIN = 0.006, 0.02, 0.003
THIN = "\u200a"

Box = tuple[float, float, float, float]


def paint_names(
    axes: "Axes", pen: Pen, names: pd.DataFrame, taken: Sequence[Box], size: float, colours: dict[str, str]
) -> list[str]:
    """Write labels where there is room; the first in the table have priority.

    Parameters
    ----------
    axes : Axes
        With its final limits.
    pen : Pen
    names : DataFrame, shape (n,)
        ``name``; ``x, y``: position of the named place in metres; ``radius``: of the mark there in points, 0 for none;
        ``area``: polygon that a label without a mark has to lie in.
    taken : sequence of (west, south, east, north)
        Obstacles in metres: marks and other labels.
    size : float
        Points.
    colours : dict
        ``label`` and ``label_halo`` of the theme.

    Returns
    -------
    list of str
        Names that were not drawn for lack of room.
    """
    from textalloc import allocate

    scale = pen.metres_per_point(axes)
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    within = shapely.box(west, south, east, north)
    taken = list(taken)
    waiting = []
    for row in names.itertuples():
        word = plain(row.name)
        box = _beside(row, pen.measure(word, size) * POINTS_PER_INCH * scale, size * 1.2 * scale, scale, taken, within)
        if box is None:
            waiting.append((word, row.x, row.y, row.radius))
            continue
        middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        text = axes.text(*middle, word, ha="center", va="center", fontproperties=pen.font(size), parse_math=False)
        _with_halo(axes, pen, text, size, colours)
        taken.append(box)
    if not waiting:
        return []
    words, x, y, radius = zip(*waiting, strict=True)
    lines = [line for box in taken for line in _crossed(box)]
    with contextlib.redirect_stdout(io.StringIO()):  # textalloc prints what it returns as well
        found, _, texts, _ = allocate(
            axes, x, y, words,
            x_lines=[np.array([x for x, _ in line]) for line in lines],
            y_lines=[np.array([y for _, y in line]) for line in lines],
            text_scatter_sizes=[r * 1.1 * pen.figure.dpi / POINTS_PER_INCH for r in radius],
            textsize=size, margin=MARGIN, min_distance=NEAR, max_distance=FAR, nbr_candidates=200,
            draw_lines=False, draw_all=False, fontproperties=pen.font(size), parse_math=False,
        )  # fmt: skip
    for placed in filter(None, texts):
        _with_halo(axes, pen, placed, size, colours)
    return [word for word, place in zip(words, found, strict=True) if place is None]


def _beside(
    row: Any, wide: float, high: float, scale: float, taken: Sequence[Box], within: shapely.Geometry
) -> Box | None:
    """Return a free box for a label: at its place, or on one of the four sides of its mark; None if there is none."""
    up, side = row.radius * scale * 1.1 + high / 2, row.radius * scale * 1.25 + wide / 2
    inside: list[Box] = []
    outside: list[Box] = []
    for dx, dy in ((side, 0), (-side, 0), (0, up), (0, -up)) if row.radius else ((0, 0),):
        box = _box(row.x + dx, row.y + dy, wide, high)
        if not _touches(box, taken):
            (inside if shapely.contains(row.area, shapely.box(*box)) else outside).append(box)
    if inside:
        return inside[0]
    return next((box for box in outside if row.radius and shapely.contains(within, shapely.box(*box))), None)


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


def _crossed(box: Box) -> list[list[tuple[float, float]]]:
    """Return the sides and diagonals of a box as lines that no label may cross."""
    w, s, e, n = box
    return [
        [(w, s), (e, s), (e, n), (w, n), (w, s)],
        [(w, s), (e, n)],
        [(w, n), (e, s)],
        [(w, (s + n) / 2), (e, (s + n) / 2)],
    ]
