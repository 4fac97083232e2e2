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
from geo.figure.pen import POINTS_PER_INCH, Pen
from geo.figure.projection import Frame
from geo.figure.symbols import SymbolPainter
from geo.figure.theme import Look
from geo.stats.classes import NO_DATA as NOT_COVERED
from geo.stats.classes import NO_FIGURE
from geo.style import TIER_DASHES, short_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Details finer than this many points on paper are left out of outlines: no eye sees them, and files stay small.
DETAIL = 0.25
#: Drawing order: class fills, hatching without data, strongholds and their edges, borders, leader lines, marks,
#: names of groups.
FILLS, NO_DATA, HATCHING, EDGES, PROVINCE_BORDERS, COUNTRY_BORDERS, LEADERS, MARKS = 1, 1.1, 2, 2.2, 3.0, 3.2, 5, 6
GROUPS = 7
#: Between the drawing orders of two marks.
MARK_STEP = 0.01
#: Lines of hatching: gap and width in symbol radii.
HATCH_GAP, HATCH_LINE = 1.15 * 1.9, 0.16
#: Hatching of provinces without data: gap and width in widths of a province's border.
NO_DATA_GAP, NO_DATA_LINE = 40, 0.6
#: Angles of the hatching of provinces without a value, by class.
HATCHED = {NOT_COVERED: (45,), NO_FIGURE: (45, 135)}
#: Width of a country's border in widths of a province's.
COUNTRY_LINE = 2.1
#: Strongholds of several groups in one province: their hatchings and edges take so many places in turn.
PLACES = 3
#: Most hatchings over each other.
HATCHES = 2
#: The edge of a stronghold: width, distance from the border and from the next edge inward, in symbol radii.
EDGE_LINE, EDGE_INSET, EDGE_STEP = 0.26, 0.35 * 0.8, 0.3 * 0.8
#: Dash patterns are CSS pixels for a symbol radius of 6.5; in print they are longer by this factor.
DASH_SYMBOL, DASH_STRETCH = 6.5, 1.4
#: A mark farther from its place than this many radii gets a leader line, of this width in symbol radii.
LEADER_FROM, LEADER_LINE = 0.6, 1 / 8


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
    """Fill provinces by class, and draw their borders and those of countries, ``line`` points wide."""
    colours, shapes = look.colours, drawn.provinces
    fills = {NO_FIGURE: colours["zero"], NOT_COVERED: colours["no_data"], 0: colours["zero"]} | dict(
        enumerate(look.shades, 1)
    )
    class_index = provinces["class_index"].reindex(shapes.index)
    for klass, fill in fills.items():
        fill_areas(
            axes, shapes[(class_index == klass).to_numpy()].tolist(), facecolor=fill, edgecolor="none", zorder=FILLS
        )
    for klass, angles in HATCHED.items():
        unknown = shapes[(class_index == klass).to_numpy()].tolist()
        for angle in angles if unknown else ():
            strokes = hatching(unknown, angle, NO_DATA_GAP * line * pen.metres_per_point(axes), 0)
            draw_lines(axes, strokes, colours["no_data_hatch"], line * NO_DATA_LINE, zorder=NO_DATA)
    for areas, colour, width, order in (
        (shapes, colours["province_line"], line, PROVINCE_BORDERS),
        (drawn.countries, colours["country_line"], line * COUNTRY_LINE, COUNTRY_BORDERS),
    ):
        # A border that two areas share is drawn once.
        borders = shapely.line_merge(shapely.union_all(shapely.boundary(areas.to_numpy(object))))
        draw_lines(axes, [borders], colour, width, zorder=order)


def paint_strongholds(
    axes: "Axes", pen: Pen, shapes: pd.Series, strongholds: pd.DataFrame, look: Look, symbol: float
) -> None:
    """Hatch provinces with claimed strongholds: colour and angle show the group, the edge the level of the claim."""
    scale = pen.metres_per_point(axes)
    place_of = {group: i % PLACES for i, group in enumerate(look.groups)}
    gap = HATCH_GAP * symbol * scale
    # More than two hatchings cannot be told apart: the others are named (`paint_groups`).
    order = strongholds["group"].map({group: i for i, group in enumerate(look.groups)}).argsort(kind="stable")
    first = strongholds.iloc[order].groupby("admin1_code", sort=False).head(HATCHES).sort_index()
    for code, group, tier in zip(first["admin1_code"], first["group"], first["tier"], strict=True):
        if code not in shapes.index:
            continue
        colour, angle, line = look.groups[group]
        # Hatchings of several groups start apart, so that lines at one angle do not cover each other.
        strokes = hatching([shapes[code]], angle, gap, gap * place_of[group] / PLACES)
        draw_lines(axes, strokes, colour, HATCH_LINE * symbol, zorder=HATCHING, linestyle=dashed(line, symbol))
        inset = shapely.buffer(shapes[code], -(EDGE_INSET + EDGE_STEP * place_of[group]) * symbol * scale)
        if not inset.is_empty:
            style = dash_style(tier, symbol)
            draw_lines(axes, [inset.boundary], colour, EDGE_LINE * symbol, zorder=EDGES, linestyle=style)


