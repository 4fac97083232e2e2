"""What stands round the map: the interface that scripts build, and the plain page for readers without scripts."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from branca.element import Element, MacroElement
from geopandas import GeoDataFrame
from pandas import DataFrame

from geo import __version__, assets
from geo.describe import period_words
from geo.errors import UsageError
from geo.escape import http_url, script_json, text
from geo.export import Verbatim
from geo.layers import Records, assets_into, figure_of
from geo.model import Kind
from geo.summarise import Years, select_years

#: CSS pixels that the title card or the legend chip covers above, and the credits below.
FIRST_VIEW = {"animate": False, "paddingTopLeft": [16, 84], "paddingBottomRight": [16, 28]}
#: Rows of the table for readers without scripts; the rest is counted.
PLAIN_ROWS = 200
#: Where Leaflet puts controls.
CORNERS = ("topleft", "topright", "bottomleft", "bottomright")


class Page(MacroElement):
    """Title card, time bar, layer panel, list and the page's API, round the map that it is added to.

    Parameters
    ----------
    records : Records
        What the page shows.
    map_name : str
        The map's ``get_name()``: its variable in the page.
    bounds : sequence
        ``((south, west), (north, east))`` of the first view, in degrees.
    options : mapping
        As docs/design.md lists them; only values that JSON has.
    """

    def __init__(
        self, records: Records, map_name: str, bounds: Sequence[Sequence[float]], options: Mapping[str, Any]
    ) -> None:
        super().__init__()
        self._name = "page"
        self.records, self.map_name, self.bounds, self.options = records, map_name, bounds, options

    def render(self, **kwargs: Any) -> Any:
        """Put the options, and the script that builds the interface, into the figure that holds the map."""
        figure = figure_of(self)
        assets_into(figure, assets.PAGE_SCRIPTS)
        model = self.records.render_into(figure)
        block = f'<script type="application/json" id="geo-options">{script_json(self.options)}</script>'
        figure.html.add_child(Verbatim(block), name=self.get_name())
        shown = {name: self.options[name] for name in ("years", "metric", "layers")}
        start = [
            f"{model}.set({script_json(shown)});",
            f'geo.page({self.map_name}, {model}, JSON.parse(document.getElementById("geo-options").textContent));',
            # Only now is the map as large as the interface leaves it. An animation would delay the first paint.
            f"{self.map_name}.fitBounds({script_json(self.bounds)}, {script_json(FIRST_VIEW)});",
        ]
        figure.script.add_child(Verbatim("\n".join(start)), name=self.get_name())
        super().render(**kwargs)


class _Control(MacroElement):
    """A part of the page on any ``folium.Map``, in a box in one of its corners; use its children.

    Parameters
    ----------
    records : Records
        Those that the map's layers draw: ``geo.layers.Records``, made once and given to layers and controls alike.
    position : {"topleft", "topright", "bottomleft", "bottomright"}
    language : str or path, default "en"
        As for ``geo.build_map``; all controls of a map speak that of the first.
    theme : {"light", "dark"}, optional
        As the reader's system has it without.

    Raises
    ------
    UsageError
        If an argument is not one of those allowed.
    """

    control: ClassVar[str]
    corner: ClassVar[str]

    def __init__(
        self,
        records: Records,
        *,
        position: str | None = None,
        language: str | Path = "en",
        theme: str | None = None,
    ) -> None:
        super().__init__()
        self._name = self.control
        if not isinstance(records, Records):
            raise UsageError(
                f"records is of type {type(records).__name__}: give the geo.layers.Records that the map's layers have"
            )
        position = position or self.corner
        if position not in CORNERS:
            raise UsageError(f"position = {position!r}: not one of {', '.join(CORNERS)}")
        if theme not in (None, "light", "dark"):
            raise UsageError(f"theme = {theme!r}: not one of light, dark")
        self.records = records
        self.options: dict[str, Any] = {"position": position, "theme": theme}
        self.strings = assets.interface_text(language)

    def render(self, **kwargs: Any) -> Any:
        """Put scripts, data and the control itself into the figure that holds the map."""
        figure = figure_of(self)
        assets_into(figure, assets.PAGE_SCRIPTS)
        model = self.records.render_into(figure)
        if "geo_words" not in figure.script._children:
            figure.script.add_child(Verbatim(f"geo.i18n.load({script_json(self.strings)});"), name="geo_words")
        parent: Any = self._parent  # what figure_of has found to be on a map
        start = f'geo.onMap({parent.get_name()}, {model}, "{self.control}", {script_json(self.options)});'
        figure.script.add_child(Verbatim(start), name=self.get_name())
        super().render(**kwargs)


class YearControl(_Control):
    """One bar a year with two handles, keyboard and play: what every layer of the same records follows."""

    control = "years"
    corner = "bottomleft"


class Legend(_Control):
    """Each layer's symbols and classes, with counts of what is shown, its switch, and the choice of the metric."""

    control = "legend"
    corner = "topright"


class IncidentPanel(_Control):
    """The records as a table, sortable and searchable, behind a button; a row opens its record on the map.

    Parameters
    ----------
    records, position, language, theme
        As for `YearControl`.
    sources : DataFrame, optional
        As ``geo.read_sources`` returns it; without it sources are named by their keys.
    """

    control = "list"
    corner = "topleft"

    def __init__(self, records: Records, *, sources: DataFrame | None = None, **others: Any) -> None:
        super().__init__(records, **others)
        self.options["about"] = {"sources": source_lines(records.located, sources)}


