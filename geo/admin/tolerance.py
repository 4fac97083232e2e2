"""How far outside a province a point may lie, for import, geocoding and validation alike.

Two questions, two tolerances. A point that says alone where it is takes a province that nobody named, so it must be
close. A point beside a name confirms what a source has said, so it may be further away before the two disagree.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.admin.distance import Areas, Floats, within_m

#: How far outside every province a point may lie and still take the nearest one, in metres. The polygons are
#: 1:10 million, with steps of 150 m and, across national borders, gaps of some hundred metres; harbours and small
#: islands lie further out.
NEAREST_M = 2000.0
#: How far outside the province or country that its record names a point may lie and still agree with it, in metres.
#: Towns lie on rivers that are borders, and sources give the centre of a town or district for an event beside it.
AGREEMENT_M = 5000.0


def points_agree(
    lon: Floats,
    lat: Floats,
    named: Any,
    areas_of: Callable[[Any], Areas],
    tolerance_m: float = AGREEMENT_M,
) -> NDArray[np.bool_]:
    """Return whether each point lies in the area that its record names, or within a tolerance of it.

    Parameters
    ----------
    lon, lat : array of float, shape (n,)
        Degrees, WGS 84.
    named : array, shape (n,)
        What stands for the area each record names: a code, or a position.
    areas_of : callable
        Takes one of ``named`` and returns its polygons.
    tolerance_m : float, default 5000

    Returns
    -------
    array of bool, shape (n,)
    """
    agree = np.zeros(len(lon), dtype=bool)
    for name, rows in pd.Series(lon).groupby(np.asarray(named), sort=False).indices.items():
        agree[rows] = within_m(lon[rows], lat[rows], areas_of(name), tolerance_m)
    return agree
