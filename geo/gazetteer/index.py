"""Index of provinces, districts and towns by name; a country is read from data/gazetteer/ at first use."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from geo.errors import MissingFileError, UsageError
from geo.gazetteer.normalize import (
    arabic_skeleton,
    consonant_skeleton,
    fold,
    phonetic_keys,
    phonetic_keys_of_all,
    tokens,
    written_letters,
)
from geo.gazetteer.place import Entry, Place
from geo.gazetteer.tables import damaged, paused_collection, rows
from geo.resources import data_path

LEVELS = ("admin1", "admin2", "town")
COLUMNS = ("level", "name", "admin1_code", "past", "parent", "lon", "lat", "population", "names")


@dataclass(slots=True, eq=False)
class Index:
    """Names of one country, indexed by their keys."""

    country_code: str
    places: list[Place] = field(default_factory=list)
    by_letters: dict[str, list[Entry]] = field(default_factory=dict)
    by_phonetic_key: dict[str, list[Entry]] = field(default_factory=dict)
    skeletons: dict[str, list[str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    _province_keys: frozenset[str] | None = None
    _abjads: dict[str, list[str]] = field(default_factory=dict)
    _romanised: list[tuple[Place, list[str]]] = field(default_factory=list)
    _written: dict[str, list[Entry]] = field(default_factory=dict)

    def add(self, named: Iterable[tuple[Place, list[str]]]) -> None:
        """Index places under their names, the official name first; each name also without its type words."""
        entries: list[tuple[Entry, list[str]]] = []
        for place, names in named:
            self.places.append(place)
            self._romanised.append((place, names))
            if place.level == "admin1":
                self.names[place.past_code or place.admin1_code] = place.name
            entries += _entries(place, names)
        for entry, words in entries:
            if letters := fold(words):  # empty for a name of punctuation only
                _enter(self.by_letters, letters, entry)
        ordered = [(entry, order) for entry, words in entries for order in _orders(entry.place, words)]
        # Computing all keys together is many times faster than name by name.
        for (entry, _), keys in zip(ordered, phonetic_keys_of_all(words for _, words in ordered), strict=True):
            for key in keys:
                _enter(self.by_phonetic_key, key, entry)

    def province_keys(self) -> frozenset[str]:
        """Return the phonetic keys of provinces, few enough to compare each with a text."""
        if self._province_keys is None:
            keys = (
                key for key, entries in self.by_phonetic_key.items() if any(e.place.level == "admin1" for e in entries)
            )
            self._province_keys = frozenset(keys)
        return self._province_keys

    def namesakes(self, name: str) -> list[str]:
        """Return the provinces of today that a bare name may mean: the city of Kyiv, and the province around it.

        A name that says which, "Kyiv City", has none.
        """
        words = tokens(name)
        entries = self.by_letters.get(fold(words), []) if strip_types(words)[0] == words else []
        places = [entry.place for entry in entries if entry.place.level == "admin1" and not entry.place.past_until]
        return list(dict.fromkeys(place.admin1_code for place in places))

    def keys_with_skeleton(self, letters: str) -> list[str]:
        """Return the phonetic keys of Latin names whose spelling in Arabic script may be the folded name."""
        if not self._abjads:
            for key in self.by_phonetic_key:
                if key.isascii():
                    self._abjads.setdefault(arabic_skeleton(key), []).append(key)
        return self._abjads.get(arabic_skeleton(letters), [])

    def written_as(self, letters: str) -> list[Entry]:
        """Return the names, romanised with their long vowels, that Arabic script writes with these letters."""
        if not self._written:
            types = vocabulary()["type"]
            for place, names in self._romanised:
                for name in names:
                    for key, bare in ((written_letters(name), False), (written_letters(name, types), True)):
                        if key:
                            _enter(self._written, key, Entry(place, False, bare))
        return self._written.get(letters, [])

    def similar_keys(self, sound: str) -> set[str]:
        """Return the phonetic keys whose consonants differ from those of ``sound`` by at most one letter."""
        if not self.skeletons:
            found = defaultdict(list)
            for key in self.by_phonetic_key:
                for variant in _deletions(consonant_skeleton(key)):
                    found[variant].append(key)
            self.skeletons.update(found)
        return {key for variant in _deletions(consonant_skeleton(sound)) for key in self.skeletons.get(variant, ())}


def _entries(place: Place, names: list[str]) -> Iterator[tuple[Entry, list[str]]]:
    """Yield each name of a place with its words, complete and without type words."""
    for number, name in enumerate(names):
        words = tokens(name)
        yield Entry(place, number == 0, bare=False), words
        core = strip_types(words)[0]
        if core and core != words:
            yield Entry(place, number == 0, bare=True), core


def _orders(place: Place, words: list[str]) -> Iterator[list[str]]:
    """Yield the words of a name; for a province also sorted: "Khorasan Razavi" and "Razavi Khorasan"."""
    yield words
    if place.level == "admin1":
        yield sorted(words)


def _enter(table: dict[str, list[Entry]], key: str, entry: Entry) -> None:
    """Add a name of a place under a key, unless the key already has a name of that place."""
    held = table.setdefault(key, [])
    # Names of one place are added consecutively.
    for other in reversed(held):
        if other.place is not entry.place:
            break
        if other.bare == entry.bare:
            return
    held.append(entry)


class Region(NamedTuple):
    """A name that denotes no single province, and the provinces it may touch."""

    name: str
    countries: frozenset[str]
    candidates: tuple[str, ...]


@lru_cache
def covered_countries() -> tuple[str, ...]:
    """Return the ISO 3166-1 codes of the countries in the gazetteer, sorted."""
    return tuple(sorted(path.name[:2] for path in data_path("gazetteer").glob("??.tsv.gz")))


@lru_cache
@paused_collection()
def index(country: str) -> Index:
    """Return the index of one country.

    Raises
    ------
    UsageError
        If the gazetteer does not cover the country.
    DataError
        If its file is damaged.
    """
    try:
        path = data_path("gazetteer", f"{country}.tsv.gz")
    except MissingFileError:
        allowed = "give an ISO 3166-1 alpha-2 code such as AF"
        raise UsageError(f"the gazetteer does not cover country {country!r}; {allowed}") from None
    found, named = Index(country), []
    for row in rows(path, COLUMNS):
        try:
            place = _place(row)
        except ValueError as error:
            raise damaged(path, f"row {row}: {error}") from error
        named.append((place, [place.name, *filter(None, row["names"].split("|"))]))
    found.add(named)
    return found


def _place(row: dict[str, str]) -> Place:
    if row["level"] not in LEVELS:
        raise ValueError(f"level {row['level']!r} is not one of {', '.join(LEVELS)}")
    past_code, _, past_until = row["past"].partition(":")
    lon, lat = (float(row[column]) if row[column] else None for column in ("lon", "lat"))
    population = int(row["population"] or 0)
    return Place(
        row["level"], row["name"], row["admin1_code"], past_code, past_until, row["parent"], lon, lat, population
    )


def _deletions(key: str) -> set[str]:
    return {key, *(key[:i] + key[i + 1 :] for i in range(len(key)))}


@lru_cache
def vocabulary() -> dict[str, dict[str, str]]:
    """Return the words that are not names, by meaning: ``type``, ``direction``, ``noise``, ``split``, ...

    ``type`` maps a word to the level it speaks of (``any`` where it could be several), ``demonym`` to a country code.
    """
    words: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows(data_path("gazetteer", "words.tsv"), ("word", "meaning")):
        meaning = row["meaning"]
        kind = "type" if meaning in (*LEVELS, "any") else "demonym" if meaning.isupper() else meaning
        words[kind][" ".join(tokens(row["word"]))] = meaning
    return dict(words)


_LEFT_BEHIND = frozenset(("e", "i", "ye", "de", "del", "do", "des"))


def strip_types(words: Iterable[str]) -> tuple[list[str], str | None]:
    """Return the words of a name without its type words, and the level that these denote.

    >>> strip_types(["achin", "district"]), strip_types(["province"])
    ((['achin'], 'admin2'), ([], 'admin1'))
    """
    types = vocabulary()["type"]
    words = list(words)
    core = [word for word in words if word not in types]
    # "shahrestan-e Kavar" leaves its ezafe behind, "Departamento de Antioquia" its "de".
    while len(core) > 1 and core[0] in _LEFT_BEHIND and len(core) < len(words):
        core = core[1:]
    levels = [types[word] for word in words if types.get(word, "any") != "any"]
    return core, (levels[-1] if levels else None)


@lru_cache
def countries() -> dict[str, str]:
    """Return country codes of the whole world by folded name, ISO 3166-1 alpha-2 and alpha-3 code."""
    found: dict[str, str] = {}
    for row in rows(data_path("gazetteer", "countries.tsv"), ("country_code", "alpha3", "names")):
        for name in (row["country_code"], row["alpha3"], *row["names"].split("|")):
            words = tokens(name)
            for key in (fold(words), fold([word for word in words if word != "the"])):
                found.setdefault(key, row["country_code"])
    found.pop("", None)
    return found


@lru_cache
def country_names() -> dict[str, str]:
    """Return the English name of each country by its ISO 3166-1 alpha-2 code, as Unicode CLDR has it."""
    table = rows(data_path("gazetteer", "countries.tsv"), ("country_code", "names"))
    return {row["country_code"]: row["names"].partition("|")[0] for row in table}


@lru_cache
def regions() -> tuple[dict[str, list[Region]], dict[str, list[Region]]]:
    """Return the names that denote no single province, by letters and by phonetic key."""
    letters: dict[str, list[Region]] = defaultdict(list)
    heard: dict[str, list[Region]] = defaultdict(list)
    for row in rows(data_path("gazetteer", "regions.tsv"), ("names", "countries", "candidates")):
        names = row["names"].split("|")
        scope = frozenset(row["countries"].split("|")) if row["countries"] else frozenset()
        region = Region(names[0], scope, tuple(filter(None, row["candidates"].split("|"))))
        for name in names:
            letters[fold(name)].append(region)
            for key in phonetic_keys(name):
                heard[key].append(region)
    return dict(letters), dict(heard)
