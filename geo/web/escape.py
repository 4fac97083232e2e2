"""Escaping: text enters a page only as HTML text, or as JSON in a script block.

branca renders a macro's output a second time as a Jinja template, so text from data must be inert in HTML, in a script
and in a template.
"""

import html
import json
import re
from typing import Any

#: Control characters except tab and line feed, lone surrogates, noncharacters: HTML parsers replace them, and UTF-8
#: cannot encode surrogates.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
#: JSON allows any character as \uXXXX inside a string, and these occur in our JSON only inside strings.
_SCRIPT = {ord(c): f"\\u{ord(c):04x}" for c in "<>&'`\u2028\u2029"}

#: Characters that change the direction of text or are not drawn; in an address they only hide where it leads.
_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
#: Characters that RFC 3986 allows nowhere in an address, or that end a link in one of the formats written.
_MARKUP = re.compile(r"""[<>"`{}|^()]""")


def text(value: object) -> str:
    """Escape a value for HTML, between tags or in a quoted attribute.

    Parameters
    ----------
    value : object
        Converted with ``str``; None gives the empty string.

    Returns
    -------
    str
        With HTML markup and template marks escaped. Control characters become U+FFFD.
    """
    if value is None:
        return ""
    plain = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", str(value))
    return html.escape(plain).replace("{", "&#123;").replace("}", "&#125;").replace("`", "&#96;")


def script_json(value: Any) -> str:
    """Return a value as JSON for a ``<script type="application/json">`` block, to be read with ``JSON.parse``.

    Parameters
    ----------
    value : Any
        Numbers, text, booleans, None, and lists and dicts of these. Keys are sorted, so equal values give equal bytes.

    Returns
    -------
    str
        ASCII without ``< > & '``, backticks or the opening delimiters of a template.

    Raises
    ------
    ValueError
        If a number is not finite: JSON cannot represent it.
    """
    encoded = json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False).translate(_SCRIPT)
    for mark in "{%#":
        encoded = encoded.replace("{" + mark, f"{{\\u{ord(mark):04x}")
    return encoded


def http_url(value: object) -> str | None:
    """Return a web address if a page or report may link to it, else None.

    Parameters
    ----------
    value : object

    Returns
    -------
    str or None
        The address, if it starts with ``http://`` or ``https://`` and has no space, control character or backslash:
        without a name and password, without invisible marks (of direction, for one), and with percent codes for
        characters that are markup in HTML, Markdown or reStructuredText. In an attribute it must still be escaped with
        `text`.
    """
    address = _INVISIBLE.sub("", str(value) if value is not None else "").strip()
    found = re.fullmatch(
        r"(https?://)([^\s\x00-\x20\x7f-\x9f\\/?#]+)([^\s\x00-\x20\x7f-\x9f\\]*)", address, re.IGNORECASE
    )
    if found is None:
        return None
    scheme, authority, rest = found.groups()
    host = authority.rpartition("@")[2]
    if not host or _MARKUP.search(host):
        return None
    return scheme + host + _MARKUP.sub(lambda c: f"%{ord(c[0]):02X}", rest)


def without_password(value: object) -> str:
    """Return text that names a place, such as an address to which nothing links, as `http_url` would show it.

    A name and password before the host and invisible marks are left out.
    """
    return re.sub(r"(?<=//)[^/?#\s]*@", "", _INVISIBLE.sub("", str(value))).strip()
