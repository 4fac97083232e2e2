"""Turn candidates on which readers decided into records."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.errors import DataError
from geo.importing.combine import concat_records
from geo.model import COLUMNS, SOURCE_COLUMNS
from geo.paths import regular_file
from geo.readers.frame import incident_frame
from geo.review.candidates import Candidates, digest, record_of
from geo.rules.validate import validate

#: What a source of a record says of its article.
_OF_ARTICLE = ("title", "author", "publisher", "published", "url")


@dataclass(frozen=True)
class Applied:
    """Records with those that readers accepted, and what was done.

    Attributes
    ----------
    records : GeoDataFrame
        The records that were there, then the new ones. Column ``review`` of a new one has who accepted it, when, with
        which version, and the ``original`` value of each field that was mended.
    sources : DataFrame
        Articles cited by new records, with the columns of ``geo.model.SOURCE_COLUMNS``.
    accepted, rejected, undecided : int
        Candidates.
    """

    records: gpd.GeoDataFrame
    sources: pd.DataFrame
    accepted: int
    rejected: int
    undecided: int


def read_decisions(path: str | Path) -> dict[str, Any]:
    """Read a file of decisions on candidates, as a review page downloads it.

    Raises
    ------
    MissingFileError, DataError
        If the file does not exist, or is not one of decisions on candidates.
    """
    try:
        document = json.loads(regular_file(path).read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise DataError(f"{path}: is not JSON: {' '.join(str(error).split())[:120]}") from error
    lists = ("articles", "decisions", "added", "pairs")
    if not isinstance(document, dict) or document.get("geo_decisions") != 1 or document.get("kind") != "candidates":
        raise DataError(f"{path}: is no file of decisions on candidates; download one from the page of geo review")
    if wrong := [name for name in lists if not _is_list_of_objects(document.get(name, []))]:
        raise DataError(f"{path}: {', '.join(wrong)} must be lists of objects; download the file again")
    return document


def apply_decisions(
    document: dict[str, Any], candidates: Candidates, into: gpd.GeoDataFrame, sources: pd.DataFrame
) -> Applied:
    """Return records with the candidates that were accepted.

    Parameters
    ----------
    document : dict
        As `read_decisions` returns it.
    candidates : Candidates
        The file that was reviewed.
    into : GeoDataFrame, shape (n,)
        Records, as ``geo.read_incidents`` returns them.
    sources : DataFrame
        Those that the records may cite, as ``geo.read_sources`` returns them.

    Raises
    ------
    DataError
        If decisions are on another text or other candidates, a record with the id of an accepted one exists, or an
        accepted one breaks a rule of records. All faults are named.
    """
    faults = _faults(document, candidates, set(into["id"]))
    if faults:
        raise DataError(f"{candidates.path}: {'; '.join(faults[:20])}")
    chosen = [*document.get("decisions", []), *document.get("added", [])]
    accepted = [one for one in chosen if one.get("decision") == "accept"]
    rows = [_record(one, candidates, document) for one in accepted]
    _link(rows, into, document.get("pairs", []))
    new = _frame(rows, str(candidates.path))
    records = concat_records([into, new], str(into.attrs.get("path", "records")))
    cited = _sources(accepted, candidates)
    listed = pd.concat([sources, cited[~cited["source"].isin(sources["source"])]], ignore_index=True)
    broken = [fault for fault in validate(records, sources=listed) if fault.id in set(new["id"])]
    if broken:
        raise DataError(f"{'; '.join(str(fault) for fault in broken[:20])}; mend them in the page")
    decided = {one["id"] for one in chosen if one.get("decision") in ("accept", "reject")}
    rejected = sum(one.get("decision") == "reject" for one in chosen)
    return Applied(
        records,
        cited,
        len(accepted),
        rejected,
        len(set(candidates.features) - decided),
    )


def _is_list_of_objects(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _faults(document: dict[str, Any], candidates: Candidates, known: set[str]) -> list[str]:
    faults = [
        f"article {one.get('id')!r} is another text than the decisions are on; review this file"
        for one in document.get("articles", [])
        if candidates.articles.get(one.get("id"), {}).get("sha256") != one.get("sha256")
    ]
    for one in document.get("decisions", []):
        feature = candidates.features.get(one.get("id"))
        if feature is None:
            faults.append(f"candidate {one.get('id')!r} is not in it")
        elif digest(feature) != one.get("of"):
            faults.append(f"candidate {one['id']!r} is not as it was decided on")
    chosen = [*document.get("decisions", []), *document.get("added", [])]
    accepted = [str(one.get("id")) for one in chosen if one.get("decision") == "accept"]
    faults += [
        f"{name!r}: there is a record with this id; was it applied before?" for name in accepted if name in known
    ]
    faults += [f"{name!r}: accepted twice" for name in dict.fromkeys(accepted) if accepted.count(name) > 1]
    return faults


def _record(one: dict[str, Any], candidates: Candidates, document: dict[str, Any]) -> dict[str, Any]:
    """Return the properties of a record, with its geometry under ``geometry``."""
    feature = candidates.features.get(one["id"])
    own = {} if feature is None else record_of(feature)
    own |= {"id": one["id"], **(one.get("values") or {})}
    properties = {} if feature is None else feature["properties"]
    if not own.get("sources"):
        paragraph = one.get("paragraph", properties.get("paragraph"))
        own["sources"] = [{"source": one["article"], **({"paragraph": paragraph} if paragraph else {})}]
    point = _point(one, feature)
    own["review"] = {
        "coder": one.get("coder") or document.get("coder") or None,
        "time": one.get("time"),
        "geo": document.get("geo"),
        "original": one.get("original") or {},
    }
    return {name: value for name, value in own.items() if value is not None and name in (*COLUMNS, "review")} | {
        "geometry": point
    }


def _point(one: dict[str, Any], feature: dict[str, Any] | None) -> Any:
    if "point" in one:
        return None if one["point"] is None else shapely.Point(one["point"])
    geometry = None if feature is None else feature.get("geometry")
    return None if geometry is None else shapely.Point(geometry["coordinates"])


def _link(rows: list[dict[str, Any]], into: gpd.GeoDataFrame, pairs: Sequence[dict[str, Any]]) -> None:
    """Add, in place, the records that a reader says are the same event, to the new one of the two."""
    by_id = {row["id"]: row for row in rows}
    known = {*by_id, *into["id"]}
    for pair in pairs:
        if pair.get("decision") != "same" or not {pair.get("a"), pair.get("b")} <= known:
            continue
        for one, other in ((pair["a"], pair["b"]), (pair["b"], pair["a"])):
            if one in by_id and other not in by_id[one].setdefault("same_as", []):
                by_id[one]["same_as"].append(other)


def _frame(rows: list[dict[str, Any]], path: str) -> gpd.GeoDataFrame:
    shapes = np.array([*(row["geometry"] for row in rows), None], dtype=object)[:-1]
    names = dict.fromkeys(name for row in rows for name in row if name != "geometry")
    return incident_frame({name: [row.get(name) for row in rows] for name in names}, shapes, path=path)


def _sources(accepted: list[dict[str, Any]], candidates: Candidates) -> pd.DataFrame:
    cited = dict.fromkeys(str(one["article"]) for one in accepted)
    rows = [
        {"source": name, **{key: candidates.articles[name].get(key) for key in _OF_ARTICLE}}
        for name in cited
        if name in candidates.articles
    ]
    return pd.DataFrame(rows, columns=[*SOURCE_COLUMNS], dtype="string")
