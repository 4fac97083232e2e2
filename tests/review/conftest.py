"""Review pages that several files of tests open; no test writes to them."""

from pathlib import Path
from typing import Any

import candidate_files
import pytest

import geo
from geo.review.candidates import read_candidates
from geo.review.page import review_page


@pytest.fixture(scope="session")
def reviewed(built_once: Any) -> Path:
    """Return the folder of the example: ``candidates.geojson`` and ``review.html``, which knows the shipped records."""

    def build(folder: Path) -> None:
        read = read_candidates(candidate_files.write(folder / "candidates.geojson"))
        page = review_page(read, geo.read_incidents())
        (folder / "review.html").write_text(page, encoding="utf-8", newline="")

    return built_once("review-page", build)
