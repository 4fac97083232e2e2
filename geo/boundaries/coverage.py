"""Make the polygons of a country one coverage: borders shared vertex for vertex, no overlaps, no slivers."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from geo.admin.distance import DEGREE_M
from geo.admin.province_shapes import SLIVER_M, overlap_faults, overlaps, polygonal

#: Borders are noded on a grid of this width in degrees, about a metre: the precision of geo's pages.
GRID = 1e-5
#: Files with more coordinates are simplified.
MAX_COORDINATES = 100_000
#: Tolerance of the simplification, in degrees and metres: 0.2 mm, a thin line, on a map of 1:1,000,000.
TOLERANCE = 0.002
TOLERANCE_M = 200


@dataclass(frozen=True)
class Coverage:
    """Polygons that fit together, unless there are faults.

    Attributes
    ----------
    polygons : array of Polygon or MultiPolygon, shape (n,)
    notes : list of str
        What was settled or simplified.
    faults : list of str
        Pairs of units that overlap by more than a sliver.
    tolerance_m : int or None
        Tolerance of the simplification; None if there was none.
    """

    polygons: Any
    notes: list[str]
    faults: list[str]
    tolerance_m: int | None = None


def make_coverage(polygons: Any, labels: list[str], *, simplify: bool) -> Coverage:
    """Settle slivers along shared borders, and simplify very detailed outlines.

    Parameters
    ----------
    polygons : array of Polygon or MultiPolygon, shape (n,)
        Valid, in degrees.
    labels : list of str, length n
    simplify : bool
        Whether to simplify outlines of more than `MAX_COORDINATES`.

    Returns
    -------
    Coverage
    """
    count = int(shapely.get_num_coordinates(polygons).sum())
    detailed = simplify and count > MAX_COORDINATES
    notes = []
    if not shapely.coverage_is_valid(polygons):
        found = overlaps(polygons)
        if faults := overlap_faults(labels, found):
            return Coverage(polygons, [], faults)
        # Noding takes minutes for a million coordinates. What this opens between neighbours, it closes again.
        polygons = _noded(shapely.simplify(polygons, TOLERANCE / 10) if detailed else polygons)
        if lost := [label for label, polygon in zip(labels, polygons, strict=True) if polygon.is_empty]:
            return Coverage(polygons, [], [f"{label}: nothing of it is left beside its neighbours" for label in lost])
        if found:
            notes.append(f"{len(found)} overlaps along shared borders, slivers of drawing, settled")
    if not detailed:
        return Coverage(polygons, notes, [])
    simple = np.array([polygonal(shape) for shape in shapely.coverage_simplify(polygons, TOLERANCE)], dtype=object)
    after = int(shapely.get_num_coordinates(simple).sum())
    notes.append(
        f"{count:,} coordinates simplified to {after:,}: tolerance {TOLERANCE} degrees, about {TOLERANCE_M} m, as for "
        "maps of 1:1,000,000; --no-simplify keeps them all"
    )
    return Coverage(simple, notes, [], TOLERANCE_M)


def _noded(polygons: Any) -> Any:
    """Return polygons noded together.

    The faces between all borders are given out again: one that several polygons claim to the first of them, one that
    none claims but that is enclosed and narrow to the neighbour with the longest shared border.
    """
    lines = shapely.union_all(shapely.boundary(polygons), grid_size=GRID)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    face, piece = shapely.STRtree(polygons).query(shapely.point_on_surface(faces), predicate="intersects")
    owner = np.full(len(faces), -1)
    order = np.lexsort((piece, face))
    claimed, first = np.unique(face[order], return_index=True)
    owner[claimed] = piece[order][first]
    holes = np.flatnonzero(owner < 0)
    narrow = holes[2 * shapely.area(faces[holes]) / shapely.length(faces[holes]) <= SLIVER_M / DEGREE_M]
    tree, filled = shapely.STRtree(faces), owner.copy()
    for gap in narrow:
        shared: dict[int, float] = {}
        for near in np.sort(tree.query(faces[gap], predicate="touches")):
            if owner[near] >= 0:
                length = float(shapely.length(shapely.intersection(faces[gap], faces[near])))
                shared[int(owner[near])] = shared.get(int(owner[near]), 0.0) + length
        if shared:
            filled[gap] = max(shared, key=lambda key: (shared[key], -key))
    merged = [shapely.coverage_union_all(faces[filled == number]) for number in range(len(polygons))]
    return np.array([polygonal(polygon) for polygon in merged], dtype=object)
