"""Fingerprint of records and provinces, so that a figure or report can be traced to its data."""

import hashlib

import shapely
from geopandas import GeoDataFrame

from geo.model import COLUMNS, PROVINCE_COLUMNS

#: Hexadecimal digits kept: 64 bits make a collision between the data sets of one project improbable.
DIGITS = 16


def digest(located: GeoDataFrame, provinces: GeoDataFrame) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of all records and provinces.

    Parameters
    ----------
    located : GeoDataFrame, shape (n,)
        Records with the columns of ``geo.model.COLUMNS``; the digest depends on their order, not on other columns.
    provinces : GeoDataFrame, shape (m,)
        Provinces with the columns of ``geo.model.PROVINCE_COLUMNS``.
    """
    found = hashlib.sha256()
    for frame, columns in ((located, COLUMNS), (provinces, PROVINCE_COLUMNS)):
        table = frame[list(columns)].reset_index(drop=True)
        found.update(table.astype(object).to_json(orient="values", force_ascii=True).encode("ascii"))
        for geometry in shapely.to_wkb(frame.geometry.to_numpy(), byte_order=1):
            found.update(geometry or b"-")
    return found.hexdigest()[:DIGITS]
