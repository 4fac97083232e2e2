"""The same steps over partitions with dask: each partition runs the eager functions, only counts come back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame

from geo.admin.geocode import geocode
from geo.dask.partitions import Progress, combine, read_partitions
from geo.errors import DataError
from geo.model import Kind
from geo.rules.counts import check_figures
from geo.rules.dates import check_dates
from geo.rules.faults import Faults, Issue
from geo.rules.locations import check_codes, check_coordinates, check_inside, check_precision
from geo.rules.vocabulary import coerce_types
from geo.stats.periods import Years, check_years
from geo.stats.rows import rows_of_records
from geo.stats.summary import Summary, check_groups, count

#: The columns that counts depend on; a partition's other columns are never read.
NEEDED = (
    "id", "kind", "event_type", "date_start", "date_end", "date_precision", "place", "geo_precision",
    "country_code", "admin1_code", "admin1_name", "admin2_name", "group",
    "fatalities_low", "fatalities_best", "fatalities_high",
)  # fmt: skip
#: How many faults a message lists; a data set of a billion rows may have as many.
LISTED = 20


@dataclass(frozen=True)
class Checked:
    """What a step made of one partition, or of several together, and the faults found.

    Attributes
    ----------
    result : Summary or DataFrame
        A summary, or bins of incidents.
    faulty : int
        Number of faults, of which ``faults`` holds the first `LISTED`.
    faults : tuple of str
    """

    result: Any
    faulty: int
    faults: tuple[str, ...]


def summarise_partitions(
    source: str | Path,
    provinces: GeoDataFrame,
    by: Sequence[str] | str = ("admin1_code", "year"),
    years: Sequence[int] | None = None,
    *,
    scheduler: str | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Check, geocode and count partitioned GeoParquet: ``geo.summarise`` for more records than memory holds.

    Parameters
    ----------
    source : path or fsspec URL
        A GeoParquet file, or a folder of them; each row group is a partition.
    provinces : GeoDataFrame, shape (m,)
        Provinces of every vintage; every worker gets them once.
    by, years
        As for ``geo.summarise``.
    scheduler : str, optional
        Address of a running dask scheduler, ``tcp://host:port``; without it this machine's cores do the work.
    progress : function of (done, total), optional
        Told how many partitions are done.

    Returns
    -------
    Summary
        ``to_frame()`` equals ``geo.summarise(geo.geocode(records, provinces), provinces, by, years)`` on all records
        at once, however they are partitioned.

    Raises
    ------
    MissingExtraError
        If dask or dask-geopandas is not installed.
    MissingFileError
        If there is no GeoParquet at ``source``.
    DataError
        If a file cannot be read, or records break the rules that counts rely on. What a partition cannot know is left
        to ``geo validate``: whether ids are unique, and whether linked records and sources exist.
    UsageError
        If an argument is not one of those allowed, or the scheduler does not answer.
    """
    period = check_years(years)
    groups = check_groups(by)
    records = read_partitions(source, NEEDED)
    counts: Checked = combine(
        records,
        count_partition,
        _add_summaries,
        scheduler=scheduler,
        progress=progress,
        provinces=provinces,
        by=groups,
        years=period,
    )
    refuse_faults(counts, source)
    summary: Summary = counts.result
    return summary


def refuse_faults(counts: Checked, source: str | Path) -> None:
    """Raise DataError with the first faults if there are any."""
    if counts.faulty:
        rest = f"; and {counts.faulty - len(counts.faults):,} more" if counts.faulty > len(counts.faults) else ""
        raise DataError(f"{source}: {counts.faulty:,} faults: {'; '.join(counts.faults)}{rest}")


def count_partition(records: GeoDataFrame, *, provinces: GeoDataFrame, by: list[str], years: Years | None) -> Checked:
    """Check, geocode and count the records of one partition with the functions that one machine uses."""
    faults = check_partition(records, provinces)
    # A partition with faults is not counted: its dates and figures may not even be readable.
    located = records.iloc[:0] if faults else geocode(records, provinces)
    summary = count(rows_of_records(located, groups=by), provinces, by, years)
    return Checked(summary, len(faults), tuple(str(fault) for fault in faults[:LISTED]))


def check_partition(records: GeoDataFrame, provinces: GeoDataFrame) -> list[Issue]:
    """Return the faults on which counts would founder: types, kinds, dates, figures, places."""
    faults = Faults(records["id"], str(records.attrs.get("path", "records")))
    geometry = np.asarray(records.geometry.to_numpy(), dtype=object)
    plain = coerce_types(pd.DataFrame(records.drop(columns=records.geometry.name)), faults)
    kinds = [str(word) for word in Kind]
    faults.add(~plain["kind"].isin(kinds), "kind", plain["kind"], f"must be one of {', '.join(kinds)}")
    check_dates(plain, faults)
    check_figures(plain, faults)
    check_precision(plain, geometry, faults)
    lonlat = check_coordinates(geometry, faults)
    check_inside(plain, geometry, lonlat, check_codes(plain, provinces, faults), provinces, faults)
    return faults.issues()


def add_checked(parts: Sequence[Checked], add: Callable[[list[Any]], Any]) -> Checked:
    """Add the results of several partitions; their order does not matter to the numbers."""
    faults = tuple(fault for part in parts for fault in part.faults)[:LISTED]
    return Checked(add([part.result for part in parts]), sum(part.faulty for part in parts), faults)


def _add_summaries(parts: Sequence[Checked]) -> Checked:
    return add_checked(parts, Summary.combine)
