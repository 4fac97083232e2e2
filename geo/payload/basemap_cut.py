"""Cut lines and areas of the base map to the detail that a page shows: fine in its first view, coarse far from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from geo.payload.basemap_file import LEVELS, STEPS, Areas, Lines

#: As long as there are too many points, all detail is made coarser by this factor.
COARSER = 1.1

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Detail:
    """Within ``bounds``, or everywhere if they are None, what is finer than ``degrees`` is left out."""

    degrees: float
    bounds: Bounds | None = None

    def holds(self, points: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Return which points lie within the bounds."""
        if self.bounds is None:
            return np.ones(len(points), bool)
        west, south, east, north = (round(edge * STEPS) for edge in self.bounds)
        x, y = points[:, 0], points[:, 1]
        inside = (x >= west) & (x <= east)
        turn = 360 * STEPS  # bounds may reach beyond 180 degrees
        inside |= (x + turn >= west) & (x + turn <= east) | (x - turn >= west) & (x - turn <= east)
        return np.asarray(inside & (y >= south) & (y <= north))


def kept(lines: Lines, details: Sequence[Detail]) -> NDArray[np.bool_]:
    """Return which points of lines are kept: those that the detail where they lie shows, and the ends of all lines.

    Parameters
    ----------
    lines : Lines
    details : sequence of Detail
        The finest first, the last without bounds.
    """
    chosen = np.zeros(len(lines.points), bool)
    for detail in details:
        chosen |= (lines.level > np.searchsorted(LEVELS, detail.degrees)) & detail.holds(lines.points)
    return chosen


def coarse_enough(lines: Lines, details: Sequence[Detail], most: int) -> list[Detail]:
    """Return details, all made coarser alike until no more than ``most`` points of lines are `kept`."""
    within = [detail.holds(lines.points) for detail in details]
    while True:
        chosen = np.zeros(len(lines.points), bool)
        for detail, inside in zip(details, within, strict=True):
            chosen |= (lines.level > np.searchsorted(LEVELS, detail.degrees)) & inside
        if np.count_nonzero(chosen) <= most or details[-1].degrees > LEVELS[-1]:
            return list(details)
        details = [Detail(detail.degrees * COARSER, detail.bounds) for detail in details]


def thin(lines: Lines, details: Sequence[Detail], steps: int) -> list[NDArray[np.int32]]:
    """Return lines with the points that are `kept`, in ``steps`` per degree; a line may be reduced to one point."""
    chosen = kept(lines, details)
    owner = np.repeat(np.arange(len(lines.ends)), np.diff(lines.ends, prepend=0))[chosen]
    points = np.rint(lines.points[chosen] * (steps / STEPS)).astype(np.int32)
    moved = np.ones(len(points), bool)
    moved[1:] = (points[1:] != points[:-1]).any(axis=1) | (owner[1:] != owner[:-1])
    points = points[moved]
    ends = np.cumsum(np.bincount(owner[moved], minlength=len(lines.ends))).tolist()
    return [points[a:b] for a, b in pairwise([0, *ends])]


def cut(areas: Areas, details: Sequence[Detail], steps: int) -> tuple[list[NDArray[np.int32]], list[list[list[int]]]]:
    """Return areas with the points that are `kept`; rings that vanish are dropped.

    Parameters
    ----------
    areas : Areas
    details : sequence of Detail
        The finest first, the last without bounds.
    steps : int
        Per degree.

    Returns
    -------
    arcs : list of int32 arrays, each shape (k, 2)
        In ``steps`` per degree.
    rings : list of list of list of int
        As in `Areas`; some areas may have none.
    """
    arcs = thin(areas.arcs, details, steps)
    visible = _visible(areas.arcs, details)
    number: dict[int, int] = {}
    used: list[NDArray[np.int32]] = []
    out: list[list[list[int]]] = []
    for rings in areas.rings:
        left = []
        for ring in rings:
            plain = [~ref if ref < 0 else ref for ref in ring]
            if sum(len(arcs[arc]) - 1 for arc in plain) < 3 or (len(ring) == 1 and not visible[plain[0]]):
                continue
            for arc in plain:
                if arc not in number:
                    number[arc] = len(used)
                    used.append(arcs[arc])
            left.append([~number[arc] if ref < 0 else number[arc] for ref, arc in zip(ring, plain, strict=True)])
        out.append(left)
    return used, out


def _visible(lines: Lines, details: Sequence[Detail]) -> NDArray[np.bool_]:
    """Tell of each line whether it is longer or wider than the detail where it lies."""
    starts = np.concatenate([[0], lines.ends[:-1]])
    low = np.minimum.reduceat(lines.points, starts)
    high = np.maximum.reduceat(lines.points, starts)
    size = (high - low).max(axis=1)
    visible = np.zeros(len(starts), bool)
    for detail in details:
        visible |= (size > detail.degrees * STEPS) & (detail.holds(low) | detail.holds(high))
    return visible
