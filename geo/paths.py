"""Paths of files to read: only regular files, since pipes and devices may never end."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geo.errors import DataError, GeoError, MissingFileError


def regular_file(path: str | Path, missing: str = "no such file") -> Path:
    """Return the path of a regular file that can be read; links are followed.

    Parameters
    ----------
    path : str or Path
    missing : str
        What to say after the path if nothing is there.

    Raises
    ------
    MissingFileError
        If nothing is there.
    DataError
        If it is a folder, pipe, device or socket, or cannot be read.
    """
    try:
        mode = Path(path).stat().st_mode
        readable = os.access(path, os.R_OK)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MissingFileError(f"{shown(path)}: {missing}") from error
    except OSError as error:
        raise DataError(f"{shown(path)}: cannot be read: {error.strerror}") from error
    except ValueError as error:  # a null character, or one that the file system cannot encode
        raise DataError(f"{shown(path)}: is not a name that a file can have") from error
    if stat.S_ISDIR(mode):
        raise DataError(f"{shown(path)}: is a folder; name one file in it")
    if not stat.S_ISREG(mode):
        raise DataError(f"{shown(path)}: is a pipe, device or socket; save its content as a file and name that")
    if not readable:
        raise DataError(f"{shown(path)}: cannot be read: {os.strerror(errno.EACCES)}")
    return Path(path)


@contextmanager
def reading(path: str | Path, fault: str = "cannot be read") -> Iterator[None]:
    """Turn whatever a library raises at the content of a file into a DataError that names the file.

    Parsers of damaged files raise almost anything, also errors that their documentation does not name, so that this
    goes round the calls of the library alone.

    Parameters
    ----------
    path : str or Path
    fault : str
        What to say between the path and the reason.

    Raises
    ------
    DataError
        In place of any error that is not one of geo.
    """
    try:
        yield
    except GeoError:
        raise
    except RecursionError as error:
        raise DataError(f"{shown(path)}: {fault}: is nested too deeply") from error
    except MemoryError as error:
        raise DataError(f"{shown(path)}: {fault}: needs more memory than there is, or is damaged") from error
    except Exception as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise DataError(f"{shown(path)}: {fault}: {reason}") from error


def is_folder(path: Path) -> bool:
    """Return whether a path is a folder; unlike ``Path.is_dir``, False for a name that no file can have."""
    try:
        return path.is_dir()
    except OSError:
        return False


def shown(path: str | Path) -> str:
    """Return a path for a message: on one line, shortened, without characters that cannot be printed."""
    text = str(path).encode("utf-8", "backslashreplace").decode().replace("\x00", "\\x00").replace("\n", "\\n")
    return text if len(text) <= 200 else f"{text[:100]}…{text[-60:]}"
