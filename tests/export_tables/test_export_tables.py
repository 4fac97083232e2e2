"""Exports, read back by GDAL, pandas and plain parsers, which know nothing of ours."""

import csv
import io
import json
import sqlite3
import xml.etree.ElementTree as ET
from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely

from geo import import_table
from geo.dask.partitions import read_row_group
from geo.errors import OutputError, UsageError
from geo.export_tables import dictionary, export_records
from geo.export_tables.areas import province_counts
from geo.export_tables.qgis import strongholds_style
from geo.model import COLUMNS
from geo.readers import read_incidents
from geo.stats.dataset import Dataset
from geo.stats.summary import totals
from geo.style import EVENT_STYLES, OTHER_EVENT_STYLE, group_styles, shades, styles

RECORDS: list[dict[str, Any]] = [
    {
        "id": "a",
        "title": '=HYPERLINK("http://x")',
        "description": 'He said "no",\nthen <b>left</b> {{7*7}}',
        "admin1_code": "XT-N",
        "admin1_name": "North",
        "date_start": "2020-01-05",
        "geometry": shapely.Point(61.123456789, 33.5),
        "geo_precision": "city",
        "fatalities_low": 3,
        "fatalities_best": 4,
        "fatalities_high": 9,
        "sources": [{"source": "s1", "paragraph": 3}, {"source": "s2", "paragraph": None}],
        "same_as": ["b", "c"],
        "note": "ننگرهار",
    },
    {"id": "b", "admin1_code": "XT-E", "date_start": "2021-06-01", "date_end": "2022-01-01", "same_as": ["a"]},
    {"id": "c", "admin1_code": None, "country_code": "XT", "date_start": None, "same_as": ["a"], "fatalities_best": 7},
    {
        "id": "d",
        "kind": "stronghold",
        "admin1_code": "XT-W",
        "date_start": "2021-01-01",
        "group": "Alpha",
        "tier": "claimed",
    },
    {
        "id": "e",
        "kind": "stronghold",
        "admin1_code": None,
        "date_start": "2021-01-01",
        "group": "Beta",
        "tier": "reported",
    },
    {"id": "f", "kind": "statistic", "admin1_code": "XT-W", "date_start": "2021-01-01", "value": 1500.5, "unit": "men"},
]


@pytest.fixture(scope="module")
def located(make_records: Any) -> Any:
    return make_records(RECORDS)


def values(frame: pd.DataFrame, columns: Any) -> list[list[Any]]:
    plain = pd.DataFrame(frame)[list(columns)].astype(object)
    return plain.where(plain.notna(), None).to_numpy().tolist()


