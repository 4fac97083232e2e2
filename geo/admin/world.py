"""The polygons that come with geo: seven countries in fine outlines, all others in one GeoParquet file."""

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

import pandas as pd
import pyarrow.parquet as pq
import shapely

from geo.admin.province_files import read_files
from geo.model import DRAWN_COLUMNS, PROVINCE_COLUMNS
from geo.resources import data_path

#: Countries whose outlines come in files of their own; they win over the polygons of the world.
FINE = ("AF", "IR", "PK", "RU", "TJ", "TM", "UZ")


class Country(NamedTuple):
    """What is drawn of a country.

    Attributes
    ----------
    code, name : str
        ISO 3166-1 alpha-2 code and English name.
    level : str
        What its units are called in English; "" where that is not known.
    drawn, iso : int
        Number of units drawn as of today, and in ISO 3166-2 today at this level.
    vintage : str
        ``today``, the day since when some unit is out of date, or ``coarser`` where units are drawn as one.
    note : str
        What a map has to say of them, in a clause; "" where they are as they are today.
    faults : str
        How what is drawn differs from ISO 3166-2 of today, unit by unit; "" where it does not.
    box : tuple of float
        West, south, east and north bound, in degrees.
    """

    code: str
    name: str
    level: str
    drawn: int
    iso: int
    vintage: str
    note: str
    faults: str
    box: tuple[float, float, float, float]


@cache
def shipped_countries() -> Mapping[str, Country]:
    """Return what is drawn of each country, by code."""
    with data_path("provinces", "countries.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            Country(
                row["country_code"],
                row["country_name"],
                row["level"],
                int(row["drawn"]),
                int(row["iso"]),
                row["vintage"],
                row["note"],
                row["faults"],
                (float(row["west"]), float(row["south"]), float(row["east"]), float(row["north"])),
            )
            for row in csv.DictReader(file)
        ]
    return {row.code: row for row in rows}


def available_countries() -> list[str]:
    """Return the ISO 3166-1 alpha-2 codes of the countries with polygons in geo, sorted."""
    return sorted(shipped_countries())


def read_shipped(countries: Iterable[str]) -> pd.DataFrame:
    """Return the rows of some countries: `PROVINCE_COLUMNS`, `DRAWN_COLUMNS` and ``geometry``, in no fixed order.

    Parameters
    ----------
    countries : iterable of str
        Countries without polygons are left out.
    """
    wanted = set(countries)
    frames = []
    if fine := sorted(wanted & set(FINE)):
        frames.append(read_files([data_path("provinces", f"{country}.geojson") for country in fine], checked=True))
    if others := sorted(wanted & set(_row_groups())):
        frames.append(_read_world(others))
    return pd.concat(frames) if frames else _read_world([])


@cache
def _row_groups() -> dict[str, int]:
    """Return the row group of each country in world.parquet."""
    metadata = pq.read_metadata(data_path("provinces", "world.parquet"))
    column = metadata.schema.to_arrow_schema().get_field_index("country_code")
    return {metadata.row_group(n).column(column).statistics.min: n for n in range(metadata.num_row_groups)}


def _read_world(countries: list[str]) -> pd.DataFrame:
    columns = [*PROVINCE_COLUMNS, *DRAWN_COLUMNS]
    with pq.ParquetFile(data_path("provinces", "world.parquet")) as file:
        table = file.read_row_groups([_row_groups()[country] for country in countries], columns=[*columns, "geometry"])
    frame: pd.DataFrame = table.select(columns).to_pandas().astype(dict.fromkeys(columns, "string"))
    frame["geometry"] = shapely.from_wkb(table.column("geometry").to_numpy())
    return frame
