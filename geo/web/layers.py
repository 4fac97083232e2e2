"""Folium layers over one set of records: for any ``folium.Map``, alone or together, with or without LayerControl."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, ClassVar

import folium
import numpy as np
import pandas as pd
from branca.element import Element, Figure
from geopandas import GeoDataFrame
from pandas import DataFrame

from geo.admin.crs import require_wgs84
from geo.columns import distinct_objects
from geo.errors import UsageError
from geo.model import Kind, Metric
from geo.payload.pack import Payload, build
from geo.stats.bins import add_to_summary
from geo.stats.sample import MARKS, Kept, keep_first
from geo.stats.summary import Years, check_years, select_years, summarise
from geo.web import assets
from geo.web.document import Verbatim
from geo.web.escape import script_json, text


class Records(Element):
    """Located records and provinces as a page carries them: once, whatever the number of layers that draw them.

    Layers make their own from the frames that they are given. Give several layers, or several maps, the same Records
    in place of frames, and the data are packed once.

    Parameters
    ----------
    located : GeoDataFrame, shape (n,)
        Records as ``geo.geocode`` returns them, EPSG:4326; or what ``geo.kept_partitions`` kept of them.
    provinces : GeoDataFrame, shape (m,)
        Provinces of every vintage, EPSG:4326.
    marks : int, default 350,000
        Of more incidents than that, so many keep a mark of their own; the others are counted, and drawn as a grid.
    keep : {"newest", "deadliest"}
        Which these are.

    Attributes
    ----------
    located : GeoDataFrame
        The records that have marks.
    rest : geo.stats.sample.Rest or None
        The incidents that have none.

    Raises
    ------
    CRSError
        If either frame is not in EPSG:4326.
    UsageError
        If ``marks`` or ``keep`` is not allowed.
    """

    def __init__(
        self, located: GeoDataFrame | Kept, provinces: GeoDataFrame, *, marks: int = MARKS, keep: str = "newest"
    ) -> None:
        super().__init__()
        self._name = "model"
        given = located.located if isinstance(located, Kept) else located
        require_wgs84(given, "located records")
        require_wgs84(provinces, "provinces")
        kept = located if isinstance(located, Kept) else keep_first(located, marks, keep)
        self.located, self.rest, self.provinces = kept.located, kept.rest, provinces
        self._summaries: dict[Years | None, DataFrame] = {}
        self._newest: dict[tuple[Years | None, int], tuple[DataFrame, int]] = {}

    @classmethod
    def of(cls, located: "GeoDataFrame | Records", provinces: GeoDataFrame | None, **choice: Any) -> "Records":
        """Return Records as they are, or made of two frames; ``choice``: ``marks`` and ``keep``."""
        if isinstance(located, Records):
            return located
        if provinces is None:
            raise UsageError("provinces are missing: give located records and provinces, or Records alone")
        return cls(located, provinces, **choice)

    @property
    def incidents(self) -> int:
        """How many incidents there are, with and without marks."""
        return int((self.located["kind"] == Kind.INCIDENT).sum()) + (self.rest.incidents if self.rest else 0)

    def summary(self, years: Years | None) -> DataFrame:
        """Return what ``geo.summarise`` makes of all records, with and without marks, by province and year."""
        if years not in self._summaries:
            table = summarise(self.located, self.provinces, years=years)
            self._summaries[years] = add_to_summary(table, self.rest.cells, self.provinces) if self.rest else table
        return self._summaries[years]

    def newest(self, years: Years | None, most: int) -> tuple[DataFrame, int]:
        """Return the newest incidents and strongholds that touch a period, and how many there are."""
        if (years, most) not in self._newest:
            shown = select_years(self.located, years)
            marks = np.flatnonzero((shown["kind"] != Kind.STATISTIC).to_numpy(bool))
            dates = pd.Series(shown["date_start"].array[marks], index=marks)
            rows = dates.sort_values(ascending=False, kind="stable").index[:most]
            self._newest[years, most] = shown.iloc[rows], len(marks)
        return self._newest[years, most]

    @cached_property
    def citations(self) -> dict[str, int]:
        """How many records cite each source, by its key."""
        lists, codes = distinct_objects(self.located["sources"])
        counts: Counter[str] = Counter()
        for cited, times in zip(lists, np.bincount(codes).tolist(), strict=True):
            counts.update(dict.fromkeys(cited_keys(cited), times))
        return dict(counts)

    @cached_property
    def payload(self) -> Payload:
        """The bytes that the page carries, packed when first needed."""
        return build(self.located, self.provinces, self.rest)

    def render_into(self, figure: Figure) -> str:
        """Put the data, and the script that opens them, into a figure unless it has them; return the model's name."""
        held = [child for child in figure.html._children.values() if isinstance(child, _Blocks)]
        for blocks in held:
            if blocks.payload == self.payload:
                return blocks.model
        # A second set of records on one map needs element ids of its own.
        blocks = _Blocks(self.payload, self.get_name(), f"-{len(held) + 1}" if held else "")
        figure.html.add_child(blocks, name=f"{blocks.model}_data")
        opening = f'var {blocks.model} = geo.model("{blocks.ids[0]}", "{blocks.ids[1]}");'
        figure.script.add_child(Verbatim(opening), name=blocks.model)
        return blocks.model


