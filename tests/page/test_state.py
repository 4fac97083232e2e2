"""The state outside the page: address, history, links, iframes and the host page's messages."""

import html
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from visit import Visit

import geo

pytestmark = pytest.mark.browser
FILTERS_OFF = {"event_type": [], "group": [], "precision": "all", "cross_border": False, "text": "", "on": ""}


def state(page: Any) -> dict[str, Any]:
    return page.evaluate("() => geoMap.getState()")


def wait_for_address(page: Any, part: str) -> None:
    page.wait_for_function("part => location.hash.includes(part)", arg=part)


def test_an_address_reopens_exactly_the_view(toy: Path, visit: Any) -> None:
    fragment = (
        "#years=2020-2021&metric=fatalities_best&layers=choropleth,incidents&map=7/32.50/62.25"
        "&type=Battles,Explosions/Remote+violence&group=Red&q=raid"
    )
    page = visit.open(toy, fragment)
    now = state(page)
    assert now["years"] == [2020, 2021]
    assert now["metric"] == "fatalities_best"
    assert sorted(now["layers"]) == ["choropleth", "incidents"]
    assert now["view"] == pytest.approx({"zoom": 7, "lat": 32.5, "lng": 62.25}, abs=0.01)
    assert now["filters"] == FILTERS_OFF | {
        "event_type": ["Battles", "Explosions/Remote violence"],
        "group": ["Red"],
        "text": "raid",
    }
    assert page.evaluate("() => geoMap.summary().incidents") == 1
    assert page.locator(".geo-metric, .geo-layer select").first.input_value() == "fatalities_best"
    assert page.get_by_role("switch", name="Claimed strongholds").is_checked() is False


def test_nonsense_in_an_address_is_ignored(toy: Path, visit: Any) -> None:
    page = visit.open(toy, "#years=tea&metric=x&layers=&map=a/b/c&type=%E0%A4%A&__proto__=1&years=1066-9999")
    now = state(page)
    assert now["years"] == [2018, 2023]
    assert now["layers"] == []
    assert now["metric"] == "incidents"
    assert now["filters"] == FILTERS_OFF


def test_the_address_follows_the_reader_and_back_undoes(toy: Path, visit: Any) -> None:
    page = visit.open(toy)
    page.get_by_role("button", name="On one year").click()
    wait_for_address(page, "years=2018-2018")
    page.get_by_role("button", name="On one year").click()
    wait_for_address(page, "years=2019-2019")
    page.get_by_role("switch", name="Incidents").click()
    wait_for_address(page, "layers=choropleth,strongholds,cross_border&")
    page.go_back()
    page.wait_for_function("() => geoMap.getState().layers.includes('incidents')")
    assert state(page)["years"] == [2019, 2019]
    page.go_back()
    page.wait_for_function("() => geoMap.getState().years[0] === 2018")
    page.go_forward()
    page.wait_for_function("() => geoMap.getState().years[0] === 2019")
    page.reload()
    page.evaluate("() => geoMap.ready")
    assert state(page)["years"] == [2019, 2019]


def test_a_changed_fragment_changes_the_map(toy: Path, visit: Any) -> None:
    page = visit.open(toy)
    page.evaluate("() => { location.hash = '#years=2021&cross_border=1'; }")
    page.wait_for_function("() => geoMap.summary().incidents === 1")
    assert page.locator(".geo-card-counts").text_content() == "1 of 8 incidents, 2021"


def test_set_state_resolves_when_painted_and_checks_what_it_gets(toy: Path, visit: Any) -> None:
    page = visit.open(toy)
    counts = page.evaluate(
        """async () => {
            const out = [];
            for (const years of [[2018, 2018], [2020, 2020], null]) {
                await geoMap.setState({ years });
                out.push(document.querySelector(".geo-card-counts").textContent);
            }
            return out;
        }"""
    )
    assert counts == ["1 of 8 incidents, 2018", "3 of 8 incidents, 2020", "8 of 8 incidents, all years"]
    before = state(page)
    page.evaluate(
        "() => geoMap.setState({"
        "years: 'x', metric: 7, layers: {}, view: {lat: NaN}, filters: {group: ['Nobody']}, other: 1})"
    )
    assert state(page) == before
    page.evaluate("() => geoMap.setState()")
    page.evaluate("() => { geoMap.getState().filters.group.push('Red'); geoMap.getState().layers.length = 0; }")
    assert state(page) == before


