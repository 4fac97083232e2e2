"""Thousands of names, each with the answer that it had when the table was last reviewed."""

import importlib.util
from pathlib import Path

import pytest

PATH = Path(__file__).resolve().parent.parent.parent / "tools" / "golden_names.py"
REWRITE = "if that is meant, rewrite the table with `python -m tools.golden_names` and review its difference"


@pytest.fixture(scope="module")
def tool():
    """Load the tool that writes the table."""
    spec = importlib.util.spec_from_file_location("golden_names", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_name_has_the_answer_of_the_table(tool):
    table = tool.read()
    new = dict(zip(table, tool.answers(list(table)), strict=True))
    changed = tool.differences(table, new)
    shown = "\n".join(tool.described(*difference) for difference in changed[:20])
    assert not changed, f"{len(changed)} of {len(table)} names have another answer; {REWRITE}:\n{shown}"


def test_the_table_asks_what_the_tool_draws(tool):
    asked, drawn = list(tool.read()), tool.questions()
    odd = sorted(set(asked) ^ set(drawn))
    assert asked == drawn, f"{len(odd)} names are drawn or stored, not both, as {odd[:5]}; {REWRITE}"


def test_the_table_holds_every_kind_of_answer(tool):
    table = tool.read()
    assert len(table) >= 5000
    counts = {}
    for (_, country, day), (code, match, _, level, *_) in table.items():
        for key in (("match", match), ("level", level), ("country", country), ("dated", bool(day)), ("in", code[:2])):
            counts[key] = counts.get(key, 0) + 1
    least = {
        "match": dict.fromkeys(("name", "alias", "fuzzy", "ambiguous", "none"), 300),
        "level": dict.fromkeys(("admin1", "admin2", "town", "country", "region"), 200) | {"group": 20},
        "country": dict.fromkeys(("", "AF", "IR", "PK", "RU", "TJ", "TM", "UZ"), 300),
        "in": dict.fromkeys(("AF", "IR", "PK", "RU", "TJ", "TM", "UZ"), 300),
        "dated": {True: 500},
    }
    few = {(k, v): n for k, wanted in least.items() for v, n in wanted.items() if counts.get((k, v), 0) < n}
    assert not few, f"fewer rows than these: {few}"
    scores = {score for _, _, score, *_ in table.values()}
    assert {"1.0", "0.98", "0.95", "0.9", "0.882", "0.855", "0.85", "0.765", "0.0"} <= scores
