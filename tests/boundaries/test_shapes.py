"""Shapes: reference systems, the 180th meridian, repairs; areas are those of the shapes as drawn."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import GeometryCollection, LineString, MultiPolygon, Point, Polygon, box

from geo.boundaries.shapes import to_polygons, to_wgs84
from geo.errors import CRSError, DataError, UsageError

#: A square of two degrees, drawn across 180 degrees as files of Fiji or Chukotka do, and its two halves.
ACROSS = Polygon([(179, 60), (-179, 60), (-179, 62), (179, 62)])
HALVES = [(-180, 60, -179, 62), (179, 60, 180, 62)]


def frame(*shapes: object, crs: str | None = "EPSG:4326") -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"name": [str(number) for number in range(len(shapes))]}, geometry=list(shapes), crs=crs)


def polygons(*shapes: object) -> tuple[np.ndarray, list[str], list[str]]:
    return to_polygons(frame(*shapes), [f"row {number}" for number in range(1, len(shapes) + 1)])


def bounds(shape: shapely.Geometry) -> list[tuple[float, ...]]:
    return sorted(part.bounds for part in shapely.get_parts(shape))


def test_an_outline_that_jumps_is_cut_at_180() -> None:
    (shape,), notes, faults = polygons(ACROSS)
    assert bounds(shape) == HALVES
    assert faults == []
    assert notes == ["row 1: its outline jumps across the 180th meridian; cut there"]


@pytest.mark.parametrize("shape", [box(179, 60, 181, 62), box(-181, 60, -179, 62)])
def test_longitudes_beyond_180_are_folded(shape: Polygon) -> None:
    (folded,), notes, _ = polygons(shape)
    assert bounds(folded) == HALVES
    assert notes == ["longitudes beyond 180 degrees folded to -180 to 180"]


def test_a_file_from_0_to_360_is_folded() -> None:
    (west, east), _, _ = polygons(box(190, 10, 200, 20), box(10, 10, 20, 20))
    assert west.bounds == (-170, 10, -160, 20)
    assert east.bounds == (10, 10, 20, 20)


def test_pieces_on_both_sides_and_wide_countries_are_left_alone() -> None:
    pieces = MultiPolygon([box(179, 60, 180, 62), box(-180, 60, -179, 62)])
    wide = shapely.segmentize(box(-170, -10, 170, 10), 90)
    found, notes, _ = polygons(pieces, wide)
    assert found.tolist() == [pieces, wide]
    assert notes == []


def test_a_lake_in_an_outline_that_jumps_stays_a_lake() -> None:
    lake = [(-179.8, 60.5), (-179.2, 60.5), (-179.2, 61.5), (-179.8, 61.5)]
    (shape,), _, _ = polygons(Polygon(ACROSS.exterior, [lake]))
    assert shape.area == pytest.approx(4 - 0.6)
    assert not shape.covers(Point(-179.5, 61))


def test_an_outline_around_a_pole_is_not_torn() -> None:
    cap = Polygon([(-180, -90), (-180, -70), (0, -65), (180, -70), (180, -90)])
    (shape,), notes, _ = polygons(cap)
    assert shape.equals(cap)
    assert notes == []
    belt = box(-180, -10, 180, 10)
    assert polygons(belt)[0][0].equals(belt)


@given(west=st.integers(-179, 179), width=st.integers(1, 170), hole=st.booleans())
def test_a_box_keeps_its_area_wherever_it_is_drawn(west: int, width: int, hole: bool) -> None:
    def wrapped(lon: float) -> float:
        return (lon + 180) % 360 - 180

    edges = [west, *range(west + 10, west + width, 10), west + width]
    ring = [(wrapped(lon), 0) for lon in edges] + [(wrapped(lon), 10) for lon in reversed(edges)]
    inner = [(wrapped(west + share * width), lat) for share, lat in ((0.4, 4), (0.6, 4), (0.6, 6), (0.4, 6))]
    (shape,), _, faults = polygons(Polygon(ring, [inner] if hole else []))
    assert faults == []
    assert shape.is_valid
    assert shape.area == pytest.approx(width * 10 - (0.4 * width if hole else 0))
    assert -180 <= shape.bounds[0] < shape.bounds[2] <= 180


def test_polygons_are_taken_out_of_collections_and_heights_dropped() -> None:
    mixed = GeometryCollection([box(0, 0, 1, 1), LineString([(0, 0), (2, 2)]), Point(5, 5)])
    high = Polygon([(0, 0, 7), (1, 0, 7), (1, 1, 7)])
    found, notes, faults = polygons(mixed, high)
    assert found[0].equals(box(0, 0, 1, 1))
    assert found[1].area == 0.5
    assert not shapely.has_z(found).any()
    assert "heights dropped" in notes
    assert faults == []


def test_rows_without_an_area_are_named() -> None:
    flat = Polygon([(0, 0), (1, 1), (2, 2)])
    _, _, faults = polygons(box(0, 0, 1, 1), None, Polygon(), Point(1, 1), flat)
    assert faults == [
        "row 2: has no geometry",
        "row 3: has no geometry",
        "row 4: its geometry is a Point, not a polygon",
        "row 5: its polygon encloses no area",
    ]


def test_repairs_say_where_and_keep_what_is_enclosed() -> None:
    # A square whose hole is drawn as part of the outline, touching it in one point, and a spike.
    spiked = Polygon([(0, 0), (2, 0), (2, 1), (5, 1), (2, 1), (2, 2), (0, 2)])
    (shape,), notes, _ = polygons(spiked)
    assert shape.equals(box(0, 0, 2, 2))
    assert notes[0].startswith("row 1: repaired: ")


def test_a_file_without_areas_is_refused() -> None:
    with pytest.raises(DataError, match="the geometry is LineString, Point, not polygons"):
        polygons(Point(0, 0), LineString([(0, 0), (1, 1)]))


def test_reference_systems() -> None:
    square = box(500_000, 1_500_000, 600_000, 1_600_000)
    converted, notes = to_wgs84(frame(square, crs="EPSG:32630"), None)
    # The central meridian of zone 30 is 3 degrees west.
    assert converted.total_bounds[0] == pytest.approx(-3)
    assert converted.crs == "EPSG:4326"
    assert notes == ["reprojected from WGS 84 / UTM zone 30N to WGS 84"]
    for crs in (None, "EPSG:4326"):
        with pytest.raises(CRSError, match=r"reach from 500000 1\.5e\+06 to 600000 1\.6e\+06: not degrees"):
            to_wgs84(frame(square, crs=crs), None)
        assert to_wgs84(frame(square, crs=crs), "EPSG:32630")[0].total_bounds.tolist() == pytest.approx(
            converted.total_bounds.tolist()
        )
    _, notes = to_wgs84(frame(box(0, 0, 1, 1), crs=None), None)
    assert notes == ["no coordinate reference system stated; taken as longitude and latitude in WGS 84"]
    same, notes = to_wgs84(frame(box(0, 0, 1, 1), crs="OGC:CRS84"), None)
    assert (same.crs, notes) == ("EPSG:4326", [])
    with pytest.raises(UsageError, match="--crs EPSG:32630: the file states EPSG:4326"):
        to_wgs84(frame(box(0, 0, 1, 1)), "EPSG:32630")
    with pytest.raises(CRSError, match="--crs"):
        to_wgs84(frame(box(1e9, 1e9, 2e9, 2e9), crs="EPSG:32630"), None)
