"""``geo embed``."""

from typing import Any

import click

from geo.cli.options import years_option


@click.command()
@click.argument("page", metavar="MAP.html")
@years_option
@click.option("--height", type=int, default=480, show_default=True, help="Height in pixels.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["iframe", "markdown", "rst", "quarto", "wordpress", "picture"]),
    default="iframe",
    show_default=True,
    help="Format of the report.",
)
@click.option("--title", metavar="TEXT", help="Name of the frame and of links; by default the map's title.")
@click.option("--no-title", is_flag=True, help="The map does not show its own title.")
@click.option(
    "--legend",
    type=click.Choice(["closed", "open", "none"]),
    default="closed",
    show_default=True,
    help="The legend at first.",
)
@click.option("--lock", is_flag=True, help="Readers cannot move or zoom the map.")
@click.option("--picture", metavar="PNG", help="Picture of the map, with --format picture.")
@click.option(
    "--split",
    "folder",
    type=click.Path(),
    metavar="FOLDER",
    help="Write the map to FOLDER with scripts and styles in files of their own, and print their hashes.",
)
def embed(page: str, folder: str | None, format_: str, *, no_title: bool, **options: Any) -> None:
    """Print a snippet that shows a map in a report.

    MAP.html is the path of the map relative to the report, or the address where it is published.

    \b
    Example:
      geo embed maps/index.html --years 2021:2022
      geo embed https://example.org/maps/index.html --format markdown
      geo embed maps/index.html --legend open --lock
      geo embed maps/index.html --split public
    """
    from geo.web.embed import embed as snippet
    from geo.web.split import split

    if folder is not None:
        for path, digest in split(page, folder):
            click.echo(f"{path}  {digest}".rstrip())
        return
    click.echo(snippet(page, format=format_, show_title=not no_title, **options), nl=False)
