"""What a merge found, in numbers and words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.merging.candidates import LONGEST, Crowds
from geo.merging.compared import Compared
from geo.merging.decisions import Decisions
from geo.merging.links import DIFFERENT, SAME, UNSURE
from geo.stats.distinct import counts_as


@dataclass(frozen=True)
class MergeReport:
    """Counts of a merge.

    Attributes
    ----------
    sources : dict of str to int
        Records of each source.
    records, distinct : int
        Records in all, and distinct incidents among them.
    same, unsure, different : int
        Pairs that are one event, that may be, and that a person said are not.
    conflicts : int
        Pairs of one event whose deaths cannot both be true.
    only_in : dict of str to int
        Incidents of each source that are linked to none of another.
    notices : list of str
        What could not be compared, and what was changed.
    """

    sources: dict[str, int]
    records: int
    distinct: int
    same: int
    unsure: int
    different: int
    conflicts: int
    only_in: dict[str, int]
    same_from: float
    unsure_from: float
    notices: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Return the report as lines of text."""
        of = ", ".join(f"{name} {n:,}" for name, n in self.sources.items())
        only = ", ".join(f"{name} {n:,}" for name, n in self.only_in.items())
        return [
            f"{self.records:,} records: {of}",
            f"{self.distinct:,} distinct incidents; told by one source only: {only}",
            f"{self.same:,} pairs are the same event (score {self.same_from:g} and more), "
            f"{self.unsure:,} unsure ({self.unsure_from:g} and more)",
            *([f"{self.different:,} pairs were decided to be different"] if self.different else []),
            *(
                [f"{self.conflicts:,} pairs of one event have deaths that cannot both be true"]
                if self.conflicts
                else []
            ),
            *self.notices,
        ]


def report_of(
    named: Mapping[str, gpd.GeoDataFrame],
    ids: list[Any],
    records: gpd.GeoDataFrame,
    columns: Compared,
    pairs: pd.DataFrame,
    crowds: Crowds,
    decisions: Decisions | None,
    *,
    same: float,
    unsure: float,
) -> MergeReport:
    """Return the report of a merge."""
    bands = pairs["band"].value_counts()
    linked = pairs[(pairs["band"] == SAME).to_numpy(bool)]
    alone = np.ones(len(records), bool)
    alone[linked["row_a"].to_numpy(np.intp)] = False
    alone[linked["row_b"].to_numpy(np.intp)] = False
    incident = (records["kind"].astype("string") == "incident").to_numpy(bool, na_value=False)
    counted = counts_as(records)
    return MergeReport(
        sources={name: len(frame) for name, frame in named.items()},
        records=len(records),
        distinct=int(counted[incident].sum()),
        same=int(bands.get(SAME, 0)),
        unsure=int(bands.get(UNSURE, 0)),
        different=int(bands.get(DIFFERENT, 0)),
        conflicts=int(linked["conflict"].sum()),
        only_in={name: int((alone & incident & (columns.source == number)).sum()) for number, name in enumerate(named)},
        same_from=same,
        unsure_from=unsure,
        notices=_notices(named, ids, columns, incident, crowds, decisions),
    )


def _notices(
    named: Mapping[str, gpd.GeoDataFrame],
    ids: list[Any],
    columns: Compared,
    incident: Any,
    crowds: Crowds,
    decisions: Decisions | None,
) -> list[str]:
    renamed = sum(
        int((frame["id"].to_numpy(object) != own).sum()) for frame, own in zip(named.values(), ids, strict=True)
    )
    wide = columns.comparable & (columns.last - columns.first >= LONGEST)
    first = next(iter(named.values()))
    twice = [
        name
        for name, frame in list(named.items())[1:]
        if len(frame) == len(first) > 0 and set(frame["id"]) == set(first["id"])
    ]
    counts = [
        (int((incident & ~columns.dated).sum()), "incidents have no date and are not compared"),
        (int((incident & columns.dated & ~columns.comparable).sum()), "incidents have no country and are not compared"),
        (int(wide.sum()), "incidents are dated to more than a year, or to an open time, and are not compared"),
        (int((~incident).sum()), "strongholds and statistics are kept as they are and not compared"),
        (renamed, "ids are in an earlier source too; the name of their own source is put before them"),
        (crowds.records, "incidents have too many alike about them to be told apart, and are not compared"),
    ]
    found = [f"{n:,} {words}" for n, words in counts if n]
    found += [f"{name} has the ids of {next(iter(named))}: is it the same file?" for name in twice]
    countries = [set(np.unique(columns.country[(columns.source == k) & columns.comparable])) for k in range(len(named))]
    if len(countries) > 1 and all(countries) and not set.intersection(*countries):
        found.append("no country is in all sources: records of different countries are never one event")
    if decisions is not None:
        known = set(np.concatenate([np.asarray(own, dtype=object) for own in ids]))
        lost = sum(not {*pair} <= known for pair in decisions.by_pair)
        found.append(f"{len(decisions.by_pair):,} decisions of {', '.join(decisions.coders) or 'a person'} applied")
        if lost:
            found.append(f"{lost:,} of them name ids that are in no source")
    return found
