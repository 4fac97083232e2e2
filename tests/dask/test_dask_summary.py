"""However records are partitioned, and whoever dies on the way, the counts are those of one machine."""

import json
import os
import signal
import sys
import threading
import time
from itertools import pairwise
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
from geo.dask import partitions
from geo.dask.partitions import FAN_IN, read_partitions
from geo.dask.summary import LISTED, add_checked, count_partition, summarise_partitions
from geo.errors import CRSError, DataError, MissingExtraError, MissingFileError, UsageError
from geo.stats.rows import compact
from geo.stats.summary import count

POINTS = {"XT-N": (63.0, 33.5), "XT-W": (60.5, 31.0), "XT-E": (66.5, 30.5)}
records_of_any_kind = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["incident", "incident", "stronghold", "statistic"]),
            "event_type": st.sampled_from(["Battles", "Riots", None]),
            "group": st.sampled_from(["A", "B", None]),
            "span": st.one_of(st.none(), st.tuples(st.integers(2000, 2004), st.integers(0, 2))),
            "where": st.sampled_from(["point", "code", "name", "nowhere"]),
            "province": st.sampled_from(sorted(POINTS)),
            "deaths": st.one_of(st.none(), st.integers(0, 5)),
        }
    ),
    max_size=14,
)


def examples(number: int):
    # Shrinking a failure would write files and start dask hundreds of times.
    phases = [Phase.explicit, Phase.generate]
    return settings(
        max_examples=number, deadline=None, derandomize=True, phases=phases, suppress_health_check=list(HealthCheck)
    )


@pytest.fixture(scope="module")
def make(make_records, provinces):
    """Return a function that turns drawn records into an incident frame that keeps every rule."""
    names = provinces["admin1_name"]

    def frame(drawn):
        rows = []
        for one in drawn:
            first, last = (None, None) if one["span"] is None else (one["span"][0], sum(one["span"]))
            row = {name: one[name] for name in ("kind", "event_type", "group")}
            row |= {
                "date_start": first and f"{first}-01-01",
                "date_end": last and f"{last}-12-31",
                "date_precision": "unknown" if first is None else "year" if first == last else "range",
                "geo_precision": "unknown" if one["where"] == "nowhere" else "province",
                "fatalities_low": one["deaths"],
                "fatalities_high": None if one["deaths"] is None else one["deaths"] + 1,
            }
            if one["where"] != "nowhere":
                row |= {"country_code": "XT", "geometry": Point(POINTS[one["province"]])}
            if one["where"] == "code":
                row["admin1_code"] = one["province"]
            if one["where"] == "name":
                row["admin1_name"] = names[one["province"]]
            rows.append(row)
        return make_records(rows).drop(columns=["match", "match_score"])

    return frame


def write(folder: Path, records, cuts, **options) -> Path:
    """Write records as one file for each stretch between cuts, some of them empty."""
    folder.mkdir(parents=True)
    edges = [0, *sorted(min(cut, len(records)) for cut in cuts), len(records)]
    for number, (start, end) in enumerate(pairwise(edges)):
        part = records.iloc[start:end].reset_index(drop=True)
        part.to_parquet(folder / f"part-{number:03}.parquet", **options)
    return folder


def eager(records, provinces, by=("admin1_code", "year"), years=None):
    return geo.summarise(geo.geocode(records, provinces), provinces, by, years)


def assert_same(found, wanted):
    table = found.to_frame()
    pd.testing.assert_frame_equal(table, wanted)
    assert table.attrs == wanted.attrs


def add(parts):
    return add_checked(parts, lambda rows: compact(pd.concat(rows, ignore_index=True)))


@pytest.mark.slow
@examples(15)
@given(
    drawn=records_of_any_kind,
    cuts=st.lists(st.integers(0, 14), max_size=5),
    by=st.lists(
        st.sampled_from(["admin1_code", "country_code", "year", "event_type", "group"]), min_size=1, unique=True
    ),
    years=st.sampled_from([None, (2001, 2002), (1990, 1991)]),
)
def test_counts_of_any_parts_add_up_to_the_whole(drawn, cuts, by, years, make, provinces):
    records = make(drawn)
    edges = [0, *sorted(min(cut, len(records)) for cut in cuts), len(records)]
    parts = [
        count_partition(records.iloc[start:end], provinces=provinces, by=by, repeated=frozenset(), distinct=True)
        for start, end in pairwise(edges)
    ]
    whole = add(parts)
    wanted = eager(records, provinces, by, years)
    assert (whole.faulty, whole.faults) == (0, ())
    assert_same(count(whole.result, provinces, by, years), wanted)
    backwards = parts[::-1]
    assert_same(count(add([add(backwards[:2]), *backwards[2:]]).result, provinces, by, years), wanted)


