"""Fail if one of the files named is large: what enters the history of a repository stays in every copy of it.

Usage: python tools/large_files.py FILE...
"""

import sys
from pathlib import Path

#: Bytes. The largest files today are a table of expected answers, 0.6 MB, and pictures of maps, 0.4 MB each.
LIMIT = 1_000_000


def large_files(paths: list[str], limit: int = LIMIT) -> list[str]:
    """Return a line for each file of more than ``limit`` bytes; paths that are no longer there are passed over."""
    sizes = {path: Path(path).stat().st_size for path in paths if Path(path).is_file()}
    return [
        f"{path}: {size / 1e6:.1f} MB, allowed are {limit / 1e6:.1f} MB; make it smaller, or build it when it is needed"
        for path, size in sizes.items()
        if size > limit
    ]


if __name__ == "__main__":
    faults = large_files(sys.argv[1:])
    print("\n".join(faults), end="\n" if faults else "")
    sys.exit(bool(faults))
