"""JSON as APIs, databases and pandas write it; the records are made up."""

import json

import pandas as pd
import pytest

from geo.errors import DataError
from geo.readers.blocks import concat_blocks
from geo.readers.table import read_table

RECORDS = [
    {"event_id_cnty": "AFG1", "location": "کابل", "fatalities": 3, "latitude": "34.5"},
    {"event_id_cnty": "AFG2", "location": "Khar", "fatalities": None},
]
COLUMNS = ["event_id_cnty", "location", "fatalities", "latitude"]
CELLS = [["AFG1", "کابل", 3, "34.5"], ["AFG2", "Khar", None, None]]


def read(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    table = read_table(path)
    return table, concat_blocks(table.blocks)


def cells(block):
    return block.frame.astype(object).where(block.frame.notna(), None).to_numpy().tolist()


@pytest.mark.parametrize(
    ("document", "notes"),
    [
        (RECORDS, []),
        ({"success": True, "count": 2, "data": RECORDS}, ["records under 'data'"]),
        (
            {
                "status": 200,
                "success": True,
                "last_update": 3,
                "count": 2,
                "messages": [],
                "data": RECORDS,
                "filename": "",
            },
            ["records under 'data'"],
        ),
        ({"TotalCount": 2, "TotalPages": 1, "PreviousPageUrl": "", "Result": RECORDS}, ["records under 'Result'"]),
        (
            {"help": "", "success": True, "result": {"fields": [{"id": "a"}], "records": RECORDS}},
            ["records under 'records'"],
        ),
        ({"meta": {"n": 2}, "incidents": RECORDS}, ["records under 'incidents'"]),
        ([COLUMNS, *CELLS], []),
    ],
)
def test_lists_of_records_and_answers_of_apis(tmp_path, document, notes):
    table, block = read(tmp_path / "t.json", json.dumps(document))
    assert table.columns == COLUMNS
    assert cells(block) == CELLS
    assert table.notes == notes
    assert (table.rows, block.damaged) == (2, [])


@pytest.mark.parametrize("suffix", [".json", ".ndjson", ".jsonl"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n"])
def test_one_record_a_line(tmp_path, suffix, end):
    lines = [json.dumps(record, ensure_ascii=False) for record in RECORDS]
    table, block = read(tmp_path / f"t{suffix}", end.join(lines))
    assert cells(block) == CELLS
    assert table.notes == ["one JSON record a line"]
    lines.insert(1, '{"event_id_cnty": "AFG9", "locat')
    lines.append("[3]")
    table, block = read(tmp_path / f"t{suffix}", end.join(lines) + end)
    assert cells(block) == CELLS
    assert block.frame.index.tolist() == [1, 3]
    assert [(row, text) for row, text, _ in block.damaged] == [(2, lines[1]), (4, "[3]")]
    assert block.damaged[0][2].startswith("is not JSON: column 27: Unterminated string")
    assert block.damaged[1][2] == "is not a JSON object"


@pytest.mark.parametrize("orient", ["records", "columns", "index", "split", "table"])
def test_what_pandas_writes(tmp_path, orient):
    frame = pd.DataFrame({"id": ["a", "b", "c"], "deaths": [1, 2, 3]})
    frame.to_json(tmp_path / "in.json", orient=orient)
    _, block = read(tmp_path / "t.json", (tmp_path / "in.json").read_bytes())
    assert block.frame[["id", "deaths"]].to_numpy().tolist() == frame.to_numpy().tolist()


def test_geojson_one_feature_a_line_and_as_a_list(tmp_path):
    shape = {"type": "Point", "coordinates": [69.2, 34.5]}
    features = [{"type": "Feature", "properties": {"n": n}, "geometry": shape} for n in (1, 2)]
    for suffix, text in [
        (".geojsonl", "\n".join(map(json.dumps, features))),
        (".geojsonseq", "\x1e" + "\n\x1e".join(map(json.dumps, features)) + "\n"),
        (".json", json.dumps(features)),
    ]:
        _, block = read(tmp_path / f"t{suffix}", text)
        assert block.frame["n"].tolist() == [1, 2]
        assert block.lonlat.tolist() == [[69.2, 34.5]] * 2
    _, block = read(tmp_path / "t.json", json.dumps(features[0]))
    assert block.lonlat.tolist() == [[69.2, 34.5]]


def test_objects_in_a_record_give_columns_and_lists_text(tmp_path):
    record = {"id": 1, "where": {"lat": 34.5, "names": {"en": "Kabul"}}, "links": ["é", 2]}
    table, block = read(tmp_path / "t.json", json.dumps([record]))
    assert table.columns == ["id", "where.lat", "where.names.en", "links"]
    assert cells(block) == [[1, 34.5, "Kabul", '["é", 2]']]


def test_a_page_of_more_records_is_said_to_be_one(tmp_path):
    table, _ = read(tmp_path / "t.json", json.dumps({"TotalCount": "700", "Result": RECORDS}))
    assert table.notes[1] == "the file says that there are 700 records and has 2: fetch the other pages too"


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"success": False, "error": {"status": 401, "message": "no key"}}, r"an API that reports an error: .*no key"),
        ({"status": 403, "success": False, "count": 0, "data": [], "error": "denied"}, "reports an error: denied"),
        ({"a": 1, "b": [1, 2]}, "no list of records among a, b"),
        ({}, "no list of records among no keys"),
        (3, "is a JSON int, not a list of records"),
        ({"type": "Topology", "objects": {}}, "no list of records among type, objects"),
    ],
)
def test_json_that_is_no_table_is_refused(tmp_path, document, message):
    with pytest.raises(DataError, match=message):
        read(tmp_path / "t.json", json.dumps(document))


def test_a_document_that_is_cut_off_is_not_taken_for_lines(tmp_path):
    text = json.dumps(RECORDS, indent=1)
    with pytest.raises(DataError, match=r"t\.json: is not JSON: line \d+, column \d+: .*; expected GeoJSON, a list"):
        read(tmp_path / "t.json", text[:-40])


def test_marks_encodings_and_undecodable_bytes(tmp_path):
    text = json.dumps(RECORDS, ensure_ascii=False)
    for encoding in ("utf-8-sig", "utf-16"):
        _, block = read(tmp_path / "t.json", text.encode(encoding))
        assert cells(block) == CELLS
    table, block = read(tmp_path / "t.json", text.encode().replace(b"Khar", b"Kh\xffr"))
    assert block.frame["location"].tolist() == ["کابل", "Kh\ufffdr"]
    column = text.index("Khar") + 3
    assert table.notes == [f"1 byte is not UTF-8 and read as U+FFFD (\ufffd): line 1, column {column}"]


def test_a_line_break_in_a_text_is_kept(tmp_path):
    _, block = read(tmp_path / "t.json", '[{"notes": "two\nlines"}]')
    assert cells(block) == [["two\nlines"]]
