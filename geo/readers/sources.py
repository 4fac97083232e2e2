"""Read the table of sources that records cite."""

import os
from pathlib import Path

import pandas as pd

from geo.errors import DataError
from geo.model import SOURCE_COLUMNS
from geo.paths import regular_file
from geo.resources import data_path


def read_sources(path: str | Path | None = None) -> pd.DataFrame:
    """Read the table of sources: what was published, by whom, when and where.

    Parameters
    ----------
    path : str or Path, optional
        A UTF-8 csv file with the columns of ``geo.model.SOURCE_COLUMNS``; the shipped list by default.

    Returns
    -------
    DataFrame, shape (n,)
        Text columns of ``geo.model.SOURCE_COLUMNS``, in file order.

    Raises
    ------
    MissingFileError
        If the file does not exist.
    DataError
        If the file is not a table of sources, or a source is listed twice.
    """
    path = regular_file(data_path("sources.csv") if path is None else path, "no such file; expected a csv of sources")
    try:
        table = pd.read_csv(path, dtype="string", keep_default_na=False, na_values=[""], encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise DataError(f"{path}: is not a UTF-8 csv table of sources: {' '.join(str(error).split())}") from error
    if missing := [name for name in SOURCE_COLUMNS if name not in table.columns]:
        raise DataError(f"{path}: lacks the columns {', '.join(missing)}; a source has {', '.join(SOURCE_COLUMNS)}")
    keys = table["source"]
    if keys.isna().any():
        row = int(keys.isna().to_numpy().argmax()) + 1
        raise DataError(f"{path}: row {row}: source is empty; every source needs a key")
    if keys.duplicated().any():
        raise DataError(f"{path}: source listed twice: {', '.join(sorted(set(keys[keys.duplicated()])))}")
    return table[[*SOURCE_COLUMNS]]


def sources_beside(path: Path) -> pd.DataFrame:
    """Return the sources that the records of a file may cite.

    Parameters
    ----------
    path : Path
        File of records.

    Returns
    -------
    DataFrame, shape (n,)
        ``sources.csv`` in the same folder if it exists, otherwise the shipped list; then the data sets that
        ``geo import`` reads.
    """
    beside = path.with_name("sources.csv")
    own = read_sources(beside if os.path.lexists(beside) else None)
    datasets = read_sources(data_path("datasets.csv"))
    return pd.concat([own, datasets[~datasets["source"].isin(own["source"])]], ignore_index=True)
