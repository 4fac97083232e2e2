"""Stories: what the text becomes, and what is wrong with one. The page itself is tested in tests/page/test_story.py."""

from pathlib import Path
from typing import Any

import pytest

import geo
from geo.errors import DataError, MissingFileError
from geo.stats.dataset import Dataset
from geo.web.story import read_story
from geo.web.story_states import state_of

STORY = """# A *short* story

Two places, [told here](https://example.org/a?b=1).

## The north

[north](#years=2020)

Told of **North town**, and [its view](maps/index.html#layers=incidents).

## The west

[west](file:///home/me/map.html#years=2021-2022&map=7/34.5/61.2&type=Battles&q=a+b)
"""


@pytest.fixture
def dataset(make_records: Any, provinces: Any) -> Dataset:
    records = [
        {"admin1_code": "XT-N", "date_start": "2020-05-01", "event_type": "Battles", "actor1": "Alpha"},
        {"admin1_code": "XT-W", "date_start": "2022-05-01", "event_type": "Riots"},
    ]
    return Dataset(make_records(records), provinces)


def test_a_text_becomes_steps_with_their_views() -> None:
    story, faults = read_story(STORY.replace("and [its view](maps/index.html#layers=incidents)", "quietly"))
    assert faults == []
    assert story.title == "A short story"
    assert 'href="https://example.org/a?b=1"' in story.introduction
    assert [step.heading for step in story.steps] == ["The north", "The west"]
    assert [step.fragment for step in story.steps] == [
        "years=2020",
        "years=2021-2022&map=7/34.5/61.2&type=Battles&q=a+b",
    ]
    assert story.steps[0].body == "<p>Told of <strong>North town</strong>, quietly.</p>\n"
    assert story.steps[1].body == ""


def test_every_fault_of_a_story_is_named(dataset: Dataset) -> None:
    with pytest.raises(DataError) as caught:
        geo.build_story(
            STORY + "\n## The east\n\n![plan](plan.png)\n\n## [x](#years=1850&layers=evil,incidents)\n", dataset
        )
    message = str(caught.value)
    for part in (
        "step 1 (The north): 2 links to a view of the map",
        "step 3 (The east): no link to a view of the map",
        "The east: pictures are not shown: plan",
        "step 4 (x): no link",
    ):
        assert part in message
    assert "\n" not in message
    for empty, fault in (("", "no title"), ("# Only a title", "no step")):
        with pytest.raises(DataError, match=fault):
            geo.build_story(empty, dataset)
    with pytest.raises(MissingFileError):
        geo.build_story(Path("no-such-story.md"), dataset)


@pytest.mark.parametrize(
    ("fragment", "fault"),
    [
        ("years=1850", "the records run from 2020 to 2022"),
        ("years=soon", "give a year"),
        ("metric=joy", "give one of incidents"),
        ("layers=incidents,evil", "no layer 'evil'"),
        ("map=north", "give zoom"),
        ("map=7/95/10", "no such place"),
        ("group=Beta", "no record has 'Beta'"),
        ("type=Rumours", "no record has 'Rumours'"),
        ("precision=very", "give all or exact"),
        ("cross_border=yes", "give 1 or 0"),
        ("on=2021-02-30", "give a day as 2021-08-26"),
        ("record=nobody", "no record has this id"),
        ("years=2020&colour=red", "'colour' is no part of a view"),
    ],
)
def test_a_view_of_what_is_not_there_is_a_fault(dataset: Dataset, fragment: str, fault: str) -> None:
    _, faults = state_of(fragment, dataset)
    assert len(faults) == 1
    assert fault in faults[0]


def test_a_view_is_complete(dataset: Dataset) -> None:
    state, faults = state_of("years=2020-2021&group=Alpha&map=7/34.5/61.2", dataset)
    assert faults == []
    assert state == {
        "years": [2020, 2021],
        "metric": "incidents",
        "layers": ["choropleth", "incidents", "strongholds", "cross_border"],
        "view": {"zoom": 7.0, "lat": 34.5, "lng": 61.2},
        "record": None,
        "filters": {
            "event_type": [],
            "group": ["Alpha"],
            "precision": "all",
            "cross_border": False,
            "text": "",
            "on": "",
        },
    }


def test_nothing_in_a_story_can_run(dataset: Dataset) -> None:
    hostile = """# <script>alert(1)</script> {{ 7*7 }}

[a](javascript:alert(2)) <img src=x onerror=alert(3)> {{ 8*8 }} {% for x in y %}

## </script><script>alert(4)</script>

[v](#years=2020)

[b](data:text/html,x) [c](//evil.example/x) `</script>` &lt;b&gt;
"""
    page = geo.build_story(hostile, dataset).get_root().render()
    text = page.partition('id="geo-story"')[2].partition("</article>")[0]
    assert "<script" not in text
    assert "<img" not in text
    assert "href=" not in text
    assert "{{ 8*8 }}" in text
    assert "64" not in text
    assert geo.build_story(hostile, dataset).get_root().render() == page
