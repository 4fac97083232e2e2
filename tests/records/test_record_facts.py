"""Facts read in the articles a second time, apart from the records, and what must not be smoothed over."""

import json
from pathlib import Path
from typing import Any

import pytest

from geo.model import COUNT_COLUMNS

FILE = Path(__file__).resolve().parent.parent.parent / "data" / "incidents.geojson"
RECORDS = {
    feature["properties"]["id"]: feature["properties"]
    for feature in json.loads(FILE.read_text(encoding="utf-8"))["features"]
}

#: Facts as the articles give them, read again for this test.
FACTS: dict[str, dict[str, Any]] = {
    "2021-08-26-kabul-airport-bombing": {"admin1_code": "AF-KAB", "date_start": "2021-08-26", "fatalities_low": 180,
        "fatalities_high": None, "injuries_best": None,
        "status": "claimed", "event_type": "Explosions/Remote violence"},
    "2021-jalalabad-taliban-fighters-killed-claim": {"fatalities_low": None, "fatalities_best": None,
        "fatalities_high": 35, "denied_by": "Taliban", "admin1_code": "AF-NAN"},
    "2017-04-clashes-after-captures": {"fatalities_best": 20, "admin1_code": None, "country_code": None, "actor1": None,
        "actor2": None, "deaths_unknown": 20},
    "2015-zabul-taliban-infighting": {"admin1_code": "AF-ZAB", "actor1": "Taliban", "actor2": "Taliban"},
    "2020-05-kabul-maternity-ward": {"date_start": "2020-05-01", "date_end": "2020-05-31", "status": "claimed"},
    "2023-07-bajaur-rally": {"admin1_code": "PK-KP", "admin2_name": "Bajaur", "fatalities_low": 54,
        "fatalities_best": 54, "fatalities_high": None, "cross_border": True},
    "2024-moscow-attack": {"admin1_code": "RU-MOW", "fatalities_low": 133, "fatalities_high": None,
        "cross_border": True},
    "2022-uzbekistan-isk-cross-border-attacks": {"geo_precision": "country", "country_code": "UZ",
        "cross_border": True},
    "2022-tajikistan-isk-cross-border-attacks": {"geo_precision": "country", "country_code": "TJ",
        "cross_border": True},
    "2022-iran-isk-cross-border-attacks": {"geo_precision": "country", "country_code": "IR",
        "cross_border": True},
    "incident-fata-pakistan-army-operations": {"admin1_code": "PK-TA", "date_start": None, "date_end": "2014-10-31"},
    "incident-baghran-taliban-join-isk": {"place": None, "admin1_code": None, "date_kind": "by",
        "date_end": "2018-12-31"},
    "incident-bengalzai-killing": {"geo_precision": "region", "country_code": "AF", "fatalities_best": 1},
    "stronghold-isk-kunar-recruitment-2021": {"admin1_code": "AF-KNR", "role": "recruitment"},
    "stronghold-isk-kajaki-cell": {"admin1_code": "AF-HEL", "role": "cell", "admin2_name": "Kajaki"},
    "stronghold-taliban-fata-sanctuary": {"date_kind": "since", "date_start": "2001-01-01", "admin1_code": "PK-TA",
        "role": "sanctuary", "group": "Taliban"},
    "stronghold-isk-nangarhar-founding-2015-01": {"admin1_code": "AF-NAN", "role": "founding",
        "date_end": "2015-01-31"},
    "statistic-pakistan-killed-2020-21": {"value": 294, "date_start": "2020-08-15", "date_end": "2021-08-14"},
    "2020-11-kabul-university": {"admin1_code": "AF-KAB", "date_start": "2020-11-01", "status": "claimed"},
    "2017-04-drug-dealers-captured": {"date_end": "2017-04-30", "country_code": None, "actor1": "Islamic State (IS)"},
    "2023-02-qari-fateh-killing": {"geo_precision": "unknown", "claimed_by": "Taliban", "date_end": "2023-02-28"},
    "incident-kerala-recruits-captured": {"geo_precision": "unknown", "date_end": "2021-12-11"},
    "incident-islamic-state-kidnapping": {"geo_precision": "unknown", "status": "attributed"},
    "incident-iraq-islamic-state-sells-yazidi-girls": {"country_code": "IQ", "status": "attributed"},
    "2021-mazar-i-sharif-isk-attacks": {"admin1_code": "AF-BAL", "geo_precision": "city", "status": "attributed"},
    "stronghold-isk-mazar-i-sharif-operations-2021": {"admin1_code": "AF-BAL", "role": "operations"},
    "stronghold-isk-founding-by-foreign-services": {"geo_precision": "unknown", "role": "founding"},
    "stronghold-is-afghanistan-recruitment-2015": {"group": "Islamic State (IS)", "role": "recruitment"},
    "stronghold-isk-jowzjan-operations": {"admin1_code": "AF-JOW", "date_end": "2018-12-31"},
    "statistic-isk-militants-killed": {"value": None, "unit": "people killed", "country_code": "AF"},
    "statistic-hazaras-killed": {"value": None, "date_end": "2022-09-07", "status": "attributed"},
    "statistic-isk-fighters-kajaki": {"value": None, "admin2_name": "Kajaki", "date_kind": "by",
        "date_end": "2018-12-31"},
    "statistic-salafist-mosques-closed": {"value": 36, "admin1_code": None, "unit": "mosques"},
    "statistic-ttp-prisoners-released": {"value": 2300, "admin1_code": None, "unit": "prisoners"},
    "statistic-isk-provinces": {"value": 13, "claimed_by": "UN Security Council", "country_code": "AF"},
    "incident-tajik-taliban-arrested": {"date_kind": "by", "date_start": None, "date_end": "2024-03-29"},
    "2020-05-khorasani-arrest": {"actor2": "Islamic State (IS)"},
    "2021-khorasani-execution-as-reported-elsewhere": {"actor2": "Islamic State (IS)"},
    "stronghold-is-afghanistan-operations-2020": {"group": "Islamic State (IS)", "date_kind": "by"},
    "stronghold-ttp-afghanistan-sanctuary-2021": {"date_kind": "since", "date_end": "2024-03-29"},
    "stronghold-taliban-afghanistan-rule-2021-08": {"date_kind": "since", "date_end": "2024-03-29"},
    "2021-herat-taliban-operations": {"date_kind": "within", "date_end": "2024-03-29", "clarity": "series"},
    "incident-kabul-foreign-ministry": {"place": "Ministry of Foreign Affairs in Kabul", "date_kind": "by"},
    "incident-kabul-chinese-mission": {"place": "diplomatic mission of China in Kabul", "date_kind": "by"},
    "incident-taliban-take-districts-from-isk": {"sub_event_type": "Non-state actor overtakes territory"},
    "2018-jowzjan-isk-surrender": {"sub_event_type": "Non-violent transfer of territory", "admin1_code": "AF-JOW",
        "date_precision": "year", "same_as": ["2018-jowzjan-isk-defeat"]},
    "stronghold-haqqani-network-isk-support": {"status": "disputed", "group": "Haqqani network"},
    "stronghold-isk-raw-alliance": {"status": "disputed"},
    "stronghold-isk-uyghur-recruitment": {"role": "recruitment", "geo_precision": "unknown"},
    "stronghold-ttp-families-border-region-2023-02": {"geo_precision": "region", "date_end": "2023-02-28"},
}  # fmt: skip


