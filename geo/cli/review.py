"""``geo review``."""

from pathlib import Path

import click


class _PageByDefault(click.Group):
    """Takes a file in place of a sub-command as the candidates of a page."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the name of the command that a file means before it."""
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            args = ["page", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_PageByDefault)
def review() -> None:
    """Review candidates that were read from articles.

    ``geo review CANDIDATES --out PAGE.html`` is short for ``geo review page``.

    \b
    Example:
      geo review candidates.geojson --out review.html
    """


@review.command()
@click.argument("candidates", metavar="CANDIDATES", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="HTML file to write.")
@click.option(
    "--records",
    type=click.Path(path_type=Path),
    help="Records that exist already: candidates that may repeat one are shown beside it.",
)
@click.option("--title", help="Title of the page.")
def page(candidates: Path, out: Path, records: Path | None, title: str | None) -> None:
    """Write the page on which a reader accepts, mends or rejects candidates.

    CANDIDATES is a file that geo extract wrote. The page is one file and works offline; decisions are downloaded from
    it.

    \b
    Example:
      geo review page candidates.geojson --out review.html
      geo review candidates.geojson --out review.html --records records.geojson
    """
    from geo.readers import read_incidents
    from geo.review.candidates import read_candidates
    from geo.review.page import review_page
    from geo.write import check_target, write_text

    check_target(out)
    read = read_candidates(candidates)
    existing = None if records is None else read_incidents(records)
    write_text(out, review_page(read, existing, title=title))
    click.echo(f"{out}: {len(read.features):,} candidates of {len(read.articles):,} articles", err=True)
