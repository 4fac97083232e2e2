"""Rows of a file of polygons -> one row a unit: filtered, of one country, units of several rows dissolved."""

import re
from typing import Any

import pandas as pd
import shapely
from geopandas import GeoDataFrame

from geo.boundaries.layouts import Layout
from geo.columns import as_text, null_text
from geo.errors import DataError, UsageError
from geo.gazetteer.countries import country_codes
from geo.gazetteer.index import country_names
from geo.gazetteer.prominent import admin1_name

ISO_CODE = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
#: Columns of a table of units.
UNIT_COLUMNS = (
    "unit_name", "iso", "source_code", "country_code", "parent_code", "parent_name", "valid_from", "valid_to",
)  # fmt: skip
#: Codes of Natural Earth that are not those of ISO 3166-1.
_COUNTRIES = {"SDS": "SS", "PSX": "PS", "KOS": "XK", "XKO": "XK", "SOL": "SO", "CYN": "CY", "SAH": "EH"}
#: Rows without a name may be left out up to this share of the area.
_NAMELESS = 0.01
#: Most countries, or values of a column, named in a message.
_SHOWN = 12


def keep_rows(frame: GeoDataFrame, conditions: list[tuple[str, str]]) -> GeoDataFrame:
    """Return the rows in which each of some columns has a value.

    Raises
    ------
    UsageError
        If there is no such column, or no such row.
    """
    for column, value in conditions:
        if column not in frame.columns or column == "geometry":
            known = ", ".join(name for name in frame.columns if name != "geometry")
            raise UsageError(f"--filter {column}={value}: there is no such column; there are {known}")
        words = as_text(frame[column])
        rows = frame[words.eq(value).fillna(False).to_numpy(dtype=bool)]
        if rows.empty:
            raise UsageError(f"--filter {column}={value}: no row has this value; there are {_some(words)}")
        frame = rows
    return frame


def read_units(frame: GeoDataFrame, layout: Layout) -> pd.DataFrame:
    """Return the columns of units, all as text, with the row numbers of the file as index."""
    used = {
        "unit_name": layout.unit_name,
        "iso": layout.iso,
        "source_code": layout.source_code,
        "parent_code": layout.parent_code,
        "parent_name": layout.parent_name,
        "valid_from": "valid_from" if layout.vintages and "valid_from" in frame else None,
        "valid_to": "valid_to" if layout.vintages and "valid_to" in frame else None,
    }
    units = pd.DataFrame(
        {name: as_text(frame[column]) if column else null_text(frame.index) for name, column in used.items()}
    )
    names = units["unit_name"].map(_unscrambled, na_action="ignore").astype("string")
    units["unit_name"] = names.str.replace(r"\s+", " ", regex=True)
    # Natural Earth marks codes of its own by a tilde; -99 and NA are missing values of Natural Earth and GADM.
    units["iso"] = units["iso"].str.upper()
    units["iso"] = units["iso"].where(units["iso"].str.fullmatch(ISO_CODE.pattern).fillna(False))
    units["country_code"] = _countries(frame, layout, units["iso"])
    return units


def _countries(frame: GeoDataFrame, layout: Layout, iso: pd.Series) -> pd.Series:
    """Return the country of each row: by the columns of the layout in their order, then by the ISO 3166-2 code."""
    found = null_text(frame.index)
    for column in layout.countries:
        words = as_text(frame[column])
        codes = words.map(_COUNTRIES, na_action="ignore").astype("string")
        found = found.fillna(codes.fillna(country_codes(words.mask(words.isin(["-99", "-1"])))))
    return found.fillna(iso.str[:2])


