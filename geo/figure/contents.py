"""What a figure shows, worked out before anything is drawn: the numbers of docs/design.md, nothing of matplotlib."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame, GeoSeries

from geo.admin.provinces import area_km2, in_force, label_points, successors
from geo.days import LAST_YEAR
from geo.errors import UsageError
from geo.figure.projection import Frame
from geo.model import EXACT, PLACED, GeoPrecision, Kind, Metric
from geo.stats.breaks import breaks
from geo.stats.classes import Classes
from geo.stats.describe import Description, describe
from geo.stats.summary import Years, check_years, select_years, summarise, year_span

#: How a mark is drawn for each precision that a mark may have.
LOOKS = {
    precision: "exact" if precision in EXACT else "district" if precision == GeoPrecision.DISTRICT else "province"
    for precision in PLACED
}


@dataclass(frozen=True)
class Study:
    """What stays the same whatever the period: classes, styles' order, the area of interest.

    Attributes
    ----------
    located, provinces : GeoDataFrame
        All records, and provinces of every vintage, EPSG:4326.
    classes : Classes
        Of the metric, over all periods.
    heirs : dict of str to str
        Codes that have ended -> the code of today that holds the area.
    event_types, groups : list of str
        The most frequent first.
    years : (first, last) or None
        Extent of the dated records.
    home : tuple of str
        Countries with provinces that the frame holds.
    covered : frozenset of str
        Countries in which at least one incident could be placed; an empty province elsewhere says nothing.
    """

    located: GeoDataFrame
    provinces: GeoDataFrame
    metric: str
    classes: Classes
    heirs: dict[str, str]
    event_types: list[str]
    groups: list[str]
    years: Years | None
    home: tuple[str, ...]
    covered: frozenset[str]


@dataclass(frozen=True)
class Content:
    """What one map shows.

    Attributes
    ----------
    years : (first, last) or None
    provinces : GeoDataFrame, shape (m,)
        In force at the end of the period, EPSG:4326, with ``value`` and ``shade``: its class, 0 for zero, -1 for no
        data.
    points : DataFrame, shape (k,)
        Incidents with a place: ``lon, lat, look, event_type, admin1_code, cross_border``.
    badges : Series of int
        Cross-border incidents known only to a country, by country code.
    strongholds : DataFrame
        ``admin1_code``, ``group``, ``tier``: one row for each group in a province.
    former : GeoDataFrame
        The last areas of provinces that have ended by then and hold strongholds; their heirs may be far larger.
    totals : dict
        As ``geo.stats.summary.totals`` gives them.
    adrift : int
        Strongholds known to no single province, or to one that is not drawn.
    on : str or None
        The day whose provinces are drawn, where they differ from today's.
    description : Description
    """

    years: Years | None
    provinces: GeoDataFrame
    points: pd.DataFrame
    badges: pd.Series
    strongholds: pd.DataFrame
    former: GeoDataFrame
    totals: dict[str, Any]
    adrift: int
    on: str | None
    description: Description

    def abroad(self) -> "Content":
        """Return the same without what lies at home: for the wider view."""
        points = self.points[self.points["cross_border"].to_numpy(bool)]
        return replace(self, points=points, strongholds=self.strongholds.iloc[:0])

    def beyond(self, frame: Frame) -> int:
        """Return how many incidents with a place lie outside a frame."""
        sites = frame.project(shapely.points(self.points["lon"].to_numpy(float), self.points["lat"].to_numpy(float)))
        return int((~shapely.contains(frame.box, sites)).sum())

    def areas(self) -> "Content":
        """Return the same without marks: for maps too small for them."""
        return replace(self, points=self.points.iloc[:0], badges=self.badges.iloc[:0])


def study(located: GeoDataFrame, provinces: GeoDataFrame, metric: str = Metric.INCIDENTS) -> Study:
    """Work out what all maps of these records share.

    Raises
    ------
    UsageError
        If there is no such metric.
    """
    if metric not in tuple(Metric):
        raise UsageError(f"metric = {metric!r}: give one of {', '.join(Metric)}")
    span = year_span(located).dropna()
    placed = located[located["admin1_code"].notna()]
    at_home = placed[~placed["cross_border"].to_numpy(bool) & (placed["kind"] != Kind.STATISTIC).to_numpy(bool)]
    known = set(provinces["country_code"])
    home = set(at_home["admin1_code"].str.slice(0, 2)) & known
    incident = placed["kind"] == Kind.INCIDENT
    return Study(
        located=located,
        provinces=provinces,
        metric=metric,
        classes=breaks(located, provinces)[metric],
        heirs=successors(provinces),
        event_types=_frequent(located, "event_type", Kind.INCIDENT),
        groups=_frequent(located, "group", Kind.STRONGHOLD),
        years=(int(span["first"].min()), int(span["last"].max())) if len(span) else None,
        home=tuple(sorted(home or known)),
        covered=frozenset(placed.loc[incident, "admin1_code"].str.slice(0, 2)),
    )


def content(of: Study, years: Sequence[int] | None = None) -> Content:
    """Work out what the map of one period shows.

    Parameters
    ----------
    of : Study
    years : (first, last), both included, or None
        None shows every record, undated ones included.

    Raises
    ------
    UsageError
        If the period is not one.
    """
    period = check_years(years)
    selected = select_years(of.located, period)
    table = summarise(of.located, of.provinces, years=period)
    totals = table.attrs["totals"]
    last = period[1] if period else of.years[1] if of.years else LAST_YEAR
    today = in_force(of.provinces, LAST_YEAR)
    drawn = _coloured(of, in_force(of.provinces, last), totals)
    incidents = selected[(selected["kind"] == Kind.INCIDENT).to_numpy(bool)]
    abroad = incidents[incidents["cross_border"].to_numpy(bool) & incidents["admin1_code"].isna().to_numpy(bool)]
    strongholds, former, adrift = _strongholds(of, drawn, selected)
    names = of.provinces.drop_duplicates("admin1_code", keep="last").set_index("admin1_code")["admin1_name"]
    merged = {
        names[code]: names[of.heirs[code]]
        for code in totals["provinces"]
        if code not in drawn.index and of.heirs.get(code) in drawn.index
    }
    everything = int((of.located["kind"] == Kind.INCIDENT).sum())
    return Content(
        years=period,
        provinces=drawn,
        points=_points(of, incidents, drawn),
        badges=abroad["country_code"].dropna().value_counts().sort_index(),
        strongholds=strongholds,
        former=former,
        totals=totals,
        adrift=adrift,
        on=None if drawn.index.equals(today.index) else f"the end of {last}",
        description=describe(table, metric=of.metric, of=everything, merged=merged),
    )


def _coloured(of: Study, drawn: GeoDataFrame, totals: dict[str, Any]) -> GeoDataFrame:
    """Add each province's value and class."""
    measure = Metric.FATALITIES_BEST if of.metric == Metric.FATALITIES_BEST else Metric.INCIDENTS
    found = dict.fromkeys(drawn.index, 0.0)
    for code, counts in totals["provinces"].items():
        home = code if code in found else of.heirs.get(code, code)
        if home in found:
            found[home] += counts[measure]
    value = pd.Series(found, index=drawn.index, dtype=float)
    if of.metric == Metric.INCIDENTS_PER_10000_KM2:
        value = value / area_km2(drawn) * 10_000
    covered = drawn["country_code"].isin(of.covered).to_numpy(bool)
    shade = of.classes.index(value.where(covered, np.nan).to_numpy(float))
    return drawn.assign(value=value.to_numpy(), shade=shade)


