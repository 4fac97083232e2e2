"""GeoPackage: incidents, strongholds, provinces with counts and statistics as layers, with styles for QGIS."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd
from geopandas import GeoDataFrame

from geo.columns import as_dates
from geo.export_tables.areas import province_counts, stronghold_areas
from geo.export_tables.dictionary import described
from geo.export_tables.flat import with_points
from geo.export_tables.geopackage_schema import add_descriptions
from geo.export_tables.qgis import incidents_style, provinces_style, strongholds_style, table_style
from geo.export_tables.qgis_reading import Reading, Span, time_span
from geo.importing.own_columns import as_json
from geo.model import COLUMNS, DATE_COLUMNS, Kind, Metric
from geo.stats.dataset import Dataset
from geo.stats.periods import Years
from geo.style import event_styles, group_styles

#: Fixed timestamp, so that equal input gives equal bytes.
EPOCH = "1970-01-01T00:00:00.000Z"
#: Most columns of a layer that are not of the schema, as SQLite allows 2,000 in all; name of the column for the others.
MOST, MORE = 1900, "more_columns"
#: Columns in the map tips of each layer: the first is the title, the others have a line each.
TIPS = {
    "provinces": (
        "admin1_name", "incidents", "fatalities_low", "fatalities_best", "fatalities_high", "fatalities_unknown",
        "strongholds",
    ),
    "strongholds": ("group", "role", "tier", "admin1_name", "date_start", "date_end", "title", "sources"),
    "incidents": (
        "title", "event_type", "date_start", "date_end", "place", "admin1_name", "geo_precision", "fatalities_low",
        "fatalities_best", "fatalities_high", "status", "sources",
    ),
    "statistics": (),
}  # fmt: skip
#: Denominator of the scale from which on places are written beside incidents, about that of a province.
LABELS_FROM = 2_500_000
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
    meanings = {}
    for name, layer in layers.items():
        columns = _write_layer(part, name, layer, kinds[name])
        meanings[name] = described("provinces" if name == "provinces" else "records", columns)
    with closing(sqlite3.connect(part)) as base, base:
        add_descriptions(base, meanings)
        _add_styles(base, _styles(of, meanings, time_span(*_days(selected))))
    _compact(part)


def _records(selected: GeoDataFrame, kind: Kind) -> GeoDataFrame:
    records = selected[(selected["kind"] == kind).to_numpy(bool)]
    return GeoDataFrame(with_points(records), geometry=records.geometry.to_numpy(), crs=selected.crs)


def _write_layer(part: Path, name: str, layer: GeoDataFrame | pd.DataFrame, kind: str | None) -> list[str]:
    """Add a layer to the file, and return the names of its columns."""
    import pyogrio

    table = _columns(layer.reset_index(drop=True))
    table = table.assign(**{day: as_dates(table[day]) for day in DATE_COLUMNS if day in table})
    # Arrow passes the types of columns; otherwise GDAL guesses that of an all-null column, and warns.
    # GDAL before 3.7, as in QGIS of Debian 12, warns of a header later than 1.3, whatever is in the file.
    pyogrio.write_dataframe(table, part, layer=name, driver="GPKG", geometry_type=kind, use_arrow=True, VERSION="1.3")
    return [str(column) for column in table.columns if column != "geometry"]


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


def _styles(of: Dataset, meanings: dict[str, pd.DataFrame], span: Span) -> dict[str, str]:
    """Return the QML of each layer, with the classes and styles of the page, which do not depend on the period."""

    def reading(layer: str, **more: Any) -> Reading:
        known = meanings[layer]
        labels = dict(zip(known["column"], known["label"], strict=True))
        return Reading(labels, [(labels[name], name) for name in TIPS[layer] if name in labels], **more)

    return {
        "provinces": provinces_style(of.classes[Metric.INCIDENTS], reading("provinces", label="admin1_name")),
        "strongholds": strongholds_style(group_styles([*of.groups, ""]), reading("strongholds", span=span)),
        "incidents": incidents_style(
            event_styles([*of.event_types, ""]),
            reading("incidents", label="place", nearer_than=LABELS_FROM, span=span),
        ),
        "statistics": table_style(reading("statistics")),
    }


def _days(records: GeoDataFrame) -> tuple[str | None, str | None]:
    """Return the first and the last day of records, None without one."""
    days = pd.concat([records[name].astype("string") for name in DATE_COLUMNS]).dropna()
    days = days[days.str.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").to_numpy(bool)]
    return (None, None) if days.empty else (str(days.min()), str(days.max()))


def _add_styles(base: sqlite3.Connection, styles: dict[str, str]) -> None:
    base.execute(_STYLES)
    for layer, qml in styles.items():
        geometry = "" if layer == "statistics" else "geom"
        about = f"{layer} as on the map that geo builds"
        row = ("", "", layer, geometry, "geo", qml, "", True, about, "", None, EPOCH)
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
