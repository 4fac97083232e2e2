"""The map in hand: drawn for what is seen, reaching further while it is dragged, zoomed by two fingers."""

from pathlib import Path
from typing import Any

import pytest
from visit import AT_REST, Visit

pytestmark = pytest.mark.browser
#: How much wider and higher than the map the pictures are that layers draw, each once, to a hundredth.
REACH = """() => {
  const map = document.querySelector(".folium-map");
  const times = (length, whole) => Math.round((100 * parseFloat(length)) / whole) / 100;
  const all = [...document.querySelectorAll("canvas.geo-canvas")].map(({ style }) =>
    `${times(style.width, map.clientWidth)} ${times(style.height, map.clientHeight)}`);
  return [...new Set(all)].join(", ");
}"""


def zoom(page: Any) -> float:
    return page.evaluate("() => geoMap.getState().view.zoom")


def two_fingers(visit: Visit, page: Any, apart: list[int], middle: tuple[int, int]) -> None:
    """Put two fingers down beside a point and move them to each distance from it in turn, in pixels."""
    touch = visit.context.new_cdp_session(page)
    x, y = middle
    for kind, reach in [("touchStart", apart[0]), *(("touchMove", reach) for reach in apart[1:]), ("touchEnd", None)]:
        points = [] if reach is None else [{"x": x - reach, "y": y, "id": 0}, {"x": x + reach, "y": y, "id": 1}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        page.wait_for_timeout(16)  # a frame: fingers do not jump


def test_pictures_reach_beyond_the_map_only_while_it_is_dragged(toy: Path, visit: Any) -> None:
    page = visit.open(toy)
    assert page.evaluate(REACH) == "1 1"
    box = page.locator(".folium-map").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y + 30, steps=5)
    page.wait_for_function(f"() => ({REACH})() === '1.3 1.3'")
    page.mouse.up()
    page.wait_for_function(f"() => ({REACH})() === '1 1'")


def test_two_fingers_apart_zoom_in_and_together_zoom_out(chromium: Any, toy: Path) -> None:
    visit = Visit(chromium, has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844})
    page = visit.open(toy)
    page.evaluate("() => geoMap.setState({view: {lat: 33, lng: 63, zoom: 6}})")
    two_fingers(visit, page, list(range(30, 131, 10)), (195, 350))
    page.wait_for_function("() => geoMap.getState().view.zoom >= 7.5")  # four times as far apart: two steps
    near = zoom(page)
    page.wait_for_function(AT_REST)
    two_fingers(visit, page, list(range(130, 29, -10)), (195, 350))
    page.wait_for_function("near => geoMap.getState().view.zoom <= near - 1", arg=near)
    visit.close()


def test_two_fingers_zoom_an_embedded_map_while_one_is_left_to_the_host(chromium: Any, toy: Path) -> None:
    visit = Visit(chromium, has_touch=True, is_mobile=True, viewport={"width": 390, "height": 500})
    page = visit.open(toy, "?embed=1")
    page.evaluate("() => geoMap.setState({view: {lat: 33, lng: 63, zoom: 6}})")
    two_fingers(visit, page, list(range(30, 131, 10)), (195, 200))
    page.wait_for_function("() => geoMap.getState().view.zoom >= 7.5")
    visit.close()
