"""Counts of people: not negative, and low <= best <= high."""

import pandas as pd

from geo.columns import is_true
from geo.model import COUNT_COLUMNS, SIDE_COLUMNS
from geo.rules.faults import Faults


def check_figures(records: pd.DataFrame, faults: Faults) -> None:
    """Report negative counts and estimates out of order."""
    for name in (*COUNT_COLUMNS, *SIDE_COLUMNS):
        faults.add(records[name] < 0, name, records[name], "must not be negative")
    for what in ("fatalities", "injuries"):
        low, best, high = (records[f"{what}_{end}"] for end in ("low", "best", "high"))
        faults.add(low > best, f"{what}_best", best, f"must not be below {what}_low")
        faults.add(best > high, f"{what}_high", high, f"must not be below {what}_best")
        faults.add(is_true(low > high) & is_true(best.isna()), f"{what}_high", high, f"must not be below {what}_low")
