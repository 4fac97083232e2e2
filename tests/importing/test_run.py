"""Event tables in the columns of UCDP GED, ACLED and GTD; the rows are made up."""

import csv

import geopandas as gpd
import geopandas.testing
import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import Point

import geo
from geo.admin.provinces import label_points, read_provinces
from geo.errors import DataError, GeoError, OutputError, UsageError
from geo.importing import conversion
from geo.importing import run as importer
from geo.model import SIDE_COLUMNS
from geo.readers import delimited

PROVINCES = read_provinces()

GED_COLUMNS = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
]
GED = dict.fromkeys(GED_COLUMNS, "") | {
    "id": "244657", "year": "2017", "type_of_violence": "1", "side_a": "Government of Afghanistan", "side_b": "IS",
    "where_prec": "1", "where_coordinates": "Achin town", "adm_1": "Nangarhar province", "adm_2": "Achin district",
    "latitude": "34.1258", "longitude": "70.7003", "country": "Afghanistan", "date_prec": "1",
    "date_start": "2017-07-31 00:00:00.000", "date_end": "2017-07-31 00:00:00.000",
    "best": "2", "high": "4", "low": "2",
}  # fmt: skip
ACLED_COLUMNS = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
]
ACLED = dict.fromkeys(ACLED_COLUMNS, "") | {
    "event_id_cnty": "AFG61234", "event_date": "26 August 2021", "time_precision": "1",
    "event_type": "Explosions/Remote violence", "sub_event_type": "Suicide bomb", "actor1": "Group One",
    "actor2": "Civilians (Afghanistan)", "country": "Afghanistan", "admin1": "Kabul", "admin2": "Kabul",
    "location": "Kabul - Airport", "latitude": "34.5659", "longitude": "69.2124", "geo_precision": "1",
    "notes": "A sentence, with a comma", "fatalities": "17",
}  # fmt: skip
GTD = {
    "eventid": "202108260001", "iyear": "2021", "imonth": "8", "iday": "26", "country_txt": "Afghanistan",
    "provstate": "Kabul", "city": "Kabul", "latitude": "34.5659", "longitude": "69.2124", "specificity": "1",
    "attacktype1_txt": "Bombing/Explosion", "targtype1_txt": "Military", "target1": "A gate", "gname": "Group One",
    "nkill": "17.0", "nwound": "-99",
}  # fmt: skip


def write_csv(path, rows, encoding="utf-8", delimiter=","):
    with path.open("w", newline="", encoding=encoding) as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def bring_in(tmp_path, rows, suffix=".parquet", **options):
    """Import rows; return the report, the records by id, and the rejected rows. Of no row there is no file."""
    source = rows if not isinstance(rows, list) else write_csv(tmp_path / "in.csv", rows)
    target = tmp_path / f"out{suffix}"
    report = importer.import_file(source, target, provinces=PROVINCES, **options)
    records = geo.read_incidents(target) if report.kept else geo.read_incidents().iloc[:0]
    assert report.target == (target if report.kept else None)
    assert geo.validate(records, provinces=PROVINCES) == []
    assert (report.read, report.kept) == (report.kept + report.rejected, len(records))
    rejected = []
    if report.rejected_path:
        with report.rejected_path.open(newline="", encoding="utf-8") as file:
            rejected = list(csv.DictReader(file))
    assert len(rejected) == report.rejected
    return report, records, rejected


def one(tmp_path, row, **options):
    _report, records, rejected = bring_in(tmp_path, [row], **options)
    assert rejected == []
    return records.iloc[0]


# UCDP GED


def test_a_ucdp_event_becomes_a_record(tmp_path):
    report, records, _ = bring_in(tmp_path, [GED])
    assert report.format == "ucdp"
    assert report.lines()[:2] == ["format: UCDP GED", "comma-separated text, UTF-8"]
    record = records.loc["ucdp-244657"]
    expected = {
        "kind": "incident", "title": "Battles: Government of Afghanistan – IS, Achin town", "event_type": "Battles",
        "sub_event_type": "State-based conflict", "date_start": "2017-07-31", "date_end": "2017-07-31",
        "date_precision": "day", "date_inferred": False, "place": "Achin town", "geo_precision": "city",
        "country_code": "AF", "admin1_code": "AF-NAN", "admin1_name": "Nangarhar", "admin2_name": "Achin district",
        "actor1": "Government of Afghanistan", "actor2": "IS", "status": "stated", "fatalities_low": 2,
        "fatalities_best": 2, "fatalities_high": 4, "cross_border": False,
        "sources": [{"source": "ucdp-ged", "paragraph": None}],
    }  # fmt: skip
    assert {name: record[name] for name in expected} == expected
    assert (record.geometry.x, record.geometry.y) == (70.7003, 34.1258)


