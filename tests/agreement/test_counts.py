"""One set of numbers: page, figure, report, command line and exports say the same for five periods of the shipped data.

The expected numbers are counted in plain Python from the file, by the rules of docs/design.md (`plain_counts`).
tests/project/test_counts_agree.py holds every single year; here are periods of several years.
"""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pyogrio
import pytest
from click.testing import CliRunner
from plain_counts import counted, sum_in_words
from report_page import Page

import geo
from geo.cli import main
from geo.export_tables import export_records
from geo.figure.contents import content
from geo.report.blocks import Report
from geo.report.content import describe_period, headline, province_table
from geo.report.html import as_html
from geo.stats.dataset import Dataset

PERIODS = [None, (2021, 2021), (2015, 2018), (2022, 2024), (2017, 2020), (1990, 1991)]


@pytest.fixture(scope="module")
def provinces(shipped: Any) -> Any:
    return shipped[1]


@pytest.fixture(scope="module")
def located(shipped: Any) -> Any:
    return shipped[0]


@pytest.fixture(scope="module")
def of(located: Any, provinces: Any) -> Any:
    return Dataset(located, provinces)


@pytest.fixture(scope="module")
def page_file(located: Any, provinces: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("agreement") / "map.html"
    geo.build_map(located, provinces).save(path)
    return path


def everything() -> int:
    return int(counted(None)["incidents"])


@pytest.mark.parametrize("years", PERIODS)
def test_summarise_and_the_command_line(located: Any, provinces: Any, years: Any) -> None:
    expected = counted(years)
    assert geo.summarise(located, provinces, years=years).attrs["totals"] == expected
    period = [] if years is None else ["--years", f"{years[0]}:{years[1]}"]
    said = CliRunner().invoke(main, ["summary", "--by", "province", "--format", "json", *period])
    assert said.exit_code == 0, said.output
    answer = json.loads(said.stdout)
    assert answer["totals"] == expected
    assert sum(row["incidents"] for row in answer["rows"]) == expected["incidents"]


@pytest.mark.parametrize("years", PERIODS)
def test_the_figure_and_its_caption(located: Any, of: Any, years: Any) -> None:
    expected = counted(years)
    shown = content(of, "incidents", years)
    assert shown.totals == expected
    # Provinces that were merged later count in their heirs; every placed incident is in one of the drawn.
    assert shown.provinces["value"].sum() == expected["incidents"] - expected["unplaced"]
    caption = shown.description.caption
    if not expected["incidents"]:
        assert "No incident or stronghold on file is dated 1990–1991." in caption
        return
    lost = f", {expected['unplaced']} not placed" if expected["unplaced"] else ""
    repeated = expected["reports"] != expected["incidents"]
    noun = f"distinct incidents in {expected['reports']} reports" if repeated else "incidents"
    assert f"{expected['incidents']} of {everything()} {noun}{lost}." in caption
    assert sum_in_words(expected["fatalities"]) in caption
    assert f"{expected['strongholds']} claimed stronghold" in caption
    named = re.findall(r"([A-Z][\w' -]+) \((\d+)\)", caption)
    top = sorted((here["incidents"] for here in expected["provinces"].values()), reverse=True)
    assert [int(n) for _, n in named] == top[: len(named)]


@pytest.mark.parametrize("years", PERIODS)
def test_the_report(located: Any, of: Any, years: Any) -> None:
    expected = counted(years)
    period = of.during(years)
    page = Page(as_html(Report("", "", (headline(period), province_table(period)))))
    assert page.facts == {
        "incidents": f"{expected['incidents']} of {everything()}",
        "reports": str(expected["reports"]),
        "fatalities": sum_in_words(expected["fatalities"]),
        "fatalities_unknown": str(expected["fatalities_unknown"]),
        "provinces": str(len(expected["provinces"])),
        "unplaced": str(expected["unplaced"]),
        "undated": str(expected["undated"]),
        "before": str(expected["before"]),
        "strongholds": str(expected["strongholds"]),
        "statistics": str(expected["statistics"]),
    }
    total = page.rows[-1]
    low, best, high = (expected["fatalities"][bound] for bound in ("low", "best", "high"))
    assert total[2:6] == [
        str(expected["incidents"]),
        f"{low:,}",
        f"{best:,}",
        "no bound" if high is None else f"{high:,}",
    ]
    assert page.rows[-2][2] == str(expected["unplaced"])
    assert describe_period(period).caption == content(of, "incidents", years).description.caption


@pytest.mark.parametrize("years", PERIODS)
def test_the_exports(located: Any, provinces: Any, years: Any, tmp_path: Path) -> None:
    expected = counted(years)
    export_records(located, provinces, tmp_path / "a.csv", years=years)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig"), newline="")))
    assert sum(row["kind"] == "incident" for row in rows) == expected["reports"]
    rows = [row for row in rows if row["counts_as"] == "1"]
    incidents = [row for row in rows if row["kind"] == "incident"]
    assert len(incidents) == expected["incidents"]
    assert sum(not row["admin1_code"] for row in incidents) == expected["unplaced"]
    assert sum(int(row["fatalities_best"] or 0) for row in incidents) == expected["fatalities"]["best"]
    assert sum(row["kind"] == "stronghold" for row in rows) == expected["strongholds"]
    export_records(located, provinces, tmp_path / "a.gpkg", years=years)
    areas = pyogrio.read_dataframe(tmp_path / "a.gpkg", layer="provinces", read_geometry=False)
    assert areas["incidents"].sum() == expected["incidents"] - expected["unplaced"]
    for layer, key in (("incidents", "incidents"), ("strongholds", "strongholds"), ("statistics", "statistics")):
        table = pyogrio.read_dataframe(tmp_path / "a.gpkg", layer=layer, read_geometry=False)
        assert table["counts_as"].sum() == expected[key]


@pytest.mark.browser
def test_the_page(located: Any, page_file: Path, visit: Any) -> None:
    page = visit.open(page_file)
    for years in PERIODS:
        page.evaluate("(years) => geoMap.setState({years})", None if years is None else list(years))
        said = page.evaluate("() => geoMap.summary()")
        expected = counted(years)
        if years == (1990, 1991):
            # The page's time bar ends at the data's first and last year: a period outside them is moved inside.
            continue
        assert said == {name: expected[name] for name in said}, years
        assert set(said) >= {"incidents", "strongholds", "statistics", "unplaced", "undated", "fatalities", "provinces"}
