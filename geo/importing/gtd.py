"""Read the Global Terrorism Database (GTD) of START, as csv or xlsx."""

from typing import Any

import numpy as np

from geo.columns import is_true
from geo.importing.date_parts import fill_dates, read_calendar
from geo.importing.draft import Draft, by_word
from geo.importing.figures import put_figures, read_figure
from geo.importing.known_columns import Layout
from geo.model import GeoPrecision
from geo.readers.dates import iso, spans

LAYOUT = Layout(
    key=("eventid", "iyear", "imonth", "iday", "attacktype1_txt"),
    telling=(
        "eventid", "iyear", "imonth", "iday", "approxdate", "country_txt", "region_txt", "provstate", "specificity",
        "vicinity", "crit1", "crit2", "crit3", "doubtterr", "attacktype1", "attacktype1_txt", "targtype1",
        "targtype1_txt", "targsubtype1", "targsubtype1_txt", "target1", "natlty1", "natlty1_txt", "gname", "weaptype1",
        "weaptype1_txt", "nkill", "nkillus", "nkillter", "nwound", "nwoundte", "propextent", "ishostkid", "dbsource",
        "int_log", "int_ideo",
    ),
    typical=("latitude", "longitude", "city", "country", "region", "summary", "success", "suicide", "year"),
    costs={
        "eventid": "ids are made of the row number, and events listed twice are not noticed",
        "iyear": "dates are those in eventid, or unknown",
        "imonth": "dates are whole years",
        "iday": "dates are whole months",
        "country_txt": "the country is the one of the point",
        "provstate": "the province is the one of the point",
        "attacktype1_txt": "the type of attack is that of the code attacktype1, or unknown",
        "specificity": "points are read as of the district",
        "nkill": "events have no deaths",
        "nwound": "events have no wounded",
    },
    spellings={"lat": "latitude", "lon": "longitude", "long": "longitude", "event_id": "eventid"},
)  # fmt: skip
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
#: Names of the codes `attacktype1`, where the table has no column of names.
ATTACK_CODES = {
    "1": "Assassination", "2": "Armed Assault", "3": "Bombing/Explosion", "4": "Hijacking",
    "5": "Hostage Taking (Barricade Incident)", "6": "Hostage Taking (Kidnapping)",
    "7": "Facility/Infrastructure Attack", "8": "Unarmed Assault",
}  # fmt: skip
#: Codes `targtype1` of the armed targets.
ARMED_CODES = ("3", "4", "17")


def read_gtd(draft: Draft, date_format: str | None) -> None:  # noqa: ARG001 (years, months and days are columns)
    """Fill a draft from the columns of a GTD table.

    A day or month of 0 is unknown: the date of the record is then the whole month or year. A total of killed or wounded
    that GTD shares among related events comes as fractions.
    """
    draft.use(LAYOUT)
    start, end = read_calendar(draft, ("iyear", "year"), ("imonth", "month"), ("iday", "day"))
    if np.isnat(start).any():
        start, end = fill_dates(start, end, _dates_of_ids(draft))
    attack = _attack(draft)
    armed = draft.text("targtype1_txt").isin(ARMED_TARGETS) | draft.codes("targtype1").isin(ARMED_CODES)
    draft.columns |= {
        "id": draft.ids("gtd-", "eventid"),
        "event_type": by_word(attack, EVENT_TYPES).mask(is_true((attack == "Armed Assault") & armed), "Battles"),
        "sub_event_type": attack,
        "date_start": iso(start),
        "date_end": iso(end),
        "date_precision": spans(start, end),
        "date_inferred": np.zeros(len(start), dtype=bool),
        "place": _named(draft, "city"),
        "geo_precision": _precision(draft),
        "actor1": _named(draft, "gname"),
        "actor2": _named(draft, "target1").fillna(_named(draft, "targtype1_txt")),
    }
    put_figures(draft, "fatalities", best=read_figure(draft, "nkill"))
    put_figures(draft, "injuries", best=read_figure(draft, "nwound"))
    # `country` is a code of GTD's own beside `country_txt`, but the name in some shared tables.
    country = _named(draft, "country_txt", "country")
    draft.country = country.mask(is_true(country.str.fullmatch(r"[\d.]+")))
    draft.admin1 = _named(draft, "provstate")
    draft.put_points()


def _attack(draft: Draft) -> Any:
    if draft.has("attacktype1_txt"):
        return _named(draft, "attacktype1_txt")
    return by_word(draft.codes("attacktype1"), ATTACK_CODES)


def _precision(draft: Draft) -> Any:
    if not draft.has("specificity"):
        return draft.text("specificity").fillna(str(GeoPrecision.DISTRICT))
    # Rows of old releases, without a value, get province precision.
    where = draft.codes("specificity").fillna("")
    return draft.coded("specificity", where, PRECISIONS | {"": GeoPrecision.PROVINCE}, str(GeoPrecision.PROVINCE))


def _dates_of_ids(draft: Draft) -> tuple[Any, Any]:
    """Return the bounds that ids give: they begin with year, month and day."""
    digits = draft.codes("eventid").str.extract(r"^(\d{4})(\d{2})(\d{2})\d{4}$")
    dates = Draft(digits.set_axis(["year", "month", "day"], axis=1))
    return read_calendar(dates, ("year",), ("month",), ("day",))


def _named(draft: Draft, *names: str) -> Any:
    values = draft.text(*names)
    return values.mask(is_true(values.str.lower() == "unknown"))
