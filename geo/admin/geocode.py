"""Give incidents their province: by name, by point, or by both, as of each incident's date."""

from typing import Any

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from geo.admin.crs import require_wgs84
from geo.admin.reverse import locate_points, vintage_ends
from geo.admin.tolerance import AGREEMENT_M, NEAREST_M, points_agree
from geo.days import LAST_DAY, as_day
from geo.errors import DataError, UsageError
from geo.gazetteer.resolve import Answers, geocode_places, place_rows, province_indexes
from geo.model import PLACED, GeoPrecision, Match

__all__ = ["disagreements", "geocode", "geocode_places"]

#: The columns from which a province is read by name.
_NAMES = ("admin1_name", "place", "admin2_name", "country_code")
#: A day after every change of provinces.


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
        How far outside every province, in metres, a point may lie and still take the nearest. A point agrees with the
        province that its record names up to 5 km outside it, or up to this distance where it is more.

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
    require_wgs84(incidents, "incidents")
    require_wgs84(provinces, "provinces")
    days = _days(incidents)
    named, reading = _by_name(incidents, provinces, days)
    lon, lat, pointed = _by_point(incidents, provinces, days, max_distance_m)
    facts = (
        pointed.rename(columns={"admin1_code": "point"})
        .drop(columns="distance_m")
        .assign(coded=_column(incidents, "admin1_code"), precision=_column(incidents, "geo_precision"), named=named)
    )
    near = _near(facts, reading, lon, lat, provinces, max(AGREEMENT_M, max_distance_m))
    case, first = _distinct([*facts.to_dict("series").values(), near])
    verdicts = [_verdict(*values) for values in zip(*_arguments(facts.iloc[first], near[first], reading), strict=True)]
    verdict = pd.DataFrame(verdicts, columns=["code", "match", "match_score", "match_note"])
    located = incidents.copy()
    titles = dict(zip(provinces["admin1_code"], provinces["admin1_name"], strict=True))
    for name, values in (
        ("admin1_code", verdict["code"]),
        ("admin1_name", verdict["code"].map(titles)),
        ("country_code", verdict["code"].str.split("-").str[0]),
    ):
        _fill(located, name, values, case)
    for name in ("match", "match_note"):
        located[name] = pd.Series(verdict[name].astype("string").array.take(case), index=located.index)
    # A point inside a province is certain; one outside loses up to half, with its distance.
    away = pointed["distance_m"].fillna(0).to_numpy() / (2 * max(max_distance_m, 1.0))
    score = verdict["match_score"].to_numpy(dtype=float)[case]
    located["match_score"] = np.where(np.isnan(score), 1 - away, score).round(4)
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


def _fill(frame: GeoDataFrame, name: str, values: pd.Series, case: NDArray[np.int64]) -> None:
    """Fill the gaps of a column, in place, with the values of each row's case."""
    filled = _column(frame, name)
    gaps = filled.isna().to_numpy()
    if gaps.any():
        filled[gaps] = values.astype("string").array.take(case[gaps])
    frame[name] = filled.set_axis(frame.index)


