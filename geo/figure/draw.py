"""Draw figures of records, and save them."""

import base64
import os
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from geopandas import GeoDataFrame

from geo.figure.contents import content
from geo.figure.notes import boxes_note, notes
from geo.figure.pen import Pen, find_fonts, plain, shortened
from geo.figure.save import save
from geo.figure.sheet import Sheet, Words
from geo.figure.theme import make_look, sizes_of
from geo.figure.years import YearSheet, panels
from geo.gazetteer.index import country_names
from geo.model import Metric
from geo.payload.basemap_file import read_basemap
from geo.stats.dataset import Dataset
from geo.stats.describe import TITLES, Description, period_words, shown_words
from geo.stats.periods import check_years
from geo.web.escape import text

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class MapFigure:
    """A drawn map with its description.

    Attributes
    ----------
    figure : matplotlib.figure.Figure
        Not registered with pyplot; can be modified like any figure.
    description : Description
        Title, caption, alternative text and long description.
    digest : str
        Fingerprint of the records and provinces, from ``geo.stats.digest``.
    """

    figure: "Figure"
    description: Description
    digest: str

    def save(self, path: str | Path, *, dpi: float = 300) -> None:
        """Write the figure atomically, with title, description, alternative text and digest as metadata.

        Parameters
        ----------
        path : path
            ``.png``, ``.svg`` (text stays text) or ``.pdf`` (fonts embedded).
        dpi : float, default 300
            Dots per inch of a PNG; ignored for the other formats, which are vector graphics.

        Raises
        ------
        UsageError
            If the suffix is not one of these, or ``dpi`` is not between 30 and 2400.
        OutputError
            If the file cannot be written.
        """
        with plain_matplotlib():
            save(self.figure, self.description, self.digest, path, dpi)

    def _repr_png_(self) -> tuple[bytes, dict[str, str]]:
        """Show the figure in a notebook; Jupyter takes the alternative text from the metadata."""
        return self._png(), {"alt": self.description.alt}

    def _repr_html_(self) -> str:
        """Show the figure in a notebook, with its alternative text and what it shows in words."""
        data = base64.b64encode(self._png()).decode("ascii")
        long = "".join(f"<p>{text(part)}</p>" for part in self.description.long.split("\n\n"))
        return (
            f'<figure style="margin: 0"><img src="data:image/png;base64,{data}" alt="{text(self.description.alt)}" '
            f'style="max-width: 100%">\n<details><summary>What the figure shows, in words</summary>{long}</details>'
            "</figure>"
        )

    def _png(self) -> bytes:
        from io import BytesIO

        with plain_matplotlib():
            self.figure.savefig(buffer := BytesIO(), format="png", dpi=150)
        return buffer.getvalue()


def draw_figure(
    located: GeoDataFrame | Dataset,
    provinces: GeoDataFrame | None = None,
    *,
    years: Sequence[int] | None = None,
    metric: str = Metric.INCIDENTS,
    width: str = "column",
    theme: str = "light",
    by_year: bool = False,
    title: str | None = None,
    sources: pd.DataFrame | None = None,
    font: str | None = None,
) -> MapFigure:
    """Draw a map for print or slides, with the counts, classes and colours of the page; needs no browser.

    Parameters
    ----------
    located : GeoDataFrame, shape (n,)
        Records as ``geo.geocode`` returns them, EPSG:4326.
    provinces : GeoDataFrame, shape (m,)
        Provinces of every vintage, EPSG:4326.
    years : (first, last), both included, optional
        Period; all records by default. The map of a period without records states that there are none.
    metric : str, default "incidents"
        A value of ``geo.model.Metric``.
    width : {"column", "two-columns", "slide"}
        85 mm, 175 mm, or 13.33 by 7.5 inches.
    theme : {"light", "grey", "dark"}
        ``grey`` is for print without colour: it uses only shades of grey, shapes and hatching.
    by_year : bool, default False
        Draw a small map for each year of the period, all with the same classes.
    title : str, optional
        Made from metric and period by default.
    sources : DataFrame, optional
        As ``geo.read_sources`` returns it, for the note on sources.
    font : str, optional
        An installed font family; matplotlib's DejaVu Sans by default.

    Returns
    -------
    MapFigure
        In a Lambert azimuthal equal-area projection centred on the countries shown.

    Raises
    ------
    UsageError
        If an argument is not allowed.

    Notes
    -----
    A text longer than 2,000 characters is cut; a character that no installed font has is drawn as a box, and a note
    below the map says so. matplotlib is not safe with threads: draw in one thread at a time, or in processes.
    """
    sizes = sizes_of(width)
    of = Dataset.of(located, provinces, sources)
    period = check_years(years)
    shown = content(of, metric, period)
    contents = panels(of, metric, period) if by_year else []
    # Small maps are of single years, which have classes of their own.
    classes = (contents[0] if contents else shown).classes
    look = make_look(theme, len(classes.bounds), of.event_types, of.groups)
    description = shown.description
    if by_year:
        heading = f"{TITLES[Metric(metric)].format(level=of.level)}, year by year, {period_words(period or of.extent)}"
        description = description.titled(heading, "One small map a year.")
    names = country_names()
    words = Words(
        shortened(plain(title or description.title)),
        shown_words(shown.totals, of.incidents) if shown.totals["incidents"] else description.summary,
        notes(shown, of.during(period).records, of.sources, of.provinces, of.level),
        {code: names.get(code, code) for code in {*of.country_codes, *filter(None, read_basemap().countries)}},
    )
    with plain_matplotlib():
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        figure = Figure(figsize=(sizes.width, sizes.height or sizes.width), facecolor=look.colours["page"], dpi=300)
        FigureCanvasAgg(figure)
        letters = [words.title, *words.notes, *words.countries.values(), *shown.provinces["admin1_name"], *look.events]
        families, missing = find_fonts(font, [shortened(plain(text)) for text in [*letters, *look.groups]])
        if missing:
            words = replace(words, notes=(*words.notes, boxes_note(missing)))
        pen = Pen(figure, families)
        if by_year:
            YearSheet(pen, look, sizes, of, shown, words, contents).draw()
        else:
            Sheet(pen, look, sizes, of, shown, words).draw()
    return MapFigure(figure, replace(description, title=words.title), of.digest)


def _import_matplotlib() -> None:
    """Import matplotlib even if ``MPLBACKEND`` names a backend that it does not know; figures use none."""
    if "matplotlib" in sys.modules:
        return
    backend = os.environ.pop("MPLBACKEND", None)
    try:
        import matplotlib as mpl
    finally:
        if backend is not None:
            os.environ["MPLBACKEND"] = backend
    if backend:
        # What importing matplotlib would have done.
        with suppress(ValueError):
            mpl.rcParams["backend"] = backend


@contextmanager
def plain_matplotlib() -> Iterator[None]:
    """Use matplotlib's default style, not the user's, so that equal input gives equal bytes."""
    _import_matplotlib()
    from matplotlib import style

    with style.context("default"), warnings.catch_warnings():
        # A note on the figure says so.
        warnings.filterwarnings("ignore", r"Glyph \d+ .*missing from", UserWarning)
        yield
