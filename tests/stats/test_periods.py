"""Periods at their bounds."""

from typing import Any

import pandas as pd
import pytest

from geo.days import FIRST_YEAR, LAST_YEAR
from geo.errors import UsageError
from geo.stats.periods import check_years, newest_day, select_years, year_span


def test_a_period_is_two_whole_years_in_order() -> None:
    assert check_years(None) is None
    assert check_years([2015, 2024]) == (2015, 2024)
    assert check_years((2015.0, 2015.0)) == (2015, 2015)
    assert check_years((FIRST_YEAR, LAST_YEAR)) == (FIRST_YEAR, LAST_YEAR)


@pytest.mark.parametrize(
    ("years", "message"),
    [
        ((2015,), "not a pair of whole years"),
        ((2015, 2016, 2017), "not a pair of whole years"),
        ((2015.5, 2016), "not a pair of whole years"),
        (("2015", "2016"), "not a pair of whole years"),
        (2015, "not a pair of whole years"),
        ((FIRST_YEAR - 1, 2000), "a year lies between"),
        ((2000, LAST_YEAR + 1), "a year lies between"),
        ((LAST_YEAR + 1, 2000), "a year lies between"),
        ((2016, 2015), "the period ends before it starts; give 2015:2016"),
    ],
)
def test_what_is_no_period_is_refused(years: object, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        check_years(years)  # type: ignore[arg-type]


RECORDS = pd.DataFrame(
    {
        "date_start": ["2018-05-01", None, "2020-01-01", None, "2021-12-31"],
        "date_end": ["2019-02-01", "2017-01-01", None, None, "2021-12-31"],
    },
    index=[5, 6, 7, 8, 9],
)


def test_a_date_with_one_bound_is_open_at_the_other() -> None:
    span = year_span(RECORDS)
    assert span.index.tolist() == [5, 6, 7, 8, 9]
    assert span["first"].tolist() == [2018, pd.NA, 2020, pd.NA, 2021]
    assert span["last"].tolist() == [2019, 2017, 9999, pd.NA, 2021]


@pytest.mark.parametrize(
    ("kind", "start", "end", "years"),
    [
        ("at", "2021-08-26", "2021-08-26", (2021, 2021)),
        ("within", "2021-08-15", "2022-05-03", (2021, 2022)),
        ("throughout", "2021-08-15", "2023-05-03", (2021, 2023)),
        ("since", "2001-12-01", "2024-03-23", (2001, 2024)),  # to the last day that a source attests
        ("since", "2001-12-01", None, (2001, 9999)),
        ("by", None, "2023-02-28", (pd.NA, 2023)),  # no year of its own
        ("unknown", None, None, (pd.NA, pd.NA)),
    ],
)
def test_the_kind_of_a_date_says_which_years_it_belongs_to(kind: str, start: Any, end: Any, years: Any) -> None:
    one = pd.DataFrame({"date_kind": [kind], "date_start": [start], "date_end": [end]}, dtype="string")
    assert year_span(one).iloc[0].tolist() == list(years)


def test_a_period_selects_the_records_that_touch_it() -> None:
    assert select_years(RECORDS, None) is RECORDS
    assert select_years(RECORDS, (2019, 2020)).index.tolist() == [5, 7]
    assert select_years(RECORDS, (2010, 2018)).index.tolist() == [5]
    assert select_years(RECORDS, (2021, 2030)).index.tolist() == [7, 9]


def test_the_newest_day_is_as_exact_as_it_is_known_and_never_a_bound() -> None:
    rows = pd.DataFrame(
        {
            "date_start": ["2021-05-04", "2024-03-01", "2020-01-01", None, "2021-08-15"],
            "date_end": ["2021-05-04", "2024-03-31", "2024-05-23", "2024-05-23", "2024-05-23"],
            "date_precision": ["day", "month", "range", "range", "range"],
            "date_kind": ["at", "at", "within", "by", "since"],
        }
    )
    assert newest_day(rows) == "2024-03"
    assert newest_day(rows[rows["date_kind"] != "at"]) == "2021-08-15"
    assert newest_day(rows.iloc[:1]) == "2021-05-04"
    assert newest_day(rows[rows["date_kind"] == "by"]) is None
