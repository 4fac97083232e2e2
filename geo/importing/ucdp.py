"""Read UCDP GED, the event data set of the Uppsala Conflict Data Program, in its yearly and candidate releases."""

from typing import Any

import numpy as np
import pandas as pd

from geo.columns import is_true
from geo.importing.date_parts import fill_dates, put_in_order, read_calendar
from geo.importing.draft import Draft, by_word, counts
from geo.importing.figures import put_figures, read_figure
from geo.importing.known_columns import Layout
from geo.model import SIDE_COLUMNS, Clarity, DateKind, DatePrecision, GeoPrecision
from geo.readers.dates import iso, spans

#: Columns of the format. The key has no best estimate: it is `best`, but `best_est` in releases before 17.1.
LAYOUT = Layout(
    key=("id", "type_of_violence", "side_a", "side_b", "where_prec", "date_start", "date_end"),
    telling=(
        "relid", "active_year", "active_yr", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
        "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a", "side_a_new_id", "side_b",
        "side_b_new_id", "source_article", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
        "geom_wkt", "priogrid_gid", "event_clarity", "date_prec", "deaths_a", "deaths_b", "deaths_civilians",
        "deaths_unknown", "gwnoa", "gwnob", "best_est", "high_est", "low_est",
    ),
    typical=(
        "id", "year", "date_start", "date_end", "country", "country_id", "region", "latitude", "longitude", "best",
        "high", "low",
    ),
    costs={
        "id": "ids are made of relid or else of the row number, and events listed twice are not noticed",
        "type_of_violence": "events have no type",
        "side_a": "events have no first party",
        "side_b": "events have no second party",
        "where_prec": "points are read as of the district",
        "date_start": "dates are those of date_end, or the whole year",
        "date_end": "dates are those of date_start, or the whole year",
        "best": "events have no deaths",
        "adm_1": "the province is the one of the point",
    },
    spellings={
        "best_est": "best", "high_est": "high", "low_est": "low", "lat": "latitude", "lon": "longitude",
        "long": "longitude", "adm1": "adm_1", "adm2": "adm_2", "event_id": "id", "ged_id": "id",
    },
)  # fmt: skip
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

#: Words that some tables have in place of the codes of `type_of_violence`.
_VIOLENCE = {"state-based": "1", "non-state": "2", "one-sided": "3"}
#: `event_clarity`: 1 a single event, 2 several events that sources told as one.
CLARITIES = {"1": Clarity.EVENT, "2": Clarity.SERIES}
_LINE_OR_AREA = "where_prec 5: a line or area in adm_1, shown for the whole province"


def read_ucdp(draft: Draft, date_format: str | None) -> None:
    """Fill a draft from the columns of a UCDP GED table.

    ``date_start`` and ``date_end`` are the bounds. ``date_prec`` is used only if both are the same day: from 2 up, UCDP
    does not know the day, and it is marked as inferred.
    """
    draft.use(LAYOUT)
    first, last = draft.dates("date_start", date_format), draft.dates("date_end", date_format)
    start = np.where(np.isnat(first.start), last.start, first.start)
    end = np.where(np.isnat(last.end), first.end, last.end)
    start, end = put_in_order(draft, start, end)
    if np.isnat(start).any():
        start, end = fill_dates(start, end, read_calendar(draft, ("year",), (), ()))
    precision = spans(start, end)
    day_unknown = draft.codes("date_prec").isin(["2", "3", "4", "5"]).to_numpy(dtype=bool)
    violence = draft.codes("type_of_violence")
    violence = by_word(violence.str.lower().str.extract(r"^(\w+-\w+)")[0], _VIOLENCE).fillna(violence)
    where = draft.codes("where_prec")
    clarity = by_word(draft.codes("event_clarity"), CLARITIES)
    draft.columns |= {
        "id": draft.ids("ucdp-", "id", "relid"),
        "event_type": by_word(violence, EVENT_TYPES),
        "sub_event_type": by_word(violence, SUB_EVENT_TYPES),
        "date_start": iso(start),
        "date_end": iso(end),
        "date_precision": precision,
        "date_inferred": day_unknown & (precision == str(DatePrecision.DAY)),
        "clarity": clarity,
        "date_kind": _date_kind(start, end, precision, is_true(clarity == Clarity.SERIES)),
        "place": draft.text("where_coordinates"),
        "geo_precision": _precision(draft, where),
        "admin2_name": draft.text("adm_2"),
        "actor1": draft.text("side_a"),
        "actor2": draft.text("side_b"),
    }
    for name in SIDE_COLUMNS:
        if draft.has(name):
            draft.columns[name] = counts(read_figure(draft, name))
    put_figures(draft, "fatalities", *(read_figure(draft, name) for name in ("low", "best", "high")))
    # International waters and airspace belong to no country, even if the table names one.
    draft.country = draft.text("country").mask(is_true(where == "7"))
    draft.admin1 = draft.text("adm_1")
    draft.put_points()


def _date_kind(start: Any, end: Any, precision: Any, series: Any) -> Any:
    """Return what the bounds of each date mean; several events told as one lasted from start to end."""
    single = np.isin(precision, [str(DatePrecision.DAY), str(DatePrecision.MONTH), str(DatePrecision.YEAR)])
    kinds = np.select([single & ~series, series], [str(DateKind.AT), str(DateKind.THROUGHOUT)], str(DateKind.WITHIN))
    missing = np.isnat(start) | np.isnat(end)
    return pd.Series(kinds, dtype="string").mask(missing)


def _precision(draft: Draft, where: Any) -> Any:
    """Return the precision of each row; a line or area that is placed in a first-order unit is of province precision.

    Otherwise its deaths would be on no map, although the source says in which province they belong.
    """
    precision = draft.coded("where_prec", where, PRECISIONS, str(GeoPrecision.DISTRICT))
    named = is_true(where == "5") & is_true(draft.text("adm_1").notna())
    draft.remark(np.flatnonzero(named), [_LINE_OR_AREA] * int(named.sum()))
    draft.notices["rows of where_prec 5 (line or area) that name adm_1; counted in that province"] += int(named.sum())
    return precision.mask(named, str(GeoPrecision.PROVINCE))
