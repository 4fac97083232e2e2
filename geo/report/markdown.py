"""Write a report as Markdown (CommonMark with tables); pictures are separate files."""

import html
import re
from urllib.parse import quote

from geo.figure.pen import plain
from geo.report.blocks import Block, Facts, Heading, Inline, Items, Link, Paragraph, Picture, Report, Table
from geo.web.escape import http_url

#: Characters that can start markup anywhere in a line.
_INLINE = re.compile(r"([\\`*_\[\]|~$^])")

#: Start of a line that CommonMark or pandoc would read as an item of a numbered list: "1.", "(2)", "iv.", "a)".
_NUMBERED = re.compile(r"^(\d+|\(?(?:\d+|[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+)(?=[.)](?:\s|$)))([.)])")


def as_markdown(report: Report, pictures: dict[str, str]) -> str:
    """Return a report as Markdown.

    Parameters
    ----------
    report : Report
    pictures : dict of str to str
        File of each picture, by the picture's name.
    """
    return "\n\n".join(_block(block, pictures) for block in report.blocks) + "\n"


def _block(block: Block, pictures: dict[str, str]) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {_text(block.words)}"
        case Paragraph():
            return _start(_inline(block.words))
        case Facts():
            return "\n".join(f"- {_start(_text(name))}: **{_text(value)}**" for _, name, value in block.rows)
        case Table():
            return _table(block)
        case Picture():
            long = "\n\n".join(_start(_text(part)) for part in block.long.split("\n\n"))
            return f"![{_text(block.alt)}]({quote(pictures[block.name])})\n\n*{_text(block.caption)}*\n\n{long}"
        case Items():
            marks = [f"{i}." if block.numbered else "-" for i in range(1, len(block.rows) + 1)]
            return "\n".join(f"{mark} {_start(_inline(row))}" for mark, row in zip(marks, block.rows, strict=True))


def _table(table: Table) -> str:
    rule = "|".join("---:" if i in table.numbers else "---" for i in range(len(table.header)))
    lines = [table.header, *table.rows]
    split = len(lines) - table.totals
    written = [
        "| " + " | ".join(f"**{_inline(c)}**" if i >= split and c else _inline(c) for c in cells) + " |"
        for i, cells in enumerate(lines)
    ]
    return "\n".join([f"**{_text(table.caption)}**", "", written[0], f"|{rule}|", *written[1:]])


def _inline(words: Inline) -> str:
    return _text(words) if isinstance(words, str) else "".join(_part(part) for part in words)


def _part(part: str | Link) -> str:
    if isinstance(part, str):
        return _text(part)
    address = http_url(part.to)
    return f"[{_text(part.words)}](<{html.escape(address, quote=False)}>)" if address else _text(part.words)


def _text(words: str) -> str:
    """Escape text for Markdown, HTML and templates."""
    safe = html.escape(_INLINE.sub(r"\\\1", plain(words)), quote=False)
    return safe.replace("{", "&#123;").replace("}", "&#125;")


def _start(words: str) -> str:
    """Escape the start of a paragraph or list item that would make it a heading, list, quotation or metadata."""
    return _NUMBERED.sub(r"\1\\\2", re.sub(r"^([#+\-=:%@])", r"\\\1", words))
