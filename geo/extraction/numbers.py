"""Numbers in words and figures, with what qualifies them: at least, up to, about, ranges, dozens."""

import re
from typing import NamedTuple

from geo.extraction.lexicon import number_words, phrases, word_set
from geo.extraction.tokens import Token

_FIGURES = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_TENS = frozenset(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"))
_SCALES = ("hundred", "thousand", "million")
_VAGUE = frozenset(
    ("several", "many", "some", "few", "numerous", "scores", "dozens", "hundreds", "thousands", "various", "multiple",
     "countless", "most", "unspecified", "unknown"),
)  # fmt: skip
_DASHES = ("-", "–", "—")


class Number(NamedTuple):
    """A number from one token to another (the last excluded); None where the words leave a bound open.

    ``vague`` is "dozens", "several": a plural without a number.
    """

    first: int
    last: int
    low: float | None
    best: float | None
    high: float | None
    vague: bool = False

    @property
    def exact(self) -> bool:
        """Whether it is one number and nothing qualifies it."""
        return self.low is not None and self.low == self.high

    @property
    def value(self) -> float | None:
        """The number as printed."""
        return self.best if self.best is not None else self.high if self.high is not None else self.low


def find_numbers(tokens: list[Token]) -> list[Number]:
    """Return the numbers among some tokens, in their order; numbers of other things than a count are left out."""
    found: list[Number] = []
    position = 0
    while position < len(tokens):
        number = _number_at(tokens, position)
        if number is None:
            position += 1
            continue
        found.append(number)
        position = max(number.last, position + 1)
    return found


def _number_at(tokens: list[Token], start: int) -> Number | None:
    meaning, position = _qualifier(tokens, start)
    if position == start and tokens[start].lower == "between":
        return _between(tokens, start)
    value = _plain(tokens, position)
    if value is None:
        vague = tokens[position].lower in _VAGUE if position < len(tokens) else False
        if vague and tokens[position].lower == "some" and position == start and _is_partitive(tokens, position):
            return None
        return Number(start, position + 1, None, None, None, vague=True) if vague else None
    number, last = value
    if _is_other(tokens, position, last):
        return None
    upper = _range_end(tokens, last, number)
    if upper:
        return Number(start, upper[1], number, None, upper[0])
    last, orless = _trailing(tokens, last)
    meaning = orless or meaning
    if meaning == "least":
        return Number(start, last, number, number, None)
    if meaning == "most":
        return Number(start, last, None, None, number)
    if meaning == "about":
        return Number(start, last, None, number, None)
    return Number(start, last, number, number, number)


def _is_partitive(tokens: list[Token], position: int) -> bool:
    """Tell whether "some" stands before no plural: "some time", "some of"."""
    after = tokens[position + 1].lower if position + 1 < len(tokens) else ""
    return after in ("of", "time", "") or not after.endswith("s")


def _trailing(tokens: list[Token], last: int) -> tuple[int, str]:
    words = [token.lower for token in tokens[last : last + 2]]
    if words in (["or", "more"], ["or", "so"]):
        return last + 2, "least" if words[1] == "more" else "about"
    return (last + 1, "least") if words[:1] == ["+"] else (last, "")


def _qualifier(tokens: list[Token], start: int) -> tuple[str, int]:
    for words, meaning in phrases("qualifiers", "words").get(tokens[start].lower, ()):
        end = start + len(words)
        if tuple(token.lower for token in tokens[start:end]) == words and end < len(tokens):
            inner, last = _qualifier(tokens, end)
            return (inner if inner == "least" else meaning), last
    return "", start


def _between(tokens: list[Token], start: int) -> Number | None:
    low = _plain(tokens, start + 1) if start + 1 < len(tokens) else None
    if low is None or low[1] + 1 >= len(tokens) or tokens[low[1]].lower not in ("and", "to", *_DASHES):
        return None
    high = _plain(tokens, low[1] + 1)
    if high is None or high[0] <= low[0] or _is_other(tokens, low[1] + 1, high[1]):
        return None
    return Number(start, high[1], low[0], None, high[0])


def _range_end(tokens: list[Token], last: int, low: float) -> tuple[float, int] | None:
    if last + 1 >= len(tokens) or tokens[last].lower not in ("to", "or", *_DASHES):
        return None
    high = _plain(tokens, last + 1)
    if high is None or high[0] <= low or (tokens[last].lower == "or" and high[0] > low + 10):
        return None
    return None if _is_other(tokens, last + 1, high[1]) else high


def _plain(tokens: list[Token], start: int) -> tuple[float, int] | None:
    """Return a number in words or figures at a token, and the token after it."""
    if start >= len(tokens):
        return None
    word = tokens[start].lower
    if _FIGURES.fullmatch(word):
        value = float(word.replace(",", ""))
        return _scaled(tokens, start + 1, value)
    if word in ("a", "an", "half", "couple") or word in number_words():
        return _words(tokens, start)
    parts = word.split("-")
    if len(parts) == 2 and parts[0] in _TENS and number_words().get(parts[1], 10) < 10:
        return _scaled(tokens, start + 1, float(number_words()[parts[0]] + number_words()[parts[1]]))
    return None


def _scaled(tokens: list[Token], position: int, value: float) -> tuple[float, int]:
    while position < len(tokens) and tokens[position].lower in (*_SCALES, "dozen", "score"):
        value *= number_words()[tokens[position].lower]
        position += 1
    return value, position


def _words(tokens: list[Token], start: int) -> tuple[float, int] | None:
    word = tokens[start].lower
    following = [token.lower for token in tokens[start + 1 : start + 4]]
    if word in ("a", "an"):
        if following[:1] and following[0] in (*_SCALES, "dozen", "score"):
            return _scaled(tokens, start + 1, 1.0)
        if following[:2] == ["couple", "of"] or following[:1] in (["couple"], ["pair"]):
            return 2.0, start + (3 if following[1:2] == ["of"] else 2)
        return (6.0, start + 3) if following[:2] == ["half", "dozen"] else None
    if word == "half":
        after = start + 1 + (following[:1] == ["a"])
        return (6.0, after + 1) if after < len(tokens) and tokens[after].lower == "dozen" else None
    if word not in number_words() or word in ("dozen", "score", *_SCALES):
        return None
    value, position = float(number_words()[word]), start + 1
    if word in _TENS and position < len(tokens) and 0 < number_words().get(tokens[position].lower, 0) < 10:
        value, position = value + number_words()[tokens[position].lower], position + 1
    value, position = _scaled(tokens, position, value)
    if position + 1 < len(tokens) and tokens[position].lower == "and" and value >= 100:
        rest = _plain(tokens, position + 1)
        if rest is not None and rest[0] < 100 and tokens[position - 1].lower in _SCALES:
            return value + rest[0], rest[1]
    return value, position


def _is_other(tokens: list[Token], start: int, last: int) -> bool:
    """Tell whether a number counts no people or events: a time, a share, an age, a sum of money, a name."""
    after = tokens[last].lower if last < len(tokens) else ""
    before = tokens[start - 1].lower if start else ""
    if before in ("$", "€", "£", "no", "number", "nos", "aged", "age", "#", "battalion", "article", "section", "route"):
        return before not in ("no", "nos", "number") or start > 1
    text = tokens[start].text
    if after in ("%", "percent") or (
        after == "-" and tokens[last + 1 : last + 2] and tokens[last + 1].lower.startswith("year")
    ):
        return True
    if after == ":" and last + 1 < len(tokens) and tokens[last + 1].text.isdigit() and text.isdigit():
        return True
    if after.endswith("-old") or after in ("year-old", "years-old"):
        return True
    return (
        text.isdigit()
        and len(text) == 4
        and text[:2] in ("19", "20")
        and after not in people_after()
        and "," not in text
    )


def people_after() -> frozenset[str]:
    """Return words before which a number of four digits is no year."""
    return frozenset(("people", "civilians", "soldiers", "fighters", "members", "deaths", "prisoners", "persons"))


def counts_things(tokens: list[Token], number: Number) -> bool:
    """Tell whether a number is of days, distances, vehicles or the like."""
    return number.last < len(tokens) and tokens[number.last].lower in word_set("unit")
