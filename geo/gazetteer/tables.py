"""Read the tables of data/gazetteer/."""

import csv
import gc
import gzip
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from geo.errors import DataError


def rows(path: Path, columns: Iterable[str]) -> Iterator[dict[str, str]]:
    """Yield the rows of a shipped table."""
    try:
        with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            if missing := [name for name in columns if name not in (reader.fieldnames or ())]:
                raise damaged(path, f"has no column {', '.join(missing)}")
            for row in reader:
                if None in row or None in row.values():
                    raise damaged(path, f"row {reader.line_num}: number of cells differs from the header's")
                yield row
    except (OSError, EOFError, zlib.error, UnicodeDecodeError, csv.Error) as error:
        raise damaged(path, str(error)) from error


def damaged(path: Path, fault: str) -> DataError:
    """Return the error that names a damaged table and what is wrong with it."""
    return DataError(f"{path}: {fault}; reinstall geo, or rebuild it with tools/build_gazetteer.py")


@contextmanager
def paused_collection() -> Iterator[None]:
    """Pause garbage collection while a table becomes some ten thousand objects, all of which stay: a quarter faster."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
