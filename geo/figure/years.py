"""Small multiples: one map per year, all with the same frame, classes and symbols."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.errors import UsageError
from geo.figure.contents import Content, content
from geo.figure.furniture import scale_bar
from geo.figure.layout import Column, pack
from geo.figure.legend import Legend
from geo.figure.map import Map, home_frame
from geo.figure.pen import Pen
from geo.figure.sheet import Heading, Notes, Part, Words
from geo.figure.theme import Look, Sizes
from geo.stats.dataset import Dataset
from geo.stats.periods import Years

if TYPE_CHECKING:
    from geo.figure.paint import Shapes

#: Most panels that fit on a sheet at a readable size.
MOST = 60
#: Smallest width of a panel with marks, in body font sizes.
ROOM_FOR_MARKS = 14.0
#: Height of the line above a panel in body font sizes, and the note that explains it.
HEAD = 1.5
COUNTS = (
    "Beside each year: its incidents, and in brackets those not placed in a {level} or outside the map. "
    "Years with too many incidents to be marked show colours only."
)
#: Size of a panel's symbols relative to those of a single map, and the space between panels relative to a margin.
SMALLER, BETWEEN = 0.75, 0.7


def panels(of: Dataset, metric: str, years: Years | None) -> list[Content]:
    """Return the content of each year of a period, or of all dated records.

    Raises
    ------
    UsageError
        If no record has a date, or there are more years than fit on a sheet.
    """
    span = years or of.extent
    if span is None:
        raise UsageError("by_year: no record has a date; leave it out, or give years")
    n = span[1] - span[0] + 1
    if n > MOST:
        raise UsageError(f"by_year: {span[0]}:{span[1]} are {n} maps; give years of at most {MOST}")
    return [content(of, metric, (year, year)) for year in range(span[0], span[1] + 1)]


@dataclass(frozen=True)
class Grid:
    """Layout of panels and legend; lengths in inches.

    Attributes
    ----------
    across, down : int
        Number of columns and rows of panels.
    width : float
        Width of a panel.
    step : float
        Distance between the tops of two rows.
    legend : list of Column
    """

    across: int
    down: int
    width: float
    step: float
    legend: list[Column]


class YearSheet:
    """Lays out and draws one small map per year with a common legend.

    Parameters
    ----------
    pen : Pen
    look : Look
    sizes : Sizes
    of : Dataset
    whole : Content
        Content of the whole period.
    words : Words
    years : sequence of Content
        Content of each year.
    """

    def __init__(
        self, pen: Pen, look: Look, sizes: Sizes, of: Dataset, whole: Content, words: Words, years: Sequence[Content]
    ) -> None:
        self.pen, self.look, self.sizes, self.of, self.whole, self.words = pen, look, sizes, of, whole, words
        self.years = years
        self.gap = sizes.body * 0.9 / 72
        self.inner = sizes.width - 2 * self.gap
        self.frame = home_frame(of)
        self.legend = Legend(pen, look, sizes)
        self.shapes: dict[tuple[float, str | None], Shapes] = {}

    def draw(self) -> None:
        """Draw everything; a sheet without a fixed height takes the height of its content."""
        gap, sizes, pen = self.gap, self.sizes, self.pen
        heading = Heading(pen, self.look, sizes, self.words)
        notes = Column(
            self.inner, (Notes(pen, self.look, sizes, (COUNTS.format(level=self.of.level), *self.words.notes)),)
        )
        head = heading.height(self.inner)
        room = sizes.height - head - notes.height - 2.5 * gap if sizes.height else None
        grid = self._beside(room) if room else self._above()
        foot = max((column.height for column in grid.legend), default=0) if not room else 0
        body = grid.down * grid.step + foot + gap
        pen.figure.set_size_inches(sizes.width, sizes.height or head + body + notes.height + 1.5 * gap)
        pen.resize()
        top = pen.figure.get_size_inches()[1] - gap
        heading.write(gap, top, self.inner)
        top -= head
        for i, shown in enumerate(self.years):
            drawn = self._map(shown, grid.width)
            x, y = gap + i % grid.across * (grid.width + BETWEEN * gap), top - i // grid.across * grid.step
            self._panel(shown, drawn, x, y, grid, first=i == 0)
        x, y = (sizes.width - gap - grid.legend[0].width, top) if room else (gap, top - grid.down * grid.step)
        for column in grid.legend:
            column.write(x, y)
            x += column.width + gap
        notes.write(gap, notes.height + gap * 0.5)

    def _above(self) -> Grid:
        """Lay out panels over the whole width, with the legend in columns below."""
        n = len(self.years)
        wide = self.sizes.side > 0
        across = min(n, (6 if n > 12 else 4) if wide else (4 if n > 9 else 3))
        columns = 4 if wide else 2
        grid = self._grid(across, self.inner)
        return replace(
            grid, legend=pack(self._parts(grid.width), columns, (self.inner - (columns - 1) * self.gap) / columns)
        )

    def _beside(self, room: float) -> Grid:
        """Lay out the largest panels that fit a given height, with the legend in a column at the right."""
        side = self.sizes.side * self.sizes.width
        grids = [self._grid(across, self.inner - side - self.gap) for across in range(1, len(self.years) + 1)]
        grid = next((grid for grid in grids if grid.down * grid.step <= room), grids[-1])
        parts = self._parts(grid.width)
        for share in (0.9, 0.8, 0.7, 0.6):
            if Column(side, tuple(parts)).height <= room:
                break
            self.legend = Legend(self.pen, self.look, replace(self.sizes, body=self.sizes.body * share))
            parts = self._parts(grid.width)
        return replace(grid, legend=[Column(side, tuple(parts))])

    def _grid(self, across: int, total: float) -> Grid:
        width = (total - (across - 1) * BETWEEN * self.gap) / across
        high = width * self.frame.height / self.frame.width
        step = high + self.sizes.body * HEAD / 72 + BETWEEN * self.gap
        return Grid(across, math.ceil(len(self.years) / across), width, step, [])

    def _parts(self, width: float) -> list[Part]:
        marks = [mark for shown in self.years for mark in self._map(shown, width).marks]
        return [Part(self.legend, block) for block in self.legend.blocks(self.of, self.years, marks)]

    def _map(self, shown: Content, width: float) -> Map:
        roomy = width * 72 >= ROOM_FOR_MARKS * self.sizes.body
        drawn = Map(self.pen, self.look, self.sizes, self.frame, shown if roomy else shown.areas(), self.of)
        # Years with the same provinces have the same shapes; they are computed again only after a boundary change.
        drawn.prepare(width, SMALLER * self.sizes.symbol, self.shapes.get((width, shown.on)))
        self.shapes[width, shown.on] = drawn.shapes
        return drawn

    def _panel(self, shown: Content, drawn: Map, x: float, top: float, grid: Grid, *, first: bool) -> None:
        body, colours = self.sizes.body, self.look.colours
        if shown.years:
            self.pen.text(x, top - body / 72, f"{shown.years[0]}", body, colours["text"], bold=True)
        n, missing = shown.totals["incidents"], shown.totals["unplaced"] + shown.beyond(self.frame)
        label = f"{n:,} ({missing:,})" if missing else f"{n:,}" if n else "–"
        self.pen.text(x + grid.width, top - body / 72, label, self.sizes.small, colours["text"], ha="right")
        height = grid.width * self.frame.height / self.frame.width
        axes = drawn.paint(x, top - body * HEAD / 72 - height, grid.width, height, None, self.sizes.small)
        if first:
            scale_bar(axes, self.pen, self.frame, self.sizes, colours)
