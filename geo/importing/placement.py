"""Where imported rows go: country, province, precision and point, from what their table codes and how precisely."""

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.admin.geocode import geocode
from geo.admin.provinces import label_points
from geo.admin.reverse import locate_points
from geo.admin.tolerance import points_agree
from geo.admin.vintages import vintage_ends, vintage_numbers
from geo.columns import is_true, map_distinct, null_text
from geo.days import LAST_DAY
from geo.gazetteer.countries import country_codes
from geo.importing.draft import Draft
from geo.model import CRS, EXACT, PLACED, GeoPrecision
from geo.readers.frame import typed
from geo.rules.locations import province_in_force

_PROVINCE, _COUNTRY, _UNKNOWN = str(GeoPrecision.PROVINCE), str(GeoPrecision.COUNTRY), str(GeoPrecision.UNKNOWN)
_PLACED = [str(word) for word in PLACED]
_PRECISE = [str(word) for word in (*EXACT, GeoPrecision.DISTRICT)]


@dataclass(frozen=True)
class Placing:
    """Places of n rows.

    Attributes
    ----------
    columns : dict of str to array, each of shape (n,)
        ``geo_precision, country_code, admin1_code, admin1_name, admin2_name, note``.
    geometry : array of Point or None, shape (n,)
        EPSG:4326.
    disagreement, unknown_country, unplaced : Series of text, each of shape (n,)
        What a row says twice and differently, a country it names that is not known, and a province it names that
        could not be found among the polygons of its country; null elsewhere.
    """

    columns: dict[str, Any]
    geometry: Any
    disagreement: pd.Series
    unknown_country: pd.Series
    unplaced: pd.Series


def place(draft: Draft, provinces: gpd.GeoDataFrame) -> Placing:
    """Place the rows of a draft.

    A row keeps its point where its source supports a district or better; its province is the one that it names if
    the point lies there or near, and stays open where name and point disagree. A row known to a province stands on
    that province's label point; one known to less has no point. A row that lacks what its precision promises falls
    back to the next coarser one.

    Parameters
    ----------
    draft : Draft, of n rows
        Coordinates on earth or NaN.
    provinces : GeoDataFrame
        Every vintage, EPSG:4326.

    Returns
    -------
    Placing
    """
    country = country_codes(draft.country).reset_index(drop=True)
    unknown = is_true(country.isna())
    admin1 = draft.admin1.reset_index(drop=True)
    text = pd.Series(draft.columns.get("place", null_text(draft.frame.index))).reset_index(drop=True)
    pointed = np.isfinite(draft.lon) & np.isfinite(draft.lat)
    precision = _precision(draft, pointed, is_true(admin1.notna()), is_true(text.notna()), is_true(country.notna()))
    precise = _among(precision, _PRECISE)
    at_province = precision == _PROVINCE

    points = shapely.points(np.where(pointed, draft.lon, np.nan), np.where(pointed, draft.lat, np.nan))
    # The point of a row known to a province is some centre of it; its name says more, where it has one.
    used = pointed & (precise | (at_province & ~is_true(admin1.notna())))
    asked = gpd.GeoDataFrame(
        {
            "country_code": country,
            "admin1_name": admin1,
            "place": text.where(at_province & ~pointed & is_true(admin1.isna())),
            "geo_precision": typed(precision, "string"),
            "date_start": _vintages(draft.columns["date_start"], provinces),
        },
        geometry=np.where(used, points, None),
        crs=CRS,
    )
    found = geocode(asked, provinces)
    code, notes = found["admin1_code"], found["match_note"]
    placed = _among(precision, _PLACED) & is_true(code.notna())
    covered = is_true(country.isin(set(provinces["country_code"])))
    nowhere = _outside_every_province(draft, placed & precise, code, provinces)
    notes = notes.mask(nowhere, "named " + code + ", point outside every province")
    placed &= ~nowhere

    # A province that cannot be found leaves the country, unless its polygons are simply not there.
    stays = precise | placed | (at_province & pointed & ~covered)
    lost = _among(precision, _PLACED) & ~stays
    precision = np.where(lost, np.where(is_true(country.notna()), _COUNTRY, _UNKNOWN), precision)
    # A point outside the country that its row names: which of the two is wrong, nobody knows.
    astray = _disagrees(draft, precise & ~placed & covered, country, provinces, "country_code")
    country = country.mask(astray).mask(placed, code.str[:2])
    kept = _among(precision, _PLACED)
    geometry = np.where(kept & pointed, points, None)
    columns = {
        "geo_precision": precision,
        "country_code": country.mask(precision == _UNKNOWN),
        "admin1_code": code.where(placed),
        # Where name and point disagree the name stays, so that whoever reads the record sees both.
        "admin1_name": admin1.where(kept & ~placed & ~nowhere & ~astray),
        "admin2_name": _district(draft).where(precise),
        "note": notes.astype("string"),
    }
    _put_provinces(columns, geometry, placed, placed & at_province, asked["date_start"], provinces)
    return Placing(
        columns,
        geometry,
        notes,
        draft.country.reset_index(drop=True).where(unknown),
        (country + ": " + admin1).where(lost & covered),
    )


