"""Counts of incidents without a mark: whole numbers that are added, taken off and united without loss."""

import numpy as np
import pandas as pd
import pytest
from shapely import Point

from geo.payload.bins import pack_cells
from geo.payload.container import smallest
from geo.stats.bins import (
    CELL_DEGREES,
    KEYS,
    MOST_DEGREES,
    MOST_ROWS,
    SUMS,
    add_bins,
    bin_incidents,
    coarsen,
    rows_of_bins,
    subtract_bins,
)
from geo.stats.rows import rows_of_records
from geo.stats.sample import Bins, sample_incidents
from geo.stats.summary import count


def together(records, bins, provinces, years=None):
    """Count records and bins by province and year."""
    rows = pd.concat([rows_of_records(records), rows_of_bins(bins)], ignore_index=True)
    return count(rows, provinces, years=years).to_frame()


@pytest.fixture(scope="module")
def located(make_records):
    """Forty incidents, one in each cell of half a degree from 60 E and 30 N, eight to a row, all in one province."""
    return make_records(
        [
            {
                "admin1_code": "XT-W", "date_start": "2020-05-05", "geo_precision": "site", "fatalities_best": number,
                "geometry": Point(60.25 + number % 8 * 0.5, 30.25 + number // 8 * 0.5),
            }
            for number in range(40)
        ]
    )  # fmt: skip


def test_each_incident_is_in_the_cell_round_its_point(located):
    table = bin_incidents(located)
    assert len(table) == 40
    assert (table["incidents"] == 1).all()
    assert set(table["row"]) == {240, 241, 242, 243, 244}  # (30 + 90) / 0.5 and on
    assert set(table["column"]) == set(range(480, 488))  # (60 + 180) / 0.5 and on
    assert table["fatalities_best"].sum() == sum(range(40))


def test_what_is_taken_off_leaves_the_others(located):
    rest = subtract_bins(bin_incidents(located), bin_incidents(located.iloc[:33]))
    pd.testing.assert_frame_equal(rest, bin_incidents(located.iloc[33:]))
    assert subtract_bins(bin_incidents(located), bin_incidents(located)).empty
    doubled = add_bins([bin_incidents(located)] * 2)
    assert (doubled[list(SUMS)].to_numpy() == 2 * bin_incidents(located)[list(SUMS)].to_numpy()).all()


@pytest.mark.parametrize(("most", "rows", "degrees"), [(40, 40, 0.5), (39, 12, 1.0), (11, 4, 2.0), (1, 4, 2.0)])
def test_cells_unite_until_there_are_few_enough(most, rows, degrees, located):
    table, side = coarsen(bin_incidents(located), most)
    # Five rows of eight at half a degree: three of four at one, two of two at two; none are larger.
    assert (len(table), side) == (rows, degrees)
    assert table["incidents"].sum() == 40
    assert table["fatalities_best"].sum() == sum(range(40))
    assert list(table.columns) == [*KEYS, *SUMS]


def test_what_lies_in_no_cell_stays_outside(make_records):
    table, _ = coarsen(bin_incidents(make_records([{"admin1_code": code} for code in ("XT-W", "XT-E", None)])), 1)
    assert table[["row", "column"]].to_numpy().tolist() == [[-1, -1]] * 3


def test_a_note_names_the_number_the_choice_and_the_cell(located):
    rest = sample_incidents(located, 30, "deadliest").rest
    assert rest.note == (
        "The 30 deadliest of 40 incidents have a mark of their own; the others are counted, "
        "and drawn as a grid of 0.5° cells"
    )
    assert "a grid of 2° cells" in Bins(rest.table, 2.0, 30, "deadliest").note


class Sections(dict):
    def add(self, name, values):
        self[name] = values


@pytest.mark.parametrize(
    ("times", "bounds"), [(1, [1]), (3, [2, 3]), (58, [3, 6, 12, 26, 58]), (12_345, [7, 44, 290, 1_900, 13_000])]
)
def test_classes_of_the_grid_grow_by_one_factor(times, bounds, located):
    """From the fifth root of the greatest count on, rounded up to two digits."""
    table = bin_incidents(located.iloc[:1])
    table[list(SUMS)] *= times
    header = pack_cells(Sections(), Bins(table, 0.5, 1, "newest"))["cells"]
    assert header["bounds"] == bounds
    assert len(header["labels"]) == len(bounds)
    assert header["incidents"] == times


def test_sums_beyond_four_bytes_are_floats():
    for top, kind in ((255, np.uint8), (2**16 - 1, np.uint16), (2**32 - 1, np.uint32), (2**32, np.float64)):
        packed = smallest(np.asarray([0, top]))
        assert packed.dtype == kind
        assert packed[1] == top


@pytest.mark.parametrize(
    ("precision", "word", "in_cell"),
    [
        ("site", "city", True),
        ("city", "city", True),
        ("district", "district", True),
        (None, "district", True),
        ("province", "province", False),
        ("country", "country", False),
        ("region", "unknown", False),
        ("unknown", "unknown", False),
    ],
)
def test_what_is_filtered_alike_shares_a_precision_and_only_places_have_a_cell(precision, word, in_cell, make_records):
    record = {"geo_precision": precision, "country_code": "XT", "geometry": Point(-0.25, -0.25)}
    (row,) = bin_incidents(make_records([record])).to_dict("records")
    assert row["geo_precision"] == word
    assert row["point"]
    # Row 0 begins at 90 S and column 0 at 180 W: just below the equator and west of Greenwich are 179 and 359.
    assert (row["row"], row["column"]) == ((179, 359) if in_cell else (-1, -1))


def test_incidents_without_a_province_keep_their_country(make_records):
    made = make_records([{"geo_precision": "country", "country_code": code} for code in ("XT", "XU", "XT", None)])
    table = bin_incidents(made)
    assert table["country_code"].fillna("").tolist() == ["XT", "XU", ""]
    assert table["incidents"].tolist() == [2, 1, 1]
    assert table["admin1_code"].isna().all()
    assert not table["point"].any()


def test_counts_are_added_to_a_summary_as_if_their_incidents_had_been_in_it(make_records, provinces):
    marked = make_records([{"admin1_code": "XT-W", "date_start": "2020-05-05", "fatalities_best": 2}])
    others = make_records(
        [
            {"admin1_code": "XT-N", "date_start": "2019-02-01", "date_end": "2021-02-01", "fatalities_best": 5},
            {"admin1_code": "XT-W", "date_start": "2020-01-01", "fatalities_low": 3, "fatalities_high": 7},
            {"country_code": "XT", "date_start": None},
        ]
    )
    rest = bin_incidents(others)
    table = together(marked, rest, provinces)
    # The long one counts once a year; the undated one of no province comes last.
    columns = ["admin1_code", "admin1_name", "year", "incidents", "fatalities_best"]
    assert table[columns].astype(object).fillna("").to_numpy().tolist() == [
        ["XT-N", "North", 2019, 1, 5],
        ["XT-N", "North", 2020, 1, 5],
        ["XT-N", "North", 2021, 1, 5],
        ["XT-W", "West", 2020, 2, 2],
        ["", "", "", 1, 0],
    ]
    assert table["fatalities_high"].isna().all()  # each of the rows has an incident without an upper bound
    assert table.attrs["totals"] == {
        "incidents": 4,
        "reports": 4,
        "strongholds": 0,
        "statistics": 0,
        "unplaced": 1,
        "undated": 1,
        "before": 0,
        "fatalities": {"low": 3, "best": 7, "high": None},
        "fatalities_open": 3,
        "fatalities_unknown": 1,
        "provinces": {"XT-N": {"incidents": 1, "fatalities_best": 5}, "XT-W": {"incidents": 2, "fatalities_best": 2}},
    }
    some = together(marked, rest, provinces, (2021, 2022))
    assert some[["admin1_code", "year", "incidents"]].to_numpy().tolist() == [["XT-N", 2021, 1]]
    totals = some.attrs["totals"]
    assert (totals["incidents"], totals["unplaced"], totals["undated"]) == (1, 0, 1)
    assert totals["provinces"] == {"XT-N": {"incidents": 1, "fatalities_best": 5}}
    # The first and the last year of a period are in it.
    for years, n in (((2018, 2018), 0), ((2018, 2019), 1), ((2021, 2021), 1), ((2022, 2022), 0)):
        period = together(marked, rest, provinces, years)
        assert period.attrs["totals"]["incidents"] == n


def test_known_figures_and_years_of_one_row(make_records):
    (row,) = bin_incidents(
        make_records(
            [
                {"date_start": "2021-01-01", "date_end": "2019-01-01", "fatalities_low": 0},
                {"date_start": "2021-06-01", "fatalities_low": 2, "fatalities_best": 3},
                {"date_start": "2021-06-01"},
                {"kind": "stronghold", "date_start": "2021-06-01"},
            ]
        )
    ).to_dict("records")
    # Dates the wrong way round touch the year in which they start.
    assert (row["first"], row["last"]) == (2021, 2021)
    assert [row[name] for name in SUMS] == [3, 3, 2, 3, 0, 3, 1, 2, 1]


def test_cells_are_as_many_as_the_page_carries_and_two_degrees_at_most():
    assert (CELL_DEGREES, MOST_DEGREES, MOST_ROWS) == (0.5, 2.0, 400_000)
