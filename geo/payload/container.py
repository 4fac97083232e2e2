"""A block of typed columns: the binary container for the data of a page (docs/design.md, "The page")."""

import base64
import json
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as compute
from numpy.typing import ArrayLike, NDArray

#: Typed arrays in JavaScript must start at a multiple of their item size, at most 8 bytes.
ALIGNMENT = 8
#: Level 6 compresses to within two per cent of level 9 in a third of the time.
GZIP_LEVEL = 6
#: zlib's ``wbits`` for a gzip header, whose timestamp zlib leaves at 0, and its maximum ``memLevel``.
GZIP_WINDOW, GZIP_MEMORY = 31, 9
#: Sections of at least this many bytes are flushed, so that the next one starts with new Huffman codes.
FLUSHED = 4096
#: Number of words with a one-byte code, and with a two-byte code.
ONE_BYTE, TWO_BYTES = 192, (255 - 192) * 256
#: Minimum average number of rows per distinct stem for dictionary encoding to pay off.
ROWS_PER_STEM = 4
#: Leading zeros belong to the stem, so that decoding restores the number exactly.
_ID = r"(?s)^(?P<stem>.*?)(?P<number>0|[1-9][0-9]{0,8})?$"
_TYPES = {"uint8": "u8", "uint16": "u16", "uint32": "u32", "int32": "i32", "float64": "f64"}


class Block:
    """Collects sections and encodes them as base64 of gzip; the output is deterministic."""

    def __init__(self) -> None:
        self._sections: list[dict[str, Any]] = []
        self._parts: list[bytes] = []
        self._length = 0

    def add(self, name: str, values: ArrayLike, **note: Any) -> None:
        """Add a typed array; ``note`` is added to the entry of the section in the header."""
        array = np.ascontiguousarray(values)
        little = array.astype(array.dtype.newbyteorder("<"), copy=False)
        self._append({"name": name, "type": _TYPES[array.dtype.name], **note}, little.tobytes())

    def add_counts(self, name: str, values: pd.Series, like: tuple[str, pd.Series] | None = None) -> None:
        """Add non-negative whole numbers or nulls in the smallest type that fits: value + 1, zero for null.

        With ``like``, the name and values of a column that is mostly equal, the exclusive or with it is stored.
        """
        shifted = _plus_one(values)
        if like is None:
            self.add(name, smallest(shifted), plus=1)
        else:
            self.add(name, smallest(shifted ^ _plus_one(like[1])), plus=1, like=like[0])

    def add_text(self, name: str, values: Any) -> None:
        """Add text, null as empty: the UTF-8 bytes of all rows, and the length of each row as ``NAME:lengths``."""
        column = utf8(values)
        offsets = np.frombuffer(column.buffers()[1], np.int64)[column.offset : column.offset + len(column) + 1]
        data = column.buffers()[2]
        raw = data.to_pybytes()[offsets[0] : offsets[-1]] if data is not None and len(column) else b""
        self._append({"name": name, "type": "utf8"}, raw)
        self.add(f"{name}:lengths", smallest(np.diff(offsets) if len(column) else np.zeros(0, np.int64)))

    def add_ids(self, name: str, values: Any) -> None:
        """Add ids with a numeric suffix: dictionary-encoded stems (``NAME:stems``, ``NAME:codes``) and the numbers.

        Numbers are stored as number + 1, zero for none, delta-encoded modulo 2^32. With too many distinct stems the
        column is stored as text.
        """
        parts = compute.extract_regex(utf8(values), _ID)
        stems = parts.field("stem").dictionary_encode()
        if len(stems.dictionary) > len(stems) // ROWS_PER_STEM:
            self.add_text(name, values)
            return
        # An id without a number gets a null.
        digits = compute.if_else(compute.equal(parts.field("number"), ""), None, parts.field("number"))
        numbers = compute.fill_null(compute.add(digits.cast(pa.int64()), 1), 0).to_numpy(zero_copy_only=False)
        self.add_planes(name, np.diff(numbers, prepend=0).astype(np.uint32), stems=True)
        self.add(f"{name}:codes", smallest(np.asarray(stems.indices)))
        self.add_text(f"{name}:stems", stems.dictionary)

    def add_prose(self, columns: Mapping[str, pd.Series]) -> None:
        """Add columns of prose, with words replaced by numbers, of which the most frequent take one byte.

        Text is split at single spaces, so that joining the words with spaces restores it. All columns share one
        dictionary, ``vocabulary``. Compared with gzip of the plain text, this halves the size.
        """
        split = [compute.split_pattern(utf8(values), " ") for values in columns.values()]
        counts = [np.diff(np.asarray(part.offsets)) for part in split]
        dictionary, indices = _dictionary_encode([part.flatten() for part in split])
        del split  # a hundred thousand descriptions are millions of words
        order = np.argsort(-sum(np.bincount(part, minlength=len(dictionary)) for part in indices), kind="stable")
        rank = np.empty(len(order), np.int32)
        rank[order] = np.arange(len(order), dtype=np.int32)
        self.add_text("vocabulary", dictionary.take(pa.array(order)))
        for name, words_in_row, part in zip(columns, counts, indices, strict=True):
            codes, starts = _word_codes(rank[part])
            self._append({"name": name, "type": "prose"}, codes.tobytes())
            self.add(f"{name}:lengths", smallest(np.diff(starts[np.cumsum(words_in_row)], prepend=0)))

    def add_planes(self, name: str, values: ArrayLike, **note: Any) -> None:
        """Add a typed array with its bytes shuffled: the lowest bytes of all values first; this compresses better."""
        array = np.ascontiguousarray(values)
        little = array.astype(array.dtype.newbyteorder("<"), copy=False)
        planes = little.view(np.uint8).reshape(len(array), array.itemsize).T
        self._append({"name": name, "type": _TYPES[array.dtype.name], "planes": True, **note}, planes.tobytes())

    def add_words(self, name: str, values: pd.Series, more: pd.Series | None = None) -> list[str]:
        """Add a dictionary-encoded column, with code 0 for null; return its dictionary, which starts at code 1.

        A second column that shares the dictionary is added as ``cells:NAME``.
        """
        both = [values.astype("string"), *([] if more is None else [more.astype("string")])]
        codes, words = pd.factorize(pd.concat(both, ignore_index=True), sort=True)
        self.add(name, smallest(codes[: len(values)] + 1))
        if more is not None:
            self.add(f"cells:{name}", smallest(codes[len(values) :] + 1))
        return [str(word) for word in words]

    def encode(self, header: dict[str, Any]) -> bytes:
        """Return the block: header length, header and sections, compressed with gzip, as ASCII base64."""
        head = json.dumps(
            {**header, "sections": self._sections}, ensure_ascii=False, allow_nan=False, separators=(",", ":")
        ).encode()
        padding = b"\0" * (-(4 + len(head)) % ALIGNMENT)
        compressor = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, GZIP_WINDOW, GZIP_MEMORY, zlib.Z_FILTERED)
        compressed = []
        for part in (len(head).to_bytes(4, "little") + head + padding, *self._parts):
            compressed.append(compressor.compress(part))
            if len(part) >= FLUSHED:
                compressed.append(compressor.flush(zlib.Z_SYNC_FLUSH))
        return base64.b64encode(b"".join([*compressed, compressor.flush()]))

    def _append(self, section: dict[str, Any], raw: bytes) -> None:
        # Offsets are relative to the end of the header, so that they do not depend on its length.
        self._sections.append({**section, "offset": self._length, "length": len(raw)})
        padding = b"\0" * (-len(raw) % ALIGNMENT)
        self._parts += [raw, padding]
        self._length += len(raw) + len(padding)


