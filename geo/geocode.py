"""Give incidents their province: by name, by point, or by both, as of each incident's date."""

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from geo.errors import CRSError, DataError, UsageError
from geo.locate import NEAREST_M, Locator, locate_points, vintage_ends
from geo.model import CRS, PLACED, GeoPrecision, Match
from geo.placenames import geocode_places, place_rows, province_indexes
from geo.provinces import as_day

__all__ = ["disagreements", "geocode", "geocode_places"]

#: The columns from which a province is read by name.
_NAMES = ("admin1_name", "place", "admin2_name", "country_code")
#: A day after every change of provinces.
_TODAY = "9999-12-31"


def geocode(incidents: GeoDataFrame, provinces: GeoDataFrame, *, max_distance_m: float = NEAREST_M) -> GeoDataFrame:
    """Fill in the province of each incident, by its names or its point, as of its ``date_start``.

    What the incidents already say is never changed. Where a record has no ``admin1_code`` and its ``geo_precision``
    allows a province, the code comes from ``admin1_name``, else from ``place`` and ``admin2_name`` in the record's
    country, else from its point. A name that stands for several provinces is settled by the point where that lies in
    one of them. A name and a point that disagree leave the record without a province, ``ambiguous``.

    Parameters
    ----------
    incidents : GeoDataFrame, shape (n,)
        Records in EPSG:4326; columns that are absent count as empty.
    provinces : GeoDataFrame
        As `geo.read_provinces` returns them, EPSG:4326, with every vintage or one set.
    max_distance_m : float, default 2000
        How far outside a province, in metres, a point may lie and still count as in it.

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
        If a ``date_start`` is no date.
    """
    for frame, name in ((incidents, "incidents"), (provinces, "provinces")):
        if frame.crs is None or not frame.crs.equals(CRS):
            raise CRSError(f"{name} are in {frame.crs}; convert them with to_crs({CRS!r})")
    days = _days(incidents)
    named = _by_name(incidents, provinces, days)
    pointed = _by_point(incidents, provinces, days, max_distance_m)
    verdict = _decide(incidents, named, pointed, _near(incidents, named, pointed, provinces, max_distance_m))
    located = incidents.copy()
    _fill(located, "admin1_code", verdict["code"])
    titles = dict(zip(provinces["admin1_code"], provinces["admin1_name"], strict=True))
    _fill(located, "admin1_name", verdict["code"].map(titles))
    _fill(located, "country_code", verdict["code"].str.split("-").str[0])
    for column in ("match", "match_score", "match_note"):
        located[column] = verdict[column].set_axis(located.index)
    return located


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
    """Return a column as text with a plain index, empty where it is absent."""
    if name not in frame.columns:
        return pd.Series([pd.NA] * len(frame), dtype="string")
    return pd.Series(frame[name].astype("string").array)


def _fill(frame: GeoDataFrame, name: str, values: pd.Series) -> None:
    """Fill the gaps of a column in place of the frame."""
    own = _column(frame, name)
    frame[name] = own.where(own.notna(), values.astype("string")).set_axis(frame.index)


def _days(incidents: GeoDataFrame) -> pd.Series:
    """Return the first day of each record as ISO text, null where it is unknown."""
    days = _column(incidents, "date_start").str.strip().str[:10]
    days = days.where(days.ne(""))
    faults = []
    for value in days.dropna().unique():
        try:
            as_day(value)
        except UsageError as error:
            rows = ", ".join(map(str, incidents.index[days.eq(value).fillna(False).to_numpy(dtype=bool)][:3]))
            faults.append(f"{rows}: date_start: {error}")
    if faults:
        raise DataError("; ".join(faults))
    return days


def _by_name(incidents: GeoDataFrame, provinces: GeoDataFrame, days: pd.Series) -> pd.DataFrame:
    """Return what the names of each record say: ``code, match, match_score, candidates, country``.

    Distinct names are read once; dates count only as far as they tell one set of provinces from another.
    """
    ends = vintage_ends(provinces)
    frame = pd.DataFrame({name: _column(incidents, name) for name in _NAMES})
    frame["vintage"] = np.searchsorted(ends, days.fillna("").to_numpy(dtype=str))
    frame["dated"] = days.notna()
    groups = frame.groupby(list(frame.columns), dropna=False, sort=False).ngroup().to_numpy()
    _, first = np.unique(groups, return_index=True)
    distinct = frame.iloc[first].reset_index(drop=True)
    found = _read(distinct, days.iloc[first].reset_index(drop=True), provinces)
    return found.iloc[groups].reset_index(drop=True)


