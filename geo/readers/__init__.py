"""Files -> incident frames: one module a format."""

from pathlib import Path

import geopandas as gpd

from geo.errors import DataError
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
        files, or a ``.csv`` or ``.gpkg`` as ``geo export`` writes them; the shipped records by default. Event tables of
        other projects are turned into such files by ``geo import``.

    Returns
    -------
    GeoDataFrame, shape (n,)
        One row a record, in file order and in EPSG:4326, indexed by id: the columns of ``geo.model.COLUMNS``, then the
        file's own. ``attrs["path"]`` names the file. Values that break the schema are kept as they are;
        ``geo.validate`` lists them.

    Raises
    ------
    MissingFileError
        If there is no such file.
    DataError
        If the file is not a table of records at all.
    CRSError
        If the file says that its coordinates are not WGS 84 longitude and latitude.
    """
    path = data_path("incidents.geojson") if path is None else Path(path)
    reader = read_parquet if path.is_dir() else _READERS.get(path.suffix.lower())
    if reader is None:
        raise DataError(
            f"{path}: records are read from {', '.join(_READERS)}; turn other tables into one with geo import"
        )
    return reader(path, own_columns=own_columns)
