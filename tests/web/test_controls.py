"""Parts of the page on a folium map that is not ours: one year control for all layers of the same records."""

from pathlib import Path
from typing import Any

import folium
import pytest
from plain_maps import save

from geo.errors import UsageError
from geo.web import assets
from geo.web.controls import IncidentPanel, Legend, YearControl
from geo.web.layers import Choropleth, IncidentMarkers, Records, Strongholds

RECORDS = [
    {"title": "Ambush", "admin1_code": "XT-N", "date_start": "2020-01-05", "fatalities_best": 4},
    {"title": "Raid", "admin1_code": "XT-E", "date_start": "2021-06-01", "geo_precision": "province"},
    {"title": "Shelling", "admin1_code": "XT-E", "date_start": "2021-07-01", "geo_precision": "province"},
    {"title": "Undated", "admin1_code": "XT-E"},
    {"kind": "stronghold", "admin1_code": "XT-W", "date_start": "2020-01-01", "group": "Group A", "tier": "reported"},
]


@pytest.fixture
def records(make_records: Any, provinces: Any) -> Records:
    return Records(make_records(RECORDS), provinces)


@pytest.mark.browser
def test_controls_drive_the_layers_of_a_plain_folium_map(records: Records, visit: Any, tmp_path: Path) -> None:
    webmap = folium.Map([32, 63], zoom_start=6, tiles=None)
    Choropleth(records).add_to(webmap)
    marks = IncidentMarkers(records).add_to(webmap)
    Strongholds(records, show=False).add_to(webmap)
    for control in (YearControl, Legend, IncidentPanel):
        control(records).add_to(webmap)
    page = visit.open(save(webmap, tmp_path / "map.html", visit), ready=False)
    legend = page.locator(".geo-on-map-legend")
    page.get_by_role("slider", name="First year").focus()
    page.keyboard.press("End")
    page.wait_for_function("() => document.querySelector('.geo-on-map .geo-period').textContent === '2021'")
    assert page.locator(".geo-on-map-years").inner_text().count("1 undated") == 1
    # Two incidents in 2021, and both in a province; the stronghold's layer was not on the map.
    counts = legend.locator(".geo-layer-head").all_inner_texts()
    assert [text.split("\n")[-1].strip() for text in counts if "Incidents" in text or "Provinces" in text] == ["2", "2"]
    assert legend.get_by_role("switch", name="Claimed strongholds").is_checked() is False
    legend.get_by_role("switch", name="Incidents").click()
    page.wait_for_function(f"() => !{webmap.get_name()}.hasLayer({marks.get_name()})")
    legend.get_by_role("switch", name="Incidents").click()
    page.wait_for_function(f"() => {webmap.get_name()}.hasLayer({marks.get_name()})")
    page.locator(".geo-on-map-list").get_by_role("button", name="List").click()
    page.get_by_role("button", name="Shelling").click()
    page.locator(".leaflet-popup", has_text="Shelling").wait_for()
    page.keyboard.press("Escape")


def test_scripts_words_and_data_stand_once_in_the_page(records: Records) -> None:
    webmap = folium.Map(tiles=None)
    for part in (Choropleth, YearControl, Legend, IncidentPanel):
        part(records).add_to(webmap)
    page = webmap.get_root().render()
    assert page.count('id="geo-data"') == 1
    assert page.count("geo.i18n.load({") == 1
    assert page.count(assets.own_js(assets.PAGE_SCRIPTS)) == 1
    assert page.count("globalThis.geo=") == 1  # not those of the layers alone as well


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"position": "middle"}, "topleft, topright"), ({"theme": "blue"}, "light, dark"), ({"language": "xx"}, "en nor")],
)
def test_wrong_arguments_are_named(records: Records, wrong: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        YearControl(records, **wrong)


def test_frames_in_place_of_records_are_refused(make_records: Any) -> None:
    with pytest.raises(UsageError, match="Records"):
        Legend(make_records(RECORDS))
