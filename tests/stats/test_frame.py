import numpy as np
import pandas as pd
import pytest

from geo.stats.dataset import Dataset
from geo.stats.frame import LEFT_OUT, bulk, record_boxes


def boxes(*rows: tuple[float, float, float, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["west", "south", "east", "north", "weight"])


NEAR = [(0, 0, 1, 1, 50), (1, 1, 2, 2, 40), (2, 2, 3, 3, 30)]


def test_a_few_records_far_away_do_not_widen_the_frame():
    assert bulk(boxes(*NEAR, (30, 50, 40, 60, 1))).tolist() == [True, True, True, False]


def test_more_than_the_share_left_out_stay_in_the_frame():
    # 120 near records; 5 of 125 are 4 per cent, 6 of 126 are more.
    assert LEFT_OUT == 0.04
    assert not bulk(boxes(*NEAR, (30, 50, 40, 60, 5)))[3]
    assert bulk(boxes(*NEAR, (30, 50, 40, 60, 6))).all()


def test_nothing_is_left_out_where_little_would_be_gained():
    assert bulk(boxes(*NEAR, (3, 3, 3.5, 3.5, 1))).all()


def test_far_records_on_two_sides_are_left_out_together():
    assert bulk(boxes(*NEAR, (-90, 0, -80, 1, 1), (90, 0, 100, 1, 1))).tolist() == [True, True, True, False, False]


def test_one_box_is_the_frame():
    assert bulk(boxes((0, 0, 1, 1, 1))).all()


def test_a_record_is_in_its_province_else_in_the_cell_of_its_point(make_records, provinces):
    from shapely import Point

    rows = [
        {"admin1_code": "XT-N"},
        {"admin1_code": "XT-N", "geometry": Point(0, 0)},
        {"admin1_code": None, "geometry": Point(-7.9, 12.6)},
        {"admin1_code": "ML-1", "geometry": Point(-7.8, 12.7)},
        {"admin1_code": None},
    ]
    of = Dataset.of(make_records([{"date_start": "2020-01-01", **row} for row in rows]), provinces)
    found = record_boxes(of, of.records)
    assert found["weight"].tolist() == [2, 2]
    north = provinces.geometry[provinces["admin1_code"] == "XT-N"].total_bounds
    assert np.allclose(found.iloc[0, :4].to_numpy(float), north)
    assert found.iloc[1, :4].tolist() == pytest.approx([-8, 12.5, -7.5, 13])
