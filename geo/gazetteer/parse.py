"""Split the text of a place into parts, and read them from the most to the least specific."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from geo.gazetteer.candidates import Found, Limits
from geo.gazetteer.index import Region, countries, regions, strip_types, vocabulary
from geo.gazetteer.lookup import find
from geo.gazetteer.normalize import MAX_LENGTH, fold, phonetic_keys, tokens
from geo.gazetteer.prominent import home_countries
from geo.gazetteer.thresholds import SCORE_PHONETIC
from geo.model import Match

_SEPARATORS = re.compile(r"[,;:|/\\()\[\]،؛、]+|\s[-–—]+\s|[–—]")
_DISTANCE = re.compile(r"\b\d+(?:[.,]\d+)?\s*(?:km|kms|kilomet\w+|miles?|mi)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?<=\w{3})['’]s\b")
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_CONJUNCTION = re.compile(r"\b(?:and|or|to)\b|&")


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


def read(text: str, limits: Limits) -> Reading:
    """Read a text as the name of a place.

    The whole text is tried as one name first, then its parts. Parts that name a country or a province limit where the
    others may lie; the most specific part found within those limits is the answer. Two provinces of which neither holds
    the other are ``ambiguous``.
    """
    text = " ".join(text[: MAX_LENGTH + 1].split()) if len(text) <= MAX_LENGTH else ""
    words = [word for word in tokens(text) if word != "the"]
    if not words:
        return Reading(Found(), None)
    whole = find(words, limits, fuzzy=False)
    named = whole.match != Match.NONE
    if special := _special(words, limits, named=named):
        return special
    return _reading(whole) if named else _read_parts(text, words, limits)


def _read_parts(text: str, words: list[str], limits: Limits) -> Reading:
    """Read a text that is no known name as a whole."""
    parts = _parts(text)
    if parts != [words] and (reading := _composite(parts, limits)):
        return reading
    if reading := _run_on(words, limits) or _several(text, limits):
        return reading
    return _reading(find(_undirected(words, limits), limits)) if len(parts) <= 1 else Reading(Found(), None)


def _ambiguous(score: float, codes: list[str]) -> Reading:
    return Reading(Found(match=Match.AMBIGUOUS, score=score, candidates=codes), None)


def _reading(found: Found) -> Reading:
    if not found.places:
        return Reading(found, None)
    return Reading(found, found.places[0].level, found.places[0].admin1_code[:2])


def _special(words: list[str], limits: Limits, *, named: bool) -> Reading | None:
    """Recognise text that denotes no single province: a country, a region, a direction of either, a group.

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
    if not (directed and named) and (code := country_named(" ".join(loose)) or _demonym(loose)):
        return Reading(Found(), "region" if directed else "country", code)
    if named:
        return None
    if directed and (region := _region(loose, limits, named=False)):
        return _region_reading(region)
    return Reading(Found(), "group") if _is_group(words) else None


def _is_own_province(words: list[str], limits: Limits) -> bool:
    """Tell whether a text is a province of the one country searched: "Niger" in Nigeria, "Sevastopol" in Ukraine.

    The home countries' regions and namesakes are kept by hand, in regions.tsv.
    """
    if len(limits.indexes) != 1 or limits.countries[0] in home_countries():
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


def _demonym(words: list[str]) -> str | None:
    return vocabulary()["demonym"].get(words[0]) if len(words) == 1 else None


@lru_cache
def _group_phrases() -> tuple[str, ...]:
    return tuple(f" {phrase} " for phrase in vocabulary()["group"])


def _is_group(words: list[str]) -> bool:
    text = f" {' '.join(words)} "
    return any(phrase in text for phrase in _group_phrases())


def _parts(text: str) -> list[list[str]]:
    """Return the words of each part, in the order of the text, without filler words."""
    words = vocabulary()
    text = _POSSESSIVE.sub(",", _DISTANCE.sub(" ", text))
    # "Russian embassy in Kabul" is not in Russia.
    demonyms = {} if words["abroad"].keys() & set(tokens(text)) else words["demonym"]
    fillers = words["noise"].keys() | words["demonym"].keys() | words["abroad"].keys()
    parts: list[list[str]] = []
    for piece in _SEPARATORS.split(text):
        if country_named(piece):
            # The "of" in "Democratic Republic of the Congo" parts nothing.
            parts.append(tokens(piece))
            continue
        parts.append([])
        for word in tokens(piece):
            if word in demonyms:
                parts += [[word], []]
            elif word in words["split"]:
                parts.append([])
            elif word not in fillers:
                parts[-1].append(word)
    return [part for part in parts if _says_something(part)]


def _says_something(part: list[str]) -> bool:
    """Return whether a part has more than directions and words for kinds of place."""
    directions = vocabulary()["direction"]
    return any(word not in directions for word in part) and bool(strip_types(part)[0])


@dataclass(slots=True)
class _Context:
    """What the parts of a text say of the country and region, and the parts that are left."""

    parts: list[list[str]] = field(default_factory=list)
    country: str | None = None
    region: Reading | None = None
    #: Where a part names a country outside the limits, or a second one.
    elsewhere: Reading | None = None


