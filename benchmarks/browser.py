"""Open a page in headless Chromium with the network blocked and take its times."""

import os
import re
import statistics
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
            args=[*FLAGS, "--enable-precise-memory-info", "--js-flags=--expose-gc"],
        )
        try:
            yield browser
        finally:
            browser.close()


def measure(browser: Browser, tool: str, path: Path, *, runs: int = 5, timeout_s: int = 120) -> dict[str, Any]:
    """Return medians of a page's times.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
    tool : str
        A key of ``benchmarks.pages.BUILDERS``.
    path : Path
        The page.
    runs : int
        How often it is opened afresh.
    timeout_s : int
        After this many seconds a page counts as not opening.

    Returns
    -------
    dict
        ``usable_ms`` since navigation, ``year_ms`` a year change until painted, ``heap_mb`` of JavaScript after a
        forced collection, ``requests`` that left the page.
    """
    usable, changes, heaps, requests = [], [], [], 0
    for _ in range(runs):
        context = browser.new_context(viewport={"width": 1400, "height": 900})
        context.route(re.compile(r"^(?!file:)"), lambda route: route.abort())
        page = context.new_page()
        seen: list[str] = []
        page.on("request", lambda request, seen=seen: seen.append(request.url))
        page.set_default_timeout(timeout_s * 1000)
        try:
            page.goto(path.resolve().as_uri(), wait_until="load")
            if tool == "geo":
                usable.append(page.evaluate("async () => { await window.geoMap.ready; return performance.now(); }"))
            elif tool == "swiftmap":
                page.wait_for_function("window.__ready === true")
                usable.append(page.evaluate(SETTLE))
            else:
                usable.append(page.evaluate(SETTLE))
            if tool in CHANGE_YEAR:
                page.evaluate(CHANGE_YEAR[tool], 2010)  # the first change warms up what is compiled late
                changes += [page.evaluate(CHANGE_YEAR[tool], year) for year in (2012, 2019, 2006, 2015, 2022)]
            heaps.append(page.evaluate("() => { gc(); return performance.memory.usedJSHeapSize / 1e6; }"))
            requests = sum(not url.startswith(("file:", "data:", "blob:")) for url in seen)
        finally:
            context.close()
    return {
        "usable_ms": round(statistics.median(usable)),
        "year_ms": round(statistics.median(changes)) if changes else None,
        "heap_mb": round(statistics.median(heaps)),
        "requests": requests,
    }
