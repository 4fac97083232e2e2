import json

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import geo
from geo.admin.distance import within_m
from geo.admin.provinces import read_provinces
from geo.admin.tolerance import AGREEMENT_M
from geo.errors import CRSError, GeoError

SOURCE = {"source": "known", "paragraph": 2}
BASE = {
    "id": "a",
    "kind": "incident",
    "title": "Attack at a gate",
    "event_type": "Battles",
    "date_start": "2021-08-26",
    "date_end": "2021-08-26",
    "date_precision": "day",
    "date_inferred": False,
    "place": "Kabul",
    "geo_precision": "city",
    "country_code": "AF",
    "admin1_code": "AF-KAB",
    "admin1_name": "Kabul",
    "status": "stated",
    "fatalities_low": 3,
    "fatalities_best": 5,
    "fatalities_high": 9,
    "cross_border": False,
    "sources": [SOURCE],
    "conflicts_with": [],
    "same_as": [],
}
KABUL = [69.18, 34.53]
NO_CODES = {"country_code": None, "admin1_code": None, "admin1_name": None}
IN_KABUL = "must lie in Kabul or within 5 km of it"
PARAGRAPH = "paragraph must be a whole number from 1, or null"
TWO_LETTERS = "must be an ISO 3166-1 code of two capital letters"
ON_EARTH = "longitude must be within -180 to 180 and latitude within -90 to 90"
SWAPPED = "; longitude comes first in GeoJSON, these two look swapped"


def write(path, *records, **top):
    features = [
        {"type": "Feature", "geometry": shape, "properties": {**BASE, **changes}}
        for changes, shape in map(split, records)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features, **top}))
    return path


def split(changes):
    changes = dict(changes)
    at = changes.pop("at", KABUL)
    return changes, (at if at is None or isinstance(at, dict) else {"type": "Point", "coordinates": at})


PROVINCES = read_provinces()


def faults(tmp_path, *records):
    incidents = geo.read_incidents(write(tmp_path / "my.geojson", *records))
    return geo.validate(incidents, provinces=PROVINCES, sources=["known"])


def test_a_record_that_keeps_every_rule_has_no_fault(tmp_path):
    assert faults(tmp_path, {}) == []


