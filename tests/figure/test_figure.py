"""Figures: what they show against numbers found by other means, and the files that they become."""

import base64
import subprocess
import sys
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from PIL import Image
from pypdf import PdfReader

from geo import style
from geo.admin.provinces import read_provinces
from geo.errors import OutputError, UsageError
from geo.figure import draw_figure
from geo.figure.contents import content
from geo.figure.furniture import bar_km
from geo.figure.marks import make_marks, spread
from geo.figure.notes import source_note
from geo.figure.projection import fit_frame
from geo.figure.theme import make_look
from geo.stats.dataset import Dataset
from geo.stats.digest import digest
from geo.style import shades

RECORDS: list[dict[str, Any]] = [
    {"admin1_code": "XT-N", "date_start": "2020-01-05", "geometry": shapely.Point(61, 33.5), "geo_precision": "city"},
    {"admin1_code": "XT-N", "date_start": "2021-01-05", "geometry": shapely.Point(61, 33.5), "geo_precision": "city"},
    {"admin1_code": "XT-N", "date_start": "2021-02-05", "geometry": shapely.Point(62.5, 33.5)},
    {
        "admin1_code": "XT-E",
        "date_start": "2021-06-01",
        "geometry": shapely.Point(64, 31),
        "geo_precision": "district",
        "event_type": "Riots",
        "fatalities_best": 7,
        "sources": [{"source": "b", "paragraph": 1}, {"source": "a", "paragraph": 3}],
    },
    {"admin1_code": None, "country_code": "XT", "date_start": "2021-03-01", "sources": [{"source": "a"}]},
    {"admin1_code": "XT-E", "date_start": None},
    {"kind": "stronghold", "admin1_code": "XT-W", "date_start": "2021-01-01", "group": "Alpha", "tier": "claimed"},
    {"kind": "stronghold", "admin1_code": "XT-W", "date_start": "2021-01-01", "group": "Beta", "tier": "assessed"},
    {"kind": "stronghold", "admin1_code": None, "date_start": "2021-01-01", "group": "Beta", "tier": "assessed"},
]


@pytest.fixture(scope="module")
def located(make_records: Any) -> Any:
    return make_records(RECORDS)


def text_of(figure: Any) -> list[str]:
    return [text.get_text() for axes in figure.axes for text in axes.texts]


def test_the_projection_keeps_areas(provinces: Any) -> None:
    frame = fit_frame(provinces.geometry.to_numpy())
    on_map = shapely.area(
        shapely.segmentize(frame.project(shapely.segmentize(provinces.geometry.to_numpy(), 0.05)), 1e4)
    )
    geod = pyproj.Geod(ellps="WGS84")
    on_globe = [abs(geod.geometry_area_perimeter(shapely.segmentize(g, 0.05))[0]) for g in provinces.geometry]
    np.testing.assert_allclose(on_map, on_globe, rtol=2e-4)


def test_the_frame_crosses_the_antimeridian_without_going_round_the_world() -> None:
    frame = fit_frame(np.array([shapely.box(178, 60, 180, 62), shapely.box(-180, 60, -178, 62)]))
    assert abs(abs(frame.lon) - 180) < 0.01
    assert frame.width < 300_000


def test_north_turns_only_where_the_map_is_wide() -> None:
    small = fit_frame(np.array([shapely.box(60, 30, 65, 34)]))
    large = fit_frame(np.array([shapely.box(30, 25, 80, 60)]))
    assert small.convergence() < 3
    assert large.convergence() > 10
    assert small.north_at(0, 0) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(("width_m", "km"), [(1_000_000, 200), (399_000, 50), (4_000_000, 1000), (90_000, 20)])
def test_the_scale_bar_is_a_round_number_of_at_most_a_quarter(width_m: float, km: int) -> None:
    assert bar_km(width_m) == km


def test_provinces_have_the_counts_and_classes_of_the_period(located: Any, provinces: Any) -> None:
    shown = content(Dataset(located, provinces), "incidents", (2021, 2021))
    assert shown.provinces["value"].to_dict() == {"XT-N": 2, "XT-W": 0, "XT-E": 1}
    assert shown.classes.bounds == (1, 2)
    assert shown.provinces["class_index"].to_dict() == {"XT-N": 2, "XT-W": 0, "XT-E": 1}
    assert (len(shown.points), shown.unplaced_strongholds) == (3, 1)
    assert shown.strongholds.to_dict("records") == [
        {"admin1_code": "XT-W", "group": "Alpha", "tier": "claimed"},
        {"admin1_code": "XT-W", "group": "Beta", "tier": "assessed"},
    ]


