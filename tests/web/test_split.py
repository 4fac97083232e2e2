"""A page whose scripts and styles are files works under the policy of a host that forbids inline ones."""

import base64
import functools
import hashlib
import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import geo
from geo.errors import DataError, MissingFileError, OutputError
from geo.web.split import split


@pytest.fixture
def page(make_records: Any, provinces: Any, tmp_path: Path) -> Path:
    path = tmp_path / "my map.html"
    geo.build_map(make_records([{"admin1_code": "XT-N"}]), provinces, title="Toy").save(path)
    return path


def test_no_script_and_no_style_is_left_in_the_page(page: Path, tmp_path: Path) -> None:
    (html, none), *parts = split(page, tmp_path / "public")
    assert (html, none) == (tmp_path / "public" / "my map.html", "")
    assert {path.suffix for path, _ in parts} == {".css", ".js"}
    for path, digest in parts:
        hashed = base64.b64encode(hashlib.sha256(path.read_bytes()).digest()).decode()
        assert digest == f"sha256-{hashed}"
    written = html.read_text("utf-8")
    assert "<style" not in written
    assert all("src=" in tag or "application/" in tag for tag in re.findall(r"<script[^>]*>", written))
    assert "'unsafe-inline'" not in written
    assert "script-src 'self';" in written
    # Nothing is lost: put back, the parts are the page.
    for path, _ in parts:
        content = path.read_text("utf-8")
        link = f'<link rel="stylesheet" href="{path.name}">' if path.suffix == ".css" else f'<script src="{path.name}">'
        start = "<style>" if path.suffix == ".css" else "<script>"
        end = "</style>" if path.suffix == ".css" else ""
        written = written.replace(link, start + content + end)
    policy = re.compile(r"script-src [^;]*; style-src [^;]*;")
    assert policy.sub("", written) == policy.sub("", page.read_text("utf-8"))


def test_files_that_are_no_page_and_the_folder_of_the_page_are_refused(page: Path, tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match="create it with: geo build"):
        split(tmp_path / "other.html", tmp_path / "public")
    with pytest.raises(OutputError, match=r"is the folder of my map\.html itself: give another folder"):
        split(page, tmp_path)
    (tmp_path / "notes.html").write_text("<title>Notes</title>")
    with pytest.raises(DataError, match="is not a map page"):
        split(tmp_path / "notes.html", tmp_path / "public")


class Strict(http.server.SimpleHTTPRequestHandler):
    """A host with the strictest policy under which a page of files can work."""

    def end_headers(self) -> None:
        self.send_header(
            "Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src data: blob:"
        )
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def host(page: Path, tmp_path: Path) -> Iterator[str]:
    split(page, tmp_path / "public")
    handler = functools.partial(Strict, directory=tmp_path / "public")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.browser
def test_the_page_works_under_a_strict_policy(host: str, chromium: Any) -> None:
    context = chromium.new_context(viewport={"width": 900, "height": 600})
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(f"{host}/my%20map.html")
    assert page.evaluate("async () => { await geoMap.ready; return geoMap.summary().incidents; }") == 1
    assert page.locator(".geo-title").inner_text() == "Toy"
    assert page.evaluate("() => getComputedStyle(document.querySelector('.geo-card')).paddingTop") == "11px"
    page.get_by_role("button", name="List", exact=True).click()
    context.close()
    assert troubles == []


@pytest.mark.browser
def test_the_page_opens_from_a_folder_too(page: Path, tmp_path: Path, chromium: Any) -> None:
    (html, _), *_ = split(page, tmp_path / "public")
    context = chromium.new_context()
    opened = context.new_page()
    opened.goto(html.as_uri())
    assert opened.evaluate("async () => { await geoMap.ready; return geoMap.summary().incidents; }") == 1
    context.close()
