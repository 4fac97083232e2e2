"""Write the hashes of all runs of eight words of source texts, against which tests hold the words of the records.

The texts themselves are not part of this repository; hashes say only whether a run of words is in them.

Usage: python tools/hash_sources.py TEXT...
"""

import argparse
import re
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "tests" / "records" / "eight_words.bin"
WORDS = 8
#: Five bytes: among ten thousand runs of our own, one in ten thousand files would find a match by chance.
BYTES = 5


def runs(text: str) -> Iterator[str]:
    """Yield each run of eight words, in lower case, without punctuation."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    return (" ".join(words[n : n + WORDS]) for n in range(len(words) - WORDS + 1))


def hashed(run: str) -> bytes:
    """Return the hash of a run."""
    return blake2b(run.encode(), digest_size=BYTES).digest()


def read_hashes(file: Path = FILE) -> set[bytes]:
    """Return the hashes of a file."""
    content = file.read_bytes()
    return {content[n : n + BYTES] for n in range(0, len(content), BYTES)}


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="+", type=Path)
    args = parser.parse_args()
    found = {hashed(run) for text in args.texts for run in runs(text.read_text(encoding="utf-8"))}
    FILE.write_bytes(b"".join(sorted(found)))


if __name__ == "__main__":
    main()
