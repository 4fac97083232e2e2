"""Agreement of two readers; alpha is compared with one worked out by hand."""

import json
from pathlib import Path
from typing import Any

import pytest
from candidate_files import write
from click.testing import CliRunner

from geo.cli import main
from geo.errors import DataError
from geo.review.agree import VERDICT, _agreement, agreement, disagreeing
from geo.review.candidates import digest, read_candidates


def decisions(read: Any, words: dict[str, str], values: dict[str, dict[str, Any]] | None = None) -> dict[str, Any]:
    return {
        "geo_decisions": 1, "kind": "candidates", "geo": "0", "coder": "AB", "file": read.path.name, "articles": [],
        "decisions": [
            {"id": name, "of": digest(read.features[name]), "article": read.features[name]["properties"]["article"],
             "decision": word, "values": (values or {}).get(name, {})}
            for name, word in words.items()
        ],
        "added": [], "pairs": [],
    }  # fmt: skip


def test_alpha_is_that_worked_out_by_hand() -> None:
    # Ten units of two values: 4 of them differ; of N = 20 values 12 are 0 and 8 are 1. For two coders and two values,
    # alpha = 1 - (N - 1) * differing / (n_0 * n_1) (Krippendorff, Content Analysis, chapter on reliability).
    pairs = list(zip("0000001111", "0000110011", strict=True))
    found = _agreement("x", pairs)
    zeros, ones = 12, 8
    assert found.percent == 60
    assert found.alpha == pytest.approx(1 - (20 - 1) * 4 / (zeros * ones))
    assert _agreement("x", [("a", "a"), ("a", "a")]).alpha is None


def test_verdicts_and_fields_of_what_both_accepted_are_compared(tmp_path: Path) -> None:
    read = read_candidates(write(tmp_path / "candidates.geojson"))
    names = list(read.features)[:4]
    one = decisions(read, dict(zip(names, ["accept", "accept", "reject", "accept"], strict=True)))
    other = decisions(
        read,
        dict(zip(names, ["accept", "accept", "reject", "reject"], strict=True)),
        {names[0]: {"place": "Elsewhere"}},
    )
    found = {line.field: line for line in agreement(one, other, read)}
    assert (found[VERDICT].n, found[VERDICT].percent) == (4, 75)
    assert (found["place"].n, found["place"].percent) == (2, 50)
    assert found["title"].percent == 100
    assert disagreeing(one, other, read) == [names[0], names[3]]
    with pytest.raises(DataError, match="no candidate in common"):
        agreement(one, decisions(read, {}), read)
    for name, document in (("a", one), ("b", other)):
        (tmp_path / f"{name}.json").write_text(json.dumps(document))
    result = CliRunner().invoke(main, ["review", "agree", str(tmp_path / "a.json"), str(tmp_path / "b.json")])
    assert result.exit_code == 0, result.output
    assert f"2 of {len(read.features)} candidates differ: {names[0]}, {names[3]}" in result.output
