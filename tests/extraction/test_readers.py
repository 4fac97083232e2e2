"""Articles from files: their text, what they say of themselves, and errors in one line."""

import pytest

from geo.errors import DataError, GeoError, MissingFileError
from geo.extraction.readers import MAX_BYTES, read_article

SENTENCE = "A bomb killed two soldiers in Khost on 3 May 2019."


def saved(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (SENTENCE.encode("utf-16"), SENTENCE),
        (b"\xef\xbb\xbf" + SENTENCE.encode(), SENTENCE),
        ("Caf\xe9 in Khost".encode("cp1252"), "Caf\xe9 in Khost"),
    ],
)
def test_encodings_of_plain_text(tmp_path, content, text):
    assert read_article(saved(tmp_path, "a.txt", content)).text == text


def test_markdown_has_the_title_of_its_heading_unless_one_is_given(tmp_path):
    path = saved(tmp_path, "a.md", f"# Blast in Khost\n\n{SENTENCE}")
    assert read_article(path).title == "Blast in Khost"
    assert read_article(path, title="Mine", publisher="P").title == "Mine"
    assert read_article(path).id == "a"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"%PDF-1.4 ...", "name a PDF .pdf"),
        ("a.txt", b"ab\0cd", "is no text"),
        ("a.txt", b"  \n", "has no text"),
        ("a.xls", b"x", ".xls is not read; give .txt"),
        ("a.pdf", b"nope", "cannot be read as PDF"),
    ],
)
def test_what_is_no_article_is_refused_in_one_line(tmp_path, name, content, message):
    if name.endswith(".pdf"):
        pytest.importorskip("pypdf")
    with pytest.raises(DataError, match=message) as caught:
        read_article(saved(tmp_path, name, content))
    assert "\n" not in str(caught.value)


def test_a_file_that_is_too_large_or_absent(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(DataError, match="at most 32 MB"):
        read_article(path)
    with pytest.raises(MissingFileError):
        read_article(tmp_path / "none.txt")


def test_notes_say_what_limits_the_reading(tmp_path):
    russian = "Боевики атаковали пост в городе Кабул и убили трех человек " * 4
    notes = " ".join(read_article(saved(tmp_path, "a.txt", russian)).notes)
    assert "does not look like English" in notes
    assert "no day of publication" in notes
    assert read_article(saved(tmp_path, "a.txt", SENTENCE), published="2019-05-04").notes == ()


def test_pages_of_a_pdf(tmp_path):
    pytest.importorskip("pypdf")
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.figure import Figure

    with PdfPages(tmp_path / "a.pdf") as pages:
        for text in (SENTENCE, "On 4 May 2019 a bomb killed a child in Herat."):
            figure = Figure()
            figure.text(0.1, 0.8, text)
            pages.savefig(figure)
    article = read_article(tmp_path / "a.pdf")
    assert [(article.text[p.start : p.end][:6], p.page) for p in article.paragraphs] == [("A bomb", 1), ("On 4 M", 2)]


def test_a_word_document(tmp_path):
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.core_properties.author = "A. Writer"
    document.add_paragraph(SENTENCE)
    document.save(tmp_path / "a.docx")
    article = read_article(tmp_path / "a.docx")
    assert (article.text, article.author) == (SENTENCE, "A. Writer")
    with pytest.raises(DataError, match="cannot be read as a Word document"):
        read_article(saved(tmp_path, "b.docx", b"nope"))


def test_a_web_page_without_its_menu(tmp_path):
    pytest.importorskip("trafilatura")
    page = f"""<html><head><title>Blast</title><meta property="og:site_name" content="Example News">
    <meta property="article:published_time" content="2019-05-04T10:00:00Z"></head><body>
    <nav>A bomb killed 99 people in Kabul on 1 May 2001. <a href="/">Home</a></nav><article><h1>Blast</h1>
    <p>{SENTENCE} Traffic was stopped for hours while police searched the area, and shops stayed closed.</p>
    <p>Nobody has said anything about it so far, and an inquiry has begun in the province, officials added.</p>
    </article></body></html>"""
    article = read_article(saved(tmp_path, "a.html", page))
    assert SENTENCE in article.text
    assert "99" not in article.text
    assert (article.publisher, article.published) == ("Example News", "2019-05-04")


def test_formats_of_the_extra_say_how_to_install_it(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pypdf", None)
    with pytest.raises(GeoError, match=r"pip install 'geo-incidents\[articles\]'"):
        read_article(saved(tmp_path, "a.pdf", b"%PDF"))
