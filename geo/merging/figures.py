"""How well the deaths of two records fit, and which figures cannot both be true."""

from typing import Any

import numpy as np

from geo.merging.compared import Compared

#: Ways in which two figures fit: unknown, the same (or one within the other's bounds), near, within a factor, apart.
UNKNOWN, SAME, NEAR, WITHIN, APART = range(5)
#: Share of pairs of one event whose figures fit so.
_SHARES = np.array([1.0, 0.6, 0.2, 0.12, 0.08])
#: Figures are near up to this factor and difference, within a factor up to the second.
_FACTORS, _STEPS = (1.35, 2.5), (1.0, 2.0)
#: Bounds of the evidence of deaths: of a rare figure that agrees, and of one that does not.
_LEAST, _MOST = -2.5, 5.0
#: Deaths above are told apart no more.
_LARGEST = 5000


def bounds(of: Compared) -> tuple[Any, Any]:
    """Return the least and the greatest figure that each record allows; NaN without any, infinite where open."""
    low = np.where(np.isnan(of.low), of.best, of.low)
    high = np.where(np.isnan(of.high), of.best, of.high)
    return low, np.where(np.isnan(high) & ~np.isnan(low), np.inf, high)


def figure(of: Compared) -> Any:
    """Return the best figure of each record, else a bound; NaN without any."""
    return np.where(np.isnan(of.best), np.where(np.isnan(of.low), of.high, of.low), of.best)


def contradict(one: Compared, other: Compared, a: Any, b: Any) -> Any:
    """Return for which pairs, if they are one event, the deaths cannot both be true."""
    (low, high), (other_low, other_high) = bounds(one), bounds(other)
    return (low[a] > other_high[b]) | (other_low[b] > high[a])


def deaths_fit(one: Compared, other: Compared, a: Any, b: Any) -> Any:
    """Return the way in which the deaths of each pair fit, `UNKNOWN` to `APART`."""
    x, y = figure(one)[a], figure(other)[b]
    low, high = np.minimum(x, y), np.maximum(x, y)
    (first, last), (other_first, other_last) = bounds(one), bounds(other)
    inside = ((x >= other_first[b]) & (x <= other_last[b])) | ((y >= first[a]) & (y <= last[a]))
    # A wide range of one source says little of the other's figure.
    narrow = np.fmin(last[a] - first[a], np.inf) + np.fmin(other_last[b] - other_first[b], np.inf) <= 0.5 * high + 2
    fit = np.full(len(a), APART, np.int8)
    fit[(high <= low * _FACTORS[1] + _STEPS[1])] = WITHIN
    fit[(high <= low * _FACTORS[0] + _STEPS[0]) | inside] = NEAR
    fit[(x == y) | (inside & narrow)] = SAME
    fit[np.isnan(x) | np.isnan(y)] = UNKNOWN
    return fit


def deaths_log_odds(one: Compared, other: Compared, a: Any, b: Any, fit: Any) -> Any:
    """Return how much likelier the deaths of a pair fit so in one event than by chance, as a logarithm.

    Two records that both have 37 dead are one event rather than two that both have none. Chance is how often figures
    of the two sources fit so.
    """
    x, y = figure(one), figure(other)
    frequency, other_frequency = _distribution(x), _distribution(y)
    log_odds = np.zeros(len(a))
    for table, of in ((other_frequency, x[a]), (frequency, y[b])):
        chance = _chances(table)
        whole = np.clip(np.nan_to_num(of), 0, _LARGEST).astype(np.int64)
        found = np.log(_SHARES[fit] / np.maximum(chance[fit, whole], 0.002))
        log_odds += np.clip(found, _LEAST, _MOST) / 2
    return np.where(fit == UNKNOWN, 0.0, log_odds)


def _distribution(values: Any) -> Any:
    """Return the share of figures up to each whole number, from 0."""
    whole = np.clip(values[np.isfinite(values)], 0, _LARGEST).astype(np.int64)
    counts = np.bincount(whole, minlength=_LARGEST + 1).astype(float)
    # As if ten more records had figures as they usually are, so that few records do not make a figure rare or common.
    usual = 1.0 / (1.0 + np.arange(_LARGEST + 1)) ** 2
    counts += 10 * usual / usual.sum()
    return np.cumsum(counts) / counts.sum()


def _chances(share_up_to: Any) -> Any:
    """Return the chance that a figure of a distribution fits each whole number so, shape (5, m)."""
    numbers = np.arange(_LARGEST + 1)

    def between(factor: float, step: float) -> Any:
        high = np.minimum(numbers * factor + step, _LARGEST).astype(np.int64)
        low = np.ceil(np.maximum((numbers - step) / factor, 0)).astype(np.int64)
        return share_up_to[high] - np.where(low > 0, share_up_to[np.maximum(low - 1, 0)], 0)

    same, near, within = between(1.0, 0.0), between(_FACTORS[0], _STEPS[0]), between(_FACTORS[1], _STEPS[1])
    return np.stack([np.ones_like(same), same, near - same, within - near, 1 - within])
