"""What a report is written from: the records of a period, in the forms that its parts need."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
from babel import Locale
from geopandas import GeoDataFrame

from geo.model import Kind
from geo.report.words import cited
from geo.stats.summary import Years, select_years


@dataclass(frozen=True)
class Material:
    """What a report is written from.

    Attributes
    ----------
    located, provinces : GeoDataFrame
        All records, and provinces of every vintage.
    sources : DataFrame or None
    years : (first, last) or None
    """

    located: GeoDataFrame
    provinces: GeoDataFrame
    sources: pd.DataFrame | None
    years: Years | None

    @cached_property
    def selected(self) -> GeoDataFrame:
        """The records of the period."""
        return select_years(self.located, self.years)

    def of_kind(self, kind: Kind) -> list[dict[str, Any]]:
        """Return the records of the period of one kind, by date, undated ones last."""
        records = self.selected[(self.selected["kind"] == kind).to_numpy(bool)]
        order = records["date_start"].fillna(records["date_end"])
        return rows_of(records.iloc[order.reset_index(drop=True).sort_values(kind="stable").index])

    @cached_property
    def keys(self) -> list[str]:
        """The sources that records of the period cite, in the order of the list of sources, others by name."""
        used = {key for record in rows_of(self.selected) for key, _ in cited(record)}
        known = [] if self.sources is None else [key for key in self.sources["source"] if key in used]
        return [*known, *sorted(used - set(known))]

    @cached_property
    def countries(self) -> Mapping[str, str]:
        """Names of countries by code."""
        names: Mapping[str, str] = Locale("en").territories
        return names


def rows_of(records: pd.DataFrame) -> list[dict[str, Any]]:
    """Return records as dicts, without their geometry."""
    plain = pd.DataFrame(records.drop(columns="geometry"))
    return [{str(k): v for k, v in row.items()} for row in plain.astype(object).to_dict("records")]
