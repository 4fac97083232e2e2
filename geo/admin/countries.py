"""Countries that a table of records needs, and what is to be said of their polygons on a map."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from geo.admin.grid import prepared
from geo.admin.provinces import in_force, read_provinces
from geo.admin.tolerance import NEAREST_M
from geo.admin.user_provinces import added_sets, user_provinces
from geo.admin.world import shipped_countries
from geo.days import LAST_DAY
from geo.model import GeoPrecision


def countries_of(records: pd.DataFrame) -> set[str]:
    """Return the countries that records lie in, of those with polygons.

    A record's countries are its ``country_code`` and the first part of its ``admin1_code``. A record with neither but
    with a point lies in the country whose provinces cover the point, or come nearest within 2 km. A record that is
    known to no province counts only if none is: one report from a country is no reason to draw its provinces.

    Parameters
    ----------
    records : DataFrame or GeoDataFrame
        Columns that are absent count as empty.

    Returns
    -------
    set of str
        ISO 3166-1 alpha-2 codes, for ``read_provinces(countries=...)``.
    """
    placed = _may_be_placed(records)
    if placed.any() and not placed.all():
        records = records[placed]
    empty = pd.Series(pd.NA, index=records.index, dtype="string")
    country = records["country_code"].astype("string").str.strip().str.upper() if "country_code" in records else empty
    code = records["admin1_code"].astype("string").str.strip().str[:2] if "admin1_code" in records else empty
    known = {*shipped_countries(), *user_provinces()}
    found = {value for value in {*country.dropna().unique(), *code.dropna().unique()} if value in known}
    bare = (country.fillna("") == "").to_numpy(dtype=bool) & (code.fillna("") == "").to_numpy(dtype=bool)
    if "geometry" in records and bare.any():
        shapes = records["geometry"].to_numpy()[bare]
        shapes = shapes[shapely.get_type_id(shapes) == shapely.GeometryType.POINT]
        found |= _countries_at(shapely.get_x(shapes), shapely.get_y(shapes))
    return found


def provinces_for(records: pd.DataFrame) -> GeoDataFrame:
    """Read the province polygons of the countries that records lie in.

    Parameters
    ----------
    records : DataFrame or GeoDataFrame
        As for `countries_of`.

    Returns
    -------
    GeoDataFrame, shape (n,)
        As ``geo.read_provinces`` returns them, every vintage; where no country is known, those that it returns by
        default.
    """
    return read_provinces(countries=countries_of(records) or None)


def without_polygons(records: pd.DataFrame, provinces: pd.DataFrame) -> dict[str, int]:
    """Return the number of records placed in each country of which there are no provinces, most first.

    Parameters
    ----------
    records : DataFrame, shape (n,)
        With ``country_code``.
    provinces : DataFrame
        With ``country_code``.
    """
    country = records["country_code"].astype("string")[_may_be_placed(records)]
    counts = country[~country.isin(set(provinces["country_code"])) & country.notna()].value_counts()
    return {str(code): int(count) for code, count in sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))}


def _may_be_placed(records: pd.DataFrame) -> NDArray[np.bool_]:
    """Return which records may be known to a province or to less."""
    if "geo_precision" not in records:
        return np.ones(len(records), dtype=bool)
    coarse = [str(word) for word in (GeoPrecision.COUNTRY, GeoPrecision.REGION, GeoPrecision.UNKNOWN)]
    return ~records["geo_precision"].isin(coarse).to_numpy(dtype=bool)


def country_notes(countries: Iterable[str]) -> list[str]:
    """Return what a map of some countries must say of their polygons: one sentence a country with faults.

    Parameters
    ----------
    countries : iterable of str
        ISO 3166-1 alpha-2 codes; others are left out.
    """
    known = shipped_countries()
    return [
        f"{known[code].name}: {known[code].note}."
        for code in sorted(set(countries))
        if code in known and known[code].note
    ]


def drawn_notes(provinces: GeoDataFrame, *, brief: bool = False) -> list[str]:
    """Return what a map of provinces must say of them: how they differ from today's units, and whose polygons they are.

    Parameters
    ----------
    provinces : GeoDataFrame
        As ``geo.read_provinces`` returns them; polygons of a folder have no notes.
    brief : bool, default False
        Name the countries alone, for the caption of a figure and the line below a map.
    """
    if "holds" not in provinces.columns:
        return []
    added = added_sets(provinces["country_code"].unique())
    shipped = set(provinces["country_code"]) - {about.country_code for about in added if about.level == 1}
    notes = country_notes(shipped)
    if brief and notes:
        names = ", ".join(note.partition(":")[0] for note in notes)
        notes = [f"Units drawn of {names} differ from those of today."]
    return notes + [f"Polygons of {about.country_code}: {about.citation()}." for about in added]


def _countries_at(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> set[str]:
    """Return the countries whose provinces cover points, or come nearest to them."""
    real = (np.abs(lon) <= 180) & (np.abs(lat) <= 90) & ((lon != 0) | (lat != 0))
    # Points of one place are one question, and 100 m decide no country that 2 km do not.
    points = np.unique(np.column_stack([lon[real], lat[real]]).round(3), axis=0)
    lon, lat = points[:, 0], points[:, 1]
    near = [
        country.code
        for country in shipped_countries().values()
        if ((lon >= country.box[0]) & (lon <= country.box[2]) & (lat >= country.box[1]) & (lat <= country.box[3])).any()
    ]
    if not near:
        return set()
    locator = prepared(in_force(read_provinces(countries=near), LAST_DAY))
    position, _ = locator.locate(lon, lat, NEAREST_M)
    return {locator.codes[number][:2] for number in np.unique(position[position >= 0])}
