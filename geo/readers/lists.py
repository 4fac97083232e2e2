"""Convert the lists of a record to text in one cell, and back."""

import json
import re
from typing import Any

_ITEM = re.compile(r"(.+?)(?::([1-9]\d*))?", re.DOTALL)


def as_text(value: Any) -> str | None:
    """Format a list as text: ``key:3; key:5`` for sources, ``id; id`` for links, null for an empty list.

    A list that would not survive the round trip through this form is written as JSON.
    """
    if value is None or isinstance(value, float) or len(value) == 0:
        return None
    items = list(value)
    sources = all(isinstance(item, dict) for item in items)
    text = "; ".join(_item(item) for item in items)
    return text if from_text(text, sources=sources) == items else json.dumps(items, ensure_ascii=False)


def from_text(text: str | None, *, sources: bool) -> Any:
    """Parse a list; text that starts like JSON but is malformed is returned unchanged.

    Parameters
    ----------
    text : str or None
    sources : bool
        Whether the items are sources with paragraphs, or ids.
    """
    if not text:
        return []
    if text.startswith("["):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return text
    items = [item.strip() for item in text.split(";") if item.strip()]
    return [_source(item) for item in items] if sources else items


def _item(item: Any) -> str:
    if not isinstance(item, dict):
        return str(item)
    paragraph = item.get("paragraph")
    return f"{item.get('source')}" if paragraph is None else f"{item.get('source')}:{paragraph}"


def _source(item: str) -> dict[str, Any]:
    found = _ITEM.fullmatch(item)
    key, paragraph = found.groups() if found else (item, None)
    return {"source": key, "paragraph": int(paragraph) if paragraph else None}
