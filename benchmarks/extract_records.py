"""Compare candidates with the records that were read by hand: `python -m benchmarks.extract_records FOLDER`.

FOLDER holds the articles of data/sources.csv. These five were seen while the rules were written.
"""

import csv
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from geo.extraction.candidates import Candidate
from geo.extraction.readers import read_article
from geo.extraction.run import extract_article
from geo.resources import data_path


def found_in(folder: Path) -> list[tuple[str, dict[str, Any]]]:
    """Return the candidates of the articles, each with the key of its source."""
    found = []
    with data_path("sources.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            article = read_article(folder / row["file"], published=row["published"])
            candidates, _ = extract_article(article)
            for candidate in candidates:
                found.append((row["source"], _shown(candidate)))
                for name, span in candidate.evidence.items():
                    assert span.start < span.end <= len(article.text), name
    return found


def _shown(candidate: Candidate) -> dict[str, Any]:
    return {**candidate.values, "paragraph": candidate.paragraph}


def fits(record: dict[str, Any], source: str, candidate: dict[str, Any]) -> int:
    """Return how well a candidate fits a record, 0 if it is another one."""
    cited = {(cite["source"], cite["paragraph"]) for cite in record["sources"]}
    if record["kind"] != candidate["kind"] or (source, candidate["paragraph"]) not in cited:
        return 0
    codes = record["admin1_code"], candidate.get("admin1_code")
    if codes[0] and codes[1] and codes[0] != codes[1]:
        return 0
    points = 1 + (codes[0] == codes[1]) + (record["date_start"] == candidate.get("date_start"))
    if record["kind"] == "statistic":
        return points if record["value"] == candidate.get("value") else 0
    if record["kind"] == "stronghold":
        return (
            points + 2 * (record["role"] == candidate.get("role")) if record["group"] == candidate.get("group") else 0
        )
    types = record["event_type"], candidate.get("event_type")
    return points + 2 * (types[0] == types[1]) if types[0] == types[1] or None in types else 0


def main(folder: Path, *, show: bool) -> None:
    records = [
        f["properties"] for f in json.loads(data_path("incidents.geojson").read_text(encoding="utf-8"))["features"]
    ]
    found = found_in(folder)
    pairs = sorted(
        ((fits(record, source, c), -r, -n) for r, record in enumerate(records) for n, (source, c) in enumerate(found)),
        reverse=True,
    )
    taken_r: set[int] = set()
    taken_c: set[int] = set()
    for points, r, n in pairs:
        if points and -r not in taken_r and -n not in taken_c:
            taken_r.add(-r)
            taken_c.add(-n)
    counts = Counter(record["kind"] for record in records)
    right = Counter(records[r]["kind"] for r in taken_r)
    kinds = dict(Counter(candidate["kind"] for _, candidate in found))
    print(f"{len(found)} candidates for {len(records)} records: {len(found) / len(records):.2f} a record; {kinds}")
    for kind, total in counts.items():
        print(f"{kind}: {right[kind]} of {total} among the candidates, {right[kind] / total:.0%}")
    print(f"all: {len(taken_r)} of {len(records)}, {len(taken_r) / len(records):.0%}")
    if show:
        for r, record in enumerate(records):
            if r not in taken_r:
                print("missing", record["id"], [(cite["source"], cite["paragraph"]) for cite in record["sources"]])


if __name__ == "__main__":
    main(Path(sys.argv[1]), show="--show" in sys.argv)
