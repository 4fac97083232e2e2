"""More builders, for the other ways of a map over time: folium's time plugins, geopandas, lonboard, bokeh, altair."""

import json
import re
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np

from benchmarks.synthetic import FIRST_YEAR, LAST_YEAR, provinces

YEARS = range(FIRST_YEAR, LAST_YEAR + 1)


def texts(records: gpd.GeoDataFrame) -> list[str]:
    """Return the text that a mark shows, for tools that carry it with each mark."""
    return (records["title"] + ": " + records["description"]).tolist()


def years_of(records: gpd.GeoDataFrame) -> Any:
    """Return the year of each record, array of int, shape (n,)."""
    return records["date_start"].str[:4].astype(int).to_numpy()


def build_timestamped(records: gpd.GeoDataFrame, path: Path) -> None:
    """Play the marks year by year with folium's TimestampedGeoJson."""
    import offlinefolium as folium
    from offlinefolium.plugins import TimestampedGeoJson

    page = folium.Map(location=[33, 67], zoom_start=5, tiles=None)
    rows = zip(records.geometry.x, records.geometry.y, years_of(records), texts(records), strict=True)
    marks = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
            "properties": {"time": f"{year}-01-01", "popup": text, "icon": "circle", "iconstyle": {"radius": 4}},
        }
        for lon, lat, year, text in rows
    ]
    collection = {"type": "FeatureCollection", "features": marks}
    TimestampedGeoJson(json.dumps(collection), period="P1Y", duration="P1D", auto_play=False).add_to(page)
    page.save(str(path))


def build_time_choropleth(records: gpd.GeoDataFrame, path: Path) -> None:
    """Shade the provinces year by year with folium's TimeSliderChoropleth; it draws no marks."""
    import offlinefolium as folium
    from offlinefolium.plugins import TimeSliderChoropleth

    areas = provinces()[["admin1_code", "geometry"]].reset_index(drop=True)
    counts = records.groupby([records["admin1_code"].to_numpy(object), years_of(records)]).size()
    most = max(int(counts.max()), 1)
    styles = {
        str(row): {
            str(int(np.datetime64(f"{year}-01-01", "s").astype(int))): {
                "color": "#bd0026",
                "opacity": round(float(counts.get((code, year), 0)) / most, 3),
            }
            for year in YEARS
        }
        for row, code in enumerate(areas["admin1_code"])
    }
    page = folium.Map(location=[33, 67], zoom_start=5, tiles=None)
    TimeSliderChoropleth(areas.to_json(), styledict=styles).add_to(page)
    page.save(str(path))


def build_explore(records: gpd.GeoDataFrame, path: Path) -> None:
    """Draw marks by ``GeoDataFrame.explore``, the scripts that it links to inlined; it has no year control."""
    import folium

    page = folium.Map(location=[33, 67], zoom_start=5, tiles=None, prefer_canvas=True)
    marks = gpd.GeoDataFrame(
        {"text": texts(records), "year": years_of(records)}, geometry=records.geometry.to_numpy(), crs=records.crs
    )
    marks.explore(m=page, marker_type="circle_marker", tooltip=False, popup=["text", "year"])
    path.write_text(inlined(page.get_root().render()), encoding="utf-8")


def inlined(html: str) -> str:
    """Return a page of folium with the scripts and styles that folium-offline carries in the place of its links."""
    from offlinefolium.elements import _res

    def script(found: re.Match[str]) -> str:
        return f"<script>{_res[found[1]]}</script>" if found[1] in _res else found[0]

    def style(found: re.Match[str]) -> str:
        return f"<style>{_res[found[1]]}</style>" if found[1] in _res else found[0]

    html = re.sub(r'<script src="([^"]+)"></script>', script, html)
    return re.sub(r'<link rel="stylesheet" href="([^"]+)"/?>', style, html)


def build_lonboard(records: gpd.GeoDataFrame, path: Path) -> None:
    """Export deck.gl points by lonboard."""
    from lonboard import Map, ScatterplotLayer

    marks = gpd.GeoDataFrame(
        {"text": texts(records), "year": years_of(records)}, geometry=records.geometry.to_numpy(), crs=records.crs
    )
    layer = ScatterplotLayer.from_geopandas(marks, get_radius=4, radius_units="pixels")
    Map([layer], basemap=None).to_html(path)


def build_bokeh(records: gpd.GeoDataFrame, path: Path) -> None:
    """Draw marks and provinces on a canvas with a year slider, bokeh's own scripts inlined."""
    from bokeh.embed import file_html
    from bokeh.layouts import column
    from bokeh.models import CDSView, ColumnDataSource, CustomJS, CustomJSFilter, GeoJSONDataSource, Slider
    from bokeh.plotting import figure
    from bokeh.resources import INLINE

    plot = figure(width=1200, height=800, tooltips=[("", "@text")], output_backend="canvas")
    areas = GeoJSONDataSource(geojson=provinces()[["geometry"]].to_json())
    plot.patches("xs", "ys", source=areas, fill_color="#eeeeee", line_color="#888888")
    marks = ColumnDataSource(
        {
            "lon": records.geometry.x.to_numpy(),
            "lat": records.geometry.y.to_numpy(),
            "year": years_of(records),
            "text": texts(records),
        }
    )
    slider = Slider(start=FIRST_YEAR, end=LAST_YEAR, value=LAST_YEAR, step=1, title="Year", name="year")
    chosen = CustomJSFilter(
        args={"slider": slider}, code="return Array.from(source.data.year, (year) => year == slider.value);"
    )
    plot.scatter("lon", "lat", source=marks, view=CDSView(filter=chosen), size=6)
    slider.js_on_change("value", CustomJS(args={"source": marks}, code="source.change.emit();"))
    path.write_text(file_html(column(slider, plot), INLINE, "bokeh"), encoding="utf-8")


def build_altair(records: gpd.GeoDataFrame, path: Path) -> None:
    """Draw marks over provinces with a year slider, Vega's scripts inlined where vl-convert is there."""
    import altair
    import pandas as pd

    altair.data_transformers.disable_max_rows()
    table = pd.DataFrame(
        {
            "lon": records.geometry.x.to_numpy(),
            "lat": records.geometry.y.to_numpy(),
            "year": years_of(records),
            "text": texts(records),
        }
    )
    slider = altair.binding_range(min=FIRST_YEAR, max=LAST_YEAR, step=1, name="Year ")
    year = altair.param(name="chosen", bind=slider, value=LAST_YEAR)
    areas = altair.Data(values=json.loads(provinces()[["geometry"]].to_json())["features"])
    land = altair.Chart(areas).mark_geoshape(fill="#eeeeee", stroke="#888888")
    marks = altair.Chart(table).mark_circle(size=20).encode(longitude="lon:Q", latitude="lat:Q", tooltip="text:N")
    both = land + marks.add_params(year).transform_filter(altair.datum.year == year)
    both.properties(width=1200, height=800).project("mercator").save(str(path), format="html", inline=True)
