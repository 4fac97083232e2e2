"""Compare polygons with the towns of the gazetteer: whether they are of the country and of the provinces they claim."""

from collections import Counter
from collections.abc import Sequence
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


def compare_with_towns(country: str, polygons: Any, labels: Sequence[str], codes: Sequence[str]) -> list[str]:
    """Return what the towns of the gazetteer say against polygons; nothing for a country that it does not cover.

    Parameters
    ----------
    country : str
        ISO 3166-1 alpha-2.
    polygons : array of Polygon or MultiPolygon, shape (n,)
        Units of the country.
    labels, codes : sequence of str, length n
        What to call each unit, and the province that it is or lies in.

    Raises
    ------
    DataError
        If the polygons are elsewhere.
    """
    places = index(country).places if is_covered(country) else []
    towns = [place for place in places if place.level == "town" and place.lon is not None and place.lat is not None]
    if len(towns) < _ENOUGH:
        return []
    lon, lat = np.array([place.lon for place in towns], float), np.array([place.lat for place in towns], float)
    unit = covering(lon, lat, polygons)
    share = float((unit >= 0).mean())
    name = country_names().get(country, country)
    found = f"{(unit >= 0).sum():,} of {len(towns):,} towns of {name} lie in these polygons"
    if share < _NONE and len(polygons) > 1:
        swapped = float((covering(lat, lon, polygons) >= 0).mean()) > 0.5
        why = "longitude and latitude look swapped" if swapped else "they are of another country or in another CRS"
        raise DataError(f"{found}: {why}")
    notes = [f"{found}: they are not the whole country"] if share < _PARTLY else []
    for number, (label, code) in enumerate(zip(labels, codes, strict=True)):
        votes = Counter(towns[row].admin1_code for row in np.flatnonzero(unit == number))
        if votes.total() < _ENOUGH_IN_UNIT:
            continue
        winner, count = votes.most_common(1)[0]
        if winner != code and count >= _AGREE * votes.total():
            notes.append(
                f"{label}: {code}, but {count} of {votes.total()} towns in it are in {winner} {admin1_name(winner)}"
            )
    return notes
