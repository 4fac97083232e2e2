"""The built map in a browser without a network: what it shows agrees with counts made by pandas."""

import json
import warnings
from pathlib import Path
from typing import Any

import folium
import pytest

import geo
from geo.errors import CRSError, OutputError, UsageError
from geo.stats.periods import OPEN, year_span
from geo.stats.summary import totals
from geo.web import assets

RECORDS: list[dict[str, Any]] = [
    {
        "admin1_code": "XT-N",
        "date_start": "2020-01-05",
        "fatalities_low": 3,
        "fatalities_best": 4,
        "fatalities_high": 9,
    },
    {"admin1_code": "XT-N", "date_start": "2020-12-31", "date_end": "2022-01-01", "fatalities_low": 10},
    {"admin1_code": "XT-E", "date_start": "2021-06-01", "fatalities_best": 7, "cross_border": True},
    {"admin1_code": "XT-E", "date_start": None, "fatalities_high": 35},
    {"admin1_code": None, "country_code": "XT", "date_start": "2021-03-01", "title": "Nobody knows where"},
    {"kind": "stronghold", "admin1_code": "XT-W", "date_start": "2020-01-01", "date_end": "2021-12-31", "group": "A"},
    {"kind": "statistic", "admin1_code": "XT-W", "date_start": "2021-01-01", "value": 1500.0, "unit": "arrests"},
]


@pytest.fixture(scope="module")
def located(make_records: Any) -> Any:
    return make_records(RECORDS)


@pytest.fixture(scope="module")
def shipped_page(shipped: Any, built_once: Any) -> Path:
    def build(folder: Path) -> None:
        geo.build_map(*shipped, sources=geo.read_sources()).save(folder / "index.html")

    return built_once("shipped-page", build) / "index.html"


def comparable(summary: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in summary.items() if name != "fatalities_unknown"}


@pytest.mark.browser
def test_every_year_counts_as_pandas_does(shipped: Any, shipped_page: Path, visit: Any) -> None:
    located, _ = shipped
    page = visit.open(shipped_page)
    span = year_span(located).dropna()
    periods: list[tuple[int, int] | None] = [None, (2014, 2019), (2021, 2022)]
    periods += [
        (year, year) for year in range(int(span["first"].min()), int(span["last"][span["last"] < OPEN].max()) + 1)
    ]
    for period in periods:
        said = page.evaluate(
            "async years => { await geoMap.setState({years}); return geoMap.summary(); }",
            list(period) if period else None,
        )
        assert comparable(said) == comparable(totals(located, period)), period


@pytest.mark.browser
@pytest.mark.parametrize("width", [1400, 800, 390])
def test_opens_from_a_file_at_any_size_without_sideways_scroll(shipped_page: Path, visit: Any, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 844})
    page = visit.open(shipped_page)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    box = page.locator(".folium-map").bounding_box()
    assert box["height"] > 200
    assert box["width"] > 200


SHADED = """() => [...document.querySelectorAll("canvas.geo-canvas")].some((canvas) =>
    canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value > 0))"""


@pytest.mark.browser
def test_ready_means_painted(shipped_page: Path, visit: Any) -> None:
    for suffix in ("", "#years=2021-2021", "?embed=1"):
        assert visit.open(shipped_page, suffix).evaluate(SHADED)
        visit.page.goto("about:blank")


def test_the_first_view_is_the_study_and_not_what_lies_far_from_it(shipped: Any) -> None:
    (south, west), (north, east) = geo.build_map(*shipped).start
    assert 20 < south < 30 < 36 < north < 40
    assert 58 < west < 62 < 70 < east < 80
    (south, west), (north, east) = geo.build_map(*shipped, layers=["cross_border"]).start
    # Bajaur and the countries next to Afghanistan; the one record in Moscow is said to lie outside, and a click away.
    assert south < 34.7 < north < 45
    assert west < 71.5 < east


@pytest.mark.browser
def test_first_state_is_the_one_asked_for_and_the_link_overrides_it(
    located: Any, provinces: Any, visit: Any, tmp_path: Path
) -> None:
    path = tmp_path / "map.html"
    webmap = geo.build_map(
        located, provinces, years=(2020, 2021), metric="fatalities_best", layers=["strongholds", "choropleth"]
    )
    webmap.save(path)
    state = visit.open(path).evaluate("() => geoMap.getState()")
    assert (state["years"], state["metric"]) == ([2020, 2021], "fatalities_best")
    assert sorted(state["layers"]) == ["choropleth", "strongholds"]
    visit.page.goto("about:blank")
    state = visit.open(path, "#years=2022-2022&metric=incidents&layers=incidents").evaluate("() => geoMap.getState()")
    assert (state["years"], state["metric"], state["layers"]) == ([2022, 2022], "incidents", ["incidents"])