def _precision(draft: Draft, pointed: Any, named: Any, described: Any, in_country: Any) -> Any:
    """Return the precision of each row, no finer than what it holds to show for it."""
    stated = pd.Series(draft.columns.get("geo_precision", draft.text("geo_precision"))).reset_index(drop=True)
    bare = is_true(stated.isna())
    draft.told["rows have coordinates but no geo_precision; taken as known to the town"] += int((bare & pointed).sum())
    precision = map_distinct(stated, lambda words: pd.Series(words, dtype="string").fillna("").to_numpy(dtype=object))
    precision[bare & pointed] = str(GeoPrecision.CITY)
    bare = bare & ~pointed
    fine = _among(precision, _PRECISE) & ~pointed
    precision[(bare | fine) & (named | described)] = _PROVINCE
    precision[(bare | fine) & ~(named | described)] = _COUNTRY
    precision[(precision == _COUNTRY) & ~in_country] = _UNKNOWN
    return precision


def _district(draft: Draft) -> pd.Series:
    return pd.Series(draft.columns.get("admin2_name", draft.text("admin2_name"))).reset_index(drop=True)


def _put_provinces(
    columns: dict[str, Any], geometry: Any, placed: Any, labelled: Any, days: pd.Series, provinces: gpd.GeoDataFrame
) -> None:
    """Put in the names of provinces that have been found, and their label points where rows know no more."""
    records = pd.DataFrame({"admin1_code": columns["admin1_code"], "date_start": days, "date_end": days})
    position = province_in_force(records, provinces)
    names = pd.array(provinces["admin1_name"], dtype="string").take(position)
    columns["admin1_name"] = columns["admin1_name"].mask(placed, pd.Series(names))
    used, codes = np.unique(position[labelled], return_inverse=True)
    geometry[labelled] = label_points(provinces.iloc[used]).to_numpy()[codes]


def _vintages(days: Any, provinces: gpd.GeoDataFrame) -> pd.Series:
    """Return, for each ISO day, the last day of its vintage, so that few distinct days are left; null stays."""
    ends = vintage_ends(provinces)
    number = vintage_numbers(pd.Series(days, dtype="string"), ends)
    return pd.Series(pd.array([*ends, LAST_DAY], dtype="string").take(number, allow_fill=True))


def _outside_every_province(draft: Draft, where: Any, code: pd.Series, provinces: gpd.GeoDataFrame) -> Any:
    """Return which of some rows have their point in no province, and too far from the one that they name."""
    outside = np.zeros(len(where), dtype=bool)
    # The provinces of any one day cover the same land.
    located = locate_points(draft.lon, draft.lat, provinces=provinces)["admin1_code"]
    outside[where] = is_true(located.isna())[where]
    return _disagrees(draft, outside, code, provinces, "admin1_code")


def _disagrees(draft: Draft, where: Any, named: pd.Series, provinces: gpd.GeoDataFrame, column: str) -> Any:
    """Return which of some rows have their point outside the area that they name by a column of the provinces."""
    disagrees = np.zeros(len(where), dtype=bool)
    areas, keys = provinces.geometry.to_numpy(), provinces[column].to_numpy(dtype=object)
    disagrees[where] = ~points_agree(
        draft.lon[where], draft.lat[where], named[where].to_numpy(dtype=object), lambda key: areas[keys == key]
    )
    return disagrees


def _among(words: Any, allowed: list[str]) -> Any:
    return pd.Series(words, dtype=object).isin(allowed).to_numpy(dtype=bool)
