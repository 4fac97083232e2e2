"""Provinces, hatching, borders and marks on a map's axes, in the frame's metres."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from geo.figure.marks import Mark
from geo.figure.pen import Pen
from geo.figure.projection import Frame
from geo.figure.theme import Look
from geo.style import TIER_DASHES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Details finer than this many points on paper are left out of outlines: no eye sees them, and files stay small.
DETAIL = 0.25
#: Distance between hatch lines, and their width, in symbol radii.
HATCH, HATCH_LINE = 1.15, 0.16


@dataclass(frozen=True)
class Shapes:
    """What a frame shows of provinces and countries.

    Attributes
    ----------
    provinces, countries : Series of Polygon
        In the frame's metres, by code; cut a little outside the frame.
    """

    provinces: pd.Series
    countries: pd.Series


def shapes_in(frame: Frame, provinces: GeoDataFrame, scale: float) -> Shapes:
    """Return the provinces and countries that a frame shows, projected, and simplified together.

    Parameters
    ----------
    frame : Frame
    provinces : GeoDataFrame, shape (m,)
        One row a code, EPSG:4326.
    scale : float
        Metres for each point on paper.

    """
    projected = frame.project(provinces.geometry.to_numpy())
    around = frame.grown(0.02)
    seen = shapely.intersects(projected, around.box)
    # A border shared by two provinces is simplified once, so that no gap opens.
    simple = shapely.coverage_simplify(projected[seen], DETAIL * scale)
    cut = shapely.clip_by_rect(simple, *around.bounds)
    kept = ~shapely.is_empty(cut)
    shapes = pd.Series(cut[kept], index=provinces.index[seen][kept], dtype=object)
    home = provinces["country_code"].reindex(shapes.index).to_numpy(object)
    # Countries come from different files; a grid of a metre mends what rounding left between their provinces.
    countries = {
        code: shapely.union_all(group.tolist(), grid_size=1.0) for code, group in shapes.groupby(home, sort=True)
    }
    return Shapes(shapes, pd.Series(countries, dtype=object))


def paint_areas(axes: "Axes", pen: Pen, drawn: Shapes, provinces: GeoDataFrame, look: Look, line: float) -> None:
    """Fill provinces by class, and draw their borders and those of countries."""
    colours, shapes = look.colours, drawn.provinces
    fills = {-1: colours["no_data"], 0: colours["zero"]} | dict(enumerate(look.shades, 1))
    shade = provinces["shade"].reindex(shapes.index)
    for klass, fill in fills.items():
        _fill(axes, shapes[(shade == klass).to_numpy()].tolist(), facecolor=fill, edgecolor="none", zorder=1)
    unknown = shapes[(shade == -1).to_numpy()].tolist()
    if unknown:
        dots = hatching(unknown, 45, 40 * line * pen.metres_per_point(axes), 0)
        _lines(axes, dots, colours["no_data_hatch"], line * 0.6, zorder=1.1)
    for areas, colour, width, order in (
        (shapes, colours["province_line"], line, 3.0),
        (drawn.countries, colours["country_line"], line * 2.1, 3.2),
    ):
        # A border that two areas share is drawn once.
        borders = shapely.line_merge(shapely.union_all(shapely.boundary(areas.to_numpy(object))))
        _lines(axes, [borders], colour, width, zorder=order)


def paint_strongholds(
    axes: "Axes", pen: Pen, shapes: pd.Series, strongholds: pd.DataFrame, look: Look, symbol: float
) -> None:
    """Hatch provinces in which a group is said to be: colour and angle tell the group, the edge who says so."""
    scale = pen.metres_per_point(axes)
    order = list(look.groups)
    for code, group, tier in zip(strongholds["admin1_code"], strongholds["group"], strongholds["tier"], strict=True):
        if code not in shapes.index:
            continue
        shape = shapes[code]
        colour, angle = look.groups[group]
        gap = HATCH * symbol * scale * 1.9
        # Hatchings of several groups start apart, so that lines at one angle do not cover each other.
        lines = hatching([shape], angle, gap, gap * (order.index(group) % 3) / 3)
        _lines(axes, lines, colour, HATCH_LINE * symbol, zorder=2)
        inset = shapely.buffer(shape, -(0.35 + 0.3 * (order.index(group) % 3)) * symbol * scale * 0.8)
        if not inset.is_empty:
            dashes = TIER_DASHES[tier]
            # Dash patterns are CSS pixels at a symbol radius of 6.5; here they shrink with the symbol.
            style: Any = (0, [part * symbol / 6.5 * 1.4 for part in dashes]) if dashes else "-"
            _lines(axes, [inset.boundary], colour, 0.26 * symbol, zorder=2.2, linestyle=style)


def hatching(areas: Sequence[shapely.Geometry], angle: float, gap: float, shift: float) -> list[shapely.Geometry]:
    """Return parallel lines over areas.

    Parameters
    ----------
    areas : sequence of Polygon
    angle : float
        Degrees from the horizontal, counter-clockwise.
    gap, shift : float
        Distance between lines, and of the first from the origin, in the areas' unit: lines of areas that touch go on.
    """
    found = []
    turn = math.radians(angle)
    along, across = np.array([math.cos(turn), math.sin(turn)]), np.array([-math.sin(turn), math.cos(turn)])
    for area in areas:
        corners = shapely.get_coordinates(shapely.envelope(area))
        s, t = corners @ along, corners @ across
        steps = np.arange(math.ceil((t.min() - shift) / gap), math.floor((t.max() - shift) / gap) + 1) * gap + shift
        rays = [[along * s.min() + across * step, along * s.max() + across * step] for step in steps]
        if rays:
            pieces = shapely.intersection(shapely.linestrings(rays), area)
            found.extend(pieces[~shapely.is_empty(pieces)])
    return found


def paint_marks(axes: "Axes", pen: Pen, marks: Sequence[Mark], look: Look, symbol: float, digits: float) -> None:
    """Draw marks: filled for a site or town, a ring for a district, a square for a province, a badge for a country."""
    scale = pen.metres_per_point(axes)
    for mark in marks:
        if not mark.settled and math.hypot(mark.x - mark.home[0], mark.y - mark.home[1]) > 0.6 * mark.radius * scale:
            axes.plot(
                *zip(mark.home, (mark.x, mark.y), strict=True), color=look.colours["outline"], lw=symbol / 8, zorder=5
            )
    for order, mark in enumerate(sorted(marks, key=lambda m: -m.radius)):
        draw_mark(axes, pen, mark, look, symbol=symbol, digits=digits, scale=scale, zorder=6 + order * 0.01)


def draw_mark(
    axes: "Axes", pen: Pen, mark: Mark, look: Look, *, symbol: float, digits: float, scale: float, zorder: float
) -> None:
    """Draw one mark; ``scale`` is the axes' unit for each point."""
    from matplotlib.patches import Circle, FancyBboxPatch, Rectangle, Wedge

    colours = look.colours
    x, y, r = mark.x, mark.y, mark.radius * scale
    edge: dict[str, Any] = {"edgecolor": colours["outline"], "linewidth": symbol * 0.16}
    if mark.abroad:
        halo = (r + symbol * 0.42 * scale) * (1.08 if mark.look == "province" else 1)
        if mark.look != "country":
            axes.add_patch(
                Circle((x, y), halo * (1.3 if mark.look == "province" else 1), facecolor=colours["halo"],
                       edgecolor=colours["cross_border"], linewidth=symbol * 0.2, zorder=zorder)
            )  # fmt: skip
    if mark.look == "country":
        axes.add_patch(
            FancyBboxPatch((x - r, y - r * 0.75), 2 * r, 1.5 * r, boxstyle=f"round,pad=0,rounding_size={r * 0.7}",
                           facecolor=colours["badge"], zorder=zorder, **edge)
        )  # fmt: skip
        _number(axes, pen, mark, digits, colours["badge_text"], zorder)
        return
    if mark.look == "province":
        axes.add_patch(Rectangle((x - r, y - r), 2 * r, 2 * r, facecolor=colours["badge"], zorder=zorder, **edge))
        if mark.n == 1:
            _symbol(axes, x, y, mark.counts[0][0], look, symbol * 0.82, zorder)
            return
        _strip(axes, mark, look, scale, zorder)
        _number(axes, pen, mark, digits, colours["badge_text"], zorder, lift=0.22 * mark.radius)
        return
    ring = mark.look == "district"
    if mark.n == 1:
        _symbol(axes, x, y, mark.counts[0][0], look, symbol, zorder, hollow=colours["badge"] if ring else None)
        return
    start = 90.0
    for word, count in mark.counts:
        end = start - 360 * count / mark.n
        axes.add_patch(Wedge((x, y), r, end, start, facecolor=look.events[word][2], edgecolor="none", zorder=zorder))
        start = end
    inner = max(r - symbol * 0.62 * scale, r * 0.45) if ring else max(r - symbol * 0.62 * scale, digits * 0.62 * scale)
    axes.add_patch(Circle((x, y), r, facecolor="none", zorder=zorder, **edge))
    core = colours["badge"] if ring else colours["outline"]
    axes.add_patch(Circle((x, y), min(inner, r * 0.8), facecolor=core, edgecolor="none", zorder=zorder))
    _number(axes, pen, mark, digits, colours["badge_text"] if ring else colours["halo"], zorder)


