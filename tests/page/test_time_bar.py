"""The time bar folds what is empty, starts play at the first record, and says where the next records are."""

from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser


def years(page: Any) -> Any:
    return page.evaluate("() => geoMap.getState().years")


def test_a_long_stretch_with_next_to_nothing_is_one_bar(shipped_maps: Path, visit: Any) -> None:
    page = visit.open(shipped_maps / "index.html")
    fold = page.locator(".geo-bar-fold").first
    span, _, what = fold.get_attribute("title").partition(": ")
    first, last = (int(year) for year in span.split("–"))
    assert last - first >= 3
    # Each incident once, however many of the years it touches: as the map counts them under that period.
    fold.click()
    assert years(page) == [first, last]
    assert what == f"{page.evaluate('() => geoMap.summary().incidents')} incidents"
    page.get_by_role("button", name="On one year").click()
    assert years(page) == [last + 1, last + 1]
    page.get_by_role("button", name="Back one year").click()
    assert years(page) == [first, last]
    # Single years within it can still be reached by their address and by the keyboard.
    page.evaluate("years => geoMap.setState({years})", [first + 1, first + 1])
    page.get_by_role("slider", name="Last year").focus()
    page.keyboard.press("ArrowRight")
    assert years(page) == [first + 1, first + 2]


def test_play_starts_at_the_first_record_under_the_filters(toy: Path, visit: Any) -> None:
    page = visit.open(toy, "#group=Green")
    page.get_by_role("button", name="Play").click()
    assert years(page) == [2021, 2021]


def test_an_empty_year_says_where_the_next_records_are(toy: Path, visit: Any) -> None:
    page = visit.open(toy, "#years=2019-2019&layers=incidents")
    page.get_by_role("button", name="the nearest are of 2020").click()
    assert years(page) == [2020, 2020]
    assert page.locator(".geo-card-next").is_visible() is False
    page.evaluate("() => geoMap.setState({years: [2022, 2023]})")
    assert page.locator(".geo-card-next").inner_text() == "the nearest are of 2021"


def test_nothing_jumps_while_the_years_change(toy: Path, visit: Any) -> None:
    page = visit.open(toy)
    box = "() => JSON.stringify(document.querySelector('.geo-track').getBoundingClientRect())"
    before = page.evaluate(box)
    for state in ("years: [2018, 2018]", "years: [2020, 2022]", "years: null, filters: {group: ['Green']}"):
        page.evaluate(f"() => geoMap.setState({{{state}}})")
        assert page.evaluate(box) == before


def test_the_map_keeps_its_place_on_a_phone_while_it_plays(toy: Path, visit: Any) -> None:
    page = visit.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.clock.install()
    visit.open(toy, "#group=Red")
    tops = set()
    page.get_by_role("button", name="Play").click()
    for _ in range(5):
        page.clock.run_for(1100)
        tops.add(page.locator(".folium-map").bounding_box()["y"])
    assert len(tops) == 1
