"""``geo provinces add`` with polygons that are not right: mended and said, or refused with every fault named."""

from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from click.testing import CliRunner, Result
from polygon_files import NOBODYS, STRIPES, own, write
from shapely import LineString, Point, Polygon, box

from geo.admin.user_provinces import read_user_provinces, user_districts, user_provinces
from geo.cli import main


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GEO_DATA", str(tmp_path / "store"))
    return tmp_path / "store"


def run(*args: object) -> Result:
    return CliRunner().invoke(main, ["provinces", *map(str, args)])


def refused(*args: object) -> str:
    """Return the message with which a file is refused; nothing may be stored."""
    result = run("add", *args)
    assert result.exit_code in (1, 2), result.output
    assert not isinstance(result.exception, AssertionError | TypeError | AttributeError | KeyError)
    assert (user_provinces(), user_districts()) == ({}, {})
    return result.stderr


def run_error(*args: object) -> str:
    result = run("add", *args)
    assert result.exit_code in (1, 2)
    return result.stderr


def bad(tmp_path: Path, shapes: list, table: dict | None = None, **more: object) -> Path:  # type: ignore[type-arg]
    return write(tmp_path / "bad.gpkg", table or own(), shapes, **more)


def test_a_file_of_points_or_lines_is_refused(tmp_path: Path) -> None:
    message = refused(bad(tmp_path, [stripe.centroid for stripe in STRIPES]))
    assert "the geometry is Point, not polygons" in message


def test_every_row_without_an_area_and_every_overlap_is_named_at_once(tmp_path: Path) -> None:
    shapes = [STRIPES[0], Point(56, 40), LineString([(58, 40), (59, 41)]), box(60, 35, 64, 43), STRIPES[4]]
    message = refused(bad(tmp_path, shapes))
    assert "row 2 Ahal: its geometry is a Point, not a polygon" in message
    assert "row 3 Dashoguz: its geometry is a LineString" in message


def test_large_overlaps_are_refused_with_both_names_and_the_area(tmp_path: Path) -> None:
    message = refused(bad(tmp_path, [STRIPES[0], box(54, 35, 58, 43), *STRIPES[2:]]))
    assert "Balkan and Ahal overlap by" in message
    assert "33% of the smaller one" in message
    # One degree by eight at 39 degrees north: 86.5 by 889.6 km.
    (km2,) = [int(word.replace(",", "")) for word in message.split() if "," in word and word[0].isdigit()]
    assert km2 == pytest.approx(76_900, rel=0.02)


def test_slivers_are_settled_and_said(tmp_path: Path) -> None:
    shapes = [box(52, 35, 55.001, 43), STRIPES[1], box(58.001, 35, 61, 43), *STRIPES[3:]]
    result = run("add", bad(tmp_path, shapes))
    assert result.exit_code == 0, result.output
    assert "1 overlaps along shared borders" in result.stdout
    stored = read_user_provinces("TM").geometry.to_numpy()
    assert shapely.coverage_is_valid(stored)
    assert shapely.union_all(stored).area >= 15 * 8 - 1e-6 - 0.008


def test_a_code_on_rows_of_two_names_is_refused(tmp_path: Path) -> None:
    message = refused(bad(tmp_path, STRIPES, own(["TM-B", "TM-B", "TM-D", "TM-M", "TM-L"])))
    assert "TM-B: rows 1, 2 share this code but not the name: Balkan, Ahal" in message


def test_coordinates_in_metres_without_a_crs_are_refused_and_read_with_one(tmp_path: Path) -> None:
    metres = gpd.GeoSeries(STRIPES, crs="EPSG:4326").to_crs("EPSG:3857").to_list()
    path = write(tmp_path / "metres.geojson", own(), metres)  # states EPSG:4326, wrongly
    message = refused(path)
    assert "not degrees" in message
    assert "--crs EPSG:" in message
    assert run("add", path, "--crs", "EPSG:3857").exit_code == 0
    bounds = read_user_provinces("TM").total_bounds
    assert bounds.tolist() == pytest.approx([52, 35, 67, 43])


def test_a_stated_crs_is_converted_and_said(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame(own(), geometry=STRIPES, crs="EPSG:4326").to_crs("EPSG:32640")
    frame.to_file(tmp_path / "utm.gpkg")
    result = run("add", tmp_path / "utm.gpkg")
    assert "reprojected from WGS 84 / UTM zone 40N to WGS 84" in result.stdout
    assert read_user_provinces("TM").total_bounds.tolist() == pytest.approx([52, 35, 67, 43], abs=1e-5)
    assert "--crs EPSG:3857: the file states EPSG:32640" in run_error(tmp_path / "utm.gpkg", "--crs", "EPSG:3857")
    assert "is not a coordinate reference system" in run_error(tmp_path / "utm.gpkg", "--crs", "WGS")


def test_swapped_axes_and_the_wrong_country_are_refused(tmp_path: Path) -> None:
    swapped = [shapely.transform(stripe, lambda lonlat: lonlat[:, ::-1]) for stripe in STRIPES]
    assert "longitude and latitude look swapped" in refused(bad(tmp_path, swapped))
    elsewhere = [shapely.transform(stripe, lambda lonlat: lonlat - [60, 0]) for stripe in STRIPES]
    assert "of another country" in refused(bad(tmp_path, elsewhere))


def test_a_ring_that_crosses_itself_is_repaired_and_said(tmp_path: Path) -> None:
    # A bow tie: two triangles of 12 square degrees each, which meet in the middle.
    bow_tie = Polygon([(52, 35), (55, 43), (55, 35), (52, 43)])
    result = run("add", bad(tmp_path, [bow_tie, *STRIPES[1:]]))
    assert "row 1 Balkan: repaired: Self-intersection" in result.stdout
    assert read_user_provinces("TM").loc["TM-B", "geometry"].area == pytest.approx(12)


def test_longitudes_beyond_180_and_outlines_across_it_become_pieces(tmp_path: Path) -> None:
    table = {"GID_1": ["BVT.1_1", "BVT.2_1"], "NAME_1": ["West", "East"], "GID_0": ["BVT"] * 2}
    across = Polygon([(179, -55), (-179, -55), (-179, -54), (179, -54)])
    result = run("add", write(tmp_path / "bv.gpkg", table, [box(177, -55, 179, -54), across]))
    assert "East: its outline jumps across the 180th meridian" in result.stdout
    pieces = read_user_provinces(NOBODYS).loc["BV-X02", "geometry"]
    assert sorted(part.bounds for part in pieces.geoms) == [(-180, -55, -179, -54), (179, -55, 180, -54)]
    result = run("add", write(tmp_path / "turn.gpkg", table, [box(177, -55, 179, -54), box(179, -55, 181, -54)]))
    assert "folded" in result.stdout
    assert read_user_provinces(NOBODYS).loc["BV-X02", "geometry"].equals(pieces)