@examples(4)
@given(drawn=records_of_any_kind, cuts=st.lists(st.integers(0, 14), max_size=4), size=st.integers(1, 5))
def test_files_and_row_groups_do_not_change_the_counts(drawn, cuts, size, make, provinces, tmp_path_factory):
    records = make(drawn)
    folder = write(tmp_path_factory.mktemp("parts") / "data", records, cuts, row_group_size=size)
    assert_same(summarise_partitions(folder, provinces), eager(records, provinces))


@pytest.fixture(scope="module")
def many(make):
    """Records of every sort, each a few times: 120 of them."""
    sorts = [
        {
            "kind": kind,
            "event_type": "Battles",
            "group": group,
            "span": span,
            "where": where,
            "province": code,
            "deaths": 2,
        }
        for kind, group in (("incident", None), ("stronghold", "A"))
        for span in (None, (2001, 0), (2002, 2))
        for where in ("point", "code", "name", "nowhere")
        for code in POINTS
    ]
    return make((sorts * 2)[:120])


def test_a_single_file_and_its_url_are_data_sets_too(many, provinces, tmp_path):
    many.to_parquet(tmp_path / "all.parquet", row_group_size=50)
    wanted = eager(many, provinces, "year", (2001, 2002))
    for source in (tmp_path / "all.parquet", (tmp_path / "all.parquet").as_uri(), tmp_path.as_uri()):
        assert_same(summarise_partitions(source, provinces, "year", (2001, 2002)), wanted)
    assert read_partitions(tmp_path).npartitions == 3


@pytest.mark.slow
def test_more_partitions_than_one_task_adds(many, provinces, tmp_path):
    many.to_parquet(tmp_path / "all.parquet", row_group_size=3)
    assert read_partitions(tmp_path).npartitions == 40 > 2 * FAN_IN
    told = []
    found = summarise_partitions(tmp_path, provinces, progress=lambda *count: told.append(count))
    assert_same(found, eager(many, provinces))
    assert told == [(done, 40) for done in range(1, 41)]


def test_files_may_differ_in_columns_and_in_the_name_of_their_geometry(many, provinces, tmp_path):
    folder = write(tmp_path / "data", many.iloc[:60], [])
    later = many.iloc[60:].drop(columns=["group", "description", "note"]).rename_geometry("where")
    later.assign(own=1).to_parquet(folder / "later.parquet")
    wanted = eager(many.assign(group=many["group"].where(np.arange(len(many)) < 60)), provinces, ("group", "year"))
    assert_same(summarise_partitions(folder, provinces, ("group", "year")), wanted)


def test_faults_are_counted_and_the_first_are_named(many, provinces, tmp_path):
    broken = many.copy()
    broken["kind"] = broken["kind"].where(np.arange(len(many)) % 4 > 0, "event")
    broken["date_start"] = broken["date_start"].where(broken["date_start"].isna(), "2001-02-30")
    folder = write(tmp_path / "data", broken, [30, 60, 90])
    with pytest.raises(DataError) as caught:
        summarise_partitions(folder, provinces)
    message = str(caught.value)
    # Every fourth of the 120 records is of no kind, and the dates of all that had one (72) are impossible.
    assert f"{folder}: {30 + 72} faults: " in message
    assert message.endswith(f"and {102 - LISTED} more")
    assert (
        f"{folder.as_uri()}/part-000.parquet, row group 1: record-1 (row 1): kind = event: must be one of incident"
        in message
    )
    assert len(message.splitlines()) == 1


