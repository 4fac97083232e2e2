"""Render a tree of folium elements to one reproducible HTML file with a Content-Security-Policy."""

import base64
import hashlib
import html
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from branca.element import Element, Figure

from geo.web.escape import text
from geo.web.foreign import elements, folder_above, linked_file, origin, origins

#: branca names an element ``word_<32 hex digits>``.
_NAME = re.compile(r"_([0-9a-f]{32})(?![0-9a-f])")
_SCRIPT_TYPES = {"", "module", "text/javascript", "application/javascript"}
_ATTRIBUTE = re.compile(r"""\b(src|href|type|rel)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
#: Start of the element of a data block, and the placeholder for its content while a page is assembled.
DATA_ELEMENT = '<script type="application/octet-stream"'
DATA = "\0data\0"


class Verbatim(Element):
    """Content that is added to a page unchanged.

    branca renders the output of a macro a second time as a template; text from data must not be rendered so.

    Parameters
    ----------
    content : str
        HTML or script, already escaped for its place.
    """

    def __init__(self, content: str) -> None:
        super().__init__()
        self._name = "Verbatim"
        self.content = content

    def render(self, **kwargs: Any) -> str:  # noqa: ARG002  folium passes its own
        """Return the content."""
        return self.content


class Document(Figure):
    """The HTML page of a map, in place of folium's figure.

    Parameters
    ----------
    title, description : str
        For the browser's tab and for search engines; escaped.
    lang, direction : str
        Language of the page as BCP 47, and ``ltr`` or ``rtl``.

    Attributes
    ----------
    hosts : frozenset of str
        Origins that the page, as last rendered, may request files from.
    """

    def __init__(self, title: str, description: str, lang: str = "en", direction: str = "ltr") -> None:
        super().__init__(title=title)
        self.header._children.clear()  # branca's charset; render() writes it first in the head
        self.description, self.lang, self.direction = description, lang, direction
        self.hosts: frozenset[str] = frozenset()

    def render(self, **kwargs: Any) -> str:
        """Return the page; the tree of elements is not modified."""
        with untouched(self):
            for child in list(self._children.values()):
                child.render(**kwargs)
            head, body, script = (part.render(**kwargs) for part in (self.header, self.html, self.script))
            named = elements(self)
        body, blocks = without_data(body)
        rest = stable_names(
            f"{head}\n</head>\n<body>\n{body}\n<script>\n{script}\n</script>\n</body>\n</html>\n", named
        )
        rest = rest.replace("\r\n", "\n").replace("\r", "\n")
        rules = policy(rest, *origins(named))
        self.hosts = frozenset(origin(source) for allowed in rules.values() for source in allowed if "://" in source)
        for block in blocks:
            rest = rest.replace(DATA, block, 1)
        meta = "; ".join(" ".join((directive, *allowed)) for directive, allowed in rules.items())
        return (
            f'<!DOCTYPE html>\n<html lang="{text(self.lang)}" dir="{text(self.direction)}">\n<head>\n'
            '<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{meta}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{text(self.title)}</title>\n"
            f'<meta name="description" content="{text(self.description)}">\n'
            '<link rel="icon" href="data:,">\n'  # otherwise a browser requests /favicon.ico
            f"{rest}"
        )

    def _repr_html_(self, **kwargs: Any) -> str:
        """Show the page in an iframe of a notebook; screen readers announce its title and what the map shows."""
        named = ". ".join(part.rstrip(".") for part in (self.title, self.description) if part)
        return (
            f'<iframe srcdoc="{html.escape(self.render(**kwargs))}" title="{text(named)}" '
            'style="width: 100%; height: 560px; border: 0" allowfullscreen></iframe>'
        )


def without_data(body: str) -> tuple[str, list[str]]:
    """Cut the data blocks out of a page: megabytes in which nothing is to be renamed, hashed or searched.

    Parameters
    ----------
    body : str

    Returns
    -------
    str, list of str
        The body with ``DATA`` in place of each block, and the blocks.
    """
    parts: list[str] = []
    blocks: list[str] = []
    at = body.find(DATA_ELEMENT) if DATA not in body else -1
    done = 0
    while at >= 0:
        start = body.find(">", at) + 1
        end = body.find("</script>", start)
        # The same text in a string of a user's script would be followed by a quotation mark.
        if 0 < start <= end and not any(mark in body[start:end] for mark in "\"'`<>"):
            parts += [body[done:start], DATA]
            blocks.append(body[start:end])
            done = end
        at = body.find(DATA_ELEMENT, at + 1)
    return "".join([*parts, body[done:]]), blocks


@contextmanager
def untouched(figure: Figure) -> Iterator[None]:
    """Restore a tree of elements on exit: rendering adds links, scripts and children to it."""
    before = [(element, element._children.copy()) for element in elements(figure)]
    try:
        yield
    finally:
        for element, children in before:
            element._children = children


def stable_names(page: str, named: Iterable[Element]) -> str:
    """Replace branca's random element names by numbers, in the order in which they occur in the page.

    Parameters
    ----------
    page : str
    named : iterable of Element
        The elements to rename; similar names of others stay.

    Returns
    -------
    str
    """
    known = {element._id for element in named}
    numbers: dict[str, str] = {}

    def number(match: re.Match[str]) -> str:
        name = match[1]
        return f"_{numbers.setdefault(name, str(len(numbers)))}" if name in known else match[0]

    return _NAME.sub(number, page)


def policy(page: str, pictures: Iterable[str] = (), others: Iterable[str] = ()) -> dict[str, list[str]]:
    """Return a Content-Security-Policy that allows only what a page contains.

    Scripts and style sheets that are linked are allowed by their whole address, as a server such as a content delivery
    network holds anyone's; pictures and fonts of a style sheet by the folder above it.

    Parameters
    ----------
    page : str
        HTML with LF line ends: a browser turns CR LF into LF before it hashes a script.
    pictures, others : iterable of str
        Origins from which images, and files of any kind, may be loaded while the page is open.

    Returns
    -------
    dict
        Directive -> allowed sources.
    """
    hashes, scripts, sheets, shown = [], set(), set(), set()
    for attributes, content in _elements_of(page, "script"):
        if attributes.get("src"):
            scripts.add(linked_file(attributes["src"]))
        elif attributes.get("type", "").lower() in _SCRIPT_TYPES:
            digest = base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")
            hashes.append(f"'sha256-{digest}'")
    for attributes, _ in _elements_of(page, "link"):
        if attributes.get("rel", "").lower() == "stylesheet":
            sheets.add(linked_file(attributes.get("href", "")))
            shown.add(folder_above(attributes.get("href", "")))
    requested = set(others)
    return {
        "default-src": ["'none'"],
        "script-src": [*dict.fromkeys(hashes), *sorted(scripts - {""})],
        "style-src": ["'unsafe-inline'", *sorted(sheets - {""})],
        "img-src": ["data:", "blob:", *sorted({*pictures, *requested, *shown} - {""})],
        "font-src": ["data:", *sorted(shown - {""})],
        "connect-src": sorted(requested) or ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }


def _elements_of(page: str, tag: str) -> Iterator[tuple[dict[str, str], str]]:
    """Yield attributes and raw content of each element of a tag; faster than a parser, which would read all data."""
    at = page.find(f"<{tag}")
    while at >= 0:
        opened = page.find(">", at)
        closed = page.find(f"</{tag}", opened) if tag == "script" else opened + 1
        if opened < 0 or closed < 0:
            return
        attributes = {
            name.lower(): quoted or single or bare for name, quoted, single, bare in _ATTRIBUTE.findall(page[at:opened])
        }
        yield attributes, page[opened + 1 : closed]
        at = page.find(f"<{tag}", closed)
