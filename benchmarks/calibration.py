"""Measure what a ``match_score`` means: right and wrong answers by match, level of the place and score.

    python -m benchmarks.calibration [LIST.csv ...]

Asked are names as others spell them, given as tables with ``text``, ``country`` and ``gold``, and, always, what can be
made here for the countries that are searched in full: ISO 3166-2 names, names of districts and towns with a slip or in
another romanisation, and towns of neighbouring countries, which no answer is right for.
"""

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from benchmarks.geocode_eval import iso_names, misspelt
from benchmarks.names import strangers
from geo.gazetteer.index import index
from geo.gazetteer.normalize import fold
from geo.gazetteer.prominent import home_countries
from geo.gazetteer.resolve import geocode_places

#: Lower ends of the bands of scores.
BANDS = (0.0, 0.8, 0.85, 0.88, 0.9, 0.95, 0.98, 1.0)
#: Letters that romanisations interchange.
SWAPS = (
    ("kh", "h"), ("gh", "g"), ("q", "k"), ("ow", "au"), ("w", "v"), ("zh", "j"), ("ee", "i"), ("oo", "u"), ("u", "o"),
    ("i", "e"), ("ch", "tch"), ("sh", "ch"), ("ai", "ay"), ("y", "i"),
)  # fmt: skip


def romanised(count: int, seed: int) -> pd.DataFrame:
    """Return names of districts and towns with the letters of another romanisation, two of `SWAPS` each."""
    chance = random.Random(seed)
    rows = []
    for country in home_countries():
        homes: dict[str, set[str]] = {}
        for place in index(country).places:
            homes.setdefault(fold(place.name), set()).add(place.admin1_code)
        places = [place for place in index(country).places if place.level != "admin1" and len(fold(place.name)) > 4]
        for place in chance.sample(places, min(count, len(places))):
            text = place.name
            for one, other in chance.sample(SWAPS, len(SWAPS))[:6]:
                text = text.replace(one, other, 1) if one in text else text.replace(other, one, 1)
            rows.append((text, country, "|".join(sorted(homes[fold(place.name)]))))
    return pd.DataFrame(rows, columns=["text", "country", "gold"])


def asked(lists: list[Path], count: int, seed: int) -> pd.DataFrame:
    """Return all names, each with its country and the codes that are right ("" where none is)."""
    home = home_countries()
    made = [
        iso_names(home),
        misspelt(count, seed, home),
        romanised(count, seed),
        strangers(len(home) * count, seed, home),
    ]
    given = [pd.read_csv(path, dtype=str, keep_default_na=False)[["text", "country", "gold"]] for path in lists]
    return pd.concat([*made, *given], ignore_index=True)


def calibration(names: pd.DataFrame) -> pd.DataFrame:
    """Return, by match, level and band of scores, the answers that are right and wrong."""
    found = geocode_places(names["text"], country=names["country"])
    answered = found["admin1_code"].notna()
    table = found.loc[answered, ["match", "level"]].copy()
    table["score from"] = pd.cut(found.loc[answered, "match_score"], [*BANDS, 2], right=False, labels=BANDS)
    gold = names.loc[answered, "gold"].str.split("|")
    table["right"] = [code in codes for code, codes in zip(found.loc[answered, "admin1_code"], gold, strict=True)]
    grouped = table.groupby(["match", "level", "score from"], observed=True)["right"]
    counts = grouped.agg(right="sum", count="count").reset_index()
    counts["wrong"] = counts.pop("count") - counts["right"]
    counts["right, %"] = (100 * counts["right"] / (counts["right"] + counts["wrong"])).round(1)
    return counts.sort_values(["match", "level", "score from"], ascending=[False, True, False], ignore_index=True)


def as_markdown(table: pd.DataFrame) -> Iterator[str]:
    """Yield the lines of a table."""
    yield "| " + " | ".join(table.columns) + " |"
    yield "|" + "---|" * len(table.columns)
    for row in table.itertuples(index=False):
        yield "| " + " | ".join(map(str, row)) + " |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Right and wrong answers by match, level and score.")
    parser.add_argument("lists", nargs="*", type=Path, help="tables with text, country, gold")
    parser.add_argument("--count", type=int, default=600, help="names of each sort and country")
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    names = asked(options.lists, options.count, options.seed)
    print(f"{len(names):,} names")
    print("\n".join(as_markdown(calibration(names))))


if __name__ == "__main__":
    main()