@pytest.mark.parametrize(
    ("changes", "field", "value", "rule"),
    [
        ({"kind": "banana"}, "kind", "banana", "must be one of incident, stronghold, statistic"),
        ({"kind": None}, "kind", "null", "is required"),
        ({"title": ""}, "title", '""', "is required"),
        ({"title": 7}, "title", "7", "must be text (valid Unicode) or null"),
        ({"title": "\ud800"}, "title", "\\ud800", "must be text (valid Unicode) or null"),
        ({"status": None}, "status", "null", "is required for records of kind incident"),
        ({"status": "maybe"}, "status", "maybe", "must be one of stated, claimed, attributed, disputed, denied"),
        ({"role": "cell"}, "role", "cell", "belongs to records of kind stronghold only"),
        ({"tier": "claimed"}, "tier", "claimed", "belongs to records of kind stronghold only"),
        ({"value": 3}, "value", "3.0", "belongs to records of kind statistic only"),
        ({"date_end": "2021-13-45"}, "date_end", "2021-13-45", "must be a real date written YYYY-MM-DD, or null"),
        ({"date_start": "2021-8-26"}, "date_start", "2021-8-26", "must be a real date written YYYY-MM-DD, or null"),
        ({"date_start": "2021-02-29"}, "date_start", "2021-02-29", "must be a real date written YYYY-MM-DD, or null"),
        ({"date_start": 2021}, "date_start", "2021", "must be text (valid Unicode) or null"),
        ({"date_end": "2021-08-25"}, "date_end", "2021-08-25", "must not be before date_start"),
        ({"fatalities_low": -1}, "fatalities_low", "-1", "must not be negative"),
        ({"fatalities_best": 2}, "fatalities_best", "2", "must not be below fatalities_low"),
        ({"fatalities_high": 4}, "fatalities_high", "4", "must not be below fatalities_best"),
        ({"fatalities_best": None, "fatalities_high": 2}, "fatalities_high", "2", "must not be below fatalities_low"),
        ({"injuries_best": "many"}, "injuries_best", "many", "must be a whole number or null"),
        ({"injuries_best": 1.5}, "injuries_best", "1.5", "must be a whole number or null"),
        ({"injuries_best": True}, "injuries_best", "true", "must be a whole number or null"),
        ({"injuries_best": float("nan")}, "injuries_best", "NaN", "must be a whole number or null"),
        ({"injuries_best": 10**30}, "injuries_best", str(10**30), "must be a whole number or null"),
        ({"cross_border": "yes"}, "cross_border", "yes", "must be true or false"),
        ({"sources": "known"}, "sources", "known", "must be a list"),
        ({"sources": [{"source": "x"}]}, "sources", None, "'x' is not a source of sources.csv beside the file"),
        ({"sources": [{**SOURCE, "paragraph": 0}]}, "sources", None, PARAGRAPH),
        ({"sources": [3]}, "sources", "[3]", "each entry must be an object with the key of a source and a paragraph"),
        ({"same_as": ["b"]}, "same_as", '["b"]', "'b' is not the id of a record in the file"),
        ({"conflicts_with": ["a"]}, "conflicts_with", '["a"]', "must not name the record itself"),
        ({"at": None}, "geometry", "null", "must be a point for city"),
        ({"at": [69.18, float("nan")]}, "geometry", "[69.18, NaN]", "longitude and latitude must be finite numbers"),
        ({"at": [float("inf"), 34.5]}, "geometry", "[Infinity, 34.5]", "longitude and latitude must be finite numbers"),
        ({"at": [34.53, 69.18]}, "geometry", "[34.53, 69.18]", IN_KABUL + SWAPPED),
        ({"at": [70.45, 34.43]}, "geometry", "[70.45, 34.43]", IN_KABUL),
        ({"at": [69, 134]}, "geometry", "[69.0, 134.0]", ON_EARTH + SWAPPED),
        ({"at": [200, 34]}, "geometry", "[200.0, 34.0]", ON_EARTH),
        ({"at": ["x", 34]}, "geometry", None, "must be a point [longitude, latitude] in degrees, or null"),
        ({"at": {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}}, "geometry", None, "must be a point or null"),
        ({**NO_CODES, "country_code": "AFG"}, "country_code", "AFG", TWO_LETTERS),
        ({"country_code": None}, "country_code", "null", "is required with an admin1_code"),
        ({"country_code": "PK"}, "admin1_code", "AF-KAB", "is not in PK"),
        ({"admin1_code": "KAB"}, "admin1_code", "KAB", "must be an ISO 3166-2 code such as AF-KAB"),
        ({"admin1_code": "AF-XXX"}, "admin1_code", "AF-XXX", "is not among the provinces of AF"),
        ({"admin1_name": "Cabool"}, "admin1_name", "Cabool", "must be Kabul, as the code says"),
    ],
)  # fmt: skip
def test_each_fault_is_said_in_one_line(tmp_path, changes, field, value, rule):
    found = faults(tmp_path, {"id": "z"}, changes)
    assert [(issue.row, issue.id, issue.field, issue.rule) for issue in found] == [(2, "a", field, rule)]
    if value is not None:
        assert found[0].value == value
    assert str(found[0]) == f"{tmp_path}/my.geojson: a (row 2): {field} = {found[0].value}: {rule}"
    assert "\n" not in str(found[0])


DATES = [
    ("day", "2021-08-26", "2021-08-26", True),
    ("day", "2021-08-26", "2021-08-27", False),
    ("day", "2021-08-26", None, False),
    ("month", "2024-02-01", "2024-02-29", True),
    ("month", "2024-02-01", "2024-02-28", False),
    ("month", "2024-01-01", "2024-02-29", False),
    ("month", "2023-12-01", "2023-12-31", True),
    ("year", "2020-01-01", "2020-12-31", True),
    ("year", "2020-01-01", "2021-12-31", False),
    ("year", "2020-01-02", "2020-12-31", False),
    ("range", "2020-01-01", "2021-12-31", True),
    ("range", "2015-01-01", None, True),
    ("range", None, "2018-05-30", True),
    ("range", "2020-01-01", "2020-01-01", False),
    ("range", None, None, False),
    ("unknown", None, None, True),
    ("unknown", "2020-01-01", None, False),
]


