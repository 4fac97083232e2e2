"""A table of places from file to file: every row comes out, and what was not found is counted."""

import csv
import random

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pytest

from geo.errors import DataError, MissingFileError, OutputError, UsageError
from geo.importing import geocode_table as places
from geo.importing.geocode_table import ADDED, geocode_table

TABLE = '''id,place,country,date,within,words
1,Khar,PK,2014-06-01,,"a, ""b"""
2,Khar,PK,2023-07-30,,
3,Tagab,AF,,,
4,Tagab,AF,,Kapisa,07
5,Xyzzy,AF,,,NA
6,,AF,,,
7,Xyzzy,AF,2020-01-01,,
8,Afghanistan,AF,,,naïve
9,"Achin district, Nangarhar",,,,"two
lines"
'''


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "places.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def rows(path, separator=","):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=separator))


def test_every_row_and_column_comes_out_with_the_province_added(table, tmp_path):
    report = geocode_table(table, tmp_path / "out.csv")
    out = rows(tmp_path / "out.csv")
    own = rows(table)
    assert [{name: row[name] for name in own[0]} for row in out] == own
    assert list(out[0]) == [*own[0], *ADDED]
    assert [row["admin1_code"] for row in out] == ["PK-TA", "PK-KP", "", "AF-KAP", "", "", "", "", "AF-NAN"]
    assert [row["level"] for row in out] == ["town", "town", "", "admin2", "", "", "", "country", "admin2"]
    assert out[2]["match"] == "ambiguous"
    assert {"AF-KAP", "AF-BDS"} <= set(out[2]["candidates"].split("|"))
    assert out[0]["admin1_name"] == "Federally Administered Tribal Areas"
    assert (report.rows, report.matched, report.ambiguous, report.unmatched) == (9, 4, 1, 4)
    assert report.names == [
        ("Xyzzy", "AF", "none", 2),
        ("", "AF", "none", 1),
        ("Afghanistan", "AF", "none", 1),
        ("Tagab", "AF", "ambiguous", 1),
    ]


def test_the_country_and_date_given_are_for_rows_without_their_own(tmp_path):
    (tmp_path / "in.csv").write_text(
        "place,country,date\nBadakhshan,,\nBadakhshan,TJ,\nBajaur,PK,2023-01-01\nBajaur,PK,\n"
    )
    geocode_table(tmp_path / "in.csv", tmp_path / "out.csv", country="AF", date="2014-01-01")
    assert [row["admin1_code"] for row in rows(tmp_path / "out.csv")] == ["AF-BDS", "TJ-GB", "PK-KP", "PK-TA"]


def test_batches_make_no_difference(tmp_path, monkeypatch):
    chance = random.Random(4)
    names = ["Kabul", "Tagab", "Xyzzy", "Herat", "", "Khorasan", "Nangarkar", "Jalalabad, Nangarhar"]
    lines = [f"{n},{chance.choice(names)!r},{chance.choice(['AF', 'PK', ''])}" for n in range(500)]
    (tmp_path / "in.csv").write_text("\n".join(["id,place,country", *lines]).replace("'", '"') + "\n")
    done = []
    whole = geocode_table(tmp_path / "in.csv", tmp_path / "whole.csv")
    monkeypatch.setattr(places, "BATCH", 33)
    parts = geocode_table(tmp_path / "in.csv", tmp_path / "parts.csv", progress=lambda rows, total: done.append(rows))
    assert (tmp_path / "whole.csv").read_bytes() == (tmp_path / "parts.csv").read_bytes()
    assert whole == parts
    assert whole.rows == whole.matched + whole.ambiguous + whole.unmatched == 500
    assert sum(count for *_, count in whole.names) == whole.ambiguous + whole.unmatched
    assert done == [*range(33, 500, 33), 500]


def test_formats(table, tmp_path):
    geocode_table(table, tmp_path / "out.parquet")
    frame = pq.read_table(tmp_path / "out.parquet").to_pandas()
    assert frame["admin1_code"].notna().sum() == 4
    frame.drop(columns=list(ADDED)).assign(number=range(9)).to_parquet(tmp_path / "in.parquet")
    report = geocode_table(tmp_path / "in.parquet", tmp_path / "out.tsv")
    assert report.matched == 4
    assert [row["number"] for row in rows(tmp_path / "out.tsv", "\t")] == [str(n) for n in range(9)]


