"""The scripts that make province files: geometry of toy squares, names of one more country, the command itself."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import shapely
from geopandas import GeoDataFrame
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Point, Polygon, box

from geo.admin.provinces import read_provinces
from geo.resources import data_path

TOOLS = Path(__file__).resolve().parent.parent.parent / "tools"
sys.path.insert(0, str(TOOLS))
import build_provinces  # noqa: E402 - found through the line above
import province_geometry  # noqa: E402
import province_names  # noqa: E402

# Geometry


def test_overlap_goes_to_the_lower_rank_and_gap_to_the_longer_border():
    low, high = box(0, 0, 2, 2), box(1.9, 0, 4, 2)
    across_a_gap = box(0, 2.005, 4, 4)
    (first, second, third), report = province_geometry.noded_coverage([low, high, across_a_gap], [1, 0, 2])
    assert shapely.coverage_is_valid([first, second, third])
    assert first.equals(box(0, 0, 1.9, 2))
    assert second.area == pytest.approx(high.area)
    assert third.area == pytest.approx(across_a_gap.area)
    assert report["overlap"] == pytest.approx(0.1 * 2)


def test_an_enclosed_sliver_is_filled_and_a_true_enclave_stays():
    # A frame of four boxes round a hole: 0.005 degrees wide in the first case, half a degree in the second.
    for width, holes in ((0.005, 0), (0.5, 1)):
        x = 1 + width
        frame = [box(0, 0, 1, 3), box(x, 0, x + 1, 3), box(1, 0, x, 1), box(1, 2, x, 3)]
        coverage, report = province_geometry.noded_coverage(frame, [0, 0, 0, 0])
        whole = shapely.coverage_union_all(coverage)
        assert len(whole.interiors) == holes
        assert report["open"] == holes
        assert shapely.coverage_is_valid(coverage)


def test_settled_polygons_keep_what_they_have_and_get_nothing_more():
    settled, new = [box(0, 0, 1, 3), box(1, 0, 3, 1), box(1, 2, 3, 3)], box(1.005, 0.9, 3, 2.1)
    coverage, _ = province_geometry.noded_coverage([*settled, new], [province_geometry.SETTLED] * 3 + [0])
    for before, after in zip(settled, coverage, strict=False):
        assert after.equals(before)
    assert coverage[3].equals(box(1, 1, 3, 2))  # its overlaps lost, the sliver to its west won


@given(
    corners=st.lists(
        st.tuples(st.floats(60, 62), st.floats(30, 32), st.floats(0.05, 1), st.floats(0.05, 1)), min_size=2, max_size=6
    )
)
def test_any_boxes_become_a_coverage_of_the_same_area(corners):
    boxes = [box(x, y, x + w, y + h) for x, y, w, h in corners]
    coverage, report = province_geometry.noded_coverage(boxes, range(len(boxes)))
    assert shapely.coverage_is_valid(coverage)
    lonlat = shapely.get_coordinates(coverage)
    assert (lonlat == lonlat.round(5)).all()
    # Rounding to the grid moves a border by less than a grid step.
    slack = 1e-5 * shapely.length(boxes).sum()
    assert shapely.area(coverage).sum() == pytest.approx(
        shapely.union_all(boxes).area + report["gap"], abs=slack + 0.01
    )
    assert coverage[0].area == pytest.approx(boxes[0].area, abs=slack + report["gap"])


def test_a_polygon_across_the_antimeridian_is_cut_there_exactly():
    # As the raw file has it: cut before, a little off the meridian, the east in longitudes above 180.
    raw = MultiPolygon([box(179, 65, 179.9998, 66), box(180.00000001, 65, 181, 66)])
    joined = province_geometry.join_antimeridian(raw)
    assert joined.equals(box(179, 65, 181, 66))
    merged = province_geometry.merge([joined])
    assert merged.equals(MultiPolygon([box(179, 65, 180, 66), box(-180, 65, -179, 66)]))


def test_merged_rings_follow_rfc_7946():
    ring = box(0, 0, 3, 3).difference(box(1, 1, 2, 2))
    merged = province_geometry.merge([shapely.reverse(ring), box(1, 1, 1.5, 2), box(5, 0, 6, 1)])
    for part in merged.geoms:
        assert part.exterior.is_ccw
        assert not any(hole.is_ccw for hole in part.interiors)
    assert merged.area == pytest.approx(8 + 0.5 + 1)


def test_a_ring_that_crosses_itself_keeps_its_area():
    # A loop of the border that turned over, as in the raw file of Turkmenistan.
    crossed = Polygon([(0, 0), (4, 0), (4, 4), (2, 4), (2.1, 4.1), (2.1, 4), (2, 4.1), (0, 4)])
    assert not crossed.is_valid
    mended = province_geometry.polygonal(crossed)
    assert mended.is_valid
    assert mended.area == pytest.approx(16, rel=0.01)


# Tables


def test_every_fault_of_the_names_table_is_listed():
    pieces = [build_provinces.Piece("AF", name, box(x, 0, x + 1, 1)) for x, name in enumerate(["A", "B", "B", "C"])]
    rows = [
        {"country_code": "AF", "source_name": name, "lon": lon, "lat": lat, "admin1_code": code}
        for name, lon, lat, code in [("A", "", "", "AF-A"), ("B", "1.5", "0.5", "AF-B"), ("D", "", "", "AF-D")]
    ]
    with pytest.raises(SystemExit) as caught:
        build_provinces.match_rows(rows, pieces)
    assert str(caught.value).splitlines() == [
        "names.csv AF-D: 0 features are called 'D'",
        "AF: no row in names.csv for 'B' at [2.5, 0.5]",
        "AF: no row in names.csv for 'C' at [3.5, 0.5]",
    ]
    assert build_provinces.match_rows(rows[:2], pieces[:2]) == [0, 1]


@pytest.mark.parametrize("country", list(build_provinces.FILES))
def test_writing_a_shipped_file_again_gives_the_same_bytes(country, tmp_path: Path):
    shipped = data_path("provinces", f"{country}.geojson")
    features = [
        ({key: value or "" for key, value in f["properties"].items()}, shapely.geometry.shape(f["geometry"]))
        for f in json.loads(shipped.read_text(encoding="utf-8"))["features"]
    ]
    build_provinces.write_country(tmp_path / "again.geojson", features[::-1])
    assert (tmp_path / "again.geojson").read_bytes() == shipped.read_bytes()


# Another country


def match(names: list[str], **settled: str) -> tuple[list[str | None], list[str]]:
    return province_names.match_names("KG", names, settled)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Batken", "KG-B"),
        ("Chüy", "KG-C"),
        ("Chuy Region", "KG-C"),
        ("Chuyskaya oblast", "KG-C"),
        ("Osh", "KG-O"),
        ("Osh City", "KG-GO"),
        ("OSH SHAARY", "KG-GO"),
        ("Bishkek", "KG-GB"),
        ("Issyk Kul", "KG-Y"),
        ("Ысык-Көл", "KG-Y"),
        ("Dzhalal-Abad", "KG-J"),
        ("Jalalabad oblast", "KG-J"),
    ],
)
def test_spellings_find_their_code(name, code):
    assert match([name]) == ([code], [])


@pytest.mark.parametrize("name", ["", "42", "Nangarhar", "Region", "xxxxxxxxxxxx"])
def test_names_that_fit_nothing_are_left_to_the_user(name):
    codes, faults = match([name])
    assert codes == [None]
    assert "no code for certain" in faults[0]


def test_two_features_never_share_a_code_unseen():
    _, faults = match(["Talas", "Talas Region"])
    assert faults == ["KG-T: 2 features claim it (Talas, Talas Region); merge them or settle with --name"]


def test_settled_names_are_taken_and_checked():
    assert match(["Lake", "North"], Lake="", North="KG-T") == ([None, "KG-T"], [])
    _, faults = match(["Talas"], Tals="KG-T", Talas="KG-Z")
    assert faults == ["--name Tals: no feature is called so", "--name Talas=KG-Z: KG has no such code"]


def test_a_country_that_does_not_exist():
    assert "pycountry knows no subdivisions" in province_names.match_names("ZZ", ["A"], {})[1][0]


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(TOOLS / "build_provinces.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of province files that holds one neighbour, Sughd, drawn as a box."""
    row = {"admin1_code": "TJ-SU", "admin1_name": "Sughd", "country_code": "TJ", "valid_from": "", "valid_to": ""}
    build_provinces.write_country(tmp_path / "TJ.geojson", [(row, province_geometry.merge([box(68, 39, 70, 40)]))])
    return tmp_path


