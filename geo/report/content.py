"""Sections of a report: counts, province table, gaps in the records, method and bibliography."""

from typing import Any

import pandas as pd

from geo import __version__
from geo.admin.countries import drawn_notes
from geo.gazetteer.index import country_names
from geo.model import Kind
from geo.report.blocks import Block, Facts, Inline, Items, Link, Paragraph, Table
from geo.report.words import citation
from geo.stats.dataset import Period
from geo.stats.describe import Description, describe, period_words, sum_words
from geo.web.escape import http_url, without_password

NUMBERS = ("Incidents", "Deaths, low", "best", "high", "Without a figure", "Strongholds")
#: How an incident is placed, by what the areas are.
PLACING = {
    "province": "An incident counts in the province in force on its own date. One that is known to a country or region "
    "only counts in no province; it is listed as not placed.",
    "district": "An incident counts in the district of its place. One that is known to a province, country or region "
    "only counts in no district; it is listed as not placed.",
}
METHOD = (
    "A record belongs to every year from its first to its last day. One that began and of which no end is reported "
    "belongs to each year up to the last day for which a source attests it. One that is undated, or known only to be "
    "before a date, belongs to no year, only to all years together.",
    "Incidents are distinct ones: reports of one incident count once, as the most precise of them says, and statements "
    "that only sum up others do not count. All are listed.",
    "{place}",
    "Deaths are sums of the bounds that the incidents give: low of low, best of best, high of high. A sum has an upper "
    "bound only where every incident has one. An incident without any figure adds nothing and is counted apart: no "
    "figure is not zero.",
    "Reported totals are never added to incidents.",
    "A stronghold is what a source says a group had in an area; the level says who says so. It is no finding of ours.",
)


def describe_period(of: Period) -> Description:
    """Return the description of the period."""
    return describe(of.summary, of=of.dataset.incidents)


def headline(of: Period) -> Facts:
    """Return the totals of the period."""
    totals, level = of.summary.totals, of.dataset.level
    rows = (
        ("incidents", "Distinct incidents", f"{totals['incidents']:,} of {of.dataset.incidents:,}"),
        ("reports", "Reports of incidents", f"{totals['reports']:,}"),
        ("fatalities", "Deaths", sum_words(totals["fatalities"])),
        ("fatalities_unknown", "Incidents without a figure of deaths", f"{totals['fatalities_unknown']:,}"),
        ("provinces", f"{level.capitalize()}s with incidents", f"{len(totals['provinces']):,}"),
        ("unplaced", f"Incidents not placed in a {level}", f"{totals['unplaced']:,}"),
        ("undated", "Incidents without a date", f"{totals['undated']:,}"),
        ("before", "Incidents known only to be before a date", f"{totals['before']:,}"),
        ("strongholds", "Claimed strongholds", f"{totals['strongholds']:,}"),
        ("statistics", "Reported totals", f"{totals['statistics']:,}"),
    )
    return Facts(rows)


def province_table(of: Period) -> Table:
    """Return counts by province or district, most incidents first, then those of unplaced records, then of all."""
    level = of.dataset.level
    table = of.dataset.summary(of.years, ("admin1_code",)).table
    measures = [
        "incidents",
        "fatalities_low",
        "fatalities_best",
        "fatalities_high",
        "fatalities_unknown",
        "strongholds",
    ]
    placed = table.dropna(subset=["admin1_code"]).sort_values(
        ["incidents", "strongholds", "admin1_code"], ascending=[False, False, True]
    )
    placed = placed[placed[["incidents", "strongholds"]].sum(axis=1) > 0]
    rows = [
        (str(row["admin1_name"]), _country(row["country_code"]), *(_figure(row[name]) for name in measures))
        for _, row in placed.iterrows()
    ]
    elsewhere = table[table["admin1_code"].isna()]
    whole = table[measures].sum(skipna=False)
    rows.append((f"Not placed in a {level}", "", *(_figure(n) for n in elsewhere[measures].sum(skipna=False))))
    rows.append(("All", "", *(_figure(n) for n in whole)))
    caption = f"Incidents, deaths and claimed strongholds by {level}"
    return Table(caption, (level.capitalize(), "Country", *NUMBERS), tuple(rows), frozenset(range(2, 8)), totals=2)


def _figure(value: Any) -> str:
    return "no bound" if pd.isna(value) else f"{value:,}"


def _country(code: Any) -> str:
    return country_names().get(str(code), str(code))


def unknowns(of: Period, description: Description) -> list[Block]:
    """Return the gaps in the records: incidents not shown, and tables of precision and status."""
    incidents = of.records[(of.records["kind"] == Kind.INCIDENT).to_numpy(bool)]
    blocks: list[Block] = [Paragraph(description.missing)] if description.missing else []
    for column, name in (("geo_precision", "Place"), ("date_precision", "Date"), ("status", "Standing")):
        counts = incidents[column].fillna("not said").value_counts()
        rows = tuple((str(word), f"{counts[word]:,}") for word in sorted(counts.index, key=lambda w: (-counts[w], w)))
        blocks.append(Table(f"{name}: how well incidents are known", (name, "Incidents"), rows, frozenset({1})))
    blocks.append(
        Paragraph(
            f"The records are what these sources say, not a census. A {of.dataset.level} without incidents is one that "
            "they do not mention; that does not mean that it was calm."
        )
    )
    return blocks


def method(of: Period, title: str) -> list[Block]:
    """Return the counting rules, the version and digest, and the citation."""
    digest = of.dataset.digest
    period = period_words(of.years)
    return [
        Items((*(line.format(place=PLACING[of.dataset.level]) for line in METHOD), *drawn_notes(of.dataset.provinces))),
        Paragraph(
            f"Made with geo {__version__} from {len(of.dataset.records):,} records; fingerprint of records and "
            f"{of.dataset.level}s: {digest}. The same input gives the same report, byte for byte. Boundaries are "
            "approximate and imply no opinion on the status of any territory."
        ),
        Paragraph(f"Cite as: {title}. Period: {period}. Made with geo {__version__}, data {digest}."),
    ]


def bibliography(of: Period) -> list[Block]:
    """Return the cited sources, numbered as in the tables, with the number of records that cite each."""
    table = pd.DataFrame() if of.dataset.sources is None else of.dataset.sources
    known: dict[str, Any] = {row["source"]: row for row in table.astype(object).to_dict("records")}
    rows: list[Inline] = []
    for key in of.source_keys:
        n = sum(key in keys for keys in of.cited_by)
        count = f" {n:,} {'record' if n == 1 else 'records'}."
        if key not in known:
            rows.append(f"{key}.{count}")
            continue
        url = known[key]["url"]
        address = "" if pd.isna(url) else http_url(url) or without_password(url)
        rows.append((citation(known[key]), *((" ", Link(address, address)) if address else ()), count))
    anchors = tuple(f"source-{i}" for i in range(1, len(rows) + 1))
    return [Items(tuple(rows), anchors, numbered=True)] if rows else [Paragraph("The records name no sources.")]
