"""Copies of polygons for one thread, because GEOS geometries with an index must not be used by several.

GEOS builds the index of a prepared geometry at its first questions, without a lock, while shapely has released the
GIL: two threads that ask one prepared polygon corrupt memory. So geo prepares no geometry that it was given; each
thread prepares copies of its own, kept as long as the polygon they were made from.
"""

import weakref
from threading import local

import shapely


class _Copies(local):
    """The copies of one thread, by the id of the polygon each was made from."""

    def __init__(self) -> None:
        self.of: dict[int, tuple[weakref.ref[shapely.Geometry], shapely.Geometry]] = {}


_copies = _Copies()


def own_shape(shared: shapely.Geometry) -> shapely.Geometry:
    """Return this thread's prepared copy of a geometry, which no other thread uses.

    Parameters
    ----------
    shared : Geometry
        Not changed; may be used by any thread.
    """
    copies, key = _copies.of, id(shared)
    known = copies.get(key)
    if known is not None and known[0]() is shared:
        return known[1]
    own = shapely.set_srid(shared, shapely.get_srid(shared))
    shapely.prepare(own)
    # The callback holds this thread's dict, for it may run in the thread that drops the polygon.
    copies[key] = weakref.ref(shared, lambda _: copies.pop(key, None)), own
    return own