def polygons(path: Path, names: list[str]) -> Path:
    """Write boxes in a row, north of Sughd and a little into it, in another coordinate system."""
    boxes = [box(68 + x, 39.999, 69 + x, 41) for x in range(len(names))]
    GeoDataFrame({"NAME_EN": names}, geometry=boxes, crs="EPSG:4326").to_crs("EPSG:3857").to_file(path)
    return path


def test_a_country_is_added_with_one_command(folder: Path):
    source = polygons(folder / "kg.gpkg", ["Talas Region", "Chuy Region", "Naryn Region"])
    done = run("--add", "KG", source, "--name-column", "NAME_EN", "--out", folder)
    assert done.returncode == 0, done.stderr
    assert "KG: 3 provinces written" in done.stdout
    assert "KG: no polygon for KG-B Batken" in done.stdout
    provinces = read_provinces(folder)
    assert provinces.index.tolist() == ["KG-C", "KG-N", "KG-T", "TJ-SU"]
    assert provinces.index[provinces.covers(Point(69.5, 40.5))].tolist() == ["KG-C"]
    # The neighbour that was there keeps the border; nothing overlaps by more than the rounding of coordinates.
    both = shapely.intersection(provinces.loc["KG-T", "geometry"], provinces.loc["TJ-SU", "geometry"])
    assert both.area < 1e-5
    assert np.array_equal(provinces.loc["TJ-SU", "geometry"].bounds, (68, 39, 70, 40))
    assert shapely.coverage_is_valid(provinces.drop(index="TJ-SU").geometry.to_numpy())


