"""Imports of several tables, imports that keep little or nothing, and imports without files; the rows are made up."""

import csv
import json

import geopandas.testing
import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner
from event_rows import ACLED

import geo
from geo.cli import main
from geo.errors import DataError, MissingFileError, UsageError
from geo.importing.draft import Draft
from geo.importing.remedies import remedy
from geo.importing.run import import_file

GED = {
    "id": "7", "type_of_violence": "1", "side_a": "A", "side_b": "B", "where_prec": "1", "where_coordinates": "Achin",
    "adm_1": "Nangarhar province", "latitude": "34.1258", "longitude": "70.7003", "country": "Afghanistan",
    "date_prec": "1", "date_start": "2017-07-31", "date_end": "2017-07-31", "best": "2", "high": "4", "low": "2",
}  # fmt: skip
PROVINCES = geo.read_provinces()
MINE = {"date": "2021-08-26", "place": "Kabul", "country": "AF", "colour": "red"}


def acled(*ids, **changes):
    return [ACLED | {"event_id_cnty": one} | changes for one in ids]


def write(path, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def rows_of(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def run(*args):
    return CliRunner().invoke(main, ["import", *map(str, args)])


@pytest.mark.parametrize("suffix", [".geojson", ".parquet"])
def test_tables_of_several_formats_become_one_file(tmp_path, suffix):
    first = write(tmp_path / "a.csv", acled("A1", "A2"))
    book = openpyxl.Workbook()
    for row in (list(GED), list(GED.values())):
        book.active.append(row)
    book.save(tmp_path / "b.xlsx")
    (tmp_path / "c.json").write_text(json.dumps([MINE | {"n": 1}, MINE | {"n": 2}]))
    target = tmp_path / f"out{suffix}"
    report = import_file([first, tmp_path / "b.xlsx", tmp_path / "c.json"], target)
    records = geo.read_incidents(target)
    assert geo.validate(records) == []
    assert records.index.tolist() == ["acled-A1", "acled-A2", "ucdp-7", "3-row-000001", "3-row-000002"]
    assert records["colour"].isna().tolist() == [True, True, True, False, False]
    assert records["n"].tolist()[3:] == ["1", "2"]
    assert records["ucdp_id"].tolist()[2] == "7"
    assert records["event_id_cnty"].tolist()[:2] == ["A1", "A2"]
    assert [source["source"] for sources in records["sources"] for source in sources] == [
        "acled", "acled", "ucdp-ged", "own-table", "own-table",
    ]  # fmt: skip
    assert (report.format, report.read, report.kept) == ("several", 5, 5)
    assert [(file.name, file.format, file.read) for file in report.files] == [
        ("a.csv", "acled", 2), ("b.xlsx", "ucdp", 1), ("c.json", "table", 2),
    ]  # fmt: skip
    lines = report.lines()
    assert lines[0] == "a.csv: ACLED, 2 rows read, 2 kept, 0 rejected"
    assert "  sheet 'Sheet'" in lines
    assert f"5 rows of 3 files read, 5 kept in {target}, 0 rejected" in lines


def test_the_same_columns_give_the_same_records_as_one_table(tmp_path):
    rows = acled("A1", "A2", "A3", "A4")
    write(tmp_path / "whole.csv", rows)
    parts = [write(tmp_path / f"part{n}.csv", rows[2 * n : 2 * n + 2]) for n in (0, 1)]
    whole, joined = geo.import_table(tmp_path / "whole.csv").records, geo.import_table(parts).records
    assert list(joined.columns) == list(whole.columns)
    geopandas.testing.assert_geodataframe_equal(joined, whole, check_dtype=False)


def test_an_id_in_two_tables_is_set_aside_in_the_second(tmp_path):
    first = write(tmp_path / "a.csv", acled("A1", "A2", "A2"))
    second = write(tmp_path / "b.csv", acled("A2", "A3", "A1"))
    report = import_file([first, second], tmp_path / "out.geojson")
    assert geo.read_incidents(tmp_path / "out.geojson").index.tolist() == ["acled-A1", "acled-A2", "acled-A3"]
    assert report.reasons == [("id: is the id of a row of a.csv", 2), ("id: is the id of an earlier row", 1)]
    rejected = rows_of(report.rejected_path)
    assert list(rejected[0])[:3] == ["rejected_row", "rejected_file", "rejected_because"]
    assert [tuple(row.values())[:3] for row in rejected] == [
        ("3", "a.csv", "id = acled-A2: is the id of an earlier row"),
        ("1", "b.csv", "id = acled-A2: is the id of a row of a.csv"),
        ("3", "b.csv", "id = acled-A1: is the id of a row of a.csv"),
    ]


@pytest.mark.parametrize(
    ("given", "prefix", "expected"),
    [
        ([None, "x"], "acled-", ["acled-2-row-000001", "acled-x"]),
        (["row-000001", None], "", ["row-000001", "2-row-000002"]),
    ],
)
def test_ids_that_are_row_numbers_have_the_number_of_their_table(given, prefix, expected):
    draft = Draft(pd.DataFrame({"id": given}, index=[1, 2]), number=2)
    assert list(draft.ids(prefix, "id")) == expected


def test_rejected_rows_of_tables_with_other_columns_share_one_file(tmp_path):
    first = write(tmp_path / "a.csv", acled("A1") + acled("A2", event_date="03/04/2021"))
    second = tmp_path / "b.csv"
    second.write_text("date,place,colour\n2021-08-26,Kabul,red\n03/04/2021,Herat,blue\n2021,Kabul,too,many\n")
    report = import_file([first, second], tmp_path / "out.geojson")
    rejected = rows_of(report.rejected_path)
    columns = ["rejected_file", "location", "place", "colour", "rejected_text"]
    assert [[row[name] for name in columns] for row in rejected] == [
        ["a.csv", "Kabul", "", "", ""],
        ["b.csv", "", "Herat", "blue", ""],
        ["b.csv", "", "", "", "2021,Kabul,too,many"],
    ]
    assert (report.kept, report.rejected) == (2, 3)
    write(first, acled("A1"))
    second.write_text("date,place\n2021-08-26,Kabul\n")
    assert import_file([first, second], tmp_path / "out.geojson").rejected_path is None
    assert not (tmp_path / "out.rejected.csv").exists()


def test_files_of_the_same_name_are_told_apart_by_their_paths(tmp_path):
    paths = []
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        paths.append(write(tmp_path / folder / "a.csv", acled("A1")))
    report = import_file(paths, tmp_path / "out.geojson")
    assert report.reasons == [(f"id: is the id of a row of {paths[0]}", 1)]
    assert report.lines()[-1] == f"  1 × id: is the id of a row of {paths[0]}"


def test_a_message_names_the_table_that_it_concerns(tmp_path):
    first = write(tmp_path / "a.csv", acled("A1"))
    (tmp_path / "b.csv").write_text("Ort,Tote\nKabul,3\n")
    with pytest.raises(DataError, match=r"b\.csv: no column for a date or a place among Ort, Tote"):
        geo.import_table([first, tmp_path / "b.csv"])
    with pytest.raises(DataError, match=r"b\.csv: not ACLED"):
        geo.import_table([first, tmp_path / "b.csv"], format="acled")


def test_a_mapping_is_for_the_tables_that_have_its_columns(tmp_path):
    first = write(tmp_path / "a.csv", acled("A1"))
    second, third = tmp_path / "b.csv", tmp_path / "c.csv"
    second.write_text("when,where\n2021-08-26,Kabul\n")
    third.write_text("date,Ort\n2021-08-26,Herat\n")
    mapping = {"when": "date", "where": "place", "Ort": "place"}
    records = geo.import_table([first, second, third], mapping=mapping).records
    assert records["admin1_code"].tolist() == ["AF-KAB", "AF-KAB", "AF-HER"]
    with pytest.raises(UsageError, match=r"--map Otr=place: there is no column 'Otr'"):
        geo.import_table([second, third], mapping=mapping | {"Otr": "place"})
    with pytest.raises(UsageError, match="there is no column 'Ort'"):
        geo.import_table([first, second], mapping=mapping)
    with pytest.raises(UsageError, match="is ACLED, whose columns need no mapping"):
        geo.import_table([first], mapping=mapping)


def test_no_table_and_the_same_table_twice_are_refused(tmp_path):
    first = write(tmp_path / "a.csv", acled("A1"))
    with pytest.raises(UsageError, match=r"a\.csv: is given twice"):
        geo.import_table([first, tmp_path / "." / "a.csv"])
    with pytest.raises(UsageError, match="no table given"):
        geo.import_table([])
    with pytest.raises(MissingFileError, match=r"b\.csv: no such file"):
        import_file([first, tmp_path / "b.csv"], tmp_path / "out.geojson")
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


# Nothing kept, or little


@pytest.mark.parametrize("suffix", [".geojson", ".parquet"])
def test_an_import_that_keeps_nothing_fails_and_says_what_to_try(tmp_path, suffix):
    source = write(tmp_path / "a.csv", acled("A1", "A2", event_date="03/04/2021"))
    target = tmp_path / f"out{suffix}"
    result = run(source, "--out", target)
    assert result.exit_code == 1
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert lines[0] == "nothing kept: all 2 rows rejected, most often because:"
    assert lines[1].startswith("  2 × event_date: is ambiguous, may have the day or the month first")
    assert lines[2] == "    try: --date-format dmy or --date-format mdy, whichever the source uses"
    assert lines[3].startswith("read as ACLED; if that is wrong, try --format ")
    assert lines[-1] == f"{target}: not written"
    assert not target.exists()
    assert len(rows_of(tmp_path / "out.rejected.csv")) == 2
    target.write_text("old")
    result = run(source, "--out", target)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == f"{target}: left as it was"
    assert target.read_text() == "old"
    assert run(source, "--out", target, "--date-format", "dmy").exit_code == 0
    assert len(geo.read_incidents(target)) == 2


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".json"])
def test_tables_without_rows_keep_nothing(tmp_path, suffix):
    source = tmp_path / f"a{suffix}"
    empty = pd.DataFrame(columns=list(ACLED))
    if suffix == ".xlsx":
        empty.to_excel(source, index=False)
    elif suffix == ".csv":
        empty.to_csv(source, index=False)
    else:
        source.write_text('{"success": true, "count": 0, "data": []}')
    format_ = ["--format", "table"] if suffix == ".json" else []
    result = run(source, "--out", tmp_path / "out.parquet", *format_)
    assert result.exit_code == 1, result.output
    assert "Traceback" not in result.output
    assert not (tmp_path / "out.parquet").exists()


