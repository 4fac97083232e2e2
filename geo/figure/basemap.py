"""Land, lakes, disputed borders and towns round the provinces of a figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.figure.paint import COUNTRY_BORDERS, FILLS, HATCHING, draw_lines, fill_areas
from geo.figure.projection import Frame
from geo.figure.theme import Look
from geo.payload.basemap_cut import Detail, thin
from geo.payload.basemap_file import STEPS, Areas, read_basemap
from geo.style import DISPUTED_DASH

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Details finer than this many points on paper are left out.
DETAIL = 0.3
#: Metres in a degree of latitude, to convert details.
DEGREE_M = 111_000
#: Smallest lake in square points on paper.
LAKE = 4.0
#: Population of the smallest town that is named besides capitals, and the largest number of towns.
TOWN, TOWNS = 1_000_000, 14
#: Widths in widths of a province's border: seam that land has below provinces, borders, dashed lines.
SEAM, BORDER, DISPUTED = 2.0, 1.0, 1.6
#: Drawing orders: below all provinces; lakes above their hatching, below their borders.
LAND, LAND_BORDERS, LAKES = FILLS - 0.5, FILLS - 0.4, HATCHING + 0.3


@dataclass(frozen=True)
class Base:
    """What a frame shows of the base map, in the frame's metres.

    Attributes
    ----------
    countries : Series of Polygon
        By ISO 3166-1 code; "" for land without one.
    lakes, disputed : list of geometries
    towns : DataFrame, shape (n,)
        ``name, x, y``, the most important first.
    """

    countries: pd.Series
    lakes: list[shapely.Geometry]
    disputed: list[shapely.Geometry]
    towns: pd.DataFrame


@lru_cache(maxsize=8)
def base_in(frame: Frame, scale: float) -> Base:
    """Return what a frame shows of the base map.

    Parameters
    ----------
    frame : Frame
    scale : float
        Metres for each point on paper.
    """
    world = read_basemap()
    around = frame.grown(0.02)
    windows = _windows(around)
    detail = Detail(DETAIL * scale / DEGREE_M)

    def shown(shapes: Sequence[shapely.Geometry]) -> NDArray[np.object_]:
        pieces = [[shapely.clip_by_rect(shape, *window) for window in windows] for shape in shapes]
        joined = np.array([shapely.union_all([p for p in some if not p.is_empty]) for some in pieces], dtype=object)
        return np.asarray(shapely.clip_by_rect(shapely.make_valid(frame.project(joined)), *around.bounds))

    codes, land = _near(world.land, windows, detail)
    countries = pd.Series(shown(land), index=[world.countries[number] for number in codes], dtype=object)
    _, water = _near(world.lakes, windows, detail)
    lakes = [lake for lake in shown(water) if lake.area > LAKE * scale**2]
    arcs = [shapely.LineString(arc / STEPS) for arc in thin(world.disputed, [detail], STEPS) if len(arc) > 1]
    disputed = [line for line in shown(arcs) if not line.is_empty]
    towns = world.towns[world.towns["capital"] | (world.towns["population"] >= TOWN)]
    places = shapely.get_coordinates(frame.project(shapely.points(towns["lon"], towns["lat"])))
    towns = towns.assign(x=places[:, 0], y=places[:, 1])
    west, south, east, north = frame.bounds
    inside = towns[towns["x"].between(west, east) & towns["y"].between(south, north)]
    inside = inside.sort_values(["capital", "population"], ascending=False, kind="stable").head(TOWNS)
    return Base(countries[[not shape.is_empty for shape in countries]], lakes, disputed, inside[["name", "x", "y"]])


def paint_land(axes: "Axes", base: Base, look: Look, line: float) -> None:
    """Fill land below the provinces, and draw its borders; ``line`` is the width of a province's border in points."""
    colours = look.colours
    shapes = base.countries.tolist()
    fill_areas(axes, shapes, facecolor=colours["land"], edgecolor=colours["land"], linewidth=line * SEAM, zorder=LAND)
    outlines = [shapely.boundary(shape) for shape in shapes]
    draw_lines(axes, outlines, colours["land_line"], line * BORDER, zorder=LAND_BORDERS)


