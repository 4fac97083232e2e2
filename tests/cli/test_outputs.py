"""geo figure, geo report, geo export on the command line: what they print, how they fail, what they leave behind."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from geo.cli import main


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_figure_prints_its_caption(here: Path) -> None:
    done = run("figure", "--out", "a.png", "--years", "2021", "--dpi", "50")
    assert done.exit_code == 0
    assert done.stdout.startswith("Incidents by province, 2021. ")
    assert [path.name for path in here.iterdir()] == ["a.png"]


def test_report_and_export_name_what_they_wrote(here: Path) -> None:
    assert run("report", "--out", "r.md", "--years", "2021:2022").stdout.split() == ["r.md", "r-map.png", "r-years.png"]
    assert run("export", "--out", "a.csv").stdout.split() == ["a.csv", "a.columns.csv"]
    assert len(list(here.iterdir())) == 5


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("figure", "--out", "a.jpg"), 2, "a figure is written as .png, .svg, .pdf"),
        (("figure", "--out", "a.png", "--dpi", "1"), 2, "dpi = 1"),
        (("figure", "--out", "a.png", "--font", "No Such Font"), 2, "no such font is installed"),
        (("figure", "--out", "a.png", "--years", "2022:2021"), 2, "the period ends before it starts"),
        (("figure", "--out", "no/a.png"), 1, "there is no folder no"),
        (("figure", "gone.geojson", "--out", "a.png"), 1, "gone.geojson: no such file"),
        (("report", "--out", "a.pdf"), 2, "a report is written as .html, .md or .docx"),
        (("report", "--out", "no/a.html"), 1, "there is no folder no"),
        (("export", "--out", "a.shp"), 2, "records are exported to .csv"),
        (("export", "--out", "a.gpkg", "--hxl"), 2, "HXL hashtags can only be written to a .csv"),
        (("export", "--out", "no/a.gpkg"), 1, "there is no folder no"),
        (("export",), 2, "Missing option '--out'"),
    ],
)
def test_faults_are_one_line_and_leave_nothing(here: Path, arguments: tuple[str, ...], code: int, message: str) -> None:
    done = run(*arguments)
    assert done.exit_code == code, done.output
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(here.iterdir())
