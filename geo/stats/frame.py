"""What a map is framed on: the bulk of the records, without the few that lie far from all others."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.stats.dataset import Dataset

#: Largest share of the records that a frame leaves out, and its largest size then, as a share of the frame of all.
LEFT_OUT, WORTH = 0.04, 0.6
#: Records without a province are gathered in cells of so many degrees.
CELL = 0.5


def record_boxes(of: Dataset, records: pd.DataFrame, bins: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the boxes in which records lie: of their provinces, else of their points.

    Parameters
    ----------
    of : Dataset
        Its provinces.
    records : GeoDataFrame, shape (n,)
    bins : DataFrame, optional
        Bins of further incidents, with ``admin1_code`` and ``incidents``.

    Returns
    -------
    DataFrame
        ``west, south, east, north`` in degrees, and ``weight``: how many records lie there.
    """
    sides = ["west", "south", "east", "north"]
    bounds = of.provinces.bounds.set_axis(sides, axis=1).groupby(of.provinces["admin1_code"].to_numpy())
    areas = pd.DataFrame({side: bounds[side].agg("min" if side in ("west", "south") else "max") for side in sides})
    counts = records["admin1_code"].value_counts()
    if bins is not None:
        counts = counts.add(bins.groupby("admin1_code")["incidents"].sum(), fill_value=0)
    placed = areas.join(counts.rename("weight"), how="inner")
    points = records.geometry[~records["admin1_code"].isin(areas.index)]
    points = points[points.notna() & ~points.is_empty]
    cells = pd.DataFrame({"x": np.floor(points.x / CELL), "y": np.floor(points.y / CELL)}).value_counts()
    x, y = (cells.index.get_level_values(axis).to_numpy(float) * CELL for axis in ("x", "y"))
    loose = pd.DataFrame({"west": x, "south": y, "east": x + CELL, "north": y + CELL, "weight": cells.to_numpy(float)})
    return pd.concat([placed, loose], ignore_index=True)


def bulk(boxes: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell which boxes the frame of the bulk of the records holds.

    The outermost box is left out, again and again, on the side where that makes the frame smallest, as long as no more
    than `LEFT_OUT` of the records are outside. If the frame is not smaller than `WORTH` of that of all, all are held.

    Parameters
    ----------
    boxes : DataFrame, shape (n,)
        As `record_boxes` returns them.

    Returns
    -------
    array of bool, shape (n,)
    """
    sides = boxes[["west", "south", "east", "north"]].to_numpy(float)
    weight = boxes["weight"].to_numpy(float)
    held = np.ones(len(boxes), bool)
    best, smallest = held, WORTH * _size(sides)
    allowed = LEFT_OUT * weight.sum()
    while held.sum() > 1:
        choices = []
        for side, outermost in enumerate((np.argmin, np.argmin, np.argmax, np.argmax)):
            rows = np.flatnonzero(held)
            without = held.copy()
            without[rows[outermost(sides[rows, side])]] = False
            if weight[~without].sum() <= allowed:
                choices.append((_size(sides[without]), weight[~without].sum(), side, without))
        if not choices:
            break
        size, _, _, held = min(choices, key=lambda choice: choice[:3])
        if size < smallest:
            best, smallest = held, size * (1 - 1e-9)
    return best


def _size(sides: NDArray[np.float64]) -> float:
    """Return the area of the box round boxes, in square degrees."""
    if not len(sides):
        return 0.0
    west, south = sides[:, :2].min(axis=0)
    east, north = sides[:, 2:].max(axis=0)
    return float((east - west) * (north - south))
