"""Geocode conflict incidents to provinces and draw them as layered maps that open offline."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.admin.countries import countries_of, country_notes, provinces_for
    from geo.admin.geocode import geocode
    from geo.admin.provinces import read_provinces
    from geo.admin.reverse import locate_points
    from geo.admin.world import available_countries
    from geo.boundaries.add import add_provinces
    from geo.errors import GeoError
    from geo.export_tables import export_records
    from geo.extraction.frame import extract
    from geo.figure import draw_figure
    from geo.gazetteer.resolve import geocode_places
    from geo.importing.run import import_table
    from geo.merging.run import merge
    from geo.readers import read_incidents, read_sources
    from geo.report import make_report, write_report
    from geo.rules.validate import validate
    from geo.stats.describe import describe
    from geo.stats.districts import by_district
    from geo.stats.summary import summarise
    from geo.web.embed import embed
    from geo.web.map import build_map
    from geo.web.story import build_story

__version__ = "0.1.0"

__all__ = [
    "GeoError",
    "add_provinces",
    "available_countries",
    "build_map",
    "build_story",
    "by_district",
    "countries_of",
    "country_notes",
    "describe",
    "draw_figure",
    "embed",
    "export_records",
    "extract",
    "geocode",
    "geocode_places",
    "import_table",
    "locate_points",
    "make_report",
    "merge",
    "provinces_for",
    "read_incidents",
    "read_provinces",
    "read_sources",
    "summarise",
    "validate",
    "write_report",
]

#: Public name -> the module that defines it. Loaded at first use, so that ``import geo`` stays quick.
_MODULES = {
    "GeoError": "errors",
    "add_provinces": "boundaries.add",
    "available_countries": "admin.world",
    "build_map": "web.map",
    "build_story": "web.story",
    "by_district": "stats.districts",
    "countries_of": "admin.countries",
    "country_notes": "admin.countries",
    "describe": "stats.describe",
    "draw_figure": "figure",
    "embed": "web.embed",
    "export_records": "export_tables",
    "extract": "extraction.frame",
    "geocode": "admin.geocode",
    "geocode_places": "gazetteer.resolve",
    "import_table": "importing.run",
    "locate_points": "admin.reverse",
    "make_report": "report",
    "merge": "merging.run",
    "provinces_for": "admin.countries",
    "read_incidents": "readers",
    "read_provinces": "admin.provinces",
    "read_sources": "readers",
    "summarise": "stats.summary",
    "validate": "rules.validate",
    "write_report": "report",
}


if not TYPE_CHECKING:  # a checker that saw it would take any misspelled name for a public one

    def __getattr__(name: str) -> Any:
        if name not in _MODULES:
            raise AttributeError(f"module 'geo' has no attribute {name!r}")
        value = getattr(import_module(f"geo.{_MODULES[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
