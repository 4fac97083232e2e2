"""``geo import``: convert event tables, of other projects or your own, to records."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo.admin.crs import require_wgs84
from geo.errors import UsageError
from geo.gazetteer.resolve import check_min_score
from geo.importing.combine import align, concat_records, concat_rows, own_names
from geo.importing.conversion import Conversion, frequent
from geo.importing.polygons import Polygons
from geo.importing.rejected import rejected_columns, rejected_rows, rejected_writer
from geo.importing.report import ImportReport
from geo.importing.source_tables import SourceTable, as_paths, open_tables
from geo.importing.write_records import check_suffix, record_writer
from geo.readers.prefetch import prefetch
from geo.write import check_target


@dataclass(frozen=True)
class ImportedTable:
    """Records made from event tables, and the rows of which none could be made.

    Attributes
    ----------
    records : GeoDataFrame, shape (n,)
        As ``geo.read_incidents`` returns them: the columns of a record, then those of the tables.
    report : ImportReport
        Counts, notes and reasons; ``report.lines()`` is what ``geo import`` prints.
    rejected : DataFrame, shape (k,)
        ``rejected_row``, ``rejected_because``, the cells of the row, and ``rejected_text`` where a row does not match
        the columns; with several tables also ``rejected_file``.
    """

    records: gpd.GeoDataFrame
    report: ImportReport
    rejected: pd.DataFrame


def import_table(
    path: str | Path | Iterable[str | Path],
    *,
    format: str = "auto",  # noqa: A002 (the name of the command's option)
    mapping: Mapping[str, str] | None = None,
    date_format: str | None = None,
    provinces: gpd.GeoDataFrame | None = None,
    min_score: float = 0.0,
) -> ImportedTable:
    """Convert event tables to records, without writing a file.

    Parameters
    ----------
    path : str or Path, or several
        Tables of ACLED, UCDP GED, GTD or your own, in any file type that ``geo import`` reads. Ids are unique across
        the tables: a row whose id an earlier one has is rejected.
    format : str, default "auto"
        ``ucdp``, ``acled``, ``gtd``, ``table``, or ``auto`` to detect the format of each table from its columns.
    mapping : mapping of str to str, optional
        Field by column, such as ``{"where": "place"}``, for tables of your own.
    date_format : str, optional
        ``dmy``, ``mdy``, ``ymd`` or a strptime format, for dates that can be read in several ways.
    provinces : GeoDataFrame, optional
        Province polygons of every vintage, as ``geo.read_provinces`` returns them; by default those
        of the countries that the tables name or their points lie in.
    min_score : float, default 0
        Provinces that a name gives with a lower ``match_score`` are left open, unless a point lies in them.

    Returns
    -------
    ImportedTable
        Every row of the tables is either a record or in ``rejected``.

    Raises
    ------
    MissingFileError, DataError
        If a file does not exist or is not a table.
    UsageError
        If an argument is invalid.
    CRSError
        If the provinces, or the points of a table, are in a CRS that is not known or allowed.
    """
    paths = as_paths(path)
    tables = open_tables(paths, format, mapping or {})
    kept: list[gpd.GeoDataFrame] = []
    rejected: list[pd.DataFrame] = []
    name = ", ".join(map(str, paths))
    conversions = _convert(tables, name, date_format, provinces, min_score, kept.append, rejected.append)
    return ImportedTable(concat_records(kept, name), _report(conversions, None, None), concat_rows(rejected))


def import_file(
    source: str | Path | Iterable[str | Path],
    target: str | Path,
    *,
    format: str = "auto",  # noqa: A002 (the name of the command's option)
    mapping: Mapping[str, str] | None = None,
    date_format: str | None = None,
    provinces: gpd.GeoDataFrame | None = None,
    min_score: float = 0.0,
    progress: Callable[[int], object] = lambda _: None,
) -> ImportReport:
    """Convert event tables to a file of records.

    Parameters
    ----------
    source : str or Path, or several
        Tables, as `import_table` takes them.
    target : str or Path
        ``.geojson`` or ``.parquet``; it is not written, and one that exists is left, if no row is kept. Rejected rows
        are written to ``NAME.rejected.csv`` in the same folder; that of an earlier import is replaced, or removed if
        no row is rejected.
    format, mapping, date_format, provinces, min_score
        As for `import_table`.
    progress : callable
        Called with the number of rows read so far, for a progress bar.

    Returns
    -------
    ImportReport

    Raises
    ------
    MissingFileError, DataError
        If a source does not exist or is not a table.
    UsageError
        If an argument is invalid.
    CRSError
        If the provinces are not in EPSG:4326.
    OutputError
        If the target cannot be written.
    """
    paths, target = as_paths(source), Path(target)
    check_suffix(target)
    rejected_path = target.with_name(f"{target.stem}.rejected.csv")
    _check_paths(paths, target, rejected_path)
    tables = open_tables(paths, format, mapping or {})
    with suppress(_NothingKeptError), record_writer(target) as write:
        with rejected_writer(rejected_path) as write_rejected:
            conversions = _convert(
                tables, str(target), date_format, provinces, min_score, write, write_rejected, progress
            )
        report = _report(conversions, target, rejected_path)
        if report.target is None:
            raise _NothingKeptError
    return report


class _NothingKeptError(Exception):
    """Leaves the target as it is."""


def _check_paths(sources: Sequence[Path], *targets: Path) -> None:
    """Raise unless the targets can be written and none of them is a source."""
    for target in targets:
        check_target(target)
        if any(source.exists() and source.resolve() == target.resolve() for source in sources):
            raise UsageError(f"{target}: is the source table; choose another name")


def _convert(
    tables: Sequence[SourceTable],
    path: str,
    date_format: str | None,
    provinces: gpd.GeoDataFrame | None,
    min_score: float,
    write: Callable[[gpd.GeoDataFrame], object],
    write_rejected: Callable[[pd.DataFrame], object],
    progress: Callable[[int], object] = lambda _: None,
) -> list[Conversion]:
    """Convert tables block by block, and hand each block's records and rejected rows on."""
    check_min_score(min_score)
    if provinces is not None:
        require_wgs84(provinces, "provinces")
    polygons = Polygons(provinces)
    columns = rejected_columns([source.table.columns for source in tables])
    own = own_names(tables) if len(tables) > 1 else None
    conversions: list[Conversion] = []
    for source in tables:
        done = sum(earlier.read for earlier in conversions)
        conversion = Conversion(source, date_format, polygons, tuple(conversions), min_score)
        conversions.append(conversion)
        for converted in prefetch(conversion.make_all(path)):
            records = conversion.valid_records(converted)
            write(records if own is None else align(records, own))
            write_rejected(rejected_rows(converted.block, converted.draft.problem, columns, source.name))
            progress(done + conversion.read)
            # Otherwise three blocks would be in memory while the next one is computed.
            del converted, records
    return conversions


def _report(conversions: Sequence[Conversion], target: Path | None, rejected_path: Path | None) -> ImportReport:
    files = [conversion.report() for conversion in conversions]
    formats = {file.format for file in files}
    kept, rejected = sum(file.kept for file in files), sum(file.rejected for file in files)
    several = len(files) > 1

    def total(name: str) -> list[tuple[str, int]]:
        return frequent(sum((getattr(conversion, name) for conversion in conversions), Counter[str]()))

    return ImportReport(
        format=formats.pop() if len(formats) == 1 else "several",
        read=kept + rejected,
        kept=kept,
        rejected=rejected,
        target=target if kept else None,
        rejected_path=rejected_path if rejected else None,
        notes=[f"{file.name}: {note}" if several else note for file in files for note in file.notes],
        reasons=total("reasons"),
        disagreements=total("disagreements"),
        unknown_countries=total("unknown_countries"),
        unplaced=total("unplaced"),
        files=files,
    )
