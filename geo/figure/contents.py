"""Compute the content of a map before it is drawn, without matplotlib."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame, GeoSeries

from geo.admin.provinces import area_km2, label_points
from geo.days import LAST_YEAR
from geo.errors import UsageError
from geo.figure.projection import Frame
from geo.model import EXACT, PLACED, GeoPrecision, Kind, Metric
from geo.stats.classes import NO_FIGURE, Classes
from geo.stats.dataset import Dataset
from geo.stats.describe import Description, describe
from geo.stats.distinct import COUNTS_AS
from geo.stats.periods import Years

#: Look of a mark for each precision.
LOOKS = {
    precision: "exact" if precision in EXACT else "district" if precision == GeoPrecision.DISTRICT else "province"
    for precision in PLACED
}


@dataclass(frozen=True)
class Content:
    """Content of one map.

    Attributes
    ----------
    years : (first, last) or None
    classes : Classes
        Of the metric, for the period: single years have their own.
    provinces : GeoDataFrame, shape (m,)
        Provinces in force at the end of the period, EPSG:4326, with ``value`` and ``class_index`` (0 for none, -1 in a
        country that is not covered, -2 if no incident has a figure).
    points : DataFrame, shape (k,)
        Incidents drawn as marks: ``lon, lat, look, event_type, admin1_code, cross_border``.
    badges : Series of int
        Cross-border incidents known only to a country, by country code.
    strongholds : DataFrame
        ``admin1_code``, ``group``, ``tier``: one row per group in a province.
    former : GeoDataFrame
        Last polygons of the abolished provinces that have strongholds; those of their successors may be far larger.
    totals : dict
        As ``geo.stats.summary.Summary.totals``.
    unplaced_strongholds : int
        Number of strongholds without a province, or with one that is not drawn.
    on : str or None
        Date of the provinces, for the note; None if they are the current ones.
    description : Description
    """

    years: Years | None
    classes: Classes
    provinces: GeoDataFrame
    points: pd.DataFrame
    badges: pd.Series
    strongholds: pd.DataFrame
    former: GeoDataFrame
    totals: dict[str, Any]
    unplaced_strongholds: int
    on: str | None
    description: Description

    def abroad(self) -> "Content":
        """Return the cross-border content only, for the wider view."""
        points = self.points[self.points["cross_border"].to_numpy(bool)]
        return replace(self, points=points, strongholds=self.strongholds.iloc[:0])

    def beyond(self, frame: Frame) -> int:
        """Return the number of points outside a frame."""
        points = frame.project(shapely.points(self.points["lon"].to_numpy(float), self.points["lat"].to_numpy(float)))
        return int((~shapely.contains(frame.box, points)).sum())

    def outside(self, frame: Frame) -> int:
        """Return the number of points outside a frame that are not cross-border, which the wider view has."""
        return replace(self, points=self.points[~self.points["cross_border"].to_numpy(bool)]).beyond(frame)

    def areas(self) -> "Content":
        """Return the content without marks, for maps that are too small for them."""
        return replace(self, points=self.points.iloc[:0], badges=self.badges.iloc[:0])


def content(of: Dataset, metric: str, years: Years | None = None) -> Content:
    """Compute the content of the map of one period.

    Parameters
    ----------
    of : Dataset
    metric : str
        A value of ``geo.model.Metric``.
    years : (first, last), both included, or None
        None selects all records, undated ones included.

    Raises
    ------
    UsageError
        If the metric is unknown.
    """
    if metric not in tuple(Metric):
        raise UsageError(f"metric = {metric!r}: give one of {', '.join(Metric)}")
    selected, summary = of.during(years).records, of.summary(years)
    # What is drawn is what is counted.
    selected = selected[(selected[COUNTS_AS] != 0).to_numpy(bool)]
    last = years[1] if years else of.extent[1] if of.extent else LAST_YEAR
    incidents = selected[(selected["kind"] == Kind.INCIDENT).to_numpy(bool)]
    classes = of.classes_in(metric, years)
    drawn = _classified(of, classes, of.in_force(last), summary.totals, incidents)
    abroad = incidents[incidents["cross_border"].to_numpy(bool) & incidents["admin1_code"].isna().to_numpy(bool)]
    strongholds, former, unplaced = _strongholds(of, drawn, selected)
    names = of.provinces.drop_duplicates("admin1_code", keep="last").set_index("admin1_code")["admin1_name"]
    merged = {
        names.get(code, code): names[of.successors[code]]
        for code in summary.totals["provinces"]
        if code not in drawn.index and of.successors.get(code) in drawn.index
    }
    return Content(
        years=years,
        classes=classes,
        provinces=drawn,
        points=_points(of, incidents, drawn),
        badges=abroad["country_code"].dropna().value_counts().sort_index(),
        strongholds=strongholds,
        former=former,
        totals=summary.totals,
        unplaced_strongholds=unplaced,
        on=None if drawn.index.equals(of.in_force(LAST_YEAR).index) else f"the end of {last}",
        description=describe(summary, metric=metric, of=of.incidents, merged=merged),
    )


def _classified(
    of: Dataset, classes: Classes, drawn: GeoDataFrame, totals: dict[str, Any], incidents: GeoDataFrame
) -> GeoDataFrame:
    """Add each province's value and class index."""
    metric = classes.metric
    measure = Metric.FATALITIES_BEST if metric == Metric.FATALITIES_BEST else Metric.INCIDENTS
    sums = dict.fromkeys(drawn.index, 0.0)
    for code, counts in totals["provinces"].items():
        shown = code if code in sums else of.successors.get(code, code)
        if shown in sums:
            sums[shown] += counts[measure]
    value = pd.Series(sums, index=drawn.index, dtype=float)
    if metric == Metric.INCIDENTS_PER_10000_KM2:
        value = value / area_km2(drawn) * 10_000
    covered = drawn["country_code"].isin(of.covered).to_numpy(bool)
    class_index = classes.index(value.where(covered, np.nan).to_numpy(float))
    if metric == Metric.FATALITIES_BEST:
        known = incidents["fatalities_best"].notna().to_numpy(bool)
        silent = (_homes(of, drawn, incidents) - _homes(of, drawn, incidents[known])) & set(drawn.index)
        class_index = np.where(drawn.index.isin(list(silent)), np.int8(NO_FIGURE), class_index)
    return drawn.assign(value=value.to_numpy(), class_index=class_index)


