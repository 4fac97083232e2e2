"""Read exports of the Armed Conflict Location & Event Data project (ACLED), old and new."""

from typing import Any

import numpy as np
import pandas as pd

from geo.columns import is_true
from geo.importing.date_parts import fill_dates, read_calendar
from geo.importing.draft import Draft, by_word
from geo.importing.figures import put_figures, read_figure
from geo.importing.known_columns import Layout
from geo.model import DatePrecision, GeoPrecision
from geo.readers.dates import iso, spans

#: Columns of the format, in any case; exports before 2017 have them in capitals.
LAYOUT = Layout(
    key=("event_id_cnty", "event_date", "event_type", "actor1", "geo_precision"),
    telling=(
        "event_id_cnty", "event_id_no_cnty", "data_id", "event_date", "time_precision", "assoc_actor_1",
        "assoc_actor_2", "ally_actor_1", "ally_actor_2", "inter1", "inter2", "interaction", "disorder_type",
        "civilian_targeting", "source_scale", "gwno",
    ),
    typical=(
        "event_type", "sub_event_type", "actor1", "actor2", "geo_precision", "admin1", "admin2", "admin3", "location",
        "latitude", "longitude", "country", "iso", "iso3", "fatalities", "notes", "source", "timestamp", "year",
        "region",
    ),
    costs={
        "event_id_cnty": "ids are made of data_id or else of the row number, and events listed twice are not noticed",
        "event_date": "the date is the whole year, or unknown",
        "time_precision": "dates are read as days",
        "event_type": "events have no type",
        "actor1": "events have no actor",
        "geo_precision": "points are read as of the district",
        "fatalities": "events have no deaths",
    },
    spellings={
        "geo_precis": "geo_precision", "time_precis": "time_precision", "assoc_actor1": "assoc_actor_1",
        "assoc_actor2": "assoc_actor_2", "lat": "latitude", "lon": "longitude", "long": "longitude",
        "ally_actor1": "ally_actor_1", "ally_actor2": "ally_actor_2", "eventdate": "event_date",
    },
)  # fmt: skip
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
    draft.use(LAYOUT)
    dates = draft.dates("event_date", date_format)
    time_precision = draft.codes("time_precision")
    start, end = dates.start.copy(), dates.end.copy()
    day = dates.precision == str(DatePrecision.DAY)
    week, month = day & is_true(time_precision == "2"), day & is_true(time_precision == "3")
    start[week], end[week] = start[week] - _WEEK, end[week] + _WEEK
    months = start[month].astype("datetime64[M]")
    start[month], end[month] = months.astype("datetime64[D]"), _last(months)
    if np.isnat(start).any():
        start, end = fill_dates(start, end, read_calendar(draft, ("year",), (), ()))
    event_type = draft.text("event_type")
    known = pd.Series(by_word(event_type.str.lower(), EVENT_TYPES), index=event_type.index)
    draft.columns |= {
        "id": draft.ids("acled-", "event_id_cnty", "data_id"),
        "event_type": known.fillna(event_type),
        "sub_event_type": draft.text("sub_event_type"),
        "date_start": iso(start),
        "date_end": iso(end),
        "date_precision": spans(start, end),
        "date_inferred": np.zeros(len(start), dtype=bool),
        "place": draft.text("location"),
        "geo_precision": draft.coded(
            "geo_precision", draft.codes("geo_precision"), PRECISIONS, str(GeoPrecision.DISTRICT)
        ),
        "admin2_name": draft.text("admin2"),
        "actor1": draft.text("actor1"),
        "actor2": draft.text("actor2"),
    }
    put_figures(draft, "fatalities", best=read_figure(draft, "fatalities"))
    draft.country, draft.admin1 = draft.codes("country", "iso3", "iso"), draft.text("admin1")
    draft.put_points()


def _last(months: Any) -> Any:
    """Return the last day of each month."""
    return (months + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
