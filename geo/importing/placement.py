"""Country, province, precision and point of imported rows, from what their table codes and how precisely."""

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
        Why the named province and the point of a row disagree; a country that is not known; a province that is not
        among the polygons of its country. Null elsewhere.
    """

    columns: dict[str, Any]
    geometry: Any
    disagreement: pd.Series
    unknown_country: pd.Series
    unplaced: pd.Series


@dataclass(frozen=True)
class _Stated:
    """What n rows state about their place; Series have the index 0 to n - 1.

    Attributes
    ----------
    country : Series of ISO 3166-1 codes
    admin1, admin2, place : Series of text
    precision : array of str
        No finer than what the row has to show for it.
    lon, lat : array of float
    has_point : array of bool
    """

    country: pd.Series
    admin1: pd.Series
    admin2: pd.Series
    place: pd.Series
    precision: Any
    lon: Any
    lat: Any
    has_point: Any

    def is_placed(self) -> Any:
        """Return which rows are known to a province or better."""
        return _among(self.precision, _PLACED)

    def is_precise(self) -> Any:
        """Return which rows are known to a district or better."""
        return _among(self.precision, _PRECISE)

    def is_at_province(self) -> Any:
        """Return which rows are known to a province, and no better."""
        return self.precision == _PROVINCE

    def points(self) -> Any:
        """Return the points of the rows; empty where a row has none."""
        return shapely.points(np.where(self.has_point, self.lon, np.nan), np.where(self.has_point, self.lat, np.nan))


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
    stated = _stated(draft)
    days = _vintage_days(draft.columns["date_start"], provinces)
    found = geocode(_questions(stated, days), provinces)
    code, note = found["admin1_code"], found["match_note"]
    coded = stated.is_placed() & is_true(code.notna())
    nowhere = _outside_every_province(stated, coded & stated.is_precise(), code, provinces)
    note = note.mask(nowhere, "named " + code + ", point outside every province")
    coded &= ~nowhere

    covered = is_true(stated.country.isin(set(provinces["country_code"])))
    lost = stated.is_placed() & ~_keeps_precision(stated, coded, covered)
    precision = np.where(lost, np.where(is_true(stated.country.notna()), _COUNTRY, _UNKNOWN), stated.precision)
    placed = _among(precision, _PLACED)
    # A point outside the country that its row names: which of the two is wrong, nobody knows.
    abroad = _point_disagrees(
        stated, stated.is_precise() & ~coded & covered, stated.country, provinces["country_code"], provinces
    )
    country = stated.country.mask(abroad).mask(coded, code.str[:2])
    geometry = np.where(placed & stated.has_point, stated.points(), None)
    columns = {
        "geo_precision": precision,
        "country_code": country.mask(precision == _UNKNOWN),
        "admin1_code": code.where(coded),
        # Where name and point disagree the name stays, so that whoever reads the record sees both.
        "admin1_name": stated.admin1.where(placed & ~coded & ~nowhere & ~abroad),
        "admin2_name": stated.admin2.where(stated.is_precise()),
        "note": note.astype("string"),
    }
    _fill_from_provinces(columns, geometry, coded, coded & stated.is_at_province(), days, provinces)
    return Placing(
        columns,
        geometry,
        disagreement=note,
        unknown_country=draft.country.reset_index(drop=True).where(is_true(stated.country.isna())),
        unplaced=(country + ": " + stated.admin1).where(lost & covered),
    )


def _stated(draft: Draft) -> _Stated:
    country = country_codes(draft.country).reset_index(drop=True)
    admin1 = draft.admin1.reset_index(drop=True)
    text = pd.Series(draft.columns.get("place", null_text(draft.frame.index))).reset_index(drop=True)
    has_point = np.isfinite(draft.lon) & np.isfinite(draft.lat)
    named = is_true(admin1.notna()) | is_true(text.notna())
    return _Stated(
        country=country,
        admin1=admin1,
        admin2=pd.Series(draft.columns.get("admin2_name", draft.text("admin2_name"))).reset_index(drop=True),
        place=text,
        precision=_precision(draft, has_point, named, is_true(country.notna())),
        lon=draft.lon,
        lat=draft.lat,
        has_point=has_point,
    )


def _precision(draft: Draft, has_point: Any, named: Any, in_country: Any) -> Any:
    """Return the precision of each row, no finer than its point, its names and its country can support."""
    given = pd.Series(draft.columns.get("geo_precision", draft.text("geo_precision"))).reset_index(drop=True)
    missing = is_true(given.isna())
    draft.notices["rows have coordinates but no geo_precision; taken as known to the town"] += int(
        (missing & has_point).sum()
    )
    precision = map_distinct(given, lambda words: pd.Series(words, dtype="string").fillna("").to_numpy(dtype=object))
    precision[missing & has_point] = str(GeoPrecision.CITY)
    unsupported = (missing | _among(precision, _PRECISE)) & ~has_point
    precision[unsupported & named] = _PROVINCE
    precision[unsupported & ~named] = _COUNTRY
    precision[(precision == _COUNTRY) & ~in_country] = _UNKNOWN
    return precision


def _questions(stated: _Stated, days: pd.Series) -> gpd.GeoDataFrame:
    """Return the records that `geocode` is asked about."""
    at_province, unnamed = stated.is_at_province(), is_true(stated.admin1.isna())
    # The point of a row known to a province is some centre of it; its name says more, where it has one.
    asks_point = stated.has_point & (stated.is_precise() | (at_province & unnamed))
    return gpd.GeoDataFrame(
        {
            "country_code": stated.country,
            "admin1_name": stated.admin1,
            "place": stated.place.where(at_province & ~stated.has_point & unnamed),
            "geo_precision": typed(stated.precision, "string"),
            "date_start": days,
        },
        geometry=np.where(asks_point, stated.points(), None),
        crs=CRS,
    )


def _vintage_days(days: Any, provinces: gpd.GeoDataFrame) -> pd.Series:
    """Return, for each ISO day, the last day of its vintage, so that few distinct days are left; null stays."""
    ends = vintage_ends(provinces)
    number = vintage_numbers(pd.Series(days, dtype="string"), ends)
    return pd.Series(pd.array([*ends, LAST_DAY], dtype="string").take(number, allow_fill=True))


def _keeps_precision(stated: _Stated, coded: Any, covered: Any) -> Any:
    """Return which rows keep a precision of province or better.

    A province that cannot be found leaves the country, unless its polygons are simply not there.
    """
    return stated.is_precise() | coded | (stated.is_at_province() & stated.has_point & ~covered)


def _outside_every_province(stated: _Stated, where: Any, code: pd.Series, provinces: gpd.GeoDataFrame) -> Any:
    """Return which of some rows have their point in no province, and too far from the one that they name."""
    # The provinces of any one day cover the same land.
    located = locate_points(stated.lon, stated.lat, provinces=provinces)["admin1_code"]
    return _point_disagrees(stated, where & is_true(located.isna()), code, provinces["admin1_code"], provinces)


def _point_disagrees(
    stated: _Stated, where: Any, named: pd.Series, keys: pd.Series, provinces: gpd.GeoDataFrame
) -> Any:
    """Return which of some rows have their point outside the polygons that they name.

    Parameters
    ----------
    stated : _Stated, of n rows
    where : array of bool, shape (n,)
    named : Series of text, shape (n,)
        Codes of provinces or countries.
    keys : Series of text, shape (m,)
        The same codes of the provinces.
    provinces : GeoDataFrame, shape (m,)
    """
    disagrees = np.zeros(len(where), dtype=bool)
    areas, codes = provinces.geometry.to_numpy(), keys.to_numpy(dtype=object)
    disagrees[where] = ~points_agree(
        stated.lon[where], stated.lat[where], named[where].to_numpy(dtype=object), lambda code: areas[codes == code]
    )
    return disagrees


def _fill_from_provinces(
    columns: dict[str, Any], geometry: Any, coded: Any, labelled: Any, days: pd.Series, provinces: gpd.GeoDataFrame
) -> None:
    """Fill in, in place, the names of the provinces found, and their label points for rows that know no more."""
    records = pd.DataFrame({"admin1_code": columns["admin1_code"], "date_start": days, "date_end": days})
    position = province_in_force(records, provinces)
    names = pd.array(provinces["admin1_name"], dtype="string").take(position)
    columns["admin1_name"] = columns["admin1_name"].mask(coded, pd.Series(names))
    used, codes = np.unique(position[labelled], return_inverse=True)
    geometry[labelled] = label_points(provinces.iloc[used]).to_numpy()[codes]


def _among(words: Any, allowed: list[str]) -> Any:
    return pd.Series(words, dtype=object).isin(allowed).to_numpy(dtype=bool)
