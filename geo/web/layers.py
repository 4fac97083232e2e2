"""Folium layers that draw a set of records on any ``folium.Map``, with or without LayerControl."""

from functools import cached_property
from typing import Any, ClassVar

import folium
from branca.element import Element, Figure
from geopandas import GeoDataFrame

from geo.errors import UsageError
from geo.model import Metric
from geo.payload.basemap import pack_basemap
from geo.payload.basemap_cut import Bounds
from geo.payload.pack import Payload, build
from geo.stats.dataset import Dataset
from geo.stats.periods import check_years
from geo.stats.sample import MARKS, Bins
from geo.web import assets
from geo.web.document import Verbatim
from geo.web.escape import script_json, text


class Records(Element):
    """Located records and provinces, packed once for all layers that draw them.

    A layer that is given frames makes its own Records. Pass the same Records to several layers or maps, in place of
    frames, to pack the data only once.

    Parameters
    ----------
    located : GeoDataFrame, shape (n,)
        Records as ``geo.geocode`` returns them, EPSG:4326.
    provinces : GeoDataFrame, shape (m,)
        Provinces of every vintage, EPSG:4326.
    marks : int, default 350,000
        Maximum number of incidents drawn individually; the others are binned and drawn as a grid.
    keep : {"newest", "deadliest"}
        Which incidents are drawn individually.

    Attributes
    ----------
    dataset : geo.stats.dataset.Dataset
        The data set of the records.
    located : GeoDataFrame
        The records that are drawn individually.
    rest : geo.stats.sample.Bins or None
        Bins of all other incidents.

    Raises
    ------
    CRSError
        If either frame is not in EPSG:4326.
    UsageError
        If ``marks`` or ``keep`` is not allowed.
    """

    def __init__(
        self,
        located: GeoDataFrame | Dataset,
        provinces: GeoDataFrame | None = None,
        *,
        marks: int = MARKS,
        keep: str = "newest",
    ) -> None:
        super().__init__()
        self._name = "model"
        self._basemaps: dict[Bounds, bytes] = {}
        whole = Dataset.of(located, provinces)
        self.dataset = whole if isinstance(located, Dataset) else whole.sampled(marks, keep)

    @classmethod
    def of(
        cls, located: "GeoDataFrame | Dataset | Records", provinces: GeoDataFrame | None, **choice: Any
    ) -> "Records":
        """Return Records unchanged, or make them from a data set or two frames with ``marks`` and ``keep``."""
        return located if isinstance(located, Records) else cls(located, provinces, **choice)

    @property
    def located(self) -> GeoDataFrame:
        """The records that are drawn individually."""
        return self.dataset.records

    @property
    def rest(self) -> Bins | None:
        """Bins of all other incidents; None if there are none."""
        return self.dataset.rest

    @cached_property
    def payload(self) -> Payload:
        """The data blocks of the page, packed on first use."""
        return build(self.dataset)

    def basemap(self, bounds: Bounds) -> bytes:
        """Return the block of the base map for a first view (west, south, east, north); packed once for each."""
        if bounds not in self._basemaps:
            self._basemaps[bounds] = pack_basemap(self.dataset, bounds)
        return self._basemaps[bounds]

    def render_into(self, figure: Figure) -> str:
        """Add the data, and the script that decodes them, to a figure unless present; return the model's name."""
        present = [child for child in figure.html._children.values() if isinstance(child, _Blocks)]
        for blocks in present:
            if blocks.payload == self.payload:
                return blocks.model
        # A further set of records on the same map needs other element ids.
        blocks = _Blocks(self.payload, self.get_name(), f"-{len(present) + 1}" if present else "")
        figure.html.add_child(blocks, name=f"{blocks.model}_data")
        opening = f'var {blocks.model} = geo.model("{blocks.ids[0]}", "{blocks.ids[1]}");'
        figure.script.add_child(Verbatim(opening), name=blocks.model)
        return blocks.model


class _Blocks(Verbatim):
    def __init__(self, payload: Payload, model: str, suffix: str) -> None:
        self.payload, self.model = payload, model
        self.ids = (f"geo-data{suffix}", f"geo-text{suffix}")
        super().__init__(
            "\n".join(
                f'<script type="application/octet-stream" id="{name}">{block.decode("ascii")}</script>'
                for name, block in zip(self.ids, (payload.data, payload.text), strict=True)
            )
        )


