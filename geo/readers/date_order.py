"""Work out from a whole column of dates whether the day or the month comes first."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

#: Time of day that may follow a date.
TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AP]M)?(?:Z| ?[+-]\d{2}:?\d{2})?)?"
#: Day, month and year as numbers, the year last.
NUMERIC = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})" + TIME, re.IGNORECASE)
_FIRST = {"dmy": "day", "mdy": "month"}
_MONTHS = 12
_DAYS = 31


class Order(NamedTuple):
    """Order of the parts of a numeric date; ``order`` is None where the column does not decide it."""

    order: str | None
    why: str


def order_evidence(values: Iterable[Any], times: Iterable[int]) -> Counter[str]:
    """Count the dates that can be read in one order only.

    Parameters
    ----------
    values : iterable
        Distinct cells of a column; only text is looked at.
    times : iterable of int
        How often each of them occurs.

    Returns
    -------
    Counter
        Number of values that must have the day first (``dmy``), the month first (``mdy``), that end in a year
        (``long``) or begin or end with a year of two digits (``short``, ``year first``, ``year last``).
    """
    found: Counter[str] = Counter()
    for value, count in zip(values, times, strict=True):
        parts = NUMERIC.fullmatch(" ".join(value.split())) if isinstance(value, str) else None
        if parts is None:
            continue
        first, second, last = int(parts[1]), int(parts[2]), int(parts[3])
        short = len(parts[3]) == 2
        found["short" if short else "long"] += count
        if first > _DAYS:
            found["year first"] += count
        elif first > _MONTHS:
            found["dmy"] += count
        elif second > _MONTHS:
            found["mdy"] += count
        if short and last > _DAYS:
            found["year last"] += count
    return found


def decide(found: Counter[str]) -> Order:
    """Return the order that the evidence leaves, if it is one order only.

    Years of two digits may come first or last; they are last where some of them cannot be days, or where other values
    of the column have all four digits.
    """
    if found["year first"] or (found["short"] and not (found["year last"] or found["long"])):
        return Order(None, "")
    orders = [order for order in _FIRST if found[order]]
    if len(orders) != 1:
        return Order(None, "")
    (order,) = orders
    why = f"read with the {_FIRST[order]} first, as in all {found[order]:,} that can be read in one order only"
    return Order(order, why)
