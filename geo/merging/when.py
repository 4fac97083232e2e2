"""How well the dates of two records fit if they tell of one event."""

from typing import Any

import numpy as np

#: Share of pairs of one event, both dated to the day, whose days differ by 0, 1, 2 and 3: sources date an event by
#: when it happened, or by when it was reported. Each further day is as likely as the last.
SHIFTS = (0.72, 0.17, 0.06, 0.02)
LATER = 0.004
#: Share of pairs, one of which gives a range, whose dates touch; and that are one day or more apart.
TOUCHES, MISSES = 0.9, 0.02


def gap_days(first: Any, last: Any, other_first: Any, other_last: Any) -> Any:
    """Return the days between two intervals of days; 0 where they touch. All arrays of shape (k,)."""
    return np.maximum(0, np.maximum(other_first - last, first - other_last))


def date_log_odds(gap: Any, length: Any, other_length: Any) -> Any:
    """Return the logarithm of how likely dates of one event differ so, for each day on which they might.

    Divided by the number of records a day that are about, it says how likely a pair is the event rather than another.

    Parameters
    ----------
    gap : array of int, shape (k,)
        As `gap_days` returns it.
    length, other_length : array of int, shape (k,)
        Days from the first to the last of each record, 1 for a day.
    """
    exact = (length == 1) & (other_length == 1)
    shifts = np.array([*SHIFTS, LATER])
    # A shift is as likely to either side.
    days = shifts[np.minimum(gap, len(SHIFTS))] / np.where(gap > 0, 2, 1)
    ranges = np.where(gap == 0, TOUCHES / (length + other_length - 1), MISSES)
    return np.log(np.where(exact, days, ranges))
