"""The time bar: every way to choose years changes the state, the marks and the words on the page alike."""

from pathlib import Path
from typing import Any

import pytest

import geo

pytestmark = pytest.mark.browser

#: Incidents of `page_records.RECORDS` that touch each year, counted by hand; the undated one is in none.
BY_YEAR = {2018: 1, 2019: 0, 2020: 3, 2021: 4, 2022: 0, 2023: 0}
EXTENT = [2018, 2023]


def years(page: Any) -> Any:
    return page.evaluate("() => geoMap.getState().years")


def bar(page: Any, year: int) -> tuple[float, float]:
    """Return the middle of a year's bar, in pixels of the window."""
    box = page.locator(".geo-track").bounding_box()
    width = box["width"] / (EXTENT[1] - EXTENT[0] + 1)
    return box["x"] + (year - EXTENT[0] + 0.5) * width, box["y"] + box["height"] / 2


def test_bars_say_how_many_incidents_each_year_has(toy: Path, visit: Any) -> None:
    page = visit.open(toy)
    titles = page.locator(".geo-bar").evaluate_all("bars => bars.map((bar) => bar.title)")
    assert titles == [f"{year}: {count} incident{'s' if count != 1 else ''}" for year, count in BY_YEAR.items()]
    heights = page.locator(".geo-bar").evaluate_all(
        "bars => bars.map((bar) => [...bar.children].reduce((sum, part) => sum + part.offsetHeight, 0))"
    )
    tallest = max(heights)
    for height, count in zip(heights, BY_YEAR.values(), strict=True):
        assert height == pytest.approx(tallest * count / 4, abs=1.6)
    empty = page.locator(".geo-bar-empty")
    assert empty.count() == 3
    assert all(box["height"] > 0 for box in (empty.nth(k).bounding_box() for k in range(3)))


#: Handle, keys pressed on it from all years on, period afterwards.
KEYS: list[tuple[str, list[str], list[int]]] = [
    ("First year", ["ArrowRight"], [2019, 2023]),
    ("First year", ["ArrowUp", "ArrowRight", "ArrowLeft"], [2019, 2023]),
    ("First year", ["PageUp"], [2023, 2023]),
    ("First year", ["ArrowLeft"], [2018, 2023]),
    ("Last year", ["ArrowLeft", "ArrowDown"], [2018, 2021]),
    ("Last year", ["PageDown"], [2018, 2018]),
    ("Last year", ["Home"], [2018, 2018]),
    ("Last year", ["Home", "End"], [2018, 2023]),
    ("Last year", ["ArrowLeft", "ArrowLeft", "ArrowLeft", "Shift+ArrowRight", "Shift+ArrowRight"], [2020, 2022]),
]


def test_arrow_keys_move_the_handles(toy: Path, visit: Any) -> None:
    page = visit.open(toy)
    first, last = (page.get_by_role("slider", name=name) for name in ("First year", "Last year"))
    for handle, keys, expected in KEYS:
        page.evaluate("() => geoMap.setState({years: null})")
        slider = page.get_by_role("slider", name=handle)
        slider.focus()
        for key in keys:
            page.keyboard.press(key)
        assert years(page) == expected, (handle, keys)
        assert [first.get_attribute("aria-valuenow"), last.get_attribute("aria-valuenow")] == [str(y) for y in expected]
        assert first.get_attribute("aria-valuemax") == str(expected[1])
        assert last.get_attribute("aria-valuemin") == str(expected[0])
        assert slider.evaluate("node => node === document.activeElement")


def test_a_click_takes_a_year_and_again_gives_all_back(toy: Path, visit: Any) -> None:
    page = visit.open(toy)
    for year, count in BY_YEAR.items():
        page.mouse.click(*bar(page, year))
        assert years(page) == [year, year]
        assert page.locator(".geo-card-counts").text_content() == f"{count} of 8 incidents, {year}"
        assert page.locator(".geo-period").text_content() == str(year)
        page.mouse.click(*bar(page, year))
        assert years(page) is None
    page.mouse.click(*bar(page, 2019))
    page.keyboard.down("Shift")
    page.mouse.click(*bar(page, 2021))
    page.keyboard.up("Shift")
    assert years(page) == [2019, 2021]


