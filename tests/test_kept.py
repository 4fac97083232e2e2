"""The records that a page draws of a data set too large for it are the right ones, whatever the partitions."""

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
from geo.errors import DataError, UsageError
from geo.kept import keep_partitions

pytest.importorskip("dask_geopandas")

NORTH, EAST = Point(62.5, 33.5), Point(64.0, 31.0)
drawn = st.lists(
    st.tuples(
        st.sampled_from(["incident", "incident", "incident", "stronghold", "statistic"]),
        st.sampled_from([None, "2001-01-01", "2001-01-02", "2019-12-31"]),
        st.sampled_from([None, 0, 1, 7, 2**30]),
        st.sampled_from([None, "XT-N", "XT-E"]),
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
                    "geometry": None if code is None else {"XT-N": NORTH, "XT-E": EAST}[code],
                }
                for number, (kind, day, best, code) in zip(numbers, rows, strict=True)
            ]
        ).drop(columns=["match", "match_score"])

    return frame


def write(folder: Path, records, sizes) -> Path:
    folder.mkdir(parents=True)
    for number, rows in enumerate(np.split(np.arange(len(records)), np.unique(np.minimum(sizes, len(records))))):
        records.iloc[rows].reset_index(drop=True).to_parquet(folder / f"{number}.parquet", row_group_size=4)
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
def test_the_first_records_of_the_whole_are_kept(rows, cuts, marks, keep, make, provinces, tmp_path_factory):
    records = make(rows)
    found = keep_partitions(
        write(tmp_path_factory.mktemp("kept") / "data", records, cuts), provinces, marks=marks, keep=keep
    )
    located = geo.geocode(records, provinces)
    plain = pd.DataFrame(located.drop(columns="geometry")).reset_index(drop=True)
    plain["area"] = plain["kind"] != "incident"
    by = ["date_end", "fatalities_best"] if keep == "newest" else ["fatalities_best", "date_end"]
    # Areas come first whatever their dates and figures.
    plain.loc[plain["area"], by] = None
    wanted = plain.sort_values(
        ["area", *by, "id"], ascending=[False, False, False, True], na_position="last", kind="stable"
    )["id"].head(marks)
    assert found.located["id"].tolist() == wanted.tolist()
    assert found.of == len(records)
    again = located.loc[found.located.index]
    for column in ("admin1_code", "match", "title"):
        assert found.located[column].tolist() == again[column].tolist()
    pd.testing.assert_frame_equal(
        found.counts, geo.summarise(located, provinces, ["admin1_code", "year", "event_type"])
    )
    left_out = len(records) > marks
    assert found.note == (
        f"The {marks} {keep} of {len(records)} records are drawn and counted on this map" if left_out else None
    )


def test_progress_covers_both_passes(make, provinces, tmp_path):
    told = []
    folder = write(tmp_path / "data", make([("incident", "2001-01-01", 1, "XT-N")] * 12), [])
    keep_partitions(folder, provinces, progress=lambda *count: told.append(count))
    assert told == [(done, 6) for done in range(1, 7)]


def test_arguments_and_faults_are_named(make, provinces, tmp_path):
    folder = write(tmp_path / "data", make([("incident", "2001-01-01", 1, "XT-N")]), [])
    with pytest.raises(UsageError, match="keep = 'oldest': give one of newest, deadliest"):
        keep_partitions(folder, provinces, keep="oldest")
    with pytest.raises(UsageError, match="marks = 0"):
        keep_partitions(folder, provinces, marks=0)
    write(tmp_path / "bad", make([("incident", "2001-02-30", 1, "XT-N")]), [])
    with pytest.raises(DataError, match=r"2 faults: .*date_start = 2001-02-30"):
        keep_partitions(tmp_path / "bad", provinces)


def test_the_command_draws_some_and_says_so(tmp_path):
    folder = write(tmp_path / "data", geo.read_incidents(), [60, 120])
    out = tmp_path / "maps"
    done = CliRunner().invoke(main, ["build", str(folder), "--engine", "dask", "--marks", "100", "--out", str(out)])
    assert done.exit_code == 0, done.output
    said = f"The 100 newest of {len(geo.read_incidents())} records are drawn and counted on this map"
    assert said in done.stdout
    for page in out.glob("*.html"):
        assert said in page.read_text()


def test_marks_need_dask(tmp_path):
    for option in (["--marks", "5"], ["--keep", "deadliest"], ["--scheduler", "tcp://127.0.0.1:1"]):
        done = CliRunner().invoke(main, ["build", *option, "--out", str(tmp_path)])
        assert done.exit_code == 2
        assert f"{option[0]} needs --engine dask" in done.stderr
