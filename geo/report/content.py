"""What a report says: the same numbers as the map, every record with its sources, and what is not known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
from babel import Locale
from geopandas import GeoDataFrame

from geo import __version__
from geo.describe import Description, describe, period_words
from geo.digest import digest
from geo.model import Kind
from geo.report.blocks import Block, Facts, Heading, Inline, Items, Link, Paragraph, Table
from geo.report.words import citation, cited, date_words, figure_words, parties, place_words
from geo.summarise import Years, select_years, summarise, totals

#: Records of a kind that a report lists; more belong into an export.
LISTED = 1000
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


@dataclass(frozen=True)
class Material:
    """What a report is written from.

    Attributes
    ----------
    located, provinces : GeoDataFrame
        All records, and provinces of every vintage.
    sources : DataFrame or None
    years : (first, last) or None
    """

    located: GeoDataFrame
    provinces: GeoDataFrame
    sources: pd.DataFrame | None
    years: Years | None

    @cached_property
    def selected(self) -> GeoDataFrame:
        """The records of the period."""
        return select_years(self.located, self.years)

    def of_kind(self, kind: Kind) -> list[dict[str, Any]]:
        """Return the records of the period of one kind, by date, undated ones last."""
        records = self.selected[(self.selected["kind"] == kind).to_numpy(bool)]
        order = records["date_start"].fillna(records["date_end"])
        return _rows(records.iloc[order.reset_index(drop=True).sort_values(kind="stable").index])

    @cached_property
    def keys(self) -> list[str]:
        """The sources that records of the period cite, in the order of the list of sources, others by name."""
        used = {key for record in _rows(self.selected) for key, _ in cited(record)}
        known = [] if self.sources is None else [key for key in self.sources["source"] if key in used]
        return [*known, *sorted(used - set(known))]

    @cached_property
    def countries(self) -> Mapping[str, str]:
        """Names of countries by code."""
        names: Mapping[str, str] = Locale("en").territories
        return names


def _rows(records: pd.DataFrame) -> list[dict[str, Any]]:
    plain = pd.DataFrame(records.drop(columns="geometry"))
    return [{str(k): v for k, v in row.items()} for row in plain.astype(object).to_dict("records")]


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


def incident_table(of: Material) -> list[Block]:
    """Return every incident with date, place, deaths and sources."""
    records = of.of_kind(Kind.INCIDENT)
    rows = tuple(
        (
            date_words(record),
            place_words(record, of.countries),
            _what(
                record,
                parties(record),
                record["event_type"],
                None if record["status"] == "stated" else record["status"],
            ),
            figure_words(*(record[f"fatalities_{bound}"] for bound in ("low", "best", "high"))) or "not said",
            _sources(record, of.keys),
        )
        for record in records[:LISTED]
    )
    return _limited(Table("Incidents by date", ("Date", "Place", "What", "Deaths", "Sources"), rows), len(records))


def stronghold_table(of: Material) -> list[Block]:
    """Return every claimed stronghold with who says so."""
    records = of.of_kind(Kind.STRONGHOLD)
    rows = tuple(
        (
            _plain(record["group"]),
            _plain(record["role"]),
            place_words(record, of.countries),
            date_words(record),
            _plain(record["tier"]),
            _what(record),
            _sources(record, of.keys),
        )
        for record in records[:LISTED]
    )
    header = ("Group", "What", "Place", "Date", "Level", "Record", "Sources")
    return _limited(Table("Claimed strongholds by date", header, rows), len(records))


def statistic_table(of: Material) -> list[Block]:
    """Return every reported total."""
    records = of.of_kind(Kind.STATISTIC)
    rows = tuple(
        (
            date_words(record),
            place_words(record, of.countries),
            _plain(record["measure"]) or _plain(record["title"]),
            _amount(record["value"], _plain(record["unit"])),
            _sources(record, of.keys),
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
    said = "; ".join(str(detail) for detail in details if detail is not None and not pd.isna(detail) and detail)
    description = _plain(record["description"])
    return ". ".join(part.rstrip(".") for part in (_plain(record["title"]), said, description) if part) + "."


def _sources(record: Mapping[str, Any], keys: Sequence[str]) -> Inline:
    parts: list[str | Link] = []
    for key, paragraph in cited(record):
        number = keys.index(key) + 1
        parts += [", "] if parts else []
        parts.append(Link(f"[{number}]", f"#source-{number}"))
        parts += [f" ¶ {paragraph}"] if paragraph else []
    return tuple(parts)


def disagreements(of: Material) -> list[Block]:
    """Return records that cannot both be right, each group of them once, with both sides and what was made of it."""
    records = {record["id"]: record for record in _rows(of.located)}
    inside = {record["id"] for record in _rows(of.selected)}
    blocks: list[Block] = []
    for ids in groups({key: record["conflicts_with"] for key, record in records.items()}):
        if not inside & set(ids):
            continue
        members = [records[key] for key in ids]
        items = tuple(_member(record, of, outside=record["id"] not in inside) for record in members)
        notes = list(dict.fromkeys(_plain(record["note"]) for record in members if _plain(record["note"])))
        blocks += [Heading(_plain(members[0]["title"]), 3), Items(items), *(Paragraph(note) for note in notes)]
    same = [ids for ids in groups({key: record["same_as"] for key, record in records.items()}) if inside & set(ids)]
    if same:
        blocks += [
            Heading("Records that may be one event, or one of which is part of another", 3),
            Items(tuple("; ".join(_plain(records[key]["title"]) for key in ids) for ids in same)),
        ]
    return blocks or [Paragraph("No records of this period are known to contradict each other.")]


def _member(record: Mapping[str, Any], of: Material, *, outside: bool) -> Inline:
    figure = figure_words(*(record[f"fatalities_{bound}"] for bound in ("low", "best", "high")))
    deaths = f", deaths: {figure}" if figure else ""
    known = _sources(record, of.keys) if not outside else ()
    where = " (outside this period)" if outside else ""
    return (f"{_plain(record['title'])}: {date_words(record)}{deaths}{where} ", *known)


def groups(links: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Return ids that are linked with each other, directly or through others; links to unknown ids are left out.

    Groups stand in the order of their first id, ids in the order of ``links``.
    """
    root = {key: key for key in links}

    def find(key: str) -> str:
        while root[key] != key:
            key = root[key]
        return key

    for key, others in links.items():
        for other in others:
            if other in root:
                root[find(other)] = find(key)
    found: dict[str, list[str]] = {}
    for key in links:
        found.setdefault(find(key), []).append(key)
    return [ids for ids in found.values() if len(ids) > 1]


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
    used = [{key for key, _ in cited(record)} for record in _rows(of.selected)]
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


def _plain(value: Any) -> str:
    return "" if value is None or pd.isna(value) else str(value)
