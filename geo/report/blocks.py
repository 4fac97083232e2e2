"""Blocks of a report, independent of the output format."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Link:
    """Text linked to a web address, or to ``#`` and an anchor of the report."""

    words: str
    to: str


#: Content of a cell or item: text, or a sequence of text and links.
Inline = str | tuple[str | Link, ...]


@dataclass(frozen=True)
class Heading:
    """Title of a section; ``level`` 1 is the title of the report."""

    words: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of text."""

    words: Inline


@dataclass(frozen=True)
class Facts:
    """Named values: rows of ``(key, name, value)``; the key is for programs."""

    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Table:
    """A table; ``numbers`` are the indexes of right-aligned columns, ``totals`` is the number of footer rows."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Inline, ...], ...]
    numbers: frozenset[int] = frozenset()
    totals: int = 0


@dataclass(frozen=True)
class Picture:
    """A figure: its PNG, caption, alternative text, long description, and width in inches."""

    name: str
    png: bytes
    caption: str
    alt: str
    long: str
    width: float


@dataclass(frozen=True)
class Items:
    """A list; items may have anchors as link targets."""

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
