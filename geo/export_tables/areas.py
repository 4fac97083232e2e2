"""Provinces with the counts of a period, and strongholds as the areas that they are said to be in."""

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from shapely import MultiPolygon, Polygon

from geo.admin.provinces import area_km2, in_force, successors
from geo.days import LAST_YEAR
from geo.export_tables.flat import with_points
from geo.model import Kind
from geo.stats.summary import MEASURES, Years, select_years, summarise, year_span


def drawn_provinces(located: GeoDataFrame, provinces: GeoDataFrame, years: Years | None) -> GeoDataFrame:
    """Return the provinces in force at the end of a period, or of all dated records."""
    last = years[1] if years else year_span(located)["last"].max()
    return in_force(provinces, LAST_YEAR if pd.isna(last) else int(last))


def province_counts(located: GeoDataFrame, provinces: GeoDataFrame, years: Years | None) -> GeoDataFrame:
    """Return the provinces in force at the end of a period with what happened in them.

    Parameters
    ----------
    located, provinces : GeoDataFrame
        As for ``geo.summarise``.
    years : (first, last) or None

    Returns
    -------
    GeoDataFrame, shape (m,)
        EPSG:4326. ``admin1_code, admin1_name, country_code``, the counts of ``geo.summarise`` but statistics,
        ``area_km2``, ``incidents_per_10000_km2``; counts are null in countries where no incident could be placed. A
        province that has ended counts in the one that holds its area.
    """
    drawn = drawn_provinces(located, provinces, years)
    heirs = successors(provinces)
    table = summarise(located, provinces, by="admin1_code", years=years).dropna(subset=["admin1_code"])
    home = [code if code in drawn.index else heirs.get(code, code) for code in table["admin1_code"]]
    measures = [name for name in MEASURES if name != "statistics"]
    counts = table.groupby(pd.Index(home, dtype=object))[measures].sum().reindex(drawn.index).fillna(0).astype("Int64")
    incident = located["kind"] == Kind.INCIDENT
    covered = set(located.loc[incident & located["admin1_code"].notna(), "admin1_code"].str.slice(0, 2))
    known = drawn["country_code"].isin(list(covered)).to_numpy(bool)
    counts.loc[~known, [name for name in measures if name != "strongholds"]] = pd.NA
    area = area_km2(drawn)
    density = counts["incidents"].astype("Float64").to_numpy(float, na_value=np.nan) / area.to_numpy() * 10_000
    out = drawn[["admin1_code", "admin1_name", "country_code"]].join(counts)
    return GeoDataFrame(
        out.assign(area_km2=area.round(1), incidents_per_10000_km2=np.round(density, 3)),
        geometry=[_multi(shape) for shape in drawn.geometry],
        crs=drawn.crs,
    )


def stronghold_areas(located: GeoDataFrame, provinces: GeoDataFrame, years: Years | None) -> GeoDataFrame:
    """Return the strongholds of a period with the polygon of their province, or none where none is known.

    A record of a province that has ended by the end of the period gets the polygon of its heir; its code stays.
    """
    drawn = drawn_provinces(located, provinces, years)
    heirs = successors(provinces)
    records = select_years(located, years)
    records = records[(records["kind"] == Kind.STRONGHOLD).to_numpy(bool)]
    shapes = dict(zip(drawn.index, (_multi(shape) for shape in drawn.geometry), strict=True))
    areas = [shapes.get(code) or shapes.get(heirs.get(code, "")) for code in records["admin1_code"].fillna("")]
    return GeoDataFrame(with_points(records), geometry=areas, crs=provinces.crs)


def _multi(shape: Polygon | MultiPolygon) -> MultiPolygon:
    return shape if isinstance(shape, MultiPolygon) else MultiPolygon([shape])
