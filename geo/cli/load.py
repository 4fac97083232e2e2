"""Files -> located records, as every command needs them: read, checked, geocoded."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from pandas import DataFrame


@dataclass(frozen=True)
class Study:
    """Located records, the provinces they lie in, and the sources they cite."""

    located: "GeoDataFrame"
    provinces: "GeoDataFrame"
    sources: "DataFrame"


def load(
    incidents: Path | None,
    provinces: Path | None,
    step: Callable[[str], object] = lambda _: None,
    *,
    own_columns: bool = False,
) -> Study:
    """Read, check and geocode records; leave with exit code 1 and the list of faults if there are any.

    Parameters
    ----------
    incidents, provinces : Path or None
        None stands for the shipped ones.
    step : callable
        Told what is done next, for a progress bar.
    own_columns : bool, default False
        Whether the columns of the file that are not in the schema are needed; imported files have many.
    """
    from geo.admin.geocode import geocode
    from geo.admin.provinces import read_provinces
    from geo.readers import read_incidents
    from geo.readers.sources import sources_beside
    from geo.resources import data_path
    from geo.rules.validate import validate

    path = incidents or data_path("incidents.geojson")
    step("read")
    polygons = read_provinces(provinces)
    records = read_incidents(path, own_columns=own_columns)
    sources = sources_beside(path)
    step("check")
    if faults := validate(records, provinces=polygons, sources=sources):
        for fault in faults:
            click.echo(str(fault), err=True)
        raise click.exceptions.Exit(1)
    step("geocode")
    return Study(geocode(records, polygons), polygons, sources)
