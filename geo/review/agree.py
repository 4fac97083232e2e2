"""Agreement of two readers on the same candidates, field by field."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from geo.errors import DataError, UsageError
from geo.model import COLUMNS
from geo.review.candidates import Candidates, record_of

#: What is compared of every candidate; the others are fields of those that both accepted.
VERDICT = "accept or reject"
_NOT_COMPARED = ("id", "sources", "same_as", "conflicts_with", "description", "note", "date_inferred")


@dataclass(frozen=True)
class Agreement:
    """Agreement on one field.

    Attributes
    ----------
    field : str
    n : int
        Candidates compared.
    percent : float
        Share on which both have the same, 0-100.
    alpha : float or None
        Krippendorff's alpha for nominal data: 1 is agreement, 0 what chance gives; None where all values are equal,
        as chance then explains everything.
    """

    field: str
    n: int
    percent: float
    alpha: float | None


def agreement(one: dict[str, Any], other: dict[str, Any], candidates: Candidates) -> list[Agreement]:
    """Return the agreement of two files of decisions: on the verdict, then on each field of what both accepted.

    Parameters
    ----------
    one, other : dict
        As `geo.review.apply.read_decisions` returns them.
    candidates : Candidates
        The file that both reviewed.

    Raises
    ------
    DataError
        If they have no candidate in common that both decided on.
    UsageError
        If the package krippendorff is not installed.
    """
    first, second = (_decided(document) for document in (one, other))
    both = [name for name in candidates.features if name in first and name in second]
    if not both:
        raise DataError("the two files have no candidate in common on which both decided; compare reviews of one file")
    found = [_agreement(VERDICT, [(first[name]["decision"], second[name]["decision"]) for name in both])]
    accepted = [name for name in both if first[name]["decision"] == second[name]["decision"] == "accept"]
    values = [(_values(first[name], candidates), _values(second[name], candidates)) for name in accepted]
    for field in COLUMNS:
        pairs = [(str(a.get(field)), str(b.get(field))) for a, b in values]
        if field not in _NOT_COMPARED and any(pair != ("None", "None") for pair in pairs):
            found.append(_agreement(field, pairs))
    return found


def disagreeing(one: dict[str, Any], other: dict[str, Any], candidates: Candidates) -> list[str]:
    """Return the candidates on which two readers differ, or on which only one of them decided."""
    first, second = (_decided(document) for document in (one, other))
    found = []
    for name in candidates.features:
        if name in first and name in second and first[name]["decision"] == second[name]["decision"]:
            if first[name]["decision"] == "reject" or _values(first[name], candidates) == _values(
                second[name], candidates
            ):
                continue
        elif name not in first and name not in second:
            continue
        found.append(name)
    return found


def _decided(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in document.get("decisions", []) if one.get("decision") in ("accept", "reject")}


def _values(one: dict[str, Any], candidates: Candidates) -> dict[str, Any]:
    values = record_of(candidates.features[one["id"]]) | (one.get("values") or {})
    return {name: value for name, value in values.items() if value is not None}


def _agreement(field: str, pairs: Sequence[tuple[str, str]]) -> Agreement:
    same = sum(a == b for a, b in pairs)
    return Agreement(field, len(pairs), 100 * same / len(pairs), _alpha(pairs))


def _alpha(pairs: Sequence[tuple[str, str]]) -> float | None:
    try:
        import krippendorff
    except ImportError as error:
        raise UsageError("agreement needs the package krippendorff: pip install 'geo-incidents[agreement]'") from error
    words = sorted({word for pair in pairs for word in pair})
    if len(words) < 2:
        return None
    number = {word: code for code, word in enumerate(words)}
    data = [[number[a] for a, _ in pairs], [number[b] for _, b in pairs]]
    return float(krippendorff.alpha(reliability_data=data, level_of_measurement="nominal"))
