"""Read a file of candidate records, and check that every span is what its article says."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.errors import DataError
from geo.model import COLUMNS
from geo.paths import regular_file
from geo.readers.geojson import parse_json, read_bytes

#: Version of the file format.
VERSION = 1
#: Faults that a message lists before it counts the others.
_LISTED = 5


@dataclass(frozen=True)
class Candidates:
    """Candidate records and the articles that they come from.

    Attributes
    ----------
    path : Path
        The file.
    articles : dict of str to dict
        By id; each has ``sha256``, ``text`` and ``paragraphs``.
    features : dict of str to dict
        GeoJSON features by the id of the candidate, in file order.
    """

    path: Path
    articles: dict[str, dict[str, Any]]
    features: dict[str, dict[str, Any]]


def read_candidates(path: str | Path) -> Candidates:
    """Read candidates as ``geo extract`` writes them.

    Parameters
    ----------
    path : str or Path
        A GeoJSON FeatureCollection with the members ``geo_candidates`` and ``articles``.

    Returns
    -------
    Candidates

    Raises
    ------
    MissingFileError
        If the file does not exist.
    DataError
        If the file is no file of candidates, an article is not the one that its digest names, or a span does not hold
        the words that it states.
    """
    path = regular_file(path, "no such file; write it with: geo extract ARTICLE.txt --out candidates.geojson")
    document = parse_json(read_bytes(path), path)
    if not isinstance(document, dict) or document.get("geo_candidates") != VERSION:
        given = document.get("geo_candidates") if isinstance(document, dict) else None
        raise DataError(
            f"{path}: geo_candidates = {json.dumps(given)}: is not a file of candidates; write one with geo extract"
        )
    articles, features = document.get("articles"), document.get("features")
    if not isinstance(articles, list) or not isinstance(features, list):
        raise DataError(f"{path}: needs a list of articles and a list of features; write it with geo extract")
    faults = [*_article_faults(articles)]
    _raise(path, faults)
    known = {article["id"]: article for article in articles}
    faults = [fault for number, feature in enumerate(features, 1) for fault in _faults(number, feature, known)]
    ids = [feature["properties"]["id"] for feature in features] if not faults else []
    faults += [f"candidate {name!r}: is listed twice" for name in dict.fromkeys(ids) if ids.count(name) > 1]
    _raise(path, faults)
    return Candidates(path, known, dict(zip(ids, features, strict=True)))


def digest(feature: dict[str, Any]) -> str:
    """Return the SHA-256 of a candidate, by which a decision names what was decided on."""
    content = json.dumps(feature, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(content.encode("ascii")).hexdigest()


def text_digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def record_of(feature: dict[str, Any]) -> dict[str, Any]:
    """Return the properties of a candidate that belong to a record, without nulls."""
    own = feature["properties"]
    return {name: own[name] for name in COLUMNS if own.get(name) is not None}


def spans(properties: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield every span of a candidate with the name of its field."""
    for field, span in (properties.get("evidence") or {}).items():
        yield field, span
    for field, rivals in (properties.get("rivals") or {}).items():
        for rival in rivals:
            # The value that a rule fills in without words of its own has no span.
            if isinstance(rival, dict) and rival.get("start") is None:
                continue
            yield field, rival


def is_span(span: Any, text: str) -> bool:
    """Return whether an object is a stretch of a text, and its ``text`` what stands there."""
    if not isinstance(span, dict):
        return False
    start, end = span.get("start"), span.get("end")
    if type(start) is not int or type(end) is not int or not 0 <= start <= end <= len(text):
        return False
    return "text" not in span or span["text"] == text[start:end]


def _article_faults(articles: list[Any]) -> Iterator[str]:
    seen: set[str] = set()
    for number, article in enumerate(articles, 1):
        if not isinstance(article, dict) or not isinstance(article.get("id"), str) or not article["id"]:
            yield f"article {number}: needs an id"
            continue
        name, text = article["id"], article.get("text")
        if name in seen:
            yield f"article {name!r}: is listed twice"
        seen.add(name)
        if not isinstance(text, str) or any("\ud800" <= letter <= "\udfff" for letter in text):
            yield f"article {name!r}: needs its text (valid Unicode)"
        elif text_digest(text) != article.get("sha256"):
            yield f"article {name!r}: sha256 is not that of its text; extract the article again"
        elif not _paragraphs_fit(article.get("paragraphs"), len(text)):
            yield f"article {name!r}: needs paragraphs, each with n, start and end, in the order of the text"


def _paragraphs_fit(paragraphs: Any, length: int) -> bool:
    done = 0
    if not isinstance(paragraphs, list):
        return False
    for paragraph in paragraphs:
        if not isinstance(paragraph, dict) or type(paragraph.get("n")) is not int:
            return False
        start, end = paragraph.get("start"), paragraph.get("end")
        if type(start) is not int or type(end) is not int or not done <= start <= end <= length:
            return False
        done = end
    return True


def _faults(number: int, feature: Any, articles: dict[str, dict[str, Any]]) -> Iterator[str]:
    own = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(own, dict) or not isinstance(own.get("id"), str) or not own["id"]:
        yield f"candidate {number}: needs an id"
        return
    name, article = own["id"], articles.get(str(own.get("article")))
    if article is None:
        yield f"candidate {name!r}: article = {own.get('article')!r}: is not one of the articles"
        return
    if not is_span(own.get("sentence"), article["text"]):
        yield f"candidate {name!r}: sentence: needs start and end within the text"
    for part, kind in (("evidence", dict), ("rivals", dict), ("blank", dict), ("confidence", dict)):
        if not isinstance(own.get(part) or {}, kind):
            yield f"candidate {name!r}: {part}: must be an object"
            return
    if any(not isinstance(rivals, list) for rivals in (own.get("rivals") or {}).values()):
        yield f"candidate {name!r}: rivals: must be a list for each field"
        return
    for field, span in spans(own):
        if not is_span(span, article["text"]):
            yield f"candidate {name!r}: {field}: the words are not those of the text at their start and end"


def _raise(path: Path, faults: list[str]) -> None:
    if faults:
        rest = f"; and {len(faults) - _LISTED:,} more" if len(faults) > _LISTED else ""
        raise DataError(f"{path}: {'; '.join(faults[:_LISTED])}{rest}")
