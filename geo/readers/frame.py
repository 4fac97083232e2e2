"""Build the incident frame, which all other modules work on, from columns of values."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.model import COLUMNS, CRS, DERIVED, DTYPES

#: Column with ``(field, value, rule)`` or None per row; present only if some value of the file fits no column.
UNREADABLE = "unreadable"
_RESERVED = {"geometry", UNREADABLE}
_INT64 = range(-(2**63), 2**63)


def incident_frame(
    columns: Mapping[str, Any], geometry: Any, *, path: str, unreadable: Sequence[Any] | None = None
) -> gpd.GeoDataFrame:
    """Build an incident frame from the columns of a file.

    Parameters
    ----------
    columns : mapping of str to sequence, each of length n
        Values by property name. Missing properties of the schema become null; other properties are kept unchanged.
    geometry : array of shapely geometries or None, shape (n,)
        In EPSG:4326.
    path : str
        Path of the file, used in messages.
    unreadable : sequence of (field, value, rule) or None, shape (n,), optional
        Parts of a record that fit no column; ``geo.validate`` reports them.

    Returns
    -------
    GeoDataFrame, shape (n,)
        Columns of ``geo.model.COLUMNS`` first, then any others. A column whose values do not all fit its dtype keeps
        them unchanged as ``object``, so that ``geo.validate`` can report them.
    """
    n = len(geometry)
    data: dict[str, Any] = {}
    for name in COLUMNS:
        data[name] = typed(columns[name], DTYPES[name]) if name in columns else _absent(DTYPES[name], n)
    for name, values in columns.items():
        if name not in data and name not in DERIVED:
            # A property whose name is reserved for a column of this package is renamed.
            key = _encodable(f"property_{name}" if name in _RESERVED else name)
            data[key] = values if hasattr(values, "dtype") else _inferred(values)
    if unreadable is not None and any(item is not None for item in unreadable):
        data[UNREADABLE] = pd.Series(list(unreadable), dtype=object)
    index = pd.Index(np.asarray(data["id"], dtype=object), dtype=object)
    # Series keep their dtype; from plain arrays, DataFrame would infer one and turn None into NaN.
    plain = pd.DataFrame({name: pd.Series(values, copy=False) for name, values in data.items()}, copy=False)
    frame = gpd.GeoDataFrame(plain, geometry=np.asarray(geometry, dtype=object), crs=CRS)
    frame.index = index
    frame.attrs["path"] = path
    return frame


def typed(values: Any, dtype: str) -> Any:
    """Return values in a dtype of the schema, or as ``object`` if some do not fit it."""
    if str(getattr(values, "dtype", "")) == dtype != "object":
        return values
    given, values = values, list(values)
    kinds = set(map(type, values))
    if dtype == "object":
        return _lists(values)
    fits, fill = _FITS[dtype]
    if not kinds <= fits or (dtype != "string" and not _in_range(values, kinds, dtype)):
        return pd.Series(values, dtype=object)
    if dtype == "string" and isinstance(given, np.ndarray):
        # Categorical columns come as arrays with few distinct values.
        codes, found = pd.factorize(given)
        if len(found) * 4 < len(codes):
            return typed([*found, None], dtype).take(codes)
    if fill is not None and type(None) in kinds:
        values = [fill if value is None else value for value in values]
    try:
        return pd.array(values, dtype=cast("Any", dtype))
    except UnicodeEncodeError:  # a lone surrogate, which JSON can escape but UTF-8 cannot encode
        return pd.Series(values, dtype=object)


_NONE = type(None)
#: Python types accepted for each dtype, and the fill value for null where the dtype has none.
_FITS: dict[str, tuple[set[type], Any]] = {
    "string": ({str, _NONE}, None),
    "Int64": ({int, float, _NONE}, None),
    "Float64": ({int, float, _NONE}, None),
    "bool": ({bool, _NONE}, False),
}


def _in_range(values: list[Any], kinds: set[type], dtype: str) -> bool:
    if dtype == "bool":
        return True
    fits: Callable[[Any], bool]
    if dtype == "Int64":
        # Other tools write whole numbers as 12.0.
        def fits(value: Any) -> bool:
            return (isinstance(value, int) or value.is_integer()) and int(value) in _INT64
    else:

        def fits(value: Any) -> bool:
            return abs(value) < 1e300 if isinstance(value, int) else math.isfinite(value)

    if kinds <= {_NONE}:
        return True
    return all(fits(value) for value in values if value is not None)


def _lists(values: list[Any]) -> pd.Series:
    # All rows without links share one empty list: a million lists would take more memory than the records.
    empty: list[Any] = []
    return pd.Series([empty if value is None else value for value in values], dtype=object)


def _absent(dtype: str, n: int) -> Any:
    if dtype == "object":
        return _lists([None] * n)
    if dtype == "bool":
        return np.zeros(n, dtype=bool)
    return typed([None], dtype).take(np.zeros(n, dtype=int))


def _inferred(values: Any) -> pd.Series:
    series = pd.Series(list(values), dtype=object)
    try:
        return series.infer_objects()
    except (UnicodeEncodeError, OverflowError):
        return series


def _encodable(name: str) -> str:
    return name.encode("utf-8", "replace").decode("utf-8")
