"""Coordinates at the bounds of the world."""

import numpy as np
import shapely

from geo.rules.faults import Faults
from geo.rules.locations import check_coordinates

RULE = "longitude must be within -180 to 180 and latitude within -90 to 90"
SWAPPED = RULE + "; longitude comes first in GeoJSON, these two look swapped"
POINTS = [
    ((180, 90), None),
    ((-180, -90), None),
    ((0, 0), None),
    ((90, 180), SWAPPED),  # swapped, the easternmost north pole
    ((-90, -180), SWAPPED),
    ((0, 90.5), SWAPPED),
    ((90.5, 100), RULE),
    ((10, 180.5), RULE),
    ((180.5, 0), RULE),
]


def test_coordinates_are_checked_up_to_the_bounds_of_the_world() -> None:
    faults = Faults(["a"] * len(POINTS), "my.geojson")
    lonlat = check_coordinates(np.array([shapely.Point(at) for at, _ in POINTS], dtype=object), faults)
    assert [(i.row, i.rule) for i in faults.issues()] == [(n, rule) for n, (_, rule) in enumerate(POINTS, 1) if rule]
    expected = [(np.nan, np.nan) if rule else at for at, rule in POINTS]
    np.testing.assert_array_equal(lonlat, expected)