@pytest.mark.parametrize("key", FACTS)
def test_facts(key: str) -> None:
    assert {name: RECORDS[key][name] for name in FACTS[key]} == FACTS[key]


@pytest.mark.parametrize(("one", "other"), [
    ("statistic-isk-attacks-four-months", "statistic-isk-attacks-2021-22"),
    ("statistic-isk-attacks-2022-iep", "statistic-isk-attacks-2021-22"),
    ("stronghold-isk-nangarhar-founding-2015-01", "stronghold-isk-afghanistan-founding-2014-10"),
    ("2024-moscow-attack", "statistic-moscow-deaths"),
    ("2021-08-26-kabul-airport-bombing", "statistic-isk-claims-three-years"),
    ("incident-taliban-flush-out-isk", "statistic-isk-provinces"),
    ("stronghold-isk-founding-by-foreign-services", "stronghold-isk-nangarhar-founding-2015-01"),
    ("stronghold-taliban-afghanistan-rule-2021-08", "stronghold-taliban-afghanistan-rule-2021-09"),
    ("incident-groups-fight-soviets", "stronghold-ttp-founding-after-2001"),
    ("2021-kabul-khorasani-killing", "2021-khorasani-execution-as-reported-elsewhere"),
])  # fmt: skip
def test_disagreements_stay_visible(one: str, other: str) -> None:
    assert other in RECORDS[one]["conflicts_with"]


def test_a_total_is_not_shared_out_among_provinces() -> None:
    campaign = RECORDS["2021-taliban-campaign-against-isk"]
    linked = [RECORDS[key] for key in campaign["same_as"]]
    provinces = [record for record in linked if record["kind"] == "incident"]
    assert {record["admin1_code"] for record in provinces} == {
        f"AF-{c}" for c in ("NAN", "KHO", "PKA", "BAL", "HER", "GHA")
    }
    assert not any(record[name] for record in [campaign, *provinces] for name in COUNT_COLUMNS)
    assert [record["id"] for record in linked if record["kind"] == "statistic"] == ["statistic-isk-militants-killed"]


def test_what_is_qualified_in_the_source_is_qualified_in_the_description() -> None:
    words = {
        "statistic-detained-in-nangarhar": "At least 80",
        "statistic-isk-attacks-2022-iep": "At least 141",
        "statistic-isk-attacks-on-taliban-2021-22": "At least 96",
        "statistic-isk-attacks-on-taliban-2022-share": "More than 72",
        "statistic-isk-provinces": "at least 13",
        "statistic-is-fighters": "Around 2,000",
        "statistic-kerala-recruits": "Around 23",
        "statistic-salafist-mosques-closed": "More than three dozen",
        "statistic-ttp-attacks-pakistan-2023": "At least 208",
        "statistic-ttp-killed-pakistan-2023": "More than 579",
        "statistic-ttp-prisoners-released": "More than 2,300",
    }
    assert [key for key, text in words.items() if text not in RECORDS[key]["description"]] == []


@pytest.mark.parametrize(("one", "other"), [
    ("statistic-isk-attacks-2022-iep", "statistic-isk-attacks-2022-sayed"),
    ("stronghold-isk-founding-announced-2015-01", "stronghold-isk-afghanistan-founding-2014-10"),
    ("stronghold-isk-af-pk-founding-2014", "stronghold-isk-afghanistan-founding-2014-10"),
    ("incident-kabul-chinese-mission", "2022-12-kabul-hotel"),
])  # fmt: skip
def test_what_can_both_be_true_is_no_conflict(one: str, other: str) -> None:
    assert other not in RECORDS[one]["conflicts_with"]


def test_umbrella_statements_are_not_mapped_again() -> None:
    umbrellas = [record for record in RECORDS.values() if record["clarity"] == "umbrella"]
    assert len(umbrellas) >= 10
    assert [record["id"] for record in umbrellas if record["admin1_code"]] == []
