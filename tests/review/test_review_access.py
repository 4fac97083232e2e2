"""Anybody can use a review page, and no text in it runs: axe-core, sizes, hostile articles."""

import json
from importlib import resources
from pathlib import Path
from typing import Any

import candidate_files
import pytest

from geo.review.candidates import read_candidates
from geo.review.page import review_page

pytestmark = pytest.mark.browser

SIZES = {"desktop": (1400, 900), "embed": (800, 480), "phone": (390, 844)}


@pytest.fixture(scope="module")
def axe() -> str:
    return (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Any, axe: str) -> list[str]:
    page.evaluate(axe)
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [f"{rule['id']}: {[node['target'] for node in rule['nodes']][:4]}" for rule in found["violations"]]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_in_any_state(reviewed: Path, visit: Any, axe: str, size: str, theme: str) -> None:
    page = visit.page
    page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    visit.open(reviewed / "review.html", ready=False)
    assert violations(page, axe) == []
    page.get_by_role("button", name="All fields").click()
    page.get_by_text("List and filters").click()
    assert violations(page, axe) == []
    page.get_by_text("List and filters").click()
    page.locator(".rv-panel").focus()
    page.keyboard.press("?")
    assert violations(page, axe) == []
    page.keyboard.press("Escape")
    for key in "asssa":
        page.keyboard.press(key)
    assert page.locator(".rv-pair").is_visible()
    assert violations(page, axe) == []
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0


ATTACKS = [
    "</script><script>window.pwned = 1</script>",
    '<img src=x onerror="window.pwned = 2"><svg onload="window.pwned = 3">',
    "\" onmouseover=\"window.pwned = 4\" ' autofocus onfocus='window.pwned = 5'",
    "{{ 7*7 }} {% raw %} ${window.pwned = 6} `x`",
    "<!--<script> --!> ]]> <![CDATA[",
    "javascript:window.pwned=8",
    "one\u2028two\u2029three \u202egpj.exe\u202c \u2067دری\u2069",
]


def test_text_of_articles_and_values_never_runs(visit: Any, tmp_path: Path) -> None:
    document = candidate_files.example()
    evil = candidate_files.article(
        "evil", "\n\n".join(ATTACKS), title=ATTACKS[0], author=ATTACKS[1], publisher=ATTACKS[2], url=ATTACKS[5],
        language='x" onload="window.pwned = 9',
    )  # fmt: skip
    document["articles"].append(evil)
    for number, attack in enumerate(ATTACKS):
        row = candidate_files.candidate(
            attack, evil, attack, title=attack, place=attack, actor1=attack, sub_event_type=attack, note=attack,
            evidence={"place": (attack, attack)}, blank={"actor2": attack},
            rivals={"title": [{"value": attack, "rule": attack, "text": attack}]}, confidence={"record": 0.1 * number},
        )  # fmt: skip
        document["features"].append(row)
    path = candidate_files.write(tmp_path / "evil.geojson", document)
    page_file = tmp_path / "evil.html"
    page_file.write_text(review_page(read_candidates(path), title=ATTACKS[0]), encoding="utf-8", newline="")
    page = visit.open(page_file, ready=False)
    assert page.title() == ATTACKS[0]
    page.get_by_text("List and filters").click()
    page.get_by_text("List and filters").click()
    page.locator(".rv-panel").focus()
    for _ in document["features"]:
        page.keyboard.press("a")
        while page.locator(".rv-pair").is_visible():
            page.keyboard.press("n")
    page.get_by_text("List and filters").click()
    page.locator("#rv-filter-article").select_option("evil")
    page.locator(".rv-entry").first.click()
    shown = page.locator(".rv-words").all_text_contents()
    assert shown == ATTACKS
    assert page.locator(".rv-article a").count() == 0
    assert page.evaluate("window.pwned") is None
    file = page.evaluate("JSON.parse(localStorage.getItem(Object.keys(localStorage)[0]))")
    assert {one["id"] for one in file["decisions"]} >= set(ATTACKS)
    assert json.dumps(file)