def test_csv_reads_back_equal(located: Any, provinces: Any, tmp_path: Any) -> None:
    export_records(located, provinces, tmp_path / "a.csv")
    raw = (tmp_path / "a.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert [row["id"] for row in rows] == list("abcdef")
    assert list(rows[0])[: len(COLUMNS)] == list(COLUMNS)
    first = rows[0]
    assert first["title"] == '\'=HYPERLINK("http://x")'
    assert first["description"] == RECORDS[0]["description"]
    assert (first["fatalities_low"], first["injuries_low"]) == ("3", "")
    assert (first["sources"], first["same_as"]) == ("s1:3; s2", "b; c")
    assert (first["longitude"], first["latitude"]) == ("61.1234568", "33.5")
    assert first["note"] == "ننگرهار"
    assert first["cross_border"] == "false"
    assert rows[5]["value"] == "1500.5"
    by_gdal = pyogrio.read_dataframe(tmp_path / "a.csv")
    assert by_gdal["id"].tolist() == list("abcdef")
    assert by_gdal["description"][0] == RECORDS[0]["description"]


def test_hxl_puts_a_tag_under_each_column(located: Any, provinces: Any, tmp_path: Any) -> None:
    export_records(located, provinces, tmp_path / "a.csv", hxl=True)
    lines = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig"), newline="")))
    tags = dict(zip(lines[0], lines[1], strict=True))
    assert tags["admin1_code"] == "#adm1+code+v_iso3166_2"
    assert tags["fatalities_high"] == "#affected+killed+max"
    assert all(tag.startswith("#") for tag in tags.values())
    assert lines[2][0] == "a"


def test_geojson_is_rfc_7946_and_reads_back_equal(located: Any, provinces: Any, tmp_path: Any) -> None:
    export_records(located, provinces, tmp_path / "a.geojson")
    content = json.loads((tmp_path / "a.geojson").read_text("utf-8"))
    assert set(content) == {"type", "features"}
    assert [feature["id"] for feature in content["features"]] == list("abcdef")
    assert content["features"][0]["geometry"] == {"type": "Point", "coordinates": [61.1234568, 33.5]}
    assert content["features"][1]["geometry"] is None
    assert all(set(COLUMNS) <= set(feature["properties"]) for feature in content["features"])
    ours = read_incidents(tmp_path / "a.geojson")
    assert values(ours, COLUMNS) == values(located, COLUMNS)
    by_gdal = pyogrio.read_dataframe(tmp_path / "a.geojson")
    assert by_gdal.crs.equals("EPSG:4326")
    assert by_gdal["fatalities_best"].tolist()[0] == 4
    assert by_gdal.geometry.notna().sum() == 1


def test_geoparquet_reads_back_equal(located: Any, provinces: Any, tmp_path: Any) -> None:
    export_records(located, provinces, tmp_path / "a.parquet")
    assert values(read_incidents(tmp_path / "a.parquet"), COLUMNS) == values(located, COLUMNS)
    by_geopandas = gpd.read_parquet(tmp_path / "a.parquet")
    assert by_geopandas.crs.equals("EPSG:4326")
    assert by_geopandas.geometry.iloc[0].equals(located.geometry.iloc[0])


def test_geoparquet_has_dates_and_the_bounds_of_every_geometry(located: Any, provinces: Any, tmp_path: Any) -> None:
    mine = located.assign(bbox="own")
    export_records(mine, provinces, tmp_path / "a.parquet")
    table = pq.read_table(tmp_path / "a.parquet")
    assert [table.schema.field(name).type for name in ("date_start", "date_end")] == [pa.date32()] * 2
    assert table["date_start"].to_pylist()[:3] == [date(2020, 1, 5), date(2021, 6, 1), None]
    # GeoPandas reads by the bounds alone.
    assert gpd.read_parquet(tmp_path / "a.parquet", bbox=(61, 33, 62, 34))["id"].tolist() == ["a"]
    assert gpd.read_parquet(tmp_path / "a.parquet", bbox=(0, 0, 1, 1)).empty
    ours = read_incidents(tmp_path / "a.parquet")
    assert set(ours.columns) - set(located.columns) == {"bbox"}
    assert ours["bbox"].tolist() == ["own"] * 6
    part = read_row_group((str(tmp_path / "a.parquet"), 0))
    assert values(part, COLUMNS) == values(located, COLUMNS)
    assert set(part.columns) == set(ours.columns)
    again = import_table(tmp_path / "a.parquet", provinces=provinces).records
    assert again["date_start"].tolist()[:2] == ["2020-01-05", "2021-06-01"]
    assert not {name for name in again.columns if name.startswith("bbox_")}


def test_dates_that_are_none_stay_text(located: Any, provinces: Any, tmp_path: Any) -> None:
    odd = located.assign(date_start=["2021-02-30", *located["date_start"][1:]])
    for name in ("a.parquet", "a.gpkg"):
        export_records(odd, provinces, tmp_path / name)
        assert read_incidents(tmp_path / name)["date_start"]["a"] == "2021-02-30"


def test_a_geopackage_describes_its_columns(located: Any, provinces: Any, tmp_path: Any) -> None:
    # An own column may be called what another's label says.
    export_records(located.assign(**{"First day": 1}), provinces, tmp_path / "a.gpkg")
    with sqlite3.connect(tmp_path / "a.gpkg") as base:
        told = base.execute("SELECT table_name, column_name, name, description FROM gpkg_data_columns").fetchall()
        (version,) = base.execute("PRAGMA user_version").fetchone()
    about = {(layer, name): (label, meaning) for layer, name, label, meaning in told}
    assert about["incidents", "fatalities_best"][0] == "Deaths, best"
    assert about["provinces", "incidents"][1].startswith("Distinct incidents of the period")
    assert about["statistics", "First day"][0] is None
    for layer in ("provinces", "incidents", "strongholds", "statistics"):
        fields = set(pyogrio.read_info(tmp_path / "a.gpkg", layer=layer)["fields"])
        assert fields == {name for of, name in about if of == layer}
    assert version == 10300
    assert not dictionary().duplicated(["layer", "label"]).any()


def test_geopackage_layers_hold_everything(located: Any, provinces: Any, tmp_path: Any) -> None:
    path = tmp_path / "a.gpkg"
    export_records(located, provinces, path)
    assert [name for name, _ in pyogrio.list_layers(path)] == [
        "provinces", "strongholds", "incidents", "statistics", "layer_styles",
    ]  # fmt: skip
    layer = {name: pyogrio.read_dataframe(path, layer=name) for name in ("provinces", "strongholds", "incidents")}
    incidents = layer["incidents"]
    assert (
        pyogrio.read_info(path, layer="incidents")["dtypes"][list(incidents.columns).index("date_start")]
        == "datetime64[D]"
    )
    assert incidents["id"].tolist() == ["a", "b", "c"]
    assert incidents["title"][0] == RECORDS[0]["title"]
    assert incidents["fatalities_best"].tolist()[2] == 7
    assert incidents.geometry[0].equals(located.geometry.iloc[0])
    strongholds = layer["strongholds"]
    assert strongholds["group"].tolist() == ["Alpha", "Beta"]
    assert strongholds.geometry[0].equals(shapely.MultiPolygon([provinces.geometry["XT-W"]]))
    assert strongholds.geometry[1] is None
    statistics = pyogrio.read_dataframe(path, layer="statistics", read_geometry=False)
    assert statistics["value"].tolist() == [1500.5]
    counts = layer["provinces"].set_index("admin1_code")
    assert counts["incidents"].to_dict() == {"XT-N": 1, "XT-W": 0, "XT-E": 0}
    assert counts["reports"].to_dict() == {"XT-N": 1, "XT-W": 0, "XT-E": 1}  # b tells of the same event as a
    assert counts["fatalities_high"].to_dict() == {"XT-N": 9, "XT-W": 0, "XT-E": 0}
    assert counts["strongholds"].to_dict() == {"XT-N": 0, "XT-W": 1, "XT-E": 0}
    said = totals(located)
    assert counts["incidents"].sum() + said["unplaced"] == said["incidents"]


def test_qgis_finds_the_pages_colours(located: Any, provinces: Any, tmp_path: Any) -> None:
    export_records(located, provinces, tmp_path / "a.gpkg")
    with sqlite3.connect(tmp_path / "a.gpkg") as base:
        rows = base.execute(
            "SELECT f_table_name, styleQML, useAsDefault, f_geometry_column FROM layer_styles"
        ).fetchall()
        geometry = dict(base.execute("SELECT table_name, column_name FROM gpkg_geometry_columns").fetchall())
    assert {row[0] for row in rows} == {"provinces", "strongholds", "incidents", "statistics"}
    assert all(row[2] == 1 and row[3] == geometry.get(row[0], "") for row in rows)
    style = {name: ET.fromstring(qml.partition("\n")[2]) for name, qml, _, _ in rows}

    def rgb(colour: str) -> str:
        return ",".join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5)) + ",255"

    ranges = style["provinces"].findall(".//range")
    assert [(r.get("lower"), r.get("upper")) for r in ranges] == [("0", "0"), ("1", "1")]
    fills = [o.get("value") for o in style["provinces"].findall(".//Option[@name='color']")]
    assert fills[1:] == [rgb(colour) for colour in shades(1)]
    categories = [c.get("value") for c in style["incidents"].findall(".//category")]
    assert categories == ["Battles", ""]
    markers = [o.get("value") for o in style["incidents"].findall(".//Option[@name='name']")]
    assert [markers[0], markers[-1]] == [EVENT_STYLES["Battles"][0], "cross_fill"]
    assert style["incidents"].findall(".//Option[@name='color']")[-1].get("value") == rgb(OTHER_EVENT_STYLE[1])
    groups = [c.get("value") for c in style["strongholds"].findall(".//category")]
    assert groups == ["Alpha", "Beta", ""]
    assert not style["strongholds"].findall(".//Option[@name='customdash']")
    later = ET.fromstring(strongholds_style(group_styles([f"group {i}" for i in range(9)])).partition("\n")[2])
    assert [o.get("value") for o in later.findall(".//Option[@name='customdash']")] == ["1.5;1"]
    angles = {o.get("value") for o in style["strongholds"].findall(".//Option[@name='angle']")}
    assert {"45", "135"} <= angles


