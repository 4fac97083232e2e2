"""Records as a flat table: CSV for spreadsheets and humanitarian tools, and GeoJSON."""

import json

import pandas as pd
from geopandas import GeoDataFrame

from geo.cells import csv_cell
from geo.export_tables.dictionary import hxl_tags
from geo.export_tables.edtf import edtf
from geo.importing.own_columns import writable
from geo.importing.write_records import features
from geo.model import COLUMNS, LIST_COLUMNS
from geo.readers.lists import as_text

#: Decimals of coordinates in degrees: seven are a centimetre; RFC 7946 advises against more.
DECIMALS = 7
_MANY = 90


def columns_of(records: GeoDataFrame) -> list[str]:
    """Return the columns of an export: those of the schema, then others of the records, without the geometry."""
    own = [str(name) for name in records.columns if name not in COLUMNS and name != records.geometry.name]
    return [*COLUMNS, *own]


def flat(records: GeoDataFrame) -> pd.DataFrame:
    """Return records with lists as text: ``key:3; key:5`` for sources, ``id; id`` for links.

    Parameters
    ----------
    records : GeoDataFrame, shape (n,)

    Returns
    -------
    DataFrame, shape (n,)
        Columns as in `columns_of`, and ``date_edtf``; no geometry.
    """
    table = writable(pd.DataFrame(records[columns_of(records)]))
    if table.shape[1] > _MANY:
        table = table.copy()  # else pandas warns that it is slow with the columns that follow
    table["date_edtf"] = edtf(records)
    for name in LIST_COLUMNS:
        table[name] = pd.array([as_text(value) for value in table[name]], dtype="string")
    return table


def with_points(records: GeoDataFrame) -> pd.DataFrame:
    """Return records as `flat` does, with ``longitude`` and ``latitude`` of their points, null if they have none."""
    return flat(records).assign(longitude=records.geometry.x.to_numpy(), latitude=records.geometry.y.to_numpy())


def as_csv(records: GeoDataFrame, *, hxl: bool = False) -> str:
    """Return records as CSV, in the same form as the page's download.

    Parameters
    ----------
    records : GeoDataFrame, shape (n,)
    hxl : bool
        Put a row of HXL hashtags under the header.

    Returns
    -------
    str
        With a byte-order mark, by which spreadsheets detect UTF-8, CRLF line ends, and an apostrophe before text that a
        spreadsheet would evaluate as a formula.
    """
    table = with_points(records).round({"longitude": DECIMALS, "latitude": DECIMALS})
    lines = [",".join(map(csv_cell, table.columns))]
    if hxl:
        lines.append(",".join(tag and csv_cell(tag) for tag in hxl_tags(list(table.columns))))
    cells = [[csv_cell(value) for value in table[name].astype(object)] for name in table.columns]
    lines += [",".join(row) for row in zip(*cells, strict=True)]
    return "\ufeff" + "\r\n".join(lines) + "\r\n"


def as_geojson(records: GeoDataFrame) -> str:
    """Return records as an RFC 7946 FeatureCollection, one feature per line, all with the same properties."""
    rounded = records.set_geometry(records.geometry.set_precision(10**-DECIMALS))
    names = columns_of(records)
    lines = []
    for feature in features(rounded):
        feature = {
            "type": "Feature",
            "id": feature["properties"]["id"],
            "properties": dict.fromkeys(names) | feature["properties"],
            "geometry": feature["geometry"],
        }
        lines.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":"), allow_nan=False))
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
