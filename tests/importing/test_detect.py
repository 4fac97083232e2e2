"""Tables that are nearly of a format are of it, and say what is missing."""

from pathlib import Path

import pytest
from event_rows import ACLED
from imported import GTD, UCDP, bring_in, renamed, without

from geo.errors import DataError
from geo.importing.detect import detect_format
from geo.model import COLUMNS

ROWS = {"acled": ACLED, "gtd": GTD, "ucdp": UCDP}


@pytest.mark.parametrize("name", ROWS)
def test_a_table_without_any_one_column_is_still_of_its_format(name: str) -> None:
    for column in ROWS[name]:
        assert detect_format(without(ROWS[name], column)) == name, column


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("spell", [str.upper, "joined.{}".format, "my_{}".format, "{}_x".format, " {} ".format])
def test_case_and_affixes_of_joins_do_not_matter(tmp_path: Path, name: str, spell) -> None:
    plain = bring_in(tmp_path, [ROWS[name]])[1].iloc[0]
    report, records, _ = bring_in(tmp_path, [{spell(column): value for column, value in ROWS[name].items()}])
    assert report.format == name
    same = [column for column in COLUMNS if column != "sources"]
    assert records.iloc[0][same].fillna("").tolist() == plain[same].fillna("").tolist()


@pytest.mark.parametrize(
    "columns",
    [
        COLUMNS,
        ["date", "place", "country", "deaths"],
        ["Date", "Country", "Region", "City", "Latitude", "Longitude", "Killed", "Wounded"],
        ["conflict_id", "location", "side_a", "side_a_id", "side_b", "year", "intensity_level", "region", "version"],
        ["id", "event_type", "actor1", "actor2", "location", "latitude", "longitude", "notes", "year", "country"],
    ],
)
def test_other_tables_are_your_own(columns: list[str]) -> None:
    assert detect_format(columns) == "table"


def test_a_cut_table_is_a_format_only_where_the_user_maps_nothing() -> None:
    cut = without(GTD, "eventid")
    assert detect_format(cut) == "gtd"
    assert detect_format(cut, mapped=True) == "table"
    assert detect_format(GTD, mapped=True) == "gtd"
    with pytest.raises(DataError, match="not GTD: column eventid, iyear, imonth, iday, attacktype1_txt is missing"):
        detect_format(["date", "place"], "gtd")


def test_a_missing_column_is_said_with_what_it_costs(tmp_path: Path) -> None:
    rows = [without(GTD, "eventid", "attacktype1_txt", "specificity")] * 2
    report, records, rejected = bring_in(tmp_path, rows)
    assert rejected == []
    assert records.index.tolist() == ["gtd-row-000001", "gtd-row-000002"]
    assert records["sub_event_type"].tolist() == ["Bombing/Explosion"] * 2, "by the code attacktype1"
    assert records["geo_precision"].tolist() == ["district"] * 2
    for words in (
        "eventid: ids are made of the row number, and events listed twice are not noticed",
        "attacktype1_txt: the type of attack is that of the code attacktype1, or unknown",
        "specificity: points are read as of the district",
    ):
        assert f"2 rows without a column {words}" in report.notes


def test_dates_of_gtd_come_from_the_id_where_their_columns_are_missing(tmp_path: Path) -> None:
    rows = [
        without(GTD | {"eventid": eventid}, "iyear", "imonth", "iday") for eventid in ("202108260001", "199905000002")
    ]
    _, records, _ = bring_in(tmp_path, rows)
    assert records["date_start"].tolist() == ["2021-08-26", "1999-05-01"]
    assert records["date_precision"].tolist() == ["day", "month"]


def test_years_of_ucdp_and_acled_stand_in_for_missing_dates(tmp_path: Path) -> None:
    _, records, _ = bring_in(tmp_path, [without(UCDP, "date_start", "date_end")])
    assert records[["date_start", "date_end"]].iloc[0].tolist() == ["2017-01-01", "2017-12-31"]
    _, records, _ = bring_in(tmp_path, [ACLED | {"event_date": "soon"}])
    assert records[["date_start", "date_end"]].iloc[0].tolist() == ["2021-01-01", "2021-12-31"]
    assert records["note"].iloc[0].startswith("event_date = soon: is not in a known format")


def test_a_bare_table_with_the_years_of_gtd_has_dates(tmp_path: Path) -> None:
    row = {"iyear": "2021", "imonth": "8", "iday": "0", "country": "AF", "deaths": "3"}
    report, records, _ = bring_in(tmp_path, [row])
    assert report.format == "table"
    assert records[["date_start", "date_end", "fatalities_best"]].iloc[0].tolist() == ["2021-08-01", "2021-08-31", 3]


def test_names_of_months_make_dates_too(tmp_path: Path) -> None:
    rows = [{"Year": "2021", "Month": month, "Day": "3", "country": "AF"} for month in ("Aug", "september", "8", "??")]
    _, records, rejected = bring_in(tmp_path, rows)
    assert rejected == []
    assert records["date_start"].tolist() == ["2021-08-03", "2021-09-03", "2021-08-03", "2021-01-01"]
    assert records["note"].fillna("").tolist() == ["", "", "", "Month = ??: is not a whole number"]


def test_the_list_that_the_search_of_gtd_exports_needs_no_mapping(tmp_path: Path) -> None:
    row = {
        "GTD ID": "202108260001", "DATE": "2021-08-26", "COUNTRY": "Afghanistan", "CITY": "Kabul", "STATE": "Kabul",
        "PERPETRATOR GROUP": "Group A", "FATALITIES": "3", "INJURED": "9", "ATTACK TYPE": "Armed Assault",
    }  # fmt: skip
    _, records, _ = bring_in(tmp_path, [row])
    shown = ["date_start", "place", "admin1_code", "actor1", "fatalities_best", "injuries_best", "sub_event_type"]
    assert records.loc["202108260001", shown].tolist() == [
        "2021-08-26", "Kabul", "AF-KAB", "Group A", 3, 9, "Armed Assault",
    ]  # fmt: skip


def test_the_name_of_a_country_comes_before_a_number(tmp_path: Path) -> None:
    _, records, _ = bring_in(tmp_path, [{"country": "4", "country_txt": "Afghanistan", "date": "2021", "n": "1"}])
    assert records["country_code"].tolist() == ["AF"]


@pytest.mark.parametrize("day", ["01-January-2017", "2017/01/01", "42736", "1 January 2017", "2017-01-01T00:00:00Z"])
def test_days_of_older_acled_files(tmp_path: Path, day: str) -> None:
    # 42736 days after 30 December 1899 is 1 January 2017 (Excel).
    old = renamed(ACLED | {"event_date": day}, geo_precision="geo_precis", assoc_actor_1="ally_actor_1", iso="GWNO")
    report, records, _ = bring_in(tmp_path, [{name.upper(): value for name, value in old.items()}])
    assert report.format == "acled"
    assert records[["date_start", "date_end", "geo_precision"]].iloc[0].tolist() == ["2017-01-01", "2017-01-01", "city"]
