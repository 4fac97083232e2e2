"""Province polygons: read and checked, the sets in force on a day, label points and areas."""

import json
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyproj
import shapely
from geopandas import GeoDataFrame, GeoSeries

from geo.admin.crs import member_is_wgs84
from geo.admin.distance import longitude_scale
from geo.days import FIRST_DAY, LAST_DAY, as_day
from geo.errors import CRSError, DataError, MissingFileError, UsageError
from geo.model import CRS, PROVINCE_COLUMNS
from geo.paths import is_folder, regular_file
from geo.resources import data_path

_CODE = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")


def read_provinces(
    folder: str | Path | None = None,
    on: date | str | int | None = None,
    countries: Iterable[str] | None = None,
) -> GeoDataFrame:
    """Read province polygons from GeoJSON files.

    Parameters
    ----------
    folder : path, optional
        A folder of ``*.geojson`` files, or one such file; the shipped ones by default.
    on : date, ISO text or year, optional
        Keep the set in force then (see `in_force`); without it every vintage is kept.
    countries : str or iterable of str, optional
        ISO 3166-1 alpha-2 codes of the countries to keep.

    Returns
    -------
    GeoDataFrame, shape (n,)
        EPSG:4326, columns `PROVINCE_COLUMNS` and ``geometry``, sorted by code and date. The unnamed index holds the
        codes; without ``on`` a code that changed its area stands in it once a vintage.

    Raises
    ------
    MissingFileError
        If the folder, or any ``.geojson`` file in it, does not exist.
    DataError
        If a file breaks a rule; every fault of every file is named.
    CRSError
        If a file says that its coordinates are not lon/lat in WGS 84.
    UsageError
        If ``on`` is not a date or a country is not covered.
    """
    frames, faults = [], []
    for path in _files(data_path("provinces") if folder is None else Path(folder)):
        frame, found = _read_file(path)
        frames.append(frame)
        faults += found
    if not faults:
        faults = _overlapping_vintages(pd.concat(frames))
    if faults:
        raise DataError("; ".join(faults))
    rows = pd.concat(frames).sort_values(["admin1_code", "valid_from"], na_position="first", kind="stable")
    provinces = GeoDataFrame(rows[[*PROVINCE_COLUMNS, "geometry"]], crs=CRS).set_index("admin1_code", drop=False)
    provinces.index = provinces.index.astype(str).rename(None)
    if countries is not None:
        wanted = {countries} if isinstance(countries, str) else set(countries)
        if unknown := sorted(wanted - set(provinces["country_code"])):
            known = ", ".join(sorted(set(provinces["country_code"])))
            raise UsageError(f"no provinces for country {', '.join(unknown)}; there are {known}")
        provinces = provinces[provinces["country_code"].isin(wanted)]
    return provinces if on is None else in_force(provinces, on)


def in_force(provinces: GeoDataFrame, on: date | str | int) -> GeoDataFrame:
    """Return the provinces that were in force on a day, one row a code.

    Parameters
    ----------
    provinces : GeoDataFrame
        As `read_provinces` returns them.
    on : date, ISO text or year
        A day; a month (``"2018-05"``) or a year (``"2018"``, ``2018``) means its last day, as a map of a period is
        drawn with the provinces at its end.

    Raises
    ------
    UsageError
        If ``on`` is not a date.
    """
    day = as_day(on)
    begun = provinces["valid_from"].isna() | (provinces["valid_from"] <= day)
    lasts = provinces["valid_to"].isna() | (provinces["valid_to"] >= day)
    return provinces[(begun & lasts).astype(bool)]


def successors(provinces: GeoDataFrame) -> dict[str, str]:
    """Return, for each code that has ended, the code of today that holds most of its area.

    An ended code that no province of today overlaps is left out.
    """
    today = provinces[provinces["valid_to"].isna()]
    ended = provinces[~provinces["admin1_code"].isin(today["admin1_code"])].sort_values("valid_to", kind="stable")
    found = {}
    for code, area in zip(ended["admin1_code"], ended.geometry, strict=True):
        shared = shapely.area(shapely.intersection(today.geometry.to_numpy(), area))
        if shared.size and shared.max() > 0:
            found[code] = str(today["admin1_code"].iloc[int(shared.argmax())])
    return found


def label_points(provinces: GeoDataFrame) -> GeoSeries:
    """Return a point well inside each province, for its label or for records known only to the province.

    It is the centre of the largest circle that fits into the province's largest part, with degrees of longitude
    shortened to those of latitude, rounded to 5 decimals.

    Parameters
    ----------
    provinces : GeoDataFrame, shape (n,)
        Polygons in EPSG:4326.

    Returns
    -------
    GeoSeries, shape (n,)
        Points in EPSG:4326, same index.
    """
    points = []
    for geometry in provinces.geometry:
        part = max(shapely.get_parts(geometry), key=shapely.area)
        middle = np.array((part.bounds[1] + part.bounds[3]) / 2)
        scale = np.array([longitude_scale(middle), 1.0])
        circle = shapely.maximum_inscribed_circle(shapely.transform(part, lambda lonlat, s=scale: lonlat * s))
        lon, lat = (shapely.get_coordinates(circle)[0] / scale).round(5).tolist()
        points.append(shapely.Point(lon, lat))
    return GeoSeries(points, index=provinces.index, crs=CRS)


def area_km2(provinces: GeoDataFrame) -> pd.Series:
    """Return the geodesic area of each province on the WGS 84 ellipsoid.

    Parameters
    ----------
    provinces : GeoDataFrame, shape (n,)
        Polygons in EPSG:4326.

    Returns
    -------
    Series of float, shape (n,)
        Square kilometres, same index.
    """
    geod = pyproj.Geod(ellps="WGS84")
    rings = shapely.orient_polygons(provinces.geometry.to_numpy(), exterior_cw=False)
    areas = [geod.geometry_area_perimeter(geometry)[0] / 1e6 for geometry in rings]
    return pd.Series(areas, index=provinces.index, name="area_km2", dtype="float64")


def _files(folder: Path) -> list[Path]:
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
    return frame.astype(dict.fromkeys(PROVINCE_COLUMNS, "string")), faults


def _read_feature(feature: Any) -> tuple[dict[str, Any], list[str]]:
    """Return one row and the rules that it breaks; without valid_from or valid_to a province is open at that end."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        return dict.fromkeys([*PROVINCE_COLUMNS, "geometry"]), ["must be a GeoJSON Feature with properties"]
    row = {column: properties.get(column) for column in PROVINCE_COLUMNS}
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
        for column in ("valid_from", "valid_to")
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
