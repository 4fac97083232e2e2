"""Read the data of the base map: land by country, lakes, disputed lines and towns of the world."""

import gzip
import json
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.payload.container import ALIGNMENT
from geo.resources import data_path

#: Steps per degree of the file: 0.0005 degrees are at most 56 metres.
STEPS = 2_000
#: Details in degrees, coarser and coarser: a point of level k is kept in the first k of them.
LEVELS = tuple(0.009 * 1.2**step for step in range(36))
_TYPES = {"u8": "u1", "u16": "<u2", "u32": "<u4", "i32": "<i4", "f64": "<f8", "utf8": "u1"}


@dataclass(frozen=True)
class Lines:
    """Lines of points in `STEPS` per degree.

    Attributes
    ----------
    points : int32 array, shape (n, 2)
        Longitude and latitude of the points of all lines.
    level : uint8 array, shape (n,)
        How many of `LEVELS` keep each point; 255 for the ends of lines, which are always kept.
    ends : int64 array, shape (k,)
        Index after the last point of each line.
    """

    points: NDArray[np.int32]
    level: NDArray[np.uint8]
    ends: NDArray[np.int64]


@dataclass(frozen=True)
class Areas:
    """Polygons that share their borders.

    Attributes
    ----------
    arcs : Lines
    rings : list of list of list of int
        By area the arcs of each ring, ``~arc`` for one in reverse.
    """

    arcs: Lines
    rings: list[list[list[int]]]


@dataclass(frozen=True)
class Basemap:
    """The base map of the world.

    Attributes
    ----------
    countries : list of str
        ISO 3166-1 code of each area of ``land``; "" for land without one.
    labels : int32 array, shape (n, 2)
        Label point of each, in `STEPS` per degree.
    land, lakes : Areas
        Lakes of 200 square kilometres and more, the largest first.
    disputed : Lines
        Claims, lines of control and ceasefire lines.
    towns : DataFrame, shape (n,)
        ``name, country, lon, lat, population, capital``, the largest first.
    """

    countries: list[str]
    labels: NDArray[np.int32]
    land: Areas
    lakes: Areas
    disputed: Lines
    towns: pd.DataFrame


@cache
def read_basemap() -> Basemap:
    """Return the base map of the world, read once.

    Raises
    ------
    MissingFileError
        If the file is not part of the installation.
    """
    raw = gzip.decompress(data_path("basemap", "world.bin").read_bytes())
    size = int.from_bytes(raw[:4], "little")
    header = json.loads(raw[4 : 4 + size])
    start = -(-(4 + size) // ALIGNMENT) * ALIGNMENT
    sections = {section["name"]: section for section in header["sections"]}

    def section(name: str) -> NDArray[Any]:
        note = sections[name]
        values = np.frombuffer(raw, np.uint8, note["length"], start + note["offset"])
        kind = np.dtype(_TYPES[note["type"]])
        if note.get("planes"):
            values = np.ascontiguousarray(values.reshape(kind.itemsize, -1).T).ravel()
        return values.view(kind)

    def lines(name: str) -> Lines:
        points = np.column_stack([np.cumsum(section(f"{name}:{axis}"), dtype=np.int64) for axis in "xy"])
        return Lines(
            points.astype(np.int32), section(f"{name}:level"), np.cumsum(section(f"{name}:arcs"), dtype=np.int64)
        )

    def areas(name: str) -> Areas:
        refs = section(f"{name}:ring_arcs").tolist()
        rings = _split(refs, section(f"{name}:rings"))
        return Areas(lines(name), _split(rings, section(f"{name}:areas")))

    letters = section("towns:name").tobytes()
    names = [letters[a:b].decode() for a, b in pairwise([0, *np.cumsum(section("towns:name:lengths"), dtype=int)])]
    towns = pd.DataFrame(
        {
            # Not pandas' text: a page needs a few hundred of these thousands of names.
            "name": pd.Series(names, dtype=object),
            "country": pd.Categorical.from_codes(section("towns:country"), header["towns"]),
            "lon": section("towns:x") / 1000,
            "lat": section("towns:y") / 1000,
            "population": section("towns:population").astype(np.int64),
            "capital": section("towns:capital").astype(bool),
        }
    )
    labels = np.column_stack([section(f"land:label:{axis}") for axis in "xy"])
    return Basemap(header["countries"], labels, areas("land"), areas("lakes"), lines("disputed"), towns)


def _split(items: list[Any], lengths: NDArray[Any]) -> list[list[Any]]:
    return [items[a:b] for a, b in pairwise([0, *np.cumsum(lengths, dtype=int).tolist()])]
