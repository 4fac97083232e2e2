"""Summaries of partitioned records with dask: workers run the eager functions and return only counts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame

from geo.admin.geocode import fill_provinces
from geo.dask.partitions import Progress, combine, read_partitions
from geo.dask.repeats import repeated_ids
from geo.errors import DataError
from geo.model import Kind
from geo.rules.counts import check_figures
from geo.rules.dates import check_dates
from geo.rules.faults import Faults, Issue
from geo.rules.locations import check_codes, check_coordinates, check_inside, check_precision
from geo.rules.vocabulary import coerce_types
from geo.stats.distinct import with_counts
from geo.stats.periods import check_years
from geo.stats.rows import compact, rows_of_records
from geo.stats.summary import Summary, check_groups, count

#: Columns that counts depend on; other columns of a partition are not read.
NEEDED = (
    "id", "kind", "event_type", "clarity", "date_start", "date_end", "date_precision", "date_kind", "place",
    "geo_precision", "country_code", "admin1_code", "admin1_name", "admin2_name", "group",
    "fatalities_low", "fatalities_best", "fatalities_high",
)  # fmt: skip
#: Most faults listed in a message; a data set of a billion rows may have a billion faults.
LISTED = 20


@dataclass(frozen=True)
class Checked:
    """Result and faults of one partition, or of several combined.

    Attributes
    ----------
    result : DataFrame
        Weighted rows, or bins of incidents.
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
    distinct: bool = True,
    scheduler: str | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Check, geocode and count partitioned GeoParquet: ``geo.summarise`` for more records than fit into memory.

    Parameters
    ----------
    source : path or fsspec URL
        A GeoParquet file, or a folder of them; each row group is a partition.
    provinces : GeoDataFrame, shape (m,)
        Provinces of every vintage; sent once to every worker.
    by, years, distinct
        As for ``geo.summarise``.
    scheduler : str, optional
        Address of a running dask scheduler, ``tcp://host:port``; by default threads of this process are used.
    progress : function of (done, total), optional
        Called with the number of finished partitions.

    Returns
    -------
    Summary
        ``to_frame()`` equals ``geo.summarise(geo.geocode(records, provinces), provinces, by, years)`` on all records
        at once; it does not depend on the partitioning.

    Raises
    ------
    MissingExtraError
        If dask or dask-geopandas is not installed.
    MissingFileError
        If there is no GeoParquet at ``source``.
    DataError
        If a file cannot be read, or records break the rules that counts depend on. Rules across partitions are not
        checked here but by ``geo validate``: unique ids, and existing linked records and sources.
    UsageError
        If an argument is not allowed, or there is no scheduler at the address.
    """
    period = check_years(years)
    groups = check_groups(by)
    records = read_partitions(source, NEEDED)
    counts: Checked = combine(
        records,
        count_partition,
        _add_rows,
        scheduler=scheduler,
        progress=progress,
        provinces=provinces,
        by=groups,
        repeated=repeated_ids(source, scheduler=scheduler) if distinct else frozenset(),
        distinct=distinct,
    )
    refuse_faults(counts, source)
    return count(counts.result, provinces, groups, period)


def refuse_faults(counts: Checked, source: str | Path) -> None:
    """Raise DataError with the first faults if there are any."""
    if counts.faulty:
        more = f"; and {counts.faulty - len(counts.faults):,} more" if counts.faulty > len(counts.faults) else ""
        raise DataError(f"{source}: {counts.faulty:,} faults: {'; '.join(counts.faults)}{more}")


def count_partition(
    records: GeoDataFrame, *, provinces: GeoDataFrame, by: list[str], repeated: frozenset[str], distinct: bool
) -> Checked:
    """Check and geocode the records of one partition with the eager functions, and return their weighted rows."""
    faults = check_partition(records, provinces)
    # Partitions with faults are not counted: their dates and figures may be invalid.
    located = records.iloc[:0] if faults else fill_provinces(records, provinces)
    rows = rows_of_records(with_counts(located, repeated), by, distinct=distinct)
    return Checked(compact(rows), len(faults), tuple(str(fault) for fault in faults[:LISTED]))


def check_partition(records: GeoDataFrame, provinces: GeoDataFrame) -> list[Issue]:
    """Return the faults that would break counting: types, kinds, dates, figures, places."""
    faults = Faults(records["id"], str(records.attrs.get("path", "records")))
    geometry = np.asarray(records.geometry.to_numpy(), dtype=object)
    plain = coerce_types(pd.DataFrame(records.drop(columns=records.geometry.name)), faults)
    kinds = [str(word) for word in Kind]
    faults.add(~plain["kind"].isin(kinds), "kind", plain["kind"], f"must be one of {', '.join(kinds)}")
    check_dates(plain, faults)
    check_figures(plain, faults)
    check_precision(plain, geometry, faults)
    lonlat = check_coordinates(geometry, faults)
    position = check_codes(plain, provinces, faults)
    check_inside(plain, geometry, lonlat, position, provinces, faults, records.get("match_note"))
    return faults.issues()


def add_checked(parts: Sequence[Checked], add: Callable[[list[Any]], Any]) -> Checked:
    """Combine the results of several partitions; counts do not depend on their order."""
    faults = tuple(fault for part in parts for fault in part.faults)[:LISTED]
    return Checked(add([part.result for part in parts]), sum(part.faulty for part in parts), faults)


def _add_rows(parts: Sequence[Checked]) -> Checked:
    return add_checked(parts, lambda rows: compact(pd.concat(rows, ignore_index=True)))
