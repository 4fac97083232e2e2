"""What callers may ask of name lookup: a least score, a field, provinces that hold a place."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point

from geo.admin.geocode import geocode
from geo.admin.provinces import read_provinces
from geo.errors import UsageError
from geo.gazetteer.normalize import fold
from geo.gazetteer.prominent import prominent
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


@pytest.mark.parametrize(
    "name",
    ["UK", "US", "EU", "Peruvian", "Cuban", "Central", "Northern", "Southern", "Capital", "Old", "Montgomery",
     "Punjab", "Star", "Is", "Pilgrim's Rest", "Tata", "Samar", "Kent", "Limburg", "Ivanovo, New York"],
)  # fmt: skip
def test_acronyms_peoples_words_and_names_of_several_places_are_open_without_a_country(name):
    assert geocode_places(name)["admin1_code"].isna().all()


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Kabul", "AF-KAB"), ("Karachi", "PK-SD"), ("KPK", "PK-KP"), ("FATA", "PK-TA"), ("Herat", "AF-HER"),
     ("Grozny", "RU-CE"), ("Samarkand", "UZ-SA"), ("Mazar-e-Sharif", "AF-BAL"), ("Baghdad", "IQ-BG"),
     ("North Carolina", "US-NC"), ("Gujarat", "IN-GJ"), ("Geneva", "CH-GE"), ("Gao", "ML-7"), ("Jos", "NG-PL"),
     ("Northern Samar", "PH-08"), ("London", "GB-ENG"), ("St. Louis", "US-MO")],
)  # fmt: skip
def test_known_places_are_found_without_a_country(name, expected):
    assert geocode_places(name)["admin1_code"].tolist() == [expected]


def test_a_small_town_abroad_leaves_its_namesake_open_and_is_never_the_answer():
    # Ivanovo is a town of 20,000 in Belarus, and a region of Russia; Jalalabad a city, and towns of India.
    assert geocode_places("Jalalabad")["candidates"].iloc[0][0] == "AF-NAN"
    assert len(geocode_places("Jalalabad")["candidates"].iloc[0]) > 1
    assert geocode_places("Jalalabad", country="AF")["admin1_code"].tolist() == ["AF-NAN"]
    rivals = [p for p in prominent().places if p.level == "town" and p.population < 100_000]
    assert len(rivals) > 2_000
    found = geocode_places([place.name for place in rivals])
    for place, code, match in zip(rivals, found["admin1_code"].fillna(""), found["match"], strict=True):
        held = prominent().by_letters[fold(place.name)]
        alone = not any(e.place.admin1_code == place.admin1_code for e in held if e.place not in rivals)
        assert match == "ambiguous" or not alone or code != place.admin1_code, place


@pytest.mark.parametrize(
    ("name", "country"), [("Rahimabad", "IR"), ("Karimabad", "PK"), ("Charbagh", "AF"), ("ده نو", "AF")]
)
def test_names_that_many_villages_bear_are_open_but_for_their_province(name, country):
    row = geocode_places(name, country=country).iloc[0]
    assert (row["match"], len(row["candidates"])) == ("ambiguous", 1)
    within = geocode_places(name, country=country, within=row["candidates"][0])
    assert within["admin1_code"].tolist() == row["candidates"]


def test_names_that_many_villages_bear_mean_a_district_or_a_city():
    assert geocode_places("Aliabad", country="AF")["admin1_code"].tolist() == ["AF-KDZ"]
    assert geocode_places("Sadiqabad", country="PK")["admin1_code"].tolist() == ["PK-PB"]


def test_a_number_of_units_names_none_of_them():
    found = geocode_places(["16 different provinces", "34 provinces", "9 de Julio"], country=[None, "AF", "AR"])
    assert found["match"].tolist()[:2] == ["none", "none"]
    assert found["admin1_code"].notna().tolist() == [False, False, True], "the number of a town's name is no count"