@pytest.mark.parametrize(("bad", "first"), [(1, False), (2, True)])
def test_the_report_begins_with_the_rejected_rows_from_a_twentieth_on(tmp_path, bad, first):
    rows = acled(*(f"A{n}" for n in range(20 - bad))) + acled(*(f"B{n}" for n in range(bad)), event_date="3/4/21")
    write(tmp_path / "a.csv", rows)
    result = run(tmp_path / "a.csv", "--out", tmp_path / "out.geojson")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert (lines[0] == "2 of 20 rows (10.0 %) rejected, most often because:") is first
    assert (lines[0] == "format: ACLED") is not first


def test_the_three_most_frequent_reasons_come_with_a_remedy(tmp_path):
    wrong = [
        *acled("1", "2", "3", "4", event_date="3/4/21"),
        *acled("5", "6", "7", event_date="03/04/2021"),
        *acled("8", "8", "8"),
        # A row without an id gets one.
        *acled("", event_date="2021-01-01"),
    ]
    write(tmp_path / "a.csv", wrong)
    warning = geo.import_table(tmp_path / "a.csv").report.warning()
    assert warning[0].startswith("9 of 11 rows (81.8 %) rejected")
    assert [line.split(" × ")[0] for line in warning[1::2]] == ["  4", "  3", "  2"]
    assert [line.strip().split(" ")[:2] for line in warning[2::2]] == [
        ["try:", "--date-format"], ["try:", "--date-format"], ["try:", "nothing,"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "option"),
    [
        ("event_date: is ambiguous, has a two-digit year; declare --date-format dmy, mdy or ymd", "%d.%m.%y"),
        ("date: is not in a known format; declare it with --date-format", "--date-format"),
        ("id: is required", "--map COLUMN=id"),
        ("has 3 cells where there are 2 columns", "quotes"),
        ("latitude: is not within -90 to 90; are latitude and longitude exchanged?", "--map LATITUDES=longitude"),
        ("latitude: is not a number", "--map COLUMN=latitude"),
        ("where_prec is not one of 1 to 7", "--format table"),
        ("best: is not a whole number", "a column of numbers"),
        ("something else", "--map COLUMN=FIELD"),
    ],
)
def test_each_reason_has_a_remedy(reason, option):
    assert option in remedy(reason)