def _homes(of: Dataset, drawn: GeoDataFrame, incidents: GeoDataFrame) -> set[str]:
    """Return the codes in which incidents count among the provinces drawn."""
    codes = incidents["admin1_code"].dropna().unique()
    return {code if code in drawn.index else of.successors.get(code, code) for code in codes}


def _points(of: Dataset, incidents: GeoDataFrame, drawn: GeoDataFrame) -> pd.DataFrame:
    """Return the point of each incident; the label point of its province if it is known to a province only."""
    look = incidents["geo_precision"].map(LOOKS).astype("string")
    has_point = incidents.geometry.notna() & ~incidents.geometry.is_empty
    province_only = look.eq("province").fillna(False) & ~has_point & incidents["admin1_code"].isin(drawn.index)
    places = GeoSeries(incidents.geometry)
    if province_only.any():
        labels = label_points(drawn.loc[sorted(set(incidents.loc[province_only, "admin1_code"]))])
        places[province_only] = labels.loc[incidents.loc[province_only, "admin1_code"]].to_numpy()
    drawable = (has_point | province_only) & look.notna()
    return pd.DataFrame(
        {
            "lon": places[drawable].x.to_numpy(float),
            "lat": places[drawable].y.to_numpy(float),
            "look": look[drawable].to_numpy(object),
            "event_type": incidents.loc[drawable, "event_type"].fillna("").to_numpy(object),
            "admin1_code": [
                code if code in drawn.index else of.successors.get(code)
                for code in incidents.loc[drawable, "admin1_code"].to_numpy(object, na_value=None)
            ],
            "cross_border": incidents.loc[drawable, "cross_border"].to_numpy(bool),
        }
    )


def _strongholds(of: Dataset, drawn: GeoDataFrame, selected: GeoDataFrame) -> tuple[pd.DataFrame, GeoDataFrame, int]:
    """Return the groups of each province with their best tier, the abolished provinces, and the number not placed."""
    rows = selected.loc[(selected["kind"] == Kind.STRONGHOLD).to_numpy(bool), ["admin1_code", "group", "tier"]]
    codes = rows["admin1_code"].to_numpy(object, na_value=None)
    former = of.provinces[~of.provinces["admin1_code"].isin(drawn.index)].drop_duplicates("admin1_code", keep="last")
    former = former[former["admin1_code"].isin([code for code in codes if code])].set_index("admin1_code", drop=False)
    found = np.array([code in drawn.index or code in former.index for code in codes], dtype=bool)
    kept = rows[found].fillna({"group": "", "tier": "claimed"})
    order = {"assessed": 0, "reported": 1, "claimed": 2}
    kept = kept.assign(rank=kept["tier"].map(order)).sort_values(["admin1_code", "group", "rank"], kind="stable")
    best = kept.drop_duplicates(["admin1_code", "group"]).drop(columns="rank").reset_index(drop=True)
    return best, former, int((~found).sum())
