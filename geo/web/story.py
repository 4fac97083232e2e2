"""A story: a text whose steps move the map beside it, as one page that opens offline."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from branca.element import MacroElement
from geopandas import GeoDataFrame
from pandas import DataFrame

from geo.errors import DataError
from geo.paths import reading, regular_file
from geo.stats.dataset import Dataset
from geo.web import assets
from geo.web.document import Verbatim
from geo.web.escape import http_url, script_json, text
from geo.web.layers import Records, figure_of
from geo.web.map import IncidentMap, build_map
from geo.web.story_states import KEYS, state_of

if TYPE_CHECKING:
    from markdown_it.token import Token

#: Longest story in characters: more is no text to scroll through.
MAX_LENGTH = 200_000
_STATE = re.compile(rf"#(?:[^#]*&)?(?:{'|'.join(KEYS)})=")


@dataclass(frozen=True)
class Step:
    """One step of a story.

    Attributes
    ----------
    heading : str
        HTML.
    body : str
        HTML.
    fragment : str
        What the map shows: the fragment of a link to a view of it, without ``#``.
    """

    heading: str
    body: str
    fragment: str


@dataclass(frozen=True)
class Story:
    """A story as it is written.

    Attributes
    ----------
    title : str
        Plain text.
    introduction : str
        HTML; empty if there is none.
    steps : tuple of Step
    """

    title: str
    introduction: str
    steps: tuple[Step, ...]


def build_story(
    story: str | Path,
    located: GeoDataFrame | Dataset | Records,
    provinces: GeoDataFrame | None = None,
    *,
    sources: DataFrame | None = None,
    theme: str | None = None,
    language: str | Path = "en",
) -> IncidentMap:
    """Build a page on which a text scrolls beside a map that follows it.

    Parameters
    ----------
    story : str or path
        Markdown, or a path of a file of it: a title (``#``), an introduction, and steps (``##``). Each step has one
        link to a view of the map, such as the page's own "Copy link" gives: ``[Kabul](#years=2021&map=8/34.5/69.2)``.
    located, provinces, sources, theme, language
        As for ``geo.build_map``.

    Returns
    -------
    IncidentMap
        ``save`` it; the page makes no requests, and without JavaScript the whole text can be read.

    Raises
    ------
    DataError
        If the story has no step, a step has no link to a view or several, or a view names years, layers, groups, event
        types or records that are not there. All faults are named.
    MissingFileError
        If there is no such file.
    """
    records = Records.of(located, provinces)
    told, faults = read_story(_content(story))
    states = []
    for number, step in enumerate(told.steps, start=1):
        state, found = state_of(step.fragment, records.dataset)
        states.append(state)
        faults += [f"step {number}: {fault}" for fault in found]
    if faults:
        raise DataError(f"{story if isinstance(story, Path) else 'story'}: {'; '.join(faults)}")
    page = build_map(records, title=told.title, sources=sources, theme=theme, language=language)
    interface: Any = page._children["page"]
    # The map is a part of the page, as in an article that embeds it.
    interface.options = {**interface.options, "embed": True}
    figure_of(page).html.add_child(Verbatim(_article(told)), name="story_text")
    start, _ = state_of("", records.dataset)
    page.add_child(_Story(page.get_name(), {"start": start, "steps": states}), name="story")
    page._children.move_to_end("page")  # the interface is built round the map where the story has moved it
    return page


def read_story(markdown: str) -> tuple[Story, list[str]]:
    """Parse a story.

    Parameters
    ----------
    markdown : str
        CommonMark. HTML in it is shown as text.

    Returns
    -------
    story : Story
    faults : list of str
        What keeps it from being shown; empty if nothing does.
    """
    from markdown_it import MarkdownIt

    parser = MarkdownIt("js-default", {"html": False, "linkify": False})
    # A link to a page on the author's own disk names a view; no other link to a file is kept.
    parser.validateLink = _may_be_linked  # type: ignore[method-assign]
    tokens = parser.parse(markdown[:MAX_LENGTH])
    faults = [] if len(markdown) <= MAX_LENGTH else [f"longer than {MAX_LENGTH:,} characters"]
    title, introduction = "", ""
    steps: list[Step] = []
    for heading, content in _sections(tokens):
        fragments, pictures = _take_links(content)
        content = _without_empty(content)
        faults += [f"{heading or 'introduction'}: pictures are not shown: {name}" for name in pictures]
        body = parser.renderer.render(content, parser.options, {})
        if heading is None:
            title, content_before = _title(content)
            introduction = parser.renderer.render(content_before, parser.options, {})
            continue
        if len(fragments) != 1:
            number = "no link" if not fragments else f"{len(fragments)} links"
            faults.append(f"step {len(steps) + 1} ({heading}): {number} to a view of the map; give one, #years=2021")
        steps.append(Step(text(heading), body, fragments[0] if fragments else ""))
    if not title:
        faults.append("no title; begin with a line such as: # Title")
    if not steps:
        faults.append("no step; begin each with a line such as: ## Kabul, August 2021")
    return Story(title, introduction, tuple(steps)), faults


def _may_be_linked(url: str) -> bool:
    return not re.match(r"\s*(?:javascript|vbscript|data):", url, re.IGNORECASE)


def _content(story: str | Path) -> str:
    if isinstance(story, Path):
        path = regular_file(story)
        with reading(path):
            return path.read_text(encoding="utf-8-sig")
    return story


def _sections(tokens: Sequence["Token"]) -> Iterable[tuple[str | None, list["Token"]]]:
    """Yield each part of a text: before the first ``##`` with None, then each with the words of its heading."""
    heading: str | None = None
    content: list[Token] = []
    waiting = iter(tokens)
    for token in waiting:
        if token.type == "heading_open" and token.tag == "h2":
            yield heading, content
            inline = next(waiting)
            heading, content = _words(inline), []
            next(waiting)  # the end of the heading
        else:
            content.append(token)
    yield heading, content


def _title(content: list["Token"]) -> tuple[str, list["Token"]]:
    """Return the first heading of an introduction as text, and the rest."""
    for at, token in enumerate(content):
        if token.type == "heading_open" and token.tag == "h1":
            return _words(content[at + 1]), [*content[:at], *content[at + 3 :]]
    return "", content


def _words(inline: "Token") -> str:
    return "".join(child.content for child in inline.children or () if child.type in ("text", "code_inline"))


def _take_links(content: list["Token"]) -> tuple[list[str], list[str]]:
    """Take links to views and pictures out of a text, in place; other links stay if they lead to the web.

    Returns
    -------
    fragments, pictures : list of str
    """
    fragments: list[str] = []
    pictures: list[str] = []
    for token in content:
        link: Token | None = None  # the link in which the next tokens are
        kept: list[Token] = []
        for child in token.children or ():
            if child.type == "link_open":
                link = child
                fragments += [_address(link).partition("#")[2]] if _is_view(link) else []
            if child.type == "image":
                pictures.append(child.content)
            elif _stays(child, link):
                kept.append(child)
            if child.type == "link_close":
                link = None
        if token.children is not None:
            token.children = kept
    return fragments, pictures


def _address(link: "Token") -> str:
    return str(link.attrGet("href") or "")


def _is_view(link: "Token") -> bool:
    return _STATE.search(_address(link)) is not None


def _stays(child: "Token", link: "Token | None") -> bool:
    """Return whether a part of a text is shown: not a link to a view, and only the words of one to no web address."""
    if link is None:
        return True
    if _is_view(link):
        return False
    if child.type not in ("link_open", "link_close"):
        return True
    if address := http_url(_address(link)):
        link.attrs = {"href": address, "rel": "noopener noreferrer", "target": "_blank"}
    return address is not None


def _without_empty(content: list["Token"]) -> list["Token"]:
    """Leave out the paragraphs that had nothing but a link to a view."""
    kept: list[Token] = []
    at = 0
    while at < len(content):
        paragraph = content[at].type == "paragraph_open"
        if paragraph and not any(child.content.strip() for child in content[at + 1].children or ()):
            at += 3
            continue
        kept.append(content[at])
        at += 1
    return kept


def _article(story: Story) -> str:
    """Return the text as HTML; branca renders it no second time, as it is added verbatim."""
    steps = "\n".join(
        f'<section class="geo-story-step" data-step="{number}">\n<h2>{step.heading}</h2>\n{step.body}</section>'
        for number, step in enumerate(story.steps)
    )
    return (
        f'<article class="geo-story" id="geo-story">\n<header>\n<h1>{text(story.title)}</h1>\n{story.introduction}'
        f"</header>\n{steps}\n</article>"
    )


class _Story(MacroElement):
    """Moves the text and the map beside each other, and the map with the text."""

    def __init__(self, map_name: str, states: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "story"
        self.map_name, self.states = map_name, states

    def render(self, **kwargs: Any) -> Any:
        figure = figure_of(self)
        head = f"<style>\n{assets.story_css()}</style>\n<script>{assets.own_js(assets.STORY_SCRIPTS)}</script>"
        figure.header.add_child(Verbatim(head), name="geo_story")
        states = f'<script type="application/json" id="geo-story-states">{script_json(self.states)}</script>'
        figure.html.add_child(Verbatim(states), name="geo_story_states")
        figure.script.add_child(Verbatim(f"geo.story({self.map_name});"), name="geo_story")
        super().render(**kwargs)  # type: ignore[no-untyped-call]
