"""The commands that a guide prints, and the files that it takes to be there."""

import csv
import gzip
import re
import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
from event_rows import ACLED
from polygon_files import write

import geo


def commands(guide: str) -> list[str]:
    """Return the lines of the blocks that are to be typed, in the order printed."""
    return [line for block in re.findall(r"```sh\n(.*?)```", guide, re.DOTALL) for line in block.splitlines() if line]


def write_inputs(guide: str, folder: Path) -> None:
    """Write the files that a guide shows, and small ones by the names of those that it takes the reader to have."""
    for name, content in re.findall(r"`([\w.]+)`[^`]*:\n\n```(?:json|csv|markdown)\n(.*?)```", guide, re.DOTALL):
        (folder / name).write_text(content, encoding="utf-8")
    with (folder / "acled.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, ACLED)
        table.writeheader()
        table.writerow(ACLED)
    (folder / "update.csv.gz").write_bytes(gzip.compress((folder / "acled.csv").read_bytes()))
    (folder / "table.csv").write_text("day,where,what\n2021-08-26,Jalalabad,Something\n")
    (folder / "places.csv").write_text("place\nJalalabad\n")
    (folder / "article.txt").write_text("On 26 August 2021 a bomb killed at least 13 people in Kabul.\n")
    for name in re.findall(r"^geo provinces add (\S+)", guide, re.MULTILINE):
        if not (folder / name).exists():
            _polygons(folder / name)


def _polygons(path: Path) -> None:
    """Write the provinces of Mali in the layout of the publisher who gives their files such a name."""
    mali = geo.read_provinces(countries=["ML"])
    names, codes = list(mali["admin1_name"]), list(mali.index)
    n = len(mali)
    layouts: dict[str, dict[str, list[Any]]] = {
        "geoBoundaries": {"shapeName": names, "shapeISO": codes, "shapeID": [f"1B{i}" for i in range(n)],
                          "shapeGroup": ["MLI"] * n, "shapeType": [f"ADM{2 if '-ADM2' in path.name else 1}"] * n},
        "mli_adm": {"ADM1_EN": names, "ADM1_PCODE": [f"ML{i:02}" for i in range(1, n + 1)], "ADM0_EN": ["Mali"] * n,
                    "ADM0_PCODE": ["ML"] * n},
        "gadm": {"GID_0": ["MLI"] * n, "COUNTRY": ["Mali"] * n, "GID_1": [f"MLI.{i}_1" for i in range(1, n + 1)],
                 "NAME_1": names},
        "ne_": {"iso_3166_2": codes, "iso_a2": ["ML"] * n, "adm0_a3": ["MLI"] * n, "name": names},
    }  # fmt: skip
    (table,) = (table for start, table in layouts.items() if path.name.startswith(start))
    shapes = list(gpd.GeoSeries(mali.geometry))
    if path.suffix != ".zip":
        write(path, table, shapes)
        return
    write(path.with_suffix(".shp"), table, shapes)
    with zipfile.ZipFile(path, "w") as archive:
        for part in sorted(path.parent.glob(f"{path.stem}.*")):
            if part != path:
                archive.write(part, part.name)
                part.unlink()