def test_the_original_columns_are_kept(tmp_path):
    record = one(tmp_path, GED)
    kept = {name: record[f"ucdp_{name}" if name in ("id", "date_start", "date_end") else name] for name in GED_COLUMNS}
    # Deaths by side are columns of a record, as numbers.
    sides = {name: int(GED[name]) if GED[name] else None for name in SIDE_COLUMNS if name in GED}
    assert {name: None if pd.isna(kept[name]) else kept[name] for name in sides} == sides
    assert {name: value for name, value in kept.items() if name not in sides} == {
        name: value for name, value in GED.items() if name not in sides
    }


@pytest.mark.parametrize(
    ("precision", "expected", "placed"),
    [
        ("1", "city", "point"),
        ("2", "district", "point"),
        ("3", "district", "point"),
        ("4", "province", "label"),
        ("5", "province", "label"),
        ("6", "country", None),
        ("7", "region", None),
    ],
)
def test_where_prec_is_never_made_finer(tmp_path, precision, expected, placed):
    record = one(tmp_path, GED | {"where_prec": precision})
    assert record["geo_precision"] == expected
    labels = label_points(PROVINCES.loc[["AF-NAN"]])
    points = {"point": Point(70.7003, 34.1258), "label": labels.iloc[0], None: None}
    assert record.geometry == points[placed]
    assert (record["admin1_code"] is pd.NA) == (placed is None)
    assert (record["country_code"] is pd.NA) == (precision == "7")


@pytest.mark.parametrize(
    ("start", "end", "known", "precision", "inferred"),
    [
        ("2017-07-31", "2017-07-31", "1", "day", False),
        ("2017-07-31", "2017-07-31", "2", "day", True),
        ("2017-07-29", "2017-07-31", "2", "range", False),
        ("2017-07-01", "2017-07-31", "4", "month", False),
        ("2017-01-01", "2017-12-31", "5", "year", False),
        ("2016-12-01", "2017-01-31", "5", "range", False),
    ],
)
def test_date_prec_and_bounds_give_the_precision(tmp_path, start, end, known, precision, inferred):
    record = one(tmp_path, GED | {"date_start": start, "date_end": end, "date_prec": known})
    assert (record["date_start"], record["date_end"]) == (start, end)
    assert (record["date_precision"], record["date_inferred"]) == (precision, inferred)


def test_older_releases_spell_the_estimates_otherwise(tmp_path):
    names = {"best": "best_est", "high": "high_est", "low": "low_est"}
    record = one(tmp_path, {names.get(name, name): value for name, value in GED.items()})
    assert tuple(record[f"fatalities_{end}"] for end in ("low", "best", "high")) == (2, 2, 4)


def test_events_in_countries_without_polygons_keep_their_point_and_the_name_of_the_province(tmp_path):
    abroad = {"country": "DR Congo (Zaire)", "adm_1": "Nord-Kivu province", "latitude": "-1.68", "longitude": "29.22"}
    record = one(tmp_path, GED | abroad)
    assert (record["country_code"], record["admin1_name"]) == ("CD", "Nord-Kivu province")
    assert record["admin1_code"] is pd.NA
    assert record.geometry == Point(29.22, -1.68)


def test_provinces_are_those_of_the_day_of_the_event(tmp_path):
    khar = {"country": "Pakistan", "adm_1": "", "latitude": "34.73", "longitude": "71.53"}
    days = {"a": "2014-06-01", "b": "2018-05-30", "c": "2018-05-31"}
    rows = [GED | khar | {"id": name, "date_start": day, "date_end": day} for name, day in days.items()]
    _, records, _ = bring_in(tmp_path, rows)
    assert records["admin1_code"].tolist() == ["PK-TA", "PK-TA", "PK-KP"]


# ACLED


