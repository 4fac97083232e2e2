"""The only two ways in which text reaches a page: as HTML text, or as JSON in a script block.

branca renders a macro's output a second time as a Jinja template, so whatever comes from data must be inert in HTML, in
a script and in a template at once.
"""

import html
import json
import re
from typing import Any

#: Controls but tab and line feed, lone surrogates, noncharacters: no HTML parser keeps them, UTF-8 cannot hold some.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
#: JSON allows any character as \uXXXX inside a string, and these occur in our JSON only inside strings.
_SCRIPT = {ord(c): f"\\u{ord(c):04x}" for c in "<>&'`\u2028\u2029"}


def text(value: object) -> str:
    """Return a value as text that shows as itself in HTML, between tags or in a quoted attribute.

    Parameters
    ----------
    value : object
        Turned into text with ``str``; None gives the empty text.

    Returns
    -------
    str
        Without markup, entities or template marks of its own. Control characters become U+FFFD.
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
        ASCII without ``< > & '``, backticks or the opening marks of a template.

    Raises
    ------
    ValueError
        If a number is not finite: JSON has no word for it.
    """
    encoded = json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False).translate(_SCRIPT)
    for mark in "{%#":
        encoded = encoded.replace("{" + mark, f"{{\\u{ord(mark):04x}")
    return encoded


def http_url(value: object) -> str | None:
    """Return a web address if it is one that a page may link to, else None.

    Parameters
    ----------
    value : object

    Returns
    -------
    str or None
        The address, stripped, when it starts with ``http://`` or ``https://`` and holds no space or control character.
        It still needs ``text`` before it goes into an attribute.
    """
    address = str(value).strip() if value is not None else ""
    return address if re.fullmatch(r"https?://[^\s\x00-\x20\x7f-\x9f\\]+", address, re.IGNORECASE) else None
