"""The file of candidates: what its readers rely on."""

import hashlib
import json

import pytest

import geo
from geo.extraction.article import make_article
from geo.extraction.candidates import Candidate, Evidence, Rival, write_candidates
from geo.model import COLUMNS

TEXT = "Naïve “bombers” 🙂 struck.\n\nIn Jalalabad, 3 people died; police said 4."


def written(tmp_path):
    article = make_article(TEXT, id="a", title="T", published="2021-08", url="https://example.org/a")
    start = TEXT.index("3 people")
    found = Candidate(
        "a", 2, (TEXT.index("In J"), len(TEXT)),
        values={"kind": "incident", "fatalities_best": 3},
        evidence={"fatalities_best": Evidence(start, start + 1, "number of people who died")},
        rivals={"fatalities_best": [Rival(4, Evidence(len(TEXT) - 2, len(TEXT) - 1, "number"))]},
        blank={"date_start": "no date in the sentence"}, confidence={"record": 0.8049}, point=(70.45, 34.43),
    )  # fmt: skip
    path = tmp_path / "candidates.geojson"
    write_candidates(path, [article], [found, Candidate("a", 1, (0, 5), values={"kind": "incident"})])
    return path


def test_every_span_is_the_text_of_the_article(tmp_path):
    document = json.loads(written(tmp_path).read_text(encoding="utf-8"))
    assert document["geo_candidates"] == 1
    (article,) = document["articles"]
    assert article["sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()
    assert article["published"] == "2021-08-31"
    first = document["features"][0]["properties"]
    for span in (first["evidence"]["fatalities_best"], *first["rivals"]["fatalities_best"]):
        assert article["text"][span["start"] : span["end"]] == span["text"]
    assert first["rivals"]["fatalities_best"][0]["value"] == 4
    assert [article["text"][p["start"] : p["end"]] for p in article["paragraphs"]] == TEXT.split("\n\n")


def test_a_feature_has_every_column_and_is_read_as_records_are(tmp_path):
    path = written(tmp_path)
    document = json.loads(path.read_text(encoding="utf-8"))
    assert set(COLUMNS) <= set(document["features"][0]["properties"])
    assert document["features"][1]["geometry"] is None
    frame = geo.read_incidents(path)
    assert list(frame["fatalities_best"].fillna(-1)) == [3, -1]
    assert frame.geometry.iloc[0].coords[0] == (70.45, 34.43)


def test_the_same_candidates_give_the_same_bytes(tmp_path):
    first = written(tmp_path).read_bytes()
    assert written(tmp_path).read_bytes() == first


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("one\n\ntwo", ["one", "two"]),
        ("a line that was wrapped\nby a mail reader\n\nnext", ["a line that was wrapped\nby a mail reader", "next"]),
        ("x" * 300 + "\n" + "y" * 300, ["x" * 300, "y" * 300]),
        ("   INDENTED\nlines of a wire\n   NEXT\nof it", ["INDENTED\nlines of a wire", "NEXT\nof it"]),
        ("\r\n  \n", []),
        ("", []),
    ],
)  # fmt: skip
def test_paragraphs(text, paragraphs):
    article = make_article(text)
    assert [text[p.start : p.end] for p in article.paragraphs] == paragraphs
    assert [p.n for p in article.paragraphs] == list(range(1, len(paragraphs) + 1))


def test_pages_are_those_that_the_paragraphs_begin_on():
    assert [p.page for p in make_article("one\n\ntwo\n\nthree", pages=(0, 5)).paragraphs] == [1, 2, 2]


def test_a_lone_surrogate_can_be_written(tmp_path):
    path = tmp_path / "c.geojson"
    write_candidates(path, [make_article("a\ud800b", id="x")], [])
    assert json.loads(path.read_text(encoding="utf-8"))["articles"][0]["text"] == "a\ufffdb"
