"""Give units the ISO 3166-2 codes of today: by the file, by name, by the towns in them, else codes of geo's own.

A code of geo's own is the country and a letter with two digits, ``ML-X07``; no code of ISO 3166-2 has this form. The
number is the one in which the source's code ends (``ML07``, ``MLI.7_1``) if these numbers are distinct and below 100,
so that it is the same in later files of the source; otherwise units are numbered by name.
"""

import re
from collections import Counter
from dataclasses import dataclass

import pandas as pd

from geo.boundaries.towns import Towns
from geo.errors import DataError
from geo.gazetteer.index import index
from geo.gazetteer.prominent import admin1_name
from geo.gazetteer.resolve import OWN_CODE, geocode_places, is_covered
from geo.model import Match

#: Letters before the two digits of a code of geo's own.
_OWN_LETTERS = "XYZ"
#: How surely a name stands for a province, surest first.
_ORDER = {Match.NAME: 0, Match.ALIAS: 1, Match.FUZZY: 2}
_NUMBER = re.compile(r"(\d+)(?:_\d+)?$")


@dataclass(frozen=True)
class _Named:
    """The province that a unit's name stands for in the gazetteer."""

    code: str
    match: Match

    @property
    def sure(self) -> bool:
        """Whether the name is spelt as one of the province's."""
        return self.match in (Match.NAME, Match.ALIAS)


def assign_codes(country: str, units: pd.DataFrame, towns: Towns) -> tuple[list[str], list[str], list[str]]:
    """Return the code of each unit.

    Parameters
    ----------
    country : str
        ISO 3166-1 alpha-2.
    units : DataFrame, shape (n,)
        ``unit_name``, ``iso``, ``source_code`` and ``valid_from``.
    towns : Towns
        Towns of the gazetteer in the units.

    Returns
    -------
    codes : list of str, length n
    notes : list of str
        Each unit whose code is not the one that the file states for it.
    faults : list of str
        Codes that several units claim.
    """
    names = [str(name) for name in units["unit_name"]]
    stated = [code if isinstance(code, str) and code[:2] == country else None for code in units["iso"]]
    named = _by_name(country, names)
    notes: list[str] = []
    codes = _settle_stated(names, stated, named, notes)
    _add_named(names, codes, [known if known and known.sure else None for known in named], notes)
    _add_by_towns(names, codes, towns, notes)
    _add_named(names, codes, named, notes)
    _add_own(country, names, units["source_code"], codes, notes)
    found = [str(code) for code in codes]
    repeated = [
        code for code, count in Counter(zip(found, units["valid_from"].fillna(""), strict=True)).items() if count > 1
    ]
    faults = [
        f"{code}: {', '.join(name for name, other in zip(names, found, strict=True) if other == code)} share this code"
        for code, _ in repeated
    ]
    notes += _against_gazetteer(country, names, found)
    against = towns.against(names, found)
    if len(against) > len(names) / 2:
        notes.append(
            f"{len(against)} of {len(names)} units lie in a province of another code; if they are districts, add them "
            "with --level 2"
        )
    else:
        notes += against
    return found, notes, faults


def _against_gazetteer(country: str, names: list[str], codes: list[str]) -> list[str]:
    """Return the codes that the gazetteer does not know, and the provinces of today that no unit is."""
    if not is_covered(country):
        return []
    notes = []
    unknown = [
        f"{code} {name}"
        for code, name in zip(codes, names, strict=True)
        if admin1_name(code) is None and not OWN_CODE.fullmatch(code)
    ]
    if unknown:
        notes.append(f"codes of the file that are not in the gazetteer: {', '.join(unknown)}")
    today = {
        place.admin1_code: place.name
        for place in index(country).places
        if place.level == "admin1" and not place.past_code
    }
    if missing := [f"{code} {name}" for code, name in sorted(today.items()) if code not in codes]:
        notes.append(f"no polygon for {', '.join(missing)}")
    return notes


