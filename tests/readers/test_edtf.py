"""Dates in EDTF. The expected bounds are those that ISO 8601-2 gives in words, worked out by hand."""

import pandas as pd
import pytest

import geo
from geo.export_tables.edtf import edtf
from geo.readers.dates import read_dates
from geo.readers.edtf import read_edtf


@pytest.mark.parametrize(
    ("text", "start", "end", "precision", "kind"),
    [
        ("2021-08-15/2021-11-09", "2021-08-15", "2021-11-09", "range", "throughout"),
        ("2020/2021", "2020-01-01", "2021-12-31", "range", "throughout"),
        ("2021-08/..", "2021-08-01", None, "range", "since"),
        ("2021-08-15/", "2021-08-15", None, "range", "since"),
        ("../2023-02", None, "2023-02-28", "range", "by"),
        ("/2024-02", None, "2024-02-29", "range", "by"),
        ("[2021-08-15..2021-11-09]", "2021-08-15", "2021-11-09", "range", "within"),
        ("[2021-01, 2021-03]", "2021-01-01", "2021-03-31", "range", "within"),
        ("[..2021-03]", None, "2021-03-31", "range", "by"),
        ("{2021..2022}", "2021-01-01", "2022-12-31", "range", "throughout"),
        ("202X", "2020-01-01", "2029-12-31", "range", "within"),
        ("2021-XX", "2021-01-01", "2021-12-31", "year", "at"),
        ("2021-02-XX", "2021-02-01", "2021-02-28", "month", "at"),
        ("2021-12~", "2021-12-01", "2021-12-31", "month", "at"),
        ("2021-08-26?", "2021-08-26", "2021-08-26", "day", "at"),
        ("2021-21", "2021-03-01", "2021-05-31", "range", "within"),
        ("../..", None, None, "unknown", None),
    ],
)
def test_a_text_gives_its_bounds_and_what_they_mean(text, start, end, precision, kind):
    assert read_edtf(text)[:4] == (start, end, precision, kind)


@pytest.mark.parametrize("text", ["2021-13-XX", "[2021", "2021/2022/2023", "2022/2021", "0202-XX", "~", "XXXX", "{}"])
def test_what_is_no_date_leaves_the_year_that_it_names(text):
    dates = read_dates(pd.Series([text]))
    assert len(dates.problems.rows) == 1
    assert dates.kind.tolist() == [None]


def test_ordinary_dates_say_no_kind():
    dates = read_dates(pd.Series(["2021-08-26", "2021-08", "2021/08", "26 August 2021", "Aug 2021 - Sep 2021", None]))
    assert dates.kind.tolist() == [None] * 6
    assert not dates.doubtful.any()


def test_a_table_of_edtf_gives_back_the_dates_that_were_exported(tmp_path):
    records = geo.read_incidents().query("kind == 'incident'").reset_index(drop=True)
    table = pd.DataFrame({"id": records["id"], "edtf": edtf(records), "country": "Afghanistan"})
    table.to_csv(tmp_path / "dates.csv", index=False)
    found = geo.import_table(tmp_path / "dates.csv").records
    assert found["date_start"].fillna("").tolist() == records["date_start"].fillna("").tolist()
    # An open interval does not say until which day its sources attest it.
    ends = records["date_end"].mask(records["date_kind"] == "since")
    assert found["date_end"].fillna("").tolist() == ends.fillna("").tolist()
    # A month or year is written whole: what happened `within` one comes back as `at` that month.
    written = ~records["date_precision"].isin(["day", "month", "year", "unknown"])
    assert found["date_kind"][written.to_numpy()].tolist() == records["date_kind"][written].tolist()


def test_an_uncertain_date_is_kept_with_a_note(tmp_path):
    (tmp_path / "t.csv").write_text("id,date,country\na,2021?,Mali\nb,2021-05-06,Mali\n")
    result = geo.import_table(tmp_path / "t.csv")
    assert result.records["note"].fillna("").tolist() == ["date 2021? is marked as uncertain", ""]
    assert result.records["date_precision"].tolist() == ["year", "day"]
