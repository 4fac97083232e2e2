"""Whoever stops ``geo build``, and whenever: each file is the old one or the new one, whole."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

MAPS = ("index.html", "choropleth.html", "incidents.html", "strongholds.html", "cross_border.html")
#: Runs ``geo build`` and sends itself a signal at the nth flush of a finished page to the disk.
STOP_AT = """
import os, signal, stat, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs in the background of a shell ignores it
number, nth, out = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
flush = os.fsync
def fsync(file):
    global nth
    nth -= stat.S_ISREG(os.fstat(file).st_mode)  # the folder is flushed after each page
    if nth == 0:
        os.kill(os.getpid(), number)
    flush(file)
os.fsync = fsync
from geo.cli import main
main(["build", "--out", out])
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A folder with a map of each name, written before."""
    for name in MAPS:
        (tmp_path / name).write_text(f"old {name}")
    return tmp_path


def build_until(stop: signal.Signals, nth: int, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", STOP_AT, str(int(stop)), str(nth), str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def whole(path: Path) -> bool:
    text = path.read_text()
    return text == f"old {path.name}" or (text.startswith("<!DOCTYPE html>") and text.endswith("</html>\n"))


@pytest.mark.parametrize("nth", [1, 3])
def test_kill_9_while_pages_are_written_leaves_every_file_whole(old, nth):
    done = build_until(signal.SIGKILL, nth, old)
    assert done.returncode == -signal.SIGKILL
    assert all(whole(old / name) for name in MAPS)
    # Only those pages are new that were in their place before the process died.
    assert sum((old / name).read_text().startswith("<!DOCTYPE") for name in MAPS) == nth - 1


def test_ctrl_c_leaves_old_files_and_no_others(old):
    done = build_until(signal.SIGINT, 1, old)
    assert done.returncode not in (0, None)
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in old.iterdir()) == sorted(MAPS)
    assert all((old / name).read_text() == f"old {name}" for name in MAPS)


@pytest.mark.parametrize("seconds", [0.3, 2.5])
def test_kill_9_at_any_moment_leaves_every_file_whole(old, seconds):
    process = subprocess.Popen(
        [sys.executable, "-m", "geo", "build", "--out", str(old)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(seconds)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert all(whole(old / name) for name in MAPS)


def test_a_build_after_a_killed_one_replaces_the_old_maps(old):
    build_until(signal.SIGKILL, 2, old)
    subprocess.run([sys.executable, "-m", "geo", "build", "--out", str(old)], check=True, capture_output=True)
    assert all((old / name).read_text().startswith("<!DOCTYPE html>") for name in MAPS)
