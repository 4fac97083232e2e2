"""What callers may ask of name lookup: a least score, a field, provinces that hold a place."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point

from geo.admin.geocode import geocode
from geo.admin.provinces import read_provinces
from geo.errors import UsageError
from geo.gazetteer.resolve import Answers, geocode_places, place_rows


def test_an_answer_below_the_least_score_is_left_open_with_its_province_as_the_candidate():
    # "Hirat" is another name of Herat: 0.98.
    for least, expected in ((0.98, ("AF-HER", "alias")), (0.981, (None, "ambiguous"))):
        row = geocode_places("Hirat", country="AF", min_score=least).iloc[0]
        assert (row["admin1_code"] if pd.notna(row["admin1_code"]) else None, row["match"]) == expected
        assert row["candidates"] == ["AF-HER"]
        assert row["match_score"] == 0.98
        assert row["country_code"] == "AF"
    assert pd.isna(geocode_places("Hirat", country="AF", min_score=1)["matched_name"].iloc[0])


@pytest.mark.parametrize("least", [-0.1, 1.1])
def test_a_least_score_is_from_0_to_1(least):
    with pytest.raises(UsageError, match="min_score"):
        geocode_places("Hirat", min_score=least)


def test_a_point_settles_a_name_below_the_least_score():
    provinces = read_provinces(countries=["AF"])
    records = gpd.GeoDataFrame(
        {"place": ["Hirat"] * 3, "country_code": ["AF"] * 3, "geo_precision": ["city"] * 3},
        geometry=[None, Point(62.2, 34.34), Point(69.2, 34.52)],
        crs="EPSG:4326",
    )
    found = geocode(records, provinces, min_score=0.99)
    assert found["admin1_code"].fillna("").tolist() == ["", "AF-HER", ""]
    assert found["match"].tolist() == ["ambiguous", "covered", "ambiguous"]
    assert geocode(records, provinces)["admin1_code"].fillna("").tolist() == ["AF-HER", "AF-HER", ""]


def test_a_district_column_takes_a_spelling_that_a_place_column_leaves_open():
    # A vowel off Panjwai and off Kamdesh, too short to count alone.
    for name, code in (("Panjwoy", "AF-KAN"), ("Kamdosh", "AF-NUR")):
        for field, expected in (("admin2", code), ("place", ""), (None, "")):
            rows = place_rows(Answers(), [name], ["AF"], [None], [None], field)
            assert rows["admin1_code"].fillna("").tolist() == [expected]
            assert rows["candidates"].tolist() == [[code]]


@pytest.mark.parametrize(
    "name", ["Fayzabad", "Jani Khel", "Qarabagh", "Duab", "Dawlatabad", "Arghandab", "Khogyani", "Behsud", "جانی خیل"]
)
def test_names_of_several_districts_are_open_with_and_without_their_type(name):
    typed = f"ولسوالی {name}" if name > "a" and not name.isascii() else f"{name} district"
    for text in (name, typed):
        row = geocode_places(text, country="AF").iloc[0]
        assert row["match"] == "ambiguous", text
        assert len(row["candidates"]) > 1


def test_a_province_in_the_text_or_beside_it_decides_between_namesakes():
    for text, within, expected in (
        ("Arghandab, Zabul", None, "AF-ZAB"),
        ("Arghandab district of Kandahar", None, "AF-KAN"),
        ("Fayzabad", "Jowzjan", "AF-JOW"),
        ("Fayzabad district", "AF-BDS", "AF-BDS"),
        ("Dawlatabad, Balkh province", None, "AF-BAL"),
    ):
        assert geocode_places(text, country="AF", within=within)["admin1_code"].iloc[0] == expected, text


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("Hayatabad", None, "PK-KP"), ("Badaber", None, "PK-KP"), ("Mattani", None, "PK-KP"),
        ("Pir Koh", None, "PK-BA"), ("Sariab", None, "PK-BA"), ("Kuchlak", None, "PK-BA"), ("Chattar", None, "PK-BA"),
        ("Darra Adam Khel", "2010-09-05", "PK-TA"), ("Darra Adam Khel", "2019-01-01", "PK-KP"),
        ("Loe Sam", "2008-08-10", "PK-TA"), ("Lyari", None, "PK-SD"), ("Tarnol", None, "PK-IS"),
    ],
)  # fmt: skip
def test_villages_and_neighbourhoods_that_the_press_names_are_known(name, day, expected):
    assert geocode_places(name, country="PK", date=day)["admin1_code"].iloc[0] == expected
