"""Records of imported rows: the columns of the schema, and the table's own columns beside them."""

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geo.columns import as_text, null_text
from geo.importing.draft import Draft
from geo.importing.placement import Placing
from geo.model import COLUMNS, SIDE_COLUMNS, Kind, Status
from geo.readers.frame import UNREADABLE, incident_frame

#: Keys of data/datasets.csv, by format.
DATASETS = {"ucdp": "ucdp-ged", "acled": "acled", "gtd": "gtd", "table": "own-table"}
_PLACE_COLUMNS = ("geo_precision", "country_code", "admin1_code", "admin1_name", "admin2_name")
#: Columns that become the property of the same name as they are, so that they need not be kept a second time.
_AS_IS = {
    "acled": frozenset({"sub_event_type", "actor1", "actor2"}),
    "ucdp": frozenset(SIDE_COLUMNS),
    "table": frozenset(COLUMNS) - {"date_start", "date_end", "date_precision", "sources", *_PLACE_COLUMNS},
}
#: Names that the table's own columns cannot keep.
_RESERVED = {*COLUMNS, "geometry", UNREADABLE, "match", "match_score", "match_note"}


def record_frame(draft: Draft, chosen: str, placing: Placing, path: str) -> gpd.GeoDataFrame:
    """Return the records of a draft.

    Parameters
    ----------
    draft : Draft, of n rows
    chosen : str
        Format of the table: ``ucdp``, ``acled``, ``gtd`` or ``table``.
    placing : Placing, of n rows
    path : str
        Name of the records' file, for messages.

    Returns
    -------
    GeoDataFrame, shape (n,)
        The columns of `geo.model.COLUMNS` and those of the table, with a prefix where a name is taken.
    """
    n = len(draft.frame)
    # One list shared by all rows: at a million rows, a list for each would take more memory than the records.
    cited = [{"source": DATASETS[chosen], "paragraph": None}]
    columns: dict[str, Any] = {
        "kind": _repeated(str(Kind.INCIDENT), n),
        "status": _repeated(str(Status.STATED), n),
        "sources": [cited] * n,
    }
    columns |= draft.columns | placing.columns
    own = draft.text("note") if "note" in draft.columns else null_text(draft.frame.index)
    columns["note"] = _notes(own, placing.columns["note"], pd.Series(draft.remarks))
    columns["title"] = _titles(columns, n)
    columns = {name: getattr(values, "array", values) for name, values in columns.items()}
    frame = incident_frame(columns, placing.geometry, path=path)
    for name, column in own_columns(draft, chosen).items():
        values = draft.frame[column]
        # Cells of a workbook are of any type, and of another one in the next block.
        frame[name] = (as_text(values) if values.dtype == object else values).array
    return frame


def own_columns(draft: Draft, chosen: str) -> dict[str, Any]:
    """Return the columns of the table that are kept beside the records, by the name that each gets."""
    as_is = _AS_IS.get(chosen, frozenset())
    kept = [str(name) for name in draft.frame.columns]
    kept = [name for name in kept if not (name in as_is and draft.names.get(name) == name)]
    prefix = "original" if chosen == "table" else chosen
    names = {}
    for column in draft.frame.columns:
        name = own = str(column)
        if own not in kept:
            continue
        while name in _RESERVED or (name != own and name in kept):
            name = f"{prefix}_{name}"
        names[name] = column
    return names


def _titles(columns: Mapping[str, Any], n: int) -> Any:
    """Return titles; where the table has none, compose them of event type, actors and place."""
    what, sub, first, second, place, given = (
        pa.array(as_text(pd.Series(columns[name])).array, pa.large_string())
        if name in columns
        else pa.nulls(n, pa.large_string())
        for name in ("event_type", "sub_event_type", "actor1", "actor2", "place", "title")
    )
    head = pc.fill_null(pc.coalesce(what, sub), "Incident")
    composed = _joined(_joined(head, _joined(first, second, " – "), ": "), place, ", ")
    return pd.array(pc.coalesce(given, composed), dtype="string")


def _notes(*parts: pd.Series) -> Any:
    """Return notes: the table's own, then what import adds."""
    notes = pa.nulls(len(parts[0]), pa.large_string())
    for part in parts:
        notes = _joined(notes, pa.array(part.astype("string").array, pa.large_string()), "; ")
    return pd.array(notes, dtype="string")


def _joined(first: Any, second: Any, between: str) -> Any:
    # Not null_handling="skip": it gives too few rows where both are null.
    joined = pc.binary_join_element_wise(first, second, pa.scalar(between, pa.large_string()))
    return pc.coalesce(joined, first, second)


def _repeated(word: str, n: int) -> Any:
    return pd.array([word], dtype="string").take(np.zeros(n, dtype=int))
