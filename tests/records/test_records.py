"""The shipped records against their schema, the reading log, the tables of totals and facts read in the articles."""

import csv
import importlib.util
import json
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import shapely

import geo
from geo.admin.provinces import in_force, label_points
from geo.model import (
    COLUMNS,
    COUNT_COLUMNS,
    FLAG_COLUMNS,
    LIST_COLUMNS,
    PLACED,
    SIDE_COLUMNS,
    SOURCE_COLUMNS,
    TEXT_COLUMNS,
    Role,
    Status,
    Tier,
)

ROOT = Path(__file__).resolve().parent.parent.parent
FILE = ROOT / "data" / "incidents.geojson"
LINES = FILE.read_text(encoding="utf-8").splitlines()
FEATURES = json.loads("\n".join(LINES))["features"]
RECORDS = {feature["properties"]["id"]: feature["properties"] for feature in FEATURES}
POINTS = {feature["properties"]["id"]: feature["geometry"] for feature in FEATURES}
KINDS = ("incident", "stronghold", "statistic")


def _tables(file: str) -> dict[tuple[str, ...], list[list[str]]]:
    """Return the tables of a Markdown file: heading and header cells -> rows of cells."""
    tables: dict[tuple[str, ...], list[list[str]]] = {}
    heading, current = "", None
    for line in (ROOT / file).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            heading = line.lstrip("# ")
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] if line.startswith("|") else None
        if cells is None:
            current = None
        elif current is None:
            current = tables.setdefault((heading, *cells), [])
        elif set("".join(cells)) != {"-"}:
            current.append(cells)
    return tables


NOTES = _tables("docs/reading-notes.md")
README = _tables("data/README.md")
PARAGRAPHS = {key: int(n) for key, _, n in NOTES["The articles", "source", "file", "paragraphs"]}


def test_every_record_reads_as_one() -> None:
    assert len(RECORDS) == len(FEATURES) >= 160
    assert LINES[0] == '{"type":"FeatureCollection","features":['
    assert LINES[-1] == "]}"
    assert [json.loads(line.removesuffix(",")) for line in LINES[1:-1]] == FEATURES


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_properties_are_those_of_the_schema(record: dict[str, Any]) -> None:
    assert tuple(record) == COLUMNS
    for names, kinds in (
        (TEXT_COLUMNS, (str, type(None))),
        ((*COUNT_COLUMNS, *SIDE_COLUMNS), (int, type(None))),
        (FLAG_COLUMNS, (bool,)),
        (LIST_COLUMNS, (list,)),
        (("value",), (int, float, type(None))),
    ):
        assert all(type(record[name]) in kinds for name in names)
    assert all(record[name] is None or record[name].strip() == record[name] != "" for name in TEXT_COLUMNS)
    assert record["title"]
    assert record["description"]
    assert record["status"] in set(Status)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", record["id"])
    if record["kind"] == "stronghold":
        assert record["id"].startswith("stronghold-")
        assert record["group"]
        assert record["role"] in set(Role)
        assert record["tier"] in set(Tier)
    elif record["kind"] == "statistic":
        assert record["id"].startswith("statistic-")
        assert record["value"] is not None or "hundreds" in record["description"].lower()
        assert record["unit"]
        assert record["measure"]
        assert not any(record[name] for name in COUNT_COLUMNS)
    else:
        assert record["kind"] == "incident"
        assert record["group"] is record["role"] is record["tier"] is record["value"] is None
        assert re.match(r"\d{4}-|incident-", record["id"])


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_dates_agree_with_their_precision(record: dict[str, Any]) -> None:
    start, end = (date.fromisoformat(text) if (text := record[name]) else None for name in ("date_start", "date_end"))
    match record["date_precision"]:
        case "unknown":
            assert start is end is None
            assert not record["date_inferred"]
        case "range":
            assert start or end
            assert not (start and end) or start < end
        case word:
            first = {"day": lambda day: day, "month": lambda day: day.replace(day=1)}.get(
                word, lambda day: day.replace(month=1, day=1)
            )
            after = end + timedelta(days=1)
            assert start == first(start) == first(end)
            assert word == "day" or after == first(after)
    assert record["note"] or not record["date_inferred"], "what was inferred must be explained"


def test_figures_are_in_order() -> None:
    for record in RECORDS.values():
        for what in ("fatalities", "injuries"):
            given = [n for end in ("low", "best", "high") if (n := record[f"{what}_{end}"]) is not None]
            assert given == sorted(given)
            assert all(n > 0 for n in given)


def test_links_are_mutual_and_explained() -> None:
    for record in RECORDS.values():
        for name in ("conflicts_with", "same_as"):
            assert record["id"] not in record[name]
            assert sorted(set(record[name])) == record[name]
            assert all(record["id"] in RECORDS[other][name] for other in record[name])
        assert record["note"] or not record["conflicts_with"]


def test_parties_deny_and_claim_where_the_status_says_so() -> None:
    for record in RECORDS.values():
        assert record["claimed_by"] or record["status"] != "claimed"
        assert bool(record["denied_by"]) == (record["status"] == "denied")


