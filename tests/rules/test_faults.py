"""How a value at fault is shown, and which faults of one record hide others."""

import numpy as np
import pandas as pd
import pytest
import shapely

from geo.rules.faults import Faults, shown


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (pd.NA, "null"),
        ("", '""'),
        ("Kabul", "Kabul"),
        (3, "3"),
        (True, "true"),
        (np.int64(3), "3"),
        (np.array([1, 2]), "[1, 2]"),
        (["ä", None], '["ä", null]'),
        ({1}, "{1}"),  # JSON has no sets
        ("a\nb\u202ec", "a\\nb\\u202ec"),
        (shapely.Point(69.5, 34), "[69.5, 34.0]"),
        (shapely.Point(), "POINT EMPTY"),
        (shapely.LineString([(0, 0), (1, 1)]), "LINESTRING (0 0, 1 1)"),
        ("x" * 80, "x" * 80),
        ("x" * 81, "x" * 79 + "…"),
        ("x" * 500, "x" * 79 + "…"),
        ("\n" * 41, "\\n" * 39 + "\\…"),  # the limit is for the text as it is shown
    ],
)
def test_a_value_is_shown_on_one_short_line(value: object, text: str) -> None:
    assert shown(value) == text


def found(faults: Faults) -> list[tuple[int, str, str, str, str]]:
    return [(i.row, i.id, i.field, i.value, i.rule) for i in faults.issues()]


def test_faults_come_in_the_order_of_the_file() -> None:
    faults = Faults(["a", "", None], "my.geojson")
    values = pd.Series(["x", "y", "z"], index=[7, 8, 9])
    faults.add(np.array([False, True, True]), "title", values, lambda rows: [f"rule {row}" for row in rows])
    faults.add(pd.Series([True, None, False], dtype="boolean"), "kind", ["p", "q", "r"], "one rule")
    assert found(faults) == [
        (1, "a", "kind", "p", "one rule"),
        (2, "?", "title", "y", "rule 1"),
        (3, "?", "title", "z", "rule 2"),
    ]
    assert str(faults.issues()[0]) == "my.geojson: a (row 1): kind = p: one rule"


@pytest.mark.parametrize("field", ["title", "feature", "properties"])
def test_a_value_of_another_type_hides_other_faults_of_its_field(field: str) -> None:
    faults = Faults(["a", "b"], "my.geojson")
    faults.add_invalid(1, field, 3, "must be text")
    assert faults.invalid(field).tolist() == [False, True]
    assert faults.invalid("place").tolist() == [False, False]
    faults.add(np.array([True, True]), "title", ["", ""], "is required")
    assert found(faults) == [(1, "a", "title", '""', "is required"), (2, "b", field, "3", "must be text")]
