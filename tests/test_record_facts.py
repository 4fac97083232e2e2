"""Facts read in the articles a second time, apart from the records, and what must not be smoothed over."""

import json
from pathlib import Path
from typing import Any

import pytest

from geo.model import COUNT_COLUMNS

FILE = Path(__file__).resolve().parent.parent / "data" / "incidents.geojson"
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
    "2017-04-clashes-after-captures": {"fatalities_best": 20, "admin1_code": None, "country_code": None},
    "2015-zabul-taliban-infighting": {"admin1_code": "AF-ZAB", "actor1": "Taliban", "actor2": "Taliban"},
    "2018-jowzjan-isk-surrender": {"admin1_code": "AF-JOW", "date_precision": "year"},
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
    "by-2014-10-fata-pakistan-army-operations": {"admin1_code": "PK-TA", "date_start": None, "date_end": "2014-10-31"},
    "undated-baghran-taliban-join-isk": {"place": "Baghram", "admin1_code": "AF-HEL", "admin2_name": "Baghran"},
    "undated-bengalzai-killing": {"geo_precision": "region", "country_code": "AF", "fatalities_best": 1},
    "stronghold-isk-kunar-recruitment-2021": {"admin1_code": "AF-KNR", "role": "recruitment"},
    "stronghold-isk-kajaki-cell": {"admin1_code": "AF-HEL", "role": "cell", "admin2_name": "Kajaki"},
    "stronghold-taliban-fata-sanctuary": {"admin1_code": "PK-TA", "role": "sanctuary", "group": "Taliban"},
    "stronghold-isk-nangarhar-founding-2015-01": {"admin1_code": "AF-NAN", "role": "founding",
        "date_end": "2015-01-31"},
    "statistic-pakistan-killed-2020-21-294": {"value": 294, "date_start": "2020-08-15", "date_end": "2021-08-14"},
    "statistic-isk-provinces-13": {"value": 13, "claimed_by": "UN Security Council", "country_code": "AF"},
}  # fmt: skip


@pytest.mark.parametrize("key", FACTS)
def test_facts(key: str) -> None:
    assert {name: RECORDS[key][name] for name in FACTS[key]} == FACTS[key]


@pytest.mark.parametrize(("one", "other"), [
    ("statistic-isk-attacks-four-months-136", "statistic-isk-attacks-2021-22-136"),
    ("statistic-isk-attacks-2022-141", "statistic-isk-attacks-2022-170"),
    ("statistic-isk-attacks-2022-141", "statistic-isk-attacks-2021-22-136"),
    ("stronghold-isk-nangarhar-founding-2015-01", "stronghold-isk-afghanistan-founding-2014-10"),
    ("2024-moscow-attack", "statistic-moscow-deaths-133"),
    ("2021-08-26-kabul-airport-bombing", "statistic-isk-claims-three-years-2"),
    ("undated-afghanistan-taliban-flush-out-isk", "statistic-isk-provinces-13"),
])  # fmt: skip
def test_disagreements_stay_visible(one: str, other: str) -> None:
    assert other in RECORDS[one]["conflicts_with"]


def test_a_total_is_not_shared_out_among_provinces() -> None:
    campaign = RECORDS["2021-taliban-campaign-against-isk"]
    provinces = [RECORDS[key] for key in campaign["same_as"]]
    assert {record["admin1_code"] for record in provinces} == {
        f"AF-{c}" for c in ("NAN", "KHO", "PKA", "BAL", "HER", "GHA")
    }
    assert not any(record[name] for record in [campaign, *provinces] for name in COUNT_COLUMNS)
