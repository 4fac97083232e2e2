import base64
import gzip
import json
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.payload.basemap import PAGE_STEPS, pack_basemap
from geo.payload.basemap_cut import Detail, cut, kept, thin
from geo.payload.basemap_file import LEVELS, STEPS, Areas, Lines, read_basemap
from geo.payload.basemap_towns import chosen_places, short_name
from geo.stats.dataset import Dataset


def inside(points: Any, rings: list[list[int]], lon: float, lat: float) -> bool:
    """Even-odd rule over all rings, by counting the edges east of the point."""
    crossed = 0
    for ring in rings:
        line = np.concatenate([points[~ref][::-1] if ref < 0 else points[ref] for ref in ring])
        (x0, y0), (x1, y1) = line[:-1].T, line[1:].T
        spans = (y0 > lat) != (y1 > lat)
        x = x0[spans] + (lat - y0[spans]) / (y1[spans] - y0[spans]) * (x1[spans] - x0[spans])
        crossed += int((x > lon).sum())
    return crossed % 2 == 1


def country_at(areas: Areas, codes: list[str], lon: float, lat: float, steps: int = STEPS) -> str | None:
    starts = [0, *areas.arcs.ends[:-1]]
    points = [areas.arcs.points[a:b] / steps for a, b in zip(starts, areas.arcs.ends, strict=True)]
    found = [code for code, rings in zip(codes, areas.rings, strict=True) if inside(points, rings, lon, lat)]
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [
        (77.21, 28.61, "IN"), (116.4, 39.9, "CN"), (91.1, 29.65, "CN"), (32.85, 39.93, "TR"), (51.39, 35.69, "IR"),
        # Where others draw it otherwise: Simferopol, Sevastopol, Hargeisa, Kyrenia, Pristina, Taipei, Laayoune, Gaza.
        (34.1, 44.95, "UA"), (33.6, 44.57, "UA"), (44.07, 9.56, "SO"), (33.32, 35.33, "CY"), (21.17, 42.66, "XK"),
        (121.5, 25.05, "TW"), (-13.1, 27.1, "EH"), (34.42, 31.47, "PS"),
        # The Atlantic, the Caspian Sea, the Siachen glacier.
        (-30, 30, None), (51, 42, None), (77.1, 35.45, ""),
    ],
)  # fmt: skip
def test_land_is_of_the_country_that_iso_counts_it_to(lon: float, lat: float, code: str | None) -> None:
    world = read_basemap()
    assert country_at(world.land, world.countries, lon, lat) == code


def test_every_label_lies_in_its_country() -> None:
    world = read_basemap()
    for number in (world.countries.index(code) for code in ("IN", "RU", "ID", "CL", "XK", "FJ")):
        lon, lat = world.labels[number] / STEPS
        assert country_at(world.land, world.countries, lon, lat) == world.countries[number]


def test_the_largest_towns_come_first_and_capitals_are_marked() -> None:
    towns = read_basemap().towns
    assert towns["population"].is_monotonic_decreasing
    capitals = dict(towns.loc[towns["capital"], ["country", "name"]].itertuples(index=False))
    assert {capitals[code] for code in ("AF", "ML", "UA", "CO", "MM")} == {
        "Kabul", "Bamako", "Kyiv", "Bogotá", "Nay Pyi Taw",
    }  # fmt: skip
    assert len(capitals) == towns["capital"].sum()


#: A square of one degree, 2,000 steps, one side of which has a dent of 0.1 degrees.
DENTED = np.array([(0, 0), (1000, 200), (2000, 0), (2000, 2000), (0, 2000), (0, 0)], np.int32)


def lines_of(*lines: Any, levels: Any) -> Lines:
    return Lines(np.concatenate(lines), np.array(levels, np.uint8), np.cumsum([len(line) for line in lines]))


def test_a_point_is_kept_where_the_detail_asks_for_it() -> None:
    dent = int(np.searchsorted(LEVELS, 0.1))
    lines = lines_of(DENTED, levels=[255, dent, 30, 30, 30, 255])
    fine, coarse = Detail(0.01, (0.4, 0, 0.6, 0.2)), Detail(0.5)
    assert kept(lines, [fine, coarse]).tolist() == [True, True, True, True, True, True]
    elsewhere = Detail(0.01, (2, 2, 3, 3))
    assert kept(lines, [elsewhere, coarse]).tolist() == [True, False, True, True, True, True]


