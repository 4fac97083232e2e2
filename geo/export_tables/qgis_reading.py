"""What QGIS shows of a layer besides symbols: labels, map tips, names of columns, and the time of each record."""

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from geo.days import FIRST_DAY, LAST_DAY
from geo.figure.pen import plain
from geo.model import DATE_COLUMNS
from geo.style import COLOURS

#: Expressions for the first moment of a record, and for the first one after it.
Span = tuple[str, str]

#: Order matters to no reader but must be that of characters: QGIS replaces in this order, and "&" has to be first.
_ESCAPES = "map('&','&amp;','<','&lt;','>','&gt;')"
_LIGHT = COLOURS["light"]


@dataclass(frozen=True)
class Reading:
    """How QGIS reads a layer.

    Attributes
    ----------
    labels : dict of str to str
        What QGIS calls each column.
    tip : sequence of (heading, column)
        Lines of the map tip; the first is its title. A null value has no line.
    label : str or None
        Column that is written on the map.
    nearer_than : int
        Denominator of the scale from which on labels are written; 0 for every scale.
    span : (str, str) or None
        Start and end, by which QGIS's temporal controller selects; as `time_span` returns them.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    tip: Sequence[tuple[str, str]] = ()
    label: str | None = None
    nearer_than: int = 0
    span: Span | None = None

    def add(self, root: ET.Element) -> None:
        """Add everything to the root element of a style."""
        root.set("styleCategories", "Symbology|Labeling|Fields|MapTips|Temporal")
        if self.span:
            start, end = self.span
            # Mode 4: from expressions.
            ET.SubElement(
                root, "temporal", enabled="1", mode="4", startExpression=start, endExpression=end, limitMode="0",
                startField="", endField="", durationField="", durationUnit="min", fixedDuration="0", accumulate="0",
            )  # fmt: skip
        if self.label:
            self._add_label(root, self.label)
        aliases = ET.SubElement(root, "aliases")
        for name, label in self.labels.items():
            ET.SubElement(aliases, "alias", field=plain(name), name=plain(label))
        if self.tip:
            ET.SubElement(root, "mapTip").text = self._tip()

    def _add_label(self, root: ET.Element, column: str) -> None:
        root.set("labelsEnabled", "1")
        labeling = ET.SubElement(root, "labeling", type="simple")
        settings = ET.SubElement(labeling, "settings", calloutType="simple")
        style = ET.SubElement(
            settings, "text-style", fieldName=column, isExpression="0", fontSize="8", fontSizeUnit="Point",
            textColor=rgb(_LIGHT["label"]), textOpacity="1",
        )  # fmt: skip
        ET.SubElement(
            style, "text-buffer", bufferDraw="1", bufferSize="0.8", bufferSizeUnits="MM", bufferOpacity="1",
            bufferColor=rgb(_LIGHT["label_halo"]),
        )  # fmt: skip
        # Placement 6: beside a point, by cartographers' order; 1: over a polygon's point.
        ET.SubElement(settings, "placement", placement="6" if self.nearer_than else "1", dist="1", distUnits="MM")
        ET.SubElement(
            settings, "rendering", drawLabels="1", scaleVisibility="1" if self.nearer_than else "0",
            scaleMin="0", scaleMax=str(self.nearer_than), obstacle="1", displayAll="0",
        )  # fmt: skip

    def _tip(self) -> str:
        (_, title), *lines = self.tip
        rows = [f"<b>[% {_escaped(title)} %]</b>"]
        for heading, column in lines:
            rows.append(f"[% if({_quoted(column)} IS NULL, '', '<br>{heading}: ' || {_escaped(column)}) %]")
        return "".join(rows)


def time_span(first: str | None, last: str | None) -> Span:
    """Return the expressions by which a moment selects records, by the rules of ``geo.stats.periods``.

    Parameters
    ----------
    first, last : str or None
        First and last day of all records, as ISO text; None without a dated record.

    Returns
    -------
    start, end : str
        A record without a date, or known only to be before one, belongs to no time but that of all records: it starts
        on the last day and ends on the first. One without an end lasts to the last day.
    """
    opens, closes = _day(first or FIRST_DAY), _day(last or LAST_DAY)
    start, end, kind = (_quoted(name) for name in (*DATE_COLUMNS, "date_kind"))
    known = f"coalesce({kind}, CASE WHEN {start} IS NULL THEN 'by' WHEN {end} IS NULL THEN 'since' END, '')"
    dateless = f"coalesce({start}, {end}) IS NULL OR ({known} = 'by' AND {end} IS NOT NULL)"
    begins = f"CASE WHEN {dateless} THEN {closes} ELSE coalesce({start}, {end}) END"
    ends = (
        f"CASE WHEN {dateless} THEN {opens} WHEN {end} IS NOT NULL THEN {end} "
        f"WHEN {known} = 'since' THEN {closes} ELSE {start} END"
    )
    # A day ends where the next one begins. Both are moments, as the controller's are: to QGIS 3.22 a date is before the
    # moment at which that day begins.
    return f"to_datetime({begins})", f"({ends}) + to_interval('1 day')"


def _day(iso: str) -> str:
    return f"make_date({','.join(str(int(part)) for part in iso.split('-'))})"


def rgb(colour: str) -> str:
    """Return a colour as QGIS writes it: ``255,0,0,255`` for ``#ff0000``."""
    return ",".join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5)) + ",255"


def _quoted(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _escaped(column: str) -> str:
    """Return the expression of a value as HTML, which map tips are."""
    return f"replace(to_string(coalesce({_quoted(column)}, '')), {_ESCAPES})"
