"""The symbol of one mark: event symbol, ring, square, badge or cluster, in the units of its axes."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.figure.marks import Mark
from geo.figure.pen import Pen
from geo.figure.theme import Look

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import Patch

#: Line widths in symbol radii: outline of a filled symbol, ring of a district's symbol, ring of a cross-border halo.
OUTLINE, RING, HALO_LINE = 0.16, 0.42, 0.2
#: Outline of the square that holds a strip, in radii of the mark.
STRIP_OUTLINE = 0.1
#: How far a halo reaches beyond its mark, in symbol radii; round a square, in addition, by this factor, since a circle
#: has to clear its corners.
HALO, HALO_SQUARE = 0.42, 1.08 * 1.3
#: Half the height of a country's badge, and the radius of its corners, in half widths.
BADGE_HEIGHT, BADGE_CORNER = 0.75, 0.7
#: Event symbol inside a square, in symbol radii.
INNER_SYMBOL = 0.82
#: Height of the strip of event types in a square, and how far the number is raised above it, in radii of the mark.
STRIP_HEIGHT, NUMBER_RAISE = 0.5, 0.22
#: Width of a cluster's coloured ring in symbol radii. Its disc is at least DISC_OF_RING of a district mark's radius, or
#: DISC_OF_DIGITS of the font size, and at most DISC_MOST of the cluster's radius.
CLUSTER_RING, DISC_OF_RING, DISC_OF_DIGITS, DISC_MOST = 0.62, 0.45, 0.62, 0.8
#: Added to a mark's z-order for its number.
ABOVE = 0.005


@dataclass(frozen=True)
class SymbolPainter:
    """Draws marks on one axes.

    Attributes
    ----------
    axes : Axes
    pen : Pen
    look : Look
    symbol : float
        Radius of a single event symbol in points.
    digits : float
        Font size of numbers in points.
    scale : float
        Units of the axes per point on paper.
    """

    axes: "Axes"
    pen: Pen
    look: Look
    symbol: float
    digits: float
    scale: float

    def draw(self, mark: Mark, zorder: float) -> None:
        """Draw a mark: filled for a site or town, ring for a district, square for a province, badge for a country."""
        if mark.look == "country":
            self._badge(mark, zorder)
            return
        if mark.abroad:
            self._halo(mark, zorder)
        if mark.look == "province":
            self._square(mark, zorder)
        elif mark.n == 1:
            hollow = self.look.colours["badge"] if mark.look == "district" else None
            self._event(mark, self.symbol, zorder, hollow)
        else:
            self._cluster(mark, zorder)

    def _halo(self, mark: Mark, zorder: float) -> None:
        from matplotlib.patches import Circle

        radius = mark.radius * self.scale + self.symbol * HALO * self.scale
        if mark.look == "province":
            radius *= HALO_SQUARE
        colours, line = self.look.colours, self.symbol * HALO_LINE
        self._add(
            Circle((mark.x, mark.y), radius, facecolor=colours["halo"], edgecolor=colours["cross_border"],
                   linewidth=line, zorder=zorder)
        )  # fmt: skip

    def _badge(self, mark: Mark, zorder: float) -> None:
        from matplotlib.patches import FancyBboxPatch

        half, colours = mark.radius * self.scale, self.look.colours
        corner = (mark.x - half, mark.y - half * BADGE_HEIGHT)
        self._add(
            FancyBboxPatch(corner, 2 * half, 2 * half * BADGE_HEIGHT,
                           boxstyle=f"round,pad=0,rounding_size={half * BADGE_CORNER}",
                           facecolor=colours["badge"], zorder=zorder, **self._outline)
        )  # fmt: skip
        self._number(mark, colours["badge_text"], zorder)

    def _square(self, mark: Mark, zorder: float) -> None:
        from matplotlib.patches import Rectangle

        half, colours = mark.radius * self.scale, self.look.colours
        corner = (mark.x - half, mark.y - half)
        self._add(Rectangle(corner, 2 * half, 2 * half, facecolor=colours["badge"], zorder=zorder, **self._outline))
        if mark.n == 1:
            self._event(mark, self.symbol * INNER_SYMBOL, zorder)
            return
        self._strip(mark, zorder)
        self._number(mark, colours["badge_text"], zorder, raised=NUMBER_RAISE * mark.radius)

    def _strip(self, mark: Mark, zorder: float) -> None:
        """Show the shares of event types along the lower edge of a square."""
        from matplotlib.patches import Rectangle

        half = mark.radius * self.scale
        left, bottom = mark.x - half, mark.y - half
        for word, count in mark.counts:
            width = 2 * half * count / mark.n
            fill = self.look.events[word][2]
            corner, height = (left, bottom), half * STRIP_HEIGHT
            self._add(Rectangle(corner, width, height, facecolor=fill, edgecolor="none", zorder=zorder))
            left += width
        self._add(
            Rectangle((mark.x - half, bottom), 2 * half, 2 * half, facecolor="none",
                      edgecolor=self.look.colours["outline"], linewidth=mark.radius * STRIP_OUTLINE, zorder=zorder)
        )  # fmt: skip

    def _cluster(self, mark: Mark, zorder: float) -> None:
        """Show the shares of event types as a ring round the number, clockwise from the top."""
        from matplotlib.patches import Circle, Wedge

        colours, centre, radius = self.look.colours, (mark.x, mark.y), mark.radius * self.scale
        start = 90.0
        for word, count in mark.counts:
            end = start - 360 * count / mark.n
            fill = self.look.events[word][2]
            self._add(Wedge(centre, radius, end, start, facecolor=fill, edgecolor="none", zorder=zorder))
            start = end
        self._add(Circle(centre, radius, facecolor="none", zorder=zorder, **self._outline))
        ring = mark.look == "district"
        least = radius * DISC_OF_RING if ring else self.digits * DISC_OF_DIGITS * self.scale
        disc = min(max(radius - self.symbol * CLUSTER_RING * self.scale, least), radius * DISC_MOST)
        fill = colours["badge"] if ring else colours["outline"]
        self._add(Circle(centre, disc, facecolor=fill, edgecolor="none", zorder=zorder))
        self._number(mark, colours["badge_text"] if ring else colours["halo"], zorder)

    def _event(self, mark: Mark, radius: float, zorder: float, hollow: str | None = None) -> None:
        """Draw the symbol of the mark's only event type, filled, or hollow with this colour inside."""
        marker, factor, colour = self.look.events[mark.counts[0][0]]
        if hollow is None:
            fill, edge, line = colour, self.look.colours["outline"], OUTLINE
        else:
            fill, edge, line = hollow, colour, RING
        self.axes.plot(
            [mark.x], [mark.y], marker=marker, ms=2 * radius * factor, mfc=fill, mec=edge, mew=radius * line,
            ls="none", zorder=zorder,
        )  # fmt: skip

    def _number(self, mark: Mark, colour: str, zorder: float, raised: float = 0) -> None:
        font = self.pen.font(self.digits, bold=True)
        self.axes.annotate(
            f"{mark.n}", (mark.x, mark.y), (0, raised), textcoords="offset points", ha="center", va="center_baseline",
            color=colour, fontproperties=font, zorder=zorder + ABOVE, parse_math=False,
        )  # fmt: skip

    @property
    def _outline(self) -> dict[str, Any]:
        return {"edgecolor": self.look.colours["outline"], "linewidth": self.symbol * OUTLINE}

    def _add(self, patch: "Patch") -> None:
        self.axes.add_patch(patch)
