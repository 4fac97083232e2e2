"""Sample partitioned records with dask in two passes; workers return only counts and the sampled records."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame

from geo.admin.geocode import fill_provinces
from geo.dask.partitions import Progress, combine, read_partitions
from geo.dask.repeats import repeated_ids
from geo.dask.summary import LISTED, NEEDED, Checked, add_checked, check_partition, refuse_faults
from geo.model import COLUMNS
from geo.stats.bins import add_bins, bin_incidents, coarsen, subtract_bins
from geo.stats.distinct import with_counts
from geo.stats.sample import ALWAYS, MARKS, Bins, Sample, check_keep, order, rank


def sample_partitions(
    source: str | Path,
    provinces: GeoDataFrame,
    *,
    marks: int = MARKS,
    keep: str = "newest",
    scheduler: str | None = None,
    progress: Progress | None = None,
) -> Sample:
    """Check, geocode and bin partitioned GeoParquet, and fetch the records that a page draws individually.

    The first pass bins all incidents and counts their ranks, from which the lowest rank of the sample is found; the
    second pass reads the records of the sample only.

    Parameters
    ----------
    source, provinces, scheduler
        As for ``geo.dask.summary.summarise_partitions``.
    marks, keep
        As for ``geo.stats.sample.sample_incidents``.
    progress : function of (done, total), optional
        Called with the number of finished partitions, both passes together.

    Returns
    -------
    Sample
        Records in the order of their ranks; does not depend on the partitioning.

    Raises
    ------
    MissingExtraError, MissingFileError, DataError, UsageError
        As ``geo.dask.summary.summarise_partitions`` does; UsageError also if ``marks`` or ``keep`` is not allowed.
    """
    check_keep(marks, keep)
    frame = read_partitions(source, (*NEEDED, "cross_border"))
    repeated = repeated_ids(source, scheduler=scheduler)
    parts = frame.npartitions
    report = progress or (lambda *_: None)
    counts, ranks = combine(
        frame,
        _count,
        _add,
        scheduler=scheduler,
        progress=lambda done, _: report(done, 2 * parts),
        provinces=provinces,
        keep=keep,
        repeated=repeated,
    )
    refuse_faults(counts, source)
    located = combine(
        read_partitions(source, COLUMNS),
        _fetch,
        partial(_first, marks=marks, keep=keep),
        scheduler=scheduler,
        progress=lambda done, _: report(parts + done, 2 * parts),
        provinces=provinces,
        keep=keep,
        marks=marks,
        lowest=_lowest(ranks, marks),
        repeated=repeated,
    )
    located = _first([located], marks=marks, keep=keep)
    rest = subtract_bins(counts.result, bin_incidents(located))
    return Sample(located, Bins(*coarsen(rest), marks, keep) if len(rest) else None)


def _count(
    records: GeoDataFrame, *, provinces: GeoDataFrame, keep: str, repeated: frozenset[str]
) -> tuple[Checked, pd.Series]:
    """Return the bins of a partition's incidents, and the number of incidents of each rank."""
    faults = check_partition(records, provinces)
    # Partitions with faults are not counted: their dates may be invalid.
    located = with_counts(fill_provinces(records.iloc[:0] if faults else records, provinces), repeated)
    ranks = rank(located, keep)
    counts = Checked(bin_incidents(located), len(faults), tuple(str(fault) for fault in faults[:LISTED]))
    return counts, pd.Series(ranks[ranks != ALWAYS]).value_counts(sort=False)


def _add(parts: Sequence[tuple[Checked, pd.Series]]) -> tuple[Checked, pd.Series]:
    ranks = pd.concat([ranks for _, ranks in parts]).groupby(level=0).sum()
    return add_checked([counts for counts, _ in parts], add_bins), ranks


def _lowest(ranks: pd.Series, marks: int) -> int:
    """Return the lowest rank among the incidents drawn individually."""
    descending = ranks.sort_index(ascending=False)
    enough = np.flatnonzero(descending.cumsum().to_numpy() >= marks)
    return int(descending.index[enough[0]]) if len(enough) else -1


def _fetch(
    records: GeoDataFrame, *, provinces: GeoDataFrame, keep: str, marks: int, lowest: int, repeated: frozenset[str]
) -> GeoDataFrame:
    wanted = records[rank(records, keep) >= lowest]
    located: GeoDataFrame = with_counts(fill_provinces(_first([wanted], marks=marks, keep=keep), provinces), repeated)
    return located


def _first(parts: Sequence[GeoDataFrame], *, marks: int, keep: str) -> GeoDataFrame:
    """Return the records that are drawn individually, in the order of their ranks."""
    nonempty = [part for part in parts if len(part)] or [parts[0]]
    records: Any = pd.concat(nonempty) if len(nonempty) > 1 else nonempty[0]
    first: GeoDataFrame = records.iloc[order(records, marks, keep)]
    return first
