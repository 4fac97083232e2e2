"""Files that are made to hurt are refused in one line, in little memory, and nothing is written through a link."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from geo.cli import main
from geo.dask.partitions import read_partitions
from geo.errors import DataError
from geo.readers import read_incidents

#: Runs the command line and prints on stderr how much memory it took at most, in MB.
#: ``ru_maxrss`` would not do: it starts from what the process that ran the tests had taken.
MEASURED = """
import sys
from pathlib import Path
from geo.cli import main
try:
    main(sys.argv[1:])
finally:
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    print(int(peak.split()[1]) // 1024, file=sys.stderr)
"""
#: What Python with geopandas takes, about 250 MB, and as much again.
ALLOWED_MB = 500


def refuse(*arguments: object) -> str:
    """Run a command that must fail with one line and little memory; return the line."""
    command = [sys.executable, "-c", MEASURED, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    *message, megabytes = done.stderr.strip().splitlines()
    assert len(message) == 1, done.stderr
    assert int(megabytes) < ALLOWED_MB, done.stderr
    return message[0]


def run(*arguments: object) -> Any:
    """Run a command that must fail with a message."""
    done = CliRunner().invoke(main, [str(word) for word in arguments])
    assert isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code == 1
    return done


@pytest.mark.slow
def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet,
    ):
        for _ in range(600):
            sheet.write(bytes(1 << 20))
    assert path.stat().st_size < 1 << 20
    assert "would decompress from" in refuse("import", path, "--out", tmp_path / "out.geojson")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["long.csv", "long.geojson", "long.json"])
def test_a_line_of_two_gigabytes_is_not_taken_into_memory(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    start = "id,date,place\n" if path.suffix == ".csv" else '{"type": "FeatureCollection", "features": [{"a": "'
    with path.open("w") as file:
        file.write(start + "x" * (20 << 20))
        file.truncate(2 << 30)  # the rest takes no room on the disk
    message = refuse("import", path, "--out", tmp_path / "out.geojson")
    assert str(path) in message
    if path.suffix != ".csv":
        assert "MB is more than" in refuse("validate", path)
    assert [file.name for file in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("depth", [1_000, 200_000])
def test_deep_json_is_refused_or_reported(tmp_path: Path, depth: int) -> None:
    path = tmp_path / "deep.geojson"
    deep = "[" * depth + "]" * depth
    path.write_text(f'{{"type": "FeatureCollection", "features": [{deep}]}}')
    done = run("validate", path)
    assert "nested too deeply" in done.stderr or "must be a GeoJSON Feature object" in done.stdout
    done = run("import", path, "--out", tmp_path / "out.geojson")
    assert "nested too deeply" in done.stderr or "1 × is not a GeoJSON Feature object" in done.stdout


def test_deep_json_in_a_column_is_a_fault_of_its_record(tmp_path: Path) -> None:
    path = tmp_path / "deep.parquet"
    records = gpd.GeoDataFrame({"id": ["a"], "sources": ["[" * 100_000]}, geometry=[None], crs="EPSG:4326")
    records.to_parquet(path)
    assert "a (row 1): sources = [[[" in run("validate", path).stdout


def test_a_parquet_file_that_unpacks_to_twelve_million_rows_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "bomb.parquet"
    geo = {"primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB", "geometry_types": []}}}
    schema = pa.schema([("id", pa.string()), ("geometry", pa.binary())], {b"geo": json.dumps(geo)})
    nulls = pa.table({"id": pa.nulls(2_000_000, pa.string()), "geometry": pa.nulls(2_000_000, pa.binary())}, schema)
    with pq.ParquetWriter(path, schema) as writer:
        for _ in range(6):
            writer.write_table(nulls)
    assert path.stat().st_size < 100_000
    for command in (["validate", path], ["import", path, "--out", tmp_path / "out.parquet"]):
        assert "12,000,000 rows, " in refuse(*command)


def test_a_row_group_that_no_worker_could_hold_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "wide.parquet"
    gpd.GeoDataFrame({"id": list("abc")}, geometry=[None] * 3, crs="EPSG:4326").to_parquet(path, row_group_size=2)
    monkeypatch.setattr("geo.dask.partitions.MAX_ROWS", 2)
    assert read_partitions(path).npartitions == 2
    monkeypatch.setattr("geo.dask.partitions.MAX_ROWS", 1)
    with pytest.raises(DataError, match=r"a row group of 2 rows, .* in smaller row groups"):
        read_partitions(path)


def test_a_folder_counts_as_all_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "ab":
        gpd.GeoDataFrame({"id": [name]}, geometry=[None], crs="EPSG:4326").to_parquet(tmp_path / f"{name}.parquet")
    assert list(read_incidents(tmp_path)["id"]) == ["a", "b"]
    monkeypatch.setattr("geo.readers.parquet.MAX_ROWS", 1)
    with pytest.raises(DataError, match=r"2 rows, .* are more than fit in memory"):
        read_incidents(tmp_path)


@pytest.mark.parametrize(
    "command",
    [
        ["build", "--out", "{folder}"],
        ["figure", "--out", "{folder}/index.png"],
        ["export", "--out", "{folder}/index.csv"],
        ["export", "--out", "{folder}/index.gpkg"],
        ["export", "--out", "{folder}/index.parquet"],
        ["import", "{table}", "--out", "{folder}/index.geojson"],
        ["geocode", "--in", "{table}", "--out", "{folder}/index.csv"],
    ],
    ids=lambda words: " ".join(words[:1] + words[-1:]).replace("{folder}", ""),
)
def test_nothing_is_written_through_a_symbolic_link(tmp_path: Path, command: list[str]) -> None:
    precious, folder, table = tmp_path / "precious", tmp_path / "out", tmp_path / "table.csv"
    precious.write_text("precious")
    folder.mkdir()
    for suffix in ("html", "png", "csv", "gpkg", "parquet", "geojson"):
        (folder / f"index.{suffix}").symlink_to(precious)
    pd.DataFrame({"id": ["a"], "place": ["Kabul"], "date": ["2021-08-26"]}).to_csv(table, index=False)
    assert "is a symbolic link" in run(*(word.format(folder=folder, table=table) for word in command)).stderr
    assert precious.read_text() == "precious"
    assert all(file.is_symlink() for file in folder.iterdir())
