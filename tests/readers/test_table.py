import datetime as dt
import json
import zipfile

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pytest
from shapely.geometry import LineString, Point

from geo.errors import CRSError, DataError, MissingFileError
from geo.readers import delimited, table, workbook
from geo.readers.blocks import concat_blocks, unique_names
from geo.readers.table import read_table


def whole(path):
    opened = read_table(path)
    return opened, concat_blocks(opened.blocks)


@pytest.mark.parametrize(
    ("encoding", "noted"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8-SIG"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16-LE"),
        ("utf-16-be", "UTF-16-BE"),
        ("cp1252", "CP1252"),
    ],
)
@pytest.mark.parametrize(
    ("separator", "name"), [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "vertical bar")]
)
def test_encodings_and_separators_are_recognised_and_said(tmp_path, encoding, noted, separator, name):
    path = tmp_path / "t.csv"
    text = "\r\n".join(
        [separator.join(["Ort", "Tote"]), separator.join(["Köln", '"1\n2"']), separator.join(["Nîmes", ""])]
    )
    path.write_bytes((text + "\r\n").encode(encoding))
    opened, block = whole(path)
    assert opened.columns == ["Ort", "Tote"]
    assert block.frame.to_dict("list") == {"Ort": ["Köln", "Nîmes"], "Tote": ["1\n2", ""]}
    assert opened.notes[0] == f"{name}-separated text, {noted}"


def test_rows_that_do_not_fit_are_kept_apart_with_their_numbers(tmp_path, monkeypatch):
    monkeypatch.setattr(delimited, "BLOCK_ROWS", 3)
    monkeypatch.setattr(delimited, "MAX_ROW", 64)
    rows = [f"{number},{'x' * 20}" for number in range(1, 41)]
    for number in (1, 2, 7, 20, 39, 40):
        rows[number - 1] += ",too,many"
    path = tmp_path / "t.csv"
    path.write_text("a,b\n" + "\n\n".join(rows) + "\n")
    blocks = list(read_table(path).blocks)
    assert len(blocks) > 2
    frame = pd.concat([block.frame for block in blocks])
    assert frame.index.tolist() == [number for number in range(1, 41) if number not in (1, 2, 7, 20, 39, 40)]
    assert frame["a"].tolist() == [str(number) for number in frame.index]
    damaged = [row for block in blocks for row in block.damaged]
    assert [row[0] for row in damaged] == [1, 2, 7, 20, 39, 40]
    assert damaged[0][1:] == (rows[0], "has 4 cells where there are 2 columns")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"  \n ", "is empty"),
        (b"a,b\0\1\0\0" * 3, "zero bytes"),
        (b"a,b\n1," + b"x" * (1 << 18) + b"\n", "a row longer than"),
    ],
)
def test_what_is_no_text_table_is_refused_in_one_line(tmp_path, monkeypatch, content, message):
    monkeypatch.setattr(delimited, "MAX_ROW", 1 << 16)
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    with pytest.raises(DataError, match=message) as raised:
        whole(path)
    assert str(raised.value).startswith(str(path))
    assert "\n" not in str(raised.value)


def test_missing_files_folders_and_other_types_are_named(tmp_path):
    with pytest.raises(MissingFileError, match=r"no\.csv: no such file"):
        read_table(tmp_path / "no.csv")
    with pytest.raises(DataError, match="is a folder"):
        read_table(tmp_path)
    (tmp_path / "t.doc").write_text("x")
    with pytest.raises(DataError, match=r"t\.doc: \.doc: tables are read from \.csv"):
        read_table(tmp_path / "t.doc")


def test_columns_get_unique_names():
    assert unique_names(["a", " a ", None, "", "a_2", "b"]) == ["a", "a_2", "column_3", "column_4", "a_2_2", "b"]


def test_workbooks_give_cells_as_they_are_and_name_further_sheets(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "BLOCK_ROWS", 2)
    book = openpyxl.Workbook()
    book.active.title = "Events"
    for row in (
        [None, None],
        ["when", "n", None],
        [dt.datetime(2021, 8, 26), 3],
        [None, None],
        ["2021", None],
        [44434, 2.5, "?"],
        ["x", "y"],
    ):
        book.active.append(row)
    book.create_sheet("Notes")
    book.save(tmp_path / "t.xlsx")
    opened, block = whole(tmp_path / "t.xlsx")
    assert opened.notes == ["sheet 'Events'", "not read: 1 more sheets (Notes)"]
    assert block.frame["when"].tolist() == [dt.datetime(2021, 8, 26), "2021", "x"]
    assert block.frame.index.tolist() == [1, 2, 4]
    assert block.damaged == [(3, "44434 | 2.5 | ?", "has cells beyond 2 columns")]


