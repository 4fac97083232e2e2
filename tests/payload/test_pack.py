import base64
import copy
import gzip
import json
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.admin.provinces import read_provinces
from geo.errors import DataError
from geo.model import COUNT_COLUMNS, FLAG_COLUMNS, SIDE_COLUMNS, TEXT_COLUMNS
from geo.payload import pack as payload
from geo.payload.container import Block
from geo.rules.date_kinds import date_kinds
from geo.stats.dataset import Dataset
from geo.stats.summary import totals
from geo.web import layers

DUMP = Path(__file__).parent.parent / "js" / "dump_payload.mjs"


def through_the_page(tmp_path, located, provinces, states=()):
    """Return what the page's own scripts read out of the blocks."""
    made = payload.build(Dataset(located, provinces))
    for name, block in (("data", made.data), ("text", made.text)):
        (tmp_path / name).write_bytes(block)
    command = ["node", DUMP, tmp_path / "data", tmp_path / "text", json.dumps(list(states))]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def plain(value):
    return None if value is None or value is pd.NA or value != value or value == "" else value


RECORDS = [
    {
        "title": "Ünïcode کابل \U0001f4a3 </script>{{7*7}}",
        "description": "two\nlines",
        "admin1_code": "XT-N",
        "admin1_name": "North",
        "date_start": "1899-12-31",
        "date_end": "2021-02-28",
        "geometry": shapely.Point(62.5, 33.5),
        "geo_precision": "city",
        "fatalities_low": 0,
        "fatalities_best": 254,
        "fatalities_high": 70000,
        "injuries_best": 255,
        "actor1": "A",
        "actor2": "B",
        "group": "B",
        "place": "Here",
        "note": "n",
        "cross_border": True,
        "sources": [{"source": "s1", "paragraph": 3}, {"source": "s2", "paragraph": "iv"}],
        "same_as": ["record-3", "gone"],
    },
    {"admin1_code": "XT-W", "admin1_name": "West", "date_start": "2020-02-29", "tier": "claimed", "kind": "stronghold"},
    {"kind": "statistic", "value": 28.5, "unit": "%", "measure": "share", "country_code": "XT", "date_inferred": True},
    {
        "admin1_code": "QQ-1",
        "admin1_name": "Unmapped",
        "geometry": shapely.Point(-179.99999, -0.00001),
        "geo_precision": "site",
    },
]


def test_every_value_arrives_in_the_page(tmp_path, make_records, provinces):
    located = make_records(RECORDS)
    found = through_the_page(tmp_path, located, provinces)
    assert found["extent"] == [1899, 2021]
    # The kind of a date arrives as it follows from the bounds.
    wanted = located.assign(date_kind=date_kinds(located)).reset_index(drop=True)
    for i, record in enumerate(found["records"]):
        for name in (*TEXT_COLUMNS, *COUNT_COLUMNS, *SIDE_COLUMNS, *FLAG_COLUMNS, "value", "match"):
            assert plain(record[name]) == plain(wanted.loc[i, name]), (i, name)
        point = wanted.geometry[i]
        assert [record["lng"], record["lat"]] == ([None, None] if point is None else [point.x, point.y])
        assert record["sources"] == wanted.sources[i]
    # Links arrive as row numbers; one to a record that is not there goes nowhere.
    assert [record["same_as"] for record in found["records"]] == [[2], [], [], []]


def test_figures_that_are_alike_arrive_as_they_were(tmp_path, make_records, provinces):
    # What differs from the best figure takes one byte here, the best figure itself four.
    figures = [(70000, 70000, 70000), (None, 70000, None), (3, None, 9), (None, None, None), (69999, 70000, 70001)]
    names = ("fatalities_low", "fatalities_best", "fatalities_high")
    located = make_records([dict(zip(names, row, strict=True)) for row in figures])
    found = through_the_page(tmp_path, located, provinces)
    assert [tuple(record[name] for name in names) for record in found["records"]] == figures


def test_polygons_arrive_as_they_were(tmp_path, make_records, provinces):
    found = through_the_page(tmp_path, make_records([]), provinces)
    for rings, area in zip(found["areas"], provinces.geometry, strict=True):
        rebuilt = shapely.Polygon()
        for ring in rings:
            rebuilt = rebuilt.symmetric_difference(shapely.Polygon(ring))
        assert shapely.hausdorff_distance(rebuilt.boundary, area.boundary) < 1e-6


