"""``geo import``."""

from pathlib import Path

import click

from geo.cli.options import min_score_option, provinces_option


@click.command("import")
@click.argument("sources", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--out", "target", type=click.Path(path_type=Path), required=True, help="File to write: .geojson or .parquet."
)
@click.option(
    "--format", "format_", type=click.Choice(["auto", "ucdp", "acled", "gtd", "table"]), default="auto",
    show_default=True, help="Format of the table's columns.",
)  # fmt: skip
@click.option("--map", "mapped", multiple=True, metavar="COLUMN=FIELD", help="Column of the table that holds a field.")
@click.option("--date-format", help="dmy, mdy, ymd or a strptime format, for ambiguous dates.")
@provinces_option
@min_score_option
def import_(
    sources: tuple[str, ...],
    target: Path,
    format_: str,
    mapped: tuple[str, ...],
    date_format: str | None,
    provinces: Path | None,
    min_score: float,
) -> None:
    """Turn tables of events into records.

    The columns of UCDP GED, ACLED and GTD are recognised; for other tables, map columns to fields with --map. Rows that
    cannot become records are written to NAME.rejected.csv beside the result, each with the reason. Several tables
    become one file of records, in which each id is there once.

    Exit code 0: at least one row is kept; 1: none is, and no file of records is written.

    \b
    Example:
      geo import ged241.csv --out ged.parquet
      geo import acled-2023.csv acled-2024.csv.gz --out acled.parquet
      geo import mine.xlsx --out mine.geojson --map where=place --map day=date_start
    """
    mapping: dict[str, str] = {}
    for column, field in map(_pair, mapped):
        if mapping.setdefault(column, field) != field:
            raise click.BadParameter(
                f"{column!r} cannot hold both {mapping[column]} and {field}; give one", param_hint="'--map'"
            )

    from tqdm import tqdm

    from geo.admin.provinces import read_provinces
    from geo.importing.run import import_file

    with tqdm(desc="geo import", unit="row", unit_scale=True, disable=None, leave=False) as bar:
        report = import_file(
            sources,
            target,
            format=format_,
            mapping=mapping or None,
            date_format=date_format,
            provinces=read_provinces(provinces) if provinces else None,
            min_score=min_score,
            progress=lambda done: bar.update(done - bar.n),
        )
    click.echo("\n".join(report.lines()), err=not report.kept)
    if not report.kept:
        click.echo(f"{target}: {'left as it was' if target.exists() else 'not written'}", err=True)
        raise click.exceptions.Exit(1)


def _pair(text: str) -> tuple[str, str]:
    column, _, field = text.rpartition("=")
    if not column or not field:
        raise click.BadParameter(f"{text!r}: must be COLUMN=FIELD", param_hint="'--map'")
    return column, field
