"""What a reader takes away holds what is shown, no more and no less."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import page_records
import pytest
from PIL import Image

import geo

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def located(make_records: Any) -> Any:
    return make_records(page_records.RECORDS)


@pytest.fixture(scope="module")
def toy(located: Any, provinces: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("take") / "toy.html"
    geo.build_map(located, provinces, title="Toy map", sources=page_records.SOURCES).save(path)
    return path


def saved(page: Any, button: str) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


SHOWN_2021 = ["north-2021", "east-2021", "count-2021", "east-2020-2021", "west-hold", "somewhere-2021"]


def test_csv_holds_the_records_shown(toy: Path, visit: Any, located: Any) -> None:
    page = visit.open(toy, "#years=2021")
    name, content = saved(page, "Download the records shown as CSV")
    assert name == "toy-map-2021.csv"
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert sorted(row["id"] for row in rows) == sorted(SHOWN_2021)
    plain = located.drop(columns="geometry").astype(object)
    texts = plain.where(plain.notna(), "").astype(str)
    for row in rows:
        for column in ("title", "event_type", "date_start", "date_end", "place", "geo_precision", "actor1", "tier"):
            assert row[column] == texts.loc[row["id"], column], column
        for column in ("fatalities_low", "fatalities_best", "fatalities_high", "injuries_best"):
            assert row[column] == texts.loc[row["id"], column], column
    page.get_by_text("Saved toy-map-2021.csv with 6 records").wait_for()
    assert [row["sources"] for row in rows if row["id"] == "north-2021"] == ["first:3"]


def test_geojson_reads_back_as_the_same_records(toy: Path, visit: Any, located: Any, tmp_path: Path) -> None:
    page = visit.open(toy)
    name, content = saved(page, "Download the records shown as GeoJSON")
    assert name == "toy-map.geojson"
    path = tmp_path / name
    path.write_bytes(content)
    back = geo.read_incidents(path)
    assert sorted(back.index) == sorted(located.index)
    for column in (
        "kind",
        "title",
        "date_start",
        "date_precision",
        "admin1_code",
        "fatalities_best",
        "cross_border",
        "note",
    ):
        assert back[column].sort_index().equals(located[column].sort_index()), column
    assert back.loc["north-2020", "conflicts_with"] == ["north-2020-b"]
    features = {feature["id"]: feature for feature in json.loads(content)["features"]}
    assert features["north-2021"]["geometry"] == {"type": "Point", "coordinates": [62.8, 33.6]}
    assert features["somewhere-undated"]["geometry"] is None


def colours(picture: Image.Image) -> int:
    return len(np.unique(np.asarray(picture).reshape(-1, 3), axis=0))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_picture_is_the_map_with_title_legend_and_credits(toy: Path, visit: Any, theme: str) -> None:
    visit.page.emulate_media(color_scheme=theme)
    page = visit.open(toy)
    name, content = saved(page, "Download the map as a PNG picture")
    assert name == "toy-map.png"
    described = Image.open(io.BytesIO(content))
    # Programs take it as the alternative text; Pillow checks the length and the sum of the chunk.
    assert described.text["Description"] == "Toy map: 8 of 8 incidents, all years; 2 not placed; 1 undated"
    picture = described.convert("RGB")
    box = page.locator(".folium-map").bounding_box()
    assert picture.width == round(box["width"] * 2)
    assert picture.height > box["height"] * 2 + 200  # room for title above and legend below
    ground = (255, 255, 255) if theme == "light" else (27, 31, 36)
    assert picture.getpixel((2, 2)) == ground
    assert picture.getpixel((2, picture.height - 3)) == ground
    title, foot = (
        picture.crop((0, 0, picture.width, 90)),
        picture.crop((0, picture.height - 240, picture.width, picture.height)),
    )
    for part in (title, foot):
        assert colours(part) > 20  # text is on it
    assert colours(picture.crop((0, 200, picture.width, int(box["height"] * 2)))) > 50


def test_print_has_map_legend_period_and_sources_and_no_controls(toy: Path, visit: Any) -> None:
    page = visit.open(toy, "#years=2020-2021")
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    for gone in (".geo-panel", ".geo-timebar", ".leaflet-control-zoom", ".geo-about-open", ".geo-list"):
        assert page.locator(gone).first.is_visible() is False, gone
    assert page.locator(".geo-title").is_visible()
    picture = page.locator("canvas.geo-print-map")
    box = picture.bounding_box()  # whole, on one sheet: not wider than the page, and room is left below for the words
    assert (box["width"], box["height"]) > (600, 400)
    assert box["height"] <= 0.65 * 800
    assert colours(Image.open(io.BytesIO(picture.screenshot())).convert("RGB")) > 50
    text = page.locator(".geo-print").inner_text()
    assert "6 of 8 incidents, 2020–2021; 1 not placed; 1 undated left out" in text
    assert "Claimed strongholds" in text
    assert "The first article, A. Author, First Press, 2022-01-02" in text
    assert page.locator(".geo-print canvas").count() > 5
    page.emulate_media(media="screen")
    page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(".geo-print").inner_html() == ""


@pytest.mark.parametrize("landscape", [False, True])
@pytest.mark.parametrize("already", [False, True])
def test_print_takes_two_sheets_at_most_and_has_a_map(
    shipped_maps: Path, visit: Any, landscape: bool, already: bool
) -> None:
    if already:  # opened for print, as a printing service does
        visit.page.emulate_media(media="print")
    page = visit.open(shipped_maps / "index.html")
    sheets = page.pdf(format="A4", landscape=landscape, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheets)) <= 2
    page.emulate_media(media="print")
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    picture = page.locator("canvas.geo-print-map")
    box = picture.bounding_box()
    assert box["width"] / box["height"] == pytest.approx(
        page.evaluate(
            "() => { const {width, height} = document.querySelector('.geo-print-map'); return width / height; }"
        ),
        rel=0.02,
    )
    assert colours(Image.open(io.BytesIO(picture.screenshot())).convert("RGB")) > 100


def test_the_embed_dialog_warns_where_the_address_is_a_file(toy: Path, visit: Any) -> None:
    page = visit.open(toy)
    page.get_by_role("button", name="Embed").click()
    assert page.get_by_text("put it on a web server first").is_visible()
