"""Layouts: each publisher's columns, in the versions and spellings in which files are found."""

import geopandas as gpd
import pandas as pd
import pytest
from polygon_files import cod, gadm, geoboundaries, natural_earth, own

from geo.boundaries.layouts import recognise
from geo.errors import DataError, UsageError


def table(*columns: str, **values: str) -> pd.DataFrame:
    return pd.DataFrame({column: ["x"] for column in columns} | {name: [value] for name, value in values.items()})


@pytest.mark.parametrize(
    ("columns", "name", "level", "unit_name", "code"),
    [
        # geoBoundaries, and its composite of the world, which has no codes.
        (table("shapeName", "shapeISO", "shapeID", shapeType="ADM1"), "geoBoundaries", 1, "shapeName", "shapeID"),
        (table("shapeGroup", "shapeType", "shapeName", "id", shapeType="ADM2"), "geoBoundaries", 2, "shapeName", None),
        (table("shapename", "shapegroup"), "geoBoundaries", 1, "shapename", None),
        # COD-AB: English, another language, the columns of 2025, older long names, and those as a shapefile cuts them.
        (table("ADM1_EN", "ADM1_PCODE", "ADM0_EN", "ADM0_PCODE", "validOn"), "COD-AB", 1, "ADM1_EN", "ADM1_PCODE"),
        (table("ADM1_FR", "ADM1_AR", "ADM1_PCODE", "ADM0_PCODE"), "COD-AB", 1, "ADM1_FR", "ADM1_PCODE"),
        (table("ADM1_UA", "ADM1_REF", "ADM1_PCODE"), "COD-AB", 1, "ADM1_UA", "ADM1_PCODE"),
        (table("adm1_name", "adm1_name1", "adm1_pcode", "iso2", "valid_on"), "COD-AB", 1, "adm1_name", "adm1_pcode"),
        (table("admin1Name_en", "admin1Name_fr", "admin1Pcode"), "COD-AB", 1, "admin1Name_en", "admin1Pcode"),
        (table("admin1Name", "admin1Pcod", "admin0Pcod"), "COD-AB", 1, "admin1Name", "admin1Pcod"),
        (table("ADM2_EN", "ADM2_PCODE", "ADM1_EN", "ADM1_PCODE"), "COD-AB", 2, "ADM2_EN", "ADM2_PCODE"),
        # GADM 4.1 and 3.6.
        (table("GID_1", "GID_0", "COUNTRY", "NAME_1", "HASC_1", "ISO_1"), "GADM", 1, "NAME_1", "GID_1"),
        (table("GID_0", "NAME_0", "GID_1", "NAME_1", "HASC_1"), "GADM", 1, "NAME_1", "GID_1"),
        (table("GID_0", "GID_1", "NAME_1", "GID_2", "NAME_2", "HASC_2"), "GADM", 2, "NAME_2", "GID_2"),
        (table("iso_3166_2", "name", "name_en", "iso_a2", "adm1_code"), "Natural Earth", 1, "name", "adm1_code"),
        (table("ISO_3166_2", "NAME", "ADM0_A3"), "Natural Earth", 1, "NAME", None),
        (table("admin1_code", "admin1_name", "country_code"), "geo's own columns", 1, "admin1_name", "admin1_code"),
        (table("admin2_code", "admin2_name", "admin1_code"), "geo's own columns", 2, "admin2_name", "admin2_code"),
    ],
)  # fmt: skip
def test_layouts_are_recognised(columns: pd.DataFrame, name: str, level: int, unit_name: str, code: str | None) -> None:
    layout = recognise(columns)
    assert (layout.name, layout.level, layout.unit_name, layout.source_code) == (name, level, unit_name, code)
    assert set(layout.columns()) <= set(columns.columns)


def test_only_columns_of_iso_codes_are_taken_for_such() -> None:
    tables = {"geoBoundaries": geoboundaries(), "COD-AB": cod(), "GADM": gadm(), "NE": natural_earth(), "own": own()}
    found = {name: recognise(pd.DataFrame(columns)).iso for name, columns in tables.items()}
    # P-codes and HASC codes look like codes of ISO but are not.
    assert found == {
        "geoBoundaries": "shapeISO", "COD-AB": None, "GADM": "ISO_1", "NE": "iso_3166_2", "own": "admin1_code",
    }  # fmt: skip
    assert recognise(pd.DataFrame(geoboundaries(2))).iso is None
    assert recognise(pd.DataFrame(gadm(2))).iso is None


@pytest.mark.parametrize("columns", [cod(2), gadm(2)])
def test_a_file_of_districts_that_names_provinces_can_be_read_as_provinces(columns: dict[str, list[str]]) -> None:
    layout = recognise(pd.DataFrame(columns), level=1)
    assert layout.level == 1
    assert layout.unit_name in ("ADM1_EN", "NAME_1")
    assert recognise(pd.DataFrame(columns)).parent_name == layout.unit_name


def test_a_level_that_the_file_does_not_have_is_refused() -> None:
    with pytest.raises(UsageError, match="the rows are of level 2"):
        recognise(pd.DataFrame(geoboundaries(2)), level=1)
    for columns in (gadm(), cod(), natural_earth(), own()):
        with pytest.raises(UsageError, match="--level 2: the rows are of level 1, and no column names units of 2"):
            recognise(pd.DataFrame(columns), level=2)
    with pytest.raises(DataError, match="level 3: geo takes first- and second-level units; --level 1 dissolves them"):
        recognise(table("ADM3_EN", "ADM3_PCODE", "ADM1_EN", "ADM1_PCODE"))
    with pytest.raises(DataError, match="level 0"):
        recognise(table("shapeName", shapeType="ADM0"))
    mixed = pd.DataFrame({"shapeName": ["a", "b"], "shapeType": ["ADM1", "ADM2"]})
    with pytest.raises(DataError, match="--filter shapeType=ADM2"):
        recognise(mixed)


def test_unknown_columns_are_listed_with_the_options() -> None:
    with pytest.raises(DataError, match=r"there are PROV, DPA_VALOR: .*--name-column"):
        recognise(table("PROV", "DPA_VALOR"))
    with pytest.raises(UsageError, match="--code-column CODE: there is no such column; there are PROV"):
        recognise(table("PROV"), name_column="PROV", code_column="CODE")


def test_columns_of_options_take_the_place_of_those_recognised() -> None:
    columns = table(*cod(2), "NOM")
    layout = recognise(columns, name_column="nom")
    assert (layout.level, layout.unit_name, layout.source_code) == (1, "NOM", None)
    assert "ADM0_PCODE" in layout.countries
    layout = recognise(columns, name_column="NOM", code_column="ADM1_PCODE", level=2)
    assert (layout.level, layout.unit_name, layout.source_code, layout.iso) == (2, "NOM", "ADM1_PCODE", "ADM1_PCODE")
    plain = recognise(table("NOM", "ISO_A2", "ID"), name_column="NOM")
    assert (plain.level, plain.countries, plain.iso, plain.source_code) == (1, ("ISO_A2",), None, None)


def test_a_geometry_column_is_no_column_of_names() -> None:
    frame = gpd.GeoDataFrame({"a": [1]}, geometry=[None], crs="EPSG:4326")
    with pytest.raises(DataError, match="there are a: "):
        recognise(frame)