def test_a_country_without_any_placed_incident_has_no_data_rather_than_zero(located: Any, provinces: Any) -> None:
    other = provinces.iloc[[0]].assign(admin1_code="YY-A", admin1_name="A", country_code="YY")
    other.index = ["YY-A"]
    shown = content(Dataset(located, pd.concat([provinces, other])), "incidents")
    assert shown.provinces.loc["YY-A", "class_index"] == -1


def test_a_province_of_whose_deaths_no_source_gives_a_figure_is_neither_none_nor_zero(
    make_records: Any, provinces: Any
) -> None:
    records = [
        {"admin1_code": "XT-N", "fatalities_low": 3},
        {"admin1_code": "XT-E", "fatalities_best": 0},
        {"admin1_code": "XT-E"},
    ]
    shown = content(Dataset(make_records(records), provinces), "fatalities_best")
    assert shown.provinces["class_index"].to_dict() == {"XT-N": -2, "XT-W": 0, "XT-E": 0}


def test_an_ended_province_is_drawn_and_marked_in_its_heir(make_records: Any, provinces: Any) -> None:
    old = provinces.iloc[[0]].assign(admin1_code="XT-O", admin1_name="Old North", valid_to="2018-05-30")
    old.index = ["XT-O"]
    ended = make_records([{"admin1_code": "XT-O", "date_start": "2014-01-01"}])
    shown = content(Dataset(ended, pd.concat([provinces, old])), "incidents")
    assert shown.on == "the end of 2014"
    records = [{"admin1_code": "XT-O", "date_start": "2014-01-01"}, {"admin1_code": "XT-E", "date_start": "2020-01-01"}]
    shown = content(Dataset(make_records(records), pd.concat([provinces, old])), "incidents")
    assert shown.on is None
    assert shown.provinces["value"].to_dict() == {"XT-N": 1, "XT-W": 0, "XT-E": 1}
    assert "Old North is drawn as part of North" in shown.description.long


@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from(["exact", "district", "province"])),
        max_size=25,
    )
)
@settings(max_examples=30, deadline=None)
def test_marks_hold_every_incident_and_none_covers_another_of_its_kind(places: Any) -> None:
    points = pd.DataFrame(
        [(60 + x / 10, 30 + y / 10, look, "Battles", "XT-N", False) for x, y, look in places],
        columns=["lon", "lat", "look", "event_type", "admin1_code", "cross_border"],
    )
    frame = fit_frame(np.array([shapely.box(60, 30, 65, 34)]))
    marks = make_marks(points, frame, ["Battles"], 3.0, 2000.0)
    assert sum(mark.n for mark in marks) == len(points)
    for i, a in enumerate(marks):
        for b in marks[i + 1 :]:
            apart = np.hypot(a.x - b.x, a.y - b.y) / 2000.0
            assert a.look != b.look or apart >= a.radius + b.radius
    area = frame.project(np.array([shapely.box(60, 30, 64, 33)]))[0]
    moved = spread(marks, {"XT-N": area}, 2000.0)
    assert sorted(mark.counts for mark in moved) == sorted(mark.counts for mark in marks)
    for mark in moved:
        if mark.settled and mark.home != (mark.x, mark.y):
            assert shapely.contains_xy(area, mark.x, mark.y)


def points_of(places: Any) -> pd.DataFrame:
    columns = ["lon", "lat", "look", "event_type", "admin1_code", "cross_border"]
    return pd.DataFrame([(*place, "Battles", code, False) for *place, code in places], columns=columns)


def test_a_province_has_one_mark_for_what_is_known_to_it_alone() -> None:
    frame = fit_frame(np.array([shapely.box(60, 30, 65, 34)]))
    places = [(61, 31, "province", "A"), (64, 33, "province", "A"), (63, 33, "province", "B"), (61, 31, "exact", "A")]
    marks = make_marks(points_of(places), frame, ["Battles"], 3.0, 2000.0)
    assert sorted((mark.look, mark.area, mark.n) for mark in marks) == [
        ("exact", "A", 1),
        ("province", "A", 2),
        ("province", "B", 1),
    ]


