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

    CANDIDATES is a file that geo extract wrote, or one of unsure pairs that geo merge wrote. The page is one file and
    works offline; decisions are downloaded from it.

    \b
    Example:
      geo review page candidates.geojson --out review.html
      geo review candidates.geojson --out review.html --records records.geojson
    """
    from geo.readers import read_incidents
    from geo.review.candidates import read_candidates
    from geo.review.page import review_page
    from geo.review.pairs import is_pairs, pairs_page
    from geo.write import check_target, write_text

    check_target(out)
    if is_pairs(candidates):
        html, n = pairs_page(candidates, title=title)
        write_text(out, html)
        click.echo(f"{out}: {n:,} pairs", err=True)
        return
    read = read_candidates(candidates)
    existing = None if records is None else read_incidents(records)
    write_text(out, review_page(read, existing, title=title))
    click.echo(f"{out}: {len(read.features):,} candidates of {len(read.articles):,} articles", err=True)


@review.command("apply")
@click.argument("decisions", type=click.Path(path_type=Path))
@click.option(
    "--candidates",
    type=click.Path(path_type=Path),
    help="The file that was reviewed; by default the one that the decisions name, beside them.",
)
@click.option("--into", required=True, type=click.Path(path_type=Path), help="Records to add to (.geojson).")
def apply_(decisions: Path, candidates: Path | None, into: Path) -> None:
    """Add the candidates that were accepted to a file of records.

    Nothing is written if the decisions are on another text or other candidates, or if a record breaks a rule. The
    articles cited are added to sources.csv beside the records.

    \b
    Example:
      geo review apply decisions.json --into my-incidents.geojson
    """
    import os

    from geo.cells import csv_text
    from geo.importing.write_records import write_records
    from geo.readers import read_incidents, read_sources
    from geo.readers.sources import sources_beside
    from geo.review.apply import apply_decisions, read_decisions
    from geo.review.candidates import read_candidates
    from geo.write import write_text

    document = read_decisions(decisions)
    read = read_candidates(candidates or decisions.with_name(Path(str(document.get("file"))).name))
    records, table = read_incidents(into), into.with_name("sources.csv")
    made = apply_decisions(document, read, records, sources_beside(into))
    listed = read_sources(table if os.path.lexists(table) else None)
    if not os.path.lexists(table):
        # Without a list of its own the file may cite the sources that come with geo: those it does stay.
        cited = {source.get("source") for sources in records["sources"] for source in sources}
        listed = listed[listed["source"].isin(cited)]
    new = made.sources[~made.sources["source"].isin(listed["source"])]
    write_records(made.records, into)
    if len(new):
        import pandas as pd

        write_text(table, csv_text(pd.concat([listed, new], ignore_index=True)))
    click.echo(
        f"{into}: {made.accepted:,} records added, {made.rejected:,} candidates rejected, {made.undecided:,} undecided"
    )


@review.command()
@click.argument("one", type=click.Path(path_type=Path))
@click.argument("other", type=click.Path(path_type=Path))
@click.option(
    "--candidates",
    type=click.Path(path_type=Path),
    help="The file that both reviewed; by default the one that the decisions name, beside them.",
)
def agree(one: Path, other: Path, candidates: Path | None) -> None:
    """Print how well two readers agree, and on which candidates they differ.

    Of each field: the candidates compared, the share on which both have the same, and Krippendorff's alpha (1 is
    agreement, 0 what chance gives).

    \b
    Example:
      geo review agree decisions-ab.json decisions-cd.json
    """
    from geo.review.agree import agreement, disagreeing
    from geo.review.apply import read_decisions
    from geo.review.candidates import read_candidates

    first, second = read_decisions(one), read_decisions(other)
    read = read_candidates(candidates or one.with_name(Path(str(first.get("file"))).name))
    click.echo(f"{'field':20}{'n':>6}{'same':>8}{'alpha':>8}")
    for line in agreement(first, second, read):
        alpha = "" if line.alpha is None else f"{line.alpha:.2f}"
        click.echo(f"{line.field:20}{line.n:>6,}{line.percent:>7.0f}%{alpha:>8}")
    names = disagreeing(first, second, read)
    click.echo(f"{len(names):,} of {len(read.features):,} candidates differ{': ' if names else ''}{', '.join(names)}")
