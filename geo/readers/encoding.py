"""Detect the encoding of a text file: UTF-8, UTF-16 or UTF-32, or Windows-1252."""

import codecs
from pathlib import Path
from typing import BinaryIO

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


def detect_encoding(path: Path) -> str:
    """Return the Python name of the encoding of a text file.

    A file that is not valid UTF-8 is assumed to be Windows-1252, which Excel uses for csv files in western Europe and
    America. Other code pages cannot be distinguished from it, so the importer reports the assumption.

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
        If the file is not text in any of these encodings.
    """
    with path.open("rb") as file:
        start = file.read(4096)
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
        return "utf-8" if _is_utf8(file) else _windows(path)


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


def _windows(path: Path) -> str:
    with path.open("rb") as file:
        done = 0
        while block := file.read(_BLOCK):
            try:
                block.decode("cp1252")
            except UnicodeDecodeError as error:
                raise DataError(
                    f"{path}: byte {done + error.start} is neither UTF-8 nor Windows-1252; save the file as UTF-8"
                ) from error
            done += len(block)
    return "cp1252"
