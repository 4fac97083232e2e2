"""Choose the places that a base map names: those that records name, capitals, and towns by size."""

import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.gazetteer.normalize import fold
from geo.model import EXACT, GeoPrecision
from geo.payload.basemap_cut import Bounds

#: Ranks, the first labelled first: places that records name, capitals, then towns by population.
RECORDS, CAPITAL = 0, 1
#: Smallest population of the ranks from 2.
POPULATION = (3_000_000, 1_000_000, 300_000, 100_000, 0)
#: Largest number of places that records name, of towns in the first view with its surroundings, and far from it.
NAMED, NEAR, FAR = 150, 220, 160
#: Longest name that a map has room for.
LONGEST = 28
#: What follows the name of a place: its type, or where it lies.
_MORE = re.compile(
    r"[,;(/]|\s(?:district|county|province|region|governorate|in|of|near|north|south|east|west)\b", re.IGNORECASE
)
#: A town so many degrees from a place that records name is that place.
SAME = 0.03


def chosen_places(towns: pd.DataFrame, records: pd.DataFrame, view: Bounds, around: Bounds) -> pd.DataFrame:
    """Return the places to name on a map.

    Parameters
    ----------
    towns : DataFrame, shape (n,)
        As ``read_basemap`` has them, the largest first.
    records : GeoDataFrame, shape (m,)
    view, around : (west, south, east, north)
        Of the first view with a margin, and of its surroundings, in degrees.

    Returns
    -------
    DataFrame
        ``name, lon, lat, rank``; the first to be labelled first.
    """
    rank = 2 + np.searchsorted(-np.array(POPULATION), -towns["population"].to_numpy())
    ranked = towns.assign(rank=np.where(towns["capital"], CAPITAL, np.minimum(rank, 1 + len(POPULATION))))
    inside = _within(ranked, view)
    capitals = ranked[ranked["capital"]]
    near = ranked[inside & ~ranked["capital"]].head(NEAR)
    beyond = ranked[~inside & _within(ranked, around) & ~ranked["capital"]].head(NEAR // 3)
    far = ranked[~inside & ~ranked["capital"]].head(FAR)
    places = pd.concat([capitals, near, beyond, far]).drop_duplicates(["name", "lon", "lat"])
    places = places.sort_values(["rank", "population", "name"], ascending=[True, False, True], ignore_index=True)
    named, taken = record_places(records, places)
    columns = ["name", "lon", "lat", "rank"]
    return pd.concat([named[columns], places.drop(index=places.index[taken])[columns]], ignore_index=True)


def record_places(records: pd.DataFrame, towns: pd.DataFrame) -> tuple[pd.DataFrame, NDArray[np.intp]]:
    """Return the places that records name and locate, the most frequent first, and the towns that they are.

    Parameters
    ----------
    records : GeoDataFrame, shape (m,)
    towns : DataFrame, shape (n,)
        ``name, lon, lat``.

    Returns
    -------
    places : DataFrame
        ``name, lon, lat, rank``.
    taken : array of int
        Positions of the towns that are one of these places.
    """
    named = _named(records)
    nearest, close = _nearest(named, towns)
    # "Airport of Kabul", known to the city only, stands at the point of Kabul: the town has the better name.
    better = close & named["exact"].to_numpy(bool)
    towns_name = towns["name"].to_numpy(object)[nearest] if len(towns) else np.array([], object)
    names = [
        town if take and fold(town) != fold(own) else own
        for own, town, take in zip(named["name"], towns_name, better, strict=True)
    ]
    return named.assign(name=names)[["name", "lon", "lat", "rank"]], np.unique(nearest[close])


def short_name(place: str) -> str:
    """Return the name alone of a place as a source describes it: "Kajaki district in Helmand province" is Kajaki."""
    return _MORE.split(place, maxsplit=1)[0].strip()


def _named(records: pd.DataFrame) -> pd.DataFrame:
    """Return the places that records name and locate, the most frequent first."""
    precise = records["geo_precision"].isin([*EXACT, GeoPrecision.DISTRICT]) & records["place"].notna()
    some = records[precise & ~records.geometry.is_empty & records.geometry.notna()]
    table = pd.DataFrame(
        {
            "name": some["place"].astype(str).map(short_name),
            "lon": some.geometry.x.round(3),
            "lat": some.geometry.y.round(3),
            "exact": some["geo_precision"].isin(EXACT).astype(bool),
        }
    )
    table = table[table["name"].str.len().between(1, LONGEST)]
    counted = table.groupby(["name", "lon", "lat", "exact"]).size().rename("n").reset_index()
    counted = counted.sort_values(["n", "name", "lon"], ascending=[False, True, True])
    return counted.drop_duplicates(["lon", "lat"]).head(NAMED).assign(rank=RECORDS)


def _nearest(named: pd.DataFrame, places: pd.DataFrame) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Return for each named place the position of the nearest town, and whether it is the same place."""
    if named.empty or places.empty:
        return np.zeros(len(named), np.intp), np.zeros(len(named), bool)
    away = [np.subtract.outer(named[axis].to_numpy(), places[axis].to_numpy()) for axis in ("lon", "lat")]
    distance = np.hypot(away[0] * np.cos(np.radians(places["lat"].to_numpy())), away[1])
    return distance.argmin(axis=1), distance.min(axis=1) < SAME


def _within(towns: pd.DataFrame, bounds: Bounds) -> pd.Series:
    west, south, east, north = bounds
    lon = towns["lon"]
    beside = lon.between(west, east) | (lon + 360).between(west, east) | (lon - 360).between(west, east)
    return beside & towns["lat"].between(south, north)