def test_copied_link_and_embed_code_give_the_present_view(toy: Path, visit: Any) -> None:
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.open(toy)
    page.evaluate("() => geoMap.setState({years: [2020, 2021], filters: {cross_border: true}})")
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("Link to this view copied").wait_for()
    link = page.evaluate("() => navigator.clipboard.readText()")
    assert link.startswith(toy.resolve().as_uri() + "#years=2020-2021&")
    page.get_by_role("button", name="Embed").click()
    code = page.get_by_role("textbox", name="Code of the embedded map").input_value()
    assert html.unescape(code).startswith(f'<iframe src="{toy.resolve().as_uri()}?embed=1#years=2020-2021&')
    assert 'title="Toy: 1 of 8 incidents, 2020–2021; Across borders only"' in code
    page.keyboard.press("Escape")
    assert page.get_by_role("button", name="Embed").evaluate("node => node === document.activeElement")

    visit.open(toy, link.partition("#")[1] + link.partition("#")[2])
    page.reload()
    page.evaluate("() => geoMap.ready")
    assert page.evaluate("() => geoMap.summary().incidents") == 1


def post(page: Any, message: str) -> None:
    page.evaluate(f"() => document.getElementById('map').contentWindow.postMessage({message}, '*')")


HOST = """<!DOCTYPE html><html><head><meta charset="utf-8"><link rel="icon" href="data:,">
<style>body {{ margin: 0; height: 3000px }} iframe {{ border: 0; display: block; margin-top: 200px }}</style></head>
<body>
<iframe id="map" {source} width="{width}" height="480"></iframe>
<script>window.heard = []; addEventListener("message", (event) => heard.push(event.data));</script></body></html>"""


@pytest.fixture
def host(toy: Path, visit: Any, tmp_path: Path) -> Any:
    def open_host(width: int, *, srcdoc: bool = False, suffix: str = "?embed=1#years=2020-2021") -> tuple[Any, Any]:
        source = f'srcdoc="{html.escape(toy.read_text())}"' if srcdoc else f'src="{toy.resolve().as_uri()}{suffix}"'
        path = tmp_path / "host.html"
        path.write_text(HOST.format(source=source, width=width), encoding="utf-8")
        page = visit.open(path, ready=False)
        page.wait_for_function("() => heard.some((message) => message.type === 'geo:state')")
        return page, page.frames[1]

    return open_host


@pytest.mark.parametrize(("width", "height"), [(800, 480), (390, 420)])
def test_an_embed_says_its_height_and_state_and_obeys(host: Any, width: int, height: int) -> None:
    page, frame = host(width)
    frame.evaluate("() => geoMap.ready")
    heard = page.evaluate("() => heard")
    assert [message["height"] for message in heard if message["type"] == "geo:height"] == [height]
    assert heard[-1]["state"]["years"] == [2020, 2021]
    post(page, "{type: 'geo:set', state: {years: [2018, 2018]}}")
    page.wait_for_function("() => heard.at(-1).state?.years[0] === 2018")
    assert frame.evaluate("() => geoMap.summary().incidents") == 1
    for nonsense in (
        "null",
        "'geo:set'",
        "{type: 'geo:set'}",
        "{type: 'geo:set', state: 'x'}",
        "{type: 'geo:set', state: {years: [NaN]}}",
    ):
        post(page, nonsense)
    assert frame.evaluate("() => geoMap.getState().years") == [2018, 2018]


def test_an_embed_does_not_tell_its_host_what_the_reader_searches(host: Any) -> None:
    page, frame = host(800)
    frame.evaluate("() => geoMap.ready")
    frame.evaluate("() => geoMap.setState({filters: {text: 'secret'}})")
    frame.evaluate("() => geoMap.setState({years: [2018, 2018]})")
    page.wait_for_function("() => heard.at(-1).state?.years[0] === 2018")
    heard = page.evaluate("() => heard")
    assert "secret" not in json.dumps(heard)
    states = [json.dumps(message) for message in heard if message["type"] == "geo:state"]
    assert all(before != after for before, after in pairwise(states))
    # A host that sends back what it heard takes nothing away.
    post(page, "{type: 'geo:set', state: heard.at(-1).state}")
    post(page, "{type: 'geo:set', state: {years: [2020, 2020]}}")
    page.wait_for_function("() => heard.at(-1).state?.years[0] === 2020")
    assert frame.evaluate("() => geoMap.getState().filters.text") == "secret"


