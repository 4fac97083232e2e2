"""``geo import``: event tables of other projects, or your own, -> records that every other step takes."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geo.admin.provinces import read_provinces
from geo.columns import Problems, sure, text
from geo.errors import UsageError
from geo.importing.acled import read_acled
from geo.importing.detect import NAMES, detect_format
from geo.importing.draft import Draft
from geo.importing.gtd import read_gtd
from geo.importing.own_table import fields, read_own_table
from geo.importing.placement import Placing, place
from geo.importing.rejected import rejected_writer
from geo.importing.report import ImportReport
from geo.importing.ucdp import read_ucdp
from geo.importing.write_records import check_suffix, record_writer
from geo.model import COLUMNS, Kind, Status
from geo.readers.blocks import Block, together
from geo.readers.frame import UNREADABLE, incident_frame
from geo.readers.prefetch import prefetch
from geo.readers.table import read_table
from geo.rules.validate import validate
from geo.write import check_target

#: Keys of data/datasets.csv.
_SOURCES = {"ucdp": "ucdp-ged", "acled": "acled", "gtd": "gtd", "table": "own-table"}
_VALUE = re.compile(r"^([\w, ]+?) = .*?: ", re.DOTALL)
_READERS = {"ucdp": read_ucdp, "acled": read_acled, "gtd": read_gtd}
_PLACE_COLUMNS = ("geo_precision", "country_code", "admin1_code", "admin1_name", "admin2_name")
#: Columns that become the property of the same name as they are, so that they need not be kept a second time.
_AS_IS = {
    "acled": frozenset({"sub_event_type", "actor1", "actor2"}),
    "table": frozenset(COLUMNS) - {"date_start", "date_end", "date_precision", "sources", *_PLACE_COLUMNS},
}
#: Runs of good rows that are put together from slices; many more take as long as picking the rows one by one.
_RUNS = 100
_RESERVED = {*COLUMNS, "geometry", UNREADABLE, "match", "match_score", "match_note"}


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
    """Turn an event table into a file of records.

    Parameters
    ----------
    source : str or Path
        ``.csv``, ``.tsv``, ``.txt``, ``.xlsx``, ``.parquet``, ``.geojson``, ``.json`` or ``.gpkg``.
    target : str or Path
        ``.geojson`` or ``.parquet``. Rows that cannot become records go to ``NAME.rejected.csv`` beside it; such a
        file of an earlier import is replaced, or removed when there are none.
    format : str, default "auto"
        ``ucdp``, ``acled``, ``gtd``, ``table``, or ``auto`` to tell by the columns.
    mapping : mapping of str to str, optional
        Field by column, for ``table``; see ``geo.readers.own_table.FIELDS``.
    date_format : str, optional
        ``dmy``, ``mdy``, ``ymd`` or a strptime format; dates that could mean two days are rejected without it.
    provinces : GeoDataFrame, optional
        Province polygons, every vintage; the shipped ones by default.
    progress : callable
        Told how many rows have been read so far, for a progress bar.

    Returns
    -------
    ImportReport

    Raises
    ------
    MissingFileError, DataError
        If the source does not exist or is no table.
    UsageError
        If an argument is outside what is allowed.
    OutputError
        If the target cannot be written.
    """
    source, target = Path(source), Path(target)
    check_suffix(target)
    rejected_path = target.with_name(f"{target.stem}.rejected.csv")
    for path in (target, rejected_path):
        check_target(path)
        if source.exists() and source.resolve() == path.resolve():
            raise UsageError(f"{path}: would replace the table that is read; choose another name")
    table = read_table(source)
    chosen = detect_format(table.columns, format)
    if mapping and chosen != "table":
        raise UsageError(f"{source}: is {NAMES[chosen]}, whose columns are known; --map goes with --format table")
    run = _Import(chosen, date_format, dict(mapping or {}), read_provinces() if provinces is None else provinces)
    blocks = table.blocks
    served = fields(table.columns, run.mapping) if chosen == "table" else {}
    if {"conflicts_with", "same_as"} & set(served):
        blocks = iter([together(blocks)])
    with record_writer(target) as write, rejected_writer(rejected_path) as write_rejected:
        for made in prefetch(run.made(block, str(target)) for block in blocks):
            write(run.checked(made))
            run.rejected += write_rejected(made.block, made.draft.problem)
            progress(run.read)
            # Else three blocks would be in memory while the next one is made.
            del made
    notes = [*table.notes, *(f"{count:,} {words}" for words, count in run.told.items() if count)]
    if served:
        notes.append("columns: " + ", ".join(f"{column} as {field}" for field, column in served.items()))
    return ImportReport(
        chosen, run.read, run.read - run.rejected, run.rejected, target, rejected_path if run.rejected else None, notes,
        _frequent(run.reasons), _frequent(run.disagreements), _frequent(run.unknown_countries), _frequent(run.unplaced),
    )  # fmt: skip


@dataclass(frozen=True)
class _Made:
    """A block of a table, and the n records made of its n rows."""

    block: Block
    draft: Draft
    placing: Placing
    frame: gpd.GeoDataFrame


class _Import:
    """One import: how blocks of rows become records, and what has happened so far."""

    def __init__(
        self, chosen: str, date_format: str | None, mapping: dict[str, str], provinces: gpd.GeoDataFrame
    ) -> None:
        self.format, self.date_format, self.mapping, self.provinces = chosen, date_format, mapping, provinces
        self.read = self.rejected = 0
        self.ids: set[str] = set()
        self.told: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.disagreements: Counter[str] = Counter()
        self.unknown_countries: Counter[str] = Counter()
        self.unplaced: Counter[str] = Counter()

    def made(self, block: Block, path: str) -> _Made:
        """Return the records of a block unchecked; nothing of the import is changed, so that a thread may do it."""
        draft = Draft(block.frame)
        if block.lonlat is not None:
            draft.lon, draft.lat = block.lonlat.T
        if self.format == "table":
            read_own_table(draft, self.date_format, self.mapping)
        else:
            _READERS[self.format](draft, self.date_format)
        _check_points(draft)
        placing = place(draft, self.provinces)
        return _Made(block, draft, placing, _frame(draft, self.format, placing, path))

    def checked(self, made: _Made) -> gpd.GeoDataFrame:
        """Return those records of a block that keep the rules; the draft says why the others do not."""
        block, draft, placing, frame = made.block, made.draft, made.placing, made.frame
        self._reject_repeated(draft)
        self._reject_faulty(draft, frame)
        good = np.array([reason is None for reason in draft.problem], dtype=bool)
        self.ids.update(frame["id"][good].tolist())
        self.read += len(good) + len(block.damaged)
        self.told.update(draft.told)
        self.reasons.update(_general(reason) for reason in [*draft.problem[~good], *(row[2] for row in block.damaged)])
        self.disagreements.update(placing.disagreement[good].dropna())
        self.unknown_countries.update(placing.unknown_country[good].dropna())
        self.unplaced.update(placing.unplaced[good].dropna())
        return _rows(frame, good)

    def _reject_repeated(self, draft: Draft) -> None:
        ids = pd.Series(draft.columns["id"])
        again = sure(ids.duplicated())
        words = ids.tolist()
        if not self.ids.isdisjoint(words):
            again = again | np.array([word in self.ids for word in words], dtype=bool)
        rows = np.flatnonzero(again & sure(ids.notna()))
        draft.reject(Problems(rows, [f"id = {word}: is that of an earlier row too" for word in ids.iloc[rows]]))

    def _reject_faulty(self, draft: Draft, frame: gpd.GeoDataFrame) -> None:
        """Reject rows that break a rule of the schema, until the rows that are left break none."""
        records = frame[[*COLUMNS, "geometry"]]
        while True:
            left = np.flatnonzero([reason is None for reason in draft.problem])
            some = records if len(left) == len(records) else records.iloc[left]
            issues = validate(some, provinces=self.provinces, sources=_SOURCES.values())
            reasons = [f"{issue.field} = {issue.value}: {issue.rule}" for issue in issues]
            draft.reject(Problems(left[[issue.row - 1 for issue in issues]], reasons))
            # Only links can break by the loss of another row.
            if not issues or not {"conflicts_with", "same_as"} & set(draft.columns):
                return


def _rows(frame: gpd.GeoDataFrame, good: Any) -> gpd.GeoDataFrame:
    """Return the rows of a frame at which ``good``, shape (n,), is true."""
    if good.all():
        return frame
    edges = np.flatnonzero(np.diff(good.astype(np.int8), prepend=0, append=0)).reshape(-1, 2)
    if len(edges) > _RUNS:
        return frame[good]
    # Few rows are rejected as a rule; what lies between them is put together without copying its text.
    runs = [frame.iloc[first:end] for first, end in edges.tolist()] or [frame.iloc[:0]]
    return runs[0] if len(runs) == 1 else pd.concat(runs).set_axis(frame.index[good])


def _check_points(draft: Draft) -> None:
    """Reject rows whose coordinates are no point on earth; 0, 0 is how tables fill a point that they do not know."""
    lon, lat = draft.lon.copy(), draft.lat.copy()
    draft.reject_where(np.isnan(lon) != np.isnan(lat), "longitude and latitude: one of them is missing")
    draft.reject_where(np.abs(lat) > 90, "latitude: is not within -90 to 90; are the two coordinates exchanged?")
    draft.reject_where(np.abs(lon) > 180, "longitude: is not within -180 to 180")
    empty = (lon == 0) & (lat == 0)
    if empty.any():
        draft.told["rows at 0, 0 read as rows without coordinates"] += int(empty.sum())
    gone = empty | np.isnan(lon) | np.isnan(lat) | (np.abs(lat) > 90) | (np.abs(lon) > 180)
    lon[gone], lat[gone] = np.nan, np.nan
    draft.lon, draft.lat = lon, lat


def _frame(draft: Draft, chosen: str, placing: Placing, path: str) -> gpd.GeoDataFrame:
    n = len(draft.frame)
    # One list for all rows: at a million rows, lists of their own would weigh more than the records.
    cited = [{"source": _SOURCES[chosen], "paragraph": None}]
    columns: dict[str, Any] = {
        "kind": _repeated(str(Kind.INCIDENT), n),
        "status": _repeated(str(Status.STATED), n),
        "sources": [cited] * n,
    }
    columns |= draft.columns | placing.columns
    if "note" in draft.columns:
        columns["note"] = pd.Series(draft.text("note").array).fillna(placing.columns["note"])
    columns["title"] = _titles(columns, n)
    columns = {name: getattr(values, "array", values) for name, values in columns.items()}
    frame = incident_frame(columns, placing.geometry, path=path)
    taken = {str(name) for name in draft.frame.columns}
    for name in taken & _AS_IS.get(chosen, frozenset()):
        if draft.names.get(name) == name:
            taken.remove(name)
    for column, values in draft.frame.items():
        name = key = str(column)
        if name not in taken:
            continue
        while key in _RESERVED or (key != name and key in taken):
            key = f"{'original' if chosen == 'table' else chosen}_{key}"
        # Cells of a workbook are of any type, and of another one in the next block.
        frame[key] = (text(values) if values.dtype == object else values).array
    return frame


def _titles(columns: Mapping[str, Any], n: int) -> Any:
    """Compose titles in words of our own, where the table has none: what, by and against whom, where."""
    what, sub, first, second, place, given = (
        pa.array(text(pd.Series(columns[name])).array, pa.large_string())
        if name in columns
        else pa.nulls(n, pa.large_string())
        for name in ("event_type", "sub_event_type", "actor1", "actor2", "place", "title")
    )
    head = pc.fill_null(pc.coalesce(what, sub), "Incident")
    composed = _joined(_joined(head, _joined(first, second, " – "), ": "), place, ", ")
    return pd.array(pc.coalesce(given, composed), dtype="string")


def _joined(first: Any, second: Any, between: str) -> Any:
    # Not null_handling="skip": it gives too few rows where both are null.
    joined = pc.binary_join_element_wise(first, second, pa.scalar(between, pa.large_string()))
    return pc.coalesce(joined, first, second)


def _general(reason: str) -> str:
    """Return a reason without the value of its row, so that reasons can be counted."""
    return _VALUE.sub(r"\1: ", reason)


def _frequent(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _repeated(word: str, n: int) -> Any:
    return pd.array([word], dtype="string").take(np.zeros(n, dtype=int))
