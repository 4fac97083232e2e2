"""Decisions become records: what was accepted and mended, with sources, or nothing at all."""

import json
from pathlib import Path
from typing import Any

import pytest
from candidate_files import write
from click.testing import CliRunner

import geo
from geo.cli import main
from geo.review.candidates import digest, read_candidates


@pytest.fixture
def reviewed(tmp_path: Path) -> dict[str, Any]:
    """Return a file of candidates, one of decisions, and a file of records, all in one folder."""
    path = write(tmp_path / "candidates.geojson")
    read = read_candidates(path)
    names = list(read.features)
    first, second = names[0], names[1]

    def decision(name: str, word: str, values: dict[str, Any]) -> dict[str, Any]:
        feature = read.features[name]
        original = {key: feature["properties"].get(key) for key in values}
        return {
            "id": name, "of": digest(feature), "article": feature["properties"]["article"], "decision": word,
            "time": "2026-11-25T08:00:00Z", "coder": "AB", "values": values, "evidence": {}, "original": original,
        }  # fmt: skip

    document = {
        "geo_decisions": 1, "kind": "candidates", "geo": geo.__version__, "coder": "AB", "file": path.name,
        "articles": [{"id": name, "sha256": article["sha256"]} for name, article in read.articles.items()],
        "decisions": [decision(first, "accept", {"title": "A title of my own"}), decision(second, "reject", {})],
        "added": [], "pairs": [{"a": first, "b": "2021-08-26-kabul-airport-bombing", "decision": "same"}],
    }  # fmt: skip
    records = tmp_path / "records.geojson"
    records.write_bytes((Path(__file__).parent.parent.parent / "data" / "incidents.geojson").read_bytes())
    return {"folder": tmp_path, "document": document, "records": records, "first": first, "read": read}


def run(reviewed: dict[str, Any]) -> Any:
    decisions = reviewed["folder"] / "decisions.json"
    decisions.write_text(json.dumps(reviewed["document"]))
    return CliRunner().invoke(main, ["review", "apply", str(decisions), "--into", str(reviewed["records"])])


def test_an_accepted_candidate_becomes_a_record_with_its_source_and_what_it_was(reviewed: dict[str, Any]) -> None:
    before = geo.read_incidents(reviewed["records"])
    result = run(reviewed)
    assert result.exit_code == 0, result.output
    undecided = len(reviewed["read"].features) - 2
    assert f"1 records added, 1 candidates rejected, {undecided} undecided" in result.output
    after = geo.read_incidents(reviewed["records"])
    assert len(after) == len(before) + 1
    new = after.loc[reviewed["first"]]
    own = reviewed["read"].features[reviewed["first"]]["properties"]
    assert new["title"] == "A title of my own"
    assert new["sources"] == [{"source": own["article"], "paragraph": own["paragraph"]}]
    assert new["same_as"] == ["2021-08-26-kabul-airport-bombing"]
    assert new["date_start"] == own["date_start"]
    assert new["review"]["original"] == {"title": own["title"]}
    assert new["review"]["coder"] == "AB"
    assert own["article"] in geo.read_sources(reviewed["folder"] / "sources.csv")["source"].tolist()
    assert CliRunner().invoke(main, ["validate", str(reviewed["records"])]).exit_code == 0


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda d: d["articles"][0].update(sha256="0" * 64), "is another text than the decisions are on"),
        (lambda d: d["decisions"][0].update(of="0" * 64), "is not as it was decided on"),
        (lambda d: d["decisions"][0].update(id="nobody"), "'nobody' is not in it"),
        (lambda d: d["decisions"][0]["values"].update(fatalities_low=9, fatalities_high=3), "fatalities"),
        (lambda d: d["decisions"][0]["values"].update(date_start="soon"), "date_start"),
        (lambda d: d.update(kind="pairs"), "is no file of decisions on candidates"),
        (lambda d: d.update(decisions=[1]), "must be lists of objects"),
    ],
)
def test_what_cannot_be_applied_is_named_and_nothing_is_written(
    reviewed: dict[str, Any], change: Any, fault: str
) -> None:
    before = reviewed["records"].read_bytes()
    change(reviewed["document"])
    result = run(reviewed)
    assert result.exit_code == 1
    assert fault in result.output
    assert reviewed["records"].read_bytes() == before
    assert not (reviewed["folder"] / "sources.csv").exists()


def test_decisions_are_not_applied_twice(reviewed: dict[str, Any]) -> None:
    assert run(reviewed).exit_code == 0
    again = run(reviewed)
    assert again.exit_code == 1
    assert "was it applied before?" in again.output


def test_a_candidate_that_a_reader_added_becomes_a_record(reviewed: dict[str, Any]) -> None:
    article = next(iter(reviewed["read"].articles))
    values = {
        "kind": "incident", "status": "stated", "title": "Missed by the machine", "date_precision": "unknown",
        "date_kind": "unknown", "geo_precision": "country", "country_code": "AF",
    }  # fmt: skip
    added = {
        "id": "added-1", "of": None, "article": article, "decision": "accept", "coder": "AB", "time": None,
        "values": values, "evidence": {}, "original": {}, "paragraph": 1, "sentence": {"start": 0, "end": 5},
        "point": None,
    }  # fmt: skip
    reviewed["document"]["added"] = [added]
    assert run(reviewed).exit_code == 0
    new = geo.read_incidents(reviewed["records"]).loc["added-1"]
    assert new["title"] == "Missed by the machine"
    assert new["sources"] == [{"source": article, "paragraph": 1}]