# Without files


def test_a_table_is_imported_without_files(tmp_path):
    source = write(tmp_path / "a.csv", acled("A1", "A2", "A2") + acled("A3", event_date="03/04/2021"))
    with source.open("a") as file:
        file.write("too,few\n")
    before = sorted(tmp_path.iterdir())
    imported = geo.import_table(source)
    assert sorted(tmp_path.iterdir()) == before
    report = import_file(source, tmp_path / "out.parquet")
    read = geo.read_incidents(tmp_path / "out.parquet")
    geopandas.testing.assert_geodataframe_equal(imported.records, read)
    assert geo.validate(imported.records) == []
    rejected = pd.read_csv(report.rejected_path, dtype=str, keep_default_na=False)
    assert imported.rejected.fillna("").astype(str).to_dict("list") == rejected.to_dict("list")
    assert (imported.report.target, imported.report.rejected_path) == (None, None)
    assert (imported.report.read, imported.report.kept) == (report.read, report.kept)
    assert "5 rows read, 2 kept, 3 rejected" in imported.report.lines()
    assert "rejected:" in imported.report.lines()


def test_an_imported_table_may_be_mapped_at_once(tmp_path):
    imported = geo.import_table(write(tmp_path / "a.csv", acled("A1", "A2")))
    assert geo.geocode(imported.records, geo.read_provinces())["admin1_code"].tolist() == ["AF-KAB"] * 2
    assert imported.rejected.empty
    assert imported.records.attrs["path"] == str(tmp_path / "a.csv")


