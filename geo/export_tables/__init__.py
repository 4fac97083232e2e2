"""Export records to files for spreadsheets, GIS and statistics, each with a dictionary of its columns."""

from collections.abc import Sequence
from pathlib import Path

from geopandas import GeoDataFrame

from geo.errors import UsageError
from geo.export_tables.dictionary import dictionary, write_dictionary
from geo.export_tables.flat import as_csv, as_geojson, columns_of
from geo.importing.write_records import write_records
from geo.stats.dataset import Dataset
from geo.stats.periods import check_years
from geo.write import atomic_path, write_text

__all__ = ["SUFFIXES", "check_suffix", "dictionary", "export_records"]

SUFFIXES = (".csv", ".geojson", ".gpkg", ".kml", ".parquet")


def check_suffix(path: str | Path, *, hxl: bool = False) -> None:
    """Raise UsageError unless records can be exported to a file of that suffix, with HXL tags if wanted."""
    suffix = Path(path).suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError(f"{path}: records are exported to {', '.join(SUFFIXES)}, chosen by the suffix")
    if hxl and suffix != ".csv":
        raise UsageError(f"{path}: HXL hashtags can only be written to a .csv; write one, or leave the tags out")


def export_records(
    located: GeoDataFrame | Dataset,
    provinces: GeoDataFrame | None,
    path: str | Path,
    *,
    years: Sequence[int] | None = None,
    hxl: bool = False,
) -> list[Path]:
    """Write records, and a dictionary of their columns.

    Parameters
    ----------
    located : GeoDataFrame, shape (n,)
        Records as ``geo.geocode`` returns them, EPSG:4326.
    provinces : GeoDataFrame, shape (m,)
        Provinces of every vintage, EPSG:4326.
    path : path
        ``.csv``; ``.geojson`` (RFC 7946); ``.parquet`` (GeoParquet); ``.gpkg`` with the layers ``incidents``,
        ``strongholds``, ``provinces`` and ``statistics`` and with styles that QGIS applies; or ``.kml``.
    years : (first, last), both included, optional
        Period; all records without it.
    hxl : bool, default False
        Put HXL hashtags under the header of a CSV.

    Returns
    -------
    list of Path
        The file, and the dictionary of its columns beside it: ``NAME.columns.csv``.

    Raises
    ------
    UsageError
        If the suffix is not one of these, ``hxl`` is set for another format than CSV, or ``years`` is not a valid
        period.
    OutputError
        If a file cannot be written.
    """
    target = Path(path)
    check_suffix(target, hxl=hxl)
    dataset = Dataset.of(located, provinces)
    period = check_years(years)
    records = dataset.during(period).records
    columns = columns_of(records)
    match target.suffix.lower():
        case ".csv":
            write_text(target, as_csv(records, hxl=hxl))
        case ".geojson":
            write_text(target, as_geojson(records))
        case ".parquet":
            write_records(records[[*columns, records.geometry.name]], target, for_gis=True)
        case ".kml":
            from geo.export_tables.kml import as_kml

            write_text(target, as_kml(dataset, period))
        case _:
            from geo.export_tables.geopackage import write_geopackage

            with atomic_path(target) as part:
                write_geopackage(part, dataset, period)
    return [target, write_dictionary(target, columns)]
