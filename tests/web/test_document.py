"""The page as bytes: equal for equal input, whatever the process, and no right to ask for what it does not hold."""

import base64
import hashlib
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from typing import Any

import folium
import pytest

import geo
from geo.errors import UsageError
from geo.web.document import DATA, Document, Verbatim, policy, stable_names, without_data
from geo.web.foreign import elements, links, origin, origins, web_origin

RECORDS = [
    {"admin1_code": "XT-N", "date_start": "2020-01-05", "fatalities_best": 4},
    {"admin1_code": "XT-E", "date_start": "2021-06-01", "sources": [{"source": "a", "paragraph": 2}]},
    {"kind": "stronghold", "admin1_code": "XT-W", "date_start": "2020-01-01", "group": "Group A"},
]


class Scripts(HTMLParser):
    """The inline scripts of a page that a browser would run, and the page's policy, read by another parser."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.linked: list[str] = []
        self.policy = ""
        self._runs = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self._runs = (
            tag == "script" and "src" not in values and values.get("type", "text/javascript") == "text/javascript"
        )
        if self._runs:
            self.scripts.append("")
        if tag in ("script", "link") and (address := values.get("src") or values.get("href")):
            self.linked.append(address)
        if values.get("http-equiv") == "Content-Security-Policy":
            self.policy = values["content"] or ""

    def handle_data(self, data: str) -> None:
        if self._runs:
            self.scripts[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._runs = False


@pytest.fixture
def webmap(make_records: Any, provinces: Any) -> Any:
    return geo.build_map(make_records(RECORDS), provinces)


def test_the_policy_names_exactly_the_scripts_of_the_page(webmap: Any) -> None:
    page = Scripts(webmap.get_root().render())
    expected = {
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in page.scripts
    }
    rules = dict(rule.split(" ", 1) for rule in page.policy.split("; "))
    assert len(expected) >= 3
    assert set(rules["script-src"].split()) == expected
    assert rules["default-src"] == rules["connect-src"] == "'none'"
    assert rules["img-src"] == "data: blob:"
    assert page.linked == ["data:,"]


def test_rendering_twice_gives_the_same_and_leaves_the_tree_alone(webmap: Any) -> None:
    folium.CircleMarker([31, 61]).add_to(webmap)
    folium.LayerControl().add_to(webmap)
    before = [(id(element), list(element._children)) for element in elements(webmap.get_root())]
    first = webmap.get_root().render()
    assert webmap.get_root().render() == first
    assert [(id(element), list(element._children)) for element in elements(webmap.get_root())] == before


def test_a_notebook_says_what_the_map_shows(webmap: Any) -> None:
    class Frame(HTMLParser):
        title = ""

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.title = dict(attrs)["title"] or ""

    frame = Frame()
    frame.feed(webmap._repr_html_())
    assert frame.title.startswith("Incidents and claimed strongholds. ")
    assert frame.title.endswith(webmap.get_root().description.rstrip("."))


def test_no_random_name_is_left(webmap: Any) -> None:
    folium.Marker([31, 61], popup="here", tooltip="there").add_to(webmap)
    page = webmap.get_root().render()
    plain = re.sub(r'<script type="application/octet-stream".*?</script>', "", page)
    names = {element._id for element in elements(webmap.get_root())}
    assert not [name for name in names if name in plain]
    assert "var map_0 = L.map(" in plain


def test_text_that_looks_like_a_name_is_kept(make_records: Any, provinces: Any) -> None:
    lookalike = f"photo_{'0123456789abcdef' * 2}.jpg"
    page = geo.build_map(make_records(RECORDS), provinces, title=lookalike).get_root().render()
    assert f"<title>{lookalike}</title>" in page


BUILD = """
import sys; sys.path.insert(0, "tests")
import hashlib, geo
records = geo.read_incidents()
provinces = geo.read_provinces()
page = geo.build_map(geo.geocode(records, provinces), provinces, years=(2015, 2024)).get_root().render()
print(hashlib.sha256(page.encode()).hexdigest())
"""


@pytest.mark.slow
def test_two_processes_give_the_same_bytes() -> None:
    digests = {
        subprocess.run(
            [sys.executable, "-c", BUILD],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_names_are_numbered_in_order_of_appearance() -> None:
    first, second = folium.FeatureGroup(), folium.FeatureGroup()
    page = f"{second.get_name()} {first.get_name()} {second.get_name()} x_{'0' * 32}"
    assert stable_names(page, [first, second]) == f"feature_group_0 feature_group_1 feature_group_0 x_{'0' * 32}"


def test_data_and_module_scripts_are_told_apart() -> None:
    page = '<script type="application/json">{}</script><script type=module>1</script><script src=https://a.b/c.js></script>'
    digest = base64.b64encode(hashlib.sha256(b"1").digest()).decode()
    assert policy(page)["script-src"] == [f"'sha256-{digest}'", "https://a.b/c.js"]


def test_linked_files_are_allowed_one_by_one() -> None:
    page = (
        '<script src="https://cdn.example/npm/a@1/dist/a.min.js?v=2#x"></script>'
        '<script src="https://cdn.example/b;*.js"></script>'
        '<link rel="stylesheet" href="https://cdn.example/npm/c@1/css/c.css">'
        '<link rel="stylesheet" href="//d.example/d.css">'
    )
    rules = policy(page)
    assert rules["script-src"] == ["https://cdn.example/b%3B%2A.js", "https://cdn.example/npm/a@1/dist/a.min.js"]
    assert rules["style-src"] == [
        "'unsafe-inline'", "https://cdn.example/npm/c@1/css/c.css", "https://d.example/d.css",
    ]  # fmt: skip
    folders = ["https://cdn.example/npm/c@1/", "https://d.example/"]
    assert rules["font-src"] == ["data:", *folders]
    assert rules["img-src"] == ["data:", "blob:", *folders]


def test_the_policy_of_an_empty_page_allows_only_what_the_page_makes_itself() -> None:
    none = ["'none'"]
    assert policy("") == {
        "default-src": none,
        "script-src": [],
        "style-src": ["'unsafe-inline'"],
        "img-src": ["data:", "blob:"],
        "font-src": ["data:"],
        "connect-src": none,
        "base-uri": none,
        "form-action": none,
    }


def test_a_page_states_its_whole_policy() -> None:
    stated = Scripts(Document("t", "d").render()).policy
    assert "; base-uri 'none'; form-action 'none'" in stated
    assert stated.startswith("default-src 'none'; ")


def test_a_script_with_other_line_ends_still_matches_its_digest() -> None:
    document = Document("t", "d")
    document.script.add_child(Verbatim("var a = 1;\r\nvar b = 2;\r"))
    page = Scripts(document.render())
    assert page.policy
    digest = hashlib.sha256(page.scripts[-1].replace("\r\n", "\n").encode()).digest()
    assert base64.b64encode(digest).decode() in page.policy


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://{s}.tile.example.org/{z}/{x}/{y}.png", "https://*.tile.example.org"),
        ("http://localhost:8000/a.js", "http://localhost:8000"),
        ("//cdn.example.org/x", "https://cdn.example.org"),
        ("data:image/png;base64,AA", ""),
        ("https://a.b; script-src *", ""),
        ("pictures/x.png", ""),
    ],
)
def test_origins(address: str, expected: str) -> None:
    assert origin(address) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://Example.org/", "https://example.org"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("https://example.org:443", "https://example.org"),
        ("https://müller.example", "https://xn--mller-kva.example"),
        ("http://[::1]:5", "http://[::1]:5"),
    ],
)
def test_hosts_are_written_as_browsers_do(address: str, expected: str) -> None:
    assert web_origin(address) == expected


@pytest.mark.parametrize(
    "address",
    ["example.org", "https://example.org/maps", "https://a@b.example", "https://*.example", "file:///a", "null", "*",
     "", "https://a b.example", "https://example.org:x", "https://[", "https://example.org?x"],
)  # fmt: skip
def test_what_is_no_origin_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="give the origin of a page, such as"):
        web_origin(address)


def test_elements_that_need_leaflet_alone_add_no_links(webmap: Any) -> None:
    group = folium.FeatureGroup("mine").add_to(webmap)
    folium.Circle([31, 61], radius=1000, tooltip="x").add_to(group)
    folium.Marker([31, 61]).add_to(webmap)
    folium.LayerControl().add_to(webmap)
    assert links(webmap.get_root()) == []


def test_other_elements_keep_what_folium_links(webmap: Any) -> None:
    folium.Marker([31, 61], popup="here").add_to(webmap)
    names = [name for name, _ in links(webmap.get_root())]
    assert "jquery" in names
    assert "leaflet" not in names
    assert "leaflet_css" not in names


def test_hand_written_html_that_uses_jquery_keeps_it(webmap: Any) -> None:
    webmap.get_root().html.add_child(folium.Element("<p>no script</p>"))
    assert links(webmap.get_root()) == []
    webmap.get_root().html.add_child(folium.Element("<script>$('p').hide()</script>"))
    assert links(webmap.get_root())


def test_geojson_that_is_linked_is_fetched_with_jquery_from_its_origin(webmap: Any, monkeypatch: Any) -> None:
    nothing = {"type": "FeatureCollection", "features": []}
    monkeypatch.setattr(folium.GeoJson, "get_geojson_from_web", lambda *_: nothing)
    folium.GeoJson(nothing).add_to(webmap)
    assert links(webmap.get_root()) == []
    folium.GeoJson("https://data.example/areas.geojson", embed=False).add_to(webmap)
    assert "jquery" in [name for name, _ in links(webmap.get_root())]
    assert origins(elements(webmap)) == (set(), {"https://data.example"})


def test_pictures_and_data_from_elsewhere_are_seen(webmap: Any) -> None:
    folium.TileLayer("https://{s}.tiles.example/{z}/{x}/{y}.png", attr="Example").add_to(webmap)
    folium.raster_layers.ImageOverlay("https://pictures.example/a.png", [[30, 60], [31, 61]]).add_to(webmap)
    assert origins(elements(webmap)) == ({"https://*.tiles.example"}, {"https://pictures.example"})


@pytest.mark.parametrize(
    "body",
    [
        '<p>a</p><script type="application/octet-stream" id="d">QUJD+/==</script><script>x = 1</script>',
        '<script type="application/octet-stream">AAAA</script><script type="application/octet-stream">BBBB</script>',
        "<script>var s = '<script type=\"application/octet-stream\">' + y;</script>",
        '<script type="application/octet-stream"',
        f'{DATA}<script type="application/octet-stream">AAAA</script>',
        "nothing",
    ],
)
def test_data_set_aside_come_back_in_their_places(body):
    rest, blocks = without_data(body)
    assert not set("".join(blocks)) & set("\"'<>")
    for block in blocks:
        rest = rest.replace(DATA, block, 1)
    assert rest == body


def test_a_script_that_speaks_of_data_stays_where_it_is():
    body = "<script>var s = '<script type=\"application/octet-stream\">' + y;</script>"
    assert without_data(body) == (body, [])
    assert without_data(body + '<script type="application/octet-stream">AA</script>')[1] == ["AA"]
