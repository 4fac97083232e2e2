"""Class breaks and legend labels of the choropleth; colours are elsewhere."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.model import Metric

#: Most classes above zero in a legend: five shades of one palette can still be distinguished on a map.
MAX_CLASSES = 5
#: Class of a province whose incidents have no figure of the metric, and of one in a country that is not covered.
NO_FIGURE, NO_DATA = -2, -1
#: Significant digits of the bounds of densities: more would suggest a precision that counts do not have.
DENSITY_DIGITS = 2


@dataclass(frozen=True)
class Classes:
    """The classes of one metric.

    Attributes
    ----------
    metric : str
        A value of `geo.model.Metric`.
    bounds : tuple of float, shape (k,)
        Upper bound of each class, ascending. Class ``i`` (from 1) is ``(bounds[i - 2], bounds[i - 1]]``; the first
        starts above zero. Class 0 is zero alone.
    labels : tuple of str, shape (k,)
        Label of each class in the legend; numerals only.
    scheme : str
        Classification scheme, for the legend's note.
    """

    metric: str
    bounds: tuple[float, ...]
    labels: tuple[str, ...]
    scheme: str

    def index(self, values: ArrayLike) -> NDArray[np.int8]:
        """Return the class index of each value: 0 for zero, 1 to k above it, -1 for no data (NaN).

        A value above the last bound is in the last class.
        """
        array = np.asarray(values, dtype=float)
        if not self.bounds:
            found = (array > 0).astype(np.int8)
        else:
            # side="left" makes intervals closed on the right: a value equal to a bound is in the class below it.
            found = np.minimum(np.searchsorted(self.bounds, array, side="left"), len(self.bounds) - 1) + 1
            found = np.where(array > 0, found, 0).astype(np.int8)
        found[np.isnan(array)] = -1
        return found

    def as_dict(self) -> dict[str, object]:
        """Return the classes as JSON-serialisable values."""
        return {
            "metric": self.metric,
            "bounds": [int(bound) if bound == int(bound) else bound for bound in self.bounds],
            "labels": list(self.labels),
            "scheme": self.scheme,
        }


def classes(values: ArrayLike, metric: str, k: int = MAX_CLASSES) -> Classes:
    """Choose class bounds for all values that a map may show.

    The bounds are quantiles (as `mapclassify.Quantiles`) of the *distinct* values above zero. Counts of violence have a
    long tail and many ties: quantiles of all values would put most bounds at 1, and equal intervals would put all but
    one province into the lowest class.

    Parameters
    ----------
    values : array_like
        Of all provinces and periods that share the classes; zeros and NaN are ignored.
    metric : str
        A value of `geo.model.Metric`.
    k : int, default 5
        Maximum number of classes above zero.

    Returns
    -------
    Classes
        At most ``k`` classes, none of them empty: fewer if there are fewer distinct values, none if no value is above
        zero. Bounds of counts are values that occur; those of densities have two significant digits where these
        keep neighbouring values apart.
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
        # Equal to mapclassify.Quantiles (a test compares them); importing it takes longer than building all maps.
        bounds, scheme = np.percentile(distinct, np.linspace(0, 100, k + 1)[1:]), "quantiles"
    # A count between two that occur would say that a class reaches further than any province does.
    last = np.unique(np.searchsorted(distinct, bounds, side="right") - 1)
    beyond = np.append(distinct, np.inf)[last + 1]
    kept = [
        value if whole else _round_up(value, below)
        for value, below in zip(distinct[last].tolist(), beyond, strict=True)
    ]
    return Classes(metric, tuple(kept), _labels(kept, whole), scheme)


def _round_up(value: float, below: float) -> float:
    """Round up to two significant digits, or to as many as it takes to stay below another value."""
    for digits in range(DENSITY_DIGITS, 16):
        step = 10.0 ** (math.floor(math.log10(value)) - digits + 1)
        times = math.ceil(value / step - 1e-9)
        # 3 * 0.1 != 0.3 in floating point; 3 / 10 is the nearest float to 0.3.
        bound = times * step if step >= 1 else times / round(1 / step)
        if bound < below:
            return bound
    return value


def _labels(bounds: list[float], whole: bool) -> tuple[str, ...]:
    """Write each class in numerals: ``3–5`` for counts, ``0.2–1.5`` for densities."""
    labels = []
    lower = 0.0
    for bound in bounds:
        first = lower + 1 if whole else lower
        if whole and first == bound:
            labels.append(_numeral(bound))
        elif not whole and not lower:
            labels.append(f"≤ {_numeral(bound)}")  # not "0–": zero is a separate class
        else:
            labels.append(f"{_numeral(first)}–{_numeral(bound)}")
        lower = bound
    return tuple(labels)


def _numeral(value: float) -> str:
    # As everywhere else; the page writes the numbers of a label in the format of its own language.
    return f"{value:,.0f}" if value == int(value) else f"{value:g}"
