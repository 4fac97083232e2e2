"""Candidates read by hand from two short articles that were made up for the tests."""

import hashlib
import json
from pathlib import Path
from typing import Any

HARBOUR = """Bomb in Kunduz market

KUNDUZ, 12 March 2021. A bomb in a market of Imam Sahib killed at least 14 people on Thursday, police said. The \
Northern Front, an armed group, claimed the attack; the Taliban denied any part in it.

Two days later gunmen shot three teachers in Jalalabad. Nobody has said who they were. In May 2020 the \N{FIRE} \
militia of Hamid had closed a school in the same town.

"We hold the valley of Kunar", a speaker of the Northern Front said. He put its fighters at 400."""

LEDGER = """Police in Kunduz count the dead

The explosion of 11 March 2021 in Imam Sahib killed 16 people, a hospital said.

Seven soldiers were injured in a clash near Herat."""


def article(name: str, text: str, **about: Any) -> dict[str, Any]:
    """Return an article whose paragraphs are the blocks between empty lines."""
    paragraphs, at = [], 0
    for number, block in enumerate(text.split("\n\n"), 1):
        paragraphs.append({"n": number, "start": at, "end": at + len(block), "page": None})
        at += len(block) + 2
    empty = dict.fromkeys(("title", "author", "publisher", "published", "url", "language"))
    return {
        "id": name,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        **empty,
        "title": text.partition("\n")[0],
        "text": text,
        "paragraphs": paragraphs,
        **about,
    }


def span(text: str, words: str, rule: str = "") -> dict[str, Any]:
    """Return where words stand in a text, where they stand first."""
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words, "rule": rule}


def candidate(
    name: str, source: dict[str, Any], sentence: str, point: list[float] | None = None, **fields: Any
) -> dict[str, Any]:
    """Return a candidate; ``evidence`` is given as {field: words} or {field: (words, rule)}."""
    text = source["text"]
    where = span(text, sentence)
    number = next(p["n"] for p in source["paragraphs"] if p["start"] <= where["start"] < p["end"])
    evidence = {
        field: span(text, *((words, "the reader's eye") if isinstance(words, str) else words))
        for field, words in fields.pop("evidence", {}).items()
    }
    blank = {"kind": "incident", "status": "stated", "date_precision": "unknown", "geo_precision": "unknown"}
    own = blank | {
        "date_kind": "unknown",
        "date_inferred": False,
        "cross_border": False,
        "rivals": {},
        "blank": {},
        "confidence": {"record": 0.5},
    }
    return {
        "type": "Feature",
        "geometry": None if point is None else {"type": "Point", "coordinates": point},
        "properties": own
        | fields
        | {
            "id": name,
            "article": source["id"],
            "paragraph": number,
            "sentence": {"start": where["start"], "end": where["end"]},
            "evidence": evidence,
        },
    }


DAY = {"date_precision": "day", "date_kind": "at"}
IMAM_SAHIB = {
    "place": "Imam Sahib",
    "geo_precision": "district",
    "country_code": "AF",
    "admin1_code": "AF-KDZ",
    "admin1_name": "Kunduz",
    "admin2_name": "Imam Sahib",
}


