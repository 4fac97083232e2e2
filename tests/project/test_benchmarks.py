"""What make bench makes of its figures; the measuring itself is not tested here."""

import sys

import pytest

from benchmarks import case
from benchmarks.names import shares
from benchmarks.page import cell, page
from benchmarks.pages import BUILDERS, NEEDS
from benchmarks.plot import draw

TIMES = {"usable_ms": 300, "year_ms": 20, "builds": 5, "opens": 5}
ROWS = [
    {"tool": "geo", "records": 1000, "build_s": 2.0, "size_mb": 0.6, **TIMES},
    {"tool": "geo", "records": 10_000, "build_s": 4.0, "size_mb": 1.6, **TIMES, "usable_ms": 400},
    {"tool": "slow", "records": 10_000, "build_s": 9.0, "size_mb": 80.0, "usable_ms": ">60 s", "builds": 1},
    {"tool": "online", "records": 1000, "build_s": 1.0, "size_mb": 5.0, "builds": 5, "note": "does not open offline"},
]
RUN = {"date": "2026-01-01", "machine": "two cores", "versions": "pandas 3", "finished": True, "pages": ROWS}


def test_figures_show_their_ratio_to_the_last_run_where_they_changed():
    assert cell(3.0, 2.0) == "3.0 (×1.50)"
    assert cell(2.1, 2.0) == "2.1"
    assert cell(2.1, None) == "2.1"
    assert cell(None, 2.0) == "none"
    assert cell(">60 s", 2.0) == ">60 s"
    assert cell(2.1, ">60 s") == "2.1"


def test_the_page_says_what_was_slow_what_was_missing_and_what_changed():
    before = {"pages": [{**ROWS[1], "usable_ms": 200}]}
    text = "\n".join(page({**RUN, "missing": {"absent": "needs absent"}}, before))
    assert "| 10,000 | geo | 4.0 | none | 1.6 | none | 400 (×2.00) |" in text
    assert ">60 s" in text
    assert "- online: does not open offline." in text
    assert "- absent: needs absent." in text
    assert "interrupted" not in text
    assert "interrupted" in "\n".join(page({**RUN, "finished": False}, {}))


def test_equal_figures_are_drawn_in_equal_bytes(tmp_path):
    for name in ("a.svg", "b.svg"):
        draw(ROWS, tmp_path / name)
    first = (tmp_path / "a.svg").read_bytes()
    assert first == (tmp_path / "b.svg").read_bytes()
    assert b"geo" in first
    draw([], tmp_path / "none.svg")


def test_shares_count_every_answer_once():
    assert shares(["AF-KAB", "", "AF-HER", "UZ-TK"], ["AF-KAB", "AF-KAB", "AF-KAB", "UZ-TO|UZ-TK"]) == {
        "right": 50.0, "wrong": 25.0, "open": 25.0,
    }  # fmt: skip


def test_a_process_that_takes_too_long_is_ended():
    with pytest.raises(case.TooLongError):
        case.run([sys.executable, "-c", "import time; time.sleep(60)"], 0.5)
    assert case.run([sys.executable, "-c", "print('[1]')"], 30).strip() == "[1]"


def test_every_peer_says_what_it_needs():
    assert set(BUILDERS) - {"geo"} == set(NEEDS)
