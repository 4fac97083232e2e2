"""Words of a language, read from data/extract/LANGUAGE/."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from geo.errors import DataError
from geo.resources import data_path

LANGUAGE = "en"


def rows(name: str, columns: Iterable[str]) -> list[dict[str, str]]:
    """Return the rows of a table of the language.

    Raises
    ------
    MissingFileError, DataError
        If the table is absent or damaged.
    """
    path = data_path("extract", LANGUAGE, f"{name}.tsv")
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE, restval="")
        found = list(reader)
    if not set(columns) <= set(reader.fieldnames or ()) or any(None in row for row in found):
        raise DataError(f"{path}: needs the columns {', '.join(columns)} and no more cells than columns; reinstall geo")
    return found


@dataclass(frozen=True, slots=True)
class EventKind:
    """A kind of event: ACLED's type and sub-type (None where they depend on the victim), and how telling it is."""

    name: str
    event_type: str | None
    sub_event_type: str | None
    family: str
    specific: int


@lru_cache
def event_kinds() -> dict[str, EventKind]:
    """Return the kinds of events by name."""
    table = rows("events", ("event", "event_type", "sub_event_type", "kind", "specific"))
    return {
        row["event"]: EventKind(
            row["event"], row["event_type"] or None, row["sub_event_type"] or None, row["kind"], int(row["specific"])
        )
        for row in table
    }


class Form(NamedTuple):
    """A form of a trigger: the event, and base, s, past, participle, either (past or participle), ing, noun, nouns."""

    event: str
    form: str
    word: str


@lru_cache
def trigger_forms() -> dict[str, list[tuple[tuple[str, ...], Form]]]:
    """Return the phrases of triggers by their first word, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Form]]] = {}
    for row in rows("triggers", ("word", "pos", "event", "forms")):
        for text, form in _forms(row["word"].lower(), row["pos"], row["forms"].lower()):
            words = tuple(text.split())
            held = found.setdefault(words[0], [])
            if all(known != words or other.form != form for known, other in held):
                held.append((words, Form(row["event"], form, row["word"].lower())))
    for held in found.values():
        held.sort(key=lambda entry: -len(entry[0]))
    return found


def _forms(word: str, pos: str, forms: str) -> Iterable[tuple[str, str]]:
    if pos == "adjective":
        return ((word, "adjective"),)
    if pos == "noun":
        return ((word, "noun"), *((plural, "nouns") for plural in forms.split("|") if plural))
    if forms:
        s, past, participle, ing = forms.split("|")
        both = ((past, "either"),) if past == participle else ((past, "past"), (participle, "participle"))
        base = (word, "base") if word not in (past, participle) else (word, "either")
        return (base, (s, "s"), *both, (ing, "ing"))
    head, _, tail = word.partition(" ")
    tail = f" {tail}" if tail else ""
    stem = head[:-1] if head.endswith("e") else head
    s = f"{head}es" if head.endswith(("s", "sh", "ch", "x", "z")) else f"{head}s"
    return ((word, "base"), (s + tail, "s"), (f"{stem}ed{tail}", "either"), (f"{stem}ing{tail}", "ing"))


@lru_cache
def people() -> dict[str, tuple[str, bool]]:
    """Return, by noun for people, the side that it speaks of and whether it is a plural."""
    found: dict[str, tuple[str, bool]] = {}
    for row in rows("people", ("noun", "plural", "side")):
        found.setdefault(row["noun"].lower(), (row["side"], False))
        found[row["plural"].lower()] = (row["side"], True)
    return found


@lru_cache
def number_words() -> dict[str, int]:
    """Return the values of words for numbers."""
    return {row["word"]: int(row["value"]) for row in rows("numbers", ("word", "value"))}


@lru_cache
def phrases(name: str, column: str, meaning: str = "meaning") -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Return the phrases of a table with their meaning, by their first word, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in rows(name, (column, meaning)):
        words = tuple(row[column].lower().split())
        found.setdefault(words[0], []).append((words, row[meaning]))
    for held in found.values():
        held.sort(key=lambda entry: -len(entry[0]))
    return found


@lru_cache
def words_of(name: str, column: str, value: str, meaning: str) -> dict[str, str]:
    """Return the words of a table that have one meaning, in small letters, with their values."""
    return {row[column].lower(): row[value] for row in rows(name, (column, value)) if row["meaning"] == meaning}


@lru_cache
def word_set(meaning: str) -> frozenset[str]:
    """Return the words of words.tsv that have one meaning."""
    return frozenset(row["word"].lower() for row in rows("words", ("word", "meaning")) if row["meaning"] == meaning)


def abbreviations() -> frozenset[str]:
    """Return words whose stop ends no sentence, without it."""
    return word_set("abbreviation")
