"""What goes into a page is what its authors published, and asks for nothing more."""

import re
from importlib import resources
from pathlib import Path

import pytest

from geo.errors import GeoError, UsageError
from geo.web import assets


def test_leaflet_is_the_published_release() -> None:
    listed = {part.name: part for part in assets.third_party()}
    assert set(listed) == {"Leaflet (leaflet.js)", "Leaflet (leaflet.css)"}
    assert {part.version for part in listed.values()} == {"1.9.3"}
    assert {part.licence for part in listed.values()} == {"BSD-2-Clause"}
    assert all(re.fullmatch("[0-9a-f]{64}", part.sha256) for part in listed.values())


def test_a_file_that_was_tampered_with_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(assets._LEAFLET_SHA256, ("1.9.3", "leaflet.js"), "0" * 64)
    assets._leaflet.cache_clear()
    with pytest.raises(GeoError, match=r"leaflet\.js is not the published file"):
        assets._leaflet("leaflet.js")
    assets._leaflet.cache_clear()


def test_nothing_is_looked_for_outside_the_page() -> None:
    addresses = re.findall(r"url\(([^)]*)\)", assets.leaflet_css())
    assert len(addresses) >= 4
    assert all(address.startswith(("data:image/png;base64,iVBOR", "#")) for address in addresses)
    assert not re.findall(r"@import|url\((?!['\"]?(?:data:|#))", assets.own_css())
    assert "sourceMappingURL" not in assets.leaflet_js()
    assert assets.leaflet_js().count("data:image/png;base64,iVBOR") == 3


STATIC = Path(str(resources.files("geo"))) / "static"
IMPORT = re.compile(r'^import (?:[^"]* from )?"(\.{1,2}/[\w./]+)";', re.MULTILINE | re.DOTALL)
#: What each folder of scripts may import from, besides itself.
MAY_IMPORT = {
    "core": set(),
    "layers": {"core"},
    "ui": {"core", "layers"},
    "controls": {"core", "layers", "ui"},
    "story": set(),
    "page": {"core", "layers", "ui", "controls"},
    "review": {"core", "ui"},
}


def imported(script: Path) -> list[Path]:
    return [(script.parent / name).resolve() for name in IMPORT.findall(script.read_text(encoding="utf-8"))]


def test_every_script_of_ours_is_in_a_page() -> None:
    reached, ahead = set(), [STATIC.resolve() / f"entry_{name}.js" for name in ("page", "story", "review")]
    while ahead:
        script = ahead.pop()
        if script not in reached:
            reached.add(script)
            ahead += imported(script)
    bundle = STATIC.resolve() / "bundle"
    scripts = {path for path in STATIC.resolve().rglob("*.js") if not path.is_relative_to(bundle)}
    assert len(scripts) > 60
    assert reached == scripts


@pytest.mark.parametrize("folder", sorted(MAY_IMPORT))
def test_scripts_import_from_the_folders_below_them_only(folder: str) -> None:
    for script in (STATIC.resolve() / folder).glob("*.js"):
        text = script.read_text(encoding="utf-8")
        assert len(imported(script)) == len(re.findall(r"^import\b", text, re.MULTILINE)), script
        beyond = {path.parent.name for path in imported(script)} - {folder} - MAY_IMPORT[folder]
        assert not beyond, f"{script.name} imports from {beyond}"


def test_bundles_are_small_and_carry_no_comments_but_their_licence() -> None:
    page, layers = assets.own_js(assets.PAGE_SCRIPTS), assets.own_js(assets.LAYER_SCRIPTS)
    assert len(layers.encode()) < len(page.encode()) < 190_000  # a quarter of a page of 750 kB
    for script in (page, layers):
        first, _, rest = script.partition("\n")
        assert first.startswith("/* geo, MIT licence")
        assert not re.search(r"/\*|^\s*//|sourceMappingURL", rest, re.MULTILINE)


def test_scripts_hold_nothing_that_a_template_or_html_would_read() -> None:
    scripts = assets.own_js(assets.PAGE_SCRIPTS) + assets.leaflet_js()
    bundles = assets.own_js(assets.PAGE_SCRIPTS) + assets.own_js(assets.LAYER_SCRIPTS)
    sources = "".join(path.read_text(encoding="utf-8") for path in STATIC.rglob("*.js"))
    code = re.sub(r"/\*.*?\*/", "", sources, flags=re.DOTALL)  # types have {{...}}, in comments that no bundle holds
    assert not re.search(r"\{\{|\{%|\{#", bundles + code + assets.own_css())
    assert "</script" not in (scripts + bundles + sources).lower()


def test_a_script_that_would_end_its_element_is_refused() -> None:
    with pytest.raises(GeoError, match="HTML parses as a tag"):
        assets._safe("const end = '</SCRIPT>';")


def test_interface_text_is_words() -> None:
    words = assets.interface_text()
    assert (words["lang"], words["dir"]) == ("en", "ltr")
    texts = [text for word in words.values() for text in (word.values() if isinstance(word, dict) else [word])]
    assert all(isinstance(text, str) and text.strip() for text in texts)


def test_a_language_is_one_file_and_its_gaps_are_english(tmp_path: Path) -> None:
    path = tmp_path / "fa.json"
    path.write_text('{"lang": "fa", "dir": "rtl", "close": "بستن"}', encoding="utf-8")
    words = assets.interface_text(path)
    assert (words["lang"], words["locale"], words["dir"], words["close"]) == ("fa", "fa", "rtl", "بستن")
    assert words["years.play"] == assets.interface_text()["years.play"]


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "neither en nor"), ("{", "neither en nor"), ("[]", "lang"), ('{"lang": "fa", "clos": "x"}', "clos")],
)
def test_a_file_that_is_no_language_is_refused(tmp_path: Path, content: str | None, said: str) -> None:
    path = tmp_path / "xx.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        assets.interface_text(path)
