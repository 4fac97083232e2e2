"""The countries that a text speaks of, the likeliest first."""

import re
from collections import Counter
from functools import lru_cache

from geo.extraction.actors import Table, find_actors
from geo.extraction.tokens import tokenize
from geo.gazetteer.index import country_names, covered_countries, vocabulary
from geo.gazetteer.normalize import fold
from geo.gazetteer.regions import country_named

#: Most countries in which the places of one text are looked for.
MOST = 4
_CAPITALS = re.compile(r"\b[A-Z][\w’'-]+(?:\s+(?:of\s+(?:the\s+)?)?[A-Z][\w’'-]+){0,3}")
#: Characters from which the countries are taken.
SAMPLE = 60_000


@lru_cache(maxsize=50_000)
def _country(words: str) -> str | None:
    found = country_named(words) or vocabulary()["demonym"].get(words.lower())
    return found if found in covered_countries() else None


@lru_cache
def _short_names() -> dict[str, str]:
    return {"us": "US", "usa": "US", "uk": "GB", "uae": "AE", "drc": "CD"}


def countries_in(text: str, actors: Table, *, shouted: bool) -> tuple[str, ...]:
    """Return the codes of the countries that a text names, with those of its demonyms and of the groups it names."""
    counts: Counter[str] = Counter()
    sample = text[:SAMPLE].replace("’", "'")
    for found in _CAPITALS.finditer(sample):
        words = found[0].removesuffix("'s").split()
        for length in range(min(4, len(words)), 0, -1):
            step = [_country(" ".join(words[start : start + length])) for start in range(len(words) - length + 1)]
            if any(step):
                counts.update(code for code in step if code)
                break
    tokens = tokenize(sample, 0, len(sample))
    for mention in find_actors(tokens, actors, shouted=shouted):
        if mention.actor.country in covered_countries():
            counts[mention.actor.country] += 1
    ranked = sorted(counts, key=lambda code: (-counts[code], code))
    return tuple(code for code in ranked if counts[code] * 8 >= counts[ranked[0]])[:MOST]


def codes_of(hint: object) -> tuple[str, ...]:
    """Return the codes of countries given by a code or name, or by several of them.

    Raises
    ------
    UsageError
        If the gazetteer does not cover one.
    """
    from geo.errors import UsageError

    asked = [hint] if isinstance(hint, str) else list(hint)  # type: ignore[call-overload]
    names = {fold(name): code for code, name in country_names().items()}
    found = []
    for name in asked:
        key = str(name).strip()
        code = key.upper() if key.upper() in covered_countries() else country_named(key) or names.get(fold(key))
        if code not in covered_countries():
            raise UsageError(
                f"the gazetteer does not cover country {key!r}; give a name or code of ISO 3166-1 such as AF"
            )
        found.append(code)
    return tuple(dict.fromkeys(found))
