"""Encode the aggregated incidents, which have no mark of their own, for a page."""

import math
from typing import Any

import numpy as np
import pandas as pd

from geo.model import Metric
from geo.payload.container import Block, smallest
from geo.stats.bins import SUMS
from geo.stats.classes import MAX_CLASSES, Classes, classes
from geo.stats.sample import Bins

#: Categorical columns whose dictionary is shared by cells and records.
_WORDS = ("event_type", "geo_precision", "country_code")
#: Exceeds the number of grid columns at any useful cell size; packs row and column into one integer.
_WIDTH = 2**20


def cell_words(cells: pd.DataFrame | None, name: str) -> pd.Series | None:
    """Return the column of cells that shares its dictionary with a column of records, or None."""
    return cells[name] if cells is not None and name in _WORDS else None


def pack_cells(data: Block, rest: Bins) -> dict[str, Any]:
    """Add the aggregated incidents to a block.

    Parameters
    ----------
    data : Block
        Receives a section ``cells:NAME`` for each column that is not stored with a column of records. ``cells:place``
        is the number of a grid cell, from 1, or 0 for none; ``places:row`` and ``places:column`` are its position.
    rest : Bins

    Returns
    -------
    dict
        Header entry ``cells {n, incidents, reports, marks, keep, degrees, bounds, labels}``; the last two are the
        classes of the grid.
    """
    cells = rest.table
    place, places = _places(cells)
    data.add("cells:place", smallest(place))
    for name, numbers in zip(("row", "column"), np.divmod(places, _WIDTH), strict=True):
        data.add(f"places:{name}", smallest(numbers))
    data.add("cells:first", smallest(cells["first"].to_numpy()))
    data.add("cells:years", smallest((cells["last"] - cells["first"]).to_numpy()))
    for name in ("cross_border", "point"):
        data.add(f"cells:{name}", cells[name].to_numpy(np.uint8))
    for name in SUMS:
        data.add(f"cells:{name}", smallest(cells[name].to_numpy()))
    grid = _grid_classes(cells, place, len(places))
    return {
        "cells": {
            "n": len(cells),
            "incidents": rest.incidents,
            "reports": rest.reports,
            "marks": rest.marks,
            "keep": rest.keep,
            "degrees": rest.degrees,
            "bounds": grid.as_dict()["bounds"],
            "labels": list(grid.labels),
        }
    }


def _places(cells: pd.DataFrame) -> tuple[Any, Any]:
    """Return the number of the grid cell of each row, 0 for none, and the packed positions of the grid cells."""
    position = cells["row"].to_numpy() * _WIDTH + cells["column"].to_numpy()
    drawn = (cells["row"] >= 0).to_numpy()
    places, number = np.unique(position[drawn], return_inverse=True)
    place = np.zeros(len(cells), np.int64)
    place[drawn] = number + 1
    return place, places


def _grid_classes(cells: pd.DataFrame, place: Any, m: int) -> Classes:
    """Choose classes for the counts of grid cells, with bounds in geometric progression.

    Counts differ by orders of magnitude between places, and between one year and all years together.
    """
    most = int(np.bincount(place, cells["incidents"], m + 1)[1:].max(initial=0))
    bounds = [_round_up(most ** (step / MAX_CLASSES)) for step in range(1, MAX_CLASSES + 1)] if most else []
    return classes(sorted(set(bounds)), Metric.INCIDENTS)


def _round_up(bound: float) -> int:
    """Round up to a whole number with two significant digits."""
    step: int = 10 ** max(math.floor(math.log10(bound)) - 1, 0)
    return math.ceil(round(bound / step, 9)) * step
