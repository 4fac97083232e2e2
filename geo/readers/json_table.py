"""Read JSON as a table: GeoJSON, a list of records, the answer of an API, or one record a line."""

import json
from pathlib import Path
from typing import Any

from geo.errors import DataError
from geo.readers.blocks import Table, blocks_of, frame_of
from geo.readers.encoding import examine, open_utf8
from geo.readers.features import features_table, json_text
from geo.readers.geojson import check_file, features_of
from geo.readers.json_records import records_in

#: Lines looked at to tell one record a line from a damaged document.
_LINES = 5
_EXPECTED = "expected GeoJSON, a list of records, or one record a line"


def read_json(path: Path) -> Table:
    """Open a JSON document, or one JSON record a line; values keep their JSON types.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Table
        Objects in a record give a column for each of their keys (``where.lat``), lists become JSON text. Entries that
        are not records are in ``damaged``.

    Raises
    ------
    DataError
        If the file is neither, or has no list of records.
    CRSError
        If GeoJSON states an unknown coordinate reference system.
    """
    text, notes = _text(path)
    if path.suffix.lower() in (".ndjson", ".jsonl", ".geojsonl", ".geojsonseq"):
        return _lines_table(path, text, notes)
    try:
        document = _parsed(text)
    except json.JSONDecodeError as error:
        if _is_lines(text):
            return _lines_table(path, text, notes)
        kind = "GeoJSON" if path.suffix.lower() == ".geojson" else "JSON"
        raise DataError(
            f"{path}: is not {kind}: line {error.lineno}, column {error.colno}: {error.msg}; {_EXPECTED}"
        ) from error
    except RecursionError as error:
        raise DataError(f"{path}: is nested too deeply to be a table") from error
    except ValueError as error:  # a number with more digits than Python converts
        raise DataError(f"{path}: is not JSON: {error}") from error
    if isinstance(document, dict) and document.get("type") == "FeatureCollection":
        table = features_table(path, features_of(path, document), document)
    elif isinstance(document, dict) and document.get("type") == "Feature":
        table = features_table(path, [document], {})
    else:
        records, more = records_in(document, path)
        table = _records_table(path, dict(enumerate(records, 1)), [], len(records))
        notes += more
    table.notes[:0] = notes
    return table


def _text(path: Path) -> tuple[str, list[str]]:
    check_file(path)
    encoding = examine(path)
    with open_utf8(path, encoding) as file:
        text = file.read().decode("utf-8-sig")
    if not text.strip():
        raise DataError(f"{path}: is empty; {_EXPECTED}")
    return text, encoding.notes


def _parsed(text: str) -> Any:
    # With strict=False a line break in a text is allowed, which some exports do not escape.
    return json.loads(text, strict=False)


def _is_lines(text: str) -> bool:
    start = [line for line in text.split("\n", _LINES) if line.strip()]
    return any(isinstance(_line(line)[0], dict) for line in start[:2])


def _line(line: str) -> tuple[Any, str]:
    """Return the value of a line, and what is wrong with it, "" for nothing."""
    try:
        return _parsed(line), ""
    except json.JSONDecodeError as error:
        return None, f"is not JSON: column {error.colno}: {error.msg}"
    except (ValueError, RecursionError):
        return None, "is not JSON: cannot be parsed"


def _lines_table(path: Path, text: str, notes: list[str]) -> Table:
    entries: dict[int, Any] = {}
    damaged: list[tuple[int, str, str]] = []
    # RFC 8142 puts a record separator before each text.
    lines = [line for line in (line.strip("\x1e \t\r") for line in text.split("\n")) if line]
    for number, line in enumerate(lines, 1):
        entry, reason = _line(line)
        if reason:
            damaged.append((number, line[:1000], reason))
        else:
            entries[number] = entry
    table = _records_table(path, entries, damaged, len(lines))
    table.notes[:0] = [*notes, "one JSON record a line"]
    return table


def _records_table(path: Path, entries: dict[int, Any], damaged: list[tuple[int, str, str]], rows: int) -> Table:
    """Return the table of numbered entries, which may all be GeoJSON features."""
    features = [entry for entry in entries.values() if isinstance(entry, dict) and entry.get("type") == "Feature"]
    if features and not damaged and len(features) == len(entries):
        return features_table(path, features, {})
    records: dict[int, dict[str, Any]] = {}
    for number, entry in entries.items():
        if isinstance(entry, dict):
            records[number] = _flat(entry)
        else:
            damaged.append((number, json_text(entry), "is not a JSON object"))
    frame = frame_of(records)
    return Table(list(frame.columns), blocks_of(frame, sorted(damaged)), rows=rows)


def _flat(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record with the keys of objects in it joined by full stops, and lists as JSON text."""
    flat: dict[str, Any] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            flat |= {f"{key}.{inner}": item for inner, item in _flat(value).items()}
        else:
            flat[key] = json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
    return flat
