"""Which parties are one: by the table of names ``data/merge/parties.csv``, by country, by sound, or of no use.

A party has a number. Forces of a state have that of the state, whoever of them it was; civilians have one of their own;
parties that no source identifies ("Unidentified Armed Group", "gunmen") have none, as they may be anybody.
"""

import csv
import re
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from geo.columns import distinct, is_true
from geo.gazetteer.countries import country_codes
from geo.gazetteer.normalize import fold, phonetic_keys, tokens
from geo.resources import data_path

#: Nobody in particular, and civilians; named parties are numbered from `FIRST`.
NOBODY, CIVILIANS, FIRST = -1, 0, 1
_STATE = re.compile(
    r"^(?:military forces|police forces|government|army|armed forces|security forces|police|forces|national army|"
    r"air force|military|national police|gendarmerie|state forces|coalition forces)(?: of| \()? ?(?:the )?"
    r"(?P<country>[^(),;]+)?",
    re.IGNORECASE,
)
_STATE_TAIL = re.compile(
    r"^(?P<country>[\w' .-]+?) (?:army|armed forces|security forces|police|military|air force|government|soldiers)\b",
    re.IGNORECASE,
)
_CIVILIANS = re.compile(
    r"^(?:civilians?|protesters?|rioters?|private citizens|health workers|journalists|aid workers|teachers?|students?|"
    r"labou?r group|business|educational institution|religious figures|tourists|ngo|food or water|utilities|"
    r"transportation|airports|maritime|telecommunication|abortion)\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"^(?:unidentified|unknown|unaffiliated|undisclosed|other|gunmen|gunman|militants?|insurgents?|rebels?|terrorists?|"
    r"extremists?|suspected|armed (?:group|men)|violent political party|\w+ (?:insurgents|rebels|opposition))\b|"
    r"^(?:muslim |islamist |jihadi-inspired )?(?:extremists|militia|militants)\b|opposition rebels",
    re.IGNORECASE,
)
_PAREN = re.compile(r"\(([^)]*)\)")
_YEARS = re.compile(r"\(\s*\d{4}\s*-\s*(?:\d{4})?\s*\)")
#: Words that tell of what kind a party is, not which.
_GENERIC = frozenset(
    [
        "ethnic", "communal", "militia", "militias", "group", "groups", "armed", "forces", "force", "fighters",
        "militants", "militant", "extremists", "extremist", "tribesmen", "tribe", "clan", "the", "of", "and",
        "movement", "rebels", "insurgents", "gang", "cartel", "front",
    ]
)  # fmt: skip
#: Kinds of GTD's targets that are forces of the state.
_STATE_TARGETS = ("military", "police", "government (general)", "government (diplomatic)")


def party_codes(records: pd.DataFrame) -> tuple[Any, Any]:
    """Return the numbers of the two parties of each record; of GTD's targets the kind of target.

    Parameters
    ----------
    records : DataFrame, shape (n,)
        With ``actor1, actor2, country_code, targtype1_txt``.

    Returns
    -------
    tuple of array of int32, each of shape (n,)
    """
    numbers: dict[str, int] = {}
    second = records["actor2"]
    target = records["targtype1_txt"].str.lower()
    if target.notna().any():
        state = is_true(target.isin(_STATE_TARGETS))
        second = second.mask(is_true(target.notna()), "civilians").mask(state, "police forces")
        second = second.mask(is_true(target.str.startswith("terrorists")), "unknown")
    country = records["country_code"].fillna("")
    return _numbered(records["actor1"], country, numbers), _numbered(second, country, numbers)


def _numbered(names: pd.Series, country: pd.Series, numbers: dict[str, int]) -> Any:
    # A force without a country is one of the country that the event is in.
    name_codes, found = distinct(names)
    keys = [party_key(name) if isinstance(name, str) else "" for name in found]
    own = np.array([_number(key, numbers) for key in keys] or [NOBODY], dtype=np.int32)[name_codes]
    local = np.array([key == "state:" for key in keys] or [False])[name_codes]
    if local.any():
        place_codes, places = pd.factorize(country)
        states = np.array([_number(f"state:{place}" if place else "", numbers) for place in places], dtype=np.int32)
        own = np.where(local, states[place_codes], own)
    return own


def _number(key: str, numbers: dict[str, int]) -> int:
    if not key or key == "state:":
        return NOBODY
    return CIVILIANS if key == "civilians" else numbers.setdefault(key, len(numbers) + FIRST)


def party_key(name: str) -> str:
    """Return what identifies a party: ``state:XX``, ``civilians``, a name of the table, or a sound; "" for nobody.

    >>> party_key("Military Forces of Nigeria (2015-2023)"), party_key("Government of Nigeria")
    ('state:NG', 'state:NG')
    >>> party_key("IS") == party_key("Islamic State (Iraq)") == party_key("Daesh")
    True
    >>> party_key("Unidentified Armed Group (Mali)")
    ''
    """
    name = _YEARS.sub(" ", name).strip()
    known = _named(name)
    if known:
        return known
    if _CIVILIANS.match(name):
        return "civilians"
    if _NOBODY.search(name):
        return ""
    if state := _state(name):
        return state
    core = [word for word in tokens(_PAREN.sub(" ", name)) if word not in _GENERIC]
    sounds = phonetic_keys(core)
    return f"sound:{sounds[0]}" if sounds else ""


def _named(name: str) -> str:
    """Return the party of the table that a name, a part of it or its acronym is a name of."""
    bare = _PAREN.sub(" ", name)
    forms = [name, bare, *re.split(r" - |: | and/or |;|/", bare), *_PAREN.findall(name)]
    table = _aliases()
    return next((f"named:{table[key]}" for form in forms if (key := fold(form)) in table), "")


def _state(name: str) -> str:
    found = _STATE.match(name) or _STATE_TAIL.match(name)
    if found is None:
        return ""
    country = (found["country"] or "").strip()
    code = _country(country) if country else None
    return f"state:{code or ''}"


@cache
def _country(name: str) -> str | None:
    code = country_codes(pd.Series([name], dtype="string")).iloc[0]
    return None if pd.isna(code) else str(code)


@cache
def _aliases() -> dict[str, str]:
    """Return the party of each folded name; a branch is the party that sources name instead of it."""
    with data_path("merge", "parties.csv").open(encoding="utf-8", newline="") as file:
        return {
            fold(alias): row["family"] or row["name"]
            for row in csv.DictReader(file)
            for alias in (row["name"], *row["aliases"].split("|"))
        }