@pytest.mark.parametrize(("below", "rows"), [(["#date", "#affected"], 2), (["2020", 1], 3), (None, 0)])
def test_hashtags_below_the_header_of_a_workbook_are_no_row(tmp_path, below, rows):
    book = openpyxl.Workbook()
    for row in [["when", "n"], *([below, ["2021", 3], ["#x", 4]] if below else [])]:
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    opened, block = whole(tmp_path / "t.xlsx")
    assert block.frame["when"].tolist()[-2:] == (["2021", "#x"] if rows else [])
    assert len(block.frame) == rows
    assert ("row of HXL hashtags left out" in opened.notes) == (rows == 2)


def changed_workbook(path, change):
    """Write a workbook of two rows whose sheet is changed as XML."""
    book = openpyxl.Workbook()
    book.active.append(["id", "n"])
    book.active.append(["a", 1])
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    members[name] = change(members[name])
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml[: len(xml) * 2 // 3],
        lambda xml: xml.replace(b'r="B2"', b'r="2B"'),
        lambda xml: xml.replace(b'r="B2"', b'r="ZZZZ2"'),
        lambda xml: xml.replace(b'r="2"', b'r="two"'),
        lambda xml: xml.replace(b'<row r="2"', b'<row r="999999999"'),
        lambda xml: xml.replace(b"<v>1</v>", b"<v>1</w>"),
    ],
)
def test_a_damaged_sheet_is_an_error_that_names_the_file(tmp_path, change):
    path = changed_workbook(tmp_path / "t.xlsx", change)
    with pytest.raises(DataError, match=r"t\.xlsx: (is not an Excel workbook|sheet 'Sheet'[: ])") as caught:
        whole(path)
    assert len(str(caught.value).splitlines()) == 1


def test_a_sheet_that_states_all_columns_is_as_wide_as_its_cells(tmp_path):
    path = changed_workbook(tmp_path / "t.xlsx", lambda xml: xml.replace(b'"A1:B2"', b'"A1:XFD1048576"'))
    opened, block = whole(path)
    assert (opened.columns, block.frame.to_dict("list")) == (["id", "n"], {"id": ["a"], "n": [1]})
    assert [len(row) for row in workbook._filled(path, openpyxl.load_workbook(path, read_only=True).active)] == [2, 2]


def test_a_chart_before_the_first_sheet_is_passed_over(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["id", "n"])
    book.active.append(["a", 1])
    chart = openpyxl.chart.BarChart()
    chart.add_data(openpyxl.chart.Reference(book.active, min_col=2, min_row=1, max_row=2))
    book.create_chartsheet("chart", 0).add_chart(chart)
    book.save(tmp_path / "t.xlsx")
    assert whole(tmp_path / "t.xlsx")[1].frame.to_dict("list") == {"id": ["a"], "n": [1]}
    del book[book.sheetnames[1]]
    book.save(tmp_path / "t.xlsx")
    with pytest.raises(DataError, match=r"has no sheet with a table|not an Excel workbook"):
        read_table(tmp_path / "t.xlsx")


def test_zip_bombs_and_other_files_are_no_workbooks(tmp_path):
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (300 << 20))
    with pytest.raises(DataError, match=r"bomb\.xlsx: would decompress from 0 MB to 300 MB; refused"):
        read_table(bomb)
    (tmp_path / "t.xlsx").write_text("a,b")
    with pytest.raises(DataError, match="not an Excel workbook"):
        read_table(tmp_path / "t.xlsx")
    with zipfile.ZipFile(tmp_path / "z.xlsx", "w") as archive:
        archive.writestr("hello", "x")
    with pytest.raises(DataError, match="not an Excel workbook"):
        read_table(tmp_path / "z.xlsx")


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".parquet"])
def test_geometry_becomes_points_in_wgs84(tmp_path, monkeypatch, suffix):
    monkeypatch.setattr("geo.readers.blocks.BLOCK_ROWS", 1)
    shapes = [Point(69, 34), None, LineString([(0, 0), (1, 1)]), Point(70, 35)]
    frame = gpd.GeoDataFrame({"name": list("abcd")}, geometry=shapes, crs=4326)
    path = tmp_path / f"t{suffix}"
    if suffix == ".parquet":
        frame.to_crs(3857).to_parquet(path)
    else:
        frame.to_file(path)
    opened, block = whole(path)
    assert opened.columns == ["name"]
    assert block.frame["name"].tolist() == ["a", "b", "d"]
    assert block.frame.index.tolist() == [1, 2, 4]
    assert block.lonlat.round(6).tolist()[0] == [69, 34]
    assert pd.isna(block.lonlat[1]).all()
    assert [(row[0], row[2]) for row in block.damaged] == [(3, "geometry is a LineString, not a point")]
    assert opened.notes == (["reprojected from WGS 84 / Pseudo-Mercator to WGS 84"] if suffix == ".parquet" else [])


