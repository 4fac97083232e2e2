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
    help="Format of the report.",
)
def embed(page: str, years: tuple[int, int] | None, height: int, format_: str) -> None:
    """Print a snippet that shows a map in a report.

    MAP.html is the path of the map relative to the report, or the address where it is published.

    \b
    Example:
      geo embed maps/index.html --years 2021:2022
      geo embed https://example.org/maps/index.html --format markdown
    """
    from geo.web.embed import embed as snippet

    click.echo(snippet(page, years=years, height=height, format=format_), nl=False)
