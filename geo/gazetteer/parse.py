"""Split the text of a place into parts, and read them from the most to the least specific."""

import re
from dataclasses import dataclass, field

from geo.gazetteer.candidates import Found, Limits
from geo.gazetteer.index import strip_types, vocabulary
from geo.gazetteer.lookup import find
from geo.gazetteer.normalize import MAX_LENGTH, tokens
from geo.gazetteer.regions import Reading, country_named, is_generic, left_open, read_special
from geo.gazetteer.thresholds import WIDE_POPULATION_ALIAS
from geo.model import Match

_SEPARATORS = re.compile(r"[,;:|/\\()\[\]،؛、]+|\s[-–—]+\s|[–—]")
_DISTANCE = re.compile(r"\b\d+(?:[.,]\d+)?\s*(?:km|kms|kilomet\w+|miles?|mi)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?<=\w{3})['’]s\b")
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_CONJUNCTION = re.compile(r"\b(?:and|or|to)\b|&")


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
    if special := read_special(words, limits, named=named):
        return special
    if limits.wide and is_generic(words):
        return left_open(whole.score, whole.candidates) if named else Reading(Found(), None)
    return _reading(whole) if named else _read_parts(text, words, limits)


def _read_parts(text: str, words: list[str], limits: Limits) -> Reading:
    """Read a text that is no known name as a whole."""
    parts = _parts(text)
    if parts != [words] and (reading := _composite(parts, limits)):
        return reading
    if reading := _run_on(words, limits) or _several(text, limits):
        return reading
    return _reading(find(_undirected(words, limits), limits)) if len(parts) <= 1 else Reading(Found(), None)


def _reading(found: Found) -> Reading:
    if not found.places:
        return Reading(found, None)
    return Reading(found, found.places[0].level, found.places[0].admin1_code[:2])


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
    #: The people of another country than is asked in say who rather than where: "American base in Kandahar".
    people: Reading | None = None


def _context(parts: list[list[str]], limits: Limits) -> _Context:
    context = _Context()
    for part in parts:
        special = read_special(part, limits, named=find(part, limits, fuzzy=False).match != Match.NONE)
        if special is None:
            context.parts.append(part)
        elif special.country_code is None or special.level not in ("country", "region"):
            context.region = context.region or special
        elif limits.reaches(special.country_code, context.country):
            context.country, context.region = special.country_code, special
        elif not limits.wide and len(part) == 1 and part[0] in vocabulary()["demonym"]:
            context.people = context.people or special
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
        return _specific(context.parts, limits, every=limits.wide) or context.region or context.people
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


def _specific(parts: list[list[str]], limits: Limits, *, every: bool = False) -> Reading | None:
    """Return the most specific part that is found within the limits, where the parts agree on a province.

    ``every`` says that only large towns count where a part is unknown: "Pilgrim's Rest" is not Rasht.
    """
    founds = _inside_district([_undirected(part, limits) for part in parts], limits)
    known = [found for found in founds if found.places]
    if every and len(known) < len(founds):
        known = [found for found in known if found.level != "town" or _is_large(found)]
    codes = sorted({found.candidates[0] for found in known})
    if len(codes) > 1:
        return left_open(known[0].score, codes)
    if known:
        return _reading(min(known, key=lambda found: _LEVELS.index(found.places[0].level)))
    unclear = [found for found in founds if found.match == Match.AMBIGUOUS]
    return Reading(unclear[0], None) if unclear and limits.codes is None else None


def _is_large(found: Found) -> bool:
    """Tell whether a town is known by its own name everywhere."""
    return found.match == Match.NAME and found.places[0].population >= WIDE_POPULATION_ALIAS


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
    return left_open(named[0][1].score, list(dict.fromkeys(found.candidates[0] for _, found in named)))


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
    codes = list(dict.fromkeys(code for found in founds for code in _near(found, founds)))
    if len(codes) == 1 and all(found.places for found in founds):
        return _reading(min(founds, key=lambda found: found.score))
    return left_open(founds[0].score, codes)


def _near(found: Found, founds: list[Found]) -> list[str]:
    """Return the candidates of a place in the country of those beside it: "Kabul-Jalalabad road" is in Afghanistan."""
    settled = {other.candidates[0][:2] for other in founds if other.places}
    return [code for code in found.candidates if {code[:2]} == settled] or found.candidates
