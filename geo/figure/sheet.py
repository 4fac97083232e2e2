"""Sheet with one map: heading, map, legend, wider view and notes, laid out by the width of the sheet."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from geo.figure.contents import Content
from geo.figure.furniture import north_arrow, scale_bar
from geo.figure.layout import Column, Item, fill, pack
from geo.figure.legend import Block, Legend
from geo.figure.map import Map, home_frame, wider_frame
from geo.figure.pen import LEADING, POINTS_PER_INCH, Pen
from geo.figure.projection import Frame
from geo.figure.theme import Look, Sizes
from geo.stats.dataset import Dataset

#: Largest factor by which the height of the map is increased to match the legend beside it.
STRETCH = 1.25
#: Note on a map whose marks are omitted.
HIDDEN = "Incidents are too many to be marked at this size; the provinces' colours show them."
#: Largest height of the wider view as a share of a slide's.
SHARE = 0.36
#: Number of columns below the map of a wide sheet.
BELOW = 3
#: Width of the wider view as a share of the sheet's, assumed for planning the legend; size of its symbols relative to
#: those of the map.
INSET, SMALLER = 0.3, 0.9


@dataclass(frozen=True)
class Words:
    """Text round the map.

    Attributes
    ----------
    title, subtitle : str
    notes : tuple of str
        One paragraph each.
    countries : dict of str to str
        Names by code.
    """

    title: str
    subtitle: str
    notes: tuple[str, ...]
    countries: dict[str, str]


@dataclass(frozen=True)
class Heading:
    """Title and subtitle."""

    pen: Pen
    look: Look
    sizes: Sizes
    words: Words

    def height(self, width: float) -> float:
        """Return the height in inches."""
        title, subtitle = self._lines(width)
        size = self.sizes
        return (
            len(title) * size.title + len(subtitle) * size.body * 1.08
        ) * LEADING / POINTS_PER_INCH + size.body * 0.7 / POINTS_PER_INCH

    def write(self, x: float, top: float, width: float) -> None:
        """Draw."""
        title, subtitle = self._lines(width)
        y = self.pen.block(x, top, title, self.sizes.title, self.look.colours["text"], bold=True)
        self.pen.block(x, y, subtitle, self.sizes.body * 1.08, self.look.colours["muted"])

    def _lines(self, width: float) -> tuple[list[str], list[str]]:
        return (
            self.pen.wrap(self.words.title, self.sizes.title, width, bold=True),
            self.pen.wrap(self.words.subtitle, self.sizes.body * 1.08, width),
        )


@dataclass(frozen=True)
class Notes:
    """Sources and caveats in small print."""

    pen: Pen
    look: Look
    sizes: Sizes
    notes: tuple[str, ...]

    def height(self, width: float) -> float:
        """Return the height in inches."""
        return (len(self._lines(width)) * LEADING + 0.6) * self.sizes.small / POINTS_PER_INCH

    def write(self, x: float, top: float, width: float) -> None:
        """Draw."""
        self.pen.block(x, top, self._lines(width), self.sizes.small, self.look.colours["muted"])

    def _lines(self, width: float) -> list[str]:
        return [line for note in self.notes for line in self.pen.wrap(note, self.sizes.small, width)]


@dataclass(frozen=True)
class Part:
    """A block of the legend."""

    legend: Legend
    block: Block

    def height(self, width: float) -> float:
        """Return the height in inches."""
        return self.legend.height(self.block, width)

    def write(self, x: float, top: float, width: float) -> None:
        """Draw."""
        self.legend.write(self.block, x, top, width)


class WiderView:
    """A small map of cross-border sites far away, with the main map's frame marked in it.

    Parameters
    ----------
    drawn : Map
    home : Frame
    countries : dict of str to str
    most : float
        Largest height of its map in inches.
    """

    heading = "Cross-border attack sites"

    def __init__(self, drawn: Map, home: Frame, countries: dict[str, str], most: float) -> None:
        self.drawn, self.home, self.countries, self.most = drawn, home, countries, most

    def height(self, width: float) -> float:
        """Return the height in inches."""
        return self._size(width)[1] + self.drawn.sizes.body * 2.6 / POINTS_PER_INCH

    def _size(self, width: float) -> tuple[float, float]:
        """Return the width and height of the map alone in a column of this width."""
        shape = self.drawn.frame.height / self.drawn.frame.width
        high = min(width * shape, self.most)
        return high / shape, high

    def write(self, x: float, top: float, width: float) -> None:
        """Draw."""
        drawn = self.drawn
        pen, sizes, colours = drawn.pen, drawn.sizes, drawn.look.colours
        pen.block(x, top, [self.heading], sizes.body, colours["text"], bold=True)
        head = sizes.body * 1.5 / POINTS_PER_INCH
        width, high = self._size(width)
        drawn.prepare(width, SMALLER * sizes.symbol)
        axes = drawn.paint(x, top - head - high, width, high, self.countries, sizes.small)
        scale_bar(axes, pen, drawn.frame, sizes, colours)
        north_arrow(axes, pen, drawn.frame, sizes, colours)
        ring = self.home.unproject(shapely.segmentize(self.home.box.exterior, self.home.width / 20))
        xy = shapely.get_coordinates(drawn.frame.project(np.array([ring], dtype=object)))
        axes.plot(xy[:, 0], xy[:, 1], color=colours["focus"], lw=sizes.body * 0.09, zorder=7)


@dataclass(frozen=True)
class Plan:
    """Positions in inches: the map at the upper left, columns beside it, rows of columns below.

    Attributes
    ----------
    frame : Frame
    width, height : float
        Of the map.
    beside : sequence of Column
    rows : sequence of sequences of Column
    """

    frame: Frame
    width: float
    height: float
    beside: Sequence[Column]
    rows: Sequence[Sequence[Column]]


class Sheet:
    """Lays out and draws one map with heading, legend and notes.

    Parameters
    ----------
    pen : Pen
    look : Look
    sizes : Sizes
    of : Dataset
    content : Content
    words : Words
    """

    def __init__(self, pen: Pen, look: Look, sizes: Sizes, of: Dataset, content: Content, words: Words) -> None:
        self.home = home_frame(of)
        if n := content.outside(self.home):
            beyond = f"{n:,} incident{' lies' if n == 1 else 's lie'} outside this map."
            words = replace(words, notes=(beyond, *words.notes))
        self.pen, self.look, self.sizes, self.of, self.content, self.words = pen, look, sizes, of, content, words
        self.gap = sizes.body * 0.9 / POINTS_PER_INCH
        self.inner = sizes.width - 2 * self.gap
        self.legend = Legend(pen, look, sizes)
        self.heading, self.notes = Heading(pen, look, sizes, words), Notes(pen, look, sizes, words.notes)

    def draw(self) -> None:
        """Draw everything; a sheet without a fixed height takes the height of its content."""
        gap, inner, sizes = self.gap, self.inner, self.sizes
        head = self.heading.height(inner)
        plan = self._slide(head) if sizes.height else self._flow()
        foot = sum(gap + max(column.height for column in row) for row in plan.rows)
        body = max([plan.height + foot, *(column.height for column in plan.beside)])
        self.pen.figure.set_size_inches(sizes.width, sizes.height or head + body + 1.5 * gap)
        self.pen.resize()
        top = self.pen.figure.get_size_inches()[1] - gap
        self.heading.write(gap, top, inner)
        y = top - head - plan.height
        main = self._map(plan.frame, plan.width)
        axes = main.paint(gap, y, plan.width, plan.height, self.words.countries, sizes.label)
        scale_bar(axes, self.pen, plan.frame, sizes, self.look.colours)
        north_arrow(axes, self.pen, plan.frame, sizes, self.look.colours)
        self._write(plan.beside, gap + plan.width + gap, top - head)
        for row in plan.rows:
            self._write(row, gap, y - gap)
            y -= gap + max(column.height for column in row)

    def _write(self, columns: Sequence[Column], x: float, top: float) -> None:
        for column in columns:
            column.write(x, top)
            x += column.width + self.gap

    def _map(self, frame: Frame, width: float) -> Map:
        drawn = Map(self.pen, self.look, self.sizes, frame, self.content, self.of)
        drawn.prepare(width)
        return drawn

    def _items(self, frame: Frame, width: float) -> list[Item]:
        """Return the parts of the legend for the map in this frame, the wider view last."""
        main = self._map(frame, width)
        if main.hidden:
            self.notes = replace(self.notes, notes=(HIDDEN, *self.words.notes))
        marks = main.marks
        view: list[Item] = []
        wide = wider_frame(self.content, frame)
        if wide is not None:
            wide = wide.shaped(min(max(wide.width / wide.height, 1.1), 1.4))
            far = Map(self.pen, self.look, self.sizes, wide, self.content.abroad(), self.of)
            marks = [*marks, *far.prepare(self.sizes.width * INSET, SMALLER * self.sizes.symbol)]
            view = [WiderView(far, frame, self.words.countries, SHARE * (self.sizes.height or math.inf))]
        return [*(Part(self.legend, block) for block in self.legend.blocks(self.of, [self.content], marks)), *view]

    def _flow(self) -> Plan:
        """Lay out a sheet of free height: legend beside the map as far as it fits, the rest below."""
        frame, gap, inner = self.home, self.gap, self.inner
        last = Column(inner, (self.notes,))
        if not self.sizes.side:
            height = inner * frame.height / frame.width
            return Plan(frame, inner, height, (), (pack(self._items(frame, inner), 2, (inner - gap) / 2), [last]))
        column = self.sizes.side * self.sizes.width
        width = inner - column - gap
        height = width * frame.height / frame.width
        items = self._items(frame, width)
        left = height + gap + self.notes.height(width)
        beside, rest = fill(items, column, left * STRETCH)
        if not rest:
            height += max(beside.height - left, 0)
            return Plan(frame.shaped(width / height), width, height, [beside], [[Column(width, (self.notes,))]])
        beside, rest = fill(items, column, height * STRETCH)
        height = max(height, beside.height)
        below = [Column((inner - (BELOW - 1) * gap) / BELOW, (item,)) for item in rest]
        return Plan(frame.shaped(width / height), width, height, [beside], [below, [last]])

    def _slide(self, head: float) -> Plan:
        """Lay out a slide of fixed height; a long legend takes two columns, then smaller print."""
        gap, inner, sizes = self.gap, self.inner, self.sizes
        height = sizes.height - head - self.notes.height(inner) - 2.5 * gap
        column = sizes.side * sizes.width
        for n, share in ((1, 1.0), (2, 1.0), (2, 0.85), (2, 0.7)):
            self.legend = Legend(self.pen, self.look, replace(sizes, body=sizes.body * share))
            width = inner - n * (column + gap)
            frame = self.home.shaped(width / height)
            beside, rest = [], self._items(frame, width)
            for _ in range(n):
                one, rest = fill(rest, column, height)
                beside.append(one)
            if not rest:
                break
        beside[-1] = Column(column, (*beside[-1].items, *rest))  # cramped, but nothing is left out
        return Plan(frame, width, height, beside, [[Column(inner, (self.notes,))]])
