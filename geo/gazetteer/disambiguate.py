"""Choose among namesakes, or abstain: by type word, level, whole name and population ratio."""

from collections.abc import Iterable
from dataclasses import dataclass

from geo.gazetteer.candidates import Candidate, Found, Limits, ambiguous, is_city, preference
from geo.gazetteer.place import Entry
from geo.gazetteer.thresholds import (
    ALIAS_DIVISOR,
    CITY_POPULATION,
    DISTRICT_POPULATION,
    MIN_POPULATION,
    POPULATION_RATIO,
    SCORE_ALIAS,
    SCORE_NAME,
    SCORE_PHONETIC,
    TIE_BREAK_FACTOR,
    VILLAGE_POPULATION,
    WIDE_POPULATION_RATIO,
)
from geo.model import Match


@dataclass(frozen=True, slots=True)
class Namesakes:
    """The candidates in one province."""

    code: str
    entries: list[Entry]

    @property
    def weight(self) -> float:
        """Population of the largest place, reduced where the text is not its official name."""
        return max(map(_weight, self.entries))

    @property
    def official(self) -> bool:
        """Whether the text is the official name of one of the places, or a name of a district."""
        return any(entry.official or entry.place.level == "admin2" for entry in self.entries)

    @property
    def has_province(self) -> bool:
        """Whether one of the places is a province."""
        return any(entry.place.level == "admin1" for entry in self.entries)


def _weight(entry: Entry) -> float:
    if entry.place.level == "admin2":
        # Which of a district's spellings is the first says nothing: "Jani Khel" and "Janikhel" are names of two.
        return max(entry.place.population, DISTRICT_POPULATION)
    return max(entry.place.population, VILLAGE_POPULATION) / (1 if entry.official else ALIAS_DIVISOR)


def choose_exact(candidates: list[Candidate], level: str | None, limits: Limits, *, phonetic: bool) -> Found:
    """Choose among places whose names, or phonetic keys, are equal to those of the text.

    ``level`` is what the text's type word denotes, if it has one.
    """
    entries = _best_ranked(_prefer_provinces(_of_level(candidates, level), limits))
    official = any(entry.official for entry in entries)
    match = Match.NAME if official and not phonetic else Match.ALIAS
    score = SCORE_PHONETIC if phonetic else SCORE_NAME if official else SCORE_ALIAS
    return choose(entries, limits, match, score)


def _of_level(candidates: list[Candidate], level: str | None) -> list[Candidate]:
    """Keep the places that a type word denotes, if there are any."""
    if level is None:
        return candidates
    # "Tashkent City" and "Khyber Agency" are names with their type word.
    whole = [candidate for candidate in candidates if candidate.rank == 0]
    denoted = [candidate for candidate in candidates if candidate.place.level == level]
    if level == "admin2" and any(candidate.place.level == level for candidate in whole):
        # A list that has the type word with one of two namesakes does not tell them apart: Arghandab district.
        return [Candidate(entry, 0) for entry, _ in denoted]
    return whole or denoted or candidates


def _prefer_provinces(candidates: list[Candidate], limits: Limits) -> list[Candidate]:
    """Keep the provinces, if there are any; across countries, also cities of that name in other countries."""
    provinces = [candidate for candidate in candidates if candidate.place.level == "admin1"]
    if not provinces:
        return candidates
    if len(limits.indexes) == 1:
        return provinces
    countries = {candidate.place.admin1_code[:2] for candidate in provinces}
    # A city of that name in the province says how well it is known: Donetsk in Ukraine against Donetsk in Rostov.
    seats = [c.place.population for c in candidates if c.place.admin1_code[:2] in countries]
    least = max(CITY_POPULATION, max(seats) / WIDE_POPULATION_RATIO)
    return provinces + [
        c for c in candidates if _rivals_province(c, countries, least) and not limits.only_rivals(c.place)
    ]


def _rivals_province(candidate: Candidate, countries: set[str], least: float) -> bool:
    """Tell whether a place is as likely meant as a province of its name in one of some other countries."""
    place = candidate.place
    return candidate.entry.official and place.population >= least and place.admin1_code[:2] not in countries


def _best_ranked(candidates: list[Candidate]) -> list[Entry]:
    """Keep the candidates for which the fewest type words were ignored.

    A district is called by its bare name as often as by its whole name, and more often than a village is. So where no
    province is left, districts one rank lower stay, beside a city only those of other provinces.
    """
    rank = min(candidate.rank for candidate in candidates)
    best = [candidate.entry for candidate in candidates if candidate.rank == rank]
    if any(entry.place.level == "admin1" for entry in best):
        return best
    cities = {entry.place.admin1_code for entry in best if is_city(entry.place)}
    lower = [c.entry for c in candidates if c.place.level == "admin2" and c.rank == rank + 1]
    return best + [entry for entry in lower if entry.place.admin1_code not in cities]


def choose(entries: Iterable[Entry], limits: Limits, match: Match, score: float) -> Found:
    """Return the places of the one province that is meant, or abstain.

    Of several provinces, the one with the largest namesake is meant if the population ratio is high enough.
    """
    by_code: dict[str, list[Entry]] = {}
    for entry in entries:
        by_code.setdefault(entry.place.code_on(limits.day), []).append(entry)
    groups = [Namesakes(code, members) for code, members in by_code.items()]
    if len(groups) > 1:
        groups.sort(key=lambda group: (group.weight, group.code), reverse=True)
        if not _wins_by_population(groups, limits):
            return ambiguous(score, (group.code for group in groups))
        score *= TIE_BREAK_FACTOR
    winner = groups[0]
    if all(limits.only_rivals(entry.place) for entry in winner.entries):
        return ambiguous(score, (group.code for group in groups))
    places = dict.fromkeys(entry.place for entry in winner.entries)
    return Found(sorted(places, key=preference), match, round(score, 4), [winner.code])


def _wins_by_population(groups: list[Namesakes], limits: Limits) -> bool:
    """Tell whether the first of the groups, heaviest first, is meant rather than any other.

    Provinces are not compared by population: two that share a name stay ambiguous. A place known by another name
    never wins over one whose official name it is.
    """
    if any(group.has_province for group in groups):
        return False
    if not groups[0].official and any(group.official for group in groups):
        return False
    ratio = WIDE_POPULATION_RATIO if limits.wide else POPULATION_RATIO
    first, second = groups[0].weight, groups[1].weight
    return first >= MIN_POPULATION and first >= ratio * second
