"""Point in province: ``geo.locate_points`` against ``geopandas.sjoin``, plain and by dask, on one million points."""

import statistics
import time

import geopandas as gpd
import numpy as np

import geo
from benchmarks.synthetic import provinces
from geo.model import CRS


def measure(n: int = 1_000_000, runs: int = 5) -> dict[str, float | int]:
    """Return median seconds of each, the ratio of sjoin to geo, and how many answers differ."""
    import dask_geopandas

    areas = provinces()
    rng = np.random.default_rng(11)
    west, south, east, north = areas.total_bounds
    lon, lat = rng.uniform(west, east, n), rng.uniform(south, north, n)
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=CRS)
    plain = gpd.GeoDataFrame(areas[["admin1_code"]].reset_index(drop=True), geometry=areas.geometry.to_numpy(), crs=CRS)
    parts = dask_geopandas.from_geopandas(points, npartitions=8)
    ours, theirs, by_dask = [], [], []
    for _ in range(runs):
        start = time.perf_counter()
        located = geo.locate_points(lon, lat, provinces=areas, max_distance_m=0)["admin1_code"]
        ours.append(time.perf_counter() - start)
        start = time.perf_counter()
        joined = gpd.sjoin(points, plain, how="left", predicate="within")
        theirs.append(time.perf_counter() - start)
        start = time.perf_counter()
        parts.sjoin(plain, how="inner", predicate="within").compute()
        by_dask.append(time.perf_counter() - start)
    answer = joined[~joined.index.duplicated()]["admin1_code"].fillna("").to_numpy(object)
    same = answer == located.fillna("").to_numpy(object)
    return {
        "points": n,
        "geo_s": round(statistics.median(ours), 3),
        "sjoin_s": round(statistics.median(theirs), 3),
        "dask_s": round(statistics.median(by_dask), 3),
        "ratio": round(statistics.median(t / o for t, o in zip(theirs, ours, strict=True)), 1),
        "different": int((~same).sum()),
    }
