"""Determine country, province, precision and point of imported rows from the place that they state."""

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.admin.geocode import fill_provinces
from geo.admin.provinces import label_points
from geo.admin.reverse import locate_points
from geo.admin.tolerance import AGREEMENT_M, points_agree
from geo.admin.vintages import province_in_force, vintage_ends, vintage_numbers
from geo.columns import is_true, map_distinct, null_text
from geo.days import LAST_DAY
from geo.gazetteer.countries import country_codes, with_territories
from geo.importing.draft import Draft
from geo.importing.row_checks import check_points, set_aside_non_events
from geo.model import CRS, EXACT, PLACED, GeoPrecision, Match
from geo.readers.frame import typed

_PROVINCE, _COUNTRY, _UNKNOWN = str(GeoPrecision.PROVINCE), str(GeoPrecision.COUNTRY), str(GeoPrecision.UNKNOWN)
_MAY_BE_EXCHANGED = "named no country, point outside every province, but in one if longitude and latitude are exchanged"
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
        How the named province and the point of a row disagree; an unknown country; a province without a polygon in its
        country. Null elsewhere.
    """

    columns: dict[str, Any]
    geometry: Any
    disagreement: pd.Series
    unknown_country: pd.Series
    unplaced: pd.Series


@dataclass(frozen=True)
class _Stated:
    """The place as stated by n rows; Series have the index 0 to n - 1.

    Attributes
    ----------
    country : Series of ISO 3166-1 codes
    admin1, admin2, place : Series of text
    precision : array of str
        No finer than the point and the names of the row support.
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
        """Return which rows have a precision of province or finer."""
        return _among(self.precision, _PLACED)

    def is_precise(self) -> Any:
        """Return which rows have a precision of district or finer."""
        return _among(self.precision, _PRECISE)

    def is_at_province(self) -> Any:
        """Return which rows have a precision of province."""
        return self.precision == _PROVINCE

    def points(self) -> Any:
        """Return the point of each row; an empty point for rows without one."""
        return shapely.points(np.where(self.has_point, self.lon, np.nan), np.where(self.has_point, self.lat, np.nan))


def place(draft: Draft, provinces: gpd.GeoDataFrame, min_score: float = 0.0) -> Placing:
    """Place the rows of a draft.

    A row with a precision of district or finer keeps its point, and the province and country that it names; where the
    point lies elsewhere, the note says so. Coordinates that lie in the named country only when exchanged are. A row
    with a precision of province gets the label point of the province, one with a coarser precision gets no point. A row
    without the point or the names that its precision requires falls back to the next coarser precision.

    Parameters
    ----------
    draft : Draft, of n rows
        Coordinates that cannot be a point are left out, and rows that say neither when nor where are set aside.
    provinces : GeoDataFrame
        Provinces of every vintage, EPSG:4326.
    min_score : float, default 0
        As in `geo.geocode`.

    Returns
    -------
    Placing
    """
    check_points(draft)
    set_aside_non_events(draft)
    stated = _stated(draft)
    start, end = (_vintage_days(draft.columns[name], provinces) for name in ("date_start", "date_end"))
    found = _found(stated, start, end, provinces, min_score)
    code, note = found["admin1_code"], found["match_note"]
    coded = stated.is_placed() & is_true(code.notna())
    covered = is_true(stated.country.isin(set(provinces["country_code"])))
    astray = _outside_country(stated, stated.is_precise() & covered & (~coded | is_true(note.notna())), provinces)
    if _exchange(draft, stated, astray, provinces):
        return place(draft, provinces, min_score)
    note = note.fillna(("named " + stated.country + ", point outside it").where(astray & ~coded))
    note = note.mask(_may_be_exchanged(stated, coded | is_true(note.notna()), provinces), _MAY_BE_EXCHANGED)

    lost = stated.is_placed() & ~_keeps_precision(stated, coded, covered)
    precision = np.where(lost, np.where(is_true(stated.country.notna()), _COUNTRY, _UNKNOWN), stated.precision)
    placed = _among(precision, _PLACED)
    country = stated.country.mask(coded, code.str[:2])
    geometry = np.where(placed & stated.has_point, stated.points(), None)
    columns = {
        "geo_precision": precision,
        "country_code": country.mask(precision == _UNKNOWN),
        "admin1_code": code.where(coded),
        "admin1_name": stated.admin1.where(placed & ~coded),
        "admin2_name": stated.admin2.where(stated.is_precise()),
        "note": note.astype("string"),
    }
    _fill_from_provinces(columns, geometry, coded, coded & stated.is_at_province(), (start, end), provinces)
    return Placing(
        columns,
        geometry,
        disagreement=note,
        unknown_country=draft.country.reset_index(drop=True).where(is_true(stated.country.isna())),
        unplaced=(country + ": " + stated.admin1).where(lost & covered),
    )


