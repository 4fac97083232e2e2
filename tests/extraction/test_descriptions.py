"""Descriptions of single events in the styles of event data: province, day and deaths as they were written down."""

import csv
from pathlib import Path

import pandas as pd
import pytest

import geo

with (Path(__file__).parent / "data" / "descriptions.tsv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def first(found, column):
    known = found[column].dropna()
    return known.iloc[0] if len(known) else None


@pytest.fixture(scope="module")
def read():
    return [geo.extract(row["text"], published=row["published"] or None, gazetteer=row["country"]) for row in ROWS]


def test_days(read):
    wrong = [
        (row["date"], first(found, "date_start"))
        for row, found in zip(ROWS, read, strict=True)
        if first(found, "date_start") != row["date"]
    ]
    # One text dates its event by two days, of which the set has the last.
    assert wrong == [("2020-09-10", "2020-09-08")]


def test_provinces(read):
    rows = [(row, found) for row, found in zip(ROWS, read, strict=True) if row["admin1"]]
    names = geo.geocode_places([row["admin1"] for row, _ in rows], country=[row["country"] for row, _ in rows])
    told = [(true, first(found, "admin1_code")) for true, (_, found) in zip(names["admin1_code"], rows, strict=True)]
    known = [(true, answer) for true, answer in told if not pd.isna(true)]
    assert len(known) > 80
    assert [pair for pair in known if pair[1] is not None and pair[0] != pair[1]] == []
    assert sum(answer is None for _, answer in known) <= 1


def test_deaths(read):
    rows = [(int(row["deaths"]), found) for row, found in zip(ROWS, read, strict=True) if row["deaths"]]
    wrong = [true for true, found in rows if first(found, "fatalities_best") != true]
    assert len(wrong) <= 1
    assert len(rows) > 75
