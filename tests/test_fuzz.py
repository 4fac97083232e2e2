"""Whatever a record file holds: an answer or one clear message, every row accounted for, nothing that runs."""

import json
import math
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from geo.errors import GeoError
from geo.model import COLUMNS, COUNT_COLUMNS
from geo.readers import read_incidents
from geo.validate import validate

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
bounded = settings(
    max_examples=EXAMPLES or 60, derandomize=not EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fuzz")
    (folder / "sources.csv").write_text("source,title,author,publisher,published,url,file\none,One,,,,,\n")
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


def assert_one_line(message: str, path: Path) -> None:
    assert message.startswith(str(path))
    assert len(message.splitlines()) == 1, message
    message.encode()  # a terminal can print it
