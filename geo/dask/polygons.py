"""The province polygons that a partitioned source needs."""

from collections.abc import Sequence
from pathlib import Path

from geopandas import GeoDataFrame

from geo.admin.countries import countries_of
from geo.admin.provinces import read_provinces
from geo.dask.partitions import combine, read_partitions

#: Columns from which the country of a record follows.
_PLACED = ("country_code", "admin1_code", "geo_precision")


def provinces_for_partitions(source: str | Path, *, scheduler: str | None = None) -> GeoDataFrame:
    """Read the province polygons of the countries that records lie in, as ``geo.provinces_for`` does.

    Parameters
    ----------
    source : path or fsspec URL
        As for ``geo.dask.summary.summarise_partitions``.
    scheduler : str, optional
        Address of a running dask scheduler.
    """
    found: set[str] = combine(
        read_partitions(source, _PLACED), countries_of, _joined, scheduler=scheduler, progress=None
    )
    return read_provinces(countries=found or None)


def _joined(parts: Sequence[set[str]]) -> set[str]:
    return set().union(*parts)
