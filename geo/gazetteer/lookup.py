"""Find the places that one name may stand for: letters, phonetic key, Russian stem, Arabic skeleton, similarity."""

from collections.abc import Iterator
from functools import lru_cache

from geo.gazetteer.candidates import (
    Candidate,
    Found,
    Limits,
    Query,
    ambiguous,
    is_city,
    is_known_widely,
    is_prominent,
)
from geo.gazetteer.disambiguate import choose_exact
from geo.gazetteer.index import Index, strip_types, vocabulary
from geo.gazetteer.likeness import by_arabic_skeleton, by_similarity
from geo.gazetteer.normalize import fold, is_arabic, phonetic_keys, stem_adjective, written_letters
from geo.gazetteer.place import Entry
from geo.gazetteer.prominent import HOME_COUNTRIES
from geo.gazetteer.thresholds import SCORE_PHONETIC, SCORE_STEM, WIDE_LONG_NAME
from geo.model import Match


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
        return _as_one_of_many(found, query) if limits.codes is None else found
    letters = fold(query.core)
    if is_arabic(letters):
        return by_arabic_skeleton(letters, query, limits)
    return by_similarity(query, limits) if fuzzy else Found()


def _as_one_of_many(found: Found, query: Query) -> Found:
    """Leave a village open that has one of the names of which every district of the region has some: Hasanabad."""
    village = found.level == "town" and not is_city(found.places[0])
    if not village or found.candidates[0][:2] not in HOME_COUNTRIES:
        return found
    common = not _common_names().isdisjoint((fold(query.core), *phonetic_keys(query.core)))
    return ambiguous(found.score, found.candidates) if common else found


@lru_cache
def _common_names() -> frozenset[str]:
    """Return the letters and, where they are long, the phonetic keys of names that many villages bear."""
    common = vocabulary()["common"]
    heard = {key for name in common for key in phonetic_keys(name) if len(key) >= WIDE_LONG_NAME}
    return frozenset(heard | {fold(name) for name in common})


def _by_letters(query: Query, limits: Limits) -> Found | None:
    candidates = [
        Candidate(entry, rank + entry.bare)
        for rank, key in enumerate((fold(query.words), fold(query.core)))
        for index in limits.indexes
        for entry in (*index.by_letters.get(key, ()), *_written_alike(key, index))
        if limits.allow(entry.place)
    ]
    if _too_obscure(candidates, query, limits):
        return _abstain(candidates, limits)
    candidates += _phonetic_rivals(candidates, query, limits)
    return choose_exact(candidates, query.level, limits, phonetic=False) if candidates else None


def _written_alike(key: str, index: Index) -> list[Entry]:
    """Return the romanised names that a name in Arabic script spells, vowel by vowel."""
    return index.written_as(written_letters(key)) if is_arabic(key) else []


def _by_phonetic_key(query: Query, limits: Limits) -> Found | None:
    candidates = [
        Candidate(entry, rank + entry.bare)
        for rank, words in enumerate((query.words, query.core))
        for key in _keys_in_any_order(words)
        for entry in _with_phonetic_key(key, limits)
    ]
    if _too_obscure(candidates, query, limits):
        return _abstain(candidates, limits)
    return choose_exact(candidates, query.level, limits, phonetic=True) if candidates else None


def _with_phonetic_key(key: str, limits: Limits) -> Iterator[Entry]:
    """Yield the names that have a phonetic key, where it is long enough to identify their places."""
    for index in limits.indexes:
        for entry in index.by_phonetic_key.get(key, ()):
            if limits.allow(entry.place) and limits.allow_phonetic(key, entry):
                yield entry


def _too_obscure(candidates: list[Candidate], query: Query, limits: Limits) -> bool:
    """Tell whether a name stands only for places that it does not identify without a country."""
    if not (candidates and limits.wide):
        return False
    return not any(is_known_widely(entry, query) for entry, _ in candidates)


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
