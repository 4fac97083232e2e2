"""The mutation run: what it changes, what it leaves alone, and that a good test tells a mutant from the code."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from tools.mutants.operators import find_mutants  # noqa: E402 - found through the line above


def mutated(source: str) -> set[str]:
    return {mutant.source for mutant in find_mutants("module.py", source)}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = a < b", {"x = (a <= b)"}),
        ("x = a == b", {"x = (a != b)"}),
        ("x = a in b", {"x = (a not in b)"}),
        ("x = a is None", {"x = (a is not None)"}),
        ("x = a == 'y'", {"x = (a != 'y')", "x = a == 'y*'"}),
        ("x = a + b", {"x = (a - b)"}),
        ("x = (a + b) * c", {"x = ((a + b) / c)", "x = ((a - b)) * c"}),
        ("x -= y", {"x += y"}),
        ("x = a and b or c", {"x = ((a and b) and c)", "x = (a or b) or c"}),
        ("x = not a", {"x = a"}),
        ("x = 3", {"x = 4"}),
        ("x = 0.5", {"x = 0.55"}),
        ("x = True", {"x = False"}),
        ("x = a if b else c", {"x = a if True else c", "x = a if False else c"}),
        ("x = [a for a in b if a]", {"x = [a for a in b if True]", "x = [a for a in b if False]"}),
        ("x = f(a, sort=None)", {"x = f(a)"}),
        ("if a:\n    f()", {"if True:\n    f()", "if False:\n    f()"}),
        ("def f(a):\n    return a", {"def f(a):\n    return None"}),
        ("def f(a=1):\n    f()", {"def f(a=2):\n    f()"}),
        ("for a in b:\n    break", {"for a in b:\n    continue"}),
        ("for a in b:\n    continue", {"for a in b:\n    break"}),
        ("x = é < b  # ü", {"x = (é <= b)  # ü"}),
    ],
)
def test_a_place_is_changed_in_these_ways(source: str, expected: set[str]) -> None:
    found = mutated(source)
    assert expected <= found
    assert found - expected <= {"x = ((a or b) or c)", "x = (a or b or c)"}  # spellings of one change


@pytest.mark.parametrize(
    "source",
    [
        '"""Text."""\n',
        'def f():\n    """Text 1 < 2."""\n',
        "x: Literal[1] | None",
        "def f(a: Literal[1]) -> Literal[2]: ...",
        "raise ValueError(1 + 2)",
        "assert a < b",
        "x = f'{a + 1}'",
        "x = 'a' + 'b'",
        "x = dict[str, a] | None",
        "__all__ = ['a', 1]",
        "if TYPE_CHECKING:\n    x = 1",
        "x = 3  # no-mutate: any number does",
    ],
)
def test_what_no_test_could_notice_is_left_alone(source: str) -> None:
    assert mutated(source) == set()


def test_an_opt_out_without_a_reason_is_refused() -> None:
    with pytest.raises(ValueError, match=r"module\.py:1: give the reason"):
        find_mutants("module.py", "x = 3  # no-mutate")


TOY = "LIMIT = 10\n\n\ndef large(number):\n    return number > LIMIT\n"
WEAK = "from toy.size import large\n\n\ndef test_large():\n    assert large(1000)\n"
GOOD = WEAK + "    assert large(11)\n    assert not large(10)\n    assert large(10) is False\n"


@pytest.mark.parametrize(
    ("test", "status", "survivors"),
    [
        (WEAK, 1, ["toy/size.py:1: 10 -> 11", "toy/size.py:5: number > LIMIT -> number >= LIMIT"]),
        (GOOD, 0, []),
    ],
)
def test_a_mutant_survives_a_weak_test_and_no_good_one(
    tmp_path: Path, test: str, status: int, survivors: list[str]
) -> None:
    (tmp_path / "toy").mkdir()
    (tmp_path / "toy" / "__init__.py").write_text("")
    (tmp_path / "toy" / "size.py").write_text(TOY)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_size.py").write_text(test)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = browser: none here\n")
    command = [sys.executable, "-m", "tools.mutants", "toy", "--all", "--survivors", "survivors.txt"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == status, done.stderr
    assert (tmp_path / "survivors.txt").read_text().splitlines() == survivors
    killed = 3 - len(survivors)
    row = f"| `toy` | 3 | {killed} | {len(survivors)} | {100 * killed / 3:.1f} |"
    assert row in (tmp_path / "docs" / "mutants.md").read_text().splitlines()
