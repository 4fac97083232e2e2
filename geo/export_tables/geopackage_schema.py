"""The extension of GeoPackage that describes columns: a label and the meaning of each, in the file itself."""

import sqlite3
from collections.abc import Mapping

import pandas as pd

_TABLES = """
CREATE TABLE IF NOT EXISTS gpkg_data_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT, mime_type TEXT,
  constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
  CONSTRAINT gdc_tn UNIQUE (table_name, name)
);
CREATE TABLE IF NOT EXISTS gpkg_data_column_constraints (
  constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN,
  max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value)
);
CREATE TABLE IF NOT EXISTS gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name)
);
"""
_DESCRIBE = """
INSERT INTO gpkg_data_columns VALUES (?, ?, ?, ?, ?, NULL, NULL)
ON CONFLICT (table_name, column_name) DO UPDATE
SET name = excluded.name, title = excluded.title, description = excluded.description
"""
_DEFINITION = "http://www.geopackage.org/spec121/#extension_schema"


def add_descriptions(base: sqlite3.Connection, layers: Mapping[str, pd.DataFrame]) -> None:
    """Write the dictionary of each layer's columns into a GeoPackage.

    Parameters
    ----------
    base : sqlite3.Connection
    layers : dict of str to DataFrame
        Rows of the dictionary by layer, as ``geo.export_tables.dictionary.described`` returns them.
    """
    base.executescript(_TABLES)  # GDAL has made them if a column holds JSON
    for name in ("gpkg_data_columns", "gpkg_data_column_constraints"):
        base.execute("DELETE FROM gpkg_extensions WHERE table_name = ?", (name,))
        row = (name, None, "gpkg_schema", _DEFINITION, "read-write")
        base.execute("INSERT INTO gpkg_extensions VALUES (?, ?, ?, ?, ?)", row)
    for layer, table in layers.items():
        labels = [
            None if label == column else label for column, label in zip(table["column"], table["label"], strict=True)
        ]
        rows = zip([layer] * len(table), table["column"], labels, labels, table["meaning"], strict=True)
        # An own column has no label: it might be that of another, and labels of a layer have to differ.
        base.executemany(_DESCRIBE, rows)
