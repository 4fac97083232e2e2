"""The record schema: column names, allowed values and dtypes, as used by all other modules."""

from enum import StrEnum

CRS = "EPSG:4326"


class Kind(StrEnum):
    """What a record is."""

    INCIDENT = "incident"
    STRONGHOLD = "stronghold"
    STATISTIC = "statistic"


class DatePrecision(StrEnum):
    """Precision of the date in the source, finest first."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"
    UNKNOWN = "unknown"


class DateKind(StrEnum):
    """What the bounds ``date_start`` and ``date_end`` mean."""

    #: Known to ``date_precision``.
    AT = "at"
    #: One event, on some day between the bounds.
    WITHIN = "within"
    #: Lasted from start to end.
    THROUGHOUT = "throughout"
    #: Began at the start; no end is reported. ``date_end``, if any, is the last day for which a source attests it.
    SINCE = "since"
    #: Not later than ``date_end``; nothing else is known.
    BY = "by"
    UNKNOWN = "unknown"


class Clarity(StrEnum):
    """How many events a record tells of."""

    EVENT = "event"
    #: Several events told as one.
    SERIES = "series"
    #: A statement that only sums up others; it is listed, and counts as no incident.
    UMBRELLA = "umbrella"


class GeoPrecision(StrEnum):
    """Precision of the location in the source, finest first."""

    SITE = "site"
    CITY = "city"
    DISTRICT = "district"
    PROVINCE = "province"
    COUNTRY = "country"
    REGION = "region"
    UNKNOWN = "unknown"


#: Precisions of records with a point; coarser records have no geometry.
PLACED = (GeoPrecision.SITE, GeoPrecision.CITY, GeoPrecision.DISTRICT, GeoPrecision.PROVINCE)
#: Precisions at which the mark is drawn at the place itself; others stand for an area.
EXACT = (GeoPrecision.SITE, GeoPrecision.CITY)


class Role(StrEnum):
    """What a group had in an area, according to a stronghold record."""

    STRONGHOLD = "stronghold"
    PRESENCE = "presence"
    RECRUITMENT = "recruitment"
    SANCTUARY = "sanctuary"
    OPERATIONS = "operations"
    FOUNDING = "founding"
    CELL = "cell"
    LEADERSHIP = "leadership"


class Tier(StrEnum):
    """Kind of source: a neutral analyst, the press, or a party to the conflict."""

    ASSESSED = "assessed"
    REPORTED = "reported"
    CLAIMED = "claimed"


class Status(StrEnum):
    """How the source presents the record."""

    STATED = "stated"
    CLAIMED = "claimed"
    ATTRIBUTED = "attributed"
    DISPUTED = "disputed"
    DENIED = "denied"


class Match(StrEnum):
    """How the province of a record was determined."""

    NAME = "name"
    ALIAS = "alias"
    FUZZY = "fuzzy"
    COVERED = "covered"
    NEAREST = "nearest"
    NONE = "none"
    AMBIGUOUS = "ambiguous"


#: Matches of a name that are as sure as a code.
SURE = (Match.NAME, Match.ALIAS)


class Metric(StrEnum):
    """Metric of the incidents in a province that a choropleth can show."""

    INCIDENTS = "incidents"
    FATALITIES_BEST = "fatalities_best"
    INCIDENTS_PER_10000_KM2 = "incidents_per_10000_km2"


TEXT_COLUMNS = (
    "id", "kind", "title", "description", "event_type", "sub_event_type", "clarity",
    "date_start", "date_end", "date_precision", "date_kind",
    "place", "geo_precision", "country_code", "admin1_code", "admin1_name", "admin2_name",
    "actor1", "actor2", "group", "role", "tier", "status", "claimed_by", "denied_by", "unit", "measure", "note",
)  # fmt: skip
COUNT_COLUMNS = (
    "fatalities_low", "fatalities_best", "fatalities_high", "injuries_low", "injuries_best", "injuries_high",
)  # fmt: skip
#: Deaths by side, as UCDP names them: of ``actor1``, of ``actor2``, of civilians, and of people of unknown side.
SIDE_COLUMNS = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
#: ISO days as text; exports to GIS formats have them as dates.
DATE_COLUMNS = ("date_start", "date_end")
FLAG_COLUMNS = ("date_inferred", "cross_border")
LIST_COLUMNS = ("sources", "conflicts_with", "same_as")

#: All properties of a record, in the order of files and tables.
COLUMNS = (
    "id", "kind", "title", "description", "event_type", "sub_event_type", "clarity",
    "date_start", "date_end", "date_precision", "date_kind", "date_inferred",
    "place", "geo_precision", "country_code", "admin1_code", "admin1_name", "admin2_name",
    "actor1", "actor2", "group", "role", "tier", "status", "claimed_by", "denied_by",
    *COUNT_COLUMNS, *SIDE_COLUMNS, "value", "unit", "measure", "cross_border",
    "sources", "conflicts_with", "same_as", "note",
)  # fmt: skip

#: pandas dtypes of the columns; dates are ISO text, so that invalid dates and their precision are kept.
DTYPES = (
    dict.fromkeys(TEXT_COLUMNS, "string")
    | dict.fromkeys((*COUNT_COLUMNS, *SIDE_COLUMNS), "Int64")
    | dict.fromkeys(FLAG_COLUMNS, "bool")
    | {"value": "Float64"}
    | dict.fromkeys(LIST_COLUMNS, "object")
)

#: Columns that geo computes from the others and writes to exports; they are not read back.
DERIVED = ("counts_as", "date_edtf")
#: Columns that files written by earlier versions do not have.
NEWER = ("clarity", "date_kind", *SIDE_COLUMNS)

ALLOWED = {
    "kind": Kind,
    "date_precision": DatePrecision,
    "date_kind": DateKind,
    "clarity": Clarity,
    "geo_precision": GeoPrecision,
    "role": Role,
    "tier": Tier,
    "status": Status,
}
PROVINCE_COLUMNS = ("admin1_code", "admin1_name", "country_code", "valid_from", "valid_to")
#: What differs between a polygon and the units of today: the day from which it is out of date though no newer polygon
#: exists, the codes of the units of today that lie in it (separated by spaces), and what has changed, in words.
DRAWN_COLUMNS = ("superseded", "holds", "note")
SOURCE_COLUMNS = ("source", "title", "author", "publisher", "published", "url", "file")
