"""Places that the articles name, so that a page without a gazetteer can place the words that a reader selects."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from geo.gazetteer.candidates import Limits
from geo.gazetteer.index import covered_countries, index
from geo.gazetteer.parse import read
from geo.gazetteer.prominent import admin1_name
from geo.model import SURE, GeoPrecision

#: A run of words that begin with a capital, also in scripts that have none of their own.
_RUN = re.compile(r"[^\W\d_a-z][\w'’-]*(?:[ \n]+(?:of |de |al-)?[^\W\d_a-z][\w'’-]*){0,5}")
#: Words of a run that may name one place together.
_MOST_WORDS = 3
_PRECISION = {"admin1": GeoPrecision.PROVINCE, "admin2": GeoPrecision.DISTRICT, "town": GeoPrecision.CITY}


def phrases(text: str) -> Iterator[str]:
    """Yield the words, and the groups of up to three words, of every run of capitalised words, as they are written."""
    for run in _RUN.findall(text):
        words = run.split()
        for start in range(len(words)):
            for end in range(start + 1, min(start + _MOST_WORDS, len(words)) + 1):
                if not (words[start][0].islower() or words[end - 1][0].islower()):
                    yield " ".join(words[start:end]).rstrip("'’-")


def named_places(texts: Iterable[str], countries: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return the places that texts name, in the order of countries: the first that knows a name has it.

    Parameters
    ----------
    texts : iterable of str
    countries : iterable of str
        ISO 3166-1 codes, the likeliest first.

    Returns
    -------
    dict of str to dict
        By the words in lower case: ``name``, ``geo_precision``, ``country_code``, ``admin1_code``, ``admin1_name``,
        ``point`` ([longitude, latitude] or None) and, where the place lay in another province until a day, ``past``
        (code, name, last day).
    """
    covered = [country for country in countries if country in covered_countries()]
    words = sorted({phrase for text in texts for phrase in phrases(text)})
    found: dict[str, dict[str, Any]] = {}
    for phrase in words:
        for country in covered:
            place = _place(phrase, country)
            if place is not None:
                found.setdefault(phrase.lower(), place)
                break
    return found


@lru_cache(maxsize=100_000)
def _place(phrase: str, country: str) -> dict[str, Any] | None:
    reading = read(phrase, Limits((index(country),)))
    found = reading.found
    if not found.places or found.match not in SURE or reading.level not in _PRECISION:
        return None
    place = found.places[0]
    past = [place.past_code, admin1_name(place.past_code), place.past_until] if place.past_code else None
    return {
        "name": place.name,
        "geo_precision": str(_PRECISION[reading.level]),
        "country_code": country,
        "admin1_code": place.admin1_code,
        "admin1_name": admin1_name(place.admin1_code),
        "point": [place.lon, place.lat] if place.lon is not None and place.lat is not None else None,
        "past": past,
    }
