"""Write records as KML 2.2 for Google Earth and similar: one folder per kind, time spans for the time slider."""

import html
import xml.etree.ElementTree as ET
from collections.abc import Hashable, Iterable
from typing import Any

import pandas as pd
import shapely

from geo.export_tables.areas import stronghold_areas
from geo.export_tables.flat import DECIMALS, flat
from geo.figure.pen import plain
from geo.model import Kind
from geo.stats.dataset import Dataset
from geo.stats.periods import Years
from geo.style import event_styles, group_styles

_FOLDERS = {Kind.INCIDENT: "Incidents", Kind.STRONGHOLD: "Claimed strongholds", Kind.STATISTIC: "Reported totals"}


def as_kml(of: Dataset, years: Years | None) -> str:
    """Return the records of a period as KML.

    Parameters
    ----------
    of : Dataset
    years : (first, last) or None

    Returns
    -------
    str
        A folder for each kind that has records. Every record is a placemark; those without a place have no geometry.
        Incidents are points, strongholds the polygons of their provinces.
    """
    selected = of.during(years).records
    root = ET.Element("kml", xmlns="http://www.opengis.net/kml/2.2")
    document = ET.SubElement(root, "Document")
    ids = _styles(document, of)
    for kind, title in _FOLDERS.items():
        records = selected[(selected["kind"] == kind).to_numpy(bool)]
        if kind == Kind.STRONGHOLD:
            records = stronghold_areas(of, years)
        if len(records):
            folder = ET.SubElement(document, "Folder")
            ET.SubElement(folder, "name").text = title
            column = "group" if kind == Kind.STRONGHOLD else "event_type"
            table = pd.DataFrame(records.drop(columns="geometry")) if kind == Kind.STRONGHOLD else flat(records)
            rows = table.astype(object).where(table.notna(), None).to_dict("records")
            for row, shape in zip(rows, records.geometry, strict=True):
                _placemark(folder, dict(row), shape, ids.get((column, row[column])))
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _styles(document: ET.Element, of: Dataset) -> dict[tuple[str, Any], str]:
    """Add a style for each event type and group, null included, and return their URLs by column and word."""
    ids: dict[tuple[str, Any], str] = {}
    for i, style in enumerate(event_styles([*of.event_types, ""])):
        ids["event_type", style["word"] or None] = f"#event-{i}"
        element = ET.SubElement(document, "Style", id=f"event-{i}")
        ET.SubElement(ET.SubElement(element, "IconStyle"), "color").text = _abgr(style["colour"], "ff")
    for i, group in enumerate(group_styles([*of.groups, ""])):
        ids["group", group["word"] or None] = f"#group-{i}"
        element = ET.SubElement(document, "Style", id=f"group-{i}")
        line = ET.SubElement(element, "LineStyle")
        ET.SubElement(line, "color").text = _abgr(group["light"], "ff")
        ET.SubElement(line, "width").text = "2"
        ET.SubElement(ET.SubElement(element, "PolyStyle"), "color").text = _abgr(group["light"], "55")
    return ids


def _placemark(folder: ET.Element, row: dict[Hashable, Any], shape: Any, style: str | None) -> None:
    mark = ET.SubElement(folder, "Placemark")
    ET.SubElement(mark, "name").text = plain(row["title"] or row["id"])
    # Viewers render descriptions as HTML, so text from data is escaped twice: here as HTML, later as XML.
    ET.SubElement(mark, "description").text = html.escape(plain(row["description"] or ""))
    if row["date_start"] or row["date_end"]:
        span = ET.SubElement(mark, "TimeSpan")
        for tag, value in (("begin", row["date_start"]), ("end", row["date_end"])):
            if value:
                ET.SubElement(span, tag).text = str(value)
    if style:
        ET.SubElement(mark, "styleUrl").text = style
    data = ET.SubElement(mark, "ExtendedData")
    for name, value in row.items():
        if value is not None:
            ET.SubElement(ET.SubElement(data, "Data", name=plain(name)), "value").text = plain(value)
    if shape is not None and not shape.is_empty:
        _geometry(mark, shape)


def _geometry(mark: ET.Element, shape: shapely.Geometry) -> None:
    if shape.geom_type == "Point":
        ET.SubElement(ET.SubElement(mark, "Point"), "coordinates").text = _coordinates([shape.coords[0]])
        return
    several = ET.SubElement(mark, "MultiGeometry")
    for part in shapely.get_parts(shape):
        polygon = ET.SubElement(several, "Polygon")
        for ring, tag in [(part.exterior, "outerBoundaryIs"), *((hole, "innerBoundaryIs") for hole in part.interiors)]:
            border = ET.SubElement(ET.SubElement(polygon, tag), "LinearRing")
            ET.SubElement(border, "coordinates").text = _coordinates(ring.coords)


def _coordinates(points: Iterable[tuple[float, ...]]) -> str:
    return " ".join(f"{round(lon, DECIMALS)!r},{round(lat, DECIMALS)!r}" for lon, lat, *_ in points)


def _abgr(colour: str, alpha: str) -> str:
    return alpha + colour[5:7] + colour[3:5] + colour[1:3]
