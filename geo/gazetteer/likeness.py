"""Find the places whose names are like a text, but not equal: by consonants in the Arabic script, or by sound."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from geo.gazetteer.candidates import Found, Limits, Query, ambiguous, kind_of, preference
from geo.gazetteer.disambiguate import choose
from geo.gazetteer.normalize import arabic_pattern, phonetic_keys
from geo.gazetteer.place import Entry, Place
from geo.gazetteer.similarity import close_enough, difference, max_difference, skeleton_suffices, vowels_suffice
from geo.gazetteer.thresholds import FUZZY_MARGIN, FUZZY_SCORES, SCORE_ARABIC, SCORE_PHONETIC, SHORTEST_KEY
from geo.model import Match


class Similar(NamedTuple):
    """A place with a name like the text: by how much its phonetic key differs, and whether it begins alike."""

    cost: float
    place: Place
    begins_alike: bool


@dataclass(slots=True)
class Closest:
    """The most similar places of one province."""

    code: str
    cost: float
    found: list[Similar] = field(default_factory=list)

    def add(self, similar: Similar) -> None:
        """Take a place into account: it replaces those that are less similar."""
        if similar.cost < self.cost:
            self.cost, self.found = similar.cost, [similar]
        elif similar.cost == self.cost:
            self.found.append(similar)


def by_arabic_skeleton(letters: str, query: Query, limits: Limits) -> Found:
    """Choose among places whose Latin names have the consonants of a name in the Arabic script."""
    matches = list(_with_arabic_skeleton(letters, query, limits))
    pattern = arabic_pattern(letters)
    with_vowels = [entry for key, entry in matches if pattern.fullmatch(key)]
    if not with_vowels and not skeleton_suffices(letters, typed=query.typed):
        return Found()
    entries = with_vowels or [entry for _, entry in matches]
    if not entries:
        return Found()
    provinces = [entry for entry in entries if entry.place.level == "admin1"]
    chosen = choose(provinces or entries, limits, Match.FUZZY, SCORE_ARABIC)
    if not chosen.places:
        return chosen
    kind = kind_of(chosen.places[0])
    if with_vowels and not vowels_suffice(letters, kind, typed=query.typed):
        return Found()
    # As with likeness, a village of which the list has another spelling is as likely meant as the one that it has.
    if kind == "town" and not query.typed and limits.codes is None:
        return Found(score=chosen.score, candidates=chosen.candidates)
    return chosen


def _with_arabic_skeleton(letters: str, query: Query, limits: Limits) -> Iterator[tuple[str, Entry]]:
    """Yield the Latin names that have the consonants of a name in the Arabic script, with their phonetic keys."""
    for index in limits.indexes:
        for key in index.keys_with_skeleton(letters):
            for entry in index.by_phonetic_key[key]:
                if limits.allow(entry.place) and query.allows(entry.place):
                    yield key, entry


def by_similarity(query: Query, limits: Limits) -> Found:
    """Choose among places with a similar phonetic key; abstain if a rival in another province is nearly as close.

    Where no place is near enough to be meant, the provinces of the closest ones stay as candidates of no match.
    """
    keys = phonetic_keys(query.core)
    longest = max(keys, key=len, default="")
    # A name that differs by more can neither be meant nor be a rival of one that is.
    most = max_difference(longest, typed=query.typed, wide=limits.wide)
    if most is None:
        return Found()
    ranked = _closest_by_province(keys, query, limits, most + FUZZY_MARGIN)
    if not ranked:
        return Found()
    best = ranked[0]
    close = [similar for similar in best.found if _close(similar, longest, query, limits)]
    if not close:
        return Found()
    score = round(SCORE_PHONETIC - best.cost / len(longest), 4)
    rivals = [other.code for other in ranked if other.cost - best.cost < FUZZY_MARGIN]
    places = [similar.place for similar in close if _earned(similar, score, query, limits)]
    if not places:
        return Found(score=score, candidates=rivals)
    if len(rivals) > 1:
        return ambiguous(score, rivals)
    return Found(sorted(dict.fromkeys(places), key=preference), Match.FUZZY, score, [best.code])


def _closest_by_province(keys: list[str], query: Query, limits: Limits, most: float) -> list[Closest]:
    """Return the most similar places of each province, the closest province first."""
    closest: dict[str, Closest] = {}
    for key in keys:
        for similar in _similar(key, limits, most):
            if query.allows(similar.place):
                code = similar.place.code_on(limits.day)
                closest.setdefault(code, Closest(code, similar.cost)).add(similar)
    return sorted(closest.values(), key=lambda one: (one.cost, one.code))


def _close(similar: Similar, key: str, query: Query, limits: Limits) -> bool:
    """Tell whether a key may be a spelling of the name of a place that is like it."""
    if limits.hides(similar.place):
        return False
    return close_enough(similar.cost, key, kind_of(similar.place), typed=query.typed, wide=limits.wide)


def _earned(similar: Similar, score: float, query: Query, limits: Limits) -> bool:
    """Tell whether likeness is enough to answer with a place.

    It is where something else speaks for the place: a type word, the field in which the text stands, or a province that
    holds it. Else a village that nobody lists is as likely meant as a misspelt name, unless the two are very like.
    """
    level = similar.place.level
    if limits.field == "place" and level == "admin1":
        return query.typed
    if query.typed or level == limits.field or limits.codes is not None:
        return True
    return similar.begins_alike and score >= FUZZY_SCORES[level]


def _similar(key: str, limits: Limits, most: float) -> Iterator[Similar]:
    """Yield the places whose phonetic keys differ from a key by less than ``most``."""
    if len(key) < SHORTEST_KEY:
        return
    for index in limits.indexes:
        choices = index.similar_keys(key) | index.province_keys()
        # The edit distance is at most twice the difference: a cheap filter before the difference itself.
        close = process.extract(key, choices, scorer=OSA.distance, score_cutoff=math.ceil(2 * most), limit=None)
        for other, _, _ in close:
            cost, alike = difference(key, other), key[0] == other[0]
            if cost < most:
                for entry in index.by_phonetic_key[other]:
                    if limits.allow(entry.place):
                        yield Similar(cost, entry.place, alike)
