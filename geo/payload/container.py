"""A block of typed columns: the container in which numbers and text travel to a page (docs/design.md, "The page")."""

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

#: Typed arrays in JavaScript must start at a multiple of their item's size; eight suits all.
ALIGNMENT = 8
#: Level 6 packs within two per cent of level 9 in a third of the time.
GZIP_LEVEL = 6
#: With a gzip header, whose time zlib leaves empty; and the most that it keeps in mind.
GZIP_WINDOW, GZIP_MEMORY = 31, 9
#: Bytes of a section that is worth Huffman codes of its own: they are sent anew after it.
FLUSHED = 4096
#: Words with a code of one byte, and with one of two.
ONE_BYTE, TWO_BYTES = 192, (255 - 192) * 256
#: Rows that a stem must serve, taken together, to be worth a code.
ROWS_PER_STEM = 4
#: A number has no leading zeros here, so that it is written back as it was; they belong to the stem.
_ID = r"(?s)^(?P<stem>.*?)(?P<number>0|[1-9][0-9]{0,8})?$"
_TYPES = {"uint8": "u8", "uint16": "u16", "uint32": "u32", "int32": "i32", "float64": "f64"}


class Block:
    """Collects sections and turns them into base64 of gzip; equal sections give equal bytes."""

    def __init__(self) -> None:
        self._sections: list[dict[str, Any]] = []
        self._parts: list[bytes] = []
        self._length = 0

    def add(self, name: str, values: ArrayLike, **note: Any) -> None:
        """Add a typed array; ``note`` goes into the section's entry in the header."""
        array = np.ascontiguousarray(values)
        little = array.astype(array.dtype.newbyteorder("<"), copy=False)
        self._append({"name": name, "type": _TYPES[array.dtype.name], **note}, little.tobytes())

    def add_counts(self, name: str, values: pd.Series, like: tuple[str, pd.Series] | None = None) -> None:
        """Add whole numbers from zero up, or nulls, in as few bytes as they need: value + 1, zero for null.

        With ``like``, name and values of a column that is often the same, what differs from it (exclusive or).
        """
        filled = _filled(values)
        if like is None:
            self.add(name, smallest(filled), plus=1)
        else:
            self.add(name, smallest(filled ^ _filled(like[1])), plus=1, like=like[0])

    def add_text(self, name: str, values: Any) -> None:
        """Add text, null as empty: the UTF-8 bytes of all rows, and the length of each as ``NAME:lengths``."""
        column = utf8(values)
        offsets = np.frombuffer(column.buffers()[1], np.int64)[column.offset : column.offset + len(column) + 1]
        data = column.buffers()[2]
        raw = data.to_pybytes()[offsets[0] : offsets[-1]] if data is not None and len(column) else b""
        self._append({"name": name, "type": "utf8"}, raw)
        self.add(f"{name}:lengths", smallest(np.diff(offsets) if len(column) else np.zeros(0, np.int64)))

    def add_ids(self, name: str, values: Any) -> None:
        """Add names that end in numbers: each stem once, ``NAME:stems``, its code in each row, and how numbers change.

        The number of a row is sent one higher, zero for none, as the difference from the row before, modulo 2^32. Where
        most rows have a stem of their own the column is text.
        """
        parts = compute.extract_regex(utf8(values), _ID)
        stems = parts.field("stem").dictionary_encode()
        if len(stems.dictionary) > len(stems) // ROWS_PER_STEM:
            self.add_text(name, values)
            return
        # No number reads as null.
        digits = compute.if_else(compute.equal(parts.field("number"), ""), None, parts.field("number"))
        numbers = compute.fill_null(compute.add(digits.cast(pa.int64()), 1), 0).to_numpy(zero_copy_only=False)
        self.add_planes(name, np.diff(numbers, prepend=0).astype(np.uint32), stems=True)
        self.add(f"{name}:codes", smallest(np.asarray(stems.indices)))
        self.add_text(f"{name}:stems", stems.dictionary)

    def add_prose(self, columns: Mapping[str, pd.Series]) -> None:
        """Add columns of sentences: each a row of numbers of words, in which the most frequent words take one byte.

        Words are what stands between single spaces, so that joining them with spaces gives the text back. One list of
        words, ``vocabulary``, serves all columns. This halves what gzip makes of the plain text.
        """
        split = [compute.split_pattern(utf8(values), " ") for values in columns.values()]
        counts = [np.diff(np.asarray(part.offsets)) for part in split]
        dictionary, numbers = _numbered([part.flatten() for part in split])
        del split  # a hundred thousand descriptions are millions of words
        order = np.argsort(-sum(np.bincount(part, minlength=len(dictionary)) for part in numbers), kind="stable")
        rank = np.empty(len(order), np.int32)
        rank[order] = np.arange(len(order), dtype=np.int32)
        self.add_text("vocabulary", dictionary.take(pa.array(order)))
        for name, words_in_row, part in zip(columns, counts, numbers, strict=True):
            codes, starts = _word_codes(rank[part])
            self._append({"name": name, "type": "prose"}, codes.tobytes())
            self.add(f"{name}:lengths", smallest(np.diff(starts[np.cumsum(words_in_row)], prepend=0)))

    def add_planes(self, name: str, values: ArrayLike, **note: Any) -> None:
        """Add a typed array byte by byte: first the lowest bytes of all values, last the highest, which gzip likes."""
        array = np.ascontiguousarray(values)
        little = array.astype(array.dtype.newbyteorder("<"), copy=False)
        planes = little.view(np.uint8).reshape(len(array), array.itemsize).T
        self._append({"name": name, "type": _TYPES[array.dtype.name], "planes": True, **note}, planes.tobytes())

    def add_words(self, name: str, values: pd.Series, more: pd.Series | None = None) -> list[str]:
        """Add a column of repeated words as codes, zero for null; return the words, of which the first has code 1.

        A second column of the same words becomes ``cells:NAME``.
        """
        both = [values.astype("string"), *([] if more is None else [more.astype("string")])]
        codes, words = pd.factorize(pd.concat(both, ignore_index=True), sort=True)
        self.add(name, smallest(codes[: len(values)] + 1))
        if more is not None:
            self.add(f"cells:{name}", smallest(codes[len(values) :] + 1))
        return [str(word) for word in words]

    def encode(self, header: dict[str, Any]) -> bytes:
        """Return the block: base64, ASCII, of the gzip of length, header and sections."""
        head = json.dumps(
            {**header, "sections": self._sections}, ensure_ascii=False, allow_nan=False, separators=(",", ":")
        ).encode()
        start = b"\0" * (-(4 + len(head)) % ALIGNMENT)
        packer = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, GZIP_WINDOW, GZIP_MEMORY, zlib.Z_FILTERED)
        packed = []
        for part in (len(head).to_bytes(4, "little") + head + start, *self._parts):
            packed.append(packer.compress(part))
            if len(part) >= FLUSHED:
                packed.append(packer.flush(zlib.Z_SYNC_FLUSH))
        return base64.b64encode(b"".join([*packed, packer.flush()]))

    def _append(self, section: dict[str, Any], raw: bytes) -> None:
        # Offsets count from the end of the header, whose own length they would otherwise change.
        self._sections.append({**section, "offset": self._length, "length": len(raw)})
        padding = b"\0" * (-len(raw) % ALIGNMENT)
        self._parts += [raw, padding]
        self._length += len(raw) + len(padding)


