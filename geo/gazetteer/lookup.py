"""Find the places that one name may stand for, best first, and say whether they agree on a province."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

from geo.gazetteer.index import Entry, Index, Place, strip_types
from geo.gazetteer.normalize import fold, is_arabic, sounds, spelt, stem_adjective
from geo.gazetteer.similarity import SHORTEST, difference, enough, enough_consonants, enough_written, most_difference
from geo.model import Match

#: How sure each kind of equality is; a fuzzy match scores its similarity, which stays below these.
SCORE_NAME, SCORE_ALIAS, SCORE_SOUND = 1.0, 0.98, 0.95
SCORE_ABJAD, SCORE_STEM = 0.85, 0.9
#: Letters that a sound key must have to count; shorter names are too many to be told apart by sound.
SOUND_LENGTHS = {"admin1": 2, "admin2": 4, "town": 5}
WIDE_SOUND_LENGTHS = {"admin1": 5, "admin2": 7, "town": 6}
#: Inhabitants that a town needs to be found without a country, by sound or likeness, or by another name than its own.
WIDE_POPULATION_SOUND, WIDE_POPULATION_ALIAS = 100_000, 20_000
#: Lead that the most alike place needs over those in any other province.
FUZZY_MARGIN = 0.5
#: A namesake wins by population if it has so many inhabitants, and so many times those of the next: with a country, and
#: without. On the gazetteer's own names, 3 instead of 4 adds one wrong answer for each right one, so it goes no lower.
POPULATION_LEAST, POPULATION_RATIO, WIDE_RATIO = 10_000, 3, 8
#: Inhabitants from which a name means the town, not the district of the same name around it.
TOWN_LEAST = 20_000
#: Inhabitants assumed for a district, whose population GeoNames does not give.
POPULATION_DISTRICT = 40_000


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

    @property
    def wide(self) -> bool:
        """Whether neither a country nor a province is known."""
        return len(self.indexes) > 1 and self.codes is None

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
        `geo.gazetteer.normalize.tokens` of the name.
    limits : Limits
        Where to look.
    fuzzy : bool, default True
        Whether likeness counts; without it only equal letters or sound do.
    """
    core, level = strip_types(words)
    if not core:
        core = words
    for table, forms in (("letters", [[fold(words)], [fold(core)]]), ("sounds", [_sounds(words), _sounds(core)])):
        hits = [
            (entry, grade + entry.bare)
            for grade, keys in enumerate(forms)
            for key in keys
            for found in limits.indexes
            for entry in getattr(found, table).get(key, ())
            if limits.allow(entry.place) and (table == "letters" or _heard(key, entry.place, limits))
        ]
        if hits and limits.wide and not any(_known(entry) for entry, _ in hits):
            codes = dict.fromkeys(entry.place.code_on(limits.day) for entry, _ in hits)
            return Found(match=Match.AMBIGUOUS, score=SCORE_SOUND, candidates=list(codes))
        if table == "letters":
            hits += _rivals(hits, core, level, limits)
        if hits:
            return _settle(hits, level, limits, by_sound=table == "sounds")
    if level == "admin2":
        for number, stem in enumerate(stem_adjective(core)):
            district = find([stem, "district"], limits, fuzzy=False)
            if _seat(district, whole=number < 2):
                return Found(district.places, Match.FUZZY, SCORE_STEM, district.candidates)
    if is_arabic(fold(core)):
        return _abjad(fold(core), level, limits)
    return _fuzzy(sounds(core), level, limits) if fuzzy else Found()


def _rivals(
    hits: list[tuple[Entry, int]], core: list[str], level: str | None, limits: Limits
) -> Iterator[tuple[Entry, int]]:
    """Yield places whose names only sound like the text, and yet are as likely meant as those of the same letters.

    A village has many other names; a district or city that is called nearly so is as likely meant. And what is said to
    be a district is one, rather than a town.
    """
    village = bool(hits) and not any(_meant(entry) for entry, _ in hits)
    other = level == "admin2" and not any(entry.place.level == level for entry, _ in hits)
    for key in _sounds(core) if village or other else ():
        for entry in (entry for found in limits.indexes for entry in found.sounds.get(key, ())):
            likely = (village and _meant(entry)) or (other and entry.place.level == level)
            if likely and limits.allow(entry.place) and _heard(key, entry.place, limits):
                yield entry, hits[0][1] if hits else 1


