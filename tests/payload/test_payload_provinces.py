"""Polygons of every sort in the page: sets whose neighbours overlap, leave gaps, or meet without common corners."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.admin.provinces import label_points
from geo.model import CRS
from geo.payload import pack as payload
from geo.payload.container import Block
from geo.payload.provinces import add_provinces
from geo.stats.dataset import Dataset

SQUARE = shapely.box(60, 30, 62, 32)


def country(*polygons):
    """Return a country's provinces, in force since ever."""
    codes = [f"XT-{chr(65 + i)}" for i in range(len(polygons))]
    texts = {"admin1_code": codes, "admin1_name": codes, "country_code": "XT", "valid_from": None, "valid_to": None}
    texts |= {"source": "made here", "licence": "none"}
    frame = pd.DataFrame(texts, index=range(len(codes))).astype("string").set_index(pd.Index(codes))
    return gpd.GeoDataFrame(frame, geometry=list(polygons), crs=CRS)


def header(provinces, make_records):
    return add_provinces(Block(), make_records([{"admin1_code": "XT-A", "country_code": "XT"}]), provinces)


@pytest.mark.parametrize(
    "polygons",
    [
        (SQUARE, shapely.box(61, 31, 63, 33)),
        (SQUARE, shapely.box(62.00001, 30, 63, 32)),
        (SQUARE, shapely.box(62, 30, 63, 31), shapely.box(62, 31, 63, 32)),
        (SQUARE, shapely.Polygon([(60, 30), (62, 30), (61, 31)])),
        (SQUARE, shapely.box(60.5, 30.5, 61, 31)),
        (SQUARE, SQUARE),
        (SQUARE, shapely.MultiPolygon([shapely.box(62, 30.5, 63, 31), shapely.box(59, 31, 60, 33)])),
    ],
    ids=["overlap", "gap", "corner in a side", "overlap along a side", "within", "twins", "parts"],
)
def test_a_country_of_any_polygons_has_its_label_on_its_land(polygons, make_records):
    found = header(country(*polygons), make_records)
    point = found["countries"]["XT"]
    assert point.pop("covered")
    land = shapely.union_all(polygons)
    assert land.covers(shapely.Point(point["lng"], point["lat"]))
    # The label of a country is that of all its land, wherever its provinces part it.
    whole = label_points(country(land)).iloc[0]
    assert (point["lng"], point["lat"]) == pytest.approx((whole.x, whole.y), abs=0.01)
    records = make_records([{"admin1_code": "XT-A", "country_code": "XT"}])
    assert payload.build(Dataset(records, country(*polygons))).data


@st.composite
def loose_polygons(draw):
    """Polygons with corners on a coarse grid: they touch, cross and cover one another in every way."""
    corner = st.tuples(st.integers(60, 66), st.integers(30, 36))
    hulls = [
        shapely.MultiPoint(points).convex_hull
        for points in draw(st.lists(st.lists(corner, min_size=3, max_size=6), min_size=1, max_size=5))
    ]
    return [hull for hull in hulls if hull.geom_type == "Polygon"] or [SQUARE]


@settings(max_examples=150, deadline=None)
@given(loose_polygons())
def test_no_set_of_valid_polygons_is_refused(polygons):
    provinces = country(*polygons)
    records = pd.DataFrame({"kind": ["incident"], "admin1_code": ["XT-A"], "admin1_name": ["A"]}).astype("string")
    found = add_provinces(Block(), gpd.GeoDataFrame(records, geometry=[None], crs=CRS), provinces)
    point = found["countries"]["XT"]
    assert shapely.union_all(polygons).buffer(1e-4).covers(shapely.Point(point["lng"], point["lat"]))
