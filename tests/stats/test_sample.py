"""The incidents that keep a mark are the right ones, and the counts of the others exact, whatever the partitions."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from shapely import Point

import geo
from geo.cli import main
from geo.dask.sample import sample_partitions
from geo.errors import DataError, UsageError
from geo.payload.pack import build
from geo.stats.bins import SUMS, bin_incidents
from geo.stats.dataset import Dataset
from geo.stats.sample import KEEP, MARKS, sample_incidents

FIRST = ("incident", "2001-01-01", 1, "XT-N", "city", "Battles", False)
NORTH, EAST = Point(62.5, 33.5), Point(64.0, 31.0)
drawn = st.lists(
    st.tuples(
        st.sampled_from(["incident", "incident", "incident", "stronghold", "statistic"]),
        st.sampled_from([None, "2001-01-01", "2001-01-02", "2019-12-31"]),
        st.sampled_from([None, 0, 1, 7, 2**30]),
        st.sampled_from([None, "XT-N", "XT-E"]),
        st.sampled_from(["site", "city", "district", "province"]),
        st.sampled_from(["Battles", "Protests"]),
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
)


@pytest.fixture(scope="module")
def make(make_records):
    def frame(rows):
        numbers = np.random.default_rng(5).permutation(len(rows))
        return make_records(
            [
                {
                    "id": f"id-{number:02}",
                    "kind": kind,
                    "date_start": day,
                    "fatalities_best": best,
                    "admin1_code": code,
                    "geo_precision": precision if code else "unknown",
                    "event_type": event_type if kind == "incident" else None,
                    "cross_border": abroad,
                    "geometry": None if code is None else {"XT-N": NORTH, "XT-E": EAST}[code],
                }
                for number, (kind, day, best, code, precision, event_type, abroad) in zip(numbers, rows, strict=True)
            ]
        ).drop(columns=["match", "match_score"])

    return frame


def write(folder: Path, records, sizes, group: int = 4) -> Path:
    folder.mkdir(parents=True)
    for number, rows in enumerate(np.split(np.arange(len(records)), np.unique(np.minimum(sizes, len(records))))):
        records.iloc[rows].reset_index(drop=True).to_parquet(folder / f"{number}.parquet", row_group_size=group)
    return folder


@settings(
    max_examples=8, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
@given(
    rows=drawn,
    cuts=st.lists(st.integers(0, 12), max_size=2),
    marks=st.integers(1, 12),
    keep=st.sampled_from(["newest", "deadliest"]),
)
def test_the_first_incidents_keep_a_mark_and_the_others_are_counted(
    rows, cuts, marks, keep, make, provinces, tmp_path_factory
):
    records = make(rows)
    located = geo.geocode(records, provinces)
    found = sample_partitions(
        write(tmp_path_factory.mktemp("kept") / "data", records, cuts), provinces, marks=marks, keep=keep
    )
    plain = pd.DataFrame(located.drop(columns="geometry")).reset_index(drop=True)
    by = ["date_end", "fatalities_best"] if keep == "newest" else ["fatalities_best", "date_end"]
    wanted = (
        plain[plain["kind"] == "incident"]
        .sort_values([*by, "id"], ascending=[False, False, True], na_position="last", kind="stable")["id"]
        .head(marks)
    )
    areas = plain.loc[plain["kind"] != "incident", "id"].sort_values()
    assert found.records["id"].tolist() == [*areas, *wanted]
    again = located.loc[found.records.index]
    for column in ("admin1_code", "match", "title"):
        assert found.records[column].tolist() == again[column].tolist()

    eager = sample_incidents(located, marks, keep)
    assert (found.rest is None) == (eager.rest is None) == (sum(row[0] == "incident" for row in rows) <= marks)
    if eager.rest is None:
        assert eager.records is located
        return
    pd.testing.assert_frame_equal(found.rest.table, eager.rest.table)
    pd.testing.assert_frame_equal(found.rest.table, bin_incidents(located.drop(found.records.index)))
    assert found.rest.note == eager.rest.note
    one, other = (build(Dataset(each.records, provinces, None, each.rest)) for each in (found, eager))
    assert one.data == other.data


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    rows=drawn,
    marks=st.integers(1, 12),
    years=st.sampled_from([None, (2001, 2001), (2000, 2019), (2005, 2006)]),
)
def test_marks_and_cells_together_summarise_as_the_whole(rows, marks, years, make, provinces):
    located = geo.geocode(make(rows), provinces)
    table = Dataset(located, provinces).sampled(marks).summary(years).to_frame()
    whole = geo.summarise(located, provinces, years=years)
    pd.testing.assert_frame_equal(table, whole)
    assert table.attrs == whole.attrs


def test_a_cell_is_a_place_only_for_what_is_drawn_at_one(make, provinces):
    def row(precision, day="2001-01-01", best=3, abroad=False):
        return ("incident", day, best, "XT-N", precision, "Battles", abroad)

    rows = [
        row("site"),
        row("city", best=None),
        row("district"),
        row("province"),
        row("city", None),
        row("city", abroad=True),
    ]
    table = bin_incidents(geo.geocode(make(rows), provinces))
    # 62.5 E, 33.5 N: half degrees counted from 180 W and 90 S.
    at = {
        (word, first, abroad): (row, column, count)
        for word, first, abroad, row, column, count in table[
            ["geo_precision", "first", "cross_border", "row", "column", "incidents"]
        ].itertuples(index=False)
    }
    place = (247, 485)
    assert at == {
        ("city", 2001, False): (*place, 2),
        ("district", 2001, False): (*place, 1),
        ("province", 2001, False): (-1, -1, 1),
        ("city", 0, False): (*place, 1),
        ("city", 2001, True): (*place, 1),
    }
    both = table[(table["geo_precision"] == "city") & (table["first"] == 2001) & ~table["cross_border"]]
    assert both[list(SUMS)].to_numpy().tolist() == [[2, 2, 0, 3, 0, 2, 1, 0, 1]]


def test_progress_covers_both_passes(make, provinces, tmp_path):
    told = []
    folder = write(tmp_path / "data", make([FIRST] * 12), [])
    sample_partitions(folder, provinces, progress=lambda *count: told.append(count))
    assert told == [(done, 6) for done in range(1, 7)]


def test_arguments_and_faults_are_named(make, provinces, tmp_path):
    folder = write(tmp_path / "data", make([FIRST]), [])
    with pytest.raises(UsageError, match="keep = 'oldest': give one of newest, deadliest"):
        sample_partitions(folder, provinces, keep="oldest")
    with pytest.raises(UsageError, match="marks = 0"):
        sample_partitions(folder, provinces, marks=0)
    write(tmp_path / "bad", make([("incident", "2001-02-30", *FIRST[2:])]), [])
    with pytest.raises(DataError, match=r"2 faults: .*date_start = 2001-02-30"):
        sample_partitions(tmp_path / "bad", provinces)


@pytest.mark.parametrize("engine", ["pandas", "dask"])
def test_the_command_draws_some_and_says_so(engine, tmp_path):
    folder = write(tmp_path / "data", geo.read_incidents(), [60] if engine == "dask" else [], 1000)
    source = folder if engine == "dask" else folder / "0.parquet"
    out = tmp_path / "maps"
    options = ["--engine", engine, "--marks", "20", "--keep", "deadliest", "--out", str(out)]
    done = CliRunner().invoke(main, ["build", str(source), *options])
    assert done.exit_code == 0, done.output
    of = (geo.read_incidents()["kind"] == "incident").sum()
    said = f"The 20 deadliest of {of} incidents have a mark of their own; the others are counted"
    assert said in done.stdout
    assert f"5 maps of {len(geo.read_incidents())} records" in done.stdout
    for page in out.glob("*.html"):
        assert f"<p>{said}" in page.read_text()


def test_engines_and_partitions_give_the_same_page(tmp_path):
    pages = {}
    for name, cuts in (("pandas", []), ("dask", [60, 120])):
        folder = write(tmp_path / name, geo.read_incidents(), cuts, 1000)
        source = [str(folder / "0.parquet")] if name == "pandas" else [str(folder), "--engine", "dask"]
        out = tmp_path / f"{name}-maps"
        done = CliRunner().invoke(main, ["build", *source, "--marks", "20", "--out", str(out)])
        assert done.exit_code == 0, done.output
        pages[name] = (out / "index.html").read_bytes()
    assert pages["pandas"] == pages["dask"]


def test_up_to_the_number_nothing_changes(make_records, provinces):
    located = make_records([{"admin1_code": "XT-N", "date_start": f"20{year:02}-01-01"} for year in range(12)])
    pages = [geo.build_map(located, provinces, **options).get_root().render() for options in ({}, {"marks": 12})]
    assert pages[0] == pages[1]
    assert "cells:" not in pages[0].partition("<noscript>")[2].partition("<script")[0]
    assert sample_incidents(located, 12).records is located
    assert geo.build_map(located, provinces, marks=11).get_root().render() != pages[0]


def test_a_scheduler_needs_dask(tmp_path):
    done = CliRunner().invoke(main, ["build", "--scheduler", "tcp://127.0.0.1:1", "--out", str(tmp_path)])
    assert done.exit_code == 2
    assert "--scheduler needs --engine dask" in done.stderr


def test_the_command_offers_what_the_package_does():
    options = {option.name: option for option in main.commands["build"].params}
    assert options["marks"].default == MARKS == 350_000
    assert tuple(options["keep"].type.choices) == KEEP
    assert options["keep"].default == KEEP[0]


@pytest.mark.parametrize(
    ("keep", "expected"),
    [
        # Last day, then deaths, then id; without a day last, without a figure after zero.
        ("newest", ["c", "b", "e", "d", "a", "f", "g"]),
        ("deadliest", ["c", "b", "f", "a", "e", "d", "g"]),
    ],
)
def test_incidents_are_kept_in_this_order(keep, expected, make_records):
    rows = [
        {"id": "a", "date_start": "2020-01-01", "fatalities_best": 1},
        {"id": "b", "date_start": "2021-01-01", "fatalities_best": 9},
        # Lasts longest of all, from before the others.
        {"id": "c", "date_start": "2019-01-01", "date_end": "2022-01-01", "fatalities_best": 9},
        {"id": "d", "date_start": "2021-01-01", "date_end": None},
        {"id": "e", "date_start": "2021-01-01", "fatalities_best": 0},
        {"id": "f", "date_start": None, "fatalities_best": 3},
        {"id": "g", "date_start": None},
    ]
    records = make_records([*reversed(rows), {"id": "x", "kind": "stronghold"}, {"id": "w", "kind": "statistic"}])
    kept = sample_incidents(records, 6, keep)
    assert kept.records["id"].tolist() == ["w", "x", *expected[:6]]
    assert (kept.rest.incidents, kept.rest.marks, kept.rest.keep) == (1, 6, keep)
    assert sample_incidents(records, 1, keep).records["id"].tolist() == ["w", "x", expected[0]]
    assert sample_incidents(records, 7, keep).rest is None
    for number in range(1, 7):
        assert sample_incidents(records, number, keep).records["id"].tolist() == ["w", "x", *expected[:number]]


def test_equal_incidents_are_kept_by_id(make_records):
    records = make_records([{"id": name, "date_start": "2020-01-01"} for name in ("b", "d", "a", "c")])
    assert sample_incidents(records, 3).records["id"].tolist() == ["a", "b", "c"]


def test_no_number_of_deaths_weighs_more_than_a_day(make_records):
    records = make_records(
        [
            {"id": "a", "date_start": "2020-01-01", "fatalities_best": 2**30},
            {"id": "b", "date_start": "2020-01-02"},
            {"id": "c", "date_start": "2020-01-01", "fatalities_best": 2**24},
        ]
    )
    assert sample_incidents(records, 2).records["id"].tolist() == ["b", "a"]
    assert sample_incidents(records, 2, "deadliest").records["id"].tolist() == ["a", "c"]


def test_a_map_draws_one_incident_at_least(make_records):
    records = make_records([{"id": "a"}])
    assert sample_incidents(records, 1).rest is None
    with pytest.raises(UsageError, match="marks = 0: must be at least 1"):
        sample_incidents(records, 0)
    with pytest.raises(UsageError, match="keep = 'oldest': give one of newest, deadliest"):
        sample_incidents(records, 1, "oldest")
