"""Provinces with the counts of a period, and claimed strongholds as areas."""

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from shapely import MultiPolygon, Polygon

from geo.admin.provinces import area_km2
from geo.days import LAST_YEAR
from geo.export_tables.flat import with_points
from geo.model import Kind
from geo.stats.dataset import Dataset
from geo.stats.periods import Years
from geo.stats.rows import MEASURES


def drawn_provinces(of: Dataset, years: Years | None) -> GeoDataFrame:
    """Return the provinces in force at the end of a period, or of all dated records."""
    span = years or of.extent
    return of.in_force(span[1] if span else LAST_YEAR)


def province_counts(of: Dataset, years: Years | None) -> GeoDataFrame:
    """Return the provinces in force at the end of a period with the counts of the period.

    Parameters
    ----------
    of : Dataset
    years : (first, last) or None

    Returns
    -------
    GeoDataFrame, shape (m,)
        EPSG:4326. ``admin1_code, admin1_name, country_code``, the counts of ``geo.summarise`` except statistics,
        ``area_km2``, ``incidents_per_10000_km2``; counts are null in countries where no incident could be placed.
        Records of an abolished province count in its successor.
    """
    drawn = drawn_provinces(of, years)
    table = of.summary(years, ("admin1_code",)).table.dropna(subset=["admin1_code"])
    shown = [code if code in drawn.index else of.successors.get(code, code) for code in table["admin1_code"]]
    measures = [name for name in MEASURES if name != "statistics"]
    sums = table.groupby(pd.Index(shown, dtype=object))[measures].sum().reindex(drawn.index).fillna(0).astype("Int64")
    covered = drawn["country_code"].isin(list(of.covered)).to_numpy(bool)
    sums["fatalities_high"] = sums["fatalities_high"].mask(sums["fatalities_open"] > 0)
    sums.loc[~covered, [name for name in measures if name != "strongholds"]] = pd.NA
    area = area_km2(drawn)
    density = sums["incidents"].astype("Float64").to_numpy(float, na_value=np.nan) / area.to_numpy() * 10_000
    out = drawn[["admin1_code", "admin1_name", "country_code"]].join(sums)
    return GeoDataFrame(
        out.assign(area_km2=area.round(1), incidents_per_10000_km2=np.round(density, 3)),
        geometry=[_multi(shape) for shape in drawn.geometry],
        crs=drawn.crs,
    )


def stronghold_areas(of: Dataset, years: Years | None) -> GeoDataFrame:
    """Return the strongholds of a period with the polygon of their province, if they have one.

    If the province is abolished by the end of the period, the polygon is that of its successor; the code is unchanged.
    """
    drawn = drawn_provinces(of, years)
    records = of.during(years).records
    records = records[(records["kind"] == Kind.STRONGHOLD).to_numpy(bool)]
    polygons = dict(zip(drawn.index, (_multi(shape) for shape in drawn.geometry), strict=True))
    codes = records["admin1_code"].fillna("")
    areas = [polygons.get(code) or polygons.get(of.successors.get(code, "")) for code in codes]
    return GeoDataFrame(with_points(records), geometry=areas, crs=of.provinces.crs)


def _multi(shape: Polygon | MultiPolygon) -> MultiPolygon:
    return shape if isinstance(shape, MultiPolygon) else MultiPolygon([shape])
