"""A single map: its frame, shapes and marks, and how they are drawn."""

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from geo.admin.provinces import label_points
from geo.figure.basemap import base_in, paint_lakes, paint_land
from geo.figure.contents import Content
from geo.figure.furniture import corners
from geo.figure.labels import paint_countries, paint_names, paint_towns
from geo.figure.marks import Mark, make_marks, radius_of, spread
from geo.figure.paint import Shapes, paint_areas, paint_groups, paint_marks, paint_strongholds, shapes_in
from geo.figure.pen import POINTS_PER_INCH, Pen
from geo.figure.projection import Frame, fit_frame
from geo.figure.theme import Look, Sizes
from geo.gazetteer.normalize import fold
from geo.payload.basemap_file import read_basemap
from geo.payload.basemap_towns import record_places
from geo.stats.dataset import Dataset
from geo.stats.frame import bulk, record_boxes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Largest extent in metres of a country that the wider view includes for incidents known only to that country; of a
#: larger one it includes a point.
WIDE = 2_500_000
#: The frame of whole countries is used if it is at most so many times that of the records; margin round the latter.
ROOMY, BULK_PADDING = 4, 0.08
#: A mark whose place lies within so many metres stands for a named place.
SAME_PLACE_M = 3_000
#: Font size of towns relative to that of provinces.
TOWN_LABEL = 0.86
#: Line width of province borders, and the map width from which on it applies (smaller maps have thinner lines), both in
#: body font sizes.
LINE, FULL = 0.045, 30


class Map:
    """Draws one content in one frame.

    Parameters
    ----------
    pen : Pen
    look : Look
    sizes : Sizes
    frame : Frame
    content : Content
    of : Dataset
    """

    def __init__(self, pen: Pen, look: Look, sizes: Sizes, frame: Frame, content: Content, of: Dataset) -> None:
        self.pen, self.look, self.sizes = pen, look, sizes
        self.frame, self.content, self.of = frame, content, of
        self.marks: list[Mark] = []
        self.shapes = Shapes(pd.Series(dtype=object), pd.Series(dtype=object))
        self.symbol = sizes.symbol
        #: Whether marks are omitted because they would cover the map.
        self.hidden = False

    def prepare(self, width: float, symbol: float | None = None, shapes: Shapes | None = None) -> list[Mark]:
        """Compute shapes and marks for a map ``width`` inches wide, and return the marks.

        ``symbol`` is the radius of one incident's symbol in points, by default that of the sheet; ``shapes`` are those
        of another map with the same frame, width and provinces, to avoid computing them again.
        """
        self.symbol = self.sizes.symbol if symbol is None else symbol
        scale = self.frame.width / (width * POINTS_PER_INCH)
        self.shapes = shapes_in(self.frame, self.content.provinces, scale) if shapes is None else shapes
        inner = shapely.box(*self.frame.grown(-0.02).bounds)
        areas = {
            str(code): shapely.intersection(shape, inner)
            for code, shape in (*self.shapes.provinces.items(), *self.shapes.countries.items())
        }
        marks = make_marks(self.content.points, self.frame, self.of.event_types, self.symbol, scale)
        self.hidden = not marks and bool(len(self.content.points) - self.content.beyond(self.frame))
        self.marks = spread([*marks, *self._badges(areas)], areas, scale)
        return self.marks

    def _badges(self, areas: dict[str, shapely.Geometry]) -> list[Mark]:
        """Return a badge for each country in the frame that has cross-border incidents known only to it."""
        marks = []
        for country, n in self.content.badges.items():
            seen = areas.get(str(country))
            if seen is not None and not seen.is_empty:
                x, y = shapely.maximum_inscribed_circle(seen).coords[0]
                radius = radius_of(int(n), "country", self.symbol)
                marks.append(Mark(x, y, (x, y), "country", (("", int(n)),), str(country), radius, True))
        return marks

    def paint(
        self, x: float, y: float, width: float, height: float, countries: dict[str, str] | None, label: float
    ) -> "Axes":
        """Draw in a rectangle of the sheet, in inches, and return its axes.

        ``label`` is the font size of names in points; ``countries`` are names by code, None to omit all names.
        """
        figure, colours = self.pen.figure, self.look.colours
        wide, high = figure.get_size_inches()
        west, south, east, north = self.frame.bounds
        axes = figure.add_axes(
            (x / wide, y / high, width / wide, height / high),
            xlim=(west, east), ylim=(south, north), facecolor=colours["outside"], zorder=1, xticks=[], yticks=[],
        )  # fmt: skip
        for spine in axes.spines.values():
            spine.set(color=colours["border"], linewidth=self.sizes.body * 0.07)
        line = LINE * self.sizes.body * min(1, (width * POINTS_PER_INCH / self.sizes.body / FULL) ** 0.5)
        scale = self.frame.width / (width * POINTS_PER_INCH)
        base = base_in(self.frame, scale)
        paint_land(axes, base, self.look, line)
        paint_lakes(axes, base, self.look, line)
        paint_areas(axes, self.pen, self.shapes, self.content.provinces, self.look, line)
        areas = self.shapes.provinces
        if len(former := self.content.former):
            areas = pd.concat([areas, shapes_in(self.frame, former, scale).provinces])
        paint_strongholds(axes, self.pen, areas, self.content.strongholds, self.look, self.symbol)
        digits = self.sizes.small * self.symbol / self.sizes.symbol
        paint_marks(axes, self.pen, self.marks, self.look, self.symbol, digits)
        if countries is not None:
            paint_groups(axes, self.pen, areas, self.content.strongholds, self.look, self.symbol, digits)
            own = self.shapes.countries
            others = base.countries[[code not in own.index and code in countries for code in base.countries.index]]
            named = pd.concat([own, others])
            taken = paint_countries(axes, self.pen, named, self.marks, countries, label, colours)
            taken += [mark.box(scale) for mark in self.marks]
            taken += corners(axes, self.pen, self.frame, self.sizes)
            places, names = self._places(), self._names()
            taken = paint_names(axes, self.pen, places, taken, label, colours)
            # A town with the name of its province stands for both.
            names = names[~names["name"].map(fold).isin(set(places["name"].map(fold)))]
            taken = paint_names(axes, self.pen, names, taken, label, colours)
            paint_towns(axes, self.pen, base.towns, taken, label * TOWN_LABEL, colours)
        return axes

    def _names(self) -> pd.DataFrame:
        """Return the provinces with marks or strongholds, highest value first, as `paint_names` expects them."""
        provinces = self.content.provinces.loc[self.shapes.provinces.index]
        marked = {mark.area: mark for mark in reversed(self.marks)}
        busy = {*self.content.strongholds["admin1_code"], *marked}
        some = provinces[provinces.index.isin(list(busy))].sort_values(
            ["value", "admin1_code"], ascending=[False, True]
        )
        columns = ["name", "x", "y", "radius", "area"]
        if some.empty:
            return pd.DataFrame(columns=columns)
        west, south, east, north = self.frame.bounds
        rows = []
        labels = shapely.get_coordinates(self.frame.project(label_points(some).to_numpy()))
        for code, name, (x, y) in zip(some.index, some["admin1_name"], labels, strict=True):
            mark = marked.get(str(code))
            x, y, radius = (mark.x, mark.y, mark.radius) if mark else (x, y, 0.0)
            if west < x < east and south < y < north:
                rows.append((name, x, y, radius, self.shapes.provinces[code]))
        return pd.DataFrame(rows, columns=columns)

    def _places(self) -> pd.DataFrame:
        """Return the places that the records name, as `paint_names` expects them."""
        places, _ = record_places(self.of.during(self.content.years).records, read_basemap().towns)
        spots = shapely.get_coordinates(self.frame.project(shapely.points(places["lon"], places["lat"])))
        exact = [mark for mark in self.marks if mark.look in ("exact", "district")]
        rows = []
        for name, (x, y) in zip(places["name"], spots.tolist(), strict=True):
            mark = min(exact, key=lambda mark: math.dist(mark.home, (x, y)), default=None)
            # A cluster of several towns stands between them, and is none of them.
            if mark and math.dist(mark.home, (x, y)) < SAME_PLACE_M:
                rows.append((name, mark.x, mark.y, mark.radius, None))
        return pd.DataFrame(rows, columns=["name", "x", "y", "radius", "area"])