def drag(page: Any, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, start[1], steps=4)
    page.mouse.move(*end, steps=4)
    page.mouse.up()


def test_drags_draw_move_and_resize_the_period(toy: Path, visit: Any) -> None:
    page = visit.open(toy)
    drag(page, bar(page, 2019), bar(page, 2021))
    assert years(page) == [2019, 2021]
    drag(page, bar(page, 2020), bar(page, 2022))
    assert years(page) == [2021, 2023]
    width = bar(page, 2019)[0] - bar(page, 2018)[0]
    left_edge = (bar(page, 2021)[0] - width / 2 - 2, bar(page, 2021)[1])
    drag(page, left_edge, (left_edge[0] - 2 * width, left_edge[1]))
    assert years(page) == [2019, 2023]
    right_edge = (bar(page, 2023)[0] + width / 2 + 2, bar(page, 2023)[1])
    drag(page, right_edge, bar(page, 2018))
    assert years(page) == [2019, 2019]


def test_steps_and_all_years(toy: Path, visit: Any) -> None:
    page = visit.open(toy)
    everything = page.get_by_role("button", name="All years")
    assert everything.get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="On one year").click()
    assert years(page) == [2018, 2018]
    assert everything.get_attribute("aria-pressed") == "false"
    page.get_by_role("button", name="On one year").click()
    assert years(page) == [2019, 2019]
    page.get_by_role("button", name="Back one year").click()
    page.get_by_role("button", name="Back one year").click()
    assert years(page) == [2018, 2018]
    everything.click()
    assert years(page) is None
    page.get_by_role("button", name="Back one year").click()
    assert years(page) == [2023, 2023]


def test_play_moves_to_the_last_year_and_stops(toy: Path, visit: Any) -> None:
    page = visit.page
    page.clock.install()
    visit.open(toy, ready=False)
    page.clock.run_for(1000)
    page.evaluate("() => geoMap.ready")
    page.get_by_role("button", name="Play", exact=True).click()
    seen = [years(page)]
    for _ in range(5):
        page.clock.run_for(1100)
        seen.append(years(page))
    assert seen == [[year, year] for year in BY_YEAR]
    page.clock.run_for(1100)
    assert page.get_by_role("button", name="Play", exact=True).is_visible()
    assert years(page) is None  # as before: play shows, it does not choose
    page.get_by_role("button", name="Play", exact=True).click()
    assert years(page) == [2018, 2018]
    page.get_by_role("button", name="Pause").click()
    page.clock.run_for(5000)
    assert years(page) == [2018, 2018]


def test_card_list_and_live_region_follow_the_years(toy: Path, visit: Any) -> None:
    page = visit.open(toy)
    assert page.locator(".geo-summary").inner_text().split("\n") == [
        "8 of 8 incidents, all years",
        "2 not placed",
        "1 undated",
    ]
    page.evaluate("() => geoMap.setState({years: [2020, 2021]})")
    assert page.locator(".geo-summary").inner_text().split("\n") == [
        "6 of 8 incidents, 2020–2021",
        "1 not placed",
        "1 undated left out",
    ]
    page.wait_for_function(
        "() => document.querySelector('[role=status].geo-visually-hidden').textContent"
        " === '6 of 8 incidents, 2020–2021; 1 not placed; 1 undated left out'"
    )
    page.evaluate("() => geoMap.setState({years: [2018, 2018]})")
    assert page.locator(".geo-summary").inner_text().split("\n") == ["1 of 8 incidents, 2018", "1 undated left out"]


def test_without_any_date_there_is_nothing_to_choose(
    make_records: Any, provinces: Any, visit: Any, tmp_path: Path
) -> None:
    geo.build_map(make_records([{"admin1_code": "XT-N"}]), provinces).save(tmp_path / "undated.html")
    page = visit.open(tmp_path / "undated.html", "#years=2020")
    words = " ".join(page.locator(".geo-timebar").inner_text().split())
    assert words == "All years No record has a date. 1 undated"
    assert page.get_by_role("slider").count() == 0
    assert years(page) is None
