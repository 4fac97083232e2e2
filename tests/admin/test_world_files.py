"""The files of the world's polygons: one coverage, the table of countries, and reading only what a table needs."""

import csv
import json
from collections import Counter, defaultdict
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pycountry
import pytest
import shapely
from geopandas import GeoDataFrame
from iso_units import units_of

import geo
from geo.admin.countries import countries_of, country_notes
from geo.admin.provinces import area_km2, label_points, read_provinces
from geo.admin.reverse import locate_points
from geo.admin.world import FINE, available_countries, shipped_countries
from geo.errors import UsageError
from geo.figure.contents import content
from geo.resources import data_path
from geo.stats.dataset import Dataset

# Geometry


def test_world_is_one_coverage():
    polygons = gpd.read_parquet(data_path("provinces", "world.parquet"))
    assert polygons.crs.equals("OGC:CRS84")
    assert polygons.is_valid.all()
    assert shapely.coverage_is_valid(polygons.geometry.to_numpy())
    assert set(polygons.geom_type) <= {"Polygon", "MultiPolygon"}
    assert not set(polygons["country_code"]) & set(FINE)


def test_fine_outlines_and_world_neither_overlap_nor_gape(today: GeoDataFrame):
    fine = today[today["country_code"].isin(FINE)].geometry.union_all()
    others = today[~today["country_code"].isin(FINE)]
    near = others[others.intersects(fine.buffer(0.05))]
    overlap = shapely.area(shapely.intersection(near.geometry.to_numpy(), fine))
    # Noded on grids of 1e-5 and 2**-17 degrees: strips of a metre along 30,000 km of borders, none wider than 3 m.
    assert overlap.sum() < 0.003
    narrowed = shapely.intersection(near.geometry.to_numpy(), fine.buffer(-3e-5))
    assert shapely.area(narrowed).sum() < 1e-6
    for lon, lat in [(61.2, 35.3), (71.0, 42.5), (44.8, 39.7), (82.0, 45.2), (50.0, 51.0), (38.5, 49.9), (74.2, 36.9)]:
        ring = shapely.Point(lon, lat).buffer(0.5)
        covered = shapely.union_all([fine.intersection(ring), near.geometry.union_all().intersection(ring)])
        holes = [hole for part in shapely.get_parts(covered) for hole in part.interiors]
        assert sum(shapely.Polygon(hole).area for hole in holes) < 1e-4, (lon, lat)


def test_areas_are_those_of_the_countries(today: GeoDataFrame):
    km2 = area_km2(today).groupby(today["country_code"]).sum()
    # Total areas as the CIA's World Factbook gives them, in 1,000 km².
    for country, thousands in {"ML": 1240, "UA": 604, "SD": 1861, "MM": 677, "IQ": 438, "CD": 2345, "CO": 1139,
                               "MZ": 799, "IN": 3287, "FR": 644, "NG": 924, "PS": 6.2, "XK": 10.9}.items():  # fmt: skip
        assert km2[country] == pytest.approx(thousands * 1000, rel=0.06), country


def test_label_points_lie_in_their_units(today: GeoDataFrame):
    sample = today[today["country_code"].isin(["ML", "ID", "FJ", "NO", "CL", "US"])]
    assert shapely.contains(sample.geometry.to_numpy(), label_points(sample).to_numpy()).all()


# Reading


def test_some_countries_are_read_without_the_others():
    provinces = read_provinces(countries=["ML", "AF"])
    assert Counter(provinces["country_code"]) == {"AF": 34, "ML": 9}
    assert set(read_provinces()["country_code"]) == set(FINE)
    with pytest.raises(UsageError, match="no provinces for country QQ; geo countries lists those"):
        read_provinces(countries=["ML", "QQ"])