class RecordLayer(folium.map.Layer):
    """Base class of the layers; use a subclass.

    Parameters
    ----------
    located, provinces : GeoDataFrame
        As for `Records`; or one Records in place of both.
    name : str, optional
        Name in ``folium.LayerControl``; escaped.
    show, control : bool
        As for ``folium.map.Layer``.
    years : (first, last), optional
        The period to show, both years included; all records without it.
    """

    layer: ClassVar[str]
    label: ClassVar[str]

    def __init__(
        self,
        located: GeoDataFrame | Records,
        provinces: GeoDataFrame | None = None,
        *,
        name: str | None = None,
        show: bool = True,
        control: bool = True,
        years: tuple[int, int] | None = None,
    ) -> None:
        # LayerControl inserts names as HTML.
        super().__init__(name=text(name or self.label), overlay=True, control=control, show=show)
        self._name = self.layer
        self.records = Records.of(located, provinces)
        self.options: dict[str, Any] = {} if years is None else {"years": check_years(years)}

    def render(self, **kwargs: Any) -> Any:
        """Add scripts, data and the layer to the figure that contains the map."""
        figure = figure_of(self)
        assets_into(figure, assets.LAYER_SCRIPTS)
        model = self.records.render_into(figure)
        script = f"var {self.get_name()} = geo.layers.{self.layer}({model}, {script_json(self.options)});"
        figure.script.add_child(Verbatim(script), name=self.get_name())
        super().render(**kwargs)


class Choropleth(RecordLayer):
    """Provinces coloured by a metric of the incidents in them.

    Parameters
    ----------
    metric : str, default "incidents"
        A value of ``geo.model.Metric``.
    **others
        As for `RecordLayer`.
    """

    layer = "choropleth"
    label = "Incidents by area"

    def __init__(
        self,
        located: GeoDataFrame | Records,
        provinces: GeoDataFrame | None = None,
        *,
        metric: str = Metric.INCIDENTS,
        **others: Any,
    ) -> None:
        super().__init__(located, provinces, **others)
        self.options["metric"] = check_metric(metric)


class IncidentMarkers(RecordLayer):
    """Incidents as symbols: filled for site or city precision, a ring for district, a frame for province."""

    layer = "incidents"
    label = "Incidents"


class Strongholds(RecordLayer):
    """Provinces in which a group claims, or is reported, to be present."""

    layer = "strongholds"
    label = "Claimed strongholds"


class CrossBorder(RecordLayer):
    """Attacks outside the country in which their group is based."""

    layer = "cross_border"
    label = "Cross-border attacks"


class Statistics(RecordLayer):
    """Totals reported for an area; never added to the incidents."""

    layer = "statistics"
    label = "Reported totals"


#: Layers by the name used in the page, its links and ``build_map``, from bottom to top.
LAYERS: dict[str, type[RecordLayer]] = {
    cls.layer: cls for cls in (Choropleth, Strongholds, Statistics, CrossBorder, IncidentMarkers)
}


def figure_of(element: Element) -> Figure:
    """Return the figure that contains an element; raise UsageError if there is none, as it could not be drawn."""
    figure = element.get_root()
    if not isinstance(figure, Figure):
        raise UsageError(f"{type(element).__name__} is not on a map yet; use .add_to(folium.Map()) first")
    return figure


class _Scripts(Verbatim):
    def __init__(self, scripts: str) -> None:
        super().__init__(f"<script>\n{assets.own_js(scripts)}</script>")
        self.scripts = scripts


def assets_into(figure: Figure, scripts: str) -> None:
    """Add geo's styles and scripts to the head of a figure, unless present."""
    present: Any = figure.header._children.get("geo_scripts")
    # Layers render before the page's controls and need fewer scripts; the bundle of the page then replaces theirs.
    if present is None or (scripts == assets.PAGE_SCRIPTS and scripts != present.scripts):
        figure.header.add_child(Verbatim(f"<style>\n{assets.own_css()}</style>"), name="geo_styles")
        figure.header.add_child(_Scripts(scripts), name="geo_scripts")


def check_metric(metric: str) -> str:
    """Return the metric's name; raise UsageError if it is unknown."""
    if metric not in list(Metric):
        raise UsageError(f"metric = {metric!r}: not one of {', '.join(Metric)}")
    return Metric(metric).value
