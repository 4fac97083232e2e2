"""Rows to units: countries, names, rows of one unit; and what the towns and provinces of the gazetteer say of them."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from polygon_files import CODES, STRIPES, cod, gadm, natural_earth, own
from shapely import box

from geo.admin.provinces import read_provinces
from geo.boundaries.districts import assign_provinces, district_codes
from geo.boundaries.layouts import recognise
from geo.boundaries.towns import place_towns
from geo.boundaries.units import dissolve, keep_rows, of_country, read_units
from geo.errors import DataError, UsageError


def units(table: dict[str, list[object]]) -> pd.DataFrame:
    shapes = STRIPES[: len(next(iter(table.values())))]
    frame = gpd.GeoDataFrame(table, geometry=shapes, crs="EPSG:4326")
    frame.index = range(1, len(frame) + 1)
    return read_units(frame, recognise(frame))


def squares(count: int) -> np.ndarray:
    return np.array([box(number, 0, number + 1, 1) for number in range(count)], dtype=object)


def test_only_codes_of_the_iso_form_are_taken() -> None:
    assert units(natural_earth())["iso"].isna().tolist() == [False, False, True, False, False]  # TM-X01~
    assert units(gadm())["iso"].dropna().tolist() == ["TM-B", "TM-M"]


def test_countries_are_read_from_codes_and_names_of_every_publisher() -> None:
    table = natural_earth() | {"iso_a2": ["-99"] * 5, "adm0_a3": ["KOS", "SDS", "PSX", "SAH", "FRA"]}
    assert units(table)["country_code"].tolist() == ["XK", "SS", "PS", "EH", "FR"]
    # GADM gives disputed areas codes of its own, with the country that holds them.
    table = gadm() | {"GID_0": ["Z01", "Z06", "XKO", "TKM", "TKM"], "COUNTRY": ["India", "Pakistan", "Kosovo", "", ""]}
    assert units(table)["country_code"].tolist() == ["IN", "PK", "XK", "TM", "TM"]


def test_one_country_is_taken_and_said() -> None:
    rows = units(natural_earth())
    assert of_country(rows, None)[0] == "TM"
    for name in ("TM", "TKM", "tm", "Turkmenistan"):
        assert of_country(rows, name)[0] == "TM"
    bare = rows.assign(country_code=pd.array([None] * 5, dtype="string"))
    with pytest.raises(DataError, match="--country"):
        of_country(bare, None)
    assert of_country(bare, "AF")[1]["country_code"].tolist() == ["AF"] * 5


def test_names_of_shapefiles_without_an_encoding_are_mended() -> None:
    names = ["Ségou", "Équateur", "Kayes"]
    scrambled = [name.encode().decode("latin-1") for name in names]
    table = own(["TM-B", "TM-A", "TM-D"]) | {"admin1_name": scrambled}
    assert units(table)["unit_name"].tolist() == names
    assert units(own(["TM-B", "TM-A", "TM-D"]) | {"admin1_name": names})["unit_name"].tolist() == names


def test_names_are_one_line() -> None:
    table = own(["TM-B", "TM-A"]) | {"admin1_name": ["Balkan\r\n Welayaty", "  Ahal\t"]}
    assert units(table)["unit_name"].tolist() == ["Balkan Welayaty", "Ahal"]


def test_conditions_keep_rows_or_say_what_there_is() -> None:
    frame = gpd.GeoDataFrame({"level": [4, 4, 6.0], "name": ["a", "b", None]}, geometry=STRIPES[:3])
    assert len(keep_rows(frame, [("level", "4")])) == 2
    assert len(keep_rows(frame, [("level", "4"), ("name", "b")])) == 1
    with pytest.raises(UsageError, match="--filter level=5: no row has this value; there are 4, 6"):
        keep_rows(frame, [("level", "5")])
    with pytest.raises(UsageError, match="--filter kind=5: there is no such column; there are level, name"):
        keep_rows(frame, [("kind", "5")])


def test_rows_of_one_code_and_name_are_one_unit() -> None:
    table = own(["TM-B", "TM-B", "TM-A"]) | {"admin1_name": ["Balkan", "Balkan", "Ahal"]}
    found, notes, faults = dissolve(units(table), squares(3))
    assert found["unit_name"].tolist() == ["Balkan", "Ahal"]
    assert found["geometry"].iloc[0].equals(box(0, 0, 2, 1))
    assert (notes, faults) == (["Balkan: 2 rows dissolved into one unit"], [])


def test_rows_of_one_name_and_different_codes_are_different_units() -> None:
    table = own(["TM-B", "TM-A"]) | {"admin1_name": ["Osh", "Osh"]}
    assert len(dissolve(units(table), squares(2))[0]) == 2


def test_vintages_of_a_unit_are_not_dissolved() -> None:
    table = own(["TM-B", "TM-B"]) | {
        "admin1_name": ["Balkan", "Balkan"], "valid_from": [None, "2018-05-31"], "valid_to": [None, None]
    }  # fmt: skip
    assert len(dissolve(units(table), squares(2))[0]) == 2


def test_islets_without_a_name_are_left_out_and_larger_ones_a_fault() -> None:
    table = own(["TM-B", "TM-A"]) | {"admin1_code": [None, "TM-A"], "admin1_name": [None, "Ahal"]}
    rows = units(table)
    found, notes, faults = dissolve(rows, np.array([box(0, 0, 0.01, 0.01), box(0, 0, 1, 1)], dtype=object))
    assert found["unit_name"].tolist() == ["Ahal"]
    assert notes == ["row 1: has no name, at 0.01 0.01; left out"]
    _, _, faults = dissolve(rows, squares(2))
    assert faults == ["row 1: has no name, at 0.50 0.50; is another column that of names?"]


def test_a_code_names_a_unit_without_a_name() -> None:
    table = own(["TM-B", "TM-A"]) | {"admin1_name": [None, "Ahal"]}
    assert dissolve(units(table), squares(2))[0]["unit_name"].tolist() == ["Balkan", "Ahal"]


def test_towns_tell_true_polygons_from_others() -> None:
    shipped = read_provinces(on=2024, countries=["AF"])
    shapes, names, codes = shipped.geometry.to_numpy(), shipped["admin1_name"].tolist(), shipped.index.tolist()
    towns = place_towns("AF", shapes)
    assert (towns.notes, towns.against(names, codes)) == ([], [])
    named = [towns.province_of(row) for row in range(len(codes))]
    assert all(found in (code, None) for found, code in zip(named, codes, strict=True))
    assert named.count(None) <= 5
    # Two provinces with each other's codes.
    herat, kabul = codes.index("AF-HER"), codes.index("AF-KAB")
    codes[herat], codes[kabul] = "AF-KAB", "AF-HER"
    notes = towns.against(names, codes)
    assert sorted(note.split(":")[0] for note in notes) == ["Herat", "Kabul"]
    assert all("towns in it are in AF-" in note for note in notes)
    (note,) = place_towns("AF", shapes[:10]).notes
    assert note.endswith("they are not the whole country")
    with pytest.raises(DataError, match=r"0 of [\d,]+ towns of Uzbekistan lie in these polygons: they are of another"):
        place_towns("UZ", shapes)


def test_a_country_without_a_gazetteer_is_not_judged() -> None:
    towns = place_towns("BV", squares(2))
    assert (towns.notes, towns.province_of(0), towns.against(["a", "b"], ["BV-X01", "BV-X02"])) == ([], None, [])


def districts(**columns: list[str | None]) -> pd.DataFrame:
    table = {"unit_name": ["d1", "d2", "d3"], "source_code": [None] * 3, "parent_code": [None] * 3} | columns
    return pd.DataFrame({"parent_name": [None] * 3} | table, dtype="string")


def five() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(own(), geometry=STRIPES, crs="EPSG:4326").set_index("admin1_code", drop=False)


def test_districts_take_the_province_of_their_columns_before_that_of_their_place() -> None:
    shapes = np.array([STRIPES[0], STRIPES[1], box(54, 35, 57, 43)], dtype=object)
    table = districts(parent_code=["TM02", None, None], parent_name=["?", "Akhal", None])
    codes, notes, faults = assign_provinces("TM", table, shapes, five(), {"TM02": "TM-M"})
    assert codes == ["TM-M", "TM-A", "TM-A"]
    assert notes[0] == "d1: in TM-M by its column, though most of it lies in TM-B"
    assert notes[-1] == "1 of 3 districts assigned to provinces by location"
    assert faults == []


def test_a_district_without_a_province_is_a_fault() -> None:
    shapes = np.array([STRIPES[0], box(0, 0, 1, 1), STRIPES[2]], dtype=object)
    _, _, faults = assign_provinces("TM", districts(), shapes, five(), {})
    assert faults == [
        "d2: no column says in which province it is, and it lies in none that geo knows; add the provinces of TM first"
    ]


def test_districts_without_codes_are_numbered_within_their_province() -> None:
    table = districts(unit_name=["b", "a", "c"], source_code=[None, None, "given"])
    assert district_codes(table, ["TM-B", "TM-B", "TM-A"]) == ["TM-B-002", "TM-B-001", "given"]


def test_districts_of_cod_carry_the_codes_of_their_provinces() -> None:
    rows = units(cod(2))
    assert rows["parent_name"].tolist() == list(CODES)
    assert rows["parent_code"].tolist() == cod()["ADM1_PCODE"]
