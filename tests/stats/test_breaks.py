"""Class breaks of a toy study whose every count is worked out by hand."""

import geopandas as gpd
import pandas as pd
import shapely

from geo.stats.breaks import breaks
from geo.stats.rows import rows_of_records

# A becomes B in 2020. A square degree at the equator is 111.3195 km by 110.574 km: 1.2309 times 10,000 km2.
PROVINCES = gpd.GeoDataFrame(
    {
        "admin1_code": ["XX-A", "XX-B", "XX-C"],
        "valid_from": [None, "2020-01-01", None],
        "valid_to": ["2019-12-31", None, None],
    },
    geometry=[shapely.box(0, 0, 1, 1), shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)],
    crs=4326,
).set_index("admin1_code", drop=False)


def located(*rows):
    names = ["kind", "admin1_code", "date_start", "date_end", "fatalities_best"]
    figures = pd.DataFrame(rows, columns=names).astype({"fatalities_best": "Int64"})
    return rows_of_records(figures.assign(fatalities_low=pd.NA, fatalities_high=pd.NA), groups=())


STUDY = located(
    ("incident", "XX-A", "2018-05-01", "2019-02-01", 2),
    ("incident", "XX-A", "2019-03-01", "2019-03-01", 3),
    ("incident", "XX-C", "2020-03-01", "2020-03-01", None),
    ("incident", "XX-B", "2021-03-01", "2021-03-01", 10),
    ("incident", None, "2018-03-01", "2018-03-01", 50),
    ("stronghold", "XX-C", "2018-01-01", "2018-12-31", 100),
    ("incident", "XX-C", None, None, 1),
)


def test_single_years_and_all_years_have_breaks_of_their_own() -> None:
    found = breaks(STUDY, PROVINCES)
    # A has 1 incident in 2018 and 2 in 2019, C 1 in 2020, B 1 in 2021; of all years, B has 3 and C 2.
    assert found.years["incidents"].bounds == (1, 2)
    assert found.periods["incidents"].bounds == (2, 3)
    # A has 2 deaths in 2018 and 2 + 3 in 2019, B 10 in 2021; of all years, B has 15 and C 1.
    assert found.years["fatalities_best"].bounds == (2, 5, 10)
    assert found.periods["fatalities_best"].bounds == (1, 15)
    # 1 / 1.2309 = 0.812, 2 / 1.2309 = 1.62, 3 / 1.2309 = 2.44; rounded up.
    assert found.years["incidents_per_10000_km2"].bounds == (0.82, 1.7)
    assert found.periods["incidents_per_10000_km2"].bounds == (1.7, 2.5)


def test_the_highest_class_of_all_years_holds_a_fifth_of_the_provinces_however_many_records_there_are() -> None:
    # Twenty provinces with i * 100 incidents in each of twenty years: pooled with single years, all but three sums of
    # all years would lie above the four lower classes.
    codes = [f"XX-{i:02}" for i in range(1, 21)]
    provinces = gpd.GeoDataFrame(
        {"admin1_code": codes, "valid_from": None, "valid_to": None},
        geometry=[shapely.box(i, 0, i + 1, 1) for i in range(20)],
        crs=4326,
    ).set_index("admin1_code", drop=False)
    rows = pd.DataFrame(
        [(code, i * 100, 0, year, year) for i, code in enumerate(codes, 1) for year in range(2001, 2021)],
        columns=["admin1_code", "incidents", "fatalities_best", "first", "last"],
    )
    found = breaks(rows, provinces)
    assert (found.periods["incidents"].index([i * 2000 for i in range(1, 21)]) == 5).sum() == 4
    assert (found.years["incidents"].index([i * 100 for i in range(1, 21)]) == 5).sum() == 4


def test_binned_incidents_count_in_their_years() -> None:
    bins = pd.DataFrame(
        [("XX-C", 4, 7, 2018, 2018), (None, 9, 9, 2018, 2018), ("XX-C", 1, 0, 0, 0)],
        columns=["admin1_code", "incidents", "fatalities_best", "first", "last"],
    )
    found = breaks(pd.concat([STUDY, bins], ignore_index=True), PROVINCES)
    # More in C: 4 in 2018, and 2 + 4 + 1 of all years.
    assert found.years["incidents"].bounds == (1, 2, 4)
    assert found.periods["incidents"].bounds == (3, 7)
    # 2, 5, 7 (C in 2018) and 10; of all years 8 (C) and 15.
    assert found.years["fatalities_best"].bounds == (2, 5, 7, 10)
    assert found.periods["fatalities_best"].bounds == (8, 15)


def test_undated_records_count_in_the_provinces_of_today() -> None:
    undated = located(("incident", "XX-A", None, None, 4), ("incident", "XX-A", None, None, 0))
    found = breaks(undated, PROVINCES).periods
    assert found["incidents"].bounds == (2,)
    assert found["fatalities_best"].bounds == (4,)
    assert found["incidents_per_10000_km2"].bounds == (1.7,)  # 2 / 1.2309 = 1.62, rounded up


def test_a_record_whose_dates_are_in_the_wrong_order_counts_in_its_first_year() -> None:
    wrong = located(("incident", "XX-C", "2020-01-01", "2018-01-01", 4), ("incident", "XX-C", "2018-02-01", None, 1))
    found = breaks(wrong, PROVINCES)
    assert (found.years["incidents"].bounds, found.periods["incidents"].bounds) == ((1,), (2,))
    assert found.years["fatalities_best"].bounds == (1, 4)
    assert found.periods["fatalities_best"].bounds == (5,)