def test_a_name_without_a_code_stops_the_command(folder: Path):
    source = polygons(folder / "kg.gpkg", ["Talas", "Lake Nowhere", "Atlantis"])
    arguments = ["--add", "KG", source, "--name-column", "NAME_EN", "--out", folder]
    stopped = run(*arguments)
    assert stopped.returncode == 1
    assert "2 faults, nothing written" in stopped.stderr
    assert "'Lake Nowhere': no code for certain" in stopped.stderr
    assert not (folder / "KG.geojson").exists()
    done = run(*arguments, "--name", "Lake Nowhere=", "--name", "Atlantis=KG-N")
    assert done.returncode == 0, done.stderr
    assert read_provinces(folder, countries="KG").index.tolist() == ["KG-N", "KG-T"]


def test_a_polygon_with_nothing_of_its_own_stops_the_command(folder: Path):
    GeoDataFrame({"name": ["Talas"]}, geometry=[box(68.5, 39.2, 69, 39.8)], crs="EPSG:4326").to_file(folder / "kg.gpkg")
    stopped = run("--add", "KG", folder / "kg.gpkg", "--out", folder)
    assert stopped.returncode == 1
    assert "KG-T Talas: all of it lies in provinces that are there already" in stopped.stderr


def test_wrong_usage_is_explained(folder: Path):
    source = polygons(folder / "kg.gpkg", ["Talas"])
    assert "no column 'name'; it has NAME_EN" in run("--add", "KG", source, "--out", folder).stderr
    assert "must be NAME=CODE" in run("--add", "KG", source, "--name", "Talas").stderr
    assert "give either the folder of the raw files or --add" in run().stderr
