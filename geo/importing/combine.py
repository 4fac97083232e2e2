"""Combine the records of several blocks or tables, whose own columns may differ."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.columns import as_text, null_text
from geo.importing.draft import Draft
from geo.importing.record_frame import own_columns
from geo.importing.source_tables import SourceTable
from geo.model import DTYPES
from geo.readers.frame import incident_frame, typed


def own_names(tables: Sequence[SourceTable]) -> list[str]:
    """Return the names under which records keep the columns of the tables."""
    names: dict[str, None] = {}
    for source in tables:
        draft = Draft(pd.DataFrame(columns=source.table.columns, dtype=object))
        draft.names = source.column_of or draft.names
        names |= dict.fromkeys(own_columns(draft, source.format))
    return list(names)


def align(records: gpd.GeoDataFrame, names: Sequence[str]) -> gpd.GeoDataFrame:
    """Return records with these columns of the tables, as text: the same for all tables."""
    own = {
        name: (_as_words(records[name]) if name in records.columns else null_text(records.index)).array
        for name in names
    }
    rest = records.drop(columns=[name for name in names if name in records.columns])
    aligned: gpd.GeoDataFrame = rest.assign(**own)
    aligned.attrs = records.attrs
    return aligned


def _as_words(values: pd.Series) -> pd.Series:
    return values.astype("string") if pd.api.types.is_string_dtype(values.dtype) else as_text(values)


def concat_records(parts: Sequence[gpd.GeoDataFrame], path: str) -> gpd.GeoDataFrame:
    """Return parts of records as one frame, with the dtypes of the schema."""
    filled = [part for part in parts if len(part)] or list(parts[:1])
    if not filled:
        return incident_frame({}, np.empty(0, dtype=object), path=path)
    whole = filled[0] if len(filled) == 1 else pd.concat(filled)
    odd = {
        name: typed(whole[name].tolist(), dtype) for name, dtype in DTYPES.items() if str(whole[name].dtype) != dtype
    }
    whole = whole.assign(**{name: getattr(values, "array", values) for name, values in odd.items()})
    whole = whole[[*(name for name in whole.columns if name != "geometry"), "geometry"]]
    whole.index = pd.Index(whole["id"].to_numpy(dtype=object), dtype=object)
    whole.attrs["path"] = path
    return whole


def concat_rows(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return parts of the rejected rows as one frame."""
    filled = [part for part in parts if len(part)] or list(parts[:1]) or [pd.DataFrame()]
    return pd.concat(filled, ignore_index=True)
