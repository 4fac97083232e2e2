"""Geocode conflict incidents to provinces and draw them as layered maps that open offline."""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

__version__ = "0.1.0"

#: Public names and the module each lives in; loaded when first used, so that ``import geo`` stays quick.
_HOME = {
    "GeoError": "errors",
    "build_map": "webmap",
    "describe": "describe",
    "draw_figure": "figure",
    "export_records": "export_tables",
    "geocode": "geocode",
    "geocode_places": "placenames",
    "locate_points": "locate",
    "make_report": "report",
    "read_incidents": "readers",
    "read_provinces": "provinces",
    "read_sources": "readers",
    "summarise": "summarise",
    "validate": "validate",
    "write_report": "report",
}
__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"geo.{_HOME[name]}"), name)
    raise AttributeError(f"module 'geo' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]


class _Package(ModuleType):
    """Keeps a function public where its module bears the same name: importing ``geo.summarise`` would hide it."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _HOME and isinstance(value, ModuleType):
            value = getattr(value, name, value)
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
