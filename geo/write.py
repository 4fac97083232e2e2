"""Atomic writing of output files."""

import os
import platform
import re
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from geo.errors import GeoError, OutputError
from geo.paths import shown

_TEMPORARY = re.compile(r"\.geo-(?P<process>[0-9]+)-(?P<machine>[0-9a-f]{8})-[a-z0-9_]+")


@contextmanager
def atomic_path(target: str | Path) -> Iterator[Path]:
    """Yield a temporary path to write to, and replace the target with that file on success.

    If writing fails, is interrupted or is killed, the target is unchanged. What a killed process leaves beside it is
    removed by the next one that writes there.

    Parameters
    ----------
    target : str or Path
        File to write, in an existing folder. A symbolic link is refused, as it may point anywhere.

    Yields
    ------
    Path
        A path with the name of the target, at which no file exists yet, in a hidden folder beside the target, so that
        replacing it is a rename within one file system.

    Raises
    ------
    OutputError
        If the target cannot be written.
    """
    target = Path(target)
    check_target(target)
    try:
        _sweep(target.parent.resolve())
        folder = Path(tempfile.mkdtemp(prefix=f".geo-{os.getpid()}-{_machine()}-", dir=target.parent))
    except OSError as error:
        raise OutputError(f"{target}: cannot be written: {_reason(error)}") from error
    try:
        part = folder / target.name
        yield part
        _flush(part)
        part.replace(target)
        _flush_folder(target.parent)
    except GeoError:
        raise
    except OSError as error:
        raise OutputError(f"{target}: cannot be written: {_reason(error)}") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write_text(target: str | Path, text: str) -> None:
    """Write a UTF-8 text file atomically, without converting line ends; a lone surrogate becomes a question mark."""
    with atomic_path(target) as part:
        part.write_text(text, encoding="utf-8", errors="replace", newline="")


def check_target(target: Path) -> None:
    """Raise OutputError if a file cannot be written; call it before a long computation."""
    try:
        _check(target)
    except GeoError:
        raise
    except (OSError, ValueError) as error:  # a name too long, a folder that may not be searched, a null character
        reason = _reason(error) if isinstance(error, OSError) else "is not a name that a file can have"
        raise OutputError(f"{shown(target)}: cannot be written: {reason}") from error


def _check(target: Path) -> None:
    with suppress(FileNotFoundError, NotADirectoryError):
        target.lstat()
    if target.is_symlink():
        raise OutputError(f"{target}: is a symbolic link; geo does not write through links: name the file itself")
    if target.is_dir():
        raise OutputError(f"{target}: is a folder; name a file in it")
    if not target.parent.is_dir():
        raise OutputError(f"{target}: there is no folder {target.parent}; create it first")
    if target.exists() and not (target.is_file() and os.access(target, os.W_OK)):
        raise OutputError(f"{target}: cannot be replaced: it is not a regular file with write permission")


def _flush(part: Path) -> None:
    # Without this, a power failure after the rename could leave an empty file.
    with part.open("rb+") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    # Without this, a power failure could undo the rename; some file systems cannot, and the file is whole all the same.
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


@cache
def _machine() -> str:
    """Return a mark of this machine: a process of another one, which shares the folder, cannot be asked for."""
    return f"{zlib.crc32(platform.node().encode()):08x}"


@cache
def _sweep(folder: Path) -> None:
    """Remove the temporary folders that processes of this machine left in a folder when they were killed."""
    if os.name != "posix":
        return
    for entry in folder.glob(".geo-*"):
        found = _TEMPORARY.fullmatch(entry.name)
        if found and found["machine"] == _machine() and not entry.is_symlink() and not _runs(int(found["process"])):
            shutil.rmtree(entry, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # it is another user's
        return True
    return True


def _reason(error: OSError) -> str:
    return error.strerror or str(error) or type(error).__name__
