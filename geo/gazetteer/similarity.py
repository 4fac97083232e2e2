"""Phonetic similarity of names: a weighted edit distance of phonetic keys, and the thresholds of a match."""

import re
from bisect import bisect_left
from functools import lru_cache

from rapidfuzz.distance import OSA

from geo.gazetteer.normalize import MAX_LENGTH, arabic_skeleton, consonant_skeleton
from geo.gazetteer.thresholds import (
    ARABIC_CONSONANTS,
    ARABIC_CONSONANTS_TYPED,
    ARABIC_LONG_NAME,
    DIFFERENCES,
    DISTINCTIVE_LENGTHS,
    LENGTHS,
    SKELETON_CONSONANTS,
    SKELETON_CONSONANTS_TYPED,
    WIDE_LENGTHS,
)

# Consonants that the region's languages and transliterations interchange.
_KINDS = str.maketrans("XhgSzJCTdfbrm", "kkkssssstppln")
# Phonetic keys of words in many names: fort, valley, plain, village, garden, hill, town, son of, upper, lower.
_SHARED = re.compile(
    r"^(?:kal[ai]i?|dara?i?|daSt|di|Cak|kut|gut|bag|tap[ai]|Sar|SaXr|band|bandar)(?=..)"
    r"|(?<=..)(?:[au]b[au]d|[sz]ai|Xil|kal[ai]i?|kalan|bala|sufla|ulia|pain|pin|Sar|SaXr|kut|pur|gar|bag|tap[ai]|Xan|dara"
    r"|(?:[au]v|in|[au]vin)?[sT]ki)$"
)


def difference(one: str, other: str) -> float:
    """Return the edit distance of two phonetic keys: 1 per consonant, 3/4 within a class, 1/2 per vowel.

    Romanisations write vowels as they like, and kh for h; an unlike consonant is a typing slip or another name.
    Swapped letters count once.
    """
    letters = OSA.distance(one, other)
    hard = min(OSA.distance(consonant_skeleton(one), consonant_skeleton(other)), letters)
    unlike = min(OSA.distance(_kinds(one), _kinds(other)), hard) if hard else 0
    return (unlike + hard + 2 * letters) / 4


@lru_cache(maxsize=65536)
def _kinds(key: str) -> str:
    """Return the consonants of a phonetic key, one letter for each interchangeable class."""
    return consonant_skeleton(key).translate(_KINDS)


@lru_cache(maxsize=65536)
def distinctive_letters(key: str) -> str:
    """Return a phonetic key without the common words at its start or end.

    >>> distinctive_letters("hasanabad"), distinctive_letters("abad")
    ('hasan', 'abad')
    """
    return _SHARED.sub("", key) or key


def close_enough(cost: float, key: str, kind: str, *, typed: bool, wide: bool) -> bool:
    """Return whether a phonetic key may be a spelling of a name at edit distance ``cost``.

    Parameters
    ----------
    cost : float
        `difference` of the keys.
    key : str
        Phonetic key of the text.
    kind : str
        Level of the named place: admin1, admin2, city or town.
    typed : bool
        Whether the text has a type word.
    wide : bool
        Whether the country is unknown.
    """
    step = bisect_left(DIFFERENCES, cost)
    if step == len(DIFFERENCES):
        return False
    least = (WIDE_LENGTHS if wide else LENGTHS)[kind][step]
    return len(key) + typed >= least and len(distinctive_letters(key)) + typed >= min(DISTINCTIVE_LENGTHS[step], least)


def max_difference(key: str, *, typed: bool, wide: bool) -> float | None:
    """Return the largest edit distance at which a name matches a phonetic key, or None if only equality does.

    A number is like no name: of "District 12" and "District 13" neither is a spelling of the other.
    """
    kinds = () if key.isdigit() else LENGTHS
    fit = (
        cost for cost in reversed(DIFFERENCES) if any(close_enough(cost, key, k, typed=typed, wide=wide) for k in kinds)
    )
    return next(fit, None)


def vowels_suffice(letters: str, kind: str, *, typed: bool) -> bool:
    """Return whether consonants and long vowels suffice to match a name in Arabic script.

    ``letters`` is the folded name; ``kind`` and ``typed`` are as in `close_enough`.
    """
    consonants = len(arabic_skeleton(letters)) + (len(letters) >= ARABIC_LONG_NAME.get(kind, MAX_LENGTH))
    return consonants >= (ARABIC_CONSONANTS_TYPED if typed else ARABIC_CONSONANTS[kind])


def skeleton_suffices(letters: str, *, typed: bool) -> bool:
    """Return whether consonants alone suffice to match a name in Arabic script."""
    return len(arabic_skeleton(letters)) >= (SKELETON_CONSONANTS_TYPED if typed else SKELETON_CONSONANTS)
