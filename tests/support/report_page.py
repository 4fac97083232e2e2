"""The facts, tables and links of an HTML report."""

from html.parser import HTMLParser
from typing import Any


class Page(HTMLParser):
    """Facts, tables, links and everything that could run."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.facts: dict[str, str] = {}
        self.rows: list[list[str]] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words = ""
        self._fact: str | None = None
        self._cell = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        named = dict(attrs)
        self.tags.add(tag)
        self.attributes |= set(named)
        self._fact = named.get("data-fact")
        if "id" in named:
            self.ids.append(named["id"])
        if tag == "a":
            self.links.append(named["href"])
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self._cell = True

    def handle_data(self, data: str) -> None:
        self.words += data
        if self._fact:
            self.facts[self._fact] = data
            self._fact = None
        if self._cell:
            self.rows[-1][-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._cell = self._cell and tag not in ("td", "th")
