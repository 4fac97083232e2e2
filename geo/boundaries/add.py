"""Add polygons of another project: read, check, code and store them in the user's data folder."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame

from geo.admin.provinces import in_force, read_provinces
from geo.admin.user_provinces import AddedSet, source_codes, write_set
from geo.boundaries.codes import assign_codes
from geo.boundaries.coverage import make_coverage
from geo.boundaries.districts import assign_provinces, district_codes
from geo.boundaries.files import read_file
from geo.boundaries.layouts import Layout, recognise
from geo.boundaries.shapes import to_polygons, to_wgs84
from geo.boundaries.towns import place_towns
from geo.boundaries.units import dissolve, keep_rows, of_country, read_units
from geo.days import LAST_DAY
from geo.errors import DataError, UsageError
from geo.gazetteer.index import country_names
from geo.model import CRS, PROVINCE_COLUMNS

#: Files that belong to a shapefile.
_SHAPEFILE = (".shp", ".shx", ".dbf", ".prj", ".cpg")


@dataclass(frozen=True)
class Added:
    """Polygons that have been added.

    Attributes
    ----------
    about : AddedSet
        What is stored with them.
    path : Path
        The file in the user's data folder.
    notes : list of str
        How the file was read, and what was mended or decided unit by unit.
    codes : dict of str to str
        Names of the units by their codes.
    """

    about: AddedSet
    path: Path
    notes: list[str]
    codes: dict[str, str]

    def lines(self) -> list[str]:
        """Return the report as lines of text."""
        about = self.about
        country = country_names().get(about.country_code, about.country_code)
        return [
            *self.notes,
            f"{about.count()} of {country} ({about.country_code}) added: {about.citation()}",
            f"stored in {self.path}; geo provinces remove {about.country_code} takes them out again",
        ]


def add_provinces(
    path: str | Path,
    *,
    country: str | None = None,
    level: int | None = None,
    code_column: str | None = None,
    name_column: str | None = None,
    where: Mapping[str, str] | None = None,
    layer: str | None = None,
    crs: str | None = None,
    licence: str | None = None,
    source: str | None = None,
    vintage: str | int | None = None,
    simplify_outlines: bool = True,
) -> Added:
    """Add the provinces or districts of a country from any file of polygons.

    They are stored in the user's data folder and used by all functions and commands in place of the provinces of that
    country that come with geo.

    Parameters
    ----------
    path : path
        GeoJSON, GeoPackage, zipped shapefile, GeoParquet, TopoJSON or another format of GDAL. The columns of
        geoBoundaries, COD-AB, GADM, Natural Earth and `read_provinces` are recognised.
    country : str, optional
        ISO 3166-1 code or English name; needed if the file holds several countries, or does not name its own.
    level : {1, 2}, optional
        1 for provinces, 2 for districts; by default what the rows of the file are. Districts are dissolved into the
        provinces that their columns name.
    code_column, name_column : str, optional
        Columns of codes and names, in place of those that are recognised.
    where : mapping of str to str, optional
        Keep the rows in which these columns have these values.
    layer : str, optional
        Layer of the file, or file in a zip archive.
    crs : str, optional
        Reference system of the coordinates, ``"EPSG:32630"`` for example, if the file states none.
    licence, source, vintage : str, optional
        Shown with every map of these polygons; ``vintage`` is a year or a date.
    simplify_outlines : bool, default True
        Whether to simplify outlines of more than 100,000 coordinates.

    Returns
    -------
    Added

    Raises
    ------
    MissingFileError, UsageError
        If the file, or what an argument names in it, does not exist.
    CRSError
        If the coordinates are not degrees and nothing says what they are.
    DataError
        If the file cannot be read, or its units cannot be used; all faults are named.
    OutputError
        If the result cannot be written.
    """
    path = Path(path)
    dated = _vintage(vintage)
    frame, notes = read_file(path, layer, level)
    frame = keep_rows(frame, list((where or {}).items()))
    layout = recognise(frame, level=level, code_column=code_column, name_column=name_column)
    notes.insert(0, f"layout: {layout.name}; level {layout.level}; columns {', '.join(layout.columns())}")
    code, units, found = of_country(read_units(frame, layout), country)
    notes += found
    units, found = _shapes(frame.loc[units.index], units, crs, simplify_outlines)
    notes += found
    tolerance = units.attrs.get("tolerance_m")
    result, found = (_provinces if layout.level == 1 else _districts)(code, units)
    notes += found
    about = AddedSet(
        country_code=code,
        level=layout.level,
        units=len(result),
        layout=layout.name,
        file=path.name,
        sha256=_digest(path),
        source=_one_line(source) or layout.source,
        licence=_one_line(licence) or layout.licence,
        vintage=dated or _dated(frame.loc[units.index], layout),
        tolerance_m=tolerance,
    )
    if about.licence is None:
        notes.append("no licence stated; give it with --licence, so that maps can show it")
    names = dict(zip(result.iloc[:, 0].astype(str), result.iloc[:, 1].astype(str), strict=True))
    return Added(about, write_set(result, about), notes, names)


def _shapes(
    frame: GeoDataFrame, units: pd.DataFrame, crs: str | None, simplify_outlines: bool
) -> tuple[pd.DataFrame, list[str]]:
    """Return the units, dissolved, with polygons that form a coverage; every fault of the shapes is named."""
    frame, notes = to_wgs84(frame, crs)
    labels = [f"row {row}" if pd.isna(name) else f"row {row} {name}" for row, name in units["unit_name"].items()]
    polygons, found, faults = to_polygons(frame, labels)
    notes += found
    usable = np.array([polygon is not None and not polygon.is_empty for polygon in polygons])
    units, found, more = dissolve(units[usable], polygons[usable])
    notes += found
    faults += more
    tolerance = None
    # Vintages of a unit overlap: each set in force is a coverage of its own.
    if not units["valid_from"].notna().any() and not units["valid_to"].notna().any():
        names = units["unit_name"].fillna("a unit without a name").tolist()
        coverage = make_coverage(units["geometry"].to_numpy(), names, simplify=simplify_outlines and not faults)
        notes += coverage.notes
        faults += coverage.faults
        tolerance = coverage.tolerance_m
        units["geometry"] = coverage.polygons
    if faults:
        raise DataError("; ".join(faults))
    units.attrs["tolerance_m"] = tolerance
    return units, notes


def _provinces(country: str, units: pd.DataFrame) -> tuple[GeoDataFrame, list[str]]:
    towns = place_towns(country, units["geometry"].to_numpy())
    codes, notes, faults = assign_codes(country, units, towns)
    if faults:
        raise DataError("; ".join(faults))
    units = units.assign(admin1_code=codes, admin1_name=units["unit_name"])
    return _stored(units, PROVINCE_COLUMNS), towns.notes + notes


def _districts(country: str, units: pd.DataFrame) -> tuple[GeoDataFrame, list[str]]:
    try:
        known = in_force(read_provinces(countries=[country]), LAST_DAY)
    except UsageError:  # geo has none of it
        known = read_provinces().iloc[:0]
    polygons = units["geometry"].to_numpy()
    codes, notes, faults = assign_provinces(country, units, polygons, known, source_codes(country))
    if faults:
        raise DataError("; ".join(faults))
    towns = place_towns(country, polygons)
    notes += towns.notes + towns.against(units["unit_name"].tolist(), codes)
    units = units.assign(admin2_code=district_codes(units, codes), admin2_name=units["unit_name"], admin1_code=codes)
    return _stored(units, ("admin2_code", "admin2_name", "admin1_code", *PROVINCE_COLUMNS[2:])), notes


def _stored(units: pd.DataFrame, columns: tuple[str, ...]) -> GeoDataFrame:
    words = [*columns, "source_code"]
    table: dict[str, Any] = {name: units[name].astype("string") for name in words}
    frame = GeoDataFrame(table, geometry=units["geometry"].to_numpy(), crs=CRS)
    return frame.sort_values([columns[0], "valid_from"], na_position="first", kind="stable").reset_index(drop=True)


def _vintage(vintage: str | int | None) -> str | None:
    if vintage is None:
        return None
    if not re.fullmatch(r"(1[5-9]|20)\d\d(-\d\d(-\d\d)?)?", str(vintage)):
        raise UsageError(f"--vintage {vintage}: must be a year such as 2021, or a date such as 2021-05-31")
    return str(vintage)


def _one_line(text: str | None) -> str | None:
    return " ".join(text.split()) if text else None


def _dated(frame: GeoDataFrame, layout: Layout) -> str | None:
    """Return the latest date that the rows state."""
    if layout.dated is None:
        return None
    days = pd.to_datetime(frame[layout.dated].astype("string"), errors="coerce", format="mixed", utc=True).dropna()
    return str(days.max().date()) if len(days) else None


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file; of all files of a shapefile or a folder, in the order of their names."""
    files = [path]
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.is_file())
    elif path.suffix.lower() == ".shp":
        files = sorted(file for file in path.parent.glob(f"{path.stem}.*") if file.suffix.lower() in _SHAPEFILE)
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as content:
            while block := content.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()
