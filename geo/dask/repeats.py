"""Which records of a partitioned source repeat another record, in whatever partition that is."""

from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd
from geopandas import GeoDataFrame

from geo.dask.partitions import combine, read_partitions
from geo.stats.distinct import counts_as, groups

#: Columns by which the records of a group are ordered; see `geo.stats.distinct.rank`.
_RANKED = (
    "id", "kind", "same_as", "clarity", "geo_precision", "date_start", "date_end", "date_precision", "date_kind",
    "fatalities_low", "fatalities_best", "fatalities_high",
)  # fmt: skip


def repeated_ids(source: str | Path, *, scheduler: str | None) -> frozenset[str]:
    """Return the ids of the records that count 0 because ``same_as`` links them to a more precise one.

    The first pass collects the links; only if there are any, a second one reads the records that they link.
    """
    links = combine(read_partitions(source, ("id", "same_as")), _links, _joined, scheduler=scheduler, progress=None)
    if not links:
        return frozenset()
    linked = combine(
        read_partitions(source, _RANKED),
        _linked,
        pd.concat,
        scheduler=scheduler,
        progress=None,
        ids=frozenset(groups(links)),
    )
    # Umbrellas count 0 anyway, wherever they are.
    return frozenset(linked["id"][counts_as(linked) == 0])


def _links(records: GeoDataFrame) -> list[tuple[Any, Any]]:
    pairs = zip(records["id"], records["same_as"], strict=True)
    return [(own, other) for own, others in pairs if isinstance(others, list) for other in others]


def _joined(parts: Sequence[list[Any]]) -> list[Any]:
    return list(chain.from_iterable(parts))


def _linked(records: GeoDataFrame, *, ids: frozenset[str]) -> pd.DataFrame:
    return pd.DataFrame(records[records["id"].isin(ids).to_numpy(bool)][list(_RANKED)])
