"""``geo provinces``: files of each layout and format, files with faults, and commands that use what was added."""

import json
import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from click.testing import CliRunner, Result
from polygon_files import CODES, NOBODYS, STRIPES, cod, gadm, geoboundaries, natural_earth, own, write
from shapely import LineString, Point, Polygon, box

import geo
from geo.admin.user_provinces import read_user_districts, read_user_provinces, user_districts, user_provinces
from geo.cli import main

LAYOUTS = {
    "geoBoundaries": geoboundaries(),
    "COD-AB": cod(),
    "GADM": gadm(),
    "Natural Earth": natural_earth(),
    "geo's own columns": own(),
}


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


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_is_recognised_and_gives_the_codes_of_iso(layout: str, tmp_path: Path) -> None:
    result = run("add", write(tmp_path / "file.geojson", LAYOUTS[layout]))
    assert result.exit_code == 0, result.output
    assert f"layout: {layout}; level 1" in result.stdout
    stored = read_user_provinces("TM")
    assert dict(zip(stored["admin1_name"], stored["admin1_code"], strict=True)) == CODES
    for name, stripe in zip(CODES, STRIPES, strict=True):
        assert stored.loc[CODES[name], "geometry"].equals(stripe)


@pytest.mark.parametrize("suffix", [".gpkg", ".shp", ".parquet", ".fgb", ".geojson"])
def test_each_format_is_read(suffix: str, tmp_path: Path) -> None:
    result = run("add", write(tmp_path / f"file{suffix}", gadm()))
    assert result.exit_code == 0, result.output
    assert len(read_user_provinces("TM")) == 5


def test_topojson_is_read(tmp_path: Path) -> None:
    squares = [
        {"type": "Polygon", "arcs": [[number]], "properties": {"shapeName": name, "shapeGroup": "BVT"}}
        for number, name in enumerate(["West", "East"])
    ]
    arcs = [[[x, 0], [x + 1, 0], [x + 1, 1], [x, 1], [x, 0]] for x in (3, 4)]
    topology = {
        "type": "Topology", "objects": {"units": {"type": "GeometryCollection", "geometries": squares}}, "arcs": arcs
    }  # fmt: skip
    path = tmp_path / "units.topojson"
    path.write_text(json.dumps(topology), encoding="utf-8")
    result = run("add", path)
    assert result.exit_code == 0, result.output
    assert shapely.area(read_user_provinces(NOBODYS).geometry.to_numpy()).tolist() == [1, 1]


def test_the_layer_of_provinces_is_found_in_an_archive_of_all_levels(tmp_path: Path) -> None:
    folder = tmp_path / "levels"
    folder.mkdir()
    write(folder / "gadm_0.shp", {"GID_0": ["TKM"], "COUNTRY": ["Turkmenistan"]}, [box(52, 35, 67, 43)])
    write(folder / "gadm_1.shp", gadm())
    write(folder / "gadm_2.shp", gadm(2))
    archive = tmp_path / "gadm.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for file in sorted(folder.iterdir()):
            packed.write(file, f"shapes/{file.name}")
    result = run("add", archive)
    assert "layer gadm_1.shp; not read: gadm_0.shp, gadm_2.shp" in result.stdout
    assert sorted(read_user_provinces("TM")["admin1_code"]) == sorted(CODES.values())
    assert run("add", archive, "--level", 2).exit_code == 0
    assert read_user_districts("TM")["admin2_name"].str.startswith("Etrap").all()


