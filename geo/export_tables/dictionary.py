"""The column dictionary written with every export."""

from functools import cache
from importlib.resources import files
from pathlib import Path

import pandas as pd

from geo.cells import csv_text
from geo.write import write_text

#: Entry of a column of the input file that is not in the schema.
OWN = {"type": "as in the input", "hxl": "", "meaning": "A column of the input file, carried over unchanged."}


@cache
def dictionary() -> pd.DataFrame:
    """Return the columns of exports: ``column, layer, label, type, hxl, meaning``, one row per column of a layer."""
    with files("geo.export_tables").joinpath("columns.csv").open(encoding="utf-8") as file:
        return pd.read_csv(file, dtype=str, keep_default_na=False)


def hxl_tags(columns: list[str]) -> list[str]:
    """Return the HXL hashtag of each column of records; empty for columns that have none."""
    known = dictionary()
    records = known[known["layer"] == "records"]
    tags = dict(zip(records["column"], records["hxl"], strict=True))
    return [tags.get(name, "") for name in columns]


def described(layer: str, columns: list[str]) -> pd.DataFrame:
    """Return the rows of the dictionary for the columns of a layer, in their order; the own ones of a file come last.

    Parameters
    ----------
    layer : {"records", "provinces"}
    columns : list of str
    """
    known = dictionary()
    known = known[(known["layer"] == layer) & known["column"].isin(columns)]
    own = [name for name in columns if name not in set(known["column"])]
    extra = [{"column": name, "layer": layer, "label": name, **OWN} for name in own]
    return pd.concat([known, pd.DataFrame(extra, columns=known.columns)], ignore_index=True)


def write_dictionary(target: Path, columns: list[str]) -> Path:
    """Write the dictionary of a table's columns beside it, and return the path.

    Parameters
    ----------
    target : Path
        The table. ``a.csv`` and ``a.gpkg`` both get ``a.columns.csv``, which is the same for every format.
    columns : list of str
        Columns of the records, in order; those not in `dictionary` are from the input file.
    """
    known = dictionary()
    derived = list(known.loc[known["layer"] == "records", "column"])
    table = pd.concat([described("records", [*derived, *columns]), known[known["layer"] == "provinces"]])
    path = target.with_name(f"{target.stem}.columns.csv")
    write_text(path, csv_text(table[["layer", "column", "label", "type", "hxl", "meaning"]]))
    return path
