"""Which of more records than a page can carry it draws: found in two passes over partitions, the rest counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from geo.engine import NEEDED, Counts, add_counts, count_partition, refuse_faults
from geo.errors import UsageError
from geo.geocode import geocode
from geo.model import COLUMNS, Kind
from geo.partitions import Progress, combine, read_partitions
from geo.rules.times import dates
from geo.summarise import COUNTS

#: Records that a page carries unless told otherwise: as many as it redraws within a frame.
MARKS = 100_000
#: What is drawn first.
KEEP = ("newest", "deadliest")
#: What the exact counts of all records are broken down by.
GROUPS = ["admin1_code", "year", "event_type"]

#: Days from the year 1 on, and deaths, as two halves of one whole number.
_HALF = 24
_MOST = 2**_HALF - 1
_FIRST_DAY = np.datetime64("0001-01-01")
#: Strongholds and statistics are few and stand for whole areas: they are kept before any incident.
_ALWAYS = 2**62


@dataclass(frozen=True)
class Kept:
    """What a page draws of a data set, and the counts of all of it.

    Attributes
    ----------
    located : GeoDataFrame, shape (n,)
        The records to draw, as ``geo.geocode`` returns them, the first to be kept first.
    counts : DataFrame
        All records by province, year and event type, as ``geo.summarise`` returns them.
    of : int
        How many records there are in all.
    keep : str
        A word of `KEEP`.
    """

    located: GeoDataFrame
    counts: pd.DataFrame
    of: int
    keep: str

    @property
    def note(self) -> str | None:
        """What a map has to say about what it leaves out; None where it draws all."""
        if len(self.located) == self.of:
            return None
        return f"The {len(self.located):,} {self.keep} of {self.of:,} records are drawn and counted on this map"


def keep_partitions(
    source: str | Path,
    provinces: GeoDataFrame,
    *,
    marks: int = MARKS,
    keep: str = "newest",
    scheduler: str | None = None,
    progress: Progress | None = None,
) -> Kept:
    """Check, geocode and count partitioned GeoParquet, and fetch the records that a page is to draw.

    The first pass counts, and finds the rank from which on records are kept; the second reads those alone.

    Parameters
    ----------
    source, provinces, scheduler
        As for ``geo.engine.summarise_partitions``.
    marks : int, default `MARKS`
        How many records to keep.
    keep : {"newest", "deadliest"}
        By last day, then deaths; or by deaths (best estimate), then last day. Equal ones by id.
    progress : function of (done, total), optional
        Told how many partitions of both passes are done.

    Returns
    -------
    Kept
        The same whatever the partitions.

    Raises
    ------
    MissingExtraError, MissingFileError, DataError, UsageError
        As ``geo.engine.summarise_partitions`` does; UsageError also if ``marks`` or ``keep`` is not allowed.
    """
    if keep not in KEEP:
        raise UsageError(f"keep = {keep!r}: give one of {', '.join(KEEP)}")
    if marks < 1:
        raise UsageError(f"marks = {marks}: a map draws one record at least")
    parts = read_partitions(source, NEEDED).npartitions
    tell = progress or (lambda *_: None)
    counts, ranks = combine(
        read_partitions(source, NEEDED),
        _count,
        _add,
        scheduler=scheduler,
        progress=lambda done, _: tell(done, 2 * parts),
        provinces=provinces,
        keep=keep,
    )
    refuse_faults(counts, source)
    located = combine(
        read_partitions(source, COLUMNS),
        _fetch,
        partial(_first, marks=marks, keep=keep),
        scheduler=scheduler,
        progress=lambda done, _: tell(parts + done, 2 * parts),
        provinces=provinces,
        keep=keep,
        marks=marks,
        lowest=_lowest(ranks, marks),
    )
    of = sum(counts.table.attrs["totals"][name] for name in COUNTS)
    return Kept(_first([located], marks=marks, keep=keep), counts.table, of, keep)


def rank(records: pd.DataFrame, keep: str) -> NDArray[np.int64]:
    """Return a number for each record, shape (n,): the higher, the sooner it is kept."""
    start, end = dates(records["date_start"]), dates(records["date_end"])
    last = np.where(np.isnat(end), start, end)
    days = np.where(np.isnat(last), 0, (last - _FIRST_DAY).astype(np.int64) + 1)
    deaths = records["fatalities_best"].to_numpy(np.int64, na_value=-1)
    deaths = np.minimum(deaths + 1, _MOST)
    high, low = (days, deaths) if keep == "newest" else (deaths, days)
    incident = (records["kind"] == Kind.INCIDENT).to_numpy(bool)
    return np.where(incident, (high << _HALF) + low, _ALWAYS)


def _count(records: GeoDataFrame, *, provinces: GeoDataFrame, keep: str) -> tuple[Counts, pd.Series]:
    counts = count_partition(records, provinces=provinces, by=GROUPS, years=None)
    # Where there are faults nothing is kept, and dates may not be readable.
    ranks = rank(records.iloc[:0] if counts.faulty else records, keep)
    return counts, pd.Series(ranks).value_counts(sort=False)


def _add(parts: Sequence[tuple[Counts, pd.Series]]) -> tuple[Counts, pd.Series]:
    counts = add_counts([counts for counts, _ in parts], by=GROUPS)
    return counts, pd.concat([ranks for _, ranks in parts]).groupby(level=0).sum()


def _lowest(ranks: pd.Series, marks: int) -> int:
    """Return the rank that the last of the records to keep has."""
    falling = ranks.sort_index(ascending=False)
    enough = np.flatnonzero(falling.cumsum().to_numpy() >= marks)
    return int(falling.index[enough[0]]) if len(enough) else -1


def _fetch(records: GeoDataFrame, *, provinces: GeoDataFrame, keep: str, marks: int, lowest: int) -> GeoDataFrame:
    wanted = records[rank(records, keep) >= lowest]
    return geocode(_first([wanted], marks=marks, keep=keep), provinces)


def _first(parts: Sequence[GeoDataFrame], *, marks: int, keep: str) -> GeoDataFrame:
    """Return the records that are kept first, in that order."""
    filled = [part for part in parts if len(part)] or [parts[0]]
    records: Any = pd.concat(filled) if len(filled) > 1 else filled[0]
    order = np.lexsort([records["id"].fillna("").to_numpy(object).astype(str), -rank(records, keep)])
    first: GeoDataFrame = records.iloc[order[:marks]]
    return first
