"""Markdown of hostile text, rendered by two other programs' parsers, holds no element that geo did not write."""

from html.parser import HTMLParser

import markdown  # type: ignore[import-untyped]
import mistune
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.report.blocks import Items, Link, Paragraph, Picture, Report
from geo.report.markdown import as_markdown

EVIL_URLS = [
    'https://ok.example/"><script>alert(1)</script>',
    "https://ok.example/)<img src=x onerror=alert(1)>",
    "https://ok.example/`</code><script>x</script>`",
    "https://ok.example/&gt;&lt;script&gt;&quot; onclick=x",
    "https://ok.example/a)[b](javascript:alert(1))",
    "https://user:pw@ok.example/\u202egnp.exe",
]
STARTS = [
    "# a",
    "+ a",
    "- a",
    "= a",
    "1. a",
    "2) a",
    "(3) a",
    "iv. a",
    "b) a",
    "> a",
    ": a",
    "% a",
    "@a",
    "~~~",
    "```",
    "| a",
]


class Elements(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str | None] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]
        self.links += [value for name, value in attrs if name in ("href", "src")]


def rendered(written: str) -> list[Elements]:
    return [Elements(markdown.markdown(written)), Elements(str(mistune.html(written)))]


def report(*blocks: object) -> str:
    return as_markdown(Report("t", "d", blocks), {"map": 'a "b) <i>.png'})  # type: ignore[arg-type]


@pytest.mark.parametrize("url", EVIL_URLS)
def test_an_address_is_a_link_and_nothing_else(url: str) -> None:
    for page in rendered(report(Paragraph(("Read ", Link(url, url), " and on.")))):
        assert set(page.tags) <= {"p", "a"}
        assert all(link is not None and link.startswith("https://ok.example/") for link in page.links)


@given(st.text(st.sampled_from("<>\"'`()[]{}|^&;!*_ \\ax/@:#?\u202e")))
def test_no_address_gives_other_elements(rest: str) -> None:
    for page in rendered(report(Paragraph((Link("words", f"https://ok.example/{rest}"),)))):
        assert set(page.tags) <= {"p", "a"}


@pytest.mark.parametrize("words", STARTS)
def test_an_item_starts_nothing_else(words: str) -> None:
    for page in rendered(report(Items((words, words)))):
        assert [tag for tag in page.tags if tag != "p"] == ["ul", "li", "li"]
    for page in rendered(report(Items((words,), numbered=True))):
        assert [tag for tag in page.tags if tag != "p"] == ["ol", "li"]


@pytest.mark.parametrize(
    ("words", "escaped"), [("iv. a", "iv\\. a"), ("(3) a", "(3\\) a"), (": a", "\\: a"), ("% a", "\\% a")]
)
def test_marks_of_pandoc_too_are_escaped(words: str, escaped: str) -> None:
    assert report(Items((words,))) == f"- {escaped}\n"
    assert report(Paragraph(words)) == f"{escaped}\n"


def test_the_file_of_a_picture_is_no_markup() -> None:
    for page in rendered(report(Picture("map", b"", "c", "alt", "long", 1.0))):
        assert set(page.tags) == {"p", "img", "em"}