def test_many_places_are_united_until_the_map_shows_and_left_out_if_it_never_does() -> None:
    frame = fit_frame(np.array([shapely.box(60, 30, 65, 34)]))
    rng = np.random.default_rng(0)
    lon, lat = rng.uniform(60, 65, 4000), rng.uniform(30, 34, 4000)
    few = [(x, y, "exact", f"A{int(x)}{int(y)}") for x, y in zip(lon, lat, strict=True)]
    marks = make_marks(points_of(few), frame, ["Battles"], 3.0, 2000.0)
    assert sum(mark.n for mark in marks) == 4000
    assert len(marks) <= 150
    assert sum(np.pi * mark.radius**2 for mark in marks) < 0.3 * frame.width * frame.height / 2000**2
    many = [(x, y, "exact", f"A{x:.1f}{y:.1f}") for x, y in zip(lon, lat, strict=True)]
    assert make_marks(points_of(many), frame, ["Battles"], 3.0, 2000.0) == []


def test_fills_are_the_legends_colours(located: Any, provinces: Any) -> None:
    drawn = draw_figure(located, provinces, years=(2021, 2021)).figure
    main = drawn.axes[1]
    fills = {to_hex(colour) for c in main.collections for colour in c.get_facecolor()}
    # One province has 1 incident that year, one 2: a class each.
    assert set(shades(2)) <= fills
    swatches = {to_hex(patch.get_facecolor()) for patch in drawn.axes[0].patches}
    assert set(shades(2)) <= swatches


def test_the_sheet_says_what_is_shown_and_what_is_not(located: Any, provinces: Any) -> None:
    sources = pd.DataFrame(
        [("a", "On A", None, None, None), ("b", "On B", "B. Author", "House", "2021-05-01")],
        columns=["source", "title", "author", "publisher", "published"],
    )
    written = " ".join(text_of(draw_figure(located, provinces, years=(2021, 2021), sources=sources).figure))
    for words in (
        "Incidents by province, 2021",
        "4 of 6 incidents, 1 not placed",
        "1 incident has no date, so no period can claim it.",
        "1 of 3 claimed strongholds is not known to a single province.",
        "Sources: “On A”; B. Author (2021).",
        "Boundaries are approximate",
        "100 km",
    ):
        assert words in written, words


def test_sources_are_ranked_and_counted(make_records: Any) -> None:
    records = make_records([{"sources": [{"source": f"s{i}"} for i in range(n)]} for n in (10, 2)])
    assert source_note(records, None) == "Sources: s0; s1; s2; s3; s4; s5; s6; s7; and 2 more."


@pytest.fixture(scope="module")
def crowded(make_records: Any) -> tuple[Any, Any]:
    """One incident in each of the 42 provinces of two countries, more than there is room for on a small map."""
    provinces = read_provinces(countries=["AF", "PK"], on="2020-01-01")
    records = [{"admin1_code": code, "date_start": "2020-01-05"} for code in provinces.index]
    return make_records(records), provinces


@pytest.mark.parametrize("width", ["column", "two-columns", "slide"])
def test_no_label_touches_another_or_leaves_its_map(crowded: Any, width: str) -> None:
    figure = draw_figure(*crowded, width=width).figure
    renderer = figure.canvas.get_renderer()
    sheet, main = figure.axes[:2]
    # Not more: a name stays inside its area, and the marks of a slide leave little room in others.
    assert {t.get_text() for t in main.texts} >= {"Herat", "Sindh", "Punjab", "Farah", "Nimroz"}
    for axes in figure.axes:
        # A halo is the same text behind the text; the sheet's own axes hold everything but the maps.
        boxes = [t.get_window_extent(renderer) for t in axes.texts if not t.get_path_effects() and t.get_text()]
        room = figure.bbox if axes is sheet else axes.get_window_extent(renderer)
        for i, box in enumerate(boxes):
            assert room.x0 - 1 <= box.x0
            assert box.x1 <= room.x1 + 1
            assert room.y0 - 1 <= box.y0
            assert box.y1 <= room.y1 + 1
            for other in boxes[i + 1 :]:
                # Lines of one paragraph may share a row of pixels.
                assert min(box.x1, other.x1) - max(box.x0, other.x0) < 1 or (
                    min(box.y1, other.y1) - max(box.y0, other.y0) < 0.25 * min(box.height, other.height)
                )