def test_the_simplified_copies_of_an_archive_are_left_aside(tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    folder.mkdir()
    write(folder / "units.geojson", geoboundaries())
    write(folder / "units_simplified.geojson", geoboundaries(), [stripe.centroid.buffer(1, 1) for stripe in STRIPES])
    (folder / "units-metaData.json").write_text('{"boundaryName": "Turkmenistan"}')
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for file in sorted(folder.iterdir()):
            packed.write(file, file.name)
    assert run("add", archive).exit_code == 0
    assert read_user_provinces("TM").loc["TM-B", "geometry"].equals(STRIPES[0])


def test_columns_of_any_other_file_are_named_by_options(tmp_path: Path) -> None:
    path = write(tmp_path / "file.gpkg", {"nom": list(CODES), "cle": list(CODES.values()), "an": [1, 1, 1, 1, 2]})
    message = refused(path)
    assert "nom, cle, an" in message
    assert "--name-column" in message
    result = run(
        "add", path, "--name-column", "nom", "--code-column", "CLE", "--filter", "an=1", "--country", "TM",
        "--licence", "CC0", "--source", "Survey\noffice", "--vintage", 2019,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert sorted(read_user_provinces("TM")["admin1_code"]) == ["TM-A", "TM-B", "TM-D", "TM-M"]
    assert "no polygon for TM-L Lebap" in result.stdout
    assert run("list").stdout == "TM Turkmenistan: 4 provinces, Survey office, 2019 (CC0)\n"
    (about,) = json.loads(run("list", "--json").stdout)
    assert about["file"] == "file.gpkg"
    assert "--filter an=3" in refused_again(path, "--name-column", "nom", "--filter", "an=3")
    assert "no such column" in refused_again(path, "--name-column", "name")


def refused_again(*args: object) -> str:
    result = run("add", *args)
    assert result.exit_code in (1, 2)
    return result.stderr


def test_districts_are_stored_beside_provinces_with_the_province_of_each(tmp_path: Path) -> None:
    assert run("add", write(tmp_path / "one.gpkg", cod())).exit_code == 0
    result = run("add", write(tmp_path / "two.gpkg", cod(2)))
    assert result.exit_code == 0, result.output
    districts = read_user_districts("TM")
    assert districts["admin1_code"].to_dict() == {
        "TM0201": "TM-B", "TM0101": "TM-A", "TM0301": "TM-D", "TM0501": "TM-M", "TM0401": "TM-L",
    }  # fmt: skip
    assert sorted(path.name for path in (tmp_path / "store").rglob("*.parquet")) == ["TM.parquet", "TM.parquet"]
    assert "TM Turkmenistan: 5 districts, COD-AB, 2019-11-26 (licence not stated)" in run("list").stdout


def test_districts_without_a_column_of_provinces_get_them_by_location(tmp_path: Path) -> None:
    assert run("add", write(tmp_path / "one.gpkg", own())).exit_code == 0
    halves = [
        box(52, 35, 53, 43),
        box(53, 35, 54.9, 43),
        box(55.1, 35, 58, 43),
        box(58, 35, 61, 43),
        box(61, 35, 64, 43),
    ]
    result = run("add", write(tmp_path / "two.geojson", geoboundaries(2), halves))
    assert "5 of 5 districts assigned to provinces by location" in result.stdout
    assert read_user_districts("TM")["admin1_code"].tolist() == ["TM-B", "TM-B", "TM-A", "TM-D", "TM-M"]


def test_districts_are_dissolved_into_provinces_on_demand(tmp_path: Path) -> None:
    table = {column: [values[0]] * 2 + values[2:] for column, values in cod().items()}
    table |= {"ADM2_EN": list("abcde"), "ADM2_PCODE": [f"TM0{number}01" for number in range(5)]}
    result = run("add", write(tmp_path / "two.gpkg", table), "--level", 1)
    assert "Balkan: 2 rows dissolved into one unit" in result.stdout
    assert read_user_provinces("TM").loc["TM-B", "geometry"].equals(box(52, 35, 58, 43))


def test_added_provinces_are_used_by_commands_and_removed_again(tmp_path: Path) -> None:
    shipped = geo.read_provinces()
    assert run("add", write(tmp_path / "file.geojson", own())).exit_code == 0
    found = geo.read_provinces()
    assert found.loc["TM-B", "geometry"].equals(STRIPES[0])
    others = shipped["country_code"] != "TM"
    assert found[found["country_code"] != "TM"].equals(shipped[others])
    assert found.index.tolist() == sorted(found.index)
    result = run("remove", "tm")
    assert result.stdout == f"removed {tmp_path / 'store' / 'provinces' / 'TM.parquet'}\n"
    assert geo.read_provinces().equals(shipped)
    assert "no polygons of TM have been added" in run("remove", "TM").stderr


def test_an_event_lands_in_an_added_province(tmp_path: Path) -> None:
    squares = [box(3, -55, 4, -54), box(4, -55, 5, -54)]
    table = {"GID_1": ["BVT.1_1", "BVT.2_1"], "NAME_1": ["West", "East"], "GID_0": ["BVT"] * 2}
    assert run("add", write(tmp_path / "bv.gpkg", table, squares)).exit_code == 0
    rows = tmp_path / "rows.csv"
    rows.write_text("title,date_start,country,latitude,longitude\nLanding,2021-03-04,Bouvet Island,-54.5,4.5\n")
    out = tmp_path / "out.geojson"
    result = CliRunner().invoke(main, ["import", str(rows), "--out", str(out), "--map", "country=country_code"])
    assert result.exit_code == 0, result.output
    placed = geo.geocode(geo.read_incidents(out), geo.read_provinces())
    assert placed["admin1_code"].tolist() == ["BV-X02"]


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
    assert "--crs EPSG:3857: the file states EPSG:32640" in refused_again(tmp_path / "utm.gpkg", "--crs", "EPSG:3857")
    assert "is not a coordinate reference system" in refused_again(tmp_path / "utm.gpkg", "--crs", "WGS")


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


def test_units_of_several_countries_need_a_choice(tmp_path: Path) -> None:
    table = natural_earth()
    table["iso_a2"] = ["TM", "TM", "-99", "AF", "AF"]
    table["adm0_a3"] = ["TKM", "TKM", "KOS", "AFG", "AFG"]
    path = write(tmp_path / "world.gpkg", table)
    assert "3 countries, AF, TM, XK; choose one with --country" in refused(path)
    assert "--country PK: the file holds no unit of it" in refused(path, "--country", "PK")
    assert "is not a country" in refused(path, "--country", "Atlantis")
    result = run("add", path, "--country", "Turkmenistan")
    assert "3 rows of other countries than Turkmenistan left out" in result.stdout
    assert sorted(read_user_provinces("TM")["admin1_code"]) == ["TM-A", "TM-B"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.geojson", None, "no such file"),
        ("empty.geojson", '{"type": "FeatureCollection", "features": []}', "holds no features"),
        ("text.geojson", "not JSON", "cannot be read"),
        ("table.csv", "name,code\nA,1\n", "without geometry"),
        ("half.zip", "PK", "cannot be read"),
    ],
)
def test_files_that_are_none_are_refused(name: str, content: str | None, message: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    assert message in refused(tmp_path / name)


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    path = write(tmp_path / "file.geojson", gadm())
    assert run("add", path).exit_code == 0
    first = user_provinces()["TM"].read_bytes()
    assert run("add", path).exit_code == 0
    assert user_provinces()["TM"].read_bytes() == first


def test_an_empty_list_says_where_the_polygons_would_be(store: Path) -> None:
    result = run("list")
    assert result.stdout == ""
    assert str(store) in result.stderr
    assert run("list", "--json").stdout == "[]\n"
