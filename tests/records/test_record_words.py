"""The words of the records: our own, and the names that their sentences use."""

import importlib.util
from types import ModuleType
from typing import Any

import pytest
from record_tables import RECORDS, ROOT, rows

TEXTS = ("title", "description", "note", "place", "measure")
PARTIES = ("actor1", "actor2", "group")
#: Name -> column of the table of the paragraphs that use it.
NAMES = {"Islamic State Khorasan (IS-K)": 1, "Islamic State (IS)": 2}
NAMED = {row[0]: row for row in rows("docs/reading-notes.md", "| source | names IS-K | names the Islamic State |")}


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hash_sources", ROOT / "tools" / "hash_sources.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_no_run_of_eight_words_is_shared_with_a_source(tool: ModuleType) -> None:
    taken = tool.read_hashes()
    assert len(taken) > 6000
    texts = {f"{key} {name}": record[name] or "" for key, record in RECORDS.items() for name in TEXTS}
    texts["notes"] = (ROOT / "docs" / "reading-notes.md").read_text(encoding="utf-8")
    texts["changes"] = (ROOT / "data" / "CHANGES.md").read_text(encoding="utf-8")
    shared = {name: run for name, text in texts.items() for run in tool.runs(text) if tool.hashed(run) in taken}
    assert shared == {}


def test_titles_of_the_articles_would_be_found(tool: ModuleType) -> None:
    # Citations name the articles by their titles, which stand in them.
    runs = list(tool.runs((ROOT / "data" / "sources.csv").read_text(encoding="utf-8")))
    assert sum(tool.hashed(run) in tool.read_hashes() for run in runs) > 10


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_the_group_is_that_of_a_cited_paragraph(name: str) -> None:
    told = {key: record for key, record in RECORDS.items() if any(name in (record[who] or "") for who in PARTIES)}
    assert len(told) > 10
    for key, record in told.items():
        assert any(str(entry["paragraph"]) in named(entry, name) for entry in record["sources"]), key


def named(entry: dict[str, Any], name: str) -> list[str]:
    """Return the numbers of the paragraphs of an article that use a name."""
    return NAMED[entry["source"]][NAMES[name]].split(", ")