def test_bounds_beyond_180_degrees_hold_points_on_the_other_side() -> None:
    west = np.array([(-179 * STEPS, 0)], np.int32)
    assert Detail(1, (175, -5, 190, 5)).holds(west).tolist() == [True]
    assert Detail(1, (175, -5, 179, 5)).holds(west).tolist() == [False]


def test_points_that_steps_make_equal_are_dropped_and_ends_stay() -> None:
    line = np.array([(0, 0), (1, 0), (2000, 0)], np.int32)
    (thinned,) = thin(lines_of(line, levels=[255, 255, 255]), [Detail(0.005)], 1000)
    assert thinned.tolist() == [[0, 0], [1000, 0]]


def test_islands_smaller_than_the_detail_vanish_and_shared_arcs_stay_shared() -> None:
    island = np.array([(0, 0), (10, 0), (10, 10), (0, 0)], np.int32)
    left = np.array([(0, 0), (0, 2000), (2000, 2000)], np.int32)
    shared = np.array([(0, 0), (1000, 800), (2000, 2000)], np.int32)
    right = np.array([(0, 0), (2000, 0), (2000, 2000)], np.int32)
    arcs = lines_of(island, left, shared, right, levels=[255] * 13)
    used, rings = cut(Areas(arcs, [[[0]], [[1, ~2]], [[2, ~3]]]), [Detail(0.1)], 1000)
    assert [len(area) for area in rings] == [0, 1, 1]
    assert [arc.tolist() for arc in used] == [
        [[0, 0], [0, 1000], [1000, 1000]],
        [[0, 0], [500, 400], [1000, 1000]],
        [[0, 0], [1000, 0], [1000, 1000]],
    ]
    assert rings[1:] == [[[0, ~1]], [[1, ~2]]]


@pytest.fixture(scope="module")
def dataset(make_records: Any, provinces: Any) -> Dataset:
    return Dataset.of(make_records([{"date_start": "2020-01-01"}]), provinces)


