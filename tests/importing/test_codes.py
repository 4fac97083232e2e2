"""Codes and ids in the spellings of spreadsheets and data frames."""

from pathlib import Path

import pytest
from event_rows import ACLED
from imported import GTD, UCDP, bring_in

CODED = {
    "ucdp": (UCDP, ["id", "type_of_violence", "where_prec", "date_prec", "best", "low", "high", "year"]),
    "gtd": (GTD, ["eventid", "iyear", "imonth", "iday", "specificity", "nkill", "nwound", "attacktype1"]),
    "acled": (ACLED, ["year", "time_precision", "geo_precision", "fatalities", "iso"]),
}


@pytest.mark.parametrize("name", CODED)
@pytest.mark.parametrize("spell", ["{}.0", " {}", "{} ", "{}.00"])
def test_whole_numbers_written_as_floats_change_nothing(tmp_path: Path, name: str, spell: str) -> None:
    row, coded = CODED[name]
    plain = bring_in(tmp_path, [row])[1]
    report, records, rejected = bring_in(tmp_path, [row | {column: spell.format(row[column]) for column in coded}])
    assert rejected == []
    for column in ("event_type", "sub_event_type", "geo_precision", "date_start", "date_precision", "fatalities_best"):
        assert records[column].tolist() == plain[column].tolist(), column
    assert records.index.tolist() == plain.index.tolist()
    assert not [note for note in report.notes if "known" in note]


def test_ids_whose_digits_a_spreadsheet_left_out_are_made_of_the_row(tmp_path: Path) -> None:
    rows = [GTD | {"eventid": "2.02108E+11", "nkill": str(n)} for n in range(3)]
    report, records, rejected = bring_in(tmp_path, rows)
    assert rejected == []
    assert records.index.tolist() == ["gtd-row-000001", "gtd-row-000002", "gtd-row-000003"]
    assert "3 values of eventid have lost digits (2.01701E+11); ids made from the row number" in report.notes
    assert records["eventid"].tolist() == ["2.02108E+11"] * 3


@pytest.mark.parametrize(
    ("row", "precision"),
    [
        (ACLED | {"geo_precision": "9"}, "district"),
        (UCDP | {"where_prec": "x"}, "district"),
        (GTD | {"specificity": "7"}, "province"),
    ],
)
def test_a_code_that_is_not_in_the_codebook_gives_no_more_than_is_known(
    tmp_path: Path, row: dict[str, str], precision: str
) -> None:
    _, records, rejected = bring_in(tmp_path, [row])
    assert rejected == []
    assert records["geo_precision"].tolist() == [precision]
    assert records["note"].iloc[0].endswith("is not a known code")


def test_a_row_without_an_id_gets_one(tmp_path: Path) -> None:
    report, records, rejected = bring_in(tmp_path, [ACLED, ACLED | {"event_id_cnty": ""}])
    assert rejected == []
    assert records.index.tolist() == ["acled-AFG1", "acled-row-000002"]
    assert "1 rows without event_id_cnty: ids made from the row number" in report.notes


def test_lines_and_areas_in_a_province_are_counted_in_it(tmp_path: Path) -> None:
    rows = [UCDP | {"where_prec": "5"}, UCDP | {"id": "2", "where_prec": "5", "adm_1": ""}]
    report, records, _ = bring_in(tmp_path, rows)
    assert records["geo_precision"].tolist() == ["province", "region"]
    assert records["admin1_code"].fillna("").tolist() == ["AF-NAN", ""]
    assert records["note"].fillna("").tolist() == [
        "where_prec 5: a line or area in adm_1, shown for the whole province",
        "",
    ]
    assert "1 rows of where_prec 5 (line or area) that name adm_1; counted in that province" in report.notes


def test_a_code_in_words_of_an_own_table_that_geo_does_not_know_sets_no_row_aside(tmp_path: Path) -> None:
    row = {"date": "2021-08-26", "country": "AF", "lat": "34.5", "lon": "69.2", "geo_precision": "exact", "kind": "war"}
    _, records, rejected = bring_in(tmp_path, [row | {"date_precision": "year", "cross_border": "perhaps"}])
    assert rejected == []
    assert records[["kind", "geo_precision", "date_precision"]].iloc[0].tolist() == ["incident", "district", "day"]
    for words in ("geo_precision = exact", "kind = war", "date_precision year", "cross_border = perhaps"):
        assert words in records["note"].iloc[0]
