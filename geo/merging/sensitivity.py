"""How the number of distinct incidents depends on the window of days and on the score from which records are linked."""

from collections.abc import Mapping

import geopandas as gpd
import pandas as pd

from geo.merging.run import SAME_FROM, UNSURE_FROM, WINDOW_DAYS, merge

WINDOWS = (0, 1, 3, 7)
SCORES = (0.5, 0.6, 0.7, 0.8, 0.9)


def sensitivity(frames: Mapping[str, gpd.GeoDataFrame]) -> pd.DataFrame:
    """Return the number of distinct incidents for several windows and scores.

    Parameters
    ----------
    frames : mapping of str to GeoDataFrame
        As for ``geo.merge``.

    Returns
    -------
    DataFrame
        One row a score of `SCORES`, one column a window of `WINDOWS`, in days.
    """
    counts = {
        window: [
            merge(frames, window_days=window, same=score, unsure=min(UNSURE_FROM, score)).report.distinct
            for score in SCORES
        ]
        for window in WINDOWS
    }
    return pd.DataFrame(counts, index=pd.Index(SCORES, name="score"))


def sensitivity_lines(table: pd.DataFrame) -> list[str]:
    """Return the table as text, and what it says in words."""
    head = "score \\ days  " + "".join(f"{window:>10}" for window in table.columns)
    rows = [f"{score:>11}   " + "".join(f"{n:>10,}" for n in row) for score, row in table.iterrows()]
    low, high = int(table.to_numpy().min()), int(table.to_numpy().max())
    usual = int(table.loc[[SAME_FROM], WINDOW_DAYS].sum())
    spread = (high - low) / max(usual, 1)
    said = (
        f"Distinct incidents: {usual:,} with the default window and score, "
        + ("the same with all of these" if low == high else f"{low:,} to {high:,} with these, {spread:.0%} of it apart")
        + "."
    )
    return [head, *rows, said]