def plain_page(located: GeoDataFrame, years: Years | None, title: str, sources: Sequence[Mapping[str, Any]]) -> Element:
    """Return title, period, table and sources as plain HTML, for readers without scripts.

    Parameters
    ----------
    located : GeoDataFrame, shape (n,)
        All records; those of the period are shown, the newest first and at most ``PLAIN_ROWS``.
    years : (first, last) or None
    title : str
    sources : sequence of mapping
        ``source, title, publisher, published, url``.
    """
    shown = select_years(located, years)
    marks = np.flatnonzero((shown["kind"] != Kind.STATISTIC).to_numpy(bool))
    dates = pd.Series(shown["date_start"].array[marks], index=marks)
    newest = shown.iloc[dates.sort_values(ascending=False, kind="stable").index[:PLAIN_ROWS]]
    head = "".join(f"<th>{name}</th>" for name in ("Date", "Place", "Type", "What", "Deaths", "Sources"))
    rows = "".join(_row(record) for record in newest.to_dict("records"))
    rest = len(marks) - len(newest)
    more = f"<p>{rest} more are in the interactive map.</p>" if rest > 0 else ""
    cited = "".join(f"<li>{_source(source)}</li>" for source in sources)
    return Verbatim(
        f"<noscript>\n<h1>{text(title)}</h1>\n<p>Period: {period_words(years)}. The interactive map needs JavaScript; "
        f"this table lists {len(newest)} of {len(marks)} records.</p>\n"
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>\n{more}<h2>Sources</h2><ul>{cited}</ul>\n</noscript>"
    )


def about_map(
    records: Records, sources: Sequence[Mapping[str, Any]], title: str, own: Mapping[str, str]
) -> dict[str, Any]:
    """Return what the "About this map" panel says.

    Parameters
    ----------
    records : Records
    sources : sequence of mapping
        As `source_lines` returns them.
    title : str
        For the citation.
    own : mapping of str to str
        Words to use in place of ours for ``attribution``, ``boundaries``, ``limits`` or ``citation``.

    Raises
    ------
    UsageError
        If ``own`` has another key.
    """
    digest = hashlib.sha256(records.payload.data + records.payload.text).hexdigest()[:12]
    n = len(records.located)
    words = {
        "attribution": "Provinces: Natural Earth. Map: Leaflet.",
        "boundaries": "Boundaries are approximate and imply no opinion.",
        "limits": (
            f"The map shows what {_count(len(sources), 'source')} reported, in {_count(n, 'record')}. Where none of "
            "them mentions an area, nothing is known about it from here; that is not the same as calm."
        ),
        "citation": f"{title}. {_count(n, 'record')} from {_count(len(sources), 'source')}. "
        f"geo {__version__}, page data {digest}.",
    }
    if unknown := sorted(set(own) - set(words)):
        raise UsageError(f"about = {', '.join(unknown)}: there are {', '.join(words)}")
    scripts = [asdict(part) for part in assets.third_party()]
    dates = [source["published"] for source in sources if source.get("published")]
    return {**words, **own, "data_date": max(dates, default=None), "sources": list(sources), "scripts": scripts}


def source_lines(located: GeoDataFrame, sources: DataFrame | None) -> list[dict[str, Any]]:
    """Return every source that a record cites, with how many records cite it, in order of its key.

    Parameters
    ----------
    located : GeoDataFrame, shape (n,)
    sources : DataFrame or None
        As ``geo.read_sources`` returns it; a key that it lacks keeps its own name as title.
    """
    keys = (cited.get("source") for record in located["sources"] for cited in _distinct(record))
    counts = pd.Series(list(keys), dtype="object").value_counts()
    known = {} if sources is None else {row["source"]: row for row in sources.to_dict("records")}
    lines = []
    for key in sorted(counts.index, key=str):
        row = known.get(key, {})
        line = {name: _known(row.get(name)) for name in ("title", "author", "publisher", "published")}
        lines.append({"source": key, **line, "url": http_url(_known(row.get("url"))), "count": int(counts[key])})
    return lines


def _count(n: int, word: str) -> str:
    return f"{n:,} {word}" if n == 1 else f"{n:,} {word}s"


def _distinct(cited: Any) -> list[dict[str, Any]]:
    return list({source["source"]: source for source in cited if "source" in source}.values())


def _row(record: Mapping[Any, Any]) -> str:
    dates = [date for date in (_known(record["date_start"]), _known(record["date_end"])) if date]
    place = [_known(record["place"]), _known(record["admin1_name"]), _known(record["country_code"])]
    deaths = [_known(record[f"fatalities_{bound}"]) for bound in ("low", "best", "high")]
    cells = (
        " \u2013 ".join(dict.fromkeys(dates)) or "undated",
        ", ".join(dict.fromkeys(part for part in place if part)) or "not placed",
        _known(record["event_type"]) or record["kind"],
        _known(record["title"]),
        "\u2013".join(str(figure) for figure in dict.fromkeys(deaths) if figure is not None) or "not known",
        ", ".join(str(source["source"]) for source in _distinct(record["sources"])),
    )
    return "<tr>" + "".join(f"<td>{text(cell)}</td>" for cell in cells) + "</tr>\n"


def _source(source: Mapping[str, Any]) -> str:
    words = ", ".join(str(source[name]) for name in ("title", "publisher", "published") if source.get(name))
    named = text(words or source["source"])
    return f'<a href="{text(source["url"])}" rel="noopener">{named}</a>' if source.get("url") else named


def _known(value: Any) -> Any:
    return None if value is None or value is pd.NA or value != value else value
