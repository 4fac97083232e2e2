"""One tool at one size: its page built and opened, each time in a process that is ended when it takes too long."""

import gzip
import json
import os
import signal
import statistics
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.pages import LIMITS, NEEDS, ONLINE

ROOT = Path(__file__).resolve().parent.parent
#: Seconds after which building a page, or opening it, counts as not to be waited for.
BUILD_LIMIT_S, OPEN_LIMIT_S = 180, 60
#: Seconds after which a peer is not built, or opened, again, though there are fewer runs than asked for.
BUDGET_S = 15


class TooLongError(Exception):
    """A process was ended because it took too long."""


def missing(tools: list[str]) -> dict[str, str]:
    """Return why tools cannot be measured here, for those that cannot."""
    return {
        tool: f"needs {NEEDS[tool]}, which is not installed; `pip install -e '.[bench]'`"
        for tool in tools
        if tool in NEEDS and find_spec(NEEDS[tool]) is None
    }


def measure_case(tool: str, n: int, records: Path, folder: Path, runs: int) -> dict[str, Any]:
    """Return the medians of a tool at a size; what fails or takes too long is said in the row.

    Parameters
    ----------
    tool : str
        A key of ``benchmarks.pages.BUILDERS``.
    n : int
        Number of records.
    records : Path
        A file of them.
    folder : Path
        For the page.
    runs : int
        How often to build and to open; a peer that is slow is measured less often, at least once.
    """
    row: dict[str, Any] = {"tool": tool, "records": n}
    if n > LIMITS.get(tool, n):
        return row | {"failed": f"not tried beyond {LIMITS[tool]:,}"}
    path = folder / "page.html"
    try:
        builds = repeat(
            [sys.executable, "-m", "benchmarks.build", tool, str(records), str(path)], BUILD_LIMIT_S, tool, runs
        )
    except TooLongError:
        return row | {"build_s": f">{BUILD_LIMIT_S}"}
    except subprocess.CalledProcessError as error:
        return row | {"failed": last_line(error)}
    row |= medians(builds, ("build_s", "peak_mb")) | {"builds": len(builds)}
    raw = path.read_bytes()
    row["size_mb"] = round(len(raw) / 1e6, 2)
    row["gz_mb"] = round(len(gzip.compress(raw, 6)) / 1e6, 2)
    if tool in ONLINE:
        return row | {"note": f"does not open offline: {ONLINE[tool]}"}
    try:
        opens = repeat([sys.executable, "-m", "benchmarks.browser", tool, str(path)], OPEN_LIMIT_S, tool, runs)
    except TooLongError:
        return row | {"usable_ms": f">{OPEN_LIMIT_S} s"}
    except subprocess.CalledProcessError as error:
        return row | {"note": last_line(error)}
    return row | medians(opens, ("usable_ms", "year_ms", "heap_mb", "requests")) | {"opens": len(opens)}


def repeat(command: list[str], limit_s: float, tool: str, runs: int) -> list[dict[str, Any]]:
    """Run a command up to ``runs`` times and return what each run prints as JSON; geo is never cut short."""
    found: list[dict[str, Any]] = []
    start = time.perf_counter()
    while len(found) < runs and (tool == "geo" or not found or time.perf_counter() - start < BUDGET_S):
        found.append(json.loads(run(command, limit_s).splitlines()[-1]))
    return found


def run(command: list[str], limit_s: float) -> str:
    """Return what a command prints.

    Raises
    ------
    TooLongError
        If it takes longer than the limit; it and the browser that it started are ended.
    CalledProcessError
        If it fails.
    """
    # For every tool as geo build has it.
    env = {**os.environ, "ARROW_DEFAULT_MEMORY_POOL": "system"}
    with subprocess.Popen(
        command, cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        try:
            out, err = process.communicate(timeout=limit_s)
        except subprocess.TimeoutExpired as error:
            raise TooLongError(" ".join(command)) from error
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, out, err)
    return out


def medians(rows: list[dict[str, Any]], keys: tuple[str, ...]) -> dict[str, Any]:
    """Return the median of each figure that the runs have."""
    return {
        key: round(statistics.median(row[key] for row in rows), 2) if rows[0][key] is not None else None for key in keys
    }


def last_line(error: subprocess.CalledProcessError) -> str:
    """Return the last line of what a process complained of that is not a place in a script."""
    lines = [line for line in str(error.stderr).splitlines() if line.strip() and not line.startswith("    at ")]
    return "failed: " + (lines or ["no message"])[-1][:120]