def home_frame(of: Dataset) -> Frame:
    """Return the frame of the countries of all records that are not cross-border, or of the bulk of these records.

    The latter where the countries are more than `ROOMY` times as large: a few places in Russia do not need all of it.
    """
    home = of.provinces.geometry.to_numpy()[of.provinces["country_code"].isin(of.home).to_numpy(bool)]
    boxes = record_boxes(of, of.records[~of.records["cross_border"].to_numpy(bool)])
    if not len(boxes):
        return fit_frame(home)
    held = boxes[bulk(boxes)]
    west, south = held[["west", "south"]].min()
    east, north = held[["east", "north"]].max()
    framed = np.array([shapely.box(west, south, east, north)], dtype=object)
    wide = shapely.box(*shapely.total_bounds(home)).area if len(home) else np.inf
    return fit_frame(home) if wide <= ROOMY * framed[0].area else fit_frame(shapely.segmentize(framed, 1), BULK_PADDING)


def wider_frame(content: Content, home: Frame) -> Frame | None:
    """Return a frame that contains the home frame and the cross-border sites outside it, None if there are none."""
    points = content.points[content.points["cross_border"].to_numpy(bool)]
    sites = shapely.points(points["lon"].to_numpy(float), points["lat"].to_numpy(float))
    beyond = sites[~shapely.contains(home.box, home.project(sites))]
    far: list[shapely.Geometry] = []
    badged = content.provinces[content.provinces["country_code"].isin(list(content.badges.index))]
    for _, group in badged.groupby("country_code", sort=True):
        shape = shapely.union_all(home.project(group.geometry.to_numpy()), grid_size=1.0)
        if shapely.intersection(shape, home.box).area > 0.5 * shape.area:
            continue  # most of it is in the home frame
        west, south, east, north = shape.bounds
        if max(east - west, north - south) < WIDE:
            far.extend(group.geometry)
        elif not shapely.intersects(shape, home.box):
            far.append(shapely.point_on_surface(group.geometry.iloc[0]))
    if not len(beyond) and not far:
        return None
    ring = home.unproject(shapely.segmentize(home.box.exterior, home.width / 8))
    return fit_frame(np.array([ring, *beyond, *far], dtype=object), padding=0.06)
