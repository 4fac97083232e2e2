"""Read files of records into incident frames; one module per format."""

from pathlib import Path

import geopandas as gpd

from geo.errors import DataError
from geo.paths import is_folder, regular_file
from geo.readers.exported import read_exported_csv, read_exported_geopackage
from geo.readers.geojson import read_geojson
from geo.readers.parquet import read_parquet
from geo.readers.sources import read_sources
from geo.resources import data_path

__all__ = ["read_incidents", "read_sources"]

_READERS = {
    ".geojson": read_geojson,
    ".json": read_geojson,
    ".parquet": read_parquet,
    ".csv": read_exported_csv,
    ".gpkg": read_exported_geopackage,
}


def read_incidents(path: str | Path | None = None, *, own_columns: bool = True) -> gpd.GeoDataFrame:
    """Read a file of incident, stronghold and statistic records.

    Parameters
    ----------
    path : str or Path, optional
        A GeoJSON FeatureCollection (``.geojson``, ``.json``), GeoParquet (``.parquet``), a folder of GeoParquet
        files, or a ``.csv`` or ``.gpkg`` written by ``geo export``; the shipped records by default. ``geo import``
        converts event tables of other projects to these formats.

    Returns
    -------
    GeoDataFrame, shape (n,)
        One row per record, in file order and in EPSG:4326, indexed by id: the columns of ``geo.model.COLUMNS``, then
        any other columns of the file. ``attrs["path"]`` is the path of the file. Values that violate the schema are
        kept unchanged; ``geo.validate`` lists them.

    Raises
    ------
    MissingFileError
        If the file does not exist.
    DataError
        If the file is not a table of records.
    CRSError
        If the file states a coordinate reference system other than WGS 84 longitude and latitude.
    """
    path = data_path("incidents.geojson") if path is None else Path(path)
    folder = is_folder(path)
    reader = read_parquet if folder else _READERS.get(path.suffix.lower())
    if reader is None:
        raise DataError(f"{path}: records are read from {', '.join(_READERS)}; convert other tables with geo import")
    if not folder:
        regular_file(path, "no such file; give the path of a file of records")
    return reader(path, own_columns=own_columns)