def test_an_acled_event_becomes_a_record(tmp_path):
    report, records, _ = bring_in(tmp_path, [ACLED])
    assert report.format == "acled"
    record = records.loc["acled-AFG61234"]
    expected = {
        "title": "Explosions/Remote violence: Group One – Civilians (Afghanistan), Kabul - Airport",
        "event_type": "Explosions/Remote violence", "sub_event_type": "Suicide bomb", "date_start": "2021-08-26",
        "date_end": "2021-08-26", "date_precision": "day", "geo_precision": "city", "admin1_code": "AF-KAB",
        "admin2_name": "Kabul", "fatalities_best": 17, "sources": [{"source": "acled", "paragraph": None}],
        "notes": "A sentence, with a comma", "acled_geo_precision": "1",
    }  # fmt: skip
    assert {name: record[name] for name in expected} == expected
    assert record["fatalities_low"] is record["fatalities_high"] is pd.NA
    assert record["description"] is pd.NA


@pytest.mark.parametrize(
    ("time", "start", "end", "precision"),
    [
        ("1", "2021-02-15", "2021-02-15", "day"),
        ("2", "2021-02-12", "2021-02-18", "range"),
        ("3", "2021-02-01", "2021-02-28", "month"),
    ],
)
def test_time_precision_widens_the_date(tmp_path, time, start, end, precision):
    record = one(tmp_path, ACLED | {"event_date": "2021-02-15", "time_precision": time})
    assert (record["date_start"], record["date_end"], record["date_precision"]) == (start, end, precision)


@pytest.mark.parametrize(("where", "expected"), [("1", "city"), ("2", "district"), ("3", "province")])
def test_acled_geo_precision(tmp_path, where, expected):
    assert one(tmp_path, ACLED | {"geo_precision": where})["geo_precision"] == expected


def test_old_acled_exports_have_capitals_other_event_types_and_short_dates(tmp_path):
    old = {"EVENT_TYPE": "Battle-No change of territory", "EVENT_DATE": "26-Aug-97", "GWNO": "700"}
    record = one(tmp_path, {name.upper(): value for name, value in ACLED.items()} | old)
    assert (record["event_type"], record["date_start"]) == ("Battles", "1997-08-26")
    assert record["EVENT_TYPE"] == "Battle-No change of territory"


def test_ambiguous_dates_are_rejected_until_their_order_is_declared(tmp_path):
    rows = [
        ACLED | {"event_id_cnty": str(n), "event_date": text} for n, text in enumerate(["03/04/2021", "26 August 2021"])
    ]
    report, records, rejected = bring_in(tmp_path, rows)
    assert records.index.tolist() == ["acled-1"]
    rule = "is ambiguous, may have the day or the month first; declare --date-format dmy or mdy"
    assert report.reasons == [(f"event_date: {rule}", 1)]
    assert rejected[0]["rejected_because"] == f"event_date = 03/04/2021: {rule}"
    _, records, rejected = bring_in(tmp_path, rows, date_format="dmy")
    assert records["date_start"].tolist() == ["2021-04-03", "2021-08-26"]
    assert not (tmp_path / "out.rejected.csv").exists()


# GTD


@pytest.mark.parametrize(
    ("month", "day", "start", "end", "precision"),
    [
        ("8", "26", "2021-08-26", "2021-08-26", "day"),
        ("8", "0", "2021-08-01", "2021-08-31", "month"),
        ("0", "0", "2021-01-01", "2021-12-31", "year"),
        ("0", "26", "2021-01-01", "2021-12-31", "year"),
        ("-9", "-9", "2021-01-01", "2021-12-31", "year"),
    ],
)
def test_gtd_codes_for_unknown_days_widen_the_date(tmp_path, month, day, start, end, precision):
    record = one(tmp_path, GTD | {"imonth": month, "iday": day})
    assert (record["date_start"], record["date_end"], record["date_precision"]) == (start, end, precision)
    assert record["fatalities_best"] == 17
    assert record["injuries_best"] is pd.NA


@pytest.mark.parametrize(
    ("specificity", "expected"),
    [("1", "city"), ("2", "district"), ("3", "district"), ("4", "province"), ("5", "country"), ("", "province")],
)
def test_gtd_specificity(tmp_path, specificity, expected):
    assert one(tmp_path, GTD | {"specificity": specificity})["geo_precision"] == expected


