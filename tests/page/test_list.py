"""The list says what the map says: every record once, in its group, reachable by mouse and keys at any volume."""

from pathlib import Path
from typing import Any

import pytest

import geo

pytestmark = pytest.mark.browser


@pytest.fixture
def page(toy: Path, visit: Any) -> Any:
    visit.page.set_viewport_size({"width": 1280, "height": 900})  # room for the map over the open list
    page = visit.open(toy)
    page.get_by_role("button", name="List").click()
    page.get_by_role("button", name="Market bombing").wait_for()
    return page


def titles(page: Any) -> list[str]:
    """Return the titles and the headings of groups, from top to bottom."""
    return page.locator(".geo-table tbody .geo-row-title, .geo-table .geo-group th").all_text_contents()


def test_unplaced_and_undated_records_stand_in_groups_of_their_own(page: Any) -> None:
    assert titles(page) == [
        "Green in the north",
        "Market bombing",
        "Raid over the border",
        "Attacks that year",
        "A winter of raids",
        "Shelling of a village",
        "Shelling of a village, as the other side tells it",
        "Ambush on the north road",
        "Red holds the west",
        "Not placed in a province: 1 record",
        "Attack somewhere in the country",
        "Undated: 1 record",
        "Attack at an unknown time",
    ]
    assert page.locator(".geo-list-count").text_content() == "11 records"


def test_the_list_follows_years_and_filters_and_keeps_the_undated(page: Any) -> None:
    page.evaluate("() => geoMap.setState({years: [2018, 2018]})")
    assert titles(page) == [
        "Ambush on the north road",
        "Red holds the west",
        "Undated: 1 record",
        "Attack at an unknown time",
    ]
    page.evaluate("() => geoMap.setState({years: null, filters: {event_type: ['Battles']}})")
    incidents = [title for title in titles(page) if title in ("Ambush on the north road", "Raid over the border")]
    assert len(incidents) == 2
    assert "Market bombing" not in titles(page)


def test_cells_say_date_type_place_figures_and_sources(page: Any) -> None:
    row = page.get_by_role("row").filter(has_text="Market bombing")
    assert row.get_by_role("cell").all_inner_texts() == [
        "2021-08-26",
        "Market bombing",
        "Explosions/Remote violence",
        "North",
        "7",
        "First Press",
    ]
    link = row.get_by_role("link", name="First Press")
    assert link.get_attribute("href") == "https://example.org/first"
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert page.get_by_role("row").filter(has_text="Raid over").get_by_role("link").count() == 0
    month = page.get_by_role("row").filter(has_text="Shelling of a village, as")
    assert month.get_by_role("cell").nth(0).inner_text() == "2020-02"
    assert month.get_by_role("cell").nth(4).inner_text() == "up to 2"


@pytest.mark.parametrize(
    ("column", "first", "last"),
    [
        ("Title", "A winter of raids", "Shelling of a village, as the other side tells it"),
        ("Killed", "Shelling of a village", "Green in the north"),
        ("Date", "Red holds the west", "Green in the north"),
    ],
)
def test_headings_sort_and_turn_round(page: Any, column: str, first: str, last: str) -> None:
    header = page.get_by_role("columnheader", name=column)
    header.get_by_role("button").click()
    placed = titles(page)[:9]
    assert placed[0] == first
    if column != "Killed":
        assert placed[-1] == last
    before = header.get_attribute("aria-sort")
    header.get_by_role("button").click()
    assert {before, header.get_attribute("aria-sort")} == {"ascending", "descending"}
    if column == "Killed":  # what is not known stays last either way
        assert titles(page)[0] == "Shelling of a village, as the other side tells it"
    else:
        assert titles(page)[0] == last


def test_search_narrows_list_and_map_together(page: Any) -> None:
    page.get_by_role("searchbox").fill("winter")
    page.wait_for_function("() => geoMap.summary().incidents === 1")
    assert titles(page) == ["A winter of raids"]
    assert page.locator(".geo-card-counts").text_content() == "1 of 8 incidents, all years"
    page.get_by_role("searchbox").fill("no such thing")
    page.get_by_text("No record passes the filters.").wait_for()
    page.get_by_role("button", name="Reset").click()
    assert page.get_by_role("searchbox").input_value() == ""
    assert len(titles(page)) == 13


def test_a_row_shows_its_mark_and_closing_returns_to_the_row(page: Any) -> None:
    page.get_by_role("button", name="Market bombing").click()
    dialog = page.get_by_role("dialog", name="Market bombing")
    dialog.wait_for()
    assert page.locator("tr.geo-marked .geo-row-title").all_inner_texts() == ["Market bombing"]
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    assert page.evaluate("() => document.activeElement.textContent") == "Market bombing"
    assert page.locator("tr.geo-marked").count() == 0
    page.get_by_role("button", name="Attack somewhere in the country").click()
    page.locator(".geo-detail").get_by_role("heading", name="Attack somewhere in the country").wait_for()
    assert page.locator(".leaflet-popup").count() == 0  # details dock, whatever is chosen


def test_keys_walk_the_rows_over_headings(page: Any) -> None:
    page.get_by_role("button", name="Market bombing").focus()
    focused = "() => document.activeElement.textContent"
    page.keyboard.press("Home")
    assert page.evaluate(focused) == "Green in the north"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == "Market bombing"
    page.keyboard.press("End")
    assert page.evaluate(focused) == "Attack at an unknown time"
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) == "Attack somewhere in the country"
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) == "Red holds the west"
    page.keyboard.press("Enter")
    page.get_by_role("dialog", name="Red holds the west").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.locator(".geo-list").is_visible() is False
    assert page.get_by_role("button", name="List", exact=True).evaluate("node => node === document.activeElement")


def test_notes_on_the_card_open_the_list_at_their_group(toy: Path, visit: Any) -> None:
    page = visit.open(toy)
    opener = page.locator("[aria-controls=geo-list]")
    assert opener.get_attribute("aria-expanded") == "false"
    page.locator(".geo-summary").get_by_role("button", name="1 undated").click()
    page.get_by_role("button", name="Attack at an unknown time").wait_for()
    assert opener.get_attribute("aria-expanded") == "true"


def test_of_many_records_only_those_in_view_are_in_the_page(
    make_records: Any, provinces: Any, visit: Any, tmp_path: Path
) -> None:
    records = [
        {"admin1_code": "XT-N", "date_start": f"{2000 + k % 20}-01-{1 + k % 28:02d}", "title": f"Number {k}"}
        for k in range(5000)
    ]
    geo.build_map(make_records(records), provinces).save(tmp_path / "many.html")
    page = visit.open(tmp_path / "many.html")
    page.get_by_role("button", name="List").click()
    page.locator(".geo-table tbody tr[data-record]").first.wait_for()
    table = page.get_by_role("table")
    assert table.get_attribute("aria-rowcount") == "5001"
    assert page.locator(".geo-table tbody tr[data-record]").count() < 60
    page.locator(".geo-scroller").evaluate("box => { box.scrollTop = box.scrollHeight; }")
    last = page.locator(".geo-table tbody tr[aria-rowindex='5001']")
    last.wait_for()
    assert page.locator(".geo-table tbody tr[data-record]").count() < 60
    box, row = page.locator(".geo-scroller").bounding_box(), last.bounding_box()
    assert row["y"] + row["height"] == pytest.approx(box["y"] + box["height"], abs=2)
    page.evaluate("() => geoMap.setState({years: [2003, 2003]})")
    page.wait_for_function("() => document.querySelector('.geo-table').getAttribute('aria-rowcount') === '251'")
    page.locator(".geo-table tbody tr[data-record]").first.wait_for()
