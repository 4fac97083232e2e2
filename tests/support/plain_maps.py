"""Saving a folium map that is not a page of ours."""

from pathlib import Path
from typing import Any

import folium

from geo.web import assets


def save(webmap: folium.Map, path: Path, visit: Any) -> Path:
    """Write a plain folium map and serve what folium links: Leaflet as installed, everything else empty."""
    webmap.save(path)
    leaflet = {"leaflet": assets._leaflet("leaflet.js"), "leaflet_css": assets._leaflet("leaflet.css")}
    for name, address in folium.Map.default_js:
        visit.served[address] = ("text/javascript", leaflet.get(name, b""))
    for name, address in folium.Map.default_css:
        visit.served[address] = ("text/css", leaflet.get(name, b""))
    return path
