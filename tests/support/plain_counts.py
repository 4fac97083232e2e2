"""Counts of the shipped records in plain Python, from the GeoJSON alone, by the rules of docs/design.md."""

import json
from collections.abc import Iterable
from typing import Any

from geo.resources import data_path

Record = dict[str, Any]
Years = tuple[int, int] | None
BOUNDS = ("low", "best", "high")
#: Finest first: of linked records that tell of one event, the first by these orders counts.
PLACES = ("site", "city", "district", "province", "country", "region", "unknown")
KINDS_OF_DATE = ("at", "within", "throughout", "since", "by", "unknown")
PRECISIONS = ("day", "month", "year", "range", "unknown")


def records() -> list[Record]:
    """Return the properties of the shipped records, in file order."""
    features = json.loads(data_path("incidents.geojson").read_text("utf-8"))["features"]
    return [feature["properties"] for feature in features]


def every_year(of: Iterable[Record]) -> list[int]:
    """Return all years from the first to the last that a record belongs to."""
    spans = [span for record in of if (span := in_years(record))]
    return list(range(min(first for first, _ in spans), max(last for _, last in spans) + 1))


def in_years(record: Record) -> tuple[int, int] | None:
    """Return the first and last year that a record belongs to; None where it belongs to none."""
    if record["date_kind"] in ("by", "unknown"):
        return None
    # Every shipped record that has a beginning has an end, or a day to which it is attested.
    return int(record["date_start"][:4]), int(record["date_end"][:4])


def selected(of: list[Record], years: Years) -> list[Record]:
    """Return the records of a period, all of them for None."""
    if years is None:
        return of
    return [record for record in of if (span := in_years(record)) and span[0] <= years[1] and span[1] >= years[0]]


def counting_ids(of: list[Record]) -> set[str]:
    """Return the ids of the records that count: no umbrella, and one of those that tell of one event."""
    known = {record["id"]: record for record in of if record["clarity"] != "umbrella"}
    left, ids = set(known), set()
    while left:
        group, reached = set(), {min(left)}
        while reached:
            group |= reached
            links = {(one, other) for one in reached for other in known[one]["same_as"] if other in known}
            reached = {other for one, other in links if known[one]["kind"] == known[other]["kind"]} - group
        left -= group
        ids.add(min(group, key=lambda key: _order(known[key])))
    return ids


def _order(record: Record) -> tuple[Any, ...]:
    silent = record["kind"] == "incident" and all(record[f"fatalities_{bound}"] is None for bound in BOUNDS)
    return (
        PLACES.index(record["geo_precision"]),
        KINDS_OF_DATE.index(record["date_kind"]),
        PRECISIONS.index(record["date_precision"]),
        silent,
        record["id"],
    )


def counted(years: Years) -> dict[str, Any]:
    """Return the totals of a period under the names that ``geo.totals`` gives them."""
    of = records()
    once = counting_ids(of)
    chosen = [record for record in selected(of, years) if record["id"] in once]
    incidents = [record for record in chosen if record["kind"] == "incident"]
    figures = [[record[f"fatalities_{bound}"] for bound in BOUNDS] for record in incidents]
    sums = [sum(figure[n] or 0 for figure in figures) for n in range(3)]
    is_open = sum(figure[2] is None for figure in figures)
    where: dict[str, dict[str, int]] = {}
    for record in incidents:
        if record["admin1_code"]:
            here = where.setdefault(record["admin1_code"], {"incidents": 0, "fatalities_best": 0})
            here["incidents"] += 1
            here["fatalities_best"] += record["fatalities_best"] or 0
    all_incidents = [record for record in of if record["id"] in once and record["kind"] == "incident"]
    return {
        "incidents": len(incidents),
        "reports": sum(record["kind"] == "incident" for record in selected(of, years)),
        "strongholds": sum(record["kind"] == "stronghold" for record in chosen),
        "statistics": sum(record["kind"] == "statistic" for record in chosen),
        "unplaced": sum(not record["admin1_code"] for record in incidents),
        "undated": sum(record["date_kind"] == "unknown" for record in all_incidents),
        "before": sum(record["date_kind"] == "by" for record in all_incidents),
        "fatalities": {"low": sums[0], "best": sums[1], "high": None if is_open else sums[2]},
        "fatalities_open": is_open,
        "fatalities_unknown": sum(figure == [None] * 3 for figure in figures),
        "provinces": where,
    }


def sum_in_words(fatalities: dict[str, int | None]) -> str:
    """Return a sum of deaths as captions and reports write it."""
    if fatalities["high"] is not None:
        return "low {low:,}, best {best:,}, high {high:,}".format(**fatalities)
    least = f"at least {fatalities['low']:,}, " if fatalities["low"] else ""
    return f"{least}best {fatalities['best']:,}, no upper bound"
