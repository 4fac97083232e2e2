"""Outputs, written whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geo.errors import GeoError, OutputError


@contextmanager
def atomic_path(target: str | Path) -> Iterator[Path]:
    """Give a path to write to, and put what was written in the target's place once all went well.

    Until then the target keeps its old content, whether the writing fails, is interrupted or is killed.

    Parameters
    ----------
    target : str or Path
        File to write, in an existing folder. A symbolic link is refused: what it points to may lie anywhere.

    Yields
    ------
    Path
        A file of the same name, not there yet, in a hidden folder beside the target, so that the last step is one
        rename on one file system.

    Raises
    ------
    OutputError
        If the target cannot be written.
    """
    target = Path(target)
    check_target(target)
    try:
        folder = Path(tempfile.mkdtemp(prefix=".geo-", dir=target.parent))
    except OSError as error:
        raise OutputError(f"{target}: cannot be written: {_reason(error)}") from error
    try:
        part = folder / target.name
        yield part
        _flush(part)
        part.replace(target)
    except GeoError:
        raise
    except OSError as error:
        raise OutputError(f"{target}: cannot be written: {_reason(error)}") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write_text(target: str | Path, text: str) -> None:
    """Write a UTF-8 text file with the line ends that the text has, whole or not at all."""
    with atomic_path(target) as part:
        part.write_text(text, encoding="utf-8", newline="")


def check_target(target: Path) -> None:
    """Raise OutputError if a file cannot be written there; worth asking before a long step."""
    if target.is_symlink():
        raise OutputError(f"{target}: is a symbolic link; geo does not write through links: name the file itself")
    if target.is_dir():
        raise OutputError(f"{target}: is a folder; name a file in it")
    if not target.parent.is_dir():
        raise OutputError(f"{target}: there is no folder {target.parent}; make it first")
    if target.exists() and not (target.is_file() and os.access(target, os.W_OK)):
        raise OutputError(f"{target}: cannot be replaced: it is not a file that you may write")


def _flush(part: Path) -> None:
    # Without this a power cut after the rename could leave an empty file where the old one was.
    with part.open("rb+") as file:
        os.fsync(file.fileno())


def _reason(error: OSError) -> str:
    return error.strerror or str(error) or type(error).__name__
