"""Tables of records: every incident, stronghold and reported total with its sources."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from geo.gazetteer.index import country_names
from geo.model import Clarity, Kind
from geo.report.blocks import Block, Link, Paragraph, Table
from geo.report.words import cited, date_words, figure_words, parties, place_words, plain_words
from geo.stats.dataset import Period
from geo.stats.distinct import COUNTS_AS

#: Most records of a kind listed in a report; for more, use an export.
LISTED = 1000


def incident_table(of: Period) -> list[Block]:
    """Return every incident with date, place, deaths and sources."""
    records = of.of_kind(Kind.INCIDENT)
    rows = tuple(
        (
            date_words(record),
            place_words(record, country_names()),
            _what(
                record,
                parties(record),
                record["event_type"],
                None if record["status"] == "stated" else record["status"],
                _standing(record),
            ),
            figure_words(*(record[f"fatalities_{bound}"] for bound in ("low", "best", "high"))) or "not said",
            source_links(record, of),
        )
        for record in records[:LISTED]
    )
    return _limited(Table("Incidents by date", ("Date", "Place", "What", "Deaths", "Sources"), rows), len(records))


def _standing(record: Mapping[str, Any]) -> str | None:
    """Return why a record counts as no incident of its own, if it does not."""
    if record[COUNTS_AS]:
        return None
    return (
        "sums up other reports, not counted" if record["clarity"] == Clarity.UMBRELLA else "counted as another report"
    )


def stronghold_table(of: Period) -> list[Block]:
    """Return every claimed stronghold with its tier and sources."""
    records = of.of_kind(Kind.STRONGHOLD)
    rows = tuple(
        (
            plain_words(record["group"]),
            plain_words(record["role"]),
            place_words(record, country_names()),
            date_words(record),
            plain_words(record["tier"]),
            _what(record),
            source_links(record, of),
        )
        for record in records[:LISTED]
    )
    header = ("Group", "What", "Place", "Date", "Level", "Record", "Sources")
    return _limited(Table("Claimed strongholds by date", header, rows), len(records))


def statistic_table(of: Period) -> list[Block]:
    """Return every reported total."""
    records = of.of_kind(Kind.STATISTIC)
    rows = tuple(
        (
            date_words(record),
            place_words(record, country_names()),
            plain_words(record["measure"]) or plain_words(record["title"]),
            _amount(record["value"], plain_words(record["unit"])),
            source_links(record, of),
        )
        for record in records[:LISTED]
    )
    header = ("Period", "Area", "What is counted", "Figure", "Sources")
    return _limited(Table("Totals that sources report; never added to incidents", header, rows), len(records))


def _amount(value: Any, unit: str) -> str:
    if pd.isna(value):
        return "words only"
    number = f"{int(value):,}" if value == int(value) else f"{value:,}"
    return f"{number} {unit}".strip()


def _limited(table: Table, n: int) -> list[Block]:
    more = f"The first {LISTED:,} of {n:,} are listed; geo export writes them all."
    return [table, Paragraph(more)] if n > LISTED else [table]


def _what(record: Mapping[str, Any], *details: Any) -> str:
    given = "; ".join(str(detail) for detail in details if detail is not None and not pd.isna(detail) and detail)
    description = plain_words(record["description"])
    return ". ".join(part.rstrip(".") for part in (plain_words(record["title"]), given, description) if part) + "."


def source_links(record: Mapping[str, Any], of: Period) -> tuple[str | Link, ...]:
    """Return the sources of a record as numbers linked to the bibliography, with their paragraphs."""
    parts: list[str | Link] = []
    for key, paragraph in cited(record):
        number = of.source_keys.index(key) + 1
        parts += [", "] if parts else []
        parts.append(Link(f"[{number}]", f"#source-{number}"))
        parts += [f" ¶ {paragraph}"] if paragraph else []
    return tuple(parts)
