"""Distances against the geodesics of pyproj, on the WGS 84 ellipsoid."""

import numpy as np
import pyproj
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from geo.admin import distance
from geo.admin.distance import BorderIndex, covering, distance_m, within_m

GEOD = pyproj.Geod(ellps="WGS84")
#: A square with a hole in it, and an island east of it.
AREA = shapely.MultiPolygon([box(0, 0, 2, 2) - box(0.5, 0.5, 1.5, 1.5), box(3, 0, 4, 1)])


def at(*points):
    lon, lat = np.array(points, dtype=float).T
    return lon, lat


def test_points_in_a_polygon_and_on_its_border_are_0_m_away():
    assert distance_m(*at((0.25, 0.25), (0, 1), (2, 2), (0.5, 1), (3.5, 0.5)), AREA).tolist() == [0] * 5


def test_points_in_a_hole_are_measured_to_its_border():
    # Half a degree of longitude from either side: at the equator 55.66 km on WGS 84, 55.60 km on the sphere.
    assert distance_m(*at((1, 1)), AREA)[0] == pytest.approx(55_290, rel=0.007)


@settings(max_examples=100, deadline=None)
@given(st.floats(-179, 175), st.floats(-80, 80), st.floats(0, 360), st.floats(1, 20_000))
def test_metres_are_those_of_geodesics(lon, lat, azimuth, metres):
    # The nearest point of a small triangle, turned away from the point, is its corner.
    corner_lon, corner_lat, back = GEOD.fwd(lon, lat, azimuth, metres)
    ends = [GEOD.fwd(corner_lon, corner_lat, back + turn, 200)[:2] for turn in (170, 190)]
    area = shapely.Polygon([(corner_lon, corner_lat), *ends])
    if corner_lon * lon < 0 and abs(lon) > 90:
        return  # across the antimeridian, where polygons are cut
    assert distance_m(*at((lon, lat)), area)[0] == pytest.approx(metres, rel=0.01)


@pytest.mark.parametrize("lat", [-60.0, 0.0, 34.0, 70.0])
@pytest.mark.parametrize("azimuth", [0, 90, 180, 270])
def test_a_tolerance_is_as_wide_in_every_direction(lat, azimuth):
    area = box(10, lat - 1, 12, lat + 1)
    start = {0: (11, lat + 1), 90: (12, lat), 180: (11, lat - 1), 270: (10, lat)}[azimuth]
    near, far = (GEOD.fwd(*start, azimuth, metres)[:2] for metres in (4950, 5050))
    assert within_m(*at(near, far), np.array([area]), 5000).tolist() == [True, False]


def test_any_of_several_polygons_is_enough_and_no_point_is_in_none():
    areas = np.array([box(0, 0, 1, 1), box(2, 0, 3, 1)])
    lon, lat = at((0.5, 0.5), (2.5, 0.5), (1.5, 0.5), (1.001, 0.5), (np.nan, np.nan))
    assert within_m(lon, lat, areas, 5000).tolist() == [True, True, False, True, False]
    assert covering(lon, lat, areas).tolist() == [0, 1, -1, -1, -1]
    assert within_m(lon, lat, areas[:0], 5000).tolist() == [False] * 5


def test_steps_make_no_difference(monkeypatch):
    lon, lat = np.random.default_rng(3).uniform(-1, 5, (2, 500))
    whole = distance_m(lon, lat, AREA)
    monkeypatch.setattr(distance, "_PAIRS", 50)
    assert np.array_equal(distance_m(lon, lat, AREA), whole)


def test_the_index_finds_the_nearest_of_all_polygons():
    areas = np.array([box(x, y, x + 0.01, y + 0.01) for x in (0, 0.05, 0.1) for y in (60, 60.05)])
    lon, lat = np.random.default_rng(4).uniform([-0.02, 59.98], [0.13, 60.08], (300, 2)).T
    outside = covering(lon, lat, areas) < 0
    lon, lat = lon[outside], lat[outside]
    each = np.stack([distance_m(lon, lat, area) for area in areas])
    position, metres = BorderIndex(areas).nearest(lon, lat, 1500)
    near = each.min(axis=0) <= 1500
    assert 50 < near.sum() < len(near)
    assert np.array_equal(position, np.where(near, each.argmin(axis=0), -1))
    # Equally near polygons differ by rounding errors.
    assert np.allclose(metres[near], each.min(axis=0)[near], rtol=0, atol=1e-6)
    assert np.isnan(metres[~near]).all()
