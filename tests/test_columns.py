import datetime as dt

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from geo.columns import RowErrors, as_text, distinct_objects, distinct_rows, is_true, map_distinct


def test_a_function_sees_each_distinct_value_once_and_answers_for_every_row():
    seen = []

    def lengths(values):
        seen.extend(values)
        return np.array([0 if value is None else len(value) for value in values])

    found = map_distinct(pd.Series(["aa", None, "b", "aa", None], dtype="string"), lengths)
    assert found.tolist() == [2, 0, 1, 2, 0]
    assert seen == ["aa", None, "b"]


def test_values_of_any_type_can_be_mapped():
    values = pd.Series([dt.date(2021, 1, 1), 3, [1, 2], [1, 2], "3"], dtype=object)
    found = map_distinct(values, lambda values: pd.array([str(value) for value in values], dtype="string"))
    assert found.tolist() == ["2021-01-01", "3", "[1, 2]", "[1, 2]", "3"]
    assert map_distinct(pd.Series([], dtype="string"), np.array).tolist() == []


@given(st.lists(st.tuples(st.sampled_from(["a", "b", None]), st.sampled_from([1, 2, 3]), st.booleans()), min_size=1))
def test_rows_have_one_number_if_and_only_if_they_are_equal(rows):
    text, numbers, flags = zip(*rows, strict=True)
    number, first = distinct_rows([pd.Series(text, dtype="string"), np.array(numbers), np.array(flags)])
    expected: dict[tuple, int] = {}
    for row in rows:
        expected.setdefault(row, len(expected))
    assert number.tolist() == [expected[row] for row in rows]
    assert first.tolist() == [rows.index(row) for row in expected]


def test_lists_are_told_apart_by_identity():
    shared, equal = ["a"], ["a"]
    objects, codes = distinct_objects(pd.Series([shared, equal, shared], dtype=object))
    assert [object_ is shared for object_ in objects] == [True, False]
    assert codes.tolist() == [0, 1, 0]


def test_null_is_not_true():
    assert is_true(pd.Series([True, None, False], dtype="boolean")).tolist() == [True, False, False]
    assert is_true([True, False]).tolist() == [True, False]


def test_text_of_any_value():
    values = pd.Series([" a ", 2.0, 2.5, None, float("nan"), pd.NA, "", "\ud800"], dtype=object)
    assert as_text(values).fillna("-").tolist() == ["a", "2", "2.5", "-", "-", "-", "-", "?"]


def test_errors_of_distinct_values_are_those_of_every_row_that_has_them():
    errors = RowErrors.of(np.array([0, 1, 1, 2]), np.array([None, "bad", "worse"], dtype=object))
    assert errors.rows.tolist() == [1, 2, 3]
    assert errors.reasons.tolist() == ["bad", "bad", "worse"]