@pytest.mark.parametrize(("precision", "start", "end", "right"), DATES)
def test_date_precision_agrees_with_its_bounds(tmp_path, precision, start, end, right):
    found = faults(tmp_path, {"date_precision": precision, "date_start": start, "date_end": end})
    assert [issue.field for issue in found] == ([] if right else ["date_precision"])


NOWHERE = {"at": None, "admin1_code": None, "admin1_name": None}


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"geo_precision": "country", **NOWHERE}, []),
        ({"geo_precision": "country", **NOWHERE, "country_code": None}, ["country_code"]),
        ({"geo_precision": "country"}, ["admin1_code", "admin1_name", "geometry"]),
        ({"geo_precision": "region", **NOWHERE}, []),
        ({"geo_precision": "region", **NOWHERE, "admin2_name": "Achin"}, ["admin2_name"]),
        ({"geo_precision": "unknown", **NOWHERE, "country_code": None}, []),
        ({"geo_precision": "unknown", **NOWHERE}, ["country_code"]),
        ({"geo_precision": "province"}, []),
        ({"geo_precision": "province", "admin2_name": "Bagrami"}, ["admin2_name"]),
        ({"geo_precision": "district", "admin2_name": "Bagrami"}, []),
        ({"kind": "stronghold", "role": "cell", "tier": "claimed", "status": None, "group": "G"}, []),
        ({"kind": "stronghold", "status": None}, ["role", "tier"]),
        ({"kind": "statistic", "value": 2200, "unit": "people", "measure": "fighters"}, []),
        ({"kind": "statistic"}, ["measure", "value"]),
        ({"kind": "statistic", "measure": "deaths", "description": "Hundreds were killed."}, []),
        ({"kind": "statistic", "measure": "deaths", "description": " "}, ["value"]),
        ({"kind": "statistic", "measure": "deaths", "description": None}, ["value"]),
        ({"kind": "statistic", "measure": "deaths", "description": None, "value": "hundreds"}, ["value"]),
        ({"kind": "statistic", "measure": "deaths", "description": None, "value": 0}, []),
    ],
)
def test_precision_and_kind_agree_with_the_other_properties(tmp_path, changes, fields):
    assert [issue.field for issue in faults(tmp_path, changes)] == fields


@pytest.mark.parametrize(
    ("day", "code", "name", "fields"),
    [
        ("2014-06-01", "PK-TA", "Federally Administered Tribal Areas", []),
        ("2018-05-30", "PK-TA", "Federally Administered Tribal Areas", []),
        ("2018-05-31", "PK-TA", "Federally Administered Tribal Areas", ["admin1_code"]),
        ("2023-07-30", "PK-KP", "Khyber Pakhtunkhwa", []),
        ("2014-06-01", "PK-KP", "Khyber Pakhtunkhwa", ["geometry"]),
    ],
)
def test_khar_lies_in_the_province_of_its_day(tmp_path, day, code, name, fields):
    bajaur = {"country_code": "PK", "admin1_code": code, "admin1_name": name, "at": [71.53, 34.73]}
    found = faults(tmp_path, {**bajaur, "date_start": day, "date_end": day})
    assert [issue.field for issue in found] == fields


@pytest.mark.parametrize(("lon", "right"), [(71.14, True), (71.15, False)])
def test_a_point_may_lie_five_kilometres_outside(tmp_path, lon, right):
    # The nearest corner of Nangarhar is at 71.10183 E, 34.15143 N: 4248 m and 5039 m away on WGS 84 (pyproj's Geod).
    found = faults(tmp_path, {"admin1_code": "AF-NAN", "admin1_name": "Nangarhar", "at": [lon, 34.13]})
    assert [issue.field for issue in found] == ([] if right else ["geometry"])


