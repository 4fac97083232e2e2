"""Twelve countries as a newcomer maps them: files of ACLED, UCDP GED and GTD, from the import to the page.

The province of each row is set by hand in ``tests/support/country_events.py``; all twelve files of a source are one
import, so that each country also stands in a file of several.
"""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner
from country_events import COUNTRIES, FORMATS, write_events
from visit import Visit

import geo
from geo.admin.countries import drawn_notes, provinces_for, without_polygons
from geo.cli import main
from geo.importing.run import import_file

pytestmark = pytest.mark.slow
ROWS = 30
#: A unit of today that lies in two of the units drawn: no row without a point can be placed in one of them.
IN_TWO = {"SD-GK"}


class Files:
    """The twelve files of a source, what became of their rows, and what should have."""

    def __init__(self, folder: Path, layout: str) -> None:
        paths = {code: folder / f"{code}.csv" for code in COUNTRIES}
        self.events = {code: write_events(path, code, layout) for code, path in paths.items()}
        self.target = folder / "all.parquet"
        self.report = import_file(list(paths.values()), self.target)
        self.records = geo.read_incidents(self.target)
        self.provinces = provinces_for(self.records)
        self.located = geo.geocode(self.records, self.provinces)

    def of(self, code: str) -> Any:
        """Return the located records of one country's file."""
        return self.located.loc[[event.id for event in self.events[code]]]


@pytest.fixture(scope="module", params=FORMATS)
def files(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Files:
    return Files(tmp_path_factory.mktemp(request.param), request.param)


#: What shows nothing new of another source is asked of the files of one.
ONE_SOURCE = pytest.mark.parametrize("files", FORMATS[:1], indirect=True)


def test_every_row_is_kept_and_valid(files: Files) -> None:
    counts = {file.path.stem: (file.read, file.kept) for file in files.report.files}
    assert counts == dict.fromkeys(COUNTRIES, (ROWS, ROWS))
    assert geo.validate(files.records, provinces=files.provinces) == []
    assert without_polygons(files.located, files.provinces) == {}


@pytest.mark.parametrize("code", COUNTRIES)
def test_every_row_has_its_province_and_says_where_a_unit_is_not_drawn(files: Files, code: str) -> None:
    located = files.of(code)
    wrong = {}
    for event, row in zip(files.events[code], located.itertuples(), strict=True):
        lost = event.today in IN_TWO and row.geo_precision == "country"
        found = None if pd.isna(row.admin1_code) else row.admin1_code
        if found != (None if lost else event.code) or row.country_code != code:
            wrong[event.id] = (row.admin1_name, found, event.code)
        elif event.today and not lost:
            assert event.today in str(row.match_note)
            assert row.match_score < 1
    assert wrong == {}
    names = dict(zip(files.provinces["admin1_code"], files.provinces["admin1_name"], strict=True))
    placed = located[located["admin1_code"].notna()]
    assert placed["admin1_name"].tolist() == placed["admin1_code"].map(names).tolist()


def test_units_that_are_not_drawn_are_counted_in_the_report(files: Files) -> None:
    said = dict(files.report.disagreements)
    assert said["named ML-9, drawn as part of ML-7, an older unit"] == 3
    assert said["named CD-IT, drawn as part of CD-OR, an older unit"] == 3
    notes = " ".join(drawn_notes(files.provinces))
    assert all(name in notes for name in ("Mali", "Congo", "Sudan", "Myanmar", "Palestine"))


@ONE_SOURCE
def test_the_first_view_is_that_of_the_records(files: Files) -> None:
    for code in COUNTRIES:
        located = files.of(code)
        (south, west), (north, east) = geo.build_map(located, provinces_for(located)).start
        lon, lat = located.geometry.dropna().x, located.geometry.dropna().y
        assert lon.between(west, east).all(), code
        assert lat.between(south, north).all(), code
        # The provinces of the records are in view, and little more.
        areas = provinces_for(located).loc[lambda frame, at=located: frame["admin1_code"].isin(at["admin1_code"])]
        least_west, least_south, most_east, most_north = areas.total_bounds
        assert east - west < 1.2 * (most_east - least_west) + 1, code
        assert north - south < 1.2 * (most_north - least_south) + 1, code


@ONE_SOURCE
def test_figure_and_report_of_a_file_of_several_countries(files: Files, tmp_path: Path) -> None:
    target = tmp_path / "two.geojson"
    paths = [files.target.with_name(f"{code}.csv") for code in ("ML", "SD")]
    commands = (
        ["import", *map(str, paths), "--out", str(target)],
        ["validate", str(target)],
        ["figure", str(target), "--out", str(tmp_path / "two.svg")],
        ["report", str(target), "--out", str(tmp_path / "two.html")],
    )
    for command in commands:
        done = CliRunner().invoke(main, command)
        assert done.exit_code == 0, done.output
    drawn, written = ((tmp_path / name).read_text(encoding="utf-8") for name in ("two.svg", "two.html"))
    for words in ("60 of 60 incidents", "Mali, Sudan differ from those of today"):
        assert words in drawn
    assert "drawn as before 2016-01-19" in written
    assert "<h1>Incidents, all years" in written


@pytest.mark.browser
@ONE_SOURCE
def test_the_page_shows_both_countries_and_asks_for_nothing(files: Files, tmp_path: Path, visit: Visit) -> None:
    located = pd.concat([files.of("ML"), files.of("UA")])
    geo.build_map(located, provinces_for(located), title="Two").save(tmp_path / "two.html")
    page = visit.open(tmp_path / "two.html")
    assert "60 of 60 incidents" in page.inner_text("body")
    # The files have no strongholds: a legend of them would be empty.
    assert page.locator(".geo-layer-name").all_inner_texts() == ["Provinces", "Incidents", "Base map"]
