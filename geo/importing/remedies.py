"""What to try where an import rejects many rows: the option that mends each reason."""

import re

#: Pattern of a reason, and the option. The first that fits is used.
_REMEDIES = [
    (re.compile(pattern), remedy)
    for pattern, remedy in (
        (r"two-digit year", "--date-format dmy, mdy or ymd, or the form itself: --date-format %d.%m.%y"),
        (r"day or the month first", "--date-format dmy or --date-format mdy, whichever the source uses"),
        (r"known format|not a real date|not a date", "--date-format with the form of the dates, such as %d.%m.%Y"),
        (r"id of a row of", "nothing, if the files overlap; else import them one by one"),
        (r"id of (an earlier|row)", "nothing, if rows are repeated; else --format table, --map COLUMN=id"),
        (r"^id: is required", "--map COLUMN=id with the column that has ids, or none to number the rows"),
        (r"cells where there are|cells beyond", "save the table again with quotes round text, or as .xlsx"),
        (r"is not JSON|not a JSON object|not a GeoJSON Feature", "mend these entries in the file"),
        (r"geometry is a", "points in place of the shapes, such as their centroids"),
        (r"exchanged|swapped", "--format table --map LATITUDES=longitude --map LONGITUDES=latitude"),
        (r"latitude|longitude|must lie in", "--map COLUMN=latitude and --map COLUMN=longitude with the right columns"),
        (r"where_prec|geo_precision|specificity", "--format table, which does without the codes of the data set"),
        (r"number", "--map COLUMN=FIELD with a column of numbers"),
    )
]
_OTHERWISE = "--map COLUMN=FIELD, or correct the rows in the file of rejected rows"


def remedy(reason: str) -> str:
    """Return what to try about a reason for rejecting rows."""
    return next((text for pattern, text in _REMEDIES if pattern.search(reason)), _OTHERWISE)