def test_a_point_without_codes_is_checked_for_exchanged_coordinates(tmp_path):
    bare = NO_CODES
    paris, khar_turned = [2.35, 48.85], [34.73, 71.53]
    found = faults(
        tmp_path,
        {**bare, "at": paris},
        {"id": "b", **bare, "at": [69.2, 34.5]},
        {"id": "c", **bare, "at": [34.0, 61.0]},
    )
    assert [(issue.id, issue.rule[-12:]) for issue in found] == []
    # 34.73 E 71.53 N is in the Barents Sea, and Khar the other way round.
    assert [issue.rule[-12:] for issue in faults(tmp_path, {**bare, "at": khar_turned})] == ["look swapped"]


def test_what_is_no_record_at_all_is_one_fault(tmp_path):
    path = tmp_path / "my.geojson"
    path.write_text('{"type": "FeatureCollection", "features": [5, {"type": "Feature", "properties": [1]}]}')
    found = geo.validate(geo.read_incidents(path), provinces=PROVINCES, sources=[])
    assert [str(issue) for issue in found] == [
        f"{path}: ? (row 1): feature = 5: must be a GeoJSON Feature object",
        f"{path}: ? (row 2): properties = [1]: must be an object with the properties of the record",
    ]


def test_repeated_ids_name_the_first_row_and_every_fault_is_listed_in_order(tmp_path):
    found = faults(tmp_path, {}, {"kind": "x", "status": "y"}, {"id": None}, {"id": "b"})
    assert [(issue.row, issue.id, issue.field) for issue in found] == [
        (2, "a", "id"),
        (2, "a", "kind"),
        (2, "a", "status"),
        (3, "?", "id"),
    ]
    assert found[0].rule == "is the id of row 1 too; ids are unique"


def test_sources_csv_beside_the_file_decides_which_sources_are_known(tmp_path):
    incidents = geo.read_incidents(write(tmp_path / "my.geojson", {}))
    (tmp_path / "sources.csv").write_text("source,title,author,publisher,published,url,file\nknown,T,,,,,\n")
    assert geo.validate(incidents) == []
    (tmp_path / "sources.csv").write_text("source,title,author,publisher,published,url,file\nother,T,,,,,\n")
    assert [issue.field for issue in geo.validate(incidents)] == ["sources"]


def test_values_that_hide_or_break_lines_are_spelled_out(tmp_path):
    (found,) = faults(tmp_path, {"kind": "a\nb\u202e" + "c" * 200})
    assert found.value.startswith("a\\nb\\u202ec")
    assert len(found.value) == 80
    assert found.value.endswith("…")


def test_other_reference_systems_are_refused(tmp_path):
    incidents = geo.read_incidents(write(tmp_path / "my.geojson", {})).to_crs(3857)
    with pytest.raises(CRSError, match=r"EPSG:3857.*to_crs"):
        geo.validate(incidents)


def test_a_frame_without_the_optional_columns_is_validated():
    bare = gpd.GeoDataFrame({"id": ["a"]}, geometry=gpd.points_from_xy([69.2], [34.5]), crs=4326)
    found = geo.validate(bare, sources=[])
    assert {issue.field for issue in found} == {"kind", "title", "date_precision", "geo_precision"}
    assert str(found[0]).startswith("records: a (row 1): ")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=[]), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
properties = st.dictionaries(st.sampled_from([*BASE, "value", "role", "geometry", "unreadable", "x"]), json_values)
positions = st.lists(json_values | st.floats() | st.integers(-200, 200), max_size=3)
shapes = st.none() | json_values | st.builds(lambda at: {"type": "Point", "coordinates": at}, positions)
features = json_values | st.builds(
    lambda base, own, shape: {"type": "Feature", "properties": {**base, **own}, "geometry": shape},
    st.sampled_from([BASE, {}]),
    properties,
    shapes,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(features, max_size=4))