def test_a_period_without_records_says_so(located: Any, provinces: Any) -> None:
    drawn = draw_figure(located, provinces, years=(1990, 1991))
    assert "No incident or stronghold on file is dated 1990–1991." in text_of(drawn.figure)
    assert draw_figure(located.iloc[:0], provinces).description.caption.endswith("on file.")


def test_grey_has_no_colour_at_all(located: Any, provinces: Any) -> None:
    drawn = draw_figure(located, provinces, theme="grey")
    drawn.figure.savefig(buffer := BytesIO(), format="png", dpi=80)
    pixels = np.asarray(Image.open(buffer).convert("RGB")).astype(int)
    assert np.ptp(pixels, axis=2).max() <= 24  # one grey of the page has a tint


def test_small_multiples_share_frame_and_classes(located: Any, provinces: Any) -> None:
    figure = draw_figure(located, provinces, by_year=True, width="two-columns").figure
    maps = figure.axes[1:]
    assert len(maps) == 2
    assert maps[0].get_xlim() == maps[1].get_xlim()
    words = text_of(figure)
    assert {"2020", "2021"} <= set(words)
    assert "4 (1)" in words


def test_cross_border_sites_far_away_get_a_wider_view(make_records: Any, provinces: Any) -> None:
    far = {"admin1_code": "XT-E", "cross_border": True, "geometry": shapely.Point(80, 50), "geo_precision": "city"}
    records = make_records([*RECORDS, far])
    figure = draw_figure(records, provinces).figure
    assert "Cross-border attack sites" in text_of(figure)
    assert "Cross-border attack sites" not in text_of(draw_figure(make_records(RECORDS), provinces).figure)


def test_png_has_its_size_and_words(located: Any, provinces: Any, tmp_path: Any) -> None:
    drawn = draw_figure(located, provinces, width="two-columns")
    drawn.save(tmp_path / "a.png", dpi=100)
    image = Image.open(tmp_path / "a.png")
    assert image.width == int(175 / 25.4 * 100)
    assert image.text["Title"] == "Incidents by province, all years"
    assert image.text["Alt"] == drawn.description.alt
    assert image.text["Source"] == f"data {digest(located, provinces)}"


def test_svg_keeps_text_and_describes_itself(located: Any, provinces: Any, tmp_path: Any) -> None:
    title = "Costs $5 & <script>alert(1)</script> {{7*7}}"
    drawn = draw_figure(located, provinces, title=title)
    drawn.save(tmp_path / "a.svg")
    root = ET.parse(tmp_path / "a.svg").getroot()
    svg = "{http://www.w3.org/2000/svg}"
    assert root.get("role") == "img"
    assert root.find(f"{svg}title").text == title
    assert drawn.description.alt in root.find(f"{svg}desc").text
    written = " ".join(node.text or "" for node in root.iter(f"{svg}text"))
    assert "North" in written
    assert "<script>alert(1)</script>" in written
    assert root.find(f".//{svg}script") is None


def test_pdf_embeds_fonts(located: Any, provinces: Any, tmp_path: Any) -> None:
    drawn = draw_figure(located, provinces)
    drawn.save(tmp_path / "a.pdf")
    reader = PdfReader(tmp_path / "a.pdf")
    assert reader.metadata.title == drawn.description.title
    assert reader.metadata.subject == drawn.description.alt
    assert "/CreationDate" not in reader.metadata
    fonts = reader.pages[0]["/Resources"]["/Font"].values()
    for font in fonts:
        inner = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
        assert "/FontFile2" in inner["/FontDescriptor"]
    assert "Incidents by province" in reader.pages[0].extract_text()


@pytest.mark.slow
def test_same_input_same_bytes_in_another_process_and_with_other_settings(tmp_path: Any) -> None:
    code = """
import sys, matplotlib
matplotlib.rcParams.update({"font.size": float(sys.argv[2]), "lines.linewidth": 9 - float(sys.argv[2]) / 2})
import geo
from geo.figure import draw_figure
provinces = geo.read_provinces(countries=["AF"])
drawn = draw_figure(geo.geocode(geo.read_incidents(), geo.read_provinces()), provinces, years=(2021, 2021))
for kind in ("png", "svg", "pdf"):
    drawn.save(f"{sys.argv[1]}.{kind}", dpi=60)
"""
    runs = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path / name), size], env={"PYTHONHASHSEED": seed})
        for name, size, seed in (("a", "6", "1"), ("b", "12", "2"))
    ]
    assert [run.wait() for run in runs] == [0, 0]
    for kind in ("png", "svg", "pdf"):
        assert (tmp_path / f"a.{kind}").read_bytes() == (tmp_path / f"b.{kind}").read_bytes(), kind


