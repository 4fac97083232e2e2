"""Write a report as a Word document, with python-docx."""

import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from geo.errors import UsageError
from geo.figure.pen import plain
from geo.report.blocks import Block, Facts, Heading, Inline, Items, Link, Paragraph, Picture, Report, Table
from geo.web.escape import http_url

#: A4, and its margins, in millimetres.
PAGE, MARGIN = (210, 297), 20
#: Points of the letters of tables, and the widest table, in columns, that stands upright.
SMALL, UPRIGHT = 7.5, 6
#: Most letters of a cell that count for the width of its column, and the least.
_LONGEST, _SHORTEST = 60, 5
#: Time of everything in the file, so that equal reports are equal files.
_TIME = (1980, 1, 1, 0, 0, 0)


def as_word(report: Report) -> bytes:
    """Return a report as the bytes of a ``.docx``: headings, captions and alternative texts are Word's own.

    Parameters
    ----------
    report : Report

    Raises
    ------
    UsageError
        If python-docx is not installed.
    """
    try:
        import docx
    except ImportError as error:
        raise UsageError(
            "a report for Word needs python-docx: pip install 'geo-incidents[word]', or write .html or .md"
        ) from error
    return _Writer(docx.Document()).write(report)


class _Writer:
    """Writes the blocks of a report into a document.

    Parameters
    ----------
    document : docx.document.Document
    """

    def __init__(self, document: Any) -> None:
        from docx.enum.section import WD_ORIENT, WD_SECTION
        from docx.shared import Mm, Pt

        self.document, self.mm, self.pt = document, Mm, Pt
        self.orient, self.section = WD_ORIENT, WD_SECTION
        self.bookmarks = 0
        self.tables = 0
        self._size(document.sections[0], wide=False)

    def write(self, report: Report) -> bytes:
        """Return the document as bytes, equal for equal reports."""
        properties = self.document.core_properties
        properties.title, properties.subject = _clean(report.title), _clean(report.description)[:255]
        properties.author, properties.comments, properties.language = "", "", "en"
        for block in report.blocks:
            self._block(block)
        file = BytesIO()
        self.document.save(file)
        return _repacked(file.getvalue())

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                self.document.add_heading(_clean(block.words), level=0 if block.level == 1 else block.level - 1)
            case Paragraph():
                self._inline(self.document.add_paragraph(), block.words)
            case Facts():
                table = Table("", ("", ""), tuple((name, value) for _, name, value in block.rows))
                self._rows(table, head=False)
            case Table():
                self._table(block)
            case Picture():
                self._picture(block)
            case Items():
                self._items(block)

    def _table(self, table: Table) -> None:
        wide = len(table.header) > UPRIGHT
        if wide:
            self._turn(wide=True)
        self.tables += 1
        self._caption(f"Table {self.tables}. {table.caption}", keep=True)
        self._rows(table, head=True)
        if wide:
            self._turn(wide=False)

    def _rows(self, table: Table, *, head: bool) -> None:
        lines: list[Sequence[Inline]] = [*([table.header] if head else []), *table.rows]
        made = self.document.add_table(rows=len(lines), cols=len(table.header))
        made.style, made.autofit = "Table Grid", False
        section = self.document.sections[-1]
        room = section.page_width - section.left_margin - section.right_margin
        widths = _widths(lines, int(room))
        cells = made._cells  # once: Table.cell computes them anew for each
        split = len(lines) - table.totals
        for row, line in enumerate(lines):
            for column, words in enumerate(line):
                cell = cells[row * len(table.header) + column]
                cell.width = widths[column]
                paragraph = cell.paragraphs[0]
                self._inline(paragraph, words, size=SMALL)
                paragraph.paragraph_format.space_after = self.pt(0)
                if column in table.numbers:
                    paragraph.alignment = 2
                if (head and row == 0) or row >= split:
                    for run in paragraph.runs:
                        run.bold = True
        if head:
            _element(made.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
        self.document.add_paragraph().paragraph_format.space_after = self.pt(2)

    def _picture(self, picture: Picture) -> None:
        section = self.document.sections[-1]
        room = section.page_width - section.left_margin - section.right_margin
        inches = min(picture.width, room / 914_400)
        shape = self.document.add_picture(BytesIO(picture.png), width=int(inches * 914_400))
        shape._inline.docPr.set("descr", _clean(f"{picture.alt} {picture.long}"))
        shape._inline.docPr.set("title", picture.name)
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        self._caption(picture.caption)

    def _caption(self, words: str, *, keep: bool = False) -> None:
        paragraph = self.document.add_paragraph(_clean(words), style="Caption")
        paragraph.paragraph_format.keep_with_next = keep

    def _items(self, items: Items) -> None:
        anchors = items.anchors or ("",) * len(items.rows)
        for row, anchor in zip(items.rows, anchors, strict=True):
            paragraph = self.document.add_paragraph(style="List Number" if items.numbered else "List Bullet")
            if anchor:
                self.bookmarks += 1
                _element(paragraph._p, "w:bookmarkStart", **{"w:id": str(self.bookmarks), "w:name": anchor})
                _element(paragraph._p, "w:bookmarkEnd", **{"w:id": str(self.bookmarks)})
            self._inline(paragraph, row)

    def _inline(self, paragraph: Any, words: Inline, size: float | None = None) -> None:
        for part in (words,) if isinstance(words, str) else words:
            run = paragraph.add_run(_clean(part if isinstance(part, str) else part.words))
            if size:
                run.font.size = self.pt(size)
            if isinstance(part, Link):
                self._link(paragraph, run, part.to)

    def _link(self, paragraph: Any, run: Any, to: str) -> None:
        """Put a run into a link to a web address or an anchor; another address links to nothing."""
        from docx.opc.constants import RELATIONSHIP_TYPE

        if to.startswith("#"):
            link = _element(paragraph._p, "w:hyperlink", **{"w:anchor": to[1:]})
        elif address := http_url(to):
            target = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            link = _element(paragraph._p, "w:hyperlink", **{"r:id": target})
        else:
            return
        run.font.underline = True
        link.append(run._r)

    def _turn(self, *, wide: bool) -> None:
        self._size(self.document.add_section(self.section.NEW_PAGE), wide=wide)

    def _size(self, section: Any, *, wide: bool) -> None:
        width, height = PAGE[::-1] if wide else PAGE
        section.orientation = self.orient.LANDSCAPE if wide else self.orient.PORTRAIT
        section.page_width, section.page_height = self.mm(width), self.mm(height)
        for side in ("left", "right", "top", "bottom"):
            setattr(section, f"{side}_margin", self.mm(MARGIN))


def _clean(words: str) -> str:
    """Return text as XML can hold it, on one line; spaces at its ends part it from what stands beside it."""
    inner = plain(words)
    if not inner:
        return " " if words else ""
    return f"{' ' if words[:1].isspace() else ''}{inner}{' ' if words[-1:].isspace() else ''}"


def _element(parent: Any, tag: str, **attributes: str) -> Any:
    """Append an element to another, and return it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(name), value)
    parent.append(made)
    return made


def _words(inline: Inline) -> str:
    return inline if isinstance(inline, str) else "".join(p if isinstance(p, str) else p.words for p in inline)


def _widths(lines: Sequence[Sequence[Inline]], room: int) -> list[int]:
    """Return the widths of columns, which add up to the room: by their longest cell, and wide enough for each word."""
    columns = list(zip(*lines, strict=True))
    longest = [max(min(max(len(_words(cell)), _SHORTEST), _LONGEST) for cell in column) for column in columns]
    return [room * share // sum(longest) for share in longest]


def _repacked(content: bytes) -> bytes:
    """Return a zip file with all times the same."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(zipfile.ZipInfo(entry.filename, _TIME), old.read(entry.filename), zipfile.ZIP_DEFLATED)
    return file.getvalue()