def test_any_json_is_read_and_judged_without_a_crash_or_a_lost_record(tmp_path, records):
    path = tmp_path / "fuzz.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": records}))
    incidents = geo.read_incidents(path)
    assert len(incidents) == len(records)
    for issue in geo.validate(incidents, provinces=PROVINCES, sources=["known"]):
        assert 1 <= issue.row <= len(records)
        assert str(issue).isprintable()
        assert str(issue).startswith(f"{path}: ")


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60) | json_values.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_read_or_refused_in_one_line(tmp_path, data):
    path = tmp_path / "fuzz.geojson"
    path.write_bytes(data)
    try:
        message = str(path) if geo.read_incidents(path) is not None else ""
    except GeoError as error:
        message = str(error)
    assert message.startswith(str(path))
    assert "\n" not in message


@pytest.mark.parametrize(
    ("at", "rule"),
    [
        ([180, 90], None),
        ([-180, -90], None),
        ([180.5, 10], ON_EARTH),
        ([10, -90.5], ON_EARTH + SWAPPED),
        ([90, 180], ON_EARTH + SWAPPED),
        ([-90, -180], ON_EARTH + SWAPPED),
        ([90.5, 134], ON_EARTH),
        ([34, 180.5], ON_EARTH),
    ],
)
def test_coordinates_end_at_the_poles_and_the_antimeridian(tmp_path, at, rule):
    assert [issue.rule for issue in faults(tmp_path, {**NO_CODES, "at": at})] == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        # Khar is in what was FATA until 30 May 2018, and since then in Khyber Pakhtunkhwa.
        ({"admin1_code": "PK-KP", "date_start": None, "date_end": None}, []),
        ({"admin1_code": "PK-TA", "date_start": None, "date_end": None}, []),
        ({"admin1_code": "PK-TA", "date_start": None, "date_end": "2018-05-30"}, []),
        ({"admin1_code": "PK-TA", "date_start": None, "date_end": "2018-06-30"}, ["admin1_code"]),
        ({"admin1_code": "PK-TA", "date_start": "2018-05-30", "date_end": None}, []),
        ({"admin1_code": "PK-TA", "date_start": "2018-05-31", "date_end": None}, ["admin1_code"]),
        # A range that begins before the merger touches both.
        ({"admin1_code": "PK-TA", "date_start": "2018-05-30", "date_end": "2019-01-01"}, []),
        ({"admin1_code": "PK-KP", "date_start": "2018-05-30", "date_end": "2019-01-01"}, []),
    ],
)
def test_a_province_in_force_on_any_day_of_a_record_is_its_province(tmp_path, changes, fields):
    bounds = [changes["date_start"], changes["date_end"]]
    khar = {"country_code": "PK", "admin1_name": None, "at": [71.53, 34.73]}
    record = {**khar, **changes, "date_precision": "range" if any(bounds) else "unknown"}
    assert [issue.field for issue in faults(tmp_path, record)] == fields


@pytest.mark.parametrize(
    ("country", "at", "rule"),
    [
        ("AF", [69.2, 34.5], None),
        ("AF", [71.53, 34.73], "must lie in AF or within 5 km of it"),
        ("PK", [34.73, 71.53], "must lie in PK or within 5 km of it" + SWAPPED),
        ("FR", [69.2, 34.5], None),
        (None, [69.2, 34.5], None),
        (None, [34.73, 71.53], "must lie in a province or within 5 km of it" + SWAPPED),
    ],
)
def test_without_a_province_a_point_must_lie_in_the_country(tmp_path, country, at, rule):
    found = faults(tmp_path, {**NO_CODES, "country_code": country, "at": at})
    assert [issue.rule for issue in found] == ([rule] if rule else [])


def test_a_record_known_to_a_province_has_a_point_and_a_bare_one_is_nowhere(tmp_path):
    (found,) = faults(tmp_path, {"geo_precision": "province", **NOWHERE})
    assert (found.field, found.rule) == ("geometry", "must be a point for province")


