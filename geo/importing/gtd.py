"""Read the Global Terrorism Database (GTD) of START, as csv or xlsx."""

from typing import Any

import numpy as np

from geo.columns import is_true
from geo.importing.draft import Draft, by_word, counts
from geo.model import GeoPrecision
from geo.readers.dates import iso, spans

COLUMNS = ("eventid", "iyear", "imonth", "iday", "attacktype1_txt")
#: `specificity`: 1 town, 2 and 3 centre of the smallest known administrative unit, 4 centre of the first-order unit,
#: 5 country only.
PRECISIONS = {
    "1": GeoPrecision.CITY,
    "2": GeoPrecision.DISTRICT,
    "3": GeoPrecision.DISTRICT,
    "4": GeoPrecision.PROVINCE,
    "5": GeoPrecision.COUNTRY,
}
#: ACLED event type of each attack type; that of "Armed Assault" depends on the target, and "Unknown" is null.
EVENT_TYPES = {
    "Assassination": "Violence against civilians",
    "Armed Assault": "Violence against civilians",
    "Bombing/Explosion": "Explosions/Remote violence",
    "Hijacking": "Violence against civilians",
    "Hostage Taking (Barricade Incident)": "Violence against civilians",
    "Hostage Taking (Kidnapping)": "Violence against civilians",
    "Facility/Infrastructure Attack": "Strategic developments",
    "Unarmed Assault": "Violence against civilians",
}
#: Armed targets: an armed assault on them is a battle.
ARMED_TARGETS = ("Military", "Police", "Terrorists/Non-State Militia")
#: Numeric codes for unknown values.
_UNKNOWN = (-9, -99)


def read_gtd(draft: Draft, date_format: str | None) -> None:  # noqa: ARG001 (years, months and days are columns)
    """Fill a draft from the columns of a GTD table.

    A day or month of 0 is unknown: the date of the record is then the whole month or year.
    """
    year, month, day = (draft.numbers(name, whole=True) for name in ("iyear", "imonth", "iday"))
    start, end = _bounds(draft, year, month, day)
    attack = draft.text("attacktype1_txt")
    event_type = by_word(attack, EVENT_TYPES)
    armed = (attack == "Armed Assault") & draft.text("targtype1_txt").isin(ARMED_TARGETS)
    where = draft.text("specificity")
    killed, wounded = (_known(draft.numbers(name, whole=True)) for name in ("nkill", "nwound"))
    draft.columns |= {
        "id": "gtd-" + draft.text("eventid"),
        "event_type": event_type.mask(is_true(armed), "Battles"),
        "sub_event_type": _named(draft, "attacktype1_txt"),
        "date_start": iso(start),
        "date_end": iso(end),
        "date_precision": spans(start, end),
        "date_inferred": np.zeros(len(start), dtype=bool),
        "place": _named(draft, "city"),
        # Rows of old releases, without `specificity`, get province precision.
        "geo_precision": by_word(where, PRECISIONS).fillna(str(GeoPrecision.PROVINCE)),
        "actor1": _named(draft, "gname"),
        "actor2": _named(draft, "target1").fillna(_named(draft, "targtype1_txt")),
        "fatalities_best": counts(killed),
        "injuries_best": counts(wounded),
    }
    draft.country, draft.admin1 = _named(draft, "country_txt"), _named(draft, "provstate")
    draft.put_points()


def _bounds(draft: Draft, year: Any, month: Any, day: Any) -> tuple[Any, Any]:
    dated = np.isfinite(year) & (year >= 1000) & (year < 3000)
    draft.reject_where(~dated, "iyear is not a year")
    months, days = np.isin(month, range(1, 13)), np.isin(day, range(1, 32))
    draft.reject_where(np.isfinite(month) & ~months & ~np.isin(month, (0, *_UNKNOWN)), "imonth is not 0 to 12")
    draft.reject_where(np.isfinite(day) & ~days & ~np.isin(day, (0, *_UNKNOWN)), "iday is not 0 to 31")
    days &= months
    years = np.where(dated, year - 1970, 0).astype("datetime64[Y]")
    first_month = years.astype("datetime64[M]") + np.where(months, month - 1, 0).astype("timedelta64[M]")
    last_month = years.astype("datetime64[M]") + np.where(months, month - 1, 11).astype("timedelta64[M]")
    start = first_month.astype("datetime64[D]") + np.where(days, day - 1, 0).astype("timedelta64[D]")
    end = np.where(days, start, (last_month + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D"))
    draft.reject_where(days & (start.astype("datetime64[M]") != first_month), "iday does not exist in that month")
    start[~dated] = end[~dated] = np.datetime64("NaT", "D")
    return start, end


def _known(values: Any) -> Any:
    return np.where(np.isin(values, _UNKNOWN), np.nan, values)


def _named(draft: Draft, name: str) -> Any:
    values = draft.text(name)
    return values.mask(is_true(values.str.lower() == "unknown"))