def random_records(make_records, provinces, n=400):
    rng = np.random.default_rng(7)
    codes = [*provinces["admin1_code"].unique(), None]
    records = []
    for _ in range(n):
        start = int(rng.integers(2014, 2024))
        dated = rng.random() < 0.9
        record = {
            "kind": str(rng.choice(["incident", "stronghold", "statistic"], p=[0.8, 0.1, 0.1])),
            "admin1_code": codes[rng.integers(len(codes))],
            "date_start": f"{start}-06-01" if dated and rng.random() < 0.9 else None,
            "date_end": f"{min(2023, start + int(rng.integers(0, 3)))}-12-31" if dated else None,
        }
        figures = sorted(int(figure) for figure in rng.poisson(20, 3))
        for name, figure in zip(("low", "best", "high"), figures, strict=True):
            record[f"fatalities_{name}"] = figure if rng.random() < 0.6 else None
        records.append(record)
    return make_records(records)


def test_page_and_package_count_alike(tmp_path, make_records):
    provinces = read_provinces(countries=["AF", "PK"])
    located = random_records(make_records, provinces)
    periods = [None, (2014, 2014), (2017, 2018), (2018, 2018), (2019, 2023)]
    found = through_the_page(tmp_path, located, provinces, [{"years": period} for period in periods])
    for period, shown in zip(periods, found["shown"], strict=True):
        assert shown["totals"] == totals(located, period)
    # FATA is drawn until 2017 and counted in Khyber Pakhtunkhwa from 2018 on, the year in which it was merged.
    before, after = found["shown"][1], found["shown"][3]
    assert "PK-TA" in before["provinces"]
    assert "PK-TA" not in after["provinces"]
    coded = after["totals"]["provinces"]
    assert after["provinces"]["PK-KP"]["incidents"] == coded["PK-TA"]["incidents"] + coded["PK-KP"]["incidents"]


def test_newest_come_first_and_undated_last(tmp_path, make_records):
    provinces = read_provinces(countries=["TJ"])
    located = random_records(make_records, provinces, n=60)
    (shown,) = through_the_page(tmp_path, located, provinces, [{"years": None}])["shown"]
    dates = located["date_start"].fillna(located["date_end"]).fillna("")
    expected = sorted(range(len(located)), key=lambda i: dates.iloc[i], reverse=True)
    expected = sorted(expected, key=lambda i: (dates.iloc[i] == "", [-ord(c) for c in dates.iloc[i]], i))
    assert shown["order"] == [located["id"].iloc[i] for i in expected]


def test_a_country_without_a_placed_incident_has_no_data(tmp_path, make_records):
    provinces = read_provinces(countries=["TJ", "UZ"])
    records = [{"admin1_code": "TJ-DU"}, {"country_code": "UZ", "geo_precision": "country"}]
    (shown,) = through_the_page(tmp_path, make_records(records), provinces, [{}])["shown"]
    classes = {code: province["class"] for code, province in shown["provinces"].items()}
    assert classes["TJ-DU"] == 1
    assert classes["TJ-SU"] == 0
    assert {number for code, number in classes.items() if code.startswith("UZ")} == {-1}


def test_equal_input_gives_equal_bytes(make_records, provinces):
    one, two = (payload.build(Dataset(make_records(RECORDS), provinces)) for _ in range(2))
    assert (one.data, one.text) == (two.data, two.text)
    assert set(one.data + one.text) <= set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")


@pytest.mark.parametrize("records", [[], [{"title": "nothing is known"}], [{"date_start": "2020-01-01"}]])
def test_little_or_nothing_is_no_special_case(tmp_path, make_records, provinces, records):
    found = through_the_page(tmp_path, make_records(records), provinces, [{"years": None}])
    assert found["shown"][0]["totals"]["incidents"] == len(records)


def test_of_records_with_one_id_links_mean_the_first(tmp_path, make_records, provinces):
    located = make_records([{"id": "a"}, {"id": "a"}, {"id": "b", "same_as": ["a", "a"]}])
    assert through_the_page(tmp_path, located, provinces)["records"][2]["same_as"] == [0, 0]


