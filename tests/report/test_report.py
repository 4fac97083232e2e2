"""Reports: their numbers, every record in them, and that nothing from the data runs."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import shapely
from pypdf import PdfReader
from report_page import Page

from geo.errors import OutputError, UsageError
from geo.report import make_report, write_report
from geo.report.disagreements import groups
from geo.report.html import as_html
from geo.report.markdown import as_markdown
from geo.report.words import citation, date_words, figure_words, parties, place_words
from geo.stats.summary import totals

EVIL = "<img src=x onerror=alert(1)>{{7*7}}{% x %}</script>`|*_[a](javascript:alert(1))"
RECORDS: list[dict[str, Any]] = [
    {
        "id": "a", "title": "First", "description": "What happened.", "admin1_code": "XT-N", "admin1_name": "North",
        "date_start": "2020-01-05", "geometry": shapely.Point(61, 33.5), "geo_precision": "city", "place": "Town",
        "fatalities_low": 3, "fatalities_best": 4, "fatalities_high": 9, "conflicts_with": ["b"],
        "sources": [{"source": "s1", "paragraph": 3}, {"source": "s2", "paragraph": None}], "note": "Two counts.",
    },
    {"id": "b", "title": "Second", "admin1_code": "XT-E", "admin1_name": "East", "date_start": "2021-06-01",
     "conflicts_with": ["a"], "sources": [{"source": "s2", "paragraph": 1}]},
    {"id": "c", "title": EVIL, "description": EVIL, "place": EVIL, "date_start": None, "same_as": ["b"], "note": EVIL},
    {"id": "d", "kind": "stronghold", "title": "Base", "admin1_code": "XT-W", "date_start": "2021-01-01", "group": EVIL,
     "tier": "claimed", "role": "presence"},
    {"id": "e", "kind": "statistic", "title": "Sum", "date_start": "2021-01-01", "value": 18400000.0, "unit": "people"},
]  # fmt: skip
SOURCES = pd.DataFrame(
    [
        ("s1", "On One", "A. Author", "House", "2021-12-11", "https://example.org/1", None),
        ("s2", "On Two", None, None, None, "javascript:alert(1)", None),
        ("s3", "Not cited", None, None, None, None, None),
    ],
    columns=["source", "title", "author", "publisher", "published", "url", "file"],
).astype("string")


@pytest.fixture(scope="module")
def located(make_records: Any) -> Any:
    return make_records(RECORDS)


@pytest.fixture(scope="module")
def report(located: Any, provinces: Any) -> Any:
    return make_report(located, provinces, sources=SOURCES)


@pytest.fixture(scope="module")
def page(report: Any) -> Page:
    return Page(as_html(report))


def test_the_headline_is_the_summary(page: Page, located: Any) -> None:
    said = totals(located)
    # The undated record may be the second one: it is a report, and no further incident.
    assert page.facts == {
        "incidents": "2 of 2",
        "reports": "3",
        "fatalities": "at least 3, best 4, no upper bound",
        "fatalities_unknown": "1",
        "provinces": "2",
        "unplaced": "0",
        "undated": "0",
        "before": "0",
        "strongholds": "1",
        "statistics": "1",
    }
    assert said["fatalities"] == {"low": 3, "best": 4, "high": None}


def test_province_rows_add_up(page: Page) -> None:
    start = next(i for i, row in enumerate(page.rows) if row[:2] == ["Province", "Country"])
    rows = page.rows[start + 1 : start + 6]
    assert rows == [
        ["East", "XT", "1", "0", "0", "no bound", "1", "0"],
        ["North", "XT", "1", "3", "4", "9", "0", "0"],
        ["West", "XT", "0", "0", "0", "0", "0", "1"],
        ["Not placed in a province", "", "0", "0", "0", "0", "0", "0"],
        ["All", "", "2", "3", "4", "no bound", "1", "1"],
    ]


def test_every_record_stands_there_with_its_sources(page: Page) -> None:
    first = next(row for row in page.rows if row[0] == "5 January 2020")
    assert first[1:] == ["Town, North, XT", "First. Battles. What happened.", "3–9, best 4", "[1] ¶ 3, [2]"]
    assert any(row[0] == "1 January 2021" and "18,400,000 people" in row for row in page.rows)
    assert {"#source-1", "#source-2", "https://example.org/1"} <= set(page.links)
    assert {"source-1", "source-2"} == set(page.ids)
    assert "A. Author: On One. House, 11 December 2021." in page.words
    assert "On Two. Publisher and date not stated." in page.words
    assert "Not cited" not in page.words


def test_disagreements_show_both_sides(page: Page) -> None:
    assert "First: 5 January 2020, deaths: 3–9, best 4" in page.words
    assert "Second: 1 June 2021" in page.words
    assert "Two counts." in page.words
    assert "Records that may be one event" in page.words


def test_a_period_marks_what_lies_outside(located: Any, provinces: Any) -> None:
    page = Page(as_html(make_report(located, provinces, years=(2021, 2021), sources=SOURCES)))
    assert "First: 5 January 2020, deaths: 3–9, best 4 (outside this period)" in page.words
    assert page.facts["incidents"] == "1 of 2"
    assert "1 incident lies in other years." in page.words
    assert page.ids == ["source-1"]


def test_nothing_from_the_data_runs_and_nothing_is_loaded(page: Page, report: Any) -> None:
    html = as_html(report)
    assert "script" not in page.tags
    assert not {name for name in page.attributes if name.startswith("on")}
    assert not [link for link in page.links if not link.startswith(("#", "https://example.org/"))]
    assert EVIL in page.words
    assert "{{" not in html.partition("</style>")[2]
    assert 'src="data:image/png' in html
    assert html.count("src=") == html.count('src="data:') + html.count("src=x onerror")


def test_markdown_says_the_same_and_keeps_marks_as_text(report: Any, tmp_path: Path) -> None:
    written = write_report(report, tmp_path / "r.md")
    assert [path.name for path in written] == ["r.md", "r-map.png", "r-years.png"]
    said = written[0].read_text("utf-8")
    assert "![Map. Incidents by province, all years: 2 of 2 distinct incidents in 3 reports." in said
    assert "](r-map.png)" in said
    assert "| **All** |  | **2** | **3** | **4** | **no bound** | **1** | **1** |" in said
    assert "<img src=x" not in said
    assert "{{7" not in said
    assert "](<javascript" not in said
    assert "[https://example.org/1](<https://example.org/1>)" in said
    tables = [line for line in said.splitlines() if line.startswith("|")]
    bars = [line.replace("\\|", "").count("|") for line in tables]
    assert set(bars) <= {3, 6, 8, 9}


def test_the_report_is_written_whole_and_the_same_twice(
    located: Any, provinces: Any, tmp_path: Path, report: Any
) -> None:
    again = make_report(located, provinces, sources=SOURCES)
    assert as_html(again) == as_html(report)
    assert as_markdown(again, {"map": "a", "years": "b"}) == as_markdown(report, {"map": "a", "years": "b"})
    with pytest.raises(UsageError, match=r"r\.pdf: a report is written as \.html, \.md or \.docx"):
        write_report(report, tmp_path / "r.pdf")
    with pytest.raises(OutputError, match="there is no folder"):
        write_report(report, tmp_path / "no" / "r.html")
    assert not list(tmp_path.iterdir())


def test_a_period_without_records_says_so(located: Any, provinces: Any) -> None:
    page = Page(as_html(make_report(located, provinces, years=(1990, 1990))))
    assert page.facts["incidents"] == "0 of 2"
    assert "No incident or stronghold on file is dated 1990." in page.words


@pytest.mark.parametrize(
    ("start", "end", "precision", "inferred", "words"),
    [
        ("2021-08-26", "2021-08-26", "day", False, "26 August 2021"),
        ("2021-08-01", "2021-08-31", "month", False, "August 2021"),
        ("2021-01-01", "2021-12-31", "year", True, "2021 (inferred)"),
        ("2021-08-15", "2022-05-03", "range", False, "15 August 2021 to 3 May 2022"),
        ("2021-08-15", None, "range", False, "since 15 August 2021, no end reported"),
        (None, "2022-05-03", "range", False, "not later than 3 May 2022"),
        (None, pd.NA, "unknown", False, "undated"),
    ],
)
def test_dates_keep_their_precision(start: Any, end: Any, precision: str, inferred: bool, words: str) -> None:
    record = {"date_start": start, "date_end": end, "date_precision": precision, "date_inferred": inferred}
    assert date_words(record) == words


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        ((20, 20, 20), "20"),
        ((54, 54, None), "at least 54"),
        ((None, None, 35), "up to 35"),
        ((3, 4, 9), "3–9, best 4"),
        ((3, None, 9), "3–9"),
        ((None, 7, None), "about 7"),
        ((None, None, None), ""),
        ((1200, 1200, 1300), "1,200–1,300"),
        ((1, 3, None), "at least 1, best 3"),
    ],
)
def test_figures_keep_their_bounds(bounds: Any, words: str) -> None:
    assert figure_words(*bounds) == words


def test_places_say_how_well_they_are_known() -> None:
    record = dict.fromkeys(("place", "admin2_name", "admin1_name", "country_code")) | {"geo_precision": "unknown"}
    names = {"AF": "Afghanistan"}
    assert place_words(record, names) == "place not known"
    record |= {"country_code": "AF", "geo_precision": "country"}
    assert place_words(record, names) == "Afghanistan (known to the country)"
    record |= {"admin1_name": "Kabul", "place": "kabul", "geo_precision": "city"}
    assert place_words(record, names) == "kabul, Afghanistan"


def test_parties_and_citations() -> None:
    assert parties({"actor1": "A", "actor2": pd.NA}) == "A"
    assert parties({"actor1": None, "actor2": "B"}) == "against B"
    assert (
        citation({"source": "k", "title": None, "author": None, "publisher": "P", "published": "2021"}) == "k. P, 2021."
    )


def test_groups_follow_links_either_way() -> None:
    links = {"a": ["c"], "b": [], "c": [], "d": ["c", "gone"], "e": ["b"]}
    assert groups(links) == [["a", "c", "d"], ["b", "e"]]


@pytest.mark.browser
def test_the_page_fits_a_phone_prints_and_asks_nobody(report: Any, tmp_path: Path, visit: Any) -> None:
    path = write_report(report, tmp_path / "r.html")[0]
    page = visit.open(path, ready=False)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("[...document.images].every((image) => image.naturalWidth > 500 && image.alt)")
    page.pdf(path=str(tmp_path / "r.pdf"), prefer_css_page_size=True)
    pages = PdfReader(tmp_path / "r.pdf").pages
    assert "Incidents and claimed strongholds, all years" in pages[0].extract_text()
    assert pages[0].mediabox.width == pytest.approx(595, abs=1)
    assert any("Cite as" in sheet.extract_text() for sheet in pages)
