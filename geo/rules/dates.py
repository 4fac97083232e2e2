"""Dates: they exist, are in order, and are as far apart as their precision says."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from geo.admin.vintages import dates
from geo.columns import is_true
from geo.model import DateKind, DatePrecision
from geo.rules.faults import Faults

__all__ = ["check_dates", "dates"]

#: Precisions of a date that is one day, month or year.
_SINGLE = (DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.YEAR)


def check_dates(records: pd.DataFrame, faults: Faults) -> None:
    """Report dates that do not exist, bounds in the wrong order, and bounds that contradict ``date_precision``."""
    bounds = {}
    for name in ("date_start", "date_end"):
        bounds[name] = dates(records[name])
        wrong = is_true(records[name].notna()) & np.isnat(bounds[name])
        faults.add(wrong, name, records[name], "must be a real date written YYYY-MM-DD, or null")
    start, end = bounds["date_start"], bounds["date_end"]
    faults.add(start > end, "date_end", records["date_end"], "must not be before date_start")

    # A bound that is not a date has been reported; that it contradicts the precision is not reported too.
    broken = [np.isnat(bounds[name]) & is_true(records[name].notna()) | faults.invalid(name) for name in bounds]
    ordered = ~(broken[0] | broken[1] | (start > end))
    for word, right, rule in (
        (DatePrecision.DAY, start == end, "day needs date_start and date_end on the same day"),
        (DatePrecision.MONTH, _whole(start, end, "M"), "month needs the first and the last day of one month"),
        (DatePrecision.YEAR, _whole(start, end, "Y"), "year needs 1 January and 31 December of one year"),
        (DatePrecision.RANGE, _range(start, end), "range needs a bound, and date_start before date_end where both are"),
        (DatePrecision.UNKNOWN, np.isnat(start) & np.isnat(end), "unknown needs date_start and date_end to be null"),
    ):
        wrong = ordered & is_true(records["date_precision"] == word.value) & ~right
        faults.add(wrong, "date_precision", records["date_precision"], _with_bounds(records, rule))
    has_start, has_end = ~np.isnat(start), ~np.isnat(end)
    single = is_true(records["date_precision"].isin([str(word) for word in _SINGLE]))
    for kind, right, rule in (
        (DateKind.AT, has_start & has_end & single, "at needs both dates, and date_precision day, month or year"),
        (DateKind.WITHIN, has_start & has_end, "within needs both dates, between which the event happened"),
        (DateKind.THROUGHOUT, has_start & has_end, "throughout needs both dates, from which to which it lasted"),
        (DateKind.SINCE, has_start, "since needs date_start; date_end is the last day for which a source attests it"),
        (DateKind.BY, has_end & ~has_start, "by needs date_end alone: nothing but not later than that day is known"),
        (DateKind.UNKNOWN, ~has_start & ~has_end, "unknown needs date_start and date_end to be null"),
    ):
        wrong = ordered & is_true(records["date_kind"] == kind.value) & ~right
        faults.add(wrong, "date_kind", records["date_kind"], _with_bounds(records, rule))


def _with_bounds(records: pd.DataFrame, rule: str) -> Callable[[Any], list[str]]:
    def rules(rows: Any) -> list[str]:
        bounds = records[["date_start", "date_end"]].iloc[rows].fillna("null")
        return [f"{rule}, not {start} to {end}" for start, end in bounds.itertuples(index=False)]

    return rules


def _whole(start: Any, end: Any, unit: str) -> Any:
    period = start.astype(f"datetime64[{unit}]")
    first = period.astype("datetime64[D]")
    last = (period + np.array(1, f"timedelta64[{unit}]")).astype("datetime64[D]") - np.timedelta64(1, "D")
    return (start == first) & (end == last)


def _range(start: Any, end: Any) -> Any:
    return (start < end) | (np.isnat(start) ^ np.isnat(end))
