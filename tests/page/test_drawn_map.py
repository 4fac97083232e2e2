"""What is on the map, pixel by pixel and under the pointer, against counts and colours worked out here."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from PIL import ImageColor
from shapely import Point, box
from shown_map import Shown
from visit import AT_REST, Visit

import geo
from geo.admin.provinces import label_points
from geo.style import COLOURS, EVENT_STYLES, GROUP_COLOURS, SIZES, shades

pytestmark = pytest.mark.browser

LIGHT = COLOURS["light"]
BATTLES, EXPLOSIONS = (EVENT_STYLES[name][1] for name in ("Battles", "Explosions/Remote violence"))
# The toy country lies between Herat and Multan: what it leaves free is land, and the Arabian Sea is south of it.
NORTH, SOUTH_WEST, HOLE, EXCLAVE, GAP, NEIGHBOUR, SEA = (
    (60.4, 33.8), (60.3, 30.3), (61.5, 31.5), (66.8, 30.2), (65.5, 30.5), (68.4, 30.3), (63.0, 23.5),
)  # fmt: skip

RECORDS: list[dict[str, Any]] = [
    # North: three in 2020, one in 2021. East: one in 2020. West: none. The neighbour XU: only somewhere in it.
    *({"admin1_code": "XT-N", "date_start": "2020-03-01", "geo_precision": "province"} for _ in range(3)),
    {"admin1_code": "XT-N", "date_start": "2021-03-01", "geo_precision": "city", "geometry": Point(64.5, 33.5)},
    {"admin1_code": "XT-E", "date_start": "2020-03-01", "geo_precision": "district", "geometry": Point(64.5, 30.5),
     "event_type": "Explosions/Remote violence"},
    {"country_code": "XU", "date_start": "2020-03-01", "geo_precision": "country", "cross_border": True,
     "title": "Abroad"},
    {"country_code": "XT", "date_start": "2020-03-01", "geo_precision": "country", "title": "Somewhere"},
    {"kind": "stronghold", "admin1_code": "XT-W", "date_start": "2020-01-01", "date_end": "2020-12-31",
     "geo_precision": "province", "group": "Red", "tier": "claimed", "event_type": None},
    {"kind": "statistic", "admin1_code": "XT-E", "date_start": "2020-01-01", "value": 143, "title": "A total",
     "geo_precision": "province", "event_type": None},
]  # fmt: skip
RECORDS = [{"id": f"r{i}"} | record for i, record in enumerate(RECORDS)]


@pytest.fixture(scope="module")
def lands(provinces: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    neighbour = provinces.iloc[:1].assign(
        admin1_code="XU-A", admin1_name="Abroad", country_code="XU", geometry=[box(68, 30, 70.3, 32)]
    )
    both = pd.concat([provinces, neighbour])
    return gpd.GeoDataFrame(both.set_axis(both["admin1_code"].to_list()), crs=provinces.crs)


@pytest.fixture(scope="module")
def drawn(make_records: Any, lands: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("drawn") / "map.html"
    geo.build_map(make_records(RECORDS), lands, title="Toy").save(path)
    return path


@pytest.fixture(scope="module")
def shown(drawn: Path, chromium: Any) -> Iterator[Shown]:
    visit = Visit(chromium)
    yield Shown(visit.open(drawn))
    visit.close()


@pytest.mark.parametrize(
    ("years", "north", "exclave"),
    # Distinct values of single years are 1 and 3, of all years 1 and 4: two classes each.
    [
        (None, shades(2)[1], shades(2)[0]),
        ([2020, 2020], shades(2)[1], shades(2)[0]),
        ([2021, 2021], shades(2)[0], LIGHT["zero"]),
    ],
)
def test_provinces_take_the_colour_of_their_class(shown: Shown, years: Any, north: str, exclave: str) -> None:
    for place, colour in (
        (NORTH, north),
        (EXCLAVE, exclave),
        (SOUTH_WEST, LIGHT["zero"]),
        (HOLE, LIGHT["land"]),
        (GAP, LIGHT["land"]),
        (SEA, LIGHT["outside"]),
    ):
        shown.show(place, 7, ["choropleth"], years)
        assert shown.colour() == colour, place


def test_a_country_in_which_nothing_could_be_placed_is_hatched_as_no_data(shown: Shown) -> None:
    shown.show(NEIGHBOUR, 8, ["choropleth"])
    seen = {shown.colour(dx, dy) for dx in range(-6, 7) for dy in range(-6, 7)}
    assert LIGHT["no_data"] in seen
    assert LIGHT["zero"] not in seen
    assert len(seen) > 1


def test_without_the_shading_there_is_land(shown: Shown) -> None:
    shown.show(NORTH, 7, [])
    assert shown.colour() == LIGHT["zero"]
    shown.show(HOLE, 7, [])
    assert shown.colour() == LIGHT["land"]
    shown.show(SEA, 7, [])
    assert shown.colour() == LIGHT["outside"]


def test_symbols_say_how_well_the_place_is_known(shown: Shown, lands: Any) -> None:
    shown.show((64.5, 33.5), 8, ["incidents"])
    assert shown.colour() == BATTLES
    shown.show((64.5, 30.5), 8, ["incidents"])
    assert shown.colour() == LIGHT["halo"]
    # The corners of a ring in the shape of a star: the topmost lies 1.15 radii above the middle.
    ring = {shown.colour(0, -dy) for dy in range(3, 10)}
    assert EXPLOSIONS in ring
    # Three records of North are known to the province only: a frame on its label point, with their number.
    north = label_points(lands).loc["XT-N"]
    shown.show((north.x, north.y), 8, ["incidents"], [2020, 2020])
    assert shown.tooltip()[0].split("\n") == ["3", "3 Battles"]
    corner = SIZES["province"]
    assert shown.colour(-corner + 2, -corner + 2) == LIGHT["badge"]
    assert shown.colour(0, corner) == BATTLES


def test_marks_obey_the_years(shown: Shown) -> None:
    shown.show((64.5, 33.5), 8, ["incidents"], [2020, 2020])
    assert shown.colour() == LIGHT["zero"]
    shown.show((64.5, 33.5), 8, ["incidents"], [2021, 2021])
    assert shown.colour() == BATTLES


def test_strongholds_hatch_their_province_in_their_years(shown: Shown) -> None:
    def colours() -> set[str]:
        return {shown.colour(dx, dy) for dx in range(-10, 11) for dy in range(-10, 11)}

    def apart(one: str, two: str) -> int:
        return max(abs(int(one[i : i + 2], 16) - int(two[i : i + 2], 16)) for i in (1, 3, 5))

    shown.show(SOUTH_WEST, 8, ["strongholds"], [2020, 2020])
    # Slanted lines are smoothed: the middle of one is all but the group's colour.
    assert min(apart(colour, GROUP_COLOURS["light"][0]) for colour in colours()) < 16
    shown.show(SOUTH_WEST, 8, ["strongholds"], [2021, 2021])
    assert colours() == {LIGHT["zero"]}


def test_an_attack_known_to_a_country_outlines_it_and_has_a_place_in_none(shown: Shown, lands: Any) -> None:
    middle = label_points(lands).loc["XU-A"]
    shown.show((middle.x, middle.y), 7, ["cross_border"], [2020, 2020])
    # A number in the middle would stand on a province that no source names: the country is outlined instead.
    assert shown.tooltip() == []
    across = {shown.colour(dx, dy) for dx in range(-230, 231) for dy in (0, 6)}
    assert min(sum(ImageColor.getrgb(colour)) for colour in across) < 60
    assert "1 attack across borders" in shown.page.locator(".geo-strips").inner_text()
    shown.show((middle.x, middle.y), 7, ["incidents"], [2020, 2020])
    assert shown.tooltip() == []


def test_totals_stand_on_their_area(shown: Shown, lands: Any) -> None:
    east = label_points(lands).loc["XT-E"]
    shown.show((east.x, east.y), 7, ["statistics"], [2020, 2020])
    assert shown.tooltip(0, -27) == ["A total"]
    shown.show((east.x, east.y), 7, ["statistics"], [2021, 2021])
    assert shown.tooltip(0, -27) == []


def test_pointing_at_a_province_names_it_and_its_value(shown: Shown) -> None:
    shown.show(NORTH, 7, ["choropleth"], [2020, 2020])
    assert shown.tooltip()[0].split("\n") == ["North", "Incidents: 3"]
    shown.show(SEA, 7, ["choropleth"], [2020, 2020])
    assert shown.tooltip() == []
    # Sources that do not treat a country say nothing about it, not even "none".
    shown.show(NEIGHBOUR, 7, ["choropleth"])
    assert shown.tooltip() == ["Abroad"]


def test_no_incident_is_not_called_zero_and_no_figure_is_not_called_none(shown: Shown) -> None:
    shown.show(SOUTH_WEST, 7, ["choropleth"])
    assert shown.tooltip()[0].split("\n") == ["West", "Incidents: none in these sources"]
    shown.show(SOUTH_WEST, 7, ["choropleth"], [2020, 2020])
    assert shown.tooltip()[0].split("\n") == ["West", "Incidents: none in this selection"]
    shown.page.evaluate("() => geoMap.setState({metric: 'fatalities_best'})")
    shown.show(NORTH, 7, ["choropleth"])
    assert shown.tooltip()[0].split("\n") == ["North", "People killed (best figures): incidents, but no figure"]
    around = {shown.colour(dx, dy) for dx in range(-12, 13) for dy in range(-12, 13)}
    assert LIGHT["zero"] in around
    assert len(around) > 1
    legend = shown.page.locator(".geo-entries-choropleth .geo-entry-name").all_inner_texts()
    assert legend == ["none in these sources", "incidents, but no figure", "not covered by these sources"]
    shown.page.evaluate("() => geoMap.setState({metric: 'incidents'})")


def test_a_click_opens_a_mark_or_its_province(shown: Shown) -> None:
    shown.show((64.5, 33.5), 8, ["choropleth", "incidents"])
    shown.page.mouse.click(shown.x + 11, shown.y)  # 24 pixels of target for a symbol of 13
    assert shown.page.locator(".geo-record-title").inner_text() == "Record 4"
    shown.page.keyboard.press("Escape")
    shown.page.wait_for_timeout(300)
    shown.page.mouse.click(shown.x - 60, shown.y)
    assert "North" in shown.page.locator(".geo-detail").filter(visible=True).inner_text()
    shown.page.keyboard.press("Escape")


@pytest.fixture(scope="module")
def crowd(make_records: Any, lands: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two records on one spot, and one a quarter of a degree away."""
    spots = [Point(60.5, 30.5), Point(60.5, 30.5), Point(60.75, 30.5)]
    records = [
        {"id": f"c{i}", "title": f"Event {i}", "date_start": f"202{i}-01-01", "geometry": spot, "geo_precision": "city",
         "admin1_code": "XT-W"}
        for i, spot in enumerate(spots)
    ]  # fmt: skip
    records.append(
        {"id": "q", "title": "Far camp", "kind": "stronghold", "date_start": "2020-01-01",
         "geometry": Point(63.5, 30.5), "geo_precision": "province", "admin1_code": "QQ-1", "group": "Red",
         "event_type": None}
    )  # fmt: skip
    path = tmp_path_factory.mktemp("crowd") / "map.html"
    geo.build_map(make_records(records), lands, title="Crowd").save(path)
    return path


