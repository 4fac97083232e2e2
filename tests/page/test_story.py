"""A story in a browser: the map shows the view of the step that is read, offline, and the text needs no script."""

from pathlib import Path
from typing import Any

import page_records
import pytest

import geo

pytestmark = pytest.mark.browser
TEXT = """# Two years in the toy country

What the records say.

## The first year

[2020](#years=2020&map=8/33.5/61.5)

Some words.

## The bombing

[one record](#years=2021&layers=incidents&record=RECORD)

More words.
"""


@pytest.fixture(scope="module")
def told(make_records: Any, provinces: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("story") / "story.html"
    located = make_records(page_records.RECORDS)
    dated = located[(located["kind"] == "incident") & located["date_start"].str.startswith("2021").fillna(False)]
    text = TEXT.replace("RECORD", str(dated["id"].iloc[0]))
    geo.build_story(text, located, provinces, sources=page_records.SOURCES).save(path)
    return path


def read_step(page: Any, number: int) -> dict[str, Any]:
    """Scroll a step to where it is read, wait until it is, and return the state of the map."""
    page.evaluate(
        """(number) => {
          const box = document.querySelectorAll(".geo-story-step")[number].getBoundingClientRect();
          const line = innerWidth < 720 ? 0.685 : 0.425;
          scrollTo(0, scrollY + box.top + box.height / 2 - innerHeight * line);
        }""",
        number,
    )
    page.wait_for_function(
        "(number) => document.querySelectorAll('.geo-story-step')[number].matches('.geo-story-read')", arg=number
    )
    page.wait_for_function("() => geoMap.getState().years !== null")
    state: dict[str, Any] = page.evaluate("() => geoMap.getState()")
    return state


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_the_map_follows_the_text_and_comes_back(told: Path, visit: Any, size: tuple[int, int]) -> None:
    visit.page.set_viewport_size({"width": size[0], "height": size[1]})
    visit.page.emulate_media(reduced_motion="reduce")
    page = visit.open(told)
    assert page.evaluate("() => geoMap.getState().years") is None
    first = read_step(page, 0)
    assert first["years"] == [2020, 2020]
    assert first["view"]["zoom"] == 8
    page.wait_for_function("() => geoMap.getState().years[0] === 2020")
    second = read_step(page, 1)
    assert second["years"] == [2021, 2021]
    assert second["layers"] == ["incidents"]
    # On a phone the details of a record would cover the map. They open once the texts have been read.
    if size[0] > 720:
        page.wait_for_function("() => geoMap.getState().record")
    else:
        page.evaluate("() => model_1.store.texts")
        assert "record" not in page.evaluate("() => geoMap.getState()")
    assert read_step(page, 0)["layers"] != ["incidents"], "a step shows what it says, whatever was read before"
    page.evaluate("() => scrollTo(0, 0)")
    page.wait_for_function("() => geoMap.getState().years === null")


def test_text_and_map_stand_beside_each_other_and_on_a_phone_one_above_the_other(told: Path, visit: Any) -> None:
    page = visit.open(told)
    boxes = (
        "() => ['.geo-story', '.geo-page'].map((name) => document.querySelector(name).getBoundingClientRect().toJSON())"
    )
    text, drawn = page.evaluate(boxes)
    assert text["right"] <= drawn["left"] + 1
    assert drawn["height"] == 800
    page.set_viewport_size({"width": 390, "height": 844})
    text, drawn = page.evaluate(boxes)
    assert drawn["bottom"] <= text["top"] + 1
    assert drawn["top"] == 0
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_without_scripts_the_whole_text_can_be_read(told: Path, chromium: Any) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(told.as_uri())
    assert "Some words." in page.inner_text("#geo-story")
    assert page.locator("#geo-story h2").count() == 2
    context.close()
