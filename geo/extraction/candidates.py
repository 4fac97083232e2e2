"""Candidates for records, each value with the words that say it, and the file of them."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geo.extraction.article import Article
from geo.model import COLUMNS, DTYPES
from geo.write import write_text

#: Version of the file, its member ``geo_candidates``.
VERSION = 1
#: Columns that a candidate has beside those of a record.
OWN_COLUMNS = ("article", "paragraph", "sentence", "evidence", "rivals", "blank", "confidence")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the article, and the rule by which they say a value."""

    start: int
    end: int
    rule: str

    def shown(self, text: str) -> dict[str, Any]:
        """Return the object of the file, for the text of the article."""
        return {"start": self.start, "end": self.end, "text": text[self.start : self.end], "rule": self.rule}


@dataclass(frozen=True, slots=True)
class Rival:
    """Another value that the article has for a field, with its words."""

    value: Any
    evidence: Evidence


@dataclass(slots=True)
class Candidate:
    """What an article says of one event, presence or total.

    Attributes
    ----------
    article : str
        Id of the article.
    paragraph : int
        Number of the paragraph, from 1.
    sentence : tuple of int
        Start and end of the sentence, in code points.
    values : dict
        Values by the names of ``geo.model.COLUMNS``; what is absent is not said.
    evidence : dict of str to Evidence
        The words for each value.
    rivals : dict of str to list of Rival
        Other values that the article has for the same field.
    blank : dict of str to str
        Why a field that a reader looks for has no value.
    confidence : dict of str to float
        0 to 1, for ``record`` and for each field.
    point : tuple of float or None
        Longitude and latitude of the place.
    """

    article: str
    paragraph: int
    sentence: tuple[int, int]
    values: dict[str, Any] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    rivals: dict[str, list[Rival]] = field(default_factory=dict)
    blank: dict[str, str] = field(default_factory=dict)
    confidence: dict[str, float] = field(default_factory=dict)
    point: tuple[float, float] | None = None

    def properties(self, text: str) -> dict[str, Any]:
        """Return the properties of the candidate's feature, for the text of its article."""
        nothing: dict[str, Any] = {"bool": False, "object": []}
        empty: dict[str, Any] = {name: nothing.get(DTYPES[name]) for name in COLUMNS}
        return {
            **empty,
            **self.values,
            "article": self.article,
            "paragraph": self.paragraph,
            "sentence": {"start": self.sentence[0], "end": self.sentence[1]},
            "evidence": {name: found.shown(text) for name, found in self.evidence.items()},
            "rivals": {
                name: [{"value": rival.value, **rival.evidence.shown(text)} for rival in rivals]
                for name, rivals in self.rivals.items()
            },
            "blank": dict(self.blank),
            "confidence": {name: round(value, 2) for name, value in self.confidence.items()},
        }


def feature_collection(articles: Sequence[Article], candidates: Iterable[Candidate]) -> dict[str, Any]:
    """Return the GeoJSON object of candidates, with the text of every article that they come from."""
    texts = {article.id: article.text for article in articles}
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": list(found.point)} if found.point else None,
            "properties": found.properties(texts[found.article]),
        }
        for found in candidates
    ]
    return {
        "type": "FeatureCollection",
        "geo_candidates": VERSION,
        "articles": [_article(article) for article in articles],
        "features": features,
    }


def _article(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "sha256": article.sha256,
        "title": article.title,
        "author": article.author,
        "publisher": article.publisher,
        "published": article.published,
        "url": article.url,
        "language": article.language,
        "text": article.text,
        "paragraphs": [{"n": p.n, "start": p.start, "end": p.end, "page": p.page} for p in article.paragraphs],
    }


def write_candidates(target: str | Path, articles: Sequence[Article], candidates: Iterable[Candidate]) -> None:
    """Write a file of candidates atomically: one feature a line, the same bytes for the same input.

    Parameters
    ----------
    target : str or Path
        A ``.geojson`` file in an existing folder.
    articles : sequence of Article
    candidates : iterable of Candidate
        In the order of the file.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    document = feature_collection(articles, candidates)
    features = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in document.pop("features"))
    head = json.dumps(document, ensure_ascii=False)[:-1]
    write_text(target, f'{head}, "features": [\n{features}\n]}}\n')
