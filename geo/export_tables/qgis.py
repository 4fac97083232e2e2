"""Layer styles for QGIS (QML) with the colours, symbols and hatching of the page."""

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from typing import Any

from geo.export_tables.qgis_reading import Reading, rgb
from geo.figure.pen import plain
from geo.stats.classes import Classes
from geo.style import COLOURS, shades

#: QGIS name of each shape of ``geo.style``.
_MARKERS = {
    "star": "star",
    "diamond": "diamond",
    "triangle": "triangle",
    "square": "square",
    "circle": "circle",
    "pentagon": "pentagon",
    "cross": "cross_fill",
}
_LIGHT = COLOURS["light"]
_PLAIN = Reading()
_MM_PER_PIXEL = 0.25
#: Of QGIS, whose form of a style this is.
_VERSION = "3.22.0"


def provinces_style(classes: Classes, reading: Reading = _PLAIN) -> str:
    """Return a choropleth of incidents by province: one range per class, and one for zero; null is not filled."""
    root, renderer = _document("graduatedSymbol", reading, attr="incidents", graduatedMethod="GraduatedColor")
    ranges, symbols = ET.SubElement(renderer, "ranges"), ET.SubElement(renderer, "symbols")
    bounds = [0.0, *classes.bounds]
    fills = [_LIGHT["zero"], *shades(len(classes.bounds))]
    labels = ["0 in the sources", *classes.labels]
    for i, (upper, fill, label) in enumerate(zip(bounds, fills, labels, strict=True)):
        # Counts are whole numbers: a range starts one above the end of the previous one.
        lower = 0.0 if i == 0 else bounds[i - 1] + 1
        ET.SubElement(
            ranges, "range", lower=f"{lower:g}", upper=f"{upper:g}", label=label, symbol=str(i), render="true"
        )
        symbol = _symbol(symbols, "fill", str(i))
        _layer(symbol, "SimpleFill", color=rgb(fill), outline_color=rgb(_LIGHT["province_line"]), outline_width="0.2")
    return _text(root)


def incidents_style(styles: Sequence[Mapping[str, str]], reading: Reading = _PLAIN) -> str:
    """Return a symbol for each event type; ``styles`` as ``geo.style.event_styles`` returns them."""
    root, renderer = _document("categorizedSymbol", reading, attr="event_type")
    categories, symbols = ET.SubElement(renderer, "categories"), ET.SubElement(renderer, "symbols")
    for i, style in enumerate(styles):
        _category(categories, i, style["word"], style["word"] or "type not given")
        _layer(
            _symbol(symbols, "marker", str(i)), "SimpleMarker", name=_MARKERS[style["shape"]], size="3",
            color=rgb(style["colour"]), outline_color=rgb(_LIGHT["outline"]), outline_width="0.2",
        )  # fmt: skip
    return _text(root)


def strongholds_style(styles: Sequence[Mapping[str, Any]], reading: Reading = _PLAIN) -> str:
    """Return a hatching for each group; ``styles`` as ``geo.style.group_styles`` returns them."""
    root, renderer = _document("categorizedSymbol", reading, attr="group")
    categories, symbols = ET.SubElement(renderer, "categories"), ET.SubElement(renderer, "symbols")
    for i, style in enumerate(styles):
        _category(categories, i, style["word"], style["word"] or "group not given")
        symbol = _symbol(symbols, "fill", str(i))
        colour = rgb(style["light"])
        hatch = _layer(symbol, "LinePatternFill", angle=f"{style['angle']:g}", distance="2.4", color=colour)
        dashes = ";".join(f"{length * _MM_PER_PIXEL:g}" for length in style["line"])
        dashed = {"use_custom_dash": "1", "customdash": dashes, "customdash_unit": "MM"} if dashes else {}
        _layer(_symbol(hatch, "line", f"@{i}@0"), "SimpleLine", line_color=colour, line_width="0.4", **dashed)
        _layer(symbol, "SimpleLine", line_color=colour, line_width="0.6")
    return _text(root)


def table_style(reading: Reading) -> str:
    """Return the style of a table without geometry."""
    root = ET.Element("qgis", version=_VERSION)
    reading.add(root)
    return _text(root)


def _document(kind: str, reading: Reading, **attributes: str) -> tuple[ET.Element, ET.Element]:
    root = ET.Element("qgis", version=_VERSION)
    renderer = ET.SubElement(root, "renderer-v2", {"type": kind, "symbollevels": "0", **attributes})
    reading.add(root)
    return root, renderer


def _category(categories: ET.Element, i: int, value: str, label: str) -> None:
    ET.SubElement(
        categories, "category", value=plain(value), type="string", label=plain(label), symbol=str(i), render="true"
    )


def _symbol(parent: ET.Element, kind: str, name: str) -> ET.Element:
    return ET.SubElement(parent, "symbol", type=kind, name=name, alpha="1", clip_to_extent="1", force_rhr="0")


def _layer(symbol: ET.Element, kind: str, **options: str) -> ET.Element:
    layer = ET.SubElement(symbol, "layer", {"class": kind, "pass": "0", "locked": "0", "enabled": "1"})
    listed = ET.SubElement(layer, "Option", type="Map")
    for name, value in options.items():
        ET.SubElement(listed, "Option", name=name, type="QString", value=value)
        ET.SubElement(layer, "prop", k=name, v=value)  # QGIS before 3.26
    return layer


def _text(root: ET.Element) -> str:
    ET.indent(root, " ")
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + ET.tostring(root, encoding="unicode") + "\n"
