"""Dates of records, as `check_dates` reads them."""

import numpy as np
import pandas as pd

from geo.rules.dates import dates


def test_only_real_iso_days_are_dates() -> None:
    texts = pd.Series(["2024-02-29", None, "2023-02-29", "2024-2-29", "2024-02-29T00", "2024", "0001-01-01", ""])
    found = dates(texts)
    assert found.dtype == "datetime64[D]"
    assert [None if np.isnat(day) else str(day) for day in found] == ["2024-02-29", *[None] * 5, "0001-01-01", None]
