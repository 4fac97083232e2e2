"""Layers, metric and filters: what the page says and counts agrees with counts made by pandas."""

from itertools import product
from pathlib import Path
from typing import Any

import page_records
import pandas as pd
import pytest

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def located(make_records: Any) -> Any:
    return make_records(page_records.RECORDS)


def passing(
    located: pd.DataFrame, *, years: list[int] | None, types: list[str], group: list[str], exact: bool, abroad: bool
) -> pd.DataFrame:
    """The records that pass, by the rules in docs/design.md and nothing of the package."""
    start = pd.to_numeric(located["date_start"].str[:4])
    end = pd.to_numeric(located["date_end"].str[:4])
    keep = pd.Series(True, index=located.index)
    if years:
        keep &= (start <= years[1]).fillna(False) & (end >= years[0]).fillna(False)
    if types:
        keep &= (located["kind"] != "incident") | located["event_type"].isin(types)
    if group:
        keep &= located[["group", "actor1", "actor2"]].isin(group).any(axis=1)
    if exact:
        keep &= located["geo_precision"].isin(["site", "city"])
    if abroad:
        keep &= located["cross_border"]
    return located[keep.astype(bool)]


def test_every_combination_of_filters_counts_as_pandas_does(toy: Path, visit: Any, located: pd.DataFrame) -> None:
    page = visit.open(toy)
    choices = product(
        [None, [2020, 2021], [2018, 2018]], [[], ["Battles"], ["Battles", "Explosions/Remote violence"]],
        [[], ["Red"], ["Green", "Blue"]], [False, True], [False, True],
    )  # fmt: skip
    for years, types, group, exact, abroad in choices:
        filters = {
            "event_type": types,
            "group": group,
            "precision": "exact" if exact else "all",
            "cross_border": abroad,
            "text": "",
            "on": "",
        }
        said = page.evaluate(
            "async state => { await geoMap.setState(state); return geoMap.summary(); }",
            {"years": years, "filters": filters},
        )
        shown = passing(located, years=years, types=types, group=group, exact=exact, abroad=abroad)
        incidents = shown[shown["kind"] == "incident"]
        about = (years, filters)
        assert said["incidents"] == len(incidents), about
        assert said["strongholds"] == (shown["kind"] == "stronghold").sum(), about
        assert said["statistics"] == (shown["kind"] == "statistic").sum(), about
        assert said["unplaced"] == incidents["admin1_code"].isna().sum(), about
        by_province = incidents["admin1_code"].dropna().value_counts().to_dict()
        assert {code: one["incidents"] for code, one in said["provinces"].items()} == by_province, about
        high = incidents["fatalities_high"]
        assert said["fatalities"]["high"] == (None if high.isna().any() else high.sum()), about


def option(page: Any, name: str) -> Any:
    return page.locator(".geo-filters .geo-option").filter(has_text=name)


def test_options_say_how_many_they_would_show(toy: Path, visit: Any) -> None:
    page = visit.open(toy)
    for summary in page.locator(".geo-filter summary").all():
        summary.click()
    count = {
        name: option(page, name).locator(".geo-count").inner_text()
        for name in ("Battles", "Explosions", "civilians", "Red", "Towns and sites", "Across borders")
    }
    # Red: five incidents and one stronghold; a statistic is no choice of a filter.
    assert count == {
        "Battles": "3", "Explosions": "3", "civilians": "2", "Red": "7", "Towns and sites": "1", "Across borders": "1",
    }  # fmt: skip
    page.evaluate("() => geoMap.setState({years: [2021, 2021]})")
    assert option(page, "Battles").locator(".geo-count").inner_text() == "2"
    assert option(page, "Red").locator(".geo-count").inner_text() == "3"


