"""A data set: located records, provinces, sources, and the values derived from them, each computed once."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame

from geo.admin.crs import require_wgs84
from geo.admin.provinces import in_force, successors
from geo.columns import distinct_objects
from geo.errors import UsageError
from geo.model import Kind
from geo.stats.bins import rows_of_bins
from geo.stats.breaks import Breaks, breaks
from geo.stats.classes import Classes
from geo.stats.digest import digest
from geo.stats.distinct import COUNTS_AS, with_counts
from geo.stats.periods import Years, newest_day, select_years
from geo.stats.rows import UNDATED, last_year, rows_of_records
from geo.stats.sample import MARKS, Bins, sample_incidents
from geo.stats.summary import Summary, count


@dataclass(frozen=True, eq=False)
class Dataset:
    """Input of a map, figure, report or export.

    Attributes
    ----------
    records : GeoDataFrame, shape (n,)
        Located records that are drawn individually, EPSG:4326. Column ``counts_as`` says how often each counts
        (`geo.stats.distinct`); without it, it is computed from all of them.
    provinces : GeoDataFrame, shape (m,)
        Provinces of every vintage, EPSG:4326.
    sources : DataFrame or None
        As ``geo.read_sources`` returns it.
    rest : Bins or None
        Bins of the incidents that are not among ``records``; None if there are none.
    level : {"province", "district"}
        What the areas in ``provinces`` are.
    """

    records: GeoDataFrame
    provinces: GeoDataFrame
    sources: pd.DataFrame | None = None
    rest: Bins | None = None
    level: str = "province"
    _cache: dict[Any, Any] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        require_wgs84(self.records, "located records")
        require_wgs84(self.provinces, "provinces")
        if COUNTS_AS not in self.records.columns:
            object.__setattr__(self, "records", with_counts(self.records))

    @classmethod
    def of(
        cls,
        located: "GeoDataFrame | Dataset",
        provinces: GeoDataFrame | None = None,
        sources: pd.DataFrame | None = None,
    ) -> "Dataset":
        """Return a data set unchanged, or make one from frames.

        Raises
        ------
        UsageError
            If provinces are missing.
        """
        if isinstance(located, Dataset):
            return located
        if provinces is None:
            raise UsageError("provinces are missing: give located records and provinces, or a data set alone")
        return cls(located, provinces, sources)

    def sampled(self, marks: int = MARKS, keep: str = "newest") -> "Dataset":
        """Return a data set in which at most ``marks`` incidents are drawn individually; the others are binned.

        Raises
        ------
        UsageError
            If ``marks`` or ``keep`` is not allowed.
        """
        records, rest = sample_incidents(self.records, marks, keep)
        return self if rest is None else Dataset(records, self.provinces, self.sources, rest, self.level)

    @property
    def incidents(self) -> int:
        """Number of distinct incidents, binned ones included."""
        return int(self.rows["incidents"].sum())

    @property
    def size(self) -> int:
        """Number of records, binned ones included."""
        return len(self.records) + (self.rest.reports if self.rest else 0)

    @cached_property
    def breaks(self) -> Breaks:
        """Class breaks of every metric."""
        return breaks(self.rows, self.provinces)

    @property
    def classes(self) -> Mapping[str, Classes]:
        """Class breaks by metric, for all years and periods of several."""
        return self.breaks.periods

    def classes_in(self, metric: str, years: Years | None) -> Classes:
        """Return the class breaks of a metric in a period: single years have their own."""
        return (self.breaks.years if years and years[0] == years[1] else self.classes)[metric]

    @cached_property
    def successors(self) -> dict[str, str]:
        """Code of each abolished province -> code of the current province that covers most of its area."""
        return successors(self.provinces)

    @cached_property
    def extent(self) -> Years | None:
        """First and last year of the dated records; None if no record has a date."""
        dated = self.rows[(self.rows["first"] != UNDATED).to_numpy(bool)]
        return (int(dated["first"].min()), last_year(dated)) if len(dated) else None

    @cached_property
    def last_record(self) -> str | None:
        """Last day of the newest record, as exact as it is known: ``2024-03-23``, ``2024-03`` or ``2024``.

        Records known only to be before a date have none. None if no record has a date.
        """
        last = newest_day(self.records)
        if self.rest is None or self.extent is None or (last is not None and int(last[:4]) >= self.extent[1]):
            return last
        return str(self.extent[1])  # of binned incidents only the year is kept

    @cached_property
    def event_types(self) -> list[str]:
        """Event types, most frequent among incidents first."""
        return self._by_frequency("event_type", Kind.INCIDENT)

    @cached_property
    def groups(self) -> list[str]:
        """Groups, most frequent among strongholds first."""
        return self._by_frequency("group", Kind.STRONGHOLD)

    @cached_property
    def subject(self) -> str:
        """What maps of the records are called: event data has no strongholds."""
        has = (self.records["kind"] == Kind.STRONGHOLD).any()
        return "Incidents and claimed strongholds" if has else "Incidents"

    @cached_property
    def home(self) -> tuple[str, ...]:
        """Countries of the incidents and strongholds that are not cross-border; all countries if there are none."""
        placed = self._placed
        cross_border = placed["cross_border"].to_numpy(bool)
        counted = (placed["kind"] != Kind.STATISTIC).to_numpy(bool)
        known = set(self.provinces["country_code"])
        return tuple(sorted(set(placed["admin1_code"][~cross_border & counted].str.slice(0, 2)) & known or known))

    @cached_property
    def covered(self) -> frozenset[str]:
        """Countries in which at least one incident has a province; in others, zero would really mean no data."""
        placed = self._placed
        return frozenset(placed.loc[placed["kind"] == Kind.INCIDENT, "admin1_code"].str.slice(0, 2))

    @cached_property
    def citations(self) -> dict[str, int]:
        """Number of records that cite each source, by its key."""
        lists, codes = distinct_objects(self.records["sources"])
        counts: Counter[str] = Counter()
        for cited, times in zip(lists, np.bincount(codes).tolist(), strict=True):
            counts.update(dict.fromkeys(cited_keys(cited), times))
        return dict(counts)

    @cached_property
    def digest(self) -> str:
        """Fingerprint of records and provinces."""
        return digest(self.records, self.provinces)

    @cached_property
    def country_codes(self) -> list[str]:
        """Codes of the countries that have provinces, sorted."""
        return sorted(self.provinces["country_code"].unique())

    def in_force(self, on: int) -> GeoDataFrame:
        """Return the provinces in force at the end of a year."""
        return self._once(("in_force", on), lambda: in_force(self.provinces, on))

    def summary(
        self, years: Years | None = None, by: Sequence[str] = ("admin1_code", "year"), distinct: bool = True
    ) -> Summary:
        """Count the records of a period, binned ones included; not ``distinct``: every record once."""
        counted: Summary = self._once(
            ("summary", years, tuple(by), distinct),
            lambda: count(self.rows if distinct else self.reports, self.provinces, by, years, self.level),
        )
        return counted

    def during(self, years: Years | None) -> "Period":
        """Return the records of a period; all records for None."""
        period: Period = self._once(("period", years), lambda: Period(self, years))
        return period

    @cached_property
    def rows(self) -> pd.DataFrame:
        """Weighted rows of all records and bins."""
        rows = rows_of_records(self.records)
        return pd.concat([rows, rows_of_bins(self.rest.table)], ignore_index=True) if self.rest else rows

    @cached_property
    def reports(self) -> pd.DataFrame:
        """Weighted rows in which every record weighs 1; only of a data set whose records are all drawn."""
        if self.rest:
            raise UsageError("a data set with bins holds counts of distinct incidents only")
        return rows_of_records(self.records, distinct=False)

    @cached_property
    def _placed(self) -> GeoDataFrame:
        return self.records[self.records["admin1_code"].notna()]

    def _by_frequency(self, column: str, kind: Kind) -> list[str]:
        counts = self.records[(self.records["kind"] == kind).to_numpy(bool)].groupby(column)[COUNTS_AS].sum()
        words = sorted(self.records[column].dropna().unique())
        return [str(word) for word in sorted(words, key=lambda word: -int(counts.get(word, 0)))]

    def _once(self, key: Any, make: Any) -> Any:
        if key not in self._cache:
            self._cache[key] = make()
        return self._cache[key]


@dataclass(frozen=True, eq=False)
class Period:
    """The part of a data set that touches a period.

    Attributes
    ----------
    dataset : Dataset
    years : (first, last) or None
        None: all records, undated ones included.
    """

    dataset: Dataset
    years: Years | None

    @cached_property
    def records(self) -> GeoDataFrame:
        """Records that touch the period, in the order of the data set."""
        return select_years(self.dataset.records, self.years)

    @property
    def summary(self) -> Summary:
        """Counts by province and year."""
        return self.dataset.summary(self.years)

    @property
    def length(self) -> int:
        """Number of years; 0 for a data set without dates."""
        span = self.years or self.dataset.extent
        return span[1] - span[0] + 1 if span else 0

    def newest(self, most: int) -> tuple[pd.DataFrame, int]:
        """Return the newest incidents and strongholds, and the number of all."""
        rows = np.flatnonzero((self.records["kind"] != Kind.STATISTIC).to_numpy(bool))
        dates = pd.Series(self.records["date_start"].array[rows], index=rows)
        newest = dates.sort_values(ascending=False, kind="stable").index[:most]
        return self.records.iloc[newest], len(rows)

    def of_kind(self, kind: Kind) -> list[dict[str, Any]]:
        """Return the records of one kind, sorted by date, undated ones last."""
        records = self.records[(self.records["kind"] == kind).to_numpy(bool)]
        order = records["date_start"].fillna(records["date_end"])
        return dicts(records.iloc[order.reset_index(drop=True).sort_values(kind="stable").index])

    @cached_property
    def cited_by(self) -> list[set[str]]:
        """Keys of the sources that each record cites."""
        return [{str(item["source"]) for item in items if item.get("source")} for items in self.records["sources"]]

    @cached_property
    def source_keys(self) -> list[str]:
        """Keys of the cited sources in the order of the table of sources, then those not in the table, sorted."""
        used: set[str] = set().union(*self.cited_by)
        sources = self.dataset.sources
        listed = [] if sources is None else [key for key in sources["source"] if key in used]
        return [*listed, *sorted(used - set(listed))]


def cited_keys(sources: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the keys of the sources that a record cites, each once."""
    return list(dict.fromkeys(source["source"] for source in sources if "source" in source))


def dicts(records: pd.DataFrame) -> list[dict[str, Any]]:
    """Return records as dicts without geometry."""
    plain = pd.DataFrame(records.drop(columns="geometry"))
    return [{str(k): v for k, v in row.items()} for row in plain.astype(object).to_dict("records")]
