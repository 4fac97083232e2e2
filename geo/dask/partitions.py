"""Partitioned GeoParquet with dask: opened lazily, computed by partition, partial results combined in a tree."""

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from geopandas import GeoDataFrame

from geo.errors import DataError, GeoError, MissingExtraError, MissingFileError, UsageError
from geo.readers.frame import incident_frame
from geo.readers.parquet import MAX_ROWS, bounds_columns, incidents_of

Progress = Callable[[int, int], object]

#: Partial results combined per task: more make a shallower tree, but larger tasks.
FAN_IN = 16
#: Number of file footers read concurrently; object stores have a high latency, but serve many requests in parallel.
OPEN_AT_ONCE = 16
#: Seconds to wait for a connection to a scheduler.
CONNECT_S = 10


def read_partitions(source: str | Path, columns: Sequence[str] | None = None) -> Any:
    """Open the records of a GeoParquet file, or of all files in a folder, lazily.

    Parameters
    ----------
    source : path or fsspec URL
    columns : sequence of str, optional
        Columns to read; null where a file does not have them. All by default.

    Returns
    -------
    dask_geopandas.GeoDataFrame
        One partition per row group; each computes to an incident frame as ``geo.read_incidents`` returns it. Files may
        differ in their columns; ``attrs["path"]`` is the file and row group.

    Raises
    ------
    MissingExtraError
        If dask-geopandas, or the package for the URL's protocol, is not installed.
    MissingFileError
        If there is no GeoParquet at ``source``.
    DataError
        If a file is not GeoParquet, or cannot be read.
    UsageError
        If fsspec does not know the URL's protocol.
    """
    try:
        import dask_geopandas  # noqa: F401  registers geometry columns with dask
        from dask import config
        from dask.dataframe import from_map
    except ImportError as error:
        raise MissingExtraError(
            "--engine dask needs dask-geopandas; install it with: pip install 'geo-incidents[dask]'"
        ) from error
    files, paths = _find(source)
    with ThreadPoolExecutor(OPEN_AT_ONCE) as pool:
        groups = list(pool.map(lambda path: _row_groups(files, path), paths))
    pieces = [
        (files.unstrip_protocol(path), group) for path, n in zip(paths, groups, strict=True) for group in range(n)
    ]
    if not pieces:
        raise DataError(f"{source}: has no records: none of its files has a row group")
    empty = incident_frame({}, np.empty(0, dtype=object), path=str(source))
    # dask would convert lists to strings.
    with config.set({"dataframe.convert-string": False}):
        return from_map(read_row_group, pieces, columns=columns, meta=empty, enforce_metadata=False)  # type: ignore[no-untyped-call]


def read_row_group(piece: tuple[str, int], columns: Sequence[str] | None = None) -> GeoDataFrame:
    """Read one row group as an incident frame.

    Parameters
    ----------
    piece : (str, int)
        URL of a GeoParquet file, and index of a row group in it.
    columns : sequence of str, optional
        As for `read_partitions`.
    """
    import fsspec

    url, group = piece
    name = f"{url}, row group {group + 1}"
    try:
        with fsspec.open(url, "rb") as opened:
            file = pq.ParquetFile(opened)
            geometry, about = _geometry(file.schema_arrow)
            stored = [name for name in file.schema_arrow.names if name not in bounds_columns(file.schema_arrow)]
            wanted = [key for key in stored if columns is None or key in columns or key == geometry]
            table = file.read_row_group(group, columns=wanted)
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException) as error:
        raise DataError(f"{name}: cannot be read: {_line(error)}") from error
    # GeoParquet has in the metadata of the file what GeoArrow has in that of the column. All other metadata are
    # dropped, so that no pandas index is restored.
    field = pa.field(geometry, table.schema.field(geometry).type, metadata=about)
    at = table.schema.get_field_index(geometry)
    table = table.set_column(at, field, table.column(at)).replace_schema_metadata(None)
    return incidents_of(GeoDataFrame.from_arrow(table, geometry=geometry), name)


