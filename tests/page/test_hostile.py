"""Records from somebody who wishes us ill: in Chromium everything shows as plain text, nothing runs, nothing breaks."""

from pathlib import Path
from typing import Any

import folium
import pandas as pd
import pytest

import geo
from geo.web.layers import LAYERS

ATTACKS = {
    "script": "</script><script>window.pwned = 1</script>",
    "handler": '<img src=x onerror="window.pwned = 2"><svg onload="window.pwned = 3">',
    "attribute": "\" onmouseover=\"window.pwned = 4\" ' onfocus='window.pwned = 5' autofocus x='",
    "template": "{{ 7*7 }} {% for i in (1, 2) %}pwned{% endfor %} {# gone #} {{ self.__init__.__globals__ }}",
    "literal": "${window.pwned = 6} `${window.pwned = 7}` `",
    "backslash": "C:\\1x \\u003cb\\u003e \\",
    "separators": "one\u2028two\u2029three",
    "direction": "\u202egpj.exe\u202c \u2067دری\u2069 ولایت ننگرهار",
    "control": "a\x00b\x07c\x1bd\x7fe\x85f",
    "comment": "<!--<script> --!> ]]> <![CDATA[",
    "entity": "&lt;b&gt; &#60;i&#62; &amp;",
    "link": "javascript:window.pwned=8",
    "closing": "</title></noscript></textarea></style><b>",
}
#: What HTML cannot hold, and shows as a replacement character instead.
UNPRINTABLE = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160)], "\ufffd")
TEXT_COLUMNS = (
    "title", "description", "event_type", "sub_event_type", "place", "actor1", "actor2", "group", "admin2_name",
    "claimed_by", "denied_by", "measure", "unit", "note",
)  # fmt: skip


def hostile_records() -> list[dict[str, Any]]:
    rows = []
    for number, (name, attack) in enumerate(ATTACKS.items()):
        texts = dict.fromkeys(TEXT_COLUMNS, attack)
        common = {"date_start": f"20{10 + number}-01-01", "sources": [{"source": attack, "paragraph": 1}], **texts}
        rows += [
            {
                "id": f"{attack}{kind}{name}",
                "kind": kind,
                "admin1_code": code,
                "cross_border": kind == "incident",
                **common,
            }
            for kind, code in (("incident", "XT-N"), ("stronghold", "XT-W"), ("statistic", "XT-E"), ("incident", None))
        ]
    return rows


@pytest.fixture(scope="module")
def hostile(make_records: Any, provinces: Any) -> tuple[Any, Any, Any]:
    sources = pd.DataFrame({"source": list(ATTACKS.values())}).assign(
        title=lambda t: t["source"], author=lambda t: t["source"], publisher=lambda t: t["source"],
        published="2021-01-01", url=lambda t: t["source"], file=None,
    )  # fmt: skip
    named = provinces.assign(
        admin1_name=pd.array([ATTACKS["handler"], ATTACKS["template"], ATTACKS["script"]], "string")
    )
    return make_records(hostile_records()), named, sources


def shown(attack: str) -> str:
    """Return an attack as a reader sees it: white space as HTML runs it together."""
    return " ".join(attack.translate(UNPRINTABLE).split())


CLICKABLE = "button:visible, summary:visible, select:visible, [role=row]:visible, a[href='#']:visible"


@pytest.mark.browser
def test_everything_shows_as_text_and_nothing_runs(hostile: tuple[Any, Any, Any], visit: Any, tmp_path: Path) -> None:
    located, provinces, sources = hostile
    title = " ".join(ATTACKS.values())
    webmap = geo.build_map(located, provinces, sources=sources, title=title, subtitle=title, about={"limits": title})
    folium.LayerControl(collapsed=False).add_to(webmap)
    webmap.save(tmp_path / "map.html")
    page = visit.open(tmp_path / "map.html")
    assert page.evaluate("() => geoMap.summary().incidents") == 2 * len(ATTACKS)
    seen = ""
    for number in range(len(ATTACKS)):
        page.evaluate("year => geoMap.setState({years: [year, year]})", 2010 + number)
        seen += page.evaluate("() => document.body.innerText")
    page.evaluate("() => geoMap.setState({years: null, layers: " + str(list(LAYERS)) + "})")
    # Open whatever opens, and read it.
    for number in range(min(page.locator(CLICKABLE).count(), 60)):
        target = page.locator(CLICKABLE).nth(number)
        if not target.count():
            break
        target.evaluate("element => element.click()")
        seen += "\n" + page.evaluate("() => document.body.innerText")
        page.keyboard.press("Escape")
    assert page.evaluate("() => window.pwned") is None
    seen = " ".join(seen.split())
    for name, attack in ATTACKS.items():
        if name != "control":  # innerText leaves some controls out
            assert shown(attack) in seen, name
    assert (
        page.locator("a[href^='javascript'], img[src=x], svg[onload], [onmouseover], [onfocus], [onerror]").count() == 0
    )
    assert page.title().startswith("</script><script>window.pwned = 1</script>")


@pytest.mark.browser
@pytest.mark.parametrize("layer", LAYERS)
def test_hover_and_click_on_every_layer_show_text(
    hostile: tuple[Any, Any, Any], visit: Any, tmp_path: Path, layer: str
) -> None:
    located, provinces, sources = hostile
    geo.build_map(located, provinces, sources=sources, layers=[layer]).save(tmp_path / "map.html")
    page = visit.open(tmp_path / "map.html")
    box = page.locator(".folium-map").bounding_box()
    for across, down in ((0.3, 0.2), (0.2, 0.6), (0.5, 0.6), (0.37, 0.22)):
        x, y = box["x"] + box["width"] * across, box["y"] + box["height"] * down
        page.mouse.move(x, y)
        page.mouse.click(x, y)
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("() => window.pwned") is None
    assert page.locator("img[src=x], svg[onload]").count() == 0


@pytest.mark.browser
def test_layers_on_a_plain_folium_map_are_as_safe(hostile: tuple[Any, Any, Any], visit: Any, tmp_path: Path) -> None:
    from plain_maps import save

    located, provinces, _ = hostile
    webmap = folium.Map([32, 63], zoom_start=7, tiles=None)
    for kind, attack in zip(LAYERS.values(), ATTACKS.values(), strict=False):
        kind(located, provinces, name=attack).add_to(webmap)
    folium.LayerControl(collapsed=False).add_to(webmap)
    page = visit.open(save(webmap, tmp_path / "map.html", visit), ready=False)
    page.wait_for_function("() => document.querySelectorAll('canvas.geo-canvas').length >= 5")
    labels = page.locator(".leaflet-control-layers-overlays label")
    assert [" ".join(label.split()) for label in labels.all_inner_texts()] == [
        shown(attack) for attack in list(ATTACKS.values())[: len(LAYERS)]
    ]
    for x in (300, 500, 640, 800):
        page.mouse.click(x, 400)
    assert page.evaluate("() => window.pwned") is None


def test_nothing_is_evaluated_while_the_page_is_made(hostile: tuple[Any, Any, Any]) -> None:
    located, provinces, sources = hostile
    text = geo.build_map(located, provinces, sources=sources, title=ATTACKS["template"]).get_root().render()
    assert ">49 " not in text
    assert "pwnedpwned" not in text
    assert "builtins" not in text
