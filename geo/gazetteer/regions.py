"""Recognise text that denotes no single province: a country, a people, a region, a group."""

from dataclasses import dataclass
from functools import lru_cache

from geo.gazetteer.candidates import Found, Limits
from geo.gazetteer.index import Region, countries, regions, vocabulary
from geo.gazetteer.lookup import find
from geo.gazetteer.normalize import fold, phonetic_keys, tokens
from geo.gazetteer.prominent import HOME_COUNTRIES
from geo.gazetteer.thresholds import SCORE_PHONETIC
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


def read_special(words: list[str], limits: Limits, *, named: bool) -> Reading | None:
    """Recognise text that denotes no single province: a country, a region, a direction of either, a people, a group.

    ``named`` says that a place has the words as its name.
    """
    directions, types = vocabulary()["direction"], vocabulary()["type"]
    plain = [word for word in words if types.get(word) != "any"]
    loose = [word for word in plain if word not in directions]
    directed = any(word in directions for word in words)
    own = _is_own_province(words, limits)
    if not own and (region := _region(words, limits, named=named) or _region(plain, limits, named=named)):
        return _region_reading(region)
    if own:
        return None
    if code := country_named(" ".join(words)):
        return Reading(Found(), "country", code)
    # A town may be called after a country, and "West Azerbaijan" is a province; "Iraq" is the country.
    if not (directed and named) and (code := country_named(" ".join(loose)) or _demonym(loose, limits, named=named)):
        return Reading(Found(), "region" if directed else "country", code)
    if limits.wide and len(loose) == 1 and loose[0] in vocabulary()["people"]:
        return Reading(Found(), "group")
    if named:
        return None
    if directed and (region := _region(loose, limits, named=False)):
        return _region_reading(region)
    return Reading(Found(), "group") if _is_group(words) else None


def _is_own_province(words: list[str], limits: Limits) -> bool:
    """Tell whether a text is a province of the one country searched: "Niger" in Nigeria, "Sevastopol" in Ukraine.

    The home countries' regions and namesakes are kept by hand, in regions.tsv.
    """
    if len(limits.indexes) != 1 or limits.countries[0] in HOME_COUNTRIES:
        return False
    found = find(words, limits, fuzzy=False)
    return bool(found.places) and found.places[0].level == "admin1" and found.score > SCORE_PHONETIC


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


def _demonym(words: list[str], limits: Limits, *, named: bool) -> str | None:
    """Return the country of a demonym, unless it is the name of a place in another country that is searched."""
    code = vocabulary()["demonym"].get(words[0]) if len(words) == 1 else None
    return None if named and not limits.wide and code not in limits.countries else code


def is_generic(words: list[str]) -> bool:
    """Tell whether a text has nothing but directions and words such as "central", "old" or "capital"."""
    return all(word in vocabulary()["direction"] or word in vocabulary()["generic"] for word in words)


def counts_units(text: str) -> bool:
    """Tell whether a text counts units and names none: "16 different provinces"."""
    words = tokens(text)
    first, last = (words[0], words[-1]) if words else ("", "")
    types = vocabulary()["type"]
    return first.isdigit() and last.endswith("s") and last in types and last[:-1] in types


@lru_cache
def _group_phrases() -> tuple[str, ...]:
    return tuple(f" {phrase} " for phrase in vocabulary()["group"])


def _is_group(words: list[str]) -> bool:
    text = f" {' '.join(words)} "
    return any(phrase in text for phrase in _group_phrases())
