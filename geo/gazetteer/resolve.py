"""Geocode place names to provinces as of their dates; ambiguous names are left open."""

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pandas as pd

from geo.days import LAST_DAY, as_day
from geo.errors import DataError, UsageError
from geo.gazetteer.candidates import Found, Limits, ambiguous
from geo.gazetteer.index import Index, countries, covered_countries, index
from geo.gazetteer.normalize import fold
from geo.gazetteer.parse import read
from geo.gazetteer.place import Place
from geo.gazetteer.prominent import admin1_name, everywhere
from geo.gazetteer.regions import Reading, counts_units
from geo.model import Match

#: Code of a unit that ISO 3166-2 does not have (geo.boundaries.codes).
OWN_CODE = re.compile(r"[A-Z]{2}-[XYZ]\d\d")
PLACE_COLUMNS = (
    "admin1_code", "admin1_name", "country_code", "level", "matched_name", "match", "match_score", "candidates",
)  # fmt: skip


def geocode_places(
    names: str | Iterable[Any], *, country: Any = None, date: Any = None, within: Any = None, min_score: float = 0.0
) -> pd.DataFrame:
    """Find the province of each place name.

    Parameters
    ----------
    names : str or iterable
        Place names as sources spell them, in any script; parts may follow one another ("Achin, Nangarhar").
    country : str or iterable, optional
        ISO 3166-1 code or English name, one for all or one per name; without it all countries are searched.
    date : date, ISO text or iterable, optional
        Date of the boundaries; a month or year means its last day. Without it a place has the code of the province
        in which it lies today, and the name of a province that has ended ("FATA") has that province's own code.
    within : str or iterable, optional
        A province (name or ISO 3166-2 code) or other wider place in which the place must lie.
    min_score : float, default 0
        Answers with a lower ``match_score`` are left open: ``ambiguous``, with the province as the candidate.

    Returns
    -------
    DataFrame, shape (n,)
        One row a name, in order, indexed as ``names`` if that is a Series. Columns `PLACE_COLUMNS`: ``level`` is
        admin1, admin2 or town; or country, region, group where the text denotes no single province; or null.
        ``match`` is name, alias, fuzzy, ambiguous or none; ``match_score`` 0-1; ``candidates`` a list of province
        codes, the one found or those between which the text leaves the choice.

    Raises
    ------
    DataError
        If a value is not a date; all such values are listed.
    UsageError
        If ``country``, ``date`` or ``within`` differs from ``names`` in length, or ``min_score`` is not within 0-1.
    """
    listed = [names] if isinstance(names, str) else list(names)
    asked, hints = _spread(country, len(listed), "country"), _spread(within, len(listed), "within")
    found = place_rows(Answers(min_score=min_score), listed, asked, hints, iso_days(_spread(date, len(listed), "date")))
    return found.set_axis(names.index) if isinstance(names, pd.Series) else found


class Answers:
    """Answers to lookups, each distinct lookup made once.

    Parameters
    ----------
    extra : dict of str to Index, optional
        Names of countries that the gazetteer does not cover.
    min_score : float, default 0
        Score below which a province is only a candidate.

    Attributes
    ----------
    rows : list of dict
        The answers, with the keys of `PLACE_COLUMNS`.
    """

    def __init__(self, extra: dict[str, Index] | None = None, min_score: float = 0.0) -> None:
        check_min_score(min_score)
        self.min_score = min_score
        self.rows: list[dict[str, Any]] = []
        self._known: dict[tuple[str, str, str, str | None, str | None], int] = {}
        self._extra = extra or {}

    def namesakes(self, name: str, country: str) -> list[str]:
        """Return the provinces of a country that a name may mean, if they are several (`Index.namesakes`)."""
        found = [code for searched in _indexes(country, self._extra) for code in searched.namesakes(name)]
        return found if len(found) > 1 else []

    def ask(self, name: Any, country: Any, within: Any, day: str | None, field: str | None = None) -> int:
        """Return the position in ``rows`` of the answer for a name; values that are not text count as missing."""
        name, country, within = _text(name), _text(country), _text(within)
        searched = _indexes(country, self._extra) if name and not counts_units(name) else ()
        if day is not None:
            # The answer is the same for all days between two changes of provinces.
            day = next((end for end in _changes(searched) if day <= end), LAST_DAY)
        key = (name, country, within, day, field)
        if key not in self._known:
            self._known[key] = len(self.rows)
            self.rows.append(_answer(name, country, within, Limits(searched, None, day, field), self.min_score))
        return self._known[key]


def check_min_score(min_score: float) -> None:
    """Raise `UsageError` unless a least score is from 0 to 1."""
    if not 0 <= min_score <= 1:
        raise UsageError(f"min_score is {min_score}; it must be from 0 to 1")


