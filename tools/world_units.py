"""Decide the units of the world: which polygons make one, its code, name, and what has changed since it was drawn."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd
import pycountry
from shapely import Geometry
from world_evidence import Evidence, Level

#: Countries that have a fine file of their own.
FINE = ("AF", "IR", "PK", "RU", "TJ", "TM", "UZ")
#: Share of a unit's towns from which a polygon is said to hold part of it.
PART = 0.25


@dataclass
class Unit:
    """One row of world.parquet."""

    country_code: str
    admin1_code: str
    admin1_name: str
    pieces: list[int]
    holds: list[str] = field(default_factory=list)
    superseded: str = ""
    note: str = ""
    change: str = ""
    geometry: Geometry = None


def make_units(
    pieces: pd.DataFrame,
    evidence: Sequence[Evidence],
    levels: Mapping[str, Level],
    hand: Sequence[dict[str, str]],
    changes: Sequence[dict[str, str]],
    spelled: Mapping[str, str],
    more: Sequence[dict[str, str]],
) -> list[Unit]:
    """Return the units, sorted by code.

    Parameters
    ----------
    pieces, evidence, levels
        As `world_evidence.gather` takes and returns them.
    hand, changes : sequence of dict
        Rows of units.csv and changes.csv.
    spelled : dict of str to str
        English names by code, of units whose name in the raw file is old, mistaken or not English.
    more : sequence of dict
        Rows of holds.csv: units of today in which the towns show no part of a polygon.
    """
    by_hand = {(row["country_code"], row["source_name"], row["box"] and row["admin1_code"]): row for row in hand}
    codes, names, used = [], {}, set()
    totals: Counter[str] = sum((item.votes for item in evidence), Counter())
    best = [item.best() for item in evidence]
    taken = set(best)
    held = _held(evidence, totals, {code for code in totals if code not in taken})
    for number, row in enumerate(pieces.itertuples()):
        key = (row.country_code, row.name, row.part)
        code = best[number]
        if key in by_hand:
            used.add(key)
            code = by_hand[key]["admin1_code"]
            if by_hand[key]["admin1_name"]:
                names[code] = by_hand[key]["admin1_name"]
        elif row.part:
            code = row.part
        elif held[number] and code not in evidence[number].names | evidence[number].points:
            code = next(iter(evidence[number].old), None)
        codes.append(code)
    if unused := sorted(set(by_hand) - used):
        raise SystemExit(f"units.csv: no polygon for {unused}")
    grouped = defaultdict(list)
    for number, code in enumerate(codes):
        country = pieces["country_code"].iloc[number]
        if code != "-":
            grouped[country, code or ("Z00" if country not in levels else pieces["name"].iloc[number])].append(number)
    units = [
        _unit(country, code, numbers, pieces, levels, names) for (country, code), numbers in sorted(grouped.items())
    ]
    _number_own(units)
    _mark_old(units, evidence, levels, totals, changes, more)
    for unit in units:
        unit.admin1_name = spelled.get(unit.admin1_code, unit.admin1_name)
    return sorted(units, key=lambda unit: unit.admin1_code)


def _held(evidence: Sequence[Evidence], totals: Counter[str], orphans: set[str]) -> list[bool]:
    """Return for each polygon whether most towns of a unit without a polygon lie in it."""
    return [any(item.votes[code] > totals[code] / 2 for code in orphans & item.votes.keys()) for item in evidence]


def _unit(
    country: str,
    code: str,
    numbers: list[int],
    pieces: pd.DataFrame,
    levels: Mapping[str, Level],
    names: dict[str, str],
) -> Unit:
    raw = pieces["name"].iloc[numbers[0]]
    if code == "Z00":
        known = pycountry.countries.get(alpha_2=country)
        if known is None:
            raise SystemExit(f"a3.csv: {country!r} of {raw!r} is no country of ISO 3166-1")
        name = getattr(known, "common_name", known.name)
    elif len(numbers) == 1 and raw:
        name = raw
    else:
        name = plain(levels[country].names.get(code, raw)) if country in levels else raw
    if "-" in code[2:3]:
        country = code[:2]
    return Unit(country, code, names.get(code, name), numbers)


def plain(name: str) -> str:
    """Return a name of ISO 3166-2 without what stands in brackets, and in its natural order."""
    name = re.sub(r"\s*[\[(].*", "", name)
    return " ".join(reversed(name.split(", ")))


def _number_own(units: list[Unit]) -> None:
    """Give units without a code of ISO one of geo's own: Z00 for a whole country, else Z01, Z02 in order of name."""
    for unit in units:
        if unit.admin1_code == "Z00":
            unit.admin1_code = f"{unit.country_code}-Z00"
    known = {unit.admin1_code for unit in units}
    for unit in units:
        if unit.admin1_code[:3] != f"{unit.country_code}-":
            number = 1
            while (code := f"{unit.country_code}-Z{number:02d}") in known:
                number += 1
            known.add(code)
            unit.admin1_code = code


def _mark_old(
    units: list[Unit],
    evidence: Sequence[Evidence],
    levels: Mapping[str, Level],
    totals: Counter[str],
    changes: Sequence[dict[str, str]],
    more: Sequence[dict[str, str]],
) -> None:
    """Say of each unit which units of today lie in it, when it was replaced, and how."""
    drawn = {unit.admin1_code for unit in units}
    when = {(row["country_code"], row["admin1_code"]): row for row in changes}
    for unit in units:
        level = levels.get(unit.country_code)
        if level is None:
            continue
        votes: Counter[str] = sum((evidence[number].votes for number in unit.pieces), Counter())
        current = unit.admin1_code in level.codes
        inside = {
            code
            for code, count in votes.items()
            if code[:2] == unit.country_code and count >= PART * totals[code] and (count > 1 or totals[code] == 1)
        }
        if not inside and not current and (own := [code for code in votes if code[:2] == unit.country_code]):
            inside = {max(own, key=lambda code: (votes[code], code))}
        inside |= {row["holds"] for row in more if row["admin1_code"] == unit.admin1_code}
        orphans = inside - drawn
        if not orphans and (current or not inside):
            continue
        unit.holds = sorted(inside if not current else orphans | {unit.admin1_code})
        row = when.get((unit.country_code, unit.admin1_code)) or when.get((unit.country_code, ""))
        names = ", ".join(f"{level.names[code]} ({code})" for code in unit.holds if code != unit.admin1_code)
        unit.superseded = row["superseded"] if row else ""
        unit.change = row["change"] if row else ""
        unit.note = f"{unit.change}; holds {names}" if unit.change and names else unit.change or f"holds {names}"
