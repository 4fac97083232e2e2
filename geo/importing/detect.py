"""Detect the event format of a table from its columns."""

from collections.abc import Iterable

from geo.errors import DataError, UsageError
from geo.importing import acled, gtd, ucdp

#: For each format, a set of columns that no other format has all of.
SIGNATURES = {"ucdp": ucdp.COLUMNS, "acled": acled.COLUMNS, "gtd": gtd.COLUMNS}
NAMES = {"ucdp": "UCDP GED", "acled": "ACLED", "gtd": "GTD", "table": "a table of your own"}
FORMATS = ("auto", *NAMES)


def detect_format(columns: Iterable[str], wanted: str = "auto") -> str:
    """Return the format of a table.

    Parameters
    ----------
    columns : iterable of str
        Column names; case does not matter.
    wanted : str, default "auto"
        One of ``FORMATS``; ``auto`` detects the format.

    Returns
    -------
    str
        ``ucdp``, ``acled``, ``gtd`` or ``table``.

    Raises
    ------
    UsageError
        If ``wanted`` is not one of ``FORMATS``.
    DataError
        If the table lacks columns of the wanted format.
    """
    if wanted not in FORMATS:
        raise UsageError(f"format {wanted!r}: give one of {', '.join(FORMATS)}")
    present = {column.lower() for column in columns}
    if wanted == "auto":
        return next((name for name, needed in SIGNATURES.items() if present.issuperset(needed)), "table")
    if missing := [column for column in SIGNATURES.get(wanted, ()) if column not in present]:
        raise DataError(f"not {NAMES[wanted]}: column {', '.join(missing)} is missing; --format table reads any table")
    return wanted
