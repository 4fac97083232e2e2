"""Rebuild data/provinces/*.geojson from the raw Natural Earth files.

    python tools/build_provinces.py FOLDER [--out data/provinces]

FOLDER holds afg, pak, irn, tjk, uzb, tkm .topo.json and RU.geojson (see data/provinces/README.md). What each raw
feature is called today stands in provinces/names.csv, beside this script.
"""

import argparse
import csv
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import shapely
from province_geometry import DECIMALS, join_antimeridian, merge, noded_coverage, polygonal
from shapely import Geometry
from shapely.ops import split

TABLES = Path(__file__).resolve().parent / "provinces"
OUT = Path(__file__).resolve().parent.parent / "data" / "provinces"
#: Country, its file and the column of names, in order of precedence: where two files overlap, the earlier keeps it.
FILES = {
    "UZ": ("uzb.topo.json", "name"),
    "TJ": ("tjk.topo.json", "name"),
    "TM": ("tkm.topo.json", "name"),
    "AF": ("afg.topo.json", "name"),
    "PK": ("pak.topo.json", "name"),
    "IR": ("irn.topo.json", "name"),
    "RU": ("RU.geojson", "NAME_1"),
}
#: The file of Russia also holds Crimea and Sevastopol, whose ISO 3166-2 codes are Ukraine's.
NOT_OURS = {"RU": ("Crimea", "Sevastopol")}
#: Russia's Arctic coast is drawn finer than a province map shows; 0.01 degrees is below a pixel at zoom 7.
SIMPLIFY = {"RU": 0.01}


@dataclass(frozen=True)
class Piece:
    """A raw feature, or the part of one that a row of names.csv tells apart."""

    country_code: str
    source_name: str
    geometry: Geometry


def read_pieces(folder: Path, country: str) -> list[Piece]:
    """Read one raw file; unnamed features are split into their parts, and cuts.geojson is applied."""
    file, column = FILES[country]
    frame = gpd.read_file(folder / file)
    cuts = {
        (cut["properties"]["country_code"], cut["properties"]["source_name"]): shapely.geometry.shape(cut["geometry"])
        for cut in json.loads((TABLES / "cuts.geojson").read_text(encoding="utf-8"))["features"]
    }
    pieces = []
    for name, raw in zip(frame[column].fillna("").str.strip(), frame.geometry, strict=True):
        if name in NOT_OURS.get(country, ()):
            continue
        geometry = polygonal(join_antimeridian(raw))
        if (country, name) in cuts:
            parts = list(split(geometry, cuts[country, name]).geoms)
        else:
            parts = [geometry] if name else list(shapely.get_parts(geometry))
        pieces += [Piece(country, name, part) for part in parts]
    if country in SIMPLIFY:
        simple = shapely.coverage_simplify([piece.geometry for piece in pieces], SIMPLIFY[country])
        pieces = [Piece(country, p.source_name, geometry) for p, geometry in zip(pieces, simple, strict=True)]
    return pieces


def match_rows(rows: list[dict[str, str]], pieces: list[Piece]) -> list[int]:
    """Return for each row of names.csv the number of the piece it names.

    Raises
    ------
    SystemExit
        If a row finds no piece or several, or a piece stays without a row; all of them are listed.
    """
    found, faults = [], []
    for row in rows:
        point = shapely.Point(float(row["lon"]), float(row["lat"])) if row["lon"] else None
        hits = [
            number
            for number, piece in enumerate(pieces)
            if (piece.country_code, piece.source_name) == (row["country_code"], row["source_name"])
            and (point is None or piece.geometry.covers(point))
        ]
        found.append(hits[0] if hits else -1)
        if len(hits) != 1:
            faults.append(f"names.csv {row['admin1_code']}: {len(hits)} features are called {row['source_name']!r}")
    for number, piece in enumerate(pieces):
        if number not in found:
            where = shapely.get_coordinates(piece.geometry.representative_point())[0].round(2).tolist()
            faults.append(f"{piece.country_code}: no row in names.csv for {piece.source_name!r} at {where}")
    if faults:
        raise SystemExit("\n".join(faults))
    return found


def feature_line(row: dict[str, str], geometry: Geometry) -> str:
    """Return one GeoJSON feature as one line, coordinates with at most five decimals."""
    keys = ("admin1_code", "admin1_name", "country_code", "valid_from", "valid_to")
    shape = shapely.geometry.mapping(geometry)
    feature = {"type": "Feature", "properties": {key: row[key] or None for key in keys}, "geometry": shape}
    return json.dumps(_rounded(feature), ensure_ascii=False, separators=(",", ":"))


def _rounded(value: object) -> object:
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    return round(value, DECIMALS) if isinstance(value, float) else value


def write_country(path: Path, features: list[tuple[dict[str, str], Geometry]]) -> None:
    """Write one file, one feature a line, sorted by code, then date."""
    ordered = sorted(features, key=lambda item: (item[0]["admin1_code"], item[0]["valid_from"]))
    lines = ",\n".join(feature_line(row, geometry) for row, geometry in ordered)
    path.write_text('{"type":"FeatureCollection","features":[\n' + lines + "\n]}\n", encoding="utf-8", newline="\n")


def build(folder: Path, out: Path) -> None:
    """Rebuild every country's file and say what was settled on the way."""
    with (TABLES / "names.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    pieces = [piece for country in FILES for piece in read_pieces(folder, country)]
    found = match_rows(rows, pieces)
    rank = [list(FILES).index(piece.country_code) for piece in pieces]
    coverage, report = noded_coverage([piece.geometry for piece in pieces], rank)
    print("square degrees settled:", report)

    vintages: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        vintages[row["admin1_code"], row["valid_from"]].append(number)
    by_country = defaultdict(list)
    for numbers in vintages.values():
        row = rows[numbers[0]]
        by_country[row["country_code"]].append((row, merge([coverage[found[number]] for number in numbers])))
    out.mkdir(parents=True, exist_ok=True)
    for country, features in sorted(by_country.items()):
        write_country(out / f"{country}.geojson", features)
        print(f"{country}: {len(features)} provinces, {(out / f'{country}.geojson').stat().st_size / 1000:.0f} kB")


def main() -> None:
    """Parse the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder of the raw files")
    parser.add_argument("--out", type=Path, default=OUT, help="folder to write to (default: data/provinces)")
    options = parser.parse_args()
    build(options.folder, options.out)


if __name__ == "__main__":
    main()
