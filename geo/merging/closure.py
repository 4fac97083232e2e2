"""Pairs that follow from others: two records that are both the same event as a third are the same event."""

from typing import Any

import numpy as np


def implied(a: Any, b: Any, score: Any, source: Any, several: Any) -> tuple[Any, Any, Any, Any]:
    """Return the pairs of records of two sources that both are one event with a record of a third source.

    Parameters
    ----------
    a, b : array of int, shape (k,)
        Pairs that are one event.
    score : array of float, shape (k,)
    source : array of int, shape (n,)
        Source of every record.
    several : array of bool, shape (n,)
        Records that stand for several events; what two records share with one of them does not make them one.

    Returns
    -------
    a, b, via : array of int, each of shape (m,)
        Pairs that are not among those given, and the record through which they are one.
    score : array of float, shape (m,)
        Product of the scores of the two links; of several ways, of the likeliest.
    """
    ends, others = np.concatenate([a, b]), np.concatenate([b, a])
    likely = np.concatenate([score, score])
    single = ~several[ends]
    ends, others, likely = ends[single], others[single], likely[single]
    by_end = np.argsort(ends, kind="stable")
    ends, others, likely = ends[by_end], others[by_end], likely[by_end]
    starts = np.searchsorted(ends, ends, side="left")
    sizes = np.searchsorted(ends, ends, side="right") - starts
    first = np.repeat(np.arange(len(ends)), sizes)
    second = np.repeat(starts, sizes) + np.arange(len(first)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    wanted = source[others[first]] < source[others[second]]
    first, second = first[wanted], second[wanted]
    found_a, found_b, via = others[first], others[second], ends[first]
    product = likely[first] * likely[second]
    n = len(source)
    key = found_a.astype(np.int64) * n + found_b
    best = np.lexsort((-product, key))
    best = best[np.flatnonzero(np.diff(key[best], prepend=-1))]
    best = best[~np.isin(key[best], np.minimum(a, b).astype(np.int64) * n + np.maximum(a, b))]
    return found_a[best], found_b[best], via[best], product[best]
