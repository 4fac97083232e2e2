"""Polygons that the user has added: where they are kept, read, written, listed and removed."""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
from geopandas import GeoDataFrame

from geo.errors import DataError, MissingFileError, OutputError
from geo.model import CRS, PROVINCE_COLUMNS
from geo.resources import user_data_folder
from geo.write import atomic_path

#: Folder of each level below the user's data folder, and the columns of its files.
FOLDERS = {1: "provinces", 2: "districts"}
DISTRICT_COLUMNS = ("admin2_code", "admin2_name", "admin1_code", "country_code", "valid_from", "valid_to")
_COLUMNS = {1: PROVINCE_COLUMNS, 2: DISTRICT_COLUMNS}
#: Key of `AddedSet` in the metadata of a file.
_KEY = b"geo_added"


@dataclass(frozen=True)
class AddedSet:
    """What is known of a set of polygons that the user has added.

    Attributes
    ----------
    country_code : str
        ISO 3166-1 alpha-2.
    level : {1, 2}
        1: provinces; 2: districts.
    units : int
    layout : str
        Whose layout the file has, ``geoBoundaries`` for example.
    file : str
        Name of the file that was added.
    sha256 : str
        Its digest, in hexadecimal.
    source, licence, vintage : str or None
        As the user or the file states them; None where neither does.
    tolerance_m : int or None
        Tolerance of the simplification, in metres; None if the outlines are those of the file.
    """

    country_code: str
    level: int
    units: int
    layout: str
    file: str
    sha256: str
    source: str | None = None
    licence: str | None = None
    vintage: str | None = None
    tolerance_m: int | None = None

    def count(self) -> str:
        """Return the number of units in words: ``9 provinces``."""
        kind = FOLDERS[self.level]
        return f"{self.units:,} {kind if self.units != 1 else kind.removesuffix('s')}"

    def citation(self) -> str:
        """Return source, vintage and licence as one phrase, for the attribution of a map."""
        source = self.source or self.file
        dated = f"{source}, {self.vintage}" if self.vintage else source
        return f"{dated} ({self.licence or 'licence not stated'})"


def user_provinces() -> dict[str, Path]:
    """Return the files of provinces that the user has added, by country code."""
    return _files(1)


def user_districts() -> dict[str, Path]:
    """Return the files of districts that the user has added, by country code."""
    return _files(2)


def read_user_provinces(country: str) -> GeoDataFrame:
    """Read the provinces that the user has added for a country.

    Parameters
    ----------
    country : str
        ISO 3166-1 alpha-2 code, one of `user_provinces`.

    Returns
    -------
    GeoDataFrame, shape (n,)
        EPSG:4326, columns `PROVINCE_COLUMNS` and ``geometry``, sorted by code; the unnamed index holds the codes.

    Raises
    ------
    MissingFileError
        If the user has added none for the country.
    DataError
        If the file is damaged.
    """
    return _read(country, 1)


def read_user_districts(country: str) -> GeoDataFrame:
    """Read the districts that the user has added for a country.

    Parameters
    ----------
    country : str
        ISO 3166-1 alpha-2 code, one of `user_districts`.

    Returns
    -------
    GeoDataFrame, shape (n,)
        EPSG:4326, columns `DISTRICT_COLUMNS` and ``geometry``, sorted by code; the unnamed index holds the codes.
        ``admin1_code`` is the province that holds the district.

    Raises
    ------
    MissingFileError
        If the user has added none for the country.
    DataError
        If the file is damaged.
    """
    return _read(country, 2)


def source_codes(country: str) -> dict[str, str]:
    """Return the codes of the provinces that the user has added for a country, by their codes in the source."""
    if (path := _files(1).get(country)) is None:
        return {}
    try:
        table = pq.read_table(path, columns=["source_code", "admin1_code"]).to_pylist()
    except Exception as error:
        raise _damaged(path, " ".join(str(error).split())[:200]) from error
    return {row["source_code"]: row["admin1_code"] for row in table if row["source_code"]}


def added_sets(countries: Iterable[str] | None = None) -> list[AddedSet]:
    """Return what is known of each set that the user has added: provinces, then districts, by country.

    Parameters
    ----------
    countries : iterable of str, optional
        Keep the sets of these countries; for the attribution of a map, those that it draws.

    Raises
    ------
    DataError
        If a file is damaged.
    """
    wanted = None if countries is None else set(countries)
    paths = [path for level in FOLDERS for code, path in _files(level).items() if wanted is None or code in wanted]
    return [about_set(path) for path in paths]


