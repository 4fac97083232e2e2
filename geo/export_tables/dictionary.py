"""The column dictionary that goes with every export."""

from functools import cache
from importlib.resources import files
from pathlib import Path

import pandas as pd

from geo.write import write_text

#: What is said of a column that the file itself brought along.
OWN = {"type": "as in the input", "hxl": "", "meaning": "A column of the input file, carried over unchanged."}


@cache
def dictionary() -> pd.DataFrame:
    """Return what the columns of exports mean: ``column, layer, type, hxl, meaning``, one row a column of a layer."""
    with files("geo.export_tables").joinpath("columns.csv").open(encoding="utf-8") as file:
        return pd.read_csv(file, dtype=str, keep_default_na=False)


def hxl_tags(columns: list[str]) -> list[str]:
    """Return the HXL hashtag of each column of records; empty for columns that have none."""
    known = dictionary()
    records = known[known["layer"] == "records"]
    tags = dict(zip(records["column"], records["hxl"], strict=True))
    return [tags.get(name, "") for name in columns]


def write_dictionary(target: Path, columns: list[str]) -> Path:
    """Write the meaning of every column beside a table, and return the file's path.

    Parameters
    ----------
    target : Path
        The table: ``a.csv`` and ``a.gpkg`` get ``a.columns.csv``, the same for every format.
    columns : list of str
        Of the records, in their order; columns that `dictionary` does not know are the input's own.
    """
    known = dictionary()
    own = [name for name in columns if name not in set(known.loc[known["layer"] == "records", "column"])]
    extra = pd.DataFrame([{"column": name, "layer": "records", **OWN} for name in own], columns=known.columns)
    table = pd.concat([known[known["layer"] == "records"], extra, known[known["layer"] == "provinces"]])
    path = target.with_name(f"{target.stem}.columns.csv")
    write_text(path, table[["layer", "column", "type", "hxl", "meaning"]].to_csv(index=False, lineterminator="\n"))
    return path