def of_country(units: pd.DataFrame, country: str | None) -> tuple[str, pd.DataFrame, list[str]]:
    """Return the rows of one country.

    Parameters
    ----------
    units : DataFrame
    country : str or None
        ISO 3166-1 alpha-2 or alpha-3 code or English name; by default the only one of the file.

    Returns
    -------
    country : str
        ISO 3166-1 alpha-2.
    units : DataFrame
    notes : list of str

    Raises
    ------
    UsageError
        If the country is not known.
    DataError
        If it must be named, or the file has no row of it.
    """
    code = None
    if country is not None:
        code = country_codes(pd.Series([country], dtype="string")).iloc[0]
        if not isinstance(code, str):
            raise UsageError(f"--country {country}: is not a country; give an ISO 3166-1 code such as ML")
    stated = units["country_code"]
    if not stated.notna().any():
        if code is None:
            raise DataError("the file does not say of which country its units are; give it with --country")
        return code, units.assign(country_code=code), []
    if code is None:
        if stated.dropna().nunique() > 1:
            raise DataError(
                f"the file holds units of {stated.dropna().nunique()} countries, {_some(stated)}; choose one with "
                "--country"
            )
        code = str(stated.dropna().iloc[0])
        return code, units.assign(country_code=code), []
    rows = units[stated.eq(code).fillna(False).to_numpy(dtype=bool)]
    if rows.empty:
        raise DataError(f"--country {code}: the file holds no unit of it; it has {_some(stated)}")
    left = len(units) - len(rows)
    name = country_names().get(code, code)
    return code, rows, [f"{left:,} rows of other countries than {name} left out"] if left else []


def dissolve(units: pd.DataFrame, polygons: Any) -> tuple[pd.DataFrame, list[str], list[str]]:
    """Merge the rows of each unit: those that share code and name, or the name if there is no code.

    Parameters
    ----------
    units : DataFrame, shape (n,)
    polygons : array of Polygon or MultiPolygon, shape (n,)

    Returns
    -------
    units : DataFrame, shape (m,)
        With the column ``geometry``.
    notes, faults : list of str
        What was merged; codes that rows of different names share.
    """
    units = units.assign(geometry=polygons)
    units["unit_name"] = units["unit_name"].fillna(units["iso"].map(admin1_name, na_action="ignore"))
    units, notes, faults = _without_nameless(units)
    # A vintage of a unit is a row of its own.
    key = units["source_code"].fillna(units["iso"]).fillna(units["unit_name"]).fillna("")
    key += "\0" + units["valid_from"].fillna("") + "\0" + units["valid_to"].fillna("")
    merged = []
    for _, rows in units.groupby(key, sort=False):
        first = rows.iloc[0].copy()
        names = list(dict.fromkeys(rows["unit_name"].dropna()))
        code = first["source_code"] if pd.notna(first["source_code"]) else first["iso"]
        if len(names) > 1:
            numbers = ", ".join(map(str, rows.index))
            faults.append(f"{code}: rows {numbers} share this code but not the name: {', '.join(names)}")
        elif len(rows) > 1 and names:
            notes.append(f"{names[0]}: {len(rows)} rows dissolved into one unit")
        if len(rows) > 1:
            first["geometry"] = shapely.union_all(rows["geometry"].to_numpy())
        merged.append(first)
    return pd.DataFrame(merged), notes, faults


def _without_nameless(units: pd.DataFrame) -> tuple[pd.DataFrame, list[str], list[str]]:
    """Leave out rows without a name, such as the islets of Natural Earth; larger ones are a fault."""
    nameless = units["unit_name"].isna().to_numpy(dtype=bool)
    area = shapely.area(units["geometry"].to_numpy())
    labels = [
        f"row {row}: has no name, at {shape.representative_point().x:.2f} {shape.representative_point().y:.2f}"
        for row, shape in units.loc[nameless, "geometry"].items()
    ]
    if area[nameless].sum() > _NAMELESS * area.sum():
        return units, [], [f"{label}; is another column that of names?" for label in labels]
    return units[~nameless], [f"{label}; left out" for label in labels], []


def _some(words: pd.Series) -> str:
    found = sorted(set(words.dropna()))
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return ", ".join(found[:_SHOWN]) + more if found else "only empty cells"


def _unscrambled(name: str) -> str:
    """Undo reading UTF-8 as Latin-1, as happens to shapefiles that do not state their encoding."""
    for encoding in ("latin-1", "cp1252") if not name.isascii() else ():
        try:
            return name.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return name
