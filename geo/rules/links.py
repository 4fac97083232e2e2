"""Links of a record: to its sources, and to other records."""

from collections.abc import Callable, Collection
from typing import Any

import numpy as np
import pandas as pd

from geo.columns import distinct_objects
from geo.rules.faults import Faults


def check_sources(records: pd.DataFrame, known: Collection[str], faults: Faults) -> None:
    """Report source entries that are malformed or name a source that is not listed."""

    def fault(entries: list[Any]) -> str | None:
        for entry in entries:
            if not isinstance(entry, dict) or not isinstance(entry.get("source"), str):
                return "each entry must be an object with the key of a source and a paragraph"
            if entry["source"] not in known:
                return f"{entry['source']!r} is not a source of sources.csv beside the file"
            paragraph = entry.get("paragraph")
            if paragraph is not None and (type(paragraph) is not int or paragraph < 1):
                return "paragraph must be a whole number from 1, or null"
        return None

    _check_lists(records["sources"], fault, faults)


def check_links(records: pd.DataFrame, faults: Faults) -> None:
    """Report links to records that are not in the file, or to the record itself."""
    names = ("conflicts_with", "same_as")
    if not any(len(others) for name in names for others in distinct_objects(records[name])[0]):
        return
    texts = records["id"].fillna("").tolist()
    ids = set(texts) - {""}
    for name in names:

        def fault(others: list[Any]) -> str | None:
            for other in others:
                if not isinstance(other, str):
                    return "must be a list of ids"
                if other not in ids:
                    return f"{other!r} is not the id of a record in the file"
            return None

        _check_lists(records[name], fault, faults)
        linked = np.flatnonzero(records[name].map(len).to_numpy())
        own = [texts[row] in records[name].iloc[row] for row in linked]
        where = np.zeros(len(records), dtype=bool)
        where[linked] = own
        faults.add(where, name, records[name], "must not name the record itself")


def _check_lists(values: pd.Series, fault: Callable[[list[Any]], str | None], faults: Faults) -> None:
    lists, codes = distinct_objects(values)
    found = np.array([fault(entries) for entries in lists] or [None], dtype=object)
    if any(rule is not None for rule in found):
        wrong = np.array([rule is not None for rule in found])[codes]
        faults.add(wrong, str(values.name), values, lambda rows: found[codes[rows]])