def test_encodings(tmp_path):
    text = "place,country\nنَنګرهار,AF\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        (tmp_path / "in.csv").write_text(text, encoding=encoding)
        assert geocode_table(tmp_path / "in.csv", tmp_path / "out.csv").matched == 1
    (tmp_path / "in.csv").write_text("place,country,note\nKabul,AF,café\n", encoding="cp1252")
    report = geocode_table(tmp_path / "in.csv", tmp_path / "out.csv")
    assert report.notes[0] == "comma-separated text, CP1252"
    assert report.notes[1].startswith("not UTF-8, so read as Windows-1252, first at line 2, column 13;")
    assert rows(tmp_path / "out.csv")[0]["note"] == "café"


def test_a_table_with_no_rows_stays_one(tmp_path):
    (tmp_path / "in.csv").write_text("place,id\n")
    assert geocode_table(tmp_path / "in.csv", tmp_path / "out.csv").rows == 0
    assert (tmp_path / "out.csv").read_text() == ",".join(["place", "id", *ADDED]) + "\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("name\nKabul\n", "has no column place, only name"),
        ("place,match,level\nKabul,,\n", "already has columns that geo adds: level, match"),
        ("place,date\nKabul,2021-13-45\n", r"row 1: date '2021-13-45' is not a day"),
        ("place,country\nKabul,AF\nHerat,AF,more\n", "is damaged"),
        ('place\n"Kabul\n', "is damaged"),
    ],
)
def test_a_damaged_table_is_refused_and_nothing_written(tmp_path, text, message):
    (tmp_path / "in.csv").write_text(text)
    (tmp_path / "out.csv").write_text("old")
    with pytest.raises(DataError, match=message):
        geocode_table(tmp_path / "in.csv", tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv"]


def test_files_that_cannot_be_used(table, tmp_path):
    with pytest.raises(MissingFileError, match=r"nothing\.csv: no such file"):
        geocode_table(tmp_path / "nothing.csv", tmp_path / "out.csv")
    with pytest.raises(UsageError, match=r"use \.csv, \.tsv, \.txt or \.parquet"):
        geocode_table(table, tmp_path / "out.docx")
    with pytest.raises(OutputError):
        geocode_table(table, tmp_path / "no" / "such" / "out.csv")
    (tmp_path / "bad.parquet").write_bytes(b"PAR1")
    with pytest.raises(DataError, match="cannot be read as parquet"):
        geocode_table(tmp_path / "bad.parquet", tmp_path / "out.csv")


def test_only_distinct_questions_are_answered(tmp_path, monkeypatch):
    asked = []
    read = places.Answers.ask

    def ask(self, *question):
        asked.append(question)
        return read(self, *question)

    monkeypatch.setattr(places.Answers, "ask", ask)
    pd.DataFrame({"place": ["Kabul", "Herat"] * 5000}).to_csv(tmp_path / "in.csv", index=False)
    assert geocode_table(tmp_path / "in.csv", tmp_path / "out.csv").matched == 10_000
    assert len(asked) == 2


def test_dates_that_are_none_are_named_with_their_rows(tmp_path):
    names = [f"{i}-13-99" for i in range(2000, 2008)]
    lines = ["Kabul,2020", "Kabul,2020", *(f"Kabul,{name}" for name in names), "Kabul,2000-13-99"]
    (tmp_path / "in.csv").write_text("place,date\n" + "\n".join(lines))
    with pytest.raises(DataError, match=r"in\.csv: row 3: date '2000-13-99' .*; row 7: .*; and 3 more invalid dates$"):
        geocode_table(tmp_path / "in.csv", tmp_path / "out.csv")


@pytest.mark.parametrize(("sign", "said"), [(";", "semicolon"), ("|", "vertical bar"), ("\t", "tab"), (",", "")])
def test_columns_with_another_separator_are_read_and_reported(tmp_path, sign, said):
    (tmp_path / "in.csv").write_text(f'"place"{sign}country\nKhar{sign}PK\n"a{sign}b"{sign}AF\n')
    report = geocode_table(tmp_path / "in.csv", tmp_path / "out.csv")
    assert [row["place"] for row in rows(tmp_path / "out.csv")] == ["Khar", f"a{sign}b"]
    assert report.matched == 1
    assert report.notes == ([f"{said}-separated text, UTF-8"] if said else [])


def test_cells_without_text_are_counted_as_such(tmp_path):
    pd.DataFrame({"place": [1.0, 2.5, None], "country": [None, 3, None]}).to_parquet(tmp_path / "in.parquet")
    report = geocode_table(tmp_path / "in.parquet", tmp_path / "out.parquet")
    assert (report.rows, report.unmatched) == (3, 3)
    assert report.names == [("", "", "none", 3)]


def test_the_tables_that_import_reads_are_geocoded_too(tmp_path):
    frame = pd.DataFrame(
        {"place": ["Khar", "Khar", "Kabul"], "country": ["PK", "PK", None], "date": ["2014-06-01", "2023-07-30", None]}
    )
    expected = ["PK-TA", "PK-KP", "AF-KAB"]
    frame.to_excel(tmp_path / "t.xlsx", index=False)
    frame.to_parquet(tmp_path / "t.parquet")
    frame.to_json(tmp_path / "t.json", orient="records")
    frame.to_json(tmp_path / "t.ndjson", orient="records", lines=True)
    frame.to_csv(tmp_path / "t.csv.gz", index=False)
    frame.to_csv(tmp_path / "t.zip", index=False, compression={"method": "zip", "archive_name": "t.tsv"}, sep="\t")
    (tmp_path / "t.csv").write_bytes(
        frame.assign(end="").to_csv(index=False, lineterminator="\r").replace("end", "").encode()
    )
    for path in sorted(tmp_path.iterdir()):
        for suffix in (".csv", ".parquet"):
            out = tmp_path / f"out{suffix}"
            report = geocode_table(path, out, country="AF")
            assert (report.rows, report.matched) == (3, 3), path
            codes = pd.read_parquet(out) if suffix == ".parquet" else pd.read_csv(out)
            assert codes["admin1_code"].tolist() == expected, path


def test_points_of_the_table_stay_in_columns(tmp_path):
    shapes = gpd.points_from_xy([71.5, 69.2], [34.7, 34.5])
    frame = gpd.GeoDataFrame({"place": ["Khar", "Kabul"], "country": ["PK", "AF"]}, geometry=shapes, crs=4326)
    frame.to_file(tmp_path / "t.geojson")
    geocode_table(tmp_path / "t.geojson", tmp_path / "out.csv", date="2014-06-01")
    out = rows(tmp_path / "out.csv")
    assert [(row["longitude"], row["admin1_code"]) for row in out] == [("71.5", "PK-TA"), ("69.2", "AF-KAB")]
    frame.assign(longitude="own").to_file(tmp_path / "t.geojson")
    geocode_table(tmp_path / "t.geojson", tmp_path / "out.csv")
    out = rows(tmp_path / "out.csv")
    assert [(row["longitude"], row["latitude"]) for row in out] == [("own", "34.7"), ("own", "34.5")]


def test_a_country_that_is_null_is_that_of_the_option(tmp_path):
    pd.DataFrame({"place": ["Badakhshan"] * 2, "country": ["TJ", None]}).to_parquet(tmp_path / "in.parquet")
    geocode_table(tmp_path / "in.parquet", tmp_path / "out.csv", country="AF")
    assert [row["admin1_code"] for row in rows(tmp_path / "out.csv")] == ["TJ-GB", "AF-BDS"]


def test_an_address_is_refused(tmp_path):
    with pytest.raises(UsageError, match=r"https://example\.org/a\.csv: is an address"):
        geocode_table("https://example.org/a.csv", tmp_path / "out.csv")


def test_a_country_without_names_is_said(tmp_path):
    (tmp_path / "in.csv").write_text("place,country\nKabul,Atlantis\nHerat,Atlantis\nParis,ZZ\nXyzzy,AF\nZyxxy,\n")
    (note,) = geocode_table(tmp_path / "in.csv", tmp_path / "out.csv").notes
    assert note.startswith("no places are known in Atlantis (2 rows), ZZ (1 rows); give a name or code")


def test_a_folder_is_no_table(tmp_path):
    (tmp_path / "in.csv").mkdir()
    with pytest.raises(DataError, match=r"in\.csv: is a folder"):
        geocode_table(tmp_path / "in.csv", tmp_path / "out.csv")


def test_the_table_that_is_read_is_not_replaced(table):
    before = table.read_bytes()
    with pytest.raises(UsageError, match="is the source table; choose another name"):
        geocode_table(table, table.parent / "." / "places.csv")
    assert table.read_bytes() == before
