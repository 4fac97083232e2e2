"""Write the records in their one canonical form: sorted, one feature a line, province points in place.

What a person edits in ``data/incidents.geojson`` is left as it is, but for this: properties stand in the order of the
schema, those that are missing become null, false or an empty list, lists of links are sorted, a record known to a
province gets that province's label point and name, and records are sorted by first day, then id, undated ones last.

Usage: python tools/format_records.py [--check] [FILE]
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from geo.admin.provinces import in_force, label_points, read_provinces
from geo.days import LAST_DAY
from geo.model import COLUMNS, FLAG_COLUMNS, LIST_COLUMNS, GeoPrecision
from geo.write import write_text

FILE = Path(__file__).resolve().parent.parent / "data" / "incidents.geojson"
#: Five decimals are about a metre, finer than any gazetteer.
DECIMALS = 5


def formatted(text: str) -> str:
    """Return the canonical text of a file of records, byte for byte the same however often it is applied."""
    provinces = read_provinces()
    features = [_feature(feature, provinces) for feature in json.loads(text)["features"]]
    features.sort(key=lambda feature: _order(feature["properties"]))
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features)
    return '{"type":"FeatureCollection","features":[\n' + lines + "\n]}\n"


def _order(properties: dict[str, Any]) -> tuple[str, str]:
    return properties["date_start"] or LAST_DAY, properties["id"]


def _feature(feature: dict[str, Any], provinces: Any) -> dict[str, Any]:
    given = feature["properties"]
    if unknown := sorted(set(given) - set(COLUMNS)):
        raise SystemExit(f"{given.get('id')}: not in the schema: {', '.join(unknown)}")
    properties = {name: given.get(name, _empty(name)) for name in COLUMNS}
    for name in ("conflicts_with", "same_as"):
        properties[name] = sorted(properties[name])
    geometry = feature["geometry"]
    if code := properties["admin1_code"]:
        # A record without dates lies in the province of today or, where that has ended, in the last one of its code.
        day = properties["date_end"] or properties["date_start"]
        areas = provinces.loc[[code]]
        area = (in_force(areas, day) if day else areas).iloc[[-1]]
        properties["admin1_name"] = area["admin1_name"].iloc[0]
        if properties["geo_precision"] == GeoPrecision.PROVINCE:
            point = label_points(area).iloc[0]
            geometry = {"type": "Point", "coordinates": [point.x, point.y]}
    if geometry is not None:
        geometry = geometry | {"coordinates": [round(number, DECIMALS) for number in geometry["coordinates"]]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _empty(name: str) -> Any:
    if name in LIST_COLUMNS:
        return []
    return False if name in FLAG_COLUMNS else None


def main() -> None:
    """Format the file in place, or only say whether it is formatted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=FILE)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if the file would change")
    args = parser.parse_args()
    before = args.file.read_text(encoding="utf-8")
    after = formatted(before)
    if args.check:
        sys.exit(f"{args.file}: not in canonical form; run {Path(__file__).name}" if before != after else 0)
    if before != after:
        write_text(args.file, after)


if __name__ == "__main__":
    main()
