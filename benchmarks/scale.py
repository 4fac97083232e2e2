"""Counting partitioned GeoParquet with dask: rows a second and memory a worker, at 10,000,000 rows by default.

``python -m benchmarks.scale [ROWS [ROWS_A_PARTITION]]`` prints the figures.
"""

import json
import multiprocessing
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import geo
from benchmarks.memory import peak_mb
from benchmarks.synthetic import records
from geo.dask.summary import summarise_partitions


def measure(rows: int = 10_000_000, partition: int = 250_000, workers: int = 2) -> dict[str, float | int]:
    """Write partitions, count them on a cluster of this machine, and compare a sample with pandas.

    Returns
    -------
    dict
        Seconds, rows a second, seconds of processor of all workers together, bytes a row on disk, the largest memory
        (MB) of a worker and of the process that asked, and what pandas takes for one partition.
    """
    from distributed import LocalCluster

    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), rows, partition)
        size = sum(file.stat().st_size for file in Path(folder).iterdir())
        provinces = geo.read_provinces()
        with LocalCluster(
            n_workers=workers, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, memory_limit=None
        ) as cluster:
            start = time.perf_counter()
            table = summarise_partitions(folder, provinces, scheduler=cluster.scheduler_address)
            seconds = time.perf_counter() - start
            with cluster.get_client() as client:
                memory, busy = client.run(peak_mb), client.run(time.process_time)
        alone = in_a_process(one_partition, Path(folder) / "part-00000.parquet")
    counted = sum(table.attrs["totals"][kind] for kind in ("incidents", "strongholds", "statistics"))
    return {
        "rows": rows,
        "counted": counted,
        "partition_rows": partition,
        "workers": workers,
        "seconds": round(seconds, 1),
        "rows_per_s": round(rows / seconds),
        "worker_cpu_s": round(sum(busy.values()), 1),
        "bytes_per_row": round(size / rows, 1),
        "worker_peak_mb": max(memory.values()),
        "asking_peak_mb": peak_mb(),
        "groups": len(table),
        **alone,
    }


def write(folder: Path, rows: int, partition: int) -> None:
    """Write the same places with new ids and shuffled dates and types, as many times as it takes."""
    rng = np.random.default_rng(13)
    block = records(min(rows, partition), description=0)
    for name in ("admin1_code", "admin1_name"):
        # Left to be found from the point, as of the date: in 2004 some of these places lay in other provinces.
        block[name] = pd.array([None] * len(block), dtype="string")
    for number, first in enumerate(range(0, rows, partition)):
        n = min(partition, rows - first)
        part = block.iloc[:n].reset_index(drop=True)
        part["id"] = np.char.add("s-", np.arange(first, first + n).astype(str))
        shuffled = rng.permutation(n)
        for name in ("date_start", "date_end", "event_type", "actor1"):
            part[name] = part[name].array.take(shuffled)
        part.to_parquet(folder / f"part-{number:05}.parquet", row_group_size=partition)


def one_partition(path: Path) -> dict[str, float]:
    """Read, check, geocode and count one partition with pandas."""
    provinces = geo.read_provinces()
    start = time.perf_counter()
    read = geo.read_incidents(path)
    took = {"read": time.perf_counter()}
    assert not geo.validate(read, provinces=provinces)
    took["check"] = time.perf_counter()
    located = geo.geocode(read, provinces)
    took["geocode"] = time.perf_counter()
    geo.summarise(located, provinces)
    took["count"] = time.perf_counter()
    ends = list(took.values())
    steps = dict(zip(took, np.diff([start, *ends]).round(2).tolist(), strict=True))
    return {f"pandas_{name}_s": value for name, value in steps.items()} | {"pandas_peak_mb": peak_mb()}


def in_a_process(function: Any, *arguments: Any) -> Any:
    """Run a function in a process of its own, so that memory is its own too."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(function, arguments)


if __name__ == "__main__":
    print(json.dumps(measure(*map(int, sys.argv[1:])), indent=1))
