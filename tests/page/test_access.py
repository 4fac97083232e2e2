"""Anybody can use the page: axe-core, contrast, keyboard, touch, motion, and memory over a long visit."""

import re
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from geo.style import COLOURS, EVENT_STYLES, OTHER_EVENT_STYLE

SIZES = {"desktop": (1400, 900), "embed": (800, 480), "phone": (390, 844)}


@pytest.fixture(scope="module")
def axe() -> str:
    return (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Any, axe: str) -> list[str]:
    page.evaluate(axe)
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{rule['id']}: {rule['help']}: {[node['target'] for node in rule['nodes']][:4]}"
        for rule in found["violations"]
    ]


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_in_any_state(toy: Path, visit: Any, axe: str, size: str, theme: str) -> None:
    page = visit.page
    page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    visit.open(toy, "?embed=1" if size == "embed" else "")
    assert violations(page, axe) == []
    if size == "embed":
        page.locator(".geo-chip summary").click()
        assert violations(page, axe) == []
        return
    page.evaluate("() => geoMap.setState({years: [2020, 2021]})")
    if size == "phone":
        page.get_by_role("button", name="Layers and filters").click()
    for summary in page.locator(".geo-filter summary").all():
        summary.click()
    assert violations(page, axe) == []
    page.get_by_role("button", name="List", exact=True).click()
    page.get_by_role("button", name="Market bombing").wait_for()
    assert violations(page, axe) == []
    page.get_by_role("button", name="Shelling of a village", exact=True).click()
    page.get_by_role("dialog").wait_for()
    assert violations(page, axe) == []
    page.keyboard.press("Escape")
    page.locator(".geo-about-open").click()
    assert violations(page, axe) == []


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` as WCAG 2.2 defines it."""
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_and_controls_have_the_contrast_that_wcag_asks(theme: str) -> None:
    colours = COLOURS[theme]
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    for text in ("text", "muted", "accent"):
        for ground in ("panel", "page"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    assert contrast(colours["accent_text"], colours["accent"]) >= 4.5
    for control in ("border", "accent"):
        assert contrast(colours[control], colours["panel"]) >= 3, control


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_symbol_stands_out_by_its_outline_or_its_colour(theme: str) -> None:
    ground = COLOURS[theme]["zero"]
    for _, colour in [*EVENT_STYLES.values(), OTHER_EVENT_STYLE]:
        assert max(contrast(colour, ground), contrast(COLOURS[theme]["outline"], ground)) >= 3


def test_the_style_sheet_starts_with_the_colours_of_the_themes() -> None:
    css = (resources.files("geo") / "static" / "css" / "10-base.css").read_text(encoding="utf-8")
    light, dark = re.findall(r"\{([^}]*--geo-page:[^}]*)\}", css)
    for block, theme in ((light, "light"), (dark, "dark")):
        for name in ("page", "panel", "text", "muted", "border", "accent", "accent_text"):
            assert f"--geo-{name.replace('_', '-')}: {COLOURS[theme][name]};" in block, (theme, name)


@pytest.mark.browser
def test_tab_visits_every_part_in_order_and_comes_out_again(toy: Path, visit: Any) -> None:
    page = visit.open(toy)
    seen, regions = [], []
    for _ in range(80):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """() => {
                const node = document.activeElement;
                if (node === document.body) return null;
                const region = node.closest("header, main, aside, footer");
                const style = getComputedStyle(node.querySelector(".geo-grip") ?? node);
                return {
                    region: region?.localName ?? "page", outline: parseFloat(style.outlineWidth),
                    name: node.getAttribute("aria-label") ?? node.labels?.[0]?.textContent ?? node.textContent,
                };
            }"""
        )
        if here is None:
            break
        seen.append(here)
        if not regions or regions[-1] != here["region"]:
            regions.append(here["region"])
    else:
        pytest.fail(f"the focus never left the page: {[stop['name'] for stop in seen]}")
    assert regions == ["page", "header", "main", "aside", "footer"]
    assert all(stop["name"].strip() for stop in seen)
    assert [stop["name"] for stop in seen if stop["outline"] < 2] == []
    names = " | ".join(stop["name"] for stop in seen)
    for part in (
        "Skip to the list",
        "About this map",
        "Zoom in",
        "List",
        "Provinces are shaded by",
        "Play",
        "First year",
    ):
        assert part in names, part


@pytest.mark.browser
def test_the_skip_link_opens_the_list(toy: Path, visit: Any) -> None:
    page = visit.open(toy)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Records").wait_for()
    assert page.evaluate("() => document.activeElement.textContent") == "Records"
    assert "geo-list" not in page.url


@pytest.mark.browser
@pytest.mark.parametrize("size", SIZES)
def test_tap_targets_are_24_pixels_at_least(toy: Path, visit: Any, size: str) -> None:
    page = visit.page
    page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
    visit.open(toy, "?embed=1" if size == "embed" else "")
    for opener in (".geo-panel-toggle", ".geo-chip summary"):
        if page.locator(opener).count() and page.locator(opener).is_visible():
            page.locator(opener).click()
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, a[href], input, select, summary, [role=slider]")]
            .map((node) => (node.closest("label") ?? node))
            .filter((node) => node.checkVisibility() && !node.classList.contains("geo-skip"))
            .map((node) => [node.textContent || node.className, node.getBoundingClientRect()])
            .filter(([, box]) => box.width < 24 || box.height < 23.9)
            .map(([name, box]) => `${name}: ${box.width} x ${box.height}`)"""
    )
    assert small == []


@pytest.mark.browser
def test_nothing_moves_by_itself_when_motion_is_reduced(toy: Path, visit: Any) -> None:
    visit.page.emulate_media(reduced_motion="reduce")
    page = visit.open(toy)
    moving = page.evaluate(
        """() => [...document.querySelectorAll(".geo-page *")].filter((node) => {
            const style = getComputedStyle(node);
            const times = style.transitionDuration.split(",");
            return style.animationName !== "none" || times.some((time) => parseFloat(time) > 0);
        }).map((node) => node.className)"""
    )
    assert moving == []


@pytest.mark.browser
def test_names_from_right_to_left_keep_their_place(toy: Path, visit: Any) -> None:
    page = visit.open(toy)
    page.get_by_role("button", name="List", exact=True).click()
    page.get_by_role("button", name="Shelling of a village", exact=True).click()
    name = page.get_by_role("dialog").locator("bdi").filter(has_text="ولایت شمال").first
    assert name.evaluate("node => getComputedStyle(node).unicodeBidi") == "isolate"
    assert name.evaluate("node => getComputedStyle(node).direction") in ("rtl", "ltr")


@pytest.mark.browser
def test_memory_does_not_grow_over_many_years(toy: Path, visit: Any) -> None:
    page = visit.open(toy)
    page.get_by_role("button", name="List", exact=True).click()
    session = visit.context.new_cdp_session(page)
    session.send("HeapProfiler.enable")

    def heap_after(changes: int) -> tuple[float, int]:
        page.evaluate(
            "async changes => { for (let k = 0; k < changes; k++)"
            " await geoMap.setState({years: [2018 + k % 3, 2020 + k % 4]}); }",
            changes,
        )
        page.wait_for_timeout(700)  # the live region and the address have been written
        session.send("HeapProfiler.collectGarbage")
        counters = session.send("Memory.getDOMCounters")
        used = session.send("Runtime.getHeapUsage")["usedSize"]
        return used, counters["nodes"] + counters["jsEventListeners"]

    heap_after(50)
    before, nodes_before = heap_after(50)
    after, nodes_after = heap_after(200)
    assert after - before < 300_000
    assert nodes_after - nodes_before < 60
