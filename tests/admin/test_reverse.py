"""Points against a toy country that can be read off a drawing, against geopandas, and against the acceptance points."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point, box
from shapely.ops import nearest_points

from geo.admin import grid as locator
from geo.admin.grid import Locator
from geo.admin.provinces import read_provinces
from geo.admin.reverse import NEAREST_M, locate_points
from geo.errors import CRSError, DataError, UsageError

#: Positions in the drawing of the toy country (conftest) and what it shows there.
SHOWN = [
    (62.5, 33.5, "XT-N"),
    (60.5, 30.5, "XT-W"),
    (63.0, 31.0, "XT-E"),
    (66.5, 30.5, "XT-E"),  # the exclave
    (61.5, 31.5, None),  # the hole
    (70.0, 31.0, None),
]


@pytest.mark.parametrize(("lon", "lat", "code"), SHOWN)
def test_a_point_is_where_the_drawing_shows_it(provinces, lon, lat, code):
    (row,) = locate_points([lon], [lat], provinces=provinces).to_dict("records")
    assert (row["admin1_code"] if code else pd.isna(row["admin1_code"])) == (code or True)
    assert row["match"] == ("covered" if code else "none")


def test_a_shared_border_belongs_to_the_lowest_code(provinces):
    # East and North, West and North, East and West, and the point where all three meet.
    found = locate_points([63, 61, 62, 62], [33, 33, 31, 33], provinces=provinces)
    assert found["admin1_code"].tolist() == ["XT-E", "XT-N", "XT-E", "XT-E"]
    assert set(found["match"]) == {"covered"}
    assert (found["distance_m"] == 0).all()
    backwards = locate_points([63, 61, 62, 62], [33, 33, 31, 33], provinces=provinces.iloc[::-1])
    assert backwards["admin1_code"].tolist() == found["admin1_code"].tolist()


def test_the_outer_border_is_inside(provinces):
    found = locate_points([60, 65, 62.5, 67], [30, 34, 34, 31], provinces=provinces, max_distance_m=0)
    assert found["admin1_code"].tolist() == ["XT-W", "XT-N", "XT-N", "XT-E"]


def test_the_nearest_province_counts_within_the_tolerance_in_metres(provinces):
    geod = pyproj.Geod(ellps="WGS84")
    for metres, azimuth, start in ((1500.0, 270, (60, 31)), (1500.0, 0, (62.5, 34)), (1500.0, 90, (67, 30.5))):
        lon, lat, _ = geod.fwd(*start, azimuth, metres)
        near = locate_points([lon], [lat], provinces=provinces).iloc[0]
        assert near["match"] == "nearest"
        assert near["distance_m"] == pytest.approx(metres, rel=0.01)
        assert locate_points([lon], [lat], provinces=provinces, max_distance_m=1400).iloc[0]["match"] == "none"
        assert locate_points([lon], [lat], provinces=provinces, max_distance_m=0).iloc[0]["match"] == "none"


def test_what_is_no_point_on_earth_has_no_province(provinces):
    lon = [np.nan, 62.5, np.inf, 200, 62.5, 0, 0]
    lat = [33.5, np.nan, 33.5, 33.5, -91, 0, 0]
    found = locate_points(lon, lat, provinces=provinces)
    assert set(found["match"]) == {"none"}
    assert found["admin1_code"].isna().all()
    assert found["distance_m"].isna().all()


def test_null_island_is_a_missing_point_even_inside_a_province(provinces):
    moved = provinces.set_geometry(gpd.GeoSeries([box(-1, -1, 1, 1)] * 3, index=provinces.index, crs=provinces.crs))
    found = locate_points([0, 0.5], [0, 0.5], provinces=moved)
    assert found["match"].tolist() == ["none", "covered"]


def test_no_points_and_no_provinces(provinces):
    assert locate_points([], [], provinces=provinces).shape == (0, 3)
    assert locate_points([62.5], [33.5], provinces=provinces.iloc[:0])["match"].tolist() == ["none"]


@pytest.mark.parametrize("day", ["2014-06-01", pd.Timestamp("2014-06-01").date(), "2018-05-30"])
def test_the_province_is_that_of_the_date(day):
    found = locate_points([71.52], [34.73], provinces=read_provinces(), date=day)
    assert found["admin1_code"].tolist() == ["PK-TA"]


def test_each_point_has_its_own_date():
    dates = ["2014-06-01", None, "2018-05-31", "2018-05-30", "2023", np.nan, ""]
    found = locate_points([71.52] * 6, [34.73] * 6, provinces=read_provinces(), date=dates[:6])
    assert found["admin1_code"].tolist() == ["PK-TA", "PK-KP", "PK-KP", "PK-TA", "PK-KP", "PK-KP"]
    with pytest.raises(DataError, match="date '' is not a day"):
        locate_points([71.52] * 7, [34.73] * 7, provinces=read_provinces(), date=dates)


def test_one_set_of_provinces_counts_whatever_the_date():
    then = read_provinces(on="2014")
    for day in (None, "2014-06-01", "2023-01-01"):
        assert locate_points([71.52], [34.73], provinces=then, date=day)["admin1_code"].tolist() == ["PK-TA"]


@pytest.fixture(scope="module")
def every_province() -> gpd.GeoDataFrame:
    return read_provinces()


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [
        (71.146, 34.873, "AF-KNR"), (70.451, 34.430, "AF-NAN"), (65.753, 36.667, "AF-JOW"), (65.117, 32.283, "AF-HEL"),
        (69.516, 35.310, "AF-PAN"), (66.131, 33.722, "AF-DAY"), (69.226, 33.597, "AF-PIA"), (68.787, 33.177, "AF-PKA"),
        (57.068, 30.283, "IR-08"), (52.531, 29.615, "IR-07"), (37.620, 55.754, "RU-MOW"), (37.331, 55.823, "RU-MOS"),
        (67.278, 37.224, "UZ-SU"), (71.553, 37.490, "TJ-GB"),
    ],
)  # fmt: skip
def test_known_towns_are_in_their_provinces(every_province, lon, lat, code):
    assert locate_points([lon], [lat], provinces=every_province)["admin1_code"].tolist() == [code]


@pytest.fixture(scope="module")
def two_countries() -> gpd.GeoDataFrame:
    return read_provinces(countries=["AF", "PK"], on="2024")


@pytest.mark.parametrize("count", [2_000, 60_000])
def test_the_answers_are_those_of_a_spatial_join(two_countries, count):
    assert (count >= locator.GRID_FROM) == (count == 60_000), "one size below the grid's, one above"
    west, south, east, north = two_countries.total_bounds
    chance = np.random.default_rng(7)
    lon, lat = chance.uniform(west - 1, east + 1, count), chance.uniform(south - 1, north + 1, count)
    found = locate_points(lon, lat, provinces=two_countries, max_distance_m=0)
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=two_countries.crs)
    joined = gpd.sjoin(points, two_countries.reset_index(drop=True), how="left", predicate="intersects")
    expected = joined.groupby(level=0)["admin1_code"].min()
    assert found["admin1_code"].fillna("").tolist() == expected.fillna("").tolist()
    assert 0.3 < found["admin1_code"].notna().mean() < 0.9


def test_vertices_and_points_beside_them_have_the_same_answer_with_and_without_the_grid(two_countries, monkeypatch):
    lonlat = two_countries.get_coordinates().to_numpy()[::7]
    lonlat = np.concatenate([lonlat, lonlat + 1e-7, lonlat - 1e-9])
    exact = Locator(two_countries).locate(*lonlat.T, NEAREST_M)
    monkeypatch.setattr(locator, "GRID_FROM", 1)
    gridded = Locator(two_countries).locate(*lonlat.T, NEAREST_M)
    assert np.array_equal(exact[0], gridded[0])
    assert np.allclose(exact[1], gridded[1])
    assert (exact[0] >= 0).all()


@settings(max_examples=60, deadline=None)
@given(st.floats(59.5, 67.5), st.floats(29.5, 34.5), st.sampled_from([0.0, 500.0, 20_000.0]))
def test_any_point_agrees_with_geometry_on_the_sphere(provinces, lon, lat, metres):
    row = locate_points([lon], [lat], provinces=provinces, max_distance_m=metres).iloc[0]
    point = Point(lon, lat)
    covering = sorted(code for code, area in provinces.geometry.items() if area.covers(point))
    if covering:
        assert row["admin1_code"] == covering[0]
        return
    # A plane that shrinks with latitude, another way to the distance than segments in metres.
    shrink = np.cos(np.radians(lat))
    flat = provinces.geometry.affine_transform([shrink, 0, 0, 1, 0, 0])
    ends = [nearest_points(area, Point(lon * shrink, lat))[0] for area in flat]
    geod = pyproj.Geod(ellps="WGS84")
    away = min(geod.inv(lon, lat, end.x / shrink, end.y)[2] for end in ends)
    if away < metres * 0.99:
        assert row["match"] == "nearest"
        assert row["distance_m"] == pytest.approx(away, rel=0.01, abs=1)
    elif away > metres * 1.01:
        assert row["match"] == "none"


def test_wrong_arguments_are_refused(provinces):
    with pytest.raises(UsageError, match="give two sequences of one length"):
        locate_points([1, 2], [1], provinces=provinces)
    with pytest.raises(UsageError, match="must be 0 or more metres"):
        locate_points([1], [1], provinces=provinces, max_distance_m=-1)
    with pytest.raises(UsageError, match="date has 2 values for 1 points"):
        locate_points([1], [1], provinces=read_provinces(countries=["PK"]), date=["2014", "2015"])
    with pytest.raises(CRSError, match="convert them with to_crs"):
        locate_points([1], [1], provinces=provinces.to_crs(3857))


def test_locators_are_kept_for_the_same_polygons_only(two_countries, monkeypatch):
    monkeypatch.setattr(locator, "_prepared", {})
    monkeypatch.setattr(locator, "KEPT", 2)
    first = locator.prepared(two_countries)
    assert locator.prepared(two_countries.copy(deep=False)) is first
    moved = two_countries.set_geometry(two_countries.translate(1))
    assert locator.prepared(moved) is not first
    renamed = two_countries.assign(admin1_code=two_countries["admin1_code"] + "X")
    assert locator.prepared(renamed).codes == sorted(renamed["admin1_code"])
    assert len(locator._prepared) == 2
    assert locator.prepared(moved) is not first, "used before the third, so kept"
    lon, lat = two_countries.geometry.iloc[0].representative_point().coords[0]
    for frame, code in (
        (two_countries, two_countries["admin1_code"].iloc[0]),
        (renamed, renamed["admin1_code"].iloc[0]),
    ):
        assert locate_points(lon, lat, provinces=frame)["admin1_code"].iloc[0] == code


def test_between_two_provinces_the_nearest_is_the_lowest_code_at_equal_distance(provinces):
    # The corner (60, 33) belongs to North and West, the corner (65, 33) to North and East.
    for frame in (provinces, provinces.iloc[::-1]):
        found = locate_points([59.995, 65.005], [33, 33], provinces=frame)
        assert found["admin1_code"].tolist() == ["XT-N", "XT-E"]
        assert set(found["match"]) == {"nearest"}


def test_a_shared_border_belongs_to_the_lowest_code_with_the_grid(provinces, monkeypatch):
    monkeypatch.setattr(locator, "GRID_FROM", 1)
    monkeypatch.setattr(locator, "_prepared", {})
    for frame in (provinces, provinces.iloc[::-1]):
        found = locate_points([63, 61, 62, 62], [33, 33, 31, 33], provinces=frame)
        assert found["admin1_code"].tolist() == ["XT-E", "XT-N", "XT-E", "XT-E"]
        assert (found["distance_m"] == 0).all()


@pytest.mark.parametrize("grid_from", [1, 1000])
def test_a_ring_inside_one_cell_of_the_grid_is_found(grid_from, monkeypatch):
    # Cells are 10 / 1024 degrees wide. Around the centres of three of them: an enclave, a hole, and an island.
    monkeypatch.setattr(locator, "GRID_FROM", grid_from)
    side = 10 / 1024
    enclave, hole = (60 + 500.5 * side, 30 + 500.5 * side), (60 + 200.5 * side, 30 + 300.5 * side)
    island = (60 + 1000.5 * side, 30 + 1000.5 * side)
    around = {centre: Point(centre).buffer(side / 5, cap_style="square") for centre in (enclave, hole, island)}
    mainland = box(60, 30, 69, 39).difference(around[enclave]).difference(around[hole])
    frame = gpd.GeoDataFrame(
        {"admin1_code": ["XT-A", "XT-B", "XT-C", "XT-D"]},
        # The last one makes the grid reach exactly 10 degrees.
        geometry=[mainland, around[enclave], around[island], box(69.99, 30, 70, 40)],
        crs="EPSG:4326",
    )
    lon, lat = np.array([enclave, hole, island, (enclave[0] + side, enclave[1]), (hole[0] + side, hole[1])]).T
    found, metres = Locator(frame).locate(lon, lat, 0.0)
    assert found.tolist() == [1, -1, 2, 0, 0]
    assert np.isnan(metres).tolist() == [False, True, False, False, False]
    # From the middle of the hole it is a fifth of a cell to the mainland: 10 / 1024 / 5 degrees of longitude at 33° N.
    found, metres = Locator(frame).locate(lon, lat, 300.0)
    assert found.tolist() == [1, 0, 2, 0, 0]
    assert metres[1] == pytest.approx(side / 5 * 111_195 * np.cos(np.radians(hole[1])), rel=1e-3)


@pytest.mark.parametrize(
    ("begin", "codes"),
    [
        # West ends on 31 May 2018. Where East begins on that day, all three were once in force together: one set.
        ("2018-05-31", ["XT-W", "XT-W", "XT-W"]),
        ("2018-06-01", ["XT-W", "XT-W", ""]),
    ],
)
def test_provinces_that_were_once_in_force_together_are_one_set(begin, codes, provinces):
    dated = provinces.assign(
        valid_from=pd.array([None, None, begin], dtype="string"),
        valid_to=pd.array([None, "2018-05-31", None], dtype="string"),
    )
    for index, day in enumerate(["2017-01-01", "2018-05-31", "2018-06-01"]):
        for date in (day, [day]):
            found = locate_points([60.5], [30.5], provinces=dated, date=date)
            assert found["admin1_code"].fillna("").tolist() == [codes[index]]
    assert locate_points([60.5], [30.5], provinces=dated)["admin1_code"].fillna("").tolist() == codes[2:]
