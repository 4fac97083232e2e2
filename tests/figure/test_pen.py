"""Lines of text: as wide as said, and measured in time that does not grow with what a cell may hold."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from geo.figure.pen import LONGEST, Pen, plain, shortened


def new_pen() -> Pen:
    figure = Figure(figsize=(4, 3))
    FigureCanvasAgg(figure)
    return Pen(figure, ["DejaVu Sans"])


@pytest.fixture
def pen() -> Pen:
    return new_pen()


@settings(max_examples=40, deadline=None)
@given(st.text(st.sampled_from("iW ab"), max_size=80))
def test_lines_fit_and_hold_every_word_or_its_start(words: str) -> None:
    pen = new_pen()
    lines = pen.wrap(words, 8, 0.6)
    assert all(pen.measure(line, 8) <= 0.6 for line in lines)
    for said, given_ in zip(" ".join(lines).split(), words.split(), strict=True):
        assert said == given_ or (said.endswith("…") and given_.startswith(said[:-1]))


def test_a_word_too_long_keeps_as_many_letters_as_fit(pen: Pen) -> None:
    (line,) = pen.wrap("x" * 300, 8, 1.0)
    kept = len(line) - 1
    assert pen.measure("x" * kept + "…", 8) <= 1.0 < pen.measure("x" * (kept + 1) + "…", 8)


@pytest.mark.parametrize("length", [2_000, 10_000_000])
def test_a_long_word_is_measured_a_few_times(pen: Pen, length: int, monkeypatch: pytest.MonkeyPatch) -> None:
    measured = []
    measure = pen.measure
    monkeypatch.setattr(pen, "measure", lambda words, *a, **o: measured.append(len(words)) or measure(words, *a, **o))
    pen.wrap("x" * length, 8, 1.0)
    assert len(measured) < 20
    assert max(measured) <= LONGEST


def test_long_text_is_cut_and_ends_with_an_ellipsis(pen: Pen) -> None:
    assert shortened("x" * LONGEST) == "x" * LONGEST
    assert shortened("x" * (LONGEST + 1)) == "x" * (LONGEST - 1) + "…"
    assert pen.wrap("ab " * 10**6, 8, 3.0)[-1].endswith("…")


def test_control_characters_part_words_and_no_text_is_replaced() -> None:
    assert plain("a\x00b\u2028c\n\x85d") == "a b c d"
    assert plain("a\ud800\ufffe") == "a\ufffd\ufffd"
