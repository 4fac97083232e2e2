"""The table of pairs that are or may be one event: scores, bands, reasons, and what people decided."""

from typing import Any

import numpy as np
import pandas as pd

from geo.merging.closure import implied
from geo.merging.compared import Compared
from geo.merging.decisions import Decisions, decided
from geo.merging.figures import contradict
from geo.merging.links import SAME, UNSURE, Links, without_contradictions
from geo.merging.reasons import reasons

_COLUMNS = {"row_a": np.intp, "row_b": np.intp, "score": float, "conflict": bool, "part": np.int8, "reasons": object}


def pair_table(
    ids: Any, columns: Compared, links: Links | None, *, same: float, decisions: Decisions | None
) -> pd.DataFrame:
    """Return the pairs that are or may be one event, the likeliest first.

    Parameters
    ----------
    ids : array of str, shape (n,)
        Of all records.
    columns : Compared, of n records
    links : Links or None
        Pairs that are likely enough.
    same : float
        Likelihood from which on a pair is the same event.
    decisions : Decisions or None

    Returns
    -------
    DataFrame, shape (k,)
        ``a, b`` (ids), ``row_a, row_b, score, conflict, part, reasons, band, decided``.
    """
    table = pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in _COLUMNS.items()})
    if links is not None and len(links):
        score = without_contradictions(links, columns.source, same)
        table = _table(links.a, links.b, score, links.conflict, links.part, reasons(links))
    table = table.assign(band=np.where(table["score"] >= same, SAME, UNSURE), decided=False)
    if decisions is not None:
        table = decided(table, ids, decisions)
    table = _with_implied(table, ids, columns)
    table = table.sort_values(["score", "row_a", "row_b"], ascending=[False, True, True], ignore_index=True)
    table.insert(0, "a", pd.Series(ids[table["row_a"].to_numpy(np.intp)], dtype="string"))
    table.insert(1, "b", pd.Series(ids[table["row_b"].to_numpy(np.intp)], dtype="string"))
    return table


def _table(a: Any, b: Any, score: Any, conflict: Any, part: Any, why: list[list[str]]) -> pd.DataFrame:
    values = (a, b, np.round(score, 4), conflict, part, pd.Series(why, dtype=object))
    return pd.DataFrame(dict(zip(_COLUMNS, values, strict=True)))


def _with_implied(table: pd.DataFrame, ids: Any, columns: Compared) -> pd.DataFrame:
    """Add the pairs that follow from those that are the same event, unless a person says otherwise."""
    strong = table[(table["band"] == SAME).to_numpy(bool)]
    several = columns.clarity > 0
    a, b, via, score = implied(
        strong["row_a"].to_numpy(np.intp), strong["row_b"].to_numpy(np.intp), strong["score"].to_numpy(float),
        columns.source, several,
    )  # fmt: skip
    if not len(a):
        return table
    n = len(ids)
    key, own = a.astype(np.int64) * n + b, table["row_a"].to_numpy(np.int64) * n + table["row_b"].to_numpy(np.int64)
    new = ~np.isin(key, own[table["decided"].to_numpy(bool)])
    a, b, via, score, key = a[new], b[new], via[new], score[new], key[new]
    conflict = contradict(columns, columns, a, b) & ~several[a] & ~several[b]
    part = np.where(several[a] & ~several[b], 1, np.where(several[b] & ~several[a], 2, 0)).astype(np.int8)
    more = _table(a, b, score, conflict, part, [[f"both are the same event as {one}"] for one in ids[via]])
    kept = table[~np.isin(own, key)]
    return pd.concat([kept, more.assign(band=SAME, decided=False)], ignore_index=True)
