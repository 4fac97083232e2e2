"""Convert the rows of one table to valid records, and count those kept and rejected."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.columns import RowErrors, is_true
from geo.importing.acled import read_acled
from geo.importing.date_orders import DateOrders
from geo.importing.draft import Draft
from geo.importing.gtd import read_gtd
from geo.importing.own_table import read_own_table
from geo.importing.placement import Placing, place
from geo.importing.polygons import Polygons
from geo.importing.record_frame import DATASETS, record_frame
from geo.importing.report import FileReport
from geo.importing.source_tables import SourceTable, name_file
from geo.importing.ucdp import read_ucdp
from geo.model import COLUMNS
from geo.readers.blocks import Block, concat_blocks
from geo.readers.table import read_table
from geo.rules.validate import validate

_VALUE = re.compile(r"^([\w, ]+?) = .*?: ", re.DOTALL)
_READERS = {"ucdp": read_ucdp, "acled": read_acled, "gtd": read_gtd}
#: Maximum number of runs of valid rows for which slices are concatenated; beyond it a mask is as fast.
_RUNS = 100


@dataclass(frozen=True)
class Converted:
    """A block of a table, and the n unchecked records converted from its n rows."""

    block: Block
    draft: Draft
    provinces: gpd.GeoDataFrame
    placing: Placing
    frame: gpd.GeoDataFrame


class Conversion:
    """The conversion of one table.

    Parameters
    ----------
    source : SourceTable
    date_format : str or None
    polygons : Polygons
    earlier : sequence of Conversion
        The tables of the same import before this one; their ids are taken.
    min_score : float, default 0
        As in `geo.geocode`.
    """

    def __init__(
        self,
        source: SourceTable,
        date_format: str | None,
        polygons: Polygons,
        earlier: Sequence["Conversion"] = (),
        min_score: float = 0.0,
    ) -> None:
        self.source, self.date_format, self.polygons, self.earlier = source, date_format, polygons, earlier
        self.min_score = min_score
        self.orders = DateOrders(lambda: read_table(source.path).blocks)
        self.read = self.rejected = 0
        self.ids: set[str] = set()
        self.notices: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.disagreements: Counter[str] = Counter()
        self.unknown_countries: Counter[str] = Counter()
        self.unplaced: Counter[str] = Counter()

    def make_all(self, path: str) -> Iterator[Converted]:
        """Convert the blocks of the table to unchecked records; ``path`` is used in messages."""
        blocks = self.source.table.blocks
        if {"conflicts_with", "same_as"} & set(self.source.column_of):
            # A link may refer to a record in any block.
            blocks = iter([concat_blocks(blocks)])
        return (self.make_records(block, path) for block in blocks)

    def make_records(self, block: Block, path: str) -> Converted:
        """Convert a block to unchecked records; changes no state, so it can run in a thread."""
        draft = Draft(block.frame, self.orders, len(self.earlier) + 1)
        if block.lonlat is not None:
            draft.lon, draft.lat = block.lonlat.T
        with name_file(self.source.path):
            if self.source.format == "table":
                read_own_table(draft, self.date_format, self.source.mapping)
            else:
                _READERS[self.source.format](draft, self.date_format)
        provinces = self.polygons.of(draft)
        placing = place(draft, provinces, self.min_score)
        return Converted(block, draft, provinces, placing, record_frame(draft, self.source.format, placing, path))

    def valid_records(self, converted: Converted) -> gpd.GeoDataFrame:
        """Return the valid records of a block; the reasons for rejecting the others are added to the draft."""
        block, draft, placing, frame = converted.block, converted.draft, converted.placing, converted.frame
        self._reject_duplicate_ids(draft)
        self._reject_invalid(draft, frame, converted.provinces)
        good = np.array([reason is None for reason in draft.problem], dtype=bool)
        self.ids.update(frame["id"][good].tolist())
        self.read += len(good) + len(block.damaged)
        self.rejected += int((~good).sum()) + len(block.damaged)
        self.notices.update(draft.notices)
        self.reasons.update(
            _without_value(reason) for reason in [*draft.problem[~good], *(row[2] for row in block.damaged)]
        )
        self.disagreements.update(placing.disagreement[good].dropna())
        self.unknown_countries.update(placing.unknown_country[good].dropna())
        self.unplaced.update(placing.unplaced[good].dropna())
        return _select(frame, good)

    def report(self) -> FileReport:
        """Return the report on the table."""
        notes = [*self.source.table.notes, *(f"{count:,} {words}" for words, count in self.notices.items() if count)]
        if used := self.source.column_of:
            notes.append("columns: " + ", ".join(f"{column} as {field}" for field, column in used.items()))
        return FileReport(
            path=self.source.path,
            name=self.source.name,
            format=self.source.format,
            read=self.read,
            kept=self.read - self.rejected,
            rejected=self.rejected,
            notes=notes,
            reasons=frequent(self.reasons),
        )

    def _reject_duplicate_ids(self, draft: Draft) -> None:
        ids = pd.Series(draft.columns["id"])
        words, known = ids.tolist(), is_true(ids.notna())
        own = is_true(ids.duplicated())
        if not self.ids.isdisjoint(words):
            own = own | np.array([word in self.ids for word in words], dtype=bool)
        for conversion in self.earlier:
            if not conversion.ids.isdisjoint(words):
                taken = np.array([word in conversion.ids for word in words], dtype=bool) & known
                name = conversion.source.name
                _reject_ids(draft, ids, taken, f"is the id of a row of {name}")
        _reject_ids(draft, ids, own & known, "is the id of an earlier row")

    def _reject_invalid(self, draft: Draft, frame: gpd.GeoDataFrame, provinces: gpd.GeoDataFrame) -> None:
        """Reject rows that violate the schema, until the remaining rows are valid."""
        records = frame[[*COLUMNS, "geometry"]]
        while True:
            remaining = np.flatnonzero([reason is None for reason in draft.problem])
            candidates = records if len(remaining) == len(records) else records.iloc[remaining]
            issues = validate(candidates, provinces=provinces, sources=DATASETS.values())
            reasons = [f"{issue.field} = {issue.value}: {issue.rule}" for issue in issues]
            draft.reject(RowErrors(remaining[[issue.row - 1 for issue in issues]], reasons))
            # Rejecting a row can only invalidate links to it.
            if not issues or not {"conflicts_with", "same_as"} & set(draft.columns):
                return


def frequent(counts: Counter[str]) -> list[tuple[str, int]]:
    """Return texts and their counts, most frequent first."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _reject_ids(draft: Draft, ids: pd.Series, where: Any, why: str) -> None:
    rows = np.flatnonzero(where)
    draft.reject(RowErrors(rows, [f"id = {word}: {why}" for word in ids.iloc[rows]]))


def _select(frame: gpd.GeoDataFrame, good: Any) -> gpd.GeoDataFrame:
    """Return the rows of a frame where the mask ``good``, shape (n,), is true."""
    if good.all():
        return frame
    edges = np.flatnonzero(np.diff(good.astype(np.int8), prepend=0, append=0)).reshape(-1, 2)
    if len(edges) > _RUNS:
        return frame[good]
    # Usually few rows are rejected; concatenating the slices between them does not copy text.
    runs = [frame.iloc[first:end] for first, end in edges.tolist()] or [frame.iloc[:0]]
    return runs[0] if len(runs) == 1 else pd.concat(runs).set_axis(frame.index[good])


def _without_value(reason: str) -> str:
    """Strip the value from a reason, so that reasons can be counted."""
    return _VALUE.sub(r"\1: ", reason)
