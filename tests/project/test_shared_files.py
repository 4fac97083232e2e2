"""What several test processes need is built by one of them."""

import multiprocessing
import os
import time
from pathlib import Path

import pytest
from shared_files import build_once, run_folder


def _count(parent: Path, barrier: object) -> None:
    def build(folder: Path) -> None:
        (parent / f"built-by-{os.getpid()}").touch()
        time.sleep(0.2)  # long enough for the others to arrive
        (folder / "page.html").write_text("whole")

    barrier.wait(60)
    assert (build_once(parent, "shared", build) / "page.html").read_text() == "whole"


def test_one_of_several_processes_builds_and_all_find_it_whole(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    barrier = context.Barrier(3)
    processes = [context.Process(target=_count, args=(tmp_path, barrier)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert len(list(tmp_path.glob("built-by-*"))) == 1


def test_a_build_that_fails_is_repeated_and_leaves_nothing_half_made(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        (folder / "half").touch()
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        build_once(tmp_path, "shared", fail)
    assert not (tmp_path / "shared").exists()
    folder = build_once(tmp_path, "shared", lambda folder: (folder / "page.html").touch())
    assert [path.name for path in folder.iterdir()] == ["page.html"]


def test_workers_share_the_folder_above_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_XDIST_WORKER", "gw0")
    assert run_folder(tmp_path / "popen-gw0") == tmp_path
    monkeypatch.delenv("PYTEST_XDIST_WORKER")
    assert run_folder(tmp_path) == tmp_path
