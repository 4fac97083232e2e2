"""Scores and thresholds of name matching: what each number means and where it comes from.

Every number was chosen on names, never by theory alone. A change to one shows in tests/golden/names.tsv.
"""

from typing import Final

#: Score of an exact match, by what is equal: the official name, another name, the phonetic key, the Russian stem, or
#: the consonants of the Arabic script. A fuzzy match scores ``SCORE_PHONETIC`` less its difference per letter.
SCORE_NAME: Final = 1.0
SCORE_ALIAS: Final = 0.98
SCORE_PHONETIC: Final = 0.95
SCORE_STEM: Final = 0.9
SCORE_ARABIC: Final = 0.85
#: Factor on the score of a place that wins over namesakes by population alone.
TIE_BREAK_FACTOR: Final = 0.9

#: Letters that a phonetic key needs to identify a place of a level; shorter keys have too many namesakes.
PHONETIC_LENGTHS: Final = {"admin1": 2, "admin2": 4, "town": 5}
#: The same if neither country nor province is known.
WIDE_PHONETIC_LENGTHS: Final = {"admin1": 5, "admin2": 7, "town": 6}
#: Population that a town needs if neither country nor province is known: to be found by an equal or similar phonetic
#: key, and by another name than its official one.
WIDE_POPULATION_PHONETIC: Final = 100_000
WIDE_POPULATION_ALIAS: Final = 100_000
#: The same to be found by its official name if that is shorter than so many letters, and the letters without which a
#: place is found only by its official name, as a town of `WIDE_POPULATION_ALIAS` (Jos): "Is" and "Star" are villages of
#: Russia, and words of English.
WIDE_POPULATION: Final = 5_000
WIDE_LONG_NAME: Final = 6
WIDE_LETTERS: Final = 4
#: Population that data/gazetteer/prominent.tsv.gz gives the units of ISO 3166-2 that lie in a province, such as
#: departments of France: as likely meant as a province of their name in another country.
ISO_UNIT_POPULATION: Final = 100_000

#: Lead in difference (`similarity.difference`) that the closest place needs over those in every other province.
FUZZY_MARGIN: Final = 0.5

#: Score from which a name that begins alike is taken for a place of a level where nothing else speaks for the place: no
#: type word, no field, no province. Of 17,000 villages of Afghanistan and union councils of Pakistan that the gazetteer
#: lacks, districts below it are wrong in 9 of 10 answers, towns in 4 of 10.
FUZZY_SCORES: Final = {"admin1": 0.88, "admin2": 0.88, "town": 0.9}

#: A namesake wins by population if it has at least so many inhabitants and so many times those of the next one, with a
#: country and without. On the gazetteer's own names, a ratio of 3 instead of 4 adds one wrong answer for each right
#: one, so it goes no lower.
MIN_POPULATION: Final = 10_000
POPULATION_RATIO: Final = 3
WIDE_POPULATION_RATIO: Final = 8
#: Population from which a name means the town rather than the district of the same name around it.
CITY_POPULATION: Final = 20_000
#: Population assumed for a district, because GeoNames gives none, and the least assumed for a town.
DISTRICT_POPULATION: Final = 40_000
VILLAGE_POPULATION: Final = 1_000
#: A place known by another name than its official one counts for one n-th of its population.
ALIAS_DIVISOR: Final = 10
#: Population from which a town abroad is also recognised by its phonetic key ("Basra", "Basrah").
METROPOLIS_POPULATION: Final = 1_000_000

#: Differences of phonetic keys, in ascending order. Each column of the tables below belongs to one of them.
DIFFERENCES: Final = (0.5, 0.75, 1.0, 1.5, 2.0)
#: Never: longer than any key.
_NEVER: Final = 99
#: Letters that a key needs to be taken for another at most so different, by kind of place ("city": a town of
#: `CITY_POPULATION`). Chosen on 12,000 villages that the gazetteer lacks, on districts and towns in other lists'
#: spellings, and on misspelt names: with shorter keys more answers are wrong than right. Provinces and cities are few
#: and often meant, so shorter keys suffice for them.
LENGTHS: Final = {
    "admin1": (5, 6, 6, 10, 13),
    "admin2": (5, 6, 7, 10, 13),
    "city": (6, 7, 7, 12, _NEVER),
    "town": (7, 8, 9, 13, _NEVER),
}
#: The same if no country is given: a word of any language resembles some village of seven countries.
WIDE_LENGTHS: Final = {
    "admin1": (6, 8, 8, 13, _NEVER),
    "admin2": (_NEVER,) * 5,
    "city": (8, *(_NEVER,) * 4),
    "town": (_NEVER,) * 5,
}
#: Letters that must remain without affixes shared by many names ("-abad", "Qala-ye").
DISTINCTIVE_LENGTHS: Final = (3, 4, 6, 7, 9)
#: Letters of the shortest key that can be similar to another; a type word ("district") counts as one letter.
SHORTEST_KEY: Final = min(map(min, LENGTHS.values())) - 1

#: Consonants that a name in the Arabic script needs to be matched by consonants and written vowels, by kind of place,
#: or if the text has a type word. Chosen on 4,000 names of districts and towns, and 4,500 of villages.
ARABIC_CONSONANTS: Final = {"admin1": 2, "admin2": 2, "city": 3, "town": 4}
ARABIC_CONSONANTS_TYPED: Final = 2
#: From so many letters, vowels included, a town needs one consonant less.
ARABIC_LONG_NAME: Final = {"city": 5, "town": 6}
#: Consonants needed to match by consonants alone, without and with a type word.
SKELETON_CONSONANTS: Final = 6
SKELETON_CONSONANTS_TYPED: Final = 4
