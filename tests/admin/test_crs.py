import geopandas as gpd
import pytest
from shapely import Point

from geo.admin.crs import member_is_wgs84, require_wgs84
from geo.errors import CRSError


def frame(crs):
    return gpd.GeoDataFrame({"id": ["a"]}, geometry=[Point(69, 34)], crs=crs)


def test_only_wgs_84_with_its_code_passes():
    require_wgs84(frame("EPSG:4326"), "records")
    with pytest.raises(CRSError, match=r"^records are in EPSG:32642; convert them with to_crs\('EPSG:4326'\)$"):
        require_wgs84(frame(32642), "records")
    with pytest.raises(CRSError, match=r"^provinces have no CRS; .*set_crs\('EPSG:4326'\)$"):
        require_wgs84(frame(None), "provinces")
    with pytest.raises(CRSError) as caught:
        require_wgs84(frame(frame(32642).crs.to_wkt().replace("32642", "1")), "records")
    assert len(str(caught.value)) < 150, "reference systems without a code are shown by their first words"


def named(name):
    return {"type": "name", "properties": {"name": name}}


@pytest.mark.parametrize(
    ("member", "right"),
    [
        (None, True),
        (named("urn:ogc:def:crs:OGC:1.3:CRS84"), True),
        (named("urn:ogc:def:crs:OGC::crs84"), True),
        (named("EPSG:4326"), True),
        ({"properties": {"name": "urn:ogc:def:crs:EPSG::4326"}, "type": "name"}, True),
        ({"type": "EPSG", "properties": {"code": 4326}}, True),
        (named("EPSG:3857"), False),
        (named("EPSG:43260"), False),
        (named("EPSG:14326"), False),
        (named("CRS84h"), False),
        ({}, False),
        ("", False),
    ],
)
def test_the_member_of_old_geojson_files(member, right):
    assert member_is_wgs84(member) == right