def _symbol(
    axes: "Axes", x: float, y: float, word: str, look: Look, radius: float, zorder: float, hollow: str | None = None
) -> None:
    marker, factor, colour = look.events[word]
    size = 2 * radius * factor
    fill, edge, line = (colour, look.colours["outline"], 0.16) if hollow is None else (hollow, colour, 0.42)
    axes.plot([x], [y], marker=marker, ms=size, mfc=fill, mec=edge, mew=radius * line, ls="none", zorder=zorder)


def _strip(axes: "Axes", mark: Mark, look: Look, scale: float, zorder: float) -> None:
    """Show the event types of a province's incidents along the lower edge of its square."""
    from matplotlib.patches import Rectangle

    r = mark.radius * scale
    left = mark.x - r
    for word, count in mark.counts:
        width = 2 * r * count / mark.n
        axes.add_patch(
            Rectangle(
                (left, mark.y - r), width, r * 0.5, facecolor=look.events[word][2], edgecolor="none", zorder=zorder
            )
        )
        left += width
    axes.add_patch(
        Rectangle((mark.x - r, mark.y - r), 2 * r, 2 * r, facecolor="none", edgecolor=look.colours["outline"],
                  linewidth=mark.radius * 0.1, zorder=zorder)
    )  # fmt: skip


