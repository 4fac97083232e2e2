"""Snippets say what to show, in whatever the report is written in, and nothing in a title can break out of them."""

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import geo
from geo.errors import DataError, MissingFileError, UsageError
from geo.web.embed import embed


class Frames(HTMLParser):
    def __init__(self, snippet: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.frames: list[dict[str, str | None]] = []
        self.feed(snippet)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "iframe":
            self.frames.append(dict(attrs))


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "maps").mkdir()
    path = Path("maps/my map.html")
    path.write_text(
        "<html><head><title>Attacks &quot;2021&quot; &lt;b&gt; [x](y) &#123;&#123;7*7&#125;&#125;</title></head></html>"
    )
    return path


TITLE = 'Attacks "2021" <b> [x](y) {{7*7}}'


def test_iframe_shows_the_period_and_is_named(page: Path) -> None:
    snippet = embed(page, years=(2021, 2022))
    (frame,) = Frames(snippet).frames
    assert frame["src"] == "maps/my%20map.html?embed=1#years=2021-2022"
    assert frame["title"] == TITLE
    assert frame["loading"] == "lazy"
    assert frame["style"] == "width:100%;height:480px;border:0"
    assert Frames(snippet).tags == ["iframe", "script"]


def test_without_a_period_the_page_decides(page: Path) -> None:
    assert Frames(embed(page, height=600)).frames[0]["src"] == "maps/my%20map.html?embed=1"
    assert "height:600px" in embed(page, height=600)


def test_markdown_has_a_frame_and_a_link(page: Path) -> None:
    frame, link = embed(page, years=(2021, 2021), format="markdown").strip().split("\n\n")
    assert Frames(frame).frames[0]["title"] == TITLE
    assert Frames(link).tags == []
    assert link.endswith("](maps/my%20map.html#years=2021-2021)")
    assert "\\[x\\](y)" in link


def test_rst_is_a_raw_directive(page: Path) -> None:
    lines = embed(page, format="rst").splitlines()
    assert lines[:2] == [".. raw:: html", ""]
    assert all(line.startswith("   <") for line in lines[2:])
    assert Frames("\n".join(lines)).tags == ["iframe"]


def test_quarto_shows_the_map_in_html_and_a_link_elsewhere(page: Path) -> None:
    snippet = embed(page, years=(2021, 2022), format="quarto")
    html, other = snippet.split("\n:::\n\n")
    assert html.startswith('::: {.content-visible when-format="html"}\n```{=html}\n<iframe ')
    assert Frames(html).frames[0]["src"] == "maps/my%20map.html?embed=1#years=2021-2022"
    assert other.startswith('::: {.content-hidden when-format="html"}\n[Attacks')
    assert Frames(other).tags == []
    assert snippet.count(":::") == 4


def test_wordpress_gets_no_script(page: Path) -> None:
    snippet = embed(page, years=(2021, 2022), format="wordpress")
    assert Frames(snippet).tags == ["figure", "iframe", "figcaption", "a"]
    assert snippet.splitlines()[0] == "<!-- wp:html -->"
    assert snippet.splitlines()[-1] == "<!-- /wp:html -->"


