"""Encode the text of records, which is shown but not drawn, as the second block of a page."""

from typing import Any

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from geo.columns import distinct_objects
from geo.payload.container import Block, smallest

_TEXT_WORDS = ("sub_event_type", "clarity", "status", "claimed_by", "denied_by", "admin2_name", "match")
_PROSE = ("title", "description", "place", "note")


def pack_text(located: GeoDataFrame) -> tuple[Block, dict[str, Any]]:
    """Return the text block and its header."""
    text = Block()
    text.add_ids("id", located["id"])
    text.add_prose({name: located[name] for name in _PROSE})
    present = [name for name in _TEXT_WORDS if name in located]
    words = {name: text.add_words(name, located[name]) for name in present}
    paragraphs = _add_sources(text, located["sources"])
    for name in ("conflicts_with", "same_as"):
        _add_links(text, name, located)
    return text, {"words": words, "paragraphs": paragraphs}


class _Lists:
    """A column of lists, in which each list object is processed once, however many rows share it."""

    def __init__(self, column: pd.Series) -> None:
        lists, self._codes = distinct_objects(column)
        distinct = [() if value is None else value for value in lists]
        self._sizes = np.fromiter(map(len, distinct), np.int64, len(distinct))
        #: The items of the distinct lists, concatenated.
        self.items = [item for items in distinct for item in items]

    def rows(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the number of items of each row, and the indices into ``items``, concatenated over the rows."""
        sizes = self._sizes[self._codes]
        starts = (np.cumsum(self._sizes) - self._sizes)[self._codes] - (np.cumsum(sizes) - sizes)
        return sizes, np.repeat(starts, sizes) + np.arange(sizes.sum())


def _add_links(text: Block, name: str, located: pd.DataFrame) -> None:
    """Add links to other records as row numbers; links to ids that do not exist are dropped."""
    lists = _Lists(located[name])
    found = np.zeros(0, np.intp)
    if lists.items:
        ids = pd.Index(located["id"].to_numpy(object))
        first = np.flatnonzero(~ids.duplicated())
        position = ids[first].get_indexer(pd.Index(lists.items, dtype=object))
        found = np.where(position < 0, -1, first[position])
    sizes, items = lists.rows()
    known = found[items] >= 0
    row = np.repeat(np.arange(len(sizes)), sizes)
    text.add(f"{name}:lengths", smallest(np.bincount(row[known], minlength=len(sizes))))
    text.add(name, found[items][known].astype(np.uint32))


def _add_sources(text: Block, column: pd.Series) -> list[Any]:
    """Add the sources of each record, dictionary-encoded; return the dictionary of paragraphs."""
    lists = _Lists(column)
    sizes, items = lists.rows()
    text.add("sources:lengths", smallest(sizes))
    codes, keys = pd.factorize(pd.Series([item.get("source") for item in lists.items], dtype="string"))
    text.add("sources", smallest(codes[items] + 1))
    text.add_text("source_keys", keys)
    numbers: dict[Any, int] = {None: 0}
    places = [numbers.setdefault(item.get("paragraph"), len(numbers)) for item in lists.items]
    text.add("paragraphs", smallest(np.asarray(places, np.int64)[items]))
    return list(numbers)
