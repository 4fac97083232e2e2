"""Compare polygons with the towns of the gazetteer: whether they are of the country and of the provinces they claim."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from geo.admin.distance import covering
from geo.errors import DataError
from geo.gazetteer.index import country_names, index
from geo.gazetteer.prominent import admin1_name
from geo.gazetteer.resolve import is_covered

#: Fewer towns in a country, or in a unit, prove nothing.
_ENOUGH, _ENOUGH_IN_UNIT = 20, 5
#: Share of a country's towns in the polygons below which they are another country's, or below which it is said.
_NONE, _PARTLY = 0.02, 0.8
#: Share of a unit's towns that must agree on another province for it to be said.
_AGREE = 0.8


@dataclass(frozen=True)
class Towns:
    """Where the towns of a country lie among its units.

    Attributes
    ----------
    votes : list of Counter, length n
        For each unit, how many towns in it are in which province by the gazetteer.
    of_province : Counter
        Towns of each province, wherever they lie.
    notes : list of str
    """

    votes: list[Counter[str]]
    of_province: Counter[str]
    notes: list[str] = field(default_factory=list)

    def province_of(self, unit: int) -> str | None:
        """Return the province that a unit is: most towns of each lie in the other; None if there is none."""
        if not (won := self.winner(unit)):
            return None
        code, count = won
        return code if count >= _AGREE * self.of_province[code] else None

    def winner(self, unit: int) -> tuple[str, int] | None:
        """Return the province on which the towns in a unit agree, and their number."""
        votes = self.votes[unit]
        if votes.total() < _ENOUGH_IN_UNIT:
            return None
        code, count = votes.most_common(1)[0]
        return (code, count) if count >= _AGREE * votes.total() else None

    def against(self, labels: Sequence[str], codes: Sequence[str]) -> list[str]:
        """Return the units whose towns agree on another province than their code says.

        Parameters
        ----------
        labels, codes : sequence of str, length n
            What to call each unit, and the province that it is or lies in.
        """
        notes = []
        for number, (label, code) in enumerate(zip(labels, codes, strict=True)):
            won = self.winner(number)
            if won and won[0] != code:
                total, name = self.votes[number].total(), admin1_name(won[0])
                notes.append(f"{label}: {code}, but {won[1]} of {total} towns in it are in {won[0]} {name}")
        return notes


def place_towns(country: str, polygons: Any) -> Towns:
    """Find the towns of the gazetteer in polygons; none for a country that it does not cover.

    Parameters
    ----------
    country : str
        ISO 3166-1 alpha-2.
    polygons : array of Polygon or MultiPolygon, shape (n,)
        Units of the country.

    Raises
    ------
    DataError
        If the polygons are elsewhere.
    """
    places = index(country).places if is_covered(country) else []
    towns = [place for place in places if place.level == "town" and place.lon is not None and place.lat is not None]
    votes: list[Counter[str]] = [Counter() for _ in range(len(polygons))]
    of_province = Counter(place.admin1_code for place in towns)
    if len(towns) < _ENOUGH:
        return Towns(votes, of_province)
    lon, lat = np.array([place.lon for place in towns], float), np.array([place.lat for place in towns], float)
    unit = covering(lon, lat, polygons)
    share = float((unit >= 0).mean())
    name = country_names().get(country, country)
    found = f"{(unit >= 0).sum():,} of {len(towns):,} towns of {name} lie in these polygons"
    if share < _NONE and len(polygons) > 1:
        swapped = float((covering(lat, lon, polygons) >= 0).mean()) > 0.5
        why = "longitude and latitude look swapped" if swapped else "they are of another country or in another CRS"
        raise DataError(f"{found}: {why}")
    for row in np.flatnonzero(unit >= 0):
        votes[unit[row]][towns[row].admin1_code] += 1
    return Towns(votes, of_province, [f"{found}: they are not the whole country"] if share < _PARTLY else [])
