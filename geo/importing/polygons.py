"""The province polygons that an import needs, read as countries appear in its rows."""

import geopandas as gpd
import pandas as pd
import shapely

from geo.admin.countries import countries_of
from geo.admin.provinces import read_provinces
from geo.gazetteer.countries import country_codes, with_territories
from geo.importing.draft import Draft


class Polygons:
    """Province polygons of every vintage.

    Parameters
    ----------
    given : GeoDataFrame or None
        Polygons to use for all rows; None for those of the countries that the rows name or their points lie in.
    """

    def __init__(self, given: gpd.GeoDataFrame | None) -> None:
        self._given = given
        self._countries: set[str] = set()
        self._read: gpd.GeoDataFrame | None = None

    def of(self, draft: Draft) -> gpd.GeoDataFrame:
        """Return the polygons for the rows of a draft, and for all rows before them."""
        if self._given is not None:
            return self._given
        found = countries_of(_places(draft)) - self._countries
        if found or self._read is None:
            self._countries |= found
            self._read = read_provinces(countries=self._countries or None)
        return self._read


def _places(draft: Draft) -> pd.DataFrame:
    """Return each distinct country, and the points of rows without one."""
    code = country_codes(draft.country).reset_index(drop=True)
    code = with_territories(code, draft.admin1.reset_index(drop=True))
    stated = draft.text("admin1_code").reset_index(drop=True)
    bare = code.isna().to_numpy(bool) & stated.isna().to_numpy(bool)
    named = pd.DataFrame({"country_code": code, "admin1_code": stated.str[:2]})[~bare].drop_duplicates()
    # A country may be a name of the gazetteer that no list of countries has.
    points = pd.DataFrame({"country_code": code[bare], "admin1_code": stated[bare]})
    geometry = [None] * len(named) + list(shapely.points(draft.lon[bare], draft.lat[bare]))
    rows = pd.concat([named, points], ignore_index=True)
    return rows.assign(geometry=pd.Series(geometry, dtype=object))
