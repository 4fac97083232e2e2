"""The mutation run: what it changes, what it leaves alone, and that a good test tells a mutant from the code."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from tools.mutants.operators import Mutant, find_mutants  # noqa: E402 - found through the line above
from tools.mutants.run import outcome  # noqa: E402
from tools.mutants.trace import Trace  # noqa: E402


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
AT_10 = "toy/size.py:5: number > LIMIT -> number >= LIMIT"


def run_toy(folder: Path, test: str) -> subprocess.CompletedProcess[str]:
    (folder / "toy").mkdir()
    (folder / "toy" / "__init__.py").write_text("")
    (folder / "toy" / "size.py").write_text(TOY)
    (folder / "tests").mkdir()
    (folder / "tests" / "test_size.py").write_text(test)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n    browser: none here\n    slow: left out\n")
    command = [sys.executable, "-m", "tools.mutants", "toy", "--all", "--survivors", "survivors.txt"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300)


def table_row(folder: Path) -> str:
    lines = (folder / "docs" / "mutants.md").read_text().splitlines()
    return next(line for line in lines if line.startswith("| `toy` |"))


@pytest.mark.parametrize(
    ("test", "status", "survivors"),
    [(WEAK, 1, ["toy/size.py:1: 10 -> 11", AT_10]), (GOOD, 0, [])],
)
def test_a_mutant_survives_a_weak_test_and_no_good_one(
    tmp_path: Path, test: str, status: int, survivors: list[str]
) -> None:
    done = run_toy(tmp_path, test)
    assert done.returncode == status, done.stderr
    assert (tmp_path / "survivors.txt").read_text().splitlines() == survivors
    killed = 3 - len(survivors)
    assert table_row(tmp_path) == f"| `toy` | 3 | 3 | {killed} | {len(survivors)} | 0 | {100 * killed / 3:.1f} |"


def test_a_slow_test_judges_no_mutant(tmp_path: Path) -> None:
    slow = WEAK + "\n\nimport pytest\n\n\n@pytest.mark.slow\ndef test_slow():\n    assert not large(10)\n"
    run_toy(tmp_path, slow)
    assert table_row(tmp_path) == "| `toy` | 3 | 3 | 1 | 2 | 0 | 33.3 |"


def test_a_crash_is_an_error_and_no_kill(tmp_path: Path) -> None:
    crash = "import os\n" + GOOD.replace("    assert not large(10)\n", "    if large(10):\n        os.abort()\n")
    done = run_toy(tmp_path, crash)
    assert done.returncode == 1
    assert (tmp_path / "survivors.txt").read_text().splitlines() == [AT_10]
    assert table_row(tmp_path) == "| `toy` | 3 | 3 | 2 | 0 | 1 | 66.7 |"


def test_tests_that_fail_without_a_mutant_stop_the_run(tmp_path: Path) -> None:
    once = "import os\n" + GOOD + "    os.mkdir('ran')\n"  # passes when it is traced, and never again
    done = run_toy(tmp_path, once)
    assert done.returncode == 1
    assert "toy: the tests do not pass against the unchanged code (killed)" in done.stderr
    assert not (tmp_path / "docs").exists()


@pytest.mark.parametrize(
    ("code", "late", "expected"),
    [
        (0, False, "survived"),
        (0, True, "survived"),
        (1, False, "killed"),
        (-signal.SIGKILL, True, "killed"),
        (-signal.SIGXCPU, True, "killed"),
        (-signal.SIGKILL, False, "error"),  # the machine ran out of memory
        (-signal.SIGSEGV, False, "error"),
        (2, False, "error"),
        (4, False, "error"),
        (5, False, "error"),
        (98, False, "error"),
        (99, True, "error"),
    ],
)
def test_only_a_failed_test_and_a_run_without_end_kill(code: int, late: bool, expected: str) -> None:
    assert outcome(code, late).value == expected


def test_the_narrowest_tests_are_chosen_and_then_the_broadest_of_the_module() -> None:
    lines = {"a.py": {1: {"x", "y", "z", "w"}, 2: {"y", "z"}, 3: {"z"}}, "b.py": {1: {"w"}, 2: {"w"}, 3: {"w"}}}
    trace = Trace(dict.fromkeys("wxyz", 100.0), lines)
    mutant = Mutant("a.py", 1, 0, "", "", (1,), (), False, "")
    assert trace.choose(mutant, {}, 4) == ["x", "y", "z", "w"]  # these run 1, 2, 3 and 4 lines
    assert trace.choose(mutant, {}, 1) == ["x", "z"]  # z runs three lines of a.py, w one