def _points(of: Study, incidents: GeoDataFrame, drawn: GeoDataFrame) -> pd.DataFrame:
    """Return a point for each incident that has one, or whose province has."""
    look = incidents["geo_precision"].map(LOOKS).astype("string")
    has_point = incidents.geometry.notna() & ~incidents.geometry.is_empty
    province_only = look.eq("province").fillna(False) & ~has_point & incidents["admin1_code"].isin(drawn.index)
    places = GeoSeries(incidents.geometry)
    if province_only.any():
        labels = label_points(drawn.loc[sorted(set(incidents.loc[province_only, "admin1_code"]))])
        places[province_only] = labels.loc[incidents.loc[province_only, "admin1_code"]].to_numpy()
    keep = (has_point | province_only) & look.notna()
    return pd.DataFrame(
        {
            "lon": places[keep].x.to_numpy(float),
            "lat": places[keep].y.to_numpy(float),
            "look": look[keep].to_numpy(object),
            "event_type": incidents.loc[keep, "event_type"].fillna("").to_numpy(object),
            "admin1_code": [
                code if code in drawn.index else of.heirs.get(code)
                for code in incidents.loc[keep, "admin1_code"].to_numpy(object, na_value=None)
            ],
            "cross_border": incidents.loc[keep, "cross_border"].to_numpy(bool),
        }
    )


def _strongholds(of: Study, drawn: GeoDataFrame, selected: GeoDataFrame) -> tuple[pd.DataFrame, GeoDataFrame, int]:
    """Return each group in a province with its firmest tier, the ended provinces, and how many records have none."""
    rows = selected.loc[(selected["kind"] == Kind.STRONGHOLD).to_numpy(bool), ["admin1_code", "group", "tier"]]
    codes = rows["admin1_code"].to_numpy(object, na_value=None)
    ended = of.provinces[~of.provinces["admin1_code"].isin(drawn.index)].drop_duplicates("admin1_code", keep="last")
    former = ended[ended["admin1_code"].isin([code for code in codes if code])].set_index("admin1_code", drop=False)
    found = np.array([code in drawn.index or code in former.index for code in codes], dtype=bool)
    kept = rows[found].fillna({"group": "", "tier": "claimed"})
    order = {"assessed": 0, "reported": 1, "claimed": 2}
    kept = kept.assign(rank=kept["tier"].map(order)).sort_values(["admin1_code", "group", "rank"], kind="stable")
    one = kept.drop_duplicates(["admin1_code", "group"]).drop(columns="rank").reset_index(drop=True)
    return one, former, int((~found).sum())


def _frequent(located: pd.DataFrame, column: str, kind: Kind) -> list[str]:
    """Return a column's words in the page's order: the most frequent among a kind first, then by the alphabet."""
    counts = located.loc[(located["kind"] == kind).to_numpy(bool), column].value_counts()
    words = sorted(located[column].dropna().unique())
    return [str(word) for word in sorted(words, key=lambda word: -int(counts.get(word, 0)))]
