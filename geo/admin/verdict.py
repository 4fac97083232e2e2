"""The one rule that weighs a record's code, its names and its point against each other."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from geo.columns import is_true
from geo.model import SURE, Match

#: How the notes of this module say that a point lies elsewhere.
_ELSEWHERE = r"\b(?:named|coded) [^;]+, point (?:in|outside) "
#: How a note says that a unit of today is drawn as part of an older one, and the codes of the two.
_UNDRAWN_NOTE = re.compile(r"named (?P<unit>[A-Z]{2}-\w+), drawn as part of (?P<code>[A-Z]{2}-\w+), an older unit")
#: Highest score of a province that stands for a unit which is not drawn.
UNDRAWN_SCORE = 0.9
#: Highest score of a province with the name of another, without a point that tells which is meant.
NAMESAKE_SCORE = 0.9


class Evidence(NamedTuple):
    """What a record says about its province; text is "" where it says nothing.

    Attributes
    ----------
    coded : str
        Code of a province in the record.
    named, named_match, named_score
        Province that its names stand for, how it was found (`geo.model.Match`) and how surely.
    named_as_province : bool
        Whether it is the record's ``admin1_name`` that names it, not a place or district.
    undrawn : str
        Unit of today that its names stand for, where the provinces have an older or coarser one in its place.
    candidates : sequence of str
        Provinces that an ambiguous name may stand for, or that have the name of the one found: Kyiv, city and province.
    country : str
        Country code in the record.
    pointed, pointed_match : str
        Province of its point, and how it was found.
    point_contradicts : bool
        Whether the point lies too far from the province coded, or else named, as it was on the record's date, to agree
        with it (`geo.admin.tolerance`).
    """

    coded: str
    named: str
    named_match: str
    named_score: float
    named_as_province: bool
    undrawn: str
    candidates: Sequence[str]
    country: str
    pointed: str
    pointed_match: str
    point_contradicts: bool


class Verdict(NamedTuple):
    """Province of a record: ``code`` (None: none), `geo.model.Match`, a score (NaN: by the point's distance), a note.

    The note says where code, names and point disagree; None where they do not.
    """

    code: str | None
    match: str
    match_score: float
    match_note: str | None


def weigh(evidence: Evidence) -> Verdict:
    """Decide a record's province.

    A code always stands, and so does the name of a province in the country that the record states: where the point
    contradicts them, the record keeps both and the note says so. Where several provinces have the name, a point in one
    of them decides, and without one the name is less sure. The name of a place or district, one only similar to a
    province's, or one without a country does not stand against a point. An ambiguous name is settled by a point in one
    of its candidates. A point alone stands unless it lies in another country than the record's. A province that stands
    for a unit which is not drawn is less sure, and the note names the unit.
    """
    verdict = _decide(evidence)
    if not evidence.undrawn or verdict.code is None or verdict.match_note is not None:
        return verdict
    # min() of a score that is still to be computed from the distance would be NaN.
    score = UNDRAWN_SCORE if verdict.match_score != verdict.match_score else min(verdict.match_score, UNDRAWN_SCORE)
    note = f"named {evidence.undrawn}, drawn as part of {verdict.code}, an older unit"
    return verdict._replace(match_score=score, match_note=note)


def _decide(evidence: Evidence) -> Verdict:
    if evidence.coded:
        return Verdict(evidence.coded, Match.NAME, 1.0, _contradiction(evidence))
    if evidence.named:
        named = f"named {evidence.named}"
        namesakes = len(evidence.candidates) > 1 and evidence.named_as_province
        if namesakes and evidence.pointed in evidence.candidates:
            return Verdict(evidence.pointed, evidence.pointed_match, float("nan"), None)
        if not evidence.point_contradicts:
            score = min(evidence.named_score, NAMESAKE_SCORE) if namesakes else evidence.named_score
            return Verdict(evidence.named, evidence.named_match, score, None)
        in_country = evidence.named[:2] == evidence.country.upper()
        if evidence.named_as_province and in_country and evidence.named_match in SURE:
            return Verdict(evidence.named, evidence.named_match, evidence.named_score, _elsewhere(named, evidence))
        return _undecided(named, evidence)
    if evidence.named_match == Match.AMBIGUOUS and evidence.pointed not in evidence.candidates:
        return _undecided(f"named {' or '.join(evidence.candidates)}", evidence, evidence.named_score)
    if not evidence.pointed:
        return Verdict(None, Match.NONE, 0.0, None)
    if evidence.country.upper() not in ("", evidence.pointed[:2]):
        return _undecided(f"named {evidence.country}", evidence)
    return Verdict(evidence.pointed, evidence.pointed_match, float("nan"), None)


def _contradiction(evidence: Evidence) -> str | None:
    """Return a note on what contradicts the code: the point, or else the names."""
    if evidence.point_contradicts:
        return _elsewhere(f"coded {evidence.coded}", evidence)
    if evidence.named not in ("", evidence.coded):
        return f"coded {evidence.coded}, named {evidence.named}"
    return None


def _undecided(named: str, evidence: Evidence, score: float = 0.0) -> Verdict:
    elsewhere = evidence.pointed or evidence.point_contradicts
    return Verdict(None, Match.AMBIGUOUS, score, _elsewhere(named, evidence) if elsewhere else None)


def _elsewhere(stated: str, evidence: Evidence) -> str:
    return f"{stated}, point {f'in {evidence.pointed}' if evidence.pointed else 'outside every province'}"


def undrawn_units(notes: pd.Series, codes: pd.Series) -> pd.Series:
    """Return the unit of today that a record was found by, as its note says, where its code is of the older one.

    Parameters
    ----------
    notes, codes : Series of text, shape (n,)
        The record's own ``note``, into which an import writes that of `weigh`, and its ``admin1_code``.
    """
    said = notes.where(codes.notna()).str.extract(_UNDRAWN_NOTE)
    return said["unit"].where(is_true(said["code"].eq(codes)))


def says_disagreement(notes: pd.Series) -> Any:
    """Return which notes, shape (n,), say that a record's point lies elsewhere than its code or name."""
    return is_true(notes.astype("string").str.contains(_ELSEWHERE, regex=True))
