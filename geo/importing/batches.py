"""Tables read and written a batch of rows at a time."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geo.cells import unguarded, write_csv
from geo.columns import as_text
from geo.errors import DataError
from geo.readers.blocks import Block
from geo.readers.table import read_table

#: Separators of columns in the text files that are written, by suffix.
SEPARATORS = {".csv": ",", ".tsv": "\t", ".txt": "\t"}
SUFFIXES = (*SEPARATORS, ".parquet")
#: How a text file is usually read, by suffix; not worth a note.
_USUAL = {
    ".csv": "comma-separated text, UTF-8",
    ".tsv": "tab-separated text, UTF-8",
    ".txt": "tab-separated text, UTF-8",
}


def read_batches(source: Path, size: int) -> tuple[Iterator[pd.DataFrame], int | None, list[str]]:
    """Open a table to be read in batches.

    Parameters
    ----------
    source : Path
        A table that `geo.readers.table.read_table` reads.
    size : int
        Rows of a batch.

    Returns
    -------
    batches : iterator of DataFrame
        At least one. Text files are text, with "" for an empty cell; points are columns ``longitude`` and
        ``latitude``, unless the table has these.
    total : int or None
        Number of rows, where the file states it.
    notes : list of str
        How the file was read, where it is not as usual.

    Raises
    ------
    DataError
        If the file is damaged, also when the batches are read.
    """
    table = read_table(source)
    notes = [note for note in table.notes if note.removesuffix("-SIG") != _USUAL.get(source.suffix.lower())]
    return _batches(source, table.blocks, size), table.rows, notes


def _batches(source: Path, blocks: Iterator[Block], size: int) -> Iterator[pd.DataFrame]:
    empty: pd.DataFrame | None = None
    some = False
    for block in blocks:
        if block.damaged:
            row, _, reason = block.damaged[0]
            raise DataError(f"{source}: is damaged: row {row} {reason}")
        # Parquet is not opened by spreadsheets: its text is as it was.
        frame = _writable(block) if source.suffix.lower() == ".parquet" else unguarded(_writable(block))
        empty = frame.iloc[:0] if empty is None else empty
        for first in range(0, len(frame), size):
            some = True
            yield frame.iloc[first : first + size]
    if not some and empty is not None:
        yield empty


def _writable(block: Block) -> pd.DataFrame:
    """Return the rows of a block; columns of cells of any type, as workbooks and JSON have them, as text."""
    frame = block.frame
    mixed = {name: as_text(frame[name]) for name in frame.columns if frame[name].dtype == object}
    points = {} if block.lonlat is None else dict(zip(("longitude", "latitude"), block.lonlat.T, strict=True))
    return frame.assign(**mixed, **{name: values for name, values in points.items() if name not in frame.columns})


def batch_writer(part: Path, stack: ExitStack) -> Callable[[pd.DataFrame], None]:
    """Return a function that appends a batch to a file, which is closed with the stack."""
    if part.suffix.lower() == ".parquet":
        writer: pq.ParquetWriter | None = None

        def write_parquet(batch: pd.DataFrame) -> None:
            nonlocal writer
            table = pa.Table.from_pandas(batch, preserve_index=False, schema=writer.schema if writer else None)
            writer = writer or stack.enter_context(pq.ParquetWriter(part, table.schema))
            writer.write_table(table)

        return write_parquet
    file = stack.enter_context(part.open("w", encoding="utf-8", newline=""))
    separator = SEPARATORS[part.suffix.lower()]

    def write_text(batch: pd.DataFrame) -> None:
        write_csv(batch, file, header=file.tell() == 0, separator=separator)

    return write_text
