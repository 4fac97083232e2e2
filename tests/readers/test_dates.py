import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import UsageError
from geo.readers.dates import iso, read_dates, spans

AMBIGUOUS = "is ambiguous, may have the day or the month first; declare --date-format dmy or mdy"
TWO_DIGITS = "is ambiguous, has a two-digit year; declare --date-format dmy, mdy or ymd"
UNKNOWN_FORMAT = "is not in a known format; declare it with --date-format"
UNREAL = "is not a real date"


def read(value, declared=None):
    """Read one date: (first day, last day, precision), or the rule that it breaks."""
    dates = read_dates(pd.Series([value], dtype=object), declared)
    if len(dates.problems.rows):
        (reason,) = dates.problems.reasons
        prefix = f"date = {str(value)[:60]}: "
        assert reason.startswith(prefix)
        return reason.removeprefix(prefix)
    start, end = (None if np.isnat(bound[0]) else str(bound[0]) for bound in (dates.start, dates.end))
    return start, end, dates.precision[0]


def day(text):
    return text, text, "day"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2021-08-26", day("2021-08-26")),
        ("2021-08-26 00:00:00.000", day("2021-08-26")),
        ("2021-08-26T14:30:00Z", day("2021-08-26")),
        ("2021/8/6", day("2021-08-06")),
        ("2021.08.06", day("2021-08-06")),
        ("20210826", day("2021-08-26")),
        ("26 August 2021", day("2021-08-26")),
        ("26-Aug-21", day("2021-08-26")),
        ("26-Aug-97", day("1997-08-26")),
        ("August 26, 2021", day("2021-08-26")),
        ("Thursday, August 26th, 2021", day("2021-08-26")),
        ("26th of Sept. 2021", day("2021-09-26")),
        ("26/08/2021", day("2021-08-26")),
        ("08/26/2021", day("2021-08-26")),
        ("05/05/2021 13:00", day("2021-05-05")),
        (dt.date(2021, 8, 26), day("2021-08-26")),
        (dt.datetime(2021, 8, 26, 23, 59), day("2021-08-26")),
        (pd.Timestamp("2021-08-26"), day("2021-08-26")),
        (44434, day("2021-08-26")),
        (44434.75, day("2021-08-26")),
        ("44434", day("2021-08-26")),
        (20210826.0, day("2021-08-26")),
        ("2024-02", ("2024-02-01", "2024-02-29", "month")),
        ("February 2023", ("2023-02-01", "2023-02-28", "month")),
        ("2021-08-00", ("2021-08-01", "2021-08-31", "month")),
        ("2021", ("2021-01-01", "2021-12-31", "year")),
        (2021, ("2021-01-01", "2021-12-31", "year")),
        (2021.0, ("2021-01-01", "2021-12-31", "year")),
        ("2021-08-26 to 2021-08-28", ("2021-08-26", "2021-08-28", "range")),
        ("2021-08-26/2021-08-28", ("2021-08-26", "2021-08-28", "range")),
        ("2015–2019", ("2015-01-01", "2019-12-31", "range")),
        ("January 2021 - March 2021", ("2021-01-01", "2021-03-31", "range")),
        ("", (None, None, "unknown")),
        (None, (None, None, "unknown")),
        ("n/a", (None, None, "unknown")),
        (float("nan"), (None, None, "unknown")),
        ("03/04/2021", AMBIGUOUS),
        ("3.4.2021", AMBIGUOUS),
        ("26/08/21", TWO_DIGITS),
        ("2021-13-45", UNREAL),
        ("2021-02-29", UNREAL),
        ("31/04/2021", UNREAL),
        ("31 June 2021", UNREAL),
        ("0021-01-01", "the year is not between 1000 and 2999"),
        ("2021-08-28 to 2021-08-26", "is a range that ends before it starts"),
        ("sometime in spring", UNKNOWN_FORMAT),
        ("26 Агуст 2021", UNKNOWN_FORMAT),
        ("7", UNKNOWN_FORMAT),
    ],
)
def test_dates_are_read_as_precisely_as_they_are_written(value, expected):
    assert read(value) == expected


@pytest.mark.parametrize(
    ("value", "declared", "expected"),
    [
        ("03/04/2021", "dmy", day("2021-04-03")),
        ("03/04/2021", "mdy", day("2021-03-04")),
        ("26/08/2021", "mdy", UNREAL),
        ("26.08.21", "dmy", day("2021-08-26")),
        ("21-08-26", "ymd", day("2021-08-26")),
        ("26|08|2021", "%d|%m|%Y", day("2021-08-26")),
        ("08.2021", "%m.%Y", ("2021-08-01", "2021-08-31", "month")),
        ("year 2021", "year %Y", ("2021-01-01", "2021-12-31", "year")),
        ("2021-08-26", "dmy", day("2021-08-26")),
        ("2021-08-26", "%d|%m|%Y", day("2021-08-26")),
        ("03/04/2021", "%d|%m|%Y", AMBIGUOUS),
    ],
)
def test_a_declaration_settles_what_is_ambiguous_and_leaves_what_is_not(value, declared, expected):
    assert read(value, declared) == expected


def test_a_declaration_that_is_none_is_refused():
    with pytest.raises(UsageError, match=r"date format 'dd/mm/yyyy': give dmy, mdy, ymd or a strptime format"):
        read("2021-01-01", "dd/mm/yyyy")


def test_a_mixed_column_keeps_the_order_of_its_rows():
    column = pd.Series(["2021", "03/04/2021", "2021-08-26", None, "2021", "44434"])
    dates = read_dates(column, name="When")
    assert iso(dates.start).fillna("-").tolist() == ["2021-01-01", "-", "2021-08-26", "-", "2021-01-01", "2021-08-26"]
    assert dates.precision.tolist() == ["year", "unknown", "day", "unknown", "year", "day"]
    assert dates.problems.rows.tolist() == [1]
    assert dates.problems.reasons.tolist() == [f"When = 03/04/2021: {AMBIGUOUS}"]
    assert dates.notices == {"values of When read as day numbers of Excel": 1}


@settings(deadline=None)
@given(st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31)), st.integers(0, 800))
def test_spans_are_as_wide_as_their_name_says(first, length):
    last = min(first + dt.timedelta(days=length), dt.date(2999, 12, 31))
    (found,) = spans(*(np.array([bound], dtype="datetime64[D]") for bound in (first, last)))
    after = last + dt.timedelta(days=1)
    whole_year = (first.month, first.day) == (1, 1) and (after.month, after.day, after.year) == (1, 1, first.year + 1)
    whole_month = (
        first.day == 1 and after.day == 1 and (after.year * 12 + after.month) == (first.year * 12 + first.month + 1)
    )
    expected = "day" if first == last else "month" if whole_month else "year" if whole_year else "range"
    assert found == expected


@settings(deadline=None)
@given(
    st.one_of(
        st.text(max_size=12), st.floats(), st.integers(), st.none(), st.from_regex(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
    )
)
def test_any_value_is_a_date_or_a_problem(value):
    result = read(value)
    if not isinstance(result, str):
        start, end, precision = result
        assert (start is None) == (precision == "unknown")
        assert start is None or start <= end