def _seat(found: Found, *, whole: bool) -> bool:
    """Tell whether what a Russian adjective comes from may have a district called after it.

    ``whole`` says that no more than the ending was taken off: "Berezovskiy" need not come from "Bereza".
    """
    place = found.places[0] if found.places else None
    if place is None or place.level == "admin1":
        return False
    return place.level == "admin2" or whole or found.match == Match.NAME or place.population >= TOWN_LEAST


def _heard(key: str, place: Place, limits: Limits) -> bool:
    """Tell whether an equal sound is enough to find a place."""
    if limits.wide and place.level == "town" and place.population < WIDE_POPULATION_SOUND:
        return False
    return len(key) >= (WIDE_SOUND_LENGTHS if limits.wide else SOUND_LENGTHS)[place.level]


def _known(entry: Entry) -> bool:
    """Tell whether a name is well enough known to be found without a country."""
    place = entry.place
    return entry.official or place.level != "town" or place.population >= WIDE_POPULATION_ALIAS


def _meant(entry: Entry) -> bool:
    """Tell whether a place is more than a village that has a name among others."""
    return entry.official or entry.place.level != "town" or entry.place.population >= TOWN_LEAST


def _sounds(words: list[str]) -> list[str]:
    return sounds(words) if len(words) < 2 else list(dict.fromkeys([*sounds(words), *sounds(sorted(words))]))


def _abjad(letters: str, level: str | None, limits: Limits) -> Found:
    """Choose among places whose Latin names have the consonants of a text in the Arabic script."""
    written, told = spelt(letters), level is not None
    found = [(key, entry) for one in limits.indexes for key in one.written(letters) for entry in one.sounds[key]]
    fit = [(key, entry) for key, entry in found if limits.allow(entry.place) and level in (None, entry.place.level)]
    sure = [entry for key, entry in fit if written.fullmatch(key)]
    entries = sure or [entry for _, entry in fit]
    if not (sure or (entries and enough_consonants(letters, told=told))):
        return Found()
    provinces = [entry for entry in entries if entry.place.level == "admin1"]
    chosen = _choose(provinces or entries, limits, Match.FUZZY, SCORE_ABJAD)
    if sure and chosen.places and not enough_written(letters, _kind(chosen.places[0]), told=told):
        return Found()
    return chosen


def _kind(place: Place) -> str:
    """Return a place's level, or ``city`` for a large town."""
    return "city" if place.level == "town" and place.population >= TOWN_LEAST else place.level


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
                if entry.official and entry.place.population >= TOWN_LEAST and entry.place.admin1_code[:2] not in homes
            ]
        hits = top
    best = min(grade for _, grade in hits)
    best_hits = [(entry, grade) for entry, grade in hits if grade == best]
    if not any(entry.place.level == "admin1" or entry.place.population >= TOWN_LEAST for entry, _ in best_hits):
        # A district is called by its bare name as often as by the whole of it, and more often than a village is.
        best_hits += [hit for hit in hits if hit[0].place.level == "admin2" and hit[1] == best + 1]
    hits = best_hits
    official = any(entry.official for entry, _ in hits)
    match = Match.NAME if official and not by_sound else Match.ALIAS
    score = SCORE_SOUND if by_sound else SCORE_NAME if official else SCORE_ALIAS
    return _choose([entry for entry, _ in hits], limits, match, score)


