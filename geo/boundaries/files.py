"""Open a file of polygons of any format that GDAL reads, and choose its layer."""

import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import geopandas as gpd
import pyarrow as pa
import pyogrio
import pyogrio.errors
from geopandas import GeoDataFrame

from geo.errors import DataError, MissingFileError, UsageError

#: Files in a zip archive that are layers of their own.
_MEMBERS = (".shp", ".gpkg", ".geojson", ".json", ".topojson", ".fgb", ".gml", ".kml")


@dataclass(frozen=True)
class _Layer:
    """A layer of a file; ``dataset`` is the path that GDAL opens."""

    dataset: str
    name: str
    shape: str | None

    @property
    def title(self) -> str:
        """Name of the layer, or of the member of an archive whose only layer it is."""
        return PurePosixPath(self.dataset).name if self.dataset.startswith("/vsizip/") else self.name


def read_file(path: Path, layer: str | None = None) -> tuple[GeoDataFrame, list[str]]:
    """Read one layer of a file.

    Parameters
    ----------
    path : Path
        GeoParquet, or any vector format of GDAL, also within a zip archive.
    layer : str, optional
        Name of the layer; in an archive, of the file in it. Without it, the only layer of areas.

    Returns
    -------
    frame : GeoDataFrame
        Rows numbered from 1.
    notes : list of str
        Which layer was read, where there are several.

    Raises
    ------
    MissingFileError
        If there is no such file.
    DataError
        If it cannot be read, or holds several layers between which nothing decides.
    UsageError
        If there is no such layer.
    """
    if not path.exists():
        raise MissingFileError(f"{path}: no such file; give the path of a file of polygons, such as mali.geojson")
    notes: list[str] = []
    try:
        frame = gpd.read_parquet(path) if path.suffix.lower() == ".parquet" else _read_layer(path, layer, notes)
    except (pyogrio.errors.DataSourceError, pa.ArrowException, zipfile.BadZipFile, OSError, ValueError, KeyError) as e:
        if isinstance(e, DataError | UsageError):
            raise
        raise DataError(f"{path}: cannot be read as a file of polygons: {' '.join(str(e).split())[:300]}") from e
    if not isinstance(frame, GeoDataFrame):
        raise DataError(f"{path}: is a table without geometry; give the file that holds the outlines")
    if frame.empty:
        raise DataError(f"{path}: holds no features")
    frame.columns = [str(name) for name in frame.columns]
    frame = frame.rename_geometry("geometry") if frame.geometry.name != "geometry" else frame
    frame.index = range(1, len(frame) + 1)
    return frame, notes


def _read_layer(path: Path, wanted: str | None, notes: list[str]) -> GeoDataFrame:
    layers = _layers(path)
    chosen = _choose(path, layers, wanted)
    if others := [layer.title for layer in layers if layer is not chosen]:
        notes.append(f"layer {chosen.title}; not read: {', '.join(others)}")
    return gpd.read_file(chosen.dataset, layer=chosen.name, use_arrow=False)


def _layers(path: Path) -> list[_Layer]:
    datasets = [str(path)]
    if zipfile.is_zipfile(path) and path.suffix.lower() == ".zip" and not path.stem.lower().endswith(".gdb"):
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.lower().endswith(_MEMBERS)]
        names = [name for name in names if not name.startswith("__MACOSX/") and "metadata" not in name.lower()]
        # GDAL opens a geodatabase in an archive as a whole.
        datasets = [f"/vsizip/{path}/{name}" for name in sorted(names)] or datasets
    return [_Layer(dataset, str(name), shape) for dataset in datasets for name, shape in pyogrio.list_layers(dataset)]


def _choose(path: Path, layers: list[_Layer], wanted: str | None) -> _Layer:
    titles = ", ".join(layer.title for layer in layers)
    if wanted is not None:
        named = [layer for layer in layers if wanted in (layer.title, layer.name)]
        if len(named) != 1:
            raise UsageError(f"--layer {wanted}: {path} has {len(named) or 'no'} layers of that name; it has {titles}")
        return named[0]
    areas = [layer for layer in layers if layer.shape is None or "Polygon" in layer.shape or layer.shape == "Unknown"]
    areas = [layer for layer in areas if layer.shape is not None] or layers
    # Archives of geoBoundaries hold the same units several times, once simplified.
    full = [layer for layer in areas if "simplified" not in layer.title.lower()] or areas
    first = [layer for layer in full if PurePosixPath(layer.title).stem == PurePosixPath(full[0].title).stem]
    if len(first) == len(full):
        return full[0]
    raise DataError(f"{path}: has several layers of areas; choose one with --layer: {titles}")