def test_kml_has_the_pages_colours(make_records: Any, provinces: Any, tmp_path: Any) -> None:
    strongholds = [{"kind": "stronghold", "admin1_code": "XT-W", "group": group} for group in ("Alpha", None)]
    events = [{"event_type": kind, "date_start": "2021-01-01"} for kind in ("Mine", "Protests", None)]
    records = make_records([*events, {"event_type": "Yours", "date_start": "2020-01-01"}, *strongholds])
    export_records(records, provinces, tmp_path / "a.kml", years=(2021, 2021))
    kml = "{http://www.opengis.net/kml/2.2}"
    root = ET.parse(tmp_path / "a.kml").getroot()
    colours = {f"#{style.get('id')}": style.find(f".//{kml}color").text for style in root.iter(f"{kml}Style")}
    shown = [colours[mark.find(f"{kml}styleUrl").text] for mark in root.iter(f"{kml}Placemark")]
    page = styles(Dataset(records, provinces).event_types, ["Alpha"])
    expected = {look["word"]: look["colour"] for look in page["event_types"]} | {"": page["other"]["colour"]}
    assert shown == [f"ff{c[5:7]}{c[3:5]}{c[1:3]}" for c in (expected["Mine"], expected["Protests"], expected[""])]


def test_kml_has_every_record_and_runs_nothing(located: Any, provinces: Any, tmp_path: Any) -> None:
    export_records(located, provinces, tmp_path / "a.kml")
    root = ET.parse(tmp_path / "a.kml").getroot()
    kml = "{http://www.opengis.net/kml/2.2}"
    marks = root.findall(f".//{kml}Placemark")
    ids = [m.find(f".//{kml}Data[@name='id']/{kml}value").text for m in marks]
    assert ids == list("abcdef")
    assert marks[0].find(f"{kml}description").text == "He said &quot;no&quot;, then &lt;b&gt;left&lt;/b&gt; {{7*7}}"
    span = marks[1].find(f"{kml}TimeSpan")
    assert [node.text for node in span] == ["2021-06-01", "2022-01-01"]
    assert marks[2].find(f"{kml}TimeSpan") is None
    layers = dict(pyogrio.list_layers(tmp_path / "a.kml"))
    assert set(layers) == {"Incidents", "Claimed strongholds", "Reported totals"}
    strongholds = pyogrio.read_dataframe(tmp_path / "a.kml", layer="Claimed strongholds")
    assert strongholds.geometry.iloc[0].area == pytest.approx(provinces.geometry["XT-W"].area)
    assert shapely.get_coordinates(pyogrio.read_dataframe(tmp_path / "a.kml", layer="Incidents").geometry[0])[
        0
    ].tolist()[:2] == [61.1234568, 33.5]


