"""Polygons in the user's data folder: written whole or not at all, read back, and used in place of the shipped ones."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from polygon_files import CODES, STRIPES, own
from shapely import box

import geo
from geo.admin.user_provinces import (
    AddedSet,
    added_sets,
    read_user_districts,
    read_user_provinces,
    remove_sets,
    source_codes,
    user_districts,
    user_provinces,
    write_set,
)
from geo.cli import main
from geo.errors import DataError, MissingFileError, OutputError
from geo.model import PROVINCE_COLUMNS

ABOUT = AddedSet("TM", 1, 5, "GADM", "file.gpkg", "ab" * 32, "GADM", "CC0", "2020")


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GEO_DATA", str(tmp_path / "store"))
    return tmp_path / "store"


@pytest.fixture
def five() -> gpd.GeoDataFrame:
    dates = {"valid_from": [None] * 5, "valid_to": [None] * 5}
    return gpd.GeoDataFrame(own() | dates | {"source_code": list("abcde")}, geometry=STRIPES, crs="EPSG:4326")


def test_what_is_written_is_read_back(five: gpd.GeoDataFrame) -> None:
    path = write_set(five, ABOUT)
    assert user_provinces() == {"TM": path}
    assert user_districts() == {}
    stored = read_user_provinces("TM")
    assert tuple(stored.columns) == (*PROVINCE_COLUMNS, "geometry")
    assert stored.index.tolist() == stored["admin1_code"].tolist() == sorted(CODES.values())
    assert stored.index.name is None
    assert all(
        stored.loc[code, "geometry"].equals(stripe) for code, stripe in zip(CODES.values(), STRIPES, strict=True)
    )
    assert source_codes("TM") == dict(zip("abcde", CODES.values(), strict=True))
    assert source_codes("AF") == {}
    assert added_sets() == [ABOUT]
    assert added_sets(["AF"]) == []


def test_it_is_geoparquet_that_others_read(five: gpd.GeoDataFrame) -> None:
    path = write_set(five, ABOUT)
    metadata = pq.read_schema(path).metadata
    assert json.loads(metadata[b"geo"])["columns"]["geometry"]["encoding"] == "WKB"
    assert len(gpd.read_parquet(path)) == 5
    assert sorted(file.name for file in path.parent.iterdir()) == ["TM.parquet"]


def test_a_citation_says_what_is_not_known() -> None:
    assert [replace(ABOUT, level=level, units=n).count() for level, n in ((1, 1), (1, 2_000), (2, 1), (2, 0))] == [
        "1 province", "2,000 provinces", "1 district", "0 districts"
    ]  # fmt: skip
    assert ABOUT.citation() == "GADM, 2020 (CC0)"
    assert replace(ABOUT, source=None, vintage=None, licence=None).citation() == "file.gpkg (licence not stated)"


def test_every_way_to_read_provinces_finds_them(five: gpd.GeoDataFrame, store: Path) -> None:
    before = geo.read_provinces(on=2020)
    write_set(five, ABOUT)
    found = geo.read_provinces(on=2020, countries=["TM"])
    assert found.loc["TM-L", "geometry"].equals(STRIPES[4])
    assert len(geo.read_provinces(on=2020)) == len(before)
    inside = geo.locate_points([53.5, 65.5], [36, 36], provinces=geo.read_provinces(countries="TM"))
    assert inside["admin1_code"].tolist() == ["TM-B", "TM-L"]
    # Another process, as a command is.
    code = "import geo; print(geo.read_provinces(countries='TM').total_bounds.tolist())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[52.0, 35.0, 67.0, 43.0]\n"


def test_a_folder_that_is_named_is_used_alone(five: gpd.GeoDataFrame, tmp_path: Path) -> None:
    write_set(five, ABOUT)
    folder = tmp_path / "named"
    folder.mkdir()
    own_square = gpd.GeoDataFrame(own(["TM-B"]), geometry=[box(0, 0, 1, 1)], crs="EPSG:4326")
    own_square.to_file(folder / "TM.geojson")
    assert geo.read_provinces(folder).total_bounds.tolist() == [0, 0, 1, 1]


def test_a_set_that_cannot_be_written_leaves_the_old_one(
    five: gpd.GeoDataFrame, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_set(five, ABOUT)
    before = path.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq, "write_table", full)
    with pytest.raises(OutputError, match="No space left"):
        write_set(five.iloc[:2], ABOUT)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["TM.parquet"]


def test_a_folder_that_cannot_be_made_is_an_output_error(five: gpd.GeoDataFrame, store: Path) -> None:
    store.write_text("a file")
    with pytest.raises(OutputError, match="GEO_DATA"):
        write_set(five, ABOUT)


def test_countries_without_a_set_are_said_with_those_that_have_one(five: gpd.GeoDataFrame) -> None:
    write_set(five, ABOUT)
    with pytest.raises(MissingFileError, match=r"no provinces of AF have been added; there are TM \(provinces\)"):
        read_user_provinces("AF")
    with pytest.raises(MissingFileError, match="no districts of TM"):
        read_user_districts("TM")


@pytest.mark.parametrize("content", [b"", b"PAR1 not Parquet PAR1"])
def test_a_damaged_file_says_how_to_go_on_and_can_be_removed(
    content: bytes, five: gpd.GeoDataFrame, store: Path
) -> None:
    path = write_set(five, ABOUT)
    path.write_bytes(content)
    with pytest.raises(DataError, match="geo provinces remove TM"):
        geo.read_provinces()
    for read in (added_sets, lambda: source_codes("TM")):
        with pytest.raises(DataError, match="geo provinces remove TM"):
            read()
    doctor = CliRunner().invoke(main, ["doctor"])
    assert doctor.exit_code == 1
    assert "geo provinces remove TM" in doctor.output
    assert remove_sets("TM") == [path]
    assert len(geo.read_provinces(countries="TM")) == 5


def test_a_file_of_another_country_or_crs_is_damaged(five: gpd.GeoDataFrame) -> None:
    path = write_set(five, ABOUT)
    path.rename(path.with_name("AF.parquet"))
    with pytest.raises(DataError, match="its rows are not provinces of AF"):
        read_user_provinces("AF")
    write_set(five.to_crs("EPSG:3857"), ABOUT)
    with pytest.raises(DataError, match="EPSG:4326"):
        read_user_provinces("TM")


def test_other_files_in_the_folder_are_left_alone(five: gpd.GeoDataFrame, store: Path) -> None:
    path = write_set(five, ABOUT)
    for name in ("notes.txt", "tm.parquet", "backup-TM.parquet"):
        (path.parent / name).write_text("mine")
    assert user_provinces() == {"TM": path}
    remove_sets("TM")
    assert len(list(path.parent.iterdir())) == 3


def test_doctor_lists_what_was_added(five: gpd.GeoDataFrame) -> None:
    write_set(five, ABOUT)
    listed = CliRunner().invoke(main, ["doctor"]).output
    assert "added: provinces/TM.parquet" in listed
    assert "GADM, 2020 (CC0)" in listed


def test_units_that_only_the_user_has_are_found_by_their_names(five: gpd.GeoDataFrame, make_records: Any) -> None:
    codes = ["TM-B", "TM-A", "TM-X07", "TM-M", "TM-L"]
    names = ["Balkan", "Ahal", "Sandhills Zone", "Mary", "Lebap"]
    write_set(five.assign(admin1_code=codes, admin1_name=names), ABOUT)
    asked = ["Sandhills Zone", "Sandhils Zone", "Mary", "Türkmenabat"]
    records = make_records(
        [{"country_code": "TM", "admin1_name": name, "geo_precision": "province"} for name in asked[:3]]
        + [{"country_code": "TM", "place": asked[3]}, {"country_code": "AF", "admin1_name": "Kabul"}]
    )
    found = geo.geocode(records, geo.read_provinces())
    assert found["admin1_code"].tolist() == ["TM-X07", "TM-X07", "TM-M", "TM-L", "AF-KAB"]
    assert found["admin1_name"].tolist() == ["Sandhills Zone", "Sandhils Zone", "Mary", "Lebap", "Kabul"]
