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
from .report import Row, survivor_lines, write_report
from .run import fork, run_mutants
from .trace import read_trace, write_trace

PACKAGES = ["geo/gazetteer", "geo/admin", "geo/stats", "geo/rules"]
# Imported once, before the processes of the mutants part; nothing of the project itself.
PRELOADED = ["pandas", "geopandas", "shapely", "pyarrow.parquet", "pyogrio", "hypothesis", "rapidfuzz.process", "scipy"]
SEED = 11


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="tools.mutants", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("targets", nargs="*", default=PACKAGES, help="packages or modules, a row of the table each")
    parser.add_argument("--sample", type=int, default=200, metavar="N", help="mutants of each target [200]")
    parser.add_argument("--all", action="store_true", help="every mutant")
    parser.add_argument("--tests", nargs="+", default=["tests"], help="where the tests are [tests]")
    parser.add_argument("--limit", type=int, default=40, help="tests a mutant has to pass at most [40]")
    parser.add_argument("--slowest", type=float, default=5.0, help="leave out tests that take more seconds [5]")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--at-least", type=float, default=85.0, metavar="PERCENT")
    parser.add_argument("--survivors", type=Path, metavar="FILE", help="write the survivors there too, one a line")
    parser.add_argument("--out", type=Path, default=Path("docs/mutants.md"))
    return parser.parse_args(arguments)


def sample(targets: list[str], size: int | None) -> dict[str, list[Mutant]]:
    """Draw mutants of each target, the same ones for the same source."""
    drawn = {}
    for target in targets:
        mutants = [m for file in module_files(target) for m in find_mutants(file.as_posix(), file.read_text("utf-8"))]
        if size is not None and size < len(mutants):
            mutants = sorted(random.Random(f"{SEED} {target}").sample(mutants, size))
        drawn[target] = mutants
    return drawn


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


def main() -> int:
    """Draw, trace, run, report."""
    options = parse()
    drawn = sample(options.targets, None if options.all else options.sample)
    files = [file for target in options.targets for file in module_files(target)]
    sources = {file.as_posix(): file.read_text("utf-8") for file in files}
    sys.path.insert(0, str(Path.cwd()))
    preload()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sys.dont_write_bytecode, sys.pycache_prefix = False, str(folder / "compiled")
        traced = folder / "trace.json"
        arguments = [*options.tests, "-m", "not browser", f"--basetemp={folder / 'traced'}"]
        _, status = os.waitpid(fork(lambda: write_trace(files, arguments, traced)), 0)
        if status or not traced.exists():
            sys.exit("the tests could not be run without a mutant")
        trace, failed = read_trace(traced)
        for test in failed:
            print(f"left out, does not pass without a mutant: {test}", file=sys.stderr)
        work = []
        for mutant in (mutant for mutants in drawn.values() for mutant in mutants):
            tests = trace.choose(mutant, sources, options.limit, options.slowest)
            work.append((mutant, tests, sum(trace.seconds[test] for test in tests)))
        print(f"{len(work)} mutants", file=sys.stderr)
        survived = set()
        for count, (mutant, killed) in enumerate(run_mutants(work, options.jobs, folder), 1):
            if not killed:
                survived.add(mutant)
            if count % 50 == 0 or count == len(work):
                print(f"{count}/{len(work)} run, {len(survived)} survived", file=sys.stderr, flush=True)
    rows = [Row(target, mutants, sorted(survived.intersection(mutants))) for target, mutants in drawn.items()]
    write_report(options.out, rows, None if options.all else options.sample, options.limit, options.slowest)
    if options.survivors:
        options.survivors.write_text("".join(f"{line}\n" for row in rows for line in survivor_lines(row)), "utf-8")
    for row in rows:
        print(f"{row.target}: {len(row.tried) - len(row.survived)} of {len(row.tried)} killed, {row.percent:.1f} %")
    return int(any(row.percent < options.at_least for row in rows))


if __name__ == "__main__":
    sys.exit(main())
