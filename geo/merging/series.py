"""Records that stand for several events: how likely an event of another source is part of one, and how many are."""

from typing import Any

import numpy as np

from geo.merging.compared import Compared
from geo.merging.figures import bounds, figure

#: Evidence that an event is part of a series: days outside its dates (0, 1, 2, more), and ways in which places fit.
_DAYS = np.array([0.8, -1.0, -2.0, -4.0])
_PLACES = np.array([1.0, 0.8, 0.0, -1.5, 0.0, -1.5, -9.0])
#: Deaths beyond those of the whole series; and none where the series counts some.
_TOO_MANY, _NONE = -3.0, -1.5
#: Share by which the deaths of the parts of a series may exceed its upper bound.
_SLACK = 1.25


def part_log_odds(one: Compared, other: Compared, a: Any, b: Any, gap: Any, place: Any) -> Any:
    """Return the evidence of date, place and deaths that one record of each pair is part of the other, a series.

    How much happens about does not matter here: all of it may be in the series.
    """
    low, high = bounds(one)[1][a], bounds(other)[1][b]
    whole = np.where(one.clarity[a] > 0, low, high)
    part = np.where(one.clarity[a] > 0, figure(other)[b], figure(one)[a])
    deaths = np.where(part > whole, _TOO_MANY, np.where((part == 0) & (whole > 0), _NONE, 0.0))
    found: Any = _DAYS[np.minimum(gap, 3)] + _PLACES[place] + np.where(np.isnan(part), 0.0, deaths)
    return found


def beyond_the_whole(whole: Any, part: Any, likely: Any, most: Any) -> Any:
    """Return which parts are too many: the deaths of likelier ones already make up those of the series.

    Parameters
    ----------
    whole : array of int, shape (k,)
        The series of each pair.
    part : array of float, shape (k,)
        Deaths of the event of each pair, NaN for null.
    likely : array of float, shape (k,)
    most : array of float, shape (k,)
        Upper bound of the deaths of the series; NaN or infinite without.

    Returns
    -------
    array of bool, shape (k,)
    """
    order = np.lexsort((-likely, whole))
    deaths = np.nan_to_num(part)[order]
    total = np.cumsum(deaths)
    starts = np.flatnonzero(np.diff(whole[order], prepend=-1))
    before = np.repeat(total[starts] - deaths[starts], np.diff(np.append(starts, len(order))))
    limit = np.where(np.isnan(most[order]), np.inf, most[order] * _SLACK + 1)
    found = np.zeros(len(order), bool)
    found[order] = total - before > limit
    return found
