"""``geo provinces``: files of each layout and format, files with faults, and commands that use what was added."""

import json
import zipfile
from pathlib import Path

import pytest
import shapely
from click.testing import CliRunner, Result
from polygon_files import CODES, NOBODYS, STRIPES, cod, gadm, geoboundaries, natural_earth, own, write
from shapely import box

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
