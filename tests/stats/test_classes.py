import math
import warnings

import mapclassify
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geo.admin.provinces import read_provinces
from geo.model import Metric
from geo.stats.breaks import breaks
from geo.stats.classes import MAX_CLASSES, classes
from geo.stats.rows import rows_of_records


def test_bounds_are_quantiles_of_the_distinct_values():
    values = [0, 1, 1, 1, 1, 2, 3, 5, 20, 1200, math.nan]
    made = classes(values, "incidents")
    assert made.bounds == tuple(mapclassify.Quantiles(np.array([1, 2, 3, 5, 20, 1200]), k=5).bins)
    assert made.labels == ("1–2", "3", "4–5", "6–20", "21–1,200")


@settings(deadline=None, max_examples=200)
@given(
    values=st.sets(st.integers(1, 10**6), min_size=6, max_size=300),
    metric=st.sampled_from(["incidents", "incidents_per_10000_km2"]),
)
@example(values={1, 2, 3, 4, 101, 102}, metric="incidents_per_10000_km2")
def test_any_classes_are_those_of_mapclassify(values, metric):
    made = classes(sorted(values), metric)
    quantiles = mapclassify.Quantiles(np.array(sorted(values), dtype=float), k=MAX_CLASSES)
    assert set(made.index(sorted(values)).tolist()) == set(range(1, len(made.bounds) + 1)), "a class is empty"
    # The same members; the bounds are the largest of each rather than numbers between two that occur.
    assert (made.index(sorted(values)) - 1).tolist() == quantiles.yb.tolist()
    if metric == "incidents":
        assert set(made.bounds) <= values
    assert made.bounds[-1] >= max(values)


def test_classes_are_closed_above_and_zero_stands_alone():
    made = classes([1, 2, 3, 5, 20, 1200], "incidents")
    assert made.index([0, 1, 2, 3, 4, 5, 6, 20, 21, 1200, 5000, math.nan]).tolist() == [
        0,
        1,
        1,
        2,
        3,
        3,
        4,
        4,
        5,
        5,
        5,
        -1,
    ]


def test_few_values_are_classes_of_their_own():
    made = classes([3, 1, 3, 0], "fatalities_best")
    assert (made.bounds, made.labels) == ((1, 3), ("1", "2–3"))
    assert made.as_dict() == {"metric": "fatalities_best", "bounds": [1, 3], "labels": ["1", "2–3"], "scheme": "unique"}


def test_nothing_above_zero_leaves_no_class():
    made = classes([0, math.nan], "incidents")
    assert (made.bounds, made.labels) == ((), ())
    assert made.index([0, math.nan]).tolist() == [0, -1]


def test_densities_are_bounded_by_two_significant_digits():
    made = classes([0.1234, 0.5678, 1.234, 4.56, 12.34, 78.9, 1234.5], "incidents_per_10000_km2")
    # A fifth of the way through seven values lies between the second and the third.
    assert made.labels[0] == "≤ 0.57"
    assert all(bound == float(f"{bound:.1e}") for bound in made.bounds[:-1])
    assert made.bounds[-1] >= 1234.5


@given(st.lists(st.integers(0, 10**6)), st.sampled_from(list(Metric)))
@settings(deadline=None)
def test_every_value_has_a_class_and_no_class_is_upside_down(values, metric):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        made = classes(values, metric)
    assert len(made.bounds) == len(made.labels) <= MAX_CLASSES
    assert list(made.bounds) == sorted(set(made.bounds))
    found = made.index(values)
    for value, number in zip(values, found, strict=True):
        if value == 0:
            assert number == 0
        else:
            assert value <= made.bounds[number - 1] or number == len(made.bounds)
            assert number == 1 or value > made.bounds[number - 2]
    if any(values):
        assert max(values) <= made.bounds[-1] or metric == Metric.INCIDENTS_PER_10000_KM2


def test_an_unknown_metric_is_refused():
    with pytest.raises(ValueError, match="tomatoes"):
        classes([1], "tomatoes")


def test_breaks_pool_single_years_apart_from_all_years(make_records):
    provinces = read_provinces(countries=["PK"])
    records = [{"admin1_code": "PK-PB", "date_start": f"20{year}-01-01"} for year in (10, 10, 10, 12)]
    records += [
        {"admin1_code": "PK-SD", "date_start": "2010-05-01", "date_end": "2012-05-01"},
        {"admin1_code": "PK-SD"},
    ]
    # One year gives 3 and 1 in Punjab, 1 in Sindh; all years give 4 and, with the undated record, 2.
    found = breaks(rows_of_records(make_records(records)), provinces)
    assert (found.years["incidents"].bounds, found.periods["incidents"].bounds) == ((1, 3), (2, 4))


def test_breaks_count_an_ended_province_where_the_map_draws_it(make_records):
    provinces = read_provinces(countries=["PK"])
    records = [{"admin1_code": "PK-TA", "date_start": "2014-01-01"}] * 2
    records += [{"admin1_code": "PK-KP", "date_start": "2023-01-01"}] * 3
    records = [record | {"id": f"r{i}"} for i, record in enumerate(records)]
    # 2 in 2014, 3 in 2023; over all years they are one province with 5.
    found = breaks(rows_of_records(make_records(records)), provinces)
    assert (found.years["incidents"].bounds, found.periods["incidents"].bounds) == ((2, 3), (5,))


@pytest.mark.parametrize(
    ("values", "bounds", "scheme"),
    [
        ([10, 20, 30, 40, 50], (10, 20, 30, 40, 50), "unique"),
        # Of six values: a fifth of the way lies at the first and the whole of five steps, so on every value from 20 on.
        ([10, 20, 30, 40, 50, 60], (20, 30, 40, 50, 60), "quantiles"),
    ],
)
def test_as_many_values_as_classes_need_no_quantiles(values, bounds, scheme):
    made = classes([*values, *values, 0], "incidents")
    assert (made.bounds, made.scheme) == (bounds, scheme)
    assert classes(values, "incidents", k=len(values)).scheme == "unique"
    assert len(classes(values, "incidents", k=2).bounds) == 2


def test_labels_of_densities_begin_at_the_bound_below():
    made = classes([0.25, 3, 40], "incidents_per_10000_km2")
    assert made.bounds == (0.25, 3, 40)
    assert classes([3.01, 3.04], "incidents_per_10000_km2").bounds == (3.01, 3.1)
    assert made.labels == ("≤ 0.25", "0.25–3", "3–40")
    assert made.as_dict()["bounds"] == [0.25, 3, 40]
    assert classes([], "incidents").scheme == "none"


def test_the_last_bound_of_densities_is_rounded_up_not_down():
    # 1244 is nearer to 1200 than to 1300, but no value may lie above the bound of its class.
    assert classes([1, 2, 1244], "incidents_per_10000_km2").bounds == (1, 2, 1300)
    assert classes([0.0123, 0.1251], "incidents_per_10000_km2").bounds == (0.013, 0.13)
