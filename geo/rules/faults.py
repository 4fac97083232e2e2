"""Collect faults by column, and describe each in one line."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from shapely.geometry.base import BaseGeometry

from geo.columns import is_true

#: Characters of a value that a message shows.
_SHOWN = 80


@dataclass(frozen=True, order=True)
class Issue:
    """One fault of one record.

    Attributes
    ----------
    row : int
        Position of the record in the file, from 1.
    id : str
        The record's id, ``?`` where it has none.
    field : str
        Property at fault, ``geometry`` for the coordinates.
    value : str
        The value, shortened, on one line.
    rule : str
        What is allowed.
    message : str
        ``FILE: id (row N): field = value: rule``.
    """

    row: int
    id: str
    field: str
    value: str
    rule: str
    message: str

    def __str__(self) -> str:
        """Return the message."""
        return self.message


class Faults:
    """Faults found so far in the records of one frame, shape (n,).

    Parameters
    ----------
    ids : array, shape (n,)
    path : str
        Name of the file, for messages.
    """

    def __init__(self, ids: Any, path: str) -> None:
        self._ids = getattr(ids, "array", ids)
        self._path = path
        self._found: list[tuple[int, str, Any, str]] = []
        self._invalid: dict[str, Any] = {}

    def add(self, where: Any, field: str, values: Any, rule: str | Callable[[Any], Iterable[str]]) -> None:
        """Add a fault for each row at which ``where`` is true.

        Parameters
        ----------
        where : array of bool, shape (n,)
            Null counts as false.
        field : str
        values : sequence, shape (n,)
            Values of the rows.
        rule : str or callable
            What is allowed; a callable takes the rows at fault and returns one rule for each.
        """
        # A feature that is not an object has been reported as a whole; its missing properties are not reported too.
        invalid = self.invalid(field) | self.invalid("feature") | self.invalid("properties")
        rows = np.flatnonzero(is_true(where) & ~invalid)
        if len(rows):
            picked = values.iloc[rows] if isinstance(values, pd.Series) else np.asarray(values, dtype=object)[rows]
            rules = [rule] * len(rows) if isinstance(rule, str) else rule(rows)
            self._found += zip(rows.tolist(), [field] * len(rows), picked, rules, strict=True)

    def add_invalid(self, row: int, field: str, value: Any, rule: str) -> None:
        """Add a value that its column cannot hold; no other fault of that property is reported."""
        self._invalid.setdefault(field, np.zeros(len(self._ids), dtype=bool))[row] = True
        self._found.append((row, field, value, rule))

    def invalid(self, field: str) -> Any:
        """Return which rows have a value of a property that its column cannot hold, shape (n,)."""
        return self._invalid.get(field, np.zeros(len(self._ids), dtype=bool))

    def issues(self) -> list[Issue]:
        """Return every fault, in file order."""
        return sorted(self._issue(*found) for found in self._found)

    def _issue(self, row: int, field: str, value: Any, rule: str) -> Issue:
        given = self._ids[row]
        name = shown(given) if isinstance(given, str) and given else "?"
        text = shown(value)
        return Issue(
            row + 1, name, field, text, rule, f"{self._path}: {name} (row {row + 1}): {field} = {text}: {rule}"
        )


def shown(value: Any) -> str:
    """Return a value as short printable text on one line; characters that hide or reorder text are escaped."""
    if isinstance(value, BaseGeometry):
        value = list(value.coords[0]) if value.geom_type == "Point" and not value.is_empty else value.wkt
    if hasattr(value, "tolist"):
        value = value.tolist()
    if value is pd.NA or value is None:
        return "null"
    text = value if isinstance(value, str) and value else _spelled(value)
    text = "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in text[: _SHOWN + 1])
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _spelled(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        return str(value)
