"""``geo.extract``: the candidates of a text as a frame."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.geometry import Point

from geo.errors import DataError
from geo.extraction.actors import Table, actor_table
from geo.extraction.article import make_article
from geo.extraction.candidates import OWN_COLUMNS, Candidate
from geo.extraction.readers import MAX_BYTES
from geo.extraction.run import extract_article
from geo.extraction.scope import codes_of
from geo.model import COLUMNS, CRS, DTYPES


def extract(
    text: str,
    *,
    published: date | str | None = None,
    gazetteer: str | Iterable[str] | None = None,
    actors: Mapping[str, Iterable[str]] | None = None,
) -> gpd.GeoDataFrame:
    """Find what a text tells of incidents, strongholds and totals: candidates for records, for a human to decide on.

    No model is used: the same text gives the same candidates, and each value has the words that say it.

    Parameters
    ----------
    text : str
        An article, or a description of one event, in English.
    published : date or ISO text, optional
        Day of publication, from which dates such as "on Friday" count; without it they stay open.
    gazetteer : str or iterable of str, optional
        Countries whose places are looked for, by ISO 3166-1 code or English name; by default those that the text
        names.
    actors : mapping of str to iterable of str, optional
        Names of groups beside those that come with geo, each with its other names.

    Returns
    -------
    GeoDataFrame, shape (n,)
        One row a candidate, in the order of the text and in EPSG:4326, indexed by id. The columns are those of a
        record (``geo.model.COLUMNS``), then ``article``, ``paragraph``, ``sentence`` (dict of ``start`` and ``end``),
        ``evidence`` (dict of field to ``{start, end, text, rule}``), ``rivals`` (dict of field to list of the same with
        ``value``), ``blank`` (dict of field to the reason why it has no value) and ``confidence`` (dict of field, and
        of ``record``, to 0-1). Offsets count code points: ``text[start:end]`` is the words.

    Raises
    ------
    UsageError
        If ``published`` is no date, or the gazetteer does not cover a country.
    DataError
        If the text is longer than 32 MB.

    Examples
    --------
    >>> found = geo.extract("On 5 March 2021, a bomb killed at least three soldiers in Khost.", gazetteer="AF")
    >>> found["admin1_code"].iloc[0], int(found["fatalities_low"].iloc[0])
    ('AF-KHO', 3)
    """
    if len(text) > MAX_BYTES:
        raise DataError(f"text has {len(text):,} characters; an article has at most {MAX_BYTES:,}: split it")
    article = make_article(text, published=published)
    countries = codes_of(gazetteer) if gazetteer is not None else ()
    found, _ = extract_article(article, countries=countries, actors=named_actors(actors))
    return candidate_frame(found, article.text)


def named_actors(actors: Mapping[str, Iterable[str]] | None) -> Table | None:
    """Return the table of a user's actors and the shipped ones; None for the shipped ones alone."""
    if not actors:
        return None
    return actor_table(
        (name, "militant", [names] if isinstance(names, str) else names) for name, names in actors.items()
    )


def candidate_frame(candidates: list[Candidate], text: str) -> gpd.GeoDataFrame:
    """Return candidates of one text as a frame, indexed by id."""
    rows = [found.properties(text) for found in candidates]
    columns: dict[str, Any] = {
        name: pd.Series([row[name] for row in rows], dtype=DTYPES[name]).array for name in COLUMNS
    }
    for name in OWN_COLUMNS:
        values = np.empty(len(rows), dtype=object)
        values[:] = [row[name] for row in rows]
        columns[name] = values
    frame = pd.DataFrame(columns, index=pd.Index(columns["id"], name=None))
    points = [Point(found.point) if found.point else None for found in candidates]
    return gpd.GeoDataFrame(frame, geometry=points, crs=CRS)
