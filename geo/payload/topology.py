"""Polygons that share borders -> arcs that are each stored once, in whole numbers, as differences.

The page draws a border once, knows which provinces lie on its two sides, and so can tell a province line from
a country's outline without a second data set.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

#: Steps a degree: 1e-5 degrees are about a metre, the precision of the shipped polygons.
STEPS_PER_DEGREE = 100_000


@dataclass(frozen=True)
class Topology:
    """Arcs and the rings made of them.

    Attributes
    ----------
    arcs : list of int32 arrays, each shape (k, 2)
        Longitude and latitude in steps; a closed arc repeats its first point.
    rings : list of list of list of int
        For each feature its rings, exterior and interior alike; a ring lists its arcs in order, ``~arc`` for an
        arc that is run through backwards. The area is what an even-odd fill of all rings covers.
    """

    arcs: list[NDArray[np.int32]]
    rings: list[list[list[int]]]


def build_topology(polygons: Sequence[Any]) -> Topology:
    """Cut polygons into shared arcs.

    Parameters
    ----------
    polygons : sequence of shapely Polygon or MultiPolygon, length m
        In degrees. Borders are found to be shared where they have the same vertices after rounding to steps.

    Returns
    -------
    Topology
        One entry of ``rings`` a polygon, in order. Rings that rounding leaves with less than three corners vanish.
    """
    rings, owner = _rings(polygons)
    out: list[list[list[int]]] = [[] for _ in polygons]
    if not rings:
        return Topology([], out)
    keys = [_keys(ring) for ring in rings]
    junction = _junctions(keys)
    arcs: dict[bytes, int] = {}
    stored: list[NDArray[np.int32]] = []
    start = 0
    for ring, key, feature in zip(rings, keys, owner, strict=True):
        cuts = np.flatnonzero(junction[start : start + len(ring)])
        start += len(ring)
        out[feature].append([_store(piece, arcs, stored) for piece in _cut(ring, key, cuts)])
    return Topology(stored, out)


def encode_points(arcs: Sequence[NDArray[np.int32]]) -> NDArray[np.uint8]:
    """Return the points of all arcs as bytes: zigzag variable-length differences, x and y by turns.

    The first point of an arc is the difference to the first point of the arc before.
    """
    if not arcs:
        return np.zeros(0, np.uint8)
    points = np.concatenate(arcs).astype(np.int64)
    first = np.cumsum([0, *(len(arc) for arc in arcs[:-1])])
    deltas = np.diff(points, axis=0, prepend=0)
    deltas[first[1:]] = np.diff(points[first], axis=0)
    zigzag = ((deltas << 1) ^ (deltas >> 63)).ravel().astype(np.uint64)
    return _varint(zigzag)


def _rings(polygons: Sequence[Any]) -> tuple[list[NDArray[np.int64]], list[int]]:
    """Return all rings as open sequences of rounded points, and the number of the polygon that each belongs to."""
    parts, part_owner = shapely.get_parts(np.asarray(polygons, dtype=object), return_index=True)
    linear, ring_part = shapely.get_rings(parts, return_index=True)
    points, ring_index = shapely.get_coordinates(linear, return_index=True)
    steps = np.rint(points * STEPS_PER_DEGREE).astype(np.int64)
    # Neighbours that rounding has made equal, and the closing point of each ring, are no corners.
    keep = np.ones(len(steps), bool)
    keep[1:] = (steps[1:] != steps[:-1]).any(axis=1) | (ring_index[1:] != ring_index[:-1])
    steps, ring_index = steps[keep], ring_index[keep]
    rings, owner = [], []
    bounds = np.searchsorted(ring_index, np.arange(len(linear) + 1))
    for i, (a, b) in enumerate(pairwise(bounds)):
        ring = steps[a : b - 1] if b - a > 1 and (steps[a] == steps[b - 1]).all() else steps[a:b]
        if len(ring) >= 3:
            rings.append(ring)
            owner.append(int(part_owner[ring_part[i]]))
    return rings, owner


def _keys(ring: NDArray[np.int64]) -> NDArray[np.int64]:
    return ((ring[:, 0] + 2**25) << 32) | (ring[:, 1] + 2**25)


def _junctions(keys: list[NDArray[np.int64]]) -> NDArray[np.bool_]:
    """Mark the corners at which rings part: a corner whose two neighbours are not the same in every ring there."""
    before = np.concatenate([np.roll(key, 1) for key in keys])
    after = np.concatenate([np.roll(key, -1) for key in keys])
    here = np.concatenate(keys)
    low, high = np.minimum(before, after), np.maximum(before, after)
    order = np.lexsort((high, low, here))
    same_corner = here[order][1:] == here[order][:-1]
    differs = same_corner & ((low[order][1:] != low[order][:-1]) | (high[order][1:] != high[order][:-1]))
    _, corner = np.unique(here, return_inverse=True)
    parted = np.zeros(corner.max() + 1, bool)
    parted[corner[order][1:][differs]] = True
    return np.asarray(parted[corner])


def _cut(ring: NDArray[np.int64], key: NDArray[np.int64], cuts: NDArray[np.intp]) -> list[NDArray[np.int64]]:
    """Cut a ring at its junctions; a ring without any starts at its smallest corner, so that twins come out equal."""
    first = int(cuts[0]) if len(cuts) else int(np.argmin(key))
    closed = np.concatenate([ring[first:], ring[:first], ring[first : first + 1]])
    ends = [*(int(cut) - first for cut in cuts), len(ring)] if len(cuts) else [0, len(ring)]
    return [closed[a : b + 1] for a, b in pairwise(ends)]


def _store(piece: NDArray[np.int64], arcs: dict[bytes, int], stored: list[NDArray[np.int32]]) -> int:
    """Return the number of an arc, negated bitwise when it is stored the other way round; store it if it is new."""
    backwards = tuple(piece[-1]) < tuple(piece[0])
    if tuple(piece[-1]) == tuple(piece[0]):
        backwards = tuple(piece[-2]) < tuple(piece[1])
    arc = np.ascontiguousarray(piece[::-1] if backwards else piece, dtype=np.int32)
    number = arcs.setdefault(arc.tobytes(), len(stored))
    if number == len(stored):
        stored.append(arc)
    return ~number if backwards else number


def _varint(values: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """Encode whole numbers in seven bits a byte, lowest first, the top bit set while more follow."""
    width = np.ones(len(values), np.int64)
    for bits in range(7, 36, 7):
        width += values >= (1 << bits)
    offset = np.cumsum(width) - width
    out = np.zeros(int(width.sum()), np.uint8)
    for i in range(int(width.max(initial=0))):
        has = width > i
        byte = (values[has] >> np.uint64(7 * i)) & np.uint64(0x7F)
        more = (width[has] > i + 1).astype(np.uint64) << np.uint64(7)
        out[offset[has] + i] = (byte | more).astype(np.uint8)
    return out
