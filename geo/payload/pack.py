"""Encode incidents and provinces as the two data blocks of a page."""

import hashlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from geo import style
from geo.errors import DataError
from geo.model import COUNT_COLUMNS, FLAG_COLUMNS, SIDE_COLUMNS, Kind, Metric
from geo.payload.bins import cell_words, pack_cells
from geo.payload.container import Block, smallest
from geo.payload.provinces import add_provinces
from geo.payload.text import pack_text
from geo.payload.topology import STEPS_PER_DEGREE
from geo.rules.date_kinds import date_kinds
from geo.stats.classes import Classes
from geo.stats.dataset import Dataset
from geo.stats.distinct import COUNTS_AS

#: Stands for a missing date or coordinate.
NULL_I32 = -(2**31)
#: Dictionary-encoded columns that the first paint needs: symbols, filters, facets.
_DRAWN_WORDS = (
    "kind",
    "event_type",
    "date_precision",
    "date_kind",
    "geo_precision",
    "country_code",
    "role",
    "tier",
    "unit",
    "measure",
)
#: Parties to an event share one dictionary, so that a filter finds a group in any of these columns.
_PARTIES = ("group", "actor1", "actor2")


@dataclass(frozen=True)
class Payload:
    """The encoded data of a page.

    Attributes
    ----------
    data, text : bytes
        The blocks ``geo-data`` and ``geo-text``, as ASCII base64.
    classes : dict of str to Classes
        Class breaks by metric.
    years : (first, last) or None
        First and last year of the dated records.
    """

    data: bytes
    text: bytes
    classes: Mapping[str, Classes]
    years: tuple[int, int] | None

    @cached_property
    def digest(self) -> str:
        """SHA-256 of both blocks, hexadecimal."""
        digest = hashlib.sha256(self.data)
        digest.update(self.text)
        return digest.hexdigest()


def build(of: Dataset) -> Payload:
    """Pack a data set for a page.

    Parameters
    ----------
    of : Dataset
        The order of its records is kept.

    Returns
    -------
    Payload
        The same bytes for the same input.

    Raises
    ------
    DataError
        If a date is not an ISO date.
    """
    text, header = pack_text(of.records)
    # zlib releases the GIL. Splitting the text in the thread too would save as much time again, for 10% more memory.
    with ThreadPoolExecutor(1) as executor:
        encoded_text = executor.submit(text.encode, header)
        del text
        data, classes, years = _drawn(of)
        return Payload(data, encoded_text.result(), classes, years)


def _drawn(of: Dataset) -> tuple[bytes, Mapping[str, Classes], tuple[int, int] | None]:
    """Return the block of what is drawn, class breaks, and first and last year."""
    # The page reads the years of a record from its kind of date, so that it must be there.
    located, provinces, rest = of.records.assign(date_kind=date_kinds(of.records)), of.provinces, of.rest
    cells = rest.table if rest else None
    data = Block()
    words = {name: data.add_words(name, located[name], cell_words(cells, name)) for name in _DRAWN_WORDS}
    words |= dict.fromkeys(_PARTIES, _add_parties(data, located))
    start, end = (_days(located, name) for name in ("date_start", "date_end"))
    data.add_planes("date_start", start)
    data.add_planes("days", np.where((start == NULL_I32) | (end == NULL_I32), end, end - start))
    _add_points(data, located)
    for name in FLAG_COLUMNS:
        data.add(name, located[name].to_numpy(np.uint8))
    for name in COUNT_COLUMNS:
        # In most sources the low, best and high estimates are equal.
        measure = name.partition("_")[0]
        best = f"{measure}_best"
        data.add_counts(name, located[name], None if name == best else (best, located[best]))
    for name in SIDE_COLUMNS:
        data.add_counts(name, located[name], None)
    data.add(COUNTS_AS, located[COUNTS_AS].to_numpy(np.uint8))
    data.add("value", located["value"].astype("Float64").to_numpy(float, na_value=np.nan))
    header = {
        "n": len(located),
        "level": of.level,
        "words": words,
        "classes": {metric: made.as_dict() for metric, made in of.breaks.periods.items()},
        "year_classes": {metric: made.as_dict() for metric, made in of.breaks.years.items()},
        "metrics": [metric.value for metric in Metric],
        "styles": style.styles(
            _frequent(located, "event_type", Kind.INCIDENT, cells),
            _frequent(located, "group", Kind.STRONGHOLD),
        ),
        **add_provinces(data, located, provinces, cells),
        **(pack_cells(data, rest) if rest else {}),
    }
    return data.encode(header), of.classes, of.extent


def _add_parties(data: Block, located: pd.DataFrame) -> list[str]:
    codes, words = pd.factorize(
        pd.concat([located[name].astype("string") for name in _PARTIES], ignore_index=True), sort=True
    )
    for name, part in zip(_PARTIES, np.split(codes + 1, len(_PARTIES)), strict=True):
        data.add(name, smallest(part))
    return [str(word) for word in words]


def _add_points(data: Block, located: GeoDataFrame) -> None:
    for name, degrees in (("lng", located.geometry.x), ("lat", located.geometry.y)):
        steps = np.rint(degrees.to_numpy(float) * STEPS_PER_DEGREE)
        data.add_planes(name, np.where(np.isfinite(steps), steps, NULL_I32).astype(np.int32))


def _days(located: pd.DataFrame, name: str) -> NDArray[np.int32]:
    """Return ISO dates as days since 1970-01-01."""
    iso = located[name].astype("string").fillna("NaT").to_numpy(object)
    try:
        days = np.asarray(iso.tolist(), dtype="datetime64[D]").astype(np.int64)
    except ValueError as error:
        raise DataError(f"{name}: {error}: every date must be an ISO date; geo validate lists invalid dates") from error
    return np.where(days == np.iinfo(np.int64).min, NULL_I32, days).astype(np.int32)


def _frequent(located: pd.DataFrame, name: str, kind: Kind, cells: pd.DataFrame | None = None) -> list[str]:
    """Return the distinct words of a column, by frequency among counted records of a kind; ties by alphabet."""
    first = located[(located["kind"] == kind).to_numpy(bool)].groupby(name)[COUNTS_AS].sum()
    words = set(located[name].dropna().unique())
    if cells is not None:
        more = cells.groupby(name)["incidents"].sum()
        first, words = first.add(more, fill_value=0), words | set(more.index)
    return [str(word) for word in sorted(sorted(words), key=lambda word: -int(first.get(word, 0)))]
