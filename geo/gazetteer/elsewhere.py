"""Recognise text that denotes no single province of ours: a country, a region, a group, a place abroad."""

from dataclasses import dataclass
from functools import lru_cache

from geo.gazetteer.candidates import Found, Limits
from geo.gazetteer.index import Region, abroad, countries, regions, vocabulary
from geo.gazetteer.normalize import fold, phonetic_keys
from geo.gazetteer.thresholds import SCORE_PHONETIC, STATE_POPULATION, WIDE_POPULATION_STATE
from geo.model import Match


@dataclass(slots=True)
class Reading:
    """What a text denotes.

    ``level`` is that of the place found (admin1, admin2, town), or ``country``, ``region`` or ``group`` for text that
    denotes no single province, or None for unknown text.
    """

    found: Found
    level: str | None
    country_code: str | None = None


def country_named(text: str) -> str | None:
    """Return the code of the country that a text names, or None; two and three letters are no country's name here."""
    key = fold(text)
    return countries().get(key) if len(key) > 3 else None


def left_open(score: float, codes: list[str]) -> Reading:
    """Return the reading that abstains between provinces."""
    return Reading(Found(match=Match.AMBIGUOUS, score=score, candidates=codes), None)


def read_abroad(words: list[str], found: Found) -> Reading | None:
    """Decide between our places and a large town abroad of that name; None where ours is meant or there is no town."""
    letters = fold(words)
    town = next((abroad()[key] for key in (letters, *phonetic_keys(words)) if key in abroad()), None)
    if town is None:
        return None
    country, population = town
    exact = found.match == Match.NAME or found.score > SCORE_PHONETIC
    if found.match == Match.NONE or (not exact and letters in abroad()):
        return Reading(Found(), "region" if population >= STATE_POPULATION else "town", country)
    if exact and _outranks(found, population):
        return None
    return left_open(found.score, found.candidates)


def _outranks(found: Found, population: int) -> bool:
    """Return whether a name is meant as ours: larger than the town abroad, or a province or city beside a state."""
    if not found.places:
        return False
    best = found.places[0]
    if population >= STATE_POPULATION:
        return best.population >= WIDE_POPULATION_STATE and found.match == Match.NAME
    # A town by another name does not win over one whose official name it is.
    return best.level == "admin1" or (best.population > population and found.match == Match.NAME)


def read_special(words: list[str], limits: Limits, *, named: bool) -> Reading | None:
    """Recognise text that denotes no single province: a country, a region, a direction of either, a group.

    ``named`` says that a place has the words as its name.
    """
    directions, types = vocabulary()["direction"], vocabulary()["type"]
    plain = [word for word in words if types.get(word) != "any"]
    loose = [word for word in plain if word not in directions]
    directed = any(word in directions for word in words)
    if region := _region(words, limits, named=named) or _region(plain, limits, named=named):
        return _region_reading(region)
    # A town may be called after a country, and "West Azerbaijan" is a province; "Iraq" is the country.
    if not (directed and named) and (code := country_named(" ".join(loose)) or _demonym(loose)):
        return Reading(Found(), "region" if directed else "country", code)
    if limits.wide and len(loose) == 1 and loose[0] in vocabulary()["foreign"]:
        return Reading(Found(), "region")
    if named:
        return None
    if directed and (region := _region(loose, limits, named=False)):
        return _region_reading(region)
    return Reading(Found(), "group") if _is_group(words) else None


def _region_reading(region: Region) -> Reading:
    return Reading(Found(candidates=list(region.candidates)), "region")


def _region(words: list[str], limits: Limits, *, named: bool) -> Region | None:
    letters, heard = regions()
    scope = set(limits.countries) if len(limits.countries) == 1 else {""}
    found = letters.get(fold(words), [])
    if not found and not named:
        # By sound only where the letters are nobody's: "Kordestan" is the Iranian province.
        found = [region for key in phonetic_keys(words) for region in heard.get(key, ())]
    return next((region for region in found if not region.countries or scope & region.countries), None)


def _demonym(words: list[str]) -> str | None:
    return vocabulary()["demonym"].get(words[0]) if len(words) == 1 else None


@lru_cache
def _group_phrases() -> tuple[str, ...]:
    return tuple(f" {phrase} " for phrase in vocabulary()["group"])


def _is_group(words: list[str]) -> bool:
    text = f" {' '.join(words)} "
    return any(phrase in text for phrase in _group_phrases())