def _by_name(country: str, names: list[str]) -> list[_Named | None]:
    """Return the province that each name stands for in the gazetteer; a town of the same name does not count."""
    if not is_covered(country):
        return [None] * len(names)
    plain = geocode_places(names, country=country)
    typed = geocode_places([f"{name} province" for name in names], country=country)
    found: list[_Named | None] = []
    for row in range(len(names)):
        answers = [table.iloc[row] for table in (plain, typed)]
        known = [
            a
            for a in answers
            if pd.notna(a["level"]) and a["level"] == "admin1" and pd.notna(a["admin1_code"]) and a["match"] in _ORDER
        ]
        found.append(_Named(str(known[0]["admin1_code"]), Match(known[0]["match"])) if known else None)
    return found


def _settle_stated(
    names: list[str], stated: list[str | None], named: list[_Named | None], notes: list[str]
) -> list[str | None]:
    """Return the file's codes, those of another time replaced: ISO has given IR-07, once Tehran, to Fars."""
    held = {code for code, known in zip(stated, named, strict=True) if code and (known is None or known.code == code)}
    codes = list(stated)
    for row, (name, code, known) in enumerate(zip(names, stated, named, strict=True)):
        if code is None or known is None or not known.sure or known.code == code:
            continue
        if known.code in held:  # "Osh" is a city and the region around it
            notes.append(f"{name}: {code} kept, though the name is that of {known.code}, which another unit has")
            continue
        codes[row] = known.code
        notes.append(f"{name}: {known.code} by its name in place of {code}, {_meaning(code)}")
    return codes


def _meaning(code: str) -> str:
    name = admin1_name(code)
    return f"which is {name} today" if name else "which is not a code of today"


def _add_named(names: list[str], codes: list[str | None], named: list[_Named | None], notes: list[str]) -> None:
    """Give units without a code that of the province that their name stands for, unless several units claim it."""
    claims: dict[str, list[int]] = {}
    for row, (code, known) in enumerate(zip(codes, named, strict=True)):
        if code is None and known is not None and known.code not in codes:
            claims.setdefault(known.code, []).append(row)
    for code, rows in claims.items():
        ranked = sorted(rows, key=lambda row: _ORDER[named[row].match])  # type: ignore[union-attr]
        ranks = [_ORDER[named[row].match] for row in ranked]  # type: ignore[union-attr]
        if len(ranks) > 1 and ranks[0] == ranks[1]:
            notes.append(f"{', '.join(names[row] for row in rows)}: each reads as {code}, so their names say nothing")
            continue
        row = ranked[0]
        codes[row] = code
        how = "" if ranks[0] < _ORDER[Match.FUZZY] else f", read as {admin1_name(code)}"
        notes.append(f"{names[row]}: {code} by its name{how}")


def _add_by_towns(names: list[str], codes: list[str | None], towns: Towns, notes: list[str]) -> None:
    """Give units without a code that of the province whose towns they hold."""
    for row, name in enumerate(names):
        code = towns.province_of(row) if codes[row] is None else None
        if code and code not in codes:
            codes[row] = code
            known = f"{code} {admin1_name(code)}"
            notes.append(f"{name}: {known} by the towns in it, {towns.votes[row][code]} of {towns.votes[row].total()}")


def _add_own(
    country: str, names: list[str], source_codes: pd.Series, codes: list[str | None], notes: list[str]
) -> None:
    """Give the units that are left a code of their own."""
    rows = [row for row, code in enumerate(codes) if code is None]
    if not rows:
        return
    free = [f"{country}-{letter}{number:02}" for letter in _OWN_LETTERS for number in range(1, 100)]
    free = [code for code in free if code not in codes]
    if len(rows) > len(free):
        raise DataError(
            f"{len(rows)} units have no ISO 3166-2 code; more than {len(free)} are no first-level units: "
            "if they are districts, give --level 2"
        )
    ends = [_NUMBER.search(text) if isinstance(text, str) else None for text in source_codes]
    numbers = [int(end[1]) if end else 0 for end in ends]
    numbered = {row: f"{country}-X{numbers[row]:02}" for row in rows}
    distinct = len(set(numbers)) == len(numbers) and set(free).issuperset(numbered.values())
    if distinct and all(0 < number < 100 for number in numbers):
        own = numbered
    else:
        own = dict(zip(sorted(rows, key=lambda row: (names[row], row)), free, strict=False))
    for row in rows:
        codes[row] = own[row]
        notes.append(
            f"{names[row]}: {own[row]}, a code of geo's own: no ISO 3166-2 code in the file, by its name or its towns"
        )