def test_table_of_countries_agrees_with_the_polygons(today: GeoDataFrame):
    with data_path("provinces", "countries.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["country_code"] for row in rows] == available_countries() == sorted(set(today["country_code"]))
    drawn = today["country_code"].value_counts()
    boxes = defaultdict(list)
    for country, bounds in zip(today["country_code"], shapely.bounds(today.geometry.to_numpy()), strict=True):
        boxes[country].append(bounds)
    for row in rows:
        country = shipped_countries()[row["country_code"]]
        assert country.drawn == drawn[country.code]
        west, south, east, north = np.array(boxes[country.code]).T
        assert np.all(country.box[:2] <= np.array([west.min(), south.min()]))
        assert np.all(country.box[2:] >= np.array([east.max(), north.max()]))
        changed = today.loc[today["country_code"] == country.code, "holds"].notna().any()
        assert (country.vintage != "today") == changed
        if pycountry.countries.get(alpha_2=country.code) and pycountry.subdivisions.get(country_code=country.code):
            assert country.iso == len(units_of(country.code))


def test_countries_of_records_follow_from_codes_and_points():
    records = GeoDataFrame(
        {
            "country_code": ["ml", None, None, None, "QQ", None],
            "admin1_code": [None, "UA-05", None, None, None, None],
        },
        geometry=[
            shapely.Point(30, 50),  # stated: Mali; the point is not asked
            None,
            shapely.Point(32.56, 15.50),  # Khartoum
            shapely.Point(-30, 30),  # the Atlantic
            shapely.Point(23.7, 61.5),
            shapely.Point(0, 0),
        ],
        crs="EPSG:4326",
    )
    assert countries_of(records) == {"ML", "UA", "SD"}
    assert countries_of(records.drop(columns=["country_code", "admin1_code"]).iloc[[0, 4]]) == {"UA", "FI"}
    assert countries_of(pd.DataFrame({"country_code": ["KE"]})) == {"KE"}
    assert countries_of(records.iloc[:0]) == set()


def test_notes_are_those_of_countries_with_faults():
    notes = country_notes(["UA", "ML", "QQ", "PS"])
    assert [note.split(":")[0] for note in notes] == ["Mali", "State of Palestine"]
    assert "Ménaka" in notes[0]
    assert notes[0].endswith(".")


def test_points_of_a_hundred_countries_find_their_province(towns: pd.DataFrame):
    most = towns["country"].value_counts().index[:100]
    chosen = towns[towns["country"].isin(most)].sample(30_000, random_state=1)
    provinces = read_provinces(countries=set(most) & set(available_countries()))
    grid = locate_points(chosen["lon"], chosen["lat"], provinces=provinces)
    # Few points are asked without the grid: the answers are the same.
    few = chosen.iloc[:300]
    plain = locate_points(few["lon"], few["lat"], provinces=provinces)
    assert plain["admin1_code"].fillna("").tolist() == grid["admin1_code"].iloc[:300].fillna("").tolist()
    agree = grid["admin1_code"].fillna("").str[:2].to_numpy() == chosen["country"].to_numpy()
    assert agree.mean() > 0.98


def test_records_coded_with_newer_units_are_valid_and_counted_where_they_are_drawn(tmp_path: Path):
    properties = {
        "id": "ituri", "kind": "incident", "title": "Attack", "date_start": "2021-05-01", "date_end": "2021-05-01",
        "date_precision": "day", "geo_precision": "city", "place": "Bunia", "country_code": "CD",
        "admin1_code": "CD-IT", "admin1_name": "Ituri", "status": "stated",
    }  # fmt: skip
    point = {"type": "Point", "coordinates": [30.25, 1.56]}
    feature = {"type": "Feature", "properties": properties, "geometry": point}
    path = tmp_path / "ituri.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    records = geo.read_incidents(path)
    provinces = read_provinces(countries=countries_of(records))
    assert not [fault for fault in geo.validate(records, provinces=provinces) if "admin1" in str(fault)]
    located = geo.geocode(records, provinces)
    drawn = content(Dataset.of(located, provinces), "incidents", None)
    assert drawn.provinces.loc["CD-OR", "value"] == 1
    assert drawn.provinces["value"].sum() == 1
