"""Read the text of an article from a file: plain text, Markdown, HTML, PDF, Word."""

import html
import io
import logging
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from geo.errors import DataError, MissingExtraError
from geo.extraction.article import Article, make_article
from geo.paths import regular_file, shown

#: Largest file that is read, in bytes.
MAX_BYTES = 32 * 1024**2
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_TEXT = (".txt", ".text", ".md", ".markdown", "")
_INSTALL = "pip install 'geo-incidents[articles]'"
_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "was",
        "were",
        "that",
        "for",
        "on",
        "by",
        "with",
        "at",
        "from",
        "said",
        "is",
        "has",
    ]
)
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
Read = tuple[str, dict[str, Any]]


def read_article(path: str | Path, **given: Any) -> Article:
    """Read an article from a file.

    Parameters
    ----------
    path : str or Path
        ``.txt``, ``.md``, ``.html``, ``.pdf`` or ``.docx``; the last three need the extra ``articles``.
    **given
        ``id``, ``title``, ``author``, ``publisher``, ``published``, ``url``, ``language``: they go before what the
        file itself says.

    Raises
    ------
    MissingFileError
        If there is no such file.
    DataError
        If it is too large, is no text, or has none.
    MissingExtraError
        If the package that reads its format is not installed.
    """
    file = regular_file(path)
    size = file.stat().st_size
    if size > MAX_BYTES:
        raise DataError(
            f"{shown(path)}: {size / 1024**2:,.0f} MB; an article has at most {MAX_BYTES // 1024**2} MB: "
            "split the file, one article each"
        )
    suffix = file.suffix.lower()
    reader = _READERS.get(suffix)
    if reader is None and suffix not in _TEXT:
        raise DataError(
            f"{shown(path)}: {suffix} is not read; give {', '.join(filter(None, _TEXT))}, {', '.join(_READERS)}"
        )
    text, known = (reader or _plain)(file.read_bytes(), file)
    if not text.strip():
        raise DataError(
            f"{shown(path)}: has no text{'; a scanned page needs text recognition first' if suffix == '.pdf' else ''}"
        )
    values = {name: value for name, value in known.items() if value} | {
        name: value for name, value in given.items() if value
    }
    values.setdefault("id", file.stem)
    notes = (*values.pop("notes", ()), *_notes(text, values))
    return make_article(text, **values, notes=notes)


def _notes(text: str, values: dict[str, Any]) -> list[str]:
    found = []
    if not values.get("published"):
        found.append("no day of publication: dates such as 'on Friday' stay open; give --published")
    words = re.findall(r"[^\W\d_]+", text[:20_000].lower())
    if len(words) >= 20 and sum(word in _ENGLISH for word in words) < len(words) / 20:
        found.append("does not look like English, which is what the rules read")
    return found


def _plain(data: bytes, path: Path) -> Read:
    if data[:4] in (b"%PDF", b"PK\x03\x04") or (
        b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff"))
    ):
        raise DataError(f"{shown(path)}: is no text; name a PDF .pdf and a Word document .docx")
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding), {}
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
        return text, {"notes": ["not UTF-8; read as Windows-1252"]}


def _markdown(data: bytes, path: Path) -> Read:
    text, known = _plain(data, path)
    title = re.search(r"^#\s+(.+)$", text, re.MULTILINE)
    return text, known | {"title": title[1].strip() if title else None}


def _html(data: bytes, path: Path) -> Read:
    try:
        import trafilatura
    except ImportError as error:
        raise MissingExtraError(f"{shown(path)}: reading web pages needs trafilatura: {_INSTALL}") from error
    text = trafilatura.extract(data, include_comments=False, include_tables=False, output_format="txt") or ""
    found = trafilatura.extract_metadata(data)
    known = {
        "title": found.title, "author": found.author, "publisher": found.sitename, "url": found.url,
        "published": found.date if found.date and _ISO_DAY.fullmatch(found.date) else None,
    } if found else {}  # fmt: skip
    return html.unescape(text), known


def _pdf(data: bytes, path: Path) -> Read:
    try:
        import pypdf
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise MissingExtraError(f"{shown(path)}: reading PDF needs pypdf: {_INSTALL}") from error
    # What it says of a damaged file goes into the one message below.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        pages = [page.extract_text() or "" for page in reader.pages]
        told = reader.metadata
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DataError(f"{shown(path)}: cannot be read as PDF: {error}") from error
    starts, length = [], 0
    for page in pages:
        starts.append(length)
        length += len(page) + 2
    return "\n\n".join(pages), {
        "pages": tuple(starts), "title": told.title if told else None, "author": told.author if told else None,
    }  # fmt: skip


def _docx(data: bytes, path: Path) -> Read:
    try:
        import docx
    except ImportError as error:
        raise MissingExtraError(f"{shown(path)}: reading Word documents needs python-docx: {_INSTALL}") from error
    try:
        document = docx.Document(io.BytesIO(data))
        text = "\n\n".join(paragraph.text for paragraph in document.paragraphs)
        told = document.core_properties
    except Exception as error:  # its errors share no class
        raise DataError(f"{shown(path)}: cannot be read as a Word document: {error}") from error
    return text, {"title": told.title, "author": told.author}


_READERS: dict[str, Callable[[bytes, Path], Read]] = {
    ".md": _markdown, ".markdown": _markdown, ".html": _html, ".htm": _html, ".pdf": _pdf, ".docx": _docx,
}  # fmt: skip
