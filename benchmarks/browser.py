"""Open a page once in headless Chromium with the network blocked: ``python -m benchmarks.browser TOOL PATH``."""

import json
import os
import re
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tools.find_chromium import find

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

#: A browser is busy with itself when it has just started or closed a page; readers open pages in one that is at rest.
REST_MS = 1000

SETTLE = """async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  for (let quiet = 0, last = performance.now(); quiet < 2; ) {
    await frame();
    const now = performance.now();
    quiet = now - last < 50 ? quiet + 1 : 0;
    last = now;
  }
  return performance.now();
}"""

#: What is true once a page that goes on after its load event has drawn itself.
READY = {"swiftmap": "window.__ready === true", "altair": "document.querySelector('input[type=range]') !== null"}

#: How a script changes the year in each tool's page, and waits for the paint; None where a page has no such control.
CHANGE_YEAR = {
    "geo": """async (year) => {
      const start = performance.now();
      await window.geoMap.setState({years: [year, year]});
      return performance.now() - start;
    }""",
    "plotly slider": """async (year) => {
      const plot = document.querySelector(".plotly-graph-div");
      const step = plot.layout.sliders[0].steps.findIndex((s) => s.label === String(year));
      const start = performance.now();
      await Plotly.restyle(plot, plot.layout.sliders[0].steps[step].args[0]);
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      return performance.now() - start;
    }""",
    "folium TimestampedGeoJson": """async (year) => {
      const map = Object.values(window).find((value) => value instanceof L.Map && value.timeDimension);
      const times = map.timeDimension.getAvailableTimes();
      const index = times.findIndex((time) => new Date(time).getUTCFullYear() === year);
      const start = performance.now();
      const loaded = new Promise((done) => map.timeDimension.once("timeload", done));
      map.timeDimension.setCurrentTimeIndex(index);
      await loaded;
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      return performance.now() - start;
    }""",
    "folium TimeSliderChoropleth": """async (year) => {
      const slider = document.querySelector("input[type=range]");
      const start = performance.now();
      slider.value = String(year - 2004);
      slider.dispatchEvent(new Event("input", {bubbles: true}));
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      return performance.now() - start;
    }""",
    "bokeh": """async (year) => {
      const slider = Bokeh.documents[0].get_model_by_name("year");
      const start = performance.now();
      slider.value = year;
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      return performance.now() - start;
    }""",
    "altair": """async (year) => {
      const slider = document.querySelector("input[type=range]");
      const start = performance.now();
      slider.value = String(year);
      slider.dispatchEvent(new Event("input", {bubbles: true}));
      await new Promise((done) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done))));
      return performance.now() - start;
    }""",
    "swiftmap": """async (year) => {
      const slider = document.querySelector("input[type=range]");
      const low = Number(slider.min), high = Number(slider.max);
      const start = performance.now();
      slider.value = String(Math.round(low + ((year - 2004) / 19) * (high - low)));
      slider.dispatchEvent(new Event("input", {bubbles: true}));
      slider.dispatchEvent(new Event("change", {bubbles: true}));
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      return performance.now() - start;
    }""",
}


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield a headless browser that is closed afterwards."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=os.environ.get("GEO_CHROMIUM") or find(),
            args=[*FLAGS, "--enable-precise-memory-info"],
        )
        try:
            yield browser
        finally:
            browser.close()


def measure(browser: Browser, tool: str, path: Path) -> dict[str, Any]:
    """Open a page and return its times.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
    tool : str
        A key of ``benchmarks.pages.BUILDERS``.
    path : Path
        The page.

    Returns
    -------
    dict
        ``usable_ms`` since navigation, ``year_ms`` the median of five year changes until painted, ``heap_mb`` of
        JavaScript after a forced collection, ``requests`` that left the page.
    """
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    context.route(re.compile(r"^(?!file:)"), lambda route: route.abort())
    page = context.new_page()
    page.set_default_timeout(0)  # whoever starts this process ends it when it takes too long
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.wait_for_timeout(REST_MS)
    page.goto(path.resolve().as_uri(), wait_until="load")
    if tool == "geo":
        usable = page.evaluate("async () => { await window.geoMap.ready; return performance.now(); }")
    else:
        if tool in READY:
            page.wait_for_function(READY[tool])
        usable = page.evaluate(SETTLE)
    changes = []
    if tool in CHANGE_YEAR:
        page.evaluate(CHANGE_YEAR[tool], 2010)  # the first change warms up what is compiled late
        changes = [page.evaluate(CHANGE_YEAR[tool], year) for year in (2012, 2019, 2006, 2015, 2022)]
    context.new_cdp_session(page).send("HeapProfiler.collectGarbage")
    heap = page.evaluate("performance.memory.usedJSHeapSize / 1e6")
    context.close()
    return {
        "usable_ms": round(usable),
        "year_ms": round(statistics.median(changes), 1) if changes else None,
        "heap_mb": round(heap, 1),
        "requests": sum(not url.startswith(("file:", "data:", "blob:")) for url in seen),
    }


if __name__ == "__main__":
    with chromium() as opened:
        print(json.dumps(measure(opened, sys.argv[1], Path(sys.argv[2]))))
