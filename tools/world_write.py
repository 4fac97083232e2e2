"""Write the units of the world: a GeoParquet file and the table of countries."""

import csv
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pycountry
import shapely
from world_evidence import Level
from world_units import Unit, plain

from geo.model import PROVINCE_COLUMNS

BOX = ("xmin", "ymin", "xmax", "ymax")
COUNTRY_COLUMNS = (
    *("country_code", "country_name", "level", "drawn", "iso", "vintage", "note", "faults"),
    *("west", "south", "east", "north"),
)


def write_world(path: Path, units: Sequence[Unit]) -> None:
    """Write GeoParquet 1.1: a row group for each country, a bbox column, zstd."""
    rows = sorted(units, key=lambda unit: (unit.country_code, unit.admin1_code))
    columns = {
        name: pa.array([getattr(unit, name, "") or None for unit in rows], pa.string()) for name in PROVINCE_COLUMNS
    }
    for name in ("superseded", "note"):
        columns[name] = pa.array([getattr(unit, name) or None for unit in rows], pa.string())
    columns["holds"] = pa.array([" ".join(unit.holds) or None for unit in rows], pa.string())
    geometry = np.array([unit.geometry for unit in rows], dtype=object)
    bounds = shapely.bounds(geometry)
    box = [pa.array(bounds[:, number].astype("float32")) for number in range(4)]
    # Rounded outwards: a float32 box holds the polygon.
    columns["bbox"] = pa.StructArray.from_arrays(
        [
            pa.array(np.nextafter(values.to_numpy(), np.float32(-np.inf if number < 2 else np.inf)))
            for number, values in enumerate(box)
        ],
        names=list(BOX),
    )
    columns["geometry"] = pa.array(shapely.to_wkb(geometry, byte_order=1, flavor="iso").tolist(), pa.binary())
    west, south, east, north = bounds[:, 0].min(), bounds[:, 1].min(), bounds[:, 2].max(), bounds[:, 3].max()
    about = {
        "version": "1.1.0",
        "primary_column": "geometry",
        "columns": {
            "geometry": {
                "encoding": "WKB",
                "geometry_types": ["MultiPolygon", "Polygon"],
                "bbox": [west, south, east, north],
                "covering": {"bbox": {side: ["bbox", side] for side in BOX}},
            }
        },
    }
    made = pa.table(columns).replace_schema_metadata({"geo": json.dumps(about)})
    starts = [
        number for number, unit in enumerate(rows) if not number or unit.country_code != rows[number - 1].country_code
    ]
    with pq.ParquetWriter(
        path,
        made.schema,
        compression="zstd",
        compression_level=19,
        use_dictionary=["country_code", "valid_from", "valid_to", "superseded"],
        write_statistics=["country_code", "bbox.xmin", "bbox.ymin", "bbox.xmax", "bbox.ymax"],
    ) as writer:
        for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
            writer.write_table(made.slice(start, end - start), row_group_size=end - start)
    print(f"{path.name}: {len(rows)} units of {len(starts)} countries, {path.stat().st_size / 1e6:.2f} MB")


def write_countries(
    path: Path, units: Sequence[Unit], levels: Mapping[str, Level], table: Mapping[str, dict[str, str]]
) -> None:
    """Write one row a country: what is drawn, what ISO 3166-2 has today, and how they differ."""
    by_country = defaultdict(list)
    for unit in units:
        by_country[unit.country_code].append(unit)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COUNTRY_COLUMNS)
        for country, drawn in sorted(by_country.items()):
            name = country_name(country)
            level = levels.get(country)
            codes = level.codes if level else set()
            held = {code for unit in drawn for code in unit.holds}
            missing = sorted(codes - held - {unit.admin1_code for unit in drawn})
            faults = _faults(drawn)
            if missing:
                faults.append("no polygon for " + ", ".join(f"{level.names[code]} ({code})" for code in missing))
            old = [unit for unit in drawn if unit.holds]
            vintage = min((unit.superseded for unit in old if unit.superseded), default="coarser") if old else "today"
            box = shapely.total_bounds([unit.geometry for unit in drawn])
            # Rounded outwards, so that the box holds the country.
            sides = [*np.floor(box[:2] * 100) / 100, *np.ceil(box[2:] * 100) / 100]
            word = table.get(country, {}).get("word", "") or (level.word if level else "")
            writer.writerow(
                [
                    country,
                    name,
                    word,
                    len(drawn),
                    len(codes),
                    vintage,
                    _note(drawn, [level.names[code] for code in missing]),
                    "; ".join(faults),
                    *map("{:g}".format, sides),
                ]
            )


def _faults(drawn: Sequence[Unit]) -> list[str]:
    """Return what has changed since the units were drawn, each change once with the units that it concerns."""
    by_change = defaultdict(list)
    for unit in drawn:
        if unit.holds:
            inside = ", ".join(code for code in unit.holds if code != unit.admin1_code)
            by_change[unit.superseded, unit.change].append(f"{unit.admin1_name} ({unit.admin1_code}) holds {inside}")
    return [
        f"{change} ({since}), drawn as before: {'; '.join(units)}"
        if change and since
        else f"{change or 'drawn as one'}: {'; '.join(units)}"
        for (since, change), units in sorted(by_change.items())
    ]


def _note(drawn: Sequence[Unit], missing: Sequence[str]) -> str:
    """Return the faults of a country in a sentence without an end, short enough for a map."""
    changes = sorted({(unit.superseded, unit.change) for unit in drawn if unit.holds and unit.change})
    said = [
        f"drawn as before {since}, when {change}" if since else f"drawn as before {change}" for since, change in changes
    ]
    if coarse := [unit.admin1_name for unit in drawn if unit.holds and not unit.change]:
        said.append(f"several units of today drawn as one: {_listed(coarse)}")
    if missing:
        said.append(f"no polygon for {_listed(missing)}")
    return "; ".join(said)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) <= 3 else f"{', '.join(names[:2])} and {len(names) - 2} others"


def country_name(code: str) -> str:
    """Return the English name of a country in common use."""
    if code == "XK":
        return "Kosovo"
    known = pycountry.countries.get(alpha_2=code)
    return getattr(known, "common_name", None) or plain(known.name)