def test_what_is_no_geoparquet_is_refused(many, provinces, tmp_path):
    with pytest.raises(MissingFileError, match="no GeoParquet found"):
        summarise_partitions(tmp_path, provinces)
    with pytest.raises(UsageError, match="is not a path or a supported address"):
        summarise_partitions("gopher://old/records", provinces)
    pd.DataFrame({"id": ["a"]}).to_parquet(tmp_path / "plain.parquet")
    with pytest.raises(DataError, match=r"plain\.parquet: is not a GeoParquet file"):
        summarise_partitions(tmp_path, provinces)
    (tmp_path / "plain.parquet").write_bytes(b"PAR1 or so")
    with pytest.raises(DataError, match=r"plain\.parquet: is not a GeoParquet file"):
        summarise_partitions(tmp_path, provinces)
    many.to_crs(3857).to_parquet(tmp_path / "plain.parquet")
    with pytest.raises(CRSError, match="must be in EPSG:4326"):
        summarise_partitions(tmp_path, provinces)


def test_a_file_whose_content_is_damaged_is_refused(many, provinces, tmp_path):
    path = tmp_path / "all.parquet"
    many.to_parquet(path, compression=None)
    whole = path.read_bytes()
    path.write_bytes(whole[:4] + bytes(900) + whole[904:])  # the footer, at the end, is as it was
    with pytest.raises(DataError, match="cannot be read"):
        summarise_partitions(tmp_path, provinces)


def test_unknown_groups_and_periods_are_refused_before_reading(provinces, tmp_path):
    for wrong in ({"by": "colour"}, {"years": (2002, 2001)}):
        with pytest.raises(UsageError):
            summarise_partitions(tmp_path / "not there", provinces, **wrong)


def test_without_dask_the_message_says_how_to_get_it(monkeypatch, provinces, tmp_path):
    monkeypatch.setitem(sys.modules, "dask_geopandas", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'geo-incidents\[dask\]'"):
        summarise_partitions(tmp_path, provinces)


def test_an_address_where_nobody_answers_is_refused(many, provinces, tmp_path, monkeypatch):
    monkeypatch.setattr(partitions, "CONNECT_S", 0.2)
    many.to_parquet(tmp_path / "all.parquet")
    with pytest.raises(UsageError, match=r"tcp://127\.0\.0\.1:1: no dask scheduler at this address"):
        summarise_partitions(tmp_path, provinces, scheduler="tcp://127.0.0.1:1")


@pytest.mark.slow
def test_a_worker_killed_in_mid_run_changes_nothing(many, provinces, tmp_path):
    from distributed import LocalCluster

    folder = write(tmp_path / "data", pd.concat([many] * 8, ignore_index=True), range(30, 960, 30))
    wanted = eager(pd.concat([many] * 8), provinces)
    found, told = [], []
    with LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs=50
    ) as cluster:
        run = threading.Thread(
            target=lambda: found.append(
                summarise_partitions(
                    folder, provinces, scheduler=cluster.scheduler_address, progress=lambda *count: told.append(count)
                )
            )
        )
        run.start()
        # The scheduler lives in this process: kill a worker once it has results that others still wait for.
        victim, results = cluster.workers[0], cluster.scheduler.workers
        while run.is_alive() and not (
            (state := results.get(victim.worker_address)) and any("count" in key_name(key) for key in state.has_what)
        ):
            time.sleep(0.005)
        assert run.is_alive(), "the run ended before a worker could be killed"
        os.kill(victim.pid, signal.SIGKILL)
        run.join(120)
    assert_same(found[0], wanted)
    assert told == [(done, 32) for done in range(1, 33)]


def key_name(state) -> str:
    return str(getattr(state, "key", state))


def run(*arguments: str):
    return CliRunner().invoke(main, ["summary", *arguments], standalone_mode=True)


def test_the_command_counts_partitions_as_it_counts_a_file(tmp_path):
    records = geo.read_incidents()
    folder = write(tmp_path / "data", records, [50, 100])
    plain = ["--by", "country,year", "--format", "json"]
    wanted = run(*plain)
    for source in (str(folder), folder.as_uri()):
        found = run(source, *plain, "--engine", "dask")
        assert (found.exit_code, json.loads(found.stdout)) == (0, json.loads(wanted.stdout))
    assert run(str(folder), *plain).stdout == wanted.stdout  # pandas reads the folder whole


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--engine", "dask"], "--engine dask needs INCIDENTS"),
        (["--scheduler", "tcp://127.0.0.1:1"], "--scheduler needs --engine dask"),
        (["s3://bucket/records"], "addresses need --engine dask"),
    ],
)
def test_options_that_do_not_go_together_are_wrong_usage(arguments, message):
    found = run(*arguments)
    assert found.exit_code == 2
    assert message in found.stderr