def test_a_cluster_zooms_until_its_records_part_and_then_lists_them(crowd: Path, visit: Any) -> None:
    shown = Shown(visit.open(crowd))
    shown.show((60.58, 30.5), 5, ["incidents"])
    assert shown.tooltip()[0].split("\n")[0] == "3"
    shown.page.mouse.click(shown.x, shown.y)
    shown.page.wait_for_function("() => geoMap.getState().view.zoom > 5")
    shown.page.wait_for_function(AT_REST)
    zoom = 9
    shown.show((60.5, 30.5), zoom, ["incidents"])
    assert shown.tooltip()[0].split("\n")[0] == "2"
    shown.page.mouse.click(shown.x, shown.y)
    assert shown.page.evaluate("() => geoMap.getState().view.zoom") == zoom
    assert shown.page.locator(".geo-here button").all_inner_texts() == ["Event 1", "Event 0"]


def test_a_cluster_counts_what_the_filter_leaves(crowd: Path, visit: Any) -> None:
    shown = Shown(visit.open(crowd))
    shown.show((60.5, 30.5), 9, ["incidents"], [2020, 2020])
    assert shown.tooltip()[0].split("\n")[0] == "Event 0"
    shown.show((60.5, 30.5), 9, ["incidents"], [2020, 2021])
    assert shown.tooltip()[0].split("\n")[0] == "2"


def test_a_stronghold_in_a_province_without_polygon_stands_where_its_file_says(crowd: Path, visit: Any) -> None:
    shown = Shown(visit.open(crowd))
    shown.show((63.5, 30.5), 8, ["strongholds"])
    assert shown.tooltip(0, -15)[0].split("\n")[0] == "Far camp"
