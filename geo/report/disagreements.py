"""Records that contradict each other, with the notes on them, and records that may be the same event."""

from collections.abc import Mapping, Sequence
from typing import Any

from geo.report.blocks import Block, Heading, Inline, Items, Paragraph
from geo.report.tables import source_links
from geo.report.words import date_words, figure_words, plain_words
from geo.stats.dataset import Period, dicts


def disagreements(of: Period) -> list[Block]:
    """Return each group of contradicting records with their notes, then the groups that may be one event."""
    records = {record["id"]: record for record in dicts(of.dataset.records)}
    inside = set(of.records["id"])
    blocks: list[Block] = []
    for ids in groups({key: record["conflicts_with"] for key, record in records.items()}):
        if not inside & set(ids):
            continue
        members = [records[key] for key in ids]
        items = tuple(_member(record, of, outside=record["id"] not in inside) for record in members)
        notes = list(dict.fromkeys(plain_words(record["note"]) for record in members if plain_words(record["note"])))
        blocks += [Heading(plain_words(members[0]["title"]), 3), Items(items), *(Paragraph(note) for note in notes)]
    same = [ids for ids in groups({key: record["same_as"] for key, record in records.items()}) if inside & set(ids)]
    if same:
        blocks += [
            Heading("Records that may be one event, or one of which is part of another", 3),
            Items(tuple("; ".join(plain_words(records[key]["title"]) for key in ids) for ids in same)),
        ]
    return blocks or [Paragraph("No records of this period are known to contradict each other.")]


def _member(record: Mapping[str, Any], of: Period, *, outside: bool) -> Inline:
    figure = figure_words(*(record[f"fatalities_{bound}"] for bound in ("low", "best", "high")))
    deaths = f", deaths: {figure}" if figure else ""
    known = source_links(record, of) if not outside else ()
    where = " (outside this period)" if outside else ""
    return (f"{plain_words(record['title'])}: {date_words(record)}{deaths}{where} ", *known)


def groups(links: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Return the connected components of linked ids that have more than one id; links to unknown ids are ignored.

    Groups are in the order of their first id, ids in the order of ``links``.
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
