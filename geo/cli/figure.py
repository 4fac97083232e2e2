"""``geo figure``."""

from pathlib import Path

import click

from geo.cli.options import incidents_argument, level_option, provinces_option, years_option


@click.command()
@incidents_argument
@provinces_option
@level_option
@years_option
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="File to write: .png, .svg (text stays text) or .pdf (fonts embedded).",
)
@click.option(
    "--metric",
    type=click.Choice(["incidents", "fatalities_best", "incidents_per_10000_km2"]),
    default="incidents",
    show_default=True,
    help="Metric that colours the provinces.",
)
@click.option("--by-year", is_flag=True, help="Draw a small map for each year, all with the same classes.")
@click.option(
    "--width",
    type=click.Choice(["column", "two-columns", "slide"]),
    default="column",
    show_default=True,
    help="85 mm, 175 mm, or a 16:9 slide.",
)
@click.option(
    "--theme",
    type=click.Choice(["light", "grey", "dark"]),
    default="light",
    show_default=True,
    help="grey is for print without colour.",
)
@click.option("--dpi", type=float, default=300, show_default=True, help="Dots per inch of a .png.")
@click.option("--title", help="Title; made from metric and period by default.")
@click.option("--font", help="An installed font family.")
def figure(
    incidents: Path | None,
    provinces: Path | None,
    level: str,
    years: tuple[int, int] | None,
    out: Path,
    metric: str,
    by_year: bool,
    width: str,
    theme: str,
    dpi: float,
    title: str | None,
    font: str | None,
) -> None:
    """Draw a map for print or slides, and print its caption.

    \b
    Example:
      geo figure --out map.png --years 2021:2022
      geo figure --out years.pdf --by-year --years 2015:2024 --width two-columns --theme grey
    """
    from geo.cli.load import load
    from geo.figure import draw_figure
    from geo.figure.save import check_output

    check_output(out, dpi)
    dataset = load(incidents, provinces, level=level)
    drawn = draw_figure(
        dataset,
        years=years,
        metric=metric,
        width=width,
        theme=theme,
        by_year=by_year,
        title=title,
        font=font,
    )
    drawn.save(out, dpi=dpi)
    click.echo(drawn.description.caption)
