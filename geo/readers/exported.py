"""Read records back from CSV and GeoPackage files written by ``geo export``, possibly edited since."""

import csv
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyogrio
import shapely

from geo.cells import unguard
from geo.columns import iso_day
from geo.errors import DataError
from geo.model import COLUMNS, DATE_COLUMNS, DTYPES, LIST_COLUMNS, NEWER
from geo.paths import reading
from geo.readers.delimited import MAX_ROW
from geo.readers.frame import incident_frame
from geo.readers.geojson import check_file
from geo.readers.lists import from_text

#: Layers of an exported GeoPackage that contain records.
LAYERS = ("incidents", "strongholds", "statistics")
_POINT = ("longitude", "latitude")
#: Columns by which an export is recognised; exports of earlier versions lack the newer ones.
_NEEDED = frozenset({*COLUMNS, *_POINT} - set(NEWER))
_FLAGS = {"true": True, "false": False, "": False}


def read_exported_csv(path: Path, *, own_columns: bool = True) -> gpd.GeoDataFrame:
    """Read a CSV written by ``geo export``.

    Parameters
    ----------
    path : Path
        UTF-8, with or without a row of HXL hashtags.
    own_columns : bool, default True
        Whether to keep columns that are not in the schema, as text.

    Returns
    -------
    GeoDataFrame, shape (n,)
        As ``geo.readers.read_incidents`` describes. An empty cell is null, a quoted empty cell is empty text.

    Raises
    ------
    MissingFileError, DataError
        If the file does not exist, or is not a CSV written by ``geo export``.
    """
    check_file(path)
    with reading(path, "is not a UTF-8 csv table"):
        with path.open(encoding="utf-8-sig", newline="") as start:
            names = next(csv.reader(start), [])
        if not set(names) >= _NEEDED or len(set(names)) < len(names):
            raise DataError(f"{path}: is not a csv written by geo export; convert it with geo import")
        table = pa.csv.read_csv(
            path,
            # One block for the whole file, as a cell may be of any length.
            pa.csv.ReadOptions(block_size=max(path.stat().st_size, MAX_ROW) + 1),
            pa.csv.ParseOptions(newlines_in_values=True),
            pa.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
            ),
        )
    columns = {name: table[name].to_pylist() for name in names}
    if columns["id"] and all(values[0] is None or values[0].startswith("#") for values in columns.values()):
        columns = {name: values[1:] for name, values in columns.items()}
    columns = {unguard(name): [value and unguard(value) for value in values] for name, values in columns.items()}
    return _frame(columns, path, own_columns, _READ)


def read_exported_geopackage(path: Path, *, own_columns: bool = True) -> gpd.GeoDataFrame:
    """Read the incidents, strongholds and statistics layers of a GeoPackage written by ``geo export``.

    Parameters
    ----------
    path : Path
    own_columns : bool, default True
        Whether to keep columns that are not in the schema.

    Returns
    -------
    GeoDataFrame, shape (n,)
        As ``geo.readers.read_incidents`` describes, in the order of the layers.

    Raises
    ------
    MissingFileError, DataError
        If the file does not exist, or is not a GeoPackage written by ``geo export``.
    """
    check_file(path)
    with reading(path, "is not a GeoPackage"):
        layers = [
            pyogrio.read_arrow(path, layer=name, read_geometry=False)[1]
            for name, _ in pyogrio.list_layers(path)
            if name in LAYERS
        ]
    names = list(dict.fromkeys(name for layer in layers for name in layer.column_names))
    if not set(names) >= _NEEDED:
        raise DataError(f"{path}: is not a GeoPackage written by geo export; convert it with geo import")
    with reading(path, "is not a GeoPackage"):  # text may be no UTF-8
        columns = {
            name: [
                value
                for layer in layers
                for value in (layer[name].to_pylist() if name in layer.column_names else [None] * len(layer))
            ]
            for name in names
        }
    read = {name: _READ[name] for name in LIST_COLUMNS} | dict.fromkeys(DATE_COLUMNS, iso_day)
    return _frame(columns, path, own_columns, read)


def _frame(
    columns: Mapping[str, list[Any]], path: Path, own: bool, read: Mapping[str, Callable[[Any], Any]]
) -> gpd.GeoDataFrame:
    lonlat = np.array([[_number(value) for value in columns[name]] for name in _POINT], dtype=object)
    unreadable: list[Any] = [None] * lonlat.shape[1]
    geometry = np.full(lonlat.shape[1], None, dtype=object)
    whole = np.array([all(isinstance(value, float) for value in pair) for pair in lonlat.T], dtype=bool)
    geometry[whole] = shapely.points(lonlat[:, whole].astype(float).T)
    for row in np.flatnonzero(~whole & (lonlat != None).any(axis=0)).tolist():  # noqa: E711  elementwise
        unreadable[row] = ("geometry", list(lonlat[:, row]), "a longitude and a latitude in degrees, or neither")
    values = {
        name: [read[name](value) for value in cells] if name in read else cells
        for name, cells in columns.items()
        if name not in _POINT and (own or name in COLUMNS)
    }
    return incident_frame(values, geometry, path=str(path), unreadable=unreadable)


def _number(text: Any) -> Any:
    """Parse a number; any other text is returned unchanged, for ``geo.validate`` to report."""
    try:
        return None if text is None else float(text)
    except ValueError:
        return text


def _whole(text: Any) -> Any:
    try:
        return None if text is None else int(text)
    except ValueError:
        return _number(text)


def _flag(text: Any) -> Any:
    return _FLAGS.get((text or "").strip().lower(), text)


def _reader(name: str, dtype: str) -> Callable[[Any], Any]:
    if dtype == "object":
        return lambda text: from_text(text, sources=name == "sources")
    return {"Int64": _whole, "Float64": _number, "bool": _flag}.get(dtype, lambda text: text)


_READ = {name: _reader(name, dtype) for name, dtype in DTYPES.items()} | {"match_score": _number}
