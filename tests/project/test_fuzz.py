"""Whatever a record file holds: an answer or one clear message, every row accounted for, nothing that runs."""

import csv
import json
import math
import os
import random
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from shapely import Point

from geo.admin.geocode import geocode
from geo.errors import GeoError
from geo.importing.run import import_file
from geo.model import COLUMNS, COUNT_COLUMNS
from geo.readers import read_incidents
from geo.rules.validate import validate
from geo.stats.summary import summarise
from geo.web.map import build_map

pytestmark = pytest.mark.slow

#: Text that would do something if anything on its way took it for more than text.
HOSTILE = (
    "<script>window.taken=1</script>",
    "</script><script>window.taken=1</script>",
    "<img src=x onerror=window.taken=1>",
    "<svg/onload=window.taken=1>",
    "'\"><iframe srcdoc='<script>parent.taken=1</script>'></iframe>",
    "{{ 7 * 'seven' }}{% for i in range(99) %}loop{% endfor %}{# note #}",
    "{{ self.__init__.__globals__ }}",
    "${window.taken=1}`${window.taken=1}`",
    "C:\\1x \\u003cscript\\u003e \\",
    "javascript:window.taken=1",
    "<!--<script>",
    "]]><![CDATA[",
    "\u2028\u2029\u0000\u202e\ufeff\x1b[31m",
    "&lt;script&gt;&#123;&#123;",
    "=cmd|'/c calc'!A1",
    "ا" * 300,
    "👩‍👩‍👧‍👦 e\u0301",
)
SOURCES = """source,title,author,publisher,published,url,file
one,One,,,,,
two,"<img src=x onerror=window.taken=1>","{{ 7 * 'seven' }}",,,javascript:window.taken=1,
"""
texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20), st.text(st.characters(), max_size=8))
numbers = st.one_of(
    st.integers(-3, 2100),
    st.sampled_from([2**31, 2**53 + 1, -(2**63), 2**63, 10**400, 1e308, -0.0, 1.5, math.nan, math.inf, -math.inf]),
    st.floats(),
)
leaves = st.one_of(st.none(), st.booleans(), numbers, texts)
anything = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3), max_leaves=6
)
dates = st.sampled_from(
    ["2021-08-26", "2021-02-30", "2021", "2021-08", "9999-12-31", "0001-01-01", "-2021-01-01", "2021-08-26T10:00Z", ""]
)
plausible = {
    "id": st.one_of(st.sampled_from(["a", "b", "2021-08-26-kabul"]), texts),
    "kind": st.sampled_from(["incident", "stronghold", "statistic", "event"]),
    "date_start": dates,
    "date_end": dates,
    "date_precision": st.sampled_from(["day", "month", "year", "range", "unknown", "week"]),
    "geo_precision": st.sampled_from(["site", "city", "province", "country", "unknown", "exact"]),
    "country_code": st.sampled_from(["XT", "AF", "Afghanistan", "af"]),
    "admin1_code": st.sampled_from(["XT-N", "XT-W", "AF-KAB", "XT-?"]),
    "admin1_name": st.sampled_from(["North", "Kabul"]),
    "place": st.one_of(st.sampled_from(["North", "Kabul", "Khost, Afghanistan"]), texts),
    "role": st.sampled_from(["stronghold", "cell", "camp"]),
    "tier": st.sampled_from(["assessed", "claimed", "rumoured"]),
    "status": st.sampled_from(["stated", "denied", "maybe"]),
    "sources": st.lists(st.fixed_dictionaries({"source": st.sampled_from(["one", "two"]) | anything}), max_size=2),
    "conflicts_with": st.lists(st.sampled_from(["a", "b", "c"]), max_size=2),
    "same_as": st.lists(st.sampled_from(["a", "b", "c"]), max_size=2),
} | dict.fromkeys(COUNT_COLUMNS, st.integers(0, 60))
properties = st.fixed_dictionaries(
    {},
    optional={
        name: st.one_of(plausible.get(name, texts), st.none(), plausible.get(name, texts), anything) for name in COLUMNS
    }
    | dict.fromkeys(("geometry", "unreadable", "index", "", "match", "own�"), anything),
)
positions = st.lists(st.one_of(st.floats(-200, 200), numbers, anything), max_size=4)
geometries = st.one_of(
    st.none(),
    st.fixed_dictionaries({"type": st.just("Point"), "coordinates": st.tuples(st.floats(60, 65), st.floats(30, 34))}),
    st.fixed_dictionaries({"type": st.just("Point"), "coordinates": positions}),
    st.fixed_dictionaries({"type": st.sampled_from(["Polygon", "MultiPoint", "Blob"]), "coordinates": anything}),
    anything,
)
features = st.one_of(
    st.fixed_dictionaries({"type": st.just("Feature"), "properties": properties, "geometry": geometries}),
    st.fixed_dictionaries(
        {}, optional={"type": anything, "properties": anything, "geometry": anything, "id": anything}
    ),
    anything,
)
documents = st.one_of(
    st.fixed_dictionaries(
        {"type": st.just("FeatureCollection"), "features": st.lists(features, max_size=6)}, optional={"own": anything}
    ),
    anything,
)
#: GEO_FUZZ=5000 searches for longer, and elsewhere each time.
EXAMPLES = int(os.environ.get("GEO_FUZZ", "0"))
#: Records that keep every rule, whatever their words are.
named = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))
spots = {"XT-N": [62.5, 33.5], "XT-W": [60.5, 31.0], "XT-E": [64.0, 31.0]}


