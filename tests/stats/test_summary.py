"""Counts against numbers worked out by hand, and against plain Python over random records."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import UsageError
from geo.stats.periods import check_years, select_years
from geo.stats.rows import MEASURES
from geo.stats.summary import summarise, totals

RECORDS: list[dict[str, Any]] = [
    {
        "admin1_code": "XT-N",
        "date_start": "2020-01-05",
        "fatalities_low": 3,
        "fatalities_best": 4,
        "fatalities_high": 9,
    },
    {"admin1_code": "XT-N", "date_start": "2020-12-31", "date_end": "2022-01-01", "fatalities_low": 10},
    {"admin1_code": "XT-E", "date_start": "2021-06-01", "fatalities_best": 7},
    {"admin1_code": "XT-E", "date_start": None, "fatalities_high": 35},
    {"admin1_code": None, "country_code": "XT", "date_start": "2021-03-01"},
    {"kind": "stronghold", "admin1_code": "XT-W", "date_start": "2020-01-01", "date_end": "2021-12-31"},
    {"kind": "statistic", "admin1_code": "XT-W", "date_start": "2021-01-01", "value": 1500.0},
]


def test_totals_of_all_years_hold_every_record(make_records: Any) -> None:
    assert totals(make_records(RECORDS)) == {
        "incidents": 5,
        "reports": 5,
        "strongholds": 1,
        "statistics": 1,
        "unplaced": 1,
        "undated": 1,
        "before": 0,
        "fatalities": {"low": 13, "best": 11, "high": None},
        "fatalities_open": 3,
        "fatalities_unknown": 1,
        "provinces": {"XT-E": {"incidents": 2, "fatalities_best": 7}, "XT-N": {"incidents": 2, "fatalities_best": 4}},
    }


def test_totals_of_a_year_leave_undated_records_out_but_say_how_many(make_records: Any) -> None:
    assert totals(make_records(RECORDS), (2021, 2021)) == {
        "incidents": 3,
        "reports": 3,
        "strongholds": 1,
        "statistics": 1,
        "unplaced": 1,
        "undated": 1,
        "before": 0,
        "fatalities": {"low": 10, "best": 7, "high": None},
        "fatalities_open": 3,
        "fatalities_unknown": 1,
        "provinces": {"XT-E": {"incidents": 1, "fatalities_best": 7}, "XT-N": {"incidents": 1, "fatalities_best": 0}},
    }


def test_summary_by_province_and_year(make_records: Any, provinces: Any) -> None:
    table = summarise(make_records(RECORDS), provinces)
    assert list(table.columns) == ["admin1_code", "admin1_name", "country_code", "year", *MEASURES]
    rows = [
        (
            None if pd.isna(r.admin1_code) else r.admin1_code,
            None if pd.isna(r.year) else r.year,
            r.incidents,
            r.strongholds,
        )
        for r in table.itertuples()
    ]
    assert rows == [
        ("XT-E", 2021, 1, 0),
        ("XT-E", None, 1, 0),
        ("XT-N", 2020, 2, 0),
        ("XT-N", 2021, 1, 0),
        ("XT-N", 2022, 1, 0),
        ("XT-W", 2020, 0, 1),
        ("XT-W", 2021, 0, 1),
        (None, 2021, 1, 0),
    ]
    assert table["admin1_name"].tolist()[:7] == ["East", "East", "North", "North", "North", "West", "West"]
    assert table.attrs["totals"]["incidents"] == 5


def test_years_cut_a_long_record_to_the_period(make_records: Any, provinces: Any) -> None:
    table = summarise(make_records(RECORDS), provinces, by="year", years=(2021, 2022))
    assert table[["year", "incidents"]].to_numpy().tolist() == [[2021, 3], [2022, 1]]


def test_provinces_of_two_vintages_do_not_double_rows(make_records: Any, provinces: Any) -> None:
    twice = pd.concat([provinces, provinces])
    table = summarise(make_records(RECORDS), twice, by="admin1_code")
    assert table["incidents"].tolist() == [2, 2, 0, 1]


def test_an_empty_frame_gives_an_empty_table(make_records: Any, provinces: Any) -> None:
    nothing = make_records(RECORDS).iloc[:0]
    assert summarise(nothing, provinces).empty
    assert totals(nothing)["incidents"] == 0
    assert totals(nothing)["provinces"] == {}


@pytest.mark.parametrize(
    "years", [(2024, 2015), (2020,), (), "2020", (2020, 2021, 2022), (2020.5, 2021), (0, 5), (1, 10000)]
)
def test_a_period_that_is_none_is_refused(years: Any) -> None:
    with pytest.raises(UsageError, match="years = "):
        check_years(years)


def test_a_reversed_period_says_what_to_give(make_records: Any) -> None:
    with pytest.raises(UsageError, match="give 2015:2024"):
        totals(make_records(RECORDS), (2024, 2015))


@pytest.mark.parametrize("by", [(), ("province",), ("year", "year"), ("year", "title")])
def test_groups_that_do_not_exist_are_named(make_records: Any, provinces: Any, by: Any) -> None:
    with pytest.raises(UsageError, match="admin1_code, country_code, year"):
        summarise(make_records(RECORDS), provinces, by=by)


def test_a_sum_has_an_upper_bound_only_where_every_incident_has_one(make_records: Any, provinces: Any) -> None:
    bounded = [{**RECORDS[0], "admin1_code": "XT-W"}, {**RECORDS[3], "admin1_code": "XT-W"}]
    frame = make_records([*RECORDS[:2], *bounded])
    table = summarise(frame, provinces, by="admin1_code").set_index("admin1_code")
    assert table["fatalities_open"].tolist() == [1, 0]
    assert table.loc["XT-W", "fatalities_high"] == 9 + 35
    assert pd.isna(table.loc["XT-N", "fatalities_high"])
    assert totals(make_records(bounded))["fatalities"] == {"low": 3, "best": 4, "high": 44}


def test_a_date_known_from_one_side_only(make_records: Any, provinces: Any) -> None:
    frame = make_records(
        [
            {"date_start": None, "date_end": "2019-05-01", "date_precision": "range"},
            {"date_start": "2018-01-01", "date_end": None, "date_precision": "range"},
            {"date_start": "2020-02-03"},
        ]
    )
    assert select_years(frame, (2019, 2019))["id"].tolist() == ["record-2"]
    counted = totals(frame, (2019, 2019))
    assert (counted["incidents"], counted["undated"], counted["before"]) == (1, 0, 1)
    # What began and is not said to have ended lasts as long as the records.
    table = summarise(frame, provinces, by="year")
    assert table[["year", "incidents"]].values.tolist() == [[2018, 1], [2019, 1], [2020, 2], [pd.NA, 1]]


def test_reports_of_one_incident_count_once(make_records: Any, provinces: Any) -> None:
    frame = make_records(
        [
            {"admin1_code": "XT-N", "geo_precision": "province", "fatalities_best": 5, "same_as": ["record-2"]},
            {"admin1_code": "XT-N", "geo_precision": "city", "fatalities_best": 7, "same_as": []},
            {"admin1_code": "XT-E", "fatalities_best": 100, "clarity": "umbrella"},
            {"admin1_code": "XT-W", "fatalities_best": 1, "clarity": "series"},
        ]
    )
    counted = totals(frame)
    assert (counted["incidents"], counted["reports"], counted["fatalities"]["best"]) == (2, 4, 8)
    assert list(counted["provinces"]) == ["XT-N", "XT-W"]
    every = totals(frame, distinct=False)
    assert (every["incidents"], every["reports"], every["fatalities"]["best"]) == (4, 4, 113)
    table = summarise(frame, provinces, by="admin1_code")
    assert table[["admin1_code", "incidents", "reports"]].to_numpy().tolist() == [
        ["XT-E", 0, 1],
        ["XT-N", 1, 2],
        ["XT-W", 1, 1],
    ]


YEAR = st.one_of(st.none(), st.integers(2015, 2022))
FIGURE = st.one_of(st.none(), st.integers(0, 50))


@st.composite
def record(draw: st.DrawFn) -> dict[str, Any]:
    bounds = draw(st.lists(st.integers(2015, 2022), max_size=2).map(sorted))
    figures = sorted(draw(st.lists(st.integers(0, 50), min_size=3, max_size=3)))
    known = draw(st.tuples(st.booleans(), st.booleans(), st.booleans()))
    low, best, high = (figure if keep else None for figure, keep in zip(figures, known, strict=True))
    return {
        "kind": draw(st.sampled_from(["incident", "incident", "stronghold", "statistic"])),
        "admin1_code": draw(st.sampled_from(["XT-N", "XT-E", None])),
        "date_start": f"{bounds[0]}-02-01" if bounds else None,
        "date_end": f"{bounds[-1]}-11-30" if bounds else None,
        "fatalities_low": low,
        "fatalities_best": best,
        "fatalities_high": high,
    }


@settings(max_examples=60, deadline=None)
@given(records=st.lists(record(), max_size=12), period=st.one_of(st.none(), st.tuples(YEAR, YEAR)))
def test_agrees_with_counting_one_by_one(make_records: Any, provinces: Any, records: Any, period: Any) -> None:
    years = None if period is None or None in period else tuple(sorted(period))
    chosen = [
        r
        for r in records
        if years is None
        or (r["date_start"] and int(r["date_start"][:4]) <= years[1] and int(r["date_end"][:4]) >= years[0])
    ]
    incidents = [r for r in chosen if r["kind"] == "incident"]
    frame = make_records(records)
    got = totals(frame, years)
    assert got["incidents"] == len(incidents)
    assert got["strongholds"] == sum(r["kind"] == "stronghold" for r in chosen)
    assert got["unplaced"] == sum(r["admin1_code"] is None for r in incidents)
    assert got["fatalities"]["best"] == sum(r["fatalities_best"] or 0 for r in incidents)
    highs = [r["fatalities_high"] for r in incidents]
    assert got["fatalities"]["high"] == (None if None in highs else sum(highs))
    assert got["fatalities_unknown"] == sum(
        all(r[f"fatalities_{b}"] is None for b in ("low", "best", "high")) for r in incidents
    )
    by_place = summarise(frame, provinces, by=("admin1_code", "event_type"), years=years)
    assert by_place["incidents"].sum() == len(incidents)
    by_year = summarise(frame, provinces, by="year", years=years).set_index("year")["incidents"]
    for year in range(2015, 2023):
        if years is None or years[0] <= year <= years[1]:
            touching = sum(
                bool(r["date_start"]) and int(r["date_start"][:4]) <= year <= int(r["date_end"][:4]) for r in incidents
            )
            assert by_year.get(year, 0) == touching


@pytest.mark.parametrize(("by", "said"), [((), "by = nothing: "), (("province", "year"), "by = province, year: ")])
def test_what_was_asked_for_is_repeated(make_records: Any, provinces: Any, by: Any, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        summarise(make_records(RECORDS), provinces, by=by)


def test_groups_stand_in_the_order_asked_for(make_records: Any, provinces: Any) -> None:
    table = summarise(make_records(RECORDS), provinces, by=["year", "admin1_code"])
    assert list(table.columns)[:4] == ["year", "admin1_code", "admin1_name", "country_code"]
    assert table.attrs["by"] == ("year", "admin1_code")
    by_country = summarise(make_records(RECORDS), provinces, by="country_code")
    assert by_country["country_code"].tolist() == ["XT"]
    assert by_country["incidents"].tolist() == [5]
    both = summarise(make_records(RECORDS), provinces, by=["country_code", "admin1_code"])
    assert list(both.columns)[:3] == ["country_code", "admin1_code", "admin1_name"]


def test_dates_the_wrong_way_round_count_once_in_the_first_year(make_records: Any, provinces: Any) -> None:
    frame = make_records([{"admin1_code": "XT-N", "date_start": "2021-01-01", "date_end": "2019-01-01"}])
    table = summarise(frame, provinces)
    assert table[["year", "incidents"]].to_numpy().tolist() == [[2021, 1]]


@pytest.mark.parametrize("years", [(1, 9999), (1, 1), (9999, 9999)])
def test_the_first_and_the_last_year_are_years(years: Any) -> None:
    assert check_years(years) == years
    assert check_years(None) is None