def test_sources_are_listed_with_their_files() -> None:
    with (ROOT / "data" / "sources.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == SOURCE_COLUMNS
    assert [[row["source"], row["file"]] for row in rows] == [
        [key, file] for key, file, _ in NOTES["The articles", "source", "file", "paragraphs"]
    ]
    assert PARAGRAPHS == {
        "oneindia-2021": 14,
        "iskp-alliances": 30,
        "gvs-iskp-revival": 23,
        "ali-survival-dilemma": 134,
        "ttp-largest-group": 15,
    }


def test_every_record_cites_paragraphs_that_exist() -> None:
    for record in RECORDS.values():
        cited = [(entry["source"], entry["paragraph"]) for entry in record["sources"]]
        assert cited
        assert len(set(cited)) == len(cited)
        assert all(list(entry) == ["source", "paragraph"] for entry in record["sources"])
        assert all(1 <= paragraph <= PARAGRAPHS[source] for source, paragraph in cited)


@pytest.mark.parametrize("source", PARAGRAPHS)
def test_reading_log_names_the_records_of_every_paragraph(source: str) -> None:
    log = NOTES[source, "paragraph", "records", "read"]
    assert [int(number) for number, _, _ in log] == list(range(1, PARAGRAPHS[source] + 1))
    for number, ids, read in log:
        cite = {
            record["id"]
            for record in RECORDS.values()
            if {"source": source, "paragraph": int(number)} in record["sources"]
        }
        assert set(re.findall(r"`([^`]+)`", ids)) == cite, f"paragraph {number}"
        assert read


def test_totals_are_those_written_in_the_reading_notes() -> None:
    by_source = Counter(
        (key, record["kind"]) for record in RECORDS.values() for key in {entry["source"] for entry in record["sources"]}
    )
    by_kind = Counter(record["kind"] for record in RECORDS.values())
    by_province = Counter((record["admin1_code"] or "none", record["kind"]) for record in RECORDS.values())
    for name, counted in (("source", by_source), ("province", by_province)):
        written = NOTES["Totals", name, *KINDS, "all"]
        assert {row[0] for row in written} == {key for key, _ in counted}
        for key, *numbers in written:
            expected = [counted[key, kind] for kind in KINDS]
            assert [int(number) for number in numbers] == [*expected, sum(expected)], key
    assert {kind: int(number) for kind, number in NOTES["Totals", "kind", "records"]} == by_kind
    cited = {key.strip("`"): int(number) for key, _, number in README["Sources", "key", "citation", "records"]}
    assert cited == {key: sum(by_source[key, kind] for kind in KINDS) for key in PARAGRAPHS}
    assert f"{len(RECORDS)} records" in (ROOT / "data" / "README.md").read_text(encoding="utf-8")


def test_points_come_from_the_province_or_the_gazetteer() -> None:
    provinces = geo.read_provinces()
    header = ("place", "GeoNames name", "GeoNames id", "longitude", "latitude", "read from")
    gazetteer = {(float(row[3]), float(row[4])): row[0] for row in README["Where the points come from", *header]}
    used = set()
    for key, record in RECORDS.items():
        if record["geo_precision"] not in PLACED:
            assert POINTS[key] is None
            assert record["admin1_code"] is record["admin1_name"] is record["admin2_name"] is None
            continue
        assert POINTS[key]["type"] == "Point"
        lonlat = tuple(POINTS[key]["coordinates"])
        vintage = provinces.loc[[record["admin1_code"]]]
        if day := record["date_end"] or record["date_start"]:
            vintage = in_force(vintage, day)
        area = vintage.iloc[[-1]]
        assert area["admin1_name"].item() == record["admin1_name"]
        assert area.geometry.iloc[0].covers(shapely.Point(lonlat)), key
        if record["geo_precision"] == "province":
            assert lonlat == tuple(label_points(area).get_coordinates().iloc[0])
            assert record["admin2_name"] is None
        else:
            used.add(gazetteer[lonlat])
            assert (record["geo_precision"] == "district") == (record["admin2_name"] is not None)
    assert used == set(gazetteer.values())


def test_records_are_valid_and_in_canonical_form() -> None:
    incidents = geo.read_incidents(FILE)
    assert [str(issue) for issue in geo.validate(incidents)] == []
    assert list(RECORDS) == sorted(RECORDS, key=lambda key: (RECORDS[key]["date_start"] or "9999", key))
    tool = _tool()
    text = FILE.read_text(encoding="utf-8")
    scattered = {"type": "FeatureCollection", "features": [_bare(feature) for feature in reversed(FEATURES)]}
    assert tool.formatted(json.dumps(scattered)) == text


def _bare(feature: dict[str, Any]) -> dict[str, Any]:
    """Return a record as a person might add it: keys in any order, nothing that can be filled in."""
    given = {name: value for name, value in reversed(feature["properties"].items()) if value not in (None, [], False)}
    given.pop("admin1_name", None)
    return feature | {
        "properties": given,
        "geometry": None if given["geo_precision"] == "province" else feature["geometry"],
    }


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("format_records", ROOT / "tools" / "format_records.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
