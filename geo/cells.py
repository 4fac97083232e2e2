"""Text in the cells of tables that spreadsheets open, which would run some of it as formulas."""

import re
from collections.abc import Callable

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


def csv_text(table: pd.DataFrame) -> str:
    """Return a small table as CSV with LF line ends, `guarded`."""
    # Only with this line end does pandas quote a carriage return in a cell, at which a spreadsheet starts a row.
    return str(guarded(table).to_csv(index=False, lineterminator="\r\n")).replace("\r\n", "\n")


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