def test_a_record_that_says_itself_that_its_point_lies_elsewhere_keeps_both(tmp_path):
    jalalabad, swapped = [70.45, 34.43], [34.53, 69.18]
    note = {"note": "nkill 2.5 rounded to 3; named AF-KAB, point in AF-NAN"}
    country = {**NO_CODES, "country_code": "AF", "at": [71.53, 34.73]}
    found = faults(
        tmp_path,
        {"id": "a", "at": jalalabad, **note},
        {"id": "b", "at": jalalabad, "note": "seen in Jalalabad"},
        {"id": "c", "at": swapped, **note},
        {"id": "d", **country, "note": "named AF, point in PK-KP"},
        {"id": "e", **country},
    )
    assert [(issue.id, issue.field) for issue in found] == [("b", "geometry"), ("c", "geometry"), ("e", "geometry")]
    assert found[1].rule == IN_KABUL + SWAPPED


def test_what_geocoding_notes_is_no_fault(tmp_path):
    incidents = geo.read_incidents(write(tmp_path / "my.geojson", {"at": [70.45, 34.43]}))
    located = geo.geocode(incidents, PROVINCES)
    assert located["match_note"].tolist() == ["coded AF-KAB, point in AF-NAN"]
    assert len(geo.validate(incidents, provinces=PROVINCES, sources=["known"])) == 1
    assert geo.validate(located, provinces=PROVINCES, sources=["known"]) == []


def test_each_of_several_provinces_is_checked_for_its_own_points(tmp_path):
    nangarhar = {"admin1_code": "AF-NAN", "admin1_name": "Nangarhar"}
    jalalabad = [70.45, 34.43]
    found = faults(
        tmp_path,
        {"id": "a"},
        {"id": "b", **nangarhar, "at": jalalabad},
        {"id": "c", **nangarhar},
        {"id": "d", "at": jalalabad},
    )
    assert [(issue.row, issue.id, issue.field) for issue in found] == [(3, "c", "geometry"), (4, "d", "geometry")]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"fatalities_low": 5, "fatalities_best": 5, "fatalities_high": 5}, []),
        ({"fatalities_low": 0, "fatalities_best": 0, "fatalities_high": 0}, []),
        ({"injuries_low": 3, "injuries_best": 2}, ["injuries_best"]),
        ({"injuries_best": 3, "injuries_high": 2}, ["injuries_high"]),
        ({"injuries_low": 3, "injuries_high": 2}, ["injuries_high"]),
        ({"injuries_low": 3, "injuries_high": 3}, []),
        # Best lies below low and high below best: each is said once.
        ({"fatalities_low": 5, "fatalities_best": 4, "fatalities_high": 3}, ["fatalities_best", "fatalities_high"]),
    ],
)
def test_figures_may_be_equal_but_not_fall(tmp_path, changes, fields):
    assert [issue.field for issue in faults(tmp_path, changes)] == fields


@pytest.mark.parametrize(
    ("paragraph", "right"), [(None, True), (1, True), (0, False), (True, False), (1.0, False), ("1", False)]
)
def test_a_paragraph_is_a_number_from_one(tmp_path, paragraph, right):
    found = faults(tmp_path, {"sources": [SOURCE, {"source": "known", "paragraph": paragraph}]})
    assert [issue.rule for issue in found] == ([] if right else [PARAGRAPH])


def test_links_name_other_records_of_the_file(tmp_path):
    found = faults(
        tmp_path,
        {"id": "a", "same_as": ["b"], "conflicts_with": []},
        {"id": "b", "same_as": ["a", "c"]},
        {"id": "c", "same_as": [3]},
        {"id": None, "conflicts_with": [""]},
        {"id": "e", "same_as": ["a", "e"], "sources": [{"source": 1}]},
    )
    assert [(issue.row, issue.field, issue.rule) for issue in found] == [
        (3, "same_as", "must be a list of ids"),
        (4, "conflicts_with", "'' is not the id of a record in the file"),
        (4, "conflicts_with", "must not name the record itself"),
        (4, "id", "is required"),
        (5, "same_as", "must not name the record itself"),
        (5, "sources", "each entry must be an object with the key of a source and a paragraph"),
    ]


