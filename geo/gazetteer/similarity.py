"""How alike two names are by their sounds, and when that is enough to take one for the other."""

import re
from bisect import bisect_left
from functools import lru_cache

from rapidfuzz.distance import OSA

from geo.gazetteer.normalize import MAX_LENGTH, abjad, consonants

#: Differences of sound keys (see `difference`), and the letters that a key must have to be taken for another from which
#: it differs by no more: a province, a district, a town of 20,000 people or more, another town. Chosen on 12,000
#: villages that the gazetteer lacks, on districts and towns in other lists' spellings, and on misspelt names: with
#: shorter keys more answers are wrong than right. Provinces and cities are few and often meant, so that likeness to one
#: says more.
DIFFERENCES = (0.5, 0.75, 1.0, 1.5, 2.0)
LENGTHS = {
    "admin1": (5, 6, 6, 10, 13),
    "admin2": (5, 6, 7, 10, 13),
    "city": (6, 7, 7, 12, 99),
    "town": (7, 8, 9, 13, 99),
}
#: The same where no country is given: a word of any language is like some village of seven countries.
WIDE_LENGTHS = {"admin1": (6, 8, 8, 13, 99), "admin2": (99,) * 5, "city": (8, 99, 99, 99, 99), "town": (99,) * 5}
#: The letters that must be left without what many names share ("-abad", "Qala-ye"). A word for the type of place
#: ("... district") counts for a letter in both.
OWN_LENGTHS = (3, 4, 6, 7, 9)
#: Letters of the shortest key that can be like another.
SHORTEST = min(map(min, LENGTHS.values())) - 1
#: Consonants that a name in the Arabic script must have to be found by them and its written vowels: a place of such a
#: kind, or what the text says the type of; with so many letters a town needs one less. And to be found by consonants
#: alone, without and with a type. Chosen on 4,000 names of districts and towns, and 4,500 of villages.
WRITTEN_LENGTHS = {"admin1": 2, "admin2": 2, "city": 3, "town": 4, "told": 2}
WRITTEN_LETTERS = {"city": 5, "town": 6}
CONSONANTS, CONSONANTS_TOLD = 6, 4
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
    hard = min(OSA.distance(consonants(one), consonants(other)), letters)
    unlike = min(OSA.distance(_kinds(one), _kinds(other)), hard) if hard else 0
    return (unlike + hard + 2 * letters) / 4


@lru_cache(maxsize=65536)
def _kinds(key: str) -> str:
    """Return the consonants of a sound key, one letter for all that are exchanged."""
    return consonants(key).translate(_KINDS)


@lru_cache(maxsize=65536)
def own_letters(key: str) -> str:
    """Return a sound key without what many names share at their beginning or end.

    >>> own_letters("hasanabad"), own_letters("abad")
    ('hasan', 'abad')
    """
    return _SHARED.sub("", key) or key


def enough(cost: float, key: str, kind: str, *, told: bool, wide: bool) -> bool:
    """Tell whether a sound key may be a spelling of a name from which it differs by ``cost``.

    Parameters
    ----------
    cost : float
        `difference` of the keys.
    key : str
        Sound key of the text.
    kind : str
        What the name belongs to: admin1, admin2, city or town.
    told : bool
        Whether the text says what type of place it means.
    wide : bool
        Whether no country is known.
    """
    step = bisect_left(DIFFERENCES, cost)
    if step == len(DIFFERENCES):
        return False
    least = (WIDE_LENGTHS if wide else LENGTHS)[kind][step]
    return len(key) + told >= least and len(own_letters(key)) + told >= min(OWN_LENGTHS[step], least)


def most_difference(key: str, *, told: bool, wide: bool) -> float | None:
    """Return the greatest difference that a name may have from a sound key to be meant by it, or None for none.

    A number is like no name: of "District 12" and "District 13" neither is a spelling of the other.
    """
    kinds = () if key.isdigit() else LENGTHS
    fit = (cost for cost in reversed(DIFFERENCES) if any(enough(cost, key, k, told=told, wide=wide) for k in kinds))
    return next(fit, None)


def enough_written(letters: str, kind: str, *, told: bool) -> bool:
    """Tell whether a name in the Arabic script may be one that has its consonants and its long vowels.

    ``letters`` is the folded name; ``kind`` and ``told`` are as in `enough`.
    """
    length = len(abjad(letters)) + (len(letters) >= WRITTEN_LETTERS.get(kind, MAX_LENGTH))
    return length >= WRITTEN_LENGTHS["told" if told else kind]


def enough_consonants(letters: str, *, told: bool) -> bool:
    """Tell whether a name in the Arabic script may be one that has its consonants, whatever the vowels."""
    return len(abjad(letters)) >= (CONSONANTS_TOLD if told else CONSONANTS)
