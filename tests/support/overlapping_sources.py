"""Invented events of one war, and how three sources with the habits of ACLED, UCDP GED and GTD tell of them.

The true pairs are known. The sources differ as real ones do: which events they hold, by a day or two, by the nearest
known place or a whole province, by a week or a month, by the toll, by the spelling of parties and places; one tells
several events as a series, one does not know who did it. Most events are near misses of others: the same parties fight
in the same town a few days later. Nothing of it happened.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.admin.provinces import read_provinces
from geo.readers.frame import incident_frame

SOURCES = ("acled", "ucdp", "gtd")
_START = date(2014, 1, 1)
_SYLLABLES = ("ba", "dam", "gwo", "ka", "mai", "du", "ri", "za", "ngo", "ku", "ta", "bir", "nin", "sha", "la", "mo")
#: Parties as the three sources spell them; the second list are those they fight.
_GROUPS = (
    (
        "Boko Haram - Jamatu Ahli is-Sunnah lid-Dawatai wal-Jihad", "Jama'atu Ahlis Sunna Lidda'awati wal-Jihad",
        "Boko Haram",
    ),
    ("Islamic State West Africa Province (ISWAP)", "IS", "Islamic State West Africa Province"),
    ("Fulani Ethnic Militia (Nigeria)", "Fulani", "Fulani extremists"),
    ("Berom Communal Militia (Nigeria)", "Berom", "Berom militants"),
    (
        "MEND: Movement for the Emancipation of the Niger Delta", "MEND",
        "Movement for the Emancipation of the Niger Delta (MEND)",
    ),
)  # fmt: skip
_STATE = ("Military Forces of Nigeria (2010-2015)", "Government of Nigeria", "Military")
_CIVILIANS = ("Civilians (Nigeria)", "Civilians", "Private Citizens & Property")
#: What happens: type and sub-type in each source (UCDP's and GTD's types as geo imports them).
_KINDS = {
    "clash": (("Battles", "Armed clash"), ("Battles", "State-based conflict"), ("Battles", "Armed Assault")),
    "air": (("Explosions/Remote violence", "Air/drone strike"), ("Battles", "State-based conflict"), None),
    "bomb": (
        ("Explosions/Remote violence", "Remote explosive/landmine/IED"),
        ("Violence against civilians", "One-sided violence"), ("Explosions/Remote violence", "Bombing/Explosion"),
    ),
    "attack": (
        ("Violence against civilians", "Attack"), ("Violence against civilians", "One-sided violence"),
        ("Violence against civilians", "Armed Assault"),
    ),
    "kidnapping": (
        ("Violence against civilians", "Abduction/forced disappearance"),
        ("Violence against civilians", "One-sided violence"),
        ("Violence against civilians", "Hostage Taking (Kidnapping)"),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Overlap:
    """Frames of three sources, and the pairs of ids that tell of one event (or of a series and one of its events)."""

    frames: dict[str, gpd.GeoDataFrame]
    true: set[frozenset[str]]

    def truth(self, *sources: str) -> set[frozenset[str]]:
        """Return the true pairs between some of the sources."""
        return {pair for pair in self.true if {one.partition("-")[0] for one in pair} <= set(sources)}


def overlapping(seed: int, events: int = 1500, days: int = 730, towns: int = 240, overlap: float = 0.6) -> Overlap:
    """Return what three sources tell of a war.

    Parameters
    ----------
    seed : int
    events : int
        True events.
    days, towns : int
        Over which they are spread, a few towns having most.
    overlap : float
        Share of the events that each source holds, of those that it could.
    """
    return _War(np.random.default_rng(seed), days, towns).told(events, overlap)


@cache
def _provinces() -> tuple[list[str], dict[str, Any]]:
    """Return ten states of Nigeria and their polygons, within which the invented towns lie."""
    frame = read_provinces(countries=["NG"])
    codes = [f"NG-{word}" for word in ("BO", "YO", "AD", "KD", "PL", "BE", "NA", "TA", "ZA", "KT")]
    return codes, {code: frame.geometry[code].buffer(-0.02) for code in codes}


def _inside(shape: Any, random: np.random.Generator) -> tuple[float, float]:
    west, south, east, north = shape.bounds
    while True:
        lon, lat = random.uniform(west, east), random.uniform(south, north)
        if shapely.contains_xy(shape, lon, lat):
            return round(float(lon), 4), round(float(lat), 4)


class _War:
    def __init__(self, random: np.random.Generator, days: int, towns: int) -> None:
        self.random, self.days = random, days
        codes, shapes = _provinces()
        self.province = [codes[n % len(codes)] for n in range(towns)]
        self.at = [_inside(shapes[code], random) for code in self.province]
        points = {code: shape.representative_point() for code, shape in shapes.items()}
        self.centre = {code: (point.x, point.y) for code, point in points.items()}
        self.name = ["".join(random.choice(_SYLLABLES, random.integers(2, 4))).title() for _ in range(towns)]
        weight = 1 / np.arange(1, towns + 1) ** 0.8
        self.weight = random.permutation(weight / weight.sum())
        #: Where each group is: most of its events are in two provinces.
        self.home = [random.choice(codes, 3, replace=False) for _ in _GROUPS]

    def told(self, events: int, overlap: float) -> Overlap:
        rows: dict[str, list[dict[str, Any]]] = {source: [] for source in SOURCES}
        true: set[frozenset[str]] = set()
        happened = [self.event() for _ in range(events)]
        series = self.series(happened)
        for number, event in enumerate(happened):
            ids = []
            for column, source in enumerate(SOURCES):
                if not self.holds(event, source, overlap):
                    continue
                one = f"{source}-{number}"
                if source == "ucdp" and number in series:
                    one = f"ucdp-series-{series[number]}"
                else:
                    rows[source].append({"id": one, **self.record(event, column)})
                ids.append(one)
            true |= {frozenset((one, other)) for one in ids for other in ids if one < other}
        rows["ucdp"] += self.series_records(happened, series, true)
        return Overlap({source: _frame(rows[source]) for source in SOURCES}, true)

    def event(self) -> dict[str, Any]:
        random = self.random
        group = int(random.integers(len(_GROUPS)))
        weight = self.weight * [5.0 if code in self.home[group] else 0.2 for code in self.province]
        town = int(random.choice(len(weight), p=weight / weight.sum()))
        kind = str(random.choice(["clash", "air", "bomb", "attack", "kidnapping"], p=[0.35, 0.1, 0.2, 0.25, 0.1]))
        victim = _STATE if kind in ("clash", "air") else _CIVILIANS
        deaths = int(random.choice([0, 1, 2, 3], p=[0.3, 0.3, 0.2, 0.2])) if random.random() < 0.65 else int(
            min(3 + random.pareto(1.1) * 3, 400)
        )  # fmt: skip
        return {
            "town": town, "day": int(random.integers(self.days)), "group": group, "kind": kind, "victim": victim,
            "deaths": deaths,
        }  # fmt: skip

    def holds(self, event: dict[str, Any], source: str, overlap: float) -> bool:
        if source == "ucdp" and not event["deaths"]:
            return False
        if source == "gtd" and event["kind"] == "air":
            return False
        # All know of what is deadly.
        return bool(self.random.random() < min(overlap + 0.03 * event["deaths"], 0.97))

    def series(self, happened: list[dict[str, Any]]) -> dict[int, int]:
        """Return, for the events that UCDP tells as series, the number of the series: some of one town in a week."""
        found: dict[int, int] = {}
        by_place: dict[tuple[int, int, int], list[int]] = {}
        for number, event in enumerate(happened):
            if event["deaths"]:
                by_place.setdefault((event["town"], event["group"], event["day"] // 7), []).append(number)
        for n, members in enumerate(numbers for numbers in by_place.values() if len(numbers) > 1):
            if self.random.random() < 0.3:
                found |= dict.fromkeys(members, n)
        return found

    def series_records(
        self, happened: list[dict[str, Any]], series: dict[int, int], true: set[frozenset[str]]
    ) -> list[dict[str, Any]]:
        named = {one for pair in true for one in pair}
        rows = []
        for n in sorted(set(series.values())):
            if f"ucdp-series-{n}" not in named:
                continue
            members = [happened[number] for number, own in series.items() if own == n]
            days = [event["day"] for event in members]
            record = self.record({**members[0], "deaths": sum(event["deaths"] for event in members)}, 1, plain=True)
            dates = {"date_start": _iso(min(days)), "date_end": _iso(max(days)), "date_precision": "range"}
            rows.append({"id": f"ucdp-series-{n}", **record, **dates, "clarity": "series", "date_kind": "throughout"})
        return rows

    def record(self, event: dict[str, Any], column: int, *, plain: bool = False) -> dict[str, Any]:
        kind = _KINDS[event["kind"]][column]
        assert kind is not None
        return {
            "kind": "incident", "status": "stated", "event_type": kind[0], "sub_event_type": kind[1],
            "country_code": "NG",
            **self.dates(event, column), **self.place(event, column, plain), **self.parties(event, column),
            **self.deaths(event, column),
        }  # fmt: skip

    def dates(self, event: dict[str, Any], column: int) -> dict[str, Any]:
        random = self.random
        day = event["day"]
        if column:
            day += int(random.choice([0, 1, -1, 2, -2, 3], p=[0.78, 0.1, 0.05, 0.04, 0.02, 0.01]))
        if column == 1 and random.random() < 0.08:
            length = int(random.choice([3, 7, 30]))
            first = day - int(random.integers(length))
            dates = {"date_start": _iso(first), "date_end": _iso(first + length - 1)}
            return dates | {"date_precision": "range", "date_kind": "within"}
        return {"date_start": _iso(day), "date_end": _iso(day), "date_precision": "day", "date_kind": "at"}

    def place(self, event: dict[str, Any], column: int, plain: bool) -> dict[str, Any]:
        random, town = self.random, event["town"]
        shares = ((0.85, 0.12, 0.03, 0), (0.65, 0.23, 0.1, 0.02), (0.75, 0.15, 0.09, 0.01))[column]
        level = 0 if plain else int(random.choice(4, p=shares))
        if level >= 2:
            precision = ("province", "country")[level - 2]
            code = self.province[town] if level == 2 else None
            return {"geo_precision": precision, "admin1_code": code, "at": self.centre.get(code or "")}
        if level:  # the nearest known place
            town = self.near(town)
        elif random.random() < 0.08:  # a quarter of its own, or another gazetteer
            east, north = random.normal(0, 0.02, 2)
            at = (self.at[town][0] + east, self.at[town][1] + north)
            return self.named(town, column) | {"geo_precision": "city", "at": at}
        return self.named(town, column) | {"geo_precision": ("city", "district")[level], "at": self.at[town]}

    def near(self, town: int) -> int:
        own = [n for n in range(len(self.at)) if self.province[n] == self.province[town] and n != town]
        far = [np.hypot(self.at[n][0] - self.at[town][0], self.at[n][1] - self.at[town][1]) for n in own]
        return own[int(np.argmin(far))]

    def named(self, town: int, column: int) -> dict[str, Any]:
        name = self.name[town]
        if column:  # another romanisation
            name = name.replace("k", "q") if column == 1 else name.replace("sh", "ch")
        return {"place": name, "admin1_code": self.province[town]}

    def parties(self, event: dict[str, Any], column: int) -> dict[str, Any]:
        group, victim = _GROUPS[event["group"]][column], event["victim"][column]
        if self.random.random() < (0.15, 0.02, 0.35)[column]:
            group = ("Unidentified Armed Group (Nigeria)", "Unknown", None)[column]
        if column == 2:
            return {"actor1": group, "actor2": "Patrol" if event["victim"] is _STATE else "Village",
                    "targtype1_txt": victim}  # fmt: skip
        own, other = (victim, group) if event["victim"] is _STATE and column else (group, victim)
        return {"actor1": own, "actor2": other}

    def deaths(self, event: dict[str, Any], column: int) -> dict[str, Any]:
        random, true = self.random, event["deaths"]
        noise = random.random()
        told = true
        if noise > 0.55:
            told = max(0, round(true * random.uniform(0.8, 1.25) + random.choice([-1, 0, 1])))
        if noise > 0.85:
            told = round(true * random.uniform(0.4, 2.2))
        if column == 1:
            told = max(told, 1)
            spread = round(told * random.uniform(0, 0.4))
            return {
                "fatalities_low": told - min(spread, told),
                "fatalities_best": told,
                "fatalities_high": told + spread,
            }
        return {"fatalities_best": None if column == 2 and random.random() < 0.05 else told}


def _iso(day: int) -> str:
    return (_START + timedelta(days=day)).isoformat()


def _frame(rows: list[dict[str, Any]]) -> gpd.GeoDataFrame:
    names = dict.fromkeys(name for row in rows for name in row if name != "at")
    points = [row.get("at") for row in rows]
    shapes = np.array([None if at is None else shapely.Point(*at) for at in points] + [None], dtype=object)[:-1]
    columns = {name: [row.get(name) for row in rows] for name in names}
    cited = {"acled": "acled", "ucdp": "ucdp-ged", "gtd": "gtd"}
    columns["sources"] = [[{"source": cited[row["id"].partition("-")[0]], "paragraph": None}] for row in rows]
    columns["title"] = [f"{row['event_type']}, {row.get('place') or row['country_code']}" for row in rows]
    return incident_frame(columns, shapes, path="invented")


def measured(found: set[frozenset[str]], true: set[frozenset[str]]) -> tuple[float, float]:
    """Return precision and recall of pairs."""
    hits = len(found & true)
    return hits / max(len(found), 1), hits / max(len(true), 1)


def same_pairs(pairs: pd.DataFrame) -> set[frozenset[str]]:
    """Return the pairs of a merge that are the same event."""
    chosen = pairs[pairs["band"] == "same"]
    return {frozenset(pair) for pair in zip(chosen["a"], chosen["b"], strict=True)}
