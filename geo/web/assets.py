"""Scripts and styles of a page: Leaflet from its installed package, and the files in ``static/``."""

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from geo.errors import DataError, GeoError, UsageError
from geo.paths import reading, regular_file, shown
from geo.web.language import MAX_BYTES, text_faults

#: The script bundle for layers on any ``folium.Map``; in ``static/bundle``, made by tools/bundle.mjs.
LAYER_SCRIPTS = "layers.js"
#: The script bundle for a page of `build_map`, or for controls on any map; it includes the scripts of layers.
PAGE_SCRIPTS = "page.js"
#: The script bundle that a story has beside that of its page.
STORY_SCRIPTS = "story.js"

#: The content delivery network that folium uses too.
CDN = "https://cdn.jsdelivr.net/npm"
#: SHA-256 of the files that Leaflet's authors publish: the ``integrity`` attributes on leafletjs.com/download.html.
_LEAFLET_SHA256 = {
    ("1.9.3", "leaflet.js"): "5819285cec137b229c94e1ee5ad73e8b6b84345a4367d60f75fe477fe0fb7b03",
    ("1.9.3", "leaflet.css"): "90b693d86392a4779c861b28cf307e7e59c3fb35328c4d8b95f58f814d38c722",
}
_SOURCE_MAP = re.compile(r"\n//# sourceMappingURL=\S+\s*$")
_CSS_IMAGE = re.compile(r"url\((images/[\w.-]+\.png)\)")


@dataclass(frozen=True)
class ThirdParty:
    """Third-party code in a page, as listed in its "About this map" panel."""

    name: str
    version: str
    licence: str
    url: str
    sha256: str


@cache
def leaflet_js() -> str:
    """Return Leaflet with the images of its default marker inlined, so that the page does not request them."""
    script = _SOURCE_MAP.sub("\n", _leaflet("leaflet.js").decode())
    images = {
        "iconUrl": _data_uri("images/marker-icon.png"),
        "iconRetinaUrl": _data_uri("images/marker-icon-2x.png"),
        "shadowUrl": _data_uri("images/marker-shadow.png"),
    }
    # Leaflet prepends imagePath to each URL. If it is unset, Leaflet derives it from its style sheet, where the images
    # are inlined.
    return f"{script}L.Icon.Default.imagePath = '';\nL.Icon.Default.mergeOptions({json.dumps(images)});\n"


@cache
def leaflet_css() -> str:
    """Return Leaflet's style sheet with its images inlined."""
    return _CSS_IMAGE.sub(lambda image: f"url({_data_uri(image[1])})", _leaflet("leaflet.css").decode())


@cache
def own_js(bundle: str) -> str:
    """Return a bundle of geo's scripts; it uses Leaflet's ``L`` and defines ``geo``.

    Parameters
    ----------
    bundle : str
        ``LAYER_SCRIPTS`` or ``PAGE_SCRIPTS``.
    """
    return _safe(_static(f"bundle/{bundle}"))


@cache
def own_css() -> str:
    """Return the style sheets in ``static/css`` as one, in order of name."""
    sheets = (resources.files("geo") / "static" / "css").iterdir()
    return "".join(_static(f"css/{name}") for name in sorted(sheet.name for sheet in sheets) if name.endswith(".css"))


@cache
def story_css() -> str:
    """Return the style sheet that a story has beside that of its page."""
    return _static("story/story.css")


@cache
def review_css() -> str:
    """Return the style sheet of review pages."""
    return _static("review/review.css")


def leaflet_head(source: str) -> str:
    """Return the elements that load Leaflet.

    Parameters
    ----------
    source : {"inline", "cdn"}
        ``"cdn"`` links the same files at ``CDN``, with their digests.
    """
    if source == "inline":
        return f"<style>\n{leaflet_css()}</style>\n<script>\n{leaflet_js()}</script>"
    script, sheet = (
        (f"{CDN}/leaflet@{_leaflet_version()}/dist/{name}", _integrity(_leaflet(name)))
        for name in ("leaflet.js", "leaflet.css")
    )
    return (
        f'<link rel="stylesheet" href="{sheet[0]}" integrity="{sheet[1]}" crossorigin="anonymous">\n'
        f'<script src="{script[0]}" integrity="{script[1]}" crossorigin="anonymous"></script>'
    )


