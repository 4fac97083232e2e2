"""Unpack a table from a ``.gz`` or ``.zip`` file."""

import gzip
import re
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Protocol

from geo.errors import DataError
from geo.paths import reading

SUFFIXES = (".gz", ".zip")
#: Maximum uncompressed size in bytes and maximum compression ratio; zip bombs are refused.
MAX_UNPACKED = 4 << 30
MAX_RATIO = 250
_CHUNK = 1 << 20
#: Files beside the table of an archive that describe it.
_ABOUT = re.compile(
    r"read.?me|licen[cs]e|terms|copying|citation|codebook|about|metadata|change.?log|notes?", re.IGNORECASE
)


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Unpacked:
    """A table unpacked to a temporary folder, which is removed with this object.

    Attributes
    ----------
    path : Path
        The file in the folder.
    shown : str
        Its name for messages: the path of the archive, and the name of the table in it.
    note : str
    """

    def __init__(self, archive: Path, member: str | None, suffixes: Sequence[str]) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="geo-", ignore_cleanup_errors=True)
        try:
            name = _unpack(archive, member, suffixes, Path(self._folder.name))
        except BaseException:
            self._folder.cleanup()
            raise
        self.path = Path(self._folder.name) / PurePosixPath(name).name
        zipped = archive.suffix.lower() == ".zip"
        self.shown = f"{archive}/{name}" if zipped else str(archive)
        self.note = f"unpacked {name} from {archive.name}"

    def close(self) -> None:
        """Remove the folder."""
        self._folder.cleanup()


def split_member(path: Path) -> tuple[Path, str | None]:
    """Return an archive and the table named in it: ``events.zip/ged.csv`` is ``ged.csv`` in ``events.zip``."""
    for parent in path.parents:
        if parent.suffix.lower() == ".zip" and parent.is_file():
            return parent, path.relative_to(parent).as_posix()
    return path, None


def _unpack(archive: Path, member: str | None, suffixes: Sequence[str], folder: Path) -> str:
    """Unpack one table; return its name in the archive."""
    limit = min(MAX_UNPACKED, MAX_RATIO * max(archive.stat().st_size, _CHUNK))
    with reading(archive, f"is a damaged {archive.suffix.lower().removeprefix('.')} file"):
        if archive.suffix.lower() == ".gz":
            if Path(archive.stem).suffix.lower() not in suffixes:
                raise DataError(f"{archive}: does not say what is in it; name it like the table, such as events.csv.gz")
            with gzip.open(archive) as packed:
                _copy(packed, folder / archive.stem, archive, limit)
            return archive.stem
        with zipfile.ZipFile(archive) as unzipped:
            name = member or _table_in(archive, unzipped, suffixes)
            try:
                entry = unzipped.getinfo(name)
            except KeyError:
                raise DataError(f"{archive}: has no {name}; it has {_listed(unzipped.namelist())}") from None
            if entry.flag_bits & 1:
                raise DataError(f"{archive}: is encrypted; unpack it first")
            with unzipped.open(entry) as packed:
                _copy(packed, folder / PurePosixPath(name).name, archive, limit)
            return name


def _copy(packed: _Readable, target: Path, archive: Path, limit: int) -> None:
    with target.open("wb") as file:
        while chunk := packed.read(_CHUNK):
            if file.tell() + len(chunk) > limit:
                raise DataError(f"{archive}: would decompress to more than {limit >> 20} MB; refused, unpack it first")
            file.write(chunk)


def _table_in(archive: Path, unzipped: zipfile.ZipFile, suffixes: Sequence[str]) -> str:
    """Return the name of the only table of an archive."""
    names = [entry.filename for entry in unzipped.infolist() if not entry.is_dir()]
    names = [
        name for name in names if not any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)
    ]
    tables = [name for name in names if PurePosixPath(name).suffix.lower() in suffixes]
    if len(tables) > 1:
        tables = [name for name in tables if not _ABOUT.search(PurePosixPath(name).stem)] or tables
    if len(tables) > 1:
        tables = [name for name in tables if PurePosixPath(name).suffix.lower() != ".txt"] or tables
    if not tables:
        raise DataError(f"{archive}: has no table, but {_listed(names)}; tables are {', '.join(suffixes)}")
    if len(tables) > 1:
        raise DataError(f"{archive}: has several tables, {_listed(tables)}; name one: {archive}/{tables[0]}")
    return tables[0]


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:5]) or "no files"
    return f"{shown} and {len(names) - 5} more" if len(names) > 5 else shown
