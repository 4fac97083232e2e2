"""Figures that sources hold: every event is kept, its total stays the source's, and what was mended is said."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from event_rows import ACLED
from hypothesis import given
from hypothesis import strategies as st
from imported import GTD, UCDP, bring_in

from geo.importing.draft import Draft
from geo.importing.figures import read_figure


def draft(**columns: list[str]) -> Draft:
    return Draft(pd.DataFrame(columns, dtype="string"))


def test_a_total_shared_among_events_stays_the_total(tmp_path: Path) -> None:
    # Ten killed in four attacks, and one wounded in three.
    shared = [GTD | {"eventid": str(n), "nkill": "2.5", "nwound": "0.333333"} for n in range(4)]
    shared[3]["nwound"] = "0"
    report, records, rejected = bring_in(tmp_path, shared)
    assert rejected == []
    assert sorted(records["fatalities_best"]) == [2, 2, 3, 3]
    assert records["injuries_best"].sum() == 1
    assert records["nkill"].tolist() == ["2.5"] * 4, "the source's own value stays in its column"
    assert records["note"].iloc[0] == "nkill 2.5 rounded to 3; nwound 0.333333 rounded to 0"
    note = "values of {} are fractions (a total shared among events); rounded so that their sum stays"
    assert [f"4 {note.format('nkill')}", f"3 {note.format('nwound')}"] == [n for n in report.notes if "fract" in n]


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60), st.integers(2, 12))
def test_rounding_moves_no_figure_by_one_and_no_running_total_by_more_than_a_half(parts: list[int], of: int) -> None:
    exact = np.array(parts) / of
    rounded = read_figure(draft(nkill=[repr(value) for value in exact.tolist()]), "nkill")
    assert (np.abs(rounded - exact) < 1).all()
    assert (np.abs(np.cumsum(rounded - exact)) <= 0.5 + 1e-9).all()
    assert (rounded == np.floor(rounded)).all()


def test_a_best_estimate_outside_its_bounds_stands_and_the_bounds_give_way(tmp_path: Path) -> None:
    figures = [("1", "5", "3"), ("4", "2", "9"), ("1", "2", "3"), ("", "5", "3"), ("2", "2", "1"), ("9", "", "3")]
    rows = [
        UCDP | {"id": str(n), "low": low, "best": best, "high": high} for n, (low, best, high) in enumerate(figures)
    ]
    report, records, rejected = bring_in(tmp_path, rows)
    assert rejected == []
    bounds = records[["fatalities_low", "fatalities_best", "fatalities_high"]].astype(object)
    assert bounds.where(bounds.notna(), None).to_numpy().tolist() == [
        [1, 5, 5], [2, 2, 9], [1, 2, 3], [None, 5, 5], [1, 2, 2], [3, None, 9],
    ]  # fmt: skip
    assert records["fatalities_best"].sum() == 5 + 2 + 2 + 5 + 2
    assert records["note"].fillna("").tolist()[:3] == [
        "fatalities at odds (low 1, best 5, high 3): bounds widened to hold all",
        "fatalities at odds (low 4, best 2, high 9): bounds widened to hold all",
        "",
    ]
    assert records["high"].tolist() == ["3", "9", "3", "3", "1", "3"]
    assert "5 rows with fatalities at odds (low, best, high); best kept, bounds widened to hold all" in report.notes


@pytest.mark.parametrize(
    ("value", "best", "note"),
    [
        ("-9", None, ""),
        ("-99", None, ""),
        ("-99.0", None, ""),
        ("", None, ""),
        ("NA", None, ""),
        (".", None, ""),
        ("1,234", 1234, ""),
        ("1 234", 1234, ""),
        ("3.0", 3, ""),
        ("-3", None, "fatalities -3 is negative"),
        ("many", None, "fatalities = many: is not a number"),
    ],
)
def test_a_figure_that_is_none_is_left_empty_and_the_event_is_kept(
    tmp_path: Path, value: str, best: int | None, note: str
) -> None:
    report, records, rejected = bring_in(tmp_path, [ACLED | {"fatalities": value}])
    assert rejected == []
    (found,), (said,) = records["fatalities_best"], records["note"].fillna("")
    assert (None if found is pd.NA else found, said) == (best, note)
    if note:
        assert any("of fatalities are" in line for line in report.notes)


def test_a_point_that_may_separate_thousands_is_not_guessed(tmp_path: Path) -> None:
    rows = [{"date": "2021-08-26", "country": "AF", "deaths": deaths} for deaths in ("1.183", "1.183.000", "2.5", "7")]
    _, records, _ = bring_in(tmp_path, rows)
    assert records["fatalities_best"].fillna(-1).tolist() == [-1, 1_183_000, 3, 7]
    assert records["note"].iloc[0] == "deaths 1.183 may be thousands or a fraction"


@pytest.mark.parametrize(
    ("cell", "low", "best", "high"),
    [
        ("3-5", 3, None, 5),
        ("3 – 5", 3, None, 5),
        ("3 to 5", 3, None, 5),
        ("20+", 20, None, None),
        (">= 20", 20, None, None),
        ("At least 20", 20, None, None),
        ("more than 20", 21, None, None),
        ("up to 20", None, None, 20),
        ("fewer than 20", None, None, 19),
        ("7", None, 7, None),
        ("5-3", None, None, None),
        ("many", None, None, None),
    ],
)
def test_a_range_in_a_table_of_your_own_gives_bounds_and_no_best_figure(
    tmp_path: Path, cell: str, low: int | None, best: int | None, high: int | None
) -> None:
    report, records, _ = bring_in(tmp_path, [{"id": "a", "date": "2021", "country": "Mali", "deaths": cell}])
    bounds = records[["fatalities_low", "fatalities_best", "fatalities_high"]].astype(object)
    assert bounds.where(bounds.notna(), None).to_numpy().tolist() == [[low, best, high]]
    assert any("ranges" in note for note in report.notes) == (low is not None or high is not None)


def test_a_bound_of_its_own_column_comes_before_that_of_a_range(tmp_path: Path) -> None:
    row = {"id": "a", "date": "2021", "country": "Mali", "fatalities_low": "4", "fatalities": "3-5"}
    _, records, _ = bring_in(tmp_path, [row, row | {"id": "b", "fatalities_low": ""}])
    assert records["fatalities_low"].tolist() == [4, 3]
    assert records["fatalities_high"].tolist() == [5, 5]
