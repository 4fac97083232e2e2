"""Report of a period: counts, maps, tables, every record with its sources, and known gaps."""

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import pandas as pd
from geopandas import GeoDataFrame

from geo.errors import UsageError
from geo.figure import MapFigure, draw_figure
from geo.figure.draw import plain_matplotlib
from geo.figure.years import MOST
from geo.model import Kind, Metric
from geo.report import content, tables
from geo.report.blocks import Block, Heading, Paragraph, Picture, Report
from geo.report.disagreements import disagreements
from geo.report.html import as_html
from geo.report.markdown import as_markdown
from geo.report.word import as_word
from geo.stats.dataset import Dataset
from geo.stats.describe import period_words
from geo.stats.periods import check_years
from geo.write import atomic_path, write_text

__all__ = ["SUFFIXES", "check_suffix", "make_report", "write_report"]

SUFFIXES = (".html", ".md", ".docx")
#: Dots per inch of a report's pictures: sharp in print, and small enough for a file sent by mail.
DPI = 200


def check_suffix(path: str | Path) -> None:
    """Raise UsageError unless a report can be written to a file of that suffix."""
    if Path(path).suffix.lower() not in SUFFIXES:
        raise UsageError(
            f"{path}: a report is written as {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}, chosen by the suffix"
        )


def make_report(
    located: GeoDataFrame | Dataset,
    provinces: GeoDataFrame | None = None,
    *,
    years: Sequence[int] | None = None,
    sources: pd.DataFrame | None = None,
    title: str | None = None,
    metric: str = Metric.INCIDENTS,
    step: Callable[[str], object] = lambda _: None,
) -> Report:
    """Make the report of a period.

    Parameters
    ----------
    located : GeoDataFrame, shape (n,)
        Records as ``geo.geocode`` returns them, EPSG:4326.
    provinces : GeoDataFrame, shape (m,)
        Provinces of every vintage, EPSG:4326.
    years : (first, last), both included, optional
        Period; all records without it.
    sources : DataFrame, optional
        As ``geo.read_sources`` returns it.
    title : str, optional
    metric : str, default "incidents"
        Metric that colours the provinces of the maps; a value of ``geo.model.Metric``.
    step : callable
        Called with the name of each step, for a progress bar.

    Returns
    -------
    Report
        Write it with `write_report`, or convert it to text with ``geo.report.html.as_html`` or
        ``geo.report.markdown.as_markdown``.

    Raises
    ------
    UsageError
        If an argument is not allowed.
    """
    dataset = Dataset.of(located, provinces, sources)
    of = dataset.during(check_years(years))
    description = content.describe_period(of)
    head = title or f"{of.dataset.subject}, {period_words(of.years)}"
    step("map")
    drawn = draw_figure(dataset, years=of.years, metric=metric, width="two-columns")
    pictures = [_picture("map", "Figure 1", drawn)]
    if 1 < of.length <= MOST:
        step("years")
        drawn = draw_figure(dataset, years=of.years, metric=metric, width="two-columns", by_year=True)
        pictures.append(_picture("years", "Figure 2", drawn))
    step("tables")
    blocks: list[Block] = [Heading(head, 1), Paragraph(description.caption), content.headline(of)]
    blocks += [*pictures, Heading(f"{dataset.level.capitalize()}s"), content.province_table(of)]
    for name, kind, table in (
        ("Incidents", Kind.INCIDENT, tables.incident_table),
        ("Claimed strongholds", Kind.STRONGHOLD, tables.stronghold_table),
        ("Reported totals", Kind.STATISTIC, tables.statistic_table),
    ):
        if of.of_kind(kind):
            blocks += [Heading(name), *table(of)]
    blocks += [Heading("Where sources disagree"), *disagreements(of)]
    blocks += [Heading("What is not known"), *content.unknowns(of, description)]
    blocks += [Heading("Method and citation"), *content.method(of, head)]
    blocks += [Heading("Sources"), *content.bibliography(of)]
    return Report(head, description.alt, tuple(blocks))


def write_report(report: Report, path: str | Path) -> list[Path]:
    """Write a report.

    Parameters
    ----------
    report : Report
    path : path
        ``.html``: one file with pictures inlined; ``.docx``: a Word document; ``.md``: Markdown with pictures in
        separate files beside it, ``NAME-map.png`` and ``NAME-years.png``.

    Returns
    -------
    list of Path
        The files written, the report first.

    Raises
    ------
    UsageError
        If the suffix is not one of these, or python-docx is not installed for ``.docx``.
    OutputError
        If a file cannot be written.
    """
    target = Path(path)
    check_suffix(target)
    if target.suffix.lower() == ".html":
        write_text(target, as_html(report))
        return [target]
    if target.suffix.lower() == ".docx":
        made = as_word(report)
        with atomic_path(target) as part:
            part.write_bytes(made)
        return [target]
    pictures = {block.name: block for block in report.blocks if isinstance(block, Picture)}
    files = {name: target.with_name(f"{target.stem}-{name}.png") for name in pictures}
    for name, file in files.items():
        with atomic_path(file) as part:
            part.write_bytes(pictures[name].png)
    write_text(target, as_markdown(report, {name: file.name for name, file in files.items()}))
    return [target, *files.values()]


def _picture(name: str, number: str, drawn: MapFigure) -> Picture:
    buffer = BytesIO()
    with plain_matplotlib():
        drawn.figure.savefig(buffer, format="png", dpi=DPI, metadata={"Software": None})
    description = drawn.description
    caption = f"{number}. {description.caption}"
    width = float(drawn.figure.get_size_inches()[0])
    return Picture(name, buffer.getvalue(), caption, description.alt, description.long, width)
