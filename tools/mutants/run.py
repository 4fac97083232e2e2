"""Run the chosen tests against each mutant, each in a forked process that imports the changed module."""

import os
import resource
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import partial
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType

import pytest

MEMORY = 8 << 30  # bytes of address space, so that a loop without end does not take the machine with it
GRACE = 15.0  # seconds for imports, before the tests' own time counts
SLOWER = 5.0  # times the tests' own time, in seconds of the processor, after which a mutant counts as killed
WAITING = 6.0  # times that again by the clock, since other work may keep the processor from the tests


class Outcome(Enum):
    """How a run ended."""

    SURVIVED = "survived"
    KILLED = "killed"
    ERROR = "error"


@dataclass(frozen=True)
class Job:
    """One run of tests against given sources.

    Attributes
    ----------
    sources
        By path, the source to import in place of that of the module.
    tests
        Node ids of the tests to run, in this order.
    seconds
        How long these tests take against the code as it is.
    """

    sources: dict[str, str]
    tests: list[str]
    seconds: float


class _Loader(SourceFileLoader):
    def __init__(self, name: str, path: str, source: str) -> None:
        super().__init__(name, path)
        self.changed = source

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.changed, self.get_filename(fullname), "exec")


class Changed(MetaPathFinder):
    """Serve given sources in place of those of the modules."""

    def __init__(self, sources: dict[str, str]) -> None:
        self.sources = {module_name(path): source for path, source in sources.items()}

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Find the changed modules and nothing else."""
        spec = PathFinder.find_spec(name, path, target) if name in self.sources else None  # type: ignore[arg-type]
        if spec is not None and spec.origin is not None:
            spec.loader = _Loader(name, spec.origin, self.sources[name])
        return spec


def module_name(path: str) -> str:
    """Name the module of a file: ``geo.stats`` for ``geo/stats/__init__.py``."""
    parts = Path(path).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


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


def run_jobs(jobs: Iterable[Job], parallel: int, folder: Path) -> Iterator[tuple[int, Outcome]]:
    """Yield the number of each job and how it ended, in the order in which they end.

    Parameters
    ----------
    jobs
        What to run. A job without tests survives.
    parallel
        How many run at a time.
    folder
        Where the tests' temporary files go.
    """
    queue = list(enumerate(jobs))[::-1]
    running: dict[int, tuple[int, float, float]] = {}
    while queue or running:
        while queue and len(running) < parallel:
            number, job = queue.pop()
            if not job.tests:
                yield number, Outcome.SURVIVED
                continue
            allowed = GRACE + SLOWER * job.seconds
            pid = fork(partial(_child, job, folder / str(number)), allowed)
            running[pid] = (number, allowed, time.monotonic() + WAITING * allowed)
        for pid, (number, allowed, deadline) in list(running.items()):
            late = time.monotonic() > deadline
            if late:
                os.killpg(pid, signal.SIGKILL)
            ended, status, usage = os.wait4(pid, 0 if late else os.WNOHANG)
            if not ended:
                continue
            del running[pid]
            shutil.rmtree(folder / str(number), ignore_errors=True)
            late = late or usage.ru_utime + usage.ru_stime >= allowed
            yield number, outcome(os.waitstatus_to_exitcode(status), late)
        time.sleep(0.01)


def outcome(code: int, late: bool) -> Outcome:
    """Tell how a run ended from its exit code and whether it used up its time.

    Only a failed test and a run without end are noticed by the tests. All else, as a crash, an error in collection or
    no test at all, may as well come from the tool or the machine.
    """
    if code == pytest.ExitCode.OK:
        return Outcome.SURVIVED
    stopped = late and code in (-signal.SIGKILL, -signal.SIGXCPU)
    return Outcome.KILLED if stopped or code == pytest.ExitCode.TESTS_FAILED else Outcome.ERROR


def _child(job: Job, folder: Path) -> int:
    sys.meta_path.insert(0, Changed(job.sources))
    return run_tests(job.tests, folder)