def with_user_provinces(shipped: pd.DataFrame, countries: Iterable[str] | None = None) -> pd.DataFrame:
    """Replace the shipped provinces of each country for which the user has added provinces.

    Parameters
    ----------
    shipped : DataFrame
        Columns `PROVINCE_COLUMNS` and ``geometry``; others are null in the rows of the user.
    countries : iterable of str, optional
        Only the sets of these countries are read.
    """
    wanted = None if countries is None else set(countries)
    added = [country for country in user_provinces() if wanted is None or country in wanted]
    if not added:
        return shipped
    kept = shipped[~shipped["country_code"].isin(added)]
    rows: pd.DataFrame = pd.concat([kept, *(read_user_provinces(country) for country in added)], ignore_index=True)
    return rows


def write_set(frame: GeoDataFrame, about: AddedSet) -> Path:
    """Write a set of polygons into the user's data folder, in place of the set of the same country and level.

    Parameters
    ----------
    frame : GeoDataFrame
        EPSG:4326, the columns of its level, ``source_code`` and ``geometry``.
    about : AddedSet

    Returns
    -------
    Path
        The file. The same frame and description give the same bytes.

    Raises
    ------
    OutputError
        If it cannot be written; a set that was there is then unchanged.
    """
    path = user_data_folder() / FOLDERS[about.level] / f"{about.country_code}.parquet"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"{path.parent}: cannot be created: {error.strerror}; name another folder in GEO_DATA"
        ) from error
    with atomic_path(path) as part:
        frame.reset_index(drop=True).to_parquet(part, compression="zstd")
        table = pq.read_table(part)
        words = json.dumps(asdict(about), ensure_ascii=False, sort_keys=True).encode("utf-8")
        table = table.replace_schema_metadata({**(table.schema.metadata or {}), _KEY: words})
        pq.write_table(table, part, compression="zstd")
    return path


def remove_sets(country: str, levels: Iterable[int] = FOLDERS) -> list[Path]:
    """Remove the sets that the user has added for a country.

    Returns
    -------
    list of Path
        The files removed.

    Raises
    ------
    MissingFileError
        If there are none.
    OutputError
        If a file cannot be removed.
    """
    paths = [path for level in levels if (path := _files(level).get(country))]
    if not paths:
        raise MissingFileError(f"no polygons of {country} have been added; there are {_known(*FOLDERS)}")
    for path in paths:
        try:
            path.unlink()
        except OSError as error:
            raise OutputError(f"{path}: cannot be removed: {error.strerror}") from error
    return paths


def _files(level: int) -> dict[str, Path]:
    folder = user_data_folder() / FOLDERS[level]
    return {path.stem: path for path in sorted(folder.glob("*.parquet")) if re.fullmatch("[A-Z]{2}", path.stem)}


def _known(*levels: int) -> str:
    return ", ".join(f"{code} ({FOLDERS[level]})" for level in levels for code in _files(level)) or "none"


def _read(country: str, level: int) -> GeoDataFrame:
    path = _files(level).get(country)
    if path is None:
        raise MissingFileError(
            f"no {FOLDERS[level]} of {country} have been added; there are {_known(level)}: geo provinces add"
        )
    columns = _COLUMNS[level]
    try:
        frame = gpd.read_parquet(path)[[*columns, "geometry"]]
    except Exception as error:
        raise _damaged(path, " ".join(str(error).split())[:200]) from error
    code = columns[0]
    if len(frame) == 0 or frame[code].isna().any() or not frame["country_code"].eq(country).all():
        raise _damaged(path, f"its rows are not {FOLDERS[level]} of {country}")
    if frame.crs is None or not frame.crs.equals(CRS):
        raise _damaged(path, f"it is not in {CRS}")
    frame = frame.astype(dict.fromkeys(columns, "string"))
    frame = frame.sort_values([code, "valid_from"], na_position="first", kind="stable").set_index(code, drop=False)
    frame.index = frame.index.astype(str).rename(None)
    return frame


def about_set(path: Path) -> AddedSet:
    """Return what is known of the set in a file of the user's data folder.

    Raises
    ------
    DataError
        If the file is damaged.
    """
    try:
        return AddedSet(**json.loads((pq.read_schema(path).metadata or {})[_KEY]))
    except Exception as error:  # whatever a damaged file makes its library raise
        raise _damaged(path, " ".join(str(error).split())[:200]) from error


def _damaged(path: Path, fault: str) -> DataError:
    return DataError(
        f"{path}: is not a file of geo provinces add: {fault}; remove it with geo provinces remove {path.stem}, "
        "then add the polygons again"
    )
