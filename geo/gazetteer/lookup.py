"""Find the places that one name may stand for: letters, phonetic key, Russian stem, Arabic skeleton, similarity."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

from geo.gazetteer.candidates import (
    Candidate,
    Found,
    Limits,
    ambiguous,
    is_city,
    is_known_widely,
    is_prominent,
    kind_of,
    preference,
)
from geo.gazetteer.disambiguate import choose, choose_exact
from geo.gazetteer.index import strip_types
from geo.gazetteer.normalize import arabic_pattern, fold, is_arabic, phonetic_keys, stem_adjective
from geo.gazetteer.place import Entry, Place
from geo.gazetteer.similarity import close_enough, difference, max_difference, skeleton_suffices, vowels_suffice
from geo.gazetteer.thresholds import FUZZY_MARGIN, SCORE_ARABIC, SCORE_PHONETIC, SCORE_STEM, SHORTEST_KEY
from geo.model import Match


@dataclass(frozen=True, slots=True)
class Query:
    """A name to look up.

    Attributes
    ----------
    words : list of str
        All words of the text.
    core : list of str
        The words without type words; all of them if nothing else is left.
    level : str or None
        The level that the type words denote.
    """

    words: list[str]
    core: list[str]
    level: str | None

    @property
    def typed(self) -> bool:
        """Whether the text says what type of place it means."""
        return self.level is not None

    def allows(self, place: Place) -> bool:
        """Tell whether a place is of the type that the text says."""
        return self.level is None or self.level == place.level


@dataclass(slots=True)
class Closest:
    """The most similar places of one province."""

    code: str
    cost: float
    places: list[Place] = field(default_factory=list)

    def add(self, cost: float, place: Place) -> None:
        """Take a place into account: it replaces those that are less similar."""
        if cost < self.cost:
            self.cost, self.places = cost, [place]
        elif cost == self.cost:
            self.places.append(place)


def find(words: list[str], limits: Limits, *, fuzzy: bool = True) -> Found:
    """Find what a name stands for: by its letters, else by its phonetic key, else by similarity.

    Parameters
    ----------
    words : list of str
        `geo.gazetteer.normalize.tokens` of the name.
    limits : Limits
        Where to look.
    fuzzy : bool, default True
        Whether similarity counts; without it only equal letters or phonetic keys do.
    """
    core, level = strip_types(words)
    query = Query(words, core or words, level)
    found = _by_letters(query, limits) or _by_phonetic_key(query, limits) or _by_adjective(query, limits)
    if found is not None:
        return found
    letters = fold(query.core)
    if is_arabic(letters):
        return _by_arabic_skeleton(letters, query, limits)
    return _by_similarity(query, limits) if fuzzy else Found()


def _by_letters(query: Query, limits: Limits) -> Found | None:
    candidates = [
        Candidate(entry, rank + entry.bare)
        for rank, key in enumerate((fold(query.words), fold(query.core)))
        for index in limits.indexes
        for entry in index.by_letters.get(key, ())
        if limits.allow(entry.place)
    ]
    if _too_obscure(candidates, limits):
        return _abstain(candidates, limits)
    candidates += _phonetic_rivals(candidates, query, limits)
    return choose_exact(candidates, query.level, limits, phonetic=False) if candidates else None


def _by_phonetic_key(query: Query, limits: Limits) -> Found | None:
    candidates = [
        Candidate(entry, rank + entry.bare)
        for rank, words in enumerate((query.words, query.core))
        for key in _keys_in_any_order(words)
        for entry in _with_phonetic_key(key, limits)
    ]
    if _too_obscure(candidates, limits):
        return _abstain(candidates, limits)
    return choose_exact(candidates, query.level, limits, phonetic=True) if candidates else None


def _with_phonetic_key(key: str, limits: Limits) -> Iterator[Entry]:
    """Yield the names that have a phonetic key, where it is long enough to identify their places."""
    for index in limits.indexes:
        for entry in index.by_phonetic_key.get(key, ()):
            if limits.allow(entry.place) and limits.allow_phonetic(key, entry.place):
                yield entry


def _too_obscure(candidates: list[Candidate], limits: Limits) -> bool:
    """Tell whether a name stands only for places that it does not identify without a country."""
    return bool(candidates) and limits.wide and not any(is_known_widely(entry) for entry, _ in candidates)


def _abstain(candidates: list[Candidate], limits: Limits) -> Found:
    return ambiguous(SCORE_PHONETIC, (candidate.place.code_on(limits.day) for candidate in candidates))


def _phonetic_rivals(candidates: list[Candidate], query: Query, limits: Limits) -> list[Candidate]:
    """Return places that only sound like the text, and yet are as likely meant as those of the same letters.

    A village has many other names: a district or city with a name that sounds so is as likely meant. And where the
    text says "district", a district that sounds so is meant rather than a town of the same letters.
    """
    only_villages = bool(candidates) and not any(is_prominent(entry) for entry, _ in candidates)
    no_district = query.level == "admin2" and not any(c.place.level == "admin2" for c in candidates)
    if not (only_villages or no_district):
        return []
    rank = candidates[0].rank if candidates else 1
    return [
        Candidate(entry, rank)
        for key in _keys_in_any_order(query.core)
        for entry in _with_phonetic_key(key, limits)
        if (only_villages and is_prominent(entry)) or (no_district and entry.place.level == "admin2")
    ]


def _keys_in_any_order(words: list[str]) -> list[str]:
    """Return the phonetic keys of words in their order and sorted."""
    if len(words) < 2:
        return phonetic_keys(words)
    return list(dict.fromkeys([*phonetic_keys(words), *phonetic_keys(sorted(words))]))


def _by_adjective(query: Query, limits: Limits) -> Found | None:
    """Find a district named by a Russian adjective ("Khivinskiy rayon") from the place that it derives from."""
    if query.level != "admin2":
        return None
    for number, stem in enumerate(stem_adjective(query.core)):
        found = find([stem, "district"], limits, fuzzy=False)
        # The first two stems are whole but for the adjective's ending.
        if _may_be_seat(found, whole=number < 2):
            return Found(found.places, Match.FUZZY, SCORE_STEM, found.candidates)
    return None


def _may_be_seat(found: Found, *, whole: bool) -> bool:
    """Tell whether a district may be named after what was found for the stem of its adjective.

    ``whole`` says that only the adjective's ending was removed: "Berezovskiy" need not derive from "Bereza".
    """
    if found.level is None or found.level == "admin1":
        return False
    return found.level == "admin2" or whole or found.match == Match.NAME or is_city(found.places[0])


def _by_arabic_skeleton(letters: str, query: Query, limits: Limits) -> Found:
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
    if with_vowels and chosen.places:
        kind = kind_of(chosen.places[0])
        return chosen if vowels_suffice(letters, kind, typed=query.typed) else Found()
    return chosen


def _with_arabic_skeleton(letters: str, query: Query, limits: Limits) -> Iterator[tuple[str, Entry]]:
    """Yield the Latin names that have the consonants of a name in the Arabic script, with their phonetic keys."""
    for index in limits.indexes:
        for key in index.keys_with_skeleton(letters):
            for entry in index.by_phonetic_key[key]:
                if limits.allow(entry.place) and query.allows(entry.place):
                    yield key, entry


def _by_similarity(query: Query, limits: Limits) -> Found:
    """Choose among places with a similar phonetic key; abstain if a rival in another province is nearly as close."""
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
    places = [place for place in best.places if _close(best.cost, longest, query, place, limits)]
    if not places:
        return Found()
    score = round(SCORE_PHONETIC - best.cost / len(longest), 4)
    rivals = [other.code for other in ranked if other.cost - best.cost < FUZZY_MARGIN]
    if len(rivals) > 1:
        return ambiguous(score, rivals)
    return Found(sorted(dict.fromkeys(places), key=preference), Match.FUZZY, score, [best.code])


def _closest_by_province(keys: list[str], query: Query, limits: Limits, most: float) -> list[Closest]:
    """Return the most similar places of each province, the closest province first."""
    closest: dict[str, Closest] = {}
    for key in keys:
        for cost, place in _similar(key, limits, most):
            if query.allows(place):
                code = place.code_on(limits.day)
                closest.setdefault(code, Closest(code, cost)).add(cost, place)
    return sorted(closest.values(), key=lambda one: (one.cost, one.code))


def _close(cost: float, key: str, query: Query, place: Place, limits: Limits) -> bool:
    """Tell whether a key may be a spelling of a place's name from which it differs by ``cost``."""
    return not limits.hides(place) and close_enough(cost, key, kind_of(place), typed=query.typed, wide=limits.wide)


def _similar(key: str, limits: Limits, most: float) -> Iterator[tuple[float, Place]]:
    """Yield the places whose phonetic keys differ from a key by less than ``most``, with the difference."""
    if len(key) < SHORTEST_KEY:
        return
    for index in limits.indexes:
        choices = index.similar_keys(key) | index.province_keys()
        # The edit distance is at most twice the difference: a cheap filter before the difference itself.
        close = process.extract(key, choices, scorer=OSA.distance, score_cutoff=math.ceil(2 * most), limit=None)
        for other, _, _ in close:
            cost = difference(key, other)
            if cost < most:
                yield from ((cost, entry.place) for entry in index.by_phonetic_key[other] if limits.allow(entry.place))
