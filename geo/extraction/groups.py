"""Groups of people in a sentence: how many, of which side, and whether they are part of others."""

from collections.abc import Container
from dataclasses import dataclass

from geo.extraction.lexicon import people, trigger_forms, word_set
from geo.extraction.numbers import Number, counts_things
from geo.extraction.tokens import Token

#: Most words between a number and the noun that it counts.
REACH = 7
_ONE = ("a", "an", "one", "the", "another", "his", "her", "their", "its")


@dataclass(frozen=True, slots=True)
class Group:
    """People named by a noun phrase, from token ``first`` to ``last`` (excluded).

    Attributes
    ----------
    head : int
        Token of the noun; the number's where there is none.
    number : Number or None
        None for a plural of no number.
    side : str
        civilian, security, militant or unknown.
    part : bool
        Whether the phrase gives a part of other people: "including three children".
    """

    first: int
    last: int
    head: int
    number: Number | None
    side: str
    plural: bool
    part: bool = False

    @property
    def count(self) -> Number | None:
        """The number, one for a singular; None where the text has none."""
        if self.number is not None:
            return None if self.number.vague else self.number
        return None if self.plural else Number(self.first, self.last, 1, 1, 1)


def find_groups(tokens: list[Token], numbers: list[Number], dated: Container[int] = ()) -> list[Group]:
    """Return the groups of people in a sentence, in order; ``dated`` are the tokens of dates."""
    ends = {number.last: number for number in numbers}
    found: list[Group] = []
    position = 0
    while position < len(tokens):
        noun = _noun_at(tokens, position)
        if noun is None:
            position += 1
            continue
        side, plural, last = noun
        floor = max((place + 1 for place in range(position) if place in dated), default=0)
        floor = max(floor, found[-1].last if found else 0)
        found.append(_group(tokens, position, last, side, plural, ends, floor))
        position = last
    heads = {group.number for group in found if group.number}
    bare = [number for number in numbers if number not in heads and _stands_alone(tokens, number)]
    found += [_bare(tokens, number) for number in bare]
    found.sort(key=lambda group: group.first)
    return found


def _noun_at(tokens: list[Token], position: int) -> tuple[str, bool, int] | None:
    words = people()
    for length in (2, 1):
        text = " ".join(token.lower for token in tokens[position : position + length])
        last = position + length
        if text not in words or last > len(tokens):
            continue
        side, plural = words[text]
        following = tokens[last].lower if last < len(tokens) else ""
        if following in words and length == 1 and not plural:
            return None  # the next word is the noun: "police chief"
        if following in words and text in ("police", "militia", "rebel", "security"):
            return None
        if following in word_set("group noun") or following in word_set("site") or following == "-":
            return None
        if text in ("major", "general", "chief", "other", "local", "national", "minority") and not plural:
            return (
                (side, plural, last) if tokens[position].is_capital and following and following[0].isalpha() else None
            )
        return side, plural, last
    return None


def _group(
    tokens: list[Token], head: int, last: int, side: str, plural: bool, ends: dict[int, Number], floor: int
) -> Group:
    first, number = head, None
    stops = word_set("stop")
    for back in range(head, max(floor, head - REACH) - 1, -1):
        if back in ends:
            number = ends[back]
            first = number.first
            break
        before = tokens[back - 1].lower if back > floor else ""
        if not before or (before in stops and before not in ("'s", "-")) or before in trigger_forms():
            break
        if before in word_set("reporting"):
            break
        if before == "of" and back - 1 in ends:
            number = ends[back - 1]
            first = number.first
            break
        first = back - 1
        if before in _ONE:
            break
    if number is None and first > floor and tokens[first - 1].lower == "of" and first - 1 in ends:
        number = ends[first - 1]  # dozens of people
        first = number.first
    if first > floor and tokens[first - 1].lower in word_set("determiner") and number is not None and not number.vague:
        first -= 1  # his two bodyguards
    if number is None and _is_negative(tokens, first):
        number = Number(first, first + 1, 0, 0, 0)
    return Group(first, last, last - 1, number, side, plural, _is_part(tokens, first, number.last if number else 0))


def _is_negative(tokens: list[Token], first: int) -> bool:
    return tokens[first].lower in ("no", "nobody") or (first > 0 and tokens[first - 1].lower == "no")


def _is_part(tokens: list[Token], first: int, last: int = 0) -> bool:
    if last and [token.lower for token in tokens[last : last + 2]] in (["of", "them"], ["of", "whom"], ["of", "these"]):
        return True
    before = [token.lower for token in tokens[max(0, first - 5) : first]]
    if not before:
        return False
    if before[-2:] in (["of", "them"], ["of", "whom"]):
        return True
    if before[-1] in word_set("part") or (
        before[-1] in ("of", "them") and len(before) > 1 and before[-2] in ("among", "most")
    ):
        return True
    if last and last < len(tokens) and tokens[last].lower in trigger_forms():
        return False
    # A list goes on after "including": "including two women and a child".
    joined = [place for place, word in enumerate(before) if word in word_set("part")]
    return bool(joined) and all(word != "." for word in before[joined[-1] :]) and before[-1] in ("and", ",")


def _stands_alone(tokens: list[Token], number: Number) -> bool:
    """Tell whether a number without a noun may count people: "killed 12", "12 were killed", "12 dead"."""
    if counts_things(tokens, number) or number.value == 0:
        return False
    following = tokens[number.last].lower if number.last < len(tokens) else "."
    if following == "," and number.first and tokens[number.first - 1].text == ",":
        return False  # an age
    if following in word_set("place type") or following in word_set("site") or following in word_set("group noun"):
        return False
    if following in people():
        return False
    if number.vague:
        return following in ("were", "killed", "wounded", "injured", "dead", ".", ",", "and")
    if not number.vague and following[0].isalpha() and _is_plural_noun(tokens, number.last):
        return True
    return (
        not following[0].isalnum()
        or following in (*word_set("stop"), *word_set("more"))
        or following in trigger_forms()
        or following in ("dead", "missing", "hurt")
    )


def _is_plural_noun(tokens: list[Token], place: int) -> bool:
    """Tell whether an unknown plural follows, within two words: "72 devotees", "six Israelis"."""
    for token in tokens[place : place + 3]:
        word = token.lower
        if word in word_set("stop") or word in trigger_forms() or not token.is_word or word in word_set("unit"):
            return False
        if word.endswith("s") and len(word) > 3:
            return True
    return False


def _bare(tokens: list[Token], number: Number) -> Group:
    last = number.last
    if last < len(tokens) and _is_plural_noun(tokens, last):
        while not (tokens[last].lower.endswith("s") and len(tokens[last].lower) > 3):
            last += 1
        last += 1
    while last < len(tokens) and tokens[last].lower in word_set("more"):
        last += 1
    return Group(number.first, last, last - 1, number, "unknown", True, _is_part(tokens, number.first, number.last))
