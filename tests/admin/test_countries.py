"""Countries of records, and what is said of those without polygons."""

import warnings
from typing import Any

import geopandas as gpd
import pytest
from shapely import Point

import geo
from geo.admin.countries import countries_of, without_polygons

ROWS = [
    ("ML", "Gao", "city", Point(-0.0447, 16.2717)),
    ("ML", "Mopti", "province", Point(-4.183, 14.4843)),
    ("UA", None, "city", Point(36.2304, 49.9935)),
    ("IN", None, "country", None),
]


def records(rows: list[Any]) -> gpd.GeoDataFrame:
    country, province, precision, point = zip(*rows, strict=True)
    columns = {"country_code": country, "admin1_name": province, "geo_precision": precision}
    return gpd.GeoDataFrame(columns, geometry=list(point), crs="EPSG:4326")


def test_countries_known_to_no_province_count_only_where_there_are_no_others() -> None:
    assert countries_of(records(ROWS)) == {"ML", "UA"}
    assert countries_of(records(ROWS[3:])) == {"IN"}
    assert sorted(geo.provinces_for(records(ROWS))["country_code"].unique()) == ["ML", "UA"]


def test_a_point_without_a_country_is_looked_for_in_all() -> None:
    assert countries_of(records([(None, None, "city", Point(-72.335, 18.5392))])) == {"HT"}


def test_records_without_polygons_are_counted_by_country_and_said() -> None:
    """The provinces that are read by default are those of seven other countries: all would be open in silence."""
    frame, default = records(ROWS), geo.read_provinces()
    assert without_polygons(frame, default) == {"ML": 2, "UA": 1}
    with pytest.warns(UserWarning, match=r"^3 records lie in countries .*: ML 2, UA 1; geo\.provinces_for") as said:
        located = geo.geocode(frame, default)
    assert said[0].filename == __file__
    assert located["admin1_code"].isna().all()


def test_nothing_is_said_with_the_polygons_of_the_records() -> None:
    frame = records(ROWS)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        located = geo.geocode(frame, geo.provinces_for(frame))
    assert located["admin1_code"].fillna("").tolist() == ["ML-7", "ML-5", "UA-63", ""]
