"""How alike two names are by their sounds, and when that is enough to take one for the other."""

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

# Consonants that languages of the region, and those who spell them, exchange.
_KINDS = str.maketrans("XhgSzJCTdfbrm", "kkkssssstppln")
# Sound keys of words that stand in many names: fort, valley, plain, village, garden, hill, town, son of, upper, lower.
_SHARED = re.compile(
    r"^(?:kal[ai]i?|dara?i?|daSt|di|Cak|kut|gut|bag|tap[ai]|Sar|SaXr|band|bandar)(?=..)"
    r"|(?<=..)(?:[au]b[au]d|[sz]ai|Xil|kal[ai]i?|kalan|bala|sufla|ulia|pain|pin|Sar|SaXr|kut|pur|gar|bag|tap[ai]|Xan|dara"
    r"|(?:[au]v|in|[au]vin)?[sT]ki)$"
)


def difference(one: str, other: str) -> float:
    """Return by how much two sound keys differ: 1 for each consonant, 3/4 for one of the same kind, 1/2 for each vowel.

    Romanisations write vowels as they like, and kh for h; an unlike consonant is a typing slip or another name.
    Swapped letters count once.
    """
    letters = OSA.distance(one, other)
    hard = min(OSA.distance(consonant_skeleton(one), consonant_skeleton(other)), letters)
    unlike = min(OSA.distance(_kinds(one), _kinds(other)), hard) if hard else 0
    return (unlike + hard + 2 * letters) / 4


@lru_cache(maxsize=65536)
def _kinds(key: str) -> str:
    """Return the consonants of a sound key, one letter for all that are exchanged."""
    return consonant_skeleton(key).translate(_KINDS)


@lru_cache(maxsize=65536)
def distinctive_letters(key: str) -> str:
    """Return a sound key without what many names share at their beginning or end.

    >>> distinctive_letters("hasanabad"), distinctive_letters("abad")
    ('hasan', 'abad')
    """
    return _SHARED.sub("", key) or key


def close_enough(cost: float, key: str, kind: str, *, typed: bool, wide: bool) -> bool:
    """Tell whether a sound key may be a spelling of a name from which it differs by ``cost``.

    Parameters
    ----------
    cost : float
        `difference` of the keys.
    key : str
        Sound key of the text.
    kind : str
        What the name belongs to: admin1, admin2, city or town.
    typed : bool
        Whether the text says what type of place it means.
    wide : bool
        Whether no country is known.
    """
    step = bisect_left(DIFFERENCES, cost)
    if step == len(DIFFERENCES):
        return False
    least = (WIDE_LENGTHS if wide else LENGTHS)[kind][step]
    return len(key) + typed >= least and len(distinctive_letters(key)) + typed >= min(DISTINCTIVE_LENGTHS[step], least)


def max_difference(key: str, *, typed: bool, wide: bool) -> float | None:
    """Return the greatest difference that a name may have from a sound key to be meant by it, or None for none.

    A number is like no name: of "District 12" and "District 13" neither is a spelling of the other.
    """
    kinds = () if key.isdigit() else LENGTHS
    fit = (
        cost for cost in reversed(DIFFERENCES) if any(close_enough(cost, key, k, typed=typed, wide=wide) for k in kinds)
    )
    return next(fit, None)


def vowels_suffice(letters: str, kind: str, *, typed: bool) -> bool:
    """Tell whether a name in the Arabic script may be one that has its consonants and its long vowels.

    ``letters`` is the folded name; ``kind`` and ``told`` are as in `close_enough`.
    """
    consonants = len(arabic_skeleton(letters)) + (len(letters) >= ARABIC_LONG_NAME.get(kind, MAX_LENGTH))
    return consonants >= (ARABIC_CONSONANTS_TYPED if typed else ARABIC_CONSONANTS[kind])


def skeleton_suffices(letters: str, *, typed: bool) -> bool:
    """Tell whether a name in the Arabic script may be one that has its consonants, whatever the vowels."""
    return len(arabic_skeleton(letters)) >= (SKELETON_CONSONANTS_TYPED if typed else SKELETON_CONSONANTS)
