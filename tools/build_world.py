"""Build data/provinces/world.parquet and countries.csv from Natural Earth's admin-1 polygons of the whole world.

    python tools/build_world.py world_map.gpkg iso_points.csv [--out data/provinces]

Where the raw files come from stands in data/provinces/README.md. Codes follow from towns, points and names
(`world_evidence`); what these cannot decide stands in provinces/world/*.csv, beside this script. The same input gives
the same bytes.
"""

import argparse
import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from province_geometry import SETTLED, merge, noded_coverage, polygonal
from shapely import Geometry
from shapely.ops import split
from world_evidence import Evidence, Level, gather
from world_units import FINE, Unit, make_units
from world_write import write_countries, write_world

from geo.admin.province_files import read_files

TABLES = Path(__file__).resolve().parent / "provinces" / "world"
OUT = Path(__file__).resolve().parent.parent / "data" / "provinces"
#: Coordinates are multiples of 2**-17 degrees (0.85 m): doubles with few bits set, which compress to half.
GRID = 2.0**-17


def table(name: str) -> list[dict[str, str]]:
    """Return the rows of a hand-kept table."""
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_pieces(path: Path, hand: list[dict[str, str]]) -> pd.DataFrame:
    """Read the raw polygons with their ISO 3166-1 country, cut into the parts that the table of units tells apart."""
    raw = pyogrio.read_dataframe(path, layer="states_provinces")
    a3 = {row["adm0_a3"]: row["country_code"] for row in table("a3.csv")}
    raw["country_code"] = [a3.get(code, iso) for code, iso in zip(raw["adm0_a3"], raw["iso_a2"], strict=True)]
    islands = raw["name"].isin(["Christmas Island", "Cocos (Keeling) Islands"]) & raw["adm0_a3"].eq("IOA")
    raw.loc[islands, "country_code"] = raw.loc[islands, "name"].str[:2].map({"Ch": "CX", "Co": "CC"})
    russian = raw["adm0_a3"].eq("RUS") & raw["name"].isin(["Crimea", "Sevastopol"])
    raw.loc[russian, "country_code"] = "UA"
    raw["name"] = raw["name"].fillna("")
    raw = raw[~raw["country_code"].isin([*FINE, ""])].reset_index(drop=True)
    raw["part"] = ""
    for row in hand:
        if row["box"]:
            raw = _cut(raw, row)
    for cut in json.loads((TABLES / "cuts.geojson").read_text(encoding="utf-8"))["features"]:
        raw = _split(raw, cut["properties"], shapely.geometry.shape(cut["geometry"]))
    return raw


def _split(raw: pd.DataFrame, cut: dict[str, Any], line: Geometry) -> pd.DataFrame:
    """Split a polygon along a line; the part that holds the point of the cut becomes a polygon of its own."""
    named = raw["country_code"].eq(cut["country_code"]) & raw["name"].eq(cut["source_name"]) & raw["part"].eq("")
    (at,) = raw.index[named]
    parts = [part for whole in shapely.get_parts(raw.geometry[at]) for part in split(whole, line).geoms]
    inside = shapely.intersects_xy(np.array(parts), cut["lon"], cut["lat"])
    return _apart(raw, at, np.array(parts), inside, cut["admin1_code"])


def _cut(raw: pd.DataFrame, row: dict[str, str]) -> pd.DataFrame:
    """Mark the polygon in a box, or the parts of one that lie in it, which become a polygon of their own."""
    area = shapely.box(*map(float, row["box"].split()))
    named = raw["country_code"].eq(row["country_code"]) & raw["name"].eq(row["source_name"]) & raw["part"].eq("")
    for at in raw.index[named]:
        parts = shapely.get_parts(raw.geometry[at])
        inside = shapely.covered_by(parts, area)
        if inside.all():
            raw.loc[at, "part"] = row["admin1_code"]
            return raw
        if inside.any():
            return _apart(raw, at, parts, inside, row["admin1_code"])
    raise SystemExit(f"units.csv: nothing of {row['source_name']!r} lies in {row['box']}")


def fit(units: list[Unit], pieces: pd.DataFrame, folder: Path) -> None:
    """Give every unit its polygon: the union of its pieces, made to fit the seven fine countries."""
    fine = fine_units(folder)
    settled = [shapely.union_all([unit.geometry for unit in fine if unit.country_code == country]) for country in FINE]
    owner = np.full(len(pieces), -1)
    for number, unit in enumerate(units):
        owner[unit.pieces] = number
    kept = np.flatnonzero(owner >= 0)
    areas = pieces.geometry.to_numpy()[kept]
    rank = [SETTLED] * len(settled) + [0] * len(kept)
    coverage, report = noded_coverage([*settled, *map(polygonal, areas)], rank, GRID)
    print("square degrees settled:", report)
    parts = defaultdict(list)
    for number, geometry in zip(owner[kept], coverage[len(settled) :], strict=True):
        if not geometry.is_empty:
            parts[number].append(geometry)
    for number, unit in enumerate(units):
        unit.geometry = merge(parts[number])


def _apart(raw: pd.DataFrame, at: int, parts: np.ndarray, inside: np.ndarray, code: str) -> pd.DataFrame:
    """Make the parts inside a polygon of their own, marked with a code."""
    new = len(raw)
    raw.loc[new] = raw.loc[at]
    raw.loc[new, "part"] = code
    shapes = [shapely.MultiPolygon(list(parts[~inside])), shapely.MultiPolygon(list(parts[inside]))]
    raw.loc[[at, new], "geometry"] = gpd.GeoSeries(shapes, index=[at, new])
    return raw


def fine_units(folder: Path) -> list[Unit]:
    """Return the provinces of today of the countries with fine outlines."""
    frame = read_files([folder / f"{country}.geojson" for country in FINE])
    rows = frame[frame["valid_to"].isna()].itertuples()
    return [Unit(row.country_code, row.admin1_code, row.admin1_name, [], geometry=row.geometry) for row in rows]


def build(gpkg: Path, points: Path, out: Path) -> None:
    """Write both files."""
    hand = table("units.csv")
    countries = {row["country_code"]: row for row in table("countries.csv")}
    pieces = read_pieces(gpkg, hand)
    codes = set(pieces["country_code"])
    levels = {code: Level(code, countries.get(code, {}).get("level", "first")) for code in sorted(codes)}
    levels = {code: level for code, level in levels.items() if level.codes}
    for code, level in levels.items():
        level.leave_out(countries.get(code, {}).get("left_out", "").split())
    evidence: list[Evidence] = gather(pieces, levels, pd.read_csv(points, keep_default_na=False))
    spelled = {row["admin1_code"]: row["admin1_name"] for row in table("names.csv")}
    units = make_units(pieces, evidence, levels, hand, table("changes.csv"), spelled, table("holds.csv"))
    if unknown := sorted(set(spelled) - {unit.admin1_code for unit in units}):
        raise SystemExit(f"names.csv: nothing is drawn for {unknown}")
    fit(units, pieces, out)
    write_world(out / "world.parquet", units)
    levels |= {code: Level(code, "first") for code in FINE}
    write_countries(out / "countries.csv", [*units, *fine_units(out)], levels, countries)


def main() -> None:
    """Parse the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gpkg", type=Path, help="world_map.gpkg")
    parser.add_argument("points", type=Path, help="iso_points.csv")
    parser.add_argument("--out", type=Path, default=OUT, help="folder to write to (default: data/provinces)")
    options = parser.parse_args()
    build(options.gpkg, options.points, options.out)


if __name__ == "__main__":
    main()
