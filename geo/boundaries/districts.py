"""Find the province that holds each district: by the file's columns where they say so, else by location."""

from typing import Any

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame

from geo.gazetteer.normalize import fold
from geo.gazetteer.resolve import geocode_places, is_covered


def assign_provinces(
    country: str, units: pd.DataFrame, polygons: Any, provinces: GeoDataFrame, source_codes: dict[str, str]
) -> tuple[list[str], list[str], list[str]]:
    """Return the code of the province that holds each district.

    Parameters
    ----------
    country : str
        ISO 3166-1 alpha-2.
    units : DataFrame, shape (n,)
        ``unit_name``, ``parent_code`` and ``parent_name``.
    polygons : array of Polygon or MultiPolygon, shape (n,)
    provinces : GeoDataFrame, shape (m,)
        Those of the country today; none if geo has none of it.
    source_codes : dict of str to str
        Province codes by the source's codes, of provinces that the user has added.

    Returns
    -------
    codes : list of str, length n
    notes : list of str
        Districts that lie in another province than their column says.
    faults : list of str
        Districts without a province.
    """
    stated = _by_column(country, units, provinces, source_codes)
    located = _by_location(polygons, provinces)
    codes, notes, faults = [], [], []
    for name, column, place in zip(units["unit_name"], stated, located, strict=True):
        if column and place and column != place:
            notes.append(f"{name}: in {column} by its column, though most of it lies in {place}")
        if not (code := column or place):
            faults.append(
                f"{name}: no column says in which province it is, and it lies in none that geo knows; "
                f"add the provinces of {country} first"
            )
        codes.append(code or "")
    if count := sum(1 for column in stated if not column):
        notes.append(f"{count} of {len(units)} districts assigned to provinces by location")
    return codes, notes, faults


def district_codes(units: pd.DataFrame, provinces: list[str]) -> list[str]:
    """Return the source's code of each district; without one, the province's with a number in the order of names."""
    codes = [code if isinstance(code, str) else "" for code in units["source_code"]]
    count: dict[str, int] = {}
    for row in sorted(range(len(units)), key=lambda row: (provinces[row], units["unit_name"].iloc[row])):
        count[provinces[row]] = count.get(provinces[row], 0) + 1
        codes[row] = codes[row] or f"{provinces[row]}-{count[provinces[row]]:03}"
    return codes


def _by_column(
    country: str, units: pd.DataFrame, provinces: GeoDataFrame, source_codes: dict[str, str]
) -> list[str | None]:
    known = set(provinces["admin1_code"]) | set(source_codes.values())
    names = {fold(name): code for name, code in zip(provinces["admin1_name"], provinces["admin1_code"], strict=True)}
    asked = [name for name in units["parent_name"].dropna().unique() if fold(name) not in names]
    if asked and is_covered(country):
        found = geocode_places([f"{name} province" for name in asked], country=country)
        for name, code, level in zip(asked, found["admin1_code"], found["level"], strict=True):
            if pd.notna(level) and level == "admin1" and pd.notna(code) and (code in known or not known):
                names[fold(name)] = code
    codes: list[str | None] = []
    for code, name in zip(units["parent_code"], units["parent_name"], strict=True):
        answer = source_codes.get(code) if isinstance(code, str) else None
        if answer is None and isinstance(code, str) and code in known:
            answer = code
        codes.append(answer or (names.get(fold(name)) if isinstance(name, str) else None))
    return codes


def _by_location(polygons: Any, provinces: GeoDataFrame) -> list[str | None]:
    """Return the province that holds most of each polygon."""
    areas = provinces.geometry.to_numpy()
    if len(areas) == 0:
        return [None] * len(polygons)
    tree = shapely.STRtree(areas)
    codes: list[str | None] = []
    for polygon in polygons:
        near = np.sort(tree.query(polygon, predicate="intersects"))
        shared = shapely.area(shapely.intersection(areas[near], polygon))
        codes.append(str(provinces["admin1_code"].iloc[near[int(shared.argmax())]]) if shared.any() else None)
    return codes
