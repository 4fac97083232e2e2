"""Write links into records: whom each is the same as, why, whose figures contradict, and where it is from."""

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.merging.links import SAME


def with_links(
    records: gpd.GeoDataFrame, pairs: pd.DataFrame, named: Mapping[str, gpd.GeoDataFrame]
) -> gpd.GeoDataFrame:
    """Return records with the links of the pairs that are the same event, in both directions.

    Parameters
    ----------
    records : GeoDataFrame, shape (n,)
        Of all sources, in order.
    pairs : DataFrame
        With ``row_a, row_b, score, conflict, band, reasons``.
    named : mapping of str to GeoDataFrame
        The records of each source, by its name.
    """
    same = pairs[(pairs["band"] == SAME).to_numpy(bool)]
    because = _by_row(len(records), same, [
        {"score": score, "reasons": why} for score, why in zip(same["score"].round(3), same["reasons"], strict=True)
    ])  # fmt: skip
    ids = records["id"].to_numpy(object)
    sources = np.repeat(np.array(list(named), dtype=object), [len(frame) for frame in named.values()])
    own = np.concatenate([frame["id"].to_numpy(object) for frame in named.values()])
    merged: gpd.GeoDataFrame = records.assign(
        same_as=_linked(records["same_as"], same, ids),
        conflicts_with=_linked(records["conflicts_with"], same[same["conflict"].to_numpy(bool)], ids),
        same_as_because=pd.Series(because, index=records.index, dtype=object),
        merged_from=pd.array(sources, dtype="string"),
        merged_from_id=pd.array(own, dtype="string"),
    )
    for row, links in enumerate(because):
        for link in links or ():
            link["id"] = ids[link.pop("row")]
        because[row] = links
    return merged[[name for name in merged.columns if name != "geometry"] + ["geometry"]]


def _by_row(n: int, same: pd.DataFrame, what: list[dict[str, Any]]) -> list[list[dict[str, Any]] | None]:
    found: list[list[dict[str, Any]] | None] = [None] * n
    for a, b, link in zip(same["row_a"].tolist(), same["row_b"].tolist(), what, strict=True):
        for own, other in ((a, b), (b, a)):
            links = found[own]
            entry = {"row": other, **link}
            if links is None:
                found[own] = [entry]
            else:
                links.append(entry)
    return found


def _linked(column: pd.Series, pairs: pd.DataFrame, ids: Any) -> pd.Series:
    """Return a column of lists of ids with those of linked records added; rows without links keep their list."""
    lists = column.to_numpy(object, copy=True)
    grown: set[int] = set()
    for a, b in zip(pairs["row_a"].tolist(), pairs["row_b"].tolist(), strict=True):
        for own, other in ((a, ids[b]), (b, ids[a])):
            if own not in grown:
                lists[own] = list(lists[own])
                grown.add(own)
            if other not in lists[own]:
                lists[own].append(other)
    return pd.Series(lists, index=column.index, dtype=object)
