"""Outlines of provinces, small enough for a thumbnail on a page."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame

from geo.admin.provinces import label_points

#: Steps of a coordinate per degree: 0.02 degrees are one pixel where a country of ten degrees fills a small map.
STEPS = 50


def outlines(provinces: GeoDataFrame) -> list[dict[str, Any]]:
    """Return provinces as outlines in whole steps of 0.02 degrees.

    Parameters
    ----------
    provinces : GeoDataFrame, shape (n,)
        As ``geo.read_provinces`` returns them, EPSG:4326.

    Returns
    -------
    list of dict
        One a polygon: ``code``, ``name``, ``country``, ``until`` (the last day of a province that has ended, or None),
        ``label`` ([longitude, latitude]) and ``rings``, each a flat list of x, y, x, y in steps, north upwards.
    """
    simple = shapely.simplify(provinces.geometry.to_numpy(), 1 / STEPS, preserve_topology=False)
    points = label_points(provinces)
    rows = zip(
        provinces["admin1_code"], provinces["admin1_name"], provinces["country_code"], provinces["valid_to"],
        points, simple, strict=True,
    )  # fmt: skip
    return [
        {
            "code": str(code),
            "name": str(name),
            "country": str(country),
            "until": str(until) if isinstance(until, str) else None,
            "label": [round(float(point.x), 5), round(float(point.y), 5)],
            "rings": [ring for ring in (_steps(shape) for shape in _rings(area)) if len(ring) >= 6],
        }
        for code, name, country, until, point, area in rows
    ]


def _rings(area: Any) -> Iterable[Any]:
    for part in shapely.get_parts(area):
        if isinstance(part, shapely.Polygon) and not part.is_empty:
            yield part.exterior
            yield from part.interiors


def _steps(ring: Any) -> list[int]:
    steps = np.rint(np.asarray(ring.coords)[:-1] * STEPS).astype(int)
    moved = np.ones(len(steps), dtype=bool)
    moved[1:] = (steps[1:] != steps[:-1]).any(axis=1)
    return [int(value) for value in steps[moved].ravel()]
