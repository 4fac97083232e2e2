"""The documentation: the site builds without a warning and holds together, its examples run."""

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import nbformat
import pytest
from nbclient import NotebookClient

import geo
from geo.cli import main

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"


class Links(HTMLParser):
    """Addresses that a page links to or loads, and its anchors."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.anchors: set[str] = set()
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        named = dict(attrs)
        self.anchors |= {named[name] for name in ("id", "name") if named.get(name)}
        loads = tag in ("script", "img", "iframe", "link") and named.get("rel") != "canonical"
        for name in ("href", "src"):
            if named.get(name):
                (self.loaded if loads else self.links).append(named[name])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(out)]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def test_the_site_holds_together_and_asks_nobody(site: Path) -> None:
    pages = {path: Links(path) for path in site.rglob("*.html") if "maps" not in path.relative_to(site).parts}
    assert {site / "index.html", site / "gallery.html", site / "reference" / "python.html"} <= set(pages)
    broken, foreign = [], []
    for path, page in pages.items():
        for link in [*page.links, *page.loaded]:
            parts = urlsplit(link)
            if parts.scheme in ("http", "https"):
                if link in page.loaded:
                    foreign.append(f"{path.name}: {link}")
            elif not parts.scheme and path.name != "404.html":
                target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
                target = target / "index.html" if target.is_dir() else target
                anchors = pages[target].anchors | {""} if target in pages else {unquote(parts.fragment)}
                if not target.exists() or unquote(parts.fragment) not in anchors:
                    broken.append(f"{path.name}: {link}")
    assert broken == []
    assert foreign == []


def test_the_reference_names_everything_public(site: Path) -> None:
    python = (site / "reference" / "python.html").read_text("utf-8")
    for name in geo.__all__:
        assert re.search(rf'id="geo\.[\w.]*\b{name}"', python), name
    command_line = (site / "reference" / "command-line.html").read_text("utf-8")
    for name in main.commands:
        assert f'id="geo-{name}"' in command_line or f">{name}<" in command_line, name
    columns = (site / "reference" / "columns.html").read_text("utf-8")
    assert "incidents_per_10000_km2" in columns


def test_the_gallery_is_real(site: Path) -> None:
    assert (site / "maps" / "index.html").stat().st_size > 100_000
    for name in (
        "two-columns.png",
        "two-columns.svg",
        "two-columns.pdf",
        "report.html",
        "notebook.html",
        "incidents.gpkg",
        "ML.png",
        "TW.png",
    ):
        assert (site / "gallery" / name).stat().st_size > 10_000, name
    assert "geo-data" in (site / "gallery" / "notebook.html").read_text("utf-8")


@pytest.mark.browser
def test_the_converted_notebook_shows_the_map(site: Path, visit: Any) -> None:
    page = visit.open(site / "gallery" / "notebook.html", ready=False)
    page.wait_for_function("() => frames.length === 1 && frames[0].geoMap")
    page.frames[1].evaluate("() => geoMap.ready")
    assert page.frames[1].evaluate("() => geoMap.getState().years") == [2021, 2022]
    assert page.locator(".jp-OutputArea-output img").first.evaluate("image => image.naturalWidth") > 500


def test_the_notebook_runs_and_shows_a_map_and_a_figure(tmp_path: Path) -> None:
    notebook = nbformat.read(DOCS / "examples" / "report.ipynb", as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    shown = [output["data"] for output in outputs if "data" in output]
    assert any("<iframe" in str(data.get("text/html", "")) for data in shown)
    assert any("image/png" in data for data in shown)
    assert outputs[0]["text"].startswith("Incidents by province, 2021–2022. ")
    assert (tmp_path / "figure.pdf").stat().st_size > 10_000
    assert (tmp_path / "incidents.csv").exists()


def test_the_quarto_document_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = (DOCS / "examples" / "report.qmd").read_text("utf-8")
    code = "\n".join(re.findall(r"```\{python\}\n(.*?)```", text, re.DOTALL))
    names: dict[str, Any] = {}
    exec(compile(code, "report.qmd", "exec"), names)
    for expression in re.findall(r"`\{python\} ([^`]+)`", text):
        assert eval(expression, names) >= 0
    for name in re.findall(r"!expr (\S+)", text):
        assert eval(name, names)
    assert json.dumps(names["rows"]).count("| ") > 5
