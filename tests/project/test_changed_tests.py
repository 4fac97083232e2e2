"""The tests of what changed: by name, by folder and by import, in a small repository made here."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import changed_tests  # noqa: E402  tools/ is no package

FILES = {
    "geo/__init__.py": "",
    "geo/days.py": "",
    "geo/admin/__init__.py": "",
    "geo/admin/reverse.py": "",
    "geo/admin/grid.py": "",
    "geo/static/core/rest.js": "",
    "tests/conftest.py": "",
    "tests/support/visit.py": "",
    "tests/test_days.py": "import geo",
    "tests/admin/test_reverse.py": "from geo.admin import reverse",
    "tests/admin/test_provinces.py": "import geo",
    "tests/page/test_years.py": "from visit import Visit",
    "tests/cli/test_cli.py": "def test():\n    from geo.admin.grid import Grid",
    "tests/project/test_docs.py": "",
    "tests/project/test_build.py": "",
    "tests/js/rest.test.mjs": "",
    "tools/build.py": "",
    "README.md": "",
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    ("changed", "tests"),
    [
        ("tests/admin/test_reverse.py", ["tests/admin/test_reverse.py"]),
        ("geo/days.py", ["tests/test_days.py"]),
        ("geo/admin/reverse.py", ["tests/admin/test_reverse.py"]),
        # No test is named after the grid, so all of its folder run, and what imports it anywhere.
        (
            "geo/admin/grid.py",
            ["tests/admin/test_provinces.py", "tests/admin/test_reverse.py", "tests/cli/test_cli.py"],
        ),
        ("geo/admin/__init__.py", ["tests/admin/test_provinces.py", "tests/admin/test_reverse.py"]),
        ("geo/__init__.py", []),
        ("tests/support/visit.py", ["tests/page/test_years.py"]),
        ("tests/conftest.py", []),
        ("tools/build.py", ["tests/project/test_build.py"]),
        ("geo/static/core/rest.js", ["tests/js/rest.test.mjs"]),
        ("README.md", ["tests/project/test_docs.py"]),
        ("geo/admin/removed.py", ["tests/admin/test_provinces.py", "tests/admin/test_reverse.py"]),
        ("tests/admin/test_removed.py", []),
        ("LICENSE", []),
    ],
)
def test_a_file_has_the_tests_of_its_name_and_those_that_import_it(tree: Path, changed: str, tests: list[str]) -> None:
    assert changed_tests.select_tests([changed], tree) == tests


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_changes_since_the_branch_left_main_count_committed_or_not(tree: Path) -> None:
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *identity, *arguments], cwd=tree, check=True, capture_output=True)

    git("init", "--initial-branch=main")
    git("add", ".")
    git("commit", "-m", "first")
    assert changed_tests.changed_files(tree, changed_tests.branch_point(tree)) == []
    git("checkout", "-b", "work")
    (tree / "geo" / "days.py").write_text("1\n")
    git("commit", "-am", "on the branch")
    git("checkout", "main")
    (tree / "README.md").write_text("main went on")
    git("commit", "-am", "on main")
    git("checkout", "work")
    (tree / "geo" / "admin" / "grid.py").unlink()
    (tree / "new.py").write_text("")
    base = changed_tests.branch_point(tree)
    assert changed_tests.changed_files(tree, base) == ["geo/admin/grid.py", "geo/days.py", "new.py"]


def test_every_pattern_finds_tests_in_this_repository() -> None:
    for patterns in changed_tests.TESTS_OF.values():
        for pattern in patterns:
            assert list(ROOT.glob(pattern)), pattern
