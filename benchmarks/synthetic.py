"""Made-up records for measuring: the same for every tool, from a fixed seed, about nothing that happened."""

import geopandas as gpd
import numpy as np
import pandas as pd

import geo
from geo.model import COLUMNS, CRS, DTYPES

FIRST_YEAR, LAST_YEAR = 2004, 2023
EVENT_TYPES = (
    "Battles",
    "Explosions/Remote violence",
    "Violence against civilians",
    "Protests",
    "Riots",
    "Strategic developments",
)
GROUPS = tuple(f"Group {letter}" for letter in "ABCDEFGH")


def provinces() -> gpd.GeoDataFrame:
    """Return the provinces of Afghanistan and Pakistan in force at the end of the period: 42 or so polygons."""
    return geo.read_provinces(on=f"{LAST_YEAR}-12-31", countries=["AF", "PK"])


def sentences(rng: np.random.Generator, n: int, length: int) -> list[str]:
    """Return ``n`` different texts of ``length`` letters, from 2,000 made-up words used as unevenly as in prose."""
    letters = np.array(list("aaabcdeeefghiiiklmnooprstuuvyz"))
    words = np.array(["".join(rng.choice(letters, rng.integers(2, 10))) for _ in range(2000)])
    weights = 1 / np.arange(1, len(words) + 1)  # Zipf's law
    drawn = rng.choice(words, size=(n, length // 4), p=weights / weights.sum())
    return [" ".join(row)[:length].ljust(length, ".") for row in drawn]


def records(n: int, *, seed: int = 7, description: int = 150) -> gpd.GeoDataFrame:
    """Return ``n`` located incident records with points spread over the provinces.

    Parameters
    ----------
    n : int
    seed : int
    description : int
        Letters in each description.

    Returns
    -------
    GeoDataFrame, shape (n,)
        In EPSG:4326, with every column of the record schema.
    """
    rng = np.random.default_rng(seed)
    areas = provinces()
    west, south, east, north = areas.total_bounds
    vintages = geo.read_provinces(countries=["AF", "PK"])
    day = np.datetime64(f"{FIRST_YEAR}-01-01") + rng.integers(0, 365 * (LAST_YEAR - FIRST_YEAR + 1), n)
    dates = day.astype("datetime64[D]").astype(str)
    lon, lat = np.empty(0), np.empty(0)
    codes = np.empty(0, dtype=object)
    while len(lon) < n:  # rejection sampling: points outside every province are drawn again
        x, y = rng.uniform(west, east, 2 * n), rng.uniform(south, north, 2 * n)
        inside = geo.locate_points(x, y, provinces=areas)["match"].to_numpy(object) == "covered"
        x, y = x[inside][: n - len(lon)], y[inside][: n - len(lon)]
        on = dates[len(lon) : len(lon) + len(x)]
        code = geo.locate_points(x, y, provinces=vintages, date=on)["admin1_code"].to_numpy(object)
        lon, lat, codes = (np.concatenate(pair) for pair in ((lon, x), (lat, y), (codes, code)))
    best = rng.geometric(0.4, n) - 1
    names = vintages.drop_duplicates("admin1_code").set_index("admin1_code")["admin1_name"]
    table = pd.DataFrame(
        {
            "id": [f"synthetic-{i:07d}" for i in range(n)],
            "kind": "incident",
            "title": sentences(rng, n, 30),
            "description": sentences(rng, n, description),
            "event_type": rng.choice(EVENT_TYPES, n),
            "date_start": dates,
            "date_end": dates,
            "date_precision": "day",
            "date_inferred": False,
            "geo_precision": rng.choice(["site", "city", "district", "province"], n, p=[0.2, 0.5, 0.2, 0.1]),
            "country_code": [code[:2] for code in codes],
            "admin1_code": codes,
            "admin1_name": names.reindex(codes).to_numpy(object),
            "actor1": rng.choice(GROUPS, n),
            "status": "stated",
            "fatalities_low": best,
            "fatalities_best": best,
            "fatalities_high": best + rng.integers(0, 3, n),
            "cross_border": False,
        }
    ).reindex(columns=list(COLUMNS))
    for column in ("sources", "conflicts_with", "same_as"):
        table[column] = [[] for _ in range(n)]
    table = table.astype(DTYPES)
    return gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(lon, lat), crs=CRS).set_axis(
        table["id"].to_numpy(), axis=0
    )
