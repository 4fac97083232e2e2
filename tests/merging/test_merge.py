"""Merging sources: invented sources with known pairs, and small cases decided by hand."""

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from click.testing import CliRunner
from overlapping_sources import SOURCES, overlapping, same_pairs

import geo
from geo.cli import main
from geo.errors import DataError, UsageError
from geo.merging.decisions import read_decisions, write_pairs
from geo.merging.sensitivity import sensitivity, sensitivity_lines
from geo.readers.frame import incident_frame

PLAIN = {
    "kind": "incident", "title": "Bombing", "status": "stated", "event_type": "Explosions/Remote violence",
    "date_start": "2021-08-26", "date_end": "2021-08-26", "date_precision": "day", "date_kind": "at",
    "place": "Kabul", "geo_precision": "city", "country_code": "AF", "admin1_code": "AF-KAB",
    "actor1": "Islamic State Khorasan Province", "actor2": "Civilians", "fatalities_best": 180,
}  # fmt: skip
KABUL = (69.17, 34.53)


def source(name: str, *rows: dict[str, Any]) -> gpd.GeoDataFrame:
    filled = [{"id": f"{name}-{number}", "at": KABUL} | PLAIN | row for number, row in enumerate(rows)]
    names = dict.fromkeys(key for row in filled for key in row if key != "at")
    points = [None if row["at"] is None else shapely.Point(*row["at"]) for row in filled]
    columns: dict[str, list[Any]] = {key: [row.get(key) for row in filled] for key in names}
    columns["sources"] = [[{"source": name}] for _ in filled]
    return incident_frame(columns, np.array([*points, None], dtype=object)[:-1], path=name)


def band(one: dict[str, Any], other: dict[str, Any], **options: Any) -> str:
    """Return what two records are taken for, of two sources that tell of the same forty other events of a year."""
    about = [
        {"date_start": day, "date_end": day, "at": (69.17, 34.53 + k / 500), "fatalities_best": 1 + k % 3}
        for k, day in enumerate(pd.date_range("2021-01-03", "2021-12-28", freq="9D").strftime("%Y-%m-%d"))
    ]
    found = geo.merge({"a": source("a", one, *about), "b": source("b", other, *about)}, **options)
    pair = found.pairs[(found.pairs["a"] == "a-0") & (found.pairs["b"] == "b-0")]
    return "none" if pair.empty else str(pair["band"].iloc[0])


def test_precision_and_recall_on_sources_with_known_pairs() -> None:
    hits = found_in_all = true_in_all = listed_in_all = 0
    for seed in (7, 8, 11):
        told = overlapping(seed)
        merged = geo.merge(told.frames)
        found, true = same_pairs(merged.pairs), told.truth(*SOURCES)
        assert len(merged.records) == sum(map(len, told.frames.values()))
        listed = {frozenset(pair) for pair in zip(merged.pairs["a"], merged.pairs["b"], strict=True)}
        hits, found_in_all = hits + len(found & true), found_in_all + len(found)
        true_in_all, listed_in_all = true_in_all + len(true), listed_in_all + len(listed & true)
    assert hits / found_in_all >= 0.975
    assert hits / true_in_all >= 0.89
    # Of what is left, most true pairs are handed to a person.
    assert listed_in_all / true_in_all >= 0.95


def test_one_bombing_in_two_sources_is_one_incident() -> None:
    other = {
        "date_start": "2021-08-27", "date_end": "2021-08-27", "fatalities_best": 170, "at": (69.21, 34.56),
        "actor1": "IS-K", "actor2": "Government of Afghanistan",
    }  # fmt: skip
    assert band({}, other) == "same"


@pytest.mark.parametrize(
    "other",
    [
        {"date_start": "2021-09-26", "date_end": "2021-09-26"},
        {"at": (62.2, 34.35), "place": "Herat", "admin1_code": "AF-HER"},
        {"country_code": "PK", "admin1_code": "PK-KP", "at": (71.5, 34.0), "place": "Peshawar"},
        {"date_start": None, "date_end": None, "date_precision": "unknown", "date_kind": "unknown"},
        {"kind": "statistic"},
    ],
    ids=["a month later", "another province", "another country", "no date", "a total"],
)
def test_what_cannot_be_the_same_is_not(other: dict[str, Any]) -> None:
    assert band({}, other) == "none"


def test_figures_that_cannot_both_be_true_are_a_conflict() -> None:
    one, other = source("a", {"fatalities_best": 180}), source("b", {"fatalities_best": 60})
    both = geo.merge([one, other]).records.set_index("id")
    assert both.loc["a-0", "same_as"] == ["b-0"]
    assert both.loc["a-0", "conflicts_with"] == ["b-0"]
    within = source("b", {"fatalities_low": 150, "fatalities_best": 170, "fatalities_high": 200})
    assert geo.merge([one, within]).records["conflicts_with"].tolist() == [[], []]


def test_links_have_a_score_and_reasons_and_go_both_ways() -> None:
    merged = geo.merge({"press": source("a", {}), "ngo": source("b", {})})
    assert merged.records["same_as"].tolist() == [["b-0"], ["a-0"]]
    assert merged.records["merged_from"].tolist() == ["press", "ngo"]
    (link,) = merged.records["same_as_because"].iloc[0]
    assert link["id"] == "b-0"
    assert 0.7 <= link["score"] <= 1
    assert link["reasons"] == ["same place", "dates fit", "types fit", "same parties", "deaths agree"]
    assert geo.summarise(geo.geocode(merged.records, geo.read_provinces()), geo.read_provinces(), by="admin1_code")[
        "incidents"
    ].tolist() == [1]


