"""On a phone the targets are large and nothing hides the chosen year; in forced colours bars and switches are seen."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

pytestmark = pytest.mark.browser
#: The main controls, which WCAG 2.5.5 wants 44 px large.
MAIN = (
    ".geo-timebar-buttons .geo-button, .geo-all, .geo-panel-bar .geo-button, .geo-about-open, .geo-close,"
    " .leaflet-bar a, .geo-fit .geo-button, .geo-layer-head, .geo-take-buttons .geo-button, .geo-detail-step"
)
SMALL = """main => [...document.querySelectorAll("button, a, input, select, summary, [role=slider]")]
  .filter((node) => node.checkVisibility({visibilityProperty: true}) && !node.closest("label"))
  .map((node) => ({node, box: node.getBoundingClientRect()}))
  .filter(({node, box}) => box.width && Math.min(box.width, box.height) < (node.matches(main) ? 44 : 24))
  .map(({node, box}) => `${node.className} ${Math.round(box.width)}x${Math.round(box.height)}`)"""


def picture(locator: Any) -> Image.Image:
    return Image.open(io.BytesIO(locator.screenshot())).convert("RGB")


def test_targets_are_large(toy: Path, visit: Any) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page = visit.open(toy, "#group=Red")
    assert page.evaluate(SMALL, MAIN) == []
    page.get_by_role("button", name="Layers and filters").click()
    assert page.evaluate(SMALL, MAIN) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="List", exact=True).click()
    page.locator(".geo-row-title").first.wait_for()
    assert page.evaluate(SMALL, MAIN) == []
    page.locator(".geo-row-title").first.click()
    page.get_by_role("dialog").wait_for()
    assert page.evaluate(SMALL, MAIN) == []


@pytest.mark.parametrize("width", [320, 390])
def test_the_chosen_year_is_seen_and_no_control_slides_under_another(
    shipped_maps: Path, visit: Any, width: int
) -> None:
    visit.page.set_viewport_size({"width": width, "height": 700})
    page = visit.open(shipped_maps / "index.html", "#years=2021-2021")
    bar = page.locator(".geo-bar[title^='2021']").bounding_box()
    grips = [grip.bounding_box() for grip in page.locator(".geo-grip").all()]
    covered = sum(
        max(0, min(bar["x"] + bar["width"], grip["x"] + grip["width"]) - max(bar["x"], grip["x"])) for grip in grips
    )
    assert covered <= 0.3 * bar["width"]
    names = (".geo-period", ".geo-all", ".geo-timebar-buttons", ".geo-track")
    boxes = [page.locator(name).bounding_box() for name in names]
    for k, one in enumerate(boxes):
        assert one["x"] >= 0
        assert one["x"] + one["width"] <= width
        for other in boxes[k + 1 :]:
            assert (
                one["x"] + one["width"] <= other["x"] + 1
                or other["x"] + other["width"] <= one["x"] + 1
                or one["y"] + one["height"] <= other["y"] + 4
                or other["y"] + other["height"] <= one["y"] + 4
            )
    page.get_by_role("button", name="List", exact=True).click()
    for head in page.locator(".geo-table thead th:visible").all():
        box = head.bounding_box()
        assert box["x"] + box["width"] <= width


def test_forced_colours_keep_bars_and_switches(toy: Path, visit: Any) -> None:
    visit.page.emulate_media(forced_colors="active")
    page = visit.open(toy)
    bar = picture(page.locator(".geo-bar[title^='2021']"))
    assert len(bar.getcolors(4096)) > 3
    switch = page.get_by_role("switch", name="Incidents")
    on = picture(switch)
    switch.click()
    page.mouse.move(0, 0)
    off = picture(switch)
    middle = (on.width // 2 - 1, on.height // 2)
    assert on.getpixel(middle) != off.getpixel(middle)


def test_credits_leave_the_map_to_be_seen(shipped_maps: Path, visit: Any) -> None:
    visit.page.set_viewport_size({"width": 800, "height": 480})
    page = visit.open(shipped_maps / "index.html")
    assert page.locator(".geo-credits").bounding_box()["height"] <= 30
    karachi = page.evaluate(
        "() => { const map = model_1.layers.incidents.mapNow();"
        " return map.latLngToContainerPoint([24.86, 67.01]).y + map.getContainer().getBoundingClientRect().top; }"
    )
    assert karachi < page.locator(".geo-credits").bounding_box()["y"]