@pytest.mark.parametrize(("length", "shown"), [(79, 79), (80, 80), (81, 80)])
def test_eighty_characters_of_a_value_are_shown(tmp_path, length, shown):
    (found,) = faults(tmp_path, {"kind": "k" * length})
    assert len(found.value) == shown
    assert found.value.endswith("…") == (length > 80)


@pytest.mark.parametrize(
    ("lon", "lat", "right"),
    [
        # 5 km are 0.04497 degrees of 111,195 m, and of longitude 1 / cos(30.5) = 1.1606 times as many: 0.05219.
        (60.5, 30.5, True),
        (61.0521, 30.5, True),
        (59.9479, 30.5, True),
        (61.0523, 30.5, False),
        (59.9477, 30.5, False),
        (60.5, 31.0449, True),
        (60.5, 29.9551, True),
        (60.5, 31.0451, False),
        (60.5, 29.9549, False),
        # Off the corner the distance is measured slantwise: 0.034 and 0.034 cos(31.034) are 0.0448.
        (61.034, 31.034, True),
        (61.0345, 31.0345, False),
        # In the second square.
        (70.5, 30.5, True),
        (65.5, 30.5, False),
    ],
)
def test_a_point_within_five_kilometres_of_a_square_is_near(lon, lat, right):
    squares = np.array([shapely.box(60, 30, 61, 31), shapely.box(70, 30, 71, 31)])

    def near(lonlat):
        lons, lats = np.array(lonlat).T
        return within_m(lons, lats, squares, AGREEMENT_M).tolist()

    assert near([[lon, lat]]) == [right]
    assert near([[0.0, 0.0], [lon, lat], [60.5, 30.5]]) == [False, right, True]


def test_the_first_province_of_all_is_a_province_like_others(tmp_path):
    first = PROVINCES.iloc[0]
    inside = first.geometry.representative_point()
    record = {
        "country_code": first["country_code"],
        "admin1_code": first["admin1_code"],
        "admin1_name": first["admin1_name"],
        "at": [inside.x, inside.y],
    }
    assert faults(tmp_path, record) == []
    assert [issue.rule for issue in faults(tmp_path, record | {"admin1_name": "Other"})] == [
        f"must be {first['admin1_name']}, as the code says"
    ]
    assert [issue.field for issue in faults(tmp_path, record | {"at": [0.5, 0.5]})] == ["geometry"]


@pytest.mark.parametrize(
    ("precision", "start", "end", "rule"),
    [
        ("day", "2021-08-26", None, "day needs date_start and date_end on the same day, not 2021-08-26 to null"),
        ("month", "2024-02-01", "2024-03-01", "month needs the first and the last day of one month"),
        ("year", "2020-01-01", "2020-12-30", "year needs 1 January and 31 December of one year"),
        ("range", None, None, "range needs a bound, and date_start before date_end where both are, not null to null"),
        ("unknown", None, "2020-01-01", "unknown needs date_start and date_end to be null, not null to 2020-01-01"),
    ],
)
def test_what_a_date_precision_needs_is_said_with_the_bounds(tmp_path, precision, start, end, rule):
    (found,) = faults(tmp_path, {"date_precision": precision, "date_start": start, "date_end": end})
    assert (found.field, found.value) == ("date_precision", precision)
    assert found.rule == (rule if ", not " in rule else f"{rule}, not {start} to {end}")


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        # A bound that is no date, or bounds in the wrong order, are one fault; the precision is not judged besides.
        ({"date_start": "soon"}, ["date_start"]),
        ({"date_end": 7}, ["date_end"]),
        ({"date_start": "soon", "date_end": "later"}, ["date_end", "date_start"]),
        ({"date_start": "2021-08-27"}, ["date_end"]),
        ({"date_precision": "day"}, []),
        ({"date_precision": "decade"}, ["date_precision"]),
        ({"date_precision": None}, ["date_precision"]),
    ],
)
def test_a_wrong_bound_is_one_fault(tmp_path, changes, fields):
    assert [issue.field for issue in faults(tmp_path, changes)] == fields
