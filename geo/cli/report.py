"""``geo report``."""

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
    help="File to write: .html (pictures inlined), .docx, or .md (pictures in files beside it).",
)
@click.option("--title", help="Title; made from the period by default.")
@click.option(
    "--metric",
    type=click.Choice(["incidents", "fatalities_best", "incidents_per_10000_km2"]),
    default="incidents",
    show_default=True,
    help="Metric that colours the provinces of the maps.",
)
def report(
    incidents: Path | None,
    provinces: Path | None,
    level: str,
    years: tuple[int, int] | None,
    out: Path,
    title: str | None,
    metric: str,
) -> None:
    """Write a report of a period: counts, maps, tables, every record with its sources, and known gaps.

    Prints the paths of the files written. The .html has styles for printing.

    \b
    Example:
      geo report --out report.html --years 2021:2022
      geo report --out report.md --title "Two years of attacks"
    """
    from tqdm import tqdm

    from geo.cli.load import load
    from geo.report import check_suffix, make_report, write_report

    check_suffix(out)
    with tqdm(desc="geo report", bar_format="{desc}: {elapsed}", disable=None, leave=False) as bar:

        def step(name: str) -> None:
            bar.set_description(f"geo report: {name}")

        dataset = load(incidents, provinces, step, level=level)
        made = make_report(
            dataset,
            years=years,
            title=title,
            metric=metric,
            step=step,
        )
    for path in write_report(made, out):
        click.echo(path)
