"""Detect the event format of a table from its columns."""

from collections.abc import Iterable

from geo.errors import DataError, UsageError
from geo.importing import acled, gtd, ucdp
from geo.importing.known_columns import ENOUGH

#: The columns of each format.
LAYOUTS = {"ucdp": ucdp.LAYOUT, "acled": acled.LAYOUT, "gtd": gtd.LAYOUT}
NAMES = {"ucdp": "UCDP GED", "acled": "ACLED", "gtd": "GTD", "table": "a table of your own"}
#: Columns that together only records of geo have.
_OWN = frozenset({"admin1_code", "date_precision", "geo_precision"})
FORMATS = ("auto", *NAMES)


def detect_format(columns: Iterable[str], wanted: str = "auto", *, mapped: bool = False) -> str:
    """Return the format of a table: the one whose columns it has most of, if it has enough.

    Parameters
    ----------
    columns : iterable of str
        Column names; case, signs between words and affixes of joins do not matter.
    wanted : str, default "auto"
        One of ``FORMATS``; ``auto`` detects the format.
    mapped : bool, default False
        Whether the user maps columns to fields: then only a table with the whole key of a format is of that format.

    Returns
    -------
    str
        ``ucdp``, ``acled``, ``gtd`` or ``table``.

    Raises
    ------
    UsageError
        If ``wanted`` is not one of ``FORMATS``.
    DataError
        If the table is not of the wanted format.
    """
    if wanted not in FORMATS:
        raise UsageError(f"format {wanted!r}: give one of {', '.join(FORMATS)}")
    columns = list(columns)
    if wanted == "auto" and {str(column).lower() for column in columns} >= _OWN:
        # Records share columns with the data sets that they are made of.
        return "table"
    scores = {name: layout.score(columns) for name, layout in LAYOUTS.items()}
    if wanted == "auto":
        best = max(scores, key=lambda name: scores[name])
        return best if scores[best] >= ENOUGH and not (mapped and LAYOUTS[best].missing(columns)) else "table"
    if wanted in LAYOUTS and scores[wanted] < ENOUGH:
        missing = ", ".join(LAYOUTS[wanted].missing(columns))
        raise DataError(f"not {NAMES[wanted]}: column {missing} is missing; --format table reads any table")
    return wanted
