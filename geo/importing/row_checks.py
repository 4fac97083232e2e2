"""Rows that say neither when nor where, and coordinates that cannot be points."""

from typing import Any

import numpy as np

from geo.columns import is_true
from geo.importing.draft import Draft
from geo.model import Kind


def set_aside_non_events(draft: Draft) -> None:
    """Set aside rows that say neither when nor where."""
    dated = is_true(~draft.columns["date_start"].isna()) | is_true(~draft.columns["date_end"].isna())
    placed = np.isfinite(draft.lon) | np.isfinite(draft.lat)
    for words in (draft.country, draft.admin1, draft.columns.get("place", draft.text("place"))):
        placed |= is_true(words.notna())
    # A total for a whole conflict may have neither.
    incident = is_true(draft.columns.get("kind", draft.text("kind")).fillna("") != str(Kind.STATISTIC))
    draft.reject_where(~dated & ~placed & incident, "has neither a date nor a place")


def check_points(draft: Draft) -> None:
    """Read coordinates that cannot be a point as missing, with a remark; 0, 0 is a missing point."""
    lon, lat = draft.lon.copy(), draft.lat.copy()
    half = np.isnan(lon) != np.isnan(lat)
    outside = (np.abs(lat) > 90) | (np.abs(lon) > 180)
    _remark(draft, half, "rows with only one of longitude and latitude; read as without coordinates")
    _remark(draft, outside & ~half, "rows with coordinates that are not on earth; read as without coordinates")
    at_origin = (lon == 0) & (lat == 0)
    draft.notices["rows at 0, 0 read as rows without coordinates"] += int(at_origin.sum())
    without_point = at_origin | half | outside
    lon[without_point], lat[without_point] = np.nan, np.nan
    draft.lon, draft.lat = lon, lat


def _remark(draft: Draft, where: Any, notice: str) -> None:
    rows = np.flatnonzero(where)
    draft.notices[notice] += len(rows)
    draft.remark(rows, [f"longitude {draft.lon[row]:g}, latitude {draft.lat[row]:g} are no point" for row in rows])
