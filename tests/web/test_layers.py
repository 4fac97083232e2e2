"""Our layers on a folium map that is not ours."""

from pathlib import Path
from typing import Any

import folium
import pytest
from plain_maps import save

import geo
from geo.errors import CRSError, UsageError
from geo.web import assets
from geo.web.layers import LAYERS, Choropleth, IncidentMarkers, Records, Statistics, Strongholds

RECORDS = [
    {"admin1_code": "XT-N", "date_start": "2020-01-05", "fatalities_best": 4},
    {"admin1_code": "XT-E", "date_start": "2021-06-01"},
    {"admin1_code": "XT-E", "date_start": "2021-07-01"},
    {"kind": "stronghold", "admin1_code": "XT-W", "date_start": "2020-01-01", "group": "Group A", "tier": "reported"},
]


DRAWN = """() => [...document.querySelectorAll("canvas.geo-canvas")].every((canvas) =>
    canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value > 0))"""


@pytest.mark.browser
def test_a_choropleth_on_a_plain_folium_map(make_records: Any, provinces: Any, visit: Any, tmp_path: Path) -> None:
    webmap = folium.Map([32, 63], zoom_start=6, tiles=None)
    Choropleth(make_records(RECORDS), provinces).add_to(webmap)
    page = visit.open(save(webmap, tmp_path / "map.html", visit), ready=False)
    page.wait_for_selector("canvas.geo-canvas")
    page.wait_for_function(DRAWN)


@pytest.mark.browser
def test_layer_control_switches_our_layers_and_shows_names_as_text(
    make_records: Any, provinces: Any, visit: Any, tmp_path: Path
) -> None:
    located = make_records(RECORDS)
    webmap = folium.Map([32, 63], zoom_start=6, tiles=None)
    shaded = Choropleth(located, provinces, name="<img src=x onerror=alert(1)> {{7*7}} `${1}`").add_to(webmap)
    marks = IncidentMarkers(located, provinces, show=False).add_to(webmap)
    Strongholds(located, provinces, control=False).add_to(webmap)
    folium.LayerControl(collapsed=False).add_to(webmap)
    page = visit.open(save(webmap, tmp_path / "map.html", visit), ready=False)
    labels = page.locator(".leaflet-control-layers-overlays label")
    names = [label.strip() for label in labels.all_inner_texts()]
    assert names == ["<img src=x onerror=alert(1)> {{7*7}} `${1}`", "Incidents"]

    def on_map() -> list[bool]:
        layers = ", ".join(f"{webmap.get_name()}.hasLayer({layer.get_name()})" for layer in (shaded, marks))
        return page.evaluate(f"() => [{layers}]")

    assert on_map() == [True, False]
    labels.nth(1).locator("input").check()
    labels.nth(0).locator("input").uncheck()
    assert on_map() == [False, True]


def test_layers_of_one_map_carry_scripts_and_data_once(make_records: Any, provinces: Any) -> None:
    located = make_records(RECORDS)
    webmap = folium.Map(tiles=None)
    for kind in LAYERS.values():
        kind(located, provinces).add_to(webmap)
    page = webmap.get_root().render()
    assert page.count('id="geo-data"') == page.count('id="geo-text"') == 1
    assert page.count("geo.model(") == 1 + assets.own_js(assets.LAYER_SCRIPTS).count("geo.model(")
    assert page.count(assets.own_js(assets.LAYER_SCRIPTS)) == 1


def test_two_sets_of_records_stay_apart(make_records: Any, provinces: Any) -> None:
    webmap = folium.Map(tiles=None)
    for records in (RECORDS, RECORDS[:1]):
        IncidentMarkers(make_records(records), provinces).add_to(webmap)
    page = webmap.get_root().render()
    assert page.count('id="geo-data"') == page.count('id="geo-data-2"') == 1
    assert 'geo.model("geo-data-2", "geo-text-2")' in page


def test_records_can_be_packed_once_for_several_maps(make_records: Any, provinces: Any) -> None:
    located = make_records(RECORDS)
    records = Records(located, provinces)
    one, two = (folium.Map(tiles=None) for _ in range(2))
    Choropleth(records).add_to(one)
    Statistics(records).add_to(two)
    assert records.payload.data.decode() in one.get_root().render()
    assert records.payload.data.decode() in two.get_root().render()
    with pytest.raises(UsageError, match="provinces are missing"):
        Choropleth(located)
    with pytest.raises(CRSError, match="located records are in EPSG:3857"):
        Choropleth(located.to_crs("EPSG:3857"), provinces)


def test_records_that_changed_are_drawn_as_they_are_now(make_records: Any, provinces: Any) -> None:
    located = make_records(RECORDS)
    pages = []
    for name in ("before", "after"):
        located["title"] = name
        pages.append(geo.build_map(located, provinces).get_root().render())
    assert pages[0] != pages[1]


def test_what_a_layer_is_asked_to_show_is_checked(make_records: Any, provinces: Any) -> None:
    located = make_records(RECORDS)
    with pytest.raises(UsageError, match="fatalities_best"):
        Choropleth(located, provinces, metric="deaths")
    with pytest.raises(UsageError, match="2015:2024"):
        IncidentMarkers(located, provinces, years=(2024, 2015))
    with pytest.raises(UsageError, match="not on a map yet"):
        Choropleth(located, provinces).render()


def test_period_and_metric_reach_the_page(make_records: Any, provinces: Any) -> None:
    webmap = folium.Map(tiles=None)
    Choropleth(make_records(RECORDS), provinces, years=(2020, 2021), metric="fatalities_best").add_to(webmap)
    assert '{"metric":"fatalities_best","years":[2020,2021]});' in webmap.get_root().render()
