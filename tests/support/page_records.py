"""Records of the toy country for the tests of the page, few enough to count by hand."""

from typing import Any

import pandas as pd
from shapely import Point

SOURCES = pd.DataFrame(
    {
        "source": ["first", "second"],
        "title": ["The first article", "The second article"],
        "author": ["A. Author", None],
        "publisher": ["First Press", "Second Press"],
        "published": ["2022-01-02", None],
        "url": ["https://example.org/first", None],
        "file": [None, None],
    }
)
FIRST = [{"source": "first", "paragraph": 3}]
SECOND = [{"source": "second", "paragraph": None}]

#: Years 2018 to 2023, of which 2019 and 2022 have no record. North has four incidents, East two; two are not placed,
#: one is undated.
RECORDS: list[dict[str, Any]] = [
    {
        "id": "north-2018", "title": "Ambush on the north road", "admin1_code": "XT-N", "admin1_name": "North",
        "date_start": "2018-05-04", "place": "North road", "actor1": "Red", "actor2": "Blue", "event_type": "Battles",
        "fatalities_low": 3, "fatalities_best": 4, "fatalities_high": 9, "sources": FIRST,
    },
    {
        "id": "north-2020", "title": "Shelling of a village", "admin1_code": "XT-N", "admin1_name": "North",
        "date_start": "2020-02-01", "date_end": "2020-02-29", "date_precision": "month", "place": "ولایت شمال",
        "actor1": "Red", "event_type": "Explosions/Remote violence", "fatalities_low": 10, "fatalities_best": 10,
        "sources": FIRST, "status": "claimed", "claimed_by": "Red", "denied_by": "Blue",
        "conflicts_with": ["north-2020-b"],
        "note": "Both counts are kept.",
    },
    {
        "id": "north-2020-b", "title": "Shelling of a village, as the other side tells it", "admin1_code": "XT-N",
        "admin1_name": "North", "date_start": "2020-02-01", "date_end": "2020-02-29", "date_precision": "month",
        "actor1": "Red", "event_type": "Explosions/Remote violence", "fatalities_high": 2, "sources": SECOND,
        "conflicts_with": ["north-2020"], "same_as": ["north-hold"],
    },
    {
        "id": "north-2021", "title": "Market bombing", "admin1_code": "XT-N", "admin1_name": "North",
        "date_start": "2021-08-26", "place": "North town", "geo_precision": "city", "geometry": Point(62.8, 33.6),
        "actor1": "Green", "event_type": "Explosions/Remote violence", "fatalities_best": 7, "injuries_best": 20,
        "sources": FIRST,
    },
    {
        "id": "east-2021", "title": "Raid over the border", "admin1_code": "XT-E", "admin1_name": "East",
        "date_start": "2021-03-01", "actor1": "Green", "actor2": "Blue", "event_type": "Battles", "cross_border": True,
        "sources": SECOND,
    },
    {
        "id": "east-2020-2021", "title": "A winter of raids", "admin1_code": "XT-E", "admin1_name": "East",
        "date_start": "2020-12-01", "date_end": "2021-02-28", "date_precision": "range", "actor1": "Red",
        "event_type": "Battles", "sources": SECOND,
    },
    {
        "id": "somewhere-2021", "title": "Attack somewhere in the country", "country_code": "XT",
        "geo_precision": "country", "date_start": "2021-06-01", "actor1": "Red",
        "event_type": "Violence against civilians", "sources": FIRST,
    },
    {
        "id": "somewhere-undated", "title": "Attack at an unknown time", "country_code": "XT",
        "geo_precision": "country", "date_start": None, "actor1": "Red", "event_type": "Violence against civilians",
        "sources": SECOND,
    },
    {
        "id": "west-hold", "kind": "stronghold", "title": "Red holds the west", "admin1_code": "XT-W",
        "admin1_name": "West", "date_start": "2018-01-01", "date_end": "2021-12-31", "date_precision": "range",
        "group": "Red",
        "role": "stronghold", "tier": "assessed", "event_type": None, "sources": FIRST,
    },
    {
        "id": "north-hold", "kind": "stronghold", "title": "Green in the north", "admin1_code": "XT-N",
        "admin1_name": "North", "date_start": "2023-01-01", "date_end": "2023-12-31", "date_precision": "year",
        "group": "Green", "role": "presence", "tier": "claimed", "event_type": None, "sources": SECOND,
    },
    {
        "id": "count-2021", "kind": "statistic", "title": "Attacks that year", "admin1_code": "XT-N",
        "admin1_name": "North", "date_start": "2021-01-01", "date_end": "2021-12-31", "date_precision": "year",
        "value": 143.0, "unit": "attacks", "measure": "attacks claimed", "event_type": None, "sources": FIRST,
    },
]  # fmt: skip
