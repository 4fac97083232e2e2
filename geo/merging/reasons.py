"""Why two records are taken for one event, or may be, in words."""

from typing import Any

import numpy as np

from geo.columns import distinct_rows
from geo.merging import figures, score, where
from geo.merging.links import Links

_PLACES = {
    where.SPOT: "same place", where.CLOSE: "places within 12 km", where.NEAR: "places near each other",
    where.FAR: "same province, places up to 80 km apart", where.SAME_PROVINCE: "same province, no more is known of one",
    where.SAME_COUNTRY: "same country, no more is known of one",
}  # fmt: skip
_TYPES = {
    score.TYPE_FITS: "types fit", score.TYPE_PARTLY: "types fit in part", score.TYPE_HARDLY: "types hardly fit",
    score.TYPE_CONTRARY: "types do not fit",
}  # fmt: skip
_PARTIES = {
    score.BOTH: "same parties", score.ONE_SIDE: "one party the same", score.ONE_OF_TWO: "one party the same, one not",
    score.OTHERS: "other parties",
}  # fmt: skip
_DEATHS = {
    figures.SAME: "deaths agree", figures.NEAR: "deaths nearly agree", figures.WITHIN: "deaths differ",
    figures.APART: "deaths differ much",
}  # fmt: skip
_CONFLICTS = {
    figures.NEAR: "deaths differ a little and cannot both be true",
    figures.WITHIN: "deaths differ and cannot both be true",
    figures.APART: "deaths differ much and cannot both be true",
}
#: More rivals than these are told apart no more.
_MANY = 9


def reasons(links: Links) -> list[list[str]]:
    """Return the reasons of each link; links with the same ones share one list."""
    pairs = links.pairs
    columns = [
        np.minimum(pairs.gap, _MANY), pairs.place, pairs.kind, pairs.parties, pairs.deaths,
        np.minimum(links.rivals, _MANY + 1), links.part, links.conflict,
    ]  # fmt: skip
    if not len(links):
        return []
    codes, first = distinct_rows(columns)
    said = [_said(*(int(column[row]) for column in columns)) for row in first]
    return [said[code] for code in codes]


def _said(
    gap: int, place: int, kind: int, parties: int, deaths: int, rivals: int, part: int, conflict: int
) -> list[str]:
    days = "dates fit" if gap == 0 else "one day apart" if gap == 1 else f"{gap} days apart"
    found = [_PLACES[place], days]
    tables = ((_TYPES, kind), (_PARTIES, parties), (_CONFLICTS if conflict else _DEATHS, deaths))
    found += [words[code] for words, code in tables if code in words]
    if part:
        found.append("one is part of the other, which stands for several events")
    elif rivals:
        many = f"more than {_MANY} other records fit" if rivals > _MANY else _others(rivals)
        found.append(f"{many} about as well")
    return found


def _others(rivals: int) -> str:
    return "another record fits" if rivals == 1 else f"{rivals} other records fit"


def known() -> dict[str, dict[Any, str]]:
    """Return the words of each way in which two records fit, for the documentation."""
    return {"place": dict(_PLACES), "type": dict(_TYPES), "parties": dict(_PARTIES), "deaths": dict(_DEATHS)}
