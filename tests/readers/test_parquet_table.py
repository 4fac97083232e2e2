"""Parquet as pandas, R, databases and GIS write it; the rows are made up."""

import datetime as dt
import json
from decimal import Decimal

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from shapely.geometry import LineString, Point

from geo.errors import DataError
from geo.importing.run import import_table
from geo.readers import parquet_table
from geo.readers.blocks import concat_blocks
from geo.readers.table import read_table

PYARROW = int(pa.__version__.partition(".")[0])
POINTS = [Point(69.2, 34.5), None, Point(70.5, 34.4)]


def read(path):
    table = read_table(path)
    return table, concat_blocks(table.blocks)


def cells(values):
    return [None if value is pd.NA or value != value else value for value in values.tolist()]


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (pa.array([2**60 + 1, None]), [2**60 + 1, None]),
        (pa.array([2**63 + 1, None], pa.uint64()), [2**63 + 1, None]),
        (pa.array([7, None], pa.int8()), [7, None]),
        (pa.array([dt.date(2021, 8, 26), None]), ["2021-08-26", None]),
        (pa.array([dt.date(2021, 8, 26), None], pa.date64()), ["2021-08-26", None]),
        (pa.array([Decimal("34.50"), None]), [34.5, None]),
        (pa.array([Decimal(202101010001), None], pa.decimal128(20, 0)), [202101010001, None]),
        (pa.array([Decimal(10**20), None], pa.decimal128(30, 0)), [str(10**20), None]),
        (pa.array(["a", None]).dictionary_encode(), ["a", None]),
        (pa.array([5, None]).dictionary_encode(), [5, None]),
        (pa.array(["a", None], pa.large_string()), ["a", None]),
        # Written by pyarrow 20 and later.
        (pa.array(["a", None], pa.string_view() if PYARROW >= 20 else pa.string()), ["a", None]),
        (pa.array(["كابل".encode(), None]), ["كابل", None]),
        (pa.array([b"\xff", None]), ["ff", None]),
        (pa.array([True, None]), [True, None]),
        (pa.array([["é"], None]), ['["é"]', None]),
        (pa.array([{"lat": 34.5}, None]), ['{"lat": 34.5}', None]),
        (pa.array([1.5, None]), [1.5, None]),
        (pa.nulls(2), [None, None]),
    ],
)
def test_columns_of_every_type(tmp_path, column, expected):
    pq.write_table(pa.table({"x": column, "y": [1, 2]}), tmp_path / "t.parquet")
    table, block = read(tmp_path / "t.parquet")
    assert table.columns == ["x", "y"]
    assert cells(block.frame["x"]) == expected
    assert block.frame.index.tolist() == [1, 2]
    assert table.rows == 2


def test_times_are_those_of_the_clock_on_the_spot(tmp_path):
    evening = dt.datetime(2021, 8, 26, 21, tzinfo=dt.UTC)  # 01:30 of the next day in Kabul
    for unit in ("ns", "us", "s"):
        columns = {"there": pa.array([evening], pa.timestamp(unit, "Asia/Kabul")), "plain": [dt.datetime(1021, 8, 26)]}
        pq.write_table(pa.table(columns), tmp_path / "t.parquet")
        _, block = read(tmp_path / "t.parquet")
        assert block.frame["there"].dt.tz is None
        assert block.frame["there"].dt.strftime("%Y-%m-%d %H:%M").tolist() == ["2021-08-27 01:30"]
        assert [str(value)[:10] for value in block.frame["plain"]] == ["1021-08-26"]


def test_an_index_of_pandas_is_a_column_if_it_has_a_name(tmp_path):
    frame = pd.DataFrame({"id": ["a", "b"], "n": [1, 2]})
    frame.set_axis([7, 3]).to_parquet(tmp_path / "t.parquet")
    assert pq.read_schema(tmp_path / "t.parquet").names == ["id", "n", "__index_level_0__"]
    assert read(tmp_path / "t.parquet")[0].columns == ["id", "n"]
    frame.set_index("id").to_parquet(tmp_path / "t.parquet")
    _, block = read(tmp_path / "t.parquet")
    assert block.frame["id"].tolist() == ["a", "b"]
    gpd.GeoDataFrame(frame, geometry=POINTS[::2], crs=4326).set_index("id").to_parquet(tmp_path / "t.parquet")
    table, block = read(tmp_path / "t.parquet")
    assert sorted(table.columns) == ["id", "n"]
    assert block.lonlat.tolist() == [[69.2, 34.5], [70.5, 34.4]]


