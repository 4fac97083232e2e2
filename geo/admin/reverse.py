"""Find the province that covers each point, as of its date.

Border rule: a point belongs to the province whose polygon covers it, border included. A point on a border that
several provinces share, or in the narrow strips where the polygons of two countries overlap, belongs to the one with
the lowest ``admin1_code``. A point outside every province belongs to the nearest one within ``max_distance_m``, if
there is one; at equal distance again to the lowest code.
"""

from typing import Any

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from numpy.typing import ArrayLike

from geo.admin.crs import require_wgs84
from geo.admin.grid import prepared
from geo.admin.provinces import in_force
from geo.admin.tolerance import NEAREST_M
from geo.admin.vintages import vintage_ends, vintage_numbers
from geo.days import LAST_DAY, as_day
from geo.errors import UsageError
from geo.model import Match

_WHOLE = "whole"


def locate_points(
    lon: ArrayLike, lat: ArrayLike, *, provinces: GeoDataFrame, date: Any = None, max_distance_m: float = NEAREST_M
) -> pd.DataFrame:
    """Find the province of each point, as of its date.

    Parameters
    ----------
    lon, lat : array-like of float, shape (n,)
        Degrees, WGS 84. Points that are missing, infinite, outside the world or exactly 0, 0 (how tables write a
        missing point) get no province.
    provinces : GeoDataFrame
        As `geo.read_provinces` returns them, EPSG:4326, with every vintage or one set.
    date : date, ISO text, or array-like of shape (n,), optional
        As of when; a month or year means its last day. Without it, or where it is null, the provinces of today.
    max_distance_m : float, default 2000
        How far outside every province, in metres, a point may lie and still take the nearest.

    Returns
    -------
    DataFrame, shape (n,)
        ``admin1_code``, ``match`` (covered, nearest or none) and ``distance_m`` (0 inside, null without a province).

    Raises
    ------
    CRSError
        If the provinces are not in EPSG:4326.
    UsageError
        If ``lon``, ``lat`` or ``date`` differ in length, or the distance is negative.
    DataError
        If a date is not a date.
    """
    lon, lat = (np.atleast_1d(np.asarray(values, dtype="float64")) for values in (lon, lat))
    if lon.shape != lat.shape or lon.ndim != 1:
        raise UsageError(f"lon has shape {lon.shape} and lat {lat.shape}; give two sequences of one length")
    if not max_distance_m >= 0:
        raise UsageError(f"max_distance_m = {max_distance_m}: must be 0 or more metres")
    require_wgs84(provinces, "provinces")
    known = sorted(set(provinces["admin1_code"]))
    code = np.full(lon.size, -1, dtype="int32")
    distance = np.full(lon.size, np.nan)
    for day, rows in _by_vintage(date, provinces, lon.size):
        locator = prepared(provinces if day == _WHOLE else in_force(provinces, day))
        found, metres = locator.locate(lon[rows], lat[rows], max_distance_m)
        code[rows] = np.append(np.searchsorted(known, locator.codes), -1)[found]
        distance[rows] = metres
    kind = np.where(np.isnan(distance), 2, (distance > 0).astype("int8"))
    kinds = pd.array([Match.COVERED, Match.NEAREST, Match.NONE], dtype="string")
    codes = pd.array(known, dtype="string").take(code, allow_fill=True)
    return pd.DataFrame({"admin1_code": codes, "match": kinds.take(kind), "distance_m": distance})


def _by_vintage(date: Any, provinces: GeoDataFrame, count: int) -> list[tuple[str, Any]]:
    """Return each set of provinces that is needed, as a day on which it was in force, and the rows that need it.

    Provinces that were all in force together are one set, whatever the date.
    """
    ends = vintage_ends(provinces)
    begins = provinces["valid_from"].dropna()
    if not ends or not len(begins) or begins.max() <= ends[0]:
        return [(_WHOLE, slice(None))]
    if date is None or isinstance(date, str) or not hasattr(date, "__len__"):
        day = LAST_DAY if date is None or pd.isna(date) else as_day(date)
        return [(day, slice(None))]
    if len(date) != count:
        raise UsageError(f"date has {len(date)} values for {count} points; give one for all or one for each")
    number = vintage_numbers(date if isinstance(date, pd.Series) else pd.Series(list(date), dtype="object"), ends)
    today = len(ends)
    number[number < 0] = today
    return [([*ends, LAST_DAY][vintage], np.flatnonzero(number == vintage)) for vintage in np.unique(number)]
