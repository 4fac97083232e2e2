"""Implementation of ``--engine dask`` in the commands that have it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.cli.load import stop_on_faults

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.stats.dataset import Dataset
    from geo.stats.summary import Summary

#: Fields that link to other records; those may be missing from the sample, so these faults are ignored.
_LINKS = ("conflicts_with", "same_as")


def count(
    source: Path | str,
    provinces: Path | None,
    groups: list[str],
    years: tuple[int, int] | None,
    scheduler: str | None,
    distinct: bool,
) -> "Summary":
    """Count all records of a partitioned source."""
    from geo.dask.summary import summarise_partitions

    polygons = _polygons(source, provinces, scheduler)
    with _bar("geo summary") as bar:
        return summarise_partitions(
            source,
            polygons,
            groups,
            years,
            distinct=distinct,
            scheduler=scheduler,
            progress=_advance(bar),
        )


def load_sample(source: Path | str, provinces: Path | None, scheduler: str | None, marks: int, keep: str) -> "Dataset":
    """Return the sampled data set of a partitioned source; exit with code 1 if there are faults."""
    from geo.dask.sample import sample_partitions
    from geo.readers.sources import sources_beside
    from geo.rules.validate import validate
    from geo.stats.dataset import Dataset

    polygons = _polygons(source, provinces, scheduler)
    with _bar("geo build") as bar:
        records, rest = sample_partitions(
            source, polygons, marks=marks, keep=keep, scheduler=scheduler, progress=_advance(bar)
        )
    sources = sources_beside(Path(source))
    faults = validate(records, provinces=polygons, sources=sources)
    stop_on_faults([fault for fault in faults if fault.field not in _LINKS])
    return Dataset(records, polygons, sources, rest)


def _polygons(source: Path | str, provinces: Path | None, scheduler: str | None) -> "GeoDataFrame":
    from geo.admin.provinces import read_provinces
    from geo.dask.polygons import provinces_for_partitions

    return read_provinces(provinces) if provinces else provinces_for_partitions(source, scheduler=scheduler)


def _bar(name: str) -> Any:
    from tqdm import tqdm

    return tqdm(desc=name, unit="partition", disable=None, leave=False)


def _advance(bar: Any) -> Any:
    def advance(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    return advance
