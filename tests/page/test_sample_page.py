"""A page of which most incidents have no mark says the same numbers as the page on which all have one."""

import csv
import io
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from plain_counts import counting_ids, records
from visit import Visit

import geo

MARKS = 20
PAGES: dict[str, dict[str, Any]] = {"all": {}, "some": {"marks": MARKS}, "deadliest": {"marks": 3, "keep": "deadliest"}}
FILTERS: tuple[dict[str, Any], ...] = (
    {},
    {"event_type": ["Explosions/Remote violence"]},
    {"event_type": ["Battles", "Violence against civilians"]},
    {"precision": "exact"},
    {"cross_border": True},
)
#: Every figure of the page that follows the state: its own summary, the bars, the shades, the legend, the filters.
NUMBERS = """async ([state]) => {
  const model = model_1;
  await geoMap.setState(state);
  const { derived } = model;
  const texts = (selector) => [...document.querySelectorAll(selector)].map((node) => node.textContent);
  const rows = (name) => model.layers[name].legend().filter(({ word }) => !word.startsWith("grid"));
  const entries = (name) => rows(name).map(({ word, count }) => [word, count]);
  return {
    summary: geoMap.summary(),
    unknown: derived.totals.fatalities_unknown,
    bars: [...document.querySelectorAll(".geo-bar")].map((bar) => bar.title),
    counts: Array.from(derived.byYear.counts),
    types: derived.byYear.types,
    provinces: [...derived.provinces],
    layers: derived.layers,
    legend: ["incidents", "cross_border", "choropleth", "strongholds"].map(entries),
    card: texts(".geo-card-counts"),
    notes: texts(".geo-card-link:not([hidden])"),
    types_filter: [...derived.facets.event_type],
    exact: ["site", "city"].reduce((sum, word) => sum + (derived.facets.precision.get(word) ?? 0), 0),
    abroad: derived.facets.cross_border,
  };
}"""


@pytest.fixture(scope="module")
def located(shipped: Any) -> Any:
    return shipped[0]


@pytest.fixture(scope="module")
def pages(shipped: Any, built_once: Any) -> dict[str, Path]:
    def build(folder: Path) -> None:
        for name, options in PAGES.items():
            geo.build_map(*shipped, **options).save(folder / f"{name}.html")

    folder = built_once("sample-pages", build)
    return {name: folder / f"{name}.html" for name in PAGES}


def states(located: Any) -> list[dict[str, Any]]:
    years = sorted({int(day[:4]) for name in ("date_start", "date_end") for day in located[name].dropna()})
    periods = [None, *([year, year] for year in range(years[0], years[-1] + 1)), [years[0], years[-1]], [2019, 2021]]
    every = [{"years": period, "filters": FILTERS[0]} for period in periods]
    return every + [
        {"years": period, "filters": chosen, "metric": metric}
        for period in (None, [2021, 2021], [2015, 2018])
        for chosen in FILTERS
        for metric in ("fatalities_best", "incidents_per_10000_km2")
    ]


DEFAULTS = {"event_type": [], "group": [], "precision": "all", "cross_border": False, "text": "", "on": ""}


def numbers(page: Any, located: Any) -> list[dict[str, Any]]:
    return [page.evaluate(NUMBERS, [state | {"filters": DEFAULTS | state["filters"]}]) for state in states(located)]


@pytest.fixture(scope="module")
def whole(pages: Any, located: Any, chromium: Any) -> list[dict[str, Any]]:
    """The numbers of the page on which all incidents have a mark, state by state."""
    visit = Visit(chromium)
    found = numbers(visit.open(pages["all"]), located)
    visit.close()
    return found


@pytest.mark.browser
@pytest.mark.parametrize("name", ["some", "deadliest"])
def test_every_figure_is_that_of_the_whole(
    name: str, pages: Any, whole: Any, shipped: Any, located: Any, visit: Any
) -> None:
    parts = numbers(visit.open(pages[name]), located)
    for state, every, part in zip(states(located), whole, parts, strict=True):
        assert part == every, state
        if not state["filters"]:
            period = state["years"] and tuple(state["years"])
            totals = geo.summarise(*shipped, years=period).attrs["totals"]
            assert {key: totals[key] for key in part["summary"]} == part["summary"]


def newest_first(located: Any) -> Any:
    return located[located["kind"] == "incident"].sort_values(
        ["date_end", "fatalities_best", "id"], ascending=[False, False, True], na_position="last", kind="stable"
    )


