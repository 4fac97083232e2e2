"""Give incidents their province: by name, by point, or by both, as of each incident's date."""

import warnings
from typing import Any

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from geo.admin.by_name import NAME_COLUMNS, read_names
from geo.admin.countries import without_polygons
from geo.admin.crs import require_wgs84
from geo.admin.reverse import locate_points
from geo.admin.tolerance import AGREEMENT_M, NEAREST_M, points_agree
from geo.admin.verdict import Evidence, Verdict, undrawn_units, weigh
from geo.admin.vintages import province_in_force
from geo.columns import distinct_rows, is_true
from geo.days import as_day
from geo.errors import DataError, UsageError
from geo.gazetteer.resolve import geocode_places
from geo.model import PLACED, GeoPrecision

__all__ = ["disagreements", "geocode", "geocode_places"]


def geocode(
    incidents: GeoDataFrame, provinces: GeoDataFrame, *, max_distance_m: float = NEAREST_M, min_score: float = 0.0
) -> GeoDataFrame:
    """Fill in the province of each incident, by its names or its point, as of its ``date_start``.

    What the incidents already say is never changed. Where a record has no ``admin1_code`` and its ``geo_precision``
    allows a province, the code comes from ``admin1_name``, else from ``place`` and ``admin2_name`` in the record's
    country, else from its point. A name that stands for several provinces is settled by the point where that lies in
    one of them. A record whose ``admin1_name`` and point disagree keeps both, and ``match_note`` says so; one whose
    place, district or merely similar name disagrees with its point is left without a province, ``ambiguous``.

    Parameters
    ----------
    incidents : GeoDataFrame, shape (n,)
        Records in EPSG:4326; columns that are absent count as empty.
    provinces : GeoDataFrame
        As `geo.read_provinces` returns them, EPSG:4326, with every vintage or one set.
    max_distance_m : float, default 2000
        How far outside every province, in metres, a point may lie and still take the nearest. A point agrees with the
        province that its record names up to 5 km outside it, or up to this distance where it is more.
    min_score : float, default 0
        A name whose ``match_score`` is lower is left open, ``ambiguous``; a point in its province still settles it.

    Returns
    -------
    GeoDataFrame, shape (n,)
        The records, same order and index, with ``country_code, admin1_code, admin1_name`` filled in and three columns
        more: ``match`` (`geo.model.Match`; ``name`` for a province that the record itself names by code),
        ``match_score`` (0-1) and ``match_note``, which says where name, point and code disagree (null: they do not).

    Raises
    ------
    CRSError
        If either frame is not in EPSG:4326.
    DataError
        If a ``date_start`` is not a date.
    UsageError
        If ``min_score`` is not within 0-1.

    Warns
    -----
    UserWarning
        If records that may be placed in a province lie in countries of which ``provinces`` has none;
        ``geo.provinces_for(incidents)`` reads those of every country that records lie in.

    Notes
    -----
    Threads may call it at once with the same frames.
    """
    located = fill_provinces(incidents, provinces, max_distance_m=max_distance_m, min_score=min_score)
    if missing := without_polygons(located, provinces):
        counts = ", ".join(f"{code} {count:,}" for code, count in missing.items())
        warnings.warn(
            f"{sum(missing.values()):,} records lie in countries of which there are no provinces here, and have no "
            f"province unless they state its code: {counts}; geo.provinces_for(records) reads those of their countries",
            stacklevel=2,
        )
    return located


def fill_provinces(
    incidents: GeoDataFrame, provinces: GeoDataFrame, *, max_distance_m: float = NEAREST_M, min_score: float = 0.0
) -> GeoDataFrame:
    """Do what `geocode` does, without a warning: commands and imports say themselves what has no polygons."""
    require_wgs84(incidents, "incidents")
    require_wgs84(provinces, "provinces")
    days = _days(incidents)
    # Names and points of records known to no province do not give one.
    coarse = ~_column(incidents, "geo_precision").fillna("").isin(["", *PLACED, GeoPrecision.UNKNOWN])
    names = {name: _column(incidents, name) for name in NAME_COLUMNS}
    names |= {name: column.mask(coarse) for name, column in names.items() if name != "country_code"}
    named, reading = read_names(names, days, provinces, min_score)
    lon, lat = _lonlat(incidents)
    pointed = locate_points(lon, lat, provinces=provinces, date=days, max_distance_m=max_distance_m)

    facts = pd.DataFrame(
        {
            "coded": _column(incidents, "admin1_code"),
            "named": named,
            "undrawn": reading["undrawn"].array.take(named),
            "pointed": pointed["admin1_code"].mask(coarse),
            "pointed_match": pointed["match"].mask(coarse),
        }
    )
    if "note" in incidents.columns and facts["coded"].notna().any():
        facts["undrawn"] = undrawn_units(_column(incidents, "note"), facts["coded"]).fillna(facts["undrawn"])
    stated = facts["coded"].fillna(pd.Series(reading["code"].array.take(named)))
    astray = is_true(stated.notna() & stated.ne(facts["pointed"]).fillna(True)) & _has_point(lon, lat) & ~coarse
    facts["point_contradicts"] = astray
    facts.loc[astray, "point_contradicts"] = ~_near_stated(
        pd.DataFrame({"admin1_code": stated, "date_start": days, "date_end": _column(incidents, "date_end")})[astray],
        lon[astray],
        lat[astray],
        provinces,
        max(AGREEMENT_M, max_distance_m),
    )
    case, first = distinct_rows(list(facts.to_dict("series").values()))
    verdicts = pd.DataFrame(map(weigh, _evidence(facts.iloc[first], reading)), columns=list(Verdict._fields))
    return _filled(incidents, provinces, verdicts, case, _point_score(pointed["distance_m"], max_distance_m))