@pytest.mark.parametrize(
    ("attack", "target", "expected"),
    [
        ("Bombing/Explosion", "Military", "Explosions/Remote violence"),
        ("Armed Assault", "Military", "Battles"),
        ("Armed Assault", "Private Citizens & Property", "Violence against civilians"),
        ("Unknown", "Military", pd.NA),
    ],
)
def test_gtd_attack_types(tmp_path, attack, target, expected):
    record = one(tmp_path, GTD | {"attacktype1_txt": attack, "targtype1_txt": target})
    assert record["event_type"] is expected or record["event_type"] == expected


def test_gtd_days_that_do_not_exist_leave_the_month_or_the_year(tmp_path):
    rows = [
        GTD | {"eventid": "1", "imonth": "2", "iday": "30"},
        GTD | {"eventid": "2", "imonth": "13"},
        GTD | {"eventid": "3", "iday": "40"},
    ]
    report, records, rejected = bring_in(tmp_path, rows)
    assert rejected == []
    assert records["date_start"].tolist() == ["2021-02-01", "2021-01-01", "2021-08-01"]
    assert records["date_precision"].tolist() == ["month", "year", "month"]
    assert records["note"].tolist() == ["iday 30 does not exist", "imonth 13 does not exist", "iday 40 does not exist"]
    assert "2 values of iday do not exist; left out of the date" in report.notes


