"""Read UCDP GED, the event data set of the Uppsala Conflict Data Program, in its yearly and candidate releases."""

import numpy as np

from geo.importing.draft import Draft, by_word, counts
from geo.model import DatePrecision, GeoPrecision
from geo.readers.dates import iso, spans

#: Columns that identify the format. Not the best estimate: it is `best`, but `best_est` in releases before 17.1.
COLUMNS = ("id", "type_of_violence", "side_a", "side_b", "where_prec", "date_start", "date_end")
#: ACLED event type, and UCDP's own name, of each type of violence.
EVENT_TYPES = {"1": "Battles", "2": "Battles", "3": "Violence against civilians"}
SUB_EVENT_TYPES = {"1": "State-based conflict", "2": "Non-state conflict", "3": "One-sided violence"}
#: `where_prec`: 1 exact place, 2 within about 25 km of a known place, 3 second-order unit, 4 first-order unit,
#: 5 larger line or area, 6 country, 7 international waters or airspace.
PRECISIONS = {
    "1": GeoPrecision.CITY,
    "2": GeoPrecision.DISTRICT,
    "3": GeoPrecision.DISTRICT,
    "4": GeoPrecision.PROVINCE,
    "5": GeoPrecision.REGION,
    "6": GeoPrecision.COUNTRY,
    "7": GeoPrecision.REGION,
}


def read_ucdp(draft: Draft, date_format: str | None) -> None:
    """Fill a draft from the columns of a UCDP GED table.

    ``date_start`` and ``date_end`` are the bounds. ``date_prec`` is used only if both are the same day: from 2 up, UCDP
    does not know the day, and it is marked as inferred.
    """
    first, last = draft.dates("date_start", date_format), draft.dates("date_end", date_format)
    start = np.where(np.isnat(first.start), last.start, first.start)
    end = np.where(np.isnat(last.end), first.end, last.end)
    draft.reject_where(start > end, "date_start is after date_end")
    precision = spans(start, end)
    day_unknown = draft.text("date_prec").isin(["2", "3", "4", "5"]).to_numpy(dtype=bool)
    violence, where = draft.text("type_of_violence"), draft.text("where_prec")
    draft.reject_where(~where.isin(list(PRECISIONS)), "where_prec is not one of 1 to 7")
    draft.columns |= {
        "id": "ucdp-" + draft.text("id"),
        "event_type": by_word(violence, EVENT_TYPES),
        "sub_event_type": by_word(violence, SUB_EVENT_TYPES),
        "date_start": iso(start),
        "date_end": iso(end),
        "date_precision": precision,
        "date_inferred": day_unknown & (precision == str(DatePrecision.DAY)),
        "place": draft.text("where_coordinates"),
        "geo_precision": by_word(where, PRECISIONS),
        "admin2_name": draft.text("adm_2"),
        "actor1": draft.text("side_a"),
        "actor2": draft.text("side_b"),
        "fatalities_low": counts(draft.numbers("low", "low_est", whole=True)),
        "fatalities_best": counts(draft.numbers("best", "best_est", whole=True)),
        "fatalities_high": counts(draft.numbers("high", "high_est", whole=True)),
    }
    # International waters and airspace belong to no country, even if the table names one.
    draft.country = draft.text("country").mask(where == "7")
    draft.admin1 = draft.text("adm_1")
    draft.put_points()
