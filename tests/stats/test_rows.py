"""Weighted rows, each cell worked out by hand."""

import pandas as pd

from geo.stats.describe import describe
from geo.stats.rows import MEASURES, compact, in_period, last_year, measures, one_row_per_year, rows_of_records
from geo.stats.summary import count, totals

COLUMNS = ["kind", "admin1_code", "date_start", "date_end", "fatalities_low", "fatalities_best", "fatalities_high"]
RECORDS = pd.DataFrame(
    [
        ("incident", "XX-A", "2018-05-01", "2019-02-01", 1, 2, 3),
        ("incident", "XX-B", None, None, None, 2, None),
        ("incident", None, "2020-01-01", None, 4, None, None),
        ("incident", "XX-A", None, "2021-01-01", None, None, None),
        ("stronghold", "XX-A", "2018-01-01", "2018-01-01", 7, 8, 9),
        ("statistic", "XX-A", "2018-01-01", "2018-01-01", None, None, None),
    ],
    columns=COLUMNS,
).astype(dict.fromkeys(COLUMNS[4:], "Int64"))
# incidents, reports, strongholds, statistics, deaths low, best, high, without an upper bound, without any figure
EXPECTED = [
    (1, 1, 0, 0, 1, 2, 3, 0, 0),
    (1, 1, 0, 0, 0, 2, 0, 1, 0),  # no source gives an upper bound: the best estimate is none
    (1, 1, 0, 0, 4, 0, 0, 1, 0),
    (1, 1, 0, 0, 0, 0, 0, 1, 1),
    (0, 0, 1, 0, 0, 0, 0, 0, 0),
    (0, 0, 0, 1, 0, 0, 0, 0, 0),
]


def test_a_record_adds_to_the_measures_of_its_kind() -> None:
    found = measures(RECORDS)
    assert list(found.columns) == list(MEASURES)
    assert list(found.itertuples(index=False, name=None)) == EXPECTED


def test_a_row_has_groups_years_and_weighted_measures() -> None:
    rows = rows_of_records(RECORDS.assign(counts_as=[1, 1, 0, 1, 1, 1]), ("year", "kind"))
    assert list(rows.columns) == ["admin1_code", "kind", "first", "last", *MEASURES]
    assert list(zip(rows["first"], rows["last"], strict=True)) == [
        (2018, 2019), (0, 0), (2020, 9999), (0, 2021), (2018, 2018), (2018, 2018)
    ]  # fmt: skip
    assert rows["fatalities_low"].tolist() == [1, 0, 0, 0, 0, 0]
    assert rows["incidents"].tolist() == [1, 1, 0, 1, 0, 0]
    assert rows["reports"].tolist() == [1, 1, 1, 1, 0, 0]  # a report that is not counted is still a report
    every = rows_of_records(RECORDS.assign(counts_as=[1, 1, 0, 1, 1, 1]), ("year", "kind"), distinct=False)
    assert every["incidents"].tolist() == [1, 1, 1, 1, 0, 0]
    assert every["fatalities_low"].tolist() == [1, 0, 4, 0, 0, 0]
    assert rows["admin1_code"].isna().tolist() == [False, False, True, False, False, False]


def test_a_period_takes_both_of_its_years() -> None:
    rows = rows_of_records(RECORDS, groups=())
    assert in_period(rows, None) is rows
    assert in_period(rows, (2019, 2020)).index.tolist() == [0, 2]
    assert in_period(rows, (2016, 2018)).index.tolist() == [0, 4, 5]
    # The undated row is in no period, nor is the one known only to be before a day.
    assert in_period(rows, (0, 9999)).index.tolist() == [0, 2, 4, 5]
    assert in_period(rows, (2030, 2030)).index.tolist() == [2]  # no end is reported


def spans(*pairs: tuple[int, int]) -> pd.DataFrame:
    return pd.DataFrame(pairs, columns=["first", "last"]).assign(mark=range(len(pairs)))


def years(rows: pd.DataFrame) -> list[tuple[int, int | None]]:
    return [(mark, None if pd.isna(year) else year) for mark, year in zip(rows["mark"], rows["year"], strict=True)]


def test_a_row_is_repeated_for_each_year_that_it_touches() -> None:
    rows = spans((2018, 2020), (0, 0), (2021, 2021), (0, 2019), (2020, 9999))
    found = one_row_per_year(rows, None, last_year(rows))
    assert years(found) == [
        (0, 2018), (0, 2019), (0, 2020), (1, None), (2, 2021), (3, None), (4, 2020), (4, 2021)
    ]  # fmt: skip
    assert found.index.tolist() == list(range(8))
    assert years(one_row_per_year(spans((2015, 2020), (2019, 2030)), (2018, 2020), 2030)) == [
        (0, 2018), (0, 2019), (0, 2020), (1, 2019), (1, 2020)
    ]  # fmt: skip


def test_a_row_whose_years_are_in_the_wrong_order_stands_once() -> None:
    assert years(one_row_per_year(spans((2020, 2018), (2017, 2018)), None, 2020)) == [(0, 2020), (1, 2017), (1, 2018)]


def test_the_last_year_is_one_that_a_record_gives() -> None:
    assert last_year(spans((2018, 2020), (2019, 9999))) == 2020
    assert last_year(spans((2018, 2020), (2022, 9999))) == 2022
    assert last_year(spans((0, 0), (0, 2023))) == 0  # neither row belongs to a year
    assert last_year(spans()) == 0


def test_rows_that_differ_in_figures_only_are_added_up() -> None:
    rows = rows_of_records(pd.concat([RECORDS, RECORDS]), groups=())
    found = compact(rows)
    assert found[list(MEASURES)].sum().tolist() == rows[list(MEASURES)].sum().tolist()
    # Stronghold and statistic have equal keys, as the kind is not among the groups.
    assert len(found) == 5
    assert list(found.columns) == list(rows.columns)


def test_totals_list_provinces_by_code() -> None:
    records = RECORDS.iloc[[0, 1, 3]].assign(admin1_code=["XX-C", "XX-A", "XX-B"], country_code="XX")
    records = records.assign(event_type=None, group=None)
    provinces = totals(records)["provinces"]
    assert list(provinces) == ["XX-A", "XX-B", "XX-C"]
    assert provinces["XX-C"] == {"incidents": 1, "fatalities_best": 2}
    short = rows_of_records(records.iloc[1:2])
    names = pd.DataFrame({"admin1_code": ["XX-A"], "country_code": ["XX"], "admin1_name": ["A"]})
    text = describe(count(short, names, ("admin1_code",))).long
    assert "\n\n\n" not in text  # no empty paragraph for the busiest year, which the table does not have
