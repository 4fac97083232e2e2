"""Measure the geocoder on labelled names: the shares that are right, wrong and left open, and a list of the errors.

    python benchmarks/geocode_eval.py                                   names made from ISO 3166-2 and the gazetteer
    python benchmarks/geocode_eval.py FILE.csv [--gold-file GOLD.csv]   any table of names

A table has a column of names (text, spelling, place or name), and may have country, date, rows (how often the name
occurs) and gold (the right code; several are parted by |, none is empty). Without gold, a second opinion stands in for
it: the name of a province, in ISO 3166-2 or in the polygons, that is most like the text by letters alone. It is wrong
at times, so that what differs is for a person to judge; --all prints every answer.
"""

import argparse
import random
import re
import sys
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import pandas as pd
import pycountry
from rapidfuzz import fuzz, process

from geo.admin.provinces import read_provinces
from geo.gazetteer.index import countries, covered_countries, index
from geo.gazetteer.normalize import fold
from geo.gazetteer.resolve import geocode_places

TEXT, GOLD = ("text", "spelling", "place", "name"), ("gold", "admin1_code", "code")
PLAIN_TYPES = {
    "province",
    "region",
    "oblast",
    "krai",
    "republic",
    "of",
    "the",
    "city",
    "district",
    "territory",
    "autonomous",
    "okrug",
}
TYPES = {
    "AF": "province",
    "PK": "Province",
    "IR": "province",
    "TJ": "region",
    "UZ": "Region",
    "TM": "welayaty",
    "RU": "",
}


def plain(text: str) -> str:
    """Return a name in ASCII without words for its type, as somebody without our rules would compare it."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return " ".join(word for word in re.findall("[a-z]+", letters) if word not in PLAIN_TYPES)


@lru_cache
def plain_names(country: str) -> dict[str, str]:
    """Return the ISO 3166-2 names of a country and those of its polygons, and the code of each."""
    provinces = read_provinces()
    rows = provinces[provinces["country_code"] == country]
    units = pycountry.subdivisions.get(country_code=country) or []
    names = {plain(unit.name): unit.code for unit in units}
    return names | {plain(name): code for name, code in zip(rows["admin1_name"], rows["admin1_code"], strict=True)}


def second_opinion(text: str, country: str) -> str:
    """Return the code of the name most like a text."""
    names = plain_names(countries().get(fold(country), country))
    best = process.extractOne(plain(text), names.keys(), scorer=fuzz.ratio, score_cutoff=60)
    return names[best[0]] if best else ""


def iso_names(within: Sequence[str] | None = None) -> pd.DataFrame:
    """Return the ISO 3166-2 names of the provinces of some countries, or of all covered, in several forms.

    The forms are bare, in capitals, in ASCII and with a word for their type.
    """
    rows = []
    for country in within or covered_countries():
        for unit in pycountry.subdivisions.get(country_code=country):
            if unit.code in index(country).names:
                name = unit.name.replace(",", "")
                forms = {name, name.upper(), plain(name).title(), f"{name} {TYPES.get(country, '')}".strip()}
                # "Toshkent" is both a city and the region around it.
                gold = "UZ-TK|UZ-TO" if name == "Toshkent" else unit.code
                rows += [(form, country, gold) for form in sorted(forms)]
    return pd.DataFrame(rows, columns=["text", "country", "gold"])


def misspelt(count: int, seed: int, within: Sequence[str] | None = None) -> pd.DataFrame:
    """Return names of districts and towns with one letter lost, doubled, swapped or replaced; namesakes all count."""
    chance = random.Random(seed)
    rows = []
    for country in within or covered_countries():
        places = [place for place in index(country).places if place.level != "admin1" and len(fold(place.name)) > 5]
        homes: dict[str, set[str]] = {}
        for place in places:
            homes.setdefault(fold(place.name), set()).add(place.admin1_code)
        for place in chance.sample(places, min(count, len(places))):
            name, i = place.name, chance.randrange(1, len(place.name) - 1)
            slip = chance.choice([name[i] * 2, "", name[i + 1], chance.choice("aeioumnrlkstdb")])
            gold = "|".join(sorted(homes[fold(name)]))
            rows.append((name[:i] + slip + name[i + 1 :], country, gold))
    return pd.DataFrame(rows, columns=["text", "country", "gold"])


def from_file(path: Path, gold_file: Path | None) -> tuple[pd.DataFrame, bool]:
    """Return a table of names with ``text, country, gold``, and whether the gold is real."""
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    text = next((name for name in TEXT if name in table), None)
    if text is None:
        sys.exit(f"{path}: has no column {', '.join(TEXT)}, only {', '.join(table.columns)}")
    table = table.rename(columns={text: "text"})
    if "country" not in table:
        table["country"] = ""
    if gold_file is not None:
        labels = from_file(gold_file, None)[0][["text", "country", "gold"]].drop_duplicates(["text", "country"])
        return table.drop(columns="gold", errors="ignore").merge(labels, on=["text", "country"], how="left"), True
    if gold := next((name for name in GOLD if name in table), None):
        return table.rename(columns={gold: "gold"}), True
    opinions = [second_opinion(*row) for row in zip(table["text"], table["country"], strict=True)]
    return table.assign(gold=opinions), False


def report(title: str, table: pd.DataFrame, *, real: bool = True, errors: int = 20, everything: bool = False) -> None:
    """Print the shares, by name and by how often each occurs, and the errors."""
    found = geocode_places(table["text"], country=table["country"], date=table.get("date"))
    weight = table["rows"].astype(float) if "rows" in table else pd.Series(1.0, index=table.index)
    code = found["admin1_code"].fillna("")
    gold = table["gold"].fillna("").str.split("|")
    right = pd.Series([c in g for c, g in zip(code, gold, strict=True)], index=table.index)
    words = (
        {"right": "right", "wrong": "wrong", "open": "open"}
        if real
        else {"right": "same", "wrong": "differs", "open": "open"}
    )
    outcome = pd.Series("wrong", index=table.index).mask(code.eq(""), "open").mask(right, "right").map(words)
    print(f"\n{title}: {len(table):,} names" + ("" if real else " (against a second opinion, no gold)"))
    for result in words.values():
        share, rows = (outcome == result).mean(), weight[outcome == result].sum() / max(weight.sum(), 1)
        print(f"  {result:<8}{share:8.2%} of names{rows:9.2%} of rows")
    shown = table[["text", "country", "gold"]].assign(
        code=code, match=found["match"], candidates=found["candidates"].map("|".join), outcome=outcome
    )
    if not everything:
        shown = shown[outcome != words["right"]].sort_values("outcome", ascending=False, kind="stable").head(errors)
    if len(shown):
        print(shown.to_string(index=False))


def main() -> None:
    """Parse the command line and print the report."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--gold-file", type=Path, help="a table with text, country and gold, where FILE has no gold")
    parser.add_argument("--errors", type=int, default=20, help="how many errors to list")
    parser.add_argument("--all", action="store_true", help="list every answer")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.file is None:
        report("ISO 3166-2 names", iso_names(), errors=options.errors, everything=options.all)
        report(
            "misspelt districts and towns", misspelt(300, options.seed), errors=options.errors, everything=options.all
        )
        return
    table, real = from_file(options.file, options.gold_file)
    report(options.file.name, table, real=real, errors=options.errors, everything=options.all)


if __name__ == "__main__":
    main()
