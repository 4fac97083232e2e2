"""Precision and recall of geo.merge on invented sources with known pairs, beside the window rule of MELTT.

MELTT (Donnay, Dunford, McGrath, Backer, Cunningham, "Integrating Conflict Event Data", Journal of Conflict Resolution
63(5), 2019) takes two records for one event if they are within so many kilometres and days and their taxonomies fit,
and of several the nearest. Its rule is written anew here; the taxonomy is the type of event, by the same table that
geo uses. Windows are the best of those tried on the same data, in favour of the rule.

Run: python -m benchmarks.merge_eval [SEED ...]
"""

import sys
from itertools import combinations, product
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))
from overlapping_sources import SOURCES, Overlap, measured, overlapping, same_pairs

import geo

KILOMETRES, DAYS = (5, 10, 25, 50), (0, 1, 2, 3)


def window_rule(told: Overlap, km: float, days: int) -> set[frozenset[str]]:
    """Return the pairs that the rule takes for one event: mutually nearest within the window, of fitting types."""
    found: set[frozenset[str]] = set()
    for first, second in combinations(SOURCES, 2):
        one, other = told.frames[first], told.frames[second]
        one, other = one[one.geometry.notna()], other[other.geometry.notna()]
        day = [frame["date_start"].to_numpy("datetime64[D]") for frame in (one, other)]
        gap = np.abs(day[0][:, None] - day[1][None, :]) / np.timedelta64(1, "D")
        north = np.subtract.outer(one.geometry.y.to_numpy(), other.geometry.y.to_numpy())
        east = np.subtract.outer(one.geometry.x.to_numpy(), other.geometry.x.to_numpy())
        far = 111.2 * np.hypot(north, east * np.cos(np.radians(one.geometry.y.to_numpy()))[:, None])
        types = np.not_equal.outer(one["event_type"].to_numpy(object), other["event_type"].to_numpy(object))
        cost = np.where((gap <= days) & (far <= km), far / km + gap / (days + 1) + types, np.inf)
        best, back = cost.argmin(axis=1), cost.argmin(axis=0)
        ids = one["id"].to_numpy(object), other["id"].to_numpy(object)
        for row, column in enumerate(best):
            if np.isfinite(cost[row, column]) and back[column] == row and not types[row, column]:
                found.add(frozenset((ids[0][row], ids[1][column])))
    return found


def main(seeds: list[int]) -> None:
    """Print the figures of each method over all seeds."""
    told = [overlapping(seed) for seed in seeds]
    rules: dict[str, list[tuple[float, float]]] = {
        f"window {km} km, {days} days": [measured(window_rule(one, km, days), one.truth(*SOURCES)) for one in told]
        for km, days in product(KILOMETRES, DAYS)
    }
    rules["geo.merge"] = [measured(same_pairs(geo.merge(one.frames).pairs), one.truth(*SOURCES)) for one in told]
    means = {name: tuple(map(float, np.mean(values, axis=0))) for name, values in rules.items()}
    ranked = sorted(means, key=lambda name: -_f1(*means[name]))
    for name in [name for name in ranked if name == "geo.merge" or name in ranked[:4]]:
        precision, recall = means[name]
        print(f"{name:28} precision {precision:.3f}  recall {recall:.3f}  F1 {_f1(precision, recall):.3f}")


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / max(precision + recall, 1e-9)


if __name__ == "__main__":
    main([int(seed) for seed in sys.argv[1:]] or [201, 202, 203, 204, 205])
