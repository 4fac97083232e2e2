"""Small sound files of every kind that geo reads, from which the fuzzer starts; they are made, not stored."""

import gzip
import io
import json
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from importlib import resources
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
from shapely import Point, Polygon, box

EVENTS = {
    "id": ["a1", "a2", "a3"],
    "date_start": ["2021-08-26", "2020-01-02", "2019"],
    "place": ["Kabul", "Khost", "Herat"],
    "country_code": ["AF", "AF", None],
    "fatalities_best": [13, None, 2],
    "title": ["One", 'Two, with "quotes"', "Üç"],
}
POINTS = [Point(69.2, 34.5), Point(69.9, 33.3), None]
PROVINCES = {
    "admin1_code": ["XT-N", "XT-S"],
    "admin1_name": ["North", "South"],
    "country_code": ["XT", "XT"],
    "valid_from": [None, "2001-01-01"],
    "valid_to": [None, None],
}
AREAS = [box(60, 32, 66, 36), Polygon([(60, 28), (66, 28), (66, 32), (60, 32)], [[(61, 29), (62, 29), (62, 30)]])]


def _table() -> pd.DataFrame:
    return pd.DataFrame(EVENTS)


def _points() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(_table(), geometry=POINTS, crs="EPSG:4326")


def _written(name: str, write: Callable[[Path], object]) -> bytes:
    """Return the bytes of a file that a function writes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        write(path)
        return path.read_bytes()


def _zipped(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return packed.getvalue()


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "events"
    sheet.append([*EVENTS, "day"])
    for row, day in zip(zip(*EVENTS.values(), strict=True), pd.date_range("2021-01-01", periods=3), strict=True):
        sheet.append([*row, day.to_pydatetime()])
    sheet["A9"] = "=1/0"
    sheet.merge_cells("C7:D8")
    book.create_sheet("notes")["B2"] = True
    return _written("book.xlsx", book.save)


def _with_chart() -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(_workbook()))
    chart = openpyxl.chart.BarChart()
    chart.add_data(openpyxl.chart.Reference(book["events"], min_col=5, min_row=1, max_row=4))
    book.create_chartsheet("chart", 0).add_chart(chart)
    return _written("book.xlsx", book.save)


def _shapefile(frame: gpd.GeoDataFrame) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        frame.to_file(Path(folder) / "areas.shp", engine="pyogrio")
        return _zipped({path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())})


def _exported(suffix: str) -> bytes:
    from geo.admin.geocode import geocode
    from geo.admin.provinces import read_provinces
    from geo.export_tables import export_records

    provinces = read_provinces(countries="AF", on=2021)
    located = geocode(_records(), provinces)
    provinces["geometry"] = provinces.geometry.envelope
    return _written(f"out{suffix}", lambda path: export_records(located, provinces, path))


def _records() -> gpd.GeoDataFrame:
    from geo.importing.run import import_table

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.csv"
        _table().to_csv(path, index=False)
        return import_table(path).records


def _record_file(suffix: str) -> bytes:
    from geo.importing.run import import_file

    with tempfile.TemporaryDirectory() as folder:
        _table().to_csv(Path(folder) / "events.csv", index=False)
        import_file(Path(folder) / "events.csv", Path(folder) / f"records{suffix}")
        return (Path(folder) / f"records{suffix}").read_bytes()


def _areas() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(PROVINCES, geometry=AREAS, crs="EPSG:4326")


def _language() -> bytes:
    english = json.loads((resources.files("geo") / "static/lang/en.json").read_text(encoding="utf-8"))
    few = {key: english[key] for key in list(english)[:40]}
    return json.dumps(few | {"lang": "fr", "locale": "fr-FR", "dir": "ltr"}, ensure_ascii=False).encode()


def _ged() -> bytes:
    row = {
        "id": 1, "relid": "AFG-2021-1-1", "year": 2021, "type_of_violence": 3, "conflict_name": "c",
        "dyad_name": "d", "side_a": "a", "side_b": "b", "where_prec": 1, "where_coordinates": "Kabul city",
        "adm_1": "Kabul province", "adm_2": "", "latitude": 34.5, "longitude": 69.2, "country": "Afghanistan",
        "date_prec": 1, "date_start": "2021-08-26", "date_end": "2021-08-26", "deaths_a": 0, "deaths_b": 0,
        "deaths_civilians": 3, "deaths_unknown": 0, "best": 3, "high": 5, "low": 2, "event_clarity": 1,
    }  # fmt: skip
    return pd.DataFrame([row]).to_csv(index=False).encode()


def _sources() -> bytes:
    return b"source,title,author,publisher,published,url,file\none,One,A,B,2021-01-02,https://example.org/a,\ntwo,Two,,,,,\n"


_lines = "\n".join(json.dumps(row) for row in pd.DataFrame(EVENTS).astype(object).to_dict("records")).encode
SEEDS: dict[str, Callable[[], list[bytes]]] = {
    "table.csv": lambda: [_table().to_csv(index=False).encode(), _ged(), _table().to_csv(sep=";").encode("utf-16")],
    "table.xlsx": lambda: [_workbook(), _with_chart()],
    "table.parquet": lambda: [
        _written("a.parquet", lambda path: _table().to_parquet(path, compression=None)),
        _written("a.parquet", lambda path: _points().to_parquet(path, compression=None)),
    ],
    "table.geojson": lambda: [_points().to_json().encode()],
    "table.json": lambda: [
        _table().to_json(orient=orient).encode() for orient in ("records", "columns", "split", "index")
    ],
    "table.ndjson": lambda: [_lines()],
    "table.gpkg": lambda: [_written("a.gpkg", lambda path: _points().to_file(path))],
    "table.csv.gz": lambda: [gzip.compress(_table().to_csv(index=False).encode(), mtime=0)],
    "table.zip": lambda: [
        _zipped({"events.csv": _table().to_csv(index=False).encode(), "readme.txt": b"about"}),
        _zipped({"events.geojson": _points().to_json().encode()}),
    ],
    "import.csv": lambda: [_table().to_csv(index=False).encode(), _ged()],
    "import.geojson": lambda: [_points().to_json().encode()],
    "import.parquet": lambda: [_written("a.parquet", lambda path: _points().to_parquet(path, compression=None))],
    "records.geojson": lambda: [_record_file(".geojson"), _exported(".geojson")],
    "records.parquet": lambda: [_written("r.parquet", lambda path: _records().to_parquet(path, compression=None))],
    "records.csv": lambda: [_exported(".csv")],
    "records.gpkg": lambda: [_exported(".gpkg")],
    "partitions.parquet": lambda: [_written("r.parquet", lambda path: _records().to_parquet(path, compression=None))],
    "places.csv": lambda: [_table()[["place", "country_code"]].to_csv(index=False).encode()],
    "provinces.geojson": lambda: [_areas().to_json(drop_id=True).encode()],
    "polygons.geojson": lambda: [_areas().to_json(drop_id=True).encode()],
    "polygons.gpkg": lambda: [_written("a.gpkg", lambda path: _areas().to_file(path))],
    "polygons.zip": lambda: [_shapefile(_areas())],
    "polygons.parquet": lambda: [_written("a.parquet", lambda path: _areas().to_parquet(path, compression=None))],
    "language.json": lambda: [_language()],
    "sources.csv": lambda: [_sources()],
    "page.html": lambda: [b"<!DOCTYPE html>\n<html><head><title>A &amp; B</title></head><body></body></html>\n"],
}


@cache
def seeds(name: str) -> tuple[bytes, ...]:
    """Return the seeds of a target."""
    return tuple(SEEDS[name]())