def _stated(draft: Draft) -> _Stated:
    admin1 = draft.admin1.reset_index(drop=True)
    country = with_territories(country_codes(draft.country).reset_index(drop=True), admin1)
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
    """Return the precision of each row, no finer than its point, names and country support."""
    given = pd.Series(draft.columns.get("geo_precision", draft.text("geo_precision"))).reset_index(drop=True)
    missing = is_true(given.isna())
    draft.notices["rows have coordinates but no geo_precision; read as geo_precision city"] += int(
        (missing & has_point).sum()
    )
    precision = map_distinct(given, lambda words: pd.Series(words, dtype="string").fillna("").to_numpy(dtype=object))
    precision[missing & has_point] = str(GeoPrecision.CITY)
    unsupported = (missing | _among(precision, _PRECISE)) & ~has_point
    precision[unsupported & named] = _PROVINCE
    precision[unsupported & ~named] = _COUNTRY
    precision[(precision == _COUNTRY) & ~in_country] = _UNKNOWN
    return precision


def _found(
    stated: _Stated, start: pd.Series, end: pd.Series, provinces: gpd.GeoDataFrame, min_score: float
) -> gpd.GeoDataFrame:
    """Return the rows with their province.

    The point of a row of province precision is a centre of the province, and the name, if any, is more reliable: the
    point counts only where the name may mean several provinces.
    """
    at_province, unnamed = stated.is_at_province(), is_true(stated.admin1.isna())
    uses_point = stated.has_point & (stated.is_precise() | (at_province & unnamed))
    found = fill_provinces(_questions(stated, start, end, uses_point), provinces, min_score=min_score)
    unsure = is_true((found["match_score"] < 1) | found["match"].eq(Match.AMBIGUOUS))
    unsure &= stated.has_point & at_province & ~unnamed
    if unsure.any():
        asked = _questions(stated, start, end, unsure)[unsure]
        settled = fill_provinces(asked, provinces, min_score=min_score)
        settled = settled[is_true(settled["match"].isin([Match.COVERED, Match.NEAREST]))]
        found.loc[settled.index, settled.columns] = settled
    return found


def _questions(stated: _Stated, start: pd.Series, end: pd.Series, uses_point: Any) -> gpd.GeoDataFrame:
    """Return the records to pass to `geocode`."""
    at_province, unnamed = stated.is_at_province(), is_true(stated.admin1.isna())
    return gpd.GeoDataFrame(
        {
            "country_code": stated.country,
            "admin1_name": stated.admin1,
            "place": stated.place.where(at_province & ~stated.has_point & unnamed),
            "geo_precision": typed(stated.precision, "string"),
            "date_start": start,
            "date_end": end,
        },
        geometry=np.where(uses_point, stated.points(), None),
        crs=CRS,
    )


def _vintage_days(days: Any, provinces: gpd.GeoDataFrame) -> pd.Series:
    """Replace each ISO day by the last day of its vintage, to leave few distinct days; null is kept."""
    ends = vintage_ends(provinces)
    number = vintage_numbers(pd.Series(days, dtype="string"), ends)
    return pd.Series(pd.array([*ends, LAST_DAY], dtype="string").take(number, allow_fill=True))


