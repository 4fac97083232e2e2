"""The page looks as somebody has seen and approved it: screenshots within a tolerance, at three sizes, light and dark.

After a change of looks: ``GEO_SCREENSHOTS=write pytest tests/page/test_looks.py``, then look at each changed picture.
"""

import io
import os
from pathlib import Path
from typing import Any

import numpy as np
import page_records
import pytest
from PIL import Image
from visit import AT_REST

import geo

pytestmark = pytest.mark.browser
APPROVED = Path(__file__).parent.parent / "screenshots"
#: Pages at their sizes: width, height, suffix of the address.
VIEWS = {"desktop": (1400, 900, ""), "embed": (800, 480, "?embed=1#years=2020-2021"), "phone": (390, 844, "")}
#: Rendering differs between releases of Chromium, so pictures are compared as mosaics: the mean colour of tiles of so
#: many pixels.
TILE = 24
#: Mean and largest difference of tiles, of 255. A missing panel or another theme is beyond 10 and 100.
MEAN, LARGEST = 8.0, 80.0


@pytest.fixture(scope="module")
def toy(make_records: Any, provinces: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("looks") / "toy.html"
    located = make_records(page_records.RECORDS)
    geo.build_map(located, provinces, title="A map of the toy country", sources=page_records.SOURCES).save(path)
    return path


def mosaic(picture: Image.Image) -> np.ndarray:
    size = (picture.width // TILE, picture.height // TILE)
    return np.asarray(picture.convert("RGB").resize(size, Image.Resampling.BOX), dtype=float)


def compare(name: str, shot: bytes) -> None:
    picture, path = Image.open(io.BytesIO(shot)).convert("RGB"), APPROVED / f"{name}.png"
    if os.environ.get("GEO_SCREENSHOTS") == "write":
        APPROVED.mkdir(exist_ok=True)
        picture.quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
    approved = Image.open(path)
    assert picture.size == approved.size
    difference = np.abs(mosaic(picture) - mosaic(approved)).mean(axis=2)
    assert difference.mean() < MEAN, f"{name} differs by {difference.mean():.1f} of 255 on average"
    worst = np.unravel_index(difference.argmax(), difference.shape)
    assert difference.max() < LARGEST, f"{name} differs by {difference.max():.0f} at tile {worst}"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_the_page_looks_as_approved(toy: Path, visit: Any, view: str, theme: str) -> None:
    width, height, suffix = VIEWS[view]
    visit.page.set_viewport_size({"width": width, "height": height})
    visit.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page = visit.open(toy, suffix)
    compare(f"{view}-{theme}", page.screenshot())


def test_the_list_looks_as_approved(toy: Path, visit: Any) -> None:
    visit.page.emulate_media(reduced_motion="reduce")
    page = visit.open(toy)
    page.get_by_role("button", name="List", exact=True).click()
    page.get_by_role("button", name="Market bombing").wait_for()
    compare("list", page.screenshot())


def test_a_popup_looks_as_approved(toy: Path, visit: Any) -> None:
    visit.page.emulate_media(reduced_motion="reduce")
    page = visit.open(toy)
    page.get_by_role("button", name="List", exact=True).click()
    page.get_by_role("button", name="Shelling of a village", exact=True).click()
    page.get_by_role("dialog").wait_for()
    page.wait_for_function(AT_REST)
    compare("popup", page.screenshot())
