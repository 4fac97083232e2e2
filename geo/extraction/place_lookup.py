"""Answers of the gazetteer for the places of a text: its own reading and abstention, with the point of the place."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from geo.gazetteer.candidates import Limits
from geo.gazetteer.index import Index, countries, covered_countries, index
from geo.gazetteer.normalize import fold, tokens
from geo.gazetteer.parse import read
from geo.gazetteer.prominent import admin1_name, everywhere
from geo.model import Match

#: In a scope: what is known widely counts too, wherever it lies.
WORLD = "*"
#: What a level of the gazetteer is called in a record.
PRECISIONS = {"admin1": "province", "admin2": "district", "town": "city", "country": "country", "region": "region"}
_WIDTHS = {"town": 0, "admin2": 1, "admin1": 2, "region": 3, "country": 4}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a name denotes; ``code`` is None where it denotes no single province, and ``candidates`` has the choice."""

    level: str | None
    country: str | None
    code: str | None = None
    name: str | None = None
    district: str | None = None
    point: tuple[float, float] | None = None
    match: str = "none"
    score: float = 0.0
    population: int = 0
    candidates: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Whether the gazetteer has the name, if only for several places."""
        return self.level is not None or bool(self.candidates)

    @property
    def width(self) -> int:
        """0 for a town to 4 for a country, -1 for an unknown name."""
        return _WIDTHS.get(self.level or "", -1)


UNKNOWN = Answer(None, None)


@lru_cache(maxsize=50_000)
def ask(name: str, scope: tuple[str, ...], day: str | None) -> Answer:
    """Return what a name denotes in some countries, () for all, on a day."""
    reading = read(name, Limits(_indexes(scope), None, day))
    found = reading.found
    if not found.places:
        level = reading.level if reading.level in ("country", "region") else None
        # An ambiguous name of one country lies in that country all the same.
        country = reading.country_code or (scope[0] if len(scope) == 1 and found.candidates else None)
        return Answer(level, country, match=str(found.match), candidates=tuple(found.candidates))
    place = found.places[0]
    code = found.candidates[0]
    district = place.name if place.level == "admin2" else place.parent or None
    point = None if place.lon is None or place.lat is None or place.level == "admin1" else (place.lon, place.lat)
    return Answer(
        place.level, code[:2], code, admin1_name(code), district, point, str(found.match), found.score,
        place.population, tuple(found.candidates),
    )  # fmt: skip


@lru_cache
def _indexes(scope: tuple[str, ...]) -> tuple[Index, ...]:
    if not scope:
        return everywhere()
    known = tuple(index(code) for code in scope if code in covered_countries())
    return (*known, *everywhere()) if WORLD in scope else known


@lru_cache(maxsize=100_000)
def has_letters(letters: str, scope: tuple[str, ...]) -> bool:
    """Tell whether some place of the countries is written with these letters, or a country is."""
    if letters in countries() and len(letters) > 3:
        return True
    return any(letters in found.by_letters for found in _indexes(scope))


def letters_of(words: Sequence[str]) -> str:
    """Return the key of a name by its letters."""
    return fold(tokens(" ".join(words)))


def is_sure(answer: Answer) -> bool:
    """Tell whether a name was found as it is written."""
    return answer.match in (Match.NAME, Match.ALIAS)
