"""A toy country small enough to count by hand, records in it, and a browser that allows no request or message."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from shapely import MultiPolygon, Polygon, box
from shared_files import build_once, run_folder
from visit import Visit

import geo
from geo.model import COLUMNS, CRS, DTYPES, LIST_COLUMNS

#: No province that the developer has added reaches a test; processes that tests start inherit it. Nothing creates it.
os.environ["GEO_DATA"] = str(Path(tempfile.gettempdir()) / f"geo-tests-without-user-data-{os.getpid()}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start files with slow tests first, so that no process is left with the longest of them when others are done."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(scope="session")
def provinces() -> gpd.GeoDataFrame:
    """Three provinces of the toy country XT, in force since ever.

    North lies above the other two; West has a hole that belongs to nobody; East shares a border with both and has an
    exclave beyond the sea. One square is one degree::

        N N N N N .
        W W E E E .
        W o E E E .      o: the hole, half a degree wide
        W W E E E . x    x: the exclave of East
    """
    north = Polygon([(60, 33), (62, 33), (65, 33), (65, 34), (60, 34)])
    west = Polygon(
        [(60, 30), (62, 30), (62, 33), (60, 33)],
        [[(61.25, 31.25), (61.25, 31.75), (61.75, 31.75), (61.75, 31.25)]],
    )
    east = MultiPolygon([box(62, 30, 65, 33), box(66, 30, 67, 31)])
    return gpd.GeoDataFrame(
        {
            "admin1_code": pd.array(["XT-N", "XT-W", "XT-E"], dtype="string"),
            "admin1_name": pd.array(["North", "West", "East"], dtype="string"),
            "country_code": pd.array(["XT"] * 3, dtype="string"),
            "valid_from": pd.array([None] * 3, dtype="string"),
            "valid_to": pd.array([None] * 3, dtype="string"),
        },
        geometry=[north, west, east],
        crs=CRS,
        index=["XT-N", "XT-W", "XT-E"],
    )


MakeRecords = Callable[[list[dict[str, Any]]], gpd.GeoDataFrame]


@pytest.fixture(scope="session")
def make_records() -> MakeRecords:
    """Return a function that turns partial records into located incidents with every column of the schema."""

    def make(records: list[dict[str, Any]]) -> gpd.GeoDataFrame:
        rows = []
        for number, record in enumerate(records, 1):
            row: dict[str, Any] = dict.fromkeys(COLUMNS) | {
                "id": f"record-{number}",
                "kind": "incident",
                "title": f"Record {number}",
                "event_type": "Battles",
                "date_precision": "day" if record.get("date_start") else "unknown",
                "date_inferred": False,
                "cross_border": False,
                "geo_precision": "province" if record.get("admin1_code") else "unknown",
                "status": "stated",
            }
            row |= {name: [] for name in LIST_COLUMNS}
            row |= {"geometry": None, "match": "name", "match_score": 1.0} | record
            row["country_code"] = row["country_code"] or (row["admin1_code"] or "")[:2] or None
            row["date_end"] = row["date_end"] if "date_end" in record else row["date_start"]
            rows.append(row)
        columns = [*COLUMNS, "match", "match_score", "geometry"]
        frame = gpd.GeoDataFrame(pd.DataFrame(rows, columns=columns), geometry="geometry", crs=CRS)
        frame = frame.astype(DTYPES | {"match": "string", "match_score": "Float64"})
        frame.index = pd.Index(frame["id"].astype(object), name=None)
        return frame

    return make


@pytest.fixture(scope="session")
def shipped() -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return the shipped incidents, geocoded, and the shipped provinces. Read only: all tests share these frames."""
    provinces = geo.read_provinces()
    return geo.geocode(geo.read_incidents(), provinces), provinces


BuildOnce = Callable[[str, Callable[[Path], None]], Path]


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> BuildOnce:
    """Return a function that returns a folder by its name, filled once a run by the function it is given."""
    parent = run_folder(tmp_path_factory.getbasetemp())
    return lambda name, build: build_once(parent, name, build)


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Return a running headless Chromium; without one, tests are skipped at home and fail in CI."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("GEO_CHROMIUM") or _find_chromium()
    if not path:
        if os.environ.get("GEO_CI"):
            pytest.fail("no Chromium for the browser tests; run: python tools/find_chromium.py --install")
        pytest.skip("no Chromium; run: python tools/find_chromium.py --install")
    # Chromium's sandbox cannot start for root.
    sandbox = [] if os.geteuid() else ["--no-sandbox"]
    with sync_playwright() as playwright:
        environment: Any = os.environ | {"FONTCONFIG_FILE": str(_one_font(tmp_path_factory.mktemp("fonts")))}
        browser = playwright.chromium.launch(executable_path=path, args=sandbox, env=environment)
        yield browser
        browser.close()


def _one_font(folder: Path) -> Path:
    """Write a fontconfig file with matplotlib's fonts alone, so that text is as wide on every machine."""
    import matplotlib as mpl

    fonts = Path(mpl.get_data_path()) / "fonts" / "ttf"
    file = folder / "fonts.conf"
    file.write_text(
        f"<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'fonts.dtd'><fontconfig><dir>{fonts}</dir>"
        f"<cachedir>{folder / 'cache'}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return file


def _find_chromium() -> str:
    script = Path(__file__).parent.parent / "tools" / "find_chromium.py"
    return subprocess.run([sys.executable, script], capture_output=True, text=True, check=False).stdout.strip()


@pytest.fixture
def visit(chromium: Any) -> Iterator[Visit]:
    """Return a page in which nothing may be asked for, logged or thrown."""
    visit = Visit(chromium)
    yield visit
    visit.close()