@pytest.mark.browser
def test_works_in_a_frame_of_a_notebook_and_in_an_embed(
    located: Any, provinces: Any, visit: Any, tmp_path: Path
) -> None:
    webmap = geo.build_map(located, provinces, title='A "notebook" <map>')
    host = tmp_path / "notebook.html"
    host.write_text(f"<!DOCTYPE html><meta charset=utf-8><link rel=icon href='data:,'>{webmap._repr_html_()}", "utf-8")
    page = visit.open(host, ready=False)
    frame = page.frames[1]
    assert page.locator("iframe").get_attribute("title").startswith('A "notebook" <map>. ')
    frame.wait_for_function("() => window.geoMap")
    assert frame.evaluate("async () => { await geoMap.ready; return geoMap.summary().incidents; }") == 5


@pytest.mark.browser
def test_folium_elements_that_need_nothing_work_offline(
    located: Any, provinces: Any, visit: Any, tmp_path: Path
) -> None:
    webmap = geo.build_map(located, provinces)
    folium.Marker([31, 61], tooltip="mine").add_to(webmap)
    group = folium.FeatureGroup("My circles").add_to(webmap)
    folium.CircleMarker([32, 62], radius=9).add_to(group)
    area = {"type": "Polygon", "coordinates": [[[63, 31], [64, 31], [64, 32], [63, 31]]]}
    feature = {"type": "Feature", "properties": {"name": "Area <b>"}, "geometry": area}
    collection = {"type": "FeatureCollection", "features": [feature]}
    drawn = folium.GeoJson(collection, tooltip=folium.GeoJsonTooltip(["name"])).add_to(webmap)
    webmap.keep_in_front(drawn)
    webmap.fit_bounds([[30, 60], [34, 67]])
    folium.LayerControl().add_to(webmap)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        webmap.save(tmp_path / "map.html")
    page = visit.open(tmp_path / "map.html")
    marker = page.locator("img.leaflet-marker-icon")
    assert marker.count() == 1
    assert marker.evaluate("image => image.complete && image.naturalWidth") == 25
    names = page.locator(".leaflet-control-layers-overlays label").all_inner_texts()
    assert "My circles" in [name.strip() for name in names]
    assert page.locator("path.leaflet-interactive").count() == 2


@pytest.mark.browser
def test_folium_elements_from_a_network_keep_their_links_and_say_so(
    located: Any, provinces: Any, visit: Any, tmp_path: Path
) -> None:
    webmap = geo.build_map(located, provinces)
    folium.Marker([31, 61], icon=folium.Icon(color="red")).add_to(webmap)
    with pytest.warns(UserWarning, match="loads files from .*cdnjs.cloudflare.com"):
        webmap.save(tmp_path / "map.html")
    made = b"L.AwesomeMarkers = {icon: options => L.divIcon({className: 'made-' + options.markerColor})};"
    for name, address in folium.Map.default_js:
        visit.served[address] = ("text/javascript", made if name == "awesome_markers" else b"")
    for _, address in folium.Map.default_css:
        visit.served[address] = ("text/css", b"")
    page = visit.open(tmp_path / "map.html")
    assert page.locator(".made-red").count() == 1


