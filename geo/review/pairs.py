"""Pages on which a reader says of pairs of records whether the two tell of the same event."""

import hashlib
import json
from pathlib import Path
from typing import Any

from geo import __version__
from geo.errors import DataError
from geo.paths import regular_file
from geo.review.page import html_page, map_data, words_of_columns


def is_pairs(path: Path) -> bool:
    """Return whether a file is one of pairs, as ``geo merge --pairs`` writes it."""
    with regular_file(path).open("rb") as file:
        return b'"geo_pairs"' in file.read(200)


def pairs_page(path: Path, *, title: str | None = None) -> tuple[str, int]:
    """Return the page on which a reader tells pairs apart, and how many there are.

    Parameters
    ----------
    path : Path
        ``{"geo_pairs": 1, "pairs": [{"a": RECORD, "b": RECORD, "score": 0.5, "reasons": ["same day"]}]}``.
    title : str, optional

    Raises
    ------
    MissingFileError, DataError
        If the file does not exist, or is not one of pairs.
    """
    try:
        document = json.loads(regular_file(path).read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise DataError(f"{path}: is not JSON: {' '.join(str(error).split())[:120]}") from error
    pairs = document.get("pairs") if isinstance(document, dict) and document.get("geo_pairs") == 1 else None
    if not isinstance(pairs, list) or not all(map(_is_pair, pairs)):
        raise DataError(f"{path}: is no file of pairs, each with the records a and b; write it with geo merge --pairs")
    records = {str(side["id"]): _plain(side) for pair in pairs for side in (pair["a"], pair["b"])}
    countries = sorted({str(one["country_code"]) for one in records.values() if one.get("country_code")})
    data = {
        "mode": "pairs",
        "version": __version__,
        "file": path.name,
        "key": hashlib.sha256(json.dumps(document, sort_keys=True).encode("utf-8", "replace")).hexdigest(),
        "words": words_of_columns(),
        "articles": [],
        "candidates": [],
        "records": records,
        "pairs": [
            {
                "a": str(pair["a"]["id"]),
                "b": str(pair["b"]["id"]),
                "score": float(pair.get("score") or 0),
                "reasons": [str(reason) for reason in pair.get("reasons") or ()],
            }
            for pair in pairs
        ],
        "places": {},
        "map": map_data(countries),
    }
    return html_page(data, title or f"Pairs of {path.name}"), len(pairs)


def _is_pair(pair: Any) -> bool:
    return isinstance(pair, dict) and all(isinstance(pair.get(n), dict) and "id" in pair[n] for n in ("a", "b"))


def _plain(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record without its id, lists and nulls; its point as a list."""
    own = {
        name: value
        for name, value in record.items()
        if isinstance(value, str | int | float | bool) and name not in ("id", "longitude", "latitude")
    }
    at = [record.get("longitude"), record.get("latitude")]
    return own | {"point": at if None not in at else None}
