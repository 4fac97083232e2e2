"""Text tables as spreadsheets, R, pandas and portals write them; the rows are made up."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import DataError
from geo.readers import delimited, encoding, header
from geo.readers.blocks import concat_blocks
from geo.readers.delimited import read_delimited

NAMES = ["id", "place", "deaths"]
ROWS = [["1", "Kabul", "3"], ["2", "Khar, Bajaur", "0"], ["3", 'the "old" town', ""]]


def read(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    table = read_delimited(path)
    block = concat_blocks(table.blocks)
    return table, block.frame, block.damaged


def text_of(rows, *, end="\r\n", separator=","):
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator=end).writerows(rows)
    return text.getvalue()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end(tmp_path, end):
    rows = [*ROWS, ["4", f"two{end}lines", "1"]]
    table, frame, damaged = read(tmp_path / "t.csv", text_of([NAMES, *rows], end=end))
    assert table.columns == NAMES
    assert frame.to_numpy().tolist() == rows
    assert damaged == []


@pytest.mark.parametrize("count", [1, 2, 5])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_empty_cells_at_the_end_of_every_row_are_left_out(tmp_path, count, separator):
    rows = [[*row, *[""] * count] for row in ROWS]
    table, frame, damaged = read(tmp_path / "t.csv", text_of([NAMES, *rows], separator=separator))
    assert (table.columns, list(frame.columns)) == (NAMES, NAMES)
    assert frame.to_numpy().tolist() == ROWS
    assert frame.index.tolist() == [1, 2, 3]
    assert damaged == []
    assert "more than the header; left out" in table.notes[1]


@pytest.mark.parametrize("sample", [5, 500])
@pytest.mark.parametrize("usual", ["", "x"])
def test_rows_with_and_without_empty_cells_at_the_end_may_be_mixed(tmp_path, monkeypatch, usual, sample):
    monkeypatch.setattr(header, "_SAMPLE", sample)
    monkeypatch.setattr(delimited, "BLOCK_ROWS", 7)
    monkeypatch.setattr(delimited, "MAX_ROW", 128)
    trailing = [number % 3 == 0 if usual else number % 3 != 0 for number in range(60)]
    rows = [[str(number), f"place {number}", "1", *([""] if more else [])] for number, more in enumerate(trailing)]
    rows[10] = ["10", "place 10", "1", "beyond"]
    rows[20] = ["20", "place 20"]
    rows[30] = ["30", "place 30", "1", "", "", ""]
    _, frame, damaged = read(tmp_path / "t.csv", text_of([NAMES, *rows]))
    assert frame.index.tolist() == [number + 1 for number in range(60) if number not in (10, 20)]
    assert frame["id"].tolist() == [str(number) for number in range(60) if number not in (10, 20)]
    assert [(row, text) for row, text, _ in damaged] == [(11, "10,place 10,1,beyond"), (21, "20,place 20")]
    assert [reason for *_, reason in damaged] == [f"has {n} cells where there are 3 columns" for n in (4, 2)]


def test_a_header_with_empty_cells_that_the_rows_lack(tmp_path):
    table, frame, damaged = read(tmp_path / "t.csv", text_of([[*NAMES, "", ""], *ROWS]))
    assert (table.columns, damaged) == (NAMES, [])
    assert frame.to_numpy().tolist() == ROWS
    table, frame, _ = read(tmp_path / "t.csv", text_of([[*NAMES, ""], *[[*row, "x"] for row in ROWS]]))
    assert table.columns == [*NAMES, "column_4"]


def test_names_of_rows_as_r_writes_them(tmp_path):
    # write.table(events, sep = ","): names in the first cell of each row, none in the header.
    text = '"id","place","deaths"\n"1",10,"Kabul",3\n"2",20,"Khar, Bajaur",NA\n'
    table, frame, damaged = read(tmp_path / "t.csv", text)
    assert table.columns == ["row_name", *NAMES]
    assert frame.to_numpy().tolist() == [["1", "10", "Kabul", "3"], ["2", "20", "Khar, Bajaur", "NA"]]
    assert damaged == []
    assert "as R writes it" in table.notes[1]


def test_an_unquoted_comma_in_one_row_is_no_name_of_a_row(tmp_path):
    _, frame, damaged = read(tmp_path / "t.csv", "id,place\n1,Kabul\n2,Khar, Bajaur\n")
    assert frame["id"].tolist() == ["1"]
    assert damaged == [(2, "2,Khar, Bajaur", "has 3 cells where there are 2 columns")]


@pytest.mark.parametrize("rows", [40, 200])
def test_a_quote_that_is_not_closed_costs_one_row_and_not_those_below_it(tmp_path, monkeypatch, rows):
    monkeypatch.setattr(delimited, "BLOCK_ROWS", 16)
    monkeypatch.setattr(delimited, "MAX_ROW", 1 << 9)
    lines = [f"{number},place {number},{number % 7}" for number in range(1, rows + 1)]
    lines[4] = '5,"place 5,5'
    lines[9] = '10,"a place, quoted",3'
    lines[20] = "21,too,many,cells"
    _, frame, damaged = read(tmp_path / "t.csv", "\r\n".join([",".join(NAMES), *lines]) + "\r\n")
    assert [row for row, *_ in damaged] == [5, 21]
    assert damaged[0][1:] == (lines[4], "has not 3 cells; is a quote missing?")
    assert frame.index.tolist() == [row for row in range(1, rows + 1) if row not in (5, 21)]
    assert frame["id"].tolist() == [str(row) for row in frame.index]


@pytest.mark.parametrize("name", ["utf-8", "utf-16", "utf-16-le", "cp1252"])
def test_a_text_that_ends_inside_quotes(tmp_path, name):
    text = 'id,place\n1,Kabul\n2,"Köln\n'
    _, frame, damaged = read(tmp_path / "t.csv", text.encode(name))
    assert frame["id"].tolist() == ["1"]
    assert [(row, reason) for row, _, reason in damaged] == [(2, "has a quote that is not closed")]
    _, frame, damaged = read(tmp_path / "t.csv", (text + '"\n').encode(name))
    assert frame["place"].tolist() == ["Kabul", "Köln\n"]
    assert damaged == []


@pytest.mark.parametrize(
    "text", ['"two\nlines, and a comma",more', '"three\nlines\nand a comma",more', '"two\nlines",3,more']
)
def test_lines_of_a_quoted_cell_are_no_rows(tmp_path, text):
    _, frame, damaged = read(tmp_path / "t.csv", f"id,place\n1,{text}\n2,Kabul\n")
    assert frame["id"].tolist() == ["2"]
    assert [(row, text) for row, text, _ in damaged] == [(1, f"1,{text}")]


def test_names_alone_need_no_separator(tmp_path):
    _, frame, damaged = read(tmp_path / "t.txt", "place\nKhar, Bajaur\n\nKabul\n")
    assert frame["place"].tolist() == ["Khar, Bajaur", "", "Kabul"]
    assert damaged == []


@pytest.mark.parametrize("above", ["", "\n\n", "\r\n \r\n", ",,\n", "sep=,\n", "\nsep=,\n\n", "\ufeff\n"])
@pytest.mark.parametrize("tags", ["", "#event+id,#loc+name,#affected+killed\n", "#event+id,,\n"])
def test_blank_lines_and_hashtags_are_no_rows(tmp_path, above, tags):
    text = f"{above}id,place,deaths\n{tags}1,Kabul,3\n2,too few\n\n3,Khar,\n"
    table, frame, damaged = read(tmp_path / "t.csv", text)
    assert table.columns == NAMES
    assert frame.to_numpy().tolist() == [["1", "Kabul", "3"], ["3", "Khar", ""]]
    assert frame.index.tolist() == [1, 3]
    assert [(row, text) for row, text, _ in damaged] == [(2, "2,too few")]
    assert ("row of HXL hashtags left out" in table.notes) == bool(tags)


def test_a_hash_sign_is_no_hashtag(tmp_path):
    _, frame, _ = read(tmp_path / "t.csv", "id,place\n#1,Kabul\n#2,Khar\n")
    assert frame["id"].tolist() == ["#1", "#2"]


def test_the_first_name_may_be_empty(tmp_path):
    # DataFrame.to_csv(sep="\\t") with an index and one column.
    table, frame, _ = read(tmp_path / "t.csv", "\tplace\n0\tKabul\n")
    assert table.columns == ["column_1", "place"]
    assert frame["place"].tolist() == ["Kabul"]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"PK\3\4\0", "a zip file or an Excel workbook; name it .zip or .xlsx"),
        (b"\x1f\x8b\x08", "a gzip file"),
        (b"PAR1\0\0", "Parquet"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE HTML>\n<html>", "a web page, perhaps one that asks you to sign in"),
        (b"<HTML>", "a web page"),
    ],
)
def test_files_that_are_something_else_are_told_apart(tmp_path, content, kind):
    with pytest.raises(DataError, match=rf"t\.csv: is {kind}"):
        read(tmp_path / "t.csv", content)


def test_a_declared_separator_is_no_header(tmp_path):
    text = "sep=;\r\n" + text_of([NAMES, *ROWS, ["4", "too few"]], separator=";")
    table, frame, damaged = read(tmp_path / "t.csv", text)
    assert table.columns == NAMES
    assert frame.to_numpy().tolist() == ROWS
    assert [row for row, *_ in damaged] == [4]


@pytest.mark.parametrize(
    "options", [{"index": True}, {"index": False, "lineterminator": "\r"}, {"quoting": csv.QUOTE_ALL}]
)
@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_what_pandas_writes(tmp_path, options, name):
    events = pd.DataFrame({"id": [1, 2], "place": ["Köln", "a\nb, c"], "deaths": [3.0, None]})
    events.to_csv(tmp_path / "in.csv", encoding=name, **options)
    _, frame, damaged = read(tmp_path / "t.csv", (tmp_path / "in.csv").read_bytes())
    assert frame[NAMES].to_numpy().tolist() == [["1", "Köln", "3.0"], ["2", "a\nb, c", ""]]
    assert damaged == []


def test_one_undecodable_byte_is_replaced_and_its_place_said(tmp_path):
    lines = ["id,place", "1,کابل", "2,Herāt", "3,X"]
    content = "\n".join(lines).encode().replace(b"X", b"Kunar \xe9 east")
    table, frame, damaged = read(tmp_path / "t.csv", content)
    assert frame["place"].tolist() == ["کابل", "Herāt", "Kunar \ufffd east"]
    assert damaged == []
    assert table.notes == [
        "comma-separated text, UTF-8",
        "1 byte is not UTF-8 and read as U+FFFD (\ufffd): line 4, column 9",
    ]


def test_several_undecodable_bytes_are_counted_and_the_first_named(tmp_path):
    places = ["ā" * 9] * 20
    for number in (0, 4, 5, 19):
        places[number] += "\udcff"
    content = "place\r" + "\r".join(places) + "\r"
    table, frame, _ = read(tmp_path / "t.csv", content.encode("utf-8", "surrogateescape"))
    assert frame["place"].str.count("\ufffd").sum() == 4
    found = "line 2, column 10; line 6, column 10; line 7, column 10; and 1 more"
    assert table.notes[1] == f"4 bytes are not UTF-8 and read as U+FFFD (\ufffd): {found}"


def test_bytes_beyond_windows_1252_are_replaced(tmp_path):
    table, frame, _ = read(tmp_path / "t.csv", b"id,place\n1,Caf\xe9 \x81\n")
    assert frame["place"].tolist() == ["Café \ufffd"]
    assert table.notes[1].startswith("not UTF-8, so read as Windows-1252, first at line 2, column 6;")
    assert table.notes[2] == "1 byte is not Windows-1252 and read as U+FFFD (\ufffd): line 2, column 8"


def test_a_byte_order_mark_hides_no_undecodable_byte(tmp_path):
    table, frame, _ = read(tmp_path / "t.csv", b"\xef\xbb\xbfid,place\n1,\xc3\xa9\xe9\n")
    assert table.columns == ["id", "place"]
    assert frame["place"].tolist() == ["é\ufffd"]
    assert table.notes[1].endswith("line 2, column 4")


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(["a", "é", "\n", "\r", "\r\n", "ك", "\udce9", "\udcc3"]), max_size=40),
    st.integers(1, 9),
)
def test_places_are_those_that_counting_lines_gives(tmp_path_factory, parts, block):
    text = "".join(parts)
    content = text.encode("utf-8", "surrogateescape")
    expected = [
        f"line {row}, column {column}"
        for row, line in enumerate(content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"), 1)
        for column, letter in enumerate(line.decode("utf-8", "surrogateescape"), 1)
        if "\udc80" <= letter <= "\udcff"
    ]
    path = tmp_path_factory.getbasetemp() / "places.txt"
    path.write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoding, "_BLOCK", block)
        found = encoding._survey(path, "utf-8")
    assert found.places == expected[:3]
    assert found.undecodable == len(expected)


def test_the_layout_is_that_of_most_rows_seen(monkeypatch):
    monkeypatch.setattr(header, "_SAMPLE", 3)
    layout = header.read_layout("a,b\n1,2,\n1,2,\n1,2\n1,2\n1,2\n", whole=True)
    assert layout.stored == ["a", "b", "column_3"]
    # The last row of a text that goes on may be cut off.
    assert header.read_layout("a,b\n1,2\n1,2,", whole=False).stored == ["a", "b"]
