"""How likely each pair of records is one event: evidence of date, place, parties, type and deaths, added up.

Each piece of evidence is the logarithm of how much likelier it is in one event than in two. What two events share by
chance depends on how much happens about: one clash a month in a district, or twenty a day in a city. Therefore date and
place weigh by how many records are about, parties and deaths by how common they are.
"""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from geo.merging.candidates import Crowds, candidates
from geo.merging.compared import Compared
from geo.merging.event_types import FITS, HARDLY, PARTLY, fit_table
from geo.merging.figures import deaths_fit, deaths_log_odds
from geo.merging.parties import NOBODY
from geo.merging.series import part_log_odds
from geo.merging.when import date_log_odds, gap_days
from geo.merging.where import ELSEWHERE, distance_km, place_fit, place_log_odds, rate_of_pairs, rates

#: Pairs whose date and place alone are less likely are looked at no further, and those that stay less likely left out.
_HOPELESS, _LEFT_OUT = -7.0, -4.0
#: Ways in which types, and parties, fit.
TYPE_FITS, TYPE_PARTLY, TYPE_HARDLY, TYPE_CONTRARY, TYPE_UNKNOWN = range(5)
BOTH, ONE_SIDE, OPEN, ONE_OF_TWO, OTHERS = range(5)
#: Evidence that settles a pair.
_SURE = 20.0
#: Share of pairs of one event whose types, and parties, fit so.
_TYPE_SHARES = np.array([0.72, 0.2, 0.06, 0.02])
_TYPE_BOUNDS = (-3.0, 1.5)
#: What parties that do not fit are worth: both sides are others, or one fits and one does not.
_PARTY_CONTRARY, _PARTY_HALF = -2.0, -0.7
#: Most that one party on both sides of a pair is worth, however rare it is.
_PARTY_MOST = 2.0


@dataclass(frozen=True)
class Pairs:
    """Pairs of records of two sources, and what is found of them; all arrays of shape (k,).

    Attributes
    ----------
    a, b : int
        Positions of the records.
    log_odds : float
        That they are one event, before it is known what else either may be.
    gap : int
        Days between their dates.
    place, kind, parties, deaths : int8
        The ways in which they fit.
    km : float
        Distance of their points, NaN without.
    """

    a: Any
    b: Any
    log_odds: Any
    gap: Any
    place: Any
    km: Any
    kind: Any
    parties: Any
    deaths: Any

    def __len__(self) -> int:
        return len(self.a)

    def take(self, rows: Any) -> "Pairs":
        """Return the pairs at these positions."""
        return Pairs(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})

    @classmethod
    def join(cls, parts: list["Pairs"]) -> "Pairs":
        """Return pairs of several parts as one."""
        return cls(**{field.name: np.concatenate([getattr(p, field.name) for p in parts]) for field in fields(cls)})


def scored_pairs(one: Compared, other: Compared, window: int, crowds: Crowds) -> Pairs:
    """Return the pairs of records of two sources in one country that may be one event, by position in each."""
    rate, other_rate = rates(one), rates(other)
    kinds, party_share, other_party_share = _Types(one, other), _shares(one), _shares(other)
    parts = [_none()]
    for a, b in candidates(one, other, window, crowds):
        gap = gap_days(one.first[a], one.last[a], other.first[b], other.last[b])
        km = distance_km(one, other, a, b)
        place = place_fit(one, other, a, b, km)
        log_odds = date_log_odds(gap, one.last[a] - one.first[a] + 1, other.last[b] - other.first[b] + 1)
        log_odds += place_log_odds(one, other, a, b, place)
        log_odds -= np.log(rate_of_pairs(rate, other_rate, a, b, place))
        several = (one.clarity[a] > 0) != (other.clarity[b] > 0)
        may = np.flatnonzero(((log_odds > _HOPELESS) | several) & (place < ELSEWHERE))
        a, b, gap, km, place, log_odds = a[may], b[may], gap[may], km[may], place[may], log_odds[may]
        kind, kind_odds = kinds.fit(a, b)
        parties, party_odds = _parties(one, other, a, b, party_share, other_party_share)
        deaths = deaths_fit(one, other, a, b)
        log_odds = log_odds + deaths_log_odds(one, other, a, b, deaths)
        part = np.flatnonzero((one.clarity[a] > 0) != (other.clarity[b] > 0))
        log_odds[part] = np.maximum(log_odds[part], part_log_odds(one, other, a[part], b[part], gap[part], place[part]))
        log_odds = log_odds + kind_odds + party_odds + _id_odds(one, other, a, b)
        found = Pairs(a, b, log_odds, gap.astype(np.int32), place, km, kind, parties, deaths)
        parts.append(found.take(np.flatnonzero(log_odds > _LEFT_OUT)))
    return Pairs.join(parts)


