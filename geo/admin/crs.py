"""Coordinate reference systems: everything in geo is longitude and latitude in WGS 84."""

import json
import re
from typing import Any

from geopandas import GeoDataFrame

from geo.errors import CRSError
from geo.model import CRS

#: How the member "crs" of GeoJSON from before RFC 7946 spells longitude and latitude in WGS 84.
_WGS84 = re.compile(r"crs84\b|\b4326\b", re.IGNORECASE)


def require_wgs84(frame: GeoDataFrame, name: str) -> None:
    """Raise CRSError unless a frame is in EPSG:4326.

    Parameters
    ----------
    frame : GeoDataFrame
    name : str
        What the frame holds, in the plural, for the message.

    Raises
    ------
    CRSError
        If it states another reference system, or none.
    """
    if frame.crs is None:
        raise CRSError(f"{name} have no CRS; if they are in longitude and latitude, state it with set_crs({CRS!r})")
    if not frame.crs.equals(CRS):
        raise CRSError(f"{name} are in {frame.crs.to_string()[:80]}; convert them with to_crs({CRS!r})")


def member_is_wgs84(member: Any) -> bool:
    """Return whether the ``crs`` member of a GeoJSON document is absent, as it should be, or states WGS 84.

    Parameters
    ----------
    member : object
        As ``json.load`` returns it; None where it is absent.
    """
    return member is None or _WGS84.search(json.dumps(member)) is not None
