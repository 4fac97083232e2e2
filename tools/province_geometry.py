"""Geometry of the province files: one noded coverage over all countries, on a grid of 1e-5 degrees."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely import Geometry

#: Coordinates in the files have five decimals (about 1 m), so everything is noded on that grid.
GRID = 1e-5
DECIMALS = 5
#: A hole between files is taken for a drawing fault if no wider than this (degrees, about 1 km); wider ones stay open.
GAP_WIDTH = 0.01
#: Rank of polygons that are published already: they keep what they have and get nothing more.
SETTLED = -1


def polygonal(geometry: Geometry) -> Geometry:
    """Return a valid geometry of polygons only; rings that cross themselves keep the area they enclose."""
    valid = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
    return shapely.union_all([part for part in shapely.get_parts(valid) if part.geom_type.endswith("Polygon")])


def join_antimeridian(geometry: Geometry) -> Geometry:
    """Close the seam of a polygon that was cut inexactly at the antimeridian, in longitudes from 0 to 360.

    Vertices within about 50 m of the meridian are put on it. The seam is cut again by `cut_antimeridian` after all
    other steps, so that none of them opens it.
    """
    if geometry.bounds[2] < 179.999:
        return geometry

    def snap(lonlat: np.ndarray) -> np.ndarray:
        near = np.abs(lonlat[:, 0] - 180) < 0.0005
        return np.column_stack([np.where(near, 180.0, lonlat[:, 0]), lonlat[:, 1]])

    return shapely.union_all([polygonal(part) for part in shapely.get_parts(shapely.transform(geometry, snap))])


def cut_antimeridian(geometry: Geometry) -> Geometry:
    """Cut at 180 degrees and shift what lies east of it to -180 and up, as RFC 7946 section 3.1.9 asks."""
    if geometry.bounds[2] <= 180:
        return geometry
    west = polygonal(geometry.intersection(shapely.box(0, -90, 180, 90)))
    east = polygonal(geometry.intersection(shapely.box(180, -90, 360, 90)))
    shifted = shapely.transform(east, lambda lonlat: lonlat - [360, 0])
    return _on_grid(shapely.MultiPolygon([*shapely.get_parts(west), *shapely.get_parts(shifted)]))


def noded_coverage(
    polygons: Sequence[Geometry], rank: Sequence[int], grid: float = GRID
) -> tuple[np.ndarray, dict[str, float]]:
    """Turn polygons that nearly fit together into a coverage: shared borders vertex for vertex, no overlaps.

    All rings are noded together on the grid and the faces between them given out again. A face that several
    polygons claim goes to the one with the lowest ``rank``, then the first; a face that none claims but that is
    enclosed and no wider than `GAP_WIDTH` goes to the neighbour with the longest shared border.

    Parameters
    ----------
    polygons : sequence of Polygon or MultiPolygon, length n
        Valid, lon/lat in degrees.
    rank : sequence of int, length n
        Precedence of each polygon's country; lower keeps what is claimed twice, and `SETTLED` gets no slivers.
    grid : float
        Coordinates are multiples of it, in degrees.

    Returns
    -------
    coverage : ndarray of Polygon or MultiPolygon, shape (n,)
    report : dict
        Square degrees of ``overlap`` and ``gap`` that were settled, and the number of holes ``open``.
    """
    pieces = np.asarray(polygons, dtype=object)
    lines = shapely.union_all(shapely.boundary(pieces), grid_size=grid)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    inside = shapely.point_on_surface(faces)
    face, piece = shapely.STRtree(pieces).query(inside, predicate="intersects")
    order = np.lexsort((piece, np.asarray(rank)[piece], face))
    claimed, first, times = np.unique(face[order], return_index=True, return_counts=True)
    owner = np.full(len(faces), -1)
    owner[claimed] = piece[order][first]
    area = shapely.area(faces)
    report = {"overlap": float(area[claimed[times > 1]].sum())}

    holes = np.flatnonzero(owner < 0)
    width = 2 * area[holes] / shapely.length(faces[holes])
    slivers = holes[width <= GAP_WIDTH]
    report |= {"gap": float(area[slivers].sum()), "open": float(len(holes) - len(slivers))}
    tree = shapely.STRtree(faces)
    filled = owner.copy()
    for sliver in slivers:
        shared: dict[int, float] = {}
        for other in np.sort(tree.query(faces[sliver], predicate="touches")):
            if owner[other] >= 0 and rank[owner[other]] != SETTLED:
                length = shapely.length(shapely.intersection(faces[sliver], faces[other]))
                shared[owner[other]] = shared.get(owner[other], 0.0) + length
        # Two slivers may touch only each other; the outer one is then left open rather than guessed.
        if shared:
            filled[sliver] = max(shared, key=lambda key: (shared[key], -key))
    merged = [shapely.coverage_union_all(faces[filled == number]) for number in range(len(pieces))]
    return np.array([_on_grid(geometry, grid) for geometry in merged], dtype=object), report


def _on_grid(geometry: Geometry, grid: float = GRID) -> Geometry:
    if grid == GRID:
        return shapely.transform(geometry, lambda lonlat: np.round(lonlat, DECIMALS))
    return shapely.transform(geometry, lambda lonlat: np.round(lonlat / grid) * grid)


def merge(parts: Sequence[Geometry]) -> Geometry:
    """Dissolve members of a coverage into one polygon, rings as RFC 7946 wants them, in a fixed order."""
    whole = shapely.normalize(cut_antimeridian(shapely.coverage_union_all(list(parts))))
    polygons = [part for part in shapely.get_parts(whole) if part.area > 0]
    geometry = polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)
    return shapely.orient_polygons(geometry, exterior_cw=False)
