"""Paths that are no files are refused at once, and errors of the system are one line."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import geo
from geo.errors import DataError, GeoError, MissingFileError, OutputError
from geo.importing.geocode_table import geocode_table
from geo.paths import regular_file, shown
from geo.readers.sources import sources_beside
from geo.readers.table import read_table
from geo.web.assets import interface_text
from geo.web.embed import embed
from geo.write import check_target


def odd_paths(folder: Path, suffix: str) -> list[Path]:
    os.mkfifo(folder / f"pipe{suffix}")
    (folder / f"device{suffix}").symlink_to("/dev/zero")
    (folder / f"linked{suffix}").symlink_to(folder / f"pipe{suffix}")
    return [folder / f"{name}{suffix}" for name in ("pipe", "device", "linked")]


READERS = {
    "records": (geo.read_incidents, (".geojson", ".parquet", ".csv", ".gpkg")),
    "provinces": (geo.read_provinces, (".geojson",)),
    "sources": (geo.read_sources, (".csv",)),
    "language": (interface_text, (".json",)),
    "tables": (read_table, (".csv", ".xlsx", ".json", ".gpkg", ".parquet")),
    "places": (lambda path: geocode_table(path, path.with_name("out.csv")), (".csv", ".parquet")),
    "maps": (embed, (".html",)),
}


@pytest.mark.parametrize(("name", "suffix"), [(name, suffix) for name, (_, ends) in READERS.items() for suffix in ends])
def test_pipes_and_devices_are_refused_at_once(name: str, suffix: str, tmp_path: Path) -> None:
    start = time.monotonic()
    for path in odd_paths(tmp_path, suffix):
        with pytest.raises(GeoError, match="is a pipe, device or socket"):
            READERS[name][0](path)
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("name", READERS)
def test_names_too_long_are_an_error_of_geo(name: str, tmp_path: Path) -> None:
    reader, (suffix, *_) = READERS[name]
    for odd in ("x" * 300, "nul\x00", "lone\ud800"):
        with pytest.raises(GeoError):
            reader(tmp_path / f"{odd}{suffix}")


def test_pipes_in_folders_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.geojson")
    os.mkfifo(tmp_path / "a.parquet")
    os.mkfifo(tmp_path / "sources.csv")
    for reader in (geo.read_provinces, geo.read_incidents, lambda path: sources_beside(path / "a.geojson")):
        with pytest.raises(GeoError, match="is a pipe"):
            reader(tmp_path)


def test_files_and_links_to_them_are_taken(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    (tmp_path / "b").symlink_to("a")
    assert regular_file(tmp_path / "b") == tmp_path / "b"
    with pytest.raises(MissingFileError, match=r"c: nothing there$"):
        regular_file(tmp_path / "c", "nothing there")
    with pytest.raises(MissingFileError):
        regular_file(tmp_path / "a" / "b")
    with pytest.raises(DataError, match="is a folder"):
        regular_file(tmp_path)
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(DataError, match="cannot be read"):
        regular_file(tmp_path / "loop")


def test_targets_with_odd_names_are_an_error_of_geo(tmp_path: Path) -> None:
    for odd in ("x" * 300, "nul\x00", "lone\ud800"):
        with pytest.raises(OutputError, match=r"cannot be written|there is no folder"):
            check_target(tmp_path / odd)


def test_a_path_in_a_message_is_one_short_line() -> None:
    assert shown("a\nb\x00\ud800") == "a\\nb\\x00\\ud800"
    assert len(shown("x" * 5000)) < 200


def run(arguments: list[str | bytes], **options: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "geo", *arguments], stderr=subprocess.PIPE, text=True, errors="replace", **options
    )  # type: ignore[call-overload,no-any-return]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_full_disk_is_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        ran = run(["summary", "--by", "type"], stdout=full)
    assert (ran.returncode, ran.stderr) == (1, "Error: cannot write the output: No space left on device\n")


@pytest.mark.parametrize(
    "command", [["validate"], ["summary"], ["import", "--out", "a.geojson"], ["geocode"], ["export", "--out"]]
)
def test_bytes_that_are_no_text_give_no_traceback(command: list[str], tmp_path: Path) -> None:
    ran = run(
        [*command, b"\xff\xfe.geojson"], stdout=subprocess.PIPE, cwd=tmp_path, env={**os.environ, "PYTHONUTF8": "1"}
    )
    assert "Traceback" not in ran.stderr
    assert ran.returncode in (0, 1, 2)


def test_a_figure_needs_no_backend(tmp_path: Path) -> None:
    ran = run(["figure", "--out", str(tmp_path / "a.svg"), "--years", "2021"], env={**os.environ, "MPLBACKEND": "nope"})
    assert (ran.returncode, ran.stderr) == (0, "")
