"""Read, check and geocode the data set of a command."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from geo.rules.faults import Issue
    from geo.stats.dataset import Dataset


def load(
    incidents: Path | None,
    provinces: Path | None,
    step: Callable[[str], object] = lambda _: None,
    *,
    own_columns: bool = False,
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
    """
    from geo.admin.geocode import geocode
    from geo.admin.provinces import read_provinces
    from geo.readers import read_incidents
    from geo.readers.sources import sources_beside
    from geo.resources import data_path
    from geo.rules.validate import validate
    from geo.stats.dataset import Dataset

    path = incidents or data_path("incidents.geojson")
    step("read")
    polygons = read_provinces(provinces)
    records = read_incidents(path, own_columns=own_columns)
    sources = sources_beside(path)
    step("check")
    stop_on_faults(validate(records, provinces=polygons, sources=sources))
    step("geocode")
    return Dataset(geocode(records, polygons), polygons, sources)


def stop_on_faults(faults: "Sequence[Issue]") -> None:
    """Print faults to stderr and exit with code 1 if there are any."""
    for fault in faults:
        click.echo(str(fault), err=True)
    if faults:
        raise click.exceptions.Exit(1)
