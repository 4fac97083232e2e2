"""What a reader takes from the map alone: places known to a country only, overlapping claims, a complete legend."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import ImageColor
from shapely import Point
from shown_map import Shown
from visit import Visit

import geo
from geo.style import GROUP_COLOURS

pytestmark = pytest.mark.browser


def claim(group: str, **more: Any) -> dict[str, Any]:
    record = {
        "kind": "stronghold", "admin1_code": "XT-W", "date_start": "2020-01-01", "date_end": "2020-12-31",
        "geo_precision": "province", "tier": "claimed", "event_type": None, "title": f"{group} in the west",
    }  # fmt: skip
    return record | {"group": group} | more


#: West is claimed by three groups, with 6, 5 and 2 claims, so that Blue is the last of the legend.
RECORDS = [
    *[claim("Red Army (RA)")] * 6,
    *[claim("Green")] * 5,
    *[claim("Blue")] * 2,
    claim("Blue", admin1_code=None, country_code="XT", geo_precision="country"),
    claim("Blue", admin1_code="XT-E", geo_precision="city", geometry=Point(63.5, 31.5)),
    {"country_code": "XT", "geo_precision": "country", "date_start": "2020-03-01", "title": "Somewhere"},
    {"country_code": "XT", "geo_precision": "country", "date_start": "2021-03-01", "title": "Elsewhere"},
    {"admin1_code": "XT-N", "date_start": "2021-03-01", "geo_precision": "city", "geometry": Point(64.5, 33.5)},
    {"kind": "statistic", "admin1_code": "XT-E", "date_start": "2020-01-01", "title": "A total", "value": None,
     "geo_precision": "province", "event_type": None},
]  # fmt: skip
WEST = (60.8, 31.8)


@pytest.fixture(scope="module")
def page(make_records: Any, provinces: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reading") / "map.html"
    records = [{"id": f"r{i}"} | record for i, record in enumerate(RECORDS)]
    geo.build_map(make_records(records), provinces, title="Toy").save(path)
    return path


@pytest.fixture
def shown(page: Path, chromium: Any) -> Iterator[Shown]:
    visit = Visit(chromium)
    yield Shown(visit.open(page))
    visit.close()


def test_what_is_known_to_a_country_only_is_in_a_strip_and_on_no_province(shown: Shown) -> None:
    strips = shown.page.locator(".geo-strips li")
    assert [text.partition(", ")[2] for text in strips.all_inner_texts()] == ["place not known: 1 claim, 2 incidents"]
    shown.page.evaluate("() => geoMap.setState({years: [2021, 2021]})")
    assert [text.partition(", ")[2] for text in strips.all_inner_texts()] == ["place not known: 1 incident"]
    shown.page.evaluate("() => geoMap.setState({layers: ['choropleth'], years: null})")
    assert strips.count() == 0
    shown.page.evaluate("() => geoMap.setState({layers: ['incidents', 'strongholds']})")
    shown.page.locator(".geo-strips button").click()
    for title in ("Somewhere", "Elsewhere", "Blue in the west"):
        shown.page.locator(".geo-detail").get_by_text(title).first.wait_for()


def test_an_area_of_three_groups_has_two_hatchings_and_a_badge_that_names_all(shown: Shown) -> None:
    shown.show(WEST, 9, ["strongholds"], [2020, 2020])

    def near(group: int) -> int:
        wanted = ImageColor.getrgb(GROUP_COLOURS["light"][group])
        seen = {shown.colour(dx, dy) for dx in range(-160, -60, 2) for dy in range(-12, 13)}
        return min(max(abs(a - b) for a, b in zip(ImageColor.getrgb(colour), wanted, strict=True)) for colour in seen)

    assert near(0) < 16
    assert near(1) < 16
    assert near(2) > 40
    shown.show(WEST, 6, ["strongholds"], [2020, 2020])
    found = {tuple(shown.tooltip(0, dy)) for dy in range(0, 60, 8)}
    claimed = "claimed by a party"
    lines = f"West\nRed Army (RA): {claimed}\nGreen: {claimed}\nBlue: {claimed}"
    assert (lines,) in found


def test_the_legend_explains_every_sign(shown: Shown) -> None:
    shown.page.evaluate("() => geoMap.setState({layers: ['incidents', 'strongholds', 'statistics', 'cross_border']})")
    legend = shown.page.locator(".geo-legend").inner_text()
    for text in (
        "town",
        "several, with their number and types",
        "known to a country only: in a strip at the edge of the map",
        "claim at a town or site",
        "several claims there, by group",
        "area of more than two groups, by their number or names",
        "Σ: a total as reported for the area",
    ):
        assert text in legend.split("\n"), text
    # No record of this map is known to a site, so that none is promised.
    assert "town or site" not in legend.split("\n")


def test_lanes_tell_who_claimed_what_when_and_a_day_leaves_the_claims_in_force(
    make_records: Any, provinces: Any, tmp_path: Path, visit: Any
) -> None:
    records = [
        claim("Red", id="long", title="Red stays", date_start="2018-01-01", date_end="2021-12-31"),
        claim("Red", id="open", title="Red goes on", date_start="2020-06-01", date_end=None, date_kind="since"),
        claim("Green", id="short", title="Green for a month", date_start="2020-03-01", date_end="2020-03-31"),
        claim("Green", id="never", title="Green at some time", date_start=None, date_end=None),
        {"id": "battle", "admin1_code": "XT-N", "date_start": "2020-03-05", "date_end": "2020-03-05"},
    ]
    geo.build_map(make_records(records), provinces, title="Toy").save(tmp_path / "lanes.html")
    page = visit.open(tmp_path / "lanes.html")
    page.get_by_text("Claims by group over the years").click()
    lanes = page.locator(".geo-lane-name").all_inner_texts()
    assert sorted(lanes) == ["Green", "Red"]
    assert page.locator(".geo-claim").count() == 3
    # Red's first claim lasts four of the four years that the data have; Green's a month, 31 of 1461 days.
    wide = page.locator(".geo-lane-track").nth(1).bounding_box()["width"]
    assert abs(page.get_by_role("button", name="Red stays").bounding_box()["width"] - wide) < 2
    page.get_by_label("Show the claims in force on this day").fill("2020-03-15")
    shown = "() => geoMap.summary().strongholds"
    page.wait_for_function("() => geoMap.getState().filters.on === '2020-03-15'")
    assert page.evaluate(shown) == 2
    assert "Claims in force on 15 March 2020" in page.locator(".geo-chips").inner_text()
    page.get_by_role("button", name="Any day").click()
    assert page.evaluate(shown) == 4
    page.evaluate("() => geoMap.setState({filters: {on: '2020-07-01'}})")
    assert page.evaluate(shown) == 2
    assert page.locator(".geo-claim-off").count() == 1
    page.get_by_role("button", name="Green for a month").click()
    page.locator(".geo-detail").get_by_text("Green for a month").first.wait_for()


def test_thousands_of_marks_are_circles_without_numbers_until_one_zooms_in(
    make_records: Any, provinces: Any, tmp_path: Path, visit: Any
) -> None:
    # 4,500 incidents on one place, 100 on another: more than 4,000 in view.
    places = [Point(60.5, 30.5)] * 4500 + [Point(64.5, 33.5)] * 100
    records = [
        {"id": f"r{i}", "admin1_code": "XT-W", "date_start": "2020-01-01", "geo_precision": "city", "geometry": place}
        for i, place in enumerate(places)
    ]
    geo.build_map(make_records(records), provinces, title="Toy").save(tmp_path / "many.html")
    shown = Shown(visit.open(tmp_path / "many.html"))
    shown.show((62.5, 32), 6, ["incidents"])
    shown.show((60.5, 30.5), 6, ["incidents"])
    # The land is seen through the circle, where a cluster has a disc with a number; the number is under the pointer.
    assert len({shown.colour(dx, dy) for dx in range(-6, 7) for dy in range(-6, 7)}) == 1
    assert shown.tooltip()[0].split("\n")[0] == "4,500"
    # Only the hundred are in view: their number stands on them.
    shown.show((64.5, 33.5), 10, ["incidents"])
    assert len({shown.colour(dx, dy) for dx in range(-10, 11) for dy in range(-10, 11)}) > 5
    assert shown.tooltip()[0].split("\n")[0] == "100"
