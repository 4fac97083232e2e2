"""Points beside named areas, at distances worked out by hand."""

import numpy as np
import shapely

from geo.admin.tolerance import AGREEMENT_M, NEAREST_M, points_agree

# A degree of longitude on the equator is 6,371,008.8 m * pi / 180 = 111,195.1 m.
AREAS = {"west": [shapely.box(0, -1, 1, 1)], "east": [shapely.box(5, -1, 6, 1), shapely.box(8, -1, 9, 1)]}


def test_the_tolerances_are_those_of_the_manual() -> None:
    assert (NEAREST_M, AGREEMENT_M) == (2000, 5000)


def test_each_point_is_measured_from_the_area_that_its_record_names() -> None:
    lon = np.array([0.5, 5.5, 8.5, 0.5, 1 + 4999 / 111195.1, 1 + 5001 / 111195.1, 8 - 4999 / 111195.1])
    named = np.array(["west", "east", "east", "east", "west", "west", "east"], dtype=object)

    def agree(**how: float) -> list[bool]:
        found = points_agree(lon, np.zeros(7), named, lambda name: np.array(AREAS[name], dtype=object), **how)
        return found.tolist()

    assert agree() == [True, True, True, False, True, False, True]
    assert agree(tolerance_m=5002) == [True, True, True, False, True, True, True]
    assert agree(tolerance_m=0) == [True, True, True, False, False, False, False]