#: Prefix of the texts that name districts where those of the same key name provinces.
_DISTRICT = "district."


def interface_text(language: str | Path = "en", level: str = "province") -> dict[str, Any]:
    """Return the texts of the interface in a language: a string, or one string for each plural category.

    Parameters
    ----------
    language : str or path, default "en"
        A language that comes with geo, or the path of a JSON file in the form of ``geo/static/lang/en.json``. Texts
        missing from such a file are English.
    level : {"province", "district"}
        What the areas of the map are; the text of ``district.KEY`` replaces that of ``KEY`` for districts.

    Returns
    -------
    dict
        By key; ``lang``, ``locale`` and ``dir`` describe the language.

    Raises
    ------
    UsageError
        If the language is unknown, or the file is not a JSON file of texts that a page can use: all faults are named.
    """
    texts = _all_texts(language)
    ours = {key.removeprefix(_DISTRICT): text for key, text in texts.items() if key.startswith(_DISTRICT)}
    plain = {key: text for key, text in texts.items() if not key.startswith(_DISTRICT)}
    return plain | ours if level == "district" else plain


def _all_texts(language: str | Path) -> dict[str, Any]:
    english: dict[str, Any] = json.loads(_static("lang/en.json"))
    if str(language) == "en":
        return english
    name = f"language = {shown(language)!r}"
    try:
        path = regular_file(language)
        if path.stat().st_size > MAX_BYTES:
            raise DataError(f"more than {MAX_BYTES >> 20} MB")
        with reading(path):
            own = json.loads(path.read_text(encoding="utf-8-sig"))
    except GeoError as error:
        raise UsageError(f"{name}: neither en nor a JSON file of texts ({error})") from error
    if not isinstance(own, dict) or "lang" not in own:
        raise UsageError(f'{name}: the file needs an object with "lang", such as fr, and texts')
    if faults := text_faults(own, english):
        raise UsageError(f"{name}: {'; '.join(faults)}")
    return {**english, "locale": own["lang"], **own}


@cache
def third_party() -> tuple[ThirdParty, ...]:
    """Return the third-party code in a page.

    Raises
    ------
    GeoError
        If an installed file differs from the published one.
    """
    return tuple(
        ThirdParty(
            name=f"Leaflet ({file})",
            version=_leaflet_version(),
            licence="BSD-2-Clause",
            url="https://leafletjs.com",
            sha256=hashlib.sha256(_leaflet(file)).hexdigest(),
        )
        for file in ("leaflet.js", "leaflet.css")
    )


def _static(name: str) -> str:
    return (resources.files("geo") / "static" / name).read_text(encoding="utf-8")


def _leaflet_folder() -> Traversable:
    return resources.files("xstatic.pkg.leaflet") / "data"


def _leaflet_version() -> str:
    return ".".join(version("XStatic-Leaflet").split(".")[:3])


@cache
def _leaflet(name: str) -> bytes:
    """Return a file of Leaflet, verified against the digest of the published file."""
    content = (_leaflet_folder() / name).read_bytes()
    release = _leaflet_version()
    expected = _LEAFLET_SHA256.get((release, name))
    if expected != hashlib.sha256(content).hexdigest():
        raise GeoError(
            f"XStatic-Leaflet {release}: {name} is not the published file; "
            "reinstall it with: pip install --force-reinstall 'XStatic-Leaflet==1.9.3.*'"
        )
    return content


def _integrity(content: bytes) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode('ascii')}"


def _safe(script: str) -> str:
    # "</script" would end the script element; "<!--" could keep it from ending.
    for mark in ("</script", "<!--"):
        if mark in script.lower():
            raise GeoError(
                f"a script of geo contains {mark!r}, which HTML parses as a tag; split the string in geo/static"
            )
    return script


def _data_uri(name: str) -> str:
    image = (_leaflet_folder().joinpath(*name.split("/"))).read_bytes()
    return f"data:image/png;base64,{base64.b64encode(image).decode('ascii')}"
