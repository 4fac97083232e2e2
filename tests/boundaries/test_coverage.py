"""Coverage: what is settled, what is refused, and what simplification keeps."""

import numpy as np
import pytest
import shapely
from shapely import Polygon, box

from geo.admin.distance import DEGREE_M
from geo.boundaries import coverage
from geo.boundaries.coverage import make_coverage


def array(*shapes: object) -> np.ndarray:
    return np.array(shapes, dtype=object)


def labels(shapes: np.ndarray) -> list[str]:
    return [f"unit {number}" for number in range(len(shapes))]


def made(*shapes: object, simplify: bool = True) -> coverage.Coverage:
    polygons = array(*shapes)
    return make_coverage(polygons, labels(polygons), simplify=simplify)


def test_a_coverage_is_left_as_it_is() -> None:
    shapes = [box(0, 0, 1, 1), box(1, 0, 2, 1), box(5, 5, 6, 6)]
    found = made(*shapes)
    assert (found.notes, found.faults, found.tolerance_m) == ([], [], None)
    assert all(a is b for a, b in zip(found.polygons, shapes, strict=True))


def test_a_missing_vertex_on_a_shared_border_is_added_without_a_word() -> None:
    found = made(box(0, 0, 1, 2), box(1, 0, 2, 1), box(1, 1, 2, 2))
    assert found.notes == []
    assert shapely.coverage_is_valid(found.polygons)
    assert shapely.area(found.polygons).tolist() == [2, 1, 1]


def test_slivers_go_to_the_first_and_narrow_gaps_are_closed() -> None:
    frame = box(0, 0, 4, 4)
    inner = box(1, 1, 3, 3)
    around = frame.difference(box(0.999, 1, 3, 3))  # a gap in the west, one step of 0.001 degrees
    found = made(inner, around)
    assert found.faults == []
    assert shapely.coverage_is_valid(found.polygons)
    assert shapely.area(found.polygons).sum() == pytest.approx(16)
    overlap = made(box(0, 0, 1.002, 1), box(1, 0, 2, 1))
    assert overlap.notes == ["1 overlaps along shared borders, slivers of drawing, settled"]
    assert shapely.area(overlap.polygons).tolist() == pytest.approx([1.002, 0.998])


def test_a_lake_between_units_stays_open() -> None:
    west, east = box(0, 0, 1.0005, 1), box(1, 0, 2, 1)
    lake = box(0.9, 0.4, 1.1, 0.6)
    found = made(west.difference(lake), east.difference(lake))
    assert shapely.area(found.polygons).sum() == pytest.approx(2 - 0.04)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (box(0, 0, 2, 1), box(1, 0, 3, 1)),
        # A city that has not been cut out of the province around it, though it is small.
        (box(0, 0, 2, 2), box(1, 1, 1.005, 1.005)),
        (box(0, 0, 1, 1), box(0, 0, 1, 1)),
        # Narrow, but most of the smaller one.
        (box(0, 0, 1, 1), box(0.996, 0, 1.001, 1)),
    ],
)
def test_more_than_a_sliver_is_refused(one: Polygon, other: Polygon) -> None:
    (fault,) = made(one, other, box(10, 10, 11, 11)).faults
    assert fault.startswith("unit 0 and unit 1 overlap by ")


def test_the_width_of_a_sliver_is_measured_in_metres() -> None:
    # 0.012 degrees of longitude are 1,334 m at the equator and 667 m at 60 degrees north.
    def strip(lat: float) -> list[str]:
        return made(box(0, lat, 1.012, lat + 1), box(1, lat, 2, lat + 1)).faults

    assert round(0.012 * DEGREE_M) == 1334
    assert strip(-0.5)
    assert not strip(59.5)


def test_every_pair_is_named() -> None:
    faults = made(box(0, 0, 2, 1), box(1, 0, 3, 1), box(2.5, 0, 4, 1)).faults
    assert [fault.split(" overlap")[0] for fault in faults] == ["unit 0 and unit 1", "unit 1 and unit 2"]


def detailed(width: float = 1.0) -> list[Polygon]:
    """Two squares whose shared border swings by a fiftieth of the tolerance, with 30,001 points."""
    lat = np.linspace(0, 1, 30_001)
    border = np.column_stack([width + 0.00004 * np.sin(lat * 5000), lat])
    border[[0, -1], 0] = width
    west = Polygon([(0, 0), *border, (0, 1)])
    return [west, Polygon([*border, (2, 1), (2, 0)])]


def test_very_detailed_outlines_are_simplified_and_keep_their_borders(monkeypatch: pytest.MonkeyPatch) -> None:
    shapes = detailed()
    assert made(*shapes).tolerance_m is None  # 60,012 coordinates
    monkeypatch.setattr(coverage, "MAX_COORDINATES", 60_000)
    found = made(*shapes)
    assert found.tolerance_m == 200
    assert shapely.get_num_coordinates(found.polygons).sum() < 200
    assert shapely.coverage_is_valid(found.polygons)
    assert shapely.hausdorff_distance(found.polygons[0], shapes[0]) < coverage.TOLERANCE
    assert found.notes[0].startswith(
        f"{int(shapely.get_num_coordinates(array(*shapes)).sum()):,} coordinates simplified"
    )
    kept = made(*shapes, simplify=False)
    assert (kept.tolerance_m, kept.notes) == (None, [])


def test_detailed_outlines_that_do_not_fit_become_a_coverage_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage, "MAX_COORDINATES", 60_000)
    west, east = detailed()
    found = made(west, shapely.transform(east, lambda lonlat: lonlat - [0.0005, 0]))
    assert found.faults == []
    assert len(found.notes) == 2
    assert shapely.coverage_is_valid(found.polygons)
    assert shapely.area(found.polygons).sum() == pytest.approx(2, abs=0.001)