def opened(block: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    raw = gzip.decompress(base64.b64decode(block))
    size = int.from_bytes(raw[:4], "little")
    header = json.loads(raw[4 : 4 + size])
    start = -(-(4 + size) // 8) * 8
    kinds = {"u8": "u1", "u16": "<u2", "u32": "<u4", "i32": "<i4", "utf8": "u1"}
    sections = {
        note["name"]: np.frombuffer(
            raw, kinds[note["type"]], note["length"] // int(kinds[note["type"]][-1]), start + note["offset"]
        )
        for note in header["sections"]
    }
    return header, sections


def unzigzag(data: Any) -> list[int]:
    numbers, value, shift = [], 0, 0
    for byte in data.tolist():
        value |= (byte & 127) << shift
        shift += 7
        if not byte & 128:
            numbers.append((value >> 1) ^ -(value & 1))
            value = shift = 0
    return numbers


def land_of(block: bytes) -> tuple[Areas, list[str]]:
    """Decode the land as the page does, in plain Python."""
    header, sections = opened(block)
    deltas = np.array(unzigzag(sections["land:arcs"])).reshape(-1, 2)
    arcs, first, at = [], np.zeros(2, int), 0
    for length in sections["land:arcs:lengths"].tolist():
        own = deltas[at : at + length].copy()
        own[0] += first
        arcs.append(np.cumsum(own, axis=0))
        first, at = arcs[-1][0], at + length
    refs, rings, areas = sections["land:ring_arcs"].tolist(), [], []
    for length in sections["land:ring_arcs:lengths"].tolist():
        rings.append(refs[:length])
        refs = refs[length:]
    for length in sections["land:areas:lengths"].tolist():
        areas.append(rings[:length])
        rings = rings[length:]
    lines = Lines(np.concatenate(arcs), np.zeros(0, np.uint8), np.cumsum([len(arc) for arc in arcs]))
    return Areas(lines, areas), header["countries"]


VIEWS = {
    "Afghanistan": (60.5, 24.9, 71.9, 37.6),
    "Mali": (-12.2, 10.1, 4.3, 25.0),
    "Ukraine": (22.1, 44.4, 40.2, 52.4),
    "Russia": (27.3, 41.2, 190.0, 81.9),
    "Philippines": (116.9, 4.6, 126.6, 20.8),
    "one town": (36.2, 33.4, 36.4, 33.6),
}


@pytest.mark.parametrize("view", VIEWS)
def test_a_block_is_small_for_any_view_and_the_same_each_time(dataset: Dataset, view: str) -> None:
    block = pack_basemap(dataset, VIEWS[view])
    assert len(block) < 66_000
    assert block == pack_basemap(dataset, VIEWS[view])


def test_a_page_has_the_land_of_the_whole_world(dataset: Dataset) -> None:
    land, codes = land_of(pack_basemap(dataset, VIEWS["Mali"]))
    for lon, lat, code in (
        (-1.5, 12.4, "BF"), (-5, 22, "ML"), (10, 17, "NE"), (77, 22, "IN"), (133, -25, "AU"), (-100, 40, "US"),
        (-30, 10, None), (80, -30, None),
    ):  # fmt: skip
        assert country_at(land, codes, lon, lat, PAGE_STEPS) == code


def test_borders_in_the_view_are_finer_than_those_far_away(dataset: Dataset) -> None:
    near, codes = land_of(pack_basemap(dataset, VIEWS["Afghanistan"]))
    far, _ = land_of(pack_basemap(dataset, VIEWS["Mali"]))

    def points(areas: Areas, code: str) -> int:
        lengths = np.diff(areas.arcs.ends, prepend=0)
        return sum(int(lengths[~ref if ref < 0 else ref]) for ring in areas.rings[codes.index(code)] for ref in ring)

    assert points(near, "AF") > 8 * points(far, "AF")
    assert points(far, "ML") > 8 * points(near, "ML")


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("Kajaki district in Helmand province", "Kajaki"),
        ("Bajaur District of Pakistan's Khyber-Pakhtunkhwa", "Bajaur"),
        ("Quetta, Balochistan", "Quetta"),
        ("Ofin", "Ofin"),
        ("Mazar-i-Sharif", "Mazar-i-Sharif"),
        ("near the border", "near the border"),
    ],
)
def test_a_name_is_that_of_the_place_alone(place: str, name: str) -> None:
    assert short_name(place) == name


TOWNS = pd.DataFrame(
    [
        ("Big", "XX", 10.0, 10.0, 2_000_000, False),
        ("Seat", "XX", 12.0, 10.0, 500_000, True),
        ("Jalālābād", "XX", 14.0, 10.0, 200_000, False),
        ("Elsewhere", "YY", 100.0, 10.0, 5_000_000, False),
    ],
    columns=["name", "country", "lon", "lat", "population", "capital"],
)


def records(*rows: tuple[str, float, str]) -> gpd.GeoDataFrame:
    places, lons, precisions = zip(*rows, strict=True)
    return gpd.GeoDataFrame(
        {"place": places, "geo_precision": precisions}, geometry=shapely.points(lons, [10.0] * len(rows)), crs=4326
    )


def test_places_of_records_come_first_then_capitals_then_towns_by_size() -> None:
    given = records(("Village", 11.0, "city"), ("Jalalabad", 14.0, "city"), ("A province", 13.0, "province"))
    found = chosen_places(TOWNS, given, (9, 9, 15, 11), (0, 0, 30, 30))
    assert list(zip(found["name"], found["rank"], strict=True)) == [
        ("Jalalabad", 0), ("Village", 0), ("Seat", 1), ("Elsewhere", 2), ("Big", 3),
    ]  # fmt: skip


def test_a_building_known_to_its_town_only_is_named_as_the_town_and_a_district_as_itself() -> None:
    found = chosen_places(TOWNS, records(("Central prison", 12.0, "city")), (9, 9, 15, 11), (0, 0, 30, 30))
    assert found["name"].tolist()[0] == "Seat"
    found = chosen_places(TOWNS, records(("Upper valley", 12.0, "district")), (9, 9, 15, 11), (0, 0, 30, 30))
    assert found["name"].tolist()[0] == "Upper valley"
