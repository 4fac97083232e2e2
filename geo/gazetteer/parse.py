"""Split the text of a place into its parts, and read them from the most specific to the least."""

import re
from dataclasses import dataclass
from functools import lru_cache

from geo.gazetteer.candidates import Found, Limits
from geo.gazetteer.index import Region, abroad, countries, regions, strip_types, vocabulary
from geo.gazetteer.lookup import find
from geo.gazetteer.normalize import MAX_LENGTH, fold, phonetic_keys, tokens
from geo.gazetteer.thresholds import SCORE_PHONETIC
from geo.model import Match

_SEPARATORS = re.compile(r"[,;:|/\\()\[\]،؛、]+|\s[-–—]+\s|[–—]")
_DISTANCE = re.compile(r"\b\d+(?:[.,]\d+)?\s*(?:km|kms|kilomet\w+|miles?|mi)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?<=\w{3})['’]s\b")
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")


@dataclass(slots=True)
class Reading:
    """What a text denotes.

    ``level`` is that of the place found (admin1, admin2, town), or ``country``, ``region`` or ``group`` for text that
    denotes no single province, or None for text that says nothing known.
    """

    found: Found
    level: str | None
    country_code: str | None = None


def country_named(text: str) -> str | None:
    """Return the code of the country that a text names, or None; two and three letters are no country's name here."""
    key = fold(text)
    return countries().get(key) if len(key) > 3 else None


def read(text: str, limits: Limits) -> Reading:
    """Read a text as the name of a place.

    The whole is tried as one name first; then its parts. Parts that name a country or a province limit where the
    others may lie; the most specific part that is found within those limits is the answer. Two provinces that do not
    hold one another are ``ambiguous``.
    """
    text = " ".join(text[: MAX_LENGTH + 1].split()) if len(text) <= MAX_LENGTH else ""
    words = [word for word in tokens(text) if word != "the"]
    if not words:
        return Reading(Found(), None)
    whole = find(words, limits, fuzzy=False)
    if (special := _special(words, limits, named=whole.match != Match.NONE)) is not None:
        return special
    if limits.wide and (reading := _abroad(words, whole)) is not None:
        return reading
    if whole.match != Match.NONE:
        return _reading(whole)
    parts = _parts(text)
    if len(parts) > 1 or parts != [words]:
        reading = _composite(parts, limits)
        if reading is not None:
            return reading
    if (run := _run_on(words, limits)) is not None:
        return run
    if (several := _several(text, limits)) is not None:
        return several
    return _reading(find(_undirected(words, limits), limits)) if len(parts) <= 1 else Reading(Found(), None)


def _reading(found: Found) -> Reading:
    if not found.places:
        return Reading(found, None)
    return Reading(found, found.places[0].level, found.places[0].admin1_code[:2])


def _abroad(words: list[str], found: Found) -> Reading | None:
    """Settle a name that a large town in another country has, too; None where ours is meant or none is known."""
    letters = fold(words)
    town = next((abroad()[key] for key in (letters, *phonetic_keys(words)) if key in abroad()), None)
    if town is None:
        return None
    country, population = town
    by_sound = found.score <= SCORE_PHONETIC
    if found.match == Match.NONE or (by_sound and letters in abroad()):
        return Reading(Found(), "town", country)
    if not by_sound and found.places and (found.places[0].level == "admin1" or found.places[0].population > population):
        return None
    return Reading(Found(match=Match.AMBIGUOUS, score=found.score, candidates=found.candidates), None)


def _special(words: list[str], limits: Limits, *, named: bool) -> Reading | None:
    """Recognise what denotes no single province: a country, a region, a direction of either, a group.

    ``named`` says that a place bears the words as its name.
    """
    directions, types = vocabulary()["direction"], vocabulary()["type"]
    plain = [word for word in words if types.get(word) != "any"]
    for form in (words, plain):
        if (region := _region(form, limits, named=named)) is not None:
            return Reading(Found(candidates=list(region.candidates)), "region")
    loose = [word for word in plain if word not in directions]
    directed = any(word in directions for word in words)
    # A town may be called after a country, and "West Azerbaijan" is a province; "Iraq" is the country.
    if (code := country_named(" ".join(loose)) or _demonym(loose)) and not (directed and named):
        return Reading(Found(), "region" if directed else "country", code)
    if directed and not named and (region := _region(loose, limits, named=False)) is not None:
        return Reading(Found(candidates=list(region.candidates)), "region")
    return Reading(Found(), "group") if not named and _is_group(words) else None


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


def _parts(text: str) -> list[list[str]]:
    """Return the words of each part, in the order of the text, without words that only point at it."""
    splitters, noise = vocabulary()["split"], vocabulary()["noise"]
    text = _POSSESSIVE.sub(",", _DISTANCE.sub(" ", text))
    # "Russian embassy in Kabul" is not in Russia.
    demonyms = {} if vocabulary()["abroad"].keys() & set(tokens(text)) else vocabulary()["demonym"]
    parts: list[list[str]] = []
    for piece in _SEPARATORS.split(text):
        part: list[str] = []
        for word in tokens(piece):
            if word in splitters or word in demonyms:
                parts += [part, [word]] if word in demonyms else [part]
                part = []
            elif word not in noise and word not in vocabulary()["demonym"] and word not in vocabulary()["abroad"]:
                part.append(word)
        parts.append(part)
    directions = vocabulary()["direction"]
    return [part for part in parts if any(word not in directions for word in part) and strip_types(part)[0]]


