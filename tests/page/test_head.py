"""The head says what is drawn and how far the data reach, wherever the picture goes."""

import json
from pathlib import Path
from typing import Any

import pytest

import geo

pytestmark = pytest.mark.browser
FILTERED = "#group=Red&q=attack&years=2020-2021"
WORDS = "1 of 8 incidents, 2020–2021; Group or actor: Red; Search: attack; 1 not placed; 1 undated left out"


def bars(page: Any) -> dict[str, str]:
    """Return year -> what the bar of that year says."""
    titles = page.locator(".geo-bar").evaluate_all("nodes => nodes.map((node) => node.title)")
    return dict(title.split(": ") for title in titles)


def test_the_head_says_how_far_the_records_reach(toy: Path, visit: Any) -> None:
    page = visit.open(toy)
    # The newest article is of 2022, the newest record lasts through 2023; of two articles one has no date.
    assert page.locator(".geo-data-date").inner_text() == "Records to 2023; 1 of 2 sources undated"
    page.locator(".geo-about-open").click()
    assert "Records to 2023; 1 of 2 sources undated" in page.locator(".geo-about").inner_text()


def test_every_filter_is_a_chip_that_removes_it(toy: Path, visit: Any) -> None:
    page = visit.open(toy, FILTERED)
    chips = page.locator(".geo-chips button")
    assert chips.all_inner_texts() == ["2020–2021", "Group or actor: Red", "Search: attack"]
    page.get_by_role("button", name="Remove the filter Search: attack").click()
    assert chips.all_inner_texts() == ["2020–2021", "Group or actor: Red"]
    assert page.evaluate("() => geoMap.getState().filters.text") == ""
    # The focus stays where the next press removes the next filter.
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert chips.count() == 0
    assert page.evaluate("() => geoMap.getState().years") is None
    assert page.evaluate("() => document.activeElement !== document.body")


def test_an_embed_names_title_counts_and_filters(toy: Path, visit: Any) -> None:
    page = visit.open(toy, f"?embed=1{FILTERED}")
    assert page.get_by_role("heading", level=1).inner_text() == "Toy"
    assert page.locator(".geo-headline-shown").inner_text() == WORDS
    assert page.locator(".folium-map").get_attribute("aria-label").startswith(f"{WORDS}. Map of incidents")
    assert page.locator(".leaflet-control-scale-line").is_visible()
    page.evaluate("() => geoMap.setState({years: null, filters: {group: [], text: ''}})")
    assert page.locator(".geo-headline-shown").inner_text() == "8 of 8 incidents, all years; 2 not placed; 1 undated"


def test_print_and_saved_files_name_the_filters(toy: Path, visit: Any, tmp_path: Path) -> None:
    page = visit.open(toy, FILTERED)
    saved = {}
    for kind in ("CSV", "GeoJSON"):
        with page.expect_download() as download:
            page.locator(f".geo-{kind.lower()}").click()
        saved[kind] = tmp_path / download.value.suggested_filename
        download.value.save_as(saved[kind])
    assert saved["CSV"].name == "toy-2020-2021-filtered.csv"
    assert json.loads(saved["GeoJSON"].read_text(encoding="utf-8"))["selection"] == WORDS
    for path in saved.values():  # still files that geo reads
        assert geo.read_incidents(path)["id"].tolist() == ["somewhere-2021"]
    assert WORDS in saved["CSV"].read_text(encoding="utf-8-sig")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".geo-print-shown").text_content() == WORDS


def test_the_time_bar_counts_what_the_map_draws(toy: Path, visit: Any) -> None:
    page = visit.open(toy, "#layers=strongholds")
    # Red holds the west from 2018 to 2021, Green the north in 2023.
    held = dict.fromkeys(("2018", "2019", "2020", "2021", "2023"), "1 claimed stronghold")
    assert bars(page) == held | {"2022": "0 claimed strongholds"}
    page.evaluate("() => geoMap.setState({layers: ['cross_border']})")
    assert {year for year, what in bars(page).items() if what == "1 attack across borders"} == {"2021"}
    page.evaluate("() => geoMap.setState({layers: ['choropleth']})")
    assert bars(page)["2021"] == "4 incidents"


def test_a_number_opens_as_many_records(toy: Path, visit: Any) -> None:
    page = visit.open(toy)
    page.get_by_role("button", name="2 not placed").click()
    titles = page.locator(".geo-row-title")
    assert sorted(titles.all_inner_texts()) == ["Attack at an unknown time", "Attack somewhere in the country"]
    assert page.locator(".geo-list-count").inner_text() == "2 records, not placed"
    page.locator(".geo-card").get_by_role("button", name="1 undated").click()
    assert titles.all_inner_texts() == ["Attack at an unknown time"]
    page.get_by_role("button", name="Show all records").click()
    assert page.locator(".geo-list-count").inner_text() == "11 records"


def test_numbers_of_the_shipped_maps_open_as_many_records(shipped_maps: Path, visit: Any) -> None:
    for name in ("index", "strongholds", "cross_border"):
        page = visit.open(shipped_maps / f"{name}.html")
        for button in page.locator(".geo-card-link:visible").all():
            number = sum(int(word) for word in button.inner_text().replace(";", "").split() if word.isdigit())
            button.click()
            assert page.locator(".geo-list-count").inner_text().startswith(f"{number} record")
