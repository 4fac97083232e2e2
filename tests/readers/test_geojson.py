"""Files of records: what is read, and what is refused with one line."""

import json

import geopandas as gpd
import pandas as pd
import pytest
from geopandas.testing import assert_geodataframe_equal
from shapely.geometry import Point

import geo
from geo.errors import CRSError, DataError, MissingFileError
from geo.importing.write_records import write_records
from geo.model import COLUMNS, DTYPES
from geo.readers.sources import read_sources, sources_beside


def write(path, *features, **top):
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features), **top}))
    return path


def feature(at=None, **properties):
    shape = None if at is None else {"type": "Point", "coordinates": at}
    return {"type": "Feature", "properties": properties, "geometry": shape}


def test_a_file_becomes_a_frame_with_the_columns_of_the_schema_and_its_own(tmp_path):
    first = feature([69.2, 34.5, 1800], id="a", kind="incident", fatalities_best=3, value=None, colour="red", size=1.5)
    path = write(tmp_path / "my.geojson", first, feature(id="b", sources=[{"source": "s"}], date_inferred=True))
    incidents = geo.read_incidents(str(path))
    assert [*incidents.columns] == [*COLUMNS, "colour", "size", "geometry"]
    assert {name: str(incidents[name].dtype) for name in COLUMNS} == DTYPES
    assert incidents.index.tolist() == ["a", "b"]
    assert incidents.index.name is None
    assert incidents.crs == "EPSG:4326"
    assert incidents.attrs["path"] == str(path)
    assert incidents.geometry.tolist() == [Point(69.2, 34.5), None]
    assert incidents["fatalities_best"].tolist() == [3, pd.NA]
    assert incidents["date_inferred"].tolist() == [False, True]
    assert incidents["sources"].tolist() == [[], [{"source": "s"}]]
    assert incidents["colour"].isna().tolist() == [False, True]


def test_own_columns_can_be_left_out(tmp_path):
    path = write(tmp_path / "my.geojson", feature([69, 34], id="a", colour="red"))
    plain = geo.read_incidents(path, own_columns=False)
    assert [*plain.columns] == [*COLUMNS, "geometry"]
    write_records(geo.read_incidents(path), tmp_path / "my.parquet")
    assert_geodataframe_equal(geo.read_incidents(tmp_path / "my.parquet", own_columns=False), plain)


def test_the_id_of_a_feature_serves_where_the_properties_have_none(tmp_path):
    path = write(tmp_path / "my.json", {**feature(title="T"), "id": "outer"}, {**feature(id="inner"), "id": "outer"})
    assert geo.read_incidents(path).index.tolist() == ["outer", "inner"]


def test_whole_numbers_may_be_written_as_floats(tmp_path):
    path = write(tmp_path / "my.geojson", feature(id="a", fatalities_best=12.0, value=2**60))
    incidents = geo.read_incidents(path)
    assert (incidents["fatalities_best"].iloc[0], incidents["value"].iloc[0]) == (12, 2**60)


def test_values_that_no_column_holds_stay_as_they_came(tmp_path):
    path = write(tmp_path / "my.geojson", feature(id="a", fatalities_best="many", title=5), feature(id="b"))
    incidents = geo.read_incidents(path)
    assert incidents["fatalities_best"].tolist() == ["many", None]
    assert incidents["title"].tolist() == [5, None]


def test_properties_may_be_called_like_columns_of_ours(tmp_path):
    path = write(tmp_path / "my.geojson", feature([69, 34], id="a", geometry="g", unreadable="u"))
    incidents = geo.read_incidents(path)
    assert incidents[["property_geometry", "property_unreadable"]].iloc[0].tolist() == ["g", "u"]
    assert incidents.geometry.tolist() == [Point(69, 34)]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty; expected a GeoJSON FeatureCollection"),
        (b"\n  \n", "is empty; expected a GeoJSON FeatureCollection"),
        (b'\xef\xbb\xbf{"type":"FeatureCollection","features":[]}', "begins with a byte-order mark"),
        ("{}".encode("utf-16"), "begins with a byte-order mark"),
        (b'{"type": "Feature\xff"}', "byte 17 is not UTF-8"),
        (b"id,title\na,b\n", "is not GeoJSON: line 1, column 1: Expecting value"),
        (b'{"type": "FeatureCollection",\n "features": [}', "is not GeoJSON: line 2, column 15"),
        (b"[1, 2]", "type = 'list': is not a GeoJSON FeatureCollection"),
        (b'{"type": "Feature"}', "type = 'Feature': is not a GeoJSON FeatureCollection"),
        (b'{"type": "FeatureCollection"}', "is not a GeoJSON FeatureCollection with a list of features"),
        (b"[" * 200_000, "is nested too deeply"),
        (b'{"x": ' + b"1" * 5000 + b"}", "is not GeoJSON: Exceeds the limit"),
    ],
)
def test_what_is_no_file_of_records_is_refused_in_one_line(tmp_path, content, message):
    path = tmp_path / "my.geojson"
    path.write_bytes(content)
    with pytest.raises(DataError, match=message) as raised:
        geo.read_incidents(path)
    assert str(raised.value).startswith(f"{path}: ")
    assert "\n" not in str(raised.value)


