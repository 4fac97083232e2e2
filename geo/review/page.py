"""The review page: one HTML file that needs no network, with the articles, the candidates and what they may repeat."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib import resources
from typing import Any

from geopandas import GeoDataFrame

from geo import __version__
from geo.admin.provinces import read_provinces
from geo.admin.world import available_countries
from geo.columns import is_true
from geo.importing.write_records import features as as_features
from geo.model import ALLOWED, COLUMNS
from geo.review.candidates import Candidates, digest, record_of
from geo.review.likely import likely_pairs
from geo.review.outline import STEPS, outlines
from geo.review.place_names import named_places
from geo.style import EVENT_STYLES
from geo.web.assets import own_js, review_css
from geo.web.document import policy
from geo.web.escape import script_json, text

#: The script bundle of the page, in ``static/bundle``.
SCRIPTS = "review.js"
#: What the page says of an article.
_ABOUT = ("id", "sha256", "title", "author", "publisher", "published", "url", "language", "text", "paragraphs")
#: What it says of a candidate, besides the record.
_REASONS = ("evidence", "rivals", "blank", "confidence")


def review_page(candidates: Candidates, records: GeoDataFrame | None = None, *, title: str | None = None) -> str:
    """Return the page on which a reader reviews candidates.

    Parameters
    ----------
    candidates : Candidates
    records : GeoDataFrame, optional
        Records that exist already, as ``geo.read_incidents`` returns them; candidates that may repeat one are shown
        beside it.
    title : str, optional
        Title of the page.

    Returns
    -------
    str
        HTML, the same for the same input.
    """
    return html_page(page_data(candidates, records), title or f"Review of {candidates.path.name}")


def page_data(candidates: Candidates, records: GeoDataFrame | None = None) -> dict[str, Any]:
    """Return what the page knows, as JSON."""
    rows = [_candidate(feature) for feature in candidates.features.values()]
    own = [{"id": row["id"], **row["values"]} for row in rows]
    others = {} if records is None else _plain(records)
    pairs = likely_pairs(own, [{"id": name, **values} for name, values in others.items()])
    paired = {pair.b for pair in pairs} & others.keys()
    countries = _countries(own) or _countries(others.values())
    return {
        "mode": "candidates",
        "version": __version__,
        "file": candidates.path.name,
        "key": hashlib.sha256("".join(row["digest"] for row in rows).encode()).hexdigest(),
        "words": words_of_columns(),
        "articles": [{name: article.get(name) for name in _ABOUT} for article in candidates.articles.values()],
        "candidates": rows,
        "records": {name: others[name] for name in sorted(paired)},
        "pairs": [pair.__dict__ for pair in pairs],
        "places": named_places((article["text"] for article in candidates.articles.values()), countries),
        "map": map_data(countries),
    }


def map_data(countries: Sequence[str]) -> dict[str, Any]:
    """Return the outlines of the provinces of some countries, or of those that are drawn by default."""
    known = set(available_countries())
    wanted = [country for country in countries if country in known]
    return {"steps": STEPS, "areas": outlines(read_provinces(countries=wanted or None))}


def html_page(data: dict[str, Any], title: str) -> str:
    """Return a page of the review scripts with its data; the policy allows what it contains and nothing else."""
    body = (
        f"<style>\n{review_css()}</style>\n</head>\n<body>\n"
        '<div id="geo-review-page"><p class="geo-wait">This page needs JavaScript. It is one file and asks no other '
        "computer for anything.</p></div>\n"
        f'<script type="application/json" id="geo-review-text">{script_json(_texts())}</script>\n'
        f'<script type="application/json" id="geo-review-data">{script_json(data)}</script>\n'
        f"<script>\n{own_js(SCRIPTS)}</script>\n</body>\n</html>\n"
    )
    meta = "; ".join(" ".join((directive, *allowed)) for directive, allowed in policy(body).items())
    return (
        '<!DOCTYPE html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{meta}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{text(title)}</title>\n"
        f'<link rel="icon" href="data:,">\n{body}'
    )


def _texts() -> Any:
    return json.loads((resources.files("geo") / "static" / "review" / "en.json").read_text(encoding="utf-8"))


def _candidate(feature: dict[str, Any]) -> dict[str, Any]:
    own = feature["properties"]
    shape = feature.get("geometry")
    values = record_of(feature)
    values.pop("id")
    return {
        "id": own["id"],
        "digest": digest(feature),
        "article": own["article"],
        "paragraph": own.get("paragraph"),
        "sentence": own["sentence"],
        "point": shape["coordinates"][:2] if shape else None,
        "values": values,
        **{name: own.get(name) or {} for name in _REASONS},
    }


def _plain(records: GeoDataFrame) -> dict[str, dict[str, Any]]:
    """Return the properties of records without nulls, by id."""
    named = records[is_true(records["id"].notna())]
    known = named[[name for name in named.columns if name in COLUMNS or name == named.geometry.name]]
    found = {}
    for feature in as_features(known):
        values = feature["properties"]
        found[values.pop("id")] = values | {"point": (feature["geometry"] or {}).get("coordinates")}
    return found


def _countries(rows: Iterable[dict[str, Any]]) -> list[str]:
    """Return the countries of records, the most frequent first."""
    counts = Counter(str(row["country_code"]) for row in rows if row.get("country_code"))
    return [country for country, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]


def words_of_columns() -> dict[str, list[str]]:
    """Return the words that each column may have."""
    words = {name: [str(word) for word in allowed] for name, allowed in ALLOWED.items()}
    return words | {"event_type": list(EVENT_STYLES)}
