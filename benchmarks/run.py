"""``make bench``: every measurement in one run, written to ``docs/benchmarks.md`` with ratios to the last run."""

import argparse
import datetime
import gzip
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import browser, points
from benchmarks.pages import BUILDERS, LIMITS

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results.json"
TABLE = ROOT / "docs" / "benchmarks.md"
COLUMNS = {
    "build_s": "build s",
    "peak_mb": "peak MB",
    "size_mb": "file MB",
    "gz_mb": "gz MB",
    "usable_ms": "usable ms",
    "year_ms": "year change ms",
    "heap_mb": "heap MB",
    "requests": "requests",
}


def measure_pages(sizes: list[int], tools: list[str], runs: int) -> list[dict[str, Any]]:
    """Build and open one page for each tool and size; what fails is a row that says so."""
    rows = []
    with tempfile.TemporaryDirectory() as folder, browser.chromium() as chromium:
        for n in sizes:
            for tool in tools:
                if n > LIMITS.get(tool, n):
                    continue
                path = Path(folder) / f"{tool.replace(' ', '-')}-{n}.html"
                row: dict[str, Any] = {"tool": tool, "records": n}
                try:
                    builds = [build(tool, n, path) for _ in range(runs if n < 100_000 else 1)]
                    for key in ("build_s", "peak_mb"):
                        row[key] = statistics.median(b[key] for b in builds)
                    raw = path.read_bytes()
                    row["size_mb"] = round(len(raw) / 1e6, 2)
                    row["gz_mb"] = round(len(gzip.compress(raw, 6)) / 1e6, 2)
                    row |= browser.measure(chromium, tool, path, runs=runs if n < 100_000 else 3)
                except Exception as error:  # one tool's failure is a result, not the end of the run
                    row["failed"] = str(error).strip().splitlines()[0][:120]
                print(json.dumps(row), file=sys.stderr, flush=True)
                rows.append(row)
    return rows


def build(tool: str, n: int, path: Path) -> dict[str, float]:
    """Build one page in a process of its own, so that memory is its own too."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.build", tool, str(n), str(path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        timeout=900,
    )
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def shipped(runs: int) -> dict[str, float]:
    """Time the command line on the shipped data, and the import, as whole processes."""
    with tempfile.TemporaryDirectory() as folder:
        build_s = [wall([sys.executable, "-m", "geo", "build", "--out", folder]) for _ in range(runs)]
        sizes = {page.name: round(page.stat().st_size / 1e3) for page in sorted(Path(folder).glob("*.html"))}
        with browser.chromium() as chromium:
            page = browser.measure(chromium, "geo", Path(folder) / "index.html", runs=runs)
    both = statistics.median(wall([sys.executable, "-c", "import geopandas, geo, geo.webmap"]) for _ in range(runs))
    base = statistics.median(wall([sys.executable, "-c", "import geopandas"]) for _ in range(runs))
    return {"build_s": round(statistics.median(build_s), 2), "import_s": round(both - base, 2), **page, "kB": sizes}


def wall(command: list[str]) -> float:
    """Return the seconds that a command takes as a whole process."""
    import time

    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - start


def table(rows: list[dict[str, Any]], before: list[dict[str, Any]]) -> list[str]:
    """Lay the rows out as Markdown, with each figure of geo against the last run in brackets."""
    old = {(row["tool"], row["records"]): row for row in before}
    lines = ["| records | tool | " + " | ".join(COLUMNS.values()) + " |", "|--:|---|" + "--:|" * len(COLUMNS)]
    for row in rows:
        if "failed" in row:
            cells = [f"failed: {row['failed']}"] + [""] * (len(COLUMNS) - 1)
        else:
            cells = [cell(row.get(key), old.get((row["tool"], row["records"]), {}).get(key)) for key in COLUMNS]
        lines.append(f"| {row['records']:,} | {row['tool']} | " + " | ".join(cells) + " |")
    return lines


def cell(now: float | None, before: float | None) -> str:
    """Return a figure, and its ratio to the last run where they differ by more than a tenth."""
    if now is None:
        return "none"
    if before and abs(now / before - 1) > 0.1:
        return f"{now:,} (×{now / before:.2f})"
    return f"{now:,}"


def machine() -> str:
    """Say what the figures were measured on, without naming the machine."""
    model = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.machine(),
    )
    return f"{os.cpu_count()} cores ({model}), Python {platform.python_version()}, headless Chromium without GPU"


def main() -> None:
    """Measure, compare with the last committed run, write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--tools", default=",".join(BUILDERS))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--dry", action="store_true", help="print, write nothing")
    options = parser.parse_args()
    before = json.loads(RESULTS.read_text()) if RESULTS.exists() else {"pages": []}
    now: dict[str, Any] = {"date": datetime.date.today().isoformat(), "machine": machine()}
    now["shipped"] = shipped(options.runs)
    now["points"] = points.measure(runs=options.runs)
    now["pages"] = measure_pages([int(n) for n in options.sizes.split(",")], options.tools.split(","), options.runs)
    text = "\n".join(page(now, before))
    print(text)
    if not options.dry:
        RESULTS.write_text(json.dumps(now, indent=1) + "\n")
        TABLE.write_text(text + "\n")


def page(now: dict[str, Any], before: dict[str, Any]) -> list[str]:
    """Return the lines of ``docs/benchmarks.md``."""
    ship, point = now["shipped"], now["points"]
    return [
        "# Benchmarks",
        "",
        f"Written by `make bench` on {now['date']}: {now['machine']}.",
        "Medians; brackets show the ratio to the last committed run.",
        "Absolute times belong to that machine; compare within a table.",
        "",
        "## Shipped data",
        "",
        f"- `geo build`: {ship['build_s']} s as a whole process; `import geo`: {ship['import_s']} s after geopandas.",
        f"- Page: usable after {ship['usable_ms']} ms, a year change painted after {ship['year_ms']} ms.",
        "- Files in kB: " + ", ".join(f"{name} {size}" for name, size in ship["kB"].items()) + ".",
        "",
        "## Pages",
        "",
        "The same synthetic records (title, 150-letter description, 20 years) over the provinces of Afghanistan and",
        "Pakistan. *Usable*: from navigation to the first complete paint. *Year change*: from the call to the paint;",
        "none where a tool has no year control for its marks. geo's page carries the list, filters, legend and counts",
        "as well; the others draw marks and provinces.",
        "",
        *table(now["pages"], before["pages"]),
        "",
        "## Point in province",
        "",
        f"{point['points']:,} points: geo {point['geo_s']} s, `geopandas.sjoin` {point['sjoin_s']} s, "
        f"{point['ratio']} times as long; {point['different']} answers differ.",
    ]


if __name__ == "__main__":
    main()
