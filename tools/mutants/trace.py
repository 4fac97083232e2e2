"""Find out which tests run which lines, and choose the tests that a mutant has to pass."""

import json
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import coverage
import pytest

from .operators import Mutant

FIXTURE = "fixture of many tests: "


@dataclass(frozen=True)
class Trace:
    """What a run of the tests without a mutant showed.

    Attributes
    ----------
    seconds
        How long each passing test took.
    lines
        By path and line number, the tests that run the line.
    """

    seconds: dict[str, float]
    lines: dict[str, dict[int, set[str]]]

    def choose(self, mutant: Mutant, sources: dict[str, str], limit: int) -> list[str]:
        """Choose the tests for a mutant: those that run the fewest measured lines, then the broadest of the module.

        The choice depends on what the tests run, never on how long they take, so that it is the same everywhere.

        A line that runs at import has no test of its own. For a constant the tests count that run a line with its
        name; failing that, those of the whole module.
        """
        tests = self._running(mutant.path, mutant.lines)
        if not tests and mutant.names:
            for path, source in sources.items():
                used = [n for n, line in enumerate(source.splitlines(), 1) if any(x in line for x in mutant.names)]
                tests |= self._running(path, used)
        if not tests and mutant.at_import:
            tests = self._running(mutant.path, self.lines.get(mutant.path, ()))
        narrow = sorted(tests, key=lambda test: (self._reach[test], test))
        if len(narrow) <= limit:
            return narrow
        within = Counter(test for covered in self.lines[mutant.path].values() for test in covered)
        return [*narrow[:limit], max(narrow[limit:], key=lambda test: (within[test], self._reach[test], test))]

    def _running(self, path: str, lines: Any) -> set[str]:
        covered = self.lines.get(path, {})
        return set().union(*(covered.get(line, set()) for line in lines))

    @cached_property
    def _reach(self) -> Counter[str]:
        return Counter(test for covered in self.lines.values() for tests in covered.values() for test in tests)


class _Plugin:
    """Give each test, and each fixture that several tests share, a coverage context of its own."""

    def __init__(self, cover: coverage.Coverage, files: set[str]) -> None:
        self.cover, self.files = cover, files
        self.seconds: dict[str, float] = defaultdict(float)
        self.failed: set[str] = set()
        self.fixtures: dict[str, list[str]] = {}
        self.context = ""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        # A cached answer would hide from a test the lines that an earlier one ran.
        for module in list(sys.modules.values()):
            if getattr(module, "__file__", None) in self.files:
                for value in vars(module).values():
                    if hasattr(value, "cache_clear"):
                        value.cache_clear()
        self.fixtures[item.nodeid] = list(getattr(item, "fixturenames", ()))
        self.switch(item.nodeid)
        start = time.perf_counter()
        result = yield
        self.seconds[item.nodeid] = time.perf_counter() - start
        self.switch("")
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
        outer = self.context
        if fixturedef.scope != "function":
            self.switch(FIXTURE + fixturedef.argname)
        try:
            return (yield)
        finally:
            self.switch(outer)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not report.passed:
            self.failed.add(report.nodeid)

    def switch(self, context: str) -> None:
        self.context = context
        self.cover.switch_context(context)

    def result(self, root: Path) -> dict[str, Any]:
        passed = {test: seconds for test, seconds in self.seconds.items() if test not in self.failed}
        users: dict[str, set[str]] = defaultdict(set)
        for test in passed:
            for name in self.fixtures[test]:
                users[FIXTURE + name].add(test)
        data = self.cover.get_data()
        lines: dict[str, dict[int, list[str]]] = {}
        for file in data.measured_files():
            covered = lines[os.path.relpath(file, root)] = {}
            for line, contexts in data.contexts_by_lineno(file).items():
                tests = set().union(*(users.get(context, {context}) for context in contexts)) & passed.keys()
                if tests:
                    covered[line] = sorted(tests)
        return {"seconds": passed, "failed": sorted(self.failed), "lines": lines}


def write_trace(files: list[Path], arguments: list[str], out: Path) -> int:
    """Run the tests under coverage and write what they ran; return 0. Meant for a process of its own."""
    paths = [str(file.resolve()) for file in files]
    cover = coverage.Coverage(data_file=None, include=paths, config_file=False)
    plugin = _Plugin(cover, set(paths))
    cover.start()
    pytest.main([*arguments, "-q", "--tb=no", "-p", "no:cacheprovider"], plugins=[plugin])
    cover.stop()
    out.write_text(json.dumps(plugin.result(Path.cwd())))
    return 0


def read_trace(path: Path) -> tuple[Trace, list[str]]:
    """Read what `write_trace` wrote, and which tests did not pass and so cannot judge a mutant."""
    content = json.loads(path.read_text())
    lines = {
        file: {int(line): set(tests) for line, tests in covered.items()} for file, covered in content["lines"].items()
    }
    return Trace(content["seconds"], lines), content["failed"]
