"""A data set whose areas are districts, where the user has added their polygons."""

from collections import defaultdict
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from geopandas import GeoDataFrame

from geo.admin.crs import require_wgs84
from geo.admin.reverse import locate_points
from geo.admin.user_provinces import read_user_districts, user_districts
from geo.columns import is_true
from geo.errors import UsageError
from geo.gazetteer.index import strip_types
from geo.gazetteer.normalize import fold, phonetic_keys, tokens
from geo.model import CRS, GeoPrecision
from geo.stats.dataset import Dataset

#: Precisions of points that lie in their district.
_AT = (GeoPrecision.SITE, GeoPrecision.CITY, GeoPrecision.DISTRICT)


def by_district(located: GeoDataFrame, provinces: GeoDataFrame, sources: pd.DataFrame | None = None) -> Dataset:
    """Return a data set for maps, figures and reports by district, in the countries whose districts have been added.

    A record counts in the district that holds its point, if that is as exact as a district, or that its
    ``admin2_name`` or ``place`` names, within the province of the record. A record known to its province only counts in
    no district. Countries without districts keep their provinces.

    Parameters
    ----------
    located : GeoDataFrame, shape (n,)
        Records as ``geo.geocode`` returns them, EPSG:4326.
    provinces : GeoDataFrame, shape (m,)
        As ``geo.read_provinces`` returns them, EPSG:4326.
    sources : DataFrame, optional
        As ``geo.read_sources`` returns it.

    Returns
    -------
    Dataset
        Its records and provinces have codes and names of districts in ``admin1_code`` and ``admin1_name``;
        ``geo.build_map``, ``geo.build_figure`` and ``geo.make_report`` take it.

    Raises
    ------
    UsageError
        If no districts of a country in ``provinces`` have been added.
    CRSError
        If a frame is not in EPSG:4326.
    """
    require_wgs84(located, "located records")
    require_wgs84(provinces, "provinces")
    countries = sorted(set(user_districts()) & set(provinces["country_code"]))
    if not countries:
        drawn = ", ".join(sorted(set(provinces["country_code"])))
        raise UsageError(
            f"no districts have been added for {drawn}; add them with geo provinces add FILE --level 2 first"
        )
    districts = pd.concat([_districts(country) for country in countries], ignore_index=True)
    records = located.copy()
    inside = is_true(located["admin1_code"].str.slice(0, 2).isin(countries))
    inside = inside | is_true(located["admin1_code"].isna() & located["country_code"].isin(countries))
    number = _district_of(located[inside], districts)
    for name in ("admin1_code", "admin1_name"):
        values = pd.array([*districts[name], None], dtype="string").take(number)
        records[name] = records[name].astype("string").where(~inside)
        records.loc[inside, name] = values
    if "admin2_name" in records:
        records["admin2_name"] = records["admin2_name"].mask(inside & records["admin1_code"].notna().to_numpy(bool))
    rest = provinces[~provinces["country_code"].isin(countries)]
    areas = pd.concat([rest, districts.drop(columns="within")], ignore_index=True)
    areas = gpd.GeoDataFrame(areas.sort_values("admin1_code", kind="stable"), geometry="geometry", crs=CRS)
    return Dataset(records, areas.set_axis(areas["admin1_code"].rename(None)), sources, level="district")


def _districts(country: str) -> pd.DataFrame:
    """Return the districts of a country in the form of provinces, and the province that each lies ``within``."""
    found = read_user_districts(country)
    own = found["admin2_code"].astype("string")
    # The country of an area is read from the beginning of its code.
    codes = own.where(own.str.startswith(f"{country}-"), f"{country}-" + own)
    districts = found.assign(within=found["admin1_code"], admin1_code=codes, admin1_name=found["admin2_name"])
    return pd.DataFrame(districts.drop(columns=["admin2_code", "admin2_name"])).reset_index(drop=True)


def _district_of(records: GeoDataFrame, districts: pd.DataFrame) -> Any:
    """Return the position of each record's district, -1 where none is known, as int of shape (n,)."""
    shapes = records.geometry
    exact = records["geo_precision"].isin([str(word) for word in _AT]).to_numpy(bool) & shapes.notna().to_numpy(bool)
    number = np.full(len(records), -1)
    if exact.any():
        areas = gpd.GeoDataFrame(districts, geometry="geometry", crs=CRS)
        points = shapes[exact]
        found = locate_points(points.x.to_numpy(), points.y.to_numpy(), provinces=areas)["admin1_code"]
        position = dict(zip(districts["admin1_code"], range(len(districts)), strict=True))
        number[exact] = [position.get(code, -1) for code in found.fillna("")]
    stated = records["admin1_code"].fillna("").to_numpy(object)
    within = np.append(districts["within"].fillna("").to_numpy(object), "")
    # A point beyond the border of its province, as generalised polygons have it, is no evidence of a district.
    number[(stated != "") & (within[number] != stated)] = -1
    named = _Names(districts)
    for row in np.flatnonzero(number < 0).tolist():
        number[row] = named.find(records.iloc[row])
    return number


class _Names:
    """Districts by name within their province.

    Parameters
    ----------
    districts : DataFrame
        As `_districts` returns it.
    """

    def __init__(self, districts: pd.DataFrame) -> None:
        self._by_key: dict[tuple[str, str], set[int]] = defaultdict(set)
        self._country = districts["country_code"].tolist()
        for position, (name, within) in enumerate(zip(districts["admin1_name"], districts["within"], strict=True)):
            for key in _keys(name):
                self._by_key[str(within), key].add(position)
                self._by_key[self._country[position], key].add(position)

    def find(self, record: Any) -> int:
        """Return the one district that a record names within its province, else its country; -1 for none or several."""
        code = record["admin1_code"]
        scope = str(record["country_code"]) if pd.isna(code) else str(code)
        for column in ("admin2_name", "place"):
            text = record.get(column)
            if not isinstance(text, str) or (column == "place" and record["geo_precision"] == GeoPrecision.PROVINCE):
                continue
            # "Khar, Bajaur" names the district in its second part.
            for part in text.split(","):
                for key in _keys(part):
                    found = self._by_key.get((scope, key), set())
                    if len(found) == 1:
                        return next(iter(found))
        return -1


def _keys(name: str) -> list[str]:
    """Return the keys of a district's name without its type words: its letters, then its sound."""
    words = tokens(name)
    core = strip_types(words)[0] or words
    return list(dict.fromkeys([fold(core), *phonetic_keys(core)])) if core else []
