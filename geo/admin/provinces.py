"""Province polygons: the sets in force on a day, successors, label points and areas."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyproj
import shapely
from geopandas import GeoDataFrame, GeoSeries

from geo.admin.distance import longitude_scale
from geo.admin.province_files import files_of, read_files
from geo.admin.user_provinces import user_provinces, with_user_provinces
from geo.admin.world import FINE, available_countries, read_shipped
from geo.days import as_day
from geo.errors import UsageError
from geo.model import CRS, DRAWN_COLUMNS, PROVINCE_COLUMNS


def read_provinces(
    folder: str | Path | None = None,
    on: date | str | int | None = None,
    countries: Iterable[str] | None = None,
) -> GeoDataFrame:
    """Read province polygons: those that come with geo, or those of GeoJSON files.

    Parameters
    ----------
    folder : path, optional
        A folder of ``*.geojson`` files, or one such file; by default the shipped polygons, with those that
        `geo.add_provinces` has added in place of theirs.
    on : date, ISO text or year, optional
        Keep the set in force then (see `in_force`); without it every vintage is kept.
    countries : str or iterable of str, optional
        ISO 3166-1 alpha-2 codes of the countries to keep; of the shipped polygons, any of `available_countries`.
        Without it those of a folder are all kept, and of the shipped ones the seven countries in fine outlines
        (`geo.admin.world.FINE`). `countries_of` tells which countries a table needs.

    Returns
    -------
    GeoDataFrame, shape (n,)
        EPSG:4326, columns `PROVINCE_COLUMNS`, `DRAWN_COLUMNS` and ``geometry``, sorted by code and date. The
        unnamed index holds the codes; without ``on`` a code that changed its area stands in it once a vintage.

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
    wanted = None if countries is None else {countries} if isinstance(countries, str) else set(countries)
    if folder is not None:
        rows = read_files(files_of(Path(folder)))
        known = set(rows["country_code"])
    else:
        added = user_provinces()
        chosen = {*FINE, *added} if wanted is None else wanted
        rows = with_user_provinces(read_shipped(chosen - set(added)), chosen)
        known = {*available_countries(), *added}
    if wanted is not None:
        if unknown := sorted(wanted - known):
            listed = "geo countries lists those" if folder is None else f"there are {', '.join(sorted(known))}"
            raise UsageError(f"no provinces for country {', '.join(unknown)}; {listed}")
        rows = rows[rows["country_code"].isin(wanted)]
    rows = rows.sort_values(["admin1_code", "valid_from"], na_position="first", kind="stable")
    rows = rows.reindex(columns=[*PROVINCE_COLUMNS, *DRAWN_COLUMNS, "geometry"])
    rows = rows.astype(dict.fromkeys(DRAWN_COLUMNS, "string"))
    provinces = GeoDataFrame(rows, crs=CRS)
    provinces = provinces.set_index("admin1_code", drop=False)
    provinces.index = provinces.index.astype(str).rename(None)
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
    """Return, for each code without a polygon of today, the code of the polygon that stands for it today.

    For a code that has ended it is the one that holds most of its area; an ended code that no province of today
    overlaps is left out. For a unit newer than the polygons it is the older unit in which it lies, where that is one
    (``CD-IT`` -> ``CD-OR``).
    """
    today = provinces[provinces["valid_to"].isna()]
    ended = provinces[~provinces["admin1_code"].isin(today["admin1_code"])].sort_values("valid_to", kind="stable")
    found = {}
    for code, area in zip(ended["admin1_code"], ended.geometry, strict=True):
        shared = shapely.area(shapely.intersection(today.geometry.to_numpy(), area))
        if shared.size and shared.max() > 0:
            found[code] = str(today["admin1_code"].iloc[int(shared.argmax())])
    return found | {code: drawn[0] for code, drawn in drawn_for(provinces).items() if len(drawn) == 1}


def drawn_for(provinces: GeoDataFrame) -> dict[str, list[str]]:
    """Return, for each unit of today that is not drawn, the codes of the older or coarser units that hold it.

    Parameters
    ----------
    provinces : GeoDataFrame
        As `read_provinces` returns them.
    """
    known = set(provinces["admin1_code"])
    found: dict[str, list[str]] = {}
    if "holds" in provinces:
        held = provinces["holds"].dropna()
        for drawn, codes in zip(provinces.loc[held.index, "admin1_code"], held, strict=True):
            for code in codes.split():
                if code not in known:
                    found.setdefault(code, []).append(drawn)
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
