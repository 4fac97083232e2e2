"""Whatever ``geo.validate`` passes is exported in every format, and read back."""

import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

import geo
from geo.export_tables import geopackage
from geo.export_tables.qgis import incidents_style, strongholds_style
from geo.importing.own_columns import writable
from geo.model import COLUMNS
from geo.report.words import citation
from geo.style import event_styles, group_styles

BASE = {"kind": "incident", "title": "t", "status": "stated", "date_precision": "day", "geo_precision": "city"}
SUFFIXES = (".csv", ".geojson", ".parquet", ".gpkg", ".kml")
OWN: dict[str, list[dict[str, Any]]] = {
    "objects": [{"x": {"a": [1, {"b": None}]}}, {"x": [1, 2]}, {}],
    "empty objects": [{"x": {}}, {"x": {}}],
    "empty lists": [{"x": []}, {"x": []}],
    "deep": [{"x": json.loads("[" * 300 + "]" * 300)}],
    "several types": [{"x": 1}, {"x": "a"}, {"x": True}, {"x": 1.5}, {"x": [1]}, {}],
    "beyond 64 bits": [{"x": 2**70}, {"x": 3}],
    "names that differ in case": [{"Foo": 1, "foo": 2, "FOO": "a"}, {"Title": "x"}],
    "reserved names": [{"geom": 2, "fid": 3, "ogc_fid": 1, "rowid": 5, "index": 1}],
    "no numbers": [{"x": float("nan"), "y": 1.5}, {"x": float("inf"), "y": float("-inf")}],
    "lone surrogates": [{"x": "\ud800", "y\udc00": 1, "z": ["\udfff"]}],
    "control characters": [{"x": "a\x00b", "y\x01": 1, "title": "a\x1f\ufffe", "event_type": "q\x02"}],
    "first day": [{"date_start": "0001-01-01", "date_end": "0001-01-01"}, {}],
    "all days": [{"date_start": "0001-01-01", "date_end": "9999-12-31", "date_precision": "range"}],
    "a long cell": [{"x": "y" * 11_000_000}],
}


def read(folder: Path, own: list[dict[str, Any]]) -> Any:
    def feature(i: int, properties: dict[str, Any]) -> dict[str, Any]:
        all_ = {**BASE, "id": f"r{i}", "date_start": "2021-01-02", "date_end": "2021-01-02", **properties}
        return {"type": "Feature", "geometry": {"type": "Point", "coordinates": [69.2, 34.5]}, "properties": all_}

    path = folder / "in.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature(*row) for row in enumerate(own)]}))
    return geo.read_incidents(path)


@pytest.fixture(scope="module")
def shipped() -> Any:
    return geo.read_provinces(countries="AF")


def export_everywhere(records: Any, provinces: Any, folder: Path) -> dict[str, Any]:
    assert geo.validate(records, provinces=provinces) == []
    located = geo.geocode(records, provinces)
    back = {}
    for suffix in SUFFIXES:
        path = geo.export_records(located, provinces, folder / f"out{suffix}")[0]
        if suffix == ".kml":
            assert len(list(ET.parse(path).iter("{http://www.opengis.net/kml/2.2}Placemark"))) == len(records)
            continue
        back[suffix] = geo.read_incidents(path)
        assert geo.validate(back[suffix], provinces=provinces) == []
        assert list(back[suffix]["id"]) == list(records["id"])
    return back


@pytest.mark.slow
@pytest.mark.parametrize("name", OWN)
def test_own_columns_are_exported_in_every_format_and_read_back(name: str, shipped: Any, tmp_path: Path) -> None:
    export_everywhere(read(tmp_path, OWN[name]), shipped, tmp_path)


def test_columns_beyond_the_limit_of_sqlite_are_kept(
    shipped: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert geopackage.MOST + len(COLUMNS) + 10 < 2000
    monkeypatch.setattr(geopackage, "MOST", 4)
    back = export_everywhere(read(tmp_path, [{f"c{i}": i for i in range(9)}, {}]), shipped, tmp_path)
    assert json.loads(back[".gpkg"]["more_columns"].iloc[0])["c8"] == 8
    assert back[".gpkg"]["c0"].iloc[0] == 0
    assert "c8" not in back[".gpkg"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=2), inner, max_size=2),
    max_leaves=4,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(VALUES, min_size=1, max_size=3))
def test_any_json_fits_one_column_of_arrow(values: list[Any]) -> None:
    frame = pd.DataFrame({"x": pd.Series(values, dtype=object)})
    out = writable(frame)
    out.to_parquet(file := io.BytesIO())
    assert len(pd.read_parquet(file)) == len(values)
    for value, new in zip(values, out["x"], strict=True):
        if isinstance(value, dict) or (isinstance(value, int) and abs(value) >= 2**63):
            assert isinstance(json.loads(new), type(value))
        if isinstance(value, str) and not any("\ud800" <= sign <= "\udfff" for sign in value):
            assert new == value


def test_styles_hold_no_control_characters(make_records: Any, provinces: Any, tmp_path: Path) -> None:
    odd = "a\x01\ufffe"
    records = make_records(
        [
            {"event_type": odd, "geometry": shapely.Point(61, 33.5)},
            {"kind": "stronghold", "group": odd, "tier": "claimed", "role": "presence", "admin1_code": "XT-N"},
        ]
    )
    path = geo.export_records(records, provinces, tmp_path / "a.kml")[0]
    ET.parse(path)
    for style in (incidents_style(event_styles([odd])), strongholds_style(group_styles([odd]))):
        ET.fromstring(style.partition("\n")[2])


@pytest.mark.parametrize(
    ("published", "said"),
    [
        ("2021-12-11", "11 December 2021"),
        ("December21", "December21"),
        ("2021-99-11", "2021-99-11"),
        ("1-2-3-4-5-", "1-2-3-4-5-"),
        ("2021", "2021"),
    ],
)
def test_the_day_of_a_source_may_be_any_text(published: str, said: str) -> None:
    source = {"source": "s", "title": "T", "author": None, "publisher": None, "published": published}
    assert citation(source) == f"T. {said}."
