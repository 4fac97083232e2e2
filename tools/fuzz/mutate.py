"""Damage to files: in their bytes, in the words of their text, and inside of what they pack."""

import gzip
import io
import random
import re
import zipfile
import zlib

#: Words that readers have to expect where a number, a text or a type stands.
WORDS = [
    b"", b"0", b"-0", b"-1", b"1e999", b"-1e999", b"NaN", b"Infinity", b"null", b"true", b"[]", b"{}", b'""', b'"66"',
    b"9" * 400, b"1" * 5000, b"1e-400", b"2147483648", b"9223372036854775808", b"18446744073709551616", b'"\\ud800"',
    b"\\ud800", b"\\u0000", b"\xed\xa0\x80", b"\xff", b"\x00", b"\xef\xbb\xbf", b"\xe2\x80\xae", b"\r", b"\n", b"\r\n",
    b"'", b'"', b"\\", b"<", b">", b"&", b"&x;", b"[" * 1200, b"{\"a\":" * 1200, b"x" * 3000, b"%s%n", b"{0}", b"{a}",
    b"9999-12-31", b"0000-00-00", b"-5", b"1900-02-30", b"A0", b"XFE1048577", b"ZZZZ99999999", b"../../x", b"#REF!",
    b'"type"', b'"Point"', b'"Polygon"', b'"MultiPolygon"', b'"GeometryCollection"', b"179.9", b"-180", b"181",
    b"1e300", b"en", b"rtl", b"day", b"XT-N", b"AF",
]  # fmt: skip
_TOKEN = re.compile(rb'"[^"\\]{0,80}"|-?[0-9][0-9.e+-]*|[A-Za-z_]+|[^\sA-Za-z0-9]')
_LARGEST = 1 << 20


def mutate(data: bytes, rng: random.Random) -> bytes:
    """Return data with some damage; in three of four cases that of a packed file is inside of what it packs."""
    if rng.random() < 0.75:
        if data[:2] == b"PK":
            return _in_zip(data, rng)
        if data[:2] == b"\x1f\x8b":
            try:
                return gzip.compress(mutate(gzip.decompress(data), rng), mtime=0)
            except (OSError, EOFError, zlib.error):
                pass
    for _ in range(rng.choice((1, 1, 1, 2, 3, 8))):
        data = rng.choice(_CHANGES)(data, rng)[:_LARGEST]
    return data


def _in_zip(data: bytes, rng: random.Random) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [(name, archive.read(name)) for name in archive.namelist()]
        at = rng.randrange(len(members))
        name, content = members[at]
        change = rng.random()
        if change < 0.05:
            del members[at]
        elif change < 0.1:
            members[at] = (mutate(name.encode(), rng).decode("utf-8", "replace")[:200] or "x", content)
        elif change < 0.15:
            members.append((members[rng.randrange(len(members))][0] + "x", content))
        else:
            members[at] = (name, mutate(content, rng))
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for name, content in members:
                archive.writestr(zipfile.ZipInfo(name), content)
        return packed.getvalue()
    except Exception:
        return _flip(data, rng)


def _at(data: bytes, rng: random.Random) -> int:
    return rng.randrange(len(data) + 1)


def _flip(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 10)) if changed else 0):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _set(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    if changed:
        start = rng.randrange(len(changed))
        end = start + rng.choice((1, 1, 2, 4, 8))
        changed[start:end] = rng.choice((0, 1, 127, 128, 255)).to_bytes(1, "big") * len(changed[start:end])
    return bytes(changed)


def _cut(data: bytes, rng: random.Random) -> bytes:
    return data[: _at(data, rng)]


def _remove(data: bytes, rng: random.Random) -> bytes:
    start = _at(data, rng)
    return data[:start] + data[start + rng.choice((1, 2, 8, 64, 1024)) :]


def _repeat(data: bytes, rng: random.Random) -> bytes:
    start = _at(data, rng)
    piece = data[start : start + rng.choice((1, 8, 64, 1024))]
    return data[:start] + piece * rng.choice((2, 2, 3, 200)) + data[start:]


def _splice(data: bytes, rng: random.Random) -> bytes:
    start, end, at = _at(data, rng), _at(data, rng), _at(data, rng)
    return data[:at] + data[min(start, end) : max(start, end)] + data[at:]


def _insert(data: bytes, rng: random.Random) -> bytes:
    at = _at(data, rng)
    return data[:at] + rng.choice(WORDS) + data[at:]


def _replace(data: bytes, rng: random.Random) -> bytes:
    """Replace a word by another of the same file, or by one that is hard to read."""
    tokens = list(_TOKEN.finditer(data[: 64 << 10]))
    if not tokens:
        return _insert(data, rng)
    token = rng.choice(tokens)
    word = rng.choice(tokens)[0] if rng.random() < 0.4 else rng.choice(WORDS)
    return data[: token.start()] + word + data[token.end() :]


_CHANGES = (_flip, _set, _cut, _remove, _repeat, _splice, _insert, _replace, _replace, _replace, _replace)