@pytest.mark.parametrize(
    "ids",
    [
        ["acled-7", "acled-007", "acled-0", "acled-00", "acled-", "acled", "acled-999999999", "acled-1999999999"] * 4,
        [f"syn-{number:06d}" for number in (0, 9, 10, 99999, 100000, 3, 2, 1)],
        ["a\nb1", "a\nb2", "٣", "x٣", "12", "0", "4294967296", "-5"] * 4,
        ["nangarhar-2015", "kunar-2016", "jowzjan-2017"],
    ],
)
def test_ids_arrive_whatever_they_end_in(tmp_path, make_records, provinces, ids):
    found = through_the_page(tmp_path, make_records([{"id": name} for name in ids]), provinces)
    assert [record["id"] for record in found["records"]] == ids


def test_ids_that_share_stems_take_little_room_and_others_stay_text():
    def packed(add, ids):
        block = Block()
        getattr(block, add)("id", pd.Series(ids, dtype="string"))
        return block.encode({})

    numbered = [f"row-{number}" for number in range(900)]
    assert len(packed("add_ids", numbered)) < len(packed("add_text", numbered)) / 4
    slugs = [f"{number}-kunar" for number in range(900)]
    assert packed("add_ids", slugs) == packed("add_text", slugs)


def test_rows_may_share_one_list(make_records, provinces):
    cited = [{"source": "b", "paragraph": "2"}, {"source": "a"}, {"source": "b"}]
    rows = [{"id": "x"}, {"id": "y", "sources": cited, "same_as": ["x", "nowhere"]}]
    rows += [{**copy.deepcopy(rows[1]), "id": "z"}, {"id": "w"}]
    apart = make_records(rows)
    shared = apart.copy()
    for name in ("sources", "same_as"):
        assert apart[name].iloc[1] is not apart[name].iloc[2]
        shared[name] = pd.Series([apart[name].iloc[at] for at in (0, 1, 1, 0)], index=apart.index, dtype=object)
    assert payload.build(Dataset(shared, provinces)).text == payload.build(Dataset(apart, provinces)).text
    assert layers.Records(shared, provinces).dataset.citations == {"b": 2, "a": 2}


def test_a_date_that_is_none_is_refused(make_records, provinces):
    with pytest.raises(DataError, match=r"date_start: .*2021-13-45"):
        payload.build(Dataset(make_records([{"date_start": "2021-13-45"}]), provinces))


@given(st.lists(st.text(st.sampled_from("ab  \nñ"), max_size=12), min_size=1, max_size=8), st.integers(0, 3))
@settings(deadline=None)
def test_sentences_come_back_from_numbers_of_words(rows, extra):
    # A vocabulary past what one byte, and past what two bytes, can number.
    many = " ".join(f"w{i}" for i in range((0, 300, 17_000, 1)[extra]))
    block = Block()
    block.add_prose({"title": pd.Series([*rows, many], dtype="string"), "note": pd.Series([None] * (len(rows) + 1))})
    raw = gzip.decompress(base64.b64decode(block.encode({})))
    size = int.from_bytes(raw[:4], "little")
    sections = {section["name"]: section for section in json.loads(raw[4 : 4 + size])["sections"]}
    start = -(-(4 + size) // 8) * 8
    part = {
        name: np.frombuffer(
            raw[start + section["offset"] :][: section["length"]],
            {"u8": "u1", "u16": "<u2", "u32": "<u4", "utf8": "u1", "prose": "u1"}[section["type"]],
        )
        for name, section in sections.items()
    }

    def cut(name):
        ends = np.cumsum(part[f"{name}:lengths"])
        return [part[name][a:b].tolist() for a, b in zip([0, *ends], ends, strict=False)]

    vocabulary = [bytes(word).decode() for word in cut("vocabulary")]

    def sentence(codes):
        words, codes = [], iter(codes)
        for code in codes:
            rank = code
            if code == 255:
                rank = next(codes) + (next(codes) << 8) + (next(codes) << 16)
            elif code >= 192:
                rank = 192 + ((code - 192) << 8) + next(codes)
            words.append(vocabulary[rank])
        return " ".join(words)

    assert [sentence(row) for row in cut("title")] == [*rows, many]
    assert {sentence(row) for row in cut("note")} == {""}
