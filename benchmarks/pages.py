"""One builder a tool: the same records and provinces into one HTML file, as the tool's own documentation does it."""

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd

from benchmarks import peers
from benchmarks.peers import YEARS
from benchmarks.peers import texts as popups
from benchmarks.synthetic import EVENT_TYPES, LAST_YEAR, provinces

#: An empty base map for plotly, which else asks a server for one even where it is switched off.
NO_BASE_MAP = """
const nothing = {type: "GeometryCollection", geometries: []};
const objects = Object.fromEntries(
  ["coastlines", "countries", "lakes", "land", "ocean", "rivers", "subunits"].map((name) => [name, nothing]),
);
window.PlotlyGeoAssets = {topojson: {world_110m: {type: "Topology", arcs: [], objects}}};
"""


def build_geo(records: gpd.GeoDataFrame, path: Path) -> None:
    """Draw every layer, the year control, the list and the filters."""
    import geo

    geo.build_map(records, provinces(), title="Synthetic records").save(str(path))


def counted(records: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the provinces with their number of records, for tools that shade areas."""
    areas = provinces()[["admin1_code", "admin1_name", "geometry"]].reset_index(drop=True)
    areas["incidents"] = areas["admin1_code"].map(records["admin1_code"].value_counts()).fillna(0).astype(int)
    return areas


def build_fast_marker_cluster(records: gpd.GeoDataFrame, path: Path) -> None:
    """Cluster every record; folium has no year filter for clusters."""
    import offlinefolium as folium
    from offlinefolium.plugins import FastMarkerCluster

    page = folium.Map(location=[33, 67], zoom_start=5, tiles=None, max_zoom=18)
    callback = "function (row) { return L.marker(new L.LatLng(row[0], row[1])).bindPopup(row[2]); }"
    rows = list(zip(records.geometry.y, records.geometry.x, popups(records), strict=True))
    FastMarkerCluster(rows, callback=callback).add_to(page)
    folium.GeoJson(counted(records).to_json()).add_to(page)
    page.save(str(path))


def build_geojson_canvas(records: gpd.GeoDataFrame, path: Path) -> None:
    """Draw circle markers on a canvas from GeoJSON; folium has no year filter for them."""
    import offlinefolium as folium

    page = folium.Map(location=[33, 67], zoom_start=5, tiles=None, prefer_canvas=True)
    folium.GeoJson(counted(records).to_json()).add_to(page)
    marks = gpd.GeoDataFrame({"popup": popups(records)}, geometry=records.geometry.to_numpy(), crs=records.crs)
    folium.GeoJson(marks.to_json(), marker=folium.CircleMarker(radius=4)).add_to(page)
    page.save(str(path))


def build_markers(records: gpd.GeoDataFrame, path: Path) -> None:
    """Place one folium marker a record."""
    import offlinefolium as folium

    page = folium.Map(location=[33, 67], zoom_start=5, tiles=None)
    for lat, lon, text in zip(records.geometry.y, records.geometry.x, popups(records), strict=True):
        folium.CircleMarker((lat, lon), radius=4, popup=text).add_to(page)
    page.save(str(path))


def build_plotly(records: gpd.GeoDataFrame, path: Path) -> None:
    """Draw a choropleth-free scatter by year with a slider, plotly's own script inlined."""
    import plotly.graph_objects as go

    areas = counted(records)
    table = records.assign(year=records["date_start"].str[:4].astype(int), text=popups(records))
    figure = go.Figure(
        go.Choropleth(geojson=areas.__geo_interface__, locations=areas.index, z=areas["incidents"], colorscale="YlOrRd")
    )
    for year in YEARS:
        part = table[table["year"] == year]
        figure.add_scattergeo(
            lon=part.geometry.x, lat=part.geometry.y, text=part["text"], mode="markers", visible=year == LAST_YEAR
        )
    steps = [
        {"method": "restyle", "label": str(year), "args": [{"visible": [True] + [other == year for other in YEARS]}]}
        for year in YEARS
    ]
    figure.update_geos(visible=False, lonaxis_range=[60, 78], lataxis_range=[23, 39])
    figure.update_layout(sliders=[{"active": len(steps) - 1, "steps": steps}])
    html = figure.to_html(include_plotlyjs=True)
    path.write_text(html.replace("<head>", f"<head><script>{NO_BASE_MAP}</script>", 1), encoding="utf-8")


def build_swiftmap(records: gpd.GeoDataFrame, path: Path) -> None:
    """Draw WebGL points with swiftmap's time slider over shaded provinces."""
    import pandas as pd
    from swiftmap import Map

    page = Map(center=[33, 67], zoom=5)
    page.add_polygons(counted(records), name="Provinces")
    table = pd.DataFrame(
        {
            "lat": records.geometry.y.to_numpy(),
            "lon": records.geometry.x.to_numpy(),
            "timestamp": records["date_start"].to_numpy(object),
            "text": popups(records),
            "event_type": pd.Categorical(records["event_type"], categories=list(EVENT_TYPES)).codes,
        }
    )
    page.add_circle_markers(table, name="Incidents", radius=4)
    page.make_time_layer("Incidents", period="P1Y")
    page.save(str(path))


BUILDERS: dict[str, Callable[[gpd.GeoDataFrame, Path], None]] = {
    "geo": build_geo,
    "folium FastMarkerCluster": build_fast_marker_cluster,
    "folium GeoJson canvas": build_geojson_canvas,
    "folium markers": build_markers,
    "plotly slider": build_plotly,
    "swiftmap": build_swiftmap,
    "folium TimestampedGeoJson": peers.build_timestamped,
    "folium TimeSliderChoropleth": peers.build_time_choropleth,
    "geopandas.explore": peers.build_explore,
    "lonboard": peers.build_lonboard,
    "bokeh": peers.build_bokeh,
    "altair": peers.build_altair,
}
#: The most records that a builder is asked to draw; beyond it the page takes minutes or does not open.
LIMITS = {"folium markers": 10_000, "folium GeoJson canvas": 100_000, "folium TimestampedGeoJson": 100_000}
#: What each builder needs beyond geo itself, and what its page asks the network for all the same.
NEEDS = {
    **dict.fromkeys([name for name in BUILDERS if name.startswith("folium")], "offlinefolium"),
    "geopandas.explore": "offlinefolium",
    "plotly slider": "plotly",
    "swiftmap": "swiftmap",
    "lonboard": "lonboard",
    "bokeh": "bokeh",
    "altair": "vl_convert",
}
ONLINE = {"lonboard": "its export loads the notebook's widget manager from a server, which no Python package carries"}