@pytest.mark.browser
def test_the_frame_shows_the_period_and_takes_the_height_that_the_map_asks_for(
    make_records: Any, provinces: Any, visit: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("maps").mkdir()
    located = make_records([{"admin1_code": "XT-N", "date_start": f"{year}-01-01"} for year in (2020, 2021, 2022)])
    geo.build_map(located, provinces).save("maps/index.html")
    snippet = embed("maps/index.html", years=(2021, 2022), height=300)
    report = tmp_path / "report.html"
    report.write_text(
        f"<!DOCTYPE html><meta charset=utf-8><link rel=icon href='data:,'><h1>Report</h1>{snippet}", "utf-8"
    )
    outer = visit.open(report, ready=False)
    frame = outer.frames[1]
    frame.wait_for_function("() => window.geoMap")
    assert frame.evaluate("async () => { await geoMap.ready; return geoMap.summary().incidents; }") == 2
    outer.wait_for_function("() => document.querySelector('iframe').clientHeight >= 420")
    before = outer.evaluate("() => document.querySelector('iframe').clientHeight")
    # Another window may not resize it.
    outer.evaluate("() => window.postMessage({type: 'geo:height', height: 9000}, '*')")
    outer.evaluate("() => new Promise(done => setTimeout(done, 50))")
    # Nor may the map ask for what no page is high.
    for height in ("1e9", "0", "NaN", "'500px;'", "{}"):
        frame.evaluate(f"() => parent.postMessage({{type: 'geo:height', height: {height}}}, '*')")
    outer.evaluate("() => new Promise(done => setTimeout(done, 50))")
    assert outer.evaluate("() => document.querySelector('iframe').clientHeight") == before


def test_choices_are_in_the_address_and_the_name_is_the_authors(page: Path) -> None:
    snippet = embed(page, years=(2021, 2021), title='Where "they" were', show_title=False, legend="open", lock=True)
    (frame,) = Frames(snippet).frames
    assert frame["src"] == "maps/my%20map.html?embed=1&title=0&legend=open&lock=1#years=2021-2021"
    assert frame["title"] == 'Where "they" were'


def test_a_picture_links_to_the_map_and_needs_no_frame(page: Path) -> None:
    snippet = embed(page, years=(2021, 2021), format="picture", picture='maps/my "map".png')
    assert Frames(snippet).tags == ["figure", "a", "img", "figcaption", "a"]
    assert 'src="maps/my%20%22map%22.png"' in snippet
    assert snippet.count('href="maps/my%20map.html#years=2021-2021"') == 2


@pytest.mark.browser
def test_an_embed_does_as_its_address_asks(toy_embed: Path, visit: Any) -> None:
    frame = visit.open(toy_embed, "?embed=1&title=0&legend=open&lock=1")
    # Screen readers still find it.
    assert frame.locator(".geo-headline-title").count() == 0
    assert frame.locator("h1").inner_text() == "Toy"
    assert frame.locator("h1").bounding_box()["width"] == 1
    assert frame.locator(".geo-chip[open]").count() == 1
    assert frame.locator(".leaflet-control-zoom").is_hidden()
    before = frame.evaluate("() => geoMap.getState().view")
    box = frame.locator(".geo-map").bounding_box()
    frame.mouse.move(box["x"] + 100, box["y"] + 200)
    frame.mouse.down()
    frame.mouse.move(box["x"] + 220, box["y"] + 240, steps=4)
    frame.mouse.up()
    frame.keyboard.down("Control")
    frame.mouse.wheel(0, -600)
    frame.keyboard.up("Control")
    frame.wait_for_timeout(300)
    assert frame.evaluate("() => geoMap.getState().view") == before
    visit.open(toy_embed, "?embed=1&legend=none&title=x&lock=maybe")
    assert frame.locator(".geo-chip").count() == 0
    assert frame.locator(".geo-headline-title").inner_text() == "Toy"
    assert frame.locator(".leaflet-control-zoom").is_visible()
    assert "Sources: First Press." in frame.locator(".geo-credits-text").inner_text()


@pytest.fixture
def toy_embed(make_records: Any, provinces: Any, tmp_path: Path) -> Path:
    records = make_records([{"admin1_code": "XT-N", "sources": [{"source": "first", "paragraph": 1}]}])
    sources = pd.DataFrame(
        [("first", "On it", "A. Author", "First Press", None, None)],
        columns=["source", "title", "author", "publisher", "published", "url"],
    )
    geo.build_map(records, provinces, title="Toy", sources=sources).save(tmp_path / "toy.html")
    return tmp_path / "toy.html"


def test_a_published_map_needs_no_file() -> None:
    snippet = embed("https://example.org/maps/index.html?x=1#old", years=(2020, 2021))
    assert Frames(snippet).frames[0]["src"] == "https://example.org/maps/index.html?embed=1#years=2020-2021"


@pytest.mark.parametrize("format_", ["iframe", "markdown", "rst", "quarto", "wordpress"])
def test_an_address_cannot_break_out_of_a_snippet(format_: str) -> None:
    snippet = embed('https://user:pw@example.org/my maps/a)"><script>x</script>`', format=format_)
    assert "user" not in snippet
    assert "https://example.org/my%20maps/a%29%22%3E%3Cscript%3Ex%3C/script%3E%60" in snippet
    assert Frames(snippet).tags.count("script") == (1 if format_ == "iframe" else 0)
    with pytest.raises(UsageError, match="is no web address"):
        embed('https://example.org">x/', format=format_)


def test_a_file_that_is_missing_or_no_page_is_named(page: Path) -> None:
    with pytest.raises(MissingFileError, match=r"maps/other\.html: does not exist; create it with: geo build"):
        embed("maps/other.html")
    Path("notes.txt").write_text("no markup")
    with pytest.raises(DataError, match=r"notes\.txt: is not a map page"):
        embed("notes.txt")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"years": (2024, 2015)}, "2015:2024"),
        ({"height": 0}, "height = 0"),
        ({"height": 10**6}, "height = 1000000"),
        ({"format": "pdf"}, "iframe, markdown, rst, quarto, wordpress, picture"),
        ({"legend": "wide"}, "legend = 'wide': give one of closed, open, none"),
        ({"format": "picture"}, "picture: give the picture's path or address with format = picture"),
        ({"picture": "map.png"}, "and with no other format"),
    ],
)
def test_arguments_outside_what_is_allowed(page: Path, options: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        embed(page, **options)
