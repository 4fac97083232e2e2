"""Score `geo.extract` on descriptions of single events: province, day and deaths."""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

import geo


def cases(path: Path, chosen: str) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from (
            row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if chosen in ("all", row["set"])
        )


def first(found: pd.DataFrame, column: str) -> str:
    """Return the first value of a column among the candidates, '' where none has one."""
    known = found[column].dropna()
    return str(known.iloc[0]) if len(known) else ""


def answers(row: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Return the true and the found value of each field."""
    found = geo.extract(row["text"], published=row["published"] or None, gazetteer=row["country"])
    true = geo.geocode_places(row["admin1"], country=row["country"])["admin1_code"].fillna("?").iloc[0]
    return {
        "date": (row["date"], first(found, "date_start")),
        "province": (true, first(found, "admin1_code")),
        "deaths": (row["deaths"], first(found, "fatalities_best") or first(found, "fatalities_low")),
    }


def main(path: Path, chosen: str, show: bool) -> None:
    counts = {field: [0, 0, 0] for field in ("date", "province", "deaths")}
    for row in cases(path, chosen):
        for field, (true, found) in answers(row).items():
            if not true:
                continue
            counts[field][0 if found == true else 2 if not found else 1] += 1
            if show and found != true:
                print(f"{field}: {true} != {found or '-'}: {row['text'][:150]}")
    for field, (right, wrong, blank) in counts.items():
        answered = max(right + wrong, 1)
        total = max(answered + blank, 1)
        shares = f"{right / answered:.1%} of answered, {right / total:.1%} of all"
        print(f"{field}: {right} right, {wrong} wrong, {blank} blank; {shares}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "all", "--show" in sys.argv)
