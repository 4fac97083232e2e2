"""The one rule that weighs a record's code, its names and its point against each other."""

from collections.abc import Sequence
from typing import NamedTuple

from geo.model import Match


class Evidence(NamedTuple):
    """What a record says about its province; text is "" where it says nothing.

    Attributes
    ----------
    coded : str
        Code of a province in the record.
    named, named_match, named_score
        Province that its names stand for, how it was found (`geo.model.Match`) and how surely.
    candidates : sequence of str
        Provinces that an ambiguous name may stand for.
    country : str
        Country code in the record.
    pointed, pointed_match : str
        Province of its point, and how it was found.
    point_contradicts : bool
        Whether the point lies too far from the province coded, or else named, to agree with it
        (`geo.admin.tolerance`).
    """

    coded: str
    named: str
    named_match: str
    named_score: float
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

    A code always stands. A name stands unless the point contradicts it; an ambiguous one is settled by a point in one
    of its candidates. A point alone stands unless it lies in another country than the record's.
    """
    if evidence.coded:
        return Verdict(evidence.coded, Match.NAME, 1.0, _contradiction(evidence))
    if evidence.named:
        if evidence.point_contradicts:
            return _undecided(f"named {evidence.named}", evidence)
        return Verdict(evidence.named, evidence.named_match, evidence.named_score, None)
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
        return f"coded {evidence.coded}, point in {evidence.pointed}"
    if evidence.named not in ("", evidence.coded):
        return f"coded {evidence.coded}, named {evidence.named}"
    return None


def _undecided(named: str, evidence: Evidence, score: float = 0.0) -> Verdict:
    note = f"{named}, point in {evidence.pointed}" if evidence.pointed else None
    return Verdict(None, Match.AMBIGUOUS, score, note)
