"""One set of numbers: page, figure, report, command line and exports say the same for five periods of the shipped data.

The expected numbers are counted here, in plain Python from the file, by the rules of docs/design.md.
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
from report_page import Page

import geo
from geo.cli import main
from geo.export_tables import export_records
from geo.figure.contents import content
from geo.report.blocks import Report
from geo.report.content import describe_period, headline, province_table
from geo.report.html import as_html
from geo.resources import data_path
from geo.stats.dataset import Dataset

PERIODS = [None, (2021, 2021), (2015, 2018), (2022, 2024), (2017, 2020), (1990, 1991)]
BOUNDS = ("low", "best", "high")


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


def counted(located: Any, years: tuple[int, int] | None) -> dict[str, Any]:
    """Count in plain Python; only the province that geocoding found is taken from the frame."""
    features = json.loads(data_path("incidents.geojson").read_text("utf-8"))["features"]
    code = dict(
        zip(
            located["id"],
            located["admin1_code"].astype(object).where(located["admin1_code"].notna(), None),
            strict=True,
        )
    )
    kinds = {"incident": 0, "stronghold": 0, "statistic": 0}
    deaths = dict.fromkeys(BOUNDS, 0)
    unplaced = undated = unknown = 0
    where: dict[str, dict[str, int]] = {}
    for feature in features:
        record = feature["properties"]
        bounds = [int(record[name][:4]) for name in ("date_start", "date_end") if record[name]]
        undated += record["kind"] == "incident" and not bounds
        if years is not None and not (bounds and min(bounds) <= years[1] and max(bounds) >= years[0]):
            continue
        kinds[record["kind"]] += 1
        if record["kind"] != "incident":
            continue
        low, best, high = (record[f"fatalities_{bound}"] for bound in BOUNDS)
        top = next((figure for figure in (high, best, low) if figure is not None), None)
        for bound, figure in zip(BOUNDS, (low, best, top), strict=True):
            deaths[bound] += figure or 0
        unknown += top is None
        home = code[record["id"]]
        unplaced += home is None
        if home is not None:
            here = where.setdefault(home, {"incidents": 0, "fatalities_best": 0})
            here["incidents"] += 1
            here["fatalities_best"] += best or 0
    return {
        "incidents": kinds["incident"],
        "strongholds": kinds["stronghold"],
        "statistics": kinds["statistic"],
        "unplaced": unplaced,
        "undated": undated,
        "fatalities": deaths,
        "fatalities_unknown": unknown,
        "provinces": where,
    }


def everything(located: Any) -> int:
    return counted(located, None)["incidents"]


@pytest.mark.parametrize("years", PERIODS)
def test_summarise_and_the_command_line(located: Any, provinces: Any, years: Any) -> None:
    expected = counted(located, years)
    assert geo.summarise(located, provinces, years=years).attrs["totals"] == expected
    period = [] if years is None else ["--years", f"{years[0]}:{years[1]}"]
    said = CliRunner().invoke(main, ["summary", "--by", "province", "--format", "json", *period])
    assert said.exit_code == 0, said.output
    answer = json.loads(said.stdout)
    assert answer["totals"] == expected
    assert sum(row["incidents"] for row in answer["rows"]) == expected["incidents"]


@pytest.mark.parametrize("years", PERIODS)
def test_the_figure_and_its_caption(located: Any, of: Any, years: Any) -> None:
    expected = counted(located, years)
    shown = content(of, "incidents", years)
    assert shown.totals == expected
    # Provinces that were merged later count in their heirs; every placed incident is in one of the drawn.
    assert shown.provinces["value"].sum() == expected["incidents"] - expected["unplaced"]
    caption = shown.description.caption
    if not expected["incidents"]:
        assert "No incident or stronghold on file is dated 1990–1991." in caption
        return
    lost = f", {expected['unplaced']} not placed" if expected["unplaced"] else ""
    assert f"{expected['incidents']} of {everything(located)} incidents{lost}." in caption
    assert "low {low:,}, best {best:,}, high {high:,}".format(**expected["fatalities"]) in caption
    assert f"{expected['strongholds']} claimed stronghold" in caption
    named = re.findall(r"([A-Z][\w' -]+) \((\d+)\)", caption)
    top = sorted((here["incidents"] for here in expected["provinces"].values()), reverse=True)
    assert [int(n) for _, n in named] == top[: len(named)]


@pytest.mark.parametrize("years", PERIODS)
def test_the_report(located: Any, of: Any, years: Any) -> None:
    expected = counted(located, years)
    period = of.during(years)
    page = Page(as_html(Report("", "", (headline(period), province_table(period)))))
    assert page.facts == {
        "incidents": f"{expected['incidents']} of {everything(located)}",
        "fatalities": " – ".join(f"{expected['fatalities'][bound]:,}" for bound in BOUNDS),
        "fatalities_unknown": str(expected["fatalities_unknown"]),
        "provinces": str(len(expected["provinces"])),
        "unplaced": str(expected["unplaced"]),
        "undated": str(expected["undated"]),
        "strongholds": str(expected["strongholds"]),
        "statistics": str(expected["statistics"]),
    }
    total = page.rows[-1]
    assert total[2:6] == [str(expected["incidents"]), *(f"{expected['fatalities'][bound]:,}" for bound in BOUNDS)]
    assert page.rows[-2][2] == str(expected["unplaced"])
    assert describe_period(period).caption == content(of, "incidents", years).description.caption


@pytest.mark.parametrize("years", PERIODS)
def test_the_exports(located: Any, provinces: Any, years: Any, tmp_path: Path) -> None:
    expected = counted(located, years)
    export_records(located, provinces, tmp_path / "a.csv", years=years)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig"), newline="")))
    incidents = [row for row in rows if row["kind"] == "incident"]
    assert len(incidents) == expected["incidents"]
    assert sum(not row["admin1_code"] for row in incidents) == expected["unplaced"]
    assert sum(int(row["fatalities_best"] or 0) for row in incidents) == expected["fatalities"]["best"]
    assert sum(row["kind"] == "stronghold" for row in rows) == expected["strongholds"]
    export_records(located, provinces, tmp_path / "a.gpkg", years=years)
    areas = pyogrio.read_dataframe(tmp_path / "a.gpkg", layer="provinces", read_geometry=False)
    assert areas["incidents"].sum() == expected["incidents"] - expected["unplaced"]
    for layer, key in (("incidents", "incidents"), ("strongholds", "strongholds"), ("statistics", "statistics")):
        assert pyogrio.read_info(tmp_path / "a.gpkg", layer=layer)["features"] == expected[key]


@pytest.mark.browser
def test_the_page(located: Any, page_file: Path, visit: Any) -> None:
    page = visit.open(page_file)
    for years in PERIODS:
        page.evaluate("(years) => geoMap.setState({years})", None if years is None else list(years))
        said = page.evaluate("() => geoMap.summary()")
        expected = counted(located, years)
        if years == (1990, 1991):
            # The page's time bar ends at the data's first and last year: a period outside them is moved inside.
            continue
        assert said == {name: expected[name] for name in said}, years
        assert set(said) >= {"incidents", "strongholds", "statistics", "unplaced", "undated", "fatalities", "provinces"}
