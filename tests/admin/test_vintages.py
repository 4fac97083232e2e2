"""Vintages by hand: three sets of provinces, of which the first two have ended."""

import datetime

import pandas as pd
import pytest

from geo.admin.vintages import vintage_ends, vintage_numbers
from geo.errors import DataError

ENDS = ["2001-12-31", "2018-05-30"]


def test_ends_are_the_days_on_which_some_province_ended() -> None:
    provinces = pd.DataFrame({"valid_to": [None, "2018-05-30", "2001-12-31", "2018-05-30", None]})
    assert vintage_ends(provinces) == ENDS
    assert vintage_ends(provinces.iloc[[0, 4]]) == []


def test_a_vintage_is_in_force_up_to_and_on_its_last_day() -> None:
    dates = [None, "1990-01-01", "2001-12-31", "2002-01-01", "2018-05-30", "2018-05-31", "2018", "2018-04"]
    numbers = vintage_numbers(pd.Series(dates, dtype="object"), ENDS)
    # A year or month means its last day: 2018 ends after the change of that May, April 2018 before it.
    assert numbers.tolist() == [-1, 0, 0, 1, 1, 2, 2, 1]
    assert vintage_numbers(pd.Series([datetime.date(2002, 1, 1)]), ENDS).tolist() == [1]


def test_every_value_that_is_no_date_is_named() -> None:
    with pytest.raises(DataError, match=r"soon.*; .*later"):
        vintage_numbers(pd.Series(["soon", "2001-01-01", "later"]), ENDS)
