"""Which pairs are one event, given that a record is one event at most with one record of another source.

Each pair competes with all others of its two records. The likelihood that a pair belongs to the true set of pairs is
computed by passing messages between records (belief propagation on the graph of pairs, exact where it has no circles):
a pair that alone would be sure is not if another fits as well, and one of two that both fit is sure if the other must
be somebody else's.

References
----------
M. Bayati, D. Gamarnik, D. Katz, C. Nair, P. Tetali, "Simple deterministic approximation algorithms for counting
matchings", STOC 2007, 122-127: the recursion, and why it converges.
"""

from typing import Any

import numpy as np

#: Rounds, and the change of a likelihood below which no further one is made.
_ROUNDS, _STILL = 60, 1e-4
#: Odds are bounded, so that no message becomes 0.
_BOUND = 30.0


def pair_likelihoods(a: Any, b: Any, log_odds: Any, many_a: Any, many_b: Any) -> Any:
    """Return how likely each pair is one event.

    Parameters
    ----------
    a, b : array of int, shape (k,)
        The records of each pair.
    log_odds : array of float, shape (k,)
        Of each pair, were it the only one.
    many_a, many_b : array of bool, shape (k,)
        Whether the record of a pair stands for several events, so that it may be in several pairs.

    Returns
    -------
    array of float, shape (k,)
        0-1. They add up to 1 at most over the pairs of a record that stands for one event.
    """
    if not len(a):
        return np.zeros(0)
    odds = np.exp(np.clip(log_odds, -_BOUND, _BOUND))
    from_a = np.ones(len(a))
    from_b = np.ones(len(a))
    likely = np.zeros(len(a))
    for _ in range(_ROUNDS):
        # What a record tells a pair: how free it is for it, given what its other pairs claim.
        weight = odds * from_b
        from_a = np.where(many_a, 1.0, 1 / (1 + np.maximum(np.bincount(a, weight)[a] - weight, 0)))
        weight = odds * from_a
        from_b = np.where(many_b, 1.0, 1 / (1 + np.maximum(np.bincount(b, weight)[b] - weight, 0)))
        joint = odds * from_a * from_b
        before, likely = likely, joint / (1 + joint)
        if np.abs(likely - before).max() < _STILL:
            break
    return likely
