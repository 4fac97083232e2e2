"""Part a sentence into the events that it tells of."""

import itertools

from geo.extraction.lexicon import event_kinds, word_set
from geo.extraction.mentions import Mention, Reading
from geo.extraction.places import TYPED

_VIOLENCE = frozenset(("attack", "effect", "clash", "explosion", "territory"))
_APART = frozenset(("another", "separate", "separately", "elsewhere", "second", "third", "meanwhile", "similar"))


def mentions_of(reading: Reading, *, short: bool) -> list[Mention]:
    """Return the events that a sentence tells of as having happened; ``short`` as `geo.extraction.join.join` has it."""
    asserted = [n for n, word in enumerate(reading.assertions) if word == "asserted"]
    if not asserted:
        return []
    cuts = [0, *_cuts(reading, asserted), len(reading.sentence.tokens)]
    found = []
    for first, last in itertools.pairwise(cuts):
        inside = [n for n in asserted if first <= reading.triggers[n].first < last]
        parted = _by_sort(reading, inside) if inside and not short else [inside] if inside else []
        found += [_mention(reading, triggers, first, last, alone=len(cuts) == 2) for triggers in parted]
    return found


def _by_sort(reading: Reading, inside: list[int]) -> list[list[int]]:
    """Part violence from arrests, abductions, surrenders and the like, which are events of their own."""
    kinds = event_kinds()
    found: dict[str, list[int]] = {}
    for n in inside:
        family = kinds[reading.triggers[n].event].family
        found.setdefault("violence" if family in _VIOLENCE else family, []).append(n)
    # An operation that takes somebody is the arrest.
    violence = found.get("violence", [])
    if "arrest" in found and all(reading.triggers[n].event == "operation" for n in violence):
        found["arrest"] += found.pop("violence", [])
    return list(found.values())


def _mention(reading: Reading, triggers: list[int], first: int, last: int, *, alone: bool) -> Mention:
    places = [place for place in reading.places if first <= place.first < last]
    start, end = reading.offset_of(first), reading.sentence.tokens[last - 1].end
    dates = [found for found in reading.dates if start <= found.start < end]
    mention = Mention(reading, triggers, first, last, places, dates, first > 0)
    if not alone:
        good = [place for place in places if place.standing >= TYPED]
        mention.places = places if good else reading.places
        mention.dates = dates or reading.dates
    words = {token.lower for token in reading.sentence.tokens[first : first + 6]}
    mention.separate = mention.separate or bool(words & _APART)
    return mention


def _cuts(reading: Reading, asserted: list[int]) -> list[int]:
    """Return the tokens at which another event begins: a joined clause with its own trigger and place or date."""
    tokens = reading.sentence.tokens
    found: list[int] = []
    for place, token in enumerate(tokens):
        if token.text != ";" and token.lower not in ("and", "while", "whereas", "but"):
            continue
        before = [n for n in asserted if (found[-1] if found else 0) <= reading.triggers[n].first < place]
        after = [n for n in asserted if reading.triggers[n].first > place]
        if before and after and _differs(reading, found[-1] if found else 0, place, before, after):
            found.append(place + 1)
    return found


def _differs(reading: Reading, floor: int, place: int, before: list[int], after: list[int]) -> bool:
    main = any(not reading.triggers[n].is_effect for n in after)
    if not main or all(reading.triggers[n].is_effect for n in before):
        return False
    words = {token.lower for token in reading.sentence.tokens[place : place + 7]}
    left = [found for found in reading.places if floor <= found.first < place and found.standing >= TYPED]
    right = [found for found in reading.places if found.first > place and found.standing >= TYPED]
    offset = reading.offset_of(place)
    earlier = [found for found in reading.dates if reading.offset_of(floor) <= found.start < offset]
    later = [found for found in reading.dates if found.start > offset]
    if earlier and later and not any(one.period.meets(two.period) for one in earlier for two in later):
        return True
    own = bool(left and right and not {found.text for found in left} & {found.text for found in right})
    return own and (
        bool(words & _APART) or reading.sentence.tokens[place].text == ";" or _two_nouns(reading, before, after)
    )


def _two_nouns(reading: Reading, before: list[int], after: list[int]) -> bool:
    """Tell whether two places have a trigger each: "an attack on … in A and clashes in B"."""
    one = [n for n in before if not reading.triggers[n].is_effect]
    two = [n for n in after if not reading.triggers[n].is_effect]
    return bool(one and two) and not word_set("modal") & {
        reading.sentence.tokens[reading.triggers[two[0]].first - 1].lower
    }