def test_gtd_as_a_workbook_has_numbers_in_its_cells(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(list(GTD))
    numbers = {"eventid": 202108260001, "iyear": 2021, "imonth": 8, "iday": 26, "nkill": 17, "nwound": None}
    numbers |= {"latitude": 34.5659, "longitude": 69.2124, "specificity": 1}
    book.active.append([numbers.get(name, value) for name, value in GTD.items()])
    book.save(tmp_path / "gtd.xlsx")
    report, records, _ = bring_in(tmp_path, tmp_path / "gtd.xlsx")
    assert report.format == "gtd"
    assert records.loc["gtd-202108260001", ["date_start", "fatalities_best", "eventid"]].tolist() == [
        "2021-08-26", 17, "202108260001",
    ]  # fmt: skip


# Own tables

MINE = {
    "Datum": "26.08.2021",
    "Ort": "Kabul",
    "Land": "Afghanistan",
    "Breite": "34,5659",
    "Länge": "69,2124",
    "Tote": "1.183",
}
MAPPED = {"Datum": "date", "Ort": "place", "Land": "country", "Breite": "latitude", "Länge": "longitude"}


def test_an_own_table_in_the_european_manner(tmp_path):
    source = write_csv(tmp_path / "mine.csv", [MINE], "cp1252", ";")
    report, records, _ = bring_in(tmp_path, source, mapping=MAPPED)
    record = records.iloc[0]
    assert record[["id", "date_start", "country_code", "admin1_code", "geo_precision", "kind", "status"]].tolist() == [
        "row-000001", "2021-08-26", "AF", "AF-KAB", "city", "incident", "stated",
    ]  # fmt: skip
    assert (record.geometry.x, record.geometry.y, record["Tote"]) == (69.2124, 34.5659, "1.183")
    assert report.notes == [
        "semicolon-separated text, CP1252",
        "not UTF-8, so read as Windows-1252, first at line 1, column 24; "
        "if letters look wrong, save the file as UTF-8 first",
        "1 values of Länge read with a decimal comma",
        "1 values of Breite read with a decimal comma",
        "1 rows have coordinates but no geo_precision; read as geo_precision city",
        "columns: Datum as date, Ort as place, Land as country, Breite as latitude, Länge as longitude",
    ]


def test_columns_named_like_fields_need_no_mapping(tmp_path):
    row = {
        "ID": "x1",
        "Date": "2021-08",
        "Place": "Jalalabad",
        "Country": "AF",
        "deaths": "3",
        "Title": "Mine",
        "colour": "red",
    }
    record = one(tmp_path, row)
    shown = ["id", "title", "date_precision", "admin1_code", "geo_precision", "fatalities_best", "colour"]
    assert record[shown].tolist() == ["x1", "Mine", "month", "AF-NAN", "province", 3, "red"]


def test_names_below_the_least_score_are_left_open_unless_the_point_settles_them(tmp_path):
    # "Hirat" is another name of Herat: 0.98. The point of the second row lies in its province.
    rows = [
        {"id": "a", "date": "2021-08-26", "place": "Hirat", "country": "AF", "latitude": "", "longitude": ""},
        {"id": "b", "date": "2021-08-26", "place": "Hirat", "country": "AF", "latitude": "34.34", "longitude": "62.2"},
    ]
    for least, expected in ((0.98, ["AF-HER", "AF-HER"]), (0.99, ["", "AF-HER"])):
        source = write_csv(tmp_path / "in.csv", rows)
        made = geo.import_table(source, provinces=PROVINCES, min_score=least)
        assert made.records["admin1_code"].fillna("").tolist() == expected
        _, records, _ = bring_in(tmp_path, source, min_score=least)
        assert records["admin1_code"].fillna("").tolist() == expected


def test_year_month_and_day_in_columns_of_their_own(tmp_path):
    rows = [
        {"year": "2021", "month": month, "day": day, "country": "AF"}
        for month, day in (("8", "26"), ("8", ""), ("", ""))
    ]
    _, records, _ = bring_in(tmp_path, rows)
    assert records["date_precision"].tolist() == ["day", "month", "year"]
    assert records["geo_precision"].tolist() == ["country"] * 3


def test_an_incident_ends_when_it_starts_unless_it_is_said_to_last(tmp_path):
    row = {"date_start": "2021-08", "country": "AF", "kind": "", "date_precision": "", "title": "T", "date_end": ""}
    row |= {"role": "", "tier": ""}
    lasting = {"kind": "stronghold", "role": "presence", "tier": "claimed"}
    _, records, _ = bring_in(tmp_path, [row, row | {"date_precision": "range"}, row | lasting])
    assert records["date_end"].fillna("open").tolist() == ["2021-08-31", "open", "open"]
    assert records["date_precision"].tolist() == ["month", "range", "range"]
    only = [{"day": "2021-08-26", "where": "Kabul"}]
    _, records, _ = bring_in(tmp_path, only, mapping={"day": "date_start", "where": "place"})
    assert records[["date_end", "admin1_code"]].iloc[0].tolist() == ["2021-08-26", "AF-KAB"]


def test_the_sources_of_a_table_stay_as_they_are(tmp_path):
    record = one(tmp_path, {"date": "2021", "country": "AF", "sources": "Reuters, 3 May"})
    assert record[["sources", "original_sources"]].tolist() == [
        [{"source": "own-table", "paragraph": None}],
        "Reuters, 3 May",
    ]


def test_kinds_and_lists_come_from_a_table_as_well(tmp_path):
    links = {
        "id": "a", "kind": "stronghold", "group": "G", "role": "Presence", "tier": "claimed", "country": "AF",
        "title": "T", "same_as": '["b"]', "date_start": "2015", "date_end": "", "cross_border": "yes",
    }  # fmt: skip
    rows = [links, links | {"id": "b", "same_as": "", "cross_border": "0"}, links | {"id": "c", "same_as": "a; gone"}]
    _, records, rejected = bring_in(tmp_path, rows)
    assert records.loc["a", ["role", "same_as", "cross_border", "date_precision"]].tolist() == [
        "presence",
        ["b"],
        True,
        "range",
    ]
    assert [row["rejected_because"] for row in rejected] == [
        """same_as = ["a", "gone"]: 'gone' is not the id of a record in the file"""
    ]


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({"Ort": "plaice"}, "--map Ort=plaice: there is no field 'plaice'; fields are id, kind"),
        ({"Stadt": "place"}, "--map Stadt=place: there is no column 'Stadt'; there are Datum, Ort"),
        ({"Ort": "place", "Land": "place"}, "--map Land=place: column 'Ort' is already mapped to place"),
    ],
)
def test_mappings_that_cannot_be_are_refused(tmp_path, mapping, message):
    with pytest.raises(UsageError, match=message):
        bring_in(tmp_path, [MINE], mapping=mapping)


def test_a_table_that_says_neither_when_nor_where_is_refused(tmp_path):
    with pytest.raises(
        DataError, match="no column for a date or a place among Ort, Tote; map columns to fields with --map"
    ):
        bring_in(tmp_path, [{"Ort": "Kabul", "Tote": "3"}])


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson", ".parquet"])
def test_tables_with_geometry(tmp_path, suffix):
    frame = gpd.GeoDataFrame({"date": ["2021-08-26"], "n": [1]}, geometry=[Point(69.2124, 34.5659)], crs=4326).to_crs(
        3857
    )
    source = tmp_path / f"in{suffix}"
    frame.to_parquet(source) if suffix == ".parquet" else frame.to_file(source)
    report, records, _ = bring_in(tmp_path, source)
    assert records["admin1_code"].tolist() == ["AF-KAB"]
    if suffix != ".geojson":  # GDAL writes GeoJSON in WGS 84 only if asked to
        assert report.notes[0] == "reprojected from WGS 84 / Pseudo-Mercator to WGS 84"


