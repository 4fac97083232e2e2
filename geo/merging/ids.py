"""Ids that are unique across the sources: one that an earlier source has gets the name of its own source."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from geo.errors import DataError


def unique_ids(named: Mapping[str, pd.DataFrame]) -> list[Any]:
    """Return the ids of the records of each source, unique across all of them.

    Raises
    ------
    DataError
        If a source has an id twice, or a record without one.
    """
    taken = pd.Index([], dtype=object)
    found = []
    for name, frame in named.items():
        ids = pd.Index(frame["id"].to_numpy(object) if "id" in frame else np.full(len(frame), None, object))
        if ids.isna().any():
            raise DataError(f"{name}: {int(ids.isna().sum()):,} records have no id; give each one of its own")
        if ids.has_duplicates:
            twice = ids[ids.duplicated()]
            raise DataError(
                f"{name}: {len(twice):,} ids are there twice, such as {twice[0]!r}; give each record its own"
            )
        repeated = ids.isin(taken)
        if repeated.any():
            ids = pd.Index(_renamed(ids.to_numpy(object, copy=True), repeated, name, {*taken, *ids}), dtype=object)
        taken = taken.append(ids)
        found.append(ids.to_numpy(object))
    return found


def _renamed(ids: Any, repeated: Any, name: str, taken: set[str]) -> Any:
    for row in np.flatnonzero(repeated):
        new = f"{name}:{ids[row]}"
        while new in taken:
            new += "'"
        taken.add(new)
        ids[row] = new
    return ids
