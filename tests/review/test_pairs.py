"""A page of pairs of records: one key a decision, and a file that a merge takes."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from geo.cli import main
from geo.merging.decisions import read_decisions

RECORD: dict[str, Any] = {
    "kind": "incident", "date_start": "2021-08-26", "date_end": "2021-08-26", "date_precision": "day",
    "country_code": "AF", "place": "Kabul", "longitude": 69.2, "latitude": 34.5, "sources": [{"source": "x"}],
}  # fmt: skip


def written(folder: Path) -> Path:
    pairs = [
        {"a": RECORD | {"id": f"a{n}", "title": "<b>One</b>"}, "b": RECORD | {"id": f"b{n}", "title": "Two"},
         "score": 0.5, "reasons": ["same day"]}
        for n in range(3)
    ]  # fmt: skip
    path = folder / "unsure.json"
    path.write_text(json.dumps({"geo_pairs": 1, "pairs": pairs}))
    return path


def test_what_is_no_file_of_pairs_is_named(tmp_path: Path) -> None:
    path = tmp_path / "pairs.json"
    for text in ('{"geo_pairs": 1}', '{"geo_pairs": 1, "pairs": [1]}', '{"geo_pairs": 1, "pairs": [{"a": {}}]}'):
        path.write_text(text)
        result = CliRunner().invoke(main, ["review", str(path), "--out", str(tmp_path / "p.html")])
        assert result.exit_code == 1
        assert "is no file of pairs" in result.output


@pytest.mark.browser
def test_pairs_are_told_apart_by_key_and_a_merge_takes_the_file(tmp_path: Path, visit: Any) -> None:
    page_path = tmp_path / "pairs.html"
    result = CliRunner().invoke(main, ["review", str(written(tmp_path)), "--out", str(page_path)])
    assert result.exit_code == 0, result.output
    page = visit.open(page_path, ready=False)
    page.get_by_role("heading", name="same event").wait_for()
    assert page.locator("td b").count() == 0, "markup in a value is text"
    page.get_by_label("Reader").fill("AB")
    page.get_by_role("heading", name="same event").click()
    for key in "ynu":
        page.keyboard.press(key)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    target = tmp_path / "decided.json"
    download.value.save_as(target)
    found = read_decisions(target)
    assert sorted(found.by_pair.items()) == [
        (("a0", "b0"), "same"), (("a1", "b1"), "different"), (("a2", "b2"), "unsure"),
    ]  # fmt: skip
    assert found.coders == ("AB",)
