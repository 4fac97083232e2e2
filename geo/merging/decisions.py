"""What people decided on unsure pairs: the files that ``geo merge`` writes for them, and those it applies."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from geo.errors import DataError
from geo.importing.write_records import features
from geo.merging.links import DIFFERENT, SAME, UNSURE
from geo.paths import regular_file
from geo.write import write_text

#: Most pairs of a file for people; the likeliest are written.
MOST_PAIRS = 20_000
_DECISIONS = (SAME, DIFFERENT, UNSURE)


@dataclass(frozen=True)
class Decisions:
    """Decisions on pairs, by the ids of the two in order of their text; the last one on a pair counts.

    Attributes
    ----------
    by_pair : dict of (str, str) to str
        ``same``, ``different`` or ``unsure``.
    coders : tuple of str
        Who decided.
    """

    by_pair: dict[tuple[str, str], str]
    coders: tuple[str, ...] = ()

    def __add__(self, other: "Decisions") -> "Decisions":
        return Decisions(self.by_pair | other.by_pair, tuple(dict.fromkeys(self.coders + other.coders)))


def read_decisions(path: str | Path) -> Decisions:
    """Read a file of decisions on pairs.

    Parameters
    ----------
    path : str or Path
        ``{"geo_decisions": 1, "kind": "pairs", "pairs": [{"a": ID, "b": ID, "decision": "same"}]}``; the decision is
        ``same``, ``different`` or ``unsure``, and ``coder`` and ``time`` may say who decided, and when.

    Raises
    ------
    MissingFileError, DataError
        If the file does not exist, or is not one of decisions on pairs.
    """
    try:
        document = json.loads(regular_file(path).read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise DataError(f"{path}: is not JSON: {' '.join(str(error).split())[:120]}") from error
    if not isinstance(document, dict) or document.get("geo_decisions") != 1 or document.get("kind") != "pairs":
        raise DataError(f"{path}: is no file of decisions on pairs; it must have geo_decisions 1 and kind pairs")
    pairs = document.get("pairs")
    if not isinstance(pairs, list):
        raise DataError(f"{path}: pairs must be a list of decisions, each with a, b and decision")
    found: dict[tuple[str, str], str] = {}
    for number, pair in enumerate(pairs, 1):
        one, other = (pair.get("a"), pair.get("b")) if isinstance(pair, dict) else (None, None)
        if not (isinstance(one, str) and isinstance(other, str) and pair.get("decision") in _DECISIONS):
            raise DataError(
                f"{path}: pair {number} must have the ids a and b, and a decision of {', '.join(_DECISIONS)}"
            )
        found[_ordered(one, other)] = str(pair["decision"])
    coders = dict.fromkeys(str(pair["coder"]) for pair in pairs if pair.get("coder"))
    return Decisions(found, tuple(coders))


def decided(table: pd.DataFrame, ids: Any, decisions: Decisions) -> pd.DataFrame:
    """Return pairs with the decisions on them; a pair that was decided the same is added if it is not there."""
    position = pd.Index(ids, dtype=object)
    found = {}
    for (one, other), decision in decisions.by_pair.items():
        a, b = position.get_indexer([one, other])
        if a >= 0 and b >= 0 and a != b:
            found[(min(a, b), max(a, b))] = decision
    if not found:
        return table
    rows = list(zip(table["row_a"], table["row_b"], strict=True))
    table = table.copy()
    said = [found.get(row) for row in rows]
    known = np.array([word is not None for word in said], dtype=bool)
    table["band"] = [word or band for word, band in zip(said, table["band"], strict=True)]
    table["decided"] = known
    missing = {row: word for row, word in found.items() if row not in set(rows) and word == SAME}
    more = [
        {
            "row_a": a, "row_b": b, "score": 0.0, "conflict": False, "part": 0, "reasons": [], "band": word,
            "decided": True,
        }
        for (a, b), word in missing.items()
    ]  # fmt: skip
    if more:
        table = pd.concat([table, pd.DataFrame(more)], ignore_index=True) if len(table) else pd.DataFrame(more)
    words = {SAME: "a person says: the same", DIFFERENT: "a person says: different", UNSURE: "a person is unsure"}
    reasons = [
        [words[band], *why] if is_decided else why
        for band, is_decided, why in zip(table["band"], table["decided"], table["reasons"], strict=True)
    ]
    return table.assign(reasons=pd.Series(reasons, index=table.index, dtype=object))


def write_pairs(path: str | Path, records: Any, pairs: pd.DataFrame) -> int:
    """Write the unsure pairs for people to decide on, the likeliest first; return how many.

    Parameters
    ----------
    path : str or Path
    records : GeoDataFrame
    pairs : DataFrame
        As `geo.merging.run.Merged.pairs`.
    """
    chosen = pairs[pairs["band"] == UNSURE].head(MOST_PAIRS)
    wanted = pd.unique(pd.concat([chosen["a"], chosen["b"]]))
    rows = records[records["id"].isin(wanted).to_numpy(bool)].drop(columns=["same_as_because"], errors="ignore")
    by_id = {feature["properties"]["id"]: feature for feature in features(rows)}
    found = [
        {"a": _properties(by_id[a]), "b": _properties(by_id[b]), "score": float(score), "reasons": list(why)}
        for a, b, score, why in zip(chosen["a"], chosen["b"], chosen["score"], chosen["reasons"], strict=True)
    ]
    write_text(path, json.dumps({"geo_pairs": 1, "pairs": found}, ensure_ascii=False, indent=1) + "\n")
    return len(found)


def _properties(feature: Mapping[str, Any]) -> dict[str, Any]:
    point = feature["geometry"]
    where = {} if point is None else {"longitude": point["coordinates"][0], "latitude": point["coordinates"][1]}
    return {**feature["properties"], **where}


def _ordered(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)


def all_decisions(paths: Iterable[str | Path]) -> Decisions | None:
    """Return the decisions of several files, of which later ones overrule earlier ones; None without files."""
    found = None
    for path in paths:
        read = read_decisions(path)
        found = read if found is None else found + read
    return found
