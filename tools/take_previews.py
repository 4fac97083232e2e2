"""Take the pictures in ``maps/preview/`` of the built maps: ``python tools/take_previews.py`` after ``make maps``."""

import sys
from pathlib import Path

from find_chromium import find
from playwright.sync_api import sync_playwright

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
MAPS = Path(__file__).resolve().parent.parent / "maps"
#: Names follow the first paint.
NAMES_MS = 300
PHONE, FRAME, DESK = (390, 844), (800, 480), (1400, 900)
#: Picture -> page, size of the window, and what follows the file's name in the address.
PICTURES = {
    "index": ("index", DESK, ""),
    **{f"index-{year}": ("index", DESK, f"#years={year}-{year}") for year in (2001, 2015, 2021, 2023, 2024)},
    "choropleth": ("choropleth", DESK, ""),
    "incidents": ("incidents", DESK, ""),
    "strongholds": ("strongholds", DESK, ""),
    "cross_border": ("cross_border", DESK, ""),
    "embed": ("index", FRAME, "?embed=1"),
    "phone": ("index", PHONE, ""),
}


def main() -> int:
    """Open every page without a network and save what it shows once it is painted."""
    folder = MAPS / "preview"
    folder.mkdir(exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find(), args=FLAGS)
        for name, (page_name, (width, height), rest) in PICTURES.items():
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
            page.goto((MAPS / f"{page_name}.html").as_uri() + rest)
            page.evaluate("() => window.geoMap.ready")
            page.wait_for_timeout(NAMES_MS)
            page.screenshot(path=folder / f"{name}.png", animations="disabled")
            page.close()
            print(folder / f"{name}.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
