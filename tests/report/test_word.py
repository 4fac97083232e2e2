"""A report as Word reads it: what is in it is that of the other formats, and it fits its pages."""

import re
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest

import geo
from geo.errors import UsageError
from geo.report import make_report, write_report
from geo.report.blocks import Heading, Items, Link, Paragraph, Report, Table
from geo.report.html import as_html
from geo.report.word import as_word


@pytest.fixture(scope="module")
def report() -> Report:
    records, provinces = geo.read_incidents(), geo.read_provinces()
    return make_report(geo.geocode(records, provinces), provinces, years=(2020, 2021), sources=geo.read_sources())


@pytest.fixture(scope="module")
def document(report: Report) -> Any:
    return docx.Document(BytesIO(as_word(report)))


def test_headings_captions_and_title_are_words_own(report: Report, document: Any) -> None:
    styles = [(p.style.name, p.text) for p in document.paragraphs]
    assert styles[0] == ("Title", report.title)
    assert [text for style, text in styles if style == "Heading 1"] == [
        block.words for block in report.blocks if isinstance(block, Heading) and block.level == 2
    ]
    captions = [text for style, text in styles if style == "Caption"]
    assert sum(text.startswith("Figure ") for text in captions) == 2
    assert [text.split(".")[0] for text in captions if text.startswith("Table ")] == [
        f"Table {number}" for number in range(1, sum(isinstance(block, Table) for block in report.blocks) + 1)
    ]
    assert (document.core_properties.title, document.core_properties.language) == (report.title, "en")


def test_pictures_have_alternative_texts_and_fit_their_page(document: Any) -> None:
    shapes = list(document.inline_shapes)
    assert len(shapes) == 2
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    for shape in shapes:
        assert len(shape._inline.docPr.get("descr")) > 100
        assert 0 < shape.width <= room


def test_tables_hold_what_the_html_holds_and_fit_their_page(report: Report, document: Any) -> None:
    html = re.sub(r"<[^>]+>", "", as_html(report))
    assert len(document.tables) == 1 + sum(isinstance(block, Table) for block in report.blocks)
    upright = document.sections[0].page_width - 2 * document.sections[0].left_margin
    landscape = document.sections[0].page_height - 2 * document.sections[0].left_margin
    for table in document.tables:
        widths = [cell.width for cell in table.rows[0].cells]
        assert sum(widths) <= (landscape if len(widths) > 6 else upright)
        assert min(widths) > 200_000, "a column has room for a word"
        for cell in table._cells[:40]:
            assert cell.text.replace("&", "&amp;").replace("<", "&lt;").split("'")[0][:20] in html


def test_links_lead_to_the_web_and_to_sources_only() -> None:
    rows = (
        ("see ", Link("one", "https://example.org/a?b=1&c=2"), Link("two", "javascript:alert(1)")),
        (Link("x", "#s"),),
    )
    made = as_word(Report("T", "", (Paragraph("bad \x00\x0b\ud800 text <b>"), Items(rows, ("s", "t"), numbered=True))))
    document = docx.Document(BytesIO(made))
    targets = [rel.target_ref for rel in document.part.rels.values() if rel.is_external]
    assert targets == ["https://example.org/a?b=1&c=2"]
    assert "javascript" not in document.element.xml
    assert 'w:anchor="s"' in document.element.xml
    assert document.paragraphs[0].text.endswith("text <b>")


def test_equal_reports_are_equal_files_and_without_the_library_the_error_says_what_to_install(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert as_word(report) == as_word(report)
    assert write_report(report, tmp_path / "r.docx") == [tmp_path / "r.docx"]
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(UsageError, match=r"geo-incidents\[word\]"):
        write_report(report, tmp_path / "other.docx")
    assert not (tmp_path / "other.docx").exists()