# Places


def test_a_name_and_a_point_that_disagree_are_both_kept_noted_and_counted(tmp_path):
    rows = [ACLED | {"event_id_cnty": str(n), "admin1": "Kunar"} for n in range(3)] + [ACLED]
    report, records, _ = bring_in(tmp_path, rows)
    assert report.disagreements == [("named AF-KNR, point in AF-KAB", 3)]
    assert records["admin1_code"].tolist() == ["AF-KNR"] * 3 + ["AF-KAB"]
    assert records.geometry.iloc[0] == Point(69.2124, 34.5659)
    assert records["note"].fillna("").tolist() == ["named AF-KNR, point in AF-KAB"] * 3 + [""]
    assert "  3 × named AF-KNR, point in AF-KAB" in report.lines()


def test_a_point_in_another_country_is_kept_beside_the_country_that_is_named(tmp_path):
    report, records, _ = bring_in(tmp_path, [ACLED | {"admin1": "", "latitude": "48.85", "longitude": "2.35"}])
    assert records[["country_code", "note"]].iloc[0].tolist() == ["AF", "named AF, point outside it"]
    assert records.geometry.iloc[0] == Point(2.35, 48.85)
    assert report.disagreements == [("named AF, point outside it", 1)]


def test_a_precise_point_outside_every_province_is_kept_beside_the_name(tmp_path):
    # In the Arabian Sea, far from every province.
    report, records, _ = bring_in(tmp_path, [ACLED | {"longitude": "65.0", "latitude": "20.0"}])
    record = records.iloc[0]
    assert record.geometry == Point(65, 20)
    assert record[["geo_precision", "country_code", "admin1_code"]].tolist() == ["city", "AF", "AF-KAB"]
    assert record["note"] == "named AF-KAB, point outside every province"
    assert report.disagreements == [("named AF-KAB, point outside every province", 1)]


@pytest.mark.parametrize(
    ("day", "named", "point", "code", "note"),
    [
        # Khar is in what was FATA until 30 May 2018, Peshawar never was.
        ("2014-06-01", "Khyber Pakhtunkhwa", (71.53, 34.73), "PK-KP", "named PK-KP, point in PK-TA"),
        ("2018-05-31", "Khyber Pakhtunkhwa", (71.53, 34.73), "PK-KP", None),
        ("2014-06-01", "FATA", (71.53, 34.73), "PK-TA", None),
        ("2014-06-01", "FATA", (72.35, 34.77), "PK-TA", "named PK-TA, point in PK-KP"),
        ("2014-06-01", "Khyber Pakhtunkhwa", (72.35, 34.77), "PK-KP", None),
    ],
)
def test_name_and_point_are_compared_in_the_boundaries_of_the_day(tmp_path, day, named, point, code, note):
    fata = {"event_date": day, "country": "Pakistan", "admin1": named, "admin2": "", "location": ""}
    fata |= {"longitude": str(point[0]), "latitude": str(point[1])}
    _, records, _ = bring_in(tmp_path, [ACLED | fata])
    record = records.iloc[0]
    assert record["admin1_code"] == code
    assert (record["note"] is pd.NA) if note is None else record["note"] == note
    # Geocoding the record without its code comes to the same.
    blank = records.assign(admin1_code=pd.NA, admin1_name=named, note=pd.NA)
    located = geo.geocode(blank, PROVINCES).iloc[0]
    assert located["admin1_code"] == code
    assert (located["match_note"] is pd.NA) if note is None else located["match_note"] == note


