import math

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geo.readers.numbers import read_numbers


def read(value, *, whole=False):
    numbers = read_numbers(pd.Series([value], dtype=object), "n", whole=whole)
    if len(numbers.problems.rows):
        return numbers.problems.reasons[0]
    return None if math.isnan(numbers.value[0]) else float(numbers.value[0])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("34.53", 34.53),
        (" 34.53 ", 34.53),
        ("34,53", 34.53),
        ("-34,53", -34.53),
        ("−34.53", -34.53),
        ("34.53°", 34.53),
        ("۳۴٫۵۳", 34.53),
        (34, 34.0),
        ("1e2", 100.0),
        ("", None),
        ("NA", None),
        (None, None),
        ("north", "n = north: is not a number"),
        ("34.5.3", "n = 34.5.3: is not a number"),
        ("inf", "n = inf: is not a number"),
    ],
)
def test_coordinates(value, expected):
    assert read(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("12", 12.0),
        ("12.0", 12.0),
        ("12,0", 12.0),
        ("1,234", 1234.0),
        ("1 234 567", 1234567.0),
        ("1\u202f234", 1234.0),
        ("۱۲", 12.0),
        ("-99", -99.0),
        ("1.5", "n = 1.5: is not a whole number"),
        ("1,5", "n = 1,5: is not a whole number"),
        ("dozens", "n = dozens: is not a whole number"),
        (1e300, "n = 1e+300: is not a whole number"),
    ],
)
def test_counts(value, expected):
    assert read(value, whole=True) == expected


def test_commas_are_told():
    column = pd.Series(["34,53", "69.1", "34,53"])
    assert read_numbers(column, "lat").notices == {"values of lat read with a decimal comma": 2}
    assert read_numbers(pd.Series(["1,234", "5"]), "dead", whole=True).notices == {
        "values of dead read with a thousands comma": 1
    }


@settings(deadline=None)
@given(st.lists(st.one_of(st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=6), st.none())))
def test_floats_survive_whatever_stands_beside_them(values):
    column = pd.Series([repr(value) if isinstance(value, float) else value for value in values], dtype=object)
    numbers = read_numbers(column, "n")
    for row, value in enumerate(values):
        if isinstance(value, float):
            assert numbers.value[row] == value


CELLS = st.one_of(
    st.floats().map(repr),
    st.integers(-(2**70), 2**70).map(str),
    st.from_regex(r"[+-]?[0-9]{0,4}[.,]?[0-9]{0,20}([eE][+-]?[0-9]{1,3})?", fullmatch=True),
    st.sampled_from(["", "nan", "NaN", "-inf", "Infinity", "unknown", " 7", "1_0", "0x1p3", "1f", "nan(1)"]),
    st.none(),
)


@settings(deadline=None)
@given(cells=st.lists(CELLS, max_size=6), whole=st.booleans())
@example(cells=["+50E50"], whole=False)
@example(cells=["+50E50", "unknown", "9007199254740993.5"], whole=False)
def test_a_column_of_text_is_read_like_each_of_its_cells(cells, whole):
    column = read_numbers(pd.Series(cells, dtype=pd.StringDtype("pyarrow")), "n", whole=whole)
    alone = [read_numbers(pd.Series([cell], dtype=object), "n", whole=whole) for cell in cells]
    for value, one in zip(column.value, alone, strict=True):
        assert value == one.value[0] or (math.isnan(value) and math.isnan(one.value[0]))
    assert list(column.problems.reasons) == [reason for one in alone for reason in one.problems.reasons]
    assert sum(column.notices.values()) == sum(sum(one.notices.values()) for one in alone)
