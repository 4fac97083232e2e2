"""Build one page in a process of its own and print what it took: ``python -m benchmarks.build TOOL RECORDS PATH``."""

import json
import sys
import time
from pathlib import Path

import geo
from benchmarks.memory import peak_mb
from benchmarks.pages import BUILDERS
from benchmarks.synthetic import records


def main() -> None:
    """Read the records, then time the builder alone; peak memory is the whole process's, records included."""
    tool, source, path = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    table = geo.read_incidents(source)
    before_mb = peak_mb()
    BUILDERS[tool](records(10), path)  # imports and caches are not what is measured
    start = time.perf_counter()
    BUILDERS[tool](table, path)
    seconds = time.perf_counter() - start
    print(json.dumps({"build_s": round(seconds, 2), "peak_mb": peak_mb(), "records_mb": before_mb}))


if __name__ == "__main__":
    main()