class _Images(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.images: list[dict[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "img":
            self.images.append(dict(attrs))


def test_a_notebook_shows_a_picture_with_its_alternative_text(located: Any, provinces: Any) -> None:
    drawn = draw_figure(located, provinces, title="<b>&quot;")
    png, about = drawn._repr_png_()
    assert png.startswith(b"\x89PNG")
    assert about == {"alt": drawn.description.alt}  # as IPython.display.Image has it
    page = _Images(drawn._repr_html_())
    (image,) = page.images
    assert image["alt"] == drawn.description.alt
    assert "incidents" in (image["alt"] or "")
    assert base64.b64decode((image["src"] or "").partition(",")[2]).startswith(b"\x89PNG")
    assert set(page.tags) == {"figure", "img", "details", "summary", "p"}


def test_an_incident_without_a_type_has_the_symbol_of_the_page(located: Any, provinces: Any) -> None:
    # Protests are the first type that these records do not have, whose circle is the symbol of no other type.
    look = make_look("light", 3, ["Battles"], ["Alpha"])
    page = style.styles(["Battles"], ["Alpha"])
    cross, _, grey = look.events[""]
    assert (cross, grey) == ("X", page["other"]["colour"])
    assert look.groups[""][:2] == (page["no_group"]["light"], page["no_group"]["angle"])
    assert make_look("grey", 3, ["Battles"], []).events[""][0] == "X"


def test_letters_of_other_scripts_find_a_font(located: Any, provinces: Any) -> None:
    draw_figure(located, provinces, title="ولایت ننگرهار · Нангархар")


def test_a_letter_that_no_font_has_is_a_box_and_the_figure_says_so(
    located: Any, provinces: Any, tmp_path: Any, recwarn: pytest.WarningsRecorder
) -> None:
    drawn = draw_figure(located, provinces, title="private \U0010fffd, no text \ud800\ufffe")
    said = [text.get_text() for axes in drawn.figure.axes for text in axes.texts]
    assert any("as no installed font has it: U+10FFFD." in line for line in said)
    for suffix in (".png", ".svg", ".pdf"):
        drawn.save(tmp_path / f"a{suffix}", dpi=50)
    ET.parse(tmp_path / "a.svg")
    assert [str(warning.message) for warning in recwarn if "lyph" in str(warning.message)] == []
    plain = draw_figure(located, provinces, title="private")
    assert not any("as a box" in text.get_text() for axes in plain.figure.axes for text in axes.texts)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"metric": "deaths"}, "metric = 'deaths': give one of incidents"),
        ({"width": "poster"}, "width = 'poster': give one of column, two-columns, slide"),
        ({"theme": "sepia"}, "theme = 'sepia': give one of light, grey, dark"),
        ({"font": "No Such Font"}, "font = 'No Such Font': no such font is installed"),
        ({"font": ""}, "font = '': no such font is installed"),
        ({"years": (2024, 2021)}, "the period ends before it starts"),
        ({"years": (1900, 2020), "by_year": True}, "are 121 maps; give years of at most 60"),
    ],
)
def test_bad_arguments_are_named(located: Any, provinces: Any, options: Any, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        draw_figure(located, provinces, **options)


def test_bad_outputs_are_named_and_leave_nothing(located: Any, provinces: Any, tmp_path: Any) -> None:
    drawn = draw_figure(located, provinces)
    with pytest.raises(UsageError, match=r"a\.jpg: a figure is written as \.png, \.svg, \.pdf"):
        drawn.save(tmp_path / "a.jpg")
    with pytest.raises(UsageError, match="dpi = 5000"):
        drawn.save(tmp_path / "a.png", dpi=5000)
    with pytest.raises(OutputError, match="there is no folder"):
        drawn.save(tmp_path / "no" / "a.png")
    assert not list(tmp_path.iterdir())


def test_the_digest_follows_the_data(located: Any, provinces: Any) -> None:
    first = digest(located, provinces)
    assert first == digest(located.copy(), provinces.copy())
    changed = located.copy()
    changed.loc[changed.index[0], "title"] = "Another"
    assert digest(changed, provinces) != first
    assert digest(located, provinces.iloc[:2]) != first
