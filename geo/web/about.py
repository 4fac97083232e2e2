"""Text about a page's data: the "About this map" panel, and the plain page for readers without JavaScript."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import pandas as pd
from branca.element import Element
from pandas import DataFrame

from geo import __version__
from geo.admin.countries import drawn_notes
from geo.errors import UsageError
from geo.stats.dataset import Dataset, cited_keys
from geo.stats.describe import period_words
from geo.stats.periods import Years
from geo.web import assets
from geo.web.document import Verbatim
from geo.web.escape import http_url, text
from geo.web.layers import Records

#: Most rows in the table for readers without JavaScript; the others are counted.
PLAIN_ROWS = 200


def plain_page(
    dataset: Dataset, years: Years | None, title: str, caption: str, sources: Sequence[Mapping[str, Any]]
) -> Element:
    """Return title, period, table and sources as plain HTML, for readers without JavaScript.

    Parameters
    ----------
    dataset : Dataset
        The newest records of the period are listed, at most ``PLAIN_ROWS``.
    years : (first, last) or None
    title : str
    caption : str
        Counts of the period as text, shown if some incidents are binned.
    sources : sequence of mapping
        ``source, title, publisher, published, url``.
    """
    newest, of = dataset.during(years).newest(PLAIN_ROWS)
    head = "".join(f"<th>{name}</th>" for name in ("Date", "Place", "Type", "What", "Deaths", "Sources"))
    names = {source["source"]: source.get("title") or source["source"] for source in sources}
    rows = "".join(_row(record, names) for record in newest.to_dict("records"))
    rest = of - len(newest)
    more = f"<p>{rest} more are in the interactive map.</p>" if rest > 0 else ""
    if dataset.rest:
        more += f"<p>{text(dataset.rest.note)}. The table lists those with a mark alone.</p><p>{text(caption)}</p>"
    cited = "".join(f"<li>{_source(source)}</li>" for source in sources)
    return Verbatim(
        f"<noscript>\n<h1>{text(title)}</h1>\n<p>Period: {period_words(years)}. The interactive map needs JavaScript; "
        f"this table lists {len(newest)} of {of} records.</p>\n"
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>\n{more}<h2>Sources</h2><ul>{cited}</ul>\n</noscript>"
    )


def about_map(
    records: Records, sources: Sequence[Mapping[str, Any]], title: str, own: Mapping[str, str]
) -> dict[str, Any]:
    """Return the content of the "About this map" panel.

    Parameters
    ----------
    records : Records
    sources : sequence of mapping
        As `source_lines` returns them.
    title : str
        For the citation.
    own : mapping of str to str
        Text that replaces the default ``attribution``, ``boundaries``, ``limits`` or ``citation``.

    Raises
    ------
    UsageError
        If ``own`` has another key.
    """
    rest, n = records.rest, records.dataset.size
    brief = drawn_notes(records.dataset.provinces, brief=True)
    words: dict[str, Any] = {
        "attribution": "Provinces and base map: Natural Earth. Towns: GeoNames, CC BY 4.0. Map: Leaflet.",
        "boundaries": " ".join(["Boundaries are approximate and imply no opinion.", *brief]),
        "limits": (
            f"The map shows what {_count(len(sources), 'source')} reported, in {_count(n, 'record')}. Where none of "
            "them mentions an area, nothing is known about it from here; that is not the same as calm."
        ),
        "citation": f"{title}. {_count(n, 'record')} from {_count(len(sources), 'source')}. "
        f"geo {__version__}, page data {records.payload.digest[:12]}.",
    }
    if unknown := sorted(set(own) - set(words)):
        raise UsageError(f"about = {', '.join(unknown)}: unknown; give any of {', '.join(words)}")
    scripts = [asdict(part) for part in assets.third_party()]
    words |= own
    limits = drawn_notes(records.dataset.provinces)
    if rest:
        limits.insert(0, f"{rest.note}. Sources, and the records that cite them, are those of records with a mark.")
    if limits:
        words["limits"] = [*limits, words["limits"]]
    last = records.dataset.last_record
    return {
        **words,
        "last_record": last,
        "digest": records.payload.digest,
        "sources": list(sources),
        "scripts": scripts,
    }


def source_lines(dataset: Dataset, sources: DataFrame | None) -> list[dict[str, Any]]:
    """Return every cited source with the number of records that cite it, sorted by key.

    Parameters
    ----------
    dataset : Dataset
    sources : DataFrame or None
        As ``geo.read_sources`` returns it; a source that it does not list has no title.
    """
    counts = dataset.citations
    known = {} if sources is None else {row["source"]: row for row in sources.to_dict("records")}
    lines = []
    for key in sorted(counts, key=str):
        row = known.get(key, {})
        line = {name: _known(row.get(name)) for name in ("title", "author", "publisher", "published")}
        lines.append({"source": key, **line, "url": http_url(_known(row.get("url"))), "count": counts[key]})
    return lines


def _count(n: int, word: str) -> str:
    return f"{n:,} {word}" if n == 1 else f"{n:,} {word}s"


def _row(record: Mapping[Any, Any], names: Mapping[Any, str]) -> str:
    dates = [date for date in (_known(record["date_start"]), _known(record["date_end"])) if date]
    place = [_known(record["place"]), _known(record["admin1_name"]), _known(record["country_code"])]
    deaths = [_known(record[f"fatalities_{bound}"]) for bound in ("low", "best", "high")]
    cells = (
        " \u2013 ".join(dict.fromkeys(dates)) or "undated",
        ", ".join(dict.fromkeys(part for part in place if part)) or "not placed",
        _known(record["event_type"]) or record["kind"],
        _known(record["title"]),
        "\u2013".join(str(figure) for figure in dict.fromkeys(deaths) if figure is not None) or "not known",
        ", ".join(dict.fromkeys(str(names.get(key, key)) for key in cited_keys(record["sources"]))),
    )
    return "<tr>" + "".join(f"<td>{text(cell)}</td>" for cell in cells) + "</tr>\n"


def _source(source: Mapping[str, Any]) -> str:
    words = ", ".join(str(source[name]) for name in ("title", "publisher", "published") if source.get(name))
    named = text(words or source["source"])
    return f'<a href="{text(source["url"])}" rel="noopener">{named}</a>' if source.get("url") else named


def _known(value: Any) -> Any:
    return None if value is None or value is pd.NA or value != value else value