def test_exchanged_coordinates_are_put_in_order(tmp_path):
    khar = {"country": "Pakistan", "admin1": "", "longitude": "34.73", "latitude": "71.53"}
    report, records, _ = bring_in(tmp_path, [ACLED | khar])
    assert records.geometry.iloc[0] == Point(71.53, 34.73)
    assert records["admin1_code"].tolist() == ["PK-KP"]
    assert "1 rows whose longitude and latitude were exchanged; put in order" in report.notes


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({"latitude": "", "longitude": "69"}, "longitude 69, latitude nan are no point"),
        ({"latitude": "94"}, "longitude 69.2124, latitude 94 are no point"),
        ({"longitude": "269"}, "longitude 269, latitude 34.5659 are no point"),
        ({"latitude": "north"}, "latitude = north: is not a number; longitude 69.2124, latitude nan are no point"),
    ],
)
def test_coordinates_that_are_no_point_are_left_out(tmp_path, changes, note):
    record = one(tmp_path, ACLED | changes)
    assert record[["geo_precision", "admin1_code", "note"]].tolist() == ["province", "AF-KAB", note]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"event_date": "03/04/2021"}, "event_date = 03/04/2021: is ambiguous, may have the day or the month first"),
        (dict.fromkeys(ACLED, ""), "is an empty row"),
        ({name: name for name in ACLED}, "repeats the column names"),
        (dict.fromkeys(ACLED, "") | {"event_date": "#date", "country": "#country+name"}, "is a row of HXL hashtags"),
        (
            dict.fromkeys(["event_date", "year", "country", "admin1", "location", "latitude", "longitude"], ""),
            "has neither a date nor a place",
        ),
    ],
)
def test_rows_that_cannot_be_records_are_listed_with_the_reason(tmp_path, changes, reason):
    report, records, rejected = bring_in(
        tmp_path, [ACLED | {"event_id_cnty": "ok"}, ACLED | changes], suffix=".geojson"
    )
    assert records.index.tolist() == ["acled-ok"]
    assert not [note for note in report.notes if "rows" in note or "values" in note], "what is no event is not counted"
    assert [row["rejected_row"] for row in rejected] == ["2"]
    assert rejected[0]["rejected_because"].startswith(reason)
    assert {name: rejected[0][name] for name in ACLED} == ACLED | changes


def test_rows_at_null_island_have_no_coordinates(tmp_path):
    report, records, _ = bring_in(tmp_path, [ACLED | {"latitude": "0", "longitude": "0.0"}])
    assert records[["geo_precision", "admin1_code"]].iloc[0].tolist() == ["province", "AF-KAB"]
    assert "1 rows at 0, 0 read as rows without coordinates" in report.notes


def test_rows_without_what_their_precision_promises_fall_back_to_the_next_coarser_one(tmp_path):
    bare = {"latitude": "", "longitude": "", "location": "", "admin2": ""}
    rows = [
        ACLED | bare | {"event_id_cnty": "a"},
        ACLED | bare | {"event_id_cnty": "b", "admin1": ""},
        ACLED | bare | {"event_id_cnty": "c", "admin1": "Neverland"},
        ACLED | bare | {"event_id_cnty": "d", "admin1": "", "country": "Atlantis"},
    ]
    report, records, _ = bring_in(tmp_path, rows)
    assert records["geo_precision"].tolist() == ["province", "country", "country", "unknown"]
    assert report.unplaced == [("AF: Neverland", 1)]
    assert report.unknown_countries == [("Atlantis", 1)]


# Whole files


def test_ids_twice_and_rows_of_another_width_are_rejected_across_blocks(tmp_path, monkeypatch):
    monkeypatch.setattr(delimited, "BLOCK_ROWS", 2)
    monkeypatch.setattr(delimited, "MAX_ROW", 1000)
    source = write_csv(tmp_path / "in.csv", [ACLED | {"event_id_cnty": str(n % 7)} for n in range(10)])
    lines = source.read_text().splitlines()
    lines.insert(4, "too,few")
    source.write_text("\n".join(lines))
    report, _records, rejected = bring_in(tmp_path, source)
    assert (report.read, report.kept, report.rejected) == (11, 7, 4)
    assert [row["rejected_row"] for row in rejected] == ["4", "9", "10", "11"]
    assert rejected[0]["rejected_text"] == "too,few"
    assert rejected[1]["rejected_because"] == "id = acled-0: is the id of an earlier row"
    assert report.reasons == [
        ("id: is the id of an earlier row", 3),
        ("has 2 cells where there are 31 columns", 1),
    ]


