"""Find the places that one name may stand for, best first, and say whether they agree on a province."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

from geo.gazetteer import Entry, Index, Place, strip_types
from geo.model import Match
from geo.normalise import consonants, fold, sounds

#: How sure each kind of equality is; a fuzzy match scores its similarity, which stays below these.
SCORE_NAME, SCORE_ALIAS, SCORE_SOUND, SCORE_FUZZY = 1.0, 0.98, 0.95, 0.94
#: Similarity that a fuzzy match needs, and its lead over the best place in any other province. Chosen on held-out
#: names of the gazetteer (benchmarks/geocode_eval.py --held-out): lower values add more wrong than right answers.
FUZZY_LEAST, FUZZY_LEAST_ADMIN1, FUZZY_MARGIN = 0.85, 0.78, 0.06
#: Shortest sound key that is compared fuzzily; among shorter ones nearly every key has a neighbour.
FUZZY_LENGTH = 5
#: A namesake wins by population if it has so many inhabitants, and so many times those of the next.
POPULATION_LEAST, POPULATION_RATIO = 20_000, 8
#: Inhabitants assumed for a district, whose population GeoNames does not give.
POPULATION_DISTRICT = 30_000


@dataclass(slots=True)
class Limits:
    """Where a place may lie.

    Attributes
    ----------
    indexes : tuple of Index
        The names to search, one index a country.
    codes : set of str or None
        Provinces in which the place must lie on ``day``, today or in the past; None for any.
    day : str or None
        ISO date as of which provinces are meant; None for today.
    """

    indexes: tuple[Index, ...]
    codes: frozenset[str] | None = None
    day: str | None = None

    @property
    def countries(self) -> tuple[str, ...]:
        """ISO 3166-1 codes of the countries searched."""
        return tuple(found.country_code for found in self.indexes)

    def inside(self, codes: Iterable[str], day: str | None = None) -> "Limits":
        """Return the same limits, narrowed to some provinces."""
        return Limits(self.indexes, frozenset(codes), self.day or day)

    def allow(self, place: Place) -> bool:
        """Tell whether a place lies within the limits."""
        return self.codes is None or place.admin1_code in self.codes or place.past_code in self.codes


@dataclass(slots=True)
class Found:
    """What a name stands for: one place, several provinces, or nothing (no places)."""

    places: list[Place] = field(default_factory=list)
    match: Match = Match.NONE
    score: float = 0.0
    candidates: list[str] = field(default_factory=list)


def find(words: list[str], limits: Limits, *, fuzzy: bool = True) -> Found:
    """Find what a name stands for: by its letters, else by its sound, else by likeness.

    Parameters
    ----------
    words : list of str
        `geo.normalise.tokens` of the name.
    limits : Limits
        Where to look.
    fuzzy : bool, default True
        Whether likeness counts; without it only equal letters or sound do.
    """
    core, level = strip_types(words)
    if not core:
        core = words
    for attribute, forms in (("letters", [[fold(words)], [fold(core)]]), ("sounds", [sounds(words), sounds(core)])):
        hits = [
            (entry, grade + entry.bare)
            for grade, keys in enumerate(forms)
            for key in keys
            for found in limits.indexes
            for entry in getattr(found, attribute).get(key, ())
            if limits.allow(entry.place)
        ]
        if hits:
            return _settle(hits, level, limits, by_sound=attribute == "sounds")
    return _fuzzy(sounds(core), level, limits) if fuzzy else Found()


def _settle(hits: list[tuple[Entry, int]], level: str | None, limits: Limits, *, by_sound: bool) -> Found:
    """Choose among places whose names are equal to the text."""
    whole = [(entry, grade) for entry, grade in hits if grade == 0]
    if level is not None and whole:
        # "Tashkent City" and "Khyber Agency" are names of their own, type word and all.
        hits = whole
    elif level in {entry.place.level for entry, _ in hits}:
        hits = [(entry, grade) for entry, grade in hits if entry.place.level == level]
    if any(entry.place.level == "admin1" for entry, _ in hits):
        top = [(entry, grade) for entry, grade in hits if entry.place.level == "admin1"]
        # In several countries at once, a large town elsewhere is as likely as a province.
        if len(limits.indexes) > 1:
            homes = {entry.place.admin1_code[:2] for entry, _ in top}
            top += [
                (entry, grade)
                for entry, grade in hits
                if entry.place.population >= POPULATION_LEAST and entry.place.admin1_code[:2] not in homes
            ]
        hits = top
    best = min(grade for _, grade in hits)
    hits = [(entry, grade) for entry, grade in hits if grade == best]
    official = any(entry.official for entry, _ in hits)
    match = Match.NAME if official and not by_sound else Match.ALIAS
    score = SCORE_SOUND if by_sound else SCORE_NAME if official else SCORE_ALIAS
    return choose([entry.place for entry, _ in hits], limits, match, score)


def choose(places: Iterable[Place], limits: Limits, match: Match, score: float) -> Found:
    """Return the one province that places share, or the one whose place is by far the largest, or ``ambiguous``."""
    groups: dict[str, list[Place]] = {}
    for place in places:
        groups.setdefault(place.code_on(limits.day), []).append(place)
    if len(groups) > 1:
        # Provinces are not compared by inhabitants: two that share a name stay two.
        province = any(place.level == "admin1" for group in groups.values() for place in group)
        weights = sorted(((_weight(group), code) for code, group in groups.items()), reverse=True)
        first, second = weights[0][0], weights[1][0]
        if province or not (first >= POPULATION_LEAST and first >= POPULATION_RATIO * second):
            return Found(match=Match.AMBIGUOUS, score=score, candidates=[code for _, code in weights])
        groups = {weights[0][1]: groups[weights[0][1]]}
        score *= 0.9
    (members,) = groups.values()
    return Found(sorted(members, key=_preference), match, round(score, 4), list(groups))


def _weight(group: list[Place]) -> int:
    return max(max(p.population, POPULATION_DISTRICT if p.level == "admin2" else 1000) for p in group)


def _preference(place: Place) -> tuple[bool, bool, bool, str]:
    """Sort a province first, then a true town, then a district, then villages."""
    town = place.level == "town" and place.population >= POPULATION_LEAST
    return place.level != "admin1", not town, place.level != "admin2", place.name


def _fuzzy(keys: list[str], level: str | None, limits: Limits) -> Found:
    """Choose among places whose sound is like the text's: no more than a few letters apart, and no rival near."""
    best: dict[str, tuple[float, list[Place]]] = {}
    for likeness, place in _alike(keys, limits):
        least = FUZZY_LEAST_ADMIN1 if place.level == "admin1" else FUZZY_LEAST
        if likeness >= least and level in (None, place.level):
            code = place.code_on(limits.day)
            held = best.get(code, (0.0, []))
            if likeness > held[0]:
                best[code] = (likeness, [place])
            elif likeness == held[0]:
                held[1].append(place)
    if not best:
        return Found()
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
    code, (likeness, places) = ranked[0]
    score = round(min(likeness, SCORE_FUZZY), 4)
    if len(ranked) > 1 and likeness - ranked[1][1][0] < FUZZY_MARGIN:
        return Found(match=Match.AMBIGUOUS, score=score, candidates=[code for code, _ in ranked])
    return Found(sorted(places, key=_preference), Match.FUZZY, score, [code])


def _alike(keys: list[str], limits: Limits) -> Iterator[tuple[float, Place]]:
    """Yield the places whose sound is like one of the keys, and how like it is."""
    # Letters count at least half in the similarity, so that a cheap comparison of letters leaves few keys to weigh.
    least = 1 - 2 * (1 - FUZZY_LEAST_ADMIN1)
    for key in keys:
        if len(key) < FUZZY_LENGTH:
            continue
        for found in limits.indexes:
            choices = found.near(key) | found.province_keys()
            for other, _, _ in process.extract_iter(
                key, choices, scorer=OSA.normalized_similarity, processor=None, score_cutoff=least
            ):
                likeness = similarity(key, other)
                if likeness >= FUZZY_LEAST_ADMIN1:
                    yield from ((likeness, entry.place) for entry in found.sounds[other] if limits.allow(entry.place))


def similarity(one: str, other: str) -> float:
    """Return 1 for equal sound keys, less for each letter that differs; a vowel counts half a consonant.

    Romanisations write vowels as they like; a different consonant is a typing slip or another name.
    """
    letters = OSA.distance(one, other)
    hard = min(OSA.distance(consonants(one), consonants(other)), letters)
    return 1 - (hard + (letters - hard) / 2) / max(len(one), len(other))