def test_a_table_of_which_nothing_is_kept_gives_an_empty_frame(tmp_path):
    imported = geo.import_table(write(tmp_path / "a.csv", acled("A1", event_date="03/04/2021")))
    assert len(imported.records) == 0
    assert list(imported.records.columns)[: len(geo.model.COLUMNS)] == list(geo.model.COLUMNS)
    assert len(imported.rejected) == 1
    pd.DataFrame(columns=list(ACLED)).to_excel(tmp_path / "b.xlsx", index=False)
    assert len(geo.import_table([tmp_path / "b.xlsx"]).records) == 0


def test_blocks_of_cells_of_other_types_give_the_columns_of_the_schema(tmp_path, monkeypatch):
    monkeypatch.setattr("geo.readers.delimited.BLOCK_ROWS", 2)
    monkeypatch.setattr("geo.readers.delimited.MAX_ROW", 1200)
    rows = acled(*(f"A{n}" for n in range(12)))
    rows[5] |= {"fatalities": ""}
    rows[7] |= {"fatalities": "-3"}
    records = geo.import_table(write(tmp_path / "a.csv", rows)).records
    assert {name: str(records[name].dtype) for name in geo.model.DTYPES} == geo.model.DTYPES
    # A negative figure is left empty, and the event kept.
    assert records["fatalities_best"].isna().sum() == 2


def test_a_table_in_a_zip_is_imported_and_its_address_is_not(tmp_path):
    write(tmp_path / "a.csv", acled("A1"))
    pd.read_csv(tmp_path / "a.csv", dtype=str).to_csv(tmp_path / "b.csv.zip", index=False)
    result = run(tmp_path / "b.csv.zip", "--out", tmp_path / "out.geojson")
    assert result.exit_code == 0
    assert "unpacked b.csv from b.csv.zip" in result.stdout
    result = run("https://example.org/b.csv", "--out", tmp_path / "out.geojson")
    assert result.exit_code == 2
    assert "https://example.org/b.csv: is an address" in result.stderr
    with pytest.raises(DataError, match="is a folder"):
        geo.import_table(tmp_path)


def test_rejected_rows_may_be_imported_again_and_again(tmp_path):
    source = write(tmp_path / "a.csv", acled("A1", "A2", event_date="03/04/2021"))
    for step in range(4):
        imported = geo.import_table(source)
        assert len(imported.rejected) == 2
        assert len(set(imported.rejected.columns)) == len(imported.rejected.columns)
        source = tmp_path / f"rejected{step}.csv"
        imported.rejected.to_csv(source, index=False)
    assert imported.rejected["rejected_row___"].tolist() == ["1", "2"]
    assert len(geo.import_table(source, date_format="dmy").records) == 2
