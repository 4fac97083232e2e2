"""Convert polygons to a topology, as TopoJSON does: quantized arcs, each stored once and delta-encoded.

The page draws each border once. It knows the provinces on both sides of an arc, so it can distinguish province borders
from country borders without a second data set.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

#: Quantization steps per degree: 1e-5 degrees are about a metre, the precision of the shipped polygons.
STEPS_PER_DEGREE = 100_000


@dataclass(frozen=True)
class Topology:
    """Arcs and the rings made of them.

    Attributes
    ----------
    arcs : list of int32 arrays, each shape (k, 2)
        Longitude and latitude in quantization steps; a closed arc repeats its first point.
    rings : list of list of list of int
        The rings of each feature, exterior and interior alike. A ring lists its arcs in order, ``~arc`` for a
        reversed arc. Rings are filled by the even-odd rule.
    """

    arcs: list[NDArray[np.int32]]
    rings: list[list[list[int]]]


def build_topology(polygons: Sequence[Any]) -> Topology:
    """Split polygons into shared arcs.

    Parameters
    ----------
    polygons : sequence of shapely Polygon or MultiPolygon, length m
        In degrees. Borders are shared if they have the same vertices after quantization.

    Returns
    -------
    Topology
        One entry of ``rings`` per polygon, in order. Rings with fewer than three vertices after quantization are
        dropped.
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
    """Encode the points of all arcs as zigzag varints of their deltas, with x and y interleaved.

    The first point of an arc is relative to the first point of the previous arc.
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
    """Return all rings as quantized points, without the closing point, and the index of the polygon of each ring."""
    parts, part_owner = shapely.get_parts(np.asarray(polygons, dtype=object), return_index=True)
    linear, ring_part = shapely.get_rings(parts, return_index=True)
    points, ring_index = shapely.get_coordinates(linear, return_index=True)
    steps = np.rint(points * STEPS_PER_DEGREE).astype(np.int64)
    # Drop consecutive points that quantization has made equal, and the closing point of each ring.
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
    """Mark junctions: vertices whose two neighbours are not the same in every ring through them."""
    before = np.concatenate([np.roll(key, 1) for key in keys])
    after = np.concatenate([np.roll(key, -1) for key in keys])
    here = np.concatenate(keys)
    low, high = np.minimum(before, after), np.maximum(before, after)
    order = np.lexsort((high, low, here))
    same_vertex = here[order][1:] == here[order][:-1]
    differs = same_vertex & ((low[order][1:] != low[order][:-1]) | (high[order][1:] != high[order][:-1]))
    _, vertex = np.unique(here, return_inverse=True)
    is_junction = np.zeros(vertex.max() + 1, bool)
    is_junction[vertex[order][1:][differs]] = True
    return np.asarray(is_junction[vertex])


def _cut(ring: NDArray[np.int64], key: NDArray[np.int64], cuts: NDArray[np.intp]) -> list[NDArray[np.int64]]:
    """Split a ring at its junctions; one without junctions starts at its smallest vertex, so that equal rings match."""
    first = int(cuts[0]) if len(cuts) else int(np.argmin(key))
    closed = np.concatenate([ring[first:], ring[:first], ring[first : first + 1]])
    ends = [*(int(cut) - first for cut in cuts), len(ring)] if len(cuts) else [0, len(ring)]
    return [closed[a : b + 1] for a, b in pairwise(ends)]


def _store(piece: NDArray[np.int64], arcs: dict[bytes, int], stored: list[NDArray[np.int32]]) -> int:
    """Return the number of an arc, its bitwise complement if it is stored in reverse; store the arc if it is new."""
    backwards = tuple(piece[-1]) < tuple(piece[0])
    if tuple(piece[-1]) == tuple(piece[0]):
        backwards = tuple(piece[-2]) < tuple(piece[1])
    arc = np.ascontiguousarray(piece[::-1] if backwards else piece, dtype=np.int32)
    number = arcs.setdefault(arc.tobytes(), len(stored))
    if number == len(stored):
        stored.append(arc)
    return ~number if backwards else number


def _varint(values: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """Encode unsigned integers as LEB128 varints."""
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
