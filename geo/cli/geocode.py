"""``geo geocode``."""

from pathlib import Path

import click

from geo.cli.options import min_score_option

#: Most names without a province listed in the report.
SHOWN = 10
#: Most characters of a name that are printed.
NAME_WIDTH = 80


@click.command()
@click.argument("place", nargs=-1)
@click.option(
    "--in",
    "source",
    type=click.Path(path_type=Path),
    help="Table with a column place, of any type that geo import reads.",
)
@click.option(
    "--out", "target", type=click.Path(path_type=Path),
    help="Table to write, with the provinces added: .csv, .tsv, .txt or .parquet.",
)  # fmt: skip
@click.option("--country", help="ISO 3166-1 code of the country to look in, such as AF.")
@click.option("--date", help="Date of the provinces to search, such as 2014-05-01.")
@min_score_option
@click.option("--json", "as_json", is_flag=True, help="Print the answers, or the report on a table, as JSON.")
def geocode(
    place: tuple[str, ...],
    source: Path | None,
    target: Path | None,
    country: str | None,
    date: str | None,
    min_score: float,
    as_json: bool,
) -> None:
    """Find the provinces of places.

    Give names, or a table with a column place. If a place may be in more than one province, none is chosen and the
    candidates are listed.

    \b
    Example:
      geo geocode Jalalabad "Khar, Bajaur" --date 2014-05-01
      geo geocode --in places.csv --out located.csv --country AF
    """
    if place and not source and not target:
        # In arguments that are not UTF-8, Python has surrogates in place of bytes; they cannot be printed.
        _answer([name.encode("utf-8", "replace").decode() for name in place], country, date, min_score, as_json)
    elif source and target and not place:
        _fill(source, target, country, date, min_score, as_json)
    else:
        raise click.UsageError("give either places, or both --in FILE and --out FILE")


def _answer(names: list[str], country: str | None, date: str | None, min_score: float, as_json: bool) -> None:
    import json

    from geo.admin.geocode import geocode_places
    from geo.gazetteer.normalize import MAX_LENGTH
    from geo.gazetteer.resolve import is_covered

    found = geocode_places(names, country=country, date=date, min_score=min_score)
    rows = found.astype(object).where(found.notna(), None).to_dict("records")
    if as_json:
        answers = [{"place": name, **row} for name, row in zip(names, rows, strict=True)]
        click.echo(json.dumps(answers, ensure_ascii=False, indent=2))
        return
    for name, row in zip(names, rows, strict=True):
        if row["admin1_code"]:
            answer = f"{row['admin1_code']}  {row['admin1_name']} ({row['match']}, {row['match_score']:.2f})"
        elif row["candidates"]:
            answer = f"{row['match']}: one of {', '.join(row['candidates'])}"
        elif country and not is_covered(country):
            answer = f"none: the gazetteer does not cover country {country!r}; give a name or code of ISO 3166-1"
        elif len(name) > MAX_LENGTH:
            answer = f"none: longer than {MAX_LENGTH} characters, not a name"
        else:
            answer = "none: not known" if not row["level"] else f"none: {row['level']}, not a province"
        click.echo(f"{_short(name)}: {answer}")


def _fill(source: Path, target: Path, country: str | None, date: str | None, min_score: float, as_json: bool) -> None:
    import json

    from tqdm import tqdm

    from geo.importing.geocode_table import geocode_table

    with tqdm(desc="geo geocode", unit="row", disable=None, leave=False) as bar:

        def advance(done: int, total: int | None) -> None:
            bar.total = total
            bar.update(done - bar.n)

        report = geocode_table(source, target, country=country, date=date, min_score=min_score, progress=advance)
    if as_json:
        from dataclasses import asdict

        click.echo(json.dumps(asdict(report), ensure_ascii=False, indent=2, default=str))
        return
    click.echo(
        f"{target}: {report.rows:,} rows, {report.matched:,} placed, {report.ambiguous:,} ambiguous, "
        f"{report.unmatched:,} not found"
    )
    for note in report.notes:
        click.echo(note)
    for name, within, match, count in report.names[:SHOWN]:
        click.echo(f"  {count:,} × {_short(name)}{f' ({_short(within)})' if within else ''}: {match}")
    if len(report.names) > SHOWN:
        click.echo(f"  and {len(report.names) - SHOWN:,} more names; --json lists them all")


def _short(name: str) -> str:
    """Return a name for printing: on one line, shortened, ``(no name)`` if empty."""
    name = " ".join(name.split())
    return (name if len(name) <= NAME_WIDTH else name[: NAME_WIDTH - 1] + "…") or "(no name)"
