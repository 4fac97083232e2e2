"""A page of which most incidents have no mark says the same numbers as the page on which all have one."""

from pathlib import Path
from typing import Any

import pytest

import geo

MARKS = 20
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
def located() -> Any:
    return geo.geocode(geo.read_incidents(), geo.read_provinces())


@pytest.fixture(scope="module")
def pages(located: Any, tmp_path_factory: Any) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    out = {}
    for name, options in (("all", {}), ("some", {"marks": MARKS}), ("deadliest", {"marks": 3, "keep": "deadliest"})):
        out[name] = folder / f"{name}.html"
        geo.build_map(located, geo.read_provinces(), **options).save(out[name])
    return out


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


DEFAULTS = {"event_type": [], "group": [], "precision": "all", "cross_border": False, "text": ""}


@pytest.mark.browser
@pytest.mark.parametrize("name", ["some", "deadliest"])
def test_every_figure_is_that_of_the_whole(name: str, pages: Any, located: Any, visit: Any) -> None:
    chosen = [state | {"filters": DEFAULTS | state["filters"]} for state in states(located)]
    said = {}
    for which in ("all", name):
        page = visit.open(pages[which])
        said[which] = [page.evaluate(NUMBERS, [state]) for state in chosen]
    for state, whole, part in zip(chosen, said["all"], said[name], strict=True):
        assert part == whole, state
        if state["filters"] == DEFAULTS:
            period = state["years"] and tuple(state["years"])
            totals = geo.summarise(located, geo.read_provinces(), years=period).attrs["totals"]
            assert {key: totals[key] for key in part["summary"]} == part["summary"]
