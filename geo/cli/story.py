"""``geo story``."""

from pathlib import Path

import click

from geo.cli.options import provinces_option


@click.command()
@click.argument("story", type=click.Path(path_type=Path))
@click.argument("incidents", required=False, type=click.Path(path_type=Path))
@provinces_option
@click.option("--out", required=True, type=click.Path(path_type=Path), help="HTML file to write.")
@click.option(
    "--theme", type=click.Choice(["light", "dark"]), help="Of the map; by default that of the reader's system."
)
@click.option(
    "--language", default="en", show_default=True, metavar="FILE",
    help="Language of the interface: en, or a JSON file in the form of geo/static/lang/en.json.",
)  # fmt: skip
def story(
    story: Path, incidents: Path | None, provinces: Path | None, out: Path, theme: str | None, language: str
) -> None:
    """Write a text beside a map that follows it, as one HTML file.

    STORY is Markdown: a title, an introduction, and steps that begin with "## ". Each step has one link to a view of
    the map, as "Copy link" in a page gives it. INCIDENTS are those of geo by default.

    \b
    Example:
      geo story story.md --out story.html
    """
    from geo.cli.load import load
    from geo.web.layers import Records
    from geo.web.story import build_story

    dataset = load(incidents, provinces)
    build_story(story, Records(dataset), sources=dataset.sources, theme=theme, language=language).save(out)
    click.echo(f"{out}")