def cited_keys(sources: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the keys of the sources that a record cites, each once."""
    return list(dict.fromkeys(source["source"] for source in sources if "source" in source))


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
    """What the layers have in common; use its children.

    Parameters
    ----------
    located, provinces : GeoDataFrame
        As for `Records`; or Records alone, in place of both.
    name : str, optional
        Name in ``folium.LayerControl``; shown as text, never as markup.
    show, control : bool
        As for every folium layer.
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
        # LayerControl puts names into the page as HTML.
        super().__init__(name=text(name or self.label), overlay=True, control=control, show=show)
        self._name = self.layer
        self.records = Records.of(located, provinces)
        self.options: dict[str, Any] = {} if years is None else {"years": check_years(years)}

    def render(self, **kwargs: Any) -> Any:
        """Put scripts, data and the layer itself into the figure that holds the map."""
        figure = figure_of(self)
        assets_into(figure, assets.LAYER_SCRIPTS)
        model = self.records.render_into(figure)
        script = f"var {self.get_name()} = geo.layers.{self.layer}({model}, {script_json(self.options)});"
        figure.script.add_child(Verbatim(script), name=self.get_name())
        super().render(**kwargs)


class Choropleth(RecordLayer):
    """Provinces shaded by what happened in them.

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
    """Incidents as symbols: filled for a site or city, a ring for a district, a frame for a province."""

    layer = "incidents"
    label = "Incidents"


class Strongholds(RecordLayer):
    """Areas in which a group claims, or is said, to be present."""

    layer = "strongholds"
    label = "Claimed strongholds"


class CrossBorder(RecordLayer):
    """Attacks outside the country in which their group is based."""

    layer = "cross_border"
    label = "Cross-border attacks"


class Statistics(RecordLayer):
    """Totals as reported for an area, never added to the incidents."""

    layer = "statistics"
    label = "Reported totals"


#: By the name that the page, its links and ``build_map`` use, lowest on the map first.
LAYERS: dict[str, type[RecordLayer]] = {
    cls.layer: cls for cls in (Choropleth, Strongholds, Statistics, CrossBorder, IncidentMarkers)
}


def figure_of(element: Element) -> Figure:
    """Return the figure that an element is in, or raise UsageError: outside one it cannot be drawn."""
    figure = element.get_root()
    if not isinstance(figure, Figure):
        raise UsageError(f"{type(element).__name__} is not on a map yet; use .add_to(folium.Map()) first")
    return figure


class _Scripts(Verbatim):
    def __init__(self, scripts: tuple[str, ...]) -> None:
        super().__init__(f"<script>\n{assets.own_js(scripts)}</script>")
        self.scripts = scripts


def assets_into(figure: Figure, scripts: tuple[str, ...]) -> None:
    """Put our styles and scripts into a figure's head, unless it has them already."""
    present: Any = figure.header._children.get("geo_scripts")
    # Layers render before the page round them and want fewer scripts; those of the page then take the same place.
    if present is None or not set(scripts) <= set(present.scripts):
        figure.header.add_child(Verbatim(f"<style>\n{assets.own_css()}</style>"), name="geo_styles")
        figure.header.add_child(_Scripts(scripts), name="geo_scripts")


def check_metric(metric: str) -> str:
    """Return the metric's name, or raise UsageError and list the names there are."""
    if metric not in list(Metric):
        raise UsageError(f"metric = {metric!r}: not one of {', '.join(Metric)}")
    return Metric(metric).value