def disagreements(located: GeoDataFrame) -> pd.DataFrame:
    """Return the notes on names, points and codes that disagree, and how many records each concerns, most first.

    Parameters
    ----------
    located : GeoDataFrame
        As `geocode` returns it.
    """
    counts: pd.Series[int] = located["match_note"].dropna().value_counts()
    return counts.rename_axis("match_note").reset_index(name="records")


def _column(frame: pd.DataFrame, name: str) -> pd.Series:
    """Return a column as text with the index 0 to n - 1, null where it is absent."""
    if name not in frame.columns:
        return pd.Series([pd.NA] * len(frame), dtype="string")
    return pd.Series(frame[name].astype("string").array)


def _days(incidents: GeoDataFrame) -> pd.Series:
    """Return the first day of each record as ISO text, null where it is unknown."""
    days = _column(incidents, "date_start").str.strip().str[:10]
    days = days.where(days.ne(""))
    iso, faults = {}, []
    for value in days.dropna().unique():
        try:
            iso[value] = as_day(value)
        except UsageError as error:
            rows = ", ".join(map(str, incidents.index[is_true(days.eq(value))][:3]))
            faults.append(f"{rows}: date_start: {error}")
    if faults:
        raise DataError("; ".join(faults))
    return days.map(iso).astype("string")


def _lonlat(incidents: GeoDataFrame) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return each record's longitude and latitude, NaN where it has no point (but another shape, or none)."""
    geometry = incidents.geometry.to_numpy()
    is_point = shapely.get_type_id(geometry) == shapely.GeometryType.POINT
    return np.where(is_point, shapely.get_x(geometry), np.nan), np.where(is_point, shapely.get_y(geometry), np.nan)


def _has_point(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which points are on earth; 0, 0 is how tables write a missing one."""
    with np.errstate(invalid="ignore"):
        on_earth: NDArray[np.bool_] = (np.abs(lon) <= 180) & (np.abs(lat) <= 90) & ((lon != 0) | (lat != 0))
    return on_earth


def _near_stated(
    records: pd.DataFrame,
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    provinces: GeoDataFrame,
    tolerance_m: float,
) -> NDArray[np.bool_]:
    """Return which points agree with the province that their record states, as it was on the record's date.

    A code that was not in force then is compared with the province in any of its forms; one that is not among the
    provinces cannot be compared.
    """
    records = records.reset_index(drop=True)
    position = province_in_force(records, provinces)
    areas, codes = provinces.geometry.to_numpy(), provinces["admin1_code"].to_numpy(dtype=object)
    stated = np.where(position >= 0, position, records["admin1_code"].to_numpy(dtype=object))

    def areas_of(key: int | str) -> Any:
        return areas[codes == key] if isinstance(key, str) else areas[[key]]

    return points_agree(lon, lat, stated, areas_of, tolerance_m) | ~records["admin1_code"].isin(codes).to_numpy(
        dtype=bool
    )


def _evidence(facts: pd.DataFrame, reading: pd.DataFrame) -> list[Evidence]:
    """Return the evidence of each row of facts, with "" for null."""
    names = reading.iloc[facts["named"]]
    columns: dict[str, Any] = {
        "named_score": names["match_score"],
        "named_as_province": names["of_province"],
        "candidates": names["candidates"],
        "point_contradicts": facts["point_contradicts"],
    }
    for field, column in (
        ("coded", facts["coded"]),
        ("named", names["code"]),
        ("named_match", names["match"]),
        ("undrawn", facts["undrawn"]),
        ("country", names["country"]),
        ("pointed", facts["pointed"]),
        ("pointed_match", facts["pointed_match"]),
    ):
        columns[field] = column.fillna("").tolist()
    return [Evidence(*values) for values in zip(*(columns[field] for field in Evidence._fields), strict=True)]


def _point_score(distance_m: pd.Series, max_distance_m: float) -> NDArray[np.float64]:
    """Return the score of each point: 1 inside a province, down to 0.5 at the greatest distance outside it."""
    return 1 - distance_m.fillna(0).to_numpy() / (2 * max(max_distance_m, 1.0))


def _filled(
    incidents: GeoDataFrame,
    provinces: GeoDataFrame,
    verdicts: pd.DataFrame,
    case: NDArray[np.int64],
    point_score: NDArray[np.float64],
) -> GeoDataFrame:
    """Return the records with the verdict of each one's case where they say nothing themselves."""
    located = incidents.copy()
    names = dict(zip(provinces["admin1_code"], provinces["admin1_name"], strict=True))
    for name, values in (
        ("admin1_code", verdicts["code"]),
        ("admin1_name", verdicts["code"].map(names)),
        ("country_code", verdicts["code"].str.split("-").str[0]),
    ):
        filled = _column(located, name)
        gaps = filled.isna().to_numpy()
        if gaps.any():
            filled[gaps] = values.astype("string").array.take(case[gaps])
        located[name] = filled.set_axis(located.index)
    for name in ("match", "match_note"):
        located[name] = pd.Series(verdicts[name].astype("string").array.take(case), index=located.index)
    score = verdicts["match_score"].to_numpy(dtype=float)[case]
    located["match_score"] = np.where(np.isnan(score), point_score, score).round(4)
    return located
