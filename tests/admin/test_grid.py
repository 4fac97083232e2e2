"""The grid against answers worked out by hand, on provinces that are rectangles."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.admin import grid
from geo.admin.distance import DEGREE_M
from geo.admin.grid import Locator
from geo.admin.reverse import locate_points

# Two neighbours from the equator up to 10 degrees north, and an island far in the north.
PROVINCES = gpd.GeoDataFrame(
    {"admin1_code": ["XX-B", "XX-A", "XX-N"]},
    geometry=[shapely.box(5, 0, 10, 10), shapely.box(0, 0, 5, 10), shapely.box(4, 59, 6, 60)],
    crs=4326,
)
NEAR = 2000 / DEGREE_M  # 2 km, in degrees of latitude
EAST_60 = NEAR / np.cos(np.radians(59.5))  # and in degrees of longitude on the latitude of the island

# longitude, latitude, province, metres (None: no province within 2 km)
POINTS = [
    (2.5, 5, "XX-A", 0),
    (7.5, 5, "XX-B", 0),
    (5, 5, "XX-A", 0),  # on the border of both: the lower code
    (0, 5, "XX-A", 0),
    (10, 5, "XX-B", 0),  # the eastern edge of all
    (5, 60, "XX-N", 0),  # the northern edge of all
    (1, 0, "XX-A", 0),  # the southern edge of all
    (0, 0, None, None),  # how tables write a missing point
    (5, 59.5, "XX-N", 0),
    (5, 30, None, None),
    (-0.9 * NEAR, 0.1, "XX-A", 0.9),
    (-1.1 * NEAR, 0.1, None, None),
    (10 + 0.9 * NEAR, 0.1, "XX-B", 0.9),
    (10 + 1.1 * NEAR, 0.1, None, None),
    (2, -0.9 * NEAR, "XX-A", 0.9),
    (2, -1.1 * NEAR, None, None),
    (2, 10 + 0.9 * NEAR, "XX-A", 0.9),
    (2, 10 + 1.1 * NEAR, None, None),
    (5, 60 + 0.9 * NEAR, "XX-N", 0.9),
    (5, 60 + 1.1 * NEAR, None, None),
    (6 + 0.9 * EAST_60, 59.5, "XX-N", 0.9),
    (6 + 1.1 * EAST_60, 59.5, None, None),
    (4 - 0.9 * EAST_60, 59.5, "XX-N", 0.9),
    (10.005, 59.98, None, None),  # in the last row of cells, one column beyond the last
    (200, 5, None, None),
    (5, 95, None, None),
    (np.nan, 5, None, None),
    (np.inf, 5, None, None),
]


@pytest.fixture(params=[1, 10**9], ids=["grid", "no grid"])
def locator(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Locator:
    monkeypatch.setattr(grid, "GRID_FROM", request.param)
    return Locator(PROVINCES)


def test_points_inside_on_edges_and_near_them(locator: Locator) -> None:
    lon, lat, codes, shares = (np.array(column) for column in zip(*POINTS, strict=True))
    position, metres = locator.locate(lon.astype(float), lat.astype(float), 2000)
    assert position.dtype == np.int32
    assert [None if at < 0 else locator.codes[at] for at in position] == codes.tolist()
    expected = [np.nan if share is None else 2000 * share for share in shares]
    np.testing.assert_allclose(metres, expected, rtol=2e-3)


def test_a_point_two_rows_of_cells_away_is_near(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "GRID_FROM", 1)
    low = Locator(PROVINCES.iloc[:2])  # rows of 10 / 1024 degrees; 2 km are 1.8 of them
    lat = np.array([10 + 0.9 * NEAR, 10 + 1.1 * NEAR, -0.9 * NEAR])
    position, metres = low.locate(np.full(3, 7.0), lat, 2000)
    assert position.tolist() == [1, -1, 1]
    np.testing.assert_allclose(metres, [1800, np.nan, 1800], rtol=1e-6)


def test_without_a_tolerance_only_covered_points_have_a_province(locator: Locator) -> None:
    lon, lat, codes, shares = (np.array(column) for column in zip(*POINTS, strict=True))
    position, metres = locator.locate(lon.astype(float), lat.astype(float), 0)
    expected = [code if share == 0 else None for code, share in zip(codes, shares, strict=True)]
    assert [None if at < 0 else locator.codes[at] for at in position] == expected
    assert np.isnan(metres).tolist() == [code is None for code in expected]


def test_only_cells_near_a_border_are_measured() -> None:
    built = grid._Grid(PROVINCES.sort_values("admin1_code").geometry.to_numpy())
    lon, lat = np.array([5.0, 5.0, 2.5, 5.0]), np.array([30.0, 10 + 0.5 * NEAR, 5.0, 70.0])
    values, near = built.look_up(lon, lat, np.array([True, True, True, False]), 2000)
    assert near.tolist() == [False, True, False, False]
    assert values[2] == 0
    # Two cells from the border, but in a province: there is nothing to measure.
    values, near = built.look_up(np.array([4.985]), np.array([5.0]), np.ones(1, dtype=bool), 2000)
    assert (values.tolist(), near.tolist()) == ([0], [False])
    assert not built.look_up(lon, lat, np.ones(4, dtype=bool), 0)[1].any()


def test_sets_of_provinces_are_kept_up_to_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "_prepared", {})
    monkeypatch.setattr(grid, "KEPT", 2)
    sets = [PROVINCES.iloc[[number]] for number in range(3)]
    first, second = grid.prepared(sets[0]), grid.prepared(sets[1])
    assert grid.prepared(sets[0]) is first
    third = grid.prepared(sets[2])  # the second was used least lately
    assert list(grid._prepared.values()) == [first, third]
    assert grid.prepared(sets[1]) is not second


def test_a_tolerance_of_less_than_a_metre_counts(locator: Locator) -> None:
    # On the parallel of half a degree, east of the eastern edge at 10 degrees.
    lon = 10 + np.array([0.3, 0.7]) / DEGREE_M
    position, metres = locator.locate(lon, np.full(2, 0.5), 0.5)
    assert position.tolist() == [1, -1]
    np.testing.assert_allclose(metres, [0.3, np.nan], rtol=1e-3)


def test_without_provinces_no_point_has_one() -> None:
    located = locate_points([5.0], [5.0], provinces=PROVINCES.assign(valid_from=None, valid_to=None).iloc[:0])
    assert located["admin1_code"].dtype == "string"
    assert located.iloc[0].isna().tolist() == [True, False, True]
