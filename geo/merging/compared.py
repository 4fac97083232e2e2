"""What is compared: records of all sources as plain arrays, one row per record."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pandas as pd
import shapely

from geo.columns import distinct, is_true
from geo.gazetteer.normalize import phonetic_keys_of_all, tokens
from geo.merging.event_types import type_codes
from geo.merging.parties import party_codes
from geo.model import Clarity, DateKind, GeoPrecision, Kind
from geo.rules.date_kinds import date_kinds

#: Days that stand for an open start or end, as days since 1970-01-01: of the years 1 and 9999.
OPEN_START, OPEN_END = -719_162, 2_932_896
#: How precisely a place is known, finest first.
TOWN, DISTRICT, PROVINCE, COUNTRY, NOWHERE = range(5)
_LEVELS = {
    GeoPrecision.SITE: TOWN, GeoPrecision.CITY: TOWN, GeoPrecision.DISTRICT: DISTRICT,
    GeoPrecision.PROVINCE: PROVINCE, GeoPrecision.COUNTRY: COUNTRY,
}  # fmt: skip
#: Columns that are read; a frame may lack any of them but ``id`` and the geometry.
COLUMNS = (
    "id", "kind", "title", "event_type", "sub_event_type", "clarity", "date_start", "date_end", "date_precision",
    "date_kind", "place", "geo_precision", "country_code", "admin1_code", "actor1", "actor2", "fatalities_low",
    "fatalities_best", "fatalities_high", "targtype1_txt",
)  # fmt: skip


@dataclass(frozen=True)
class Compared:
    """What is compared of n records; every attribute is an array of shape (n,), -1 for null in columns of codes.

    Attributes
    ----------
    source : int8
        Number of the frame that the record is in.
    first, last : int32
        First and last day on which the event may have been, since 1970-01-01.
    dated : bool
        Whether any bound is known.
    country, admin1, place, event_type : int32
        Codes; places that sound alike have one.
    level : int8
        `TOWN` to `NOWHERE`.
    lon, lat : float64
        Point of a town or district; NaN for coarser records.
    own_id : int32
        Code of the id, where it is a name rather than a number; ``dataset``: of ACLED, UCDP GED or GTD, whose ids it
        is, 0 to 2.
    party1, party2 : int32
        As `geo.merging.parties.party_codes` numbers them.
    low, best, high : float64
        Deaths; NaN for null.
    clarity : int8
        0 one event, 1 a series, 2 an umbrella.
    comparable : bool
        Whether the record is an incident that has a date and at least a country.
    """

    source: Any
    first: Any
    last: Any
    dated: Any
    country: Any
    admin1: Any
    level: Any
    lon: Any
    lat: Any
    place: Any
    own_id: Any
    dataset: Any
    event_type: Any
    party1: Any
    party2: Any
    low: Any
    best: Any
    high: Any
    clarity: Any
    comparable: Any

    def __len__(self) -> int:
        return len(self.source)

    def take(self, rows: Any) -> "Compared":
        """Return the records at these positions."""
        return Compared(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})


def compared(frames: Sequence[pd.DataFrame]) -> Compared:
    """Return what is compared of the records of several frames, one after the other.

    Parameters
    ----------
    frames : sequence of DataFrame
        Records with what of `COLUMNS` they have, and a geometry in EPSG:4326 if any has a point.
    """
    parts = [_plain(frame) for frame in frames]
    records = pd.concat([part[0] for part in parts], ignore_index=True)
    lon, lat = (np.concatenate([part[at] for part in parts]) for at in (1, 2))
    first, last, dated = _days(records)
    country = _codes(records["country_code"].fillna(records["admin1_code"].str.slice(0, 2)))
    admin1 = _codes(records["admin1_code"])
    levels = {str(key): value for key, value in _LEVELS.items()}
    level = np.array(records["geo_precision"].map(levels).fillna(NOWHERE), dtype=np.int8)
    pointed = np.isfinite(lon) & np.isfinite(lat) & (level <= DISTRICT)
    # A record that lacks what its precision promises is as precise as what it has.
    level[(level <= DISTRICT) & ~pointed] = PROVINCE
    level[(level == NOWHERE) & (admin1 >= 0)] = PROVINCE
    level[(level == PROVINCE) & (admin1 < 0)] = COUNTRY
    level[(country < 0) & ~pointed] = NOWHERE
    admin1[level >= COUNTRY] = -1
    party1, party2 = party_codes(records)
    low, best, high = (
        pd.to_numeric(records[f"fatalities_{end}"], errors="coerce").to_numpy(float, na_value=np.nan)
        for end in ("low", "best", "high")
    )
    clarity = records["clarity"].map({str(Clarity.SERIES): 1, str(Clarity.UMBRELLA): 2}).fillna(0).to_numpy(np.int8)
    incident = is_true(records["kind"].fillna(str(Kind.INCIDENT)) == str(Kind.INCIDENT))
    return Compared(
        source=np.repeat(np.arange(len(frames), dtype=np.int8), [len(frame) for frame in frames]),
        first=first, last=last, dated=dated, country=country, admin1=admin1, level=level,
        lon=np.where(pointed, lon, np.nan), lat=np.where(pointed, lat, np.nan),
        place=_places(records["place"]), **_own_ids(records["id"]),
        event_type=type_codes(records["sub_event_type"], records["event_type"]),
        party1=party1, party2=party2, low=low, best=best, high=high, clarity=clarity,
        comparable=incident & dated & (level < NOWHERE) & (country >= 0),
    )  # fmt: skip


def _plain(frame: pd.DataFrame) -> tuple[pd.DataFrame, Any, Any]:
    """Return the columns to compare, as text or numbers, and the coordinates of a frame."""
    n = len(frame)
    columns: dict[str, Any] = {}
    for name in COLUMNS:
        if name.startswith("fatalities"):
            columns[name] = pd.to_numeric(frame[name], errors="coerce").array if name in frame else np.full(n, np.nan)
        elif name in frame:
            columns[name] = frame[name].astype("string").array
        else:
            columns[name] = pd.array([None], dtype="string").take(np.zeros(n, dtype=int))
    lon = lat = np.full(n, np.nan)
    if "geometry" in frame:
        shapes = frame["geometry"].to_numpy()
        points = shapely.get_type_id(shapes) == shapely.GeometryType.POINT
        lon = np.where(points, shapely.get_x(shapes), np.nan)
        lat = np.where(points, shapely.get_y(shapes), np.nan)
    plain = pd.DataFrame(columns)
    # What date_kind says of bounds that the record does not give follows from the others.
    plain["date_kind"] = date_kinds(plain).astype("string").array
    return plain, lon, lat


def _codes(values: pd.Series) -> Any:
    return pd.factorize(values)[0].astype(np.int32)


def _own_ids(ids: pd.Series) -> dict[str, Any]:
    named = ids.str.contains("[A-Za-z]", regex=True) & ~ids.str.contains("row-", regex=False)
    prefix = ids.str.extract("^(acled|ucdp|gtd)-", expand=False).where(named)
    number = prefix.map({"acled": 0, "ucdp": 1, "gtd": 2}).fillna(-1)
    return {"own_id": _codes(ids.where(named)), "dataset": number.to_numpy(np.int8)}


def _places(names: pd.Series) -> Any:
    """Return a number for each place by its sound: two romanisations of one name have one number."""
    codes, found = distinct(names)
    sounds = phonetic_keys_of_all([tokens(name) if isinstance(name, str) else [] for name in found])
    numbers: dict[str, int] = {}
    own = [numbers.setdefault(keys[0], len(numbers)) if keys else -1 for keys in sounds]
    return np.array(own or [-1], dtype=np.int32)[codes]


def _days(records: pd.DataFrame) -> tuple[Any, Any, Any]:
    """Return first and last possible day of each record, and whether any bound is known."""
    start, end = (_day_numbers(records[name]) for name in ("date_start", "date_end"))
    kind = records["date_kind"]
    start = np.where(is_true(kind == str(DateKind.BY)) & np.isfinite(end), np.nan, start)
    dated = (np.isfinite(start) | np.isfinite(end)) & ~is_true(kind == str(DateKind.UNKNOWN))
    first = np.where(np.isfinite(start), start, OPEN_START)
    last = np.where(np.isfinite(end), end, OPEN_END)
    return first.astype(np.int32), np.maximum(first, last).astype(np.int32), dated


def _day_numbers(dates: pd.Series) -> Any:
    codes, found = pd.factorize(dates.str.slice(0, 10))
    days = pd.to_datetime(pd.Series(found, dtype="object"), errors="coerce", format="%Y-%m-%d")
    numbers = days.to_numpy("datetime64[D]").astype(np.int64).astype(float)
    numbers[days.isna().to_numpy()] = np.nan
    return np.append(numbers, np.nan)[codes]
