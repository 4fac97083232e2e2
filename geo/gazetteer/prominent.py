"""Provinces and large towns of the world by name, for names that come without a country.

Smaller towns are there where one of those, or a place of a country searched in full, has their name: as its rivals.

Their keys are computed when the file is built, so that a name without a country costs no more than one in a country.
"""

from functools import lru_cache

from geo.errors import MissingFileError
from geo.gazetteer.index import Index, covered_countries, index
from geo.gazetteer.place import Entry, Place
from geo.gazetteer.tables import damaged, paused_collection, rows
from geo.resources import data_path

COLUMNS = ("level", "name", "admin1_code", "population", "letters", "sounds")
#: The countries that are searched in full where no country is given: those of the shipped records and their neighbours.
#: Their names are not in the index of prominent names.
HOME_COUNTRIES = ("AF", "IR", "PK", "RU", "TJ", "TM", "UZ")
#: Country code of the index of prominent names.
WORLD = ""


@lru_cache
@paused_collection()
def prominent() -> Index:
    """Return the index of prominent names; nothing is found in it by likeness.

    Raises
    ------
    DataError
        If its file is damaged.
    """
    # One letter stands for all: likeness to some name of the whole world says nothing.
    found = Index(WORLD, skeletons={"": []}, _province_keys=frozenset(), _abjads={"": []})
    try:
        path = data_path("gazetteer", "prominent.tsv.gz")
    except MissingFileError:
        return found
    for row in rows(path, COLUMNS):
        if not (row["population"] or "0").isdigit():
            raise damaged(path, f"population {row['population']!r} is not a number")
        place = Place(row["level"], row["name"], row["admin1_code"], population=int(row["population"] or 0))
        found.places.append(place)
        if place.level == "admin1":
            found.names[place.admin1_code] = place.name
        for number, name in enumerate(row["letters"].split("|")):
            for bare, key in enumerate(name.split("/") if name else ()):
                found.by_letters.setdefault(key, []).append(Entry(place, number == 0, bare > 0))
        for key in filter(None, row["sounds"].split("|")):
            found.by_phonetic_key.setdefault(key, []).append(Entry(place, official=place.level == "town", bare=False))
    return found


@lru_cache
def everywhere() -> tuple[Index, ...]:
    """Return the indexes to search for a name without a country."""
    return (*(index(country) for country in HOME_COUNTRIES if country in covered_countries()), prominent())


@lru_cache
def admin1_name(code: str) -> str | None:
    """Return the English name of a province, or None if the gazetteer does not have its code."""
    country = code[:2]
    if country not in covered_countries():
        return None
    known = None if country in HOME_COUNTRIES else prominent().names.get(code)
    return known or index(country).names.get(code)
