"""What ``--engine dask`` does in the commands that take it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geo.cli.data import Study

if TYPE_CHECKING:
    from pandas import DataFrame

#: Links lead to records that may not be among those drawn.
_LINKS = ("conflicts_with", "same_as")


def count(
    source: Path | str, provinces: Path | None, groups: list[str], years: tuple[int, int] | None, scheduler: str | None
) -> "DataFrame":
    """Return the counts of all records, as ``geo.summarise`` does."""
    from geo.engine import summarise_partitions
    from geo.provinces import read_provinces

    with _bar("geo summary") as bar:
        return summarise_partitions(
            source, read_provinces(provinces), groups, years, scheduler=scheduler, progress=_advance(bar)
        )


def keep_some(
    source: Path | str, provinces: Path | None, scheduler: str | None, marks: int | None, keep: str | None
) -> tuple[Study, str | None]:
    """Return the records to draw and what the map has to say about the others; leave with exit code 1 on faults."""
    from geo.kept import KEEP, MARKS, keep_partitions
    from geo.provinces import read_provinces
    from geo.readers.sources import sources_beside
    from geo.validate import validate

    polygons = read_provinces(provinces)
    with _bar("geo build") as bar:
        kept = keep_partitions(
            source, polygons, marks=marks or MARKS, keep=keep or KEEP[0], scheduler=scheduler, progress=_advance(bar)
        )
    sources = sources_beside(Path(source))
    faults = validate(kept.located, provinces=polygons, sources=sources)
    if faults := [fault for fault in faults if fault.field not in _LINKS]:
        for fault in faults:
            click.echo(str(fault), err=True)
        raise click.exceptions.Exit(1)
    return Study(kept.located, polygons, sources), kept.note


def _bar(name: str) -> Any:
    from tqdm import tqdm

    return tqdm(desc=name, unit="partition", disable=None, leave=False)


def _advance(bar: Any) -> Any:
    def advance(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    return advance
