"""GeoPackage: incidents, strongholds, provinces with counts and statistics as layers, with styles for QGIS."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pandas as pd
from geopandas import GeoDataFrame

from geo.export_tables.areas import province_counts, stronghold_areas
from geo.export_tables.flat import with_points
from geo.export_tables.qgis import incidents_style, provinces_style, strongholds_style
from geo.importing.own_columns import as_json
from geo.model import COLUMNS, Kind, Metric
from geo.stats.dataset import Dataset
from geo.stats.periods import Years
from geo.style import event_styles, group_styles

#: Fixed timestamp, so that equal input gives equal bytes.
EPOCH = "1970-01-01T00:00:00.000Z"
#: Most columns of a layer that are not of the schema, as SQLite allows 2,000 in all; name of the column for the others.
MOST, MORE = 1900, "more_columns"
#: Schema of the table from which QGIS loads styles.
_STYLES = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT, f_table_schema TEXT, f_table_name TEXT,
  f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
  owner TEXT, ui TEXT, update_time DATETIME
)
"""


def write_geopackage(part: Path, of: Dataset, years: Years | None) -> None:
    """Write all layers to a new file.

    Parameters
    ----------
    part : Path
        Path of the file; must not exist.
    of : Dataset
    years : (first, last) or None
    """
    selected = of.during(years).records
    layers: dict[str, GeoDataFrame | pd.DataFrame] = {
        "provinces": province_counts(of, years),
        "strongholds": stronghold_areas(of, years),
        "incidents": _records(selected, Kind.INCIDENT),
        "statistics": pd.DataFrame(_records(selected, Kind.STATISTIC).drop(columns="geometry")),
    }
    kinds = {"provinces": "MultiPolygon", "strongholds": "MultiPolygon", "incidents": "Point", "statistics": None}
    for name, layer in layers.items():
        _write_layer(part, name, layer, kinds[name])
    _add_styles(part, _styles(of))
    _compact(part)


def _records(selected: GeoDataFrame, kind: Kind) -> GeoDataFrame:
    records = selected[(selected["kind"] == kind).to_numpy(bool)]
    return GeoDataFrame(with_points(records), geometry=records.geometry.to_numpy(), crs=selected.crs)


def _write_layer(part: Path, name: str, layer: GeoDataFrame | pd.DataFrame, kind: str | None) -> None:
    import pyogrio

    table = _columns(layer.reset_index(drop=True))
    # Arrow passes the types of columns; otherwise GDAL guesses that of an all-null column, and warns.
    pyogrio.write_dataframe(table, part, layer=name, driver="GPKG", geometry_type=kind, use_arrow=True)


def _columns(layer: GeoDataFrame | pd.DataFrame) -> GeoDataFrame | pd.DataFrame:
    """Return a layer whose columns SQLite can hold: names differ in more than case, and are no more than its limit.

    A second name is numbered. Columns beyond the limit go as JSON text into one, `MORE`.
    """
    own = [name for name in layer.columns if name not in {*COLUMNS, "longitude", "latitude", "geometry"}]
    if rest := own[MOST:]:
        rows = layer[rest].astype(object).where(layer[rest].notna(), None).to_dict("records")
        more = pd.Series([as_json(row) for row in rows], index=layer.index, dtype="string")
        layer = layer.drop(columns=rest).assign(**{MORE: more})
    taken, names = {"geom", "fid"}, {}
    for name in layer.columns:
        new, copy = str(name), 2
        while new.lower() in taken:
            new, copy = f"{name}_{copy}", copy + 1
        taken.add(new.lower())
        names[name] = new
    return layer.rename(columns=names)


def _styles(of: Dataset) -> dict[str, str]:
    """Return the QML of each layer, with the classes and styles of the page, which do not depend on the period."""
    return {
        "provinces": provinces_style(of.classes[Metric.INCIDENTS]),
        "strongholds": strongholds_style(group_styles(of.groups)),
        "incidents": incidents_style(event_styles(of.event_types)),
    }


def _add_styles(part: Path, styles: dict[str, str]) -> None:
    with closing(sqlite3.connect(part)) as base, base:
        base.execute(_STYLES)
        for layer, qml in styles.items():
            row = (
                "",
                "",
                layer,
                "geom",
                "geo",
                qml,
                "",
                True,
                f"{layer} as on the map that geo builds",
                "",
                None,
                EPOCH,
            )
            base.execute(f"INSERT INTO layer_styles VALUES (NULL, {', '.join('?' * len(row))})", row)  # noqa: S608
        names = "table_name, data_type, identifier, description, last_change"
        listing = ("layer_styles", "attributes", "layer_styles", "", EPOCH)
        base.execute(f"INSERT INTO gpkg_contents ({names}) VALUES (?, ?, ?, ?, ?)", listing)  # noqa: S608
        base.execute("UPDATE gpkg_contents SET last_change = ?", (EPOCH,))


def _compact(part: Path) -> None:
    """Rewrite the database with VACUUM: its pages still contain overwritten timestamps and counters."""
    whole = part.with_name(f"{part.name}.whole")
    with closing(sqlite3.connect(part)) as base:
        base.execute("VACUUM INTO ?", (str(whole),))
    whole.replace(part)
