"""Change the code in small ways, one at a time, and count the changes that some test notices.

Usage: python -m tools.mutants [PACKAGE_OR_MODULE ...] [--sample N | --all] [--tests PATH ...]

Writes docs/mutants.md and exits with 1 where a package is below ``--at-least``.
"""

import argparse
import importlib
import os
import random
import sys
import tempfile
from pathlib import Path

from .operators import Mutant, find_mutants, module_files
from .report import Row, mutant_lines, write_report
from .run import Job, Outcome, fork, run_jobs
from .trace import Trace, read_trace, write_trace

PACKAGES = ["geo/gazetteer", "geo/admin", "geo/stats", "geo/rules"]
# Imported once, before the processes of the mutants part; nothing of the project itself.
PRELOADED = ["pandas", "geopandas", "shapely", "pyarrow.parquet", "pyogrio", "hypothesis", "rapidfuzz.process"]
SEED = 11


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="tools.mutants", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("targets", nargs="*", default=PACKAGES, help="packages or modules, a row of the table each")
    parser.add_argument("--sample", type=int, default=60, metavar="N", help="mutants of each target [60]")
    parser.add_argument("--all", action="store_true", help="every mutant")
    parser.add_argument("--tests", nargs="+", help="where the tests are [tests/stats for geo/stats]")
    parser.add_argument("--limit", type=int, default=200, help="tests of each mutant, and one broad test more [200]")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--at-least", type=float, default=85.0, metavar="PERCENT")
    parser.add_argument("--survivors", type=Path, metavar="FILE", help="write the survivors there too, one a line")
    parser.add_argument("--out", type=Path, default=Path("docs/mutants.md"))
    return parser.parse_args(arguments)


def list_mutants(target: str) -> list[Mutant]:
    """List every mutant of a package or module."""
    return [m for file in module_files(target) for m in find_mutants(file.as_posix(), file.read_text("utf-8"))]


def sample(target: str, mutants: list[Mutant], size: int) -> list[Mutant]:
    """Draw mutants of a target, the same ones for the same source."""
    if size >= len(mutants):
        return mutants
    return sorted(random.Random(f"{SEED} {target}").sample(mutants, size))


def own_tests(target: str) -> str:
    """Find the folder of tests that mirrors a package: ``tests/stats`` for ``geo/stats``."""
    folder = Path("tests", *Path(target).parts[1:2])
    return folder.as_posix() if folder.is_dir() else "tests"


def preload() -> None:
    """Import what every mutant's process needs, and make property tests repeat themselves."""
    for name in PRELOADED:
        try:
            importlib.import_module(name)
        except ImportError:
            continue
    if "hypothesis" in sys.modules:
        from hypothesis import HealthCheck, Phase, settings

        phases = [Phase.explicit, Phase.generate]  # finding the smallest failure would only take time
        checks = list(HealthCheck)
        settings.register_profile(
            "mutants", derandomize=True, database=None, deadline=None, phases=phases, suppress_health_check=checks
        )
        settings.load_profile("mutants")


def trace_tests(files: list[Path], tests: list[str], folder: Path) -> Trace:
    """Run the tests once against the code as it is, in a process of its own, to see which lines each runs."""
    out = folder / "trace.json"
    arguments = [*tests, "-m", "not browser and not slow", f"--basetemp={folder / 'traced'}"]
    _, status = os.waitpid(fork(lambda: write_trace(files, arguments, out)), 0)
    if status or not out.exists():
        sys.exit("the tests could not be run without a mutant")
    trace, failed = read_trace(out)
    for test in failed:
        print(f"left out, does not pass without a mutant: {test}", file=sys.stderr)
    return trace


def check_unchanged(target: str, tests: list[str], trace: Trace, folder: Path) -> None:
    """Run tests against the unchanged modules of a target, in the way of the mutants; exit unless all pass."""
    sources = {file.as_posix(): file.read_text("utf-8") for file in module_files(target)}
    job = Job(sources, tests, sum(trace.seconds[test] for test in tests))
    for _, outcome in run_jobs([job], 1, folder):
        if outcome is not Outcome.SURVIVED:
            sys.exit(f"{target}: the tests do not pass against the unchanged code ({outcome.value})")


def run(mutants: list[Mutant], tests: list[list[str]], trace: Trace, parallel: int, folder: Path) -> list[Outcome]:
    """Run the chosen tests against each mutant."""
    pairs = zip(mutants, tests, strict=True)
    jobs = [Job({m.path: m.source}, chosen, sum(trace.seconds[test] for test in chosen)) for m, chosen in pairs]
    outcomes = [Outcome.ERROR] * len(jobs)
    for count, (number, outcome) in enumerate(run_jobs(jobs, parallel, folder), 1):
        outcomes[number] = outcome
        if count % 50 == 0 or count == len(jobs):
            print(f"{count} of {len(jobs)} mutants run", file=sys.stderr, flush=True)
    return outcomes


def try_target(target: str, options: argparse.Namespace, folder: Path) -> Row:
    """Draw the mutants of a target and run them; the row depends on no other target."""
    every = list_mutants(target)
    mutants = every if options.all else sample(target, every, options.sample)
    files = module_files(target)
    sources = {file.as_posix(): file.read_text("utf-8") for file in files}
    trace = trace_tests(files, options.tests or [own_tests(target)], folder)
    chosen = [trace.choose(mutant, sources, options.limit) for mutant in mutants]
    check_unchanged(target, sorted({test for tests in chosen for test in tests}), trace, folder)
    print(f"{target}: {len(mutants)} mutants", file=sys.stderr, flush=True)
    pairs = list(zip(mutants, run(mutants, chosen, trace, options.jobs, folder), strict=True))
    survived = [mutant for mutant, outcome in pairs if outcome is Outcome.SURVIVED]
    errors = [mutant for mutant, outcome in pairs if outcome is Outcome.ERROR]
    return Row(target, len(every), mutants, survived, errors)


def main() -> int:
    """Draw, trace, run, report."""
    options = parse()
    sys.path.insert(0, str(Path.cwd()))
    preload()
    sys.dont_write_bytecode = False
    rows = []
    for target in options.targets:
        with tempfile.TemporaryDirectory() as name:
            sys.pycache_prefix = str(Path(name, "compiled"))
            rows.append(try_target(target, options, Path(name)))
    write_report(options.out, rows, None if options.all else options.sample, options.limit, options.tests)
    if options.survivors:
        lines = [line for row in rows for line in mutant_lines([*row.survived, *row.errors])]
        options.survivors.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    for row in rows:
        print(f"{row.target}: {row.killed} of {len(row.tried)} killed, {row.percent:.1f} %, {len(row.errors)} errors")
    return int(any(row.percent < options.at_least for row in rows))


if __name__ == "__main__":
    sys.exit(main())
