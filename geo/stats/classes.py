"""Class breaks and legend labels for the choropleth, fixed while the years change; no colours."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.model import Metric

#: How many classes above zero a legend has at most; five shades of one palette can still be told apart on a map.
MAX_CLASSES = 5
#: Densities get bounds with two significant digits: more would pretend to a precision that counts do not have.
DENSITY_DIGITS = 2


@dataclass(frozen=True)
class Classes:
    """The classes of one metric.

    Attributes
    ----------
    metric : str
        A value of `geo.model.Metric`.
    bounds : tuple of float, shape (k,)
        Upper bound of each class, ascending. Class ``i`` (from 1) is ``(bounds[i - 2], bounds[i - 1]]``, the first
        starts above zero. Zero is class 0, a class of its own.
    labels : tuple of str, shape (k,)
        The same as words for a legend, with numerals alone.
    scheme : str
        How the bounds were found, for the legend's note.
    """

    metric: str
    bounds: tuple[float, ...]
    labels: tuple[str, ...]
    scheme: str

    def index(self, values: ArrayLike) -> NDArray[np.int8]:
        """Return the class of each value: 0 for zero, 1 to k above it, -1 for no data (NaN).

        A value above the last bound belongs to the last class.
        """
        array = np.asarray(values, dtype=float)
        if not self.bounds:
            found = (array > 0).astype(np.int8)
        else:
            # side="left" closes the class at its upper end: a value equal to a bound stays below it.
            found = np.minimum(np.searchsorted(self.bounds, array, side="left"), len(self.bounds) - 1) + 1
            found = np.where(array > 0, found, 0).astype(np.int8)
        found[np.isnan(array)] = -1
        return found

    def as_dict(self) -> dict[str, object]:
        """Return the classes as plain values for JSON."""
        return {
            "metric": self.metric,
            "bounds": [int(bound) if bound == int(bound) else bound for bound in self.bounds],
            "labels": list(self.labels),
            "scheme": self.scheme,
        }


def classes(values: ArrayLike, metric: str, k: int = MAX_CLASSES) -> Classes:
    """Choose class bounds for all values that a map may come to show.

    The bounds are quantiles (as `mapclassify.Quantiles`) of the *distinct* values above zero: counts of violence have a
    long tail and many ties, and quantiles of all values would put most bounds on 1, equal steps would leave
    all but one province in the lowest class.

    Parameters
    ----------
    values : array_like
        Pooled over single years and all years together; zeros and NaN are left out here.
    metric : str
        A value of `geo.model.Metric`.
    k : int, default 5
        The most classes above zero.

    Returns
    -------
    Classes
        At most ``k`` classes, fewer when there are fewer distinct values, none when nothing is above zero.
    """
    metric = Metric(metric).value
    whole = metric != Metric.INCIDENTS_PER_10000_KM2
    array = np.asarray(values, dtype=float).ravel()
    distinct = np.unique(array[np.isfinite(array) & (array > 0)])
    if not len(distinct):
        return Classes(metric, (), (), "none")
    if len(distinct) <= k:
        bounds, scheme = distinct, "unique"
    else:
        # What mapclassify.Quantiles gives, as a test makes sure; importing it takes longer than building all maps.
        bounds, scheme = np.percentile(distinct, np.linspace(0, 100, k + 1)[1:]), "quantiles"
    rounded = sorted({_round_bound(bound, whole) for bound in bounds.tolist()})
    # Rounding a middle bound to the nearest step may not push the last one below the largest value.
    if rounded[-1] < distinct[-1]:
        rounded[-1] = _round_bound(float(distinct[-1]), whole, up=True)
    return Classes(metric, tuple(rounded), _labels(rounded, whole), scheme)


def _round_bound(bound: float, whole: bool, *, up: bool = False) -> float:
    """Round a bound to a whole number, or to two significant digits."""
    step = 1.0 if whole else 10.0 ** (math.floor(math.log10(bound)) - DENSITY_DIGITS + 1)
    times = math.ceil(bound / step) if up else max(1, math.floor(bound / step + 0.5))
    # 3 * 0.1 is not 0.3: a division by the whole inverse keeps the short decimal.
    return times * step if step >= 1 else times / round(1 / step)


def _labels(bounds: list[float], whole: bool) -> tuple[str, ...]:
    """Write each class in numerals: ``3–5`` for counts, ``0.2–1.5`` for densities."""
    labels = []
    lower = 0.0
    for bound in bounds:
        first = lower + 1 if whole else lower
        if whole and first == bound:
            labels.append(_numeral(bound))
        elif not whole and not lower:
            labels.append(f"≤ {_numeral(bound)}")  # not "0–": zero is a class of its own
        else:
            labels.append(f"{_numeral(first)}–{_numeral(bound)}")
        lower = bound
    return tuple(labels)


def _numeral(value: float) -> str:
    # A thin space groups thousands: comma and point mean different things in different languages.
    return f"{value:,.0f}".replace(",", "\u202f") if value == int(value) else f"{value:g}"