def _id_odds(one: Compared, other: Compared, a: Any, b: Any) -> Any:
    """Return what ids are worth: those of one data set, in two releases of it, settle whether a pair is one event."""
    same = (one.own_id[a] == other.own_id[b]) & (one.own_id[a] >= 0)
    told_apart = (one.dataset[a] == other.dataset[b]) & (one.dataset[a] >= 0)
    return np.where(same, _SURE, np.where(told_apart, -_SURE, 0.0))


def _none() -> Pairs:
    whole, byte, real = np.zeros(0, np.intp), np.zeros(0, np.int8), np.zeros(0)
    return Pairs(whole, whole, real, np.zeros(0, np.int32), byte, real, byte, byte, byte)


class _Types:
    """The fit of event types, and what it is worth: how much more often types fit so in one event than by chance."""

    def __init__(self, one: Compared, other: Compared) -> None:
        fit = fit_table()
        self._codes = one.event_type, other.event_type
        self._fit = np.select(
            [np.isnan(fit), fit >= FITS, fit >= PARTLY, fit >= HARDLY],
            [TYPE_UNKNOWN, TYPE_FITS, TYPE_PARTLY, TYPE_HARDLY],
            TYPE_CONTRARY,
        ).astype(np.int8)
        between = self._fit[:-1, :-1]
        counts = [np.bincount(codes[codes >= 0], minlength=len(between)) for codes in self._codes]
        # Chance is how often types of the other source fit a type so: half the evidence is seen from either side.
        self._worth = np.zeros(fit.shape)
        self._worth[:-1, :-1] = (_worth(between, counts[1]) + _worth(between.T, counts[0]).T) / 2

    def fit(self, a: Any, b: Any) -> tuple[Any, Any]:
        """Return how the types of pairs fit, and what that is worth."""
        first, second = self._codes[0][a], self._codes[1][b]
        return self._fit[first, second], self._worth[first, second]


def _worth(fits: Any, counts: Any) -> Any:
    share = (counts + 0.5) / (counts.sum() + 0.5 * len(counts))
    chance = np.stack([(fits == way) @ share for way in range(len(_TYPE_SHARES))], axis=1)
    known = np.minimum(fits, len(_TYPE_SHARES) - 1)
    worth = np.take_along_axis(np.log(_TYPE_SHARES / np.maximum(chance, 0.02)), known, axis=1)
    return np.where(fits == TYPE_UNKNOWN, 0.0, np.clip(worth, *_TYPE_BOUNDS))


def _shares(of: Compared) -> Any:
    """Return the share of records in which each party takes part, by its number, shape (m,)."""
    most = int(max(of.party1.max(initial=0), of.party2.max(initial=0))) + 1
    counts = np.bincount(of.party1[of.party1 >= 0], minlength=most)
    second = of.party2[(of.party2 >= 0) & (of.party2 != of.party1)]
    # As if five more records had each party: few records do not make it rare.
    return (counts + np.bincount(second, minlength=most) + 5) / (len(of) + 10)


def _parties(one: Compared, other: Compared, a: Any, b: Any, share: Any, other_share: Any) -> tuple[Any, Any]:
    """Return how the parties of pairs fit, whatever their order, and what that is worth."""
    first, second = one.party1[a], one.party2[a]
    third, fourth = other.party1[b], other.party2[b]
    straight = _one_party(first, third, share, other_share), _one_party(second, fourth, share, other_share)
    crossed = _one_party(first, fourth, share, other_share), _one_party(second, third, share, other_share)
    turned = crossed[0] + crossed[1] > straight[0] + straight[1]
    left, right = (np.where(turned, crossed[side], straight[side]) for side in (0, 1))
    agree, contrary = (left > 0).astype(int) + (right > 0), (left < 0).astype(int) + (right < 0)
    worth = np.maximum(left, 0) + np.maximum(right, 0)
    # A second side says little more than the first where two parties fight each other all the time.
    worth = np.where(agree == 2, np.maximum(left, right) + 0.5 * np.minimum(left, right), worth)
    worth = worth + np.where(contrary == 2, _PARTY_CONTRARY, np.where(contrary == 1, _PARTY_HALF, 0.0))
    ways = [agree == 2, (agree == 1) & (contrary == 0), (agree == 1), contrary > 0]
    return np.select(ways, [BOTH, ONE_SIDE, ONE_OF_TWO, OTHERS], OPEN).astype(np.int8), worth


def _one_party(first: Any, second: Any, share: Any, other_share: Any) -> Any:
    """Return what it is worth that two parties are one: more if it is rare; 0 if either may be anybody; else -1."""
    common = np.maximum(_share(share, first), _share(other_share, second))
    same = np.clip(np.log(0.8 / common), 0.05, _PARTY_MOST)
    return np.where((first == NOBODY) | (second == NOBODY), 0.0, np.where(first == second, same, -1.0))


def _share(share: Any, party: Any) -> Any:
    return np.where(party < len(share), share[np.minimum(np.maximum(party, 0), len(share) - 1)], share.min())
