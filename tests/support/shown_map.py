"""What a map shows at a place: its colour in a picture of the page, and what the pointer brings up there."""

import io
from typing import Any

from PIL import Image


class Shown:
    """A page that shows one view; colours are read from a picture of it."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def show(self, lonlat: tuple[float, float], zoom: float, layers: list[str], years: list[int] | None = None) -> None:
        """Show the place in the middle of the map."""
        state = {"layers": layers, "years": years, "view": {"lng": lonlat[0], "lat": lonlat[1], "zoom": zoom}}
        self.page.evaluate("(state) => geoMap.setState(state)", state)
        frame = self.page.locator(".geo-map .leaflet-container, .geo-map.leaflet-container").first.bounding_box()
        self.x, self.y = frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2
        self.picture = None

    def colour(self, dx: float = 0, dy: float = 0) -> str:
        """Return the colour so many pixels right of and below the middle."""
        if self.picture is None:
            self.page.wait_for_timeout(50)
            self.picture = Image.open(io.BytesIO(self.page.screenshot())).convert("RGB")
        return "#{:02x}{:02x}{:02x}".format(*self.picture.getpixel((round(self.x + dx), round(self.y + dy))))

    def tooltip(self, dx: float = 0, dy: float = 0) -> list[str]:
        """Return the lines that the pointer brings up."""
        self.page.mouse.move(self.x + dx + 40, self.y + dy + 40)
        self.page.mouse.move(self.x + dx, self.y + dy)
        self.page.wait_for_timeout(300)  # one that was there before has faded, the first texts are decoded
        return self.page.locator(".geo-tooltip").all_inner_texts()
