"""Import, geocoding and validation judge a point by the same tolerances."""

import csv

import geopandas as gpd
import pandas as pd
import pyproj
import pytest
from shapely.geometry import Point

import geo
from geo.admin.provinces import read_provinces
from geo.importing.run import import_file

PROVINCES = read_provinces()
#: In Pakistan, 4248 m and 5039 m from the nearest corner of Nangarhar (geodesics on WGS 84).
NEAR, FAR = (71.14, 34.13), (71.15, 34.13)
#: West of Cape Monze in Sindh, 71 km from any other province.
CAPE = (66.65431, 24.83959)


def at_sea(metres):
    return pyproj.Geod(ellps="WGS84").fwd(*CAPE, 270, metres)[:2]


def imported(tmp_path, lonlat, **names):
    row = {"id": "a", "title": "A title", "event_type": "Battles", "date_start": "2021-08-26", "geo_precision": "city"}
    row |= {"longitude": lonlat[0], "latitude": lonlat[1], **names}
    with (tmp_path / "in.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerow(row)
    report = import_file(tmp_path / "in.csv", tmp_path / "out.geojson", format="table", provinces=PROVINCES)
    assert report.kept == 1
    return geo.read_incidents(tmp_path / "out.geojson").iloc[0]


def geocoded(lonlat, **columns):
    frame = gpd.GeoDataFrame(
        {"date_start": ["2021-08-26"], "geo_precision": ["city"], **{name: [text] for name, text in columns.items()}},
        geometry=[Point(lonlat)],
        crs="EPSG:4326",
    )
    return geo.geocode(frame, PROVINCES).iloc[0]


@pytest.mark.parametrize(("lonlat", "agrees"), [(NEAR, True), (FAR, False)])
def test_a_point_and_the_province_named_beside_it(tmp_path, lonlat, agrees):
    # The province that a source names stands; where the point lies elsewhere, the note says so.
    record = imported(tmp_path, lonlat, country="AF", province="Nangarhar")
    assert record["admin1_code"] == "AF-NAN"
    assert pd.isna(record["note"]) == agrees

    named = geocoded(lonlat, country_code="AF", admin1_name="Nangarhar")
    assert (named["match"], pd.isna(named["match_note"])) == ("name", agrees)
    coded = geocoded(lonlat, admin1_code="AF-NAN")
    assert pd.isna(coded["match_note"]) == agrees

    written = geo.read_incidents(tmp_path / "out.geojson")
    assert geo.validate(written, provinces=PROVINCES) == []
    issues = geo.validate(written.assign(note=None), provinces=PROVINCES)
    assert [issue.field for issue in issues] == ([] if agrees else ["geometry"])


@pytest.mark.parametrize(("metres", "near"), [(1950, True), (2050, False), (4000, False)])
def test_a_point_outside_every_province_without_a_name(tmp_path, metres, near):
    record = imported(tmp_path, at_sea(metres), country="PK")
    assert record["admin1_code"] == "PK-SD" if near else pd.isna(record["admin1_code"])
    assert record["geo_precision"] == "city"
    assert record["country_code"] == "PK"
    found = geocoded(at_sea(metres), country_code="PK")
    assert found["match"] == ("nearest" if near else "none")


@pytest.mark.parametrize(("metres", "agrees"), [(4000, True), (5100, False)])
def test_a_point_outside_every_province_beside_a_name(tmp_path, metres, agrees):
    record = imported(tmp_path, at_sea(metres), country="PK", province="Sindh")
    assert record["admin1_code"] == "PK-SD"
    assert pd.isna(record["note"]) == agrees


def test_a_wider_distance_holds_for_both_questions():
    far = at_sea(12_000)
    frame = gpd.GeoDataFrame(
        {"admin1_code": ["PK-SD", None, "AF-NAN"], "country_code": ["PK", "PK", "AF"]},
        geometry=[Point(far), Point(far), Point(71.25, 34.13)],
        crs="EPSG:4326",
    )
    found = geo.geocode(frame, PROVINCES, max_distance_m=15_000)
    assert found["match"].tolist() == ["name", "nearest", "name"]
    assert found["match_note"].isna().all()
    assert found.iloc[1]["admin1_code"] == "PK-SD"
    assert geo.geocode(frame, PROVINCES)["match_note"].fillna("").tolist() == [
        "coded PK-SD, point outside every province",
        "",
        "coded AF-NAN, point in PK-KP",
    ]
