"""Check the texts of a language file, so that no page is built that its readers could not use."""

import re
from collections.abc import Mapping
from typing import Any

#: Largest size of a language file in bytes; that of English has some 20,000.
MAX_BYTES = 1 << 20
#: Number of faults that one message names.
_NAMED = 20
#: Tags as browsers take them: language, script, region, variants, Unicode extension, private use.
_TAG = re.compile(
    r"(?:[a-z]{2,3}|[a-z]{5,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*"
    r"(?:-u(?=-[a-z0-9]{2})(?:-[a-z0-9]{3,8})*(?:-[a-z0-9][a-z](?:-[a-z0-9]{3,8})*)*)?(?:-x(?:-[a-z0-9]{1,8})+)?",
    re.IGNORECASE | re.ASCII,
)
_PLURALS = ("zero", "one", "two", "few", "many", "other")
_PLACE = re.compile(r"\{(\w+)\}")


def text_faults(own: Mapping[str, Any], english: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with the texts of a language, empty if a page can be built with them.

    Parameters
    ----------
    own : mapping
        The members of a language file.
    english : mapping
        Those of ``en.json``.
    """
    faults = [
        f"{key} = {_shown(own[key])}: must be a language tag such as fr or pt-BR"
        for key in ("lang", "locale")
        if key in own and not _is_tag(own[key])
    ]
    if own.get("dir", "ltr") not in ("ltr", "rtl"):
        faults.append(f"dir = {_shown(own['dir'])}: must be ltr or rtl")
    if unknown := sorted(key for key in own if key not in english):
        faults.append(f"unknown texts: {', '.join(map(_shown, unknown[:_NAMED]))}")
    for key, text in own.items():
        if key in english and key not in ("lang", "locale", "dir"):
            faults += [f"{_shown(key)}{fault}" for fault in _faults_of(text, english[key])]
    return [*faults[:_NAMED], f"and {len(faults) - _NAMED} more faults"] if len(faults) > _NAMED else faults


def _faults_of(text: Any, english: Any) -> list[str]:
    """Return what is wrong with one text."""
    if not isinstance(text, dict):
        return _faults_of_words(text, english)
    if not isinstance(english, dict):
        return [f" = {_shown(text)}: must be one text"]
    if odd := [form for form in text if form not in _PLURALS]:
        return [f" has {', '.join(map(_shown, odd[:6]))}: plural categories are {', '.join(_PLURALS)}"]
    if "other" not in text:
        return [" has no text for the plural category other, which every language has"]
    return [f".{form}{fault}" for form, words in text.items() for fault in _faults_of_words(words, english)]


def _faults_of_words(words: Any, english: Any) -> list[str]:
    if not isinstance(words, str) or not words.strip():
        return [f" = {_shown(words)}: must be text that is not empty"]
    try:
        words.encode()
    except UnicodeEncodeError:
        return [f" = {_shown(words)}: has half of a surrogate pair, which is no character"]
    known = set(_PLACE.findall(" ".join(english.values()) if isinstance(english, dict) else english))
    if unknown := sorted(set(_PLACE.findall(words)) - known):
        places = f"English has {', '.join(map('{{{}}}'.format, sorted(known)))}" if known else "English has none"
        return [f" = {_shown(words)}: unknown place {{{unknown[0]}}}; {places}"]
    return []


def _is_tag(tag: Any) -> bool:
    if not isinstance(tag, str) or not _TAG.fullmatch(tag):
        return False
    subtags = re.split("-[ux]-", tag.lower())[0].split("-")[1:]
    return len(set(subtags)) == len(subtags)  # a variant given twice is none


def _shown(value: Any) -> str:
    text = ascii(value) if not isinstance(value, str) or not value.isprintable() else repr(value)
    return text if len(text) <= 80 else f"{text[:60]}…"