def place_rows(
    answers: Answers,
    names: Iterable[Any],
    country: Iterable[Any],
    within: Iterable[Any],
    days: Iterable[str | None],
    field: str | None = None,
) -> pd.DataFrame:
    """Return `PLACE_COLUMNS` for columns of equal length; ``field`` says what the names are (`Limits`)."""
    asked = zip(names, country, within, days, strict=True)
    rows = [answers.rows[answers.ask(*question, field)] for question in asked]
    frame = pd.DataFrame(rows, columns=list(PLACE_COLUMNS))
    frame["candidates"] = pd.Series([list(row["candidates"]) for row in rows], dtype="object")
    text = [column for column in PLACE_COLUMNS if column not in ("match_score", "candidates")]
    return frame.astype(dict.fromkeys(text, "string") | {"match_score": "float64"})


def _answer(name: str, country: str, within: str, limits: Limits, min_score: float) -> dict[str, Any]:
    reading = Reading(Found(), None)
    if name and limits.indexes:
        reading = read(name, _narrowed(limits, within) if within else limits)
    found = reading.found
    if found.places and found.score < min_score:
        reading = Reading(ambiguous(found.score, found.candidates), None, reading.country_code)
        found = reading.found
    code = found.candidates[0] if found.places else None
    return {
        "admin1_code": code,
        "admin1_name": admin1_name(code) if code else None,
        "country_code": reading.country_code or (countries().get(fold(country)) if country else None),
        "level": reading.level,
        "matched_name": found.places[0].name if found.places else None,
        "match": found.match,
        "match_score": found.score if found.match != Match.NONE else 0.0,
        "candidates": found.candidates,
    }


@lru_cache
def _changes(searched: tuple[Index, ...]) -> tuple[str, ...]:
    """Return the last days of provinces that have ended, in order."""
    return tuple(sorted({place.past_until for found in searched for place in found.places if place.past_until}))


@lru_cache
def _country_code(country: str) -> str:
    return countries().get(fold(country), country.strip().upper())


def is_covered(country: str) -> bool:
    """Return whether the gazetteer covers a country, given by code or English name."""
    return _country_code(country) in covered_countries()


def _indexes(country: str, extra: dict[str, Index]) -> tuple[Index, ...]:
    """Return the indexes to search: a country's, by code or English name; without one, `everywhere`; or none."""
    if not country:
        return (*everywhere(), *extra.values())
    code = _country_code(country)
    return (extra[code],) if code in extra else (index(code),) if code in covered_countries() else ()


def province_indexes(provinces: pd.DataFrame) -> dict[str, Index]:
    """Return the names of countries with provinces that the gazetteer does not have, by country.

    These are countries that it does not cover, and those in which the user has added units with codes of geo's own.
    """
    found: dict[str, Index] = {}
    columns = (provinces[column].astype(str) for column in ("country_code", "admin1_code", "admin1_name"))
    for country, code, name in zip(*columns, strict=True):
        if country not in covered_countries():
            found.setdefault(country, Index(country))
        elif OWN_CODE.fullmatch(code) and country not in found:
            found[country] = index.__wrapped__(country)  # a second one: the cached index is everybody's
        if country not in covered_countries() or OWN_CODE.fullmatch(code):
            found[country].add([(Place("admin1", name, code), [name])])
    return found


def _narrowed(limits: Limits, within: str) -> Limits:
    """Limit the search to the provinces or country that a hint names; other hints are ignored."""
    if admin1_name(code := within.strip().upper()) is not None:
        return limits.inside([code])
    reading = read(within, replace(limits, field="admin1"))
    if reading.found.places:
        return limits.inside(reading.found.candidates, reading.found.places[0].past_until or None)
    if reading.level == "country":
        return limits.in_country(reading.country_code or "")
    return limits.inside(reading.found.candidates) if reading.found.candidates else limits


def _spread(value: Any, length: int, name: str) -> list[Any]:
    """Return one value per row."""
    if value is None or isinstance(value, str | datetime.date | int | float) or value is pd.NaT or value is pd.NA:
        return [value] * length
    values = list(value)
    if len(values) != length:
        raise UsageError(f"{name} has {len(values)} values for {length} names; give one for all or one for each")
    return values


def _text(value: Any) -> str:
    """Return a cell as text; missing values and numbers become empty."""
    return value if isinstance(value, str) else ""


def iso_days(values: Sequence[Any]) -> list[str | None]:
    """Return dates as ISO text, None where missing."""
    faults, known = [], {}
    for row, value in enumerate(values):
        key = value if isinstance(value, str) else str(value)
        if key in known:
            continue
        missing = value is None or value is pd.NaT or value is pd.NA or key.strip().lower() in ("", "nan")
        try:
            known[key] = None if missing else as_day(value[:10] if isinstance(value, str) else value)
        except UsageError as error:
            faults.append(f"row {row}: {error}" if len(values) > 1 else str(error))
    if faults:
        raise DataError("; ".join(faults))
    return [known[value if isinstance(value, str) else str(value)] for value in values]