def _sound(kind: str, code: str, words: list[str], year: int, deaths: int, link: str) -> dict:
    own = {
        "stronghold": {"role": "cell", "tier": "claimed"},
        "statistic": {"value": deaths / 4, "measure": words[0], "unit": words[1]},
        "incident": {"status": "claimed"},
    }
    texts = dict(
        zip(("title", "description", "event_type", "actor1", "group", "claimed_by", "note"), words, strict=True)
    )
    return {
        "type": "Feature",
        "properties": texts
        | own[kind]
        | {
            "id": words[2],
            "kind": kind,
            "date_start": f"{year}-01-01",
            "date_end": f"{year}-12-31",
            "date_precision": "year",
            "geo_precision": "province",
            "country_code": "XT",
            "admin1_code": code,
            "fatalities_low": deaths,
            "sources": [{"source": link, "paragraph": 1}],
        },
        "geometry": {"type": "Point", "coordinates": spots[code]},
    }


sound = st.builds(
    _sound,
    st.sampled_from(["incident", "stronghold", "statistic"]),
    st.sampled_from(sorted(spots)),
    st.lists(named, min_size=7, max_size=7),
    st.integers(1000, 2100),
    st.integers(0, 10**6),
    st.sampled_from(["one", "two"]),
)
bounded = settings(
    max_examples=EXAMPLES or 60,
    derandomize=not EXAMPLES,
    deadline=None,
    # Shrinking a whole file takes minutes; it is for those who search.
    phases=[Phase.explicit, Phase.generate, *([Phase.shrink] if EXAMPLES else [])],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fuzz")
    (folder / "sources.csv").write_text(SOURCES)
    return folder


@bounded
@example(document={"type": "FeatureCollection", "features": [{"properties": {"injuries_low": 10**400}}]})
@given(document=documents)
def test_every_record_is_read_or_the_file_is_refused_in_one_line(document, folder, provinces):
    path = folder / "records.geojson"
    path.write_text(json.dumps(document))
    try:
        records = read_incidents(path)
    except GeoError as error:
        assert_one_line(str(error), path)
        return
    assert len(records) == len(document["features"])
    for issue in validate(records, provinces=provinces):
        assert_one_line(str(issue), path)
        assert 1 <= issue.row <= len(records)


@bounded
@given(document=documents, cut=st.integers(0, 400), junk=st.binary(max_size=4))
def test_a_damaged_file_is_refused_in_one_line(document, cut, junk, folder, provinces):
    path = folder / "damaged.geojson"
    whole = json.dumps(document, ensure_ascii=True).encode()
    path.write_bytes(whole[:cut] + junk + whole[cut + len(junk) :])
    try:
        faults = validate(read_incidents(path), provinces=provinces)
    except GeoError as error:
        assert_one_line(str(error), path)
    else:
        for issue in faults:
            assert_one_line(str(issue), path)


@bounded
@example(document={"type": "FeatureCollection", "features": [{"properties": {"note": "\r"}, "geometry": None}]})
@given(document=documents)
def test_an_import_keeps_or_rejects_every_entry(document, folder, provinces):
    path = folder / "table.geojson"
    path.write_text(json.dumps(document))
    try:
        report = import_file(path, folder / "imported.geojson", provinces=provinces)
    except GeoError as error:
        assert_one_line(str(error), path)
        return
    assert report.read == report.kept + report.rejected
    if isinstance(document, dict) and document.get("type") == "FeatureCollection":
        assert report.read == len(document["features"])
    assert (report.target is None) == (not report.kept)
    if report.kept:  # else the file of an earlier import is left
        kept = read_incidents(folder / "imported.geojson")
        assert len(kept) == report.kept
        assert validate(kept, provinces=provinces) == []
    assert (
        len(list(csv.reader((folder / "imported.rejected.csv").open(newline="")))) == report.rejected + 1
        if (report.rejected)
        else not (folder / "imported.rejected.csv").exists()
    )


@settings(bounded, max_examples=EXAMPLES or 12)
@given(collection=st.lists(sound, min_size=1, max_size=5))
def test_what_is_sound_is_counted_and_drawn_and_nothing_in_it_runs(collection, folder, provinces):
    path = folder / "sound.geojson"
    for number, feature in enumerate(collection):
        feature["properties"]["id"] += f" {number}"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": collection}))
    records = read_incidents(path)
    faulty = {issue.row - 1 for issue in validate(records, provinces=provinces)}
    assert not faulty, [str(issue) for issue in validate(records, provinces=provinces)]
    located = geocode(records, provinces)
    counted = summarise(located, provinces).attrs["totals"]
    assert sum(counted[kind] for kind in ("incidents", "strongholds", "statistics")) == len(collection)
    page = build_map(located, provinces, title=collection[0]["properties"]["title"]).get_root().render()
    assert_inert(page)


def assert_inert(page: str) -> None:
    """Check that a page has the elements that our own templates give it, and no handler or address from a record."""
    found = Elements()
    found.feed(page)
    assert not found.troubles
    assert "7seven" not in page
    assert "sevenseven" not in page


class Elements(HTMLParser):
    """What a browser would make of a page's markup, as far as it could run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.troubles: list[str] = []
        self.runs = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"img", "svg", "iframe", "object", "embed", "form", "base"}:
            self.troubles.append(tag)
        for name, value in attrs:
            if name.startswith("on") or (value or "").strip().lower().startswith("javascript:") or name == "srcdoc":
                self.troubles.append(f"{tag} {name}={value}")

        if tag == "script":
            self.runs = dict(attrs).get("type", "text/javascript") in {"text/javascript", "module", ""}

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script" and ("window.taken" in data if self.runs else "<" in data):
            self.troubles.append(f"script: {data[:80]}")


@pytest.mark.parametrize(
    "markup",
    [
        *(f"<p>{text}</p>" for text in HOSTILE[:5]),
        "<a href=' JavaScript:window.taken=1'>",
        '<script type=\'application/json\'>{"a": "<b>"}</script>',
        "<p>sevensevensevensevensevensevenseven</p>",
    ],
)
def test_the_check_sees_what_would_run(markup):
    with pytest.raises(AssertionError):
        assert_inert(markup)


def hostile_titles(number: int) -> list[str]:
    """Return as many different titles, each two pieces of attacks with letters of any script between them."""
    rng = random.Random(20210826)
    letters = "abc<>&\"'`{}%#$\\/;:=()[]!-\u00e9\u0627\u067e\u05d0\u4e2d\u200f\u202e\u2028\u0001\U0001f479"
    return [
        f"{number} {rng.choice(HOSTILE)}{''.join(rng.choices(letters, k=rng.randrange(12)))}{rng.choice(HOSTILE)}"
        for number in range(number)
    ]


@pytest.mark.browser
def test_ten_thousand_hostile_titles_show_as_text(make_records, provinces, visit, tmp_path):
    titles = hostile_titles(10_000)
    rows = [
        {
            "title": title,
            "admin1_code": list(spots)[number % 3],
            "geometry": Point(spots[list(spots)[number % 3]]),
            "date_start": f"{2000 + number % 20}-01-01",
        }
        for number, title in enumerate(titles)
    ]
    build_map(make_records(rows), provinces).save(tmp_path / "map.html")
    page = visit.open(tmp_path / "map.html")
    found = page.evaluate(
        """async () => {
            const model = Object.values(window).find((value) => value?.store?.texts && value.select);
            await model.store.texts;
            return Array.from({length: model.store.n}, (_, i) => model.store.text("title", i));
        }"""
    )
    assert found == titles
    page.get_by_role("button", name="List").click()
    page.locator(".geo-row-title").first.wait_for()
    read = set()
    for share in range(41):
        page.evaluate(
            """(share) => new Promise((done) => {
                const row = document.querySelector(".geo-row-title");
                let box = row; while (box && box.scrollHeight <= box.clientHeight + 1) box = box.parentElement;
                box.scrollTop = share * (box.scrollHeight - box.clientHeight);
                requestAnimationFrame(() => requestAnimationFrame(done));
            })""",
            share / 40,
        )
        read.update(page.locator(".geo-row-title").all_text_contents())
    assert len(read) > 400
    assert read <= set(titles)
    assert page.evaluate("() => window.taken") is None
    assert page.locator("img[src=x], iframe[srcdoc], [onload], [onerror], a[href^='javascript']").count() == 0


def assert_one_line(message: str, path: Path) -> None:
    assert message.startswith(str(path))
    assert len(message.splitlines()) == 1, message
    message.encode()  # a terminal can print it
