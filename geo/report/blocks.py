"""The parts that a report is made of, before they become HTML or Markdown."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere: a web address, or ``#`` and an anchor of this report."""

    words: str
    to: str


#: What a cell or an item holds: words, and links among them.
Inline = str | tuple[str | Link, ...]


@dataclass(frozen=True)
class Heading:
    """A section's title; ``level`` 1 is the report's own."""

    words: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    words: Inline


@dataclass(frozen=True)
class Facts:
    """Numbers with their names: ``(key, name, value)``; programs find them by key."""

    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Table:
    """Rows under a header; ``numbers`` are the columns to align right, ``totals`` the last rows that sum up."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Inline, ...], ...]
    numbers: frozenset[int] = frozenset()
    totals: int = 0


@dataclass(frozen=True)
class Picture:
    """A figure: its PNG, the words below it, those in its place, and those that say everything."""

    name: str
    png: bytes
    caption: str
    alt: str
    long: str
    width: float


@dataclass(frozen=True)
class Items:
    """A list; an item with an anchor can be linked to."""

    rows: tuple[Inline, ...]
    anchors: tuple[str, ...] = ()
    numbered: bool = False


Block = Heading | Paragraph | Facts | Table | Picture | Items


@dataclass(frozen=True)
class Report:
    """A whole report.

    Attributes
    ----------
    title, description : str
    blocks : tuple of Block
    """

    title: str
    description: str
    blocks: tuple[Block, ...] = field(default=())