def test_a_series_may_be_several_events_and_then_counts_as_none() -> None:
    days = ("2021-08-02", "2021-08-03", "2021-08-04")
    events = [{"date_start": day, "date_end": day, "fatalities_best": 2} for day in days]
    series = {
        "date_start": days[0], "date_end": days[-1], "date_precision": "range", "date_kind": "throughout",
        "clarity": "series", "fatalities_best": 6,
    }  # fmt: skip
    merged = geo.merge([source("a", *events), source("b", series)])
    whole = merged.records.set_index("id").loc["b-0"]
    assert sorted(whole["same_as"]) == ["a-0", "a-1", "a-2"]
    assert merged.report.distinct == 3


def test_decisions_of_people_overrule_scores(tmp_path: Path) -> None:
    one = source("a", {}, {"date_start": "2021-03-01", "date_end": "2021-03-01", "fatalities_best": 1})
    other = source("b", {}, {"date_start": "2021-10-01", "date_end": "2021-10-01", "fatalities_best": 9})
    path = tmp_path / "decided.json"
    said = [
        {"a": "a-0", "b": "b-0", "decision": "different", "coder": "N"},
        {"a": "b-1", "b": "a-1", "decision": "same", "coder": "N"},
    ]
    path.write_text(json.dumps({"geo_decisions": 1, "kind": "pairs", "pairs": said}))
    merged = geo.merge([one, other], decisions=read_decisions(path))
    assert merged.records.set_index("id")["same_as"].to_dict() == {
        "a-0": [], "a-1": ["b-1"], "b-0": [], "b-1": ["a-1"],
    }  # fmt: skip
    for text in (
        "[]",
        "{",
        '{"geo_decisions": 1, "kind": "records"}',
        '{"geo_decisions":1,"kind":"pairs","pairs":[1]}',
    ):
        path.write_text(text)
        with pytest.raises(DataError, match=r"decided\.json"):
            read_decisions(path)


def test_unsure_pairs_are_written_for_people(tmp_path: Path) -> None:
    told = overlapping(9, events=300)
    merged = geo.merge(told.frames)
    n = write_pairs(tmp_path / "pairs.json", merged.records, merged.pairs)
    document = json.loads((tmp_path / "pairs.json").read_text())
    assert document["geo_pairs"] == 1
    assert n == len(document["pairs"]) == int((merged.pairs["band"] == "unsure").sum()) > 0
    assert {"a", "b", "score", "reasons"} <= set(document["pairs"][0])


def test_the_same_file_twice_is_said_and_every_record_meets_itself() -> None:
    one = overlapping(3, events=200).frames["acled"]
    merged = geo.merge({"first": one, "again": one})
    assert len(merged.records) == 2 * len(one)
    assert merged.records["id"].is_unique
    pairs = merged.pairs[merged.pairs["band"] == "same"]
    assert (pairs["b"] == "again:" + pairs["a"]).all()
    assert len(pairs) == len(one)
    assert any("same file" in line for line in merged.report.lines())


def test_a_crowd_on_one_point_on_one_day_is_left_apart_in_bounded_time() -> None:
    crowd = [{"fatalities_best": None, "actor1": None, "actor2": None}] * 5_000
    merged = geo.merge([source("a", *crowd), source("b", *crowd)])
    assert len(merged.records) == 10_000
    assert (merged.pairs["band"] != "same").all()
    assert any("too many alike" in line for line in merged.report.lines())


def test_what_is_asked_for_is_checked() -> None:
    one = source("a", {})
    with pytest.raises(UsageError, match="two sources"):
        geo.merge([one])
    with pytest.raises(UsageError, match="window_days"):
        geo.merge([one, one], window_days=99)
    with pytest.raises(UsageError, match="unsure"):
        geo.merge([one, one], same=0.2)
    with pytest.raises(DataError, match="twice"):
        geo.merge([source("a", {"id": "x"}, {"id": "x"}), one])


def test_sensitivity_is_a_table_and_a_sentence() -> None:
    table = sensitivity(overlapping(4, events=150).frames)
    assert (np.diff(table.to_numpy(), axis=0) >= 0).all(), "a higher score links fewer"
    *_, said = sensitivity_lines(table)
    assert said.startswith(f"Distinct incidents: {table.at[0.7, 3]:,} with the default window and score")


def test_the_command_writes_a_file_that_every_command_takes(tmp_path: Path) -> None:
    told = overlapping(5, events=120)
    paths = []
    for name, frame in told.frames.items():
        paths.append(tmp_path / f"{name}.parquet")
        frame.to_parquet(paths[-1])
    target = tmp_path / "merged.geojson"

    def run(*args: object) -> str:
        result = CliRunner().invoke(main, [str(arg) for arg in args])
        assert result.exit_code == 0, result.output
        return result.stdout

    said = run("merge", *paths, "--out", target, "--pairs", tmp_path / "pairs.json")
    assert "distinct incidents" in said
    assert run("validate", target) == ""
    distinct = int(said.split(" distinct incidents")[0].splitlines()[-1].replace(",", ""))
    assert f"{distinct} of {distinct} distinct incidents" in run("figure", target, "--out", tmp_path / "f.png")
    run("export", target, "--out", tmp_path / "merged.csv")
    again = CliRunner().invoke(main, ["merge", str(paths[0]), str(target), "--out", str(target)])
    assert again.exit_code == 2
