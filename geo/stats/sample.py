"""Choose the incidents that a page draws individually; bin the rest."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as compute
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from geo.errors import UsageError
from geo.model import Kind
from geo.rules.dates import dates
from geo.stats.bins import bin_incidents, coarsen

#: Incidents that a page draws individually by default: the most that it can filter and redraw in one animation frame.
MARKS = 350_000
#: Which incidents are drawn individually.
KEEP = ("newest", "deadliest")

#: Bits of the lower half of a rank: days since the year 1 and deaths are packed into one integer.
_HALF = 24
_MOST = 2**_HALF - 1
_FIRST_DAY = np.datetime64("0001-01-01")
#: Rank of strongholds and statistics: few records that apply to whole areas, always kept.
ALWAYS = 2**62


@dataclass(frozen=True)
class Bins:
    """The incidents that a page does not draw individually, as bins.

    Attributes
    ----------
    table : DataFrame
        As ``geo.stats.bins.coarsen`` returns it.
    degrees : float
        Side of a cell of the grid.
    marks : int
        Number of incidents drawn individually.
    keep : str
        How they were chosen: one of `KEEP`.
    """

    table: pd.DataFrame
    degrees: float
    marks: int
    keep: str

    @property
    def incidents(self) -> int:
        """Number of binned incidents, distinct ones."""
        return int(self.table["incidents"].sum())

    @property
    def reports(self) -> int:
        """Number of binned records of incidents."""
        return int(self.table["reports"].sum())

    @property
    def note(self) -> str:
        """Sentence about the sample, shown on the map."""
        return (
            f"The {self.marks:,} {self.keep} of {self.marks + self.reports:,} incidents have a mark of their own; "
            f"the others are counted, and drawn as a grid of {self.degrees:g}° cells"
        )


class Sample(NamedTuple):
    """Records drawn individually, and the bins of all other incidents."""

    records: GeoDataFrame
    rest: Bins | None


def sample_incidents(located: GeoDataFrame, marks: int = MARKS, keep: str = "newest") -> Sample:
    """Draw the first incidents individually, and bin the others.

    Parameters
    ----------
    located : GeoDataFrame, shape (n,)
        Records as ``geo.geocode`` returns them, EPSG:4326.
    marks : int, default `MARKS`
        Number of incidents to draw individually. Strongholds and statistics always are.
    keep : {"newest", "deadliest"}
        Highest by last day, then deaths; or by deaths (best estimate), then last day. Ties are ordered by id.

    Returns
    -------
    Sample
        ``located`` itself if it has at most ``marks`` incidents. Otherwise strongholds and statistics, then
        incidents in the order of ``keep``.

    Raises
    ------
    UsageError
        If ``marks`` or ``keep`` is not allowed.
    """
    check_keep(marks, keep)
    incident = (located["kind"] == Kind.INCIDENT).to_numpy(bool)
    if int(incident.sum()) <= marks:
        return Sample(located, None)
    ranks = rank(located, keep)
    lowest = np.partition(ranks[incident], -marks)[-marks]
    candidates = np.flatnonzero(ranks >= lowest)
    first = candidates[order(located.iloc[candidates], marks, keep)]
    others = np.ones(len(located), bool)
    others[first] = False
    return Sample(located.iloc[first], Bins(*coarsen(bin_incidents(located[others])), marks, keep))


def check_keep(marks: int, keep: str) -> None:
    """Raise UsageError if ``marks`` or ``keep`` is not allowed."""
    if keep not in KEEP:
        raise UsageError(f"keep = {keep!r}: give one of {', '.join(KEEP)}")
    if marks < 1:
        raise UsageError(f"marks = {marks}: must be at least 1")


def rank(records: pd.DataFrame, keep: str) -> NDArray[np.int64]:
    """Return the rank of each record, shape (n,); records with higher ranks are drawn individually first."""
    start, end = dates(records["date_start"]), dates(records["date_end"])
    last = np.where(np.isnat(end), start, end)
    days = np.where(np.isnat(last), 0, (last - _FIRST_DAY).astype(np.int64) + 1)
    deaths = records["fatalities_best"].to_numpy(np.int64, na_value=-1)
    deaths = np.minimum(deaths + 1, _MOST)
    high, low = (days, deaths) if keep == "newest" else (deaths, days)
    incident = (records["kind"] == Kind.INCIDENT).to_numpy(bool)
    return np.where(incident, (high << _HALF) + low, ALWAYS)


def order(records: pd.DataFrame, marks: int, keep: str) -> NDArray[np.int64]:
    """Return positions of all strongholds and statistics, then of the first ``marks`` incidents by rank."""
    ranks = rank(records, keep)
    ids = pa.array(records["id"].fillna("").astype(object).to_list(), pa.large_string())
    by_id = np.empty(len(records), np.int64)
    by_id[np.asarray(compute.array_sort_indices(ids))] = np.arange(len(records))
    first: NDArray[np.int64] = np.lexsort([by_id, -ranks])[: int((ranks == ALWAYS).sum()) + marks]
    return first