def _context(parts: list[list[str]], limits: Limits) -> _Context:
    context = _Context()
    for part in parts:
        special = _special(part, limits, named=find(part, limits, fuzzy=False).match != Match.NONE)
        if special is None:
            context.parts.append(part)
        elif special.country_code is None or special.level not in ("country", "region"):
            context.region = context.region or special
        elif limits.reaches(special.country_code, context.country):
            context.country, context.region = special.country_code, special
        else:
            return _Context(elsewhere=special)
    return context


def _composite(parts: list[list[str]], limits: Limits) -> Reading | None:
    """Read parts together; None where none of them is known."""
    context = _context(parts, limits)
    if context.elsewhere:
        return Reading(Found(), context.elsewhere.level, context.elsewhere.country_code)
    if country := context.country:
        limits = limits.in_country(country)
    named = [(part, found) for part in context.parts if (found := _province(part, limits))]
    codes = {found.candidates[0] for _, found in named}
    if len(codes) > 1:
        return _nested(named, limits)
    if not named:
        return _specific(context.parts, limits) or context.region
    # A province that has ended, named without a date, says that the text is of its time.
    limits = limits.inside(codes, next((found.places[0].past_until for _, found in named), "") or None)
    others = [part for part in context.parts if not any(part is known for known, _ in named)]
    return _specific(others, limits) or _reading(named[0][1])


def _province(part: list[str], limits: Limits) -> Found | None:
    found = find(_undirected(part, limits), limits, fuzzy=False)
    return found if found.places and found.places[0].level == "admin1" else None


def _undirected(part: list[str], limits: Limits) -> list[str]:
    """Take "northern" off "northern Helmand", but not off "North Khorasan"."""
    directions = vocabulary()["direction"]
    bare = [word for word in part if word not in directions]
    return part if len(bare) == len(part) or find(part, limits, fuzzy=False).match != Match.NONE else bare


#: Levels from the most to the least specific.
_LEVELS = ("town", "admin2", "admin1")


def _specific(parts: list[list[str]], limits: Limits) -> Reading | None:
    """Return the most specific part that is found within the limits, where the parts agree on a province."""
    founds = _inside_district([_undirected(part, limits) for part in parts], limits)
    known = [found for found in founds if found.places]
    codes = sorted({found.candidates[0] for found in known})
    if len(codes) > 1:
        return _ambiguous(known[0].score, codes)
    if known:
        return _reading(min(known, key=lambda found: _LEVELS.index(found.places[0].level)))
    unclear = [found for found in founds if found.match == Match.AMBIGUOUS]
    return Reading(unclear[0], None) if unclear and limits.codes is None else None


def _inside_district(parts: list[list[str]], limits: Limits) -> list[Found]:
    """Find each part; the last district among them limits where the others may lie: "Khar, Bajaur Agency"."""
    founds = [find(part, limits) for part in parts]
    districts = [i for i, found in enumerate(founds) if found.places and found.places[0].level == "admin2"]
    if not districts:
        return founds
    last = districts[-1]
    inside = limits.inside(founds[last].candidates)
    return [founds[last] if part is parts[last] else find(part, inside) for part in parts]


def _nested(named: list[tuple[list[str], Found]], limits: Limits) -> Reading:
    """Read a text that names two provinces: one may be the name of a place in the other."""
    if len(named) == 2:
        for (inner, _), (_, outer) in (named, named[::-1]):
            found = find(inner, limits.inside(outer.candidates), fuzzy=False)
            if found.places:
                return _reading(found)
    return _ambiguous(named[0][1].score, list(dict.fromkeys(found.candidates[0] for _, found in named)))


def _run_on(words: list[str], limits: Limits) -> Reading | None:
    """Read "Achin Nangarhar Afghanistan", where nothing separates the names."""
    for cut in range(1, len(words)):
        head, tail = words[:cut], words[cut:]
        if country_named(" ".join(tail)) or _province(tail, limits):
            reading = _composite([head, tail], limits)
            # Many villages are called after their province: the rest of the name has to be known, too.
            if reading and reading.found.places and reading.level != "admin1":
                return reading
    return None


def _several(text: str, limits: Limits) -> Reading | None:
    """Read "Nangarhar and Kunar" or "Kabul-Jalalabad road": known places, each of them meant."""
    fillers = vocabulary()["noise"].keys() | vocabulary()["split"].keys()
    for pattern in (_CONJUNCTION, _HYPHEN):
        pieces = [[word for word in tokens(piece) if word not in fillers] for piece in pattern.split(text)]
        if len(pieces) > 1 and all(pieces) and (reading := _each(pieces, limits)):
            return reading
    return None


def _each(pieces: list[list[str]], limits: Limits) -> Reading | None:
    """Read places that are all meant: their common province, or ambiguous; None where one is unknown."""
    founds = [find(piece, limits, fuzzy=False) for piece in pieces]
    if any(found.match == Match.NONE for found in founds):
        return None
    codes = list(dict.fromkeys(code for found in founds for code in found.candidates))
    if len(codes) == 1 and all(found.places for found in founds):
        return _reading(min(founds, key=lambda found: found.score))
    return _ambiguous(founds[0].score, codes)
