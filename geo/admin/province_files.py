"""Read and check province polygons from GeoJSON files, one feature a province and vintage."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import shapely

from geo.admin.crs import member_is_wgs84
from geo.admin.province_shapes import brief, overlap_faults, overlaps, read_shape
from geo.days import FIRST_DAY, LAST_DAY
from geo.errors import CRSError, DataError, MissingFileError
from geo.model import CRS, DRAWN_COLUMNS, PROVINCE_COLUMNS
from geo.paths import is_folder, reading, regular_file

#: Number of faults that one message names.
_NAMED = 50
_CODE = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")


def read_files(paths: list[Path], *, checked: bool = False) -> pd.DataFrame:
    """Return the rows of GeoJSON files: `PROVINCE_COLUMNS`, `DRAWN_COLUMNS` and ``geometry``.

    Parameters
    ----------
    paths : list of Path
    checked : bool, default False
        Whether it is known, as of the shipped files, that no provinces of a country overlap.

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
    if faults:
        raise DataError(_joined(faults))
    rows = pd.concat(frames)
    if faults := _overlapping_vintages(rows) or ([] if checked else _overlapping_shapes(rows)):
        raise DataError(_joined(faults))
    return rows


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
    with reading(path, "cannot be read as GeoJSON"):
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    if not isinstance(content, dict) or not isinstance(content.get("features"), list) or not content["features"]:
        raise DataError(f"{path}: not a GeoJSON FeatureCollection with features")
    if not member_is_wgs84(crs := content.get("crs")):
        raise CRSError(f"{path}: crs = {brief(crs)}: province files are lon/lat in WGS 84; convert them to {CRS}")
    rows, faults = [], []
    for number, feature in enumerate(content["features"], start=1):
        row, rules = _read_feature(feature)
        rows.append(row)
        faults += [f"{path.name}: {brief(row['admin1_code'], quoted=False)} (row {number}): {rule}" for rule in rules]
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
    rules = [
        f"{column} = {brief(value)}: must be text, or null" for column, value in row.items() if not _is_text(value)
    ]
    if rules:
        return dict.fromkeys([*row, "geometry"]), rules
    code = row["admin1_code"]
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        rules.append(f"admin1_code = {brief(code)}: must be an ISO 3166-2 code such as AF-NAN")
    elif row["country_code"] != code[:2]:
        rules.append(f"country_code = {brief(row['country_code'])}: must be the first part of {code}")
    if not (row["admin1_name"] or "").strip():
        rules.append(f"admin1_name = {brief(row['admin1_name'])}: must be a name")
    rules += [
        f"{column} = {brief(row[column])}: must be a date such as 2018-05-31, or null"
        for column in ("valid_from", "valid_to", "superseded")
        if row[column] is not None and not _is_day(row[column])
    ]
    if not rules and row["valid_from"] and row["valid_to"] and row["valid_from"] > row["valid_to"]:
        rules.append(f"valid_to = {row['valid_to']!r}: must not be before valid_from, {row['valid_from']}")
    row["geometry"], more = read_shape(feature.get("geometry"))
    return row, rules + more


def _is_text(value: object) -> bool:
    """Return whether a value is text that can be written, or null."""
    try:
        return value is None or (isinstance(value, str) and bool(value.encode() or True))
    except UnicodeEncodeError:  # a lone surrogate, which JSON can escape
        return False


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _joined(faults: list[str]) -> str:
    more = [f"and {len(faults) - _NAMED:,} more"] if len(faults) > _NAMED else []
    return "; ".join([*faults[:_NAMED], *more])


def _overlapping_shapes(rows: pd.DataFrame) -> list[str]:
    """Return a fault for each two provinces of a country that are in force on one day and overlap widely."""
    faults = []
    start, end = rows["valid_from"].fillna(FIRST_DAY), rows["valid_to"].fillna(LAST_DAY)
    for country in sorted(set(rows["country_code"])):
        own = rows["country_code"] == country
        for day in sorted(set(start[own])):
            drawn = rows[own & (start <= day) & (end >= day)]
            polygons = drawn["geometry"].to_numpy()
            if not shapely.coverage_is_valid(polygons):
                names = [
                    f"{code} {name}" for code, name in zip(drawn["admin1_code"], drawn["admin1_name"], strict=True)
                ]
                faults += overlap_faults(names, overlaps(polygons))
    return list(dict.fromkeys(faults))


def _overlapping_vintages(rows: pd.DataFrame) -> list[str]:
    """Return a fault for each code that is in force twice on one day."""
    faults = []
    spans = rows.assign(start=rows["valid_from"].fillna(FIRST_DAY), end=rows["valid_to"].fillna(LAST_DAY))
    for code, group in spans.sort_values("start").groupby("admin1_code", sort=True):
        if bool((group["start"].iloc[1:].to_numpy() <= group["end"].iloc[:-1].to_numpy()).any()):
            faults.append(f"{code}: valid_from, valid_to: {len(group)} features are in force on the same day")
    return faults
