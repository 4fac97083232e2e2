"""Details dock at the side and the map does not move; each record has a link, a citation and a report."""

from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser
VIEW = "() => geoMap.getState().view"
#: North town, where the market was bombed.
TOWN = {"lat": 33.6, "lng": 62.8}


def press_at(page: Any, place: dict[str, float], touch: bool = False) -> None:
    """Press the mark at a place, wherever the map shows it."""
    x, y = page.evaluate(
        """({lat, lng}) => {
            const map = model_1.layers.incidents.mapNow();
            const at = map.latLngToContainerPoint([lat, lng]);
            const box = map.getContainer().getBoundingClientRect();
            return [box.left + at.x, box.top + at.y];
        }""",
        place,
    )
    (page.touchscreen.tap if touch else page.mouse.click)(x, y)


@pytest.mark.parametrize("suffix", ["", "?embed=1"])
@pytest.mark.parametrize("size", [(800, 480), (390, 700), (1400, 900)])
def test_opening_moves_nothing_and_nothing_covers_the_details(
    toy: Path, visit: Any, size: tuple[int, int], suffix: str
) -> None:
    page = visit.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    visit.open(toy, f"{suffix}#years=2021-2021&layers=incidents")
    if suffix:
        page.locator(".geo-chip summary").click()
    page.evaluate("() => geoMap.setState({metric: 'fatalities_best'})")  # so that the address is written
    page.wait_for_function("() => location.hash.includes('map=')")
    view, address = page.evaluate(VIEW), page.evaluate("() => location.hash")
    if suffix:  # the legend lies over the mark here and there: the record opens by the list of what is in view
        page.locator(".folium-map").focus()
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Market bombing").click()
    else:
        press_at(page, TOWN)
    dialog = page.get_by_role("dialog", name="Market bombing")
    dialog.wait_for()
    assert page.evaluate(VIEW) == view
    page.wait_for_function("() => location.hash.includes('record=north-2021')")
    assert page.evaluate("() => location.hash") == f"{address}&record=north-2021"
    # The mark is still seen, and the click reaches the button: nothing lies over it.
    ring = page.locator(".geo-ring").bounding_box()
    box = dialog.bounding_box()
    assert (
        ring["x"] + ring["width"] <= box["x"]
        or ring["x"] >= box["x"] + box["width"]
        or (ring["y"] + ring["height"] <= box["y"] or ring["y"] >= box["y"] + box["height"])
    )
    dialog.get_by_role("button", name="Close").click()
    dialog.wait_for(state="detached")
    page.wait_for_function("before => location.hash === before", arg=address)


def test_a_record_out_of_view_is_brought_in_and_closing_goes_back(toy: Path, visit: Any) -> None:
    page = visit.open(toy, "#map=9/30.20/60.30")
    page.wait_for_timeout(300)
    before = page.evaluate(VIEW)
    page.get_by_role("button", name="List", exact=True).click()
    page.get_by_role("button", name="Market bombing").click()
    page.get_by_role("dialog", name="Market bombing").wait_for()
    assert page.evaluate(VIEW)["lat"] == pytest.approx(TOWN["lat"], abs=0.5)
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    assert page.evaluate(VIEW) == pytest.approx(before, abs=0.01)


def test_a_link_opens_its_record(toy: Path, visit: Any) -> None:
    page = visit.open(toy, "#record=north-2021")
    page.get_by_role("dialog", name="Market bombing").wait_for()
    assert page.evaluate("() => geoMap.getState().record") == "north-2021"
    page.evaluate("() => { location.hash = '#record=east-2021'; }")
    page.get_by_role("dialog", name="Raid over the border").wait_for()
    page.evaluate("() => { location.hash = '#record=nobody'; }")
    missing = page.get_by_role("dialog", name="No such record")
    missing.wait_for()
    assert "nobody" in missing.inner_text()


def test_previous_and_next_go_through_the_records_shown(toy: Path, visit: Any) -> None:
    page = visit.open(toy, "#years=2020-2020&layers=incidents&record=north-2020")
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("of 4", exact=False).wait_for()
    seen = []
    while True:
        seen.append(page.locator(".geo-detail h2").inner_text())
        following = dialog.get_by_role("button", name="Next record")
        if following.is_disabled():
            break
        following.focus()
        page.keyboard.press("Enter")
    assert seen[-1] == "Red holds the west"  # the oldest
    assert page.evaluate("() => document.activeElement.closest('.geo-detail') !== null")