def _keeps_precision(stated: _Stated, coded: Any, covered: Any) -> Any:
    """Return which rows keep a precision of province or finer.

    A row of province precision whose province is not found falls back to its country, unless it has a point and there
    are no polygons of that country.
    """
    return stated.is_precise() | coded | (stated.is_at_province() & stated.has_point & ~covered)


def _outside_country(stated: _Stated, where: Any, provinces: gpd.GeoDataFrame) -> Any:
    """Return which of the rows at ``where`` have a point outside the polygons of the country that they name."""
    return where & ~_in_country(stated, stated.lon, stated.lat, where, provinces)


def _in_country(stated: _Stated, lon: Any, lat: Any, where: Any, provinces: gpd.GeoDataFrame) -> Any:
    """Return which of the rows at ``where`` lie in their country, or near it, with these coordinates."""
    agree = np.zeros(len(where), dtype=bool)
    areas, countries = provinces.geometry.to_numpy(), provinces["country_code"].to_numpy(dtype=object)
    agree[where] = points_agree(
        lon[where], lat[where], stated.country[where].to_numpy(dtype=object), lambda code: areas[countries == code]
    )
    return agree


def _may_be_exchanged(stated: _Stated, settled: Any, provinces: gpd.GeoDataFrame) -> Any:
    """Return which rows that name no country have a point in no province that would lie in one if exchanged.

    It may as well lie in a country without polygons, so that the coordinates stay as they are.
    """
    open_ = stated.has_point & stated.is_precise() & ~settled & is_true(stated.country.isna())
    lon, lat = np.where(open_, stated.lon, np.nan), np.where(open_, stated.lat, np.nan)
    turned = np.abs(lon) <= 90
    outside, inside = (
        locate_points(x, y, provinces=provinces, max_distance_m=AGREEMENT_M)["admin1_code"]
        for x, y in ((lon, lat), (np.where(turned, lat, np.nan), np.where(turned, lon, np.nan)))
    )
    return open_ & is_true(outside.isna()) & is_true(inside.notna())


def _exchange(draft: Draft, stated: _Stated, astray: Any, provinces: gpd.GeoDataFrame) -> bool:
    """Exchange the coordinates of the rows at ``astray`` that then lie in their country; return whether there are any.

    Returns
    -------
    bool
        The rows must then be placed again.
    """
    possible = astray & (np.abs(stated.lon) <= 90)
    rows = np.flatnonzero(_in_country(stated, stated.lat, stated.lon, possible, provinces))
    draft.lon[rows], draft.lat[rows] = stated.lat[rows], stated.lon[rows].copy()
    draft.remark(rows, ["longitude and latitude exchanged: so the point lies in the country"] * len(rows))
    draft.notices["rows whose longitude and latitude were exchanged; put in order"] += len(rows)
    return bool(len(rows))


def _fill_from_provinces(
    columns: dict[str, Any], geometry: Any, coded: Any, labelled: Any, days: Any, provinces: gpd.GeoDataFrame
) -> None:
    """Fill in, in place, province names, and label points for the rows ``labelled``, of province precision."""
    records = pd.DataFrame({"admin1_code": columns["admin1_code"], "date_start": days[0], "date_end": days[1]})
    position = province_in_force(records, provinces)
    names = pd.array(provinces["admin1_name"], dtype="string").take(position)
    columns["admin1_name"] = columns["admin1_name"].mask(coded, pd.Series(names))
    used, codes = np.unique(position[labelled], return_inverse=True)
    geometry[labelled] = label_points(provinces.iloc[used]).to_numpy()[codes]


def _among(words: Any, allowed: list[str]) -> Any:
    return pd.Series(words, dtype=object).isin(allowed).to_numpy(dtype=bool)
