"""The interface round the map: that of a whole page, and its parts as single controls."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from branca.element import MacroElement
from pandas import DataFrame

from geo.errors import UsageError
from geo.web import assets
from geo.web.about import source_lines
from geo.web.document import DATA_ELEMENT, Verbatim
from geo.web.escape import script_json
from geo.web.layers import Records, assets_into, figure_of

#: Leaflet's positions of controls.
CORNERS = ("topleft", "topright", "bottomleft", "bottomright")


class Page(MacroElement):
    """Title card, time bar, layer panel, list and JavaScript API of a page, added to its map.

    Parameters
    ----------
    records : Records
        Records that the page shows.
    map_name : str
        The map's ``get_name()``: the name of its variable in the page.
    bounds : sequence
        ``((south, west), (north, east))`` of the first view, in degrees.
    options : mapping
        As listed in docs/design.md; JSON-serialisable.
    base : bytes, optional
        Block of the base map.
    """

    def __init__(
        self,
        records: Records,
        map_name: str,
        bounds: Sequence[Sequence[float]],
        options: Mapping[str, Any],
        base: bytes | None = None,
    ) -> None:
        super().__init__()
        self._name = "page"
        self.base = base
        self.records, self.map_name, self.bounds, self.options = records, map_name, bounds, options

    def render(self, **kwargs: Any) -> Any:
        """Add the options, and the script that builds the interface, to the figure that contains the map."""
        figure = figure_of(self)
        assets_into(figure, assets.PAGE_SCRIPTS)
        model = self.records.render_into(figure)
        if self.base is not None:
            figure.html.add_child(
                Verbatim(f'{DATA_ELEMENT} id="geo-base">{self.base.decode("ascii")}</script>'), name="base"
            )
        options = script_json({**self.options, "view": self.bounds})
        block = f'<script type="application/json" id="geo-options">{options}</script>'
        figure.html.add_child(Verbatim(block), name=self.get_name())
        shown = {name: self.options[name] for name in ("years", "metric", "layers")}
        start = [
            f"{model}.set({script_json(shown)});",
            f'geo.page({self.map_name}, {model}, JSON.parse(document.getElementById("geo-options").textContent));',
        ]
        figure.script.add_child(Verbatim("\n".join(start)), name=self.get_name())
        super().render(**kwargs)


class _Control(MacroElement):
    """A part of the page's interface in a corner of any ``folium.Map``. Base class; use a subclass.

    Parameters
    ----------
    records : Records
        The records that the map's layers draw: one ``geo.layers.Records``, passed to layers and controls.
    position : {"topleft", "topright", "bottomleft", "bottomright"}
    language : str or path, default "en"
        As for ``geo.build_map``; all controls of a map use that of the first.
    theme : {"light", "dark"}, optional
        By default that of the reader's system.

    Raises
    ------
    UsageError
        If an argument is not one of those allowed.
    """

    control: ClassVar[str]
    corner: ClassVar[str]

    def __init__(
        self,
        records: Records,
        *,
        position: str | None = None,
        language: str | Path = "en",
        theme: str | None = None,
    ) -> None:
        super().__init__()
        self._name = self.control
        if not isinstance(records, Records):
            raise UsageError(
                f"records is of type {type(records).__name__}: give the geo.layers.Records of the map's layers"
            )
        position = position or self.corner
        if position not in CORNERS:
            raise UsageError(f"position = {position!r}: not one of {', '.join(CORNERS)}")
        if theme not in (None, "light", "dark"):
            raise UsageError(f"theme = {theme!r}: not one of light, dark")
        self.records = records
        self.options: dict[str, Any] = {"position": position, "theme": theme}
        self.strings = assets.interface_text(language)

    def render(self, **kwargs: Any) -> Any:
        """Add scripts, data and the control to the figure that contains the map."""
        figure = figure_of(self)
        assets_into(figure, assets.PAGE_SCRIPTS)
        model = self.records.render_into(figure)
        if "geo_words" not in figure.script._children:
            figure.script.add_child(Verbatim(f"geo.i18n.load({script_json(self.strings)});"), name="geo_words")
        parent: Any = self._parent  # set, because figure_of found the figure
        start = f'geo.onMap({parent.get_name()}, {model}, "{self.control}", {script_json(self.options)});'
        figure.script.add_child(Verbatim(start), name=self.get_name())
        super().render(**kwargs)


class YearControl(_Control):
    """A histogram of years with two handles, keyboard and play; sets the period of all layers of its records."""

    control = "years"
    corner = "bottomleft"


class Legend(_Control):
    """Symbols and classes of each layer with counts of the records shown, layer switches, and the choice of metric."""

    control = "legend"
    corner = "topright"


class IncidentPanel(_Control):
    """A button that opens the records as a table, sortable and searchable; a row opens its record on the map.

    Parameters
    ----------
    records, position, language, theme
        As for `YearControl`.
    sources : DataFrame, optional
        As ``geo.read_sources`` returns it; without it sources are named by their keys.
    """

    control = "list"
    corner = "topleft"

    def __init__(self, records: Records, *, sources: DataFrame | None = None, **others: Any) -> None:
        super().__init__(records, **others)
        self.options["about"] = {"sources": source_lines(records.dataset, sources)}
