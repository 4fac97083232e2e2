"""Pages that several files of tests open; no test writes to them."""

from pathlib import Path
from typing import Any

import page_records
import pytest

import geo


@pytest.fixture(scope="session")
def toy(make_records: Any, provinces: Any, built_once: Any) -> Path:
    """Return the page of the toy country, as ``build_map`` makes it without further options."""

    def build(folder: Path) -> None:
        located = make_records(page_records.RECORDS)
        geo.build_map(located, provinces, title="Toy", sources=page_records.SOURCES).save(folder / "toy.html")

    return built_once("toy-page", build) / "toy.html"
