"""The shipped records, and the tables of the documents that say by which rules they are made."""

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
RECORDS: dict[str, dict[str, Any]] = {
    feature["properties"]["id"]: feature["properties"]
    for feature in json.loads((ROOT / "data" / "incidents.geojson").read_text(encoding="utf-8"))["features"]
}


def rows(file: str, header: str) -> list[list[str]]:
    """Return the rows of the one table of a Markdown file that has this header, without back quotes."""
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    first = lines.index(header) + 2
    last = next(n for n in range(first, len(lines) + 1) if n == len(lines) or not lines[n].startswith("|"))
    return [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in lines[first:last]]
