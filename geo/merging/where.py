"""How well the places of two records fit, at the coarser of their precisions, and how many records are about there."""

from typing import Any

import numpy as np

from geo.admin.distance import DEGREE_M, longitude_scale
from geo.merging.compared import COUNTRY, DISTRICT, PROVINCE, TOWN, Compared

#: Ways in which two places fit, the best first: within so many km of each other, in one province, in one country.
SPOT, CLOSE, NEAR, FAR, SAME_PROVINCE, SAME_COUNTRY, ELSEWHERE = range(7)
#: Kilometres up to which two points are `SPOT`, `CLOSE`, `NEAR` and `FAR`.
KILOMETRES = (3.0, 12.0, 30.0, 80.0)
#: Share of pairs of one event whose places fit so, both towns, or at least one a district.
_TOWNS = (0.72, 0.15, 0.07, 0.02, 0.9, 0.9, 1e-9)
_DISTRICTS = (0.45, 0.25, 0.18, 0.08, 0.9, 0.9, 1e-9)
#: Area in which records that are about are counted: a cell of 0.05 or 0.25 degrees, the province, the country.
AREAS = 4
_AREA = np.array([0, 1, 1, 2, 2, 3, 3])
_CELLS = (0.05, 0.25)
#: Days around a record over which others are counted: events come in spells.
_HALF_DAYS = (45, 5)
_DAYS = 1 << 23


def distance_km(one: Compared, other: Compared, a: Any, b: Any) -> Any:
    """Return the distance of the points of pairs, in km; NaN where a record has none."""
    north = one.lat[a] - other.lat[b]
    east = (one.lon[a] - other.lon[b] + 180) % 360 - 180
    scale = longitude_scale((one.lat[a] + other.lat[b]) / 2)
    return np.hypot(north, east * scale) * (DEGREE_M / 1000)


def place_fit(one: Compared, other: Compared, a: Any, b: Any, km: Any) -> Any:
    """Return the way in which the places of each pair fit, `SPOT` to `ELSEWHERE`."""
    coarser = np.maximum(one.level[a], other.level[b])
    same = (one.admin1[a] == other.admin1[b]) & (one.admin1[a] >= 0)
    named = (one.place[a] == other.place[b]) & (one.place[a] >= 0) & same
    fit = np.searchsorted(np.array(KILOMETRES), np.where(np.isfinite(km), km, 1e9)).astype(np.int8)
    # Beyond 30 km only a common province makes two points the same district, and beyond 80 km only a common name.
    fit[(fit >= FAR) & ~same] = ELSEWHERE
    fit[(fit > FAR) & named] = FAR
    fit[fit > FAR] = ELSEWHERE
    province = coarser == PROVINCE
    fit[province] = np.where(same[province], SAME_PROVINCE, ELSEWHERE)
    # Two records without points that name one town of a province are as near as two points in it.
    fit[province & named] = NEAR
    fit[coarser == COUNTRY] = SAME_COUNTRY
    return fit


def place_log_odds(one: Compared, other: Compared, a: Any, b: Any, fit: Any) -> Any:
    """Return the logarithm of how likely places of one event fit so; names of towns count where points differ."""
    towns = np.maximum(one.level[a], other.level[b]) == TOWN
    share = np.where(towns, np.array(_TOWNS)[fit], np.array(_DISTRICTS)[fit])
    known = (one.place[a] >= 0) & (other.place[b] >= 0)
    same = known & (one.place[a] == other.place[b])
    name = np.where(same & (fit >= CLOSE), 1.5, np.where(known & ~same & (fit >= CLOSE) & (fit <= FAR), -0.4, 0.0))
    return np.log(share) + name


def rates(of: Compared) -> Any:
    """Return how many other records of the same source a day there are around each record, shape (n, `AREAS`).

    Around: in its cell of 5 km, of 25 km, in its province, in its country; 45 days before and after it, or 5 if they
    are more. NaN where a record is not known to such an area.
    """
    day = ((of.first.astype(np.int64) + of.last) // 2).astype(np.int64) + _DAYS // 4
    keys = [*(_cell(of, size) for size in _CELLS), of.admin1.astype(np.int64), np.zeros(len(of), np.int64)]
    found = np.full((len(of), AREAS), np.nan)
    for area, key in enumerate(keys):
        known = key >= 0
        sort = key[known] * _DAYS + day[known]
        in_order = np.sort(sort)
        most = np.zeros(len(sort))
        for half in _HALF_DAYS:
            count = np.searchsorted(in_order, sort + half, side="right") - np.searchsorted(in_order, sort - half)
            # The record itself counts half over the longer time: there may be one more like it that nobody reports.
            itself = 0.5 if half == max(_HALF_DAYS) else 1.0
            most = np.maximum(most, (count - itself) / (2 * half + 1))
        found[known, area] = most
    return found


def rate_of_pairs(rate: Any, other_rate: Any, a: Any, b: Any, fit: Any) -> Any:
    """Return how many records a day are about where a pair is, of the source that has more."""
    area = _AREA[fit]
    most = np.fmax(rate[a, area], other_rate[b, area])
    # Records without points are counted in their province only.
    for wider in (2, 3):
        most = np.where(np.isnan(most), np.fmax(rate[a, wider], other_rate[b, wider]), most)
    return np.maximum(most, 1e-4)


def _cell(of: Compared, size: float) -> Any:
    pointed = np.isfinite(of.lon) & (of.level <= DISTRICT)
    column = np.round(np.where(pointed, of.lon, 0) / size).astype(np.int64) + int(180 / size)
    row = np.round(np.where(pointed, of.lat, 0) / size).astype(np.int64) + int(90 / size)
    return np.where(pointed, column * (1 << 13) + row, -1)
