"""Country names, in the spellings of event data sets -> ISO 3166-1 codes."""

import re

import pandas as pd

from geo.columns import distinct
from geo.gazetteer.index import countries
from geo.gazetteer.normalize import fold

#: Spellings of UCDP, ACLED and GTD that are not among the names of countries.
_ALIASES = {
    "DR Congo": "CD",
    "Democratic Republic of Congo": "CD",
    "Republic of Congo": "CG",
    "Macedonia, FYR": "MK",
    "FYR Macedonia": "MK",
    "Kingdom of eSwatini": "SZ",
    "West Bank and Gaza Strip": "PS",
    "Soviet Union": "RU",
    "Yugoslavia": "RS",
    "Serbia-Montenegro": "RS",
    "East Germany (GDR)": "DE",
    "West Germany (FRG)": "DE",
    "South Vietnam": "VN",
    "North Yemen": "YE",
    "South Yemen": "YE",
    "People's Republic of the Congo": "CG",
    "Bosnia-Herzegovina": "BA",
    "Slovak Republic": "SK",
    "Zaire": "CD",
    "North Vietnam": "VN",
    "Republic of Vietnam": "VN",
    "Czechoslovakia": "CZ",
    "New Hebrides": "VU",
    "Saint Martin": "MF",
    "Curacao": "CW",
    "Northern Ireland": "GB",
    "Occupied Palestinian Territory": "PS",
    "Gaza Strip": "PS",
    "West Bank": "PS",
    "Yemen Arab Republic": "YE",
    "Upper Volta": "BF",
    "Ceylon": "LK",
    "Serbia and Montenegro": "RS",
    "German Democratic Republic": "DE",
    # As ISO 3166-1 has them, which knows no country of these names.
    "Somaliland": "SO",
    "Abkhazia": "GE",
    "South Ossetia": "GE",
    "Northern Cyprus": "CY",
}
#: Territories that event data sets count to another country, which they name, and ISO 3166-1 does not: the country
#: named, and the code of the one that a province called after it belongs to. UCDP has Gaza as a province of Israel.
_TERRITORIES = frozenset({("IL", "PS"), ("RS", "XK"), ("MA", "EH"), ("CN", "TW"), ("CN", "HK"), ("CN", "MO")})
#: "Yemen (North Yemen)", "DR Congo (Zaire)": UCDP puts a former name behind the present one.
_SAINT = re.compile(r"^St\.? ")
_METOHIJA = re.compile(r" (?:and|i|&) Metohi[jy]?a\b", re.IGNORECASE)
_FORMER = re.compile(r"\s*\([^)]*\)\s*$")


def country_codes(names: pd.Series) -> pd.Series:
    """Return the ISO 3166-1 alpha-2 code of each country name, code or alpha-3 code; null where unknown.

    Parameters
    ----------
    names : Series of text, shape (n,)

    Returns
    -------
    Series of text, shape (n,)
        Same index.
    """
    codes, found = distinct(names)
    known = countries() | {fold(name): code for name, code in _ALIASES.items()}
    words = [_code(name, known) if isinstance(name, str) else None for name in found]
    return pd.Series(pd.array(words, dtype="string").take(codes), index=names.index)


def with_territories(country: pd.Series, admin1: pd.Series) -> pd.Series:
    """Return countries where provinces that are territories with a code of their own have that code.

    Parameters
    ----------
    country : Series of ISO 3166-1 alpha-2 codes, shape (n,)
    admin1 : Series of text, shape (n,)
        Names of provinces, same index.

    Returns
    -------
    Series of text, shape (n,)
        ``PS`` for the "West Bank" of Israel, ``XK`` for "Kosovo and Metohija" of Serbia; otherwise ``country``.
    """
    may_be = country.isin({sovereign for sovereign, _ in _TERRITORIES}).fillna(False).to_numpy(dtype=bool)
    if not may_be.any():
        return country
    named = country_codes(admin1[may_be].str.replace(_METOHIJA, "", regex=True))
    pairs = zip(country[may_be], named.fillna(""), strict=True)
    own = [code if (sovereign, code) in _TERRITORIES else sovereign for sovereign, code in pairs]
    country = country.copy()
    country[may_be] = pd.array(own, dtype="string")
    return country


def _code(name: str, known: dict[str, str]) -> str | None:
    bare = _SAINT.sub("Saint ", _FORMER.sub("", name).removeprefix("The "))
    return known.get(fold(name)) or known.get(fold(bare))
