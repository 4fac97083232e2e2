import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.admin.provinces import read_provinces
from geo.payload.topology import STEPS_PER_DEGREE, build_topology, encode_points


def rebuild(topology, feature):
    """Return the even-odd area of a feature's rings."""
    area = shapely.Polygon()
    for ring in topology.rings[feature]:
        points = [
            point
            for arc in ring
            for point in (topology.arcs[arc] if arc >= 0 else topology.arcs[~arc][::-1])[:-1].tolist()
        ]
        area = area.symmetric_difference(shapely.Polygon(np.asarray(points) / STEPS_PER_DEGREE))
    return area


def decode(data):
    """Undo ``encode_points`` for one arc: read differences byte by byte."""
    numbers, value, shift = [], 0, 0
    for byte in data.tolist():
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            numbers.append(-(value + 1) // 2 if value & 1 else value // 2)
            value = shift = 0
    return np.cumsum(np.reshape(numbers, (-1, 2)), axis=0)


def test_two_squares_share_one_arc():
    topology = build_topology([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)])
    assert sorted(len(arc) for arc in topology.arcs) == [2, 4, 4]
    shared = next(i for i, arc in enumerate(topology.arcs) if len(arc) == 2)
    (left,), (right,) = topology.rings
    used = [arc for arc in (*left, *right) if shared in (arc, ~arc)]
    assert sorted(used) == sorted([shared, ~shared])


def test_a_hole_and_what_fills_it_share_their_ring():
    hole = shapely.box(1, 1, 2, 2)
    topology = build_topology([shapely.box(0, 0, 3, 3).difference(hole), hole])
    assert len(topology.arcs) == 2
    assert rebuild(topology, 0).equals(shapely.box(0, 0, 3, 3).difference(hole))
    assert rebuild(topology, 1).equals(hole)


def test_the_shipped_provinces_come_back_exactly():
    provinces = read_provinces(countries=["AF", "PK", "TJ", "TM"])
    topology = build_topology(provinces.geometry.to_numpy())
    # Most borders have a province on either side: they are stored once.
    assert sum(map(len, topology.arcs)) < 0.65 * shapely.get_num_coordinates(provinces.geometry.to_numpy()).sum()
    for i, area in enumerate(provinces.geometry):
        assert rebuild(topology, i).equals(area)


@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=20, unique=True), st.integers(1, 4)
)
@settings(max_examples=60, deadline=None)
def test_any_patchwork_of_squares_comes_back(cells, groups):
    # Touching corners, holes, enclaves and islands all occur among unions of grid cells.
    areas = [
        shapely.union_all([shapely.box(x, y, x + 1, y + 1) for x, y in cells[i::groups]])
        for i in range(min(groups, len(cells)))
    ]
    topology = build_topology(areas)
    for i, area in enumerate(areas):
        assert rebuild(topology, i).equals(area)
    assert len({arc.tobytes() for arc in topology.arcs}) == len(topology.arcs)
    assert len(
        {arc[::-1].tobytes() for arc in topology.arcs} & {arc.tobytes() for arc in topology.arcs if len(arc) > 1}
    ) == len([arc for arc in topology.arcs if (arc == arc[::-1]).all()])


@given(st.lists(st.tuples(st.integers(-18_000_000, 18_000_000), st.integers(-9_000_000, 9_000_000)), min_size=2))
@settings(deadline=None)
def test_points_come_back_from_differences(points):
    arc = np.asarray(points, dtype=np.int32)
    assert np.array_equal(decode(encode_points([arc])), arc)


def test_nothing_has_no_arcs():
    topology = build_topology([])
    assert (topology.arcs, topology.rings) == ([], [])
    assert len(encode_points(topology.arcs)) == 0


def test_slivers_that_rounding_flattens_vanish():
    topology = build_topology([shapely.Polygon([(0, 0), (1, 0), (0.000001, 0.000001)])])
    assert topology.rings == [[]]


def test_a_closed_arc_is_stored_once_whichever_way_round_its_rings_run():
    corners = [(1, 1), (2, 1), (2, 2), (1, 2)]
    outer = [(0, 0), (3, 0), (3, 3), (0, 3)]
    for hole in (corners, corners[::-1]):
        for filling in (corners, corners[::-1]):
            topology = build_topology([shapely.Polygon(outer, [hole]), shapely.Polygon(filling)])
            assert len(topology.arcs) == 2
            (_, [within]), ([alone],) = topology.rings
            assert alone == (within if hole == filling else ~within)
            # Stored towards the smaller neighbour of the smallest corner: (1, 2), north of (1, 1), before (2, 1).
            (stored,) = (arc for arc in topology.arcs if arc.min() > 0)
            steps = [(x * STEPS_PER_DEGREE, y * STEPS_PER_DEGREE) for x, y in [(1, 1), (1, 2), (2, 2), (2, 1), (1, 1)]]
            assert stored.tolist() in (list(map(list, steps)), list(map(list, steps[::-1])))
            assert rebuild(topology, 1).equals(shapely.box(1, 1, 2, 2))
