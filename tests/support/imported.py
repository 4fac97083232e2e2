"""Import made-up rows and hand back what came of them; one event in the columns of UCDP GED and of GTD, invented."""

import csv
from pathlib import Path
from typing import Any

import geopandas as gpd

import geo
from geo.admin.provinces import read_provinces
from geo.importing.report import ImportReport
from geo.importing.run import import_file

PROVINCES = read_provinces()
UCDP = {
    "id": "501", "year": "2017", "type_of_violence": "1", "dyad_name": "A - B", "side_a": "Group A",
    "side_b": "Group B", "where_prec": "1", "where_coordinates": "Achin town", "adm_1": "Nangarhar province",
    "adm_2": "Achin district", "latitude": "34.1258", "longitude": "70.7003", "country": "Afghanistan",
    "date_prec": "1", "date_start": "2017-07-31", "date_end": "2017-07-31", "best": "2", "high": "4", "low": "2",
}  # fmt: skip
GTD = {
    "eventid": "202108260001", "iyear": "2021", "imonth": "8", "iday": "26", "country": "4",
    "country_txt": "Afghanistan", "provstate": "Kabul", "city": "Kabul", "latitude": "34.5659", "longitude": "69.2124",
    "specificity": "1", "attacktype1": "3", "attacktype1_txt": "Bombing/Explosion", "targtype1": "4",
    "targtype1_txt": "Military", "target1": "A gate", "gname": "Group A", "nkill": "17", "nwound": "9",
}  # fmt: skip

Imported = tuple[ImportReport, gpd.GeoDataFrame, list[dict[str, str]]]


def write_csv(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def bring_in(folder: Path, rows: list[dict[str, str]], **options: Any) -> Imported:
    """Import rows of text; return the report, the records by id, and the rows set aside. The records are valid."""
    target = folder / "out.parquet"
    report = import_file(write_csv(folder / "in.csv", rows), target, provinces=PROVINCES, **options)
    records = geo.read_incidents(target)
    assert geo.validate(records, provinces=PROVINCES) == []
    rejected: list[dict[str, str]] = []
    if report.rejected_path:
        with report.rejected_path.open(newline="", encoding="utf-8") as file:
            rejected = list(csv.DictReader(file))
    assert report.read == len(rows) == len(records) + len(rejected)
    return report, records, rejected


def renamed(row: dict[str, str], **names: str) -> dict[str, str]:
    """Return a row with other names of columns."""
    return {names.get(name, name): value for name, value in row.items()}


def without(row: dict[str, str], *names: str) -> dict[str, str]:
    """Return a row without some columns."""
    return {name: value for name, value in row.items() if name not in names}
