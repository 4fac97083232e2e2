"""Whatever the text, it stays text: in HTML, in a template and in a script."""

import json
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Template

from geo.web.escape import http_url, script_json, text, without_password

HOSTILE = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "{{ 7*7 }} {% raw %} {# gone #} {{{{",
    "${alert(1)} `${1}`",
    "C:\\1x \\u003c \\",
    "a\u2028b\u2029c",
    "\u202eright to left\u202c \u2066x\u2069",
    "<!--<script>",
    "]]>",
    "\" onmouseover=alert(1) '",
    "&lt;b&gt; &amp;amp;",
    "{",
    "%}{",
]


class Reader(HTMLParser):
    """Collects the text and the tags that a parser finds."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


@pytest.mark.parametrize("value", HOSTILE)
def test_text_shows_as_itself_after_the_template(value: str) -> None:
    rendered = Template(f"<p title='{text(value)}'>{text(value)}</p>").render()
    reader = read(rendered)
    assert reader.tags == [("p", [("title", value)])]
    assert reader.text == value


@given(st.text())
def test_text_of_anything_is_text(value: str) -> None:
    reader = read(f'<p title="{text(value)}">{text(value)}</p>')
    assert [tag for tag, _ in reader.tags] == ["p"]
    assert not set(text(value)) & set("<>\"'{}`")


def test_controls_and_nulls_become_visible() -> None:
    assert text("a\x00b\x1bc\x85d\ud800") == "a\ufffdb\ufffdc\ufffdd\ufffd"
    assert text("a\tb\nc") == "a\tb\nc"
    assert text(None) == ""
    assert text(12) == "12"


@pytest.mark.parametrize("value", HOSTILE)
def test_json_survives_template_and_script(value: str) -> None:
    encoded = script_json({value: [value]})
    assert Template(encoded).render() == encoded
    assert json.loads(encoded) == {value: [value]}
    assert not set(encoded) & set("<>&'`")
    assert encoded.isascii()


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text("{%#}\\<'\"ab"),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("{%#\\x"), inner),
)


@given(JSON)
def test_json_comes_back_equal_and_has_no_template_mark(value: object) -> None:
    encoded = script_json(value)
    assert json.loads(encoded) == value
    assert not any(mark in encoded for mark in ("{{", "{%", "{#"))


def test_json_has_one_form() -> None:
    assert script_json({"b": 1, "a": 2}) == '{"a":2,"b":1}'
    with pytest.raises(ValueError, match="not JSON compliant"):
        script_json([float("nan")])


@pytest.mark.parametrize("address", ["https://example.org/a?b=1&c=2", " http://example.org ", "HTTPS://EXAMPLE.ORG/x"])
def test_web_addresses_are_kept(address: str) -> None:
    assert http_url(address) == address.strip()


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "javascript:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "https://",
        "https://a b",
        "https://a\nb",
        "vbscript:x",
        "file:///etc/passwd",
        "https:\\\\example.org",
    ],
)
def test_other_addresses_are_not_linked(address: str | None) -> None:
    assert http_url(address) is None


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ('https://ok.example/"><script>', "https://ok.example/%22%3E%3Cscript%3E"),
        ("https://ok.example/Kabul_(city)`{a}|^", "https://ok.example/Kabul_%28city%29%60%7Ba%7D%7C%5E"),
        ("https://user:pw@ok.example/a@b", "https://ok.example/a@b"),
        ("https://a@b@ok.example?x@y", "https://ok.example?x@y"),
        ("https://ok.example/\u202egnp.exe\u200b", "https://ok.example/gnp.exe"),
        ("\u202ahttps://[2001:db8::1]:8080/", "https://[2001:db8::1]:8080/"),
        ('https://ok.example"onclick=x/', None),
        ("https://user@/path", None),
    ],
)
def test_addresses_are_kept_without_markup_passwords_and_hidden_marks(address: str, kept: str | None) -> None:
    assert http_url(address) == kept


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("ftp://user:pw@files.example/a@b", "ftp://files.example/a@b"),
        ("see //user:pw@host/x, p. 3", "see //host/x, p. 3"),
        ("files.example/\u202egnp.exe", "files.example/gnp.exe"),
        ("mail me@example.org", "mail me@example.org"),
        ("https://user:p\\w@a.example", "https://a.example"),
    ],
)
def test_an_address_that_is_no_link_is_shown_without_a_password(address: str, shown: str) -> None:
    assert http_url(address) is None
    assert without_password(address) == shown