def test_a_map_for_some_hosts_talks_to_no_other(make_records: Any, provinces: Any, visit: Any, tmp_path: Path) -> None:
    located = make_records([{"admin1_code": "XT-N", "date_start": f"{year}-01-01"} for year in (2020, 2021)])
    page = geo.build_map(located, provinces, hosts=["https://host.example", "https://HOST.example:444/"])
    page.save(tmp_path / "map.html")
    visit.served["https://maps.example/map.html"] = ("text/html", (tmp_path / "map.html").read_bytes())
    host = HOST.format(source='src="https://maps.example/map.html"', width=800).encode()
    heard = {}
    for address in ("https://host.example/", "https://host.example:444/", "https://other.example/"):
        visit.served[address] = ("text/html", host)
        visit.page.goto(address)
        frame = visit.page.frames[1]
        frame.wait_for_function("() => window.geoMap")
        frame.evaluate("() => geoMap.ready")
        post(visit.page, "{type: 'geo:set', state: {years: [2020, 2020]}}")
        frame.evaluate("() => geoMap.setState({metric: 'fatalities_best'})")
        if "other" not in address:
            frame.wait_for_function("() => geoMap.getState().years?.[0] === 2020")
            visit.page.wait_for_function("() => heard.at(-1)?.state?.metric === 'fatalities_best'")
        heard[address] = (len(visit.page.evaluate("() => heard")) > 0, frame.evaluate("() => geoMap.getState().years"))
    assert heard == {
        "https://host.example/": (True, [2020, 2020]),
        "https://host.example:444/": (True, [2020, 2020]),
        "https://other.example/": (False, None),
    }


@pytest.mark.parametrize("width", [800, 390])
def test_an_embed_holds_map_legend_and_time_bar_alone(host: Any, width: int) -> None:
    page, frame = host(width)
    frame.evaluate("() => geoMap.ready")
    assert frame.locator(".geo-timebar").is_visible()
    assert frame.locator(".geo-chip").is_visible()
    for absent in (".geo-card", ".geo-panel", ".geo-list"):
        assert frame.locator(absent).count() == 0
    assert frame.evaluate(
        "() => [document.documentElement].every((e) => e.scrollWidth <= innerWidth && e.scrollHeight <= innerHeight)"
    )
    frame.locator(".geo-chip summary").click()
    assert frame.get_by_role("switch", name="Incidents").is_visible()
    page.keyboard.press("Escape")
    assert frame.get_by_role("switch", name="Incidents").is_visible() is False


def test_the_wheel_over_an_embed_scrolls_the_host_and_zooms_with_ctrl(host: Any) -> None:
    page, frame = host(800)
    frame.evaluate("() => geoMap.ready")
    zoom = frame.evaluate("() => geoMap.getState().view.zoom")
    page.mouse.move(300, 300)
    page.mouse.wheel(0, 150)
    page.wait_for_function("() => scrollY > 0")
    assert frame.evaluate("() => geoMap.getState().view.zoom") == zoom
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    frame.wait_for_function("zoom => geoMap.getState().view.zoom > zoom", arg=zoom)


