"""Build a folium map from records and provinces: combines layers, controls and base map."""

import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import folium
from folium.template import Template
from geopandas import GeoDataFrame
from pandas import DataFrame

from geo.errors import UsageError
from geo.model import Kind, Metric
from geo.stats.dataset import Dataset
from geo.stats.describe import describe
from geo.stats.frame import bulk, record_boxes
from geo.stats.periods import check_years
from geo.stats.sample import MARKS
from geo.style import COLOURS
from geo.web import assets as files
from geo.web import foreign
from geo.web.about import about_map, plain_page, source_lines
from geo.web.assets import CDN
from geo.web.controls import Page
from geo.web.document import Document, Verbatim
from geo.web.foreign import origin
from geo.web.layers import LAYERS, Records, check_metric, figure_of
from geo.write import write_text

TITLE = "Incidents and claimed strongholds"
ASSETS = ("inline", "cdn")
THEMES = (None, "light", "dark")
#: Layers shown by default. Reported totals are not: their symbols would cover those of incidents.
SHOWN = ("choropleth", "incidents", "strongholds", "cross_border")
#: At higher zoom levels a province fills the screen, and no place is known more precisely than to a town.
MAX_ZOOM = 13
#: Margin in degrees of a view of several countries, so that marks at its edge are not cut off.
FAR_MARGIN = 1.5


class IncidentMap(folium.Map):
    """A ``folium.Map`` that saves to one self-contained, reproducible file.

    Made by `build_map`. Files that folium's own elements need from a content delivery network are linked only if such
    elements were added.

    Parameters
    ----------
    document : Document
        The page that contains the map.
    bounds : ((south, west), (north, east))
        First view, in degrees.
    assets : {"inline", "cdn"}
        Whether Leaflet is in the file, or loaded from a content delivery network.
    """

    _template = Template("""
        {% macro header(this, kwargs) %}
            <style>html, body { height: 100%; margin: 0; } .folium-map { height: 100%; min-height: 240px; }</style>
        {% endmacro %}
        {% macro html(this, kwargs) %}
            <div class="folium-map" id="{{ this.get_name() }}"></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.map("{{ this.get_name() }}", {{ this.options|tojavascript }});
            {{ this.get_name() }}.fitBounds({{ this.start|tojson }});
            {%- if this.objects_to_stay_in_front %}
            (function () {
                function keepInFront() {
                    {%- for layer in this.objects_to_stay_in_front %}
                    {{ layer.get_name() }}.bringToFront();
                    {%- endfor %}
                }
                {{ this.get_name() }}.on("overlayadd", keepInFront);
                document.addEventListener("DOMContentLoaded", keepInFront);
            })();
            {%- endif %}
        {% endmacro %}
    """)

    def __init__(self, document: Document, bounds: Sequence[Sequence[float]], assets: str) -> None:
        super().__init__(tiles=None, maxZoom=MAX_ZOOM, minZoom=2, zoomSnap=0.5, worldCopyJump=True)
        document.add_child(self)
        self.start = [list(corner) for corner in bounds]
        self.assets = assets
        self.requested: frozenset[str] = frozenset()
        # Instance attributes: folium's add_js_link would otherwise modify the lists of the class.
        self.default_js, self.default_css = [], []

    def render(self, **kwargs: Any) -> Any:
        """Add Leaflet, then the links that folium's elements need, to the figure."""
        figure = figure_of(self)
        header = figure.header
        header.add_child(Verbatim(files.leaflet_head(self.assets)), name="leaflet")
        for name, link in foreign.links(figure):
            header.add_child(link, name=name)
        super().render(**kwargs)

    def save(self, outfile: Any, close_file: bool = True, **kwargs: Any) -> None:
        """Write the page atomically.

        Parameters
        ----------
        outfile : path or binary file
        close_file : bool, default True
            Whether to close a file afterwards.

        Raises
        ------
        OutputError
            If the path cannot be written.

        Warns
        -----
        UserWarning
            If folium elements on the map make the page load scripts, styles or images from the network.
        """
        page = self.get_root().render(**kwargs)
        if hosts := sorted(getattr(self.get_root(), "hosts", frozenset()) - self.requested):
            warnings.warn(
                f"the map loads files from {', '.join(hosts)} for the elements that were added to it; "
                "without a network these will not show",
                UserWarning,
                stacklevel=2,
            )
        if isinstance(outfile, str | Path):
            write_text(outfile, page)
            return
        outfile.write(page.encode("utf-8"))
        if close_file:
            outfile.close()


