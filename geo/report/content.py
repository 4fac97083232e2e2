"""What a report says: the same numbers as the map, every record with its sources, and what is not known."""

from typing import Any

import pandas as pd

from geo import __version__
from geo.model import Kind
from geo.report.blocks import Block, Facts, Inline, Items, Link, Paragraph, Table
from geo.report.material import Material, rows_of
from geo.report.words import citation, cited
from geo.stats.describe import Description, describe, period_words
from geo.stats.digest import digest
from geo.stats.summary import summarise, totals

NUMBERS = ("Incidents", "Deaths, low", "best", "high", "Without a figure", "Strongholds")
METHOD = (
    "A record touches every year from its first to its last day, and belongs to a period if it touches it; a record "
    "without a date belongs to none, only to all years together.",
    "An incident counts in the province in force on its own date. One that is known to a country or region only "
    "counts in no province; it is listed as not placed.",
    "Deaths are sums of the bounds that each record gives: low of low, best of best, and high of high, or of best or "
    "low where there is no higher figure. A record without any figure adds nothing and is counted apart: no figure is "
    "not zero.",
    "Reported totals are never added to incidents. Records that may be one event each count, and are named as such.",
    "A stronghold is what a source says a group had in an area; the level says who says so. It is no finding of ours.",
)


def describe_material(of: Material) -> Description:
    """Return the description of the period."""
    everything = int((of.located["kind"] == Kind.INCIDENT).sum())
    return describe(summarise(of.located, of.provinces, years=of.years), of=everything)


def headline(of: Material) -> Facts:
    """Return the numbers of the period."""
    said = totals(of.located, of.years)
    deaths = said["fatalities"]
    everything = int((of.located["kind"] == Kind.INCIDENT).sum())
    rows = (
        ("incidents", "Incidents", f"{said['incidents']:,} of {everything:,}"),
        (
            "fatalities",
            "Deaths, low – best – high",
            " – ".join(f"{deaths[bound]:,}" for bound in ("low", "best", "high")),
        ),
        ("fatalities_unknown", "Incidents without a figure of deaths", f"{said['fatalities_unknown']:,}"),
        ("provinces", "Provinces with incidents", f"{len(said['provinces']):,}"),
        ("unplaced", "Incidents not placed in a province", f"{said['unplaced']:,}"),
        ("undated", "Incidents without a date", f"{said['undated']:,}"),
        ("strongholds", "Claimed strongholds", f"{said['strongholds']:,}"),
        ("statistics", "Reported totals", f"{said['statistics']:,}"),
    )
    return Facts(rows)


def province_table(of: Material) -> Table:
    """Return counts by province, most incidents first, then what is not placed, then all."""
    table = summarise(of.located, of.provinces, by="admin1_code", years=of.years)
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
        (str(row["admin1_name"]), _country(of, row["country_code"]), *(f"{row[name]:,}" for name in measures))
        for _, row in placed.iterrows()
    ]
    elsewhere = table[table["admin1_code"].isna()][measures].sum()
    rows.append(("Not placed in a province", "", *(f"{n:,}" for n in elsewhere)))
    rows.append(("All", "", *(f"{n:,}" for n in table[measures].sum())))
    caption = "Incidents, deaths and claimed strongholds by province"
    return Table(caption, ("Province", "Country", *NUMBERS), tuple(rows), frozenset(range(2, 8)), totals=2)


def _country(of: Material, code: Any) -> str:
    return of.countries.get(str(code), str(code))


def unknowns(of: Material, said: Description) -> list[Block]:
    """Return what the records leave open."""
    incidents = of.selected[(of.selected["kind"] == Kind.INCIDENT).to_numpy(bool)]
    blocks: list[Block] = [Paragraph(said.missing)] if said.missing else []
    for column, name in (("geo_precision", "Place"), ("date_precision", "Date"), ("status", "Standing")):
        counts = incidents[column].fillna("not said").value_counts()
        rows = tuple((str(word), f"{counts[word]:,}") for word in sorted(counts.index, key=lambda w: (-counts[w], w)))
        blocks.append(Table(f"{name}: how well incidents are known", (name, "Incidents"), rows, frozenset({1})))
    blocks.append(
        Paragraph(
            "The records are what these sources say, not a census. A province without incidents is one that they do "
            "not mention; that does not mean that it was calm."
        )
    )
    return blocks


def method(of: Material, title: str) -> list[Block]:
    """Return how the numbers were made, what they rest on, and how to cite them."""
    print_of = digest(of.located, of.provinces)
    period = period_words(of.years)
    return [
        Items(METHOD),
        Paragraph(
            f"Made with geo {__version__} from {len(of.located):,} records; fingerprint of records and provinces: "
            f"{print_of}. The same input gives the same report, byte for byte. Boundaries are approximate and imply no "
            "opinion on the status of any territory."
        ),
        Paragraph(f"Cite as: {title}. Period: {period}. Made with geo {__version__}, data {print_of}."),
    ]


def bibliography(of: Material) -> list[Block]:
    """Return the sources cited, numbered as in the tables, with the records that rest on each."""
    table = pd.DataFrame() if of.sources is None else of.sources
    known: dict[str, Any] = {row["source"]: row for row in table.astype(object).to_dict("records")}
    used = [{key for key, _ in cited(record)} for record in rows_of(of.selected)]
    rows: list[Inline] = []
    for key in of.keys:
        n = sum(key in keys for keys in used)
        count = f" {n:,} {'record' if n == 1 else 'records'}."
        if key not in known:
            rows.append(f"{key}.{count}")
            continue
        url = known[key]["url"]
        rows.append((citation(known[key]), *(() if pd.isna(url) else (" ", Link(str(url), str(url)))), count))
    anchors = tuple(f"source-{i}" for i in range(1, len(rows) + 1))
    return [Items(tuple(rows), anchors, numbered=True)] if rows else [Paragraph("The records name no sources.")]
