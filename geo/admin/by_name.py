"""Read the province of records from their names."""

from collections.abc import Mapping
from typing import Any, cast

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from geo.admin.provinces import drawn_for
from geo.admin.vintages import vintage_ends, vintage_numbers
from geo.columns import distinct_rows
from geo.days import LAST_DAY
from geo.gazetteer.resolve import Answers, place_rows, province_indexes
from geo.model import SURE, Match

#: The columns from which a province is read by name.
NAME_COLUMNS = ("admin1_name", "place", "admin2_name", "country_code")


def read_names(
    columns: Mapping[str, pd.Series], days: pd.Series, provinces: GeoDataFrame, min_score: float = 0.0
) -> tuple[NDArray[np.int64], pd.DataFrame]:
    """Read the province that each record names: by ``admin1_name``, else by ``place``, else by ``admin2_name``.

    Parameters
    ----------
    columns : mapping of str to Series of text, each of shape (n,)
        `NAME_COLUMNS`, each with the index 0 to n - 1.
    days : Series of ISO days, shape (n,)
        As of when; null is today.
    provinces : GeoDataFrame
        Every vintage, or one set.
    min_score : float, default 0
        Score below which the province of a name is only a candidate.

    Returns
    -------
    row : array of int, shape (n,)
        Position in ``reading`` of each record's answer.
    reading : DataFrame, shape (m,)
        One row for each distinct question: ``code`` (null: none), ``match``, ``match_score``, ``candidates``, whether
        the code is ``of_province``, from ``admin1_name``, and the question's ``country``.
    """
    # Names are asked once for each set of provinces: more exact dates make no difference.
    vintages = vintage_numbers(days, vintage_ends(provinces))
    # Place and district count only where the name of the province does not settle it: else every place of a large
    # file would be looked up for nothing.
    row, first = distinct_rows([columns["admin1_name"], columns["country_code"], vintages])
    asked = {name: columns[name].iloc[first].array for name in ("admin1_name", "country_code")}
    reader = _NameReader(pd.Series(asked["country_code"]), pd.Series(days.iloc[first].array), provinces, min_score)
    settled = reader.read(pd.Series(asked["admin1_name"]), "admin1")["admin1_code"].notna().to_numpy(dtype=bool)[row]
    columns = {**columns, **{name: columns[name].mask(settled) for name in ("place", "admin2_name")}}

    row, first = distinct_rows([*(columns[name] for name in NAME_COLUMNS), vintages])
    names = {name: pd.Series(columns[name].iloc[first].array) for name in NAME_COLUMNS}
    reader = _NameReader(names["country_code"], pd.Series(days.iloc[first].array), provinces, min_score)
    found = reader.read(names["admin1_name"], "admin1")
    of_province = found["admin1_code"].notna()
    for name, field in (("place", "place"), ("admin2_name", "admin2")):
        unsettled = found["admin1_code"].isna()
        other = reader.read(names[name].where(unsettled), field, names["admin1_name"])
        better = unsettled & (other["admin1_code"].notna() | found["match"].eq(Match.NONE))
        found = found.where(~better, other)
    found = found.rename(columns={"admin1_code": "code"})
    found = found.assign(of_province=of_province, country=names["country_code"])
    return row, found[["code", "match", "match_score", "candidates", "undrawn", "of_province", "country"]]


class _NameReader:
    """Looks up distinct names of n records among some provinces.

    Parameters
    ----------
    country, days : Series of text, shape (n,)
    provinces : GeoDataFrame
    min_score : float
    """

    def __init__(self, country: pd.Series, days: pd.Series, provinces: GeoDataFrame, min_score: float) -> None:
        self._country, self._days = country, days
        self._known = set(provinces["admin1_code"])
        self._drawn_for = drawn_for(provinces)
        self._answers = Answers(province_indexes(provinces), min_score)

    def read(self, names: pd.Series, field: str, within: pd.Series | None = None) -> pd.DataFrame:
        """Return what each name stands for; only codes of the provinces count.

        Parameters
        ----------
        names : Series of text, shape (n,)
        field : str
            What they name: admin1, place or admin2.
        within : Series of text, shape (n,), optional
            Names of the provinces that hold the places.
        """
        rows = self._look_up(names, field, within, self._days)
        unknown = self._is_unknown(rows)
        if unknown.any():
            # An ended province, named without a date, among provinces of today only: take today's.
            rows = rows.where(~unknown, self._look_up(names, field, within, self._days.fillna(LAST_DAY)))
            unknown = self._is_unknown(rows)
        if field == "admin1":
            self._add_namesakes(rows, names)
        rows["undrawn"] = rows["admin1_code"].where(unknown & rows["admin1_code"].isin(list(self._drawn_for)))
        for row in np.flatnonzero(unknown):
            self._replace_undrawn(rows, rows.index[int(row)])
        return rows

    def _add_namesakes(self, rows: pd.DataFrame, names: pd.Series) -> None:
        """Add, in place, the other provinces that a name may mean to the candidates of the one found."""
        for row in np.flatnonzero(rows["admin1_code"].notna() & rows["match"].isin(SURE)):
            code = str(rows.at[row, "admin1_code"])
            if code in (both := self._answers.namesakes(names.iloc[row], code[:2])):
                rows.at[row, "candidates"] = cast("Any", both)

    def _replace_undrawn(self, rows: pd.DataFrame, row: Any) -> None:
        """Replace, in place, a unit that is not drawn by the one that holds it; several are an ambiguous answer."""
        holders = self._drawn_for.get(str(rows.at[row, "admin1_code"]), [])
        rows.at[row, "admin1_code"] = holders[0] if len(holders) == 1 else pd.NA
        if len(holders) != 1:
            rows.at[row, "match"] = str(Match.AMBIGUOUS if holders else Match.NONE)
            rows.at[row, "candidates"] = cast("Any", holders)

    def _look_up(self, names: pd.Series, field: str, within: pd.Series | None, days: pd.Series) -> pd.DataFrame:
        hint = [None] * len(names) if within is None else within
        known = [None if pd.isna(day) else day for day in days]
        return place_rows(self._answers, names, self._country, hint, known, field)

    def _is_unknown(self, rows: pd.DataFrame) -> "pd.Series[bool]":
        return rows["admin1_code"].notna() & ~rows["admin1_code"].isin(self._known)
