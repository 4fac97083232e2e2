"""Names of places in a sentence, one by one: which words could be one, and what stands around them."""

from dataclasses import dataclass

from geo.extraction.lexicon import people, trigger_forms, word_set
from geo.extraction.place_lookup import has_letters, letters_of
from geo.extraction.tokens import Token
from geo.gazetteer.index import vocabulary

#: Most words of a name.
LONGEST = 5
#: Fewest letters of a name where capitals tell nothing.
SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Element:
    """A name from token ``first`` to ``last`` (excluded), with the words of its type.

    ``known`` says that the gazetteer has its letters, ``typed`` that a word such as "district" stands by it, ``site``
    that it is a building or the like: "Kabul airport".
    """

    first: int
    last: int
    name: str
    known: bool
    typed: bool
    site: bool = False


def element_at(
    tokens: list[Token], start: int, scope: tuple[str, ...], barred: set[int], shouted: bool
) -> Element | None:
    """Return the name that begins at a token, or None."""
    position = start
    while position < len(tokens) and _leads(tokens[position]) and position - start < 2:
        position += 1
    typed_first = position < len(tokens) and tokens[position].lower in word_set("place type")
    if typed_first and tokens[position].lower.endswith("s"):
        return None  # "the cities of" a list
    if typed_first and position + 1 < len(tokens):
        after = position + 2 if tokens[position + 1].lower in ("of", "de") else position + 1
        inner = _named(tokens, after, scope, barred, shouted)
        if inner and (after > position + 1 or tokens[position].is_capital):
            name = f"{_text(tokens, after, inner[0])} {tokens[position].lower}"
            return Element(start, inner[0], name, inner[1], typed=True)
        return None
    if position >= len(tokens) or position in barred:
        return None
    if tokens[position].lower in vocabulary()["demonym"] and not has_letters(
        letters_of([tokens[position].text]), scope
    ):
        return None  # "the Russian embassy"
    found = _named(tokens, position, scope, barred, shouted)
    if found is None:
        return None
    return _with_type(tokens, start, found)


def _with_type(tokens: list[Token], start: int, found: tuple[int, bool]) -> Element | None:
    last, known = found
    name = _text(tokens, start, last)
    end = last
    while end < len(tokens) and tokens[end].lower in word_set("place type") and end - last < 2:
        end += 1
    if end > last:
        return Element(start, end, _text(tokens, start, end), known, typed=True)
    while (
        end < len(tokens)
        and (tokens[end].lower in word_set("site") or tokens[end].lower == "international")
        and end - last < 2
    ):
        end += 1
    if end > last:
        return Element(start, end, name, known, typed=False, site=True)
    return Element(start, last, name, known, typed=False)


def _leads(token: Token) -> bool:
    return token.lower in word_set("direction")


def _named(
    tokens: list[Token], start: int, scope: tuple[str, ...], barred: set[int], shouted: bool
) -> tuple[int, bool] | None:
    """Return the end of a name and whether it is known."""
    end = _run(tokens, start, barred, shouted)
    if end == start:
        return None
    for last in range(min(end, start + LONGEST), start, -1):
        words = [token.text for token in tokens[start:last]]
        letters = letters_of(words)
        if len(letters) < (SHORTEST if shouted else 3) or not has_letters(letters, scope):
            continue
        if (
            shouted
            and last == start + 1
            and (tokens[start].lower in _common() or tokens[start].lower in vocabulary()["demonym"])
        ):
            return None
        if shouted or last == end or _ends_name(tokens[last]):
            return last, True
    return None if shouted else (end, False)


def _run(tokens: list[Token], start: int, barred: set[int], shouted: bool) -> int:
    """Return the end of the words that could be one name."""
    end = start
    stops, types, sites = word_set("stop"), word_set("place type"), word_set("site")
    while end < len(tokens) and end - start < LONGEST + 2:
        token = tokens[end]
        if end in barred or not token.is_word:
            break
        joins = token.lower in (
            "de",
            "del",
            "la",
            "las",
            "los",
            "el",
            "al",
            "e",
            "i",
            "y",
            "do",
            "da",
            "dos",
            "ul",
            "wa",
        )
        if joins and end > start and end + 1 < len(tokens) and (tokens[end + 1].is_capital):
            end += 1
            continue
        if (
            not token.is_capital
            or (token.lower in stops and not (shouted and joins))
            or token.lower in types
            or token.lower in sites
        ):
            break
        end += 1
    return end


def _ends_name(token: Token) -> bool:
    word = token.lower
    return (
        word in word_set("place type")
        or word in word_set("site")
        or word in people()
        or word in trigger_forms()
        or word in word_set("stop")
    )


def _common() -> frozenset[str]:
    return word_set("common")


def _text(tokens: list[Token], first: int, last: int) -> str:
    return " ".join(token.text for token in tokens[first:last] if token.lower != "the")
