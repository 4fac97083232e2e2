"""Links between records of several sources: which pairs are the same event, and groups without contradictions."""

from dataclasses import dataclass, fields
from itertools import combinations
from typing import Any

import numpy as np

from geo.merging.assign import pair_likelihoods
from geo.merging.candidates import LONGEST, Crowds
from geo.merging.compared import Compared
from geo.merging.figures import bounds, contradict, figure
from geo.merging.score import Pairs, scored_pairs
from geo.merging.series import beyond_the_whole

#: How often the share of events that two sources have in common is estimated anew, and the bounds of it.
_OVERLAP_ROUNDS, _LEAST_SHARED, _MOST_SHARED = 3, 0.05, 0.85
#: Bands of a pair.
SAME, UNSURE, DIFFERENT = "same", "unsure", "different"


@dataclass(frozen=True)
class Links:
    """Pairs of records, by position among all records, with what was found; arrays of shape (k,).

    Attributes
    ----------
    a, b : int
        ``a`` is of an earlier source.
    score : float
        How likely the two are one event, 0-1.
    rivals : int
        How many other records would fit one of the two about as well.
    conflict : bool
        Whether their deaths cannot both be true, if they are one.
    part : int8
        1 if ``a`` stands for several events of which ``b`` is one, 2 the other way round, else 0.
    pairs : Pairs
        What fits, and how.
    """

    a: Any
    b: Any
    score: Any
    rivals: Any
    conflict: Any
    part: Any
    pairs: Pairs

    def __len__(self) -> int:
        return len(self.a)

    def take(self, rows: Any) -> "Links":
        """Return the links at these positions."""
        columns = {f.name: getattr(self, f.name)[rows] for f in fields(self) if f.name != "pairs"}
        return Links(**columns, pairs=self.pairs.take(rows))

    @classmethod
    def join(cls, parts: list["Links"]) -> "Links":
        """Return the links of several parts as one."""
        columns = {
            f.name: np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(cls) if f.name != "pairs"
        }
        return cls(**columns, pairs=Pairs.join([part.pairs for part in parts]))


def links_between(records: Compared, rows: Any, window: int, least: float, crowds: Crowds) -> list[Links]:
    """Return the pairs of records of one country that are likely enough one event, for each two sources.

    Parameters
    ----------
    records : Compared
        All records.
    rows : array of int, shape (n,)
        Positions of the comparable records of the country.
    window : int
        Most days between the dates of two records of one event.
    least : float
        Likelihood from which on pairs are returned.
    crowds : Crowds
    """
    rows = rows[records.last[rows] - records.first[rows] < LONGEST]
    source = records.source[rows]
    parts = {number: rows[source == number] for number in np.unique(source)}
    found = []
    for first, second in combinations(sorted(parts), 2):
        one, other = records.take(parts[first]), records.take(parts[second])
        pairs = scored_pairs(one, other, window, crowds)
        likely = _likelihoods(one, other, pairs)
        chosen = np.flatnonzero(likely >= least)
        found.append(_links(one, other, pairs, likely, chosen, parts[first], parts[second]))
    return found


def _likelihoods(one: Compared, other: Compared, pairs: Pairs) -> Any:
    """Return how likely each pair is one event, given how many events the two sources seem to share."""
    many_a, many_b = one.clarity[pairs.a] > 0, other.clarity[pairs.b] > 0
    part = many_a != many_b
    smaller = min(int((one.clarity == 0).sum()), int((other.clarity == 0).sum()))
    log_odds = pairs.log_odds
    for round_ in range(_OVERLAP_ROUNDS + 1):
        likely = pair_likelihoods(pairs.a, pairs.b, log_odds, many_a & part, many_b & part)
        if round_ < _OVERLAP_ROUNDS:
            # As if ten more records were shared by half, so that a handful does not decide.
            shared = (likely[~part].sum() + 5) / (smaller + 10)
            shared = min(max(shared, _LEAST_SHARED), _MOST_SHARED)
            log_odds = pairs.log_odds + np.where(part, 0.0, np.log(shared / (1 - shared)))
    return likely


def _links(one: Compared, other: Compared, pairs: Pairs, likely: Any, chosen: Any, first: Any, second: Any) -> Links:
    rivals = _rivals(pairs)[chosen]
    pairs, score = pairs.take(chosen), likely[chosen]
    a, b = pairs.a, pairs.b
    many_a, many_b = one.clarity[a] > 0, other.clarity[b] > 0
    part = np.where(many_a & ~many_b, 1, np.where(many_b & ~many_a, 2, 0)).astype(np.int8)
    for side, whole, deaths, most in (
        (1, a, figure(other)[b], bounds(one)[1][a]),
        (2, b, figure(one)[a], bounds(other)[1][b]),
    ):
        rows = np.flatnonzero(part == side)
        if rows.size:
            # What is more than the series holds stays unsure: some of it is part of it, nobody knows which.
            over = rows[beyond_the_whole(whole[rows], deaths[rows], score[rows], most[rows])]
            score[over] = np.minimum(score[over], 0.5)
    conflict = contradict(one, other, a, b) & (part == 0)
    return Links(first[a], second[b], score, rivals, conflict, part, pairs)


def _rivals(pairs: Pairs) -> Any:
    """Return how many other pairs of either record of a pair are at most a factor of ten less likely, were it alone."""
    rivals = np.zeros(len(pairs), np.int32)
    for side in (pairs.a, pairs.b):
        order = np.lexsort((pairs.log_odds, side))
        # Sorted by record and then by odds, the pairs that are likely enough form the end of each record's run.
        ends = np.searchsorted(side[order], side, side="right")
        span = 1e6
        keys = side[order] * span + np.clip(pairs.log_odds[order], -1e3, 1e3)
        starts = np.searchsorted(keys, side * span + np.clip(pairs.log_odds, -1e3, 1e3) - np.log(10), side="left")
        rivals += (ends - starts - 1).astype(np.int32)
    return rivals


def without_contradictions(links: Links, source: Any, same: float) -> Any:
    """Return the scores, lowered to unsure where links would join two records of one source in one group.

    The likeliest links are taken first; one that would join two events of a source, through records of a third, is
    left unsure. A record that stands for several events joins nothing.
    """
    score = links.score.copy()
    if len(np.unique(source)) < 3:
        return score
    strong = np.flatnonzero((score >= same) & (links.part == 0))
    order = strong[np.argsort(-score[strong], kind="stable")]
    parent: dict[int, int] = {}
    members: dict[int, set[int]] = {}

    def root(one: int) -> int:
        while parent.setdefault(one, one) != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for link, a, b in zip(order.tolist(), links.a[order].tolist(), links.b[order].tolist(), strict=True):
        one, other = root(a), root(b)
        if one == other:
            continue
        first = members.setdefault(one, {int(source[a])})
        second = members.setdefault(other, {int(source[b])})
        if first & second:
            score[link] = min(score[link], same - 0.01)
            continue
        parent[other] = one
        first |= second
    return score
