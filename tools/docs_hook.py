"""What MkDocs cannot know by itself: real output for the gallery, and the table of columns.

MkDocs calls the functions below by their names while it builds the site; nothing generated is kept in the repository.
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

from geo.cli import main
from geo.export_tables import dictionary

#: Commands of the gallery; their last argument but one is ``--out``.
GALLERY = (
    "figure --width two-columns --dpi 200 --out two-columns.png",
    "figure --width two-columns --out two-columns.svg",
    "figure --width two-columns --out two-columns.pdf",
    "figure --width two-columns --theme grey --years 2021 --dpi 200 --out grey.png",
    "figure --width two-columns --by-year --years 2015:2024 --dpi 200 --out by-year.png",
    "figure --years 2021:2022 --out column.png",
    "figure --width slide --theme dark --years 2021:2022 --dpi 120 --out slide.png",
    "report --years 2021:2022 --out report.html",
    "export --out incidents.gpkg",
    "export --out incidents.csv",
)
#: Helpers of the tests write the invented events of the countries in the gallery.
EVENTS = Path(__file__).resolve().parent.parent / "tests" / "support"


def on_files(files: Files, config: Any) -> Files:
    """Add the maps and the gallery to the site."""
    made = Path(tempfile.mkdtemp(prefix="geo-docs-"))
    (made / "gallery").mkdir()
    _run(["build", "--out", str(made / "maps")])
    for command in GALLERY:
        *words, name = command.split()
        _run([*words, str(made / "gallery" / name)])
    _countries(made / "gallery")
    _notebook(Path(config["docs_dir"]) / "examples" / "report.ipynb", made / "gallery" / "notebook.html")
    for path in sorted(made.rglob("*")):
        if path.is_file():
            files.append(File.generated(config, path.relative_to(made).as_posix(), abs_src_path=str(path)))
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Put the table of columns where the page asks for it."""
    return markdown.replace("<!-- columns -->", _columns())


def _countries(gallery: Path) -> None:
    """Draw thirty invented events of each of twelve countries, from a file in the layout of ACLED."""
    sys.path.insert(0, str(EVENTS))
    from country_events import COUNTRIES, write_events

    with tempfile.TemporaryDirectory() as folder:
        for code in COUNTRIES:
            events, records = Path(folder) / f"{code}.csv", Path(folder) / f"{code}.geojson"
            write_events(events, code, "acled")
            _run(["import", str(events), "--out", str(records)])
            _run(["figure", str(records), "--dpi", "100", "--out", str(gallery / f"{code}.png")])


def _run(arguments: list[str]) -> None:
    done = CliRunner().invoke(main, arguments)
    if done.exit_code:
        raise PluginError(f"geo {' '.join(arguments)}: {done.output}{done.exception or ''}")


def _notebook(source: Path, target: Path) -> None:
    """Run a notebook and write it as HTML that loads nothing."""
    import nbformat
    from nbclient import NotebookClient
    from nbconvert import HTMLExporter

    notebook = nbformat.read(source, as_version=4)
    with tempfile.TemporaryDirectory() as folder:
        NotebookClient(notebook, timeout=300, resources={"metadata": {"path": folder}}).execute()
    exporter = HTMLExporter(mathjax_url="", require_js_url="", jquery_url="")
    target.write_text(exporter.from_notebook_node(notebook)[0], encoding="utf-8")


def _columns() -> str:
    table = dictionary()
    parts = []
    for layer, title in (("records", "Records"), ("provinces", "Provinces, in a GeoPackage")):
        rows = table[table["layer"] == layer]
        lines = [f"| `{row.column}` | {row.type} | {row.meaning} | `{row.hxl}` |" for row in rows.itertuples()]
        parts += [f"## {title}", "", "| column | type | meaning | HXL |", "|---|---|---|---|", *lines, ""]
    return "\n".join(parts)