def paint_groups(
    axes: "Axes", pen: Pen, shapes: pd.Series, strongholds: pd.DataFrame, look: Look, symbol: float, size: float
) -> None:
    """Name the groups of areas that more than `HATCHES` of them claim, ``size`` points high, below the middle."""
    rank = {group: i for i, group in enumerate(look.groups)}
    for code, rows in strongholds.groupby("admin1_code", sort=True):
        if len(rows) <= HATCHES or code not in shapes.index:
            continue
        names = " · ".join(short_name(group) for group in sorted(rows["group"], key=rank.__getitem__))
        west, _, east, _ = shapes[code].bounds
        if pen.measure(names, size) * POINTS_PER_INCH * pen.metres_per_point(axes) > east - west:
            names = f"{len(rows)} groups"
        place = shapes[code].representative_point()
        y = place.y - 3 * symbol * pen.metres_per_point(axes)
        box = {"facecolor": look.colours["badge"], "edgecolor": look.colours["outline"], "linewidth": 0.4, "pad": 1.2}
        axes.text(
            place.x, y, names, color=look.colours["badge_text"], fontproperties=pen.font(size), parse_math=False,
            zorder=GROUPS, ha="center", va="top", bbox=box, clip_on=True,
        )  # fmt: skip


def dash_style(tier: str, symbol: float) -> Any:
    """Return matplotlib's line style for the level of a claim, at a symbol radius of so many points."""
    return dashed(TIER_DASHES[tier], symbol)


def dashed(dashes: Sequence[float], symbol: float) -> Any:
    """Return matplotlib's line style for dashes and gaps in CSS pixels, at a symbol radius of so many points."""
    return (0, [part * symbol / DASH_SYMBOL * DASH_STRETCH for part in dashes]) if dashes else "-"


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
    radians = math.radians(angle)
    along = np.array([math.cos(radians), math.sin(radians)])
    across = np.array([-math.sin(radians), math.cos(radians)])
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
    """Draw marks, the largest first, with a line to its place where a mark had to move.

    Parameters
    ----------
    axes : Axes
        With its final limits, in metres.
    pen : Pen
    marks : sequence of Mark
    look : Look
    symbol : float
        Radius of a single event symbol in points.
    digits : float
        Font size of the numbers in points.
    """
    scale = pen.metres_per_point(axes)
    for mark in marks:
        moved = math.hypot(mark.x - mark.home[0], mark.y - mark.home[1])
        if not mark.settled and moved > LEADER_FROM * mark.radius * scale:
            ends = zip(mark.home, (mark.x, mark.y), strict=True)
            axes.plot(*ends, color=look.colours["outline"], lw=symbol * LEADER_LINE, zorder=LEADERS)
    painter = SymbolPainter(axes, pen, look, symbol, digits, scale)
    for rank, mark in enumerate(sorted(marks, key=lambda m: -m.radius)):
        painter.draw(mark, MARKS + rank * MARK_STEP)


def fill_areas(axes: "Axes", areas: list[shapely.Geometry], **options: Any) -> None:
    """Fill areas."""
    from matplotlib.collections import PathCollection

    paths = [_path(part) for area in areas for part in shapely.get_parts(area) if part.geom_type == "Polygon"]
    if paths:
        axes.add_collection(PathCollection(paths, **options), autolim=False)


def _path(polygon: shapely.Polygon) -> Any:
    from matplotlib.path import Path

    rings = [shapely.get_coordinates(ring) for ring in (polygon.exterior, *polygon.interiors)]
    return Path.make_compound_path(*(Path(ring, closed=True) for ring in rings))


def draw_lines(
    axes: "Axes", strokes: Sequence[shapely.Geometry] | NDArray[np.object_], colour: str, width: float, **options: Any
) -> None:
    """Draw lines."""
    from matplotlib.collections import LineCollection

    parts = shapely.get_parts(shapely.get_parts(list(strokes)))
    strings = [shapely.get_coordinates(part) for part in parts if part.length > 0]
    if strings:
        axes.add_collection(LineCollection(strings, colors=colour, linewidths=width, **options), autolim=False)
