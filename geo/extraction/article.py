"""The text of an article, its paragraphs, and what is known of where it was published."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from geo.days import as_day

#: A block whose lines are no longer than this was wrapped by hand or by a mail reader; longer lines are paragraphs.
WRAPPED_AT = 100
_BLOCK = re.compile(r"[^\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its number from 1, the code points from ``start`` to ``end``, and its page where one is known."""

    n: int
    start: int
    end: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A text, and what is known of it; ``published`` is an ISO date or None."""

    id: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = "en"
    notes: tuple[str, ...] = field(default=())

    @property
    def sha256(self) -> str:
        """Digest of the text in UTF-8, by which decisions on its candidates know it again."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()


def make_article(
    text: str,
    *,
    id: str = "text",  # noqa: A002  # the name of the field
    title: str | None = None,
    author: str | None = None,
    publisher: str | None = None,
    published: date | str | int | None = None,
    url: str | None = None,
    language: str | None = "en",
    pages: tuple[int, ...] = (),
    notes: tuple[str, ...] = (),
) -> Article:
    """Return an article with its paragraphs.

    Parameters
    ----------
    text : str
        Lone surrogates and null characters are replaced, so that offsets hold in every file and browser.
    published : date or ISO text, optional
    pages : tuple of int
        Offsets at which the pages begin, the first one included.

    Raises
    ------
    UsageError
        If ``published`` is no date.
    """
    text = "".join("\ufffd" if "\ud800" <= sign <= "\udfff" else sign for sign in text) if _odd(text) else text
    day = None if published is None or published == "" else as_day(published)
    return Article(
        id, text, tuple(_paragraphs(text, pages)), title, author, publisher, day, url, language, notes
    )  # fmt: skip


def _odd(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _paragraphs(text: str, pages: tuple[int, ...]) -> Iterator[Paragraph]:
    page = 0
    for n, (start, end) in enumerate(_joined(text), 1):
        while page < len(pages) and pages[page] <= start:
            page += 1
        yield Paragraph(n, start, end, page or None)


def _joined(text: str) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs: blocks between empty lines where lines are wrapped, else every line."""
    block: list[tuple[int, int]] = []
    for line in _BLOCK.finditer(text):
        start, end = _stripped(text, line.start(), line.end())
        if start == end:
            continue
        # An indented line begins a paragraph, as on a wire service's teleprinter.
        apart = block and (text.count("\n", block[-1][1], start) > 1 or _is_indented(text, line.start(), block))
        if apart:
            yield from _block(block)
            block = []
        block.append((start, end))
    yield from _block(block)


def _is_indented(text: str, start: int, block: list[tuple[int, int]]) -> bool:
    first = text.rfind("\n", 0, block[0][0]) + 1
    return text[start : start + 2].isspace() and not (len(block) == 1 and text[first : first + 2].isspace())


def _block(lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    if len(lines) > 1 and max(end - start for start, end in lines) <= WRAPPED_AT:
        yield lines[0][0], lines[-1][1]
    else:
        yield from lines


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