def test_missing_files_folders_and_other_suffixes_are_named(tmp_path):
    for name, error, message in [
        ("no.geojson", MissingFileError, "no such file"),
        ("no.parquet", MissingFileError, "no such file"),
        ("no.csv", MissingFileError, "no such file"),
        ("my.xlsx", DataError, "convert other tables with geo import"),
    ]:
        with pytest.raises(error, match=message) as raised:
            geo.read_incidents(tmp_path / name)
        assert str(raised.value).startswith(str(tmp_path / name))


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326"])
def test_wgs84_may_be_stated(tmp_path, name):
    crs = {"type": "name", "properties": {"name": name}}
    assert len(geo.read_incidents(write(tmp_path / "my.geojson", feature([69, 34], id="a"), crs=crs))) == 1


def test_other_reference_systems_are_refused(tmp_path):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    with pytest.raises(CRSError, match=r"crs = .*EPSG::3857.*: coordinates must be WGS 84"):
        geo.read_incidents(write(tmp_path / "my.geojson", feature([7e6, 4e6], id="a"), crs=crs))
    frame = gpd.GeoDataFrame({"id": ["a"]}, geometry=[Point(7e6, 4e6)], crs=3857)
    frame.to_parquet(tmp_path / "my.parquet")
    with pytest.raises(CRSError, match=r"crs = EPSG:3857: records must be in EPSG:4326"):
        geo.read_incidents(tmp_path / "my.parquet")


def test_what_is_no_geoparquet_is_refused(tmp_path):
    (tmp_path / "a.parquet").write_bytes(b"PAR1 but no more")
    pd.DataFrame({"id": ["a"]}).to_parquet(tmp_path / "b.parquet")
    for name in ("a", "b"):
        with pytest.raises(DataError, match=rf"{name}\.parquet: is not a GeoParquet file of records"):
            geo.read_incidents(tmp_path / f"{name}.parquet")


@pytest.mark.parametrize("suffix", [".geojson", ".parquet"])
def test_the_shipped_records_survive_being_written_and_read(tmp_path, suffix):
    shipped = geo.read_incidents()
    write_records(shipped, tmp_path / f"copy{suffix}")
    copy = geo.read_incidents(tmp_path / f"copy{suffix}")
    assert_geodataframe_equal(copy, shipped)


def test_geoparquet_of_geopandas_is_read_as_well(tmp_path):
    shipped = geo.read_incidents()
    shipped.to_parquet(tmp_path / "copy.parquet")
    assert_geodataframe_equal(geo.read_incidents(tmp_path / "copy.parquet"), shipped)
    copy = gpd.read_parquet(tmp_path / "copy.parquet")
    assert copy.crs == "EPSG:4326"


HEADER = "source,title,author,publisher,published,url,file\n"


def test_sources_beside_a_file_go_before_the_shipped_ones_and_data_sets_are_always_known(tmp_path):
    shipped = set(read_sources()["source"])
    assert set(sources_beside(tmp_path / "my.geojson")["source"]) == shipped | {"ucdp-ged", "acled", "gtd", "own-table"}
    (tmp_path / "sources.csv").write_text(HEADER + "mine,T,A,P,2021-01-01,https://example.org,\nacled,My export,,,,,\n")
    table = sources_beside(tmp_path / "my.geojson").set_index("source")
    assert table.index.tolist() == ["mine", "acled", "ucdp-ged", "gtd", "own-table"]
    assert table.loc["acled", "title"] == "My export"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("source,title\na,b\n", "lacks the columns author, publisher, published, url, file"),
        (HEADER + ",T,,,,,\n", "row 1: source is empty"),
        (HEADER + "a,T,,,,,\na,U,,,,,\n", "source listed twice: a"),
        ("", "is not a UTF-8 csv table of sources"),
    ],
)
def test_tables_of_sources_that_are_none_are_refused(tmp_path, content, message):
    (tmp_path / "sources.csv").write_text(content)
    with pytest.raises(DataError, match=message):
        read_sources(tmp_path / "sources.csv")
    with pytest.raises(MissingFileError, match="no such file"):
        read_sources(tmp_path / "no.csv")
