"""One data set: what follows from it is computed once, and records weigh what they are given."""

from collections import Counter
from typing import Any

import pandas as pd
import pytest

import geo
from geo.errors import CRSError, UsageError
from geo.report import make_report
from geo.stats import dataset as module
from geo.stats.dataset import Dataset
from geo.stats.rows import MEASURES, compact, rows_of_records
from geo.stats.summary import count

RECORDS = [
    {"admin1_code": "XT-N", "date_start": "2019-05-01", "fatalities_best": 3, "event_type": "Battles"},
    {"admin1_code": "XT-N", "date_start": "2020-05-01", "fatalities_low": 2, "event_type": "Riots"},
    {"admin1_code": "XT-W", "date_start": "2021-05-01", "fatalities_high": 9, "event_type": "Riots"},
    {"kind": "stronghold", "admin1_code": "XT-E", "group": "Alpha", "date_start": "2020-01-01"},
]


def test_a_row_counts_as_often_as_it_weighs(make_records: Any, provinces: Any) -> None:
    # The second record repeats the first (weight 0); the third stands for four.
    rows = rows_of_records(make_records(RECORDS))
    rows[list(MEASURES)] = rows[list(MEASURES)].mul([1, 0, 4, 1], axis=0)
    found = count(rows, provinces, "admin1_code")
    assert found.table[["admin1_code", "incidents", "strongholds", "fatalities_best"]].to_numpy().tolist() == [
        ["XT-E", 0, 1, 0],
        ["XT-N", 1, 0, 3],
        ["XT-W", 4, 0, 0],
    ]
    assert found.table["fatalities_high"].tolist() == [0, pd.NA, 36]
    assert found.totals["incidents"] == 5
    assert found.totals["fatalities"] == {"low": 0, "best": 3, "high": None}
    assert found.totals["provinces"] == {
        "XT-N": {"incidents": 1, "fatalities_best": 3},
        "XT-W": {"incidents": 4, "fatalities_best": 0},
    }


def test_rows_of_parts_count_as_those_of_the_whole(make_records: Any, provinces: Any) -> None:
    rows = rows_of_records(make_records(RECORDS))
    whole = count(rows, provinces)
    found = count(compact(pd.concat([compact(rows.iloc[[3, 0]]), compact(rows.iloc[[2, 1]])])), provinces)
    pd.testing.assert_frame_equal(found.table, whole.table)
    assert (found.totals, found.period, found.by) == (whole.totals, None, ("admin1_code", "year"))


def test_what_follows_from_a_data_set(make_records: Any, provinces: Any) -> None:
    of = Dataset(make_records(RECORDS), provinces)
    assert (of.incidents, of.size, of.extent) == (3, 4, (2019, 2021))
    assert (of.event_types, of.groups) == (["Riots", "Battles"], ["Alpha"])
    assert (of.home, of.covered) == (("XT",), frozenset({"XT"}))
    assert of.during((2020, 2020)).length == 1
    assert of.during(None).length == 3
    assert list(of.during((2020, 2020)).records["id"]) == ["record-2", "record-4"]
    newest, among = of.during(None).newest(2)
    assert (list(newest["id"]), among) == (["record-3", "record-2"], 4)
    sampled = of.sampled(1)
    assert (len(sampled.records), sampled.incidents, sampled.size) == (2, 3, 4)
    assert sampled.summary().totals == of.summary().totals


def test_a_frame_without_its_attrs_is_no_summary(make_records: Any, provinces: Any) -> None:
    table = geo.summarise(make_records(RECORDS), provinces)
    assert geo.describe(table) == geo.describe(count(rows_of_records(make_records(RECORDS)), provinces))
    with pytest.raises(UsageError, match=r"does not come from geo\.summarise"):
        geo.describe(pd.DataFrame(table.to_dict("list")))


def test_frames_have_to_be_in_longitude_and_latitude(make_records: Any, provinces: Any) -> None:
    with pytest.raises(CRSError, match="located records are in EPSG:3857"):
        Dataset(make_records(RECORDS).to_crs(3857), provinces)
    with pytest.raises(UsageError, match="provinces are missing"):
        Dataset.of(make_records(RECORDS))


def test_a_report_counts_and_selects_everything_once(
    make_records: Any, provinces: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: Counter[Any] = Counter()

    def counting(name: str, key: Any) -> None:
        function = getattr(module, name)

        def called(*arguments: Any) -> Any:
            calls[name, key(*arguments)] += 1
            return function(*arguments)

        monkeypatch.setattr(module, name, called)

    counting("count", lambda rows, provinces, by, years, level: (tuple(by), years))
    counting("in_force", lambda provinces, on: on)
    counting("breaks", lambda *_: None)
    make_report(make_records(RECORDS), provinces)
    assert {key[0] for key in calls} == {"count", "in_force", "breaks"}
    # The whole period by province and year, and by province; then each year of the small maps.
    assert sum(name == "count" for name, _ in calls) == 5
    assert set(calls.values()) == {1}
