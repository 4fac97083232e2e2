"""Find the list of records in a JSON document: a list, the answer of an API, or a frame that pandas wrote."""

from pathlib import Path
from typing import Any

from geo.errors import DataError

#: Keys under which APIs give their records, in small letters.
_LISTS = ("data", "result", "results", "records", "items", "events", "rows", "value", "features")
#: Keys under which they give the number of records, in this answer or in all of them.
_TOTALS = ("count", "total_count", "totalcount", "total", "numfound", "numbermatched")
#: How deep a list of records may be in objects.
_DEPTH = 3


def records_in(document: Any, path: Path) -> tuple[list[Any], list[str]]:
    """Return the records of a JSON document, unchecked, and what the user should know about them.

    Parameters
    ----------
    document : dict or list
    path : Path
        Used in messages.

    Raises
    ------
    DataError
        If no list of records is found, or if it is the answer of an API that reports an error.
    """
    if isinstance(document, list):
        return _with_header(document), []
    if not isinstance(document, dict):
        raise DataError(f"{path}: is a JSON {type(document).__name__}, not a list of records")
    if (frame := _of_pandas(document)) is not None:
        return frame, []
    found = _listed(document, _DEPTH)
    if found is None or (not found[1] and _failed(document)):
        if _failed(document):
            raise DataError(f"{path}: is no table but the answer of an API that reports an error: {_message(document)}")
        raise DataError(f"{path}: no list of records among {', '.join(map(str, document))[:200] or 'no keys'}")
    key, records, around = found
    return records, [f"records under {key!r}", *_incomplete(around, len(records))]


def _listed(document: dict[str, Any], depth: int) -> tuple[str, list[Any], dict[str, Any]] | None:
    """Return the key, the list of records under it, and the object that has both."""
    names = sorted((key for key in document if key.lower() in _LISTS), key=lambda key: _LISTS.index(key.lower()))
    for key in names:
        if isinstance(document[key], list):
            return key, _with_header(document[key]), document
    lists = [key for key, value in document.items() if isinstance(value, list) and value and _are_objects(value)]
    if len(lists) == 1:
        return lists[0], document[lists[0]], document
    for key in [*names, *document]:
        if depth > 1 and isinstance(document[key], dict) and (found := _listed(document[key], depth - 1)):
            return found
    return None


def _of_pandas(document: dict[str, Any]) -> list[Any] | None:
    """Return the records of a frame as ``DataFrame.to_json`` writes it in any orientation; None if it is not one."""
    columns, data = document.get("columns"), document.get("data")
    if isinstance(columns, list) and isinstance(data, list) and all(isinstance(row, list) for row in data):
        return [dict(zip(map(str, columns), row, strict=False)) for row in data]
    values = list(document.values())
    if not values or not _are_objects(values) or not all(set(value) == set(values[0]) for value in values):
        return None
    if not values[0] or any(isinstance(value, dict | list) for value in values[0].values()):
        return None
    if all(key.isdigit() for key in values[0]):
        return [{name: column[key] for name, column in document.items()} for key in values[0]]
    return values if all(key.isdigit() for key in document) else None


def _with_header(rows: list[Any]) -> list[Any]:
    """Return rows as objects, where they are lists below a list of names."""
    if len(rows) < 2 or not all(isinstance(row, list) for row in rows):
        return rows
    names = rows[0]
    if not all(isinstance(name, str) for name in names) or not all(len(row) == len(names) for row in rows):
        return rows
    return [dict(zip(names, row, strict=True)) for row in rows[1:]]


def _are_objects(values: list[Any]) -> bool:
    return all(isinstance(value, dict) for value in values)


def _failed(document: dict[str, Any]) -> bool:
    by_name = {key.lower(): value for key, value in document.items()}
    return by_name.get("success") is False or bool(by_name.get("error") or by_name.get("errors"))


def _message(document: dict[str, Any]) -> str:
    by_name = {key.lower(): value for key, value in document.items()}
    said = next((by_name[name] for name in ("error", "errors", "message", "status") if by_name.get(name)), "")
    return " ".join(str(said).split())[:200] or "no reason given"


def _incomplete(around: dict[str, Any], count: int) -> list[str]:
    """Return a note if an answer says that there are more records than it has."""
    by_name = {key.lower(): value for key, value in around.items()}
    for name in _TOTALS:
        total = by_name.get(name)
        if isinstance(total, str) and total.isdigit():
            total = int(total)
        if type(total) is int and total > count:
            return [f"the file says that there are {total:,} records and has {count:,}: fetch the other pages too"]
    return []
