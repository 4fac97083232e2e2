"""Read exports of the Armed Conflict Location & Event Data project (ACLED), old and new."""

from typing import Any

import numpy as np
import pandas as pd

from geo.columns import is_true
from geo.importing.draft import Draft, by_word, counts
from geo.model import DatePrecision, GeoPrecision
from geo.readers.dates import iso, spans

#: Columns that identify the format, in any case; exports before 2017 have them in capitals.
COLUMNS = ("event_id_cnty", "event_date", "event_type", "actor1", "geo_precision")
#: `geo_precision`: 1 town, 2 part of a region near a town, 3 larger region. The coordinates are always of a town.
PRECISIONS = {"1": GeoPrecision.CITY, "2": GeoPrecision.DISTRICT, "3": GeoPrecision.PROVINCE}
#: Current names of the event types of exports before 2019; current types are kept.
EVENT_TYPES = {
    "battle-no change of territory": "Battles",
    "battle-government regains territory": "Battles",
    "battle-non-state actor overtakes territory": "Battles",
    "remote violence": "Explosions/Remote violence",
    "riots/protests": "Protests",
    "strategic development": "Strategic developments",
    "headquarters or base established": "Strategic developments",
    "non-violent transfer of territory": "Strategic developments",
}
#: Days added on each side of the date for `time_precision` 2, "in that week".
_WEEK = np.timedelta64(3, "D")


def read_acled(draft: Draft, date_format: str | None) -> None:
    """Fill a draft from the columns of an ACLED export.

    ``time_precision`` 2 (week) becomes the seven days around the date, 3 (month) the month of the date. ``fatalities``
    is ACLED's best estimate, 0 if none are known; ACLED has no lower or upper estimate.
    """
    dates = draft.dates("event_date", date_format)
    time_precision = draft.text("time_precision")
    start, end = dates.start.copy(), dates.end.copy()
    day = dates.precision == str(DatePrecision.DAY)
    week, month = day & is_true(time_precision == "2"), day & is_true(time_precision == "3")
    start[week], end[week] = start[week] - _WEEK, end[week] + _WEEK
    months = start[month].astype("datetime64[M]")
    start[month], end[month] = months.astype("datetime64[D]"), _last(months)
    event_type = draft.text("event_type")
    known = pd.Series(by_word(event_type.str.lower(), EVENT_TYPES), index=event_type.index)
    where = draft.text("geo_precision", "geo_precis")
    draft.reject_where(~where.isin(list(PRECISIONS)), "geo_precision is not one of 1 to 3")
    draft.columns |= {
        "id": "acled-" + draft.text("event_id_cnty"),
        "event_type": known.fillna(event_type),
        "sub_event_type": draft.text("sub_event_type"),
        "date_start": iso(start),
        "date_end": iso(end),
        "date_precision": spans(start, end),
        "date_inferred": np.zeros(len(start), dtype=bool),
        "place": draft.text("location"),
        "geo_precision": by_word(where, PRECISIONS),
        "admin2_name": draft.text("admin2"),
        "actor1": draft.text("actor1"),
        "actor2": draft.text("actor2"),
        "fatalities_best": counts(draft.numbers("fatalities", whole=True)),
    }
    draft.country, draft.admin1 = draft.text("country"), draft.text("admin1")
    draft.put_points()


def _last(months: Any) -> Any:
    """Return the last day of each month."""
    return (months + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
