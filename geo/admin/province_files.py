"""Read and check province polygons from GeoJSON files, one feature a province and vintage."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import shapely

from geo.admin.crs import member_is_wgs84
from geo.days import FIRST_DAY, LAST_DAY
from geo.errors import CRSError, DataError, MissingFileError
from geo.model import CRS, DRAWN_COLUMNS, PROVINCE_COLUMNS
from geo.paths import is_folder, regular_file

_CODE = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")


def read_files(paths: list[Path]) -> pd.DataFrame:
    """Return the rows of GeoJSON files: `PROVINCE_COLUMNS`, `DRAWN_COLUMNS` and ``geometry``.

    Raises
    ------
    DataError
        If a file breaks a rule; every fault of every file is named.
    CRSError
        If a file says that its coordinates are not lon/lat in WGS 84.
    """
    frames, faults = [], []
    for path in paths:
        frame, found = _read_file(path)
        frames.append(frame)
        faults += found
    if not faults:
        faults = _overlapping_vintages(pd.concat(frames))
    if faults:
        raise DataError("; ".join(faults))
    return pd.concat(frames)


def files_of(folder: Path) -> list[Path]:
    """Return the files of a folder, or the one file that is named."""
    if not is_folder(folder):
        return [regular_file(folder, "no such folder; name one that holds province files such as AF.geojson")]
    if paths := sorted(folder.glob("*.geojson")):
        return paths
    raise MissingFileError(f"{folder}: no .geojson file in it; name a folder of province files such as AF.geojson")


def _read_file(path: Path) -> tuple[pd.DataFrame, list[str]]:
    """Return a file's rows and the list of its faults."""
    regular_file(path)
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, OSError) as error:
        raise DataError(f"{path}: cannot be read as GeoJSON: {error}") from error
    if not isinstance(content, dict) or not isinstance(content.get("features"), list) or not content["features"]:
        raise DataError(f"{path}: not a GeoJSON FeatureCollection with features")
    if not member_is_wgs84(crs := content.get("crs")):
        raise CRSError(f"{path}: crs = {json.dumps(crs)}: province files are lon/lat in WGS 84; convert them to {CRS}")
    rows, faults = [], []
    for number, feature in enumerate(content["features"], start=1):
        row, rules = _read_feature(feature)
        rows.append(row)
        faults += [f"{path.name}: {row['admin1_code']} (row {number}): {rule}" for rule in rules]
    frame = pd.DataFrame(rows)
    return frame.astype(dict.fromkeys((*PROVINCE_COLUMNS, *DRAWN_COLUMNS), "string")), faults


def _read_feature(feature: Any) -> tuple[dict[str, Any], list[str]]:
    """Return one row and the rules that it breaks; without valid_from or valid_to a province is open at that end."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        return dict.fromkeys([*PROVINCE_COLUMNS, *DRAWN_COLUMNS, "geometry"]), [
            "must be a GeoJSON Feature with properties"
        ]
    row = {column: properties.get(column) for column in (*PROVINCE_COLUMNS, *DRAWN_COLUMNS)}
    rules = []
    code = row["admin1_code"]
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        rules.append(f"admin1_code = {code!r}: must be an ISO 3166-2 code such as AF-NAN")
    elif row["country_code"] != code[:2]:
        rules.append(f"country_code = {row['country_code']!r}: must be the first part of {code}")
    if not row["admin1_name"]:
        rules.append(f"admin1_name = {row['admin1_name']!r}: must be a name")
    rules += [
        f"{column} = {row[column]!r}: must be a date such as 2018-05-31, or null"
        for column in ("valid_from", "valid_to", "superseded")
        if row[column] is not None and not _is_day(row[column])
    ]
    if not rules and row["valid_from"] and row["valid_to"] and row["valid_from"] > row["valid_to"]:
        rules.append(f"valid_to = {row['valid_to']!r}: must not be before valid_from, {row['valid_from']}")
    try:
        row["geometry"] = shapely.geometry.shape(feature["geometry"])
    except (KeyError, TypeError, ValueError, AttributeError, shapely.errors.GEOSException) as error:
        return row | {"geometry": None}, [*rules, f"geometry cannot be read: {error}"]
    return row, rules + _geometry_rules(row["geometry"])


def _geometry_rules(geometry: shapely.Geometry) -> list[str]:
    """Return the rules that a geometry breaks."""
    if geometry.geom_type not in ("Polygon", "MultiPolygon") or geometry.is_empty:
        return [f"geometry is {geometry.geom_type}: must be a Polygon or MultiPolygon that is not empty"]
    west, south, east, north = geometry.bounds
    if not (west >= -180 and east <= 180 and south >= -90 and north <= 90):
        return [f"geometry reaches to {west:g} {south:g} {east:g} {north:g}: must be lon/lat in degrees"]
    return [] if geometry.is_valid else [f"geometry is not valid: {shapely.is_valid_reason(geometry)}"]


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _overlapping_vintages(rows: pd.DataFrame) -> list[str]:
    """Return a fault for each code that is in force twice on one day."""
    faults = []
    spans = rows.assign(start=rows["valid_from"].fillna(FIRST_DAY), end=rows["valid_to"].fillna(LAST_DAY))
    for code, group in spans.sort_values("start").groupby("admin1_code", sort=True):
        if bool((group["start"].iloc[1:].to_numpy() <= group["end"].iloc[:-1].to_numpy()).any()):
            faults.append(f"{code}: valid_from, valid_to: {len(group)} features are in force on the same day")
    return faults