def example() -> dict[str, Any]:
    """Return a file of candidates: four of one article, two of another; two tell of the same bomb."""
    north = article("northern-post", HARBOUR, publisher="Northern Post", published="2021-03-12", language="en")
    ledger = article("ledger", LEDGER, publisher="The Ledger", published="2021-03-15", language="en")
    bomb = candidate(
        "northern-post-1", north,
        "A bomb in a market of Imam Sahib killed at least 14 people on Thursday, police said.",
        [68.9364, 37.189], title="Bomb in a market of Imam Sahib", event_type="Explosions/Remote violence",
        sub_event_type="Remote explosive/landmine/IED", clarity="event", date_start="2021-03-11", date_end="2021-03-11",
        fatalities_low=14, fatalities_best=14, claimed_by="Northern Front", denied_by="Taliban", status="claimed",
        evidence={
            "event_type": ("bomb", "trigger: bomb"), "date_start": ("Thursday", "weekday before 12 March 2021"),
            "date_end": "Thursday", "place": ("Imam Sahib", "same clause"), "fatalities_low": "at least 14",
            "fatalities_best": ("at least 14", "number before people"), "claimed_by": "The Northern Front",
            "denied_by": "the Taliban",
        },
        rivals={"place": [{"value": "KUNDUZ", **span(HARBOUR, "KUNDUZ", "dateline")}]},
        blank={"actor1": "the sentence names no attacker", "fatalities_high": "at least has no upper bound"},
        confidence={"record": 0.97, "place": 0.9, "date_start": 0.8}, **DAY, **IMAM_SAHIB,
    )  # fmt: skip
    teachers = candidate(
        "northern-post-2", north, "Two days later gunmen shot three teachers in Jalalabad.",
        title="Gunmen shoot teachers", event_type="Violence against civilians", sub_event_type="Attack",
        clarity="event", actor1="gunmen", fatalities_low=3, fatalities_best=3, fatalities_high=3,
        evidence={"actor1": "gunmen", "fatalities_best": "three", "fatalities_low": "three",
                  "fatalities_high": "three"},
        blank={"date_start": "no date in the words", "place": "left open"}, confidence={"record": 0.6},
    )  # fmt: skip
    school = candidate(
        "northern-post-3", north, "In May 2020 the \N{FIRE} militia of Hamid had closed a school in the same town.",
        title="School closed", event_type="Strategic developments", date_start="2020-05-01", date_end="2020-05-31",
        date_precision="month", date_kind="at", actor1="militia of Hamid",
        evidence={"date_start": "May 2020", "date_end": "May 2020", "actor1": "militia of Hamid"},
        confidence={"record": 0.4},
    )  # fmt: skip
    fighters = candidate(
        "northern-post-4", north, "He put its fighters at 400.", kind="statistic",
        title="Fighters of the Northern Front", value=400, unit="people", measure="fighters", status="claimed",
        claimed_by="Northern Front",
        evidence={"value": "400", "measure": "fighters"}, confidence={"record": 0.96},
    )  # fmt: skip
    again = candidate(
        "ledger-1", ledger, "The explosion of 11 March 2021 in Imam Sahib killed 16 people, a hospital said.",
        [68.9364, 37.189], title="Explosion in Imam Sahib", event_type="Explosions/Remote violence", clarity="event",
        date_start="2021-03-11", date_end="2021-03-11", fatalities_low=16, fatalities_best=16, fatalities_high=16,
        evidence={"date_start": "11 March 2021", "date_end": "11 March 2021", "place": "Imam Sahib",
                  "fatalities_low": "16", "fatalities_best": "16", "fatalities_high": "16", "event_type": "explosion"},
        confidence={"record": 0.95}, **DAY, **IMAM_SAHIB,
    )  # fmt: skip
    clash = candidate(
        "ledger-2", ledger, "Seven soldiers were injured in a clash near Herat.", title="Clash near Herat",
        event_type="Battles", sub_event_type="Armed clash", injuries_low=7, injuries_best=7, injuries_high=7,
        evidence={"injuries_best": "Seven", "injuries_low": "Seven", "injuries_high": "Seven", "event_type": "clash"},
        confidence={"record": 0.7},
    )  # fmt: skip
    return {
        "type": "FeatureCollection",
        "geo_candidates": 1,
        "articles": [north, ledger],
        "features": [bomb, teachers, school, fighters, again, clash],
    }


def write(path: Path, document: dict[str, Any] | None = None) -> Path:
    """Write a file of candidates, the example unless another is given."""
    path.write_text(json.dumps(document or example(), ensure_ascii=False), encoding="utf-8")
    return path
