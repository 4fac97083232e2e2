"""Language files: what a page could not use is named, all at once."""

import json
import subprocess
from pathlib import Path
from shutil import which

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from geo.cli import main
from geo.errors import UsageError
from geo.web.assets import interface_text
from geo.web.language import MAX_BYTES, _is_tag, text_faults

ENGLISH = interface_text()


def refused(tmp_path: Path, **texts: object) -> str:
    path = tmp_path / "fr.json"
    path.write_text(json.dumps({"lang": "fr"} | texts))
    with pytest.raises(UsageError) as caught:
        interface_text(path)
    message = str(caught.value)
    assert str(path) in message
    assert "\n" not in message
    message.encode()
    return message


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"lang": "French!"}, "lang = 'French!': must be a language tag such as fr or pt-BR"),
        ({"lang": ""}, "lang = '': must be a language tag"),
        ({"lang": 7}, "lang = 7: must be a language tag"),
        ({"locale": "fr_FR"}, "locale = 'fr_FR': must be a language tag"),
        ({"dir": "left"}, "dir = 'left': must be ltr or rtl"),
        ({"dir": ["ltr"]}, "dir = ['ltr']: must be ltr or rtl"),
        ({"close": ""}, "'close' = '': must be text that is not empty"),
        ({"close": " \n"}, "'close' = ' \\n': must be text that is not empty"),
        ({"close": None}, "'close' = None: must be text that is not empty"),
        ({"close": float("nan")}, "'close' = nan: must be text that is not empty"),
        ({"close": ["x"]}, "'close' = ['x']: must be text"),
        ({"close": {"other": "x"}}, "'close' = {'other': 'x'}: must be one text"),
        ({"close": "\ud800"}, "'close' = '\\ud800': has half of a surrogate pair"),
        ({"close": "a {b}"}, "'close' = 'a {b}': unknown place {b}; English has none"),
        ({"filter.more": {"one": "a"}}, "'filter.more' has no text for the plural category other"),
        ({"filter.more": {"several": "a", "other": "b"}}, "'filter.more' has 'several': plural categories are zero"),
        ({"filter.more": {"one": "", "other": "b"}}, "'filter.more'.one = '': must be text that is not empty"),
        ({"filter.more": {"other": "b {cuont}"}}, "unknown place {cuont}; English has {count}"),
        ({"clos": "x"}, "unknown texts: 'clos'"),
    ],
)
def test_a_text_that_no_page_could_use_is_named(tmp_path: Path, texts: dict[str, object], said: str) -> None:
    assert said in refused(tmp_path, **texts)


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    message = refused(tmp_path, locale="x", dir="x", close="", title=1)
    assert message.count("must be") == 4
    assert f"and {len(ENGLISH) - 3 - 20} more faults" in refused(tmp_path, **dict.fromkeys(list(ENGLISH)[3:], ""))


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"lang": ' + "9" * 5000 + "}", "\ufffe", "NaN", "x" * (MAX_BYTES + 1)]
)
def test_what_is_no_json_of_texts_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "fr.json").write_text(text)
    with pytest.raises(
        UsageError, match=r"fr\.json'?: (neither en nor a JSON file|the file needs an object)"
    ) as caught:
        interface_text(tmp_path / "fr.json")
    assert len(str(caught.value)) < 600


def test_english_as_a_file_and_forms_of_other_languages_are_taken(tmp_path: Path) -> None:
    assert text_faults(ENGLISH, ENGLISH) == []
    texts = {"lang": "ar", "locale": "ar-u-nu-latn", "dir": "rtl", "filter.more": "الكل"}
    forms = {"zero": "0", "one": "1", "two": "2", "few": "{count}", "many": "{count}", "other": "{count}"}
    path = tmp_path / "ar.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(texts | {"list.count": forms}).encode())
    found = interface_text(path)
    assert (found["list.count"], found["locale"]) == (forms, "ar-u-nu-latn")


def test_a_build_with_a_bad_language_writes_nothing(tmp_path: Path) -> None:
    path, out = tmp_path / "fr.json", tmp_path / "out"
    path.write_text('{"lang": "not a tag", "close": ""}')
    done = CliRunner().invoke(main, ["build", "--out", str(out), "--language", str(path)])
    assert done.exit_code == 2
    assert "lang = 'not a tag'" in done.stderr
    assert "'close' = ''" in done.stderr
    assert not list(out.glob("*")) if out.exists() else True


TAGS = [
    "en", "pt-BR", "zh-Hant-TW", "es-419", "sr-Latn", "de-1996", "ar-u-nu-latn", "en-x-mine", "fil", "sl-rozaj-biske",
    "e", "english!", "en_GB", "", "-", "en-", "en--GB", "engl", "en-GB-x", "12", "en-u", "en-u-x-a",
    "de-1996-1996", "zh-Hantx1234", "en-a", "en-x", "en-u-nu-latn-nu-arab",
]  # fmt: skip


@pytest.mark.skipif(which("node") is None, reason="compares with the Intl of Node.js")
def test_no_tag_is_taken_that_a_browser_refuses() -> None:
    drawn: list[str] = []

    @given(st.lists(st.text("abz19AZ", max_size=9) | st.sampled_from(["en", "u", "x", "nu", "latn"]), max_size=5))
    def draw(parts: list[str]) -> None:
        drawn.append("-".join(parts))

    draw()
    tags = TAGS + drawn
    script = (
        "const ok = (tag) => { try { Intl.getCanonicalLocales(tag); new Intl.PluralRules(tag); return tag !== ''; }"
        " catch { return false; } };"
        "console.log(JSON.stringify(JSON.parse(process.argv[1]).map(ok)))"
    )
    answer = subprocess.run(["node", "-e", script, json.dumps(tags)], capture_output=True, text=True, check=True)
    known = dict(zip(tags, json.loads(answer.stdout), strict=True))
    assert [tag for tag in tags if _is_tag(tag) and not known[tag]] == []
    assert [tag for tag in TAGS if known[tag] and not _is_tag(tag)] == []