def combine(
    frame: Any,
    each: Callable[..., Any],
    add: Callable[[Sequence[Any]], Any],
    *,
    scheduler: str | None,
    progress: Progress | None,
    **shared: Any,
) -> Any:
    """Apply a function to each partition of a dask frame and combine the results.

    Parameters
    ----------
    frame : dask_geopandas.GeoDataFrame
    each : function of a partition and ``shared``
    add : function of a list of results
        Must not depend on their order.
    scheduler : str or None
        Address of a dask scheduler; None for the threads of this process.
    progress : function of (done, total), optional
        Called with the number of finished partitions.
    shared : object
        Keyword arguments of ``each``, sent once to each worker. They are part of the task graph, so that dask sends
        them again after a worker is lost.

    Raises
    ------
    UsageError
        If there is no scheduler at the address.
    GeoError
        If workers die repeatedly.
    """
    from dask.delayed import delayed

    everywhere = {name: delayed(value, pure=True) for name, value in shared.items()}
    work, joined = delayed(each), delayed(add)
    parts = results = [work(part, **everywhere) for part in frame.to_delayed()]
    while len(results) > 1:
        results = [joined(results[at : at + FAN_IN]) for at in range(0, len(results), FAN_IN)]
    count = _Count(len(parts), progress)
    if scheduler is None:
        with count.callback({part.key for part in parts}):
            return results[0].compute(scheduler="threads")
    with _connected(scheduler) as client:
        whole, *done = client.compute([results[0], *parts])
        for future in done:
            future.add_done_callback(count.one)
        del done, future
        return whole.result()


class _Count:
    """Counts finished partitions."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self.total, self.done, self._progress = total, 0, progress
        self._lock = Lock()

    def one(self, _future: Any = None) -> None:
        with self._lock:
            self.done += 1
            if self._progress is not None:
                self._progress(self.done, self.total)

    def callback(self, keys: set[str]) -> Any:
        """Return a context in which dask's local schedulers report finished tasks."""
        from dask.callbacks import Callback

        return Callback(posttask=lambda key, *_: self.one() if key in keys else None)  # type: ignore[no-untyped-call]


def _find(source: str | Path) -> tuple[Any, list[str]]:
    """Return the file system of a data set and the paths of its files."""
    import fsspec

    try:
        files, root = fsspec.core.url_to_fs(str(source))
    except ImportError as error:
        raise MissingExtraError(f"{source}: {_line(error)}") from error
    except ValueError as error:
        raise UsageError(f"{source}: is not a path or a supported address: {_line(error)}") from error
    try:
        found = [root] if files.isfile(root) else sorted(files.glob(f"{root.rstrip('/')}/**/*.parquet"))
    except OSError as error:
        raise DataError(f"{source}: cannot be listed: {_line(error)}") from error
    if not found:
        raise MissingFileError(f"{source}: no GeoParquet found; give a .parquet file or a folder of them")
    return files, found


def _row_groups(files: Any, path: str) -> int:
    """Return the number of row groups of a GeoParquet file."""
    try:
        with files.open(path, "rb") as opened:
            file = pq.ParquetFile(opened)
            _geometry(file.schema_arrow)
            sizes = [file.metadata.row_group(group).num_rows for group in range(file.num_row_groups)]
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException) as error:
        raise DataError(f"{path}: is not a GeoParquet file of records: {_line(error)}") from error
    if max(sizes, default=0) > MAX_ROWS:
        raise DataError(
            f"{path}: has a row group of {max(sizes):,} rows, too large for a worker's memory (at most {MAX_ROWS:,}); "
            "write the file in smaller row groups"
        )
    return len(sizes)


def _geometry(schema: pa.Schema) -> tuple[str, dict[str, str]]:
    """Return the name of the geometry column, and its field metadata for GeoArrow."""
    metadata = json.loads((schema.metadata or {})[b"geo"])
    name = metadata["primary_column"]
    column = metadata["columns"][name]
    # A missing CRS means longitude and latitude (OGC:CRS84), a null one an unknown CRS.
    crs = column.get("crs", "OGC:CRS84")
    return name, {
        "ARROW:extension:name": f"geoarrow.{column['encoding'].lower()}",
        "ARROW:extension:metadata": json.dumps({} if crs is None else {"crs": crs}),
    }


@contextmanager
def _connected(scheduler: str) -> Iterator[Any]:
    """Yield a client of the scheduler at an address; close it afterwards."""
    try:
        from distributed import Client, KilledWorker
    except ImportError as error:
        raise MissingExtraError(
            "--scheduler needs dask's distributed; install it with: pip install 'geo-incidents[dask]'"
        ) from error
    try:
        client = Client(scheduler, timeout=CONNECT_S, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise UsageError(f"--scheduler {scheduler}: no dask scheduler at this address: {_line(error)}") from error
    with client:
        try:
            yield client
        except KilledWorker as error:
            raise GeoError(
                f"--scheduler {scheduler}: workers died repeatedly on the same partition, usually because they ran out "
                f"of memory; give them more, or write smaller row groups: {_line(error)}"
            ) from error


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
