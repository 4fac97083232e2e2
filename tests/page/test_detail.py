"""What opens when something is chosen: records, places with several, provinces, and the About panel."""

from pathlib import Path
from typing import Any

import page_records
import pytest

import geo

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def toy(make_records: Any, provinces: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("detail") / "toy.html"
    about = {"limits": "Toys only.", "citation": "Toy maps (2022)."}
    located = make_records(page_records.RECORDS)
    geo.build_map(located, provinces, title="Toy", sources=page_records.SOURCES, about=about).save(path)
    return path


def open_record(page: Any, title: str) -> Any:
    if not page.locator(".geo-list").is_visible():
        page.get_by_role("button", name="List", exact=True).click()
    page.locator(".geo-row-title").get_by_text(title, exact=True).click()
    dialog = page.get_by_role("dialog", name=title, exact=True)
    dialog.wait_for()
    return dialog


def facts(dialog: Any) -> dict[str, list[str]]:
    return dict(
        dialog.locator(".geo-facts > div").evaluate_all(
            "rows => rows.map((row) => [row.querySelector('dt').textContent,"
            " row.querySelector('dd').innerText.split('\\n')])"
        )
    )


def test_a_record_says_everything_with_its_precision(toy: Path, visit: Any) -> None:
    page = visit.open(toy)
    dialog = open_record(page, "Ambush on the north road")
    assert facts(dialog) == {
        "When": ["4 May 2018", "known to the day"],
        "Where": ["North road, North, XT", "known to the province only"],
        "Parties": ["Red against Blue"],
        "Killed": ["4 (3 to 9)"],
        "Status": ["stated by the source"],
    }
    assert dialog.locator(".geo-kicker").inner_text() == "Battles"
    cited = dialog.locator(".geo-cited li")
    assert cited.inner_text().split("\n") == ["The first article", "First Press, 2022-01-02, paragraph 3"]
    link = cited.get_by_role("link")
    assert link.get_attribute("href") == "https://example.org/first"
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_a_disagreement_shows_both_values_and_who_says_which(toy: Path, visit: Any) -> None:
    page = visit.open(toy)
    dialog = open_record(page, "Shelling of a village")
    assert facts(dialog)["When"] == ["February 2020", "known to the month"]
    assert facts(dialog)["Status"] == ["claimed; claimed by Red; denied by Blue"]
    table = dialog.locator(".geo-conflict table")
    assert table.locator("thead th").all_inner_texts() == ["First Press", "Second Press"]
    rows = {
        row.locator("th").inner_text(): row.locator("td").all_inner_texts() for row in table.locator("tbody tr").all()
    }
    assert rows["Killed"] == ["at least 10", "up to 2"]
    assert "When" not in rows
    assert dialog.locator(".geo-record-note").inner_text() == "Note. Both counts are kept."
    dialog.get_by_role("button", name="Open the other record").click()
    other = page.get_by_role("dialog", name="Shelling of a village, as the other side tells it")
    assert other.locator(".geo-same").inner_text().split("\n") == ["Tells of the same as", "Green in the north"]


def test_strongholds_and_totals_say_what_they_are(toy: Path, visit: Any) -> None:
    page = visit.open(toy)
    hold = open_record(page, "Red holds the west")
    assert hold.locator(".geo-kicker").inner_text() == "Stronghold · Red"
    assert facts(hold)["Basis"] == ["assessed by a neutral analyst"]
    assert facts(hold)["When"] == ["2018 to 2021"]
    assert "Killed" not in facts(hold)
    page.keyboard.press("Escape")
    total = open_record(page, "Attacks that year")
    assert total.locator(".geo-kicker").inner_text() == "Reported total · attacks claimed"
    assert facts(total)["Figure"] == ["143 attacks"]


def test_records_at_one_place_open_as_a_list(toy: Path, visit: Any, provinces: Any) -> None:
    page = visit.open(toy)
    # Three incidents known to North only stand on its label point, here the middle of the map.
    point = provinces.geometry["XT-N"].representative_point()
    page.evaluate(
        "view => geoMap.setState({years: [2018, 2020], layers: ['incidents'], view})",
        {"lat": point.y, "lng": point.x, "zoom": 9},
    )
    box = page.locator(".folium-map").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    dialog = page.get_by_role("dialog", name="3 records here")
    dialog.wait_for()
    dialog.get_by_role("button", name="Ambush on the north road").wait_for()  # titles come when they are decoded
    assert dialog.get_by_role("button", name="Shelling").count() == 2
    dialog.get_by_role("button", name="Ambush on the north road").click()
    one = page.get_by_role("dialog", name="Ambush on the north road")
    one.wait_for()
    assert one.locator(".geo-detail-position").inner_text() == "3 of 3"
    one.get_by_role("button", name="Previous record").click()
    page.get_by_role("dialog", name="Shelling of a village", exact=False).wait_for()
    page.get_by_role("button", name="3 records here").click()
    dialog.wait_for()
    page.keyboard.press("Escape")
    page.locator(".geo-detail").wait_for(state="hidden")


def province_card(page: Any) -> Any:
    return page.get_by_role("dialog", name="North", exact=True)


def click_north(page: Any) -> None:
    """Click into North, away from its marks."""
    page.evaluate("() => geoMap.setState({view: {lat: 32.2, lng: 62.5, zoom: 7}})")
    box = page.locator(".folium-map").bounding_box()
    # One degree is 256 * 2**7 / 360 pixels wide, and 1/cos(33°) times as high.
    per_degree = 256 * 2**7 / 360
    page.mouse.click(box["x"] + box["width"] / 2 - 1.6 * per_degree, box["y"] + box["height"] / 2 - 1.45 * per_degree)
    province_card(page).wait_for()


def test_a_province_shows_years_figures_strongholds_and_sources(toy: Path, visit: Any) -> None:
    page = visit.open(toy)
    click_north(page)
    card = province_card(page)
    assert card.locator(".geo-province-count").inner_text() == "4 incidents, all years"
    assert card.get_by_role("img").get_attribute("aria-label") == "Incidents by year: 2018: 1, 2020: 2, 2021: 1"
    # low 3 + 10 + 0 + 0; best 4 + 10 + 0 + 7; of two of the four no source gives an upper bound
    assert facts(card)["Killed"] == ["low 13, best 21, no upper bound"]
    assert card.locator(".geo-plain li").all_inner_texts() == [
        "Green in the north\nGreen, Presence, claimed by a party, 2023"
    ]
    assert card.locator(".geo-cited li").all_inner_texts() == [
        "The first article\n4 records",
        "The second article\n2 records",
    ]
    page.evaluate("() => geoMap.setState({years: [2018, 2018]})")
    assert card.locator(".geo-province-count").inner_text() == "1 incident, 2018"
    assert facts(card)["Killed"] == ["low 3, best 4, high 9"]
    assert card.locator(".geo-plain").count() == 0
    card.get_by_role("button", name="Ambush on the north road").click()
    page.get_by_role("dialog", name="Ambush on the north road").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")


def test_a_province_of_which_nothing_is_known_says_so(
    make_records: Any, provinces: Any, visit: Any, tmp_path: Path
) -> None:
    # The West is a country of its own, in which no incident was placed; nothing happened in the East in 2020.
    records = [
        {"admin1_code": "XT-N", "date_start": "2020-05-01"},
        {"admin1_code": "XT-E", "date_start": "2021-05-01"},
    ]
    foreign = provinces.assign(country_code=["XT", "XU", "XT"])
    path = tmp_path / "map.html"
    geo.build_map(make_records(records), foreign, years=(2020, 2020)).save(path)
    page = visit.open(path)
    cards = {}
    for code in ("XT-E", "XT-W"):
        point = provinces.geometry[code].representative_point()
        page.evaluate("view => geoMap.setState({view})", {"lat": point.y, "lng": point.x, "zoom": 7})
        box = page.locator(".folium-map").bounding_box()
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        card = page.locator(".geo-province", has_text=code)
        card.wait_for()
        cards[code] = card.inner_text()
    assert "0 incidents, 2020" in cards["XT-E"]
    assert "Killed" not in cards["XT-E"]
    assert "do not cover" in cards["XT-W"]
    assert "0 incidents" not in cards["XT-W"]


def test_about_says_where_it_comes_from_and_what_it_cannot_say(toy: Path, visit: Any) -> None:
    page = visit.open(toy)
    opener = page.locator(".geo-about-open")
    opener.click()
    panel = page.get_by_role("dialog", name="About this map")
    text = panel.inner_text()
    for part in ("imply no opinion", "Toys only.", "Toy maps (2022).", "Leaflet", "BSD-2-Clause", "SHA-256"):
        assert part in text
    assert panel.locator(".geo-sources li").all_inner_texts() == [
        "The first article\nA. Author, First Press, 2022-01-02 · 6 records",
        "The second article\nSecond Press · 5 records",
    ]
    page.keyboard.press("Escape")
    assert panel.is_visible() is False
    assert opener.evaluate("node => node === document.activeElement")
    # The line on the map opens the same panel.
    page.locator(".geo-credits").get_by_role("button", name="About this map").click()
    panel.get_by_role("button", name="Close").click()
    assert panel.is_visible() is False


def test_on_a_phone_a_record_is_a_sheet_over_the_map(toy: Path, visit: Any) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page = visit.open(toy)
    page.get_by_role("button", name="List", exact=True).click()
    page.get_by_role("button", name="Market bombing").click()
    sheet = page.get_by_role("dialog", name="Market bombing")
    box = sheet.bounding_box()
    assert (box["x"], box["width"]) == (0, 390)
    assert page.locator(".geo-timebar").is_visible()
    sheet.get_by_role("button", name="Close").click()
    page.get_by_role("button", name="Close the list").click()
    page.get_by_role("button", name="Layers and filters").click()
    assert page.get_by_role("switch", name="Incidents").is_visible()
    page.keyboard.press("Escape")
    assert page.get_by_role("switch", name="Incidents").is_visible() is False


def test_a_province_says_what_is_of_no_year(make_records: Any, provinces: Any, visit: Any, tmp_path: Path) -> None:
    records = [
        {"admin1_code": "XT-N", "date_start": None},
        {"admin1_code": "XT-E", "date_start": "2020-05-01"},
        {"admin1_code": "XT-E", "date_start": None},
        {"admin1_code": "XT-N", "kind": "stronghold", "date_start": None, "group": "Red", "tier": "assessed"},
    ]
    path = tmp_path / "map.html"
    geo.build_map(make_records(records), provinces).save(path)
    page = visit.open(path)
    card = page.locator(".geo-province")
    page.evaluate("() => model_1.selectProvince('XT-N')")
    card.get_by_text("It is of no year: there is nothing to draw by year").wait_for()
    assert card.locator(".geo-mini").count() == 0
    assert card.locator(".geo-plain .geo-how").inner_text() == "Red, assessed by a neutral analyst, date not known"
    page.evaluate("() => model_1.selectProvince('XT-E')")
    card.get_by_text("1 of them is of no year, and in no bar").wait_for()
    assert card.locator(".geo-mini").count() == 1