def _plus_one(values: pd.Series) -> NDArray[np.int64]:
    return np.asarray((values.astype("Int64") + 1).to_numpy(np.int64, na_value=0), np.int64)


def smallest(values: NDArray[Any]) -> NDArray[Any]:
    """Cast non-negative whole numbers to the smallest unsigned type that fits, or to float64 beyond uint32."""
    top = int(values.max(initial=0))
    kind = np.uint8 if top < 2**8 else np.uint16 if top < 2**16 else np.uint32 if top < 2**32 else np.float64
    return values.astype(kind)


def _dictionary_encode(columns: list[pa.Array]) -> tuple[pa.Array, list[NDArray[np.int32]]]:
    """Dictionary-encode columns with one shared dictionary; return it and the indices of each column."""
    if not any(map(len, columns)):
        return pa.array([], pa.large_string()), [np.zeros(0, np.int32) for _ in columns]
    words = pa.chunked_array(columns, pa.large_string()).dictionary_encode().unify_dictionaries()
    return words.chunk(0).dictionary, [np.asarray(chunk.indices, dtype=np.int32) for chunk in words.chunks]


def _word_codes(ranks: NDArray[np.int32]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Encode ranks as bytes; return the bytes and the start offset of each code, shape (n + 1,) with the end last.

    Ranks below ONE_BYTE are a single byte. The next TWO_BYTES ranks take two: a first byte from ONE_BYTE to 254, and a
    second. All others take four: 255 and three bytes, little-endian.
    """
    two = np.flatnonzero((ranks >= ONE_BYTE) & (ranks < ONE_BYTE + TWO_BYTES))
    four = np.flatnonzero(ranks >= ONE_BYTE + TWO_BYTES)
    starts = np.ones(len(ranks) + 1, np.int64)
    starts[0] = 0
    starts[two + 1], starts[four + 1] = 2, 4
    np.cumsum(starts, out=starts)
    codes = np.empty(starts[-1], np.uint8)
    codes[starts[:-1]] = np.minimum(ranks, 255)
    rest = ranks[two] - ONE_BYTE
    codes[starts[two]], codes[starts[two] + 1] = ONE_BYTE + (rest >> 8), rest & 255
    for byte in range(3):
        codes[starts[four] + 1 + byte] = (ranks[four] >> (8 * byte)) & 255
    return codes, starts


def utf8(values: Any) -> pa.Array:
    """Convert text to one Arrow array, with nulls as empty strings."""
    if isinstance(values, pa.Array):
        return values.cast(pa.large_string())
    column = pa.array(pd.Series(values, dtype="string").fillna(""), type=pa.large_string())
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
