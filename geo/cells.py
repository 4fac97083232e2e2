"""Text in the cells of tables that spreadsheets open, which would run some of it as formulas."""

import json
import re
from collections.abc import Callable
from io import StringIO
from typing import Any, TextIO

import numpy as np
import pandas as pd

#: Start of a cell that a spreadsheet would evaluate as a formula, also in full-width letters, and after a tab or line
#: end. Apostrophes already there match too, so that unescaping is unambiguous.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
#: Evaluates to itself.
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
#: First characters of text that `_FORMULA` may match.
_FIRST = frozenset("'=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def guard(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would evaluate as a formula; plain numbers are left as is."""
    if text[:1] in _FIRST and _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def unguard(text: str) -> str:
    """Remove the apostrophe that `guard` puts before text."""
    return text[1:] if text[:1] == "'" and _FORMULA.match(text) else text


def guarded(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with every text, and every name of a column, as `guard` returns it.

    Apostrophes that a spreadsheet or geo has put there before are not doubled.

    Parameters
    ----------
    table : DataFrame, shape (n,)
    """
    return _each(table, lambda text: guard(unguard(text)), _FIRST)


def unguarded(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with every text as `unguard` returns it; names of columns are kept."""
    return _each(table, unguard, frozenset("'")).set_axis(table.columns, axis=1)


def write_csv(table: pd.DataFrame, file: TextIO, *, header: bool = True, separator: str = ",") -> None:
    """Write a table, `guarded`, to a text file opened with ``newline=""``. Line ends are CRLF.

    Parameters
    ----------
    table : DataFrame, shape (n,)
    file : text file
    header : bool, default True
        Whether to write the names of the columns; not where rows are appended.
    separator : str, default ","
    """
    # With other line ends pandas does not quote a carriage return in a cell, at which a spreadsheet starts a row.
    guarded(table).to_csv(file, index=False, sep=separator, header=header, lineterminator="\r\n")


def csv_text(table: pd.DataFrame) -> str:
    """Return a small table as CSV with LF line ends, `guarded`."""
    file = StringIO(newline="")
    write_csv(table, file)
    return file.getvalue().replace("\r\n", "\n")


def csv_cell(value: Any) -> str:
    """Return a value as a cell of a CSV, `guard`-ed; "" for null, and quoted empty text, to tell the two apart."""
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, list) else guard(str(value))
    return '"' + text.replace('"', '""') + '"' if not text or re.search(r'[",\r\n]', text) else text


def _each(table: pd.DataFrame, change: Callable[[str], str], first: frozenset[str]) -> pd.DataFrame:
    columns = []
    for at in range(table.shape[1]):
        column = table.iloc[:, at]
        if isinstance(column.dtype, pd.StringDtype) or column.dtype == object:
            texts = column.to_numpy(dtype=object)
            rows = [i for i, text in enumerate(texts) if isinstance(text, str) and text[:1] in first]
            if changed := {i: new for i in rows if (new := change(texts[i])) != texts[i]}:
                texts = texts.copy()
                texts[list(changed)] = np.array(list(changed.values()), dtype=object)
                column = pd.Series(texts, index=column.index, dtype=column.dtype)
        columns.append(column)
    if not columns:
        return table
    names = [change(name) if isinstance(name, str) else name for name in table.columns]
    return pd.concat(columns, axis=1).set_axis(names, axis=1)
