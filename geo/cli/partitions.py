"""What ``--engine dask`` does in the commands that take it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from pandas import DataFrame

    from geo.stats.sample import Kept

#: Links lead to records that may not be among those drawn.
_LINKS = ("conflicts_with", "same_as")


def count(
    source: Path | str, provinces: Path | None, groups: list[str], years: tuple[int, int] | None, scheduler: str | None
) -> "DataFrame":
    """Return the counts of all records, as ``geo.summarise`` does."""
    from geo.admin.provinces import read_provinces
    from geo.dask.summary import summarise_partitions

    with _bar("geo summary") as bar:
        return summarise_partitions(
            source, read_provinces(provinces), groups, years, scheduler=scheduler, progress=_advance(bar)
        )


def keep_some(
    source: Path | str, provinces: Path | None, scheduler: str | None, marks: int, keep: str
) -> "tuple[Kept, GeoDataFrame, DataFrame]":
    """Return what the maps carry of the records, provinces and sources; leave with exit code 1 on faults."""
    from geo.admin.provinces import read_provinces
    from geo.dask.sample import keep_partitions
    from geo.readers.sources import sources_beside
    from geo.rules.validate import validate

    polygons = read_provinces(provinces)
    with _bar("geo build") as bar:
        kept = keep_partitions(source, polygons, marks=marks, keep=keep, scheduler=scheduler, progress=_advance(bar))
    sources = sources_beside(Path(source))
    faults = validate(kept.located, provinces=polygons, sources=sources)
    if faults := [fault for fault in faults if fault.field not in _LINKS]:
        for fault in faults:
            click.echo(str(fault), err=True)
        raise click.exceptions.Exit(1)
    return kept, polygons, sources


def _bar(name: str) -> Any:
    from tqdm import tqdm

    return tqdm(desc=name, unit="partition", disable=None, leave=False)


def _advance(bar: Any) -> Any:
    def advance(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    return advance