def test_a_record_that_the_filters_hide_says_so(toy: Path, visit: Any) -> None:
    page = visit.open(toy, "#years=2018-2018&record=north-2021")
    position = page.get_by_role("dialog", name="Market bombing").locator(".geo-detail-position")
    position.wait_for()
    assert position.inner_text() == "hidden by the filters now"
    page.evaluate("() => geoMap.setState({years: null})")
    assert position.inner_text() == "2 of 11"


def test_source_and_reason_come_before_the_story(toy: Path, visit: Any) -> None:
    page = visit.open(toy, "#record=north-2020")
    dialog = page.get_by_role("dialog", name="Shelling of a village")
    dialog.locator(".geo-cited").wait_for()
    tops = [dialog.locator(name).first.bounding_box()["y"] for name in (".geo-cited", ".geo-facts", ".geo-record-note")]
    assert tops == sorted(tops)
    assert dialog.locator(".geo-cited li").inner_text().split("\n")[1] == "First Press, 2022-01-02, paragraph 3"


def test_a_record_is_cited_linked_and_reported(toy: Path, visit: Any) -> None:
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.open(toy, "#record=north-2021")
    dialog = page.get_by_role("dialog", name="Market bombing")
    dialog.get_by_text("Cite, link, report a mistake").click()
    copied = {}
    for name in ("Copy the citation", "Copy the link", "Report a mistake"):
        dialog.get_by_role("button", name=name).click()
        dialog.get_by_role("status").filter(has_text="cop").wait_for()
        copied[name] = page.evaluate("() => navigator.clipboard.readText()")
    digest = page.evaluate("() => JSON.parse(document.getElementById('geo-options').textContent).about.digest")
    assert copied["Copy the citation"].startswith(
        "“Market bombing”, 26 August 2021, North town, North, XT. A. Author, The first article, First Press,"
        " 2022-01-02, paragraph 3, https://example.org/first. Record north-2021. Toy. "
    )
    assert digest[:12] in copied["Copy the citation"]
    assert copied["Copy the link"].endswith("record=north-2021")
    assert "Record: north-2021\n" in copied["Report a mistake"]
    assert f"SHA-256 {digest}" in copied["Report a mistake"]


def test_the_keyboard_reaches_provinces_and_marks_in_view(toy: Path, visit: Any) -> None:
    page = visit.open(toy)
    page.locator(".folium-map").focus()
    page.keyboard.press("Enter")
    listed = page.get_by_role("dialog", name="In this view")
    listed.get_by_role("button", name="Market bombing").wait_for()
    assert listed.locator(".geo-here").first.locator("li").all_inner_texts()[0].split("\n") == ["North", "4 incidents"]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("dialog", name="North", exact=True).wait_for()
    page.keyboard.press("Escape")
    assert page.locator(".folium-map").evaluate("node => node === document.activeElement")


def test_the_ring_goes_round_the_badge(toy: Path, visit: Any) -> None:
    page = visit.open(toy, "#layers=statistics&record=count-2021")
    page.locator(".geo-ring").wait_for()
    ring = page.locator(".geo-ring").bounding_box()
    spot = page.evaluate(
        """() => {
            const layer = model_1.layers.statistics;
            const { x, y, half } = layer.painter.where(model_1.store.find("count-2021"));
            const map = layer.mapNow();
            const at = map.layerPointToContainerPoint(layer.corner().add([x, y]));
            const box = map.getContainer().getBoundingClientRect();
            return { x: box.left + at.x, y: box.top + at.y, half };
        }"""
    )
    assert ring["x"] + ring["width"] / 2 == pytest.approx(spot["x"], abs=2)
    assert ring["y"] + ring["height"] / 2 == pytest.approx(spot["y"], abs=2)
    assert ring["width"] / 2 >= spot["half"]["x"]


def test_an_area_without_a_mark_is_outlined(toy: Path, visit: Any, provinces: Any) -> None:
    page = visit.open(toy, "#layers=strongholds&record=west-hold")
    page.locator(".geo-outline").wait_for()
    west, south, east, north = provinces.geometry["XT-W"].bounds
    corners = page.evaluate(
        """([west, south, east, north]) => {
            const map = model_1.layers.strongholds.mapNow();
            const {left, top} = map.getContainer().getBoundingClientRect();
            return [[north, west], [south, east]].map((corner) => {
                const {x, y} = map.latLngToContainerPoint(corner);
                return [left + x, top + y];
            });
        }""",
        [west, south, east, north],
    )
    box = page.locator(".geo-outline").bounding_box()
    assert [box["x"], box["y"]] == pytest.approx(corners[0], abs=4)
    assert [box["x"] + box["width"], box["y"] + box["height"]] == pytest.approx(corners[1], abs=4)
    assert page.locator(".geo-ring").count() == 0
    page.keyboard.press("Escape")
    assert page.locator(".geo-outline").count() == 0