def test_one_finger_over_an_embed_scrolls_the_host_and_the_mouse_still_drags(
    chromium: Any, toy: Path, tmp_path: Path
) -> None:
    path = tmp_path / "host.html"
    path.write_text(HOST.format(source=f'src="{toy.resolve().as_uri()}?embed=1"', width=390), encoding="utf-8")
    visit = Visit(chromium, has_touch=True, is_mobile=True, viewport={"width": 390, "height": 800})
    page = visit.open(path, ready=False)
    page.wait_for_function("() => heard.some((message) => message.type === 'geo:state')")
    frame = page.frames[1]
    frame.evaluate("() => geoMap.ready")
    view = frame.evaluate("() => geoMap.getState().view")
    touch = visit.context.new_cdp_session(page)
    for kind, y in [("touchStart", 420), *(("touchMove", 420 - 15 * step) for step in range(1, 11)), ("touchEnd", 0)]:
        points = [] if kind == "touchEnd" else [{"x": 200, "y": y}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        page.wait_for_timeout(16)  # a frame: a finger does not jump
    page.wait_for_function("() => scrollY > 100")
    assert frame.evaluate("() => geoMap.getState().view") == view
    page.evaluate("() => scrollTo(0, 0)")
    drag = [(200, 400), (150, 380), (120, 370)]
    page.mouse.move(*drag[0])
    page.mouse.down()
    for point in drag[1:]:
        page.mouse.move(*point, steps=4)
    page.mouse.up()
    frame.wait_for_function("lng => Math.abs(geoMap.getState().view.lng - lng) > 0.1", arg=view["lng"])
    visit.close()


def test_works_in_a_srcdoc_frame_that_has_no_address(host: Any) -> None:
    page, frame = host(800, srcdoc=True)
    frame.evaluate("() => geoMap.ready")
    frame.evaluate("() => geoMap.setState({years: [2021, 2021]})")
    page.wait_for_function("() => heard.at(-1).state?.years?.[0] === 2021")
    page.wait_for_timeout(400)  # the address would be written by now
    assert frame.evaluate("() => geoMap.summary().incidents") == 4
    assert json.dumps(page.url) in json.dumps(frame.evaluate("() => parent.location.href"))


def test_an_embed_adds_nothing_to_the_history(host: Any) -> None:
    page, frame = host(800)
    frame.evaluate("() => geoMap.ready")
    before = page.evaluate("() => history.length")
    frame.get_by_role("button", name="On one year").click()
    frame.get_by_role("button", name="On one year").click()
    frame.wait_for_function("() => location.hash.includes('years=2022-2023')")
    assert page.evaluate("() => history.length") == before


def test_a_map_of_one_thing_alone_counts_that(toy: Path, visit: Any) -> None:
    page = visit.open(toy, "#layers=strongholds&years=2021-2022")
    card = page.locator(".geo-card")
    # One of two is of these years; incidents that are not placed have no part in it.
    assert card.locator(".geo-summary").inner_text().strip() == "1 of 2 claimed strongholds, 2021–2022"
    page.evaluate("() => geoMap.setState({layers: ['strongholds', 'incidents']})")
    assert card.locator(".geo-card-counts").inner_text().startswith("4 of 8 incidents")
    page.evaluate("() => geoMap.setState({layers: ['strongholds'], years: null})")
    assert card.locator(".geo-card-counts").inner_text() == "2 of 2 claimed strongholds, all years"
    page.evaluate("() => geoMap.setState({layers: ['cross_border']})")
    assert card.locator(".geo-summary").inner_text().strip() == "1 of 1 attacks across borders, all years"


def test_layers_that_do_not_exist_are_ignored(toy: Path, visit: Any) -> None:
    page = visit.open(toy, "#layers=evil")
    shown = state(page)["layers"]
    assert "incidents" in shown
    page.evaluate("() => geoMap.setState({layers: ['evil']})")
    assert state(page)["layers"] == shown
    page.evaluate("() => geoMap.setState({layers: ['evil', 'strongholds']})")
    assert state(page)["layers"] == ["strongholds"]
    page.evaluate("() => geoMap.setState({layers: []})")
    assert state(page)["layers"] == []


def test_back_returns_from_a_cluster(shipped_maps: Path, visit: Any) -> None:
    page = visit.open(shipped_maps / "incidents.html")
    before = state(page)["view"]
    page.evaluate("() => model_1.layers.incidents.mapNow().fire('geo:step').setZoom(8, {animate: false})")
    page.wait_for_function("() => location.hash.includes('map=8')")
    page.go_back()
    page.wait_for_function("zoom => geoMap.getState().view.zoom === zoom", arg=before["zoom"])


def test_play_gives_the_chosen_period_back(toy: Path, visit: Any) -> None:
    page = visit.page
    page.clock.install()
    visit.open(toy, "#years=2020-2022")
    page.get_by_role("button", name="Play").click()
    for _ in range(6):
        page.clock.run_for(1200)
    assert state(page)["years"] == [2020, 2022]
    assert page.get_by_role("button", name="Play").is_visible()
