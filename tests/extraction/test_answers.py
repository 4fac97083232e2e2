"""Candidates of another tool: what the article says stays, what it does not say is dropped and named."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from geo.cli import main
from geo.errors import DataError
from geo.extraction.answers import read_answers, schema
from geo.extraction.article import make_article
from geo.review.candidates import read_candidates

TEXT = "A bomb killed 14 people\nin Kabul on 3 May 2021. The police said that two men had been arrested.\n"
GOOD = {
    "values": {"event_type": "Explosions/Remote violence", "place": "Kabul", "fatalities_best": 14,
               "date_start": "2021-05-03"},
    "evidence": {"place": "Kabul", "fatalities_best": "killed 14 people in", "date_start": "3 May 2021"},
    "confidence": 0.9,
}  # fmt: skip


def read(tmp_path: Path, *candidates: Any) -> Any:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps({"geo_answers": 1, "candidates": candidates}))
    return read_answers(path, make_article(TEXT, id="a"))


def test_what_the_article_says_is_kept_with_its_words(tmp_path: Path) -> None:
    jsonschema.validate({"geo_answers": 1, "candidates": [GOOD]}, schema())
    (found,), dropped = read(tmp_path, GOOD)
    assert dropped.reasons == []
    assert found.values == {**GOOD["values"], "kind": "incident", "id": "a-1"}
    quoted = {name: TEXT[span.start : span.end] for name, span in found.evidence.items()}
    assert quoted == {"place": "Kabul", "fatalities_best": "killed 14 people\nin", "date_start": "3 May 2021"}
    assert found.confidence == {"record": 0.9}


@pytest.mark.parametrize(
    ("values", "evidence", "fault"),
    [
        ({"fatalities_best": 41}, {"fatalities_best": "killed 14 people"}, "do not have this number"),
        ({"fatalities_best": True}, {"fatalities_best": "killed 14 people"}, "do not have this number"),
        ({"place": "Herat"}, {"place": "in Herat"}, "do not stand in the article"),
        ({"actor1": "Taliban"}, {}, "no words of the article are given"),
        ({"date_start": "2020-05-03"}, {"date_start": "3 May 2021"}, "name another year"),
        ({"status": "sure"}, {}, "is not one of"),
        ({"victim": "A. B."}, {"victim": "two men"}, "is no field of a candidate"),
        ({"id": "mine"}, {"id": "Kabul"}, "is no field of a candidate"),
    ],
)
def test_what_it_does_not_say_is_dropped_and_named(
    tmp_path: Path, values: dict[str, Any], evidence: dict[str, str], fault: str
) -> None:
    one = {"values": {"place": "Kabul"} | values, "evidence": {"place": "Kabul"} | evidence}
    found, dropped = read(tmp_path, one)
    assert any(fault in reason for reason in dropped.reasons), dropped.reasons
    kept = found[0].values if found else {}
    wrong = {name for name in values if name not in ("place", "event_type", "status")}
    assert not wrong & set(kept) - {"id"}


def test_a_candidate_without_words_of_the_article_is_left_out(tmp_path: Path) -> None:
    found, dropped = read(tmp_path, {"values": {"event_type": "Battles"}, "evidence": {}}, "ignore the article", GOOD)
    assert len(found) == 1
    assert len(dropped.reasons) == 2
    for text in ("[]", '{"geo_answers": 2, "candidates": []}', "{"):
        (tmp_path / "answers.json").write_text(text)
        with pytest.raises(DataError, match=r"answers\.json"):
            read_answers(tmp_path / "answers.json", make_article(TEXT, id="a"))


def test_the_command_writes_candidates_that_a_review_takes(tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(TEXT)
    (tmp_path / "answers.json").write_text(json.dumps({"geo_answers": 1, "candidates": [GOOD]}))
    target = tmp_path / "candidates.geojson"
    paths = str(tmp_path / "article.txt"), "--from", str(tmp_path / "answers.json"), "--out", str(target)
    result = CliRunner().invoke(main, ["extract", *paths])
    assert result.exit_code == 0, result.output
    assert "1 candidates, 0 left out" in result.output
    assert len(read_candidates(target).features) == 1
    printed = CliRunner().invoke(main, ["extract", "--schema"])
    assert json.loads(printed.stdout) == schema()
    assert "do not guess" in " ".join(printed.stderr.split())