def test_every_entry_of_a_geojson_file_becomes_a_row_or_is_set_apart(tmp_path):
    good = {"type": "Feature", "properties": {"n": 10**30, "mix": 1}, "geometry": None, "id": "own"}
    entries = [
        good,
        None,
        {"type": "Feature", "properties": {"n": "x"}, "geometry": {"type": "Point", "coordinates": [69, 34, 1800]}},
        [[]],
        {"type": "Feature", "properties": 5, "geometry": None},
        {"type": "Feature", "properties": {}, "geometry": {"type": "Blob"}},
        {"type": "Feature", "properties": None, "geometry": {"type": "Polygon", "coordinates": []}},
    ]
    path = tmp_path / "t.json"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": entries}))
    opened, block = whole(path)
    assert opened.columns == ["id", "n", "mix"]
    assert block.frame.index.tolist() == [1, 3, 7]
    assert block.frame["n"].tolist() == [10**30, "x", None]
    assert block.frame["id"].tolist() == ["own", None, None]
    assert block.lonlat[1].tolist() == [69, 34]
    assert pd.isna(block.lonlat[[0, 2]]).all()
    assert [(row, reason) for row, _, reason in block.damaged] == [
        (2, "is not a GeoJSON Feature object"),
        (4, "is not a GeoJSON Feature object"),
        (5, "properties are not an object"),
        (6, "geometry cannot be read"),
    ]


def test_a_stated_reference_system_is_heeded(tmp_path):
    path = tmp_path / "t.geojson"
    shape = {"type": "Point", "coordinates": [7_680_000, 4_030_000]}
    document = {"type": "FeatureCollection", "features": [{"properties": {"a": 1}, "geometry": shape}]}
    path.write_text(json.dumps(document | {"crs": {"type": "name", "properties": {"name": "EPSG:3857"}}}))
    opened, block = whole(path)
    # Web Mercator by its formula: longitude is x / R in radians.
    assert block.lonlat[0, 0] == pytest.approx(np.degrees(7_680_000 / 6_378_137))
    assert opened.notes == ["reprojected from WGS 84 / Pseudo-Mercator to WGS 84"]
    path.write_text(json.dumps(document | {"crs": {"type": "name", "properties": {"name": "the moon"}}}))
    with pytest.raises(CRSError, match="is not known"):
        read_table(path)


def test_the_layer_with_points_is_read_and_the_others_named(tmp_path):
    path = tmp_path / "t.gpkg"
    gpd.GeoDataFrame({"n": [1]}, geometry=[Point(0, 0).buffer(1)], crs=4326).to_file(path, layer="areas")
    gpd.GeoDataFrame({"n": [2]}, geometry=[Point(69, 34)], crs=4326).to_file(path, layer="events")
    opened, block = whole(path)
    assert opened.notes == ["layer events; not read: areas"]
    assert block.frame["n"].tolist() == [2]


def test_a_table_without_geometry_may_be_parquet(tmp_path):
    pd.DataFrame({"a": [1, 2]}).to_parquet(tmp_path / "t.parquet")
    _, block = whole(tmp_path / "t.parquet")
    assert block.frame["a"].tolist() == [1, 2]
    assert block.lonlat is None


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".parquet"])
def test_files_that_are_not_what_their_suffix_says_are_refused(tmp_path, suffix):
    path = tmp_path / f"t{suffix}"
    path.write_bytes(b"not this")
    with pytest.raises(DataError, match=r"cannot be read|is not GeoJSON"):
        read_table(path)


def test_every_suffix_has_a_reader():
    assert all(table._reader(suffix) for suffix in table.SUFFIXES)