@pytest.mark.parametrize("suffix", [".geojson", ".parquet"])
def test_both_file_types_hold_the_same_records(tmp_path, suffix):
    rows = [ACLED, ACLED | {"event_id_cnty": "b", "latitude": "", "longitude": "", "notes": "ü\u2028</script>"}]
    _, records, _ = bring_in(tmp_path, rows, suffix=suffix)
    other = ".parquet" if suffix == ".geojson" else ".geojson"
    _, same, _ = bring_in(tmp_path, rows, suffix=other)
    own = ["notes", "acled_geo_precision", "year"]
    for name in [*geo.model.COLUMNS, *own]:
        assert [str(value) for value in records[name]] == [str(value) for value in same[name]], name
    assert records.geometry.tolist() == same.geometry.tolist()


def test_a_table_without_rows_gives_no_file(tmp_path):
    source = tmp_path / "in.csv"
    source.write_text(",".join(ACLED_COLUMNS) + "\n")
    report, records, _ = bring_in(tmp_path, source)
    assert (report.read, len(records)) == (0, 0)
    assert report.lines()[0] == "nothing kept: the table has no rows"
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_a_failed_import_leaves_the_old_result(tmp_path, monkeypatch):
    bring_in(tmp_path, [ACLED])
    before = (tmp_path / "out.parquet").read_bytes()
    monkeypatch.setattr(conversion, "place", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        bring_in(tmp_path, [ACLED])
    assert (tmp_path / "out.parquet").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.parquet"]


def test_arguments_that_cannot_be_are_refused_before_anything_is_read(tmp_path):
    source = write_csv(tmp_path / "in.csv", [ACLED])
    for options, error, message in [
        ({"target": "out.csv"}, UsageError, r"records are written to \.geojson or \.parquet"),
        ({"target": "no/out.parquet"}, OutputError, "there is no folder"),
        ({"format": "gdelt"}, UsageError, "format 'gdelt': give one of auto, ucdp"),
        ({"format": "ucdp"}, DataError, "not UCDP GED: column id, type_of_violence"),
        ({"mapping": {"a": "b"}}, UsageError, "is ACLED, whose columns need no mapping; use --map with --format table"),
        ({"date_format": "european"}, UsageError, "date format 'european'"),
        ({"min_score": 2}, UsageError, "min_score is 2; it must be from 0 to 1"),
    ]:
        target = tmp_path / options.pop("target", "out.parquet")
        with pytest.raises(error, match=message):
            importer.import_file(source, target, provinces=PROVINCES, **options)
    named = tmp_path / "x.rejected.csv"
    source.rename(named)
    with pytest.raises(UsageError, match="is the source table; choose another name"):
        importer.import_file(named, tmp_path / "x.parquet", provinces=PROVINCES)
    assert [path.name for path in tmp_path.iterdir()] == ["x.rejected.csv"]


cells = st.one_of(
    st.sampled_from(
        ["", "2021-08-26", "03/04/2021", "34.5", "69.2", "0", "Kabul", "AF", "NA", "-99", "1,5", '"', "x\ny", "\u0660"]
    ),
    st.text(max_size=6),
)


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(
        [GED, ACLED, GTD, MINE | {"date": "", "place": "", "province": "", "fatalities": "", "latitude": ""}]
    ),
    st.lists(st.tuples(st.integers(0, 60), cells), max_size=6),
    st.integers(1, 3),
)
def test_whatever_the_cells_hold_every_row_is_kept_or_rejected(tmp_path, base, changes, repeats):
    names = list(base)
    row = base | {names[position % len(names)]: value for position, value in changes}
    bring_in(tmp_path, [row] * repeats)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=200), st.text(max_size=120).map(lambda text: ("date,place\n" + text).encode())))
def test_whatever_the_file_holds_it_is_imported_or_refused_in_one_line(tmp_path, data):
    source = tmp_path / "in.csv"
    source.write_bytes(data)
    try:
        bring_in(tmp_path, source)
    except GeoError as error:
        message = str(error)
    else:
        message = ""
    assert "\n" not in message


@pytest.mark.parametrize("bad", [[], [0], [4], [0, 1, 3, 4], [2], [0, 1, 2, 3, 4]])
@pytest.mark.parametrize("runs", [0, 100])
def test_rows_are_picked_alike_by_slices_and_one_by_one(bad, runs, monkeypatch):
    monkeypatch.setattr(conversion, "_RUNS", runs)
    frame = geo.read_incidents().iloc[:5]
    good = np.array([row not in bad for row in range(5)])
    geopandas.testing.assert_geodataframe_equal(conversion._select(frame, good), frame[good])
    assert conversion._select(frame, good).attrs == frame.attrs
