"""Where a place may lie, and the candidates and answers of a name lookup."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from geo.gazetteer.index import Index, covered_countries, index
from geo.gazetteer.normalize import fold
from geo.gazetteer.place import Entry, Place
from geo.gazetteer.thresholds import (
    CITY_POPULATION,
    PHONETIC_LENGTHS,
    WIDE_LETTERS,
    WIDE_LONG_NAME,
    WIDE_PHONETIC_LENGTHS,
    WIDE_POPULATION,
    WIDE_POPULATION_ALIAS,
    WIDE_POPULATION_PHONETIC,
)
from geo.model import Match


@dataclass(slots=True)
class Limits:
    """Where a place may lie.

    Attributes
    ----------
    indexes : tuple of Index
        The names to search, one index per country.
    codes : frozenset of str or None
        Provinces in which the place must lie, today or in the past; None for any.
    day : str or None
        ISO date of the provinces to answer with; None for today.
    field : str or None
        What the text is known to name: admin1, admin2 or place; None where nothing is known of it.
    """

    indexes: tuple[Index, ...]
    codes: frozenset[str] | None = None
    day: str | None = None
    field: str | None = None

    @property
    def countries(self) -> tuple[str, ...]:
        """ISO 3166-1 codes of the countries searched."""
        return tuple(index.country_code for index in self.indexes)

    @property
    def wide(self) -> bool:
        """Whether neither a country nor a province is known."""
        return len(self.indexes) > 1 and self.codes is None

    def inside(self, codes: Iterable[str], day: str | None = None) -> "Limits":
        """Return the same limits, narrowed to some provinces."""
        codes = frozenset(codes)
        return replace(self, indexes=self._of({code[:2] for code in codes}), codes=codes, day=self.day or day)

    def in_country(self, country: str) -> "Limits":
        """Return the same limits, narrowed to one country."""
        return replace(self, indexes=self._of({country}))

    def reaches(self, country: str, named: str | None) -> bool:
        """Tell whether a text goes on in a country that it names, where ``named`` is the one it has named before."""
        if country in self.countries or country == named:
            return True
        return named is None and self.wide and country in covered_countries()

    def _of(self, countries: set[str]) -> tuple[Index, ...]:
        """Return the indexes of some countries; without a country, any covered country's is read when it is named."""
        kept = tuple(found for found in self.indexes if found.country_code in countries)
        if not self.wide:
            return kept
        missing = countries - {found.country_code for found in kept}
        return kept + tuple(index(country) for country in sorted(missing) if country in covered_countries())

    def allow(self, place: Place) -> bool:
        """Tell whether a place lies within the limits."""
        return self.codes is None or place.admin1_code in self.codes or place.past_code in self.codes

    def allow_phonetic(self, key: str, entry: Entry) -> bool:
        """Tell whether an equal phonetic key identifies a place; without a country, not one of a town's other names."""
        lengths = WIDE_PHONETIC_LENGTHS if self.wide else PHONETIC_LENGTHS
        if self.wide and entry.place.level == "town" and not entry.official:
            return False
        return len(key) >= lengths[entry.place.level] and not self.hides(entry.place)

    def only_rivals(self, place: Place) -> bool:
        """Tell whether a place is known without a country only to leave its namesakes open: Naples in Florida."""
        abroad = self.wide and place.admin1_code[:2] not in self.countries
        return abroad and place.level == "town" and place.population < WIDE_POPULATION_ALIAS

    def hides(self, place: Place) -> bool:
        """Tell whether a town is too small to be found by an inexact name without a country."""
        return self.wide and place.level == "town" and place.population < WIDE_POPULATION_PHONETIC


@dataclass(slots=True)
class Found:
    """What a name stands for: one place, an ambiguous choice of provinces, or nothing (no places)."""

    places: list[Place] = field(default_factory=list)
    match: Match = Match.NONE
    score: float = 0.0
    candidates: list[str] = field(default_factory=list)

    @property
    def matched(self) -> bool:
        """Whether the name is known, if only as an ambiguous one."""
        return self.match != Match.NONE

    @property
    def level(self) -> str | None:
        """Level of the place found, or None."""
        return self.places[0].level if self.places else None


@dataclass(frozen=True, slots=True)
class Query:
    """A name to look up.

    Attributes
    ----------
    words : list of str
        All words of the text.
    core : list of str
        The words without type words; all of them if nothing else is left.
    level : str or None
        The level that the type words denote.
    """

    words: list[str]
    core: list[str]
    level: str | None

    @property
    def typed(self) -> bool:
        """Whether the text says what type of place it means."""
        return self.level is not None

    def allows(self, place: Place) -> bool:
        """Tell whether a place is of the type that the text says."""
        return self.level is None or self.level == place.level


class Candidate(NamedTuple):
    """A place with a name equal to the text.

    ``rank`` counts the type words ignored: 0 if whole text and whole name are equal, 1 if a type word was removed
    from either, 2 if from both.
    """

    entry: Entry
    rank: int

    @property
    def place(self) -> Place:
        """The place."""
        return self.entry.place


def ambiguous(score: float, codes: Iterable[str]) -> Found:
    """Return the answer that abstains between provinces."""
    return Found(match=Match.AMBIGUOUS, score=score, candidates=list(dict.fromkeys(codes)))


def is_city(place: Place) -> bool:
    """Tell whether a place is a town large enough to be meant before a district of its name."""
    return place.level == "town" and place.population >= CITY_POPULATION


def kind_of(place: Place) -> str:
    """Return a place's level, or ``city`` for a large town."""
    return "city" if is_city(place) else place.level


def is_prominent(entry: Entry) -> bool:
    """Tell whether a place is more than a village by one of its other names."""
    return entry.official or entry.place.level != "town" or entry.place.population >= CITY_POPULATION


def is_known_widely(entry: Entry, query: Query) -> bool:
    """Tell whether a name identifies its place without a country: "Achin district" does, "Achin" is a word."""
    place, letters = entry.place, fold(query.core)
    if place.level == "admin1" or (place.level == query.level == "admin2"):
        return True
    if len(letters) < WIDE_LETTERS:
        return entry.official and place.population >= WIDE_POPULATION_ALIAS
    if place.level == "admin2" or entry.official:
        return place.population >= WIDE_POPULATION or len(letters) >= WIDE_LONG_NAME
    return place.population >= WIDE_POPULATION_ALIAS


def preference(place: Place) -> tuple[bool, bool, bool, str]:
    """Sort a province first, then a city, then a district, then villages."""
    return place.level != "admin1", not is_city(place), place.level != "admin2", place.name