def _number(axes: "Axes", pen: Pen, mark: Mark, digits: float, colour: str, zorder: float, lift: float = 0) -> None:
    axes.annotate(
        f"{mark.n}", (mark.x, mark.y), (0, lift), textcoords="offset points", ha="center", va="center_baseline",
        color=colour, fontproperties=pen.font(digits, bold=True), zorder=zorder + 0.005, parse_math=False,
    )  # fmt: skip


def _fill(axes: "Axes", areas: list[shapely.Geometry], **options: Any) -> None:
    from matplotlib.collections import PathCollection

    paths = [_path(part) for area in areas for part in shapely.get_parts(area) if part.geom_type == "Polygon"]
    if paths:
        axes.add_collection(PathCollection(paths, **options), autolim=False)


def _path(polygon: shapely.Polygon) -> Any:
    from matplotlib.path import Path

    rings = [shapely.get_coordinates(ring) for ring in (polygon.exterior, *polygon.interiors)]
    return Path.make_compound_path(*(Path(ring, closed=True) for ring in rings))


def _lines(
    axes: "Axes", lines: Sequence[shapely.Geometry] | NDArray[np.object_], colour: str, width: float, **options: Any
) -> None:
    from matplotlib.collections import LineCollection

    parts = shapely.get_parts(shapely.get_parts(list(lines)))
    strings = [shapely.get_coordinates(part) for part in parts if part.length > 0]
    if strings:
        axes.add_collection(LineCollection(strings, colors=colour, linewidths=width, **options), autolim=False)