@pytest.mark.parametrize("suffix", ["csv", "geojson", "parquet", "kml", "gpkg"])
def test_a_period_selects_the_same_records_everywhere(located: Any, provinces: Any, tmp_path: Any, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    export_records(located, provinces, path, years=(2021, 2021))
    if suffix == "parquet":
        ids = gpd.read_parquet(path)["id"].tolist()
    elif suffix == "gpkg":
        layers = ("incidents", "strongholds", "statistics")
        ids = [i for name in layers for i in pyogrio.read_dataframe(path, layer=name, read_geometry=False)["id"]]
    elif suffix == "kml":
        kml = "{http://www.opengis.net/kml/2.2}"
        ids = [node[0].text for node in ET.parse(path).iter(f"{kml}Data") if node.get("name") == "id"]
    else:
        ids = pyogrio.read_dataframe(path)["id"].tolist()
    assert sorted(ids) == ["b", "d", "e", "f"]


@pytest.mark.parametrize("suffix", ["csv", "geojson", "parquet", "kml", "gpkg"])
def test_a_period_without_records_and_the_same_bytes_twice(
    located: Any, provinces: Any, tmp_path: Any, suffix: str
) -> None:
    export_records(located, provinces, tmp_path / f"no.{suffix}", years=(1990, 1990))
    for name in ("x", "y"):
        export_records(located, provinces, tmp_path / f"{name}.{suffix}")
    assert (tmp_path / f"x.{suffix}").read_bytes() == (tmp_path / f"y.{suffix}").read_bytes()


def test_every_column_is_explained(located: Any, provinces: Any, tmp_path: Any) -> None:
    mine = located.assign(colour="red")
    written = export_records(mine, provinces, tmp_path / "a.csv")
    assert [path.name for path in written] == ["a.csv", "a.columns.csv"]
    said = pd.read_csv(written[1], keep_default_na=False)
    header = (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()[0].split(",")
    records = said[said["layer"] == "records"]
    assert set(header) <= set(records["column"])
    assert records["meaning"].str.len().min() > 10
    assert records.set_index("column").loc["colour", "type"] == "as in the input"
    export_records(mine, provinces, tmp_path / "b.gpkg")
    columns = set(pyogrio.read_info(tmp_path / "b.gpkg", layer="provinces")["fields"])
    assert columns == set(said.loc[said["layer"] == "provinces", "column"])


def test_the_dictionary_covers_the_schema() -> None:
    known = dictionary()
    assert [name for name in known.loc[known["layer"] == "records", "column"] if name in COLUMNS] == list(COLUMNS)
    assert not known.duplicated(["layer", "column"]).any()


def test_a_country_without_placed_incidents_has_null_counts(located: Any, provinces: Any) -> None:
    other = provinces.iloc[[0]].assign(admin1_code="YY-A", admin1_name="A", country_code="YY")
    other.index = ["YY-A"]
    counts = province_counts(Dataset(located, pd.concat([provinces, other])), None)
    assert pd.isna(counts.loc["YY-A", "incidents"])
    assert counts.loc["XT-W", "incidents"] == 0


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("a.shp", {}, r"a\.shp: records are exported to \.csv, \.geojson, \.gpkg, \.kml, \.parquet"),
        ("a", {}, "chosen by the suffix"),
        ("a.gpkg", {"hxl": True}, r"HXL hashtags can only be written to a \.csv"),
        ("a.csv", {"years": (2022, 2021)}, "ends before it starts"),
    ],
)
def test_bad_arguments_are_named(
    located: Any, provinces: Any, tmp_path: Any, name: str, options: Any, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        export_records(located, provinces, tmp_path / name, **options)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("suffix", ["csv", "gpkg", "parquet", "kml"])
def test_an_unwritable_place_leaves_nothing(located: Any, provinces: Any, tmp_path: Any, suffix: str) -> None:
    with pytest.raises(OutputError, match="there is no folder"):
        export_records(located, provinces, tmp_path / "no" / f"a.{suffix}")
    assert not list(tmp_path.iterdir())
