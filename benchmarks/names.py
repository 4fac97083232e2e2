"""Names to provinces: ``geo.geocode_places`` against ``localis`` search, on the same labelled names."""

import time
from collections.abc import Sequence
from typing import Any

import pandas as pd

from benchmarks.geocode_eval import iso_names, misspelt
from geo.placenames import geocode_places

#: Names of each sort: localis takes some tens of milliseconds a name.
NAMES = 300


def measure(n: int = NAMES, seed: int = 3) -> list[dict[str, Any]]:
    """Return, for each sort of names and each tool, the milliseconds a name and the shares right, wrong and open.

    Parameters
    ----------
    n : int
        Names of each sort.
    seed : int
        Chooses them.
    """
    sorts = {"ISO 3166-2 names": iso_names(), "misspelt districts and towns": misspelt(n, seed)}
    rows = []
    for sort, names in sorts.items():
        table = names.sample(min(n, len(names)), random_state=seed)
        for tool, ask in (("geo", _geo), ("localis", _localis)):
            ask(table.head(2))  # what is loaded once is not what is measured
            start = time.perf_counter()
            answers = ask(table)
            seconds = time.perf_counter() - start
            rows.append({"names": sort, "tool": tool, "count": len(table), "ms": round(1000 * seconds / len(table), 2)})
            rows[-1] |= shares(answers, table["gold"].tolist())
    return rows


def shares(answers: Sequence[str], gold: Sequence[str]) -> dict[str, float]:
    """Return the shares of answers that are right, wrong and open, in per cent; gold may allow several codes."""
    right = sum(answer in codes.split("|") for answer, codes in zip(answers, gold, strict=True) if answer)
    left_open = sum(not answer for answer in answers)
    count = max(len(answers), 1)
    return {
        "right": round(100 * right / count, 1),
        "wrong": round(100 * (len(answers) - right - left_open) / count, 1),
        "open": round(100 * left_open / count, 1),
    }


def _geo(table: pd.DataFrame) -> list[str]:
    found: list[str] = geocode_places(table["text"], country=table["country"])["admin1_code"].fillna("").tolist()
    return found


def _localis(table: pd.DataFrame) -> list[str]:
    return [_best(text, country) for text, country in zip(table["text"], table["country"], strict=True)]


def _best(text: str, country: str) -> str:
    """Return the province of the best hit of localis in the country, among units and towns; "" where there is none."""
    import localis

    hits = [*localis.subdivisions.search(text, limit=10), *localis.cities.search(text, limit=10)]
    hits = [hit for hit in hits if hit[0].country is not None and hit[0].country.alpha2 == country]
    if not hits:
        return ""
    place = max(hits, key=lambda hit: hit[1])[0]
    units = [*getattr(place, "subdivisions", ()), getattr(place, "parent", None), place]
    codes = [unit.iso_code for unit in units if getattr(unit, "admin_level", None) == 1]
    return next((code for code in codes if code), "")
