"""Words, numbers and signs of a text, and its sentences, with their offsets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from geo.extraction.lexicon import abbreviations

_TOKEN = re.compile(
    r"""
    (?:[^\W\d_]\.){2,}                          # U.S., a.m.
    | \d+(?:[.,]\d+)*(?:st|nd|rd|th)?(?![^\W\d_])   # 1,200  3rd
    | ['’]s\b
    | n['’]t\b
    | [^\W_]+(?:[-'’ʼʻ](?!s\b)[^\W_]+)*         # Mazar-i-Sharif, Sana'a
    | \S
    """,
    re.VERBOSE | re.IGNORECASE,
)
#: The end of a sentence: a stop, whatever closes quotation or refers to a note, and white space.
_END = re.compile(r"[.!?…]+[\"'”’)\]»⁰¹²³⁴-⁹\d]{0,6}(?=\s|$)")
_OPENING = re.compile(r"[\"'“‘(\[«\-—]*")


class Token(NamedTuple):
    """A word, number or sign."""

    text: str
    lower: str
    start: int
    end: int

    @property
    def is_capital(self) -> bool:
        """Whether it begins as names do; scripts without capitals count as capital."""
        text = self.text
        if text[0].isalpha() and not text[0].islower():
            return True
        # al-Hawl, ed-Daein
        return "-" in text[1:4] and text[0].isalpha() and text[text.index("-") + 1 :][:1].isupper()

    @property
    def is_word(self) -> bool:
        """Whether it has letters."""
        return self.text[0].isalpha()


@dataclass(slots=True, eq=False)
class Sentence:
    """A sentence: its paragraph's number, its own in the article, offsets and tokens."""

    paragraph: int
    number: int
    start: int
    end: int
    tokens: list[Token]
    heading: bool = False

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the offsets from one token to another, both included."""
        return self.tokens[first].start, self.tokens[last].end

    def words(self, first: int, last: int) -> str:
        """Return the lower-case words from one token to another, the last excluded, each between spaces."""
        return " ".join(token.lower for token in self.tokens[max(first, 0) : last])


class Text:
    """The text of an article, with whether it is written in capitals."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def shouted(self) -> bool:
        """Whether capitals tell nothing: four letters of five are capitals."""
        sample = self.text[:20_000]
        upper, lower = sum(map(str.isupper, sample)), sum(map(str.islower, sample))
        return upper > 4 * lower and upper > 40


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """Return the tokens of a part of a text."""
    return [
        Token(found[0], found[0].lower().replace("’", "'"), found.start(), found.end())
        for found in _TOKEN.finditer(text, start, end)
    ]


def sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the sentences of a paragraph."""
    begin = start
    for found in _END.finditer(text, start, end):
        if not _ends(text, found, begin, end):
            continue
        yield begin, found.end()
        begin = found.end()
        while begin < end and text[begin].isspace():
            begin += 1
    if begin < end:
        yield begin, end


def _ends(text: str, found: re.Match[str], begin: int, end: int) -> bool:
    after = found.end()
    while after < end and text[after].isspace():
        after += 1
    if after >= end:
        return False  # the rest is yielded as it is
    opening = _OPENING.match(text, after, end)
    first = opening.end() if opening else after
    if first < end and text[first].islower():
        return False
    if not found[0].startswith(".") or found[0].startswith(".."):
        return True
    word = re.search(r"[^\s(\[\"“‘]*$", text[max(begin, found.start() - 30) : found.start()])
    last = word[0] if word else ""
    return not (len(last) == 1 and last.isalpha() and last.isupper()) and last.lower() not in abbreviations()
