"""Invented polygons in the layouts of those who publish boundaries: five stripes over Turkmenistan."""

from pathlib import Path
from typing import Any

import geopandas as gpd
from shapely import Geometry, box

#: Provinces of Turkmenistan, and their codes of ISO 3166-2.
CODES = {"Balkan": "TM-B", "Ahal": "TM-A", "Dashoguz": "TM-D", "Mary": "TM-M", "Lebap": "TM-L"}
STRIPES = [box(52 + 3 * number, 35, 55 + 3 * number, 43) for number in range(5)]
#: Bouvet Island has no people, no provinces and so no names in any gazetteer.
NOBODYS = "BV"


def geoboundaries(level: int = 1) -> dict[str, list[Any]]:
    return {
        "shapeName": list(CODES),
        "shapeISO": list(CODES.values()) if level == 1 else [""] * 5,
        "shapeID": [f"8101B{number}" for number in range(5)],
        "shapeGroup": ["TKM"] * 5,
        "shapeType": [f"ADM{level}"] * 5,
    }


def cod(level: int = 1) -> dict[str, list[Any]]:
    table: dict[str, list[Any]] = {
        "ADM1_EN": list(CODES),
        "ADM1_PCODE": [f"TM{number:02}" for number in (2, 1, 3, 5, 4)],
        "ADM0_EN": ["Turkmenistan"] * 5,
        "ADM0_PCODE": ["TM"] * 5,
        "validOn": ["2019-11-26"] * 5,
    }
    if level == 2:
        table |= {
            "ADM2_EN": [f"District of {name}" for name in CODES],
            "ADM2_PCODE": [f"{code}01" for code in table["ADM1_PCODE"]],
        }
    return table


def gadm(level: int = 1) -> dict[str, list[Any]]:
    table: dict[str, list[Any]] = {
        "GID_0": ["TKM"] * 5,
        "COUNTRY": ["Turkmenistan"] * 5,
        "GID_1": [f"TKM.{number}_1" for number in (2, 1, 3, 5, 4)],
        "NAME_1": list(CODES),
        "HASC_1": ["TM.BA", "TM.AL", "TM.DA", "TM.MA", "TM.LE"],
        "ISO_1": ["TM-B", "NA", "NA", "TM-M", "NA"],
    }
    if level == 2:
        table |= {
            "GID_2": [f"{code[:-2]}.1_1" for code in table["GID_1"]],
            "NAME_2": [f"Etrap of {name}" for name in CODES],
        }
    return table


def natural_earth() -> dict[str, list[Any]]:
    return {
        "adm1_code": [f"TKM-{number}" for number in range(101, 106)],
        "iso_3166_2": ["TM-B", "TM-A", "TM-X01~", "TM-M", "TM-L"],
        "iso_a2": ["TM"] * 5,
        "adm0_a3": ["TKM"] * 5,
        "name": list(CODES),
    }


def own(codes: list[str] | None = None, country: str = "TM") -> dict[str, list[Any]]:
    codes = codes or list(CODES.values())
    names = list(CODES)[: len(codes)]
    return {"admin1_code": codes, "admin1_name": names, "country_code": [country] * len(codes)}


def write(
    path: Path, table: dict[str, list[Any]], shapes: list[Geometry] | None = None, crs: Any = "EPSG:4326"
) -> Path:
    """Write a table with one shape a row, in the format of the file's name; return the path."""
    shapes = STRIPES if shapes is None else shapes
    frame = gpd.GeoDataFrame(table, geometry=shapes, crs=crs)
    if path.suffix == ".parquet":
        frame.to_parquet(path)
    else:
        frame.to_file(path)
    return path
