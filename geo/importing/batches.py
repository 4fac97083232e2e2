"""Tables read and written a batch of rows at a time: delimited text and parquet."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geo.cells import guarded, unguarded
from geo.errors import DataError
from geo.readers.encoding import detect_encoding

#: Separators of columns by the suffix of the file.
SEPARATORS = {".csv": ",", ".tsv": "\t", ".txt": "\t"}
SUFFIXES = (*SEPARATORS, ".parquet")


def read_batches(source: Path, size: int, column: str) -> tuple[Iterator[pd.DataFrame], int | None, list[str]]:
    """Open a table to be read in batches; text files are read as text, with "" for an empty cell.

    Parameters
    ----------
    source : Path
        A file with one of `SUFFIXES`.
    size : int
        Rows of a batch.
    column : str
        A column that the table has; text files are read with the separator that separates it from others.

    Returns
    -------
    batches : iterator of DataFrame
    total : int or None
        Number of rows, where the file states it.
    notes : list of str
        How the file was read, where it is not as usual.

    Raises
    ------
    DataError
        If the file is damaged; for text files, when the batches are read.
    """
    if source.suffix.lower() == ".parquet":
        try:
            file = pq.ParquetFile(source)
        except (pa.ArrowInvalid, OSError) as error:
            raise DataError(f"{source}: cannot be read as parquet: {error}") from error
        return (batch.to_pandas() for batch in file.iter_batches(size)), file.metadata.num_rows, []
    notes = []
    encoding = detect_encoding(source)
    if encoding == "cp1252":
        notes.append(f"{source}: is not UTF-8; read as Windows-1252")
    separator = _separator(source, encoding, column)
    if separator != SEPARATORS[source.suffix.lower()]:
        notes.append(f"{source}: read with columns separated by {separator!r}")
    return _text_batches(source, encoding, separator, size, column), None, notes


def _separator(source: Path, encoding: str, column: str) -> str:
    """Return the separator that the suffix promises, unless only another one gives the column."""
    usual = SEPARATORS[source.suffix.lower()]
    with source.open(encoding=encoding, errors="replace", newline=None) as file:
        header = file.readline()
    for separator in (usual, ",", ";", "\t", "|"):
        if column in (cell.strip().strip('"') for cell in header.lstrip("\ufeff").split(separator)):
            return separator
    return usual


def _text_batches(source: Path, encoding: str, separator: str, size: int, column: str) -> Iterator[pd.DataFrame]:
    try:
        with pd.read_csv(
            source,
            sep=separator,
            dtype=str,
            keep_default_na=False,
            skip_blank_lines=False,
            chunksize=size,
            encoding=encoding,
        ) as reader:
            for batch in reader:
                if not isinstance(batch.index, pd.RangeIndex):
                    raise DataError(f"{source}: has a row with more cells than columns")
                yield unguarded(batch.fillna(""))
    except pd.errors.EmptyDataError as error:
        raise DataError(f"{source}: is empty; it needs a header row with the column {column}") from error
    except (pd.errors.ParserError, UnicodeDecodeError) as error:
        raise DataError(f"{source}: is damaged: {' '.join(str(error).split())}") from error


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
        guarded(batch).to_csv(file, index=False, sep=separator, header=file.tell() == 0, lineterminator="\r\n")

    return write_text