@pytest.mark.browser
def test_the_page_may_not_ask_for_anything_else(located: Any, provinces: Any, visit: Any, tmp_path: Path) -> None:
    geo.build_map(located, provinces).save(tmp_path / "map.html")
    page = visit.open(tmp_path / "map.html")
    refused = page.evaluate("() => fetch('https://example.org/x').then(() => 'sent', () => 'refused')")
    assert refused == "refused"
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.ran = 1";
            document.body.append(script);
        }"""
    )
    assert page.evaluate("() => window.ran") is None
    # Chromium says on the console that it refused, which is what was asked for; no request went out.
    assert all(
        trouble.startswith("console error") and "Content Security Policy" in trouble for trouble in visit.troubles
    )
    visit.troubles.clear()


@pytest.mark.browser
def test_tiles_and_cdn_are_asked_only_of_their_own_hosts(
    located: Any, provinces: Any, visit: Any, tmp_path: Path
) -> None:
    webmap = geo.build_map(located, provinces, assets="cdn", tiles="https://{s}.tiles.example/{z}/{x}/{y}.png")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        webmap.save(tmp_path / "map.html")
    text = (tmp_path / "map.html").read_text(encoding="utf-8")
    policy = text.partition('Policy" content="')[2].partition('"')[0]
    assert "img-src data: blob: https://*.tiles.example https://cdn.jsdelivr.net/npm/leaflet@1.9.3/;" in policy
    assert " https://cdn.jsdelivr.net/npm/leaflet@1.9.3/dist/leaflet.js;" in policy
    assert "https://cdn.jsdelivr.net " not in f"{policy} ".replace(";", " ")
    assert "connect-src 'none'" in policy
    for name, kind in (("leaflet.js", "text/javascript"), ("leaflet.css", "text/css")):
        visit.served[f"{assets.CDN}/leaflet@1.9.3/dist/{name}"] = (kind, assets._leaflet(name))
    visit.open(tmp_path / "map.html")
    assert visit.troubles
    assert all(".tiles.example/" in trouble or "ERR_FAILED" in trouble for trouble in visit.troubles)
    visit.troubles.clear()


@pytest.mark.browser
def test_without_scripts_there_is_a_table(located: Any, provinces: Any, chromium: Any, tmp_path: Path) -> None:
    geo.build_map(located, provinces, years=(2021, 2021), title="Plain <b>").save(tmp_path / "map.html")
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((tmp_path / "map.html").as_uri())
    assert page.locator("noscript h1").inner_text() == "Plain <b>"
    assert "Period: 2021." in page.locator("noscript").inner_text()
    assert page.locator("noscript tbody tr").count() == 4
    assert "Nobody knows where" in page.locator("noscript").inner_text()
    context.close()


def test_without_scripts_sources_have_their_titles(make_records: Any, provinces: Any) -> None:
    import pandas as pd

    table = pd.DataFrame({"source": ["a"], "title": ["First & last"], "author": [None], "publisher": [None]})
    table = table.assign(published=None, url=None, file=None)
    cited = [{"source": "a", "paragraph": 1}, {"source": "a", "paragraph": 2}, {"source": "other", "paragraph": 1}]
    page = geo.build_map(make_records([{"sources": cited}]), provinces, sources=table).get_root().render()
    assert "<td>First &amp; last, other</td>" in page


def test_is_a_folium_map_that_anyone_can_add_to(located: Any, provinces: Any) -> None:
    webmap = geo.build_map(located, provinces)
    assert isinstance(webmap, folium.Map)
    before = list(folium.Map.default_js)
    webmap.add_js_link("own", "https://example.org/own.js")
    assert folium.Map.default_js == before
    assert '<script src="https://example.org/own.js"></script>' in webmap.get_root().render()
    figure = folium.Figure(width=600)
    figure.add_child(webmap)
    assert "geo.page(" in figure.render()


def test_options_hold_what_the_page_reads(located: Any, provinces: Any) -> None:
    text = geo.build_map(located, provinces, subtitle="Sub", theme="dark", about={"limits": "Mine"}).get_root().render()
    options = json.loads(text.partition('id="geo-options">')[2].partition("</script>")[0])
    assert (options["title"], options["subtitle"], options["theme"]) == (
        "Incidents and claimed strongholds",
        "Sub",
        "dark",
    )
    assert options["about"]["limits"] == "Mine"
    assert [part["name"] for part in options["about"]["scripts"]] == ["Leaflet (leaflet.js)", "Leaflet (leaflet.css)"]
    assert options["layers"] == ["choropleth", "strongholds", "cross_border", "incidents"]


def test_sources_are_counted_and_only_web_addresses_linked(make_records: Any, provinces: Any) -> None:
    import pandas as pd

    located = make_records(
        [
            {
                "sources": [{"source": "a", "paragraph": 1}, {"source": "a", "paragraph": 2}],
                "date_start": "2020-02-03",
            },
            {"sources": [{"source": "a", "paragraph": 3}, {"source": "b", "paragraph": 1}]},
        ]
    )
    table = pd.DataFrame({"source": ["a", "b", "c"], "title": ["First", None, "Never cited"]}).assign(
        author=None, publisher="P", published=["2021-01-01", "2023-05-05", "2024-01-01"], file=None
    )
    table["url"] = ["https://example.org/a", "javascript:alert(1)", None]
    text = geo.build_map(located, provinces, sources=table).get_root().render()
    about = json.loads(text.partition('id="geo-options">')[2].partition("</script>")[0])["about"]
    assert [(line["source"], line["count"], line["url"]) for line in about["sources"]] == [
        ("a", 2, "https://example.org/a"),
        ("b", 1, None),
    ]
    # What the data reach to is the newest record, not the newest source.
    assert about["last_record"] == "2020-02-03"
    assert len(about["digest"]) == 64
    assert "javascript:alert" not in text


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"years": (2024, 2015)}, "2015:2024"),
        ({"metric": "deaths"}, "incidents_per_10000_km2"),
        ({"layers": ["heat"]}, "choropleth, strongholds"),
        ({"assets": "floppy"}, "inline, cdn"),
        ({"theme": "pink"}, "None, light, dark"),
        ({"tiles": "No Such Tiles"}, "CartoDB Positron"),
        ({"about": {"motto": "x"}}, "attribution, boundaries"),
    ],
)
def test_arguments_outside_what_is_allowed(located: Any, provinces: Any, options: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        geo.build_map(located, provinces, **options)


def test_other_coordinates_are_refused(located: Any, provinces: Any) -> None:
    with pytest.raises(CRSError, match="provinces are in EPSG:3857"):
        geo.build_map(located, provinces.to_crs("EPSG:3857"))
    with pytest.raises(CRSError, match="located records have no CRS"):
        geo.build_map(located.set_crs(None, allow_override=True), provinces)


def test_save_writes_whole_or_not_at_all(located: Any, provinces: Any, tmp_path: Path) -> None:
    webmap = geo.build_map(located, provinces)
    with pytest.raises(OutputError, match="no folder"):
        webmap.save(tmp_path / "no" / "map.html")
    with (tmp_path / "map.html").open("wb") as file:
        webmap.save(file, close_file=False)
    assert (tmp_path / "map.html").read_text(encoding="utf-8") == webmap.get_root().render()
