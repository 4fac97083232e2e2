"""A page in headless Chromium without a network."""

from pathlib import Path
from typing import Any

#: Neither Leaflet nor a style sheet moves anything. An animation that is yet to start is not seen.
AT_REST = """() => !document.querySelector(".leaflet-pan-anim, .leaflet-zoom-anim")
  && document.getAnimations().every((animation) => animation.playState !== "running")"""


class Visit:
    """A page in headless Chromium without a network; every request and console message counts against the test."""

    def __init__(self, browser: Any, **context: Any) -> None:
        self.context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **context})
        self.page = self.context.new_page()
        self.troubles: list[str] = []
        #: Web address -> body, for pages that are allowed to ask for something.
        self.served: dict[str, tuple[str, bytes]] = {}
        self.page.on("console", lambda message: self.troubles.append(f"console {message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        self.page.on("dialog", self._dialog)
        self.context.route("**/*", self._route)

    def _dialog(self, dialog: Any) -> None:
        self.troubles.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _route(self, route: Any) -> None:
        address = route.request.url
        if address.startswith("file:") and route.request.is_navigation_request():
            route.continue_()
        elif address in self.served:
            kind, body = self.served[address]
            route.fulfill(content_type=kind, body=body, headers={"Access-Control-Allow-Origin": "*"})
        else:
            self.troubles.append(f"request: {address}")
            route.abort()

    def open(self, path: Path, suffix: str = "", *, ready: bool = True) -> Any:
        """Open a file with a query or fragment, wait for the first complete paint, and return the page."""
        self.page.goto(path.resolve().as_uri() + suffix)
        if ready:
            self.page.evaluate("() => window.geoMap.ready")
        return self.page

    def close(self) -> None:
        """Close the page, and fail if it asked for, logged or threw anything until now."""
        for page in self.context.pages:
            page.evaluate("0")  # events up to here have been delivered
        # Closing aborts what a plain folium map still loads, which Chromium may log.
        troubles = list(self.troubles)
        self.context.close()
        assert troubles == [], "\n".join(troubles)