@pytest.mark.browser
def test_the_page_says_what_has_no_mark(pages: Any, shipped: Any, located: Any, visit: Any) -> None:
    incidents = newest_first(located)
    of, rest = len(incidents), int(incidents.iloc[MARKS:]["id"].isin(counting_ids(records())).sum())
    page = visit.open(pages["some"])
    rule = (
        f"The {MARKS} newest of {of} incidents have a mark of their own; the others are counted, and drawn as a grid."
    )
    assert page.inner_text(".geo-card .geo-rest") == rule
    assert page.locator(".geo-rest-left-out").is_hidden()

    page.click(".geo-list-open")
    shown = int((located["kind"] != "incident").sum()) + MARKS
    assert page.inner_text(".geo-list-count") == f"{shown} records"
    assert page.inner_text(".geo-list-without") == f"{rest} older incidents have no row here."
    with page.expect_download() as download:
        page.click(".geo-csv")
    table = io.StringIO(Path(download.value.path()).read_text("utf-8-sig"), newline="")
    assert sum(row["kind"] == "incident" for row in csv.DictReader(table)) == MARKS
    assert page.inner_text(".geo-take-status").endswith(
        f"with {shown} records. {rest} older incidents without a mark are not in the file."
    )

    group = page.evaluate("() => model_1.store.words('group')[0]")
    page.evaluate("(group) => geoMap.setState({filters: {group: [group]}})", group)
    left_out = f"{rest} incidents without a mark cannot be searched or filtered by group: they are left out here."
    assert page.inner_text(".geo-rest-left-out") == left_out
    assert page.inner_text(".geo-list-without") == left_out
    assert page.evaluate("() => geoMap.summary().incidents") <= MARKS
    page.evaluate("() => geoMap.setState({filters: {group: []}})")
    assert page.locator(".geo-rest-left-out").is_hidden()

    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    totals = geo.summarise(*shipped).attrs["totals"]
    missing = f"{totals['unplaced']} not placed; {totals['undated']} undated; "
    missing += f"{totals['before']} known only to be before a date"
    counted = f"{totals['incidents']} of {totals['incidents']} distinct incidents in {of} reports, all years"
    assert page.text_content(".geo-print-shown") == f"{counted}; {missing}. {rule}"
    assert "older, without a mark, per 0.5° cell" in page.text_content(".geo-print")
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    page.click(".geo-about-open")
    assert rule.rstrip(".") in page.inner_text(".geo-about")


CARD = """([code, years]) => geoMap.setState({years}).then(async () => {
  model_1.selectProvince(code);
  const text = (selector) => document.querySelector(`.geo-province ${selector}`)?.textContent;
  return {
    count: text(".geo-province-count"),
    killed: text(".geo-facts dd"),
    bars: [...document.querySelectorAll(".geo-province .geo-mini-bar")].map((bar) => bar.title),
  };
})"""


@pytest.mark.browser
def test_the_card_of_a_province_counts_all(pages: Any, located: Any, visit: Any) -> None:
    placed = located[(located["kind"] == "incident") & located["admin1_code"].notna()]
    codes = placed["admin1_code"].value_counts().index[:6].tolist()
    said = {}
    for which in ("all", "some"):
        page = visit.open(pages[which])
        said[which] = [page.evaluate(CARD, [code, years]) for code in codes for years in (None, [2015, 2021])]
    assert said["all"] == said["some"]
    assert all(card["count"] for card in said["all"])


SQUARES = """() => {
  const layer = model_1.layers.incidents.companion;
  const { grid } = model_1.derived.rest;
  const { places, about: { degrees } } = model_1.rest;
  const squares = [];
  for (let k = 0; k < grid.length; k++) {
    if (!grid[k]) continue;
    const middle = [(places.row[k] + 0.5) * degrees - 90, (places.column[k] + 0.5) * degrees - 180];
    const point = layer._map.latLngToLayerPoint(middle).subtract(layer._bounds.min);
    const found = layer.painter.hit(point, layer.view());
    squares.push([places.row[k], places.column[k], grid[k], found?.lines()[0] ?? null]);
  }
  return { squares, onMap: layer._map.hasLayer(layer) };
}"""


@pytest.mark.browser
def test_squares_stand_where_the_incidents_are(pages: Any, located: Any, visit: Any) -> None:
    """The grid is counted here anew from the records: row and column of half a degree, from 90 S and 180 W."""
    others = newest_first(located).iloc[MARKS:]
    others = others[others["id"].isin(counting_ids(records()))]
    others = others[others["geo_precision"].isin(["site", "city", "district"]) & others.geometry.notna()]
    page = visit.open(pages["some"])
    for years in (None, (2021, 2021), (2014, 2017)):
        page.evaluate("(years) => geoMap.setState({years, view: {lat: 34, lng: 68, zoom: 5}})", years and list(years))
        page.wait_for_timeout(100)
        chosen = others
        if years:
            chosen = chosen[chosen["date_start"].notna() & chosen["date_end"].notna()]
            first, last = (chosen[name].str[:4].astype(int) for name in ("date_start", "date_end"))
            chosen = chosen[(first <= years[1]) & (last >= years[0])]
        wanted = Counter(
            (int((y + 90) // 0.5), int((x + 180) // 0.5))
            for x, y in zip(chosen.geometry.x, chosen.geometry.y, strict=True)
        )
        said = page.evaluate(SQUARES)
        assert said["onMap"]
        assert {(row, column): count for row, column, count, _ in said["squares"]} == wanted
        for *_, count, line in said["squares"]:
            words = "incident without a mark of its own" if count == 1 else "incidents without a mark of their own"
            assert line in (None, f"{count} {words}")  # None: outside the canvas
        assert not wanted or any(line for *_, line in said["squares"])
    page.evaluate("() => geoMap.setState({layers: ['choropleth']})")
    assert page.evaluate("() => model_1.layers.incidents.companion._map") is None
