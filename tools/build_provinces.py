"""Rebuild data/provinces/*.geojson from the raw Natural Earth files, or add a country from a polygon file.

    python tools/build_provinces.py FOLDER [--out data/provinces]
    python tools/build_provinces.py --add KG POLYGONS [--name-column NAME] [--name "Osh (city)=KG-GO"]...

FOLDER holds afg, pak, irn, tjk, uzb, tkm .topo.json and RU.geojson (see data/provinces/README.md). What each raw
feature is called today stands in provinces/names.csv, beside this script. POLYGONS is any vector file that GDAL
reads; its features get today's ISO 3166-2 codes by name, and what finds no code is listed and nothing written.
"""

import argparse
import csv
import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import geopandas as gpd
import shapely
from province_geometry import DECIMALS, SETTLED, join_antimeridian, merge, noded_coverage, polygonal
from province_names import match_names, missing_codes
from shapely import Geometry
from shapely.ops import split

from geo.admin.provinces import read_provinces
from geo.model import CRS, PROVINCE_COLUMNS

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
    shape = shapely.geometry.mapping(geometry)
    properties = {key: row[key] or None for key in PROVINCE_COLUMNS}
    feature = {"type": "Feature", "properties": properties, "geometry": shape}
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


def add_country(country: str, path: Path, column: str, settled: dict[str, str], out: Path) -> None:
    """Write one country's file from a polygon file, fitted to the files that are there already.

    Raises
    ------
    SystemExit
        If the file cannot be used as it is, or a feature finds no code; every fault is listed, nothing is written.
    """
    frame = gpd.read_file(path)
    if column not in frame:
        raise SystemExit(f"{path}: no column {column!r}; it has {', '.join(map(str, frame.columns))}: --name-column")
    frame = frame.to_crs(CRS) if frame.crs else frame.set_crs(CRS)
    names = frame[column].fillna("").astype(str).str.strip().tolist()
    codes, faults = match_names(country, names, settled)
    if faults:
        raise SystemExit("\n".join([f"{path}: {len(faults)} faults, nothing written", *faults]))
    kept = [(code, name, geometry) for code, name, geometry in zip(codes, names, frame.geometry, strict=True) if code]
    others = [file for file in sorted(out.glob("*.geojson")) if file.stem != country]
    settled_area = [read_provinces(file, on=date.max).geometry.union_all() for file in others]
    pieces = settled_area + [polygonal(join_antimeridian(geometry)) for *_, geometry in kept]
    rank = [SETTLED] * len(settled_area) + [0] * len(kept)
    coverage, report = noded_coverage(pieces, rank)
    print("square degrees settled:", report)
    features = []
    for (code, name, _), geometry in zip(kept, coverage[len(settled_area) :], strict=True):
        if geometry.is_empty:
            raise SystemExit(f"{path}: {code} {name}: all of it lies in provinces that are there already")
        row = {"admin1_code": code, "admin1_name": name, "country_code": country, "valid_from": "", "valid_to": ""}
        features.append((row, merge([geometry])))
    out.mkdir(parents=True, exist_ok=True)
    write_country(out / f"{country}.geojson", features)
    print(f"{country}: {len(features)} provinces written to {out / f'{country}.geojson'}")
    for line in missing_codes(country, codes):
        print(f"{country}: no polygon for {line}")


def main() -> None:
    """Parse the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", help="folder of the raw files")
    parser.add_argument("--out", type=Path, default=OUT, help="folder to write to (default: data/provinces)")
    parser.add_argument("--add", nargs=2, metavar=("COUNTRY", "POLYGONS"), help="add one country (ISO 3166-1 alpha-2)")
    parser.add_argument("--name-column", default="name", help="column of the provinces' names (default: name)")
    parser.add_argument(
        "--name", action="append", default=[], metavar="NAME=CODE", help="settle a name by hand; NAME= leaves it out"
    )
    options = parser.parse_args()
    if bool(options.folder) == bool(options.add):
        parser.error("give either the folder of the raw files or --add COUNTRY POLYGONS")
    if bad := [text for text in options.name if "=" not in text]:
        parser.error(f"--name {bad[0]}: must be NAME=CODE, or NAME= to leave the feature out")
    if options.add:
        settled = dict(text.rsplit("=", 1) for text in options.name)
        add_country(options.add[0].upper(), Path(options.add[1]), options.name_column, settled, options.out)
    else:
        build(options.folder, options.out)


if __name__ == "__main__":
    main()