def _read(distinct: pd.DataFrame, days: pd.Series, provinces: GeoDataFrame) -> pd.DataFrame:
    """Read the province named, else the place, else the district; keep what is among the provinces."""
    known = set(provinces["admin1_code"])
    extra = province_indexes(provinces)

    def look_up(texts: pd.Series, within: pd.Series | None, on: pd.Series) -> pd.DataFrame:
        hint = [None] * len(texts) if within is None else within
        return place_rows(texts, distinct["country_code"], hint, [None if pd.isna(d) else d for d in on], extra)

    def known_rows(texts: pd.Series, within: pd.Series | None = None) -> pd.DataFrame:
        rows = look_up(texts, within, days)
        gone = rows["admin1_code"].notna() & ~rows["admin1_code"].isin(known)
        if gone.any():
            # An ended province, named without a date, among provinces of today only: take today's.
            rows = rows.where(~gone, look_up(texts, within, days.fillna(_TODAY)))
            gone = rows["admin1_code"].notna() & ~rows["admin1_code"].isin(known)
            rows.loc[gone, "admin1_code"] = pd.NA
            rows.loc[gone, "match"] = str(Match.NONE)
        return rows

    found = known_rows(distinct["admin1_name"])
    for column in ("place", "admin2_name"):
        more = known_rows(distinct[column], distinct["admin1_name"])
        better = found["admin1_code"].isna() & (more["admin1_code"].notna() | found["match"].eq(Match.NONE))
        found = found.where(~better, more)
    found["country"] = distinct["country_code"]
    return found.rename(columns={"admin1_code": "code"})[["code", "match", "match_score", "candidates", "country"]]


def _by_point(incidents: GeoDataFrame, provinces: GeoDataFrame, days: pd.Series, metres: float) -> pd.DataFrame:
    """Return the province of each record's point, with ``lon`` and ``lat``; only points count, not other shapes."""
    geometry = incidents.geometry.to_numpy()
    is_point = shapely.get_type_id(geometry) == 0
    lon = np.where(is_point, shapely.get_x(geometry), np.nan)
    lat = np.where(is_point, shapely.get_y(geometry), np.nan)
    found = locate_points(lon, lat, provinces=provinces, date=days, max_distance_m=metres)
    return found.rename(columns={"admin1_code": "code"}).assign(lon=lon, lat=lat)


def _near(
    incidents: GeoDataFrame, named: pd.DataFrame, pointed: pd.DataFrame, provinces: GeoDataFrame, metres: float
) -> pd.Series:
    """Tell where a point outside the province named, or coded, lies so near to it that the two do not disagree."""
    near = pd.Series(False, index=named.index)
    coded = _column(incidents, "admin1_code")
    said = coded.where(coded.notna(), named["code"])
    apart = said.notna() & pointed["code"].notna() & said.ne(pointed["code"]).fillna(False)
    for code, rows in pointed[apart].groupby(said[apart].astype(object)):
        locator = Locator(provinces[provinces["admin1_code"] == code])
        found, _ = locator.locate(rows["lon"].to_numpy(), rows["lat"].to_numpy(), metres)
        near[rows.index] = found >= 0
    return near


def _decide(incidents: GeoDataFrame, named: pd.DataFrame, pointed: pd.DataFrame, near: pd.Series) -> pd.DataFrame:
    """Weigh code, name and point of each record: ``code, match, match_score, match_note``."""
    coded = _text(_column(incidents, "admin1_code"))
    precision = _text(_column(incidents, "geo_precision"))
    fine = np.isin(precision, ["", *PLACED, GeoPrecision.UNKNOWN])
    name, point = np.where(fine, _text(named["code"]), ""), np.where(fine, _text(pointed["code"]), "")
    country = np.char.upper(_text(named["country"]).astype(str)).astype(object)
    open_ = coded == ""
    has_name, has_point = name != "", point != ""
    unclear = fine & ~has_name & named["match"].eq(Match.AMBIGUOUS).to_numpy(dtype=bool)
    among = np.array([p in c for p, c in zip(point, named["candidates"], strict=True)], dtype=bool)
    home = np.array([c in ("", p[:2]) for p, c in zip(point, country, strict=True)], dtype=bool)
    clash = has_point & np.where(has_name, (name != point) & ~near, np.where(unclear, ~among, ~home))
    by_name, by_point = open_ & has_name & ~clash, open_ & ~has_name & has_point & ~clash
    clash &= open_

    code = np.select([~open_, by_name, by_point], [coded, name, point], "")
    blurred = clash | (open_ & unclear & ~by_point)
    match = np.select(
        [~open_, by_name, by_point, blurred],
        [str(Match.NAME), _text(named["match"]), _text(pointed["match"]), str(Match.AMBIGUOUS)],
        str(Match.NONE),
    )
    # A point inside a province is certain; one outside loses up to half, with its distance.
    away = pointed["distance_m"].fillna(0).to_numpy()
    sure = 1 - away / (2 * max(away.max(initial=0), 1.0))
    score = np.select([~open_, clash, by_name | blurred, by_point], [1.0, 0.0, named["match_score"], sure], 0.0)

    said = np.where(has_name, name, np.where(unclear, named["candidates"].map(" or ".join), country))
    apart = ~open_ & has_point & (coded != point) & ~near.to_numpy()
    other = ~open_ & has_name & (coded != name) & ~apart
    note = np.select(
        [clash, apart, other],
        [
            "named " + said + ", point in " + point,
            "coded " + coded + ", point in " + point,
            "coded " + coded + ", named " + name,
        ],
        "",
    )
    frame = pd.DataFrame({"code": code, "match": match, "match_note": note}, dtype="string").replace("", pd.NA)
    return frame.assign(match_score=score.round(4))


def _text(column: pd.Series) -> NDArray[np.object_]:
    """Return a column as plain text, "" where it is null."""
    return column.fillna("").to_numpy(dtype=object)