def paint_lakes(axes: "Axes", base: Base, look: Look, line: float) -> None:
    """Draw lakes above the provinces, and disputed borders above all borders."""
    colours = look.colours
    look_of = {"facecolor": colours["outside"], "edgecolor": colours["land_line"], "linewidth": line / 2}
    fill_areas(axes, base.lakes, zorder=LAKES, **look_of)
    width = line * DISPUTED
    draw_lines(axes, base.disputed, colours["land"], width * 1.8, zorder=COUNTRY_BORDERS + 0.1)
    dashes = (0, [part / DISPUTED_DASH[1] * 1.4 for part in DISPUTED_DASH])
    draw_lines(axes, base.disputed, colours["country_line"], width, zorder=COUNTRY_BORDERS + 0.2, linestyle=dashes)


def _windows(frame: Frame) -> list[tuple[float, float, float, float]]:
    """Return the boxes in degrees that hold a frame: more than one where it reaches across 180 degrees."""
    edge = shapely.get_coordinates(frame.unproject(shapely.segmentize(frame.box.exterior, frame.width / 20)))
    east_of = (edge[:, 0] - frame.lon + 180) % 360 - 180
    west, east = frame.lon + east_of.min(), frame.lon + east_of.max()
    south, north = edge[:, 1].min(), edge[:, 1].max()
    boxes = [(west + turn, south, east + turn, north) for turn in (-360, 0, 360)]
    return [box for box in boxes if box[0] < 180 and box[2] > -180]


def _near(
    areas: Areas, windows: Sequence[tuple[float, float, float, float]], detail: Detail
) -> tuple[list[int], list[shapely.Geometry]]:
    """Return numbers and polygons of the areas that reach into a window, in degrees."""
    starts = np.concatenate([[0], areas.arcs.ends[:-1]])
    low = np.minimum.reduceat(areas.arcs.points, starts) / STEPS
    high = np.maximum.reduceat(areas.arcs.points, starts) / STEPS
    seen = np.zeros(len(starts), bool)
    for west, south, east, north in windows:
        seen |= (low[:, 0] < east) & (high[:, 0] > west) & (low[:, 1] < north) & (high[:, 1] > south)
    arcs = thin(areas.arcs, [detail], STEPS)
    numbers, polygons = [], []
    for number, rings in enumerate(areas.rings):
        near = [ring for ring in rings if any(seen[~ref if ref < 0 else ref] for ref in ring)]
        closed = [points for points in (_ring(arcs, ring) for ring in near) if len(points) > 3]
        shape = _area(closed)
        if not shape.is_empty:
            numbers.append(number)
            polygons.append(shape)
    return numbers, polygons


def _area(rings: Sequence[NDArray[np.float64]]) -> shapely.Geometry:
    """Return the area of rings, exterior and interior alike, which thinning may have made cross themselves."""
    parts = shapely.make_valid(np.array([shapely.Polygon(ring) for ring in rings], dtype=object))
    if not len(parts):
        return shapely.Polygon()
    inner, outer = shapely.STRtree(parts).query(shapely.point_on_surface(parts), predicate="within")
    depth = np.bincount(inner[inner != outer], minlength=len(parts))
    hole = depth % 2 == 1
    return shapely.difference(shapely.union_all(parts[~hole]), shapely.union_all(parts[hole]))


def _ring(arcs: Sequence[NDArray[np.int32]], ring: Sequence[int]) -> NDArray[np.float64]:
    """Return the points of a ring in degrees, the first and the last equal."""
    points = np.concatenate([arcs[~ref][::-1] if ref < 0 else arcs[ref] for ref in ring]) / STEPS
    different = np.ones(len(points), bool)
    different[1:] = (points[1:] != points[:-1]).any(axis=1)
    return np.asarray(points[different])
