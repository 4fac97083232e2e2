"""Records -> the files that ``geo.read_incidents`` reads: GeoJSON and GeoParquet."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from tqdm import tqdm

from geo.errors import UsageError
from geo.model import LIST_COLUMNS
from geo.write import atomic_path

SUFFIXES = (".geojson", ".parquet")


def check_suffix(target: str | Path) -> None:
    """Raise UsageError unless records can be written to files of that suffix."""
    if Path(target).suffix.lower() not in SUFFIXES:
        raise UsageError(f"{target}: records are written to {' or '.join(SUFFIXES)}")


def write_records(records: gpd.GeoDataFrame, target: str | Path) -> None:
    """Write records to a file, whole or not at all.

    Parameters
    ----------
    records : GeoDataFrame, shape (n,)
        As ``geo.read_incidents`` returns them, in EPSG:4326.
    target : str or Path
        ``.geojson``, in which null properties are left out, or ``.parquet`` (GeoParquet), in which lists are JSON
        text.

    Raises
    ------
    UsageError
        If the suffix is another one.
    OutputError
        If the file cannot be written.
    """
    target = Path(target)
    check_suffix(target)
    with atomic_path(target) as part:
        if target.suffix.lower() == ".parquet":
            lists = {name: _json(records[name]) for name in LIST_COLUMNS if name in records.columns}
            records.assign(**lists).to_parquet(part, index=False, compression="zstd")
        else:
            with part.open("w", encoding="utf-8", newline="") as file:
                file.write('{"type":"FeatureCollection","features":[')
                separator = "\n"
                for feature in tqdm(features(records), "write records", len(records), unit=" records", delay=1):
                    file.write(separator + json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
                    separator = ",\n"
                file.write("\n]}\n")


def features(records: gpd.GeoDataFrame) -> Iterator[dict[str, Any]]:
    """Yield records as GeoJSON features (RFC 7946), without their null properties."""
    attributes = pd.DataFrame(records.drop(columns=records.geometry.name))
    names = list(attributes.columns)
    columns = [_plain(attributes[name]) for name in names]
    shapes = records.geometry.to_numpy()
    lon, lat = shapely.get_x(shapes), shapely.get_y(shapes)
    placed = ~shapely.is_missing(shapes)
    for row, values in enumerate(zip(*columns, strict=True)):
        yield {
            "type": "Feature",
            "properties": {name: value for name, value in zip(names, values, strict=True) if value is not None},
            "geometry": {"type": "Point", "coordinates": [float(lon[row]), float(lat[row])]} if placed[row] else None,
        }


def _plain(values: pd.Series) -> list[Any]:
    if values.dtype == object:
        return [_json_value(value) for value in values]
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        values = values.dt.strftime("%Y-%m-%dT%H:%M:%S")
    plain = values.to_numpy(dtype=object, copy=True)
    plain[values.isna().to_numpy()] = None
    return plain.tolist()


def _json_value(value: Any) -> Any:
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    return value if isinstance(value, str | int | float | bool | list | dict) else str(value)


def _json(values: pd.Series) -> Any:
    """Return lists as JSON text; rows that share a list object share its text."""
    keys = np.fromiter(map(id, values), dtype=np.int64, count=len(values))
    _, first, codes = np.unique(keys, return_index=True, return_inverse=True)
    texts = [json.dumps(values.iloc[row], ensure_ascii=False) for row in first]
    return pd.array([*texts, None], dtype="string").take(codes)
