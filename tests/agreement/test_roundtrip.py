"""GeoJSON, GeoParquet, CSV and GeoPackage hold the same records: nothing is lost, rounded or made up on the way."""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from shapely import Point

import geo
from geo.errors import DataError
from geo.export_tables import export_records
from geo.model import COLUMNS, COUNT_COLUMNS, DTYPES, FLAG_COLUMNS, LIST_COLUMNS, SIDE_COLUMNS, TEXT_COLUMNS
from geo.readers import read_incidents
from geo.readers.frame import incident_frame
from geo.readers.lists import as_text, from_text

SUFFIXES = ("geojson", "parquet", "csv", "gpkg")
awkward = st.sampled_from(
    ["=1+1", "'=1+1", "''@x", "-", "'", "a;b", "x:3", "[1]", "#tag", "null", "NA", "nan", "0012", "1e5", " lead",
     "\ttab", "two\r\nlines", 'quote "', "comma, ", "\u2028", "ا ب", "é e\u0301", "👩\u200d👧", "\u00a0", "True"]
)  # fmt: skip
# No lone surrogates, which no text file can hold, and no NUL, which SQLite and so GeoPackage cuts text at.
texts = st.one_of(awkward, st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12))
words = st.one_of(awkward, st.text(min_size=1, max_size=6, alphabet="ab:;3[ -"))
counts = st.one_of(st.integers(0, 99), st.sampled_from([2**31, 2**53 + 1]))
degrees = st.integers(-(10**9), 10**9).map(lambda steps: steps / 10**7)
special = {
    "kind": st.sampled_from(["incident", "stronghold", "statistic"]),
    "date_start": st.sampled_from(["1999-12-31", "2021-08-26"]),
    "date_end": st.sampled_from(["2021-08-26", "2024-02-29"]),
    "admin1_code": st.sampled_from(["XT-N", "XT-W"]),
    "country_code": st.just("XT"),
    "sources": st.lists(
        st.fixed_dictionaries(
            {"source": words, "paragraph": st.none() | st.integers(1, 300)}, optional={"page": words}
        ),
        max_size=3,
    ),
    "value": st.floats(allow_nan=False, allow_infinity=False),
} | dict.fromkeys(FLAG_COLUMNS, st.booleans())
values = {name: special.get(name, texts) for name in TEXT_COLUMNS} | special
values |= dict.fromkeys((*COUNT_COLUMNS, *SIDE_COLUMNS), counts) | dict.fromkeys(
    ("conflicts_with", "same_as"), st.lists(words, max_size=3)
)
never_null = {"kind", *FLAG_COLUMNS, *LIST_COLUMNS}
records = st.lists(
    st.tuples(
        st.fixed_dictionaries(
            {name: made if name in never_null else st.none() | made for name, made in values.items() if name != "id"}
        ),
        st.none() | st.tuples(degrees.map(lambda d: d * 0.9), degrees.map(lambda d: d * 0.9)),
    ),
    max_size=4,
)


def frame_of(drawn) -> gpd.GeoDataFrame:
    columns = {name: [row[name] for row, _ in drawn] for name in values if name != "id"}
    columns["id"] = [f"record-{number}" for number in range(len(drawn))]
    # Seven decimals, a centimetre, are what RFC 7946 advises and CSV and GeoJSON keep.
    geometry = [None if point is None else Point(np.round(point, 7)) for _, point in drawn]
    return incident_frame(columns, np.array([*geometry, None], dtype=object)[:-1], path="drawn")


def assert_same(found, wanted) -> None:
    assert sorted(found.index) == sorted(wanted.index)
    found = found.reindex(wanted.index)
    for name in COLUMNS:
        assert found[name].dtype == wanted[name].dtype or not len(wanted), name
        assert plain(found[name]) == plain(wanted[name]), name
    assert [shape and shape.coords[0] for shape in found.geometry] == [
        shape and shape.coords[0] for shape in wanted.geometry
    ]


def plain(column: pd.Series) -> list:
    return [None if value is pd.NA else value for value in column]


