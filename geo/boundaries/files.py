"""Open a file of polygons of any format that GDAL reads, and choose its layer."""

import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import geopandas as gpd
import pandas as pd
import pyogrio
import pyogrio.errors
from geopandas import GeoDataFrame

from geo.boundaries.layouts import recognise
from geo.errors import DataError, UsageError
from geo.paths import is_folder, reading, regular_file

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


def read_file(path: Path, layer: str | None = None, level: int | None = None) -> tuple[GeoDataFrame, list[str]]:
    """Read one layer of a file.

    Parameters
    ----------
    path : Path
        GeoParquet, or any vector format of GDAL, also within a zip archive.
    layer : str, optional
        Name of the layer; in an archive, of the file in it.
    level : {1, 2}, optional
        Where there are several layers of areas, that of this level is read; by default that of provinces.

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
    if not is_folder(path):  # a geodatabase is one
        regular_file(path, "no such file; give the path of a file of polygons, such as mali.geojson")
    notes: list[str] = []
    with reading(path, "cannot be read as a file of polygons"):
        frame = gpd.read_parquet(path) if path.suffix.lower() == ".parquet" else _read_layer(path, layer, level, notes)
    if not isinstance(frame, GeoDataFrame):
        raise DataError(f"{path}: is a table without geometry; give the file that holds the outlines")
    if frame.empty:
        raise DataError(f"{path}: holds no features")
    frame.columns = [str(name) for name in frame.columns]
    frame = frame.rename_geometry("geometry") if frame.geometry.name != "geometry" else frame
    frame.index = range(1, len(frame) + 1)
    return frame, notes


def _read_layer(path: Path, wanted: str | None, level: int | None, notes: list[str]) -> GeoDataFrame:
    layers = _layers(path)
    chosen = _named(path, layers, wanted) if wanted is not None else _choose(path, layers, level)
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
    layers, failures = [], []
    for dataset in datasets:
        try:
            layers += [_Layer(dataset, str(name), shape) for name, shape in pyogrio.list_layers(dataset)]
        except pyogrio.errors.DataSourceError as error:  # an archive may also hold other JSON
            failures.append(error)
    if not layers and failures:
        raise failures[0]
    return layers


def _named(path: Path, layers: list[_Layer], wanted: str) -> _Layer:
    named = [layer for layer in layers if wanted in (layer.title, layer.name)]
    if len(named) != 1:
        titles = ", ".join(layer.title for layer in layers)
        raise UsageError(f"--layer {wanted}: {path} has {len(named) or 'no'} layers of that name; it has {titles}")
    return named[0]


def _choose(path: Path, layers: list[_Layer], level: int | None) -> _Layer:
    """Return the layer of areas that are provinces by its columns, else of areas of another level."""
    areas = [layer for layer in layers if layer.shape and ("Polygon" in layer.shape or layer.shape == "Unknown")]
    areas = areas or layers
    if len(areas) > 1:
        levels = [_level(layer) for layer in areas]
        of_level = [
            [layer for layer, found in zip(areas, levels, strict=True) if found == number] for number in (level or 1, 2)
        ]
        areas = next(filter(None, of_level), areas)
    # Archives of geoBoundaries hold the same units in several formats, and once more simplified.
    full = [layer for layer in areas if "simplified" not in layer.title.lower()] or areas
    if len({PurePosixPath(layer.title).stem for layer in full}) == 1:
        return full[0]
    titles = ", ".join(layer.title for layer in areas)
    raise DataError(f"{path}: has several layers of areas; choose one with --layer: {titles}")


def _level(layer: _Layer) -> int | None:
    """Return the level that the columns of a layer speak of; None if they are of no known layout."""
    names = pyogrio.read_info(layer.dataset, layer=layer.name)["fields"]
    try:
        return recognise(pd.DataFrame(columns=[str(name) for name in names])).level
    except DataError:
        return None
