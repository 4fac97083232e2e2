"""``geo.merge``: the records of several sources in one frame, with those that tell of one event linked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.admin.countries import provinces_for
from geo.admin.geocode import fill_provinces
from geo.errors import UsageError
from geo.importing.combine import concat_records
from geo.merging.candidates import Crowds
from geo.merging.compared import Compared, compared
from geo.merging.decisions import Decisions
from geo.merging.ids import unique_ids
from geo.merging.links import Links, links_between
from geo.merging.pair_table import pair_table
from geo.merging.report import MergeReport, report_of
from geo.merging.written import with_links

#: Likelihoods from which on a pair is the same event, or is unsure.
SAME_FROM, UNSURE_FROM = 0.7, 0.3
#: Most days between the dates of two records of one event.
WINDOW_DAYS = 3


@dataclass(frozen=True)
class Merged:
    """Records of several sources, and the pairs of them that are or may be one event.

    Attributes
    ----------
    records : GeoDataFrame, shape (n,)
        All records of all frames, in order. ``same_as`` and ``conflicts_with`` name the records of other sources that
        tell of the same event, and those of them whose figures cannot both be true; ``same_as_because`` has the score
        and the reasons of each link, ``merged_from`` the source and the id there.
    pairs : DataFrame, shape (k,)
        ``a, b`` (ids), ``score`` (0-1), ``band`` (``same``, ``unsure``, or ``different`` where a decision says so),
        ``decided`` (whether a person did), ``reasons`` (lists of text); the likeliest first.
    report : MergeReport
        Counts and notices; ``report.lines()`` is what ``geo merge`` prints.
    """

    records: gpd.GeoDataFrame
    pairs: pd.DataFrame
    report: MergeReport


def merge(
    frames: Sequence[gpd.GeoDataFrame] | Mapping[str, gpd.GeoDataFrame],
    *,
    window_days: int = WINDOW_DAYS,
    same: float = SAME_FROM,
    unsure: float = UNSURE_FROM,
    decisions: Decisions | None = None,
) -> Merged:
    """Put the records of several sources into one frame, and link those that tell of the same event.

    Records of two sources are compared where they are in one province, near each other, or known to the country only,
    and their dates can be those of one event. Of each pair it is computed how likely the two are one event: from
    date, place, parties, type of event and deaths, from how much happens about, and from what else either may be. A
    record is the same event as at most one of another source, unless it stands for several (``clarity`` ``series`` or
    ``umbrella``). Records of one source are not compared with each other.

    Parameters
    ----------
    frames : sequence of GeoDataFrame, or mapping of str to GeoDataFrame
        Records of two sources or more, as ``geo.read_incidents`` or ``geo.import_table`` return them, by the name of
        the source if a mapping. Records without a province are placed for the comparison only.
    window_days : int, default 3
        Most days between the dates of two records of one event.
    same, unsure : float, default 0.7 and 0.3
        Likelihoods from which on two records are linked as the same event, or are listed as unsure.
    decisions : Decisions, optional
        What people decided on pairs, as ``geo.merging.decisions.read_decisions`` reads them; they overrule scores.

    Returns
    -------
    Merged
        No record is changed but for ``same_as``, ``conflicts_with`` and an ``id`` that an earlier frame has, too.

    Raises
    ------
    UsageError
        If there are fewer than two frames, or a number is out of range.
    DataError
        If a frame has an id twice, or a record without one.
    """
    named = _named(frames)
    _check(named, window_days, same, unsure)
    ids = unique_ids(named)
    columns = compared([_placed(frame) for frame in named.values()])
    crowds = Crowds()
    links = find_links(columns, window_days, unsure, crowds)
    return finished(named, ids, columns, links, crowds, same=same, unsure=unsure, decisions=decisions)


def find_links(records: Compared, window_days: int, unsure: float, crowds: Crowds) -> Links | None:
    """Return the pairs that are likely enough one event, of all countries; None if there are no records to compare."""
    rows = np.flatnonzero(records.comparable)
    rows = rows[np.argsort(records.country[rows], kind="stable")]
    starts = np.flatnonzero(np.diff(records.country[rows], prepend=-1))
    parts = [
        part
        for country in np.split(rows, starts[1:])
        if country.size
        for part in links_between(records, country, window_days, unsure, crowds)
    ]
    return Links.join(parts) if parts else None


def finished(
    named: Mapping[str, gpd.GeoDataFrame],
    ids: list[Any],
    columns: Compared,
    links: Links | None,
    crowds: Crowds,
    *,
    same: float,
    unsure: float,
    decisions: Decisions | None,
) -> Merged:
    """Return the merged records, given what is likely one event."""
    records = concat_records([_renamed(frame, own) for frame, own in zip(named.values(), ids, strict=True)], "merged")
    pairs = pair_table(records["id"].to_numpy(object), columns, links, same=same, decisions=decisions)
    records = with_links(records, pairs, named)
    report = report_of(named, ids, records, columns, pairs, crowds, decisions, same=same, unsure=unsure)
    records.attrs["path"] = "merged"
    return Merged(records, pairs.drop(columns=["row_a", "row_b", "conflict", "part"]), report)


def _named(frames: Sequence[gpd.GeoDataFrame] | Mapping[str, gpd.GeoDataFrame]) -> dict[str, gpd.GeoDataFrame]:
    if isinstance(frames, Mapping):
        return {str(name): frame for name, frame in frames.items()}
    return {str(number): frame for number, frame in enumerate(frames, 1)}


def _check(named: Mapping[str, gpd.GeoDataFrame], window_days: int, same: float, unsure: float) -> None:
    if not 2 <= len(named) <= 100:
        raise UsageError(f"{len(named)} frames: give two sources of records or more, up to 100")
    if not 0 <= window_days <= 31:
        raise UsageError(f"window_days = {window_days}: must be a number of days from 0 to 31")
    if not 0 < unsure <= same <= 1:
        raise UsageError(f"unsure = {unsure}, same = {same}: must be likelihoods with 0 < unsure <= same <= 1")


def _placed(frame: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return records with a province where names or points give one."""
    bare = frame["admin1_code"].isna() if "admin1_code" in frame else pd.Series(True, index=frame.index)
    if not bare.any():
        return pd.DataFrame(frame)
    found = fill_provinces(frame[bare.to_numpy()], provinces_for(frame))
    placed = pd.DataFrame(frame).copy(deep=False)
    for name in ("admin1_code", "country_code"):
        own = placed[name].astype("string") if name in placed else pd.Series(pd.NA, index=frame.index, dtype="string")
        values = own.to_numpy(object, copy=True)
        values[bare.to_numpy()] = found[name].astype("string").to_numpy(object)
        placed[name] = pd.array(values, dtype="string")
    return placed


def _renamed(frame: gpd.GeoDataFrame, ids: Any) -> gpd.GeoDataFrame:
    """Return a frame with its new ids, also in its own links."""
    own = frame["id"].to_numpy(object)
    if (own == ids).all():
        return frame
    new = dict(zip(own, ids, strict=True))
    links = {
        name: pd.Series([[new.get(one, one) for one in others] for others in frame[name]], index=frame.index)
        for name in ("same_as", "conflicts_with")
        if name in frame
    }
    return frame.assign(id=pd.array(ids, dtype="string"), **links)
