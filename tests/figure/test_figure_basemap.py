from typing import Any

import numpy as np
import pandas as pd
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from shapely import Point

import geo
from geo.admin.provinces import read_provinces
from geo.figure import draw_figure
from geo.figure.basemap import base_in
from geo.figure.labels import paint_names, paint_towns
from geo.figure.map import home_frame
from geo.figure.pen import Pen
from geo.figure.projection import fit_frame
from geo.stats.dataset import Dataset


def test_a_few_places_of_a_large_country_do_not_need_all_of_it(make_records: Any) -> None:
    provinces = read_provinces(countries=["RU"], on="2020-01-01")
    near = [{"admin1_code": code, "date_start": "2020-01-05"} for code in ("RU-BEL", "RU-KRS", "RU-BRY") * 10]
    far = [{"admin1_code": "RU-KAM", "date_start": "2020-01-05", "geometry": Point(158.6, 53.0)}]
    of = Dataset.of(make_records([*near, *far]), provinces)
    frame = home_frame(of)
    assert frame.width < 1_000_000
    belgorod, kamchatka = frame.project(shapely.points([36.6, 158.6], [50.6, 53.0]))
    assert frame.box.contains(belgorod)
    assert not frame.box.contains(kamchatka)
    words = " ".join(text.get_text() for axes in draw_figure(of).figure.axes for text in axes.texts).replace("\n", " ")
    assert "1 incident lies outside this map." in words


def test_names_of_areas_lie_inside_them_and_towns_beside_their_dots() -> None:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(4, 4), dpi=100)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, 400), ylim=(0, 400))
    pen = Pen(figure, ["DejaVu Sans"])
    # The anchor lies in the narrow arm of an L; only its foot has room.
    ell = shapely.union(shapely.box(20, 20, 40, 380), shapely.box(20, 20, 380, 60))
    thin = shapely.box(300, 300, 310, 310)
    names = pd.DataFrame(
        {"name": ["Ellmark", "Nowhere"], "x": [30, 305], "y": [300, 305], "radius": [0.0, 0.0], "area": [ell, thin]}
    )
    colours = {"label": "#000000", "label_halo": "#ffffff", "town": "#222222"}
    taken = paint_names(axes, pen, names, [], 8, colours)
    assert {text.get_text() for text in axes.texts} == {"Ellmark"}
    assert len(taken) == 1
    assert shapely.contains(ell, shapely.box(*taken[0]))
    towns = pd.DataFrame({"name": ["Hidden", "Free"], "x": [taken[0][0] + 5, 200.0], "y": [taken[0][1] + 2, 300.0]})
    paint_towns(axes, pen, towns, taken, 8, colours)
    assert {text.get_text() for text in axes.texts} == {"Ellmark", "Free"}


def test_a_figure_has_the_land_and_lakes_round_its_provinces() -> None:
    frame = fit_frame(np.array([shapely.box(60, 25, 78, 38)], dtype=object))
    base = base_in(frame, frame.width / 400)
    at = {name: frame.project(np.array([shapely.Point(place)]))[0] for name, place in {
        "IN": (76, 27), "CN": (77.5, 37.2), "IR": (61, 31), "TJ": (69, 38)}.items()}  # fmt: skip
    assert all(shapely.intersects(base.countries[code], point) for code, point in at.items())
    sea = frame.project(np.array([shapely.Point(64, 24.8)]))[0]
    assert not any(shapely.intersects(base.countries.tolist(), sea))
    assert set(base.towns["name"][:2]) <= {"Kabul", "Delhi", "New Delhi", "Islamabad", "Dushanbe", "Ashgabat"}
    assert sum(line.length for line in base.disputed) > 500_000


def test_the_name_of_a_place_stands_beside_its_mark_or_nowhere() -> None:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(4, 4), dpi=100)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, 400), ylim=(0, 400))
    pen = Pen(figure, ["DejaVu Sans"])
    mark = (190.0, 190.0, 210.0, 210.0)
    # The second place is walled in by obstacles on all four sides.
    walls = [(295.0, 295.0, 305.0, 305.0), (306, 280, 400, 320), (200, 280, 294, 320), (280, 306, 320, 360)]
    names = pd.DataFrame({"name": ["Bajaur", "Achin"], "x": [200, 300], "y": [200, 300], "radius": [8.0, 3.0]})
    names["area"] = None
    taken = paint_names(axes, pen, names, [mark, *walls, (280, 240, 320, 294)], 8, {"label": "k", "label_halo": "w"})
    assert {text.get_text() for text in axes.texts} == {"Bajaur"}
    west, south, east, north = taken[-1]
    assert west >= 210
    assert south < 200 < north
    assert east - west < 100


def test_a_figure_names_the_places_of_its_records() -> None:
    records, provinces = geo.read_incidents(), geo.read_provinces()
    drawn = geo.draw_figure(geo.geocode(records, provinces), provinces, width="two-columns")
    words = [text.get_text() for axes in drawn.figure.axes for text in axes.texts]
    assert {"Bajaur", "Kabul", "Mazār-e Sharīf"} <= set(words)
    main = [text.get_text() for text in drawn.figure.axes[0].texts if text.get_zorder() == 8]
    assert main.count("Kabul") <= 1, "the town stands for its province"
