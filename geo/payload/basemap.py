"""The base map of a page: land, borders, lakes, disputed lines and towns, in the detail that its views can show."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.payload.basemap_cut import Bounds, Detail, coarse_enough, cut, thin
from geo.payload.basemap_file import STEPS, read_basemap
from geo.payload.basemap_towns import chosen_places
from geo.payload.container import Block, smallest
from geo.payload.topology import encode_points
from geo.stats.dataset import Dataset

#: Steps per degree in a page: 0.001 degrees are a pixel at zoom 9.5.
PAGE_STEPS = 1000
#: Largest number of points of land, which take most of the block: three bytes each in the page.
POINTS = 15_000
#: CSS pixels of the largest pane.
PANE = (1400, 900)
#: Margin round the first view as a share of its longer side, and detail in pixels of the first view: of what the pane
#: shows two zoom levels on, and of the surroundings.
VIEW, AROUND = (0.6, 0.3), (2.0, 1.5)
#: Detail in degrees of the rest of the world, which the lowest zoom levels show, and of lakes there.
FAR, FAR_LAKES = 0.2, 1.5
#: Lakes are drawn from so many times the detail.
LAKES = 1.5


def pack_basemap(of: Dataset, bounds: Bounds) -> bytes:
    """Pack the base map of a page.

    Parameters
    ----------
    of : Dataset
        Places that its records name are labelled first.
    bounds : (west, south, east, north)
        First view, in degrees.

    Returns
    -------
    bytes
        A block as ASCII base64, less than 60 kB.
    """
    world = read_basemap()
    pixel = max((bounds[2] - bounds[0]) / PANE[0], (bounds[3] - bounds[1]) / PANE[1], 0.001)
    view, around = grown(bounds, VIEW[0]), grown(bounds, AROUND[0])
    details = [Detail(VIEW[1] * pixel, view), Detail(AROUND[1] * pixel, around), Detail(FAR)]
    details = coarse_enough(world.land.arcs, details, POINTS)
    block = Block()
    _add_areas(block, "land", *cut(world.land, details, PAGE_STEPS))
    water = [Detail(LAKES * one.degrees, one.bounds) for one in details[:2]]
    lake_arcs, lakes = cut(world.lakes, [*water, Detail(FAR_LAKES)], PAGE_STEPS)
    _add_areas(block, "lakes", lake_arcs, [rings for rings in lakes if rings])
    _add_arcs(block, "disputed:", [arc for arc in thin(world.disputed, details, PAGE_STEPS) if len(arc) > 1])
    places = chosen_places(world.towns, of.records, view, around)
    block.add_text("places", places["name"])
    return block.encode(
        {
            "steps": PAGE_STEPS,
            "countries": world.countries,
            "labels": (world.labels / STEPS).round(2).ravel().tolist(),
            "lng": places["lon"].round(3).tolist(),
            "lat": places["lat"].round(3).tolist(),
            "rank": places["rank"].tolist(),
        }
    )


def grown(bounds: Bounds, share: float) -> Bounds:
    """Return bounds with a margin on each side: a share of the longer side."""
    west, south, east, north = bounds
    by = share * max(east - west, north - south)
    return west - by, max(south - by, -90), east + by, min(north + by, 90)


def _add_areas(
    block: Block, name: str, arcs: Sequence[NDArray[np.int32]], areas: Sequence[Sequence[Sequence[int]]]
) -> None:
    _add_arcs(block, f"{name}:", arcs)
    rings = [ring for area in areas for ring in area]
    block.add(f"{name}:ring_arcs", np.fromiter((arc for ring in rings for arc in ring), np.int32))
    block.add(f"{name}:ring_arcs:lengths", _lengths(rings))
    block.add(f"{name}:areas:lengths", _lengths(areas))


def _add_arcs(block: Block, name: str, arcs: Sequence[NDArray[np.int32]]) -> None:
    block.add(f"{name}arcs", encode_points(arcs))
    block.add(f"{name}arcs:lengths", _lengths(arcs))


def _lengths(items: Sequence[Any]) -> NDArray[Any]:
    return smallest(np.fromiter(map(len, items), np.int64, len(items)))
