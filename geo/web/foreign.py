"""Network requests of folium elements that users add to a map; geo's own elements make none."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlsplit

import folium
from branca.element import CssLink, Element, Figure, JavascriptLink, Link
from folium.elements import ElementAddToElement
from folium.folium import GlobalSwitches
from folium.map import CustomPane, FitOverlays, Marker

from geo.errors import UsageError

#: Elements of folium that need Leaflet only: not jQuery, Bootstrap or icon fonts.
_LEAFLET_ONLY = {
    folium.Circle,
    folium.CircleMarker,
    folium.DivIcon,
    folium.FeatureGroup,
    folium.FitBounds,
    folium.GeoJson,
    folium.GeoJsonPopup,
    folium.GeoJsonTooltip,
    folium.LatLngPopup,
    folium.LayerControl,
    folium.Marker,
    folium.Polygon,
    folium.PolyLine,
    folium.raster_layers.ImageOverlay,
    folium.Rectangle,
    folium.TileLayer,
    folium.Tooltip,
    folium.WmsTileLayer,
    CustomPane,
    ElementAddToElement,
    FitOverlays,
    Figure,
    GlobalSwitches,
    Marker.SetIcon,
}


#: Ports that an origin does not name.
_PORTS = {"http": 80, "https": 443}
#: Characters of a path that are no markup, neither of HTML nor of a policy.
_IN_PATH = "/@%:+~"


def elements(root: Element) -> list[Element]:
    """Return an element and all elements reachable from its children, attributes, lists and dicts, each once."""
    found: dict[int, Element] = {}
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if id(element) in found:
            continue
        found[id(element)] = element
        for name, value in reversed(vars(element).items()):
            if name != "_parent":
                waiting.extend(part for part in reversed(_parts(value)) if isinstance(part, Element))
    return list(found.values())


def links(root: Element) -> list[tuple[str, Link]]:
    """Return the scripts and styles that ``folium.Map`` links by default, but Leaflet, if an element may need them."""
    if all(map(_needs_nothing, elements(root))):
        return []
    scripts = [(name, JavascriptLink(url)) for name, url in folium.Map.default_js if name != "leaflet"]
    return scripts + [(name, CssLink(url)) for name, url in folium.Map.default_css if name != "leaflet_css"]


def origins(named: Iterable[Element]) -> tuple[set[str], set[str]]:
    """Return the origins of images, and of other files, that elements request while the page is open."""
    pictures: set[str] = set()
    others: set[str] = set()
    for element in named:
        if isinstance(element, folium.TileLayer):
            pictures.add(origin(element.tiles))
        elif not _ours(element) and not isinstance(element, Figure | Link):
            values = [part for value in vars(element).values() for part in _parts(value)]
            others |= {origin(v) for v in values if isinstance(v, str) and v.startswith(("http://", "https://", "//"))}
    return pictures - {""}, others - {""}


def origin(address: str) -> str:
    """Return the origin of a web address as written in a Content-Security-Policy, ``""`` if it has none.

    ``https://{s}.tiles.example/{z}/{x}/{y}.png`` gives ``https://*.tiles.example``.
    """
    parts = urlsplit(address.strip().replace("{s}", "*"))
    if parts.scheme not in ("http", "https", "") or not re.fullmatch(r"[\w.*-]+(:\d+)?", parts.netloc):
        return ""
    return f"{parts.scheme or 'https'}://{parts.netloc}"


def linked_file(address: str) -> str:
    """Return the address of one file as written in a Content-Security-Policy, ``""`` if it is in no other place."""
    return origin(address) and origin(address) + quote(urlsplit(address.strip()).path, safe=_IN_PATH)


def folder_above(address: str) -> str:
    """Return the folder above that of a style sheet: what it shows lies beside it, or in a folder beside its own."""
    found = linked_file(address)
    return found and found.rsplit("/", 2 if found.count("/") > 4 else 1)[0] + "/"


def web_origin(address: str) -> str:
    """Return the origin of a page as browsers write it.

    Raises
    ------
    UsageError
        If the address is more or less than an origin, such as ``https://example.org``.
    """
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port
    except ValueError:  # also a name that is none
        parts, host, port = urlsplit(""), "", None
    plain = parts.scheme in _PORTS and parts.path in ("", "/") and not (parts.query or parts.fragment or "@" in address)
    if not plain or not re.fullmatch(r"[a-z0-9.-]+|[0-9a-f:.]+", host):
        raise UsageError(f"hosts = {address!r}: give the origin of a page, such as https://example.org, without a path")
    named = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{named}" + ("" if port in (None, _PORTS[parts.scheme]) else f":{port}")


def _needs_nothing(element: Element) -> bool:
    if type(element) is Element:  # HTML or script written by the user
        return "$" not in (element._template_str or "")
    # GeoJson with embed=False is fetched with jQuery.
    return _ours(element) or (type(element) in _LEAFLET_ONLY and getattr(element, "embed", True))


def _ours(element: Element) -> bool:
    return type(element).__module__.partition(".")[0] == "geo"


def _parts(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return list(value) if isinstance(value, list | tuple) else [value]
