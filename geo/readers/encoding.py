"""Detect the encoding of a text file, UTF-8, UTF-16, UTF-32 or Windows-1252, and read it as UTF-8."""

import codecs
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import numpy as np
import pyarrow as pa

from geo.errors import DataError

_BLOCK = 1 << 24
#: Byte-order marks; the longer ones first, because the UTF-32 mark starts with the UTF-16 mark.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: What files of other types begin with, and what to do about them.
_OTHERS = (
    (b"PK\3\4", "a zip file or an Excel workbook; name it .zip or .xlsx"),
    (b"\x1f\x8b", "a gzip file; name it like the table in it, such as events.csv.gz"),
    (b"PAR1", "Parquet; name it .parquet"),
    (b"SQLite format 3\0", "a GeoPackage or another database; name it .gpkg"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook or Office document; save it as .xlsx or csv"),
    (b"%PDF", "a PDF document"),
    (b"<!doctype html", "a web page, perhaps one that asks you to sign in; download the table again"),
    (b"<html", "a web page, perhaps one that asks you to sign in; download the table again"),
    (b"<?xml", "XML; save the table as .xlsx or csv"),
)
#: Undecodable bytes after decoding with ``surrogateescape``.
_ESCAPED = re.compile("[\udc80-\udcff]")
#: Most places of undecodable bytes that are listed.
_LISTED = 3


@dataclass(frozen=True)
class Encoding:
    """How a text file is read.

    Attributes
    ----------
    name : str
        Python name of the encoding.
    clean : bool
        Whether the file is UTF-8 throughout, so that it can be read without being converted.
    notes : list of str
        What the user should know about it.
    """

    name: str
    clean: bool
    notes: list[str]


def examine(path: Path) -> Encoding:
    """Return how a text file is to be read.

    A file that is not UTF-8 is UTF-8 with damage if it has at least as many multi-byte characters as undecodable bytes;
    these are replaced by U+FFFD. Otherwise it is assumed to be Windows-1252, which Excel uses for csv files in western
    Europe and America. Other code pages cannot be distinguished from it, so the assumption is noted.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Encoding

    Raises
    ------
    DataError
        If the file is not text.
    """
    name = detect_encoding(path)
    if name in ("utf-8", "utf-8-sig"):
        with path.open("rb") as file:
            if _is_utf8(file):
                return Encoding(name, True, [])
    if name.startswith(("utf-16", "utf-32")):
        return Encoding(name, False, [])
    found = _survey(path, name)
    notes = []
    if name == "cp1252":
        first = _survey(path, "ascii").places[0]
        notes.append(
            f"not UTF-8, so read as Windows-1252, first at {first}; if letters look wrong, save the file as UTF-8 first"
        )
    if found.undecodable:
        label = "Windows-1252" if name == "cp1252" else "UTF-8"
        more = found.undecodable - len(found.places)
        where = "; ".join(found.places) + (f"; and {more:,} more" if more else "")
        subject = "1 byte is" if found.undecodable == 1 else f"{found.undecodable:,} bytes are"
        notes.append(f"{subject} not {label} and read as U+FFFD (\ufffd): {where}")
    return Encoding(name, False, notes)


def detect_encoding(path: Path) -> str:
    """Return the Python name of the encoding of a text file.

    Parameters
    ----------
    path : Path

    Returns
    -------
    str
        ``utf-8``, ``utf-8-sig``, ``utf-16``, ``utf-16-le``, ``utf-16-be``, ``utf-32`` or ``cp1252``.

    Raises
    ------
    DataError
        If the file is not text.
    """
    with path.open("rb") as file:
        start = file.read(4096)
        begins = start.removeprefix(codecs.BOM_UTF8).lstrip()
        for signature, kind in _OTHERS:
            if begins[: len(signature)].lower() == signature.lower():
                raise DataError(f"{path}: is {kind}")
        for mark, name in _MARKS:
            if start.startswith(mark):
                return name
        # Latin text in UTF-16 has a zero in every second byte; text in the other encodings has no zeros.
        for zeros, name in ((start[1::2], "utf-16-le"), (start[::2], "utf-16-be")):
            if len(start) > 3 and zeros.count(0) > 0.8 * len(zeros):
                return name
        if start.count(0) > 0.1 * len(start):
            raise DataError(f"{path}: contains many zero bytes, so it is not text; is it a csv file?")
        file.seek(0)
        if _is_utf8(file):
            return "utf-8"
    found = _survey(path, "utf-8")
    return "utf-8" if found.characters >= found.undecodable else "cp1252"


def open_utf8(path: Path, encoding: Encoding) -> BinaryIO:
    """Open a text file as UTF-8, converted if need be; what cannot be decoded is U+FFFD.

    Parameters
    ----------
    path : Path
    encoding : Encoding
        As `examine` returns it.
    """
    file = path.open("rb")
    return file if encoding.clean else cast("BinaryIO", io.BufferedReader(_Converted(file, encoding.name)))


class _Converted(io.RawIOBase):
    """A text file in another encoding, read as UTF-8."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        self._file, self._ready = file, memoryview(b"")
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            block = self._file.read(_BLOCK)
            self._ready = memoryview(self._decoder.decode(block, final=not block).encode("utf-8", "replace"))
            if not block:
                break
        count = min(len(buffer), len(self._ready))
        buffer[:count], self._ready = self._ready[:count], self._ready[count:]
        return count

    def close(self) -> None:
        self._file.close()
        super().close()


@dataclass(frozen=True)
class _Survey:
    """Bytes of a file that cannot be decoded, and where the first of them are; decoded characters beyond ASCII."""

    undecodable: int
    characters: int
    places: list[str]


def _survey(path: Path, encoding: str) -> _Survey:
    decoder = codecs.getincrementaldecoder(encoding)("surrogateescape")
    lines = io.IncrementalNewlineDecoder(decoder, translate=True)
    undecodable = characters = 0
    line, column, places = 1, 1, list[str]()
    with path.open("rb") as file:
        while True:
            block = file.read(_BLOCK)
            text = lines.decode(block, final=not block)
            bad = [found.start() for found in _ESCAPED.finditer(text)]
            for position in bad[: _LISTED - len(places)]:
                above = text.count("\n", 0, position)
                in_line = position - text.rfind("\n", 0, position) if above else column + position
                places.append(f"line {line + above}, column {in_line}")
            undecodable += len(bad)
            characters += len(text) - len(text.encode("ascii", "ignore")) - len(bad)
            breaks = text.count("\n")
            line, column = line + breaks, len(text) - text.rfind("\n") if breaks else column + len(text)
            if not block:
                return _Survey(undecodable, characters, places)


def _is_utf8(file: BinaryIO) -> bool:
    """Return whether the rest of a file is UTF-8. Arrow validates without decoding, which is several times as fast."""
    block = bytearray(_BLOCK)
    held = 0
    while count := file.readinto(memoryview(block)[held:]):  # type: ignore[attr-defined]
        # A character at the end of a block may continue in the next one.
        end = whole = held + count
        for back in range(1, min(3, end) + 1):
            if block[end - back] >= 0xC0:
                whole = end - back
                break
        if not _valid(block, whole):
            return False
        held = end - whole
        block[:held] = block[whole:end]
    return _valid(block, held)


def _valid(block: bytearray, length: int) -> bool:
    offsets = pa.py_buffer(np.array([0, length], dtype=np.int32))
    try:
        pa.StringArray.from_buffers(1, offsets, pa.py_buffer(block)).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True