@settings(
    max_examples=25, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
@given(drawn=records)
def test_any_chain_of_formats_gives_the_records_back(drawn, provinces, tmp_path_factory):
    folder = tmp_path_factory.mktemp("chain")
    wanted = now = frame_of(drawn)
    for suffix in (*SUFFIXES, *SUFFIXES[::-1]):
        path = folder / f"records.{suffix}"
        export_records(now, provinces, path)
        now = read_incidents(path)
        assert_same(now, wanted)
        now = now.reindex(wanted.index)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_shipped_records_come_back_from_every_format(suffix, tmp_path):
    provinces = geo.read_provinces()
    located = geo.geocode(read_incidents(), provinces)
    export_records(located, provinces, tmp_path / f"all.{suffix}")
    found = read_incidents(tmp_path / f"all.{suffix}")
    assert_same(found, located)
    assert geo.validate(found, provinces=provinces, sources=geo.read_sources()) == []
    again = geo.summarise(geo.geocode(found, provinces), provinces)
    pd.testing.assert_frame_equal(again, geo.summarise(located, provinces))
    found = found.reindex(located.index)
    assert found["match"].tolist() == located["match"].tolist()
    assert found["match_score"].astype(float).tolist() == located["match_score"].tolist()


@given(items=st.lists(words, max_size=4))
@example(items=["a; b"])
@example(items=["[1]"])
@example(items=[""])
def test_links_come_back_from_text(items):
    assert from_text(as_text(items), sources=False) == items


@given(
    items=st.lists(
        st.fixed_dictionaries({"source": words}, optional={"paragraph": st.none() | st.integers(-2, 9), "page": words})
    )
)
@example(items=[{"source": "a:3", "paragraph": None}])
def test_sources_come_back_from_text(items):
    assert from_text(as_text(items), sources=True) == items


def test_text_of_lists_is_short_where_it_can_be():
    assert (
        as_text([{"source": "smith-2021", "paragraph": 3}, {"source": "hrw", "paragraph": None}]) == "smith-2021:3; hrw"
    )
    assert as_text(["one", "two"]) == "one; two"
    assert as_text([]) is None
    assert json.loads(as_text(["a;b"])) == ["a;b"]
    assert from_text("[broken", sources=False) == "[broken"


def test_a_row_of_hashtags_is_no_record(make_records, provinces, tmp_path):
    located = make_records([{"admin1_code": "XT-N", "date_start": "2021-01-01"}])
    export_records(located, provinces, tmp_path / "a.csv", hxl=True)
    assert len((tmp_path / "a.csv").read_text().splitlines()) == 3
    assert_same(read_incidents(tmp_path / "a.csv"), located)


def test_what_a_spreadsheet_did_to_the_cells_is_named_or_understood(make_records, provinces, tmp_path):
    path = tmp_path / "a.csv"
    export_records(
        make_records([{"fatalities_best": 3, "cross_border": True, "geometry": Point(63, 33)}]), provinces, path
    )
    text = path.read_text("utf-8-sig")
    path.write_text(text.replace("true", "TRUE").replace(",3,", ",3.0,"))
    changed = read_incidents(path)
    assert changed["cross_border"].tolist() == [True]
    assert changed["fatalities_best"].tolist() == [3]
    assert [str(changed[name].dtype) for name in ("cross_border", "fatalities_best")] == ["bool", "Int64"]
    path.write_text(text.replace("true", "ja").replace(",3,", ",three,").replace("63,33", "63,"))
    faults = {issue.field for issue in geo.validate(read_incidents(path), provinces=provinces, sources=[])}
    assert {"cross_border", "fatalities_best", "geometry"} <= faults


@pytest.mark.parametrize("suffix", ["csv", "gpkg"])
def test_tables_that_geo_did_not_export_are_left_to_import(suffix, tmp_path):
    path = tmp_path / f"mine.{suffix}"
    frame = gpd.GeoDataFrame({"id": ["a"], "place": ["Kabul"]}, geometry=[Point(69, 34)], crs=4326)
    frame.drop(columns="geometry").to_csv(path) if suffix == "csv" else frame.to_file(path, layer="incidents")
    with pytest.raises(DataError, match=r"written by geo export; convert it with geo import"):
        read_incidents(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DataError, match=r"is not a"):
        read_incidents(path)


def test_the_schema_here_is_the_schema():
    assert set(values) | {"id"} == set(DTYPES)