def _choose(entries: Iterable[Entry], limits: Limits, match: Match, score: float) -> Found:
    """Return the one province that places share, or the one whose place is by far the largest, or ``ambiguous``."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.place.code_on(limits.day), []).append(entry)
    if len(groups) > 1:
        # Provinces are not compared by inhabitants: two that share a name stay two.
        province = any(entry.place.level == "admin1" for group in groups.values() for entry in group)
        weights = sorted(((_weight(group), code) for code, group in groups.items()), reverse=True)
        first, second = weights[0][0], weights[1][0]
        ratio = WIDE_RATIO if limits.wide else POPULATION_RATIO
        own = [any(entry.official for entry in groups[code]) for _, code in weights]
        if province or own[0] < any(own) or not (first >= POPULATION_LEAST and first >= ratio * second):
            return Found(match=Match.AMBIGUOUS, score=score, candidates=[code for _, code in weights])
        groups = {weights[0][1]: groups[weights[0][1]]}
        score *= 0.9
    (members,) = groups.values()
    return Found(sorted((entry.place for entry in members), key=_preference), match, round(score, 4), list(groups))


def _weight(group: list[Entry]) -> float:
    """Return the inhabitants of the largest place; by another name than its own a place is less likely meant."""
    return max(
        max(place.population, POPULATION_DISTRICT if place.level == "admin2" else 1000) / (1 if official else 10)
        for place, official, _ in group
    )


def _preference(place: Place) -> tuple[bool, bool, bool, str]:
    """Sort a province first, then a true town, then a district, then villages."""
    town = place.level == "town" and place.population >= TOWN_LEAST
    return place.level != "admin1", not town, place.level != "admin2", place.name


def _fuzzy(keys: list[str], level: str | None, limits: Limits) -> Found:
    """Choose among places whose sound is like the text's: a few letters apart at most, and no rival near."""
    longest = max(keys, key=len, default="")
    # What differs by more can neither be meant nor be a rival of what is.
    most = most_difference(longest, told=level is not None, wide=limits.wide)
    if most is None:
        return Found()
    best: dict[str, tuple[float, list[Place]]] = {}
    for key in keys:
        for cost, place in _alike(key, limits, most + FUZZY_MARGIN):
            if level in (None, place.level):
                held = best.setdefault(place.code_on(limits.day), (cost, []))
                if cost < held[0]:
                    best[place.code_on(limits.day)] = (cost, [place])
                elif cost == held[0]:
                    held[1].append(place)
    if not best:
        return Found()
    ranked = sorted(best.items(), key=lambda item: (item[1][0], item[0]))
    code, (cost, places) = ranked[0]
    places = [place for place in places if _close(cost, longest, level, place, limits)]
    if not places:
        return Found()
    score = round(SCORE_SOUND - cost / len(longest), 4)
    rivals = [other for other, (difference, _) in ranked if difference - cost < FUZZY_MARGIN]
    if len(rivals) > 1:
        return Found(match=Match.AMBIGUOUS, score=score, candidates=rivals)
    return Found(sorted(places, key=_preference), Match.FUZZY, score, [code])


def _close(cost: float, key: str, level: str | None, place: Place, limits: Limits) -> bool:
    """Tell whether a key may be a spelling of a place's name from which it differs by ``cost``."""
    if limits.wide and place.level == "town" and place.population < WIDE_POPULATION_SOUND:
        return False
    return enough(cost, key, _kind(place), told=level is not None, wide=limits.wide)


def _alike(key: str, limits: Limits, most: float) -> Iterator[tuple[float, Place]]:
    """Yield the places from whose sound a key differs by less than ``most``, and by how much it does."""
    if len(key) < SHORTEST:
        return
    for found in limits.indexes:
        choices = found.near(key) | found.province_keys()
        # Letters differ by at most twice the cost, so that a comparison of letters leaves few keys to weigh.
        close = process.extract(key, choices, scorer=OSA.distance, score_cutoff=math.ceil(2 * most), limit=None)
        for other, _, _ in close:
            cost = difference(key, other)
            if cost < most:
                yield from ((cost, entry.place) for entry in found.sounds[other] if limits.allow(entry.place))