def test_ticking_filters_combines_and_reset_takes_all_back(toy: Path, visit: Any) -> None:
    page = visit.open(toy)
    reset = page.get_by_role("button", name="Reset")
    assert reset.is_disabled()
    page.get_by_text("Event type", exact=True).click()
    option(page, "Battles").click()
    assert page.locator(".geo-card-counts").inner_text() == "3 of 8 incidents, all years"
    option(page, "Explosions").click()
    assert page.locator(".geo-card-counts").inner_text() == "6 of 8 incidents, all years"
    assert page.locator(".geo-filter-state").first.inner_text() == "Battles, Explosions/Remote violence"
    option(page, "Across borders only").click()
    assert page.locator(".geo-card-counts").inner_text() == "1 of 8 incidents, all years"
    option(page, "Towns and sites only").click()
    assert page.locator(".geo-card-counts").inner_text() == "0 of 8 incidents, all years"
    heights = page.locator(".geo-segment").evaluate_all("parts => parts.map((part) => part.offsetHeight)")
    assert set(heights) == {0}
    reset.click()
    assert page.evaluate("() => geoMap.getState().filters") == {
        "event_type": [], "group": [], "precision": "all", "cross_border": False, "text": "", "on": "",
    }  # fmt: skip
    assert page.locator(".geo-filters input:checked").count() == 0
    assert reset.is_disabled()


def test_switches_show_and_hide_layers_with_their_legend(toy: Path, visit: Any) -> None:
    page = visit.open(toy)
    names = ["Provinces", "Claimed strongholds", "Reported totals", "Attacks across borders", "Incidents"]
    layers = ["choropleth", "strongholds", "statistics", "cross_border", "incidents"]
    for name, layer in zip(names, layers, strict=True):
        switch = page.get_by_role("switch", name=name)
        on = layer in page.evaluate("() => geoMap.getState().layers")
        assert switch.is_checked() == on
        before = page.locator(f".geo-entries-{layer}").is_visible()
        switch.click()
        assert (layer in page.evaluate("() => geoMap.getState().layers")) != on
        assert page.locator(f".geo-entries-{layer}").is_visible() != before
        switch.click()
        assert (layer in page.evaluate("() => geoMap.getState().layers")) == on


def test_the_legend_counts_what_is_shown(toy: Path, visit: Any) -> None:
    page = visit.open(toy, "#years=2021")
    rows = page.locator(".geo-entries-incidents li").evaluate_all(
        "rows => rows.map((row) => [row.querySelector('.geo-entry-name').textContent,"
        " row.querySelector('.geo-count').textContent])"
    )
    counts = dict(rows)
    assert counts["Battles"] == "2"
    assert counts["Explosions/Remote violence"] == "1"
    holds = dict(
        page.locator(".geo-entries-strongholds li").evaluate_all(
            "rows => rows.map((row) => [row.querySelector('.geo-entry-name').textContent,"
            " row.querySelector('.geo-count').textContent])"
        )
    )
    assert (holds["Red"], holds["Green"]) == ("1", "0")


def test_the_metric_changes_classes_and_keeps_them_over_the_years(toy: Path, visit: Any) -> None:
    page = visit.open(toy)
    # The other entries say what a province without a value means now.
    labels = ".geo-entries-choropleth .geo-entry-name:text-matches('^[0-9]')"
    incidents = page.locator(labels).all_inner_texts()
    page.get_by_label("Provinces are shaded by").select_option("fatalities_best")
    deaths = page.locator(labels).all_inner_texts()
    assert deaths != incidents
    note = page.locator(".geo-moved")
    assert note.inner_text().startswith("Classes for all years together")
    page.evaluate("() => geoMap.setState({years: [2018, 2020]})")
    assert page.locator(labels).all_inner_texts() == deaths
    # Sums of several years are larger than those of one, which have classes of their own, the same for each.
    seen = set()
    for year in range(2018, 2024):
        page.evaluate("year => geoMap.setState({years: [year, year]})", year)
        seen.add(tuple(page.locator(labels).all_inner_texts()))
    assert len(seen) == 1
    assert seen != {tuple(deaths)}
    assert note.inner_text().startswith("Classes for single years")
    assert page.evaluate("() => geoMap.getState().metric") == "fatalities_best"