def _filled(values: pd.Series) -> NDArray[np.int64]:
    return np.asarray((values.astype("Int64") + 1).to_numpy(np.int64, na_value=0), np.int64)


def smallest(values: NDArray[Any]) -> NDArray[Any]:
    """Return whole numbers from zero up in the smallest unsigned type that holds them all, sums beyond it as floats."""
    top = int(values.max(initial=0))
    kind = np.uint8 if top < 2**8 else np.uint16 if top < 2**16 else np.uint32 if top < 2**32 else np.float64
    return values.astype(kind)


def _numbered(columns: list[pa.Array]) -> tuple[pa.Array, list[NDArray[np.int32]]]:
    """Return the distinct words of all columns, and for each column the numbers of its words among them."""
    if not any(map(len, columns)):
        return pa.array([], pa.large_string()), [np.zeros(0, np.int32) for _ in columns]
    words = pa.chunked_array(columns, pa.large_string()).dictionary_encode().unify_dictionaries()
    return words.chunk(0).dictionary, [np.asarray(chunk.indices, dtype=np.int32) for chunk in words.chunks]


def _word_codes(ranks: NDArray[np.int32]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return ranks as bytes, and where each starts, shape (n + 1,): the last is the end.

    Below ONE_BYTE: the rank. Then up to TWO_BYTES more: a first byte from ONE_BYTE to 254, and a second. Beyond: 255
    and three bytes, the lowest first.
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
    """Return text as one Arrow array, nulls empty."""
    if isinstance(values, pa.Array):
        return values.cast(pa.large_string())
    column = pa.array(pd.Series(values, dtype="string").fillna(""), type=pa.large_string())
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
