"""Folium layers; public name of ``geo.web.layers``."""

from geo.web.layers import Choropleth, CrossBorder, IncidentMarkers, Records, Statistics, Strongholds

__all__ = ["Choropleth", "CrossBorder", "IncidentMarkers", "Records", "Statistics", "Strongholds"]