@pytest.mark.parametrize("encoding", ["WKB", "geoarrow"])
def test_the_geometry_may_have_any_name(tmp_path, monkeypatch, encoding):
    monkeypatch.setattr(parquet_table, "BLOCK_ROWS", 2)
    frame = gpd.GeoDataFrame({"n": [1, 2, 3], "where": POINTS}, geometry="where", crs=4326).to_crs(32642)
    frame["area"] = frame.geometry.buffer(10)
    frame.to_parquet(tmp_path / "t.parquet", geometry_encoding=encoding)
    table, block = read(tmp_path / "t.parquet")
    assert table.columns == ["n"]
    assert block.lonlat[[0, 2]].round(6).tolist() == [[69.2, 34.5], [70.5, 34.4]]
    assert pd.isna(block.lonlat[1]).all()
    assert table.notes == ["reprojected from WGS 84 / UTM zone 42N to WGS 84"]


@pytest.mark.parametrize("stated", [True, False])
def test_geometry_of_tools_that_say_little_about_it(tmp_path, stated):
    shapes = [*POINTS[:2], LineString([(0, 0), (1, 1)])]
    table = pa.table({"n": ["a", "b", "c"], "geom": pa.array(shapely.to_wkb(shapes), pa.binary())})
    if stated:  # as R's sfarrow did
        metadata = {"primary_column": "geom", "columns": {"geom": {"encoding": "WKB", "crs": "EPSG:4326"}}}
        table = table.replace_schema_metadata({"geo": json.dumps(metadata)})
    pq.write_table(table, tmp_path / "t.parquet")
    opened, block = read(tmp_path / "t.parquet")
    assert block.frame["n"].tolist() == ["a", "b"]
    assert block.lonlat[0].tolist() == [69.2, 34.5]
    assert [(row, reason) for row, _, reason in block.damaged] == [(3, "geometry is a LineString, not a point")]
    assert opened.notes == ([] if stated else ["column geom read as geometry in WGS 84"])


def test_blocks_have_the_same_columns_and_types(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet_table, "BLOCK_ROWS", 2)
    pq.write_table(pa.table({"n": [1, None, None, None, 5], "x": [None] * 4 + ["a"]}), tmp_path / "t.parquet")
    blocks = list(read_table(tmp_path / "t.parquet").blocks)
    assert [block.frame.index.tolist() for block in blocks] == [[], [1, 2], [3, 4], [5]]
    assert len({tuple(map(str, block.frame.dtypes)) for block in blocks}) == 1


def test_a_damaged_file_and_a_column_that_is_not_there_are_refused(tmp_path):
    pq.write_table(
        pa.table({"n": ["x" * 100] * 1000}), tmp_path / "t.parquet", compression="none", use_dictionary=False
    )
    content = (tmp_path / "t.parquet").read_bytes()
    (tmp_path / "t.parquet").write_bytes(content[:100] + b"\xff" * 5000 + content[5100:])
    with pytest.raises(DataError, match=r"t\.parquet: cannot be read as parquet: "):
        read(tmp_path / "t.parquet")
    metadata = {"geo": json.dumps({"primary_column": "geom", "columns": {"geom": {}}})}
    pq.write_table(pa.table({"n": [1]}).replace_schema_metadata(metadata), tmp_path / "t.parquet")
    with pytest.raises(DataError, match="the geometry column 'geom' that its metadata name does not exist"):
        read_table(tmp_path / "t.parquet")


def test_events_as_r_writes_them_are_imported(tmp_path):
    # arrow::write_parquet: factors are dictionaries, whole numbers may be doubles, dates are date32.
    columns = {
        "event_id_cnty": pa.array(["AFG1", "AFG2"]).dictionary_encode(),
        "event_date": pa.array([dt.date(2021, 8, 26), dt.date(2021, 8, 27)]),
        "time_precision": pa.array([1.0, 2.0]),
        "event_type": pa.array(["Battles", "Battles"]).dictionary_encode(),
        "actor1": pa.array(["A", "B"]),
        "geo_precision": pa.array([1, 1], pa.int32()),
        "country": pa.array(["Afghanistan", "Afghanistan"]).dictionary_encode(),
        "admin1": pa.array(["Kabul", "Kabul"]),
        "latitude": pa.array([34.5, 34.5]),
        "longitude": pa.array([69.2, 69.2]),
        "fatalities": pa.array([3, None], pa.int32()),
    }
    pq.write_table(pa.table(columns), tmp_path / "t.parquet")
    imported = import_table(tmp_path / "t.parquet")
    assert imported.rejected.empty
    assert imported.report.format == "acled"
    records = imported.records
    assert records["date_start"].tolist() == ["2021-08-26", "2021-08-24"]
    assert records["date_end"].tolist() == ["2021-08-26", "2021-08-30"]
    assert cells(records["fatalities_best"]) == [3, None]
    assert records["admin1_code"].tolist() == ["AF-KAB"] * 2
