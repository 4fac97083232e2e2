"""Pages that several files of tests open; no test writes to them."""

from pathlib import Path
from typing import Any

import page_records
import pytest
from click.testing import CliRunner

import geo
from geo.cli import main


@pytest.fixture(scope="session")
def toy(make_records: Any, provinces: Any, built_once: Any) -> Path:
    """Return the page of the toy country, as ``build_map`` makes it without further options."""

    def build(folder: Path) -> None:
        located = make_records(page_records.RECORDS)
        geo.build_map(located, provinces, title="Toy", sources=page_records.SOURCES).save(folder / "toy.html")

    return built_once("toy-page", build) / "toy.html"


@pytest.fixture(scope="session")
def shipped_maps(built_once: Any) -> Path:
    """Return the folder of the maps that ``geo build`` writes of the shipped records."""

    def build(folder: Path) -> None:
        done = CliRunner().invoke(main, ["build", "--out", str(folder)])
        assert done.exit_code == 0, done.output

    found: Path = built_once("shipped-maps", build)
    return found
