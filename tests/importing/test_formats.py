"""docs/formats.md says what the readers do: its tables are those of the code."""

import re
from pathlib import Path

import pytest

from geo.importing import acled, gtd, own_table, ucdp
from geo.importing.detect import LAYOUTS
from geo.readers.table import SUFFIXES

TEXT = (Path(__file__).parent.parent.parent / "docs" / "formats.md").read_text(encoding="utf-8")


def rows(heading):
    """Rows of the table with a heading, as lists of cells."""
    lines = TEXT.split(f"| {heading} |")[1].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def precisions(heading, column=-1):
    return {
        number: re.search(r"`(\w+)`", row[column])[1]
        for row in rows(heading)
        for number in row[0].replace("empty", "").split(", ")
        if number
    }


@pytest.mark.parametrize(
    ("heading", "table"),
    [
        ("`where_prec` | meaning | `geo_precision`", ucdp.PRECISIONS),
        ("`geo_precision` | meaning | `geo_precision` of the record", acled.PRECISIONS),
        ("`specificity` | meaning | `geo_precision`", gtd.PRECISIONS),
    ],
)
def test_tables_of_precision_are_those_of_the_readers(heading, table):
    assert precisions(heading) == {number: str(word) for number, word in table.items()}


def test_columns_that_tell_a_format_are_those_of_the_readers():
    said = {row[0].strip("`"): tuple(row[1].strip("`").split(", ")) for row in rows("format | its key")}
    assert said.pop("table") == ("anything else",)
    assert said == {name: layout.key for name, layout in LAYOUTS.items()}


def test_what_a_missing_column_costs_is_what_the_readers_say():
    said = {
        (row[0].lower(), name.strip("`")): row[2]
        for row in rows("format | missing | what it costs")
        for name in row[1].split(", ")
    }
    assert said == {(name, column): cost for name, layout in LAYOUTS.items() for column, cost in layout.costs.items()}


def test_event_types_are_those_of_the_readers():
    old = {}
    for names, event_type in rows("event type before 2019 | `event_type`"):
        old |= dict.fromkeys((name.lower() for name in names.split(", ")), event_type)
    assert old == acled.EVENT_TYPES
    said = dict(rows("`attacktype1_txt` | `event_type`"))
    for attack, event_type in gtd.EVENT_TYPES.items():
        word = "Hostage Taking" if attack.startswith("Hostage") else attack
        assert event_type in [other for names, other in said.items() if word in names]
    battles = next(names for names, event_type in said.items() if event_type == "Battles")
    assert all(target in battles for target in gtd.ARMED_TARGETS)
    words = next(row[1] for row in rows("property | from") if row[0].startswith("`event_type`"))
    for number, event_type in ucdp.EVENT_TYPES.items():
        assert f"{number} {event_type}, {ucdp.SUB_EVENT_TYPES[number]}" in words


def test_fields_and_file_types_are_named():
    section = TEXT.split("## Any other table")[1].split("\n## ")[0]
    named = set(re.findall(r"`(\w+)`", section))
    assert named >= set(own_table._DERIVED) | set(own_table._SYNONYMS)
    assert all(re.search(rf"[` ]\{suffix}[` ]", TEXT) for suffix in SUFFIXES)
