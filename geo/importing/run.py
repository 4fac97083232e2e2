"""``geo import``: convert event tables, of other projects or your own, to records."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.admin.crs import require_wgs84
from geo.admin.provinces import read_provinces
from geo.columns import RowErrors, is_true
from geo.errors import UsageError
from geo.importing.acled import read_acled
from geo.importing.date_orders import DateOrders
from geo.importing.detect import NAMES, detect_format
from geo.importing.draft import Draft
from geo.importing.gtd import read_gtd
from geo.importing.own_table import fields, read_own_table
from geo.importing.placement import Placing, place
from geo.importing.record_frame import DATASETS, record_frame
from geo.importing.rejected import rejected_writer
from geo.importing.report import ImportReport
from geo.importing.ucdp import read_ucdp
from geo.importing.write_records import check_suffix, record_writer
from geo.model import COLUMNS
from geo.readers.blocks import Block, concat_blocks
from geo.readers.prefetch import prefetch
from geo.readers.table import read_table
from geo.rules.validate import validate
from geo.write import check_target

_VALUE = re.compile(r"^([\w, ]+?) = .*?: ", re.DOTALL)
_READERS = {"ucdp": read_ucdp, "acled": read_acled, "gtd": read_gtd}
#: Maximum number of runs of valid rows for which slices are concatenated; beyond it a mask is as fast.
_RUNS = 100


def import_file(
    source: str | Path,
    target: str | Path,
    *,
    format: str = "auto",  # noqa: A002 (the name of the command's option)
    mapping: Mapping[str, str] | None = None,
    date_format: str | None = None,
    provinces: gpd.GeoDataFrame | None = None,
    progress: Callable[[int], object] = lambda _: None,
) -> ImportReport:
    """Convert an event table to a file of records.

    Parameters
    ----------
    source : str or Path
        ``.csv``, ``.tsv``, ``.txt``, ``.xlsx``, ``.parquet``, ``.geojson``, ``.json`` or ``.gpkg``.
    target : str or Path
        ``.geojson`` or ``.parquet``. Rejected rows are written to ``NAME.rejected.csv`` in the same folder;
        that of an earlier import is replaced, or removed if no row is rejected.
    format : str, default "auto"
        ``ucdp``, ``acled``, ``gtd``, ``table``, or ``auto`` to detect it from the columns.
    mapping : mapping of str to str, optional
        Field by column, for ``table``; see ``geo.importing.own_table.FIELDS``.
    date_format : str, optional
        ``dmy``, ``mdy``, ``ymd`` or a strptime format; without it ambiguous dates are rejected.
    provinces : GeoDataFrame, optional
        Province polygons of every vintage; the shipped ones by default.
    progress : callable
        Called with the number of rows read so far, for a progress bar.

    Returns
    -------
    ImportReport

    Raises
    ------
    MissingFileError, DataError
        If the source does not exist or is not a table.
    UsageError
        If an argument is invalid.
    CRSError
        If the provinces are not in EPSG:4326.
    OutputError
        If the target cannot be written.
    """
    source, target = Path(source), Path(target)
    check_suffix(target)
    rejected_path = target.with_name(f"{target.stem}.rejected.csv")
    _check_paths(source, target, rejected_path)
    table = read_table(source)
    chosen = detect_format(table.columns, format, mapped=bool(mapping))
    if mapping and chosen != "table":
        raise UsageError(f"{source}: is {NAMES[chosen]}, whose columns need no mapping; use --map with --format table")
    if provinces is None:
        provinces = read_provinces()
    require_wgs84(provinces, "provinces")
    orders = DateOrders(lambda: read_table(source).blocks)
    run = _Import(chosen, date_format, dict(mapping or {}), provinces, orders)
    blocks = table.blocks
    column_of = fields(table.columns, run.mapping) if chosen == "table" else {}
    if {"conflicts_with", "same_as"} & set(column_of):
        # A link may refer to a record in any block.
        blocks = iter([concat_blocks(blocks)])
    with record_writer(target) as write, rejected_writer(rejected_path) as write_rejected:
        for converted in prefetch(run.make_records(block, str(target)) for block in blocks):
            write(run.valid_records(converted))
            run.rejected += write_rejected(converted.block, converted.draft.problem)
            progress(run.read)
            # Otherwise three blocks would be in memory while the next one is computed.
            del converted
    notes = [*table.notes, *(f"{count:,} {words}" for words, count in run.notices.items() if count)]
    if column_of:
        notes.append("columns: " + ", ".join(f"{column} as {field}" for field, column in column_of.items()))
    return run.report(target, rejected_path, notes)


def _check_paths(source: Path, *targets: Path) -> None:
    """Raise unless the targets can be written and none of them is the source."""
    for target in targets:
        check_target(target)
        if source.exists() and source.resolve() == target.resolve():
            raise UsageError(f"{target}: is the source table; choose another name")


@dataclass(frozen=True)
class _Converted:
    """A block of a table, and the n unchecked records converted from its n rows."""

    block: Block
    draft: Draft
    placing: Placing
    frame: gpd.GeoDataFrame


class _Import:
    """One import: converts blocks of rows to records, and counts kept and rejected rows."""

    def __init__(
        self,
        chosen: str,
        date_format: str | None,
        mapping: dict[str, str],
        provinces: gpd.GeoDataFrame,
        orders: DateOrders,
    ) -> None:
        self.orders = orders
        self.format, self.date_format, self.mapping, self.provinces = chosen, date_format, mapping, provinces
        self.read = self.rejected = 0
        self.ids: set[str] = set()
        self.notices: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.disagreements: Counter[str] = Counter()
        self.unknown_countries: Counter[str] = Counter()
        self.unplaced: Counter[str] = Counter()

    def make_records(self, block: Block, path: str) -> _Converted:
        """Convert a block to unchecked records; does not modify the import, so it can run in a thread."""
        draft = Draft(block.frame, self.orders)
        if block.lonlat is not None:
            draft.lon, draft.lat = block.lonlat.T
        if self.format == "table":
            read_own_table(draft, self.date_format, self.mapping)
        else:
            _READERS[self.format](draft, self.date_format)
        placing = place(draft, self.provinces)
        return _Converted(block, draft, placing, record_frame(draft, self.format, placing, path))

    def valid_records(self, converted: _Converted) -> gpd.GeoDataFrame:
        """Return the valid records of a block; the reasons for rejecting the others are added to the draft."""
        block, draft, placing, frame = converted.block, converted.draft, converted.placing, converted.frame
        self._reject_duplicate_ids(draft)
        self._reject_invalid(draft, frame)
        good = np.array([reason is None for reason in draft.problem], dtype=bool)
        self.ids.update(frame["id"][good].tolist())
        self.read += len(good) + len(block.damaged)
        self.notices.update(draft.notices)
        self.reasons.update(
            _without_value(reason) for reason in [*draft.problem[~good], *(row[2] for row in block.damaged)]
        )
        self.disagreements.update(placing.disagreement[good].dropna())
        self.unknown_countries.update(placing.unknown_country[good].dropna())
        self.unplaced.update(placing.unplaced[good].dropna())
        return _select(frame, good)

    def report(self, target: Path, rejected_path: Path, notes: list[str]) -> ImportReport:
        """Return the report of the import."""
        return ImportReport(
            format=self.format,
            read=self.read,
            kept=self.read - self.rejected,
            rejected=self.rejected,
            target=target,
            rejected_path=rejected_path if self.rejected else None,
            notes=notes,
            reasons=_frequent(self.reasons),
            disagreements=_frequent(self.disagreements),
            unknown_countries=_frequent(self.unknown_countries),
            unplaced=_frequent(self.unplaced),
        )

    def _reject_duplicate_ids(self, draft: Draft) -> None:
        ids = pd.Series(draft.columns["id"])
        repeated = is_true(ids.duplicated())
        words = ids.tolist()
        if not self.ids.isdisjoint(words):
            repeated = repeated | np.array([word in self.ids for word in words], dtype=bool)
        rows = np.flatnonzero(repeated & is_true(ids.notna()))
        draft.reject(RowErrors(rows, [f"id = {word}: is the id of an earlier row" for word in ids.iloc[rows]]))

    def _reject_invalid(self, draft: Draft, frame: gpd.GeoDataFrame) -> None:
        """Reject rows that violate the schema, until the remaining rows are valid."""
        records = frame[[*COLUMNS, "geometry"]]
        while True:
            remaining = np.flatnonzero([reason is None for reason in draft.problem])
            candidates = records if len(remaining) == len(records) else records.iloc[remaining]
            issues = validate(candidates, provinces=self.provinces, sources=DATASETS.values())
            reasons = [f"{issue.field} = {issue.value}: {issue.rule}" for issue in issues]
            draft.reject(RowErrors(remaining[[issue.row - 1 for issue in issues]], reasons))
            # Rejecting a row can only invalidate links to it.
            if not issues or not {"conflicts_with", "same_as"} & set(draft.columns):
                return


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


def _frequent(counts: Counter[str]) -> list[tuple[str, int]]:
    """Return texts and their counts, most frequent first."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
