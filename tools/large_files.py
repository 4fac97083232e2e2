"""Fail if one of the files named is large: what enters the history of a repository stays in every copy of it.

Usage: python tools/large_files.py FILE...
"""

import sys
from pathlib import Path

#: Bytes. The largest files today are a table of expected answers, 0.6 MB, and pictures of maps, 0.4 MB each.
LIMIT = 1_000_000
#: Bytes allowed for files that the package cannot do without, by the end of their path.
LARGER = {"data/provinces/world.parquet": 2_500_000}


def large_files(paths: list[str], limit: int = LIMIT) -> list[str]:
    """Return a line for each file of more than ``limit`` bytes; paths that are no longer there are passed over.

    The files of `LARGER` have limits of their own.
    """
    lines = []
    for path in filter(lambda path: Path(path).is_file(), paths):
        allowed = next((more for end, more in LARGER.items() if Path(path).as_posix().endswith(end)), limit)
        if (size := Path(path).stat().st_size) > allowed:
            size_mb, allowed_mb = f"{size / 1e6:.1f} MB", f"{allowed / 1e6:.1f} MB"
            lines.append(f"{path}: {size_mb}, allowed are {allowed_mb}; make it smaller, or build it when it is needed")
    return lines


if __name__ == "__main__":
    faults = large_files(sys.argv[1:])
    print("\n".join(faults), end="\n" if faults else "")
    sys.exit(bool(faults))
