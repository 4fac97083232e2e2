"""Check records against the rules of the schema: every fault is listed, none is corrected."""

from collections.abc import Collection
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.admin.countries import provinces_for
from geo.admin.crs import require_wgs84
from geo.readers.sources import sources_beside
from geo.rules.counts import check_figures
from geo.rules.dates import check_dates
from geo.rules.faults import Faults, Issue
from geo.rules.links import check_links, check_sources
from geo.rules.locations import check_codes, check_coordinates, check_inside, check_precision
from geo.rules.vocabulary import check_kinds, check_words, coerce_types

__all__ = ["Issue", "validate"]


def validate(
    incidents: gpd.GeoDataFrame,
    *,
    provinces: gpd.GeoDataFrame | None = None,
    sources: pd.DataFrame | Collection[str] | None = None,
) -> list[Issue]:
    """Check records against the schema and its cross-field rules.

    A point outside the province or country that its record names is a fault, unless the record says so itself in
    ``note`` or ``match_note``, as ``geo import`` and ``geo geocode`` write it (``named AF-KNR, point in AF-NAN``).

    Parameters
    ----------
    incidents : GeoDataFrame, shape (n,)
        As ``geo.read_incidents`` returns them, in EPSG:4326.
    provinces : GeoDataFrame, optional
        Province polygons in EPSG:4326, every vintage; by default those of the countries that the records lie in. Codes
        and points are checked for the countries that they cover.
    sources : DataFrame or collection of str, optional
        The sources that records may name, or their keys. By default ``sources.csv`` beside the file that the records
        were read from, or else the shipped list; the data sets that ``geo import`` reads are always known.

    Returns
    -------
    list of Issue
        Every fault, in file order.

    Raises
    ------
    CRSError
        If the records or the provinces are not in EPSG:4326.
    """
    # Records without any point may come in a frame that states no CRS.
    if incidents.crs is not None:
        require_wgs84(incidents, "records")
    path = str(incidents.attrs.get("path", "records"))
    ids = incidents["id"] if "id" in incidents.columns else [None] * len(incidents)
    faults = Faults(ids, path)
    geometry = np.asarray(incidents.geometry.to_numpy(), dtype=object)
    records = coerce_types(pd.DataFrame(incidents.drop(columns=incidents.geometry.name)), faults)
    check_words(records, faults)
    check_kinds(records, faults)
    check_dates(records, faults)
    check_figures(records, faults)
    check_precision(records, geometry, faults)
    lonlat = check_coordinates(geometry, faults)
    if provinces is None:
        provinces = provinces_for(incidents)
    require_wgs84(provinces, "provinces")
    position = check_codes(records, provinces, faults)
    check_inside(records, geometry, lonlat, position, provinces, faults, incidents.get("match_note"))
    check_sources(records, _keys(sources, path), faults)
    check_links(records, faults)
    return faults.issues()


def _keys(sources: pd.DataFrame | Collection[str] | None, path: str) -> set[str]:
    if sources is None:
        sources = sources_beside(Path(path))
    return set(sources["source"]) if isinstance(sources, pd.DataFrame) else set(sources)
