"""Counts in plain Python from the GeoJSON alone are those of every output, for every single year and for all."""

import json
from pathlib import Path
from typing import Any

import pyogrio
import pytest
from click.testing import CliRunner
from plain_counts import counted, every_year, in_years, records, sum_in_words
from report_page import Page

import geo
from geo.cli import main
from geo.export_tables import export_records
from geo.figure.contents import content
from geo.report.blocks import Report
from geo.report.content import headline
from geo.report.html import as_html
from geo.stats.dataset import Dataset
from geo.stats.summary import totals

YEARS = every_year(records())
PERIODS = [None, *((year, year) for year in YEARS)]
#: Some of the strongholds that the articles put in force in a year, read in them by hand.
IN_FORCE = {
    2001: {"stronghold-taliban-fata-sanctuary", "stronghold-taliban-afghanistan-rule-1996"},
    2010: {"stronghold-taliban-fata-sanctuary"},
    2015: {"stronghold-taliban-fata-sanctuary", "stronghold-isk-nangarhar-founding-2015-01"},
    2020: {"stronghold-isk-afghanistan-presence"},
    2021: {"stronghold-isk-nangarhar-2021", "stronghold-ttp-afghanistan-sanctuary-2021"},
    2022: {"stronghold-ttp-afghanistan-sanctuary-2021", "stronghold-al-qaeda-kabul-leadership-2022-07"},
    2023: {"stronghold-taliban-afghanistan-rule-2021-08", "stronghold-isk-afghanistan-strongholds-2023-06"},
    2024: {"stronghold-taliban-kandahar-leadership", "stronghold-ttp-balochistan-operations"},
}


@pytest.fixture(scope="module")
def of(shipped: Any) -> Dataset:
    return Dataset(*shipped)


@pytest.fixture(scope="module")
def partitions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of three files of GeoParquet that hold the shipped records."""
    folder = tmp_path_factory.mktemp("partitions")
    read = geo.read_incidents()
    for number in range(3):
        read.iloc[number * 60 : (number + 1) * 60].reset_index(drop=True).to_parquet(folder / f"{number}.parquet")
    return folder


def test_the_years_run_from_the_first_rule_of_the_taliban_to_the_newest_article() -> None:
    assert (YEARS[0], YEARS[-1]) == (1996, 2024)


@pytest.mark.parametrize("year", IN_FORCE)
def test_strongholds_that_the_articles_put_in_force_are_so(of: Dataset, year: int) -> None:
    plain = {
        record["id"]
        for record in records()
        if record["kind"] == "stronghold" and (span := in_years(record)) and span[0] <= year <= span[1]
    }
    assert plain >= IN_FORCE[year]
    drawn = of.during((year, year)).records
    assert set(drawn["id"][drawn["kind"] == "stronghold"]) == plain


@pytest.mark.parametrize("years", PERIODS)
def test_summary(of: Dataset, years: Any) -> None:
    expected = counted(years)
    assert totals(of.records, years) == expected
    assert geo.summarise(of.records, of.provinces, years=years).attrs["totals"] == expected


@pytest.mark.parametrize("years", PERIODS)
def test_figure_and_caption(of: Dataset, years: Any) -> None:
    expected = counted(years)
    shown = content(of, "incidents", years)
    assert shown.totals == expected
    caption = shown.description.caption
    assert caption == geo.describe(of.summary(years), of=of.incidents).caption
    if expected["incidents"]:
        noun = "incidents" if expected["reports"] == expected["incidents"] else "distinct incidents"
        assert f"{expected['incidents']} of {counted(None)['incidents']} {noun}" in caption
        silent = expected["fatalities_unknown"] == expected["incidents"]
        assert silent or sum_in_words(expected["fatalities"]) in caption
    assert (f"{expected['strongholds']} claimed stronghold" in caption) == bool(expected["strongholds"])


@pytest.mark.parametrize("years", PERIODS)
def test_headline_of_the_report(of: Dataset, years: Any) -> None:
    expected = counted(years)
    facts = Page(as_html(Report("", "", (headline(of.during(years)),)))).facts
    names = ("reports", "fatalities_unknown", "unplaced", "undated", "before", "strongholds", "statistics")
    assert facts == {
        "incidents": f"{expected['incidents']} of {counted(None)['incidents']}",
        "fatalities": sum_in_words(expected["fatalities"]),
        "provinces": str(len(expected["provinces"])),
        **{name: str(expected[name]) for name in names},
    }


@pytest.mark.parametrize("years", PERIODS)
def test_provinces_layer_of_the_export(of: Dataset, years: Any, tmp_path: Path) -> None:
    expected = counted(years)
    export_records(of.records, of.provinces, tmp_path / "a.gpkg", years=years)
    areas = pyogrio.read_dataframe(tmp_path / "a.gpkg", layer="provinces", read_geometry=False)
    assert areas["incidents"].sum() == expected["incidents"] - expected["unplaced"]
    assert areas["fatalities_best"].sum() == sum(here["fatalities_best"] for here in expected["provinces"].values())
    per_code = {code: here["incidents"] for code, here in expected["provinces"].items()}
    # FATA counts in Khyber Pakhtunkhwa where the map draws the provinces of today.
    codes = set(areas["admin1_code"])
    drawn: dict[str, int] = {}
    for code, n in per_code.items():
        heir = code if code in codes else of.successors[code]
        drawn[heir] = drawn.get(heir, 0) + n
    counts = dict(zip(areas["admin1_code"], areas["incidents"].fillna(0).astype(int), strict=True))
    assert {code: n for code, n in counts.items() if n} == drawn
    layers = (("incidents", "reports"), ("strongholds", None), ("statistics", None))
    for layer, name in layers:
        table = pyogrio.read_dataframe(tmp_path / "a.gpkg", layer=layer, read_geometry=False)
        assert table["counts_as"].sum() == expected[layer]
        assert name is None or len(table) == expected[name]


@pytest.mark.slow
@pytest.mark.parametrize("years", PERIODS)
@pytest.mark.parametrize("engine", ["pandas", "dask"])
def test_the_command_line_and_both_engines(partitions: Path, engine: str, years: Any) -> None:
    source = [str(partitions), "--engine", "dask"] if engine == "dask" else []
    period = [] if years is None else ["--years", f"{years[0]}:{years[1]}"]
    said = CliRunner().invoke(main, ["summary", *source, "--by", "province", "--format", "json", *period])
    assert said.exit_code == 0, said.output
    answer = json.loads(said.stdout)
    expected = counted(years)
    assert answer["totals"] == expected
    for name in ("incidents", "reports", "strongholds", "statistics"):
        assert sum(row[name] for row in answer["rows"]) == expected[name]


@pytest.mark.browser
def test_the_page(of: Dataset, visit: Any, tmp_path: Path) -> None:
    geo.build_map(of.records, of.provinces).save(tmp_path / "map.html")
    page = visit.open(tmp_path / "map.html")
    for years in PERIODS:
        page.evaluate("(years) => geoMap.setState({years})", None if years is None else list(years))
        said = page.evaluate("() => geoMap.summary()")
        expected = counted(years)
        assert set(said) >= {"incidents", "reports", "strongholds", "unplaced", "undated", "before", "fatalities"}
        assert said == {name: expected[name] for name in said}, years
