"""Class breaks for a set of records: one set for single years, one for all years and periods of several."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from geo.admin.provinces import area_km2, in_force, successors
from geo.days import LAST_YEAR
from geo.model import Metric
from geo.stats.classes import Classes, classes
from geo.stats.periods import OPEN
from geo.stats.rows import UNDATED, last_year

Counts = NDArray[Any]


@dataclass(frozen=True)
class Breaks:
    """Class breaks by metric.

    Sums of twenty years are so much larger than those of one that classes for both together would put most provinces
    into the highest class of the former and into the lowest of the latter.

    Attributes
    ----------
    periods : dict of str to Classes
        For all years, and for periods of several: from the values over all years.
    years : dict of str to Classes
        For single years: from the values in every year, so that a colour means the same in each.
    """

    periods: dict[str, Classes]
    years: dict[str, Classes]


def breaks(rows: pd.DataFrame, provinces: GeoDataFrame) -> Breaks:
    """Choose the class breaks of every metric once, for all periods that a reader may select.

    Parameters
    ----------
    rows : DataFrame, shape (n,)
        Weighted rows, as ``geo.stats.rows.rows_of_records`` and ``geo.stats.bins.rows_of_bins`` return them.
    provinces : GeoDataFrame, shape (m,)
        Provinces of every vintage.

    Returns
    -------
    Breaks
        A province that has ended by a year's end counts in its successor, as the map draws it.
    """
    placed = rows[(rows["incidents"] != 0).to_numpy(bool) & rows["admin1_code"].notna().to_numpy(bool)]
    number, deaths = (placed[name].to_numpy(float) for name in ("incidents", "fatalities_best"))
    first, last = placed["first"].to_numpy(float), placed["last"].to_numpy(float)
    last = np.where(last == OPEN, np.maximum(first, last_year(rows)), last)
    span = np.where(first == UNDATED, np.nan, np.array([first, last])).T
    positions, codes = pd.factorize(placed["admin1_code"].to_numpy(object))
    successor, area = successors(provinces), area_km2(provinces).to_numpy()
    numbered = provinces.assign(number=np.arange(len(provinces)))
    overall, yearly = ({metric: [np.zeros(1)] for metric in Metric} for _ in range(2))
    periods = _periods(positions, len(codes), (number, deaths), span)
    for k, (year, incidents, fatalities) in enumerate(periods):
        pooled: dict[Metric, list[Counts]] = yearly if k < len(periods) - 1 else overall
        drawn = in_force(numbered, year)
        known = dict(zip(drawn["admin1_code"], area[drawn["number"]], strict=True))
        targets = np.asarray([code if code in known else successor.get(code, code) for code in codes], dtype=object)
        target, names = pd.factorize(targets)
        count = np.bincount(target, incidents, len(names))
        pooled[Metric.INCIDENTS].append(count)
        pooled[Metric.FATALITIES_BEST].append(np.bincount(target, fatalities, len(names)))
        size = np.asarray([known.get(place, np.nan) for place in names], dtype=float)
        pooled[Metric.INCIDENTS_PER_10000_KM2].append(count / size * 10_000)
    made = [
        {metric.value: classes(np.concatenate(values), metric) for metric, values in pooled.items()}
        for pooled in (overall, yearly)
    ]
    return Breaks(*made)


def _periods(
    rows: NDArray[np.intp], m: int, weights: tuple[Counts, Counts], span: Counts
) -> list[tuple[int, Counts, Counts]]:
    """Return the last year and the sums by province code, shape (m,), of each single year, then of all years."""
    dated = ~np.isnan(span[:, 0])
    overall = [np.bincount(rows, weight, m) for weight in weights]
    if not dated.any():
        return [(LAST_YEAR, overall[0], overall[1])]
    first, last = (span[dated, side].astype(np.int64) for side in (0, 1))
    start, stop = int(first.min()), int(np.maximum(first, last).max())
    width = stop - start + 2
    yearly = []
    for weight in weights:
        # Difference array: add at a record's first year, subtract after its last, then cumulate.
        steps = np.bincount(rows[dated] * width + first - start, weight[dated], m * width)
        steps -= np.bincount(rows[dated] * width + np.maximum(first, last) + 1 - start, weight[dated], m * width)
        yearly.append(np.cumsum(steps.reshape(m, width), axis=1))
    single = [(start + i, yearly[0][:, i], yearly[1][:, i]) for i in range(width - 1)]
    return [*single, (stop, overall[0], overall[1])]
