import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from geo import write
from geo.errors import DataError, OutputError
from geo.write import atomic_path, write_text


def names(folder):
    return [path.name for path in folder.iterdir()]


def test_text_is_written_byte_for_byte_and_nothing_else_is_left(tmp_path):
    write_text(tmp_path / "a.html", "Хост\r\nzwei\n")
    assert (tmp_path / "a.html").read_bytes() == "Хост\r\nzwei\n".encode()
    assert names(tmp_path) == ["a.html"]


@pytest.mark.parametrize("failure", [KeyboardInterrupt, RuntimeError, DataError])
def test_old_content_stays_when_writing_stops_midway(tmp_path, failure):
    target = tmp_path / "a.csv"
    target.write_text("old")

    def write_half():
        with atomic_path(target) as part:
            part.write_text("half")
            raise failure("stop")

    with pytest.raises(failure):
        write_half()
    assert target.read_text() == "old"
    assert names(tmp_path) == ["a.csv"]


def test_a_killed_process_leaves_the_old_file(tmp_path):
    target = tmp_path / "a.csv"
    target.write_text("old")
    script = (
        "import os, signal, sys; from geo.write import atomic_path\n"
        "with atomic_path(sys.argv[1]) as part:\n"
        "    part.write_text('half'); os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(target)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert target.read_text() == "old"


def left_by_a_killed_process(folder):
    script = (
        "import os, signal, sys; from geo.write import atomic_path\n"
        "with atomic_path(sys.argv[1]) as part:\n"
        "    part.write_text('half'); os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(folder / "a.csv")], check=False)
    (left,) = names(folder)
    return left


def test_what_a_killed_process_left_is_swept_by_the_next(tmp_path):
    left = left_by_a_killed_process(tmp_path)
    process, machine = left.split("-")[1:3]
    kept = [
        f".geo-{os.getpid()}-{machine}-aaaa",
        f".geo-{process}-00000000-aaaa",
        ".geo-mine",
        f".geo-{process}-{machine}",
    ]
    for name in kept:
        (tmp_path / name).mkdir()
    (tmp_path / "linked").mkdir()
    (tmp_path / f".geo-{process}-{machine}-link").symlink_to("linked")
    write._sweep.cache_clear()
    write_text(tmp_path / "b.csv", "new")
    assert sorted(names(tmp_path)) == sorted([*kept, "b.csv", "linked", f".geo-{process}-{machine}-link"])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_command_that_is_told_to_end_leaves_nothing(tmp_path, number):
    script = (
        "import time; from geo.cli import main; from geo.write import atomic_path\n"
        "@main.command()\n"
        "def wait():\n"
        "    with atomic_path('a.csv') as part:\n"
        "        part.write_text('half'); print('ready', flush=True); time.sleep(60)\n"
        "main(['wait'])\n"
    )
    command = subprocess.Popen([sys.executable, "-c", script], cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    assert command.stdout.readline() == "ready\n"
    command.send_signal(number)
    assert command.wait(timeout=30) == 128 + number
    assert names(tmp_path) == []


def test_the_folder_is_flushed_after_the_file_is_in_place(tmp_path, monkeypatch):
    flushed = []
    fsync = os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda opened: flushed.append(str(Path(f"/proc/self/fd/{opened}").readlink())) or fsync(opened)
    )
    write_text(tmp_path / "a.csv", "new")
    assert Path(flushed[0]).name == "a.csv"
    assert flushed[1:] == [str(tmp_path)]


def test_system_errors_name_the_target(tmp_path):
    with pytest.raises(OutputError, match=r"a\.csv: cannot be written: No space left"), atomic_path(tmp_path / "a.csv"):
        raise OSError(28, "No space left on device")
    assert names(tmp_path) == []


def test_nothing_written_is_an_error(tmp_path):
    with pytest.raises(OutputError, match="No such file"), atomic_path(tmp_path / "a.csv"):
        pass


def test_what_cannot_be_a_target_is_refused(tmp_path):
    (tmp_path / "real.txt").write_text("precious")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    os.mkfifo(tmp_path / "pipe")
    for name, message in [
        ("link.txt", "symbolic link"),
        (".", "is a folder"),
        ("missing/a.txt", "there is no folder .*missing"),
        ("real.txt/a.txt", "there is no folder"),
        ("pipe", "not a regular file with write permission"),
    ]:
        with pytest.raises(OutputError, match=message):
            write_text(tmp_path / name, "new")
    assert (tmp_path / "real.txt").read_text() == "precious"


def test_a_folder_without_permission_is_named():
    folder = Path(tempfile.mkdtemp())  # not below tmp_path, which others than its owner cannot even enter
    folder.chmod(0o555)
    root = os.geteuid() == 0
    if root:  # who may write anywhere
        os.seteuid(65534)
    try:
        with pytest.raises(OutputError, match="Permission denied"):
            write_text(folder / "a.txt", "new")
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o700)
        shutil.rmtree(folder)