def _distinct(columns: list[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return each row's number among the distinct rows of columns, and the first row of each number."""
    number = np.zeros(len(columns[0]), dtype="int64")
    for column in columns:
        codes, values = pd.factorize(column)
        number = pd.factorize(number * (len(values) + 1) + codes + 1)[0]
    return number, np.unique(number, return_index=True)[1]


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


def _by_name(
    incidents: GeoDataFrame, provinces: GeoDataFrame, days: pd.Series
) -> tuple[NDArray[np.int64], pd.DataFrame]:
    """Read the names of the records: the row of the second part that each record has, and what each row says.

    Distinct names are read once; dates count only as far as they tell one set of provinces from another.
    """
    columns = {name: _column(incidents, name) for name in _NAMES}
    codes, values = pd.factorize(days)
    # The last place is for records without a date, whose code is -1.
    vintages = np.append(np.searchsorted(vintage_ends(provinces), np.array(values, dtype=str)), -1)[codes]
    # No name counts where the record is known to no province, and place and district only where the name of the
    # province does not settle it: else each place of a large file would be looked up for nothing.
    precision = _column(incidents, "geo_precision").fillna("")
    coarse = ~precision.isin(["", *PLACED, GeoPrecision.UNKNOWN])
    for name in ("admin1_name", "place", "admin2_name"):
        columns[name] = columns[name].mask(coarse)
    number, first = _distinct([columns["admin1_name"], columns["country_code"], vintages])
    bare = {name: columns[name].iloc[first].array for name in ("admin1_name", "country_code")}
    asked = pd.DataFrame(bare).reindex(columns=list(_NAMES)).astype("string")
    settled = _read(asked, pd.Series(days.iloc[first].array), provinces)["code"].notna().to_numpy(dtype=bool)[number]
    for name in ("place", "admin2_name"):
        columns[name] = columns[name].mask(settled)
    number, first = _distinct([*columns.values(), vintages])
    distinct = pd.DataFrame({name: column.iloc[first].array for name, column in columns.items()})
    return number, _read(distinct, pd.Series(days.iloc[first].array), provinces)


def _read(distinct: pd.DataFrame, days: pd.Series, provinces: GeoDataFrame) -> pd.DataFrame:
    """Read the province named, else the place, else the district; keep what is among the provinces."""
    known = set(provinces["admin1_code"])
    answers = Answers(province_indexes(provinces))

    def look_up(texts: pd.Series, within: pd.Series | None, on: pd.Series) -> pd.DataFrame:
        hint = [None] * len(texts) if within is None else within
        return place_rows(answers, texts, distinct["country_code"], hint, [None if pd.isna(d) else d for d in on])

    def known_rows(texts: pd.Series, within: pd.Series | None = None) -> pd.DataFrame:
        rows = look_up(texts, within, days)
        gone = rows["admin1_code"].notna() & ~rows["admin1_code"].isin(known)
        if gone.any():
            # An ended province, named without a date, among provinces of today only: take today's.
            rows = rows.where(~gone, look_up(texts, within, days.fillna(LAST_DAY)))
            gone = rows["admin1_code"].notna() & ~rows["admin1_code"].isin(known)
            rows.loc[gone, "admin1_code"] = pd.NA
            rows.loc[gone, "match"] = str(Match.NONE)
        return rows

    found = known_rows(distinct["admin1_name"])
    for column in ("place", "admin2_name"):
        more = known_rows(distinct[column].where(found["admin1_code"].isna()), distinct["admin1_name"])
        better = found["admin1_code"].isna() & (more["admin1_code"].notna() | found["match"].eq(Match.NONE))
        found = found.where(~better, more)
    found["country"] = distinct["country_code"]
    return found.rename(columns={"admin1_code": "code"})[["code", "match", "match_score", "candidates", "country"]]


def _by_point(
    incidents: GeoDataFrame, provinces: GeoDataFrame, days: pd.Series, metres: float
) -> tuple[NDArray[np.float64], NDArray[np.float64], pd.DataFrame]:
    """Return each record's longitude, latitude (NaN where it has no point, but another shape or none) and province."""
    geometry = incidents.geometry.to_numpy()
    is_point = shapely.get_type_id(geometry) == 0
    lon = np.where(is_point, shapely.get_x(geometry), np.nan)
    lat = np.where(is_point, shapely.get_y(geometry), np.nan)
    return lon, lat, locate_points(lon, lat, provinces=provinces, date=days, max_distance_m=metres)


def _near(
    facts: pd.DataFrame,
    reading: pd.DataFrame,
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    provinces: GeoDataFrame,
    metres: float,
) -> NDArray[np.bool_]:
    """Tell where a point outside the province named, or coded, lies so near to it that the two do not disagree."""
    near = np.zeros(len(facts), dtype=bool)
    said = facts["coded"].where(facts["coded"].notna(), pd.Series(reading["code"].array.take(facts["named"])))
    apart = (said.notna() & facts["point"].notna() & said.ne(facts["point"])).fillna(False).to_numpy(dtype=bool)
    areas, codes = provinces.geometry.to_numpy(), provinces["admin1_code"].to_numpy(dtype=object)
    near[apart] = points_agree(lon[apart], lat[apart], said[apart], lambda code: areas[codes == code], metres)
    return near


def _arguments(facts: pd.DataFrame, near: NDArray[np.bool_], reading: pd.DataFrame) -> list[Any]:
    """Return the arguments of `_verdict`, one list each; text is "" where it is null."""
    said = reading.iloc[facts["named"]]
    text = [
        facts["coded"],
        facts["precision"],
        facts["point"],
        facts["match"],
        said["code"],
        said["match"],
        said["country"],
    ]
    return [*(column.fillna("").tolist() for column in text), said["candidates"], said["match_score"], near]


def _verdict(
    coded: str,
    precision: str,
    point: str,
    point_match: str,
    name: str,
    name_match: str,
    country: str,
    candidates: list[str],
    name_score: float,
    near: bool,
) -> tuple[str | None, str, float, str | None]:
    """Weigh code, name and point of a record: code, match, score (NaN: from the point's distance) and note."""
    if precision not in ("", *PLACED, GeoPrecision.UNKNOWN):
        point = name = name_match = ""
    apart = point and not near
    if coded:
        other = point if apart and point != coded else name if name != coded else ""
        note = f"coded {coded}, {'point in' if other == point else 'named'} {other}" if other else None
        return coded, Match.NAME, 1.0, note
    if name:
        if apart and point != name:
            return None, Match.AMBIGUOUS, 0.0, f"named {name}, point in {point}"
        return name, name_match, name_score, None
    unclear = name_match == Match.AMBIGUOUS
    if unclear and point not in candidates:
        note = f"named {' or '.join(candidates)}, point in {point}" if point else None
        return None, Match.AMBIGUOUS, name_score, note
    if point and country.upper() not in ("", point[:2]):
        return None, Match.AMBIGUOUS, 0.0, f"named {country}, point in {point}"
    if point:
        return point, point_match, float("nan"), None
    return None, Match.NONE, 0.0, None