def _composite(parts: list[list[str]], limits: Limits) -> Reading | None:
    """Read parts together; None where none of them is known."""
    rest, country, region = [], None, None
    for part in parts:
        special = _special(part, limits, named=find(part, limits, fuzzy=False).match != Match.NONE)
        if special is None:
            rest.append(part)
        elif special.country_code and special.level in ("country", "region"):
            if special.country_code not in limits.countries and special.country_code != country:
                return Reading(Found(), special.level, special.country_code)
            country, region = special.country_code, special
        else:
            region = region or special
    if country:
        limits = Limits(tuple(i for i in limits.indexes if i.country_code == country), limits.codes, limits.day)
    named = [(part, found) for part in rest if (found := _province(part, limits)) is not None]
    codes = {found.candidates[0] for _, found in named}
    others = [part for part in rest if all(part is not known for known, _ in named)]
    if len(codes) > 1:
        return _nested(named, limits)
    if codes:
        # A province that has ended, named without a date, says that the text is of its time.
        limits = limits.inside(codes, next((found.places[0].past_until for _, found in named), "") or None)
    return _specific(others, limits) or (_reading(named[0][1]) if named else region)


def _province(part: list[str], limits: Limits) -> Found | None:
    found = find(_undirected(part, limits), limits, fuzzy=False)
    return found if found.places and found.places[0].level == "admin1" else None


def _undirected(part: list[str], limits: Limits) -> list[str]:
    """Take "northern" off "northern Helmand", but not off "North Khorasan"."""
    directions = vocabulary()["direction"]
    bare = [word for word in part if word not in directions]
    return part if len(bare) == len(part) or find(part, limits, fuzzy=False).match != Match.NONE else bare


def _specific(parts: list[list[str]], limits: Limits) -> Reading | None:
    """Return the most specific part that is found within the limits, where the parts agree on a province.

    A district that the text names limits where its other parts may lie: "Khar, Bajaur Agency".
    """
    parts = [_undirected(part, limits) for part in parts]
    founds = [find(part, limits) for part in parts]
    for number in reversed(range(len(parts))):
        if (found := founds[number]).places and found.places[0].level == "admin2":
            inside = limits.inside(found.candidates)
            founds = [found if part is parts[number] else find(part, inside) for part in parts]
            break
    known = [found for found in founds if found.places]
    if len({found.candidates[0] for found in known}) > 1:
        codes = sorted({found.candidates[0] for found in known})
        return Reading(Found(match=Match.AMBIGUOUS, score=known[0].score, candidates=codes), None)
    if known:
        order = {"town": 0, "admin2": 1, "admin1": 2}
        return _reading(min(known, key=lambda found: order[found.places[0].level]))
    unclear = [found for found in founds if found.match == Match.AMBIGUOUS]
    return Reading(unclear[0], None) if unclear and limits.codes is None else None


def _nested(named: list[tuple[list[str], Found]], limits: Limits) -> Reading:
    """Settle a text that names two provinces: one may be the name of a place in the other."""
    codes = list(dict.fromkeys(found.candidates[0] for _, found in named))
    if len(named) == 2:
        for (inner, _), (_, outer) in (named, named[::-1]):
            found = find(inner, limits.inside(outer.candidates), fuzzy=False)
            if found.places:
                return _reading(found)
    return Reading(Found(match=Match.AMBIGUOUS, score=named[0][1].score, candidates=codes), None)


def _run_on(words: list[str], limits: Limits) -> Reading | None:
    """Read "Achin Nangarhar Afghanistan", where nothing parts the names."""
    for cut in range(1, len(words)):
        head, tail = words[:cut], words[cut:]
        if country_named(" ".join(tail)) or _province(tail, limits) is not None:
            reading = _composite([head, tail], limits)
            # Many villages are called after their province: the rest of the name has to be known, too.
            if reading is not None and reading.found.places and reading.level != "admin1":
                return reading
    return None


def _several(text: str, limits: Limits) -> Reading | None:
    """Read "Nangarhar and Kunar" or "Kabul-Jalalabad road": known places, each of them meant."""
    noise = vocabulary()["noise"].keys() | vocabulary()["split"].keys()
    for pattern in (r"\b(?:and|or|to)\b|&", _HYPHEN):
        pieces = [[w for w in tokens(piece) if w not in noise] for piece in re.split(pattern, text)]
        if len(pieces) < 2 or not all(pieces):
            continue
        founds = [find(piece, limits, fuzzy=False) for piece in pieces]
        if not all(found.match != Match.NONE for found in founds):
            continue
        codes = [code for found in founds for code in found.candidates]
        if len(set(codes)) == 1 and all(found.places for found in founds):
            return _reading(min(founds, key=lambda found: found.score))
        return Reading(Found(match=Match.AMBIGUOUS, score=founds[0].score, candidates=list(dict.fromkeys(codes))), None)
    return None
