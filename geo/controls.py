"""Controls for any ``folium.Map``; public name of ``geo.web.controls``."""

from geo.web.controls import IncidentPanel, Legend, YearControl

__all__ = ["IncidentPanel", "Legend", "YearControl"]
