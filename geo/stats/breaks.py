"""Class breaks for a set of records, from the values of every province in each year and in all years together."""

from typing import Any

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from geo.admin.provinces import area_km2, in_force, successors
from geo.days import LAST_YEAR
from geo.model import Kind, Metric
from geo.stats.classes import Classes, classes
from geo.stats.periods import year_span

Counts = NDArray[Any]


def breaks(located: pd.DataFrame, provinces: GeoDataFrame, cells: pd.DataFrame | None = None) -> dict[str, Classes]:
    """Choose the class breaks of every metric once, for all periods that a reader may select.

    Parameters
    ----------
    located : GeoDataFrame, shape (n,)
        Records as ``geo.geocode`` returns them.
    provinces : GeoDataFrame, shape (m,)
        Provinces of every vintage.
    cells : DataFrame, optional
        Bins of further incidents, from ``geo.stats.bins.cells``.

    Returns
    -------
    dict of str to Classes
        By metric. A province that has ended by a year's end counts in its successor, as the map draws it.
    """
    counted = ((located["kind"] == Kind.INCIDENT) & located["admin1_code"].notna()).to_numpy(bool)
    places = located["admin1_code"].to_numpy(object)[counted]
    number = np.ones(len(places))
    deaths = located["fatalities_best"].astype("Float64").to_numpy(float, na_value=0)[counted]
    span = year_span(located)[counted].to_numpy(float, na_value=np.nan)
    if cells is not None:
        more = cells[cells["admin1_code"].notna()]
        places = np.concatenate([places, more["admin1_code"].to_numpy(object)])
        number = np.concatenate([number, more["incidents"]])
        deaths = np.concatenate([deaths, more["fatalities_best"]])
        years = more[["first", "last"]].to_numpy(float)
        span = np.concatenate([span, np.where(years > 0, years, np.nan)])
    rows, codes = pd.factorize(places)
    successor, area = successors(provinces), area_km2(provinces).to_numpy()
    numbered = provinces.assign(number=np.arange(len(provinces)))
    pooled: dict[Metric, list[Counts]] = {metric: [np.zeros(1)] for metric in Metric}
    for year, incidents, fatalities in _periods(rows, len(codes), (number, deaths), span):
        drawn = in_force(numbered, year)
        known = dict(zip(drawn["admin1_code"], area[drawn["number"]], strict=True))
        targets = np.asarray([code if code in known else successor.get(code, code) for code in codes], dtype=object)
        target, names = pd.factorize(targets)
        count = np.bincount(target, incidents, len(names))
        pooled[Metric.INCIDENTS].append(count)
        pooled[Metric.FATALITIES_BEST].append(np.bincount(target, fatalities, len(names)))
        size = np.asarray([known.get(place, np.nan) for place in names], dtype=float)
        pooled[Metric.INCIDENTS_PER_10000_KM2].append(count / size * 10_000)
    return {metric.value: classes(np.concatenate(values), metric) for metric, values in pooled.items()}


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
