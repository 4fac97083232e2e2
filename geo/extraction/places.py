"""Places of a sentence: names that belong together, resolved by the gazetteer, and how they stand in the sentence."""

import itertools
from dataclasses import dataclass, replace

from geo.extraction.lexicon import word_set
from geo.extraction.place_elements import Element, element_at
from geo.extraction.place_lookup import UNKNOWN, WORLD, Answer, ask, is_sure
from geo.extraction.tokens import Token
from geo.gazetteer.index import vocabulary

#: How a place stands in the sentence, the surest first.
AT, TYPED, BARE, MOVING, ORIGIN = 4, 3, 2, 1, 0
#: Smallest town that is meant by its bare name, in people.
BARE_TOWN = 50_000
_INNER = (",", "in", "of", "(", "'s", "near", "at", "outside", "from", "-", "within", "on")


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place from token ``first`` to ``last`` (excluded): the answer of the gazetteer, and how it stands (`AT` …)."""

    first: int
    last: int
    answer: Answer
    standing: int
    text: str
    span: tuple[int, int]
    listed: bool = False


def find_places(
    tokens: list[Token], text: str, scope: tuple[str, ...], day: str | None, barred: set[int], *, shouted: bool
) -> list[PlaceMention]:
    """Return the places of a sentence in order.

    Parameters
    ----------
    tokens : list of Token
    text : str
        The article.
    scope : tuple of str
        Codes of the countries to look in, the likeliest first; () for all.
    day : str or None
        Day of the provinces to answer with.
    barred : set of int
        Tokens of groups, dates and the like, which are no places.
    shouted : bool
        Whether the text is in capitals.
    """
    found: list[PlaceMention] = []
    position = 0
    while position < len(tokens):
        chain = _chain(tokens, position, scope, barred, shouted)
        if not chain:
            position += 1
            continue
        found += _mentions(tokens, text, chain, scope, day, shouted)
        position = max(chain[-1].last, position + 1)
    return found


def _chain(tokens: list[Token], start: int, scope: tuple[str, ...], barred: set[int], shouted: bool) -> list[Element]:
    """Return names that follow one another, joined by commas and the like."""
    first = element_at(tokens, start, scope, barred, shouted)
    if first is None or (tokens[start].lower in word_set("stop")):
        return []
    chain = [first]
    while len(chain) < 8:
        after = chain[-1].last
        step = after
        while step < len(tokens) and step - after < 3 and tokens[step].lower in (*_INNER, "and", "the", ")", "&"):
            step += 1
        if step == after or step >= len(tokens) or "." in {token.text for token in tokens[after:step]}:
            break
        following = element_at(tokens, step, scope, barred, shouted)
        if following is None or not (following.known or following.typed):
            break
        chain.append(following)
    return chain


def _mentions(
    tokens: list[Token], text: str, chain: list[Element], scope: tuple[str, ...], day: str | None, shouted: bool
) -> list[PlaceMention]:
    answers = [_asked(element, scope, day) for element in chain]
    groups: list[list[int]] = [[0]]
    for number in range(1, len(chain)):
        between = [token.lower for token in tokens[chain[number - 1].last : chain[number].first]]
        if _nests(groups[-1], number, answers, between):
            groups[-1].append(number)
        else:
            groups.append([number])
    found: list[PlaceMention] = []
    for members in groups:
        elements = [chain[n] for n in members]
        # A preposition holds for what is joined: "between Boni and Hombori (Mopti)".
        least = found[-1].standing if found else _standing(tokens, chain) if members[0] else ORIGIN
        mention = _mention(tokens, text, elements, scope, day, shouted, least)
        if mention is not None:
            found.append(mention)
    if len(found) > 1:
        best = max(mention.standing for mention in found)
        joined = _are_listed(tokens, found)
        # A preposition holds for all of a list: "in Kabul, Jalalabad and Mazar-i-Sharif".
        found = [replace(mention, standing=best if joined else mention.standing, listed=joined) for mention in found]
    return found


def _are_listed(tokens: list[Token], found: list[PlaceMention]) -> bool:
    gaps = [{token.lower for token in tokens[one.last : two.first]} for one, two in itertools.pairwise(found)]
    return all(gap <= {",", "and", "&", "the"} for gap in gaps)


def _nests(members: list[int], number: int, answers: list[Answer], between: list[str]) -> bool:
    """Tell whether a name says where the one before lies, rather than naming another place."""
    last, this = answers[members[-1]], answers[number]
    if "and" in between or "&" in between:
        return False
    if "'s" in between:
        return True
    if last.level == this.level == "country":
        return False
    if not last.known:
        return True
    if this.width <= last.width and not (between and between[0] in ("(", "in", "of", "near", "at", "within")):
        return False
    return (
        this.country is None
        or last.country is None
        or this.country == last.country
        or not is_sure(last)
        or this.width > 2
    )


def _asked(element: Element, scope: tuple[str, ...], day: str | None) -> Answer:
    answer = _in_scope(element.name, scope, day)
    return answer if element.known or element.typed or is_sure(answer) else UNKNOWN


def _in_scope(name: str, scope: tuple[str, ...], day: str | None) -> Answer:
    """Return the answer of the first country that has the name, a unit or large town before a village."""
    codes = tuple(code for code in scope if code != WORLD)
    best = _of_countries(name, codes, day)
    if WORLD in scope and not (_is_large(best) and is_sure(best)):
        widely = ask(name, (), day)
        if is_sure(widely) and widely.code and _is_large(widely):
            return widely
    return best


def _of_countries(name: str, codes: tuple[str, ...], day: str | None) -> Answer:
    if len(codes) < 2:
        return ask(name, codes, day)
    answers = [ask(name, (code,), day) for code in codes]
    known = [answer for answer in answers if answer.code or answer.level == "country" or answer.candidates]
    if not known:
        return next((answer for answer in answers if answer.known), UNKNOWN)
    known.sort(key=lambda answer: (not (is_sure(answer) or answer.candidates), not _is_large(answer)))
    return known[0]


def _is_large(answer: Answer) -> bool:
    """Tell whether a name is that of a unit or a large town, or of several places of its country."""
    return answer.width >= 2 or answer.population >= BARE_TOWN or (answer.code is None and bool(answer.candidates))


def _mention(
    tokens: list[Token], text: str, chain: list[Element], scope: tuple[str, ...], day: str | None, shouted: bool,
    least: int,
) -> PlaceMention | None:  # fmt: skip
    # What is no name of the gazetteer may be a building or people: "the monastery of St Samuel in Minya".
    known_from = next((n for n, element in enumerate(chain) if element.known or element.typed), 0)
    standing = max(least, _standing(tokens, chain), _standing(tokens, chain[known_from:]))
    if _standing(tokens, chain) < AT:
        chain = chain[known_from:]
    answer = _composite(chain, scope, day)
    typed = any(element.typed for element in chain)
    if not answer.known or (answer.level == "country" and standing < AT):
        return None
    known = any(element.known for element in chain) or is_sure(answer) or answer.level == "country"
    if not known and not typed:
        return None
    if standing == BARE and not (answer.width >= 2 or answer.population >= BARE_TOWN):
        return None
    if shouted and standing == BARE and not typed:
        standing = MOVING
    start, end = tokens[chain[0].first].start, tokens[chain[-1].last - 1].end
    return PlaceMention(chain[0].first, chain[-1].last, answer, standing, text[start:end], (start, end))


def _composite(chain: list[Element], scope: tuple[str, ...], day: str | None) -> Answer:
    """Return the answer for names that say together where something is."""
    own = scope
    for element in chain:
        answer = _in_scope(element.name, scope, day)
        if answer.level == "country" and answer.country and len(chain) > 1:
            own = (answer.country,)
            day = day if answer.country in scope else None
    names = [element.name for element in chain]
    orders = [names, names[::-1]] if len(names) > 1 else [names]
    found = UNKNOWN
    for drop in range(len(names)):
        for order in orders:
            answer = _in_scope(", ".join(order[drop:] if order is names else order[: len(order) - drop]), own, day)
            if answer.code is not None:
                return answer
            found = answer if answer.known and not found.known else found
    return found


def _standing(tokens: list[Token], chain: list[Element]) -> int:
    first, last = chain[0].first, chain[-1].last
    back = first - 1
    while back >= 0 and tokens[back].lower in (
        "the",
        "a",
        "an",
        "capital",
        "city",
        "town",
        "village",
        "restive",
        *word_set("direction"),
    ):
        back -= 1
    while back >= 0 and tokens[back].lower in vocabulary()["demonym"]:
        back -= 1
    before = tokens[back].lower if back >= 0 else ""
    after = tokens[last].lower if last < len(tokens) else ""
    if after in word_set("reporting") and before not in word_set("locative"):
        return ORIGIN
    if after in word_set("other place") and not chain[-1].typed:
        return ORIGIN
    if (
        before in word_set("locative")
        or before in word_set("part")
        or (before == "as" and back and tokens[back - 1].lower == "such")
    ):
        return AT
    if before == "of":
        head = tokens[back - 1].lower if back else ""
        return AT if head in word_set("head of place") or head in word_set("site") else ORIGIN
    if before == "from":
        return ORIGIN
    if before == "to":
        return MOVING
    return TYPED if any(element.typed for element in chain) else BARE
