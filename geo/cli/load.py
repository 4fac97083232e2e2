"""Read, check and geocode the data set of a command."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.rules.faults import Issue
    from geo.stats.dataset import Dataset


def load(
    incidents: Path | None,
    provinces: Path | None,
    step: Callable[[str], object] = lambda _: None,
    *,
    own_columns: bool = False,
    level: str = "province",
) -> "Dataset":
    """Read, check and geocode records; list all faults and exit with code 1 if there are any.

    Parameters
    ----------
    incidents, provinces : Path or None
        None for the files that come with geo.
    step : callable
        Called with the name of each step, for a progress bar.
    own_columns : bool, default False
        Whether to read columns that are not in the schema; imported files have many.
    level : {"province", "district"}
        What the areas of the data set are.
    """
    from geo.admin.countries import provinces_for
    from geo.admin.geocode import fill_provinces
    from geo.admin.provinces import read_provinces
    from geo.readers import read_incidents
    from geo.readers.sources import sources_beside
    from geo.resources import data_path
    from geo.rules.validate import validate
    from geo.stats.dataset import Dataset
    from geo.stats.districts import by_district

    path = incidents or data_path("incidents.geojson")
    step("read")
    records = read_incidents(path, own_columns=own_columns)
    polygons = read_provinces(provinces) if provinces else provinces_for(records)
    sources = sources_beside(path)
    step("check")
    stop_on_faults(validate(records, provinces=polygons, sources=sources))
    step("geocode")
    located = fill_provinces(records, polygons)
    say_without_polygons(located, polygons)
    return by_district(located, polygons, sources) if level == "district" else Dataset(located, polygons, sources)


def say_without_polygons(located: "GeoDataFrame", provinces: "GeoDataFrame") -> None:
    """Say on stderr in which countries records lie of which there are no provinces."""
    from geo.admin.countries import without_polygons

    if missing := without_polygons(located, provinces):
        counts = ", ".join(f"{code} {count:,}" for code, count in missing.items())
        click.echo(
            f"{sum(missing.values()):,} records lie in countries without province polygons here and have no province: "
            f"{counts}; add polygons with geo provinces add FILE, or name them with --provinces",
            err=True,
        )


def stop_on_faults(faults: "Sequence[Issue]") -> None:
    """Print faults to stderr and exit with code 1 if there are any."""
    for fault in faults:
        click.echo(str(fault), err=True)
    if faults:
        raise click.exceptions.Exit(1)
