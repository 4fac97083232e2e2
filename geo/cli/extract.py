"""``geo extract``."""

from pathlib import Path

import click


def _print_schema(context: click.Context, _parameter: click.Parameter, asked: bool) -> None:
    if not asked or context.resilient_parsing:
        return
    import json

    from geo.extraction.answers import PROMPT, schema

    click.echo(json.dumps(schema(), indent=2))
    click.echo(PROMPT, err=True)
    context.exit()


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out", "target", type=click.Path(path_type=Path), required=True, help="File of candidates to write: .geojson."
)
@click.option("--published", help="Day of publication, such as 2021-12-11; dates such as 'on Friday' count from it.")
@click.option("--country", multiple=True, help="Look for places in this country (code or name); may be repeated.")
@click.option("--title", help="Title of the article; by default what the file says.")
@click.option("--author", help="Author of the article.")
@click.option("--publisher", help="Publisher of the article.")
@click.option("--url", help="Address of the article.")
@click.option(
    "--actors", type=click.Path(path_type=Path), help="Your own groups: a JSON object of name to list of other names."
)
@click.option(
    "--from", "answers", type=click.Path(path_type=Path),
    help="Take the candidates of another tool or a language model (JSON) and keep what FILE says.",
)  # fmt: skip
@click.option(
    "--schema", is_flag=True, is_eager=True, expose_value=False, callback=_print_schema,
    help="Print the JSON Schema of --from, and on stderr words that ask for it; nothing else.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def extract(
    files: tuple[Path, ...],
    target: Path,
    published: str | None,
    country: tuple[str, ...],
    title: str | None,
    author: str | None,
    publisher: str | None,
    url: str | None,
    actors: Path | None,
    answers: Path | None,
    as_json: bool,
) -> None:
    """Find candidates for records in articles: plain text, Markdown, HTML, PDF, Word.

    Every value comes with the words of the article that say it; what the article does not say stays empty. A human
    decides what becomes a record. HTML, PDF and Word need the extra: pip install 'geo-incidents[articles]'.

    \b
    Example:
      geo extract article.txt --published 2021-12-11 --out candidates.geojson
      geo extract a.html b.pdf --country AF --country PK --out candidates.geojson
      geo extract article.txt --from answers.json --out candidates.geojson
    """
    from geo.extraction.files import extract_files

    given = {"title": title, "author": author, "publisher": publisher, "url": url, "published": published}
    if len(files) > 1 and (title or url):
        raise click.UsageError("--title and --url are of one article; give one FILE with them")
    if answers is not None:
        from geo.extraction.answers import read_answers
        from geo.extraction.candidates import write_candidates
        from geo.extraction.readers import read_article
        from geo.write import check_target

        if len(files) > 1:
            raise click.UsageError("--from holds the candidates of one article; give one FILE with it")
        check_target(target)
        article = read_article(files[0], **given, id=files[0].stem)
        found, dropped = read_answers(answers, article)
        for reason in dropped.reasons:
            click.echo(reason, err=True)
        write_candidates(target, [article], found)
        click.echo(f"{target}: {dropped.candidates:,} candidates, {len(dropped.reasons):,} left out", err=True)
        return
    reports = extract_files(files, target, given=given, countries=country, actors=actors)
    if as_json:
        import json
        from dataclasses import asdict

        click.echo(json.dumps([asdict(report) for report in reports], ensure_ascii=False, indent=2))
        return
    for report in reports:
        click.echo(str(report), err=True)
    total = sum(report.candidates for report in reports)
    click.echo(f"{target}: {total:,} candidates of {len(reports):,} articles", err=True)
