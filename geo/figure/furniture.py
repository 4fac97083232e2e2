"""Scale bar and north arrow."""

import math
from typing import TYPE_CHECKING

from geo.figure.pen import POINTS_PER_INCH, Pen
from geo.figure.projection import Frame
from geo.figure.theme import Sizes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Largest angle in degrees between north and up at which a north arrow is unnecessary.
NORTH_IS_UP = 10.0


def bar_km(width_m: float) -> int:
    """Return the length of a scale bar: 1, 2 or 5 times a power of ten kilometres, at most a quarter of the width."""
    most = width_m / 4000
    power = 10 ** math.floor(math.log10(max(most, 1)))
    return int(max(step * power for step in (1, 2, 5) if step * power <= max(most, 1)))


def corners(axes: "Axes", pen: Pen, frame: Frame, sizes: Sizes) -> list[tuple[float, float, float, float]]:
    """Return the boxes (west, south, east, north) in metres that scale bar and north arrow take."""
    scale = pen.metres_per_point(axes)
    west, south, east, north = frame.bounds
    km = bar_km(frame.width)
    words = pen.measure(f"{km:,} km", sizes.small) * POINTS_PER_INCH * scale
    pad = sizes.small * 0.8 * scale
    boxes = [(west, south, west + 2 * pad + max(km * 1000, words), south + 3.2 * pad)]
    if frame.convergence() > NORTH_IS_UP:
        long = sizes.small * 2.4 * scale
        boxes.append((east - 2 * long, north - 2.4 * long, east, north))
    return boxes


def scale_bar(axes: "Axes", pen: Pen, frame: Frame, sizes: Sizes, colours: dict[str, str]) -> None:
    """Draw a scale bar in the lower left corner of a map."""
    scale = pen.metres_per_point(axes)
    km = bar_km(frame.width)
    pad, high = sizes.small * 0.8 * scale, sizes.small * 0.35 * scale
    x, y = frame.bounds[0] + pad, frame.bounds[1] + pad
    axes.plot(
        [x, x, x + km * 1000, x + km * 1000], [y + high, y, y, y + high],
        color=colours["text"], lw=sizes.small * 0.11, solid_capstyle="butt", zorder=9,
    )  # fmt: skip
    words = f"{km:,} km"
    # Text longer than the bar is aligned with its start, so that it does not extend beyond the map.
    longer = pen.measure(words, sizes.small) * POINTS_PER_INCH * scale > km * 1000
    axes.text(
        x if longer else x + km * 500, y + high * 0.7, words, fontproperties=pen.font(sizes.small),
        color=colours["text"], ha="left" if longer else "center", va="bottom", parse_math=False, zorder=9,
    )  # fmt: skip


def north_arrow(axes: "Axes", pen: Pen, frame: Frame, sizes: Sizes, colours: dict[str, str]) -> None:
    """Draw a north arrow in the upper right corner if the convergence exceeds `NORTH_IS_UP`."""
    if frame.convergence() <= NORTH_IS_UP:
        return
    long = sizes.small * 2.4 * pen.metres_per_point(axes)
    x, y = frame.bounds[2] - long * 0.9, frame.bounds[3] - long * 1.1
    turn = frame.north_at(x, y)
    dx, dy = math.sin(turn) * long / 2, math.cos(turn) * long / 2
    arrow = {"arrowstyle": "-|>", "color": colours["text"], "lw": sizes.small * 0.11, "shrinkA": 0, "shrinkB": 0,
             "mutation_scale": sizes.small * 0.9}  # fmt: skip
    axes.annotate("", (x + dx, y + dy), (x - dx, y - dy), arrowprops=arrow, zorder=9)
    axes.text(
        x + dx * 1.7, y + dy * 1.7, "N", fontproperties=pen.font(sizes.small), color=colours["text"],
        ha="center", va="center", parse_math=False, zorder=9,
    )  # fmt: skip
