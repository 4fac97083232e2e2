"""Candidates from another extractor or a language model, of which only what the text says is kept."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geo.errors import DataError
from geo.extraction.article import Article, Paragraph
from geo.extraction.candidates import Candidate, Evidence
from geo.extraction.numbers import find_numbers
from geo.extraction.tokens import tokenize
from geo.model import ALLOWED, COLUMNS, COUNT_COLUMNS, DATE_COLUMNS, SIDE_COLUMNS, Kind
from geo.paths import regular_file

#: Fields that say how a value is known, or what kind it is: they need no words of their own.
UNQUOTED = ("kind", "title", "event_type", "sub_event_type", "clarity", "date_precision", "date_kind", "date_inferred",
            "geo_precision", "status", "unit", "measure", "cross_border", "role", "tier")  # fmt: skip
#: Fields that another tool may not give: they are made when a candidate becomes a record.
_OURS = ("id", "sources", "conflicts_with", "same_as", "note", "description")
FIELDS = tuple(name for name in COLUMNS if name not in _OURS)
_COUNTS = (*COUNT_COLUMNS, *SIDE_COLUMNS, "value")


@dataclass
class Dropped:
    """What was given and is not kept.

    Attributes
    ----------
    candidates : int
        Candidates kept.
    reasons : list of str
        ``candidate N: field = value: why``, one for each value or candidate that was left out.
    """

    candidates: int = 0
    reasons: list[str] = field(default_factory=list)


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the answers that `read_answers` takes."""
    words = {name: {"enum": [str(word) for word in allowed]} for name, allowed in ALLOWED.items() if name in FIELDS}
    numbers = {name: {"type": "number", "minimum": 0} for name in _COUNTS}
    flags = {name: {"type": "boolean"} for name in ("date_inferred", "cross_border")}
    days = {name: {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"} for name in DATE_COLUMNS}
    values = {name: {"type": "string"} for name in FIELDS} | words | numbers | flags | days
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Candidates for records, of one article",
        "type": "object",
        "required": ["geo_answers", "candidates"],
        "properties": {
            "geo_answers": {"const": 1},
            "candidates": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["values", "evidence"],
                    "properties": {
                        "values": {"type": "object", "properties": values, "additionalProperties": False},
                        "evidence": {
                            "type": "object",
                            "description": "For each value the words of the article that say it, copied exactly",
                            "additionalProperties": {"type": "string", "minLength": 1},
                        },
                        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
                    },
                },
            },
        },
    }


PROMPT = (
    "Read the article below. List each incident, each claimed stronghold of a group and each reported total as one "
    "candidate, in the form of the JSON Schema. Give a value only where the article says it, and for each value under "
    "evidence the words that say it, copied exactly from the article. Leave out what the article does not say; do not "
    "guess days, numbers or places. Answer with the JSON object alone."
)


def read_answers(path: Path, article: Article) -> tuple[list[Candidate], Dropped]:
    """Read the candidates of another tool, and keep what the article says.

    A value is kept if its evidence stands in the article, and a number only if these words have that number. A
    candidate without any words of the article is left out.

    Parameters
    ----------
    path : Path
        JSON in the form of `schema`.
    article : Article

    Raises
    ------
    MissingFileError, DataError
        If the file does not exist, or is not in that form.
    """
    try:
        document = json.loads(regular_file(path).read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise DataError(f"{path}: is not JSON: {' '.join(str(error).split())[:120]}") from error
    given = document.get("candidates") if isinstance(document, dict) and document.get("geo_answers") == 1 else None
    if not isinstance(given, list):
        raise DataError(f"{path}: needs geo_answers 1 and a list of candidates; geo extract --schema prints the form")
    dropped, found = Dropped(), []
    for number, one in enumerate(given, 1):
        made = _candidate(one, number, article, dropped)
        if made is not None:
            found.append(made)
    dropped.candidates = len(found)
    return found, dropped


def _candidate(one: Any, number: int, article: Article, dropped: Dropped) -> Candidate | None:
    values, evidence = (one.get(name) if isinstance(one, dict) else None for name in ("values", "evidence"))
    if not isinstance(values, dict) or not isinstance(evidence, dict):
        dropped.reasons.append(f"candidate {number}: needs values and evidence, both objects")
        return None
    kept: dict[str, Any] = {}
    words: dict[str, Evidence] = {}
    for name, value in values.items():
        quote = evidence.get(name)
        span = _find(article.text, quote) if isinstance(quote, str) else None
        fault = _fault(name, value, quote, span, article)
        if fault:
            dropped.reasons.append(f"candidate {number}: {str(name)[:40]} = {json.dumps(value)[:60]}: {fault}")
            continue
        kept[name] = value
        if span:
            words[name] = Evidence(*span, "answer of another tool")
    if not words:
        dropped.reasons.append(f"candidate {number}: left out, as none of its values has words of the article")
        return None
    kept.setdefault("kind", str(Kind.INCIDENT))
    kept["id"] = f"{article.id}-{number}"
    start = min(found.start for found in words.values())
    paragraph = _paragraph(article, start)
    confidence = one.get("confidence")
    sure = float(confidence) if isinstance(confidence, int | float) and 0 <= confidence <= 1 else 0.5
    within = paragraph or Paragraph(1, 0, len(article.text), None)
    return Candidate(article.id, within.n, (within.start, within.end), kept, words, confidence={"record": sure})


def _fault(name: Any, value: Any, quote: Any, span: tuple[int, int] | None, article: Article) -> str | None:
    if name not in FIELDS:
        return "is no field of a candidate"
    if name in ALLOWED and value not in [str(word) for word in ALLOWED[name]]:
        return f"is not one of {', '.join(map(str, ALLOWED[name]))}"
    if quote is not None and span is None:
        return "its words do not stand in the article"
    if span is None:
        return None if name in UNQUOTED else "no words of the article are given for it"
    if name in _COUNTS and not _says_number(value, article.text[slice(*span)]):
        return "its words do not have this number"
    if name in DATE_COLUMNS and not _fits_year(str(value), article.text[slice(*span)]):
        return "its words name another year"
    return None


def _find(text: str, quote: str) -> tuple[int, int] | None:
    """Return where words stand in a text, whatever white space parts them."""
    words = quote.split()
    found = re.search(r"\s+".join(map(re.escape, words)), text) if words else None
    return found.span() if found else None


def _says_number(value: Any, words: str) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    found = find_numbers(tokenize(words, 0, len(words)))
    return any(value in (number.low, number.high, number.value) for number in found)


def _fits_year(day: str, words: str) -> bool:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) is None:
        return False
    years = re.findall(r"(?<!\d)(?:1[89]|20)\d{2}(?!\d)", words)
    return not years or day[:4] in years


def _paragraph(article: Article, at: int) -> Paragraph | None:
    return next((part for part in article.paragraphs if part.start <= at < part.end), None)
