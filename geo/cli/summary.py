"""``geo summary``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli.options import dask_source, engine_options, local_path, provinces_option, source_argument, years_option

if TYPE_CHECKING:
    from geo.stats.summary import Summary

#: Names of groups on the command line -> groups of ``geo.summarise``.
GROUPS = {"province": "admin1_code", "country": "country_code", "year": "year", "type": "event_type", "group": "group"}

#: Label of nulls in each group.
MISSING = {"admin1_code": "(not placed)", "country_code": "(no country)", "year": "(undated)"}


@click.command()
@source_argument
@provinces_option
@years_option
@click.option(
    "--by", default="province,year", show_default=True, help=f"Any of {', '.join(GROUPS)}, separated by commas."
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="csv and json are for other programs; json includes the totals.",
)
@click.option(
    "--count",
    "counted_as",
    type=click.Choice(["incidents", "reports"]),
    default="incidents",
    show_default=True,
    help="incidents: reports of one incident count once, statements that only sum up others not at all; "
    "reports: every record counts.",
)
@engine_options
def summary(
    incidents: Path | str | None,
    provinces: Path | None,
    years: tuple[int, int] | None,
    by: str,
    format_: str,
    counted_as: str,
    engine: str,
    scheduler: str | None,
) -> None:
    """Count incidents, strongholds and deaths.

    The counts equal those of the map for the same period. Records without a province or a year are in separate rows.
    fatalities_high is empty where an incident has no upper bound (fatalities_open).

    \b
    Example:
      geo summary --by province --years 2021:2022
      geo summary --by type,year --format csv
      geo summary s3://bucket/records --engine dask --scheduler tcp://10.0.0.1:8786
    """
    names = [name.strip() for name in by.split(",")]
    if unknown := [name for name in names if name not in GROUPS]:
        raise click.BadParameter(
            f"{', '.join(map(repr, unknown))}: unknown; give any of {', '.join(GROUPS)}", param_hint="'--by'"
        )
    groups = [GROUPS[name] for name in names]
    distinct = counted_as == "incidents"
    if partitions := dask_source(engine, scheduler, incidents):
        from geo.cli.partitions import count

        counted = count(partitions, provinces, groups, years, scheduler, distinct)
    else:
        from geo.cli.load import load

        counted = load(local_path(incidents), provinces).summary(years, groups, distinct)
    click.echo({"table": _as_table, "csv": _as_csv, "json": _as_json}[format_](counted), nl=False)


def _as_csv(counted: "Summary") -> str:
    from geo.cells import csv_text

    return csv_text(counted.table)


def _as_json(counted: "Summary") -> str:
    import json

    table = counted.table
    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    return (
        json.dumps(
            {"totals": counted.totals, "years": counted.period, "by": counted.by, "rows": rows},
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
    )


def _as_table(counted: "Summary") -> str:
    from geo.stats.describe import sum_words

    shown = counted.table.astype(object)
    for name in shown.columns:
        label = MISSING.get(name, "(not given)") if name in counted.by else ""
        shown[name] = shown[name].where(shown[name].notna(), label)
    totals = counted.totals
    return (
        f"{shown.to_string(index=False)}\n\n"
        f"In all: {totals['incidents']:,} incidents in {totals['reports']:,} reports, {totals['strongholds']:,} "
        f"strongholds, {totals['statistics']:,} statistics; {totals['unplaced']:,} incidents not placed, "
        f"{totals['undated']:,} undated, {totals['before']:,} known only to be before a date; "
        f"deaths {sum_words(totals['fatalities'])}, not known for {totals['fatalities_unknown']:,} incidents\n"
    )
