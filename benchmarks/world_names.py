"""Count how many province names of other lists than the gazetteer's are found, country by country.

    python benchmarks/world_names.py LIST ... [--wrong]

A list is a CSV file with the columns ``iso, name``, country-region-data's ``data.json``, country-state-city's
``state.json`` (npm) or a language of CLDR's subdivisions (npm cldr-subdivisions-full). A name counts if its code is one
of ISO 3166-2 today; the right answer is the province that the code is, or lies in. Some lists are wrong or out of date
themselves: read what ``--wrong`` prints.
"""

import argparse
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pandas as pd
import pycountry

from geo.gazetteer.index import covered_countries, index
from geo.gazetteer.prominent import home_countries
from geo.gazetteer.resolve import geocode_places


def names(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the code and name of each unit in a list."""
    if path.suffix == ".csv":
        rows = pd.read_csv(path, keep_default_na=False)
        yield from zip(rows["iso"], rows["name"], strict=True)
        return
    data = json.loads(path.read_text(encoding="utf-8"))
    if isinstance(data, dict):
        for code, name in data["subdivisions"]["localeDisplayNames"]["subdivisions"].items():
            yield f"{code[:2]}-{code[2:]}".upper(), name
        return
    for row in data:
        if "isoCode" in row:
            yield f"{row['countryCode']}-{row['isoCode']}", row["name"]
        for unit in row.get("regions", ()):
            yield f"{row['countryShortCode']}-{unit.get('shortCode')}", unit["name"]


@cache
def province(code: str) -> str | None:
    """Return the province of the gazetteer that a code is, or lies in; None for codes that ISO does not have."""
    unit = pycountry.subdivisions.get(code=code)
    if unit is None or code[:2] not in covered_countries():
        return None
    if code in index(code[:2]).names:
        return code
    return province(unit.parent_code) if unit.parent_code else None


def judged(path: Path) -> pd.DataFrame:
    """Return the names of a list with the right code, the answer, and whether it is right, wrong or left open."""
    home = home_countries()
    table = pd.DataFrame(names(path), columns=["code", "name"]).drop_duplicates()
    table["province"] = [None if code[:2] in home else province(code) for code in table["code"]]
    table = table.dropna(subset="province").reset_index(drop=True)
    table["country"] = table["province"].str[:2]
    table["found"] = geocode_places(table["name"], country=table["country"])["admin1_code"].fillna("")
    right = table["found"].eq(table["province"])
    return table.assign(result=right.map({True: "right", False: "wrong"}).mask(table["found"].eq(""), "open"))


def main() -> None:
    """Parse the command line and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lists", nargs="+", type=Path, metavar="LIST")
    parser.add_argument("--wrong", action="store_true", help="print each wrong answer")
    options = parser.parse_args()
    for path in options.lists:
        if not path.exists():
            print(f"{path}: not there, left out")
            continue
        table = judged(path)
        shares = table["result"].value_counts(normalize=True).mul(100).round(2).to_dict()
        print(f"{path.name}: {len(table)} names, {shares}")
        missed = table[table["result"].ne("right")].groupby("country").size().sort_values(ascending=False)
        print("  most missed:", ", ".join(f"{country} {count}" for country, count in missed.head(12).items()))
        if options.wrong:
            print(table[table["result"].eq("wrong")].to_string(index=False))


if __name__ == "__main__":
    main()
