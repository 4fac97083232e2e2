"""List the tests of the files that differ from a commit, or run the fast ones.

    python tools/changed_tests.py [--base COMMIT] [--run]

The default commit is where this branch left ``main``. Uncommitted and new files count. A module has the tests that
are named after it (``geo/admin/reverse.py``: ``tests/admin/test_reverse.py``), or without any all of the folder that
mirrors its own, and those that import it. ``make check`` runs them without the tests marked ``browser`` or ``slow``.
"""

import argparse
import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
#: Pattern of files -> patterns of tests to which no name or import leads. ``*`` matches any depth; the first counts.
TESTS_OF = {
    "geo/__init__.py": ["tests/project/test_package.py", "tests/project/test_typing.py"],
    "geo/static/*": ["tests/js/*.test.mjs", "tests/web/test_assets.py"],
    "tests/js/*": ["tests/js/*.test.mjs"],
    "tests/screenshots/*": ["tests/page/test_looks.py"],
    "data/gazetteer/*": ["tests/gazetteer/test_*.py", "tests/admin/test_geocode.py"],
    "data/provinces/*": ["tests/admin/test_*.py"],
    "data/*": ["tests/records/test_*.py"],
    "*.md": ["tests/project/test_docs.py", "tests/project/test_metadata.py"],
    "docs/*": ["tests/project/test_docs.py"],
    "constraints/*": ["tests/project/test_constraints.py"],
    "pyproject.toml": ["tests/project/test_constraints.py", "tests/project/test_metadata.py"],
    ".github/*": ["tests/project/test_metadata.py"],
    ".pre-commit-config.yaml": ["tests/project/test_metadata.py"],
    "CITATION.cff": ["tests/project/test_metadata.py"],
    "Makefile": ["tests/project/test_metadata.py", "tests/project/test_docs.py"],
}


def git(root: Path, *arguments: str) -> list[str]:
    """Return the lines that a git command prints; raise with its own message if it fails."""
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"git {arguments[0]}: {done.stderr.strip()}")
    return done.stdout.splitlines()


def branch_point(root: Path) -> str:
    """Return the commit at which the branch left ``main`` (of this repository, else of ``origin``), else HEAD."""
    for name in ("main", "origin/main"):
        command = ["git", "merge-base", "HEAD", name]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return done.stdout.strip()
    return "HEAD"


def changed_files(root: Path, base: str) -> list[str]:
    """Return the files that differ from a commit, as paths from the root; deleted and untracked files too."""
    differing = git(root, "diff", "--name-only", "--no-renames", base)
    return sorted({*differing, *git(root, "ls-files", "--others", "--exclude-standard")})


def module_name(path: str) -> str:
    """Return the dotted name under which a file is imported."""
    parts = PurePosixPath(path).with_suffix("").parts
    # Folders that are on the path themselves: their files are imported by name alone.
    if parts[0] == "tools" or parts[:2] == ("tests", "support"):
        return parts[-1]
    return ".".join(parts).removesuffix(".__init__")


def imported_names(source: str) -> set[str]:
    """Return every dotted name that a file may import: modules, and what is taken from them."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def tests_by_name(path: str, tests: Iterable[str]) -> set[str]:
    """Return the tests named after a module, or those of the folder that mirrors its own."""
    module = PurePosixPath(path)
    folder = PurePosixPath("tests", "project" if module.parts[0] == "tools" else "", *module.parent.parts[1:])
    beside = {test for test in tests if PurePosixPath(test).parent == folder}
    named = {test for test in beside if PurePosixPath(test).stem == f"test_{module.stem}"}
    return named or (set() if folder.name in ("tests", "project") else beside)


def select_tests(changed: Iterable[str], root: Path) -> list[str]:
    """Return the test files of changed files, as paths from the root, sorted."""
    tests = {path.relative_to(root).as_posix() for path in (root / "tests").rglob("test_*.py")}
    imports = {test: imported_names((root / test).read_text(encoding="utf-8")) for test in tests}
    chosen: set[str] = set()
    for path in changed:
        chosen.update(_by_pattern(path, root))
        if path in tests:
            chosen.add(path)
        elif path.endswith(".py") and not fnmatch(path, "tests/*test_*.py"):  # a deleted test
            name = module_name(path)
            # Nearly every test imports the package itself.
            chosen |= {test for test in tests if name in imports[test]} if name != "geo" else set()
            chosen |= tests_by_name(path, tests)
    return sorted(chosen)


def _by_pattern(path: str, root: Path) -> Iterator[str]:
    patterns = next((tests for pattern, tests in TESTS_OF.items() if fnmatch(path, pattern)), [])
    for pattern in patterns:
        yield from (test.relative_to(root).as_posix() for test in root.glob(pattern))


def run_tests(tests: list[str], root: Path) -> int:
    """Run the fast ones of some test files and return the first exit code that is not 0."""
    scripts = [test for test in tests if test.endswith(".mjs")]
    modules = [test for test in tests if test.endswith(".py")]
    code = 0
    if modules:
        workers = str(min(len(modules), os.cpu_count() or 1)) if len(modules) > 1 else "0"
        options = ["--quiet", "--numprocesses", workers, "--dist", "loadfile", "-m", "not browser and not slow"]
        done = subprocess.run([sys.executable, "-m", "pytest", *options, *modules], cwd=root, check=False)
        # 5: every test of these files is slow or needs a browser.
        code = 0 if done.returncode == 5 else done.returncode
    if scripts and shutil.which("node"):
        code = code or subprocess.run(["node", "--test", *scripts], cwd=root, check=False).returncode
    elif scripts:
        print("Node.js is not installed, so these were not run: " + " ".join(scripts), file=sys.stderr)
    return code


def main(arguments: list[str] | None = None) -> int:
    """Parse the command line, then print or run the tests."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--base", help="commit to compare with; default: where this branch left main")
    parser.add_argument("--run", action="store_true", help="run the tests that are fast instead of listing all")
    options = parser.parse_args(arguments)
    tests = select_tests(changed_files(ROOT, options.base or branch_point(ROOT)), ROOT)
    if options.run:
        if not tests:
            print("no test belongs to what changed")
        return run_tests(tests, ROOT)
    print("\n".join(tests))
    return 0


if __name__ == "__main__":
    sys.exit(main())
