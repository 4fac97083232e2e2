"""Locations: coordinates, codes and precision agree with each other and with the provinces in force."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.admin.provinces import drawn_for
from geo.admin.tolerance import AGREEMENT_M, points_agree
from geo.columns import is_true
from geo.days import FIRST_DAY
from geo.model import PLACED, GeoPrecision
from geo.rules.dates import dates
from geo.rules.faults import Faults

_PLACED = [str(word) for word in PLACED]
_SWAPPED = "; longitude comes first in GeoJSON, these two look swapped"


def check_precision(records: pd.DataFrame, geometry: Any, faults: Faults) -> None:
    """Report geometry and codes that are finer or coarser than ``geo_precision`` says."""
    precision = records["geo_precision"]
    placed = is_true(precision.isin(_PLACED))
    coarse = is_true(precision.isin([str(word) for word in GeoPrecision])) & ~placed
    empty = shapely.is_missing(geometry)
    faults.add(placed & empty, "geometry", geometry, lambda rows: "must be a point for " + precision.iloc[rows])
    faults.add(coarse & ~empty, "geometry", geometry, lambda rows: "must be null for " + precision.iloc[rows])
    for name in ("admin1_code", "admin1_name", "admin2_name"):
        faults.add(
            coarse & records[name].notna(), name, records[name], lambda rows: "must be null for " + precision.iloc[rows]
        )
    country = records["country_code"]
    at_country = is_true(precision == GeoPrecision.COUNTRY) & is_true(country.isna())
    faults.add(at_country, "country_code", country, "is required for country")
    unknown = is_true(precision == GeoPrecision.UNKNOWN) & is_true(country.notna())
    faults.add(unknown, "country_code", country, "must be null for unknown; a known country is precision country")
    finer = is_true(precision == GeoPrecision.PROVINCE) & is_true(records["admin2_name"].notna())
    faults.add(finer, "admin2_name", records["admin2_name"], "must be null for province; a known district is district")


def check_coordinates(geometry: Any, faults: Faults) -> Any:
    """Report geometries that are not points on earth.

    Parameters
    ----------
    geometry : array of shapely geometries or None, shape (n,)
    faults : Faults

    Returns
    -------
    lonlat : array of float, shape (n, 2)
        NaN where there is no point on earth.
    """
    present = ~shapely.is_missing(geometry)
    point = (shapely.get_type_id(geometry) == shapely.GeometryType.POINT) & ~shapely.is_empty(geometry)
    faults.add(present & ~point, "geometry", geometry, "must be a point or null")
    located = np.where(point, geometry, None)
    lonlat = np.column_stack([shapely.get_x(located), shapely.get_y(located)])
    lon, lat = lonlat.T
    finite = np.isfinite(lonlat).all(axis=1)
    faults.add(point & ~finite, "geometry", geometry, "longitude and latitude must be finite numbers")
    with np.errstate(invalid="ignore"):
        outside = finite & ((np.abs(lon) > 180) | (np.abs(lat) > 90))
        turned = outside & (np.abs(lat) <= 180) & (np.abs(lon) <= 90)
    rule = "longitude must be within -180 to 180 and latitude within -90 to 90"
    faults.add(outside, "geometry", geometry, lambda rows: np.where(turned[rows], rule + _SWAPPED, rule))
    return np.where((finite & ~outside)[:, None], lonlat, np.nan)


def check_codes(records: pd.DataFrame, provinces: gpd.GeoDataFrame, faults: Faults) -> Any:
    """Report codes that are malformed, unknown, not in force on the record's date, or at odds with each other.

    Parameters
    ----------
    records : DataFrame, shape (n,)
    provinces : GeoDataFrame, shape (m,)
        Every vintage.
    faults : Faults

    Returns
    -------
    array of int, shape (n,)
        Position in ``provinces`` of the record's province, -1 where it names none that is known and was in force.
    """
    country, code, name = records["country_code"], records["admin1_code"], records["admin1_name"]
    rule = "must be an ISO 3166-1 code of two capital letters"
    faults.add(is_true(country.notna()) & ~is_true(country.str.fullmatch("[A-Z]{2}")), "country_code", country, rule)
    well = is_true(code.str.fullmatch("[A-Z]{2}-[A-Z0-9]{1,3}"))
    faults.add(is_true(code.notna()) & ~well, "admin1_code", code, "must be an ISO 3166-2 code such as AF-KAB")
    other = well & is_true(code.str[:2] != country)
    faults.add(other, "admin1_code", code, lambda rows: "is not in " + country.iloc[rows])
    faults.add(well & is_true(country.isna()), "country_code", country, "is required with an admin1_code")

    listed = is_true(code.isin(provinces["admin1_code"]))
    covered = set(provinces["country_code"])
    # A unit newer than the polygons is a known one, though only an older unit that holds it is drawn.
    held = is_true(code.isin(drawn_for(provinces)))
    unknown = well & is_true(code.str[:2].isin(covered)) & ~listed & ~held
    faults.add(unknown, "admin1_code", code, lambda rows: "is not among the provinces of " + code.iloc[rows].str[:2])
    position = province_in_force(records, provinces)
    missed = well & listed & (position < 0)
    faults.add(missed, "admin1_code", code, "was not in force on the date of the record")
    expected = provinces["admin1_name"].to_numpy(dtype=object)[position]
    wrong = (position >= 0) & name.notna().to_numpy() & (name.fillna("").to_numpy(dtype=object) != expected)
    faults.add(
        wrong, "admin1_name", name, lambda rows: [f"must be {text}, as the code says" for text in expected[rows]]
    )
    return position


def check_inside(
    records: pd.DataFrame, geometry: Any, lonlat: Any, position: Any, provinces: gpd.GeoDataFrame, faults: Faults
) -> None:
    """Report points that lie outside the province, or the country, that the record names.

    Points of records that name neither are reported when they lie in no province but would with latitude and
    longitude exchanged. The tolerance is `geo.admin.tolerance.AGREEMENT_M`.

    Parameters
    ----------
    records : DataFrame, shape (n,)
    geometry : array of shapely geometries or None, shape (n,)
    lonlat : array of float, shape (n, 2)
        As `check_coordinates` returns it.
    position : array of int, shape (n,)
        As `check_codes` returns it.
    provinces : GeoDataFrame
        Every vintage.
    faults : Faults
    """
    areas = _NamedAreas(provinces)
    lon, lat = lonlat.T
    country = records["country_code"].fillna("").to_numpy(dtype=object)
    in_province = position >= 0
    # Points in countries that the polygons do not cover cannot be checked.
    checked = np.isfinite(lonlat).all(axis=1) & (in_province | np.isin(country, ["", *areas.countries]))
    outside = np.zeros(len(records), dtype=bool)
    for rows, named, areas_of in (
        (np.flatnonzero(checked & in_province), position, areas.of_position),
        (np.flatnonzero(checked & ~in_province), country, areas.of_country),
    ):
        outside[rows] = ~points_agree(lon[rows], lat[rows], named[rows], areas_of)
    rows = np.flatnonzero(outside)
    swapped = np.zeros(len(records), dtype=bool)
    swapped[rows] = points_agree(lat[rows], lon[rows], country[rows], areas.of_country)
    names = np.where(in_province, provinces["admin1_name"].to_numpy(dtype=object)[position], country)

    def rules(rows: Any) -> list[str]:
        within = f"within {AGREEMENT_M / 1000:g} km of it"
        return [
            f"must lie in {names[row] or 'a province'} or {within}{_SWAPPED if swapped[row] else ''}" for row in rows
        ]

    faults.add(outside & ((names != "") | swapped), "geometry", geometry, rules)


class _NamedAreas:
    """The polygons that records name, by position of a province or by code of a country."""

    def __init__(self, provinces: gpd.GeoDataFrame) -> None:
        self._areas = provinces.geometry.to_numpy()
        self._country = provinces["country_code"].to_numpy(dtype=object)
        self.countries = set(self._country)

    def of_position(self, position: int) -> Any:
        return self._areas[[position]]

    def of_country(self, code: str) -> Any:
        """Return the polygons of a country; those of all countries where it has none or is not named."""
        return self._areas[self._country == code] if code in self.countries else self._areas


def province_in_force(records: pd.DataFrame, provinces: gpd.GeoDataFrame) -> Any:
    """Return the position in ``provinces`` of each record's province in force on its dates, -1 for none, shape (n,)."""
    start, end = dates(records["date_start"]), dates(records["date_end"])
    start, end = np.where(np.isnat(start), end, start), np.where(np.isnat(end), start, end)
    valid_from, valid_to = (
        dates(provinces["valid_from"].astype("string")),
        dates(provinces["valid_to"].astype("string")),
    )
    rows_of = records.groupby("admin1_code", sort=False).indices
    position = np.full(len(records), -1, dtype=np.intp)
    # Later vintages last, so that an undated record gets the province of today.
    begins = np.where(np.isnat(valid_from), np.datetime64(FIRST_DAY), valid_from)
    for row in np.argsort(begins, kind="stable").tolist():
        at = rows_of.get(provinces["admin1_code"].iloc[row])
        if at is not None:
            begun = np.isnat(valid_from[row]) | np.isnat(end[at]) | (end[at] >= valid_from[row])
            lasting = np.isnat(valid_to[row]) | np.isnat(start[at]) | (start[at] <= valid_to[row])
            position[at[begun & lasting]] = row
    return position
