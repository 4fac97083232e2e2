"""Run the chosen tests against each mutant, each in a forked process that imports the changed module."""

import os
import resource
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType

import pytest

from .operators import Mutant

MEMORY = 8 << 30  # bytes of address space, so that a loop without end does not take the machine with it
GRACE = 15.0  # seconds for imports, before the tests' own time counts
SLOWER = 5.0  # times the tests' own time, in seconds of the processor, after which a mutant counts as killed
WAITING = 6.0  # times that again by the clock, since other work may keep the processor from the tests


class _Loader(SourceFileLoader):
    def __init__(self, name: str, path: str, source: str) -> None:
        super().__init__(name, path)
        self.changed = source

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.changed, self.get_filename(fullname), "exec")


class Changed(MetaPathFinder):
    """Serve the source of one mutant in place of its module."""

    def __init__(self, mutant: Mutant) -> None:
        parts = Path(mutant.path).with_suffix("").parts
        self.module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        self.source = mutant.source

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Find the changed module and nothing else."""
        spec = PathFinder.find_spec(name, path, target) if name == self.module else None  # type: ignore[arg-type]
        if spec is not None and spec.origin is not None:
            spec.loader = _Loader(name, spec.origin, self.source)
        return spec


class _Chosen:
    """Keep the chosen tests, in the order of their choice."""

    def __init__(self, tests: list[str]) -> None:
        self.order = {test: number for number, test in enumerate(tests)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted((i for i in items if i.nodeid in self.order), key=lambda i: self.order[i.nodeid])


def run_tests(tests: list[str], folder: Path) -> int:
    """Run tests until one fails, and return pytest's exit code."""
    files = list(dict.fromkeys(test.split("::")[0] for test in tests))
    quiet = ["-x", "-q", "--tb=no", "--no-header", "--no-summary", "-p", "no:cacheprovider", f"--basetemp={folder}"]
    return int(pytest.main([*files, *quiet], plugins=[_Chosen(tests)]))


def fork(work: Callable[[], int], allowed: float | None = None) -> int:
    """Start work in a process group of its own and return its process id.

    With ``allowed``, seconds of the processor, the work is silent and limited in memory too.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    if pid := os.fork():
        return pid
    code = 99
    try:
        os.setsid()
        if allowed is not None:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            resource.setrlimit(resource.RLIMIT_CPU, (int(allowed) + 1, int(allowed) + 2))
            null = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(null, stream)
        code = work()
    except BaseException:
        code = 98
    finally:
        os._exit(code)


def run_mutants(
    work: Iterable[tuple[Mutant, list[str], float]], jobs: int, folder: Path
) -> Iterator[tuple[Mutant, bool]]:
    """Yield each mutant and whether it was killed, in the order in which they end.

    Parameters
    ----------
    work
        Mutants, the tests to run against each, and how many seconds these take without a mutant.
    jobs
        How many run at a time.
    folder
        Where the tests' temporary files go.
    """
    queue = list(enumerate(work))[::-1]
    running: dict[int, tuple[Mutant, float, Path]] = {}
    while queue or running:
        while queue and len(running) < jobs:
            number, (mutant, tests, seconds) = queue.pop()
            if not tests:
                yield mutant, False
                continue
            temporary = folder / str(number)
            allowed = GRACE + SLOWER * seconds
            pid = fork(partial(_child, mutant, tests, temporary), allowed)
            running[pid] = (mutant, time.monotonic() + WAITING * allowed, temporary)
        for pid, (mutant, deadline, temporary) in list(running.items()):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if not ended:
                if time.monotonic() < deadline:
                    continue
                os.killpg(pid, signal.SIGKILL)
                _, status = os.waitpid(pid, 0)
            del running[pid]
            shutil.rmtree(temporary, ignore_errors=True)
            yield mutant, status != 0
        time.sleep(0.01)


def _child(mutant: Mutant, tests: list[str], folder: Path) -> int:
    sys.meta_path.insert(0, Changed(mutant))
    return run_tests(tests, folder)
