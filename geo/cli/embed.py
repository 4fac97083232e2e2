"""``geo embed``."""

import click

from geo.cli.options import years_option


@click.command()
@click.argument("page", metavar="MAP.html")
@years_option
@click.option("--height", type=int, default=480, show_default=True, help="Height in pixels.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["iframe", "markdown", "rst", "quarto", "wordpress"]),
    default="iframe",
    show_default=True,
    help="What the report is written in.",
)
def embed(page: str, years: tuple[int, int] | None, height: int, format_: str) -> None:
    """Print the text that shows a map in a report.

    MAP.html is the path from the report to the map, or the address where the map is published.

    \b
    Example:
      geo embed maps/index.html --years 2021:2022
      geo embed https://example.org/maps/index.html --format markdown
    """
    from geo.web.embed import embed as snippet

    click.echo(snippet(page, years=years, height=height, format=format_), nl=False)
