"""The legend: one block of rows for each kind of thing on the map, and none for what the map does not show."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from geo.figure.contents import Content
from geo.figure.marks import Mark, radius_of
from geo.figure.paint import EDGE_LINE, HATCH_LINE, HATCHED, MARKS, dash_style, dashed, hatching
from geo.figure.pen import LEADING, POINTS_PER_INCH, Pen
from geo.figure.symbols import SymbolPainter
from geo.figure.theme import Look, Sizes
from geo.model import Metric
from geo.stats.classes import NO_DATA, NO_FIGURE, Classes
from geo.stats.dataset import Dataset
from geo.style import TIER_DASHES

HEADINGS = {
    Metric.INCIDENTS: "Incidents in a {level}, in these sources",
    Metric.FATALITIES_BEST: "Deaths in a {level}, in these sources (best estimates)",
    Metric.INCIDENTS_PER_10000_KM2: "Incidents per 10,000 km², in these sources",
}
#: No incident in a province; the heading says that this is what the sources tell, not what happened.
NONE = "none"
LOOKS = {
    "exact": "site or town",
    "district": "district only",
    "province": "province only: mark for the whole province",
    "country": "country only",
}
TIERS = {"assessed": "assessed by analysts", "reported": "reported by the press", "claimed": "claimed by a party"}

#: Draws a row's symbol: x and y of the symbol's middle, in inches.
Draw = Callable[[float, float], None]


@dataclass(frozen=True)
class Block:
    """A heading and its rows.

    Attributes
    ----------
    heading : str
    rows : list of (Draw, str)
    strip : bool
        Rows stand side by side, labels below the symbols.
    """

    heading: str
    rows: list[tuple[Draw, str]]
    strip: bool = False


class Legend:
    """Writes blocks down a column of the sheet.

    Parameters
    ----------
    pen : Pen
    look : Look
    sizes : Sizes
    """

    def __init__(self, pen: Pen, look: Look, sizes: Sizes) -> None:
        self.pen, self.look, self.sizes = pen, look, sizes
        self.row = max(sizes.body * 1.5, sizes.symbol * 3.1) / POINTS_PER_INCH
        #: Where text starts, right of the symbols.
        self.indent = sizes.symbol * 6.2 / POINTS_PER_INCH

    def height(self, block: Block, width: float) -> float:
        """Return the height of a block in a column so many inches wide, with the space below it."""
        step = self.sizes.body * LEADING / POINTS_PER_INCH
        head = len(self.pen.wrap(block.heading, self.sizes.body, width, bold=True)) * step
        if block.strip:
            rows = len(self._strips(block, width)) * (self.row * 0.85 + step)
        else:
            rows = sum(max(self.row, len(self._lines(label, width)) * step) for _, label in block.rows)
        return head + rows + self.sizes.body * 1.1 / POINTS_PER_INCH

    def write(self, block: Block, x: float, top: float, width: float) -> None:
        """Write a block with its upper left corner at x, top."""
        body, colours = self.sizes.body, self.look.colours
        step = body * LEADING / POINTS_PER_INCH
        heading = self.pen.wrap(block.heading, body, width, bold=True)
        y = self.pen.block(x, top, heading, body, colours["text"], bold=True) - body * 0.25 / POINTS_PER_INCH
        if block.strip:
            for strip in self._strips(block, width):
                left = x
                for draw, label, each in strip:
                    draw(left + each / 2, y - self.row * 0.42)
                    below = y - self.row * 0.85 - body * 0.95 / POINTS_PER_INCH
                    self.pen.text(left + each / 2, below, label, body, colours["text"], ha="center")
                    left += each
                y -= self.row * 0.85 + step
            return
        for draw, label in block.rows:
            lines = self._lines(label, width)
            high = max(self.row, len(lines) * step)
            draw(x + self.indent / 2 - body * 0.25 / POINTS_PER_INCH, y - self.row / 2)
            self.pen.block(x + self.indent, y - (self.row - step) / 2, lines, body, colours["text"])
            y -= high

    def _strips(self, block: Block, width: float) -> list[list[tuple[Draw, str, float]]]:
        """Return the rows of a block side by side in as many strips as it takes, with the width of each."""
        space = self.sizes.body * 0.7 / POINTS_PER_INCH
        strips: list[list[tuple[Draw, str, float]]] = [[]]
        for draw, label in block.rows:
            each = max(self.pen.measure(label, self.sizes.body) + space, self.indent * 0.78)
            if strips[-1] and sum(part[2] for part in strips[-1]) + each > width:
                strips.append([])
            strips[-1].append((draw, label, each))
        return strips

    def _lines(self, label: str, width: float) -> list[str]:
        return self.pen.wrap(label, self.sizes.body, width - self.indent)

    def blocks(self, of: Dataset, shown: Sequence[Content], marks: Sequence[Mark]) -> list[Block]:
        """Return the blocks for what these maps, and these marks on them, show."""
        blocks = [self._classes(shown[0].classes, shown, of.level)]
        if any(mark.look != "country" for mark in marks):
            blocks.append(self._types(of, marks))
        if marks:
            blocks.append(self._precisions(marks))
        if any(len(content.strongholds) for content in shown):
            blocks.append(self._strongholds(of, shown))
        return blocks

    def _classes(self, classes: Classes, shown: Sequence[Content], level: str) -> Block:
        colours = self.look.colours
        rows = [(self._swatch(colours["zero"]), NONE)]
        rows += [(self._swatch(fill), label) for fill, label in zip(self.look.shades, classes.labels, strict=True)]
        for klass, fill, label in ((NO_FIGURE, "zero", "no figure"), (NO_DATA, "no_data", "not covered")):
            if any((content.provinces["class_index"] == klass).any() for content in shown):
                rows.append((self._swatch(colours[fill], HATCHED[klass]), label))
        return Block(HEADINGS[Metric(classes.metric)].format(level=level), rows, strip=True)

    def _types(self, of: Dataset, marks: Sequence[Mark]) -> Block:
        count = dict.fromkeys([*of.event_types, ""], 0)
        for mark in marks:
            for word, n in mark.counts if mark.look != "country" else ():
                count[word] += n
        rows = [
            (self._mark("exact", [(word, 1)]), f"{word or 'type not given'} ({n:,})") for word, n in count.items() if n
        ]
        return Block("Incidents by type", rows)

    def _precisions(self, marks: Sequence[Mark]) -> Block:
        seen = {word: None for mark in marks for word, _ in mark.counts}
        word, *others = seen
        rows = [
            (self._mark(look, [(word, 1)]), label)
            for look, label in LOOKS.items()
            if any(m.look == look for m in marks)
        ]
        if any(mark.n > 1 and mark.look != "country" for mark in marks):
            several = [(word, 1), (others[0] if others else word, 1)]
            rows.append((self._mark("exact", several), "several, with their number"))
        if any(mark.abroad and mark.look != "country" for mark in marks):
            rows.append((self._mark("exact", [(word, 1)], abroad=True), "cross-border attack"))
        return Block("Place known to a", rows)

    def _strongholds(self, of: Dataset, shown: Sequence[Content]) -> Block:
        rows = [row for content in shown for row in content.strongholds.itertuples()]
        groups = [group for group in [*of.groups, ""] if any(row.group == group for row in rows)]
        tiers = [tier for tier in TIER_DASHES if any(row.tier == tier for row in rows)]
        listed: list[tuple[Draw, str]] = [(self._hatch(group), group or "group not given") for group in groups]
        listed += [(self._edge(tier), f"edge: {TIERS[tier]}") for tier in tiers]
        return Block("Claimed strongholds", listed)

    def _swatch(self, fill: str, hatches: Sequence[float] = ()) -> Draw:
        from matplotlib.patches import Rectangle

        def draw(x: float, y: float) -> None:
            w, h = self.indent * 0.66, self.row * 0.74
            corner = (x - w / 2, y - h / 2)
            line = self.sizes.symbol * 0.12
            axes, colours = self.pen.axes, self.look.colours
            axes.add_patch(Rectangle(corner, w, h, facecolor=fill, edgecolor=colours["border"], linewidth=line))
            for angle in hatches:
                self._hatch_lines(x, y, w, h, colours["no_data_hatch"], angle, 0.5)

        return draw

    def _hatch(self, group: str) -> Draw:
        from matplotlib.patches import Rectangle

        def draw(x: float, y: float) -> None:
            w, h = self.indent * 0.66, self.row * 0.74
            colour, angle, line = self.look.groups[group]
            self._hatch_lines(x, y, w, h, colour, angle, 1, dashed(line, self.sizes.symbol))
            self.pen.axes.add_patch(
                Rectangle(
                    (x - w / 2, y - h / 2), w, h, facecolor="none", edgecolor=colour, linewidth=self.sizes.symbol * 0.2
                )
            )

        return draw

    def _hatch_lines(
        self, x: float, y: float, w: float, h: float, colour: str, angle: float, weight: float, style: Any = "-"
    ) -> None:
        from shapely import box

        gap = self.sizes.symbol * 1.5 / POINTS_PER_INCH
        for line in hatching([box(x - w / 2, y - h / 2, x + w / 2, y + h / 2)], angle, gap, 0):
            xs, ys = line.xy
            width = self.sizes.symbol * HATCH_LINE * weight
            self.pen.axes.plot(xs, ys, color=colour, lw=width, linestyle=style, solid_capstyle="butt")

    def _edge(self, tier: str) -> Draw:
        def draw(x: float, y: float) -> None:
            w = self.indent * 0.66
            width, line = EDGE_LINE * self.sizes.symbol, dash_style(tier, self.sizes.symbol)
            ends = [x - w / 2, x + w / 2]
            self.pen.axes.plot(ends, [y, y], color=self.look.colours["text"], lw=width, linestyle=line)

        return draw

    def _mark(self, look: str, counts: Sequence[tuple[str, int]], *, abroad: bool = False) -> Draw:
        def draw(x: float, y: float) -> None:
            parts = tuple(counts)
            radius = radius_of(sum(count for _, count in parts), look, self.sizes.symbol)
            mark = Mark(x, y, (x, y), look, parts, "", radius, abroad)
            painter = SymbolPainter(
                self.pen.axes, self.pen, self.look, self.sizes.symbol, self.sizes.small, 1 / POINTS_PER_INCH
            )
            painter.draw(mark, zorder=MARKS)

        return draw