def build_map(
    located: GeoDataFrame | Dataset | Records,
    provinces: GeoDataFrame | None = None,
    *,
    years: Sequence[int] | None = None,
    marks: int = MARKS,
    keep: str = "newest",
    title: str | None = None,
    subtitle: str | None = None,
    metric: str = Metric.INCIDENTS,
    layers: Sequence[str] | None = None,
    assets: str = "inline",
    tiles: str | None = None,
    theme: str | None = None,
    language: str | Path = "en",
    sources: DataFrame | None = None,
    about: Mapping[str, str] | None = None,
    hosts: Sequence[str] = (),
) -> IncidentMap:
    """Build the interactive map of located records.

    Parameters
    ----------
    located : GeoDataFrame, shape (n,)
        Records as ``geo.geocode`` returns them, EPSG:4326.
    provinces : GeoDataFrame, shape (m,)
        Provinces of every vintage, EPSG:4326. For several maps of the same data, pass ``geo.layers.Records`` in place
        of both frames, to pack the data only once.
    years : (first, last), optional
        Period shown first, both years included; all years by default. Readers can change it.
    marks : int, default 350,000
        Maximum number of incidents drawn individually, each with a popup and a row in the list. The others are included
        in all counts of the page, and drawn as a grid. Ignored if ``located`` is Records.
    keep : {"newest", "deadliest"}
        Which incidents are drawn individually: by last day, or by deaths (best estimate). Ignored like ``marks``.
    title : str, default "Incidents and claimed strongholds"
    subtitle : str, optional
        Line below the title.
    metric : str, default "incidents"
        Metric that colours the provinces first; a value of ``geo.model.Metric``.
    layers : sequence of str, optional
        Layers shown first, of ``choropleth incidents strongholds cross_border statistics``; all but the last by
        default.
    assets : {"inline", "cdn"}
        Whether Leaflet is in the file, or loaded from a content delivery network.
    tiles : str, optional
        Tile layer behind the provinces, by its name in ``xyzservices`` or as a URL with ``{x}``, ``{y}`` and ``{z}``.
        The page then loads images from that server; without it, it makes no requests.
    theme : {None, "light", "dark"}
        None follows the reader's system.
    language : str or path, default "en"
        Language of the interface: one that comes with geo, or a JSON file of texts in the form of its
        ``static/lang/en.json``.
    sources : DataFrame, optional
        Table of the sources that records cite by key, as ``geo.read_sources`` returns it.
    about : mapping of str to str, optional
        Text that replaces ``attribution``, ``boundaries``, ``limits`` or ``citation`` in the "About this map" panel.
    hosts : sequence of str, optional
        Origins, such as ``https://example.org``, of pages that may hold the map in a frame and exchange messages with
        it; any by default.

    Returns
    -------
    IncidentMap
        A ``folium.Map``: add other folium layers if needed, then ``save`` it.

    Raises
    ------
    CRSError
        If a frame is not in EPSG:4326.
    UsageError
        If another argument is not allowed.
    """
    records = Records.of(located, provinces, marks=marks, keep=keep)
    dataset = records.dataset
    period = check_years(years)
    chosen = _check_layers(layers)
    _check_one_of("assets", assets, ASSETS)
    _check_one_of("theme", theme, THEMES)
    words = describe(
        dataset.summary(period),
        metric=check_metric(metric),
        of=dataset.incidents,
    )
    lines = source_lines(dataset, sources)
    heading = title or TITLE
    strings = files.interface_text(language, dataset.level)
    options: dict[str, Any] = {
        "title": heading,
        "subtitle": subtitle,
        "metric": str(metric),
        "layers": chosen,
        "years": period,
        "theme": theme,
        "strings": strings,
        "styles": {"colours": COLOURS},
        "about": about_map(records, lines, heading, about or {}),
        "hosts": [foreign.web_origin(host) for host in ([hosts] if isinstance(hosts, str) else hosts)],
    }
    document = Document(heading, words.alt, strings["lang"], strings["dir"])
    document.html.add_child(plain_page(dataset, period, heading, words.caption, lines), name="plain")
    view = _first_view(dataset, far=chosen == ["cross_border"])
    webmap = IncidentMap(document, view, assets)
    requested = {origin(CDN)} if assets == "cdn" else set()
    if tiles is not None:
        layer = _tile_layer(tiles)
        requested.add(origin(layer.tiles))
        webmap.add_child(layer, name="tiles")
    webmap.requested = frozenset(requested)
    for name, kind in LAYERS.items():
        webmap.add_child(kind(records, show=name in chosen), name=name)
    (south, west), (north, east) = view
    base = records.basemap((west, south, east, north)) if tiles is None else None
    webmap.add_child(Page(records, webmap.get_name(), webmap.start, options, base), name="page")
    return webmap


def _check_layers(layers: Sequence[str] | None) -> list[str]:
    chosen = list(SHOWN) if layers is None else [layers] if isinstance(layers, str) else list(layers)
    if unknown := [name for name in chosen if name not in LAYERS]:
        raise UsageError(f"layers = {', '.join(map(str, unknown))}: unknown; give any of {', '.join(LAYERS)}")
    return [name for name in LAYERS if name in chosen]


def _check_one_of(name: str, value: object, allowed: Sequence[object]) -> None:
    if value not in allowed:
        raise UsageError(f"{name} = {value!r}: give one of {', '.join(map(str, allowed))}")


def _tile_layer(name: str) -> folium.TileLayer:
    own = origin(name) if name.startswith(("http://", "https://")) else None
    try:
        return folium.TileLayer(name, attr=own, control=False)
    except ValueError:
        raise UsageError(
            f"tiles = {name!r}: no tile set of that name; give one such as OpenStreetMap or CartoDB Positron, "
            "or an address with {x}, {y} and {z}"
        ) from None


def _first_view(dataset: Dataset, *, far: bool) -> list[list[float]]:
    """Return the south-west and north-east corners of the bulk of the records; cross-border ones count if ``far``."""
    located = dataset.records
    near = located if far else located[~located["cross_border"] & (located["kind"] != Kind.STATISTIC)]
    cells = dataset.rest.table if dataset.rest else None
    boxes = record_boxes(dataset, near, cells if cells is None or far else cells[~cells["cross_border"]])
    framed = boxes[bulk(boxes)] if len(boxes) else dataset.provinces.bounds.set_axis(list(boxes.columns[:4]), axis=1)
    west, south = framed[["west", "south"]].min().tolist()
    east, north = framed[["east", "north"]].max().tolist()
    margin = FAR_MARGIN if far else 0.0
    return [[round(south - margin, 5), round(west - margin, 5)], [round(north + margin, 5), round(east + margin, 5)]]
